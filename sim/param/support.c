#include "param/support.h"

#include <math.h>

#include "param/number.h"

static void mixture_ends(const struct distribution *d, double *low, double *high, int *attained)
{
    *low = INFINITY;
    *high = -INFINITY;
    *attained = 0;
    for (int k = 0; k < d->count; k++) {
        double l, h;
        int a;
        param_support_ends(d->part[k], &l, &h, &a);
        if (l < *low) *attained &= 2;
        if (h > *high) *attained &= 1;
        if (l <= *low) *attained |= a & 1;
        if (h >= *high) *attained |= a & 2;
        *low = l < *low ? l : *low;
        *high = h > *high ? h : *high;
    }
}

void param_support_ends(const struct distribution *d, double *low, double *high, int *attained)
{
    const double *a = d->argument;
    *low = -INFINITY;
    *high = INFINITY;
    *attained = 0;
    switch (d->kind) {
    case DISTRIBUTION_CONSTANT: *low = *high = a[0], *attained = 3; break;
    case DISTRIBUTION_UNIFORM: *low = a[0], *high = a[1]; break;
    case DISTRIBUTION_TRIANGULAR:
    case DISTRIBUTION_PERT: *low = a[0], *high = a[2]; break;
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_STUDENT: break;
    case DISTRIBUTION_BETA: *low = a[2], *high = a[3]; break;
    case DISTRIBUTION_LOGNORMAL:
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_WEIBULL: *low = 0; break;
    case DISTRIBUTION_PARETO: *low = a[0]; break;
    case DISTRIBUTION_DISCRETE: *low = a[0], *high = a[d->count - 1], *attained = 3; break;
    case DISTRIBUTION_MIXTURE: mixture_ends(d, low, high, attained); break;
    case DISTRIBUTION_TRUNCATED:
        param_support_ends(d->part[0], low, high, attained);
        if (a[0] > *low) *low = a[0], *attained &= 2;
        if (a[1] < *high) *high = a[1], *attained &= 1;
        break;
    case DISTRIBUTION_EMPIRICAL: *low = d->sample[0], *high = d->sample[d->samples - 1], *attained = 3; break;
    }
}

int param_support_fit(const struct param_reading *reading, struct param_span got, const struct distribution *d, double mean)
{
    const struct param_row *row = reading->row;
    double low, high;
    int attained;
    char text[PARAM_NUMBER_TEXT];
    param_support_ends(d, &low, &high, &attained);
    if (mean < row->low || mean > row->high || (row->open_low && mean <= row->low)) {
        return param_reading_fail(reading, got, "the mean, %s, is out of range", param_number_write(text, mean));
    }
    if (isfinite(low) && (low < row->low || (row->open_low && low <= row->low && attained & 1))) {
        return param_reading_fail(reading, got, "the least value, %s, is out of range", param_number_write(text, low));
    }
    if (isfinite(high) && high > row->high) {
        return param_reading_fail(reading, got, "the greatest value, %s, is out of range", param_number_write(text, high));
    }
    return STATUS_OK;
}
