/* The share of a residual hazard that lets all exits of a deal meet a target, by runs on the same paths. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/calibrate.h"
#include "api/deal.h"
#include "api/run.h"
#include "base/elementary.h"
#include "calibration/survival.h"
#include "numeric/root.h"
#include "output/number.h"

static const struct place nowhere = {0};

/* A search under way. */
struct search {
    struct pactolus_deal *deal;
    const struct pactolus_survival_options *options;
    pactolus_progress_function *progress;
    void *context;
    struct calibration_survival found;
    struct report *report;
    struct pactolus_messages *messages; /* of the runs */
    double step;                        /* years */
    int steps, has_all;
    double with_all;         /* survival with share 1; 0 where it was not asked for */
    double *curve, *without; /* survival at the end of each step: of the last run, with share 0. Owned */
};

void pactolus_survival_options_init(struct pactolus_survival_options *options)
{
    *options = (struct pactolus_survival_options){.median = 10.0, .shape = 1.8};
    pactolus_run_options_init(&options->run);
    options->run.paths = 20000;
}

/* The messages of the runs pass to the caller: all of the first, of the others what made them fail. */
static int pass(struct search *s, int status)
{
    struct report *from = &s->messages->report;
    for (int k = 0; k < from->shown && (status || !s->found.runs) && s->report->shown < REPORT_SHOWN; k++) {
        s->report->message[s->report->shown++] = from->message[k];
        from->message[k] = NULL;
    }
    if (status || !s->found.runs) {
        s->report->errors += from->errors;
        s->report->warnings += from->warnings;
    }
    pactolus_messages_clear(s->messages);
    return status;
}

static int set(struct search *s, const char *name, double value)
{
    char digits[OUTPUT_DIGITS];
    return pass(s, pactolus_deal_set(s->deal, name, output_number_digits(digits, value, "0"), s->messages));
}

/* Survival at the end of each step, labels tell the beginning. */
static int take_curve(struct search *s, const struct pactolus_result *result)
{
    struct pactolus_row row;
    int status = pass(s, pactolus_result_row(result, "survival_by_step", 0, s->messages, &row));
    if (status) return status;
    if (row.count < 2) return report_error(s->report, STATUS_USAGE, nowhere, "years", "the deal has one step, want two at least");
    s->steps = (int)row.count;
    s->step = strtod(pactolus_result_label(result, "step", row.count - 1), NULL) / (double)(row.count - 1);
    if (!s->curve) s->curve = malloc(2 * row.count * sizeof *s->curve);
    if (!s->curve) return report_error(s->report, STATUS_MEMORY, nowhere, NULL, "out of memory");
    s->without = s->curve + row.count;
    for (size_t k = 0; k < row.count; k++) s->curve[k] = row.values[k];
    return STATUS_OK;
}

static int run(struct search *s, double share)
{
    struct pactolus_run_options options = s->options->run;
    struct pactolus_result *result = NULL;
    options.output = NULL;
    options.samples = 0;
    int status = set(s, "contract.breakup.share", share);
    if (!status) status = pass(s, pactolus_run(s->deal, &options, s->progress, s->context, s->messages, &result));
    if (!status) status = take_curve(s, result);
    if (!status) s->found.runs++;
    pactolus_result_destroy(result);
    return status;
}

/* Of a curve, at the end of the step that ends nearest to `years`. */
static double survival_at(const struct search *s, const double *curve, double years)
{
    const int k = (int)(years / s->step + 0.5) - 1;
    return k < 0 ? 1.0 : curve[k < s->steps ? k : s->steps - 1];
}

/* Survival at the end less the target; the ends are run once. */
static int excess(void *context, double share, double *y)
{
    struct search *s = context;
    const int is_end = !(share > 0.0) || (!(share < 1.0) && s->has_all);
    const int status = is_end ? STATUS_OK : run(s, share);
    if (status) return status;
    const double survival = !(share > 0.0) ? s->found.without : is_end ? s->with_all : survival_at(s, s->curve, s->found.years);
    if (!(share < 1.0)) s->with_all = survival, s->has_all = 1;
    *y = survival - s->found.target;
    return STATUS_OK;
}

/* With the first run the horizon is known. */
static int settle_years(struct search *s)
{
    const double horizon = s->steps * s->step, wanted = s->options->years;
    s->found.years = wanted > 0.0 ? wanted : horizon;
    if (s->found.years > horizon + 1e-9)
        return report_error(s->report, STATUS_USAGE, nowhere, "--years", "beyond the horizon, got '%g', want at most %g", wanted,
                            horizon);
    const double whole = s->found.years / s->step;
    if (fabs(whole - floor(whole + 0.5)) > 1e-6)
        return report_error(s->report, STATUS_USAGE, nowhere, "--years", "within a step, got '%g', want a multiple of %g", wanted,
                            s->step);
    s->found.target = calibration_survival_target(s->found.median, s->found.shape, s->found.years);
    s->found.without = survival_at(s, s->curve, s->found.years);
    for (int k = 0; k < s->steps; k++) s->without[k] = s->curve[k];
    return STATUS_OK;
}

