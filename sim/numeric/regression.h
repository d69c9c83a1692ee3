/* numeric/regression.h - linear least squares. */
#ifndef PACTOLUS_NUMERIC_REGRESSION_H
#define PACTOLUS_NUMERIC_REGRESSION_H
#include "base/status.h"

struct numeric_regression {
    int rows, columns;      /* rows > columns >= 1 */
    const double *design;   /* rows x columns by rows; a constant is a column of ones. Not owned. */
    const double *response; /* rows. Not owned. */
};

struct numeric_regression_fit {
    double sum_of_squares;     /* of the residuals */
    double residual_deviation; /* sqrt(sum_of_squares / (rows - columns)) */
};

/* The coefficients that minimise the sum of squares and their standard errors, `columns` doubles each, caller's. Columns are
   scaled to length 1, then Householder QR with one step of refinement. STATUS_INPUT, at `place` and `name`, for sizes that do
   not fit, a value that is not finite, and columns that depend on each other to within rounding; STATUS_MEMORY,
   STATUS_INTERNAL. */
int numeric_regression_solve(const struct numeric_regression *problem, struct place place, const char *name,
                             struct report *report, double *coefficient, double *standard_error,
                             struct numeric_regression_fit *fit);
#endif
