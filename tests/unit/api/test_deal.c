#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "support/command.h"

static struct pactolus_deal *deal;
static char *text;

static void set_up(void)
{
    fixture_enter();
    deal = fixture_deal();
}
static void tear_down(void)
{
    pactolus_text_free(text);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_deal, .init = set_up, .fini = tear_down);

static const char *echo_of(const char *name)
{
    pactolus_text_free(text);
    cr_assert_eq(pactolus_deal_echo(deal, 0, messages, &text), PACTOLUS_OK);
    const char *line = strstr(text, name);
    cr_assert_not_null(line, "no %s in the echo", name);
    return line;
}

static int echo_has(const char *line)
{
    return strncmp(echo_of(line), line, strlen(line)) == 0;
}

Test(api_deal, takes_settings_over_the_file)
{
    cr_expect_eq(pactolus_deal_set(deal, "market.inflation", "0.03", messages), PACTOLUS_OK);
    cr_expect(echo_has("market.inflation: 0.03"));
    cr_expect_eq(pactolus_deal_set(deal, "market.inflation", "0.04", messages), PACTOLUS_OK);
    cr_expect(echo_has("market.inflation: 0.04"), "the last one wins");
    cr_expect_eq(pactolus_deal_set(deal, "venture.capex.plan[1]", "uniform(400, 600)", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_expect_not_null(strstr(echo_of("venture.capex.plan:"), "uniform(400, 600)"));
}

Test(api_deal, takes_settings_that_only_together_make_sense)
{
    cr_expect_eq(pactolus_deal_set(deal, "partners.alpha.equity", "0.7", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_INPUT);
    fixture_said("add to 1");
    cr_expect_eq(pactolus_deal_set(deal, "partners.beta.equity", "0.3", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
}

Test(api_deal, takes_structure_as_settings)
{
    cr_expect_eq(pactolus_deal_set(deal, "steps_per_year", "2", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_set(deal, "inputs", "[steel, lithium]", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_set(deal, "market.input.lithium.growth", "0.05", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_expect(echo_has("market.input.lithium.growth: 0.05"));
    cr_expect_eq(pactolus_messages_seen(messages), 0);
}

Test(api_deal, takes_settings_errors)
{
    static const struct {
        const char *name, *value, *words;
    } wrong[] = {{"market.inflatoin", "0.03", "market.inflation"}, {"market.inflation", "x", "got 'x'"},
                 {"market.inflation", "7", "[-0.5, 1]"},           {"market.inflation", "", "market.inflation"},
                 {"", "1", ""},                                     {"partners.gamma.equity", "0.1", "partners.gamma"},
                 {"steps_per_year", "99", "steps_per_year"},        {"inputs", "[steel, Bad Name]", "inputs"},
                 {"a\n\033[31m", "1", "\\x1b"},                     {"venture.capex.plan[99]", "1", "venture.capex.plan"}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        cr_expect_eq(pactolus_deal_set(deal, wrong[k].name, wrong[k].value, messages), PACTOLUS_INPUT, "%s", wrong[k].name);
        fixture_said(wrong[k].words);
        cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK, "after %s", wrong[k].name);
    }
    cr_expect(echo_has("market.inflation: 0.02"), "nothing has changed");
    cr_expect(echo_has("steps_per_year: 4"));
}

Test(api_deal, reads_a_table_row_by_row)
{
    fixture_write("table.csv", "scenario,market.inflation\ncalm,0.01\nwild,0.05\n");
    cr_expect_eq(pactolus_deal_scenarios(deal), 1);
    cr_expect_str_eq(pactolus_deal_scenario(deal, 0), "base");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_scenarios(deal), 2);
    cr_expect_str_eq(pactolus_deal_scenario(deal, 0), "calm");
    cr_expect_str_eq(pactolus_deal_scenario(deal, 1), "wild");
    cr_expect_null(pactolus_deal_scenario(deal, 2));
    cr_expect(echo_has("market.inflation: 0.01"));
    pactolus_text_free(text);
    cr_expect_eq(pactolus_deal_echo(deal, 1, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "market.inflation: 0.05"));
    cr_expect_eq(pactolus_deal_set(deal, "steps_per_year", "1", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK, "columns are found again after structure has changed");
}

Test(api_deal, reads_a_table_row_by_row_errors)
{
    fixture_write("unknown.csv", "scenario,market.inflatoin\na,0.01\n");
    fixture_write("value.csv", "scenario,market.inflation\na,0.01\nb,x\nc,9\n");
    fixture_write("structure.csv", "scenario,steps_per_year\na,2\n");
    fixture_write("shares.csv", "scenario,partners.alpha.equity\na,0.5\nb,0.6\n");
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "none.csv", messages), PACTOLUS_FILE);
    fixture_said("none.csv");
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "unknown.csv", messages), PACTOLUS_INPUT);
    fixture_said("market.inflation");
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "value.csv", messages), PACTOLUS_INPUT);
    cr_expect_eq(pactolus_messages_count(messages), 2, "both are told");
    fixture_said("value.csv:3");
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "structure.csv", messages), PACTOLUS_INPUT);
    fixture_said("steps_per_year");
    cr_expect_eq(pactolus_deal_scenarios(deal), 1, "a table that failed leaves none");
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "shares.csv", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_INPUT);
    fixture_said("shares.csv:3");
}

