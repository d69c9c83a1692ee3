#include "statistics/dependence.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int statistics_dependence_init(struct statistics_dependence *d, size_t paths, struct report *report)
{
    memset(d, 0, sizeof *d);
    d->paths = paths;
    d->path = malloc((paths + 1) * sizeof *d->path);
    return d->path ? STATUS_OK : report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the order of paths");
}

void statistics_dependence_free(struct statistics_dependence *d)
{
    free(d->path);
    memset(d, 0, sizeof *d);
}

/* The first rank from `rank` on with another number than the rank before. */
static size_t next_other(const struct statistics_dependence *d, const double *number, size_t rank)
{
    while (rank > 0 && rank < d->paths && !(number[d->path[rank]] > number[d->path[rank - 1]])) rank++;
    return rank;
}

static size_t first_equal(const struct statistics_dependence *d, const double *number, size_t rank)
{
    while (rank > 0 && rank < d->paths && !(number[d->path[rank]] > number[d->path[rank - 1]])) rank--;
    return rank;
}

/* Equal numbers stay together: where most are equal, one fifth is all of these and the other all others. */
static void find_fifths(struct statistics_dependence *d, const double *number)
{
    const size_t fifth = (d->paths + 4) / 5;
    d->low = next_other(d, number, fifth);
    d->high = first_equal(d, number, d->paths - fifth);
    if (d->high >= d->low) return;
    if (d->low < d->paths) d->high = d->low;
    else d->low = d->high;
}

void statistics_dependence_order(struct statistics_dependence *d, const double *number)
{
    gsl_sort_index(d->path, number, 1, d->paths);
    d->classes = 0;
    for (size_t rank = 0; rank < d->paths;) { /* to the next twenty-fifth that equal numbers have not swallowed */
        const size_t wanted = rank * DEPENDENCE_CLASSES / d->paths + 1;
        rank = next_other(d, number, (d->paths * wanted + DEPENDENCE_CLASSES - 1) / DEPENDENCE_CLASSES);
        d->end[d->classes++] = rank;
    }
    find_fifths(d, number);
}

static double mean_of(const struct statistics_dependence *d, const double *value, size_t from, size_t to)
{
    double sum = 0.0;
    for (size_t k = from; k < to; k++) sum += value[d->path[k]];
    return sum / (double)(to - from);
}

/* Sum of squares about `mean`. */
static double squares_of(const struct statistics_dependence *d, const double *value, size_t from, size_t to, double mean)
{
    double sum = 0.0;
    for (size_t k = from; k < to; k++) sum += (value[d->path[k]] - mean) * (value[d->path[k]] - mean);
    return sum;
}

static struct statistics_dependence_mean mean_with_error(const struct statistics_dependence *d, const double *value, size_t from, size_t to)
{
    struct statistics_dependence_mean m = {(double)NAN, (double)NAN};
    const double n = (double)(to - from);
    if (to == from) return m;
    m.mean = mean_of(d, value, from, to);
    if (to - from > 1) m.error = sqrt(squares_of(d, value, from, to, m.mean) / (n * (n - 1.0)));
    return m;
}

struct statistics_dependence_mean statistics_dependence_low(const struct statistics_dependence *d, const double *value)
{
    return mean_with_error(d, value, 0, d->low);
}

struct statistics_dependence_mean statistics_dependence_high(const struct statistics_dependence *d, const double *value)
{
    return mean_with_error(d, value, d->high, d->paths);
}

/* Epsilon squared, the correlation ratio without what classes tell by chance (Kelley 1935); its error that of a squared multiple
   correlation in large samples (Wishart 1931), and that of chance alone where there is none. */
void statistics_dependence_tell(const struct statistics_dependence *d, const double *value, struct statistics_dependence_told *told)
{
    const double n = (double)d->paths, k = (double)d->classes;
    const double all = squares_of(d, value, 0, d->paths, mean_of(d, value, 0, d->paths));
    double within = 0.0;
    for (int c = 0; c < d->classes; c++) {
        const size_t from = c ? d->end[c - 1] : 0;
        within += squares_of(d, value, from, d->end[c], mean_of(d, value, from, d->end[c]));
    }
    told->low = statistics_dependence_low(d, value);
    told->high = statistics_dependence_high(d, value);
    const int known = all > 0.0 && n > k;
    told->share = known ? 1.0 - (within / (n - k)) / (all / (n - 1.0)) : (double)NAN;
    const double part = told->share > 0.0 ? told->share : 0.0;
    told->share_error = known ? sqrt(4.0 * part * (1.0 - part) * (1.0 - part) / n + 2.0 * (k - 1.0) / (n * n)) : (double)NAN;
}
