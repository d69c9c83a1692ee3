/* Calibrations of the shipped series: the figures of scenarios/data/SOURCES.md; fragments that a deal reads; the share of a
   residual hazard. */
#include "fixture.h"
#include "support/command.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(calibrate, .init = fixture_enter, .fini = fixture_leave);
#define DATA PROJECT_DIR "/scenarios/data/"
#define SALES DATA "us_vehicle_sales_totalsa_monthly.csv"
#define FX DATA "fx_monthly_fed_h10.csv"
#define METALS DATA "worldbank_pinksheet_metals_monthly.csv"
#define STEEL DATA "us_ppi_steel_mill_products_WPU1017.csv"
#define TARIFFS DATA "tariff_schedule_vehicles.csv"

static char *text, *fragment;
static void give_back(void)
{
    pactolus_text_free(text);
    pactolus_text_free(fragment);
    text = fragment = NULL;
}

static struct pactolus_calibration_options options_of(const struct pactolus_series *series, size_t count)
{
    struct pactolus_calibration_options options;
    pactolus_calibration_options_init(&options);
    options.series = series;
    options.series_count = count;
    options.format = PACTOLUS_JSON;
    return options;
}

/* The number behind "name": (and "value": where it has an error) after the first `after`. */
static double number(const char *json, const char *after, const char *name)
{
    char key[64];
    const char *at = strstr(json, after);
    snprintf(key, sizeof key, "\"%s\": ", name);
    at = at ? strstr(at, key) : NULL;
    cr_assert_not_null(at, "%s behind %s", name, after);
    at += strlen(key);
    return strtod(*at == '{' ? strchr(at, ':') + 1 : at, NULL);
}

static double volatility(const char *path, const char *column, const char *from, const char *to, int annual)
{
    const struct pactolus_series series = {.path = path, .column = column};
    struct pactolus_calibration_options options = options_of(&series, 1);
    options.from = from;
    options.to = to;
    options.annual = annual;
    options.model = "brownian";
    cr_assert_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_OK, "%s: %s", column,
                 pactolus_messages_text(messages, 0));
    const double found = number(text, "\"model\": \"brownian\"", "volatility");
    give_back();
    return found;
}

Test(calibrate, gives_the_figures_of_the_shipped_series)
{
    cr_expect_float_eq(volatility(SALES, NULL, "1976", "2025", 1), 0.089, 0.0005);
    cr_expect_float_eq(volatility(SALES, NULL, "1990", "2025", 1), 0.083, 0.00055);
    cr_expect_float_eq(volatility(FX, "EUR", "1999-01", NULL, 0), 0.075, 0.0005);
    cr_expect_float_eq(volatility(FX, "CNY", "2005-07", NULL, 0), 0.031, 0.0005);
    cr_expect_float_eq(volatility(FX, "CNY", "2015-07", NULL, 0), 0.040, 0.0005);
    cr_expect_float_eq(volatility(FX, "KRW", "2000", NULL, 0), 0.076, 0.0005);
    cr_expect_float_eq(volatility(FX, "JPY", "2000", NULL, 0), 0.078, 0.0005);
    cr_expect_float_eq(volatility(FX, "MXN", "2000", NULL, 0), 0.093, 0.0005);
    cr_expect_float_eq(volatility(METALS, "Nickel", "2000", NULL, 0), 0.29, 0.005);
    cr_expect_float_eq(volatility(METALS, "Aluminum", "2000", NULL, 0), 0.17, 0.005);
    cr_expect_float_eq(volatility(METALS, "Copper", "2000", NULL, 0), 0.21, 0.005);
    cr_expect_float_eq(volatility(METALS, "Iron ore", "2006", NULL, 0), 0.34, 0.005);
    cr_expect_float_eq(volatility(STEEL, NULL, "2000", "2023", 0), 0.107, 0.0005);
}

/* phi 0.81 and a residual deviation of 0.084, which the likelihood holds: n/2 (ln 2 pi s^2 + 1). */
Test(calibrate, gives_the_return_of_vehicle_sales_to_their_mean)
{
    const struct pactolus_series series = {.path = SALES, .name = "market.demand.us"};
    struct pactolus_calibration_options options = options_of(&series, 1);
    options.to = "2025";
    options.annual = options.has_growth = 1;
    options.model = "reverting";
    cr_assert_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_OK, "%s",
                 pactolus_messages_text(messages, 0));
    const char *model = "\"model\": \"reverting\"";
    cr_expect_float_eq(number(text, model, "persistence"), 0.81, 0.005);
    const double residual = exp(-number(text, model, "log_likelihood") / 49 - 0.5 * (log(2 * acos(-1.0)) + 1)) * sqrt(49.0 / 48);
    cr_expect_float_eq(residual, 0.084, 0.0005, "%g", residual);
    cr_expect_float_eq(number(text, model, "bias"),
                       number(text, model, "persistence") - (49 * number(text, model, "persistence") + 1) / 46, 1e-12);
    cr_expect_not_null(strstr(text, "Half-life of a deviation: 3.2 years by least squares, 5.5 years without the bias."));
    cr_expect_not_null(strstr(text, "A random walk is not refuted"));
    cr_expect_not_null(strstr(fragment, "\nmarket.demand.us.mean_reversion: 0.1262  # +- 0.1\n"), "%s", fragment);
    give_back();
    options.uncorrected = 1;
    cr_assert_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_OK);
    cr_expect_float_eq(number(text, model, "mean_reversion"), -log(0.80704), 1e-4);
    give_back();
}

