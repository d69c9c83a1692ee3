#include "sweep/worker.h"

#include <stdlib.h>
#include <string.h>

int sweep_worker_init(struct sweep_worker *worker, const struct sweep_plan *plan, struct report *report)
{
    memset(worker, 0, sizeof *worker);
    worker->plan = plan;
    worker->record = calloc(plan->doubles + 1, sizeof *worker->record);
    if (!worker->record) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a point");
    int status = statistics_run_init(&worker->statistics, &plan->result.plan, report);
    if (status) return status;
    return engine_samples_init(&worker->samples, sweep_plan_partners(plan), plan->config->run.samples, report);
}

void sweep_worker_free(struct sweep_worker *worker)
{
    statistics_run_free(&worker->statistics);
    engine_samples_free(&worker->samples);
    free(worker->record);
    memset(worker, 0, sizeof *worker);
}

static void add_samples(const struct engine_samples *samples, double *to)
{
    const size_t cells = (size_t)samples->partners * (size_t)samples->limit;
    if (!cells) return;
    memcpy(to, samples->captured, cells * sizeof *to);
    memcpy(to + cells, samples->ledger, cells * LINES * sizeof *to);
    memcpy(to + cells * (LINES + 1), samples->transfers, cells * sizeof *to);
}

int sweep_worker_run(struct sweep_worker *worker, size_t point, int threads, engine_progress *progress, void *context,
                     struct report *report)
{
    const struct sweep_plan *plan = worker->plan;
    const struct study_run_config *run = &plan->config->run;
    const struct study_point_config config = {run->paths, run->seed, threads, plan->level, progress, context, NULL, NULL, NULL};
    int status = study_point_run(plan->deal, point, &config, &worker->statistics, &worker->samples, worker->record, report);
    if (!status) add_samples(&worker->samples, worker->record + plan->result.plan.doubles);
    return status;
}

struct engine_samples sweep_worker_samples(const struct sweep_plan *plan, const double *record)
{
    const int partners = sweep_plan_partners(plan);
    const size_t cells = (size_t)partners * (size_t)plan->config->run.samples;
    double *at = (double *)record + plan->result.plan.doubles; /* read only by those that get it */
    return (struct engine_samples){plan->config->run.samples, partners, at, at + cells, at + cells * (LINES + 1)};
}
