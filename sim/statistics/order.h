/* statistics/order.h - quantiles and tail risk of one column, read from a sorted sample or from bins.
   Quantiles are type 7 of Hyndman and Fan 1996 (NumPy's default): with h = (n - 1) p, x[floor h] and x[floor h + 1] are
   joined by a line. */
#ifndef PACTOLUS_STATISTICS_ORDER_H
#define PACTOLUS_STATISTICS_ORDER_H
#include <stddef.h>
#include <stdint.h>

#include "statistics/bins.h"
#include "statistics/interval.h"

/* One of sorted and bins is NULL. Nothing is owned. */
struct statistics_order {
    uint64_t n;
    const double *sorted;
    const struct statistics_bins *bins; /* chosen for all ranks asked for */
};

struct statistics_tail {
    double var;            /* quantile at the tail's probability */
    double cvar;           /* mean of the worst share, the value at the boundary counted by its fraction */
    double standard_error; /* of cvar; NaN for n < 2 */
};

double statistics_order_value(const struct statistics_order *order, uint64_t rank);
double statistics_order_quantile(const struct statistics_order *order, double p);
/* An order statistic counted from 1; NaN for 0 (no bound). */
double statistics_order_bound(const struct statistics_order *order, uint64_t rank);
/* Error of the quantile by binning, as a share of its standard error (from the interval of `ranks`); 0 when exact. */
double statistics_order_error(const struct statistics_order *order, double p, struct statistics_ranks ranks, double z);
struct statistics_tail statistics_order_tail(const struct statistics_order *order, double share);
/* Writes the ranks (from 0) that the functions above read for the quantile p; returns how many (at most 4). */
int statistics_order_needs(uint64_t n, double p, struct statistics_ranks ranks, uint64_t *rank);
/* The same for the tail (at most 3). */
int statistics_order_tail_needs(uint64_t n, double share, uint64_t *rank);
#endif
