#include <stdlib.h>

#include "sweep/run_parts.h"
#include "sweep/worker.h"

/* ---- One point ---- */

/* What ends one point and no other: its values contradict each other, or a result is not finite. */
static int is_its_own(int status)
{
    return status == STATUS_INPUT || status == STATUS_NONFINITE;
}

/* Under the gate: asks the caller, looks at the clock; some times a second is enough. */
void sweep_points_look(struct sweep *sweep)
{
    const struct sweep_config *config = sweep->config;
    const double t = clock_now();
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
    sweep_points_look(sweep);
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

int sweep_points_is_ours(const struct sweep *sweep, size_t point)
{
    const struct sweep_config *config = sweep->config;
    return !config->shards || point % (size_t)config->shards == (size_t)config->shard - 1;
}

int sweep_points_is_wanted(const struct sweep *sweep, size_t point)
{
    const enum sweep_index_state state = sweep_index_state_of(&sweep->before, point);
    return sweep_points_is_ours(sweep, point) && (state == SWEEP_MISSING || (state == SWEEP_FAILED && sweep->config->retry));
}

int sweep_points_next(struct sweep *sweep, size_t *point)
{
    while (sweep->next < sweep->plan.points && !sweep_points_is_wanted(sweep, sweep->next)) sweep->next++;
    *point = sweep->next;
    if (sweep->stop || *point == sweep->plan.points) return 1;
    sweep->next++;
    return 0;
}

/* Nonzero if there is no further point. */
static int take(struct sweep *sweep, size_t *point)
{
    pthread_mutex_lock(&sweep->gate);
    sweep_points_look(sweep);
    const int none = sweep->rank ? sweep_ranks_next(sweep, point) : sweep_points_next(sweep, point);
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
static void run_here(struct sweep *sweep)
{
    const int threads = sweep->config->run.threads;
    const size_t left = (size_t)(sweep->state.all - sweep->state.done) / (size_t)communicator_ranks(sweep->communicator);
    const size_t each = sweep->plan.result.plan.bytes + sweep->plan.doubles * sizeof(double);
    const int apart = left >= 2 * (size_t)threads && each <= sweep->config->run.memory / (size_t)threads;
    if (apart) engine_threads_each(threads, run_one_thread, sweep);
    else run_points(sweep, threads);
}

void sweep_points_run(struct sweep *sweep)
{
    pthread_t server;
    const int serves = !sweep->rank && communicator_ranks(sweep->communicator) > 1;
    const int served = serves && !pthread_create(&server, NULL, sweep_ranks_serve, sweep);
    sweep->hand.failed = sweep->state.failed;
    run_here(sweep);
    if (served) pthread_join(server, NULL);
    else if (serves) sweep_ranks_serve(sweep);
    if (sweep->rank) sweep_ranks_leave(sweep);
}
