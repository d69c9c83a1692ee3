#include "statistics/sum.h"

#include <math.h>

enum { WAYS = 8 };
static const double MAGIC = 0x1.8p32; /* adding it rounds to multiples of 2^-20 (base/money.h) */
static const double LARGEST = 0x1p30; /* eight values below it add up exactly in a double */

void statistics_sum_add(struct statistics_sum *sum, const double *x, size_t n)
{
    double a[WAYS] = {0};
    int off = 0;
    for (size_t i = 0; i < n; i++) off |= !(fabs(x[i]) <= LARGEST) | (((x[i] + MAGIC) - MAGIC) != x[i]);
    if (off) {
        sum->off_grid = 1;
        return;
    }
    size_t i = 0;
    for (; i + WAYS <= n; i += WAYS) {
        for (size_t k = 0; k < WAYS; k++) a[k] += x[i + k];
    }
    for (size_t k = 0; i < n; i++, k++) a[k] += x[i];
    for (size_t k = 0; k < WAYS; k++) sum->units += (long long)(a[k] * 0x1p20);
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
