/* The parts of the market and the contract against closed forms: |z| at most 4, with the standard error from the run and a
   bound on it, so that an inflated error cannot hide a fault. */
#include <criterion/criterion.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "bench.h"

enum { STEPS = 6, BLOCKS = 4096 };
#define PATHS (4096.0 * (double)BLOCK_PATHS)

enum quantity { GBM, OU_LEVEL, OU_LOG, TWIN, PRODUCT, GBM_LOG, TWIN_LOG, TARIFF, ALIVE, SHORTFALL, MADE, QUANTITIES };

struct sums { /* by step */
    double sum[QUANTITIES][STEPS], square[QUANTITIES][STEPS];
};

struct context {
    const struct engine_plan *plan;
    struct sums *sums;
};

static const double *at_step(const lanes *column, int step)
{
    return (const double *)(const void *)column + (size_t)step * BLOCK_PATHS;
}

static void add(struct sums *sums, enum quantity q, int step, double x)
{
    sums->sum[q][step] += x;
    sums->square[q][step] += x * x;
}

static void gather(void *context, const struct engine_block *block, int step)
{
    const struct context *c = context;
    const struct market_plan *market = &c->plan->market;
    const double *gbm = at_step(block->market.level[market->slot[MARKET_DEMAND][0]], step);
    const double *ou = at_step(block->market.level[market->slot[MARKET_DEMAND][1]], step);
    const double *twin = at_step(block->market.level[market->slot[MARKET_DEMAND][2]], step);
    const double *tariff = at_step(block->market.tariff[market->corridor_slot[0][1]], step);
    const double *support = at_step(block->market.support[0], step);
    const double *fee = at_step(block->contract.take_or_pay[0], 0), *made = at_step(block->venture.made[0], 0);
    for (int l = 0; l < BLOCK_PATHS; l++) {
        const double x = log(gbm[l]), y = log(twin[l]);
        add(c->sums, GBM, step, gbm[l]);
        add(c->sums, OU_LEVEL, step, ou[l]);
        add(c->sums, OU_LOG, step, log(ou[l]));
        add(c->sums, TWIN, step, twin[l]);
        add(c->sums, GBM_LOG, step, x);
        add(c->sums, TWIN_LOG, step, y);
        add(c->sums, PRODUCT, step, x * y);
        add(c->sums, TARIFF, step, tariff[l]);
        add(c->sums, ALIVE, step, support[l]);
        add(c->sums, SHORTFALL, step, fee[l]);
        add(c->sums, MADE, step, made[l]);
    }
}

static void run(struct sums *sums)
{
    struct bench_deal bench;
    struct engine_block block;
    memset(sums, 0, sizeof *sums);
    bench_deal_load(&bench, TESTS_DIR "/reference/deals/closed_forms.yaml");
    struct context context = {&bench.plan, sums};
    const struct engine_level *level = NULL;
    cr_assert_eq(engine_level_choose(&level, &bench.report), STATUS_OK);
    cr_assert_eq(engine_block_init(&block, &bench.plan, &bench.report), STATUS_OK);
    for (uint64_t k = 0; k < BLOCKS; k++) level->run(&bench.plan, &block, k * BLOCK_PATHS, gather, &context);
    engine_block_free(&block);
    bench_deal_free(&bench);
}

static double mean_of(const struct sums *s, enum quantity q, int step)
{
    return s->sum[q][step] / PATHS;
}
static double variance_of(const struct sums *s, enum quantity q, int step)
{
    const double mean = mean_of(s, q, step);
    return s->square[q][step] / PATHS - mean * mean;
}

/* `bound` is the greatest standard error that the check accepts. */
static void expect_mean(const struct sums *s, enum quantity q, int step, double want, double bound, const char *what)
{
    const double error = sqrt(variance_of(s, q, step) / PATHS), z = (mean_of(s, q, step) - want) / error;
    cr_expect(error <= bound, "%s step %d: standard error %g above %g", what, step, error, bound);
    cr_expect(fabs(z) <= 4, "%s step %d: got %g, want %g, z = %.2f", what, step, mean_of(s, q, step), want, z);
}