Test(api_deal, refuses_a_name_that_is_set_and_a_column)
{
    fixture_write("table.csv", "scenario,market.inflation\na,0.01\n");
    cr_expect_eq(pactolus_deal_set(deal, "market.inflation", "0.03", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_USAGE);
    fixture_said("market.inflation");
    pactolus_deal_destroy(deal);
    deal = fixture_deal();
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_set(deal, "market.inflation", "0.03", messages), PACTOLUS_USAGE);
    fixture_said("market.inflation");
    cr_expect(echo_has("market.inflation: 0.01"));
}

Test(api_deal, describes_itself)
{
    cr_assert_eq(pactolus_deal_describe(deal, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "alpha (Alpha Motors), beta (Beta Cars)"));
    cr_expect_not_null(strstr(text, "2026-01 to 2035-12 in 40 steps"));
    cr_expect_not_null(strstr(text, "\nplan       Alpha Motors: 130 thousand vehicles in its best year at 25.77 million USD/thousand vehicles: 3,350 million USD a year\n"
                                    "           Beta Cars: 130 thousand"), "%s", text);
    cr_expect_not_null(strstr(text, "\nventure    capital of 1,050 million USD by plan; unit cost 8.1 million USD/thousand vehicles; capacity 330 thousand vehicles a year\n"),
                       "%s", text);
    cr_expect_not_null(strstr(text, "\ndrawn once 8 parameters:\n"));
    cr_expect_not_null(strstr(text, "\nmoves      every step: demand.home, demand.abroad, price.home, price.abroad, fx.abroad,\n"
                                    "           input.steel, trade.home_abroad\n"), "%s", text);
}

Test(api_deal, says_that_what_is_not_drawn_may_move)
{
    struct command_outcome o;
    command_run(&o, "sed -i -E -e 's/: (lognormal|triangular)\\([^)]*\\)/: 1/' deal.yaml");
    pactolus_deal_destroy(deal);
    cr_assert_eq(pactolus_deal_load("deal.yaml", messages, &deal), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_describe(deal, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "\ndrawn once 0 parameters\nmoves      every step: demand.home, "), "%s", text);
    pactolus_text_free(text);
    text = NULL;
    command_run(&o, "sed -i -E -e 's/volatility: [0-9.]+/volatility: 0/; s/(low|high): \\{(high|low): [0-9.]+\\}/\\1: {\\2: 0}/' deal.yaml");
    pactolus_deal_destroy(deal);
    cr_assert_eq(pactolus_deal_load("deal.yaml", messages, &deal), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_describe(deal, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "\nmoves      nothing of the market\n"), "%s", text);
}

