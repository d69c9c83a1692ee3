#include "engine/run.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_BLOCKS = STATISTICS_BATCH / BLOCK_PATHS, ROUND_BATCHES = 1024 };

struct worker { /* one thread's own */
    const struct engine_plan *plan;
    const struct engine_level *level;
    struct engine_block block;
    struct statistics_batch batch;
    double *scratch;
    double **outcome, **series;
    size_t paths; /* of the present block that count */
};

/* What the threads share; written only in order. */
struct team {
    const struct engine_plan *plan;
    const struct engine_run_config *config;
    struct statistics_run *run;
    struct engine_samples *samples;
    struct report *report;
    int status, stopped;
};

static int worker_init(struct worker *w, const struct engine_plan *plan, const struct engine_level *level,
                       const struct statistics_plan *statistics, struct report *report)
{
    memset(w, 0, sizeof *w);
    w->plan = plan;
    w->level = level;
    w->scratch = aligned_alloc(64, ENGINE_SCRATCH * BLOCK_PATHS * sizeof *w->scratch);
    w->outcome = calloc((size_t)statistics->columns + 1, sizeof *w->outcome);
    w->series = calloc((size_t)statistics->series_columns + (size_t)(ENGINE_SCRATCH + 64) * PARAM_PARTNERS, sizeof *w->series);
    if (!w->scratch || !w->outcome || !w->series) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    }
    int status = engine_block_init(&w->block, plan, report);
    if (!status) status = statistics_batch_init(&w->batch, statistics, report);
    w->batch.sums = level->sums;
    w->batch.adds = level->adds;
    return status;
}

static void worker_free(struct worker *w)
{
    engine_block_free(&w->block);
    statistics_batch_free(&w->batch);
    free(w->scratch);
    free(w->outcome);
    free(w->series);
}

static void record_step(void *context, const struct engine_block *block, int step)
{
    struct worker *w = context;
    w->level->series(w->plan, block, step, w->scratch, w->series);
    statistics_block_series(&w->batch, step, w->paths, w->series);
}

static void keep_samples(const struct engine_plan *plan, const struct value_block *value, struct engine_samples *samples,
                         uint64_t first, size_t paths)
{
    if (first >= samples->limit) return;
    if (paths > samples->limit - first) paths = (size_t)(samples->limit - first);
    for (int p = 0; p < plan->partners; p++) {
        const size_t at = (size_t)p * samples->limit + first;
        memcpy(samples->captured + at, value->captured[p], paths * sizeof(double));
        memcpy(samples->transfers + at, value->transferred[p], paths * sizeof(double));
        for (int line = 0; line < LINES; line++) {
            const size_t cell = (size_t)(p * LINES + line) * samples->limit + first;
            memcpy(samples->ledger + cell, value->ledger[p][line], paths * sizeof(double));
        }
    }
}

/* The joint surplus of every path, and what each partner has of it. */
static void keep_joint(const struct engine_run_config *config, const struct value_block *value, int partners, uint64_t first,
                       size_t paths)
{
    if (config->joint) memcpy(config->joint + first, value->common, paths * sizeof(double));
    for (int p = 0; config->parts && p < partners; p++) {
        memcpy(config->parts + (uint64_t)p * config->paths + first, value->part[p], paths * sizeof(double));
    }
}

static void run_batch(const struct team *team, struct worker *w, uint64_t first)
{
    engine_step_hook *hook = team->run->plan->series_count ? record_step : NULL;
    statistics_batch_begin(&w->batch, team->run, first);
    for (uint64_t b = 0; b < BATCH_BLOCKS && first < team->config->paths; b++, first += BLOCK_PATHS) {
        const uint64_t left = team->config->paths - first;
        w->paths = left < BLOCK_PATHS ? (size_t)left : BLOCK_PATHS;
        w->level->run(team->plan, &w->block, first, hook, w);
        engine_publish_outcomes(team->plan, &w->block, w->scratch, w->outcome);
        statistics_block_outcomes(&w->batch, w->paths, w->outcome);
        keep_joint(team->config, &w->block.value, team->plan->partners, first, w->paths);
        if (team->config->drivers) engine_drivers_keep(team->config->drivers, team->plan, &w->block, first, w->paths);
        if (team->samples) keep_samples(team->plan, &w->block.value, team->samples, first, w->paths);
    }
}

/* In the order of batches. */
static void merge_batch(struct team *team, const struct worker *w)
{
    statistics_run_merge(team->run, &w->batch);
    if (!team->config->progress || !team->config->progress(team->config->context, team->run->paths)) return;
#pragma omp atomic write
    team->stopped = 1;
}

