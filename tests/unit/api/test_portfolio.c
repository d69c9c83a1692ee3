/* Several deals on one market: what is one, what is independent, what cannot be added. */
#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 3, PATHS = 4096 };
static struct pactolus_deal *deals[MOST];
static struct pactolus_result *result;
static const char *const names[MOST] = {"one", "two", "three"};

static void tear_down(void)
{
    pactolus_result_destroy(result);
    for (int k = 0; k < MOST; k++) pactolus_deal_destroy(deals[k]);
    fixture_leave();
}
TestSuite(api_portfolio, .init = fixture_enter, .fini = tear_down);

/* A small deal of two partners without any chance but what `more` brings. */
static void load(int k, const char *title, const char *market, const char *launch, const char *frame)
{
    char text[2048], path[32];
    snprintf(path, sizeof path, "d%d.yaml", k);
    snprintf(text, sizeof text,
             "deal: %s\n%s\nhorizon_years: 3\nregions: [home]\npartners:\n"
             "  zeta: {label: Zeta, equity: 0.5, discount_rate: 0.1, plan: {home: [100]}, price: {home: 2}, launch: %s}\n"
             "  %s: {equity: 0.5, discount_rate: 0.1, plan: {home: [50]}, price: {home: 2}}\n"
             "market: {demand: {home: %s}}\n"
             "venture: {capacity: 700, conversion: {cost: 1}, capex: {plan: [30]}}\n",
             title, frame ? frame : "currency: USD\nstart: 2026-01", launch, k == 2 ? "gamma" : "beta", market);
    fixture_write(path, text);
    cr_assert_eq(pactolus_deal_load(path, messages, &deals[k]), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
}
#define STILL "{growth: 0}"
#define LUCK "\"lognormal(median=1, sigma=0.2)\""

static int run_with(size_t count, const struct pactolus_run_options *options)
{
    return pactolus_portfolio(deals, names, count, options, NULL, NULL, messages, &result);
}

static void run(size_t count)
{
    struct pactolus_run_options options = fixture_options();
    options.paths = PATHS;
    int status = run_with(count, &options);
    cr_assert_eq(status, PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
}

static double value(const char *row, size_t scenario, const char *owner)
{
    return fixture_value(result, row, scenario, owner);
}

static double correlation(size_t scenario, const char *owner, size_t deal)
{
    struct pactolus_row row;
    cr_assert_eq(pactolus_result_row(result, "correlation", scenario, messages, &row), PACTOLUS_OK);
    return row.values[(size_t)pactolus_result_find(result, "partner", owner) * row.size[1] + deal];
}

Test(api_portfolio, of_two_copies_is_twice_the_deal)
{
    static const char *const rows[] = {"captured_mean", "captured_standard_error", "captured_sd", "captured_cvar", "captured_var"};
    load(0, "Twin", "{volatility: 0.2}", LUCK, NULL);
    load(1, "Twin", "{volatility: 0.2}", LUCK, NULL);
    run(2);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        cr_expect_eq(value(rows[k], 0, "zeta"), 2.0 * value(rows[k], 1, "zeta"), "%s", rows[k]);
        cr_expect_eq(value(rows[k], 1, "zeta"), value(rows[k], 2, "zeta"), "%s", rows[k]);
    }
    cr_expect_gt(value("captured_sd", 1, "zeta"), 1.0);
    for (size_t s = 0; s < 3; s++) cr_expect_eq(correlation(s, "zeta", 1), 1.0);
    cr_expect_eq(value("captured_sd_sum", 0, "zeta"), value("captured_sd", 0, "zeta"));
    cr_expect_eq(value("diversification", 0, "zeta"), 0.0);
    cr_expect_eq(value("captured_cvar_gain", 0, "zeta"), 0.0);
}

/* Draws of one name (the launch) are two draws: only the market is shared. */
Test(api_portfolio, of_independent_deals_adds_their_variances)
{
    load(0, "First", STILL, LUCK, NULL);
    load(1, "Second", STILL, LUCK, NULL);
    run(2);
    const double r = correlation(1, "zeta", 1), sd = value("captured_sd", 0, "zeta");
    const double a = value("captured_sd", 1, "zeta"), b = value("captured_sd", 2, "zeta");
    cr_expect_lt(fabs(r), 4.0 / sqrt(PATHS), "correlation %g", r);
    cr_expect_float_eq(sd * sd, a * a + b * b + 2.0 * r * a * b, 1e-9 * sd * sd);
    cr_expect_float_eq(sd / sqrt(a * a + b * b), 1.0, 4.0 / sqrt(PATHS));
    cr_expect_float_eq(value("diversification", 0, "zeta"), 1.0 - sd / (a + b), 1e-12);
    cr_expect_gt(value("captured_cvar_gain", 0, "zeta"), 0.0, "a mean of the tail is subadditive");
    cr_expect_eq(value("captured_cvar_gain", 0, "zeta"), value("captured_cvar", 0, "zeta") - value("captured_cvar_sum", 0, "zeta"));
}

Test(api_portfolio, sees_one_market_under_one_name)
{
    load(0, "First", "{volatility: 0.2}", "1", NULL);
    load(1, "Second", "{volatility: 0.2}", "1", NULL);
    run(2);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    cr_expect_eq(correlation(1, "zeta", 1), 1.0);
    cr_expect_eq(value("captured_mean", 1, "zeta"), value("captured_mean", 2, "zeta"));
}

Test(api_portfolio, adds_by_owner_in_declared_order)
{
    load(0, "First", STILL, LUCK, NULL);
    load(2, "Third", STILL, LUCK, NULL);
    deals[1] = deals[2];
    deals[2] = NULL;
    run(2);
    cr_expect_str_eq(pactolus_result_scenario(result, 0), "portfolio");
    cr_expect_str_eq(pactolus_result_scenario(result, 2), "two");
    cr_expect_str_eq(pactolus_result_label(result, "partner", 0), "zeta");
    cr_expect_str_eq(pactolus_result_label(result, "partner", 1), "beta");
    cr_expect_str_eq(pactolus_result_label(result, "partner", 2), "gamma");
    cr_expect_str_eq(pactolus_result_label(result, "deal", 1), "two");
    cr_expect_eq(value("captured_mean", 0, "beta"), value("captured_mean", 1, "beta"));
    cr_expect_eq(value("captured_mean", 2, "beta"), 0.0);
    cr_expect_float_eq(value("captured_mean", 0, "zeta"), value("captured_mean", 1, "zeta") + value("captured_mean", 2, "zeta"), 1e-9);
    cr_expect(isnan(correlation(0, "beta", 1)), "beta has nothing in the second deal");
    char *text = NULL;
    cr_assert_eq(pactolus_result_summary(result, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "diversification"));
    cr_expect_not_null(strstr(text, "correlation, Zeta"));
    cr_expect_null(strstr(text, "correlation, beta"));
    pactolus_text_free(text);
}

Test(api_portfolio, adds_deals_of_different_length)
{
    load(0, "First", "{volatility: 0.2}", "1", NULL);
    load(1, "Second", "{volatility: 0.2}", "1", NULL);
    cr_assert_eq(pactolus_deal_set(deals[1], "horizon_years", "6", messages), PACTOLUS_OK);
    run(2);
    cr_expect_gt(correlation(1, "zeta", 1), 0.8, "the same first years");
    cr_expect_lt(correlation(1, "zeta", 1), 0.99);
}

/* Equal seeds, equal bits: whatever the order of the deals, and the threads. */
Test(api_portfolio, does_not_depend_on_order_or_threads)
{
    struct pactolus_run_options options = fixture_options();
    load(0, "First", "{volatility: 0.2}", LUCK, NULL);
    load(1, "Second", "{volatility: 0.2}", LUCK, NULL);
    run(2);
    const double sum = value("captured_mean", 0, "zeta"), one = value("captured_cvar", 1, "zeta");
    pactolus_result_destroy(result);
    struct pactolus_deal *first = deals[0];
    deals[0] = deals[1];
    deals[1] = first;
    options.paths = PATHS;
    options.threads = 3;
    cr_assert_eq(run_with(2, &options), PACTOLUS_OK);
    cr_expect_eq(value("captured_mean", 0, "zeta"), sum);
    cr_expect_eq(value("captured_cvar", 2, "zeta"), one);
}

Test(api_portfolio, leaves_a_file_with_its_paths)
{
    struct pactolus_run_options options = fixture_options();
    char *text = NULL;
    load(0, "First", STILL, LUCK, NULL);
    load(1, "First", STILL, LUCK, NULL);
    options.paths = 128;
    options.samples = 100;
    options.output = "both.h5";
    cr_assert_eq(run_with(2, &options), PACTOLUS_OK);
    cr_assert_eq(pactolus_file_info("both.h5", PACTOLUS_TEXT, messages, &text), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_expect_not_null(strstr(text, "correlation(scenario, partner, deal)"));
    cr_expect_not_null(strstr(text, "correlation, Zeta"));
    pactolus_text_free(text);
}

Test(api_portfolio, warns_of_markets_that_are_not_the_same)
{
    load(0, "First", "{volatility: 0.2}", "1", NULL);
    load(1, "Second", "{volatility: 0.3}", "1", NULL);
    run(2);
    fixture_said("d1.yaml: warning: market.demand.home: has other numbers than in d0.yaml");
}

Test(api_portfolio, errors)
{
    struct pactolus_run_options options = fixture_options();
    load(0, "First", STILL, "1", NULL);
    load(1, "Second", STILL, "1", "currency: EUR\nstart: 2027-04\nsteps_per_year: 2");
    cr_expect_eq(run_with(2, &options), PACTOLUS_INPUT);
    cr_expect_null(result);
    cr_expect_eq(pactolus_messages_seen(messages), 3);
    fixture_said("d1.yaml: error: start: got '2027-04', want that of d0.yaml, '2026-01'");
    cr_expect_eq(run_with(2, &options), PACTOLUS_INPUT);
    fixture_said("currency: got 'EUR'");
    cr_expect_eq(run_with(2, &options), PACTOLUS_INPUT);
    fixture_said("steps_per_year: got '2'");
    cr_expect_eq(run_with(0, &options), PACTOLUS_USAGE);
    fixture_said("0 deals, want 1 to 32");
    pactolus_deal_destroy(deals[1]);
    load(1, "Second", STILL, "1", NULL);
    fixture_write("s.csv", "scenario,market.inflation\nlow,0\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deals[1], "s.csv", messages), PACTOLUS_OK);
    cr_expect_eq(run_with(2, &options), PACTOLUS_USAGE);
    fixture_said("d1.yaml: error: has a scenario table");
    options.memory = 1 << 20;
    options.paths = 1000000;
    cr_expect_eq(run_with(1, &options), PACTOLUS_MEMORY);
    fixture_said("--memory: 1000000 paths of 32 bytes");
}
