#include "portfolio/portfolio.h"

#include <stdlib.h>

#include "api/deal.h"
#include "api/result.h"
#include "api/run.h"

_Static_assert((int)PACTOLUS_DEALS_MOST == (int)PORTFOLIO_MOST, "one bound of deals");

/* What the layers below call, with the caller's function behind it. */
struct relay {
    pactolus_progress_function *progress;
    void *context;
    const char *const *names;
    uint64_t paths_all;
    size_t deals;
};

static int relay_progress(void *context, uint64_t paths, size_t deal)
{
    struct relay *relay = context;
    const struct pactolus_progress state = {paths, relay->paths_all, deal, relay->deals, relay->names[deal]};
    return relay->progress(relay->context, &state);
}

static int run(struct pactolus_deal *const *deals, const struct pactolus_run_options *options, struct relay *relay,
               struct pactolus_result *result, struct report *report)
{
    struct study_deal *study[PORTFOLIO_MOST];
    struct study_run_config config = api_run_config(options);
    config.progress = relay->progress ? relay_progress : NULL;
    config.context = relay;
    for (size_t d = 0; d < relay->deals && d < PORTFOLIO_MOST; d++) study[d] = &deals[d]->study;
    const struct portfolio_config portfolio = {study, relay->names, relay->deals, &config};
    int status = portfolio_run(&portfolio, &result->study, report);
    return status ? status : api_result_finish(result, report);
}

int pactolus_portfolio(struct pactolus_deal *const *deals, const char *const *names, size_t count,
                       const struct pactolus_run_options *options, pactolus_progress_function *progress, void *context,
                       struct pactolus_messages *messages, struct pactolus_result **out)
{
    struct pactolus_run_options defaults;
    struct report report;
    struct pactolus_result *result = NULL;
    pactolus_run_options_init(&defaults);
    if (!options) options = &defaults;
    struct relay relay = {progress, context, names, options->paths * count, count};
    *out = NULL;
    api_message_open(&report);
    int status = api_run_check(options, &report);
    if (!status) {
        result = calloc(1, sizeof *result);
        if (!result) status = report_error(&report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
    }
    if (!status) status = run(deals, options, &relay, result, &report);
    if (status) pactolus_result_destroy(result);
    else *out = result;
    return api_message_close(&report, messages, status);
}