/* Standard error of a sample variance of normals: var sqrt(2 / n). */
static void expect_variance(const struct sums *s, enum quantity q, int step, double want, const char *what)
{
    const double z = (variance_of(s, q, step) - want) / (want * sqrt(2.0 / PATHS));
    cr_expect(fabs(z) <= 4, "%s step %d: variance %g, want %g, z = %.2f", what, step, variance_of(s, q, step), want, z);
}

Test(reference_closed_forms, levels_have_their_mean_and_variance)
{
    struct sums s;
    run(&s);
    for (int n = 0; n < STEPS; n++) {
        const double t = n + 0.5, kappa = 0.35, gap = log(13.0 / 16.0);
        const double variance = 0.12 * 0.12 * (1 - exp(-2 * kappa * t)) / (2 * kappa);
        expect_mean(&s, GBM, n, 1.0, 0.0016, "Brownian level");
        expect_variance(&s, GBM_LOG, n, 0.075 * t, "Brownian log");
        expect_mean(&s, TWIN, n, exp(0.03 * t), 0.0007, "growing level");
        expect_mean(&s, OU_LEVEL, n, exp(gap * exp(-kappa * t)), 0.0004, "mean-reverting level");
        expect_variance(&s, OU_LOG, n, variance, "mean-reverting log");
        const double covariance = mean_of(&s, PRODUCT, n) - mean_of(&s, GBM_LOG, n) * mean_of(&s, TWIN_LOG, n);
        const double rho = covariance / sqrt(variance_of(&s, GBM_LOG, n) * variance_of(&s, TWIN_LOG, n));
        cr_expect(fabs(rho - 0.4) <= 4 * (1 - 0.16) / sqrt(PATHS), "step %d: correlation %g", n, rho);
    }
}

/* Expectation of the rate under e^{Q t} from the second regime, matrix exponential by GSL. */
Test(reference_closed_forms, tariffs_follow_their_generator)
{
    struct sums s;
    run(&s);
    const double q[9] = {-0.10, 0.03, 0.07, 0.06, -0.16, 0.10, 0.05, 0.60, -0.65}, tau[3] = {0.025, 0.15, 0.275};
    for (int n = 0; n < STEPS; n++) {
        double scaled[9], power[9], want = 0;
        for (int k = 0; k < 9; k++) scaled[k] = q[k] * (n + 0.5);
        gsl_matrix_view from = gsl_matrix_view_array(scaled, 3, 3), to = gsl_matrix_view_array(power, 3, 3);
        gsl_linalg_exponential_ss(&from.matrix, &to.matrix, GSL_PREC_DOUBLE);
        for (int k = 0; k < 3; k++) want += power[3 + k] * tau[k];
        expect_mean(&s, TARIFF, n, want, 0.0002, "tariff");
    }
}

Test(reference_closed_forms, support_survives_as_its_hazard_says)
{
    struct sums s;
    run(&s);
    for (int n = 0; n < STEPS; n++) expect_mean(&s, ALIVE, n, exp(-0.05 * (n + 1)), 0.001, "support");
}

/* Q lognormal with mean 100 and sd of the log 0.25 sqrt(3): E max(80 - Q, 0) = 7.3896, E min(Q, 120) = 89.5293 (undiscounted
   Black-Scholes; the average through a minimum is not the minimum of the average). */
Test(reference_closed_forms, minima_are_averaged_path_by_path)
{
    struct sums s;
    run(&s);
    expect_mean(&s, SHORTFALL, 2, 7.3896, 0.025, "take-or-pay shortfall");
    expect_mean(&s, MADE, 2, 89.5293, 0.055, "volume under capacity");
}
