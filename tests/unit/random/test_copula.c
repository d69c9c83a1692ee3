/* Dependent uniforms: each stays uniform, pairs have the correlation asked for, what is not tied keeps its bits. */
#include "random/copula.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "random/random.h"

enum { COLUMNS = 3 };
#define DRAWS 128000
static const struct place nowhere;
static double u[COLUMNS][DRAWS] __attribute__((aligned(64))), before[COLUMNS][DRAWS] __attribute__((aligned(64)));
static const double tied[9] = {1, 0, 0, 0, 1, 0, 0.6, 0, 0.8}; /* third with first 0.6, second alone */

static void apply(double degrees)
{
    struct random_copula copula;
    struct report report;
    struct random_key key[COLUMNS] = {random_stream_key(1, "a"), random_stream_key(1, "b"), random_stream_key(1, "c")};
    struct random_key mixing = random_stream_key(1, "copula/mixing");
    report_init(&report);
    cr_assert_eq(random_copula_init(&copula, COLUMNS, tied, degrees, nowhere, "copula", &report), STATUS_OK);
    for (uint64_t first = 0; first < DRAWS; first += BLOCK_PATHS) {
        lanes *column[COLUMNS], w[BLOCK_LANES];
        for (int k = 0; k < COLUMNS; k++) {
            column[k] = (lanes *)(u[k] + first);
            random_uniforms(key[k], first, 0, column[k]);
        }
        for (int k = 0; k < COLUMNS; k++) memcpy(before[k] + first, u[k] + first, sizeof w);
        random_uniforms(mixing, first, 0, w);
        random_copula_apply(&copula, degrees > 0 ? w : NULL, column);
    }
    random_copula_free(&copula);
    report_free(&report);
}

/* 16 equal classes; the statistic has 15 degrees of freedom. */
static double chi_squared(const double *column)
{
    double count[16] = {0}, sum = 0;
    for (int i = 0; i < DRAWS; i++) {
        cr_assert(column[i] > 0 && column[i] < 1);
        count[(int)(column[i] * 16)]++;
    }
    for (int k = 0; k < 16; k++) sum += (count[k] - DRAWS / 16.0) * (count[k] - DRAWS / 16.0) / (DRAWS / 16.0);
    return sum;
}

/* Share of paths on which both lie in the same half: 1/2 + asin(rho) / pi for every elliptical copula. */
static double agreement(int a, int b)
{
    int same = 0;
    for (int i = 0; i < DRAWS; i++) same += (u[a][i] < 0.5) == (u[b][i] < 0.5);
    return (double)same / DRAWS;
}

Test(copula, gaussian_ties_what_it_should)
{
    apply(0);
    for (int k = 0; k < COLUMNS; k++) cr_expect_lt(chi_squared(u[k]), 45, "column %d", k); /* probability 1e-4 */
    cr_expect_float_eq(agreement(0, 2), 0.5 + asin(0.6) / M_PI, 4 * 0.5 / sqrt(DRAWS));
    cr_expect_float_eq(agreement(1, 2), 0.5, 4 * 0.5 / sqrt(DRAWS));
    for (int i = 0; i < 1000; i++) {
        double z = 0.6 * gsl_cdf_ugaussian_Pinv(before[0][i]) + 0.8 * gsl_cdf_ugaussian_Pinv(before[2][i]);
        cr_assert_float_eq(u[2][i], gsl_cdf_ugaussian_P(z), 1e-14);
    }
}

Test(copula, gaussian_leaves_untied_bits_alone)
{
    apply(0);
    cr_expect_arr_eq(u[0], before[0], sizeof u[0], "the first column");
    cr_expect_arr_eq(u[1], before[1], sizeof u[1], "a column without correlation");
    cr_expect_arr_neq(u[2], before[2], sizeof u[2]);
}

static double both_below(int a, int b, double p)
{
    int both = 0;
    for (int i = 0; i < DRAWS; i++) both += u[a][i] < p && u[b][i] < p;
    return (double)both / DRAWS;
}

Test(copula, student_has_dependent_tails)
{
    apply(4);
    for (int k = 0; k < COLUMNS; k++) cr_expect_lt(chi_squared(u[k]), 45, "column %d", k);
    cr_expect_float_eq(agreement(0, 2), 0.5 + asin(0.6) / M_PI, 4 * 0.5 / sqrt(DRAWS));
    cr_expect_float_eq(agreement(1, 2), 0.5, 4 * 0.5 / sqrt(DRAWS));
    /* Uncorrelated columns fall into the lowest hundredth together far more often than the 1e-4 of independence. */
    cr_expect_gt(both_below(0, 1, 0.01), 8e-4);
    cr_expect_gt(both_below(0, 2, 0.01), 2.5e-3);
}

Test(copula, student_is_the_formula)
{
    apply(4);
    struct random_key mixing = random_stream_key(1, "copula/mixing");
    double w[BLOCK_PATHS] __attribute__((aligned(64)));
    random_uniforms(mixing, 0, 0, (lanes *)w);
    for (int i = 0; i < BLOCK_PATHS; i++) {
        double z = 0.6 * gsl_cdf_ugaussian_Pinv(before[0][i]) + 0.8 * gsl_cdf_ugaussian_Pinv(before[2][i]);
        double t = z / sqrt(gsl_cdf_chisq_Pinv(w[i], 4) / 4);
        cr_assert_float_eq(u[2][i], gsl_cdf_tdist_P(t, 4), 1e-8);
    }
}

Test(copula, errors)
{
    struct random_copula copula;
    struct report report;
    report_init(&report);
    cr_expect_eq(random_copula_init(&copula, 0, tied, 0, nowhere, "copula", &report), STATUS_INPUT);
    random_copula_free(&copula);
    cr_expect_eq(random_copula_init(&copula, COLUMNS, tied, 0.5, nowhere, "copula", &report), STATUS_INPUT);
    random_copula_free(&copula);
    cr_expect_eq(random_copula_init(&copula, COLUMNS, tied, NAN, nowhere, "copula", &report), STATUS_INPUT);
    random_copula_free(&copula);
    cr_expect_eq(report.errors, 3);
    report_free(&report);
}

Test(copula, bits_are_the_same_on_every_level)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int degrees = 0; degrees <= 4; degrees += 4) {
        apply(degrees);
        for (int k = 0; k < COLUMNS; k++)
            for (int i = 0; i < DRAWS; i++) {
                uint64_t bits;
                memcpy(&bits, &u[k][i], sizeof bits);
                hash = (hash ^ bits) * UINT64_C(1099511628211);
            }
    }
    cr_expect_eq(hash, UINT64_C(0x79437d07e1f51082), "0x%016llx", (unsigned long long)hash);
}
