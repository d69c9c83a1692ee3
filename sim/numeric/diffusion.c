#include "numeric/diffusion.h"

#include <math.h>

#include "base/elementary.h"
#include "numeric/likelihood.h"

#define LOG_TWO_PI 1.8378770664093453

static double mean_change(const struct numeric_diffusion_series *s)
{
    return (s->log[s->count - 1] - s->log[0]) / (s->count - 1);
}

/* Sum of (change - mean)^2. */
static double sum_of_squares(const struct numeric_diffusion_series *s, double mean)
{
    double sum = 0.0;
    for (int k = 1; k < s->count; k++) {
        const double from = s->log[k] - s->log[k - 1] - mean;
        sum += from * from;
    }
    return sum;
}

/* With the growth given, the drift growth - variance / 2 depends on what it is needed for: a contraction. */
static double variance_of(const struct numeric_diffusion_series *s, double point, double *drift)
{
    const int n = s->count - 1;
    double variance = sum_of_squares(s, mean_change(s)) / (n - 1);
    *drift = mean_change(s);
    for (int k = 0; s->growth_given && k < 50; k++) {
        *drift = (s->growth * s->years - 0.5 * variance * point);
        variance = sum_of_squares(s, *drift) / n;
    }
    return variance;
}

/* Averages over the interval: their changes have 2/3 of the variance of the level's, and autocorrelation 1/4 (Working 1960),
   which makes the variance of a sample variance larger by 1 + 2 / 16. */
int numeric_diffusion_fit_brownian(const struct numeric_diffusion_series *s, struct report *report,
                                   struct numeric_diffusion_fit *fit)
{
    const int n = s->count - 1;
    const double point = s->averaged ? 1.5 : 1.0, dependence = s->averaged ? 1.125 : 1.0, time = n * s->years;
    double drift;
    *fit = (struct numeric_diffusion_fit){.model = NUMERIC_BROWNIAN, .usable = 1, .parameters = s->growth_given ? 1 : 2};
    const double variance = variance_of(s, point, &drift);
    if (!(variance > 1e-24))
        return report_error(report, STATUS_INPUT, s->place, s->name, "the values do not change, want a series that moves");
    const double yearly = variance * point / s->years, volatility = sqrt(yearly);
    fit->volatility = (struct numeric_estimate){volatility, volatility * sqrt(dependence / (2.0 * n))};
    const double of_mean = yearly / time, of_variance = volatility * fit->volatility.error;
    fit->growth = s->growth_given
                      ? (struct numeric_estimate){s->growth, 0.0}
                      : (struct numeric_estimate){drift / s->years + 0.5 * yearly, sqrt(of_mean + of_variance * of_variance)};
    fit->log_likelihood = -0.5 * n * (LOG_TWO_PI + elementary_log(sum_of_squares(s, drift) / n) + 1.0);
    fit->aicc = numeric_likelihood_aicc(fit->log_likelihood, fit->parameters, n);
    return STATUS_OK;
}

static void residual_reverting(const struct numeric_diffusion_series *s, const struct numeric_diffusion_fit *fit,
                               double *residual)
{
    const double trend_log = fit->trend, slope = fit->growth.value * s->years;
    for (int k = 1; k < s->count; k++) {
        const double before = s->log[k - 1] - trend_log - slope * (k - s->count),
                     now = s->log[k] - trend_log - slope * (k + 1 - s->count);
        residual[k - 1] = now - fit->corrected * before;
    }
}

void numeric_diffusion_residual(const struct numeric_diffusion_series *s, const struct numeric_diffusion_fit *fit,
                                double *residual)
{
    const double mean = mean_change(s);
    if (fit->model == NUMERIC_REVERTING) {
        residual_reverting(s, fit, residual);
        return;
    }
    for (int k = 1; k < s->count; k++) residual[k - 1] = s->log[k] - s->log[k - 1] - mean;
}

double numeric_diffusion_autocorrelation(const struct numeric_diffusion_series *s)
{
    const double mean = mean_change(s);
    double sum = 0.0;
    for (int k = 2; k < s->count; k++) sum += (s->log[k] - s->log[k - 1] - mean) * (s->log[k - 1] - s->log[k - 2] - mean);
    return sum / sum_of_squares(s, mean);
}

struct numeric_estimate numeric_diffusion_correlation(const double *a, const double *b, int n)
{
    double mean_a = 0.0, mean_b = 0.0, aa = 0.0, bb = 0.0, ab = 0.0;
    for (int k = 0; k < n; k++) mean_a += a[k] / n, mean_b += b[k] / n;
    for (int k = 0; k < n; k++) {
        aa += (a[k] - mean_a) * (a[k] - mean_a);
        bb += (b[k] - mean_b) * (b[k] - mean_b);
        ab += (a[k] - mean_a) * (b[k] - mean_b);
    }
    const double r = aa > 0.0 && bb > 0.0 ? ab / sqrt(aa * bb) : 0.0;
    return (struct numeric_estimate){r, (1.0 - r * r) / sqrt(n - 1.0)};
}
