#include "statistics/order.h"

#include <criterion/criterion.h>
#include <math.h>

#include "draws.h"
#include "statistics/sort.h"

enum { MANY = 1000 };

static double x[MANY], spare[MANY];

static struct statistics_order normal_order(size_t n)
{
    uint64_t state = 23;
    for (size_t i = 0; i < n; i++) x[i] = 10 + 3 * draw_normal(&state);
    statistics_sort(x, spare, n);
    return (struct statistics_order){n, x, NULL};
}

/* numpy.quantile([1, 2, 4, 8, 16], p), type 7. */
Test(statistics_order, quantile_is_type_seven)
{
    static const double FIVE[] = {1, 2, 4, 8, 16};
    struct statistics_order order = {5, FIVE, NULL};
    cr_expect_float_eq(statistics_order_quantile(&order, 0.05), 1.2, 1e-15);
    cr_expect_float_eq(statistics_order_quantile(&order, 0.25), 2, 1e-15);
    cr_expect_float_eq(statistics_order_quantile(&order, 0.5), 4, 1e-15);
    cr_expect_float_eq(statistics_order_quantile(&order, 0.9), 12.8, 1e-14);
}

Test(statistics_order, quantile_rises_with_the_level)
{
    struct statistics_order order = normal_order(MANY);
    for (double p = 0.001; p < 0.99; p += 0.007) {
        cr_expect_leq(statistics_order_quantile(&order, p), statistics_order_quantile(&order, p + 0.007));
    }
}

Test(statistics_order, tail_by_hand_with_a_fraction_at_the_boundary)
{
    static const double TEN[] = {-8, -4, -2, -1, 0, 1, 2, 3, 4, 5};
    struct statistics_order order = {10, TEN, NULL};
    struct statistics_tail tail = statistics_order_tail(&order, 0.25); /* 2.5 values: -8, -4 and half of -2 */
    cr_expect_float_eq(tail.cvar, (-8 - 4 - 0.5 * 2) / 2.5, 1e-14);
    cr_expect_float_eq(tail.var, -1.75, 1e-14);
    tail = statistics_order_tail(&order, 0.05); /* less than one value: the worst */
    cr_expect_float_eq(tail.cvar, -8, 1e-14);
}

Test(statistics_order, tail_of_everything_is_the_mean_and_its_error)
{
    struct statistics_order order = normal_order(MANY);
    struct statistics_tail tail = statistics_order_tail(&order, 1 - 1e-12);
    double mean = 0, square = 0;
    for (int i = 0; i < MANY; i++) mean += x[i] / (double)MANY;
    for (int i = 0; i < MANY; i++) square += (x[i] - mean) * (x[i] - mean);
    cr_expect_float_eq(tail.cvar, mean, 1e-9);
    cr_expect_float_eq(tail.standard_error, sqrt(square / (double)(MANY - 1) / (double)MANY), 1e-9);
}

Test(statistics_order, tail_mean_lies_beyond_the_tail_quantile_and_grows_with_the_share)
{
    struct statistics_order order = normal_order(MANY);
    double last = -INFINITY;
    for (double share = 0.01; share < 1; share += 0.03) {
        struct statistics_tail tail = statistics_order_tail(&order, share);
        cr_expect_leq(tail.cvar, tail.var + 1e-12);
        cr_expect_geq(tail.cvar, last);
        last = tail.cvar;
    }
}

/* The mean of the worst of a sum is no worse than the sum of those of its parts. */
Test(statistics_order, tail_mean_of_a_sum_is_subadditive)
{
    static double a[MANY], b[MANY], both[MANY];
    uint64_t state = 29;
    for (int i = 0; i < MANY; i++) {
        a[i] = exp(draw_normal(&state));
        b[i] = -exp(draw_normal(&state)) + a[i];
        both[i] = a[i] + b[i];
    }
    statistics_sort(a, spare, MANY);
    statistics_sort(b, spare, MANY);
    statistics_sort(both, spare, MANY);
    double apart = statistics_order_tail(&(struct statistics_order){MANY, a, NULL}, 0.05).cvar +
                   statistics_order_tail(&(struct statistics_order){MANY, b, NULL}, 0.05).cvar;
    cr_expect_geq(statistics_order_tail(&(struct statistics_order){MANY, both, NULL}, 0.05).cvar, apart);
}

Test(statistics_order, tail_of_a_constant_has_no_error)
{
    for (int i = 0; i < MANY; i++) x[i] = 0.1;
    struct statistics_tail tail = statistics_order_tail(&(struct statistics_order){MANY, x, NULL}, 0.05);
    cr_expect(tail.var == 0.1 && tail.cvar == 0.1 && tail.standard_error == 0);
}

Test(statistics_order, tail_of_one_value_has_an_undefined_error)
{
    double one = 5;
    struct statistics_order order = {1, &one, NULL}, none = {0, &one, NULL};
    struct statistics_tail tail = statistics_order_tail(&order, 0.05);
    cr_expect(tail.var == 5 && tail.cvar == 5 && isnan(tail.standard_error));
    cr_expect(isnan(statistics_order_quantile(&none, 0.5)));
    cr_expect(isnan(statistics_order_tail(&none, 0.05).cvar));
    cr_expect(isnan(statistics_order_bound(&order, 0)));
}

Test(statistics_order, names_all_ranks_that_it_reads)
{
    uint64_t rank[8];
    struct statistics_ranks bounds = {3, 0};
    int n = statistics_order_needs(100, 0.5, bounds, rank); /* h = 49.5 */
    cr_assert_eq(n, 3);
    cr_expect(rank[0] == 49 && rank[1] == 50 && rank[2] == 2);
    n = statistics_order_tail_needs(100, 0.05, rank); /* h = 4.95, five values */
    cr_assert_eq(n, 3);
    cr_expect(rank[0] == 4 && rank[1] == 5 && rank[2] == 5);
}
