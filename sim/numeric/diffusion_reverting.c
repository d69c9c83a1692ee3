/* The Ornstein-Uhlenbeck process as a regression: x' = a (1 - phi) + b (t' - phi t) + phi x + e. */
#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "numeric/diffusion.h"
#include "numeric/likelihood.h"
#include "numeric/regression.h"

#define LOG_TWO_PI 1.8378770664093453
enum { COLUMNS = 3 };

/* (k - 1 + e^-k) / k^2 and (1 - e^-k) / k, also for small k. */
static double half_of(double k)
{
    if (k < 0.02) return 0.5 - k * (1.0 / 6 - k * (1.0 / 24 - k * (1.0 / 120 - k / 720)));
    return (k - 1.0 + elementary_exp(-k)) / (k * k);
}

static double one_of(double k)
{
    if (k < 0.02) return 1.0 - k * (0.5 - k * (1.0 / 6 - k * (1.0 / 24 - k / 120)));
    return (1.0 - elementary_exp(-k)) / k;
}

/* Autocorrelation of the means over intervals of an Ornstein-Uhlenbeck process with speed k an interval; it falls with k. */
static double persistence_of_averages(double k)
{
    const double one = one_of(k);
    return one * one / (2.0 * half_of(k));
}

/* k = kappa h behind phi. Of points e^-k; of averages by halving, which needs no memory that might not be there. */
static double speed_of(double phi, int averaged)
{
    double low = 0.0, high = 64.0;
    if (!averaged) return -elementary_log(phi);
    for (int halves = 0; halves < 60; halves++) {
        const double k = 0.5 * (low + high);
        if (persistence_of_averages(k) > phi) low = k;
        else high = k;
    }
    return 0.5 * (low + high);
}

/* volatility^2 x h over the variance of the residuals: from stationary variance = residual / (1 - phi^2), which is
   volatility^2 / (2 kappa) for points and volatility^2 h half(k) / k for averages. */
static double gain_of(double phi, int averaged)
{
    const double k = speed_of(phi, averaged);
    return k / (1.0 - phi * phi) / (averaged ? half_of(k) : 0.5);
}

/* Least squares for phi. */
static int regress(const struct numeric_diffusion_series *s, double *memory, struct report *report,
                   struct numeric_diffusion_fit *fit)
{
    const int n = s->count - 1, columns = s->growth_given ? 2 : 3;
    double *response = memory, *design = memory + n, coefficient[COLUMNS], error[COLUMNS];
    const double slope = s->growth_given ? s->growth * s->years : 0.0;
    struct numeric_regression_fit residual;
    for (int k = 0; k < n; k++) {
        double *row = design + k * columns;
        row[0] = 1.0;
        if (columns == 3) row[1] = k;
        row[columns - 1] = s->log[k] - slope * k;
        response[k] = s->log[k + 1] - slope * (k + 1);
    }
    const struct numeric_regression problem = {n, columns, design, response};
    const int status = numeric_regression_solve(&problem, s->place, s->name, report, coefficient, error, &residual);
    if (status) return status;
    fit->persistence = (struct numeric_estimate){coefficient[columns - 1], error[columns - 1]};
    fit->log_likelihood = -0.5 * n * (LOG_TWO_PI + elementary_log(residual.sum_of_squares / n) + 1.0);
    fit->aicc = numeric_likelihood_aicc(fit->log_likelihood, fit->parameters, n);
    return STATUS_OK;
}

/* E[phi^] - phi = -(1 + 3 phi) / n with a mean (Marriott and Pope 1954; Kendall 1954), -(2 + 4 phi) / n with a trend (Tanaka
   1984; Shaman and Stine 1988), solved for phi. The test of a unit root: MacKinnon (2010), 5%. */
static void correct(const struct numeric_diffusion_series *s, struct numeric_diffusion_fit *fit)
{
    const double n = s->count - 1, phi = fit->persistence.value;
    const double corrected = s->growth_given ? (n * phi + 1.0) / (n - 3.0) : (n * phi + 2.0) / (n - 4.0);
    fit->bias = phi - corrected;
    fit->corrected = s->uncorrected ? phi : corrected;
    fit->unit_root = (phi - 1.0) / fit->persistence.error;
    fit->unit_root_critical = s->growth_given ? -2.86154 - 2.8903 / n - 4.234 / (n * n) - 40.04 / (n * n * n)
                                              : -3.41049 - 4.3904 / n - 9.036 / (n * n) - 45.374 / (n * n * n);
    fit->usable = fit->corrected > 0.0 && fit->corrected < 1.0;
    if (fit->corrected >= 1.0)
        fit->why = s->uncorrected ? "it does not return: phi is 1 or more"
                                  : "no mean reversion is left once the bias of small samples is taken out";
    if (fit->corrected <= 0.0) fit->why = "it turns back within one interval: take a series with shorter ones";
}

