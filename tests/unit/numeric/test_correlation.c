/* Correlation matrices: factors, refusals that name the guilty, the nearest valid matrix. */
#include "numeric/correlation.h"

#include <criterion/criterion.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static const struct place nowhere;
static const char *const names[] = {"demand.us", "price.steel", "fx.won", "demand.korea", "x5", "x6", "x7", "x8"};
static struct report report;

static void start(void) { report_init(&report); }
static void stop(void) { report_free(&report); }
TestSuite(correlation, .init = start, .fini = stop);

static int factor_of(int n, const double *m, double *l)
{
    return numeric_correlation_factor(n, m, names, nowhere, "copula.correlation", &report, l);
}

static double least_eigenvalue(int n, const double *m)
{
    gsl_matrix *copy = gsl_matrix_alloc((size_t)n, (size_t)n);
    gsl_vector *values = gsl_vector_alloc((size_t)n);
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc((size_t)n);
    for (int i = 0; i < n * n; i++) gsl_matrix_set(copy, (size_t)(i / n), (size_t)(i % n), m[i]);
    gsl_eigen_symm(copy, values, work);
    double least = gsl_vector_min(values);
    gsl_eigen_symm_free(work);
    gsl_vector_free(values);
    gsl_matrix_free(copy);
    return least;
}

static const double good[16] = {1, 0.5, -0.3, 0.2, 0.5, 1, 0.1, 0.4, -0.3, 0.1, 1, -0.6, 0.2, 0.4, -0.6, 1};

Test(correlation, factor_times_itself_is_the_matrix)
{
    double l[16];
    cr_assert_eq(factor_of(4, good, l), STATUS_OK);
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            double sum = 0;
            for (int k = 0; k < 4; k++) sum += l[i * 4 + k] * l[j * 4 + k];
            cr_expect_float_eq(sum, good[i * 4 + j], 4e-16);
            if (j > i) cr_expect_eq(l[i * 4 + j], 0);
        }
}

Test(correlation, factor_is_that_of_gsl)
{
    double l[16];
    gsl_matrix *m = gsl_matrix_alloc(4, 4);
    for (size_t i = 0; i < 16; i++) gsl_matrix_set(m, i / 4, i % 4, good[i]);
    cr_assert_eq(gsl_linalg_cholesky_decomp1(m), 0);
    cr_assert_eq(factor_of(4, good, l), STATUS_OK);
    for (size_t i = 0; i < 16; i++)
        if (i % 4 <= i / 4) cr_expect_float_eq(l[i], gsl_matrix_get(m, i / 4, i % 4), 1e-15);
    gsl_matrix_free(m);
}

Test(correlation, uncorrelated_newcomer_moves_no_bit)
{
    double before[16], l[25], m[25] = {0};
    cr_assert_eq(factor_of(4, good, before), STATUS_OK);
    for (int at = 0; at <= 4; at++) {
        memset(m, 0, sizeof m);
        m[at * 5 + at] = 1;
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) m[(i + (i >= at)) * 5 + j + (j >= at)] = good[i * 4 + j];
        cr_assert_eq(factor_of(5, m, l), STATUS_OK);
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++) cr_expect_eq(l[(i + (i >= at)) * 5 + j + (j >= at)], before[i * 4 + j]);
    }
}

static const double bad[9] = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1};

Test(correlation, factor_errors_name_eigenvalue_pairs_and_nearest)
{
    double l[9];
    cr_assert_eq(factor_of(3, bad, l), STATUS_INPUT);
    cr_assert_eq(report.shown, 1);
    const char *message = report.message[0];
    cr_expect(strstr(message, "copula.correlation"), "%s", message);
    cr_expect(strstr(message, "smallest eigenvalue -0.8"), "%s", message);
    cr_expect(strstr(message, "fx.won with demand.us -0.9 (nearest valid -0.499"), "%s", message);
    cr_expect(strstr(message, "price.steel with demand.us 0.9 (nearest valid 0.499"), "%s", message);
}

Test(correlation, factor_errors_name_the_cell)
{
    const struct {
        int at;
        double value;
        const char *wanted;
    } row[] = {
        {1, 1.5, "[0][1] (demand.us, price.steel), got '1.5', want -1 to 1"},
        {1, NAN, "[0][1] (demand.us, price.steel), got 'nan', want -1 to 1"},
        {3, 0.4, "[0][1] (demand.us, price.steel), got '0.9', want '0.4'"},
        {4, 0.99, "[1][1] (price.steel with itself), got '0.99', want 1"},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        double m[9], l[9];
        struct report own;
        report_init(&own);
        memcpy(m, bad, sizeof m);
        m[row[k].at] = row[k].value;
        cr_expect_eq(numeric_correlation_factor(3, m, names, nowhere, "m", &own, l), STATUS_INPUT);
        cr_expect(strstr(own.message[0], row[k].wanted), "%s", own.message[0]);
        report_free(&own);
    }
}

