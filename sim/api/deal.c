#include "api/deal.h"
#include "api/describe.h"

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
    if (stream) api_describe_write(stream, &deal->study, &scenario);
    if (!status) status = api_message_finish(stream, text, &report);
    study_scenario_free(&scenario);
    return api_message_close(&report, messages, status);
}
