#include "statistics/plan.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct statistics_outcome OUTCOME[] = {
    {"captured", "M{currency}", "Value captured.", DETAIL_MEAN | DETAIL_SPREAD | DETAIL_QUANTILE | DETAIL_TAIL, {AXIS_PARTNER}},
    {"ledger", "M{currency}", "Ledger line.", DETAIL_MEAN, {AXIS_PARTNER, AXIS_LEDGER}},
    {"all_gain", "1", "All partners gain.", DETAIL_PROBABILITY, {AXIS_NONE}},
    {"exit", "1", "Exit in a step.", DETAIL_PROBABILITY | DETAIL_FULL, {AXIS_STEP, AXIS_CAUSE}},
};
static const struct statistics_series SERIES[] = {{"cash", "M{currency}", "Cash flow.", {AXIS_PARTNER}}};

static struct statistics_config config_of(enum result_level level)
{
    struct statistics_config config = {.outcome = OUTCOME, .outcomes = 4, .series = SERIES, .series_count = 1, .level = level,
                                       .paths = 1000};
    config.shape.size[AXIS_PARTNER] = 2;
    config.shape.size[AXIS_LEDGER] = 3;
    config.shape.size[AXIS_STEP] = 5;
    config.shape.size[AXIS_CAUSE] = 2;
    return config;
}

Test(statistics_plan, lays_rows_side_by_side)
{
    struct report report;
    struct statistics_plan plan;
    struct statistics_config config = config_of(RESULT_FULL);
    report_init(&report);
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    size_t end = 0;
    for (int r = 0; r < plan.rows; r++) {
        size_t count = 1;
        for (int a = 0; a < 3; a++) count *= (size_t)plan.shape.size[plan.row[r].axis[a]];
        cr_expect_eq(plan.row[r].offset, end, "%s", plan.row[r].name);
        cr_expect_eq(plan.row[r].count, count, "%s", plan.row[r].name);
        for (int s = 0; s < r; s++) cr_expect_str_neq(plan.row[r].name, plan.row[s].name);
        end += count;
    }
    cr_expect_eq(plan.doubles, end);
    cr_expect_eq(plan.columns, 2 + 6 + 1 + 10);
    cr_expect_eq(plan.samples, 2);
    cr_expect(plan.exact);
    statistics_plan_free(&plan);
    report_free(&report);
}

Test(statistics_plan, names_rows_as_the_schema_does)
{
    static const struct {
        const char *name;
        size_t count;
    } WANT[] = {{"captured_mean", 2},           {"captured_standard_error", 2},
                {"captured_sd", 2},             {"captured_skewness", 2},
                {"captured_quantile", 18},      {"captured_quantile_low", 18},
                {"captured_quantile_high", 18}, {"captured_var", 2},
                {"captured_var_low", 2},        {"captured_cvar", 2},
                {"captured_cvar_high", 2},      {"ledger_mean", 6},
                {"ledger_standard_error", 6},   {"all_gain_probability", 1},
                {"all_gain_standard_error", 1}, {"all_gain_probability_low", 1},
                {"exit_probability", 10},       {"cash_by_step", 10},
                {"cash_fan", 90},               {"paths", 1},
                {"quantile_error", 1}};
    struct report report;
    struct statistics_plan plan;
    struct statistics_config config = config_of(RESULT_FULL);
    report_init(&report);
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    for (size_t i = 0; i < sizeof WANT / sizeof *WANT; i++) {
        const struct result_row *row = statistics_plan_row(&plan, WANT[i].name);
        cr_assert(row, "%s", WANT[i].name);
        cr_expect_eq(row->count, WANT[i].count, "%s", WANT[i].name);
    }
    const struct result_row *fan = statistics_plan_row(&plan, "cash_fan");
    cr_expect(fan->axis[0] == AXIS_PARTNER && fan->axis[1] == AXIS_QUANTILE && fan->axis[2] == AXIS_STEP);
    cr_expect_null(statistics_plan_row(&plan, "all_gain_mean"));
    cr_expect_null(statistics_plan_row(&plan, "ledger_quantile"));
    statistics_plan_free(&plan);
    report_free(&report);
}

