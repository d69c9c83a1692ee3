#include "param/support.h"

#include <math.h>

#include "param/number.h"

enum { POINTS = PARAM_SUPPORT_LOW_POINT | PARAM_SUPPORT_HIGH_POINT };

/* Parts of a mixture that end at the same low end: a point in any of them is one, a tail needs all of them. */
static int merge_low(int ends, int part, int is_lower)
{
    if (is_lower) return ends | (part & (PARAM_SUPPORT_LOW_POINT | PARAM_SUPPORT_LOW_TAIL));
    if (!(part & PARAM_SUPPORT_LOW_TAIL)) ends &= ~PARAM_SUPPORT_LOW_TAIL;
    return ends | (part & PARAM_SUPPORT_LOW_POINT);
}

static void mixture_ends(const struct distribution *d, double *low, double *high, int *ends)
{
    *low = INFINITY;
    *high = -INFINITY;
    *ends = 0;
    for (int k = 0; k < d->count; k++) {
        double l, h;
        int a;
        param_support_ends(d->part[k], &l, &h, &a);
        if (l < *low) *ends &= PARAM_SUPPORT_HIGH_POINT;
        if (h > *high) *ends &= ~PARAM_SUPPORT_HIGH_POINT;
        if (l <= *low) *ends = merge_low(*ends, a, l < *low);
        if (h >= *high) *ends |= a & PARAM_SUPPORT_HIGH_POINT;
        *low = l < *low ? l : *low;
        *high = h > *high ? h : *high;
    }
}

void param_support_ends(const struct distribution *d, double *low, double *high, int *ends)
{
    const double *a = d->argument;
    *low = -INFINITY;
    *high = INFINITY;
    *ends = 0;
    switch (d->kind) {
    case DISTRIBUTION_CONSTANT: *low = *high = a[0], *ends = POINTS; break;
    case DISTRIBUTION_UNIFORM: *low = a[0], *high = a[1]; break;
    case DISTRIBUTION_TRIANGULAR:
    case DISTRIBUTION_PERT: *low = a[0], *high = a[2]; break;
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_STUDENT: break;
    case DISTRIBUTION_BETA: *low = a[2], *high = a[3]; break;
    case DISTRIBUTION_LOGNORMAL:
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_WEIBULL: *low = 0, *ends = PARAM_SUPPORT_LOW_TAIL; break;
    case DISTRIBUTION_PARETO: *low = a[0]; break;
    case DISTRIBUTION_DISCRETE: *low = a[0], *high = a[d->count - 1], *ends = POINTS; break;
    case DISTRIBUTION_MIXTURE: mixture_ends(d, low, high, ends); break;
    case DISTRIBUTION_TRUNCATED:
        param_support_ends(d->part[0], low, high, ends);
        if (a[0] > *low) *low = a[0], *ends &= PARAM_SUPPORT_HIGH_POINT;
        if (a[1] < *high) *high = a[1], *ends &= ~PARAM_SUPPORT_HIGH_POINT;
        break;
    case DISTRIBUTION_EMPIRICAL: *low = d->sample[0], *high = d->sample[d->samples - 1], *ends = POINTS; break;
    }
}

/* Of a mixture, every part: the tail of one must not hide the bound of another. Depth is bounded by the grammar. */
static int fit_ends(const struct param_reading *reading, struct param_span got, const struct distribution *d)
{
    const struct param_row *row = reading->row;
    double low, high;
    int ends, status = STATUS_OK;
    char text[PARAM_NUMBER_TEXT];
    for (int k = 0; d->kind == DISTRIBUTION_MIXTURE && k < d->count && !status; k++) status = fit_ends(reading, got, d->part[k]);
    if (d->kind == DISTRIBUTION_MIXTURE) return status;
    param_support_ends(d, &low, &high, &ends);
    if (isfinite(low) && !(ends & PARAM_SUPPORT_LOW_TAIL) &&
        (low < row->low || (row->open_low && low <= row->low && ends & PARAM_SUPPORT_LOW_POINT))) {
        return param_reading_fail(reading, got, "the least value, %s, is out of range", param_number_write(text, low));
    }
    if (row->open_low && low < row->low) {
        return param_reading_fail(reading, got, "it can be %s or less: cut it, as in truncated(.., low, high)",
                                  param_number_write(text, row->low));
    }
    if (isfinite(high) && high > row->high) {
        return param_reading_fail(reading, got, "the greatest value, %s, is out of range", param_number_write(text, high));
    }
    return STATUS_OK;
}

int param_support_fit(const struct param_reading *reading, struct param_span got, const struct distribution *d, double mean)
{
    const struct param_row *row = reading->row;
    char text[PARAM_NUMBER_TEXT];
    if (mean < row->low || mean > row->high || (row->open_low && mean <= row->low)) {
        return param_reading_fail(reading, got, "the mean, %s, is out of range", param_number_write(text, mean));
    }
    return fit_ends(reading, got, d);
}
