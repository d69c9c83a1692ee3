#include "numeric/likelihood.h"

#include <criterion/criterion.h>
#include <math.h>

#include "numeric/poisson.h"
#include "numeric/root.h"

static struct report report;
static void set_up(void)
{
    report_init(&report);
}
static void tear_down(void)
{
    report_free(&report);
}
TestSuite(likelihood, .init = set_up, .fini = tear_down);

/* Two correlated parameters around (1, -2): the information is {{4, 1}, {1, 2}}. */
static double hill(const void *context, const double *p)
{
    const double a = p[0] - 1.0, b = p[1] + 2.0;
    (void)context;
    return 5.0 - 0.5 * (4.0 * a * a + 2.0 * a * b + 2.0 * b * b);
}
/* No value below 0; flat in the second parameter. */
static double ridge(const void *context, const double *p)
{
    (void)context;
    return p[0] < 0.0 ? -INFINITY : -p[0];
}

Test(likelihood, finds_the_top_and_its_errors)
{
    static const double step[] = {0.5, 0.5}, width[] = {1e-3, 1e-3};
    const struct numeric_likelihood problem = {2, hill, NULL};
    double p[] = {4.0, 4.0}, value, covariance[4];
    cr_assert_eq(numeric_likelihood_maximise(&problem, step, 1e-7, (struct place){0}, NULL, &report, p, &value), STATUS_OK);
    cr_expect_float_eq(p[0], 1.0, 1e-5);
    cr_expect_float_eq(p[1], -2.0, 1e-5);
    cr_expect_float_eq(value, 5.0, 1e-9);
    cr_assert_eq(numeric_likelihood_covariance(&problem, p, width, covariance), 0);
    cr_expect_float_eq(covariance[0], 2.0 / 7, 1e-6);
    cr_expect_float_eq(covariance[1], -1.0 / 7, 1e-6);
    cr_expect_float_eq(covariance[3], 4.0 / 7, 1e-6);
}

Test(likelihood, has_no_errors_where_it_is_flat_or_ends_errors)
{
    static const double width[] = {1e-3, 1e-3};
    const struct numeric_likelihood problem = {2, ridge, NULL};
    const double flat[] = {1.0, 0.0}, end[] = {0.0, 0.0};
    double covariance[4];
    cr_expect_eq(numeric_likelihood_covariance(&problem, flat, width, covariance), 1);
    cr_expect_eq(numeric_likelihood_covariance(&problem, end, width, covariance), 1);
}

Test(likelihood, charges_parameters_more_where_data_are_few)
{
    cr_expect_float_eq(numeric_likelihood_aicc(10.0, 3, 20), -20.0 + 6.0 + 24.0 / 16.0, 1e-12);
    cr_expect_eq(numeric_likelihood_aicc(10.0, 3, 4), INFINITY);
}

/* Garwood's table: 0 and 5 events, 95%. */
Test(likelihood, has_exact_intervals_of_counts)
{
    double low, high;
    numeric_poisson_interval(0, 1.0, 0.95, &low, &high);
    cr_expect_eq(low, 0.0);
    cr_expect_float_eq(high, 3.6889, 1e-4);
    numeric_poisson_interval(5, 10.0, 0.95, &low, &high);
    cr_expect_float_eq(low, 0.16235, 1e-5);
    cr_expect_float_eq(high, 1.16683, 1e-5);
}

static int parabola(void *context, double x, double *y)
{
    int *left = context;
    if (!(*left)--) return STATUS_STOPPED;
    *y = x * x - 2.0;
    return STATUS_OK;
}

Test(likelihood, finds_roots)
{
    int left = 100;
    double root = 0.0;
    cr_assert_eq(numeric_root_find(parabola, &left, 0.0, 2.0, 1e-10, (struct place){0}, NULL, &report, &root), STATUS_OK);
    cr_expect_float_eq(root, sqrt(2.0), 1e-9);
}

Test(likelihood, finds_roots_errors)
{
    int left = 100;
    double root = 0.0;
    cr_expect_eq(numeric_root_find(parabola, &left, 2.0, 3.0, 1e-10, (struct place){0}, "share", &report, &root), STATUS_INPUT);
    cr_expect_str_eq(report.message[0], "pactolus: error: share: no value from 2 to 3 meets it");
    left = 3;
    cr_expect_eq(numeric_root_find(parabola, &left, 0.0, 2.0, 1e-10, (struct place){0}, NULL, &report, &root), STATUS_STOPPED);
}