/* Trend and residuals at the phi that is taken. Time is measured from the last observation, so that the constant is the trend
 * there. */
static int regress_trend(const struct numeric_diffusion_series *s, double *memory, struct report *report,
                         struct numeric_diffusion_fit *fit, struct numeric_estimate *trend, double *deviation)
{
    const int n = s->count - 1, columns = s->growth_given ? 1 : 2;
    const double phi = fit->corrected, slope = s->growth_given ? s->growth * s->years : 0.0;
    double *response = memory, *design = memory + n, coefficient[COLUMNS], error[COLUMNS];
    struct numeric_regression_fit residual;
    for (int k = 0; k < n; k++) {
        const double before = k - n, now = before + 1.0;
        design[k * columns] = 1.0 - phi;
        if (columns == 2) design[k * columns + 1] = now - phi * before;
        response[k] = s->log[k + 1] - slope * now - phi * (s->log[k] - slope * before);
    }
    const struct numeric_regression problem = {n, columns, design, response};
    const int status = numeric_regression_solve(&problem, s->place, s->name, report, coefficient, error, &residual);
    if (status) return status;
    *trend = (struct numeric_estimate){coefficient[0], error[0]};
    fit->growth = s->growth_given ? (struct numeric_estimate){s->growth, 0.0}
                                  : (struct numeric_estimate){coefficient[1] / s->years, error[1] / s->years};
    *deviation = sqrt(residual.sum_of_squares / (n - columns - 1));
    return STATUS_OK;
}

/* From phi and the residuals to rates a year; errors by the delta method. start_gap is measured from the trend of the mean,
   e^{volatility^2 / (4 kappa)} above that of the logs. */
static void convert(const struct numeric_diffusion_series *s, struct numeric_diffusion_fit *fit, struct numeric_estimate trend,
                    double deviation)
{
    const double n = s->count - 1, phi = fit->corrected, step = 1e-4 * (1.0 - phi) * phi, h = s->years;
    const double wider = s->uncorrected ? 1.0 : n / (n - (s->growth_given ? 3.0 : 4.0)),
                 phi_error = fit->persistence.error * wider;
    const double kappa = speed_of(phi, s->averaged) / h, volatility = deviation * sqrt(gain_of(phi, s->averaged) / h);
    const double kappa_slope = (speed_of(phi + step, s->averaged) - speed_of(phi - step, s->averaged)) / (2.0 * step * h);
    const double gain_slope =
        deviation * (sqrt(gain_of(phi + step, s->averaged) / h) - sqrt(gain_of(phi - step, s->averaged) / h)) / (2.0 * step);
    const double by_deviation = volatility / sqrt(2.0 * n), by_phi = gain_slope * phi_error,
                 shift = volatility * volatility / (4.0 * kappa);
    fit->mean_reversion = (struct numeric_estimate){kappa, fabs(kappa_slope) * phi_error};
    fit->volatility = (struct numeric_estimate){volatility, sqrt(by_deviation * by_deviation + by_phi * by_phi)};
    const double by_shift = shift * fit->mean_reversion.error / kappa;
    fit->trend = trend.value;
    fit->start_gap = (struct numeric_estimate){s->log[s->count - 1] - trend.value - shift,
                                               sqrt(trend.error * trend.error + by_shift * by_shift)};
}

int numeric_diffusion_fit_reverting(const struct numeric_diffusion_series *s, struct report *report,
                                    struct numeric_diffusion_fit *fit)
{
    struct numeric_estimate trend;
    double deviation;
    *fit = (struct numeric_diffusion_fit){.model = NUMERIC_REVERTING, .parameters = s->growth_given ? 3 : 4};
    double *memory = malloc((size_t)(s->count * (COLUMNS + 1)) * sizeof *memory);
    if (!memory) return report_error(report, STATUS_MEMORY, s->place, s->name, "out of memory for a fit");
    int status = regress(s, memory, report, fit);
    if (!status) correct(s, fit);
    if (!status && fit->usable) {
        status = regress_trend(s, memory, report, fit, &trend, &deviation);
        if (!status) convert(s, fit, trend, deviation);
    }
    free(memory);
    return status;
}