Test(statistics_plan, headline_leaves_full_rows_out_but_keeps_the_columns)
{
    struct report report;
    struct statistics_plan plan;
    struct statistics_config config = config_of(RESULT_HEADLINE);
    report_init(&report);
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    cr_expect_null(statistics_plan_row(&plan, "exit_probability"));
    cr_expect_null(statistics_plan_row(&plan, "cash_fan"));
    cr_expect_eq(plan.columns, 19);
    cr_expect_eq(plan.used[8], 1);
    cr_expect_eq(plan.used[9], 0);
    cr_expect_eq(plan.series_columns, 0);
    statistics_plan_free(&plan);
    report_free(&report);
}

Test(statistics_plan, series_of_means_alone_have_no_fan)
{
    static const struct statistics_series TWO[] = {{"cash", "1", "Cash.", {AXIS_PARTNER}, 0}, {"rate", "1", "Rate.", {AXIS_NONE}, 1}};
    struct report report;
    struct statistics_plan plan;
    struct statistics_config config = config_of(RESULT_FULL);
    report_init(&report);
    config.series = TWO;
    config.series_count = 2;
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    cr_expect(statistics_plan_row(&plan, "cash_fan"));
    cr_expect(statistics_plan_row(&plan, "rate_by_step"));
    cr_expect_null(statistics_plan_row(&plan, "rate_fan"));
    cr_expect_eq(plan.series_columns, 3);
    cr_expect_eq(plan.fan_columns, 2);
    statistics_plan_free(&plan);
    report_free(&report);
}

Test(statistics_plan, series_of_two_axes_have_no_fan)
{
    static const struct statistics_series TWO[] = {{"cash", "1", "Cash.", {AXIS_PARTNER}, 0},
                                                   {"exits", "1", "Exits.", {AXIS_PARTNER, AXIS_CAUSE}, 0}};
    struct report report;
    struct statistics_plan plan;
    struct statistics_config config = config_of(RESULT_FULL);
    report_init(&report);
    config.series = TWO;
    config.series_count = 2;
    config.shape.size[AXIS_CAUSE] = 3;
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    const struct result_row *row = statistics_plan_row(&plan, "exits_by_step");
    cr_assert(row);
    cr_expect(row->axis[0] == AXIS_PARTNER && row->axis[1] == AXIS_CAUSE && row->axis[2] == AXIS_STEP);
    cr_expect_eq(row->count, 2 * 3 * 5);
    cr_expect_null(statistics_plan_row(&plan, "exits_fan"), "although it was not said to be of means alone");
    cr_expect_eq(plan.series_columns, 2 + 6);
    cr_expect_eq(plan.fan_columns, 2);
    statistics_plan_free(&plan);
    report_free(&report);
}

Test(statistics_plan, turns_to_bins_beyond_the_memory)
{
    struct report report;
    struct statistics_plan plan;
    struct statistics_config config = config_of(RESULT_HEADLINE);
    report_init(&report);
    config.memory = 2 * 1000 * sizeof(double);
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    cr_expect(plan.exact);
    statistics_plan_free(&plan);
    config.paths = 1001;
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    cr_expect_not(plan.exact);
    statistics_plan_free(&plan);
    config.memory = 0;
    config.paths = UINT64_MAX; /* the product would wrap */
    cr_assert_eq(statistics_plan_init(&plan, &config, &report), STATUS_OK);
    cr_expect_not(plan.exact);
    statistics_plan_free(&plan);
    report_free(&report);
}

Test(statistics_plan, refuses_levels_errors)
{
    static const double FALLING[] = {0.5, 0.1}, OUTSIDE[] = {0.5, 1.0}, MANY[40] = {0.1};
    struct report report;
    struct statistics_plan plan;
    struct statistics_config config = config_of(RESULT_FULL);
    report_init(&report);
    config.quantile = FALLING;
    config.quantiles = 2;
    cr_expect_eq(statistics_plan_init(&plan, &config, &report), STATUS_INPUT);
    statistics_plan_free(&plan);
    config.quantile = OUTSIDE;
    cr_expect_eq(statistics_plan_init(&plan, &config, &report), STATUS_INPUT);
    statistics_plan_free(&plan);
    config.quantile = MANY;
    config.quantiles = 40;
    cr_expect_eq(statistics_plan_init(&plan, &config, &report), STATUS_MEMORY);
    statistics_plan_free(&plan);
    cr_expect_eq(report.errors, 3);
    report_free(&report);
}
