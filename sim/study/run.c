#define _GNU_SOURCE
#include "study/run.h"

#include <fenv.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "study/file.h"
#include "study/point.h"

#if defined __SSE2__
#include <immintrin.h>
#endif

/* All that a run holds; what is not yet made is zero. */
struct run {
    struct study_deal *deal;
    const struct study_run_config *config;
    struct study_result *result;
    struct report *report;
    const struct engine_level *level;
    struct study_file file;
    struct engine_samples samples;
    struct statistics_run *statistics; /* one, or one by scenario for the mixture */
    size_t kept;                       /* number of them that were made */
    size_t scenario;                   /* under way */
};

/* ---- Before anything runs ---- */

int study_run_check(struct report *report)
{
    int changed = fegetround() != FE_TONEAREST;
#if defined __SSE2__
    changed |= (_mm_getcsr() & 0x8040u) != 0; /* flush to zero, denormals are zero */
#endif
    if (!changed) return STATUS_OK;
    return report_error(report, STATUS_USAGE, (struct place){0}, NULL,
                        "the processor's rounding or flush-to-zero mode was changed by the calling program, want the default");
}

int study_run_processors(void)
{
    const size_t most = 1 << 16;
    cpu_set_t *set = CPU_ALLOC(most);
    const size_t size = CPU_ALLOC_SIZE(most);
    int count = 0;
    if (set && sched_getaffinity(0, size, set) == 0) count = CPU_COUNT_S(size, set);
    if (set) CPU_FREE(set);
    return count < 1 ? 1 : count < STUDY_THREADS ? count : STUDY_THREADS;
}

static void *wait_for_all(void *gate)
{
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    return NULL;
}

/* All at a time. */
int study_run_start(int threads, struct report *report)
{
    pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
    pthread_t *started = calloc((size_t)threads, sizeof *started);
    int n = 0;
    pthread_mutex_lock(&gate);
    while (started && n + 1 < threads && pthread_create(&started[n], NULL, wait_for_all, &gate) == 0) n++;
    pthread_mutex_unlock(&gate);
    for (int k = 0; k < n; k++) pthread_join(started[k], NULL);
    pthread_mutex_destroy(&gate);
    const int failed = !started || n + 1 < threads;
    free(started);
    if (failed) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, "--threads", "only %d of %d threads can be started here",
                            n + 1, threads);
    }
    engine_threads_start(threads);
    return STATUS_OK;
}

/* Samples of single paths must fit the memory that the caller allows. */
static int init_samples(struct run *run, int partners)
{
    const uint64_t each = (uint64_t)partners * (LINES + 2) * sizeof(double);
    if (run->config->samples > run->config->memory / each) {
        return report_error(run->report, STATUS_MEMORY, (struct place){0}, "--samples",
                            "%llu paths of %llu bytes each are beyond --memory, got %llu bytes",
                            (unsigned long long)run->config->samples, (unsigned long long)each,
                            (unsigned long long)run->config->memory);
    }
    return engine_samples_init(&run->samples, partners, run->config->samples, run->report);
}

