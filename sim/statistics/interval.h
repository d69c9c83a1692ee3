/* statistics/interval.h - confidence intervals. */
#ifndef PACTOLUS_STATISTICS_INTERVAL_H
#define PACTOLUS_STATISTICS_INTERVAL_H
#include <stdint.h>

/* Order statistics (1-based) that hold the p-quantile with at least this confidence, whatever the distribution. 0 where
   the sample is too small to bound that side. */
struct statistics_ranks {
    uint64_t low, high;
};

/* The z of a two-sided interval: 1.96 for 0.95. */
double statistics_interval_z(double confidence);
/* Exact binomial tails: low is the largest l with P(B < l) <= (1 - confidence)/2, high the least u with P(B >= u) <= the
   same, B ~ binomial(n, p), 0 < p < 1. */
struct statistics_ranks statistics_interval_ranks(uint64_t n, double p, double confidence);
/* Wilson's score interval of a share of n (need not be whole: an effective count); NaN for n < 2. */
void statistics_interval_wilson(double share, double n, double z, double *low, double *high);
#endif
