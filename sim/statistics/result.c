#include "statistics/result.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/select.h"
#include "statistics/sort.h"

enum { SORTED_AT_MOST = 65536 }; /* beyond it, selection by bins is faster than sorting */

void statistics_result_intervals(const struct statistics_run *run, struct statistics_intervals *at)
{
    const struct statistics_plan *plan = run->plan;
    at->n = run->paths;
    for (int q = 0; q < plan->quantiles; q++) {
        at->level[q] = statistics_interval_ranks(run->paths, plan->quantile[q], plan->confidence);
    }
    at->tail = statistics_interval_ranks(run->paths, plan->tail, plan->confidence);
}

void statistics_result_choose(const struct statistics_run *run, const struct statistics_intervals *at,
                              struct statistics_bins *bins)
{
    uint64_t rank[BINS_SLOTS];
    int ranks = statistics_order_needs(run->paths, run->plan->tail, at->tail, rank);
    ranks += statistics_order_tail_needs(run->paths, run->plan->tail, rank + ranks);
    for (int q = 0; q < run->plan->quantiles; q++) {
        ranks += statistics_order_needs(run->paths, run->plan->quantile[q], at->level[q], rank + ranks);
    }
    statistics_bins_choose(bins, rank, ranks);
}

double statistics_result_error(const struct statistics_run *run, const struct statistics_intervals *at,
                               const struct statistics_order *order)
{
    const struct statistics_plan *plan = run->plan;
    double most = statistics_order_error(order, plan->tail, at->tail, plan->z);
    for (int q = 0; q < plan->quantiles; q++) {
        double error = statistics_order_error(order, plan->quantile[q], at->level[q], plan->z);
        if (error > most) most = error;
    }
    return most;
}

/* What reading out needs besides the run. */
struct reading {
    struct statistics_run *run;
    struct statistics_intervals at;
    double *sorted;              /* 2 x min(paths, SORTED_AT_MOST), second half spare */
    struct statistics_bins bins; /* for more paths than are sorted */
};

static void put(const struct reading *r, double *flat, int row, size_t cell, double value)
{
    if (row >= 0) flat[r->run->plan->row[row].offset + cell] = value;
}

static int order_by_bins(struct reading *r, const double *sample, struct statistics_order *order)
{
    struct statistics_bins *bins = &r->bins;
    size_t n = (size_t)r->run->paths;
    int status;
    if (!bins->bin && (status = statistics_bins_init(bins)) != STATUS_OK) return status;
    statistics_bins_reset(bins);
    memcpy(r->sorted, sample, STATISTICS_BATCH * sizeof *sample);
    statistics_sort(r->sorted, r->sorted + STATISTICS_BATCH, STATISTICS_BATCH);
    statistics_bins_place(bins, r->sorted, STATISTICS_BATCH);
    statistics_bins_add(bins, sample, n);
    statistics_result_choose(r->run, &r->at, bins);
    if ((status = statistics_bins_collect_begin(bins)) != STATUS_OK) return status;
    statistics_bins_collect(bins, sample, n);
    *order = (struct statistics_order){r->run->paths, NULL, bins};
    return statistics_bins_seal(bins);
}

static int order_of(struct reading *r, int kept, struct statistics_order *order)
{
    struct statistics_run *run = r->run;
    if (!run->plan->exact) {
        struct statistics_bins *bins = &run->bins[kept];
        if (!bins->sealed) statistics_result_choose(run, &r->at, bins);
        *order = (struct statistics_order){run->paths, NULL, bins};
        return STATUS_OK;
    }
    const double *sample = run->sample + (size_t)kept * run->plan->paths;
    if (run->paths > SORTED_AT_MOST) return order_by_bins(r, sample, order);
    memcpy(r->sorted, sample, run->paths * sizeof *sample);
    statistics_sort(r->sorted, r->sorted + run->paths, run->paths);
    *order = (struct statistics_order){run->paths, r->sorted, NULL};
    return STATUS_OK;
}

