#include "statistics/interval.h"

#include <criterion/criterion.h>
#include <math.h>

static double binomial_below(double n, double p, double k) /* P(B <= k), by logarithms of factorials */
{
    double sum = 0;
    for (double i = 0; i <= k; i++) {
        sum += exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log1p(-p));
    }
    return sum;
}

/* Least and greatest by definition, for several n and p. */
Test(statistics_interval, ranks_hold_the_binomial_tails_and_no_less)
{
    static const double N[] = {10, 71, 100, 4096, 20000}, P[] = {0.01, 0.05, 0.25, 0.5, 0.9, 0.99};
    for (size_t a = 0; a < sizeof N / sizeof *N; a++) {
        for (size_t b = 0; b < sizeof P / sizeof *P; b++) {
            struct statistics_ranks r = statistics_interval_ranks((uint64_t)N[a], P[b], 0.95);
            double l = (double)r.low, u = (double)r.high;
            if (r.low) cr_expect_leq(binomial_below(N[a], P[b], l - 1), 0.025, "n %g p %g low %g", N[a], P[b], l);
            cr_expect_gt(binomial_below(N[a], P[b], l), 0.025, "n %g p %g low %g", N[a], P[b], l);
            if (r.high) cr_expect_leq(1 - binomial_below(N[a], P[b], u - 1), 0.025, "n %g p %g high %g", N[a], P[b], u);
            if (!r.high) u = N[a] + 1;
            cr_expect_gt(1 - binomial_below(N[a], P[b], u - 2), 0.025, "n %g p %g high %g", N[a], P[b], u);
        }
    }
}

/* Known table value: the median of 10 lies between the 2nd and 9th with 97.9% (Conover 1999, 3.2). */
Test(statistics_interval, ranks_of_the_median_of_ten)
{
    struct statistics_ranks r = statistics_interval_ranks(10, 0.5, 0.95);
    cr_expect_eq(r.low, 2);
    cr_expect_eq(r.high, 9);
}

Test(statistics_interval, ranks_of_a_sample_that_is_too_small_are_none_errors)
{
    struct statistics_ranks r = statistics_interval_ranks(71, 0.99, 0.95);
    cr_expect_eq(r.high, 0, "the 99%% quantile of 71 has no upper bound");
    cr_expect_gt(r.low, 0);
    r = statistics_interval_ranks(1, 0.5, 0.95);
    cr_expect(r.low == 0 && r.high == 0);
    r = statistics_interval_ranks(0, 0.5, 0.95);
    cr_expect(r.low == 0 && r.high == 0);
}

Test(statistics_interval, ranks_of_a_large_sample_meet_the_normal_form)
{
    double n = 1e8, p = 0.05, half = 1.959963984540054 * sqrt(n * p * (1 - p));
    struct statistics_ranks r = statistics_interval_ranks((uint64_t)n, p, 0.95);
    cr_expect_float_eq((double)r.low, n * p - half, 3);
    cr_expect_float_eq((double)r.high, n * p + half + 1, 3);
}

Test(statistics_interval, wilson_by_hand)
{
    double low, high, z = statistics_interval_z(0.95);
    cr_expect_float_eq(z, 1.959963984540054, 1e-12);
    statistics_interval_wilson(0.2, 10, z, &low, &high); /* Newcombe 1998: (0.0567, 0.5098) */
    cr_expect_float_eq(low, 0.05668, 5e-6);
    cr_expect_float_eq(high, 0.50984, 5e-6);
    statistics_interval_wilson(0, 1000, z, &low, &high);
    cr_expect(low == 0);
    cr_expect_float_eq(high, z * z / (1000 + z * z), 1e-12);
    statistics_interval_wilson(1, 1000, z, &low, &high);
    cr_expect(high == 1);
    cr_expect_lt(low, 1);
}

Test(statistics_interval, wilson_of_one_is_undefined_errors)
{
    double low, high;
    statistics_interval_wilson(0, 1, 1.96, &low, &high);
    cr_expect(isnan(low) && isnan(high));
}
