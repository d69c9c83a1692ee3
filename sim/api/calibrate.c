#include "api/calibrate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calibration/tariff.h"
#include "calibration/write.h"
#include "output/target.h"

_Static_assert((int)PACTOLUS_SERIES_MOST == (int)CALIBRATION_SERIES, "one bound of series");

static const struct place nowhere = {0};

/* ---- Files and texts ---- */

int api_calibrate_check(enum pactolus_format format, const char *output, int force, struct report *report)
{
    if (format != PACTOLUS_TEXT && format != PACTOLUS_JSON)
        return report_error(report, STATUS_USAGE, nowhere, "format", "want text or JSON");
    return output ? output_target_check(output, force, report) : STATUS_OK;
}

int api_calibrate_leave(const char *output, int force, const char *fragment, struct report *report)
{
    struct output_target target;
    if (!output) return STATUS_OK;
    int status = output_target_init(&target, output, force, report);
    if (!status) {
        FILE *file = fopen(target.temporary, "we");
        int failed = !file || fputs(fragment, file) < 0;
        if (file && fclose(file)) failed = 1;
        if (failed) status = report_error(report, STATUS_FILE, (struct place){output, 0, 0}, NULL, "%s", strerror(errno));
    }
    if (!status) status = output_target_commit(&target, report);
    output_target_free(&target);
    return status;
}

void api_calibrate_give(int status, char *made, char *made_fragment, char **text, char **fragment)
{
    *text = status ? NULL : made;
    if (status) free(made);
    if (fragment) *fragment = status ? NULL : made_fragment;
    if (status || !fragment) free(made_fragment);
}

/* ---- Series ---- */

void pactolus_calibration_options_init(struct pactolus_calibration_options *options)
{
    *options = (struct pactolus_calibration_options){0};
}

static int read_choice(const struct pactolus_calibration_options *options, struct calibration_choice *choice,
                       struct report *report)
{
    char escaped[PACTOLUS_ESCAPED];
    *choice = (struct calibration_choice){.window = {options->from, options->to, options->frequency, options->annual},
                                          .model = options->model ? calibration_fit_model_of(options->model) : CALIBRATION_BEST,
                                          .averaged = options->averaged,
                                          .uncorrected = options->uncorrected,
                                          .growth_given = options->has_growth,
                                          .growth = options->growth};
    if (choice->model < 0) {
        return report_error(report, STATUS_USAGE, nowhere, "--model", "got '%s', want brownian, reverting, jumps or best",
                            pactolus_text_escape(escaped, options->model));
    }
    if (options->has_growth && !(options->growth >= -1.0 && options->growth <= 1.0)) {
        return report_error(report, STATUS_USAGE, nowhere, "--growth", "out of range, got '%g', want -1 to 1 a year",
                            options->growth);
    }
    return STATUS_OK;
}

/* Copies the sources; *named is nonzero if all have names. */
static int read_sources(const struct pactolus_calibration_options *options, struct calibration_source *source, int *named,
                        struct report *report)
{
    *named = 1;
    if (options->series_count < 1 || options->series_count > CALIBRATION_SERIES) {
        return report_error(report, STATUS_USAGE, nowhere, "series", "got %zu of them, want 1 to %d", options->series_count,
                            CALIBRATION_SERIES);
    }
    for (size_t k = 0; k < options->series_count; k++) {
        const struct pactolus_series *series = &options->series[k];
        source[k] = (struct calibration_source){series->path, series->column, series->name, series->inverse};
        *named &= series->name != NULL;
    }
    if (*named || !options->output) return STATUS_OK;
    return report_error(report, STATUS_USAGE, nowhere, "--output",
                        "a fragment wants a name for each series: --as market.input.nickel");
}

static int write_series(const struct calibration *calibration, enum pactolus_format format, int named, char **text,
                        char **fragment, struct report *report)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    if (stream && format == PACTOLUS_JSON) calibration_write_json(stream, calibration);
    else if (stream) calibration_write_text(stream, calibration);
    int status = api_message_finish(stream, text, report);
    if (status || !named) return status;
    stream = open_memstream(fragment, &size);
    if (stream) status = calibration_write_fragment(stream, calibration, report);
    const int finished = api_message_finish(stream, fragment, report);
    return status ? status : finished;
}

int pactolus_calibrate(const struct pactolus_calibration_options *options, struct pactolus_messages *messages, char **text,
                       char **fragment)
{
    struct calibration_source source[CALIBRATION_SERIES];
    struct calibration_choice choice;
    struct calibration *calibration = NULL;
    struct report report;
    char *made = NULL, *made_fragment = NULL;
    int named = 0;
    api_message_open(&report);
    int status = read_choice(options, &choice, &report);
    if (!status) status = read_sources(options, source, &named, &report);
    if (!status) status = api_calibrate_check(options->format, options->output, options->force, &report);
    if (!status) status = calibration_fit_create(&calibration, source, options->series_count, &choice, &report);
    if (!status) status = write_series(calibration, options->format, named, &made, &made_fragment, &report);
    if (!status) status = api_calibrate_leave(options->output, options->force, made_fragment, &report);
    calibration_fit_destroy(calibration);
    api_calibrate_give(status, made, made_fragment, text, fragment);
    return api_message_close(&report, messages, status);
}

/* ---- Schedules of duties ---- */

void pactolus_tariff_options_init(struct pactolus_tariff_options *options)
{
    *options = (struct pactolus_tariff_options){0};
}

static int write_tariff(const struct calibration_tariff *tariff, enum pactolus_format format, char **text, char **fragment,
                        struct report *report)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    if (stream && format == PACTOLUS_JSON) calibration_tariff_write_json(stream, tariff);
    else if (stream) calibration_tariff_write_text(stream, tariff);
    int status = api_message_finish(stream, text, report);
    if (status || !tariff->choice->chain) return status;
    stream = open_memstream(fragment, &size);
    if (stream) calibration_tariff_write_fragment(stream, tariff);
    return api_message_finish(stream, fragment, report);
}

int pactolus_calibrate_tariffs(const struct pactolus_tariff_options *options, struct pactolus_messages *messages, char **text,
                               char **fragment)
{
    const struct calibration_tariff_choice choice = {options->path, options->importer, options->origin,  options->product,
                                                     options->from, options->to,       options->regimes, options->name};
    struct calibration_tariff tariff;
    struct report report;
    char *made = NULL, *made_fragment = NULL;
    api_message_open(&report);
    int status = api_calibrate_check(options->format, options->output, options->force, &report);
    if (!status && options->output && !options->name)
        status = report_error(&report, STATUS_USAGE, nowhere, "--output", "a fragment wants a name: --as market.trade.us_japan");
    if (!status) status = calibration_tariff_count(&choice, &report, &tariff);
    if (!status) status = write_tariff(&tariff, options->format, &made, &made_fragment, &report);
    if (!status) status = api_calibrate_leave(options->output, options->force, made_fragment, &report);
    api_calibrate_give(status, made, made_fragment, text, fragment);
    return api_message_close(&report, messages, status);
}
