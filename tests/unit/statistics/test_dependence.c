#include "statistics/dependence.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "draws.h"

enum { PATHS = 20000 };
static struct report report;
static struct statistics_dependence order;
static double number[PATHS], value[PATHS];

static void set_up(void)
{
    report_init(&report);
    cr_assert_eq(statistics_dependence_init(&order, PATHS, &report), STATUS_OK);
}
static void tear_down(void)
{
    statistics_dependence_free(&order);
    report_free(&report);
}
TestSuite(statistics_dependence, .init = set_up, .fini = tear_down);

/* value = number + weight x an independent uniform: the number tells 1 / (1 + weight^2). */
static void draw(uint64_t seed, double weight)
{
    uint64_t state = seed;
    for (size_t k = 0; k < PATHS; k++) {
        number[k] = draw_uniform(&state);
        value[k] = number[k] + weight * draw_uniform(&state);
    }
}

Test(statistics_dependence, tells_the_share_of_a_linear_sum)
{
    static const double weights[] = {0.5, 1.0, 3.0};
    for (size_t w = 0; w < 3; w++) {
        struct statistics_dependence_told told;
        const double want = 1.0 / (1.0 + weights[w] * weights[w]);
        draw(7 + w, weights[w]);
        statistics_dependence_order(&order, number);
        statistics_dependence_tell(&order, value, &told);
        cr_expect_eq(order.classes, DEPENDENCE_CLASSES);
        /* within a class of a 25th a straight line still moves: by 1 / 25^2 of its variance */
        cr_expect_lt(fabs(told.share - want * (1.0 - 1.0 / 625.0)), 4.0 * told.share_error, "weight %g: %g, want %g", weights[w], told.share, want);
        cr_expect_lt(told.share_error, 0.01);
        /* fifths of a uniform number: 0.1 and 0.9 in the mean */
        cr_expect_lt(fabs(told.low.mean - (0.1 + 0.5 * weights[w])), 4.0 * told.low.error);
        cr_expect_lt(fabs(told.high.mean - (0.9 + 0.5 * weights[w])), 4.0 * told.high.error);
        cr_expect_lt(fabs(statistics_dependence_low(&order, number).mean - 0.1), 0.005);
        cr_expect_lt(fabs(statistics_dependence_high(&order, number).mean - 0.9), 0.005);
    }
}

Test(statistics_dependence, sees_what_is_not_straight)
{
    struct statistics_dependence_told told;
    uint64_t state = 3;
    for (size_t k = 0; k < PATHS; k++) {
        number[k] = draw_uniform(&state) - 0.5;
        value[k] = number[k] * number[k];
    }
    statistics_dependence_order(&order, number);
    statistics_dependence_tell(&order, value, &told);
    cr_expect_gt(told.share, 0.99, "a parabola is told in full");
    cr_expect_lt(fabs(told.low.mean - told.high.mean), 4.0 * hypot(told.low.error, told.high.error), "and its ends are equal");
}

/* The error that is stated against the spread over 60 runs: of a share, and where there is none. */
Test(statistics_dependence, knows_its_error)
{
    static const double weights[] = {1.0, 1e9};
    for (size_t w = 0; w < 2; w++) {
        double sum = 0.0, square = 0.0, stated = 0.0;
        enum { RUNS = 60 };
        for (int k = 0; k < RUNS; k++) {
            struct statistics_dependence_told told;
            draw(1000 + (uint64_t)k, weights[w]);
            statistics_dependence_order(&order, number);
            statistics_dependence_tell(&order, value, &told);
            sum += told.share;
            square += told.share * told.share;
            stated += told.share_error / RUNS;
        }
        const double spread = sqrt((square - sum * sum / RUNS) / (RUNS - 1));
        cr_expect(spread > 0.6 * stated && spread < 1.5 * stated, "weight %g: spread %g, stated %g", weights[w], spread, stated);
        if (w) cr_expect_lt(fabs(sum / RUNS), 4.0 * stated / sqrt((double)RUNS), "without a bias where nothing is told: %g", sum / RUNS);
    }
}

Test(statistics_dependence, never_parts_equal_numbers)
{
    uint64_t state = 5;
    size_t zeros = 0;
    for (size_t k = 0; k < PATHS; k++) { /* 90% at 0, the rest 1 or 2 */
        const double u = draw_uniform(&state);
        number[k] = u < 0.9 ? 0.0 : u < 0.96 ? 1.0 : 2.0;
        value[k] = 10.0 * number[k];
        zeros += number[k] < 0.5;
    }
    statistics_dependence_order(&order, number);
    cr_expect_eq(order.classes, 3);
    cr_expect_eq(order.low, zeros);
    cr_expect_eq(order.high, zeros, "the others, which are fewer than a fifth");
    struct statistics_dependence_told told;
    statistics_dependence_tell(&order, value, &told);
    cr_expect_float_eq(told.share, 1.0, 1e-12);
    cr_expect_eq(told.low.mean, 0.0);
    cr_expect_gt(told.high.mean, 10.0);
}

Test(statistics_dependence, knows_what_never_varies)
{
    struct statistics_dependence_told told;
    for (size_t k = 0; k < PATHS; k++) number[k] = 4.0, value[k] = (double)k;
    statistics_dependence_order(&order, number);
    cr_expect_eq(order.classes, 1);
    for (size_t k = 0; k < PATHS; k++) number[k] = (double)k, value[k] = 4.0;
    statistics_dependence_order(&order, number);
    statistics_dependence_tell(&order, value, &told);
    cr_expect(isnan(told.share), "nothing to tell of a value without variance");
    cr_expect_eq(told.low.mean, 4.0);
}

Test(statistics_dependence, takes_one_path)
{
    struct statistics_dependence one;
    struct statistics_dependence_told told;
    cr_assert_eq(statistics_dependence_init(&one, 1, &report), STATUS_OK);
    statistics_dependence_order(&one, number);
    statistics_dependence_tell(&one, value, &told);
    cr_expect_eq(one.classes, 1);
    cr_expect(isnan(told.share) && isnan(told.low.error));
    statistics_dependence_free(&one);
}
