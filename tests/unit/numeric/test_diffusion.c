/* Parameters that are known, found again: series from our own streams, in the exact discretisation of market/factor.c. */
#include "numeric/diffusion.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/status.h"
#include "random/random.h"

enum { MOST = 6000 };
static struct report report;
static double logs[MOST];
static int drawn;

static void set_up(void)
{
    report_init(&report);
    drawn = 0;
}
static void tear_down(void)
{
    report_free(&report);
}
TestSuite(diffusion, .init = set_up, .fini = tear_down);

/* Stream `path` of this test, one number after the other. */
static double uniform(uint64_t path)
{
    return random_uniform_single(random_stream_key(7, "test.diffusion"), path, (uint32_t)drawn++);
}
static double normal(uint64_t path)
{
    return elementary_normal_quantile(uniform(path));
}

static struct numeric_diffusion_series series_of(int count, double years)
{
    return (struct numeric_diffusion_series){
        .count = count, .log = logs, .years = years, .place = {"made.csv", 0, 0}, .name = "level"};
}

/* Levels as the engine makes them, at points `years` apart; averaged: means of `fine` points within each interval. */
static void make_reverting(uint64_t path, int count, int fine, double years, double growth, double volatility, double kappa)
{
    const double h = years / fine, decay = exp(-kappa * h),
                 spread = volatility * (kappa > 0 ? sqrt(-expm1(-2 * kappa * h) / (2 * kappa)) : sqrt(h));
    double x = kappa > 0 ? volatility / sqrt(2 * kappa) * normal(path) : 0.0;
    for (int k = 0; k < count; k++) {
        double sum = 0.0;
        for (int f = 0; f < fine; f++) {
            const double t = k * years + f * h;
            x = x * decay + spread * normal(path);
            sum += (growth - (kappa > 0 ? 0.0 : 0.5 * volatility * volatility)) * t + x;
        }
        logs[k] = sum / fine;
    }
}

static void make_jumps(int count, double years, double growth, double volatility, double rate, double mean, double width)
{
    const double drift = growth - 0.5 * volatility * volatility - rate * (exp(mean + 0.5 * width * width) - 1.0);
    logs[0] = 0.0;
    for (int k = 1; k < count; k++) {
        double jump = 0.0;
        for (double left = 1.0 + log(uniform(5)) / (rate * years); left > 0.0; left += log(uniform(5)) / (rate * years))
            jump += mean + width * normal(5);
        logs[k] = logs[k - 1] + drift * years + volatility * sqrt(years) * normal(5) + jump;
    }
}

static void expect_near(struct numeric_estimate estimate, double truth, const char *what)
{
    cr_expect(estimate.error > 0.0 && fabs(estimate.value - truth) <= 4.0 * estimate.error, "%s: %g +- %g, not %g", what,
              estimate.value, estimate.error, truth);
}

Test(diffusion, finds_growth_and_volatility_of_a_random_walk)
{
    struct numeric_diffusion_fit fit;
    struct numeric_diffusion_series s = series_of(601, 1.0 / 12);
    make_reverting(1, 601, 1, 1.0 / 12, 0.08, 0.25, 0.0);
    cr_assert_eq(numeric_diffusion_fit_brownian(&s, &report, &fit), STATUS_OK);
    expect_near(fit.growth, 0.08, "growth");
    expect_near(fit.volatility, 0.25, "volatility");
    cr_expect_float_eq(fit.volatility.error, fit.volatility.value / sqrt(1200.0), 1e-15);
    s.growth_given = 1;
    s.growth = 0.08;
    cr_assert_eq(numeric_diffusion_fit_brownian(&s, &report, &fit), STATUS_OK);
    expect_near(fit.volatility, 0.25, "volatility, growth given");
    cr_expect_eq(fit.growth.error, 0.0);
    cr_expect_eq(fit.parameters, 1);
}

