/* Designs through the library: defaults, the section `sweep:`, faults, and the table that comes of them. */
#include "unit/api/fixture.h"

#include "support/command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct pactolus_deal *deal;
static struct pactolus_design_options options;
static const char *vary[8];

static void set_up(void)
{
    fixture_enter();
    deal = fixture_deal();
    pactolus_design_options_init(&options);
    options.vary = vary;
}
static void tear_down(void)
{
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_design, .init = set_up, .fini = tear_down);

static void varies(const char *first, const char *second)
{
    vary[0] = first;
    vary[1] = second;
    options.vary_count = second ? 2 : 1;
}

static size_t lines(const char *text)
{
    size_t n = 0;
    for (; text && (text = strchr(text, '\n')); text++) n++;
    return n;
}

/* The deal anew, with a section at its end. */
static void add_section(const char *section)
{
    struct command_outcome o;
    pactolus_deal_destroy(deal);
    deal = NULL;
    fixture_write("section", section);
    command_run(&o, "cat section >>deal.yaml");
    cr_assert_eq(pactolus_deal_load("deal.yaml", messages, &deal), PACTOLUS_OK);
}

static void expect_failure(int status, const char *words)
{
    const int got = pactolus_deal_design(deal, &options, messages);
    cr_expect_eq(got, status, "%d: %s", got, words);
    fixture_said(words);
}

/* ---- What is made ---- */

Test(api_design, has_defaults)
{
    struct pactolus_design_options defaults;
    memset(&defaults, 255, sizeof defaults);
    pactolus_design_options_init(&defaults);
    cr_expect(!defaults.vary && !defaults.vary_count && !defaults.design && !defaults.points && defaults.seed == 1 &&
              !defaults.has_seed);
}

Test(api_design, has_no_table_before)
{
    cr_expect_null(pactolus_deal_table(deal));
    cr_expect_eq(pactolus_deal_scenarios(deal), 1);
}

Test(api_design, combines_values_to_a_grid)
{
    varies("market.inflation=0.01:0.03:3", "standalone.beta.mode=[buy, best]");
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    cr_expect_str_eq(pactolus_deal_table(deal),
                     "market.inflation,standalone.beta.mode\n0.01,buy\n0.01,best\n0.02,buy\n0.02,best\n0.03,buy\n0.03,best\n");
    cr_expect_eq(pactolus_deal_scenarios(deal), 6);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
}

Test(api_design, takes_as_many_points_as_it_has_by_default)
{
    varies("market.inflation=0.01:0.03", NULL);
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_scenarios(deal), 100);
    options.design = "sobol";
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_scenarios(deal), 128);
    options.points = 16;
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    cr_expect_eq(lines(pactolus_deal_table(deal)), 1 + 16);
}

/* One value in each tenth of the range, as only a Latin hypercube has surely. */
Test(api_design, is_a_latin_hypercube_where_something_is_a_range)
{
    int seen[10] = {0};
    double x;
    varies("market.inflation=0:0.1", "standalone.beta.mode=[buy, best]");
    options.points = 10;
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    for (const char *at = strchr(pactolus_deal_table(deal), '\n'); at[1]; at = strchr(at + 1, '\n')) {
        cr_assert_eq(sscanf(at + 1, "%lf", &x), 1);
        seen[(int)(x * 100.0)]++;
    }
    for (int k = 0; k < 10; k++) cr_expect_eq(seen[k], 1, "%d in tenth %d", seen[k], k);
}

static void keep(char *text)
{
    const int status = pactolus_deal_design(deal, &options, messages);
    cr_assert_eq(status, PACTOLUS_OK);
    snprintf(text, 4096, "%s", pactolus_deal_table(deal));
}

Test(api_design, has_a_seed)
{
    static char zero[4096], also[4096], seven[4096];
    varies("market.inflation=0.01:0.03", NULL);
    options.points = 5;
    keep(zero);
    options.has_seed = 1;
    keep(also);
    options.seed = 7;
    keep(seven);
    cr_expect_str_eq(zero, also);
    cr_expect_str_neq(zero, seven);
    options.has_seed = 0;
    keep(also);
    cr_expect_str_eq(also, seven, "the seed counts where no section has one");
}

