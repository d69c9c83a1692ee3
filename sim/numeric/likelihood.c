#include "numeric/likelihood.h"

#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <string.h>

enum { STEPS = 4000 };

/* GSL minimises, and cannot walk around infinity. */
static double minus_value(const gsl_vector *at, void *context)
{
    const struct numeric_likelihood *problem = context;
    const double value = problem->value(problem->context, at->data);
    return value > -1e300 ? -value : 1e300;
}

static int walk(gsl_multimin_fminimizer *minimizer, double tolerance)
{
    for (int k = 0; k < STEPS; k++) {
        if (gsl_multimin_fminimizer_iterate(minimizer)) return 1;
        if (gsl_multimin_test_size(gsl_multimin_fminimizer_size(minimizer), tolerance) == GSL_SUCCESS) return 0;
    }
    return 1;
}

int numeric_likelihood_maximise(const struct numeric_likelihood *problem, const double *step, double tolerance,
                                struct place place, const char *name, struct report *report, double *parameter, double *value)
{
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    const size_t n = (size_t)problem->parameters;
    gsl_multimin_fminimizer *minimizer = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
    double steps[NUMERIC_LIKELIHOOD_MOST];
    gsl_multimin_function function = {minus_value, n, (void *)problem};
    int left = 1;
    memcpy(steps, step, n * sizeof *steps);
    for (int round = 0; minimizer && round < 2; round++) {
        gsl_vector_view start = gsl_vector_view_array(parameter, n), width = gsl_vector_view_array(steps, n);
        left = gsl_multimin_fminimizer_set(minimizer, &function, &start.vector, &width.vector) || walk(minimizer, tolerance);
        memcpy(parameter, minimizer->x->data, n * sizeof *parameter);
        *value = -minimizer->fval;
        for (size_t k = 0; k < n; k++) steps[k] = 0.2 * step[k];
    }
    gsl_set_error_handler(handler);
    if (!minimizer) return report_error(report, STATUS_MEMORY, place, name, "out of memory for a fit");
    gsl_multimin_fminimizer_free(minimizer);
    return left ? report_error(report, STATUS_INPUT, place, name, "the likelihood has no maximum that can be found") : STATUS_OK;
}

/* d2 value / dp_i dp_j by central differences. */
static double curvature(const struct numeric_likelihood *problem, const double *parameter, const double *step, int i, int j)
{
    double at[NUMERIC_LIKELIHOOD_MOST], sum = 0.0;
    for (int corner = 0; corner < 4; corner++) {
        const double a = corner & 1 ? -1.0 : 1.0, b = corner & 2 ? -1.0 : 1.0;
        memcpy(at, parameter, (size_t)problem->parameters * sizeof *at);
        at[i] += a * step[i];
        at[j] += b * step[j];
        sum += a * b * problem->value(problem->context, at);
    }
    return sum / (4.0 * step[i] * step[j]);
}

int numeric_likelihood_covariance(const struct numeric_likelihood *problem, const double *parameter, const double *step,
                                  double *covariance)
{
    const int n = problem->parameters;
    gsl_error_handler_t *handler = gsl_set_error_handler_off();
    gsl_matrix_view information = gsl_matrix_view_array(covariance, (size_t)n, (size_t)n);
    int bad = 0;
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            const double c = -curvature(problem, parameter, step, i, j);
            covariance[i * n + j] = covariance[j * n + i] = c;
            bad |= !isfinite(c);
        }
    }
    if (!bad) bad = gsl_linalg_cholesky_decomp1(&information.matrix) || gsl_linalg_cholesky_invert(&information.matrix);
    gsl_set_error_handler(handler);
    return bad != 0;
}

double numeric_likelihood_aicc(double value, int parameters, int observations)
{
    const double k = parameters, rest = observations - k - 1.0;
    return rest > 0.0 ? 2.0 * k - 2.0 * value + 2.0 * k * (k + 1.0) / rest : INFINITY;
}
