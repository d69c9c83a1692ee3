#include "study/coalitions.h"

#include <stdlib.h>

#include "api/deal.h"
#include "api/run.h"

static int write_report(const struct study_coalitions *coalitions, enum pactolus_format format, char **text,
                        struct report *report)
{
    size_t size;
    FILE *stream = open_memstream(text, &size);
    if (stream && format == PACTOLUS_JSON) study_coalitions_json(stream, coalitions);
    else if (stream) study_coalitions_text(stream, coalitions);
    return api_message_finish(stream, text, report);
}

/* With the table of coalitions as the deal's scenarios. */
static int run(struct pactolus_deal *deal, const struct pactolus_run_options *options, struct api_relay *relay,
               struct study_coalitions *coalitions, enum pactolus_format format, char **text, struct report *report)
{
    struct study_result result;
    struct study_run_config config = api_run_config(options);
    relay->paths_all = options->paths * pactolus_deal_scenarios(deal);
    config.progress = relay->progress ? api_run_relay : NULL;
    config.context = relay;
    int status = study_coalitions_run(&deal->study, &config, coalitions, &result, report);
    if (!status) status = write_report(coalitions, format, text, report);
    study_result_free(&result);
    return status;
}

int pactolus_coalitions(struct pactolus_deal *deal, const struct pactolus_run_options *options,
                        pactolus_progress_function *progress, void *context, enum pactolus_format format,
                        struct pactolus_messages *messages, char **text)
{
    struct pactolus_run_options defaults;
    struct study_coalitions coalitions;
    struct report report;
    struct api_relay relay = {progress, context, deal, 0};
    pactolus_run_options_init(&defaults);
    if (!options) options = &defaults;
    *text = NULL;
    api_message_open(&report);
    int status = api_run_check(options, &report);
    if (!status && format != PACTOLUS_TEXT && format != PACTOLUS_JSON) {
        status = report_error(&report, STATUS_USAGE, (struct place){0}, "format", "want text or JSON");
    }
    const int had = deal->study.setting != NULL;
    if (!status) status = study_coalitions_open(&deal->study, &coalitions, &report);
    if (!status) status = run(deal, options, &relay, &coalitions, format, text, &report);
    if (!had) study_deal_forget_table(&deal->study);
    return api_message_close(&report, messages, status);
}