Test(correlation, a_singular_matrix_makes_factors_identical)
{
    const double same[4] = {1, 1, 1, 1}, mirror[9] = {1, 0.5, -1, 0.5, 1, -0.5, -1, -0.5, 1};
    double l[9];
    cr_expect_eq(factor_of(2, same, l), STATUS_OK);
    cr_expect(l[0] == 1 && l[1] == 0 && l[2] == 1 && l[3] == 0);
    cr_expect_eq(factor_of(3, mirror, l), STATUS_OK);
    cr_expect(l[6] == -1 && l[7] == 0 && l[8] == 0, "the third is the first, mirrored: %g %g %g", l[6], l[7], l[8]);
}

Test(correlation, a_singular_matrix_errors)
{
    const double torn[9] = {1, 1, 0.5, 1, 1, 0.2, 0.5, 0.2, 1}; /* two that are one cannot differ towards a third */
    double l[9];
    cr_expect_eq(factor_of(3, torn, l), STATUS_INPUT);
}

Test(correlation, explain_ranks_the_pairs)
{
    /* price and steel contradict each other through the first; the last name is innocent */
    const double m[16] = {1, 0.9, 0.9, 0.1, 0.9, 1, -0.5, 0, 0.9, -0.5, 1, 0, 0.1, 0, 0, 1};
    struct numeric_correlation_fault fault;
    cr_assert_eq(numeric_correlation_explain(4, m, &report, &fault), STATUS_OK);
    cr_expect_float_eq(fault.eigenvalue, least_eigenvalue(4, m), 1e-12);
    cr_assert_eq(fault.pairs, 3);
    for (int k = 0; k < 3; k++) {
        cr_expect(fault.pair[k].row < 3 && fault.pair[k].column < fault.pair[k].row);
        cr_expect_eq(fault.pair[k].given, m[fault.pair[k].row * 4 + fault.pair[k].column]);
    }
    cr_expect(fault.pair[0].given > 0.8 && fault.pair[1].given > 0.8, "the two of 0.9 pull most");
}

Test(correlation, nearest_is_valid_and_nearest)
{
    double near[9];
    cr_assert_eq(numeric_correlation_nearest(3, bad, &report, near), STATUS_OK);
    cr_expect_float_eq(least_eigenvalue(3, near), 1e-3, 1e-9);
    for (int i = 0; i < 9; i++) cr_expect_float_eq(near[i], i % 4 == 0 ? 1 : bad[i] / 1.8, 1e-3);
}

/* Higham (2002), section 4: the nearest correlation matrix to the 3 x 3 matrix of ones without its corners. */
Test(correlation, nearest_is_highams_example)
{
    const double m[9] = {1, 1, 0, 1, 1, 1, 0, 1, 1};
    double near[9];
    cr_assert_eq(numeric_correlation_nearest(3, m, &report, near), STATUS_OK);
    cr_expect_float_eq(near[1], 0.7607, 1.5e-3);
    cr_expect_float_eq(near[5], 0.7607, 1.5e-3);
    cr_expect_float_eq(near[2], 0.1573, 1.5e-3);
}

Test(correlation, nearest_leaves_a_valid_matrix)
{
    double near[16];
    cr_assert_eq(numeric_correlation_nearest(4, good, &report, near), STATUS_OK);
    for (int i = 0; i < 16; i++) cr_expect_float_eq(near[i], good[i], 1e-12);
}

Test(correlation, nearest_of_random_matrices_is_valid)
{
    uint64_t state = 1;
    for (int k = 0; k < 50; k++) {
        double m[64], near[64], l[64];
        for (int i = 0; i < 8; i++)
            for (int j = 0; j <= i; j++) {
                state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
                m[i * 8 + j] = m[j * 8 + i] = i == j ? 1 : 2 * (double)(state >> 11) * 0x1p-53 - 1;
            }
        cr_assert_eq(numeric_correlation_nearest(8, m, &report, near), STATUS_OK);
        for (int i = 0; i < 64; i++) near[i] = round(near[i] * 1e4) / 1e4; /* as a person would type it */
        cr_expect_eq(factor_of(8, near, l), STATUS_OK, "matrix %d", k);
    }
}
