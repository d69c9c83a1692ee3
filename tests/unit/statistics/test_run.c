#include "statistics/run.h"

#include "fixture.h"
#include "statistics/order.h"
#include "statistics/sort.h"

struct result {
    struct statistics_plan plan;
    struct statistics_run run;
    double *flat;
};

static struct report report;

static void result_init(struct result *result, uint64_t paths, size_t memory)
{
    report_init(&report);
    study_plan(&result->plan, paths, memory, &report);
    cr_assert_eq(statistics_run_init(&result->run, &result->plan, &report), STATUS_OK);
    study_run(&result->run, paths, 1, &report);
    result->flat = malloc(result->plan.doubles * sizeof *result->flat);
    cr_assert_eq(statistics_run_result(&result->run, result->flat, &report), STATUS_OK);
}

static void result_free(struct result *r)
{
    free(r->flat);
    statistics_run_free(&r->run);
    statistics_plan_free(&r->plan);
    report_free(&report);
}

/* The sample of a column, sorted, by generating all paths again. */
static double *sorted_column(uint64_t paths, int column)
{
    double *x = malloc(2 * paths * sizeof *x), out[COLUMNS], cash[PARTNERS];
    for (uint64_t i = 0; i < paths; i++) {
        study_path(i, 1, out, cash);
        x[i] = out[column];
    }
    statistics_sort(x, x + paths, paths);
    return x;
}

static void expect_quantiles(const struct result *r, uint64_t paths, int exact)
{
    for (int p = 0; p < PARTNERS; p++) {
        double *x = sorted_column(paths, p);
        struct statistics_order order = {paths, x, NULL};
        for (int q = 0; q < 9; q++) {
            double want = statistics_order_quantile(&order, r->plan.quantile[q]);
            double got = study_row(&r->plan, r->flat, "captured_quantile")[p * 9 + q];
            double low = study_row(&r->plan, r->flat, "captured_quantile_low")[p * 9 + q];
            double high = study_row(&r->plan, r->flat, "captured_quantile_high")[p * 9 + q];
            cr_expect(exact ? got == want : fabs(got - want) < 0.01, "partner %d level %d: %.17g %.17g", p, q, got, want);
            cr_expect(low < got && got < high, "partner %d level %d", p, q);
        }
        struct statistics_tail tail = statistics_order_tail(&order, 0.05);
        double cvar = study_row(&r->plan, r->flat, "captured_cvar")[p];
        double low = study_row(&r->plan, r->flat, "captured_cvar_low")[p];
        cr_expect_float_eq(cvar, tail.cvar, (exact ? 1e-12 : 1e-6) * fabs(tail.cvar));
        cr_expect_float_eq(cvar - low, 1.96 * tail.standard_error, 1e-4 * tail.standard_error);
        cr_expect(exact ? study_row(&r->plan, r->flat, "captured_var")[p] == tail.var : 1);
        free(x);
    }
}

Test(statistics_run, quantiles_are_those_of_a_sort)
{
    struct result r;
    result_init(&r, 5000, 0);
    expect_quantiles(&r, 5000, 1);
    cr_expect(*study_row(&r.plan, r.flat, "quantile_error") == 0);
    cr_expect(*study_row(&r.plan, r.flat, "paths") == 5000);
    result_free(&r);
}

Test(statistics_run, quantiles_of_many_paths_are_those_of_a_sort)
{
    struct result r;
    result_init(&r, 150000, 0);
    cr_expect(r.plan.exact);
    expect_quantiles(&r, 150000, 1);
    result_free(&r);
}

Test(statistics_run, quantiles_beyond_the_memory_come_from_bins_and_say_how_far)
{
    struct result r;
    result_init(&r, 150000, 4096);
    cr_expect_not(r.plan.exact);
    expect_quantiles(&r, 150000, 0);
    double error = *study_row(&r.plan, r.flat, "quantile_error");
    cr_expect(error > 0 && error < 0.2, "%g", error);
    cr_expect_eq(statistics_run_precise(&r.run), error < 0.05);
    cr_expect(r.run.quantile_error == error);
    cr_expect_null(statistics_run_sample(&r.run, CAPTURED, 0));
    result_free(&r);
}

