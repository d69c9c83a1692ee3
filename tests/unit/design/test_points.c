#include "design/points.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static struct design_points made(size_t n, size_t d, const char *const *name, uint64_t seed)
{
    struct design_points points;
    struct report report;
    report_init(&report);
    cr_assert_eq(design_points_init(&points, n, d, &report), 0);
    cr_assert_eq(design_points_random(&points, name, seed, &report), 0);
    return points;
}

Test(points, are_uniform_and_independent)
{
    enum { N = 100000 };
    static const char *const name[] = {"market.a", "market.b"};
    struct design_points points = made(N, 2, name, 1);
    double sum[2] = {0}, both = 0;
    for (size_t i = 0; i < N; i++) {
        for (size_t k = 0; k < 2; k++) {
            const double u = points.unit[k * N + i];
            cr_assert(u > 0 && u < 1);
            sum[k] += u - 0.5;
        }
        both += (points.unit[i] - 0.5) * (points.unit[N + i] - 0.5);
    }
    const double se = sqrt((double)N / 12); /* of a sum of N uniforms; of products of two: N / 144 */
    cr_assert(fabs(sum[0]) < 4 * se && fabs(sum[1]) < 4 * se, "%g %g", sum[0] / se, sum[1] / se);
    cr_assert(fabs(both) < 4 * sqrt((double)N / 144), "%g", both);
    design_points_free(&points);
}

/* Neither another parameter, nor their order, nor the number of points moves a coordinate. */
Test(points, depend_on_the_name_alone)
{
    static const char *const one[] = {"b"}, *const three[] = {"c", "b", "a"};
    struct design_points few = made(100, 1, one, 7), many = made(1000, 3, three, 7), other = made(100, 1, one, 8);
    cr_assert_eq(memcmp(few.unit, many.unit + 1000, 100 * sizeof(double)), 0);
    cr_assert_neq(memcmp(few.unit, many.unit, 100 * sizeof(double)), 0);
    cr_assert_neq(memcmp(few.unit, other.unit, 100 * sizeof(double)), 0, "the seed counts");
    design_points_free(&few);
    design_points_free(&many);
    design_points_free(&other);
}

Test(points, of_a_stream_may_be_read_from_anywhere)
{
    double whole[300], part[100], second[300];
    design_points_uniforms(3, "s", 0, 300, whole, second);
    design_points_uniforms(3, "s", 130, 100, part, NULL);
    cr_assert_eq(memcmp(whole + 130, part, sizeof part), 0);
    cr_assert_neq(memcmp(whole, second, sizeof whole), 0);
    design_points_uniforms(3, "s", 0, 300, NULL, whole);
    cr_assert_eq(memcmp(whole, second, sizeof whole), 0);
}

Test(points, order_is_by_bytes_of_names)
{
    static const char *const name[] = {"b", "a.z", "a", "B", "a.b"};
    static const size_t want[] = {3, 2, 4, 1, 0};
    size_t order[5];
    design_points_order(order, name, 5);
    cr_assert_eq(memcmp(order, want, sizeof want), 0);
}

/* /usr/bin/python3 -c 'from scipy.stats import qmc
   print(repr(qmc.discrepancy([[.1,.2,.9],[.5,.7,.3],[.8,.4,.6],[.25,.95,.05]], method="CD")))' */
Test(points, discrepancy_is_that_of_scipy)
{
    double unit[] = {.1, .5, .8, .25, .2, .7, .4, .95, .9, .3, .6, .05};
    struct design_points points = {4, 3, unit};
    const double want = 0.07553109660734902, got = design_points_discrepancy(&points);
    cr_assert(fabs(got - want) < 1e-14, "%.17g", got);
}