Test(api_design, replaces_a_table_read_before)
{
    fixture_write("table.csv", "scenario,market.inflation\ncalm,0.01\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "table.csv", messages), PACTOLUS_OK);
    cr_expect_str_eq(pactolus_deal_table(deal), "scenario,market.inflation\ncalm,0.01\n");
    varies("market.inflation=[0.05, 0.06]", NULL);
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    cr_expect_str_eq(pactolus_deal_table(deal), "market.inflation\n0.05\n0.06\n");
    cr_expect_eq(pactolus_deal_scenarios(deal), 2);
}

Test(api_design, is_the_same_run_as_its_table_read_again)
{
    struct pactolus_run_options run = fixture_options();
    char *one = NULL, *other = NULL;
    varies("market.inflation=0.01:0.03", "venture.delay=triangular(1, 1.2, 2)");
    options.points = 3;
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    fixture_write("points.csv", pactolus_deal_table(deal));
    run.output = "made.h5";
    pactolus_result_destroy(fixture_run(deal, &run));
    struct pactolus_deal *second = fixture_deal();
    cr_assert_eq(pactolus_deal_load_scenarios(second, "points.csv", messages), PACTOLUS_OK);
    cr_expect_str_eq(pactolus_deal_table(second), pactolus_deal_table(deal));
    run.output = "read.h5";
    pactolus_result_destroy(fixture_run(second, &run));
    pactolus_deal_destroy(second);
    cr_assert_eq(pactolus_file_digest("made.h5", messages, &one), PACTOLUS_OK);
    cr_assert_eq(pactolus_file_digest("read.h5", messages, &other), PACTOLUS_OK);
    cr_expect_str_eq(one, other);
    pactolus_text_free(one);
    pactolus_text_free(other);
}

/* ---- The section of the deal ---- */

Test(api_design, takes_what_is_left_open_from_the_section)
{
    static char own[4096], anew[4096];
    add_section("sweep:\n  design: random\n  points: 4\n  seed: 9\n  vary:\n    market.inflation: 0.01:0.03\n    "
                "standalone.beta.mode: [buy, best]\n");
    options.vary_count = 0;
    options.seed = 5;
    keep(own);
    cr_expect_eq(strncmp(own, "market.inflation,standalone.beta.mode\n", 38), 0, "%s", own);
    cr_expect_eq(lines(own), 1 + 4);
    options.seed = 6;
    keep(anew);
    cr_expect_str_eq(own, anew, "the section has a seed of its own");
    options.has_seed = 1;
    keep(anew);
    cr_expect_str_neq(own, anew, "an option stands above the section");
    options.points = 7;
    keep(anew);
    cr_expect_eq(lines(anew), 1 + 7);
    options.design = "grid";
    options.points = 0;
    varies("market.inflation=[0.1, 0.2]", NULL);
    keep(anew);
    cr_expect_str_eq(anew, "market.inflation\n0.1\n0.2\n");
}

Test(api_design, is_checked_with_the_deal)
{
    add_section("sweep:\n  vary:\n    market.inflation: 0.01:0.03\n");
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_expect_null(pactolus_deal_table(deal), "a check makes no points");
}

Test(api_design, is_checked_with_the_deal_errors)
{
    struct pactolus_run_options run = fixture_options();
    add_section("sweep:\n  design: grid\n  vary:\n    market.inflation: 0.01:0.03\n");
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_INPUT);
    fixture_said("market.inflation: a grid needs values");
    pactolus_result_destroy(fixture_run(deal, &run)); /* no other command looks at it */
}

