#include "statistics/moments.h"

#include <math.h>

/* Eight running sums, folded at the end: the order of additions is part of the code, so no compiler and no vector width
   can change a bit. */
enum { WAYS = 8 };

static double folded(const double a[WAYS])
{
    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
}

/* sum of x - pivot */
static double deviation(const double *x, size_t n, double pivot)
{
    double a[WAYS] = {0};
    size_t i = 0;
    for (; i + WAYS <= n; i += WAYS) {
        for (size_t k = 0; k < WAYS; k++) a[k] += x[i + k] - pivot;
    }
    for (size_t k = 0; i < n; i++, k++) a[k] += x[i] - pivot;
    return folded(a);
}

static double squares(const double *x, size_t n, double mean)
{
    double a[WAYS] = {0};
    size_t i = 0;
    for (; i + WAYS <= n; i += WAYS) {
        for (size_t k = 0; k < WAYS; k++) a[k] += (x[i + k] - mean) * (x[i + k] - mean);
    }
    for (size_t k = 0; i < n; i++, k++) a[k] += (x[i] - mean) * (x[i] - mean);
    return folded(a);
}

static double cubes(const double *x, size_t n, double mean)
{
    double a[WAYS] = {0};
    size_t i = 0;
    for (; i + WAYS <= n; i += WAYS) {
        for (size_t k = 0; k < WAYS; k++) a[k] += (x[i + k] - mean) * (x[i + k] - mean) * (x[i + k] - mean);
    }
    for (size_t k = 0; i < n; i++, k++) a[k] += (x[i] - mean) * (x[i] - mean) * (x[i] - mean);
    return folded(a);
}

struct statistics_moments statistics_moments_about(const double *x, size_t n, double mean, int third)
{
    return (struct statistics_moments){(double)n, mean, squares(x, n, mean), third ? cubes(x, n, mean) : 0};
}

/* Two passes. The first starts from a value of the sample, so that a constant column gives exact zeros and the mean is right to
   its last digit; what its rounding e adds to m2, n e^2, is then below the rounding of the data themselves. */
struct statistics_moments statistics_moments_of(const double *x, size_t n)
{
    if (n == 0) return (struct statistics_moments){0};
    return statistics_moments_about(x, n, x[0] + deviation(x, n, x[0]) / (double)n, 1);
}

/* Chan et al. 1983 for m2, Pebay 2008 (SAND2008-6212) eq. 2.1 for m3. */
void statistics_moments_merge(struct statistics_moments *all, const struct statistics_moments *part)
{
    if (part->n == 0) return;
    if (all->n == 0) {
        *all = *part;
        return;
    }
    double n = all->n + part->n, step = part->mean - all->mean;
    double share = part->n / n, both = all->n * share;
    all->m3 += part->m3 + step * step * step * both * (all->n - part->n) / n +
               3 * step * (all->n * part->m2 - part->n * all->m2) / n;
    all->m2 += part->m2 + step * step * both;
    all->mean += step * share;
    all->n = n;
}

double statistics_moments_variance(const struct statistics_moments *moments)
{
    return moments->n < 2 ? (double)NAN : moments->m2 / (moments->n - 1);
}

double statistics_moments_deviation(const struct statistics_moments *moments)
{
    return sqrt(statistics_moments_variance(moments));
}

double statistics_moments_error(const struct statistics_moments *moments)
{
    return sqrt(statistics_moments_variance(moments) / moments->n);
}

double statistics_moments_skewness(const struct statistics_moments *moments)
{
    if (moments->n < 2) return (double)NAN;
    if (moments->m2 == 0) return 0;
    double variance = moments->m2 / moments->n;
    return moments->m3 / moments->n / (variance * sqrt(variance));
}
