#include "study/attribution.h"

#include "api/deal.h"
#include "api/run.h"

void pactolus_attribution_options_init(struct pactolus_attribution_options *options)
{
    *options = (struct pactolus_attribution_options){0};
    pactolus_run_options_init(&options->run);
    options->run.paths = 10000;
}

static int attribute(struct study_deal *deal, const struct study_run_config *config, const void *more, struct api_relay *relay,
                     struct study_result *result, struct report *report)
{
    const struct pactolus_attribution_options *options = more;
    struct study_attribution attribution = {0};
    int status = study_attribution_init(&attribution, deal, options->switches, options->switches_count, config->seed, report);
    relay->paths_all = attribution.runs * config->paths;
    if (!status) status = study_attribution_run(&attribution, deal, config, result, report);
    study_attribution_free(&attribution);
    return status;
}

int pactolus_attribute(struct pactolus_deal *deal, const struct pactolus_attribution_options *options,
                       pactolus_progress_function *progress, void *context, struct pactolus_messages *messages,
                       struct pactolus_result **out)
{
    struct pactolus_attribution_options all;
    struct api_relay relay = {progress, context, deal, 0};
    pactolus_attribution_options_init(&all);
    if (options) all = *options;
    all.run.samples = 0;
    return api_run_result(&all.run, &relay, attribute, &all, messages, out);
}
