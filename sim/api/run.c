#include "study/run.h"

#include <stdlib.h>

#include "api/build.h"
#include "api/deal.h"
#include "api/result.h"
#include "api/run.h"

_Static_assert((int)PACTOLUS_THREADS_MOST == (int)STUDY_THREADS, "one bound of threads");

void pactolus_run_options_init(struct pactolus_run_options *options)
{
    *options = (struct pactolus_run_options){.paths = 100000, .seed = 1, .memory = UINT64_C(2) << 30};
}

int api_run_relay(void *context, uint64_t paths, size_t scenario)
{
    struct api_relay *relay = context;
    const struct pactolus_progress state = {paths, relay->paths_all, scenario, pactolus_deal_scenarios(relay->deal),
                                            pactolus_deal_scenario(relay->deal, scenario)};
    return relay->progress(relay->context, &state);
}

static int refuse(struct report *report, const char *name, const char *want)
{
    return report_error(report, STATUS_USAGE, (struct place){0}, name, "out of range, want %s", want);
}

int api_run_check(const struct pactolus_run_options *options, struct report *report)
{
    if (options->paths < 1 || options->paths > PACTOLUS_PATHS_MOST) return refuse(report, "paths", "1 to 1e12");
    if (options->threads < 0 || options->threads > STUDY_THREADS) return refuse(report, "threads", "0 to 1024");
    if (options->memory < 1 << 20) return refuse(report, "memory", "1 MiB at the least");
    return STATUS_OK;
}

struct study_run_config api_run_config(const struct pactolus_run_options *options)
{
    return (struct study_run_config){
        .paths = options->paths,
        .seed = options->seed,
        .samples = options->samples < options->paths ? options->samples : options->paths,
        .memory = (size_t)options->memory,
        .threads = options->threads ? options->threads : study_run_processors(),
        .output = options->output,
        .force = options->force,
        .command = options->command,
        .build = {api_build_version, api_build_revision, api_build_compiler, api_build_flags, api_build_libraries},
    };
}

int api_run_result(const struct pactolus_run_options *options, struct api_relay *relay, api_run_study *study, const void *more,
                   struct pactolus_messages *messages, struct pactolus_result **out)
{
    struct report report;
    struct pactolus_result *result = NULL;
    struct study_run_config config;
    *out = NULL;
    api_message_open(&report);
    int status = api_run_check(options, &report);
    if (!status) {
        result = calloc(1, sizeof *result);
        if (!result) status = report_error(&report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
    }
    if (!status) {
        config = api_run_config(options);
        config.progress = relay->progress ? api_run_relay : NULL;
        config.context = relay;
        relay->paths_all = config.paths * pactolus_deal_scenarios(relay->deal);
        status = study(&relay->deal->study, &config, more, relay, &result->study, &report);
    }
    if (!status) status = api_result_finish(result, &report);
    if (status) pactolus_result_destroy(result);
    else *out = result;
    return api_message_close(&report, messages, status);
}

static int run(struct study_deal *deal, const struct study_run_config *config, const void *more, struct api_relay *relay,
               struct study_result *result, struct report *report)
{
    (void)more, (void)relay;
    return study_run(deal, config, result, report);
}

int pactolus_run(struct pactolus_deal *deal, const struct pactolus_run_options *options, pactolus_progress_function *progress,
                 void *context, struct pactolus_messages *messages, struct pactolus_result **out)
{
    struct pactolus_run_options defaults;
    struct api_relay relay = {progress, context, deal, 0};
    pactolus_run_options_init(&defaults);
    return api_run_result(options ? options : &defaults, &relay, run, NULL, messages, out);
}
