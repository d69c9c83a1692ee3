/* The Shapley value of games that are known by hand, and that its bars add up. */
#include "study/bars.h"

#include <criterion/criterion.h>
#include <math.h>

static struct report report;
static struct study_bars bars;

static void set_up(void)
{
    report_init(&report);
}
static void tear_down(void)
{
    study_bars_free(&bars);
    report_free(&report);
}
TestSuite(study_bars, .init = set_up, .fini = tear_down);

/* 100 x 1.2 x 1.5 x 0.8, the factors of the switches that are on: what each of three causes brings. */
Test(study_bars, splits_a_product_as_computed_by_hand)
{
    static const double factor[3] = {1.2, 1.5, 0.8}, want[3] = {67.0 / 3.0, 148.0 / 3.0, -83.0 / 3.0};
    cr_assert_eq(study_bars_init(&bars, 3, 1, 1, &report), STATUS_OK);
    for (unsigned on = 8; on-- > 0;) { /* in any order */
        double value = 100.0;
        for (int k = 0; k < 3; k++) value *= on >> k & 1 ? factor[k] : 1.0;
        value = floor(value + 0.5); /* whole numbers all of them */
        study_bars_add(&bars, on, 0, &value);
    }
    for (int k = 0; k < 3; k++) {
        cr_expect_float_eq(study_bars_path(&bars, k, 0, 0), want[k], 1e-12, "%d: %.15g", k, study_bars_path(&bars, k, 0, 0));
        cr_expect_float_eq(study_bars_mean(&bars, k, 0) * 0x1p-20, want[k], 1e-12);
    }
    cr_expect_eq(bars.none[0], 100.0);
    cr_expect_eq(bars.all[0], 144.0);
}

/* Whole numbers on both sides: nothing is left, on no path; and who adds nothing gets exactly nothing. */
Test(study_bars, add_up_on_every_path_and_give_a_dummy_nothing)
{
    enum { SWITCHES = 5, PATHS = 7, DUMMY = 3 };
    uint64_t state = 1;
    cr_assert_eq(study_bars_init(&bars, SWITCHES, 2, PATHS, &report), STATUS_OK);
    double known[2][1 << SWITCHES][PATHS];
    for (int c = 0; c < 2; c++) {
        for (unsigned on = 0; on < 1u << SWITCHES; on++) {
            for (int k = 0; k < PATHS; k++) {
                state = state * 6364136223846793005u + 1442695040888963407u;
                known[c][on][k] = on >> DUMMY & 1 ? known[c][on & ~(1u << DUMMY)][k] : (double)(int64_t)(state >> 20) * 0x1p-20 - 7e6;
            }
            study_bars_add(&bars, on, c, known[c][on]);
        }
    }
    for (int c = 0; c < 2; c++) {
        for (size_t k = 0; k < PATHS; k++) {
            study_units sum = 0;
            for (size_t s = 0; s < SWITCHES; s++) sum += bars.bar[(s * 2 + (size_t)c) * PATHS + k];
            const double whole = (known[c][(1 << SWITCHES) - 1][k] - known[c][0][k]) * 0x1p20;
            cr_expect(sum == (study_units)(int64_t)whole * 120, "5! = 120");
            cr_expect_eq(study_bars_path(&bars, DUMMY, c, k), 0.0);
        }
        cr_expect_eq(study_bars_mean(&bars, DUMMY, c), 0.0);
    }
}

Test(study_bars, without_a_switch_there_is_nothing_to_split)
{
    const double value = 12.5;
    cr_assert_eq(study_bars_init(&bars, 0, 1, 1, &report), STATUS_OK);
    study_bars_add(&bars, 0, 0, &value);
    cr_expect_eq(bars.all[0], 12.5);
    cr_expect_eq(bars.none[0], 12.5);
}

Test(study_bars, settle_in_whole_numbers_that_add_up)
{
    double thirds[3] = {1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0}, mixed[4] = {10.4, 0.0, -3.4, 2.4}, nothing[2] = {0.0, 0.0};
    study_bars_settle(thirds, 3, 1.0);
    cr_expect_eq(thirds[0] + thirds[1] + thirds[2], 1.0, "each rounds to nothing, and one takes it all");
    study_bars_settle(mixed, 4, 10.0);
    cr_expect_eq(mixed[0], 11.0, "the greatest takes what is left");
    cr_expect_eq(mixed[1], 0.0);
    cr_expect_eq(mixed[2], -3.0);
    cr_expect_eq(mixed[3], 2.0);
    study_bars_settle(mixed, 4, 14.0);
    cr_expect_eq(mixed[0] + mixed[1] + mixed[2] + mixed[3], 14.0, "once around and on");
    study_bars_settle(nothing, 2, 0.0);
    cr_expect_eq(nothing[0], 0.0);
}

Test(study_bars, say_what_they_take)
{
    cr_expect_eq(study_bars_bytes(7, 3, 1000), 1000u * 3u * (7u * 16u + 16u));
}
