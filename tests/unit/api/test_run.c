#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static struct pactolus_deal *deal;
static struct pactolus_result *result;
static struct pactolus_run_options options;

static void set_up(void)
{
    fixture_enter();
    deal = fixture_deal();
    options = fixture_options();
}
static void tear_down(void)
{
    pactolus_result_destroy(result);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_run, .init = set_up, .fini = tear_down);

Test(api_run, gives_rows_by_name_with_labels)
{
    struct pactolus_row row, at;
    result = fixture_run(deal, &options);
    cr_expect_eq(pactolus_result_scenarios(result), 1);
    cr_expect_str_eq(pactolus_result_scenario(result, 0), "base");
    cr_expect_null(pactolus_result_scenario(result, 1));
    cr_assert_eq(pactolus_result_row(result, "captured_quantile", 0, messages, &row), PACTOLUS_OK);
    cr_expect_eq(row.dimensions, 2);
    cr_expect_str_eq(row.dimension[0], "partner");
    cr_expect_str_eq(row.dimension[1], "quantile");
    cr_expect_eq(row.count, row.size[0] * row.size[1]);
    cr_expect_str_eq(row.unit, "million USD");
    cr_expect_str_eq(pactolus_result_label(result, "partner", 0), "alpha");
    cr_expect_str_eq(pactolus_result_label(result, "partner", 1), "beta");
    cr_expect_null(pactolus_result_label(result, "partner", 2));
    cr_expect_eq(pactolus_result_find(result, "quantile", "0.5"), 4);
    cr_expect_eq(pactolus_result_find(result, "partner", "gamma"), -1);
    cr_expect_str_eq(pactolus_result_label(result, "step", 2), "0.5");
    cr_expect_str_eq(pactolus_result_label(result, "ledger", 0), "own_margin");
    for (size_t k = 0; k < pactolus_result_rows(result); k++) {
        cr_assert_eq(pactolus_result_row_at(result, k, 0, &at), PACTOLUS_OK);
        cr_expect_str_not_empty(at.sentence);
        for (int d = 0; d < at.dimensions; d++) {
            cr_expect_not_null(pactolus_result_label(result, at.dimension[d], at.size[d] - 1), "%s", at.name);
            cr_expect_null(pactolus_result_label(result, at.dimension[d], at.size[d]), "%s", at.name);
        }
    }
}

Test(api_run, gives_rows_by_name_with_labels_errors)
{
    struct pactolus_row row;
    result = fixture_run(deal, &options);
    cr_expect_eq(pactolus_result_row(result, "captured_maen", 0, messages, &row), PACTOLUS_USAGE);
    fixture_said("captured_maen");
    cr_expect_eq(pactolus_result_row(result, "captured_mean", 1, messages, &row), PACTOLUS_USAGE);
    fixture_said("no scenario 1");
    cr_expect_eq(pactolus_result_row_at(result, pactolus_result_rows(result), 0, &row), PACTOLUS_USAGE);
    cr_expect_null(pactolus_result_label(result, "nothing", 0));
}

Test(api_run, keeps_the_declared_order_of_partners)
{
    fixture_write("deal.yaml", "deal: Two\ncurrency: USD\nstart: 2026-01\nhorizon_years: 2\nregions: [home]\npartners:\n"
                               "  zeta: {equity: 0.5, discount_rate: 0.1, own_fixed_cost: 7, plan: {home: [1]}, price: {home: 1}}\n"
                               "  alpha: {equity: 0.5, discount_rate: 0.1, own_fixed_cost: 3, plan: {home: [1]}, price: {home: 1}}\n");
    struct pactolus_deal *two = fixture_deal();
    result = fixture_run(two, &options);
    pactolus_deal_destroy(two);
    cr_expect_str_eq(pactolus_result_label(result, "partner", 0), "zeta");
    struct pactolus_row row;
    cr_assert_eq(pactolus_result_row(result, "ledger_mean", 0, messages, &row), PACTOLUS_OK);
    const size_t margin = (size_t)pactolus_result_find(result, "ledger", "own_margin");
    cr_expect_float_eq(row.values[margin] / row.values[row.size[1] + margin], (1.0 - 7.0) / (1.0 - 3.0), 1e-6, "%g %g", row.values[margin],
                       row.values[row.size[1] + margin]);
}

Test(api_run, adds_up_the_ledger_to_what_is_captured)
{
    struct pactolus_row ledger, captured;
    result = fixture_run(deal, &options);
    cr_assert_eq(pactolus_result_row(result, "ledger_mean", 0, messages, &ledger), PACTOLUS_OK);
    cr_assert_eq(pactolus_result_row(result, "captured_mean", 0, messages, &captured), PACTOLUS_OK);
    for (size_t p = 0; p < captured.count; p++) {
        double sum = 0.0;
        for (size_t line = 0; line < ledger.size[1]; line++) sum += ledger.values[p * ledger.size[1] + line];
        cr_expect_float_eq(sum, captured.values[p], 1e-9);
        cr_expect(fabs(sum) > 1.0);
    }
}

static int same_rows(const struct pactolus_result *a, size_t at, const struct pactolus_result *b, size_t bt)
{
    struct pactolus_row x, y;
    for (size_t k = 0; k < pactolus_result_rows(a); k++) {
        cr_assert_eq(pactolus_result_row_at(a, k, at, &x), PACTOLUS_OK);
        cr_assert_eq(pactolus_result_row_at(b, k, bt, &y), PACTOLUS_OK);
        if (x.count != y.count || memcmp(x.values, y.values, x.count * sizeof(double))) return 0;
    }
    return 1;
}

