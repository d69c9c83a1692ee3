#include "statistics/sum.h"

#include <math.h>

enum { WAYS = 8 };
static const double MAGIC = 0x1.8p32; /* adding it rounds to multiples of 2^-20 (base/money.h) */
static const double LARGEST = 0x1p30; /* eight values below it add up exactly in a double */

/* Nonzero if every value is on the grid and small enough. Eight lanes and no branch: this runs for every number of a path. */
static int on_grid(const double *x, size_t n)
{
    double residue[WAYS] = {0}, largest[WAYS] = {0};
    size_t i = 0;
    for (; i + WAYS <= n; i += WAYS) {
        for (size_t k = 0; k < WAYS; k++) {
            double v = x[i + k], size = fabs(v);
            residue[k] += fabs(((v + MAGIC) - MAGIC) - v); /* NaN stays */
            largest[k] = size > largest[k] ? size : largest[k];
        }
    }
    for (size_t k = 0; i < n; i++, k++) {
        double v = x[i], size = fabs(v);
        residue[k] += fabs(((v + MAGIC) - MAGIC) - v);
        largest[k] = size > largest[k] ? size : largest[k];
    }
    int fine = 1;
    for (size_t k = 0; k < WAYS; k++) fine &= (residue[k] == 0) & (largest[k] <= LARGEST);
    return fine;
}

int statistics_sum_add(struct statistics_sum *sum, const double *x, size_t n, double *total)
{
    double a[WAYS] = {0};
    long long units = 0;
    if (!on_grid(x, n)) {
        sum->off_grid = 1;
        return 0;
    }
    size_t i = 0;
    for (; i + WAYS <= n; i += WAYS) {
        for (size_t k = 0; k < WAYS; k++) a[k] += x[i + k];
    }
    for (size_t k = 0; i < n; i++, k++) a[k] += x[i];
    for (size_t k = 0; k < WAYS; k++) units += (long long)(a[k] * 0x1p20);
    sum->units += units;
    *total = (double)units * 0x1p-20;
    return 1;
}

void statistics_sum_merge(struct statistics_sum *all, const struct statistics_sum *part)
{
    all->units += part->units;
    all->off_grid |= part->off_grid;
}

double statistics_sum_mean(const struct statistics_sum *sum, double n)
{
    return (double)sum->units * 0x1p-20 / n;
}
