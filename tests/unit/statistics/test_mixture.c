#include "fixture.h"
#include "statistics/order.h"
#include "statistics/sort.h"

enum { PATHS = 5000 };

static struct report report;
static struct statistics_plan plan;
static struct statistics_run run[2];
static double *flat[3];

static void begin(size_t memory)
{
    report_init(&report);
    study_plan(&plan, PATHS, memory, &report);
    for (int s = 0; s < 2; s++) {
        cr_assert_eq(statistics_run_init(&run[s], &plan, &report), STATUS_OK);
        study_run(&run[s], PATHS, (uint64_t)s * 1000003 + 1, &report);
        flat[s] = malloc(plan.doubles * sizeof **flat);
        cr_assert_eq(statistics_run_result(&run[s], flat[s], &report), STATUS_OK);
    }
    flat[2] = malloc(plan.doubles * sizeof **flat);
}

static void end(void)
{
    for (int s = 0; s < 2; s++) statistics_run_free(&run[s]);
    for (int s = 0; s < 3; s++) free(flat[s]);
    statistics_plan_free(&plan);
    report_free(&report);
}

static void mix(double first, double second, int with_runs, int common)
{
    double weight[] = {first, second};
    struct statistics_run *const runs[] = {&run[0], &run[1]};
    const double *const flats[] = {flat[0], flat[1]};
    cr_assert_eq(statistics_mixture(&plan, 2, weight, flats, with_runs ? runs : NULL, common, flat[2], &report), STATUS_OK);
}

static double at(int s, const char *name, size_t cell)
{
    return study_row(&plan, flat[s], name)[cell];
}

/* Equal weights: the mixture is the pooled sample. */
Test(statistics_mixture, of_equal_weights_is_the_pooled_sample)
{
    begin(0);
    mix(3, 3, 1, 0);
    double *x = malloc(4 * PATHS * sizeof *x);
    for (int s = 0; s < 2; s++) memcpy(x + s * PATHS, statistics_run_sample(&run[s], CAPTURED, 1), PATHS * sizeof *x);
    struct statistics_moments pooled = statistics_moments_of(x, 2 * PATHS);
    statistics_sort(x, x + 2 * PATHS, 2 * PATHS);
    struct statistics_order order = {2 * PATHS, x, NULL};
    cr_expect_float_eq(at(2, "captured_mean", 1), pooled.mean, 1e-11);
    cr_expect_float_eq(at(2, "captured_sd", 1), statistics_moments_deviation(&pooled), 1e-4 * at(2, "captured_sd", 1));
    cr_expect_float_eq(at(2, "captured_skewness", 1), statistics_moments_skewness(&pooled), 1e-3);
    for (size_t q = 0; q < 9; q++) {
        double want = statistics_order_quantile(&order, plan.quantile[q]);
        struct statistics_ranks ranks = statistics_interval_ranks(2 * PATHS, plan.quantile[q], 0.95);
        double low = statistics_order_bound(&order, ranks.low), high = statistics_order_bound(&order, ranks.high);
        cr_expect_float_eq(at(2, "captured_quantile", 9 + q), want, 1e-9);
        cr_expect_float_eq(at(2, "captured_quantile_low", 9 + q), low, 0.15 * (high - low));
        cr_expect_float_eq(at(2, "captured_quantile_high", 9 + q), high, 0.15 * (high - low));
    }
    struct statistics_tail tail = statistics_order_tail(&order, 0.05);
    cr_expect_float_eq(at(2, "captured_cvar", 1), tail.cvar, 1e-9);
    cr_expect_float_eq(at(2, "captured_cvar_high", 1) - tail.cvar, 1.96 * tail.standard_error, 0.03 * tail.standard_error);
    cr_expect(at(2, "paths", 0) == 2 * PATHS);
    free(x);
    end();
}

