/* One path told step by step: the worked examples, whose numbers are known, and the promise that it is the path of a run. */
#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *text;
static struct pactolus_deal *deal;

static void tear_down(void)
{
    pactolus_text_free(text);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_trace, .init = fixture_enter, .fini = tear_down);

static void load(const char *path)
{
    pactolus_deal_destroy(deal);
    cr_assert_eq(pactolus_deal_load(path, messages, &deal), PACTOLUS_OK);
}

static void trace(uint64_t path, enum pactolus_format format)
{
    pactolus_text_free(text);
    cr_assert_eq(pactolus_trace(deal, 0, 1, &path, 1, format, messages, &text), PACTOLUS_OK);
}

static void expect_words(const char *words)
{
    cr_expect_not_null(strstr(text, words), "'%s' is not in:\n%s", words, text);
}

/* What stands behind these keys, each sought from the one before; `at` is the place in a list. */
static double number(const char *first, const char *second, const char *third, int at)
{
    const char *c = text, *const keys[] = {first, second, third};
    for (int k = 0; k < 3 && keys[k]; k++) {
        char key[80];
        snprintf(key, sizeof key, "\"%s\": ", keys[k]);
        c = strstr(c, key);
        cr_assert_not_null(c, "no %s in the trace", keys[k]);
        c += strlen(key);
    }
    if (*c == '[') c++;
    for (; at > 0; at--) c = strchr(c, ',') + 1;
    return strncmp(c, "null", 4) ? strtod(c, NULL) : (double)NAN;
}

static void expect(double got, double want)
{
    cr_expect(fabs(got - want) <= 1e-5, "got %.7f, want %.7f", got, want);
}

/* Example 2 of docs/model.md (9): b gives notice at signing and sells its book three years later. */
Test(api_trace, follows_an_exit_to_its_settlement)
{
    load(TESTS_DIR "/reference/deals/example2.yaml");
    trace(0, PACTOLUS_TEXT);
    expect_words("2022-01  * b gives notice (Change of control). It settles in 2025-01, in 3 years.\n");
    expect_words("2025-01  * b leaves (Change of control). Its book of 74.67 is sold for 74.67;");
    expect_words("a pays 74.67, gets a fee of 5.00 and then owns 100%.");
    expect_words("every number of the deal is certain");
    trace(0, PACTOLUS_JSON);
    expect(number("sale", "b", NULL, 3), 74.671875);
    expect(number("sold", "b", NULL, 3), 74.671875);
    expect(number("bought", "a", NULL, 3), 74.671875);
    expect(number("closing", "b", NULL, 3), 3.0);
    expect(number("sale", "b", NULL, 2), 0.0);
    expect(number("in", "b", NULL, 2), 1.0);
    expect(number("in", "b", NULL, 3), 0.0);
    expect_words("{\"step\": 0, \"date\": \"2022-01\", \"kind\": \"notice\", \"partner\": \"b\", \"text\": \"b gives notice");
    expect_words("\"mode\": [\"notice\",\"notice\",\"notice\",\"normal\"]");
}

Test(api_trace, tells_that_a_plant_is_redirected)
{
    load(TESTS_DIR "/unit/decision/redirect.yaml");
    trace(0, PACTOLUS_TEXT);
    expect_words("2027-01  * The plant is redirected: the owners spend 10.00, and outside customers take");
    trace(0, PACTOLUS_JSON);
    expect_words("\"external\": [0,20,20,20]");
    expect_words("\"invested\": [0,10,0,0]");
    expect_words("up to 30 units a year, now at 11.51 each.");
}

Test(api_trace, tells_that_a_plant_is_built_where_cars_are_sold)
{
    static const char *const sets[][2] = {{"venture.localisation.rule", "threshold"}, {"venture.localisation.to", "us"}, {"venture.localisation.capex", "2304"},
        {"venture.localisation.threshold", "0.2"}, {"venture.localisation.years", "2"}, {"standalone.a.localisation.rule", "npv"},
        {"standalone.a.localisation.to", "us"}, {"standalone.a.localisation.capex", "1152"}};
    load(TESTS_DIR "/unit/decision/localise.yaml");
    for (size_t k = 0; k < sizeof sets / sizeof *sets; k++) cr_assert_eq(pactolus_deal_set(deal, sets[k][0], sets[k][1], messages), PACTOLUS_OK);
    trace(0, PACTOLUS_TEXT);
    expect_words("2019-01  * The venture builds a plant in us, for 2,304.00: the duty there was 25%;");
    expect_words("there from 2021-01 on.");
    expect_words("2019-01  * Alone, a would build a plant in us, for 1,152.00");
}

