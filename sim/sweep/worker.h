/* sweep/worker.h - what one thread needs to run points by itself, or the one that leads a team on one point. */
#ifndef PACTOLUS_SWEEP_WORKER_H
#define PACTOLUS_SWEEP_WORKER_H
#include "sweep/plan.h"

struct sweep_worker {
    const struct sweep_plan *plan; /* not owned */
    struct statistics_run statistics;
    struct engine_samples samples;
    double *record; /* plan->doubles: rows, then samples as [captured][ledger][transfers] */
};

int sweep_worker_init(struct sweep_worker *worker, const struct sweep_plan *plan, struct report *report);
void sweep_worker_free(struct sweep_worker *worker);
/* Runs a point on `threads` threads into worker->record. Statuses and `progress` as study_point_run. */
int sweep_worker_run(struct sweep_worker *worker, size_t point, int threads, engine_progress *progress, void *context,
                     struct report *report);
/* The samples inside a record of `plan`, as they were kept; nothing is copied. */
struct engine_samples sweep_worker_samples(const struct sweep_plan *plan, const double *record);
#endif
