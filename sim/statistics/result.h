/* statistics/result.h - how a run is read out; used by run.c and mixture.c only. */
#ifndef PACTOLUS_STATISTICS_RESULT_H
#define PACTOLUS_STATISTICS_RESULT_H
#include "statistics/order.h"
#include "statistics/run.h"

/* The order statistics that bound each level and the tail's quantile: one binomial sum each, the same for all columns. */
struct statistics_intervals {
    uint64_t n;
    struct statistics_ranks level[STATISTICS_LEVELS];
    struct statistics_ranks tail;
};

void statistics_result_intervals(const struct statistics_run *run, struct statistics_intervals *at);
/* Chooses in the bins every rank that a result reads. */
void statistics_result_choose(const struct statistics_run *run, const struct statistics_intervals *at,
                              struct statistics_bins *bins);
/* Largest error by binning over the levels and the tail, as a share of the standard error. */
double statistics_result_error(const struct statistics_run *run, const struct statistics_intervals *at,
                               const struct statistics_order *order);
#endif
