/* statistics/sort.h - sorts doubles by a total order of their bits: -0 before +0, NaN at the ends, no surprise. */
#ifndef PACTOLUS_STATISTICS_SORT_H
#define PACTOLUS_STATISTICS_SORT_H
#include <stddef.h>

/* Sorts x[0..n) upwards; spare holds n doubles. */
void statistics_sort(double *x, double *spare, size_t n);
#endif
