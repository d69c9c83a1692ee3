/* Tables of quantiles against the CDFs of GSL. The error of a draw is the residual of its probability over the density. */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#include "base/status.h"
#include "random/table.h"

static double cubic[RANDOM_TABLE_SIZE];

static double table_at(double reach, double z)
{
    double place = (z + reach) * ((double)RANDOM_TABLE_CELLS / (2 * reach)), cell = fmin(floor(place), (double)RANDOM_TABLE_CELLS - 1);
    const double *c = cubic + (int)cell * RANDOM_TABLE_COEFFICIENTS;
    double t = place - cell;
    return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

struct family {
    double a, b;
    double (*draw)(const struct family *, double y);
    double (*below)(const struct family *, double x);
    double (*above)(const struct family *, double x);
    double (*density)(const struct family *, double x);
};

static double gamma_draw(const struct family *f, double y) { return f->a * exp(y); }
static double gamma_below(const struct family *f, double x) { return gsl_cdf_gamma_P(x, f->a, 1); }
static double gamma_above(const struct family *f, double x) { return gsl_cdf_gamma_Q(x, f->a, 1); }
static double gamma_density(const struct family *f, double x) { return gsl_ran_gamma_pdf(x, f->a, 1); }
static double beta_draw(const struct family *f, double y) { return 1 / (1 + f->b / f->a * exp(-y)); }
static double beta_below(const struct family *f, double x) { return gsl_cdf_beta_P(x, f->a, f->b); }
static double beta_above(const struct family *f, double x) { return gsl_cdf_beta_Q(x, f->a, f->b); }
static double beta_density(const struct family *f, double x) { return gsl_ran_beta_pdf(x, f->a, f->b); }
static double t_draw(const struct family *f, double y) { return sqrt(f->a) * sinh(y); }
static double t_below(const struct family *f, double x) { return gsl_cdf_tdist_P(x, f->a); }
static double t_above(const struct family *f, double x) { return gsl_cdf_tdist_Q(x, f->a); }
static double t_density(const struct family *f, double x) { return gsl_ran_tdist_pdf(x, f->a); }

/* Greatest error for scores in +-most, over the range .001 to .999 or the draw, whichever is more. */
static double worst_error(const struct family *f, double most)
{
    double worst = 0, range = f->draw(f, table_at(RANDOM_TABLE_SCORE, 3.0902)) - f->draw(f, table_at(RANDOM_TABLE_SCORE, -3.0902));
    for (int i = 0; i <= 400; i++) {
        double z = most * (i - 200) / 200 + 0.003, x = f->draw(f, table_at(RANDOM_TABLE_SCORE, z));
        double off = z < 0 ? f->below(f, x) - gsl_cdf_ugaussian_P(z) : gsl_cdf_ugaussian_Q(z) - f->above(f, x);
        worst = fmax(worst, fabs(off / f->density(f, x)) / fmax(range, fabs(x)));
    }
    return worst;
}

static const double shapes[] = {0.05, 0.1, 0.3, 0.9, 1, 1.5, 3, 10, 100, 1000, 10000};
enum { SHAPES = sizeof shapes / sizeof *shapes };

Test(table, gamma_is_within_1e9)
{
    for (int i = 0; i < SHAPES; i++) {
        struct family f = {shapes[i], 0, gamma_draw, gamma_below, gamma_above, gamma_density};
        cr_assert_eq(random_table_fill(DISTRIBUTION_GAMMA, f.a, 0, cubic), STATUS_OK);
        double error = worst_error(&f, 8);
        cr_expect_lt(error, 1e-9, "gamma(%g): %g", f.a, error);
    }
}

Test(table, beta_is_within_3e8)
{
    gsl_set_error_handler_off();
    for (int i = 0; i < SHAPES; i++)
        for (int j = 0; j < SHAPES; j++) {
            struct family f = {shapes[i], shapes[j], beta_draw, beta_below, beta_above, beta_density};
            cr_assert_eq(random_table_fill(DISTRIBUTION_BETA, f.a, f.b, cubic), STATUS_OK);
            double error = worst_error(&f, 3.2);
            cr_expect_lt(error, 3e-8, "beta(%g, %g): %g", f.a, f.b, error);
        }
}

Test(table, student_is_within_1e10)
{
    const double degrees[] = {1, 1.05, 1.5, 2, 3, 4, 5, 10, 30, 1000, 1e6};
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++) {
        struct family f = {degrees[i], 0, t_draw, t_below, t_above, t_density};
        cr_assert_eq(random_table_fill(DISTRIBUTION_STUDENT, f.a, 0, cubic), STATUS_OK);
        double error = worst_error(&f, 8);
        cr_expect_lt(error, 1e-10, "t(%g): %g", f.a, error);
    }
}

/* GSL's own CDF fails at this size; the reference is mpmath's incomplete gamma function, 30 digits, at score -1. */
Test(table, gamma_of_a_million_is_right)
{
    cr_assert_eq(random_table_fill(DISTRIBUTION_GAMMA, 1e6, 0, cubic), STATUS_OK);
    cr_expect_float_eq(1e6 * exp(table_at(RANDOM_TABLE_SCORE, -1)) / 999000.000166674078, 1.0, 1e-12);
}

Test(table, score_inverts_the_table)
{
    cr_assert_eq(random_table_fill(DISTRIBUTION_GAMMA, 0.3, 0, cubic), STATUS_OK);
    for (double z = -8.4; z < 8.45; z += 0.37) cr_expect_float_eq(random_table_score(cubic, table_at(RANDOM_TABLE_SCORE, z)), z, 1e-12);
}

Test(table, score_errors)
{
    cr_assert_eq(random_table_fill(DISTRIBUTION_GAMMA, 0.3, 0, cubic), STATUS_OK);
    cr_expect_eq(random_table_score(cubic, -INFINITY), -INFINITY);
    cr_expect_eq(random_table_score(cubic, -1e9), -INFINITY);
    cr_expect_eq(random_table_score(cubic, 1e9), INFINITY);
}

Test(table, score_table_gives_the_probabilities_of_t)
{
    const double degrees[] = {1.05, 2, 4, 30, 1e6};
    for (size_t i = 0; i < sizeof degrees / sizeof *degrees; i++) {
        double reach, worst = 0;
        cr_assert_eq(random_table_fill_score(DISTRIBUTION_STUDENT, degrees[i], 0, cubic, &reach), STATUS_OK);
        for (double z = -7; z < 7; z += 0.1) {
            double t = z < 0 ? gsl_cdf_tdist_Pinv(gsl_cdf_ugaussian_P(z), degrees[i]) : gsl_cdf_tdist_Qinv(gsl_cdf_ugaussian_Q(z), degrees[i]);
            worst = fmax(worst, fabs(table_at(reach, asinh(t / sqrt(degrees[i]))) - z));
        }
        cr_expect_lt(worst, 5e-8, "t(%g): %g", degrees[i], worst);
    }
}