Test(api_run, gives_a_table_row_the_bits_of_the_same_settings)
{
    fixture_write("table.csv", "scenario,market.inflation,venture.capex.plan\ncalm,0.02,\"[300, 500, 250]\"\n"
                               "wild,\"0.05\",\"[300, uniform(500, 900), 250]\"\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    result = fixture_run(deal, &options);
    struct pactolus_deal *other = fixture_deal();
    struct pactolus_result *calm = fixture_run(other, &options);
    cr_assert_eq(pactolus_deal_set(other, "market.inflation", "0.05", messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_set(other, "venture.capex.plan[1]", "uniform(500, 900)", messages), PACTOLUS_OK);
    struct pactolus_result *wild = fixture_run(other, &options);
    cr_expect(same_rows(result, 0, calm, 0));
    cr_expect(same_rows(result, 1, wild, 0));
    cr_expect(!same_rows(result, 0, wild, 0));
    pactolus_result_destroy(calm);
    pactolus_result_destroy(wild);
    pactolus_deal_destroy(other);
}

Test(api_run, mixes_scenarios_by_weight)
{
    fixture_write("table.csv", "scenario,weight,market.inflation\na,1,0.01\nb,3,0.05\nc,0,0.5\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    result = fixture_run(deal, &options);
    cr_assert_eq(pactolus_result_scenarios(result), 4);
    cr_expect_str_eq(pactolus_result_scenario(result, 3), "weighted");
    const double a = fixture_value(result, "captured_mean", 0, "beta"), b = fixture_value(result, "captured_mean", 1, "beta");
    cr_expect_float_eq(fixture_value(result, "captured_mean", 3, "beta"), 0.25 * a + 0.75 * b, 1e-9);
    const double low = fixture_value(result, "captured_quantile", 3, "beta");
    cr_expect(low >= fmin(fixture_value(result, "captured_quantile", 0, "beta"), fixture_value(result, "captured_quantile", 1, "beta")));
    cr_expect(low <= fmax(fixture_value(result, "captured_quantile", 0, "beta"), fixture_value(result, "captured_quantile", 1, "beta")));
}

Test(api_run, mixes_scenarios_by_weight_errors)
{
    fixture_write("table.csv", "scenario,weight,market.inflation\nweighted,1,0.01\nb,3,0.05\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_INPUT);
    fixture_said("'weighted' is the name of the mixture");
}

Test(api_run, needs_its_deal_no_more)
{
    result = fixture_run(deal, &options);
    pactolus_deal_destroy(deal);
    deal = NULL;
    char *text = NULL;
    cr_expect_eq(pactolus_result_summary(result, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "Alpha Motors"));
    pactolus_text_free(text);
    cr_expect_eq(pactolus_result_json(result, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "\"captured_mean\""));
    cr_expect_null(strstr(text, "_fan\""), "details are no headline");
    pactolus_text_free(text);
}

/* ---- Progress ---- */

struct told {
    uint64_t last, all;
    size_t calls, scenario, stop_after;
    int ordered;
};

static int tell(void *context, const struct pactolus_progress *state)
{
    struct told *told = context;
    told->ordered &= state->paths_done >= told->last && state->paths_done <= state->paths_all && state->scenario >= told->scenario;
    told->last = state->paths_done;
    told->all = state->paths_all;
    told->scenario = state->scenario;
    told->calls++;
    cr_assert_not_null(state->scenario_name);
    return told->stop_after && told->calls >= told->stop_after;
}

Test(api_run, tells_its_progress)
{
    struct told told = {.ordered = 1};
    fixture_write("table.csv", "scenario,market.inflation\ncalm,0.01\nwild,0.05\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    options.paths = 10000;
    options.threads = 3;
    cr_assert_eq(pactolus_run(deal, &options, tell, &told, messages, &result), PACTOLUS_OK);
    cr_expect_eq(told.last, 20000);
    cr_expect_eq(told.all, 20000);
    cr_expect_eq(told.calls, 6, "after each batch of 4,096");
    cr_expect_eq(told.scenario, 1);
    cr_expect(told.ordered);
}

Test(api_run, stops_when_asked_and_leaves_no_file)
{
    struct told told = {.ordered = 1, .stop_after = 2};
    options.paths = 1000000;
    options.output = "out.h5";
    cr_expect_eq(pactolus_run(deal, &options, tell, &told, messages, &result), PACTOLUS_STOPPED);
    cr_expect_null(result);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    cr_expect_lt(told.calls, 10);
    cr_expect_neq(access("out.h5", F_OK), 0);
}

/* ---- Options ---- */

Test(api_run, has_defaults)
{
    struct pactolus_run_options defaults;
    pactolus_run_options_init(&defaults);
    cr_expect_eq(defaults.paths, 100000);
    cr_expect_eq(defaults.seed, 1);
    cr_expect_eq(defaults.samples, 0);
    cr_expect_eq(defaults.threads, 0);
    cr_expect_null(defaults.output);
}

Test(api_run, refuses_options_out_of_range)
{
    const struct pactolus_run_options good = options;
    options.paths = 0;
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    fixture_said("paths");
    options.paths = PACTOLUS_PATHS_MOST + 1;
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    options = good, options.threads = -1;
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    options = good, options.threads = 1025;
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    fixture_said("threads");
    options = good, options.memory = 1000;
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    fixture_said("memory");
    options = good, options.samples = PACTOLUS_ALL, options.paths = 1000000, options.memory = 1 << 20;
    cr_expect_eq(pactolus_run(deal, &options, NULL, NULL, messages, &result), PACTOLUS_MEMORY);
    fixture_said("--samples");
    cr_expect_null(result);
}
