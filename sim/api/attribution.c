#include "study/attribution.h"

#include <stdlib.h>

#include "api/deal.h"
#include "api/result.h"
#include "api/run.h"

void pactolus_attribution_options_init(struct pactolus_attribution_options *options)
{
    *options = (struct pactolus_attribution_options){0};
    pactolus_run_options_init(&options->run);
    options->run.paths = 10000;
}

static int attribute(struct pactolus_deal *deal, const struct pactolus_attribution_options *options, struct api_relay *relay,
                     struct pactolus_result *result, struct report *report)
{
    struct study_attribution attribution = {0};
    struct study_run_config config = api_run_config(&options->run);
    config.samples = 0;
    config.progress = relay->progress ? api_run_relay : NULL;
    config.context = relay;
    int status = study_attribution_init(&attribution, &deal->study, options->switches, options->switches_count, config.seed, report);
    relay->paths_all = attribution.runs * config.paths;
    if (!status) status = study_attribution_run(&attribution, &deal->study, &config, &result->study, report);
    study_attribution_free(&attribution);
    return status ? status : api_result_finish(result, report);
}

int pactolus_attribute(struct pactolus_deal *deal, const struct pactolus_attribution_options *options,
                       pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                       struct pactolus_result **out)
{
    struct pactolus_attribution_options defaults;
    struct report report;
    struct pactolus_result *result = NULL;
    struct api_relay relay = {progress, context, deal, 0};
    pactolus_attribution_options_init(&defaults);
    if (!options) options = &defaults;
    *out = NULL;
    api_message_open(&report);
    int status = api_run_check(&options->run, &report);
    if (!status) {
        result = calloc(1, sizeof *result);
        if (!result) status = report_error(&report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
    }
    if (!status) status = attribute(deal, options, &relay, result, &report);
    if (status) pactolus_result_destroy(result);
    else *out = result;
    return api_message_close(&report, messages, status);
}
