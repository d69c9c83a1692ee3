#include "api/deal.h"

#include <stdio.h>
#include <stdlib.h>

#include "study/scenario.h"

int pactolus_deal_load(const char *path, struct pactolus_messages *messages, struct pactolus_deal **out)
{
    struct report report;
    struct pactolus_deal *deal = calloc(1, sizeof *deal);
    int status;
    *out = NULL;
    api_message_open(&report);
    status = deal ? study_deal_init(&deal->study, path, &report)
                  : report_error(&report, STATUS_MEMORY, (struct place){path, 0, 0}, NULL, "out of memory");
    if (status) pactolus_deal_destroy(deal);
    else *out = deal;
    return api_message_close(&report, messages, status);
}

void pactolus_deal_destroy(struct pactolus_deal *deal)
{
    if (!deal) return;
    study_deal_free(&deal->study);
    free(deal);
}

int pactolus_deal_set(struct pactolus_deal *deal, const char *name, const char *value, struct pactolus_messages *messages)
{
    struct report report;
    api_message_open(&report);
    return api_message_close(&report, messages, study_setting_add(&deal->study, name, value, &report));
}

int pactolus_deal_load_scenarios(struct pactolus_deal *deal, const char *path, struct pactolus_messages *messages)
{
    struct report report;
    api_message_open(&report);
    return api_message_close(&report, messages, study_deal_read_table(&deal->study, path, &report));
}

int pactolus_deal_check(struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    struct report report;
    api_message_open(&report);
    const int scenarios = study_scenario_check_all(&deal->study, 1, &report), design = api_design_check(&deal->study, &report);
    return api_message_close(&report, messages, scenarios ? scenarios : design);
}

size_t pactolus_deal_scenarios(const struct pactolus_deal *deal)
{
    return study_deal_scenarios(&deal->study);
}

const char *pactolus_deal_scenario(struct pactolus_deal *deal, size_t index)
{
    if (index >= study_deal_scenarios(&deal->study)) return NULL;
    return study_deal_scenario(&deal->study, index, deal->label);
}

int pactolus_deal_echo(struct pactolus_deal *deal, size_t scenario, struct pactolus_messages *messages, char **text)
{
    struct report report;
    int status;
    *text = NULL;
    api_message_open(&report);
    if (scenario >= study_deal_scenarios(&deal->study)) {
        status = report_error(&report, STATUS_USAGE, (struct place){0}, NULL, "no scenario %zu, want one below %zu", scenario,
                              study_deal_scenarios(&deal->study));
    } else {
        status = study_deal_refresh(&deal->study, &report);
        if (!status) status = study_scenario_echo(&deal->study, scenario, 1, text, &report);
    }
    return api_message_close(&report, messages, status);
}

/* ---- A few lines for people ---- */

static void write_names(FILE *stream, const char *what, const struct param_names *names, const struct deal_label_config *label)
{
    fprintf(stream, "%-11s", what);
    for (int k = 0; k < names->count; k++) {
        const int at = names->declared[k];
        fprintf(stream, "%s%s", k ? ", " : "", names->name[at]);
        if (label && *label[at].label) fprintf(stream, " (%s)", label[at].label);
    }
    fputc('\n', stream);
}

static void write_draws(FILE *stream, const struct param_draws *draws)
{
    enum { SHOWN = 8 };
    fprintf(stream, "%-11s%zu parameter%s", "uncertain", draws->count, draws->count == 1 ? "" : "s");
    for (size_t k = 0; k < draws->count && k < SHOWN; k++) fprintf(stream, "%s\n           %s", k ? "," : ":", draws->draw[k].name);
    if (draws->count > SHOWN) fprintf(stream, ",\n           and %zu more (pactolus check --echo shows all)", draws->count - SHOWN);
    fputc('\n', stream);
}

static void write_deal(FILE *stream, const struct study_deal *deal, const struct study_scenario *scenario)
{
    const struct deal_frame_config *frame = &scenario->deal->frame;
    const int end = frame->start + 12 * frame->horizon_years - 1;
    fprintf(stream, "%s\n", frame->title);
    write_names(stream, "partners", study_deal_names(deal, PARAM_SET_PARTNER), frame->partner);
    write_names(stream, "regions", study_deal_names(deal, PARAM_SET_REGION), frame->region);
    fprintf(stream, "%-11smillion %s; volume in %s\n", "money", frame->currency, frame->volume_unit);
    fprintf(stream, "%-11s%d-%02d to %d-%02d in %d steps\n", "time", frame->start / 12, frame->start % 12 + 1, end / 12,
            end % 12 + 1, frame->horizon_years * frame->steps_per_year);
    write_draws(stream, &scenario->draws);
    if (deal->setting) {
        fprintf(stream, "%-11s%zu, %d column%s of parameters\n", "scenarios", study_deal_scenarios(deal), deal->table.parameters,
                deal->table.parameters == 1 ? "" : "s");
    }
}

int pactolus_deal_describe(struct pactolus_deal *deal, struct pactolus_messages *messages, char **text)
{
    struct report report;
    struct study_scenario scenario = {0};
    size_t size;
    *text = NULL;
    api_message_open(&report);
    report.silent = 1;
    int status = study_deal_refresh(&deal->study, &report);
    if (!status) status = study_scenario_init(&scenario, &deal->study, 0, &report);
    FILE *stream = status ? NULL : open_memstream(text, &size);
    if (stream) write_deal(stream, &deal->study, &scenario);
    if (!status) status = api_message_finish(stream, text, &report);
    study_scenario_free(&scenario);
    return api_message_close(&report, messages, status);
}