/* What comes over a region, on the market's own deal. */
Test(api_trace, tells_of_crises_and_newcomers)
{
    static const char *const sets[][2] = {
        {"market.crisis.entry_rate", "100"}, {"market.crisis.depth.west", "0.3"}, {"market.entrant.west.arrival_rate", "100"},
        {"market.entrant.west.price_cut", "0.1"}, {"market.entrant.west.share_loss", "0.2"}, {"market.entrant.west.origin", "east"},
        {"market.entrant.west.localise_years", "2"}};
    load(TESTS_DIR "/unit/market/market.yaml");
    for (size_t k = 0; k < sizeof sets / sizeof *sets; k++) cr_assert_eq(pactolus_deal_set(deal, sets[k][0], sets[k][1], messages), PACTOLUS_OK);
    trace(0, PACTOLUS_TEXT);
    expect_words("2022-01  * A crisis begins: demand falls by 30% in west.");
    expect_words("2022-01  * A newcomer enters west from east: in the end it takes 10% off prices and 20% of demand.");
    expect_words("2024-01  * The newcomer to west makes locally and pays no duty any more.");
    static const char *const ends[][2] = {{"market.crisis.start", "yes"}, {"market.crisis.exit_rate", "100"}, {"market.crisis.entry_rate", "0"}};
    for (size_t k = 0; k < 3; k++) cr_assert_eq(pactolus_deal_set(deal, ends[k][0], ends[k][1], messages), PACTOLUS_OK);
    trace(0, PACTOLUS_TEXT);
    expect_words("2022-01  * The crisis ends.");
}

/* Example 3: a duty reopens the terms; a year later a agrees to pay b. */
Test(api_trace, follows_a_quarrel_to_its_settlement)
{
    load(TESTS_DIR "/reference/deals/example3.yaml");
    trace(0, PACTOLUS_TEXT);
    expect_words("2023-01  * Trigger duty acts, as the duty is above 0.04: it opens a renegotiation.");
    expect_words("2023-01  * The terms are reopened, as b would rather leave; the partners close in 2024-01.\n");
    expect_words("2024-01  * The renegotiation closes: agreed.");
    trace(0, PACTOLUS_JSON);
    expect_words("a pays 14.22, b receives 14.22 a step from now on. Renegotiating cost 4.00 in all, borne by equity. No attempt is left.");
    expect(number("moved", "b", NULL, 2), 14.218658);
    expect(number("moved", "a", NULL, 2), -14.218658);
    expect(number("surplus", NULL, NULL, 2), number("over", "a", NULL, 2) + number("over", "b", NULL, 2));
    cr_expect(isnan(number("staying", "a", NULL, 0)), "nobody looked");
    expect(number("flow", "b", "renegotiation", 3), 14.218658);
}

static const char *const lines[] = {"own_margin", "joint_profit", "tariff", "subsidy", "transfers", "renegotiation", "friction", "capex", "tax",
                                    "debt", "exit", "obligations", "know_how", "capital", "terminal"};
enum { LINES = sizeof lines / sizeof *lines };

