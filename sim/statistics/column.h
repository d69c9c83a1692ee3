/* statistics/column.h - sums of columns, the one kernel of statistics: it works on lanes and is built once per level besides
   once for any processor. The same bits on all. */
#ifndef PACTOLUS_STATISTICS_COLUMN_H
#define PACTOLUS_STATISTICS_COLUMN_H
#include <stddef.h>

#include "statistics/sum.h"

/* Adds to sum[k] and count[k] what column[k] of n numbers holds; not-a-number is no value, a NULL column holds none. */
typedef void statistics_sums(int columns, size_t n, double *const *column, double *sum, double *count);
statistics_sums statistics_column_sums;
/* Adds x[0..n), n at most 64. Nonzero if all of it lies on the grid; *total is then their sum (rounded once). */
typedef int statistics_adds(struct statistics_sum *sum, const double *x, size_t n, double *total);
statistics_adds statistics_column_add;
#endif
