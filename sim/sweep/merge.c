#define _GNU_SOURCE
#include "sweep/merge.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/target.h"
#include "output/result.h"
#include "study/file.h"
#include "sweep/clear.h"
#include "sweep/journal_parts.h"
#include "sweep/lock.h"
#include "sweep/worker.h"

struct sweep_journal_kind sweep_merge_kind(const struct sweep_plan *plan)
{
    return (struct sweep_journal_kind){plan->identity, plan->doubles, plan->points};
}

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
}

/* ---- Why points have no numbers ---- */

static void free_failures(char **failure, size_t points)
{
    for (size_t k = 0; failure && k < points; k++) free(failure[k]);
    free(failure);
}

/* NULL in *out if all points have numbers. */
static int read_failures(const struct sweep_plan *plan, const struct sweep_index *index, char ***out, struct report *report)
{
    int status = STATUS_OK;
    *out = NULL;
    if (index->done == plan->points) return STATUS_OK;
    char **failure = calloc(plan->points + 1, sizeof *failure), reason[JOURNAL_REASON + 1];
    if (!failure) return out_of_memory(report);
    for (size_t k = 0; k < plan->points && !status; k++) {
        const enum sweep_index_state state = sweep_index_state_of(index, k);
        snprintf(reason, sizeof reason, "%s", state == SWEEP_MISSING ? "not run" : "");
        if (state == SWEEP_FAILED) status = sweep_index_read(index, k, reason, sizeof reason, report);
        failure[k] = status ? NULL : strdup(reason);
        if (!status && !failure[k]) status = out_of_memory(report);
    }
    *out = failure;
    return status;
}

/* ---- The file ---- */

static int write_points(struct sweep_plan *plan, const struct sweep_index *index, struct study_file *file, double *record,
                        struct report *report)
{
    const struct sweep_config *config = plan->config;
    const struct engine_samples samples = sweep_worker_samples(plan, record);
    int status = STATUS_OK;
    for (size_t k = 0; k < plan->points && !status; k++) {
        const struct sweep_progress state = {k, plan->points, index->failed, 0, 1};
        if (config->progress && k % 64 == 0 && config->progress(config->context, &state)) return STATUS_STOPPED;
        if (sweep_index_state_of(index, k) == SWEEP_DONE) {
            status = sweep_index_read(index, k, record, plan->doubles * sizeof *record, report);
        } else {
            for (size_t n = 0; n < plan->doubles; n++) record[n] = (double)NAN;
        }
        if (!status) status = study_file_write(file, k, record, &samples, report);
    }
    return status;
}

static int tell(const struct sweep_plan *plan, const struct sweep_index *index, char *const *failure, struct report *report)
{
    const uint64_t lacking = plan->points - index->done;
    size_t k = 0;
    if (!lacking) return STATUS_OK;
    while (k < plan->points && !*failure[k]) k++;
    return report_error(report, STATUS_PARTIAL, (struct place){plan->config->run.output, 0, 0}, NULL,
                        "%" PRIu64 " of %zu points have no numbers; the first is %s: %s", lacking, plan->points,
                        plan->result.scenario[k], failure[k]);
}

static int write_file(struct sweep_plan *plan, const struct sweep_index *index, const struct study_run_config *run, double seconds,
                      char *const *failure, struct report *report)
{
    struct study_file file = {0};
    double *record = calloc(plan->doubles + 1, sizeof *record);
    int status = record ? study_file_init(&file, plan->deal, &plan->result, (const char *const *)failure, run, report)
                        : out_of_memory(report);
    if (!status) status = write_points(plan, index, &file, record, report);
    if (!status) status = study_file_commit(&file, run, plan->level->name, seconds, report);
    study_file_free(&file);
    free(record);
    return status;
}

int sweep_merge_write(struct sweep_plan *plan, const struct sweep_index *index, double seconds, struct sweep_outcome *outcome,
                      struct report *report)
{
    char **failure = NULL;
    sweep_clear_stale(plan->config->run.output);
    int status = read_failures(plan, index, &failure, report);
    if (!status) status = write_file(plan, index, &plan->config->run, seconds, failure, report);
    if (!status) {
        outcome->merged = 1;
        if (index->done == plan->points) sweep_clear_parts(plan->config->run.output, plan->parts);
        status = tell(plan, index, failure, report);
    }
    free_failures(failure, plan->points);
    return status;
}

/* ---- A result that is there already ---- */

static int read_digest(const char *path, char digest[RESULT_DIGEST], struct report *report)
{
    struct output_result *result = NULL;
    int status = output_result_open(&result, path, report);
    if (!status) status = output_result_digest(result, 1, digest, report);
    output_result_close(result);
    return status;
}

int sweep_merge_confirm(struct sweep_plan *plan, const struct sweep_index *index, double seconds, struct sweep_outcome *outcome,
                        struct report *report)
{
    struct study_run_config run = plan->config->run;
    char *again = NULL, there[RESULT_DIGEST], made[RESULT_DIGEST];
    if (asprintf(&again, "%s.again", run.output) < 0) return out_of_memory(report);
    run.output = again;
    run.force = 1;
    int status = write_file(plan, index, &run, seconds, NULL, report);
    if (!status) status = read_digest(plan->config->run.output, there, report);
    if (!status) status = read_digest(again, made, report);
    unlink(again);
    free(again);
    if (!status && strcmp(there, made)) status = output_target_check(plan->config->run.output, 0, report);
    if (status) return status;
    outcome->merged = 1;
    sweep_clear_parts(plan->config->run.output, plan->parts);
    return STATUS_OK;
}

/* ---- By hand ---- */

static int take_in(struct sweep_plan *plan, struct sweep_index *index, const char *const *parts, int count, struct report *report)
{
    int status = sweep_index_add(index, plan->parts, report);
    for (int k = 0; k < count && !status; k++) status = sweep_index_add(index, parts[k], report);
    return status;
}

static int merge(struct sweep_plan *plan, struct sweep_index *index, struct sweep_outcome *outcome, struct report *report)
{
    const uint64_t there = index->done + index->failed;
    outcome->points = plan->points;
    outcome->done = there;
    outcome->failed = index->failed;
    if (there < plan->points && !plan->config->partial) {
        return report_error(report, STATUS_PARTIAL, (struct place){plan->config->run.output, 0, 0}, NULL,
                            "%" PRIu64 " of %zu points are missing; run them, or merge --partial", plan->points - there, plan->points);
    }
    return sweep_merge_write(plan, index, 0.0, outcome, report);
}

int sweep_merge(struct study_deal *deal, const struct sweep_config *config, const char *const *parts, int count,
                struct sweep_outcome *outcome, struct report *report)
{
    struct sweep_plan plan;
    struct sweep_index index = {0};
    struct sweep_lock lock = {.file = -1};
    char *name = NULL;
    memset(outcome, 0, sizeof *outcome);
    int status = sweep_plan_init(&plan, deal, config, report);
    const struct sweep_journal_kind kind = sweep_merge_kind(&plan);
    if (!status && asprintf(&name, "%s.lock", config->run.output) < 0) status = out_of_memory(report);
    if (!status) status = sweep_lock_take(&lock, name, report);
    if (!status) status = sweep_index_init(&index, &kind, report);
    if (!status) status = take_in(&plan, &index, parts, count, report);
    if (!status) status = merge(&plan, &index, outcome, report);
    sweep_lock_release(&lock);
    free(name);
    sweep_index_free(&index);
    sweep_plan_free(&plan);
    return status;
}