Test(statistics_run, second_pass_makes_binned_quantiles_exact)
{
    struct result r;
    result_init(&r, 150000, 4096);
    cr_assert_eq(statistics_run_replay_begin(&r.run, &report), STATUS_OK);
    study_run(&r.run, 150000, 1, &report);
    cr_assert_eq(statistics_run_result(&r.run, r.flat, &report), STATUS_OK);
    expect_quantiles(&r, 150000, 1);
    cr_expect(*study_row(&r.plan, r.flat, "paths") == 150000, "nothing is counted twice");
    cr_expect(*study_row(&r.plan, r.flat, "quantile_error") == 0);
    result_free(&r);
}

Test(statistics_run, second_pass_that_stops_early_is_refused_errors)
{
    struct result r;
    result_init(&r, 20000, 4096);
    cr_assert_eq(statistics_run_replay_begin(&r.run, &report), STATUS_OK);
    study_run(&r.run, 10000, 1, &report);
    cr_expect_eq(statistics_run_result(&r.run, r.flat, &report), STATUS_INTERNAL);
    cr_expect_eq(report.errors, 1);
    result_free(&r);
}

Test(statistics_run, means_add_up_and_do_not_depend_on_the_grouping)
{
    struct result r;
    result_init(&r, 5000, 0);
    const double *ledger = study_row(&r.plan, r.flat, "ledger_mean");
    __extension__ __int128 sum = 0;
    double out[COLUMNS], cash[PARTNERS];
    for (uint64_t i = 5000; i-- > 0;) { /* backwards: exact sums do not care */
        study_path(i, 1, out, cash);
        sum += (long long)(out[2] * 0x1p20);
    }
    cr_expect(ledger[0] == (double)sum * 0x1p-20 / 5000);
    cr_expect_float_eq(study_row(&r.plan, r.flat, "captured_mean")[0], ledger[0] + ledger[1], 1e-12);
    result_free(&r);
}

Test(statistics_run, is_the_same_whoever_computes_the_batches)
{
    struct result r;
    result_init(&r, 9000, 0);
    struct statistics_batch batch[3];
    struct statistics_run run;
    double *flat = malloc(r.plan.doubles * sizeof *flat);
    cr_assert_eq(statistics_run_init(&run, &r.plan, &report), STATUS_OK);
    for (int b = 3; b-- > 0;) { /* the last batch is ready first, merging waits for the first */
        cr_assert_eq(statistics_batch_init(&batch[b], &r.plan, &report), STATUS_OK);
        study_batch(&batch[b], &run, (uint64_t)b * STATISTICS_BATCH, 9000, 1);
    }
    for (int b = 0; b < 3; b++) statistics_run_merge(&run, &batch[b]);
    cr_assert_eq(statistics_run_result(&run, flat, &report), STATUS_OK);
    cr_expect_eq(memcmp(flat, r.flat, r.plan.doubles * sizeof *flat), 0);
    statistics_run_reset(&run);
    study_run(&run, 9000, 2, &report);
    cr_assert_eq(statistics_run_result(&run, flat, &report), STATUS_OK);
    cr_expect_neq(memcmp(flat, r.flat, r.plan.doubles * sizeof *flat), 0, "the control: another seed");
    statistics_run_reset(&run);
    study_run(&run, 9000, 1, &report);
    cr_assert_eq(statistics_run_result(&run, flat, &report), STATUS_OK);
    cr_expect_eq(memcmp(flat, r.flat, r.plan.doubles * sizeof *flat), 0, "a reset run is as new");
    for (int b = 0; b < 3; b++) statistics_batch_free(&batch[b]);
    statistics_run_free(&run);
    free(flat);
    result_free(&r);
}