/* What is written is what a deal reads. */
Test(calibrate, writes_what_a_deal_includes)
{
    static const char *const head[] = {"include: [series.yaml, trade.yaml]\n"};
    const struct pactolus_series series[] = {
        {METALS, "Nickel", "market.input.steel", 0}, {FX, "EUR", "market.fx.abroad", 1}, {FX, "JPY", "market.demand.home", 0}};
    struct pactolus_calibration_options options = options_of(series, 3);
    struct pactolus_tariff_options tariffs;
    char *echo = NULL, deal[1 << 14], all[1 << 15];
    FILE *file = fopen("deal.yaml", "r");
    deal[fread(deal, 1, sizeof deal - 1, file)] = 0;
    fclose(file);
    options.from = "2000";
    options.averaged = 1;
    options.output = "series.yaml";
    cr_assert_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_OK, "%s",
                 pactolus_messages_text(messages, 0));
    give_back();
    pactolus_tariff_options_init(&tariffs);
    tariffs.path = TARIFFS;
    tariffs.importer = "US";
    tariffs.origin = "Japan";
    tariffs.to = "2026-06";
    tariffs.name = "market.trade.made";
    tariffs.output = "trade.yaml";
    cr_assert_eq(pactolus_calibrate_tariffs(&tariffs, messages, &text, &fragment), PACTOLUS_OK, "%s",
                 pactolus_messages_text(messages, 0));
    cr_expect_not_null(strstr(fragment, "market.trade.made.rates.low.high: 0.0221  # 1 in 45.25 years"), "%s", fragment);
    give_back();
    /* the deal's own numbers would win */
    snprintf(all, sizeof all, "%s%s", head[0], deal);
    char *mine = strstr(all, "steel: {volatility: 0.20, mean_reversion: 0.7}");
    cr_assert_not_null(mine);
    memset(mine, ' ', strlen("steel: {volatility: 0.20, mean_reversion: 0.7}"));
    memcpy(mine, "steel: {}", 9);
    fixture_write("deal.yaml", all);
    struct pactolus_deal *loaded = fixture_deal();
    cr_assert_eq(pactolus_deal_check(loaded, messages), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_assert_eq(pactolus_deal_echo(loaded, 0, messages, &echo), PACTOLUS_OK);
    cr_expect_not_null(strstr(echo, "market.trade.made.rates.high.deal"));
    cr_expect_not_null(strstr(echo, "market.correlation.calibrated_3.correlation"));
    cr_expect_not_null(strstr(echo, "market.input.steel.volatility: 0.35"), "%s", strstr(echo, "market.input.steel"));
    pactolus_text_free(echo);
    pactolus_deal_destroy(loaded);
}

Test(calibrate, leaves_nothing_behind_a_fault_errors)
{
    const struct pactolus_series series[] = {{SALES, NULL, "market.demand.home", 0}, {"bad.csv", NULL, "market.input.steel", 0}};
    struct pactolus_calibration_options options = options_of(series, 2);
    fixture_write("bad.csv", "date,value\n2000-01,1\n2000-02,none\n");
    options.output = "made.yaml";
    options.annual = 1;
    options.model = "brownian";
    cr_expect_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_INPUT);
    cr_expect_null(text);
    cr_expect_null(fragment);
    fixture_said("bad.csv:3: error: value: not a number, got 'none', want a number above 0");
    cr_expect_null(fopen("made.yaml", "r"));
    fixture_write("made.yaml", "mine\n");
    options.series_count = 1;
    cr_expect_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_FILE);
    fixture_said("made.yaml");
    options.force = 1;
    cr_expect_eq(pactolus_calibrate(&options, messages, &text, NULL), PACTOLUS_OK);
    give_back();
    options.model = "garch";
    cr_expect_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_USAGE);
    fixture_said("--model: got 'garch', want brownian, reverting, jumps or best");
    options.model = NULL;
    options.series_count = 0;
    cr_expect_eq(pactolus_calibrate(&options, messages, &text, &fragment), PACTOLUS_USAGE);
    fixture_said("series: got 0 of them");
}

