/* Least squares on NIST's reference sets, digits counted as log relative error. */
#include "numeric/regression.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 100, COLUMNS = 12 };
static const struct place nowhere;
static struct report report;
static void start(void) { report_init(&report); }
static void stop(void) { report_free(&report); }
TestSuite(regression, .init = start, .fini = stop);

struct reference {
    char name[32];
    int rows, columns;
    double sum_of_squares, coefficient[COLUMNS], error[COLUMNS], design[ROWS * COLUMNS], response[ROWS];
};

/* Values after the commas; a polynomial's row has x alone, and its powers are made here. */
static void read_row(struct reference *r, int row, char *text)
{
    double *design = r->design + row * r->columns;
    int values = 0;
    r->response[row] = strtod(text, &text);
    while (*text == ',' && values < r->columns) design[values++] = strtod(text + 1, &text);
    if (values == r->columns) return;
    double x = design[0];
    design[0] = 1;
    for (int j = 1; j < r->columns; j++) design[j] = design[j - 1] * x;
}

static struct reference read_reference(const char *name)
{
    struct reference r = {.rows = 0};
    char line[1024], found[32] = "";
    int rows = 0, coefficients = 0;
    FILE *file = fopen(TESTS_DIR "/data/nist_strd_regression.csv", "r");
    cr_assert_not_null(file);
    while (fgets(line, sizeof line, file)) {
        if (!strncmp(line, "set,", 4)) sscanf(line, "set,%31[^,]", found);
        if (strcmp(found, name)) continue;
        if (!strncmp(line, "set,", 4)) sscanf(line, "set,%31[^,],%d,%d,%lf", r.name, &r.rows, &r.columns, &r.sum_of_squares);
        else if (line[0] == 'c') sscanf(line, "coefficient,%lf,%lf", &r.coefficient[coefficients], &r.error[coefficients]), coefficients++;
        else read_row(&r, rows++, line + 4);
    }
    fclose(file);
    cr_assert(r.rows > 0 && rows == r.rows && coefficients == r.columns);
    return r;
}

static double digits(double got, double want)
{
    if (got == want) return 16;
    return -log10(want == 0 ? fabs(got) : fabs(got / want - 1));
}

/* Fewest correct digits of the coefficients and of the standard errors (where these are not 0). */
static void solve(const struct reference *r, double *of_coefficients, double *of_errors)
{
    struct numeric_regression problem = {r->rows, r->columns, r->design, r->response};
    struct numeric_regression_fit fit;
    double coefficient[COLUMNS], error[COLUMNS];
    cr_assert_eq(numeric_regression_solve(&problem, nowhere, r->name, &report, coefficient, error, &fit), STATUS_OK, "%s", r->name);
    *of_coefficients = *of_errors = 16;
    for (int j = 0; j < r->columns; j++) {
        *of_coefficients = fmin(*of_coefficients, digits(coefficient[j], r->coefficient[j]));
        *of_errors = fmin(*of_errors, digits(error[j], r->error[j]));
    }
    if (r->sum_of_squares > 0) cr_expect_gt(digits(fit.sum_of_squares, r->sum_of_squares), 8.0, "%s", r->name);
}

Test(regression, nist_reference_sets)
{
    const struct {
        const char *name;
        double coefficient, error;
    } row[] = {
        {"Norris", 12, 12}, {"Pontius", 11, 11}, {"Longley", 11, 12}, {"Wampler1", 12, 9}, {"Wampler2", 12, 12},
        {"Wampler3", 9.5, 13}, {"Wampler4", 7.5, 13}, {"Wampler5", 5.5, 13}, {"Filip", 7, 7},
    };
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        struct reference r = read_reference(row[k].name);
        double of_coefficients, of_errors;
        solve(&r, &of_coefficients, &of_errors);
        cr_expect_gt(of_coefficients, row[k].coefficient, "%s: %.1f digits", r.name, of_coefficients);
        cr_expect_gt(of_errors, row[k].error, "%s: %.1f digits of standard errors", r.name, of_errors);
    }
}

Test(regression, line_through_points)
{
    const double design[8] = {1, 0, 1, 1, 1, 2, 1, 3}, response[4] = {1, 3, 5, 7};
    struct numeric_regression problem = {4, 2, design, response};
    struct numeric_regression_fit fit;
    double coefficient[2], error[2];
    cr_assert_eq(numeric_regression_solve(&problem, nowhere, "line", &report, coefficient, error, &fit), STATUS_OK);
    cr_expect_float_eq(coefficient[0], 1, 1e-15);
    cr_expect_float_eq(coefficient[1], 2, 1e-15);
    cr_expect_lt(fit.residual_deviation, 1e-15);
}

static void expect_refused(int rows, int columns, const double *design, const double *response, const char *wanted)
{
    struct numeric_regression problem = {rows, columns, design, response};
    struct numeric_regression_fit fit;
    struct report own;
    double coefficient[3], error[3];
    report_init(&own);
    cr_expect_eq(numeric_regression_solve(&problem, nowhere, "trend", &own, coefficient, error, &fit), STATUS_INPUT);
    cr_assert_eq(own.shown, 1);
    cr_expect(strstr(own.message[0], wanted), "%s", own.message[0]);
    report_free(&own);
}

Test(regression, errors)
{
    const double response[4] = {1, 2, 3, 4}, holes[4] = {1, 2, NAN, 4};
    const double same[8] = {1, 2, 1, 2, 1, 2, 1, 2}, zero[8] = {1, 0, 1, 0, 1, 0, 1, 0}, good[8] = {1, 0, 1, 1, 1, 2, 1, 3};
    expect_refused(4, 2, same, response, "column 1 depends");
    expect_refused(4, 2, zero, response, "column 1 depends");
    expect_refused(2, 2, good, response, "more rows than columns");
    expect_refused(4, 0, good, response, "more rows than columns");
    expect_refused(4, 2, good, holes, "row 2 holds a value that is not finite");
}
