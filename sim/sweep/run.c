#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/target.h"
#include "sweep/clear.h"
#include "sweep/command.h"
#include "sweep/merge.h"
#include "sweep/parts.h"
#include "sweep/run_parts.h"

static int out_of_memory(struct sweep *sweep)
{
    return report_error(sweep->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the sweep");
}

/* A lock of its own holds the journal, so that shards can work side by side; the one process that does all holds the result as well. */
static int take_locks(struct sweep *sweep)
{
    const struct sweep_config *config = sweep->config;
    char *journal = sweep_parts_journal(sweep->plan.parts, config->shard, config->shards, 0), *own = NULL, *whole = NULL;
    int status = STATUS_OK;
    if (!journal || asprintf(&own, "%s.lock", journal) < 0 || asprintf(&whole, "%s.lock", config->run.output) < 0) status = out_of_memory(sweep);
    if (!status && !config->shards) status = sweep_lock_take(&sweep->whole, whole, sweep->report);
    if (!status) status = sweep_parts_make(sweep->plan.parts, sweep->report);
    if (!status) status = sweep_lock_take(&sweep->own, own, sweep->report);
    if (!status) status = sweep_parts_check(sweep->plan.parts, config->shards, sweep->report);
    if (!status && config->words) status = sweep_command_write(sweep->plan.parts, config->word, config->words, sweep->report);
    free(journal);
    free(own);
    free(whole);
    return status;
}

static int open_journal(struct sweep *sweep, const struct sweep_journal_kind *kind)
{
    char *path = sweep_parts_journal(sweep->plan.parts, sweep->config->shard, sweep->config->shards, sweep->rank);
    int status = path ? sweep_journal_open(&sweep->journal, path, kind, sweep->report) : out_of_memory(sweep);
    free(path);
    return status;
}

static int read_before(struct sweep *sweep, const struct sweep_journal_kind *kind)
{
    int status = sweep_index_init(&sweep->before, kind, sweep->report);
    if (!status) status = sweep_index_add(&sweep->before, sweep->plan.parts, sweep->report);
    for (size_t k = 0; k < sweep->plan.points && !status; k++) {
        if (!sweep_points_is_ours(sweep, k)) continue;
        sweep->state.all++;
        sweep->state.done += !sweep_points_is_wanted(sweep, k);
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

/* What ends one rank ends all; those that it did not happen to say where to look. */
static int agree(struct sweep *sweep, int status)
{
    int speaker;
    const int agreed = communicator_agree(sweep->communicator, status, &speaker);
    if (!agreed || status || agreed == STATUS_STOPPED) return agreed;
    return report_error(sweep->report, agreed, (struct place){0}, NULL, "rank %d of the launch cannot go on", speaker);
}

/* Rank 0 alone: the lock and the folder, and what stands in it. */
static int prepare(struct sweep *sweep)
{
    const struct sweep_journal_kind kind = sweep_merge_kind(&sweep->plan);
    int status = check_output(sweep);
    if (!status) status = take_locks(sweep);
    if (!status) status = read_before(sweep, &kind);
    if (status || !sweep->again || sweep->before.done == sweep->plan.points) return status;
    return output_target_check(sweep->config->run.output, 0, sweep->report); /* not all is there: OUT is another's */
}

/* Everything that can be wrong is found before a byte is written; then the journals, of each rank its own. */
static int begin(struct sweep *sweep, struct study_deal *deal)
{
    int status = sweep_plan_init(&sweep->plan, deal, sweep->config, sweep->report);
    if (!status) status = study_run_start(sweep->config->run.threads, sweep->report);
    status = agree(sweep, status);
    if (!status && !sweep->rank) status = prepare(sweep);
    status = agree(sweep, status);
    if (status) return status;
    communicator_spread(sweep->communicator, &sweep->state, sizeof sweep->state);
    const struct sweep_journal_kind kind = sweep_merge_kind(&sweep->plan);
    return agree(sweep, open_journal(sweep, &kind));
}

static int make_result(struct sweep *sweep, const struct sweep_index *index, struct sweep_outcome *outcome)
{
    const double seconds = clock_now() - sweep->start;
    return sweep->again ? sweep_merge_confirm(&sweep->plan, index, seconds, outcome, sweep->report)
                        : sweep_merge_write(&sweep->plan, index, seconds, outcome, sweep->report);
}

/* Another shard has made the result meanwhile, and taken the journals away. */
static int is_made(const struct sweep *sweep)
{
    return sweep->config->shards && access(sweep->plan.parts, F_OK) && !access(sweep->config->run.output, F_OK);
}

/* All points have a record: one process makes the result. Of shards the one that gets the lock; the others leave it to that. */
static int join(struct sweep *sweep, const struct sweep_index *index, struct sweep_outcome *outcome)
{
    struct sweep_lock lock = {.file = -1};
    struct report unheard;
    char *path = NULL;
    int status = STATUS_OK, busy = 0;
    report_init(&unheard);
    if (asprintf(&path, "%s.lock", sweep->config->run.output) < 0) status = out_of_memory(sweep);
    if (!status && sweep->config->shards) busy = sweep_lock_take(&lock, path, &unheard);
    if (!status && !busy && is_made(sweep)) outcome->merged = 1;
    else if (!status && !busy) status = make_result(sweep, index, outcome);
    sweep_lock_release(&lock);
    free(path);
    report_free(&unheard);
    return status;
}

static int finish(struct sweep *sweep, struct sweep_outcome *outcome)
{
    struct sweep_index index = {0};
    const struct sweep_journal_kind kind = sweep_merge_kind(&sweep->plan);
    int status = sweep_index_init(&index, &kind, sweep->report);
    if (!status) status = sweep_index_add(&index, sweep->plan.parts, sweep->report);
    outcome->merged = !status && is_made(sweep);
    outcome->done = outcome->merged ? sweep->plan.points : index.done + index.failed;
    outcome->failed = index.failed;
    if (!status && !outcome->merged && outcome->done == sweep->plan.points) status = join(sweep, &index, outcome);
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

/* Everything that was finished is on the disk. */
static int run_points(struct sweep *sweep)
{
    if (sweep->state.done < sweep->state.all) sweep_points_run(sweep);
    const int closed = sweep_journal_close(&sweep->journal, sweep->report);
    return agree(sweep, sweep->status ? sweep->status : closed);
}

static void tell_outcome(struct sweep *sweep, struct sweep_outcome *outcome)
{
    uint64_t here = sweep->state.here;
    communicator_sum(sweep->communicator, &here, 1);
    outcome->here = here;
    outcome->done = sweep->state.done;
    outcome->failed = sweep->state.failed;
    outcome->seconds = clock_now() - sweep->start;
}

static int run(struct sweep *sweep, struct study_deal *deal, struct sweep_outcome *outcome)
{
    int status = begin(sweep, deal);
    outcome->points = sweep->plan.points;
    if (status) return status;
    status = run_points(sweep);
    tell_outcome(sweep, outcome);
    if (!status && !sweep->rank) {
        status = finish(sweep, outcome);
        if (!status && !outcome->merged) status = tell_unfinished(sweep, outcome);
    }
    communicator_spread(sweep->communicator, outcome, sizeof *outcome);
    return agree(sweep, status);
}

int sweep_run(struct study_deal *deal, const struct sweep_config *config, struct sweep_outcome *outcome, struct report *report)
{
    struct sweep sweep = {.config = config,
                          .report = report,
                          .whole = {.file = -1},
                          .own = {.file = -1},
                          .journal = {.file = -1},
                          .start = clock_now(),
                          .communicator = config->communicator,
                          .rank = communicator_rank(config->communicator)};
    memset(outcome, 0, sizeof *outcome);
    pthread_mutex_init(&sweep.gate, NULL);
    int status = run(&sweep, deal, outcome);
    sweep_lock_release(&sweep.own);
    sweep_lock_release(&sweep.whole);
    sweep_index_free(&sweep.before);
    sweep_plan_free(&sweep.plan);
    pthread_mutex_destroy(&sweep.gate);
    return status;
}
