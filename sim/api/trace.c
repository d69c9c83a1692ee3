#include <stdio.h>
#include <stdlib.h>

#include "api/deal.h"
#include "study/trace.h"

static int check(const struct pactolus_deal *deal, size_t scenario, const uint64_t *paths, size_t count, enum pactolus_format format,
                 struct report *report)
{
    const size_t scenarios = study_deal_scenarios(&deal->study);
    const struct place nowhere = {0};
    if (scenario >= scenarios) {
        return report_error(report, STATUS_USAGE, nowhere, NULL, "no scenario %zu, want one below %zu", scenario, scenarios);
    }
    if (format != PACTOLUS_TEXT && format != PACTOLUS_JSON) {
        return report_error(report, STATUS_USAGE, nowhere, "format", "want text or JSON");
    }
    if (count < 1 || count > PACTOLUS_TRACES_MOST) {
        return report_error(report, STATUS_USAGE, nowhere, "paths", "%zu paths to trace, want 1 to %d", count, PACTOLUS_TRACES_MOST);
    }
    for (size_t k = 0; k < count; k++) {
        if (paths[k] < PACTOLUS_PATHS_MOST) continue;
        return report_error(report, STATUS_USAGE, nowhere, "paths", "no path %llu, want one below %llu", (unsigned long long)paths[k],
                            (unsigned long long)PACTOLUS_PATHS_MOST);
    }
    return STATUS_OK;
}

int pactolus_trace(struct pactolus_deal *deal, size_t scenario, uint64_t seed, const uint64_t *paths, size_t count,
                   enum pactolus_format format, struct pactolus_messages *messages, char **text)
{
    const struct study_trace_config config = {scenario, seed, paths, count, format == PACTOLUS_JSON};
    struct report report;
    FILE *stream = NULL;
    size_t size;
    *text = NULL;
    api_message_open(&report);
    int status = check(deal, scenario, paths, count, format, &report);
    if (!status) {
        stream = open_memstream(text, &size);
        if (stream) status = study_trace(&deal->study, &config, stream, &report);
        const int failed = api_message_finish(stream, text, &report);
        if (!status) status = failed;
    }
    if (status) {
        free(*text);
        *text = NULL;
    }
    return api_message_close(&report, messages, status);
}
