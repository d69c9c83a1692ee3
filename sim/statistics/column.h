/* statistics/column.h - sums of columns, a kernel: it works on lanes and is built once per level besides once for any processor.
   The same bits on all. */
#ifndef PACTOLUS_STATISTICS_COLUMN_H
#define PACTOLUS_STATISTICS_COLUMN_H
#include <stddef.h>

/* Adds to sum[k] and count[k] what column[k] of n numbers holds; not-a-number is no value, a NULL column holds none. */
typedef void statistics_sums(int columns, size_t n, double *const *column, double *sum, double *count);
statistics_sums statistics_column_sums;
#endif
