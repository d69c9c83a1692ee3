/* Scalar forms: the same bits as the lanes, whatever the lane. */
#include <criterion/criterion.h>
#include <math.h>

#include "base/elementary.h"
#include "base/lanes_math.h"

Test(elementary, gives_the_bits_of_lanes)
{
    for (int i = 1; i < 2000; i++) {
        double x = i / 128.0, u = i / 2000.0;
        lanes at_last = all_lanes(1.0), u_last = all_lanes(0.5);
        at_last[LANES - 1] = x;
        u_last[LANES - 1] = u;
        cr_assert_eq(elementary_exp(x), exp_lanes(at_last)[LANES - 1]);
        cr_assert_eq(elementary_log(x), log_lanes(at_last)[LANES - 1]);
        cr_assert_eq(elementary_pow(x, u), pow_lanes(at_last, u_last)[LANES - 1]);
        cr_assert_eq(elementary_normal_quantile(u), normal_quantile_lanes(u_last)[LANES - 1]);
        cr_assert_eq(elementary_normal_cdf(x - 8.0), normal_cdf_lanes(at_last - 8.0)[LANES - 1]);
    }
}

Test(elementary, has_the_right_values)
{
    cr_expect_float_eq(elementary_exp(1.0), 2.718281828459045, 1e-15);
    cr_expect_float_eq(elementary_log(10.0), 2.302585092994046, 1e-15);
    cr_expect_float_eq(elementary_pow(2.0, 0.5), 1.4142135623730951, 1e-15);
    cr_expect_float_eq(elementary_normal_quantile(0.975), 1.959963984540054, 1e-14);
    cr_expect_float_eq(elementary_normal_cdf(1.959963984540054), 0.975, 1e-15);
}

Test(elementary, errors)
{
    cr_expect(isnan(elementary_log(-1.0)));
    cr_expect(isnan(elementary_pow(-2.0, 2.0)));
    cr_expect_eq(elementary_pow(0.0, 2.0), 0.0);
    cr_expect_eq(elementary_exp(1e4), INFINITY);
    cr_expect_eq(elementary_normal_quantile(0.0), -INFINITY);
}