/* Every thread of the team calls this. Nothing is begun once the run is stopped, but what was begun is passed through in
   order. */
static void run_round(struct team *team, struct worker *w, uint64_t first, uint64_t end)
{
#pragma omp for ordered schedule(dynamic, 1)
    for (uint64_t k = first; k < end; k++) {
        int skip;
#pragma omp atomic read
        skip = team->stopped;
        skip |= team->status;
        if (!skip) run_batch(team, w, k * STATISTICS_BATCH);
#pragma omp ordered
        {
            if (!skip && !team->stopped) merge_batch(team, w);
        }
    }
}

/* In rounds, so that a stop does not have to pass through all batches of a long run. */
static void work(struct team *team, uint64_t batches)
{
    struct worker w;
    struct report own;
    report_init(&own);
    const int failed = worker_init(&w, team->plan, team->config->level, team->run->plan, &own);
    if (failed) {
#pragma omp critical(engine_run_report)
        {
            if (!team->status) {
                team->status =
                    report_error(team->report, failed, (struct place){0}, NULL, "out of memory for the threads' blocks");
            }
        }
    }
    for (uint64_t first = 0; first < batches; first += ROUND_BATCHES) {
#pragma omp barrier
        const int stop = team->stopped || team->status;
#pragma omp barrier /* no thread begins a round before all have read */
        if (stop) break;
        run_round(team, &w, first, batches - first < ROUND_BATCHES ? batches : first + ROUND_BATCHES);
    }
    worker_free(&w);
    report_free(&own);
}

static int check_finite(const struct team *team)
{
    const struct statistics_bad *bad = &team->run->bad;
    if (bad->column < 0) return STATUS_OK;
    const struct statistics_plan *plan = team->run->plan;
    int k = 0;
    while (k + 1 < plan->outcomes && plan->column[k + 1] <= bad->column) k++;
    return report_error(team->report, STATUS_NONFINITE, (struct place){0}, plan->outcome[k].name,
                        "not a finite number on path %llu: some value of the deal is too large, or too close to 0 where it divides",
                        (unsigned long long)bad->path);
}

static void run_all(struct team *team)
{
    const uint64_t batches = (team->config->paths + STATISTICS_BATCH - 1) / STATISTICS_BATCH;
#pragma omp parallel num_threads(team->config->threads)
    work(team, batches);
}

int engine_run(const struct engine_plan *plan, const struct engine_run_config *config, struct statistics_run *run,
               struct engine_samples *samples, int *stopped, struct report *report)
{
    struct team team = {plan, config, run, samples && samples->limit ? samples : NULL, report, STATUS_OK, 0};
    run_all(&team);
    *stopped = team.stopped;
    if (team.status || team.stopped) return team.status;
    if (check_finite(&team)) return STATUS_NONFINITE;
    if (!statistics_run_precise(run)) { /* binned and too coarse: the same paths again, into the bins concerned */
        int status = statistics_run_replay_begin(run, report);
        if (status) return status;
        team.samples = NULL;
        run_all(&team);
        *stopped = team.stopped;
    }
    return team.status;
}

/* The team that later runs reuse. */
void engine_threads_start(int threads)
{
    volatile int started = 0;
#pragma omp parallel num_threads(threads)
    {
#pragma omp atomic
        started++;
    }
}

void engine_threads_each(int threads, void (*each)(void *context, int thread), void *context)
{
#pragma omp parallel num_threads(threads)
    each(context, omp_get_thread_num());
}

int engine_samples_init(struct engine_samples *samples, int partners, uint64_t limit, struct report *report)
{
    memset(samples, 0, sizeof *samples);
    const size_t cells = (size_t)partners * (size_t)limit;
    if (!limit) return STATUS_OK;
    samples->captured = calloc(cells, sizeof(double));
    samples->transfers = calloc(cells, sizeof(double));
    samples->ledger = calloc(cells * LINES, sizeof(double));
    samples->partners = partners;
    samples->limit = limit;
    if (samples->captured && samples->transfers && samples->ledger) return STATUS_OK;
    return report_error(report, STATUS_MEMORY, (struct place){0}, "--samples", "out of memory: %zu bytes for samples",
                        cells * (LINES + 2) * sizeof(double));
}

void engine_samples_free(struct engine_samples *samples)
{
    free(samples->captured);
    free(samples->transfers);
    free(samples->ledger);
    memset(samples, 0, sizeof *samples);
}