Test(api_design, is_checked_with_the_deal_which_tells_all_faults)
{
    add_section("sweep:\n  vary:\n    no.such: 1:2\n    horizon_years: [5, 6]\n    market.inflation: 7:9\n");
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_INPUT);
    cr_expect_eq(pactolus_messages_count(messages), 4);
    cr_expect_not_null(strstr(pactolus_messages_text(messages, 0), "deal.yaml:"));
    cr_expect_not_null(strstr(pactolus_messages_text(messages, 0), "no.such: unknown name"));
    cr_expect_not_null(strstr(pactolus_messages_text(messages, 1), "horizon_years: structural"));
    fixture_said("market.inflation: out of range, got '9'");
}

/* ---- Faults ---- */

Test(api_design, needs_something_that_varies)
{
    expect_failure(PACTOLUS_USAGE, "nothing varies");
}

Test(api_design, refuses_a_word_that_is_no_design)
{
    varies("market.inflation=0.01:0.03", NULL);
    options.design = "circle\n";
    expect_failure(PACTOLUS_USAGE, "error: --design: got 'circle\\n', want grid, random, lhs or sobol");
}

Test(api_design, refuses_ranges_in_a_grid)
{
    varies("market.inflation=0.01:0.03", "venture.delay=uniform(1, 2)");
    options.design = "grid";
    cr_expect_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_INPUT);
    cr_expect_eq(pactolus_messages_count(messages), 2);
    cr_expect_not_null(strstr(pactolus_messages_text(messages, 1), "venture.delay: a grid needs values"));
    fixture_said("market.inflation: a grid needs values");
}

Test(api_design, refuses_another_number_of_points_than_a_grid_has)
{
    varies("market.inflation=0.01:0.03:3", NULL);
    options.points = 4;
    expect_failure(PACTOLUS_INPUT, "the grid has 3 points, got '4'");
}

Test(api_design, tells_all_faults_at_once)
{
    static const char *const faulty[] = {"no.such=1:2", "horizon_years=[5, 6]", "market.inflation=0.1:x", "market.inflation",
                                         "venture.delay=0:1"};
    static const char *const words[] = {"error: --design: got", "no.such: unknown name",          "horizon_years: structural",
                                        "HIGH: not a number",   "no '=', got 'market.inflation'", "venture.delay: out of range"};
    options.vary = faulty;
    options.vary_count = 5;
    options.design = "circle";
    cr_expect_lt(pactolus_deal_design(deal, &options, messages), 0);
    cr_assert_eq(pactolus_messages_count(messages), 6);
    for (size_t k = 0; k < 6; k++) {
        cr_expect_not_null(strstr(pactolus_messages_text(messages, k), words[k]), "%s", pactolus_messages_text(messages, k));
    }
}

Test(api_design, has_a_bound)
{
    varies("market.inflation=0.01:0.03", NULL);
    options.points = 10000001;
    expect_failure(PACTOLUS_MEMORY, "want at most 10000000");
}

Test(api_design, leaves_the_table_alone_when_it_fails)
{
    varies("market.inflation=[0.05, 0.06]", NULL);
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    varies("no.such=1:2", NULL);
    expect_failure(PACTOLUS_INPUT, "no.such: unknown name");
    cr_expect_str_eq(pactolus_deal_table(deal), "market.inflation\n0.05\n0.06\n");
    cr_expect_eq(pactolus_deal_scenarios(deal), 2);
}

Test(api_design, says_how_shares_vary_together_errors)
{
    varies("partners.alpha.equity=[0.4, 0.6]", NULL);
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_INPUT);
    fixture_said("--vary:2: error: partners.*.equity: shares do not add to 1, got 0.4 + 0.5 = 0.9, want 1; the others are not moved "
                 "with the one that varies: give a table with a column for each (--scenarios)");
}

Test(api_design, excludes_setting_what_varies)
{
    varies("market.inflation=[0.05, 0.06]", NULL);
    cr_assert_eq(pactolus_deal_design(deal, &options, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_set(deal, "market.inflation", "0.1", messages), PACTOLUS_USAGE);
    fixture_said("market.inflation");
}
