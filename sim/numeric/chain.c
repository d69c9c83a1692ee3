#include "numeric/chain.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

static int chain_check_size(int n, struct place place, const char *name, struct report *report)
{
    if (n >= 1 && n <= NUMERIC_CHAIN_MOST) return STATUS_OK;
    return report_error(report, STATUS_INPUT, place, name, "chain of '%d' regimes, want 1 to %d", n, (int)NUMERIC_CHAIN_MOST);
}

int numeric_chain_generator(int n, const double *rates, struct place place, const char *name, struct report *report,
                            double *generator)
{
    int status = chain_check_size(n, place, name, report);
    for (int i = 0; i < n && !status; i++) {
        double out = 0.0;
        for (int j = 0; j < n; j++) {
            double rate = rates[i * n + j];
            if (i == j) continue;
            if (!(rate >= 0.0 && rate < INFINITY))
                return report_error(report, STATUS_INPUT, place, name, "rate from regime %d to %d, got '%g', want >= 0", i, j, rate);
            generator[i * n + j] = rate;
            out += rate;
        }
        generator[i * n + i] = -out;
    }
    return status;
}

/* Rounding leaves entries a little below 0 and rows a little off 1. */
static void chain_repair(int n, double *step)
{
    for (int i = 0; i < n; i++) {
        double *row = step + i * n, sum = 0.0;
        for (int j = 0; j < n; j++) {
            row[j] = fmax(row[j], 0.0);
            sum += row[j];
        }
        for (int j = 0; j < n; j++) row[j] /= sum;
    }
}

int numeric_chain_step(int n, const double *generator, double years, struct report *report, double *step)
{
    static const struct place nowhere;
    double scaled[NUMERIC_CHAIN_MOST * NUMERIC_CHAIN_MOST];
    int status = chain_check_size(n, nowhere, NULL, report);
    if (status) return status;
    for (int i = 0; i < n * n; i++) scaled[i] = generator[i] * years;
    gsl_matrix_view in = gsl_matrix_view_array(scaled, (size_t)n, (size_t)n), out = gsl_matrix_view_array(step, (size_t)n, (size_t)n);
    int failed = gsl_linalg_exponential_ss(&in.matrix, &out.matrix, GSL_PREC_DOUBLE);
    for (int i = 0; i < n * n && !failed; i++) failed = isfinite(step[i]) ? 0 : GSL_EFAILED;
    if (failed)
        return report_error(report, STATUS_INTERNAL, nowhere, NULL, "matrix exponential of a chain: %s", gsl_strerror(failed));
    chain_repair(n, step);
    return STATUS_OK;
}

void numeric_chain_cumulative(int n, const double *step, double *cumulative)
{
    for (int i = 0; i < n; i++) {
        double sum = 0.0;
        for (int j = 0; j < n; j++) {
            sum += step[i * n + j];
            cumulative[i * n + j] = fmin(sum, 1.0);
        }
        /* A regime that cannot be reached must not be drawn because the sum stops at 1 - 2^-53. */
        for (int j = n - 1; j >= 0; j--) {
            cumulative[i * n + j] = 1.0;
            if (step[i * n + j] > 0.0) break;
        }
    }
}

/* Grassmann, Taksar and Heyman, Oper. Res. 33 (1985) 1107-1116: fold the last regime into the others, one after another, then
   unfold. No subtraction, so small shares keep their digits. Returns the regime that does not reach the earlier ones, or 0. */
static int chain_fold(int n, double *rate)
{
    for (int k = n - 1; k > 0; k--) {
        double out = 0.0;
        for (int j = 0; j < k; j++) out += rate[k * n + j];
        if (!(out > 0.0)) return k;
        for (int i = 0; i < k; i++) {
            double share = rate[i * n + k] /= out;
            for (int j = 0; j < k; j++)
                if (i != j) rate[i * n + j] += share * rate[k * n + j];
        }
    }
    return 0;
}

int numeric_chain_stationary(int n, const double *generator, struct place place, const char *name, struct report *report,
                             double *share)
{
    double rate[NUMERIC_CHAIN_MOST * NUMERIC_CHAIN_MOST], sum = 1.0;
    int status = chain_check_size(n, place, name, report);
    if (status) return status;
    memcpy(rate, generator, (size_t)n * (size_t)n * sizeof *rate);
    int stuck = chain_fold(n, rate);
    if (stuck)
        return report_error(report, STATUS_INPUT, place, name,
                            "no long-run shares: regime %d, or those after it, cannot be left for the earlier ones", stuck);
    share[0] = 1.0;
    for (int k = 1; k < n; k++) {
        share[k] = 0.0;
        for (int i = 0; i < k; i++) share[k] += share[i] * rate[i * n + k];
        sum += share[k];
    }
    for (int k = 0; k < n; k++) share[k] /= sum;
    return STATUS_OK;
}
