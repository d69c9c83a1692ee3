#include "numeric/chain.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

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
                return report_error(report, STATUS_INPUT, place, name, "rate from regime %d to %d, got '%g', want >= 0", i, j,
                                    rate);
            generator[i * n + j] = rate;
            out += rate;
        }
        generator[i * n + i] = -out;
    }
    return status;
}

/* Repeated squaring takes rows off 1, by 1e-10 where rates are high. No entry falls below 0: the series is summed for a
   step so short that its terms have the sign of the first. */
static void chain_repair(int n, double *step)
{
    for (int i = 0; i < n; i++) {
        double *row = step + i * n, sum = 0.0;
        for (int j = 0; j < n; j++) sum += row[j];
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
    gsl_matrix_view in = gsl_matrix_view_array(scaled, (size_t)n, (size_t)n);
    gsl_matrix_view out = gsl_matrix_view_array(step, (size_t)n, (size_t)n);
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

/* A regime that can be reached from every other; -1 if there is none. */
static int chain_common(int n, const double *generator)
{
    int reach[NUMERIC_CHAIN_MOST][NUMERIC_CHAIN_MOST];
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) reach[i][j] = i == j || generator[i * n + j] > 0.0;
    for (int k = 0; k < n; k++)
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) reach[i][j] |= reach[i][k] && reach[k][j];
    for (int j = 0; j < n; j++) {
        int all = 1;
        for (int i = 0; i < n; i++) all = all && reach[i][j];
        if (all) return j;
    }
    return -1;
}

/* Grassmann, Taksar and Heyman, Oper. Res. 33 (1985) 1107-1116: fold the last regime into the others, one after another, down to
   regime 0, which all reach. No subtraction, so small shares keep their digits. */
static void chain_fold(int n, double *rate)
{
    for (int k = n - 1; k > 0; k--) {
        double out = 0.0;
        for (int j = 0; j < k; j++) out += rate[k * n + j];
        for (int i = 0; i < k; i++) {
            double share = rate[i * n + k] /= out;
            for (int j = 0; j < k; j++)
                if (i != j) rate[i * n + j] += share * rate[k * n + j];
        }
    }
}

int numeric_chain_stationary(int n, const double *generator, struct place place, const char *name, struct report *report,
                             double *share)
{
    double rate[NUMERIC_CHAIN_MOST * NUMERIC_CHAIN_MOST], own[NUMERIC_CHAIN_MOST] = {1.0}, sum = 1.0;
    int status = chain_check_size(n, place, name, report);
    if (status) return status;
    int first = chain_common(n, generator);
    if (first < 0)
        return report_error(report, STATUS_INPUT, place, name,
                            "long-run shares depend on the start: want a regime that all others reach");
    for (int i = 0; i < n; i++) /* `first` in front */
        for (int j = 0; j < n; j++) rate[i * n + j] = generator[(i + first) % n * n + (j + first) % n];
    chain_fold(n, rate);
    for (int k = 1; k < n; k++) {
        for (int i = 0; i < k; i++) own[k] += own[i] * rate[i * n + k];
        sum += own[k];
    }
    for (int k = 0; k < n; k++) share[(k + first) % n] = own[k] / sum;
    return STATUS_OK;
}