Test(api_deal, describes_itself_errors)
{
    cr_expect_eq(pactolus_deal_echo(deal, 1, messages, &text), PACTOLUS_USAGE);
    cr_expect_null(text);
    fixture_said("no scenario 1");
}

Test(api_deal, loads_errors)
{
    struct pactolus_deal *other = deal;
    fixture_write("bad.yaml", "deal: X\ncurrency: USD\nstart: 2026-13\nhorizon_yaers: 3\npartners:\n  a: {equity: 2}\n");
    cr_expect_eq(pactolus_deal_load("bad.yaml", messages, &other), PACTOLUS_INPUT);
    cr_expect_null(other);
    cr_expect_geq(pactolus_messages_count(messages), 3, "all faults at once");
    fixture_said("bad.yaml:4:");
    cr_expect_eq(pactolus_deal_load(".", messages, &other), PACTOLUS_FILE);
}

/* What is idle or at fault is told where it is written: the deal's line, an option, a table, an included file. */
Test(api_deal, tells_the_place_of_what_moves_nothing)
{
    struct command_outcome o;
    command_run(&o, "sed -i -e '/^  governance:/i\\  exit:\\n    fee: 0.1\\n    notice_years: 1' -e '/^inputs:/s/steel/steel, zinc/' deal.yaml; "
                    "grep -n 'notice_years: 1$\\|^inputs' deal.yaml | head -2 | cut -d: -f1");
    int inputs = 0, notice = 0;
    cr_assert_eq(sscanf(o.output, "%d %d", &inputs, &notice), 2);
    pactolus_deal_destroy(deal);
    cr_assert_eq(pactolus_deal_load("deal.yaml", messages, &deal), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    char want[2][128];
    snprintf(want[0], sizeof want[0], "deal.yaml:%d:19: warning: contract.exit.notice_years: moves nothing", notice);
    snprintf(want[1], sizeof want[1], "deal.yaml:%d:9: warning: inputs: input 'zinc' moves nothing: no cost has an input_share in it", inputs);
    cr_assert_eq(pactolus_messages_count(messages), 2);
    for (size_t k = 0; k < 2; k++) cr_expect(strstr(pactolus_messages_text(messages, k), want[k]) == pactolus_messages_text(messages, k), "%s, not %s", pactolus_messages_text(messages, k), want[k]);
    pactolus_messages_clear(messages);
    fixture_write("table.csv", "scenario,contract.exit.notice_years\na,1\nb,2\n");
    cr_expect_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    fixture_said("table.csv: warning: contract.exit.notice_years: moves nothing");
}

/* A market that several deals share may hold what one of them does not use. */
Test(api_deal, leaves_alone_what_an_included_file_has_for_others)
{
    fixture_write("market.yaml", "inputs: [steel, zinc]\nmarket.trade.far: {regimes: [now], start: now, tariff: {abroad: {home: {now: 0.1}}}}\n");
    struct command_outcome o;
    command_run(&o, "sed -i -e 's/^inputs: .*/include: market.yaml/' deal.yaml");
    pactolus_deal_destroy(deal);
    cr_assert_eq(pactolus_deal_load("deal.yaml", messages, &deal), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_messages_seen(messages), 0, "%s", pactolus_messages_count(messages) ? pactolus_messages_text(messages, 0) : "");
    command_run(&o, "sed -i -e '/^include/d' deal.yaml; cat market.yaml >>deal.yaml");
    pactolus_deal_destroy(deal);
    cr_assert_eq(pactolus_deal_load("deal.yaml", messages, &deal), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_messages_count(messages), 2);
    fixture_said("market.trade.far.tariff: moves nothing: what is sold in the destinations of these duties is not from their origins");
}