static struct pactolus_survival_options survival_of(uint64_t paths)
{
    struct pactolus_survival_options options;
    pactolus_survival_options_init(&options);
    options.run.paths = paths;
    options.run.threads = 1;
    options.format = PACTOLUS_JSON;
    return options;
}

static double share_of(const char *name, const char *value, struct pactolus_survival_options options, const char *outcome)
{
    struct pactolus_deal *deal = fixture_deal();
    char said[32];
    cr_assert_eq(pactolus_deal_set(deal, "standalone.beta.mode", "build", messages), PACTOLUS_OK); /* no pilot run for the best */
    if (name) cr_assert_eq(pactolus_deal_set(deal, name, value, messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_calibrate_survival(deal, &options, NULL, NULL, messages, &text, &fragment), PACTOLUS_OK, "%s",
                 pactolus_messages_text(messages, 0));
    snprintf(said, sizeof said, "\"outcome\": \"%s\"", outcome);
    cr_expect_not_null(strstr(text, said), "%s", text);
    pactolus_deal_destroy(deal);
    return number(text, "deal", "share");
}

/* Nothing else parts them: the whole hazard. An independent rate r of another end leaves 1 - r t / H(t): ln 2 = H(10). */
Test(calibrate, leaves_the_residual_what_the_deal_does_not_model)
{
    struct pactolus_survival_options options = survival_of(500);
    double share = share_of(NULL, NULL, options, "met"), error = number(text, "deal", "standard_error");
    cr_expect_float_eq(share, 1.0, 4 * error, "%g +- %g", share, error);
    give_back();
    fixture_write("more.yaml", "contract.triggers.sold: {kind: change_of_control, rate: 0.03, partner: beta, opens: exit}\n");
    command_run(&(struct command_outcome){0}, "printf 'include: more.yaml\\n' | cat - deal.yaml >d && mv d deal.yaml");
    share = share_of(NULL, NULL, options, "met");
    error = number(text, "deal", "standard_error");
    cr_expect_float_eq(share, 1.0 - 0.3 / log(2.0), 4 * error + 0.01, "%g +- %g", share, error);
    cr_expect_float_eq(number(text, "deal", "survival"), 0.5, 0.01);
    cr_expect_not_null(strstr(fragment, "\ncontract.breakup.median_years: 10\ncontract.breakup.shape: 1.8\n"), "%s", fragment);
    give_back();
    options.years = 5; /* 1 / (1 + 0.5^1.8) = 0.7769 */
    share = share_of(NULL, NULL, options, "met");
    cr_expect_float_eq(share, 1.0 + 0.15 / log(0.7769), 4 * number(text, "deal", "standard_error") + 0.01, "%g", share);
    give_back();
    cr_expect_eq(share_of("contract.triggers.sold.rate", "0.2", options, "exceeded"), 0.0);
    cr_expect_not_null(strstr(text, "faster than the target by itself"));
    give_back();
}

/* Notice puts every exit off by two years: no share up to 1 is enough; what nothing models is still all of it. */
Test(calibrate, says_that_exits_take_time)
{
    cr_expect_eq(share_of("contract.exit.notice_years", "2", survival_of(400), "late"), 1.0);
    give_back();
}

Test(calibrate, wants_a_deal_of_one_scenario_errors)
{
    struct pactolus_survival_options options = survival_of(100);
    struct pactolus_deal *deal = fixture_deal();
    options.years = 11;
    cr_expect_eq(pactolus_calibrate_survival(deal, &options, NULL, NULL, messages, &text, &fragment), PACTOLUS_USAGE);
    fixture_said("--years: beyond the horizon, got '11', want at most 10");
    options.years = 4.1;
    cr_expect_eq(pactolus_calibrate_survival(deal, &options, NULL, NULL, messages, &text, &fragment), PACTOLUS_USAGE);
    fixture_said("--years: within a step, got '4.1', want a multiple of 0.25");
    options.years = 0;
    options.shape = 0;
    cr_expect_eq(pactolus_calibrate_survival(deal, &options, NULL, NULL, messages, &text, &fragment), PACTOLUS_USAGE);
    fixture_said("--shape: out of range");
    options.shape = 1.8;
    fixture_write("t.csv", "scenario,market.inflation\na,0.02\nb,0.03\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "t.csv", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_calibrate_survival(deal, &options, NULL, NULL, messages, &text, &fragment), PACTOLUS_USAGE);
    fixture_said("the deal has a scenario table");
    pactolus_deal_destroy(deal);
}
