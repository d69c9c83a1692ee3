#include "statistics/bins.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "draws.h"
#include "statistics/sort.h"

enum { MANY = 200000, FIRST = 4096 };

static double sample[MANY], sorted[MANY], spare[MANY];

static void prepare(struct statistics_bins *bins, double (*make)(uint64_t *))
{
    uint64_t state = 17;
    for (size_t i = 0; i < MANY; i++) sample[i] = make(&state);
    cr_assert_eq(statistics_bins_init(bins), STATUS_OK);
    memcpy(sorted, sample, FIRST * sizeof *sample);
    statistics_sort(sorted, spare, FIRST);
    statistics_bins_place(bins, sorted, FIRST);
    memcpy(sorted, sample, sizeof sample);
    statistics_sort(sorted, spare, MANY);
    statistics_bins_add(bins, sample, MANY / 3);
    statistics_bins_add(bins, sample + MANY / 3, MANY - MANY / 3);
}

static double heavy(uint64_t *state) /* Cauchy: far outside of any range seen first */
{
    return draw_normal(state) / draw_normal(state);
}

static double lumpy(uint64_t *state) /* most of it in one point */
{
    return draw_uniform(state) < 0.9 ? 0 : draw_normal(state);
}

static double constant(uint64_t *state)
{
    (void)state;
    return 42.1;
}

static const uint64_t RANK[] = {0, 1999, 2000, 9999, 50000, 99999, 100000, 197999, MANY - 1};
enum { RANKS = sizeof RANK / sizeof *RANK };

static void expect_exact(double (*make)(uint64_t *))
{
    struct statistics_bins bins;
    prepare(&bins, make);
    statistics_bins_choose(&bins, RANK, RANKS);
    for (int r = 0; r < RANKS; r++) {
        double error = fabs(statistics_bins_value(&bins, RANK[r]) - sorted[RANK[r]]);
        cr_expect_leq(error, statistics_bins_width(&bins, RANK[r]), "rank %d", r);
    }
    cr_assert_eq(statistics_bins_collect_begin(&bins), STATUS_OK);
    statistics_bins_collect(&bins, sample, MANY);
    cr_assert_eq(statistics_bins_seal(&bins), STATUS_OK);
    for (int r = 0; r < RANKS; r++) {
        cr_expect(statistics_bins_value(&bins, RANK[r]) == sorted[RANK[r]], "rank %d", r);
        cr_expect(statistics_bins_width(&bins, RANK[r]) == 0);
    }
    double sum, square, want = 0, want_square = 0;
    statistics_bins_least(&bins, 9999, &sum, &square);
    for (size_t i = 0; i < 9999; i++) {
        want += sorted[i] - bins.center;
        want_square += (sorted[i] - bins.center) * (sorted[i] - bins.center);
    }
    cr_expect_float_eq(sum, want, 1e-11 * fabs(want));
    cr_expect_float_eq(square, want_square, 1e-11 * want_square);
    statistics_bins_free(&bins);
}

Test(statistics_bins, select_as_a_sort_does)
{
    expect_exact(draw_normal);
}

Test(statistics_bins, select_from_a_heavy_tail)
{
    expect_exact(heavy);
}

Test(statistics_bins, select_from_a_lump)
{
    expect_exact(lumpy);
}

Test(statistics_bins, select_from_a_constant)
{
    expect_exact(constant);
}

Test(statistics_bins, are_narrow_against_the_spread)
{
    struct statistics_bins bins;
    prepare(&bins, draw_normal);
    statistics_bins_choose(&bins, RANK, RANKS);
    cr_expect_lt(statistics_bins_width(&bins, 100000), 1e-4);
    cr_expect_lt(statistics_bins_width(&bins, 2000), 4e-4);
    statistics_bins_free(&bins);
}

Test(statistics_bins, refuse_a_second_pass_over_other_values_errors)
{
    struct statistics_bins bins;
    prepare(&bins, draw_normal);
    statistics_bins_choose(&bins, RANK, RANKS);
    cr_assert_eq(statistics_bins_collect_begin(&bins), STATUS_OK);
    statistics_bins_collect(&bins, sample, MANY / 2);
    cr_expect_eq(statistics_bins_seal(&bins), STATUS_INTERNAL);
    statistics_bins_free(&bins);
}
