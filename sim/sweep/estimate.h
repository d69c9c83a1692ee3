/* sweep/estimate.h - what a sweep will take, before it is started: a few points are run for it, nothing is written. */
#ifndef PACTOLUS_SWEEP_ESTIMATE_H
#define PACTOLUS_SWEEP_ESTIMATE_H
#include "sweep/sweep.h"

struct sweep_estimate {
    uint64_t points, paths; /* paths of all points */
    uint64_t looked;        /* points whose values were put together: all, or some spread over the sweep */
    uint64_t unsound;       /* of them those whose values contradict each other; they will be recorded as failed */
    uint64_t file, memory;  /* bytes at most: the result file (journals take as much until they are merged); of one process */
    double setup, path;     /* seconds of one thread: a point without its paths; a path */
    double seconds;         /* of the whole sweep on run.threads threads */
};

/* STATUS_INPUT as sweep_plan_init. What is wrong with the first unsound point is told as a warning. */
int sweep_estimate_run(struct study_deal *deal, const struct sweep_config *config, struct sweep_estimate *estimate,
                       struct report *report);
#endif
