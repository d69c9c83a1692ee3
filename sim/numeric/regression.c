#include "numeric/regression.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>

/* Columns of length 1 leave a diagonal of R that says how far each lies from the space of those before it. */
#define LEAST_DISTANCE 1e-14

struct workspace {
    gsl_error_handler_t *handler; /* of the whole process, off meanwhile: GSL's own ends the program */
    gsl_matrix *qr;
    gsl_vector *tau, *response, *solution, *residual;
    double *scale; /* length of each column */
};

static void workspace_free(struct workspace *w)
{
    gsl_matrix_free(w->qr);
    gsl_vector_free(w->tau);
    gsl_vector_free(w->response);
    gsl_vector_free(w->solution);
    gsl_vector_free(w->residual);
    free(w->scale);
    gsl_set_error_handler(w->handler);
}

static int workspace_init(struct workspace *w, size_t rows, size_t columns, struct place place, const char *name,
                          struct report *report)
{
    *w = (struct workspace){gsl_set_error_handler_off(), gsl_matrix_alloc(rows, columns), gsl_vector_alloc(columns), gsl_vector_alloc(rows),
                            gsl_vector_alloc(columns), gsl_vector_alloc(rows), malloc(columns * sizeof(double))};
    if (w->qr && w->tau && w->response && w->solution && w->residual && w->scale) return STATUS_OK;
    return report_error(report, STATUS_MEMORY, place, name, "out of memory for a regression of %zu rows", rows);
}

static int regression_check(const struct numeric_regression *p, struct place place, const char *name, struct report *report)
{
    if (p->columns < 1 || p->rows <= p->columns)
        return report_error(report, STATUS_INPUT, place, name, "regression of %d rows on %d columns, want more rows than columns",
                            p->rows, p->columns);
    for (int i = 0; i < p->rows; i++) {
        int finite = isfinite(p->response[i]);
        for (int j = 0; j < p->columns; j++) finite = finite && isfinite(p->design[i * p->columns + j]);
        if (!finite) return report_error(report, STATUS_INPUT, place, name, "row %d holds a value that is not finite", i);
    }
    return STATUS_OK;
}

static void scale_columns(const struct numeric_regression *p, struct workspace *w)
{
    for (int j = 0; j < p->columns; j++) {
        double largest = 0.0, sum = 0.0;
        for (int i = 0; i < p->rows; i++) largest = fmax(largest, fabs(p->design[i * p->columns + j]));
        for (int i = 0; i < p->rows && largest > 0.0; i++) {
            double x = p->design[i * p->columns + j] / largest;
            sum += x * x;
        }
        w->scale[j] = largest * sqrt(sum);
        for (int i = 0; i < p->rows; i++)
            gsl_matrix_set(w->qr, (size_t)i, (size_t)j, w->scale[j] > 0.0 ? p->design[i * p->columns + j] / w->scale[j] : 0.0);
    }
}

/* response - design x coefficient, each row summed with the rounding of its products and sums kept (Ogita, Rump and Oishi, SIAM J.
   Sci. Comput. 26 (2005) 1955-1988, algorithm 5.3). */
static double exact_residual(const struct numeric_regression *p, int row, const double *coefficient)
{
    double sum = p->response[row], lost = 0.0;
    for (int j = 0; j < p->columns; j++) {
        double x = -p->design[row * p->columns + j], product = x * coefficient[j];
        double next = sum + product, part = next - sum;
        lost += fma(x, coefficient[j], -product) + ((sum - (next - part)) + (product - part));
        sum = next;
    }
    return sum + lost;
}

/* Solves for what the coefficients so far leave over and adds it. */
static int refine(const struct numeric_regression *p, struct workspace *w, double *coefficient)
{
    for (int i = 0; i < p->rows; i++) gsl_vector_set(w->response, (size_t)i, exact_residual(p, i, coefficient));
    int failed = gsl_linalg_QR_lssolve(w->qr, w->tau, w->response, w->solution, w->residual);
    for (int j = 0; j < p->columns && !failed; j++) coefficient[j] += gsl_vector_get(w->solution, (size_t)j) / w->scale[j];
    return failed;
}

/* deviation x the length of row j of R^-1, undone of the scale; R^-1 by columns. */
static void standard_errors(const struct numeric_regression *p, const struct workspace *w, double deviation, double *error)
{
    for (int j = 0; j < p->columns; j++) error[j] = 0.0;
    for (int k = 0; k < p->columns; k++) {
        for (int i = k; i >= 0; i--) {
            double sum = i == k ? 1.0 : 0.0;
            for (int j = i + 1; j <= k; j++)
                sum -= gsl_matrix_get(w->qr, (size_t)i, (size_t)j) * gsl_vector_get(w->solution, (size_t)j);
            double entry = sum / gsl_matrix_get(w->qr, (size_t)i, (size_t)i);
            gsl_vector_set(w->solution, (size_t)i, entry);
            error[i] += entry * entry;
        }
    }
    for (int j = 0; j < p->columns; j++) error[j] = deviation * sqrt(error[j]) / w->scale[j];
}

static int dependent_column(const struct workspace *w, int columns)
{
    for (int j = 0; j < columns; j++)
        if (!(fabs(gsl_matrix_get(w->qr, (size_t)j, (size_t)j)) > LEAST_DISTANCE)) return j;
    return -1;
}

int numeric_regression_solve(const struct numeric_regression *problem, struct place place, const char *name,
                             struct report *report, double *coefficient, double *standard_error,
                             struct numeric_regression_fit *fit)
{
    struct workspace w = {0};
    int failed = 0, status = regression_check(problem, place, name, report);
    if (status) return status;
    status = workspace_init(&w, (size_t)problem->rows, (size_t)problem->columns, place, name, report);
    if (status) goto out;
    scale_columns(problem, &w);
    failed = gsl_linalg_QR_decomp(w.qr, w.tau);
    if (failed) goto out;
    int dependent = dependent_column(&w, problem->columns);
    if (dependent >= 0) {
        status = report_error(report, STATUS_INPUT, place, name, "column %d depends on the columns before it", dependent);
        goto out;
    }
    for (int j = 0; j < problem->columns; j++) coefficient[j] = 0.0;
    for (int round = 0; round < 2 && !failed; round++) failed = refine(problem, &w, coefficient);
    if (failed) goto out;
    fit->sum_of_squares = 0.0;
    for (int i = 0; i < problem->rows; i++) {
        double residual = exact_residual(problem, i, coefficient);
        fit->sum_of_squares += residual * residual;
    }
    fit->residual_deviation = sqrt(fit->sum_of_squares / (problem->rows - problem->columns));
    standard_errors(problem, &w, fit->residual_deviation, standard_error);
out:
    workspace_free(&w);
    if (failed) status = report_error(report, STATUS_INTERNAL, place, name, "regression: %s", gsl_strerror(failed));
    return status;
}
