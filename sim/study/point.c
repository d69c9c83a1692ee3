#include "study/point.h"

int study_point_open(const struct study_deal *deal, size_t index, uint64_t seed, int pilot, struct study_scenario *scenario,
                     struct report *report)
{
    const int silent = report->silent;
    report->silent = 1;
    int status = study_scenario_init(scenario, deal, index, report);
    if (!status) status = study_scenario_plan(scenario, deal, seed, pilot, report);
    report->silent = silent;
    return status;
}

int study_point_run(const struct study_deal *deal, size_t index, const struct study_point_config *config,
                    struct statistics_run *statistics, struct engine_samples *samples, double *flat, struct report *report)
{
    struct study_scenario scenario;
    const struct engine_run_config engine = {config->paths, config->threads, config->level, config->progress, config->context,
                                             config->joint, config->parts, config->drivers};
    int stopped = 0;
    int status = study_point_open(deal, index, config->seed, 1, &scenario, report);
    if (!status) scenario.plan.value.parted = config->parts != NULL;
    if (!status) statistics_run_reset(statistics);
    if (!status) status = engine_run(&scenario.plan, &engine, statistics, samples, &stopped, report);
    if (!status && stopped) status = STATUS_STOPPED;
    if (!status) status = statistics_run_result(statistics, flat, report);
    study_scenario_free(&scenario);
    return status;
}
