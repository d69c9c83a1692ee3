#include "statistics/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/order.h"
#include "statistics/result.h"
#include "statistics/sort.h"

static size_t steps_of(const struct statistics_plan *plan)
{
    return (size_t)plan->series_columns * (size_t)plan->shape.size[AXIS_STEP];
}

static int init_samples(struct statistics_run *run)
{
    const struct statistics_plan *plan = run->plan;
    if (plan->samples == 0) return STATUS_OK;
    if (plan->exact) {
        run->sample = malloc((size_t)plan->samples * plan->paths * sizeof *run->sample);
        return run->sample ? STATUS_OK : STATUS_MEMORY;
    }
    run->bins = calloc((size_t)plan->samples, sizeof *run->bins);
    for (int s = 0; run->bins && s < plan->samples; s++) {
        if (statistics_bins_init(&run->bins[s]) != STATUS_OK) return STATUS_MEMORY;
    }
    return run->bins ? STATUS_OK : STATUS_MEMORY;
}

int statistics_run_init(struct statistics_run *run, const struct statistics_plan *plan, struct report *report)
{
    size_t steps = steps_of(plan);
    memset(run, 0, sizeof *run);
    run->plan = plan;
    run->bad.column = -1;
    run->tally = calloc((size_t)plan->columns + 1, sizeof *run->tally);
    run->spare = malloc(2 * STATISTICS_BATCH * sizeof *run->spare);
    run->step_sum = calloc(steps + 1, sizeof *run->step_sum);
    run->step_count = calloc(steps + 1, sizeof *run->step_count);
    run->fan = malloc(((size_t)plan->fan_columns * (size_t)plan->shape.size[AXIS_STEP] + 1) * STATISTICS_BATCH * sizeof *run->fan);
    if (run->tally && run->spare && run->step_sum && run->step_count && run->fan && init_samples(run) == STATUS_OK) {
        return STATUS_OK;
    }
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the samples of a scenario: %zu MB wanted",
                        plan->bytes >> 20);
}

void statistics_run_free(struct statistics_run *run)
{
    for (int s = 0; run->bins && s < run->plan->samples; s++) statistics_bins_free(&run->bins[s]);
    free(run->bins);
    free(run->tally);
    free(run->sample);
    free(run->spare);
    free(run->step_sum);
    free(run->step_count);
    free(run->fan);
    memset(run, 0, sizeof *run);
}

void statistics_run_reset(struct statistics_run *run)
{
    size_t steps = steps_of(run->plan);
    run->paths = run->replayed = 0;
    run->replaying = 0;
    run->bad = (struct statistics_bad){-1, 0};
    memset(run->tally, 0, (size_t)run->plan->columns * sizeof *run->tally);
    memset(run->step_sum, 0, steps * sizeof *run->step_sum);
    memset(run->step_count, 0, steps * sizeof *run->step_count);
    for (int s = 0; run->bins && s < run->plan->samples; s++) statistics_bins_reset(&run->bins[s]);
}

static void place_bins(struct statistics_run *run, const struct statistics_batch *batch, int s)
{
    memcpy(run->spare, batch->sample + (size_t)s * STATISTICS_BATCH, batch->paths * sizeof *run->spare);
    statistics_sort(run->spare, run->spare + STATISTICS_BATCH, batch->paths);
    statistics_bins_place(&run->bins[s], run->spare, batch->paths);
}

static void merge_samples(struct statistics_run *run, const struct statistics_batch *batch)
{
    for (int s = 0; s < run->plan->samples; s++) {
        const double *x = batch->sample + (size_t)s * STATISTICS_BATCH;
        if (run->replaying) {
            statistics_bins_collect(&run->bins[s], x, batch->paths);
            continue;
        }
        if (run->paths == 0) place_bins(run, batch, s);
        statistics_bins_add(&run->bins[s], x, batch->paths);
    }
}

void statistics_run_merge(struct statistics_run *run, const struct statistics_batch *batch)
{
    size_t steps = steps_of(run->plan);
    if (batch->paths == 0) return;
    if (!run->plan->exact) merge_samples(run, batch);
    if (run->replaying) {
        run->replayed += batch->paths;
        return;
    }
    for (int k = 0; k < run->plan->columns; k++) {
        statistics_moments_merge(&run->tally[k].moments, &batch->tally[k].moments);
        statistics_sum_merge(&run->tally[k].sum, &batch->tally[k].sum);
    }
    for (size_t i = 0; i < steps; i++) {
        run->step_sum[i] += batch->step_sum[i];
        run->step_count[i] += batch->step_count[i];
    }
    if (run->bad.column < 0) run->bad = batch->bad;
    run->paths += batch->paths;
}

void statistics_run_mean(const struct statistics_run *run, int column, double *mean, double *error)
{
    const struct statistics_tally *t = &run->tally[column];
    *mean = t->moments.n == 0 ? (double)NAN : t->sum.off_grid ? t->moments.mean : statistics_sum_mean(&t->sum, t->moments.n);
    *error = statistics_moments_error(&t->moments);
}

const double *statistics_run_sample(const struct statistics_run *run, int outcome, int cell)
{
    int kept = run->plan->kept[run->plan->column[outcome] + cell];
    return kept >= 0 && run->sample ? run->sample + (size_t)kept * run->plan->paths : NULL;
}

int statistics_run_precise(struct statistics_run *run)
{
    struct statistics_intervals at;
    run->quantile_error = 0;
    if (run->plan->exact || run->paths == 0) return 1;
    statistics_result_intervals(run, &at);
    for (int s = 0; s < run->plan->samples; s++) {
        struct statistics_bins *bins = &run->bins[s];
        if (!bins->sealed) statistics_result_choose(run, &at, bins);
        double error = statistics_result_error(run, &at, &(struct statistics_order){run->paths, NULL, bins});
        if (error > run->quantile_error) run->quantile_error = error;
    }
    return run->quantile_error < 0.05;
}

int statistics_run_replay_begin(struct statistics_run *run, struct report *report)
{
    struct statistics_intervals at;
    if (run->plan->exact || run->paths == 0) return STATUS_OK;
    statistics_result_intervals(run, &at);
    for (int s = 0; s < run->plan->samples; s++) {
        statistics_result_choose(run, &at, &run->bins[s]);
        if (statistics_bins_collect_begin(&run->bins[s]) != STATUS_OK) {
            return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for the second pass of quantiles");
        }
    }
    run->replaying = 1;
    run->replayed = 0;
    return STATUS_OK;
}