Test(api_trace, adds_up)
{
    static const char *const deals[] = {TESTS_DIR "/reference/deals/example2.yaml", TESTS_DIR "/reference/deals/example3.yaml"};
    for (size_t k = 0; k < 2; k++) {
        load(deals[k]);
        trace(0, PACTOLUS_JSON);
        for (const char *p = "ab"; *p; p++) {
            const char partner[2] = {*p, 0};
            double sum = 0.0, so_far = 0.0;
            for (int n = 0; n < 4; n++) {
                double cash = 0.0;
                for (int l = 0; l < LINES; l++) cash += number("flow", partner, lines[l], n);
                cr_expect_eq(cash, number("cash", partner, NULL, n), "step %d of %s", n, partner);
                so_far += cash;
                cr_expect_eq(so_far, number("cumulative", partner, NULL, n));
            }
            const char *end = strstr(text, "\"end\": ");
            char *whole = text;
            text = strdup(strstr(end, *p == 'a' ? "\"a\": {" : "\"b\": {"));
            for (int l = 0; l < LINES; l++) sum += number("ledger", lines[l], NULL, 0);
            cr_expect_eq(sum, number("partnership", NULL, NULL, 0));
            cr_expect_eq(sum + number("standalone_forgone", NULL, NULL, 0), number("captured", NULL, NULL, 0));
            free(text);
            text = whole;
        }
    }
}

/* A run of one path has that path's numbers as its means; other paths of the block change nothing. */
Test(api_trace, is_the_path_of_a_run)
{
    struct pactolus_run_options options = fixture_options();
    const uint64_t several[] = {130, 0, 130};
    load("deal.yaml");
    options.paths = 1;
    struct pactolus_result *result = fixture_run(deal, &options);
    trace(0, PACTOLUS_JSON);
    cr_expect_eq(number("end", "alpha", "captured", 0), fixture_value(result, "captured_mean", 0, "alpha"));
    cr_expect_eq(number("end", "beta", "captured", 0), fixture_value(result, "captured_mean", 0, "beta"));
    pactolus_result_destroy(result);
    trace(130, PACTOLUS_TEXT);
    char *one = strdup(text);
    pactolus_text_free(text);
    cr_assert_eq(pactolus_trace(deal, 0, 1, several, 3, PACTOLUS_TEXT, messages, &text), PACTOLUS_OK);
    cr_expect_eq(strncmp(text, one, strlen(one)), 0, "the same path is told in the same words");
    cr_expect_str_eq(text + strlen(text) - strlen(one), one);
    expect_words("path 0 of seed 1\n");
    free(one);
}

Test(api_trace, names_what_was_drawn_and_any_path_there_may_be)
{
    load("deal.yaml");
    trace(PACTOLUS_PATHS_MOST - 1, PACTOLUS_TEXT);
    expect_words("path 999999999999 of seed 1\n");
    expect_words("this path        mean\n");
    expect_words("partners.alpha.launch");
    expect_words("Alpha Motors (alpha): owns 50%");
    cr_expect_null(strstr(text, "nan"));
}

Test(api_trace, tells_errors)
{
    const uint64_t path[PACTOLUS_TRACES_MOST + 1] = {0}, far = PACTOLUS_PATHS_MOST;
    load("deal.yaml");
    cr_expect_eq(pactolus_trace(deal, 1, 1, path, 1, PACTOLUS_TEXT, messages, &text), PACTOLUS_USAGE);
    fixture_said("no scenario 1");
    cr_expect_eq(pactolus_trace(deal, 0, 1, path, 0, PACTOLUS_TEXT, messages, &text), PACTOLUS_USAGE);
    fixture_said("0 paths to trace");
    cr_expect_eq(pactolus_trace(deal, 0, 1, path, PACTOLUS_TRACES_MOST + 1, PACTOLUS_TEXT, messages, &text), PACTOLUS_USAGE);
    fixture_said("65 paths to trace, want 1 to 64");
    cr_expect_eq(pactolus_trace(deal, 0, 1, &far, 1, PACTOLUS_TEXT, messages, &text), PACTOLUS_USAGE);
    fixture_said("no path 1000000000000");
    cr_expect_eq(pactolus_trace(deal, 0, 1, path, 1, PACTOLUS_MARKDOWN, messages, &text), PACTOLUS_USAGE);
    fixture_said("want text or JSON");
    cr_expect_null(text);
    cr_assert_eq(pactolus_deal_set(deal, "partners.alpha.equity", "0.7", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_trace(deal, 0, 1, path, 1, PACTOLUS_TEXT, messages, &text), PACTOLUS_INPUT);
    fixture_said("equity");
}
