/* Sums of columns: the numbers that are there, in an order that no level changes. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "draws.h"
#include "statistics/column.h"

enum { PATHS = 64, COLUMNS = 6 };

/* Eight ways, plainly. */
static double sum_of(const double *x, size_t n, double *count)
{
    double a[8] = {0};
    *count = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) continue;
        a[i % 8] += x[i];
        *count += 1;
    }
    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
}

Test(statistics_column, adds_what_is_there_in_eight_ways)
{
    double cell[COLUMNS][PATHS + 1], *column[COLUMNS];
    uint64_t state = 1;
    for (int k = 0; k < COLUMNS; k++) {
        for (int i = 0; i <= PATHS; i++) cell[k][i] = k % 2 && i % 3 == 0 ? NAN : draw_normal(&state);
        column[k] = cell[k] + k % 2; /* anywhere in memory */
    }
    column[2] = NULL;
    column[4] = column[3]; /* one that is shown twice */
    for (size_t n = 0; n <= PATHS; n++) {
        double sum[COLUMNS], count[COLUMNS], want;
        for (int k = 0; k < COLUMNS; k++) sum[k] = count[k] = 100.0;
        statistics_column_sums(COLUMNS, n, column, sum, count);
        for (int k = 0; k < COLUMNS; k++) {
            const double added = column[k] ? sum_of(column[k], n, &want) : (want = 0.0);
            cr_expect_eq(sum[k], 100.0 + added, "column %d of %zu", k, n);
            cr_expect_eq(count[k], 100.0 + want, "column %d of %zu", k, n);
        }
    }
}

Test(statistics_column, a_column_of_no_values_adds_nothing)
{
    double cell[PATHS], *column[] = {cell, cell}, sum[2] = {0}, count[2] = {0};
    for (int i = 0; i < PATHS; i++) cell[i] = NAN;
    statistics_column_sums(2, PATHS, column, sum, count);
    for (int k = 0; k < 2; k++) {
        cr_expect_eq(sum[k], 0);
        cr_expect_eq(count[k], 0);
    }
}

/* The greatest size whose sums are exact, and a remainder that is not a whole eight. */
Test(statistics_column, adds_up_exactly_what_lies_on_the_grid_and_is_small)
{
    double x[PATHS], total;
    for (size_t n = 1; n <= PATHS; n++) {
        struct statistics_sum sum = {0, 0};
        for (size_t i = 0; i < n; i++) x[i] = (i % 3 ? 0x1p30 : -0x1p30) + (double)i * (i % 3 ? -0x1p-20 : 0x1p-20);
        long long want = 0;
        for (size_t i = 0; i < n; i++) want += (long long)(x[i] * 0x1p20);
        cr_assert(statistics_column_add(&sum, x, n, &total), "%zu", n);
        cr_expect(sum.units == want, "%zu", n);
        cr_expect_eq(total, (double)want * 0x1p-20);
    }
}

Test(statistics_column, notices_any_value_off_the_grid_or_too_large)
{
    static const double wrong[] = {NAN, INFINITY, 0x1p-21, 0x1.00000001p30};
    double x[PATHS] = {0}, total;
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        for (size_t i = 0; i < PATHS; i++) {
            struct statistics_sum sum = {0, 0};
            x[i] = wrong[k];
            cr_expect_not(statistics_column_add(&sum, x, PATHS, &total), "%zu at %zu", k, i);
            cr_expect(sum.off_grid && sum.units == 0);
            x[i] = 0.0;
        }
    }
}
