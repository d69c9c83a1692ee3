#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/run.h"

int statistics_batch_init(struct statistics_batch *batch, const struct statistics_plan *plan, struct report *report)
{
    size_t steps = (size_t)plan->series_columns * (size_t)plan->shape.size[AXIS_STEP] + 1;
    memset(batch, 0, sizeof *batch);
    batch->plan = plan;
    batch->sums = statistics_column_sums;
    batch->adds = statistics_column_add;
    batch->tally = calloc((size_t)plan->columns + 1, sizeof *batch->tally);
    batch->step_sum = calloc(steps, sizeof *batch->step_sum);
    batch->step_count = calloc(steps, sizeof *batch->step_count);
    if (!plan->exact) batch->sample = malloc((size_t)plan->samples * STATISTICS_BATCH * sizeof *batch->sample);
    if (batch->tally && batch->step_sum && batch->step_count && (plan->exact || batch->sample)) return STATUS_OK;
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for a batch of statistics");
}

void statistics_batch_free(struct statistics_batch *batch)
{
    free(batch->tally);
    free(batch->sample);
    free(batch->step_sum);
    free(batch->step_count);
    memset(batch, 0, sizeof *batch);
}

void statistics_batch_begin(struct statistics_batch *batch, struct statistics_run *run, uint64_t first_path)
{
    size_t steps = (size_t)batch->plan->series_columns * (size_t)batch->plan->shape.size[AXIS_STEP];
    batch->run = run;
    batch->first = first_path;
    batch->paths = 0;
    batch->bad = (struct statistics_bad){-1, 0};
    memset(batch->tally, 0, (size_t)batch->plan->columns * sizeof *batch->tally);
    memset(batch->step_sum, 0, steps * sizeof *batch->step_sum);
    memset(batch->step_count, 0, steps * sizeof *batch->step_count);
}

/* What a fan keeps of the first batch. */
static void keep_fan(struct statistics_batch *batch, size_t at, size_t n, const double *column)
{
    double *fan = batch->run->fan + at * STATISTICS_BATCH + batch->paths;
    if (column) memcpy(fan, column, n * sizeof *column);
    for (size_t i = 0; !column && i < n; i++) fan[i] = NAN;
}

void statistics_block_series(struct statistics_batch *batch, int step, size_t n, double *const *column)
{
    const struct statistics_plan *plan = batch->plan;
    const int fans = batch->first == 0 && !batch->run->replaying ? plan->fan_columns : 0;
    size_t steps = (size_t)plan->shape.size[AXIS_STEP];
    const size_t at = (size_t)step * (size_t)plan->series_columns;
    for (int k = 0; k < fans; k++) keep_fan(batch, (size_t)k * steps + (size_t)step, n, column[k]);
    batch->sums(plan->series_columns, n, column, batch->step_sum + at, batch->step_count + at);
}

static void note_bad(struct statistics_batch *batch, int k, size_t n, const double *x)
{
    size_t i = 0;
    while (i < n && isfinite(x[i])) i++;
    if (i < n && batch->bad.column < 0) batch->bad = (struct statistics_bad){k, batch->first + batch->paths + i};
}

static double *sample_place(struct statistics_batch *batch, int kept)
{
    const struct statistics_plan *plan = batch->plan;
    if (!plan->exact) return batch->sample + (size_t)kept * STATISTICS_BATCH + batch->paths;
    return batch->run->sample + (size_t)kept * plan->paths + batch->first + batch->paths;
}

/* On the grid the mean comes from the exact sum, which saves a pass; a constant still gives exact zeros. */
static double tally_add(statistics_adds *adds, struct statistics_tally *tally, const double *x, size_t n, int third)
{
    double total;
    struct statistics_moments moments;
    if (adds(&tally->sum, x, n, &total)) {
        moments = statistics_moments_about(x, n, total / (double)n, third);
    } else {
        moments = statistics_moments_of(x, n);
    }
    statistics_moments_merge(&tally->moments, &moments);
    return moments.mean;
}

void statistics_block_outcomes(struct statistics_batch *batch, size_t n, double *const *column)
{
    const struct statistics_plan *plan = batch->plan;
    for (int k = 0; k < plan->columns; k++) {
        if (!plan->used[k]) continue;
        double mean = tally_add(batch->adds, &batch->tally[k], column[k], n, plan->used[k] > 1);
        if (!isfinite(mean)) note_bad(batch, k, n, column[k]);
        if (plan->kept[k] >= 0) memcpy(sample_place(batch, plan->kept[k]), column[k], n * sizeof **column);
    }
    batch->paths += n;
}
