/* statistics/sum.h - exact sums of what lies on the grid of money (base/money.h: multiples of 2^-20): the same in any
   order. A column that leaves the grid is noticed, and its mean is then the one of statistics/moments.h. */
#ifndef PACTOLUS_STATISTICS_SUM_H
#define PACTOLUS_STATISTICS_SUM_H
#include <stddef.h>

__extension__ typedef __int128 statistics_units;

/* All zero: an empty sum. */
struct statistics_sum {
    statistics_units units; /* sum in units of 2^-20 */
    int off_grid;           /* nonzero: a value was not on the grid or beyond 2^30, the sum is not exact */
};

void statistics_sum_merge(struct statistics_sum *all, const struct statistics_sum *part);
/* The exact sum divided by n, rounded twice. Only meaningful while off_grid is 0. */
double statistics_sum_mean(const struct statistics_sum *sum, double n);
#endif