/* A mixture needs the samples of all scenarios at once. */
static int init_statistics(struct run *run)
{
    const size_t wanted = run->result->weight ? run->result->rows : 1;
    run->statistics = calloc(wanted, sizeof *run->statistics);
    if (!run->statistics) return report_error(run->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for statistics");
    for (; run->kept < wanted; run->kept++) {
        int status = statistics_run_init(&run->statistics[run->kept], &run->result->plan, run->report);
        if (status) return status;
    }
    return STATUS_OK;
}

/* Rows and labels are those of the first scenario: what is structure differs in none. */
static int init_result(struct run *run)
{
    struct study_scenario first;
    const int weighted = run->deal->setting && run->deal->table.weight;
    const size_t share = run->config->memory / (weighted ? run->deal->table.rows : 1);
    const struct study_result_config config = {.paths = run->config->paths, .memory = share ? share : 1, .level = RESULT_FULL, .whole = 1};
    int status = study_point_open(run->deal, 0, run->config->seed, 0, &first, run->report);
    if (!status) status = study_result_init(run->result, run->deal, &first, &config, run->report);
    if (!status) status = init_samples(run, first.plan.partners);
    if (!status) status = init_statistics(run);
    study_scenario_free(&first);
    return status;
}

/* ---- Scenario by scenario ---- */

int study_run_tell(const struct study_run_config *config, uint64_t runs, uint64_t paths, size_t scenario)
{
    if (!config->progress) return 0;
    return config->progress(config->context, runs * config->paths + (paths < config->paths ? paths : config->paths), scenario);
}

static int tell(void *context, uint64_t paths)
{
    const struct run *run = context;
    return study_run_tell(run->config, run->scenario, paths, run->scenario);
}

static int run_scenario(struct run *run, size_t index)
{
    const struct study_run_config *config = run->config;
    double *joint = config->joint ? config->joint + index * config->paths : NULL;
    double *parts = index + 1 == run->result->rows ? config->parts : NULL;
    const struct study_point_config point = {config->paths, config->seed, config->threads, run->level, tell, run, joint, parts, NULL};
    double *flat = run->result->flat[index];
    run->scenario = index;
    int status = study_point_run(run->deal, index, &point, &run->statistics[run->kept > 1 ? index : 0], &run->samples, flat,
                                 run->report);
    return status ? status : study_file_write(&run->file, index, flat, &run->samples, run->report);
}

/* Rows without weight take no part. */
static int mix(struct run *run)
{
    const size_t rows = run->result->rows;
    size_t n = 0;
    if (!run->result->weight) return STATUS_OK;
    struct statistics_run **each = calloc(rows, sizeof *each);
    const double **flat = calloc(rows, sizeof *flat);
    double *weight = calloc(rows, sizeof *weight), *mixture = run->result->flat[rows];
    int status = STATUS_OK;
    if (!each || !flat || !weight) {
        status = report_error(run->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the mixture");
        goto out;
    }
    for (size_t k = 0; k < rows; k++) {
        if (!(run->result->weight[k] > 0.0)) continue;
        each[n] = &run->statistics[run->kept > 1 ? k : 0];
        flat[n] = run->result->flat[k];
        weight[n++] = run->result->weight[k];
    }
    status = statistics_mixture(&run->result->plan, (int)n, weight, flat, each, 1, mixture, run->report);
    if (!status) status = study_file_write(&run->file, rows, mixture, NULL, run->report);
out:
    free(each);
    free(flat);
    free(weight);
    return status;
}

static int run_all(struct run *run)
{
    const double start = clock_now();
    for (size_t k = 0; k < run->result->rows; k++) {
        int status = run_scenario(run, k);
        if (status) return status;
    }
    int status = mix(run);
    if (!status) status = study_file_commit(&run->file, run->config, run->level->name, clock_now() - start, run->report);
    return status ? status : study_result_order(run->result, run->report);
}

int study_run(struct study_deal *deal, const struct study_run_config *config, struct study_result *result,
              struct report *report)
{
    struct run run = {.deal = deal, .config = config, .result = result, .report = report};
    memset(result, 0, sizeof *result);
    int status = study_run_check(report);
    if (!status) status = engine_level_choose(&run.level, report);
    if (!status) status = study_scenario_check_all(deal, config->seed, report);
    if (!status) status = init_result(&run);
    if (!status) status = study_run_start(config->threads, report);
    if (!status) status = study_file_init(&run.file, deal, result, NULL, config, report);
    if (!status) status = run_all(&run);
    for (size_t k = 0; k < run.kept; k++) statistics_run_free(&run.statistics[k]);
    free(run.statistics);
    engine_samples_free(&run.samples);
    study_file_free(&run.file);
    return status;
}