static void put_quantiles(const struct reading *r, const struct statistics_made *made, const struct statistics_order *order,
                          size_t cell, double *flat)
{
    const struct statistics_plan *plan = r->run->plan;
    for (int q = 0; q < plan->quantiles; q++) {
        size_t at = cell * (size_t)plan->quantiles + (size_t)q;
        struct statistics_ranks ranks = r->at.n < 2 ? (struct statistics_ranks){0, 0} : r->at.level[q];
        put(r, flat, made->quantile, at, statistics_order_quantile(order, plan->quantile[q]));
        put(r, flat, made->quantile_low, at, statistics_order_bound(order, ranks.low));
        put(r, flat, made->quantile_high, at, statistics_order_bound(order, ranks.high));
    }
}

static void put_tail(const struct reading *r, const struct statistics_made *made, const struct statistics_order *order,
                     size_t cell, double *flat)
{
    const struct statistics_plan *plan = r->run->plan;
    struct statistics_tail tail = statistics_order_tail(order, plan->tail);
    struct statistics_ranks ranks = r->at.n < 2 ? (struct statistics_ranks){0, 0} : r->at.tail;
    put(r, flat, made->var, cell, tail.var);
    put(r, flat, made->var_low, cell, statistics_order_bound(order, ranks.low));
    put(r, flat, made->var_high, cell, statistics_order_bound(order, ranks.high));
    put(r, flat, made->cvar, cell, tail.cvar);
    put(r, flat, made->cvar_low, cell, tail.cvar - plan->z * tail.standard_error);
    put(r, flat, made->cvar_high, cell, tail.cvar + plan->z * tail.standard_error);
}

static void put_moments(const struct reading *r, const struct statistics_made *made, int column, size_t cell, double *flat)
{
    const struct statistics_run *run = r->run;
    const struct statistics_moments *m = &run->tally[column].moments;
    double mean, error, low, high;
    statistics_run_mean(run, column, &mean, &error);
    put(r, flat, made->mean, cell, mean);
    put(r, flat, made->error, cell, error);
    put(r, flat, made->deviation, cell, statistics_moments_deviation(m));
    put(r, flat, made->skewness, cell, statistics_moments_skewness(m));
    statistics_interval_wilson(mean, m->n, run->plan->z, &low, &high);
    put(r, flat, made->probability, cell, mean);
    put(r, flat, made->probability_low, cell, low);
    put(r, flat, made->probability_high, cell, high);
}

static int put_outcome(struct reading *r, int outcome, double *flat)
{
    struct statistics_run *run = r->run;
    const struct statistics_plan *plan = run->plan;
    const struct statistics_made *made = &plan->made[outcome];
    for (int k = plan->column[outcome]; k < plan->column[outcome + 1]; k++) {
        size_t cell = (size_t)(k - plan->column[outcome]);
        struct statistics_order order;
        if (!plan->used[k]) continue;
        put_moments(r, made, k, cell, flat);
        if (plan->kept[k] < 0 || run->paths == 0) continue;
        int status = order_of(r, plan->kept[k], &order);
        if (status != STATUS_OK) return status;
        if (made->quantile >= 0) put_quantiles(r, made, &order, cell, flat);
        if (made->var >= 0) put_tail(r, made, &order, cell, flat);
        double error = statistics_result_error(run, &r->at, &order);
        if (error > run->quantile_error) run->quantile_error = error;
    }
    return STATUS_OK;
}

/* The ranks, rising, that the plan's quantiles of n values read; returns how many. */
static int quantile_ranks(const struct statistics_plan *plan, size_t n, size_t rank[2 * STATISTICS_LEVELS])
{
    int ranks = 0;
    for (int q = 0; n > 0 && q < plan->quantiles; q++) {
        const size_t k = (size_t)floor((double)(n - 1) * plan->quantile[q]);
        for (size_t r = k; r <= k + 1 && r < n; r++) {
            if (!ranks || rank[ranks - 1] < r) rank[ranks++] = r;
        }
    }
    return ranks;
}

