/* study/point.h - one scenario through the engine: what a run does for every row of its table, and a sweep for every point. */
#ifndef PACTOLUS_STUDY_POINT_H
#define PACTOLUS_STUDY_POINT_H
#include "engine/run.h"
#include "study/scenario.h"

struct study_point_config {
    uint64_t paths, seed;
    int threads;
    const struct engine_level *level;
    engine_progress *progress; /* as engine_run_config.progress */
    void *context;
    double *joint, *parts;     /* as engine_run_config's, as the next */
    struct engine_drivers *drivers;
};

/* Fills `statistics` (any content before) and, where wanted, `samples`, and writes the numbers of scenario `index`, those of
   statistics->plan, to `flat`. The deal must be fresh. Warnings are not told: a check before has told them. STATUS_STOPPED
   without a message if `progress` asked to stop. Several threads may call it at a time with one deal. */
int study_point_run(const struct study_deal *deal, size_t index, const struct study_point_config *config,
                    struct statistics_run *statistics, struct engine_samples *samples, double *flat, struct report *report);
/* The scenario as it is checked and planned for that; `pilot` as in study_scenario_plan. Free it with study_scenario_free. */
int study_point_open(const struct study_deal *deal, size_t index, uint64_t seed, int pilot, struct study_scenario *scenario,
                     struct report *report);
#endif