Test(statistics_run, of_one_path_has_no_errors_to_report)
{
    struct result r;
    result_init(&r, 1, 0);
    cr_expect(isfinite(study_row(&r.plan, r.flat, "captured_mean")[0]));
    cr_expect(study_row(&r.plan, r.flat, "captured_quantile")[4] == study_row(&r.plan, r.flat, "captured_mean")[0]);
    static const char *const UNDEFINED[] = {"captured_standard_error", "captured_sd", "captured_skewness",
                                            "captured_quantile_low", "captured_quantile_high", "captured_var_low",
                                            "captured_cvar_low", "captured_cvar_high", "ledger_standard_error",
                                            "all_gain_standard_error", "all_gain_probability_low", "all_gain_probability_high"};
    for (size_t i = 0; i < sizeof UNDEFINED / sizeof *UNDEFINED; i++) {
        cr_expect(isnan(*study_row(&r.plan, r.flat, UNDEFINED[i])), "%s", UNDEFINED[i]);
    }
    result_free(&r);
}

Test(statistics_run, of_no_path_is_not_a_number_errors)
{
    struct result r;
    result_init(&r, 0, 0);
    cr_expect(isnan(*study_row(&r.plan, r.flat, "captured_mean")));
    cr_expect(isnan(*study_row(&r.plan, r.flat, "captured_quantile")));
    cr_expect(*study_row(&r.plan, r.flat, "paths") == 0);
    result_free(&r);
}

Test(statistics_run, series_leave_out_what_has_no_value)
{
    struct result r;
    result_init(&r, 5000, 0);
    double sum = 0, count = 0, out[COLUMNS], cash[PARTNERS];
    for (uint64_t i = 0; i < 5000; i++) {
        study_path(i, 1, out, cash);
        if (isnan(cash[1])) continue;
        sum += cash[1] + 3;
        count += 1;
    }
    cr_expect_float_eq(study_row(&r.plan, r.flat, "cash_by_step")[1 * STEPS + 3], sum / count, 1e-10);
    const double *fan = study_row(&r.plan, r.flat, "cash_fan"); /* partner, quantile, step */
    for (int q = 0; q < 9; q++) {
        double first = fan[(9 + q) * STEPS], fourth = fan[(9 + q) * STEPS + 3];
        cr_expect_float_eq(fourth, first + 3, 1e-9);
        if (q) cr_expect_gt(first, fan[(9 + q - 1) * STEPS]);
    }
    double *x = malloc(2 * 4096 * sizeof *x);
    for (uint64_t i = 0; i < 4096; i++) {
        study_path(i, 1, out, cash);
        x[i] = cash[0];
    }
    statistics_sort(x, x + 4096, 4096);
    cr_expect(fan[4 * STEPS] == statistics_order_quantile(&(struct statistics_order){4096, x, NULL}, 0.5));
    free(x);
    result_free(&r);
}

/* Constants on the grid and off it: the error of a mean is exactly 0, whatever the last block's size. */
Test(statistics_run, of_constants_has_no_error_at_all)
{
    static const double VALUE[] = {0.1, 12.5};
    struct result r;
    struct statistics_batch batch;
    double column[COLUMNS][64], *outcome[COLUMNS];
    result_init(&r, 101, 0);
    for (size_t v = 0; v < 2; v++) {
        for (int k = 0; k < COLUMNS; k++) outcome[k] = column[k];
        for (int k = 0; k < COLUMNS * 64; k++) column[k / 64][k % 64] = VALUE[v];
        statistics_run_reset(&r.run);
        cr_assert_eq(statistics_batch_init(&batch, &r.plan, &report), STATUS_OK);
        statistics_batch_begin(&batch, &r.run, 0);
        statistics_block_outcomes(&batch, 64, outcome);
        statistics_block_outcomes(&batch, 37, outcome);
        statistics_run_merge(&r.run, &batch);
        cr_assert_eq(statistics_run_result(&r.run, r.flat, &report), STATUS_OK);
        cr_expect(study_row(&r.plan, r.flat, "captured_mean")[0] == VALUE[v]);
        cr_expect(study_row(&r.plan, r.flat, "captured_standard_error")[1] == 0);
        cr_expect(study_row(&r.plan, r.flat, "captured_skewness")[0] == 0);
        cr_expect(study_row(&r.plan, r.flat, "ledger_standard_error")[3] == 0);
        cr_expect(study_row(&r.plan, r.flat, "captured_cvar_low")[0] == VALUE[v]);
        statistics_batch_free(&batch);
    }
    result_free(&r);
}