static void put_fan(const struct reading *r, int series, size_t cell, size_t step, const double *fan, double *flat)
{
    const struct statistics_plan *plan = r->run->plan;
    size_t paths = r->run->paths < STATISTICS_BATCH ? (size_t)r->run->paths : STATISTICS_BATCH, n = 0;
    size_t steps = (size_t)plan->shape.size[AXIS_STEP];
    double *present = r->run->spare;
    for (size_t i = 0; i < paths; i++) {
        if (!isnan(fan[i])) present[n++] = fan[i];
    }
    size_t rank[2 * STATISTICS_LEVELS];
    statistics_select(present, n, rank, quantile_ranks(plan, n, rank));
    struct statistics_order order = {n, present, NULL};
    for (int q = 0; q < plan->quantiles; q++) {
        put(r, flat, plan->series_row[series] + 1, (cell * (size_t)plan->quantiles + (size_t)q) * steps + step,
            statistics_order_quantile(&order, plan->quantile[q]));
    }
}

static void put_series(const struct reading *r, int series, double *flat)
{
    const struct statistics_run *run = r->run;
    const struct statistics_plan *plan = run->plan;
    size_t steps = (size_t)plan->shape.size[AXIS_STEP];
    for (int k = plan->series_column[series]; k < plan->series_column[series + 1]; k++) {
        size_t cell = (size_t)(k - plan->series_column[series]);
        for (size_t step = 0; step < steps; step++) {
            size_t at = step * (size_t)plan->series_columns + (size_t)k;
            double count = run->step_count[at];
            put(r, flat, plan->series_row[series], cell * steps + step, count > 0 ? run->step_sum[at] / count : (double)NAN);
            if (!plan->series[series].mean_only) put_fan(r, series, cell, step, run->fan + ((size_t)k * steps + step) * STATISTICS_BATCH, flat);
        }
    }
}

static int seal_replay(struct statistics_run *run)
{
    if (!run->replaying) return STATUS_OK;
    for (int s = 0; s < run->plan->samples; s++) {
        int status = run->replayed == run->paths ? statistics_bins_seal(&run->bins[s]) : STATUS_INTERNAL;
        if (status != STATUS_OK) return status;
    }
    run->replaying = 0;
    return STATUS_OK;
}

static int read_out(struct reading *r, double *flat)
{
    struct statistics_run *run = r->run;
    const struct statistics_plan *plan = run->plan;
    size_t sorted = run->paths < SORTED_AT_MOST ? (size_t)run->paths : SORTED_AT_MOST;
    int status = seal_replay(run);
    if (status != STATUS_OK) return status;
    r->sorted = malloc((2 * sorted + 1) * sizeof *r->sorted);
    if (!r->sorted) return STATUS_MEMORY;
    for (size_t i = 0; i < plan->doubles; i++) flat[i] = (double)NAN;
    if (run->paths > 0) statistics_result_intervals(run, &r->at);
    run->quantile_error = 0;
    for (int o = 0; o < plan->outcomes && status == STATUS_OK; o++) status = put_outcome(r, o, flat);
    for (int s = 0; s < plan->series_count; s++) put_series(r, s, flat);
    put(r, flat, plan->row_paths, 0, (double)run->paths);
    put(r, flat, plan->row_error, 0, run->quantile_error);
    return status;
}

int statistics_run_result(struct statistics_run *run, double *flat, struct report *report)
{
    struct reading r = {.run = run};
    int status = read_out(&r, flat);
    free(r.sorted);
    statistics_bins_free(&r.bins);
    if (status == STATUS_MEMORY) report_error(report, status, (struct place){0}, NULL, "no memory to sort the samples");
    if (status == STATUS_INTERNAL) {
        report_error(report, status, (struct place){0}, NULL, "the second pass did not see the paths of the first");
    }
    return status;
}
