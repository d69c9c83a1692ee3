/* statistics/moments.h - count, mean and central sums of a sample, mergeable; every sum in a fixed order. */
#ifndef PACTOLUS_STATISTICS_MOMENTS_H
#define PACTOLUS_STATISTICS_MOMENTS_H
#include <stddef.h>

/* All zero: an empty sample. */
struct statistics_moments {
    double n;
    double mean;
    double m2, m3; /* sums of (x - mean)^2 and ^3 */
};

/* Moments of x[0..n), two passes. A constant column gives its value and exact zeros. */
struct statistics_moments statistics_moments_of(const double *x, size_t n);
/* The same where the mean is known; m3 only if `third` is nonzero, else 0. */
struct statistics_moments statistics_moments_about(const double *x, size_t n, double mean, int third);
/* Adds the sample `part` to `all`. The result depends on the order of merging only in the last digits. */
void statistics_moments_merge(struct statistics_moments *all, const struct statistics_moments *part);
/* Of the sample, divisor n - 1; NaN for fewer than two values. */
double statistics_moments_variance(const struct statistics_moments *moments);
double statistics_moments_deviation(const struct statistics_moments *moments);
/* Standard error of the mean; NaN for fewer than two values. */
double statistics_moments_error(const struct statistics_moments *moments);
/* Moment coefficient m3/n / (m2/n)^1.5; NaN for fewer than two values, 0 for a constant. */
double statistics_moments_skewness(const struct statistics_moments *moments);
#endif
