#include "study/drivers.h"

#include "api/deal.h"
#include "api/run.h"

static int tell_drivers(struct study_deal *deal, const struct study_run_config *config, const void *more, struct api_relay *relay,
                        struct study_result *result, struct report *report)
{
    struct study_drivers drivers;
    (void)more, (void)relay;
    int status = study_drivers_init(&drivers, deal, config->seed, report);
    if (!status) status = study_drivers_run(&drivers, deal, config, result, report);
    study_drivers_free(&drivers);
    return status;
}

int pactolus_drivers(struct pactolus_deal *deal, const struct pactolus_run_options *options, pactolus_progress_function *progress,
                     void *context, struct pactolus_messages *messages, struct pactolus_result **out)
{
    struct pactolus_run_options wanted;
    struct api_relay relay = {progress, context, deal, 0};
    pactolus_run_options_init(&wanted);
    if (options) wanted = *options;
    wanted.samples = 0;
    return api_run_result(&wanted, &relay, tell_drivers, NULL, messages, out);
}