Test(statistics_mixture, of_one_scenario_is_that_scenario)
{
    begin(0);
    mix(1, 1e-300, 1, 1);
    for (int r = 0; r < plan.rows; r++) {
        const struct result_row *row = &plan.row[r];
        if (r == plan.row_paths || strstr(row->name, "_low") || strstr(row->name, "_high")) continue;
        for (size_t i = 0; i < row->count; i++) {
            double want = flat[0][row->offset + i], got = flat[2][row->offset + i];
            cr_expect(fabs(got - want) <= 0.5 + 0.01 * fabs(want), "%s[%zu]: %g, want %g", row->name, i, got, want);
        }
    }
    end();
}

Test(statistics_mixture, weighs_means_and_shares)
{
    begin(0);
    mix(1, 3, 0, 0);
    cr_expect_float_eq(at(2, "ledger_mean", 2), 0.25 * at(0, "ledger_mean", 2) + 0.75 * at(1, "ledger_mean", 2), 1e-12);
    double share = 0.25 * at(0, "all_gain_probability", 0) + 0.75 * at(1, "all_gain_probability", 0);
    cr_expect_float_eq(at(2, "all_gain_probability", 0), share, 1e-15);
    cr_expect(at(2, "all_gain_probability_low", 0) < share && at(2, "all_gain_probability_high", 0) > share);
    cr_expect_float_eq(at(2, "cash_by_step", 2), 0.25 * at(0, "cash_by_step", 2) + 0.75 * at(1, "cash_by_step", 2), 1e-12);
    cr_expect(isnan(at(2, "captured_quantile", 0)), "no samples, no quantiles");
    cr_expect(isnan(at(2, "captured_cvar", 0)));
    end();
}

/* Total variance: 0.25 x 3^2 + 0.75 x 4^2 inside, 0.25 x 0.75 x 10^2 between. */
Test(statistics_mixture, spread_counts_what_lies_between_scenarios)
{
    begin(0);
    for (int s = 0; s < 2; s++) {
        flat[s][statistics_plan_row(&plan, "captured_mean")->offset] = 10.0 * s;
        flat[s][statistics_plan_row(&plan, "captured_sd")->offset] = 3.0 + s;
        flat[s][statistics_plan_row(&plan, "captured_skewness")->offset] = 0;
    }
    mix(1, 3, 0, 0);
    double variance = 0.25 * 9 + 0.75 * 16 + 18.75;
    double third = 0.25 * (3 * 9 * -7.5 - 421.875) + 0.75 * (3 * 16 * 2.5 + 15.625);
    cr_expect_float_eq(at(2, "captured_sd", 0), sqrt(variance), 1e-12);
    cr_expect_float_eq(at(2, "captured_skewness", 0), third / pow(variance, 1.5), 1e-12);
    end();
}

Test(statistics_mixture, of_common_draws_has_the_larger_error)
{
    begin(0);
    mix(1, 1, 1, 0);
    double apart = at(2, "captured_standard_error", 0), low = at(2, "captured_quantile_low", 4);
    mix(1, 1, 1, 1);
    double together = at(2, "captured_standard_error", 0);
    cr_expect_float_eq(together, 0.5 * (at(0, "captured_standard_error", 0) + at(1, "captured_standard_error", 0)), 1e-12);
    cr_expect_float_eq(apart * sqrt(2), together, 0.02 * together);
    cr_expect_lt(at(2, "captured_quantile_low", 4), low);
    end();
}

Test(statistics_mixture, from_bins_comes_near_the_exact_one)
{
    begin(0);
    mix(1, 2, 1, 0);
    double median = at(2, "captured_quantile", 4), cvar = at(2, "captured_cvar", 1);
    end();
    begin(1024);
    cr_assert_not(plan.exact);
    mix(1, 2, 1, 0);
    cr_expect_float_eq(at(2, "captured_quantile", 4), median, 0.02);
    cr_expect_float_eq(at(2, "captured_cvar", 1), cvar, 0.02);
    end();
}