/* Sets share and outcome. */
static int solve(struct search *s)
{
    struct calibration_survival *found = &s->found;
    /* A tenth of the standard error that a share of 1 would have. */
    const double tolerance = fmax(1e-4, 0.1 * sqrt((1.0 - found->target) / found->target / (double)found->paths) /
                                            calibration_survival_hazard(found->median, found->shape, found->years));
    double above;
    found->outcome = CALIBRATION_EXCEEDED;
    found->share = 0.0;
    if (!(found->without > found->target)) return STATUS_OK;
    int status = excess(s, 1.0, &above);
    if (status) return status;
    found->outcome = CALIBRATION_MET;
    if (above < 0.0)
        return numeric_root_find(excess, s, 0.0, 1.0, tolerance, nowhere, "contract.breakup.share", s->report, &found->share);
    const double chance = found->target * (1.0 - found->target) / (double)found->paths;
    if (above > 4.0 * sqrt(chance)) found->outcome = CALIBRATION_LATE;
    /* H_all = H_modelled + share H_target, where exits are immediate. */
    found->share = fmin(1.0, 1.0 - elementary_log(found->without) / elementary_log(found->target));
    return STATUS_OK;
}

/* d ln S / d share, between 0 and 1 as the runs have it, else as where exits are immediate. */
static void find_error(struct search *s)
{
    struct calibration_survival *found = &s->found;
    const double measured = s->with_all > 0.0 ? elementary_log(found->without) - elementary_log(s->with_all) : 0.0;
    const double slope = measured > 0.0 ? measured : calibration_survival_hazard(found->median, found->shape, found->years);
    found->error = found->with > 0.0 ? sqrt((1.0 - found->with) / found->with / (double)found->paths) / slope : 0.0;
}

static void fill_rows(struct search *s)
{
    struct calibration_survival *found = &s->found;
    for (int year = 1; year <= (int)(found->years + 1e-9) && found->rows < CALIBRATION_YEARS; year++) {
        const int k = found->rows++;
        found->row[k].year = year;
        found->row[k].target = calibration_survival_target(found->median, found->shape, year);
        found->row[k].without = survival_at(s, s->without, year);
        found->row[k].with = survival_at(s, s->curve, year);
    }
}

static int find(struct search *s)
{
    int status = set(s, "contract.breakup.median_years", s->found.median);
    if (!status) status = set(s, "contract.breakup.shape", s->found.shape);
    if (!status) status = run(s, 0.0);
    if (!status) status = settle_years(s);
    if (!status) status = solve(s);
    s->found.share = floor(1e4 * s->found.share + 0.5) / 1e4; /* as the fragment writes it */
    if (!status) status = run(s, s->found.share);
    if (status) return status;
    s->found.with = survival_at(s, s->curve, s->found.years);
    find_error(s);
    fill_rows(s);
    return STATUS_OK;
}

static int check(struct search *s)
{
    const struct pactolus_survival_options *o = s->options;
    int status = api_run_check(&o->run, s->report);
    if (!status) status = api_calibrate_check(o->format, o->run.output, o->run.force, s->report);
    if (!status && !(o->median > 0.0 && o->median <= 1000.0))
        status = report_error(s->report, STATUS_USAGE, nowhere, "--median", "out of range, got '%g', want above 0 to 1000 years",
                              o->median);
    if (!status && !(o->shape > 0.0 && o->shape <= 20.0))
        status =
            report_error(s->report, STATUS_USAGE, nowhere, "--shape", "out of range, got '%g', want above 0 to 20", o->shape);
    if (!status && !(o->years >= 0.0 && o->years <= 1000.0))
        status = report_error(s->report, STATUS_USAGE, nowhere, "--years", "out of range, got '%g', want above 0", o->years);
    if (status || study_deal_scenarios(&s->deal->study) == 1) return status;
    return report_error(s->report, STATUS_USAGE, nowhere, "scenarios", "the deal has a scenario table, want one without");
}

static int write_found(const struct search *s, char **text, char **fragment)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    if (stream && s->options->format == PACTOLUS_JSON) calibration_survival_write_json(stream, &s->found);
    else if (stream) calibration_survival_write_text(stream, &s->found);
    const int status = api_message_finish(stream, text, s->report);
    if (status) return status;
    stream = open_memstream(fragment, &size);
    if (stream) calibration_survival_write_fragment(stream, &s->found);
    return api_message_finish(stream, fragment, s->report);
}

int pactolus_calibrate_survival(struct pactolus_deal *deal, const struct pactolus_survival_options *options,
                                pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                                char **text, char **fragment)
{
    struct report report;
    char *made = NULL, *made_fragment = NULL;
    struct search s = {
        .deal = deal,
        .options = options,
        .progress = progress,
        .context = context,
        .report = &report,
        .found = {.deal = deal->study.path, .median = options->median, .shape = options->shape, .paths = options->run.paths}};
    api_message_open(&report);
    int status = check(&s);
    if (!status && pactolus_messages_create(&s.messages))
        status = report_error(&report, STATUS_MEMORY, nowhere, NULL, "out of memory");
    if (!status) status = find(&s);
    if (!status) status = write_found(&s, &made, &made_fragment);
    if (!status) status = api_calibrate_leave(options->run.output, options->run.force, made_fragment, &report);
    pactolus_messages_destroy(s.messages);
    free(s.curve);
    api_calibrate_give(status, made, made_fragment, text, fragment);
    return api_message_close(&report, messages, status);
}