Test(statistics_run, keeps_samples_in_path_order)
{
    struct result r;
    result_init(&r, 5000, 0);
    double out[COLUMNS], cash[PARTNERS];
    const double *sample = statistics_run_sample(&r.run, CAPTURED, 1);
    for (uint64_t i = 0; i < 5000; i += 77) {
        study_path(i, 1, out, cash);
        cr_expect(sample[i] == out[1]);
    }
    cr_expect_null(statistics_run_sample(&r.run, LEDGER, 0));
    result_free(&r);
}

Test(statistics_run, names_the_first_value_that_is_not_finite_errors)
{
    struct result r;
    result_init(&r, 100, 0);
    struct statistics_batch batch;
    double column[COLUMNS][64] = {{0}}, *outcome[COLUMNS];
    for (int k = 0; k < COLUMNS; k++) outcome[k] = column[k];
    cr_expect_eq(r.run.bad.column, -1);
    statistics_run_reset(&r.run);
    cr_assert_eq(statistics_batch_init(&batch, &r.plan, &report), STATUS_OK);
    statistics_batch_begin(&batch, &r.run, 0);
    statistics_block_outcomes(&batch, 20, outcome);
    column[3][7] = INFINITY;
    column[5][1] = NAN;
    statistics_block_outcomes(&batch, 20, outcome);
    statistics_run_merge(&r.run, &batch);
    cr_expect_eq(r.run.bad.column, 3);
    cr_expect_eq(r.run.bad.path, 27);
    statistics_batch_free(&batch);
    result_free(&r);
}

/* Each column of a series of two axes lands in its own cell: value 100 partner + 10 cause + step. */
Test(statistics_run, series_of_two_axes_keep_their_cells_apart)
{
    enum { CAUSES = 3, CELLS = PARTNERS * CAUSES };
    static const struct statistics_series EXITS[] = {{"exits", "1", "Exits.", {AXIS_PARTNER, AXIS_CAUSE}, 1}};
    struct statistics_plan plan;
    struct statistics_run run;
    struct statistics_batch batch;
    struct statistics_config config = {.series = EXITS, .series_count = 1, .level = RESULT_FULL, .paths = 10};
    double cell[CELLS][64], *column[CELLS], flat[CELLS * STEPS + 2];
    config.shape.size[AXIS_PARTNER] = PARTNERS;
    config.shape.size[AXIS_CAUSE] = CAUSES;
    config.shape.size[AXIS_STEP] = STEPS;
    report_init(&report);
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    cr_assert_eq(plan.doubles, CELLS * STEPS + 2);
    cr_assert_eq(statistics_run_init(&run, &plan, &report), STATUS_OK);
    cr_assert_eq(statistics_batch_init(&batch, &plan, &report), STATUS_OK);
    statistics_batch_begin(&batch, &run, 0);
    for (int step = 0; step < STEPS; step++) {
        for (int k = 0; k < CELLS; k++) {
            for (int i = 0; i < 10; i++) cell[k][i] = 100 * (k / CAUSES) + 10 * (k % CAUSES) + step;
            column[k] = cell[k];
        }
        statistics_block_series(&batch, step, 10, column);
    }
    statistics_block_outcomes(&batch, 10, NULL);
    statistics_run_merge(&run, &batch);
    cr_assert_eq(statistics_run_result(&run, flat, &report), STATUS_OK);
    const double *got = study_row(&plan, flat, "exits_by_step");
    for (int k = 0; k < CELLS * STEPS; k++) {
        int step = k % STEPS, cause = k / STEPS % CAUSES, partner = k / STEPS / CAUSES;
        cr_expect_eq(got[k], 100 * partner + 10 * cause + step, "%d", k);
    }
    statistics_batch_free(&batch);
    statistics_run_free(&run);
    statistics_plan_free(&plan);
    report_free(&report);
}
