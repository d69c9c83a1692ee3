#include "statistics/column.h"

#include <criterion/criterion.h>
#include <math.h>

#include "draws.h"

enum { MANY = 64 * 100 };

static double on_grid(double x)
{
    return (x + 0x1.8p32) - 0x1.8p32;
}

static struct statistics_sum sum_of(const double *x, size_t n)
{
    struct statistics_sum all = {0};
    double total;
    for (size_t i = 0; i < n; i += 64) statistics_column_add(&all, x + i, n - i < 64 ? n - i : 64, &total);
    return all;
}

Test(statistics_sum, is_the_same_in_any_order)
{
    static double x[MANY], back[MANY];
    uint64_t state = 3;
    for (size_t i = 0; i < MANY; i++) x[i] = on_grid(1e4 * draw_normal(&state) / draw_uniform(&state));
    for (size_t i = 0; i < MANY; i++) back[i] = x[MANY - 1 - i];
    struct statistics_sum up = sum_of(x, MANY), down = sum_of(back, MANY);
    double plain = 0, plain_back = 0;
    for (size_t i = 0; i < MANY; i++) plain += x[i] / 3, plain_back += back[i] / 3;
    cr_expect(!up.off_grid && !down.off_grid);
    cr_expect(up.units == down.units);
    cr_expect(plain != plain_back, "the control: an ordinary sum moves");
}

Test(statistics_sum, is_exact_where_doubles_round)
{
    static double x[MANY];
    for (size_t i = 0; i < MANY; i++) x[i] = i % 2 ? 0x1p30 : 0x1p-20;
    struct statistics_sum sum = sum_of(x, MANY);
    cr_expect(!sum.off_grid);
    cr_expect(sum.units == (statistics_units)(MANY / 2) * ((1ll << 50) + 1));
    cr_expect(statistics_sum_mean(&(struct statistics_sum){3, 0}, 2) == 1.5 * 0x1p-20);
}

Test(statistics_sum, tells_the_total_of_a_block)
{
    double x[11], total = 0;
    struct statistics_sum sum = {0};
    for (int i = 0; i < 11; i++) x[i] = 0.5 * i - 7;
    cr_expect(statistics_column_add(&sum, x, 11, &total));
    cr_expect(total == 0.5 * 55 - 77);
    x[10] = 0.1;
    cr_expect_not(statistics_column_add(&sum, x, 11, &total));
}

Test(statistics_sum, adds_parts)
{
    double x[] = {1.5, -2.25, 0.125};
    struct statistics_sum a = sum_of(x, 2), b = sum_of(x + 2, 1);
    statistics_sum_merge(&a, &b);
    cr_expect(statistics_sum_mean(&a, 3) == (1.5 - 2.25 + 0.125) / 3);
}

Test(statistics_sum, notices_what_is_not_on_the_grid_errors)
{
    double bad[] = {0.1, 0x1p31, -0x1p31, NAN, INFINITY, 0x1p-21};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct statistics_sum sum = sum_of(&bad[i], 1), fine = {0};
        cr_expect(sum.off_grid, "%g", bad[i]);
        statistics_sum_merge(&fine, &sum);
        cr_expect(fine.off_grid);
    }
}