/* Ten changes, by hand: squares nine of 0.01 and one of 0.04, mean 0.3 / 10. */
Test(diffusion, is_the_sample_deviation_of_the_changes)
{
    static const double changes[] = {0.1, -0.1, 0.1, -0.1, 0.2, 0.1, -0.1, 0.1, -0.1, 0.1};
    struct numeric_diffusion_fit fit;
    struct numeric_diffusion_series s = series_of(11, 0.25);
    logs[0] = 3.0;
    for (int k = 0; k < 10; k++) logs[k + 1] = logs[k] + changes[k];
    cr_assert_eq(numeric_diffusion_fit_brownian(&s, &report, &fit), STATUS_OK);
    const double variance = (0.13 - 10 * 0.03 * 0.03) / 9;
    cr_expect_float_eq(fit.volatility.value, sqrt(variance / 0.25), 1e-12);
    cr_expect_float_eq(fit.growth.value, 0.03 / 0.25 + 0.5 * variance / 0.25, 1e-12);
}

Test(diffusion, finds_the_way_back_to_the_trend)
{
    struct numeric_diffusion_fit fit;
    struct numeric_diffusion_series s = series_of(1200, 1.0 / 12);
    make_reverting(2, 1200, 1, 1.0 / 12, 0.03, 0.3, 0.8);
    cr_assert_eq(numeric_diffusion_fit_reverting(&s, &report, &fit), STATUS_OK);
    cr_assert(fit.usable, "%s", fit.why);
    expect_near(fit.growth, 0.03, "growth");
    expect_near(fit.volatility, 0.3, "volatility");
    expect_near(fit.mean_reversion, 0.8, "mean reversion");
    cr_expect_lt(fit.unit_root, fit.unit_root_critical, "%g %g", fit.unit_root, fit.unit_root_critical);
    cr_expect_float_eq(fit.start_gap.value,
                       logs[1199] - fit.trend - fit.volatility.value * fit.volatility.value / (4 * fit.mean_reversion.value),
                       1e-12);
    s.growth_given = 1;
    s.growth = 0.03;
    cr_assert_eq(numeric_diffusion_fit_reverting(&s, &report, &fit), STATUS_OK);
    expect_near(fit.mean_reversion, 0.8, "mean reversion, growth given");
}

/* Means over each interval understate what moves them: sqrt(2/3) of the volatility of a random walk (Working 1960). */
Test(diffusion, undoes_what_averaging_hides)
{
    struct numeric_diffusion_fit fit;
    struct numeric_diffusion_series s = series_of(1200, 1.0 / 12);
    make_reverting(3, 1200, 12, 1.0 / 12, 0.0, 0.3, 0.0);
    cr_assert_eq(numeric_diffusion_fit_brownian(&s, &report, &fit), STATUS_OK);
    cr_expect_float_eq(fit.volatility.value, 0.3 * sqrt(2.0 / 3.0), 0.02);
    cr_expect_float_eq(numeric_diffusion_autocorrelation(&s), 0.25, 0.1);
    s.averaged = 1;
    cr_assert_eq(numeric_diffusion_fit_brownian(&s, &report, &fit), STATUS_OK);
    expect_near(fit.volatility, 0.3, "volatility");
    make_reverting(4, 1200, 12, 1.0, 0.0, 0.3, 0.8); /* half of a deviation is gone after an interval */
    s.years = 1.0;
    cr_assert_eq(numeric_diffusion_fit_reverting(&s, &report, &fit), STATUS_OK);
    expect_near(fit.volatility, 0.3, "volatility of a reverting level");
    expect_near(fit.mean_reversion, 0.8, "mean reversion");
    s.averaged = 0;
    cr_assert_eq(numeric_diffusion_fit_reverting(&s, &report, &fit), STATUS_OK);
    cr_expect_lt(fit.volatility.value + 4 * fit.volatility.error, 0.3, "uncorrected it is too low, %g", fit.volatility.value);
}

/* 40 annual values of phi 0.7, 1,000 times: least squares gives 0.7 - 3.1/40 on average, corrected 0.7 but for the second order.
 */
static double mean_phi(int growth_given, int uncorrected, double *error)
{
    double sum = 0.0, squares = 0.0;
    const int times = 400;
    for (int k = 0; k < times; k++) {
        struct numeric_diffusion_fit fit;
        struct numeric_diffusion_series s = series_of(41, 1.0);
        s.growth_given = growth_given;
        drawn = 0;
        make_reverting(100 + (uint64_t)k, 41, 1, 1.0, 0.0, 0.1, -log(0.7));
        cr_assert_eq(numeric_diffusion_fit_reverting(&s, &report, &fit), STATUS_OK);
        const double phi = uncorrected ? fit.persistence.value : fit.persistence.value - fit.bias;
        sum += phi / times;
        squares += phi * phi / times;
    }
    *error = sqrt((squares - sum * sum) / times);
    return sum;
}

