#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "output/target.h"
#include "sweep/clear.h"
#include "sweep/command.h"
#include "sweep/lock.h"
#include "sweep/merge.h"
#include "sweep/worker.h"

/* All that a process holds; what is not yet made is zero. Threads share it; `gate` guards what they write. */
struct sweep {
    struct sweep_plan plan;
    const struct sweep_config *config;
    struct sweep_lock lock;
    struct sweep_journal journal;
    struct sweep_index before; /* what stood in the journals when this process began */
    struct report *report;
    pthread_mutex_t gate;
    struct sweep_progress state;
    size_t next; /* the first point that no thread has looked at */
    double start, told;
    int status, stop; /* the first failure that ends the process; nonzero: no further point is begun */
    int late;         /* nonzero: stopped by config->seconds */
    int again;        /* nonzero: the result is there as well as its journals, see sweep_merge_confirm */
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- One point ---- */

/* What ends one point and no other: its values contradict each other, or a result is not finite. */
static int is_its_own(int status)
{
    return status == STATUS_INPUT || status == STATUS_NONFINITE;
}

/* Under the gate: asks the caller, looks at the clock; some times a second is enough. */
static void look_around(struct sweep *sweep)
{
    const struct sweep_config *config = sweep->config;
    const double t = now();
    if (t - sweep->told < 0.05) return;
    sweep->told = t;
    if (config->progress && config->progress(config->context, &sweep->state)) sweep->stop = 1;
    if (config->seconds > 0.0 && t - sweep->start >= config->seconds && !sweep->stop) sweep->stop = sweep->late = 1;
}

/* While a point runs. It is never broken off: what stops a sweep keeps further points from beginning. */
static int tell_batch(void *context, uint64_t paths)
{
    struct sweep *sweep = context;
    (void)paths;
    if (pthread_mutex_trylock(&sweep->gate)) return 0;
    look_around(sweep);
    pthread_mutex_unlock(&sweep->gate);
    return 0;
}

/* Under the gate. */
static void record(struct sweep *sweep, const struct sweep_worker *worker, size_t point, int status, const struct report *found)
{
    int ended = status;
    if (!status) ended = sweep_journal_append(&sweep->journal, point, worker->record, sweep->report);
    else if (is_its_own(status)) ended = sweep_journal_append_failure(&sweep->journal, point, status, found->message[0], sweep->report);
    else report_error(sweep->report, status, (struct place){0}, NULL, "point %s: %s", sweep->plan.result.scenario[point], found->message[0]);
    if (ended) {
        if (!sweep->status) sweep->status = ended;
        sweep->stop = 1;
        return;
    }
    sweep->state.done++;
    sweep->state.here++;
    sweep->state.failed += status != STATUS_OK;
}

static int is_ours(const struct sweep *sweep, size_t point)
{
    const struct sweep_config *config = sweep->config;
    return !config->shards || point % (size_t)config->shards == (size_t)config->shard - 1;
}

static int is_wanted(const struct sweep *sweep, size_t point)
{
    const enum sweep_index_state state = sweep_index_state_of(&sweep->before, point);
    return is_ours(sweep, point) && (state == SWEEP_MISSING || (state == SWEEP_FAILED && sweep->config->retry));
}

/* The next point of ours without a record; nonzero if there is none, or none may be begun. */
static int take(struct sweep *sweep, size_t *point)
{
    pthread_mutex_lock(&sweep->gate);
    look_around(sweep);
    while (sweep->next < sweep->plan.points && !is_wanted(sweep, sweep->next)) sweep->next++;
    *point = sweep->next;
    const int none = sweep->stop || *point == sweep->plan.points;
    if (!none) sweep->next++;
    pthread_mutex_unlock(&sweep->gate);
    return none;
}

/* ---- Many points ---- */

static void run_points(struct sweep *sweep, int threads)
{
    struct sweep_worker worker;
    struct report own;
    size_t point;
    report_init(&own);
    int status = sweep_worker_init(&worker, &sweep->plan, &own);
    while (!status && !take(sweep, &point)) {
        struct report found;
        report_init(&found);
        const int one = sweep_worker_run(&worker, point, threads, tell_batch, sweep, &found);
        pthread_mutex_lock(&sweep->gate);
        record(sweep, &worker, point, one, &found);
        pthread_mutex_unlock(&sweep->gate);
        report_free(&found);
    }
    if (status) {
        pthread_mutex_lock(&sweep->gate);
        if (!sweep->status) sweep->status = report_error(sweep->report, status, (struct place){0}, NULL, "%s", own.message[0]);
        sweep->stop = 1;
        pthread_mutex_unlock(&sweep->gate);
    }
    sweep_worker_free(&worker);
    report_free(&own);
}

static void run_one_thread(void *context, int thread)
{
    (void)thread;
    run_points(context, 1);
}

/* A thread for each point where there are points enough and their samples fit the memory; else all threads on one point. The bits
   are the same. */
static void run_all(struct sweep *sweep)
{
    const int threads = sweep->config->run.threads;
    const size_t left = (size_t)(sweep->state.all - sweep->state.done);
    const size_t each = sweep->plan.result.plan.bytes + sweep->plan.doubles * sizeof(double);
    const int apart = left >= 2 * (size_t)threads && each <= sweep->config->run.memory / (size_t)threads;
    if (apart) engine_threads_each(threads, run_one_thread, sweep);
    else run_points(sweep, threads);
}

/* ---- Before and after ---- */

static int out_of_memory(struct sweep *sweep)
{
    return report_error(sweep->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the sweep");
}

/* A shard holds a lock of its own, beside its journal; else the whole sweep is held. */
static int take_lock(struct sweep *sweep)
{
    const struct sweep_config *config = sweep->config;
    char *path = NULL;
    const int made = config->shards ? asprintf(&path, "%s/shard-%06d-of-%06d.journal.lock", sweep->plan.parts, config->shard, config->shards)
                                    : asprintf(&path, "%s.lock", config->run.output);
    int status = made < 0 ? out_of_memory(sweep) : sweep_lock_take(&sweep->lock, path, sweep->report);
    free(path);
    return status;
}

static int make_parts(struct sweep *sweep)
{
    const char *parts = sweep->plan.parts;
    if (mkdir(parts, 0777) && errno != EEXIST) {
        return report_error(sweep->report, STATUS_FILE, (struct place){parts, 0, 0}, NULL, "%s", strerror(errno));
    }
    return sweep->config->words ? sweep_command_write(parts, sweep->config->word, sweep->config->words, sweep->report) : STATUS_OK;
}

static int open_journal(struct sweep *sweep, const struct sweep_journal_kind *kind)
{
    const struct sweep_config *config = sweep->config;
    char *path = NULL;
    const int made = config->shards ? asprintf(&path, "%s/shard-%06d-of-%06d.journal", sweep->plan.parts, config->shard, config->shards)
                                    : asprintf(&path, "%s/all.journal", sweep->plan.parts);
    int status = made < 0 ? out_of_memory(sweep) : sweep_journal_open(&sweep->journal, path, kind, sweep->report);
    free(path);
    return status;
}

static int read_before(struct sweep *sweep, const struct sweep_journal_kind *kind)
{
    int status = sweep_index_init(&sweep->before, kind, sweep->report);
    if (!status) status = sweep_index_add(&sweep->before, sweep->plan.parts, sweep->report);
    for (size_t k = 0; k < sweep->plan.points && !status; k++) {
        if (!is_ours(sweep, k)) continue;
        sweep->state.all++;
        sweep->state.done += !is_wanted(sweep, k);
        sweep->state.failed += !sweep->config->retry && sweep_index_state_of(&sweep->before, k) == SWEEP_FAILED;
    }
    return status;
}

/* A process that was killed as it finished may have left some of the names beside the result. */
static void tidy(const struct sweep *sweep)
{
    const char *output = sweep->config->run.output;
    struct sweep_lock lock = {.file = -1};
    struct report unheard;
    char *path = NULL;
    report_init(&unheard);
    if (asprintf(&path, "%s.lock", output) >= 0 && !sweep_lock_take(&lock, path, &unheard)) {
        sweep_clear_done(output);
        sweep_clear_stale(output);
    }
    sweep_lock_release(&lock);
    free(path);
    report_free(&unheard);
}

/* The place of the result is free, or was taken by this very sweep, which was killed before it could remove its journals. */
static int check_output(struct sweep *sweep)
{
    const struct study_run_config *run = &sweep->config->run;
    const int there = !run->force && !access(run->output, F_OK);
    if (there) tidy(sweep);
    sweep->again = there && !access(sweep->plan.parts, F_OK);
    return sweep->again ? STATUS_OK : output_target_check(run->output, run->force, sweep->report);
}

/* Everything that can be wrong is found before a byte is written; then the lock, the folder and the journal. */
static int begin(struct sweep *sweep, struct study_deal *deal)
{
    const struct study_run_config *run = &sweep->config->run;
    int status = sweep_plan_init(&sweep->plan, deal, sweep->config, sweep->report);
    if (!status) status = check_output(sweep);
    if (!status) status = study_run_start(run->threads, sweep->report);
    if (!status && sweep->config->shards) status = make_parts(sweep);
    if (!status) status = take_lock(sweep);
    if (!status && !sweep->config->shards) status = make_parts(sweep);
    if (status) return status;
    const struct sweep_journal_kind kind = sweep_merge_kind(&sweep->plan);
    status = read_before(sweep, &kind);
    if (!status && sweep->again && sweep->before.done < sweep->plan.points) status = output_target_check(run->output, 0, sweep->report);
    return status ? status : open_journal(sweep, &kind);
}

static int make_result(struct sweep *sweep, const struct sweep_index *index, struct sweep_outcome *outcome)
{
    const double seconds = now() - sweep->start;
    return sweep->again ? sweep_merge_confirm(&sweep->plan, index, seconds, outcome, sweep->report)
                        : sweep_merge_write(&sweep->plan, index, seconds, outcome, sweep->report);
}

/* All points have a record: one process makes the result. Another shard may be at it already, or have done it. */
static int finish(struct sweep *sweep, struct sweep_outcome *outcome)
{
    struct sweep_index index = {0};
    struct sweep_lock lock = {.file = -1};
    const struct sweep_journal_kind kind = sweep_merge_kind(&sweep->plan);
    char *path = NULL;
    int status = sweep_index_init(&index, &kind, sweep->report);
    if (!status) status = sweep_index_add(&index, sweep->plan.parts, sweep->report);
    outcome->done = index.done + index.failed;
    outcome->failed = index.failed;
    if (!status && outcome->done == sweep->plan.points) {
        struct report unheard;
        report_init(&unheard);
        if (asprintf(&path, "%s.lock", sweep->config->run.output) < 0) status = out_of_memory(sweep);
        const int held = !status && sweep->config->shards && sweep_lock_take(&lock, path, &unheard);
        if (!status && !held) status = make_result(sweep, &index, outcome);
        sweep_lock_release(&lock);
        report_free(&unheard);
    }
    free(path);
    sweep_index_free(&index);
    return status;
}

static int tell_unfinished(const struct sweep *sweep, const struct sweep_outcome *outcome)
{
    if (sweep->late) {
        return report_error(sweep->report, STATUS_PARTIAL, (struct place){sweep->config->run.output, 0, 0}, NULL,
                            "time ran out at %llu of %zu points; the same command goes on", (unsigned long long)outcome->done,
                            sweep->plan.points);
    }
    return sweep->stop ? STATUS_STOPPED : STATUS_OK;
}

static int run(struct sweep *sweep, struct study_deal *deal, struct sweep_outcome *outcome)
{
    int status = begin(sweep, deal);
    outcome->points = sweep->plan.points;
    if (!status && sweep->state.done < sweep->state.all) run_all(sweep);
    const int closed = sweep_journal_close(&sweep->journal, sweep->report);
    if (!status) status = sweep->status ? sweep->status : closed;
    outcome->here = sweep->state.here;
    outcome->done = sweep->state.done;
    outcome->failed = sweep->state.failed;
    outcome->seconds = now() - sweep->start;
    if (!status) status = finish(sweep, outcome);
    if (!status && !outcome->merged) status = tell_unfinished(sweep, outcome);
    return status;
}

int sweep_run(struct study_deal *deal, const struct sweep_config *config, struct sweep_outcome *outcome, struct report *report)
{
    struct sweep sweep = {.config = config, .report = report, .lock = {.file = -1}, .journal = {.file = -1}, .start = now()};
    memset(outcome, 0, sizeof *outcome);
    pthread_mutex_init(&sweep.gate, NULL);
    int status = run(&sweep, deal, outcome);
    sweep_lock_release(&sweep.lock);
    sweep_index_free(&sweep.before);
    sweep_plan_free(&sweep.plan);
    pthread_mutex_destroy(&sweep.gate);
    return status;
}