Test(diffusion, takes_the_bias_of_small_samples_out)
{
    double error;
    cr_expect_float_eq(mean_phi(1, 1, &error), 0.7 - 3.1 / 40, 4 * error + 0.01);
    cr_expect_float_eq(mean_phi(1, 0, &error), 0.7, 4 * error + 0.01);
    cr_expect_float_eq(mean_phi(0, 1, &error), 0.7 - 4.8 / 40, 4 * error + 0.02);
    cr_expect_float_eq(mean_phi(0, 0, &error), 0.7, 4 * error + 0.02);
    cr_expect_lt(mean_phi(0, 1, &error), 0.63, "the bias is there");
}

Test(diffusion, finds_rare_jumps)
{
    struct numeric_diffusion_fit fit, plain;
    struct numeric_diffusion_series s = series_of(600, 1.0 / 12);
    make_jumps(600, 1.0 / 12, 0.05, 0.15, 0.8, -0.1, 0.2);
    cr_assert_eq(numeric_diffusion_fit_jumps(&s, &report, &fit), STATUS_OK);
    cr_assert(fit.usable, "%s", fit.why);
    expect_near(fit.growth, 0.05, "growth");
    expect_near(fit.volatility, 0.15, "volatility");
    expect_near(fit.jump_rate, 0.8, "rate");
    expect_near(fit.jump_mean, -0.1, "mean of a jump");
    expect_near(fit.jump_volatility, 0.2, "volatility of a jump");
    /* The mean of the changes is that of the mixture but for how the fit weighs them. */
    const double width = fit.jump_volatility.value, jump = fit.jump_mean.value, sigma = fit.volatility.value;
    const double compensator = 0.5 * sigma * sigma + fit.jump_rate.value * (exp(jump + 0.5 * width * width) - 1.0 - jump);
    cr_expect_float_eq(fit.growth.value, (logs[599] - logs[0]) / (599 / 12.0) + compensator, 0.01, "%g", fit.growth.value);
    cr_assert_eq(numeric_diffusion_fit_brownian(&s, &report, &plain), STATUS_OK);
    cr_expect_lt(fit.aicc + 20, plain.aicc);
    s.averaged = 1;
    cr_assert_eq(numeric_diffusion_fit_jumps(&s, &report, &fit), STATUS_OK);
    cr_expect_not(fit.usable);
}

Test(diffusion, correlates_what_is_left)
{
    double a[400], b[400];
    for (int k = 0; k < 400; k++) {
        a[k] = normal(8);
        b[k] = 0.6 * a[k] + 0.8 * normal(8);
    }
    const struct numeric_estimate r = numeric_diffusion_correlation(a, b, 400);
    expect_near(r, 0.6, "correlation");
    cr_expect_float_eq(r.error, (1 - r.value * r.value) / sqrt(399.0), 1e-15);
}

Test(diffusion, needs_a_series_that_moves_errors)
{
    struct numeric_diffusion_fit fit;
    struct numeric_diffusion_series s = series_of(20, 1.0);
    for (int k = 0; k < 20; k++) logs[k] = 1.0;
    cr_expect_eq(numeric_diffusion_fit_brownian(&s, &report, &fit), STATUS_INPUT);
    cr_expect_eq(numeric_diffusion_fit_jumps(&s, &report, &fit), STATUS_INPUT);
    cr_expect_str_eq(report.message[0], "made.csv: error: level: the values do not change, want a series that moves");
    for (int k = 0; k < 20; k++) logs[k] = k % 2; /* turns at once */
    s.growth_given = 1;
    cr_expect_eq(numeric_diffusion_fit_reverting(&s, &report, &fit), STATUS_OK);
    cr_expect_not(fit.usable);
    for (int k = 0; k < 20; k++) logs[k] = 0.01 * k * k; /* runs away */
    cr_expect_eq(numeric_diffusion_fit_reverting(&s, &report, &fit), STATUS_OK);
    cr_expect_not(fit.usable);
}
