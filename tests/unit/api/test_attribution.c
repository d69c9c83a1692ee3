/* What each switch takes away is another deal, run by hand: with one switch the bars are the two runs. */
#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "support/command.h"

static const char *const battery = PROJECT_DIR "/scenarios/battery-jv/deal.yaml";
static const char *const neutral = TESTS_DIR "/reference/deals/neutral.yaml";
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define BUILDS SETS("standalone.beta.mode", "build") /* best takes pilot runs */
static struct pactolus_deal *deal;
static struct pactolus_result *result;

static void tear_down(void)
{
    pactolus_result_destroy(result);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_attribution, .init = fixture_enter, .fini = tear_down);

static struct pactolus_deal *load(const char *path, const char *const *sets)
{
    struct pactolus_deal *loaded = NULL;
    cr_assert_eq(pactolus_deal_load(path, messages, &loaded), PACTOLUS_OK);
    for (; sets && *sets; sets += 2) cr_assert_eq(pactolus_deal_set(loaded, sets[0], sets[1], messages), PACTOLUS_OK, "%s", sets[0]);
    return loaded;
}

static struct pactolus_result *attribute(struct pactolus_deal *of, uint64_t paths, const char *const *switches, size_t count)
{
    struct pactolus_attribution_options options;
    struct pactolus_result *made = NULL;
    pactolus_attribution_options_init(&options);
    options.run.paths = paths;
    options.run.threads = 1;
    options.switches = switches;
    options.switches_count = count;
    int status = pactolus_attribute(of, &options, NULL, NULL, messages, &made);
    cr_assert_eq(status, PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    return made;
}

static double bar(const struct pactolus_result *of, const char *name, size_t partner, const char *which)
{
    struct pactolus_row row;
    cr_assert_eq(pactolus_result_row(of, name, 0, messages, &row), PACTOLUS_OK);
    const ptrdiff_t at = pactolus_result_find(of, "bar", which);
    cr_assert_geq(at, 0, "no bar %s", which);
    return row.values[partner * row.size[row.dimensions - 1] + (size_t)at];
}

static double sum_of(const struct pactolus_result *of, const char *name, size_t partner)
{
    struct pactolus_row row;
    double sum = 0.0;
    cr_assert_eq(pactolus_result_row(of, name, 0, messages, &row), PACTOLUS_OK);
    const size_t bars = row.size[row.dimensions - 1];
    for (size_t k = 0; k < bars; k++) sum += row.values[partner * bars + k];
    return sum;
}

/* `terms` is worth what the deal with these settings is, but for rounding to money's grid. */
static void expect_terms(const char *path, const char *const *common, const char *name, const char *const *off, uint64_t paths)
{
    struct pactolus_run_options options = fixture_options();
    struct pactolus_deal *with = load(path, common), *without = load(path, common);
    for (; *off; off += 2) cr_assert_eq(pactolus_deal_set(without, off[0], off[1], messages), PACTOLUS_OK, "%s", off[0]);
    options.paths = paths;
    struct pactolus_result *bars = attribute(with, paths, &name, 1);
    struct pactolus_result *all = fixture_run(with, &options), *run = fixture_run(without, &options);
    struct pactolus_row terms, captured;
    cr_assert_eq(pactolus_result_row(run, "captured_mean", 0, messages, &terms), PACTOLUS_OK);
    cr_assert_eq(pactolus_result_row(all, "captured_mean", 0, messages, &captured), PACTOLUS_OK);
    for (size_t p = 0; p < terms.count; p++) {
        cr_expect_float_eq(bar(bars, "attribution_mean", p, "terms"), terms.values[p], 2e-6, "%s %zu: %.9g, run by hand %.9g", name, p,
                           bar(bars, "attribution_mean", p, "terms"), terms.values[p]);
        cr_expect_float_eq(bar(bars, "attribution_mean", p, name), captured.values[p] - terms.values[p], 2e-6);
    }
    cr_expect(fabs(bar(bars, "attribution_mean", 0, name)) > 1e-3, "%s moves nothing here", name);
    pactolus_result_destroy(bars);
    pactolus_result_destroy(run);
    pactolus_result_destroy(all);
    pactolus_deal_destroy(with);
    pactolus_deal_destroy(without);
}

Test(api_attribution, adds_up_bit_for_bit)
{
    struct pactolus_run_options options = fixture_options();
    options.paths = 192;
    deal = load(battery, NULL);
    result = attribute(deal, 192, NULL, 0);
    struct pactolus_result *run = fixture_run(deal, &options);
    struct pactolus_row total, captured, joint;
    cr_assert_eq(pactolus_result_row(result, "captured_mean", 0, messages, &total), PACTOLUS_OK);
    cr_assert_eq(pactolus_result_row(result, "joint_mean", 0, messages, &joint), PACTOLUS_OK);
    cr_assert_eq(pactolus_result_row(run, "captured_mean", 0, messages, &captured), PACTOLUS_OK);
    for (size_t p = 0; p < 2; p++) {
        cr_expect_eq(sum_of(result, "attribution_mean", p), total.values[p]);
        cr_expect_leq(fabs(total.values[p] - captured.values[p]), 0x1p-21, "half a unit of money");
    }
    cr_expect_eq(sum_of(result, "joint_attribution_mean", 0), joint.values[0]);
    cr_expect_eq(pactolus_result_find(result, "bar", "pooling"), -1, "nothing is pooled in this deal");
    cr_expect_eq(pactolus_result_find(result, "bar", "terms"), 0);
    cr_expect_geq(pactolus_result_find(result, "bar", "exit"), 1);
    pactolus_result_destroy(run);
}

/* Values of the same paths are compared: with one switch its error is that of the paired difference, none without chance. */
Test(api_attribution, has_errors_of_paired_paths)
{
    static const char *const trade = "trade";
    struct pactolus_row captured;
    deal = load("deal.yaml", BUILDS);
    result = attribute(deal, 1000, &trade, 1);
    cr_assert_eq(pactolus_result_row(result, "captured_standard_error", 0, messages, &captured), PACTOLUS_OK);
    for (size_t p = 0; p < 2; p++) {
        const double error = bar(result, "attribution_standard_error", p, "trade");
        cr_expect_gt(error, 0.0);
        cr_expect_lt(error, captured.values[p]);
    }
}

Test(api_attribution, gives_a_switch_that_does_nothing_exactly_nothing)
{
    static const char *const names[] = {"renegotiation", "pooling", "exit"};
    deal = load("deal.yaml", BUILDS); /* nobody reviews anything there */
    result = attribute(deal, 128, names, 3);
    for (size_t p = 0; p < 2; p++) {
        cr_expect_eq(bar(result, "attribution_mean", p, "renegotiation"), 0.0);
        cr_expect_eq(bar(result, "attribution_mean", p, "exit"), 0.0);
        cr_expect_eq(bar(result, "attribution_standard_error", p, "exit"), 0.0);
        cr_expect(fabs(bar(result, "attribution_mean", p, "pooling")) > 1.0);
    }
}

/* Two partners, a plant, no tax, no interest: four years in which 100 are made for a and 50 for b. */
static const char skills[] =
    "deal: Skills\ncurrency: USD\nvolume_unit: thousand vehicles\nstart: 2022-01\nhorizon_years: 4\nsteps_per_year: 1\n"
    "regions: [home]\npartners:\n"
    "  a: {equity: 0.5, discount_rate: 0, own_unit_cost: 1, price: {home: 30}, plan: {home: [100]},\n"
    "      strength: {material: 0.8, software: 0.6, plant: 1.5}}\n"
    "  b: {equity: 0.5, discount_rate: 0, own_unit_cost: 1, price: {home: 30}, plan: {home: [50]},\n"
    "      strength: {material: 1.2, access: 0.5}}\n"
    "venture: {material: {cost: 10}, fixed_cost: 10, ramp_years: 2, capex: {plan: [100], software_share: 0.5}}\n"
    "standalone: {a: {mode: none}, b: {mode: none}}\n";

/* Material costs 8 for both, 12 for b by itself; a adds 0.5 instead of 1 a unit; the plant costs 10 a year and 100 x 0.8, instead of
   12.5 and 100 x (0.4 + 0.625), by half: a gains 200 + 5 + 11.25, b 800 + 5 + 11.25. A loss of a fifth, then a tenth, takes
   (8 + 0.5) of 0.3 for each unit, and 0.3 x 10 + 0.2 x 80 of both. */
Test(api_attribution, of_strengths_is_as_computed_by_hand)
{
    static const char *const strengths = "strengths";
    fixture_write("skills.yaml", skills);
    for (int loses = 0; loses < 2; loses++) {
        deal = load("skills.yaml", loses ? SETS("venture.transfer_loss", "0.2") : NULL);
        result = attribute(deal, 1, &strengths, 1);
        const double common = 5 + 11.25 - (loses ? (0.3 * 10 + 0.2 * 80) / 2 : 0.0), unit = loses ? 8.5 * 0.3 : 0.0;
        cr_expect_float_eq(bar(result, "attribution_mean", 0, "strengths"), 200 + common - 100 * unit, 1e-5, "%.9g",
                           bar(result, "attribution_mean", 0, "strengths"));
        cr_expect_float_eq(bar(result, "attribution_mean", 1, "strengths"), 800 + common - 50 * unit, 1e-5, "%.9g",
                           bar(result, "attribution_mean", 1, "strengths"));
        if (loses) break;
        pactolus_result_destroy(result);
        pactolus_deal_destroy(deal);
    }
}

/* Among several bars they still add up; a lead that is worse than the others takes; partners that are equally good gain exactly nothing. */
Test(api_attribution, of_strengths_adds_up_and_gives_equals_nothing)
{
    static const char *const strengths = "strengths";
    deal = load("deal.yaml", SETS("standalone.beta.mode", "build", "partners.alpha.strength.conversion", "0.8",
                                  "partners.beta.strength.material", "0.9"));
    result = attribute(deal, 128, NULL, 0);
    for (size_t p = 0; p < 2; p++) {
        struct pactolus_row total;
        cr_assert_eq(pactolus_result_row(result, "captured_mean", 0, messages, &total), PACTOLUS_OK);
        cr_expect_eq(sum_of(result, "attribution_mean", p), total.values[p]);
        cr_expect_gt(bar(result, "attribution_mean", p, "strengths"), 1.0);
    }
    pactolus_result_destroy(result);
    pactolus_deal_destroy(deal);
    deal = load("deal.yaml", SETS("standalone.beta.mode", "build", "partners.alpha.strength.conversion", "0.8",
                                  "partners.beta.strength.conversion", "0.8", "partners.alpha.strength.plant", "1.1",
                                  "partners.beta.strength.plant", "1.1"));
    result = attribute(deal, 128, &strengths, 1);
    for (size_t p = 0; p < 2; p++) cr_expect_eq(bar(result, "attribution_mean", p, "strengths"), 0.0);
    pactolus_result_destroy(result);
    pactolus_deal_destroy(deal);
    deal = load("deal.yaml", BUILDS);
    result = attribute(deal, 64, NULL, 0);
    cr_expect_eq(pactolus_result_find(result, "bar", "strengths"), -1, "all are average in this deal");
}

Test(api_attribution, switches_pooling_trade_and_friction_off)
{
    expect_terms("deal.yaml", BUILDS, "pooling", SETS("venture.common_share", "0"), 128);
    expect_terms("deal.yaml", BUILDS, "trade",
                 SETS("market.trade.home_abroad.rates.low.high", "0", "market.trade.home_abroad.rates.high.low", "0"), 128);
    expect_terms(battery, NULL, "friction",
                 SETS("contract.governance.interface_cost", "0", "contract.preparation.spend", "0", "contract.governance.goal_gap", "0",
                      "contract.governance.gap_regime", "0", "contract.governance.gap_held", "0", "contract.governance.gap_gate", "0", "contract.governance.gap_unequal", "0",
                      "contract.deadlock.rate", "0"), 128);
}

Test(api_attribution, switches_renegotiation_and_exit_off)
{
    expect_terms(battery, NULL, "renegotiation", SETS("contract.renegotiation.attempts", "0"), 512);
    expect_terms(battery, NULL, "exit",
                 SETS("contract.exit.right.automaker", "no", "contract.exit.right.cellmaker", "no", "contract.breakup.share", "0",
                      "contract.triggers.owner.kind", "never"), 128);
}

/* Alone the partners of the neutral deal spend 0.6 and 0.4 of what the venture spends, on the same days. */
Test(api_attribution, switches_capital_off)
{
    static const char *const capital = "capital";
    deal = load(neutral, NULL);
    result = attribute(deal, 1, &capital, 1);
    for (size_t p = 0; p < 2; p++) cr_expect_eq(bar(result, "attribution_mean", p, "capital"), 0.0);
    expect_terms(neutral, SETS("partners.a.equity", "0.5", "partners.b.equity", "0.5"), "capital",
                 SETS("contract.capex.rule", "fixed", "contract.capex.share.a", "[0.6]", "contract.capex.share.b", "[0.4]"), 1);
    expect_terms(neutral, SETS("standalone.a.production_start", "2", "standalone.b.production_start", "2"), "capital",
                 SETS("venture.production_start", "2"), 1);
    expect_terms(neutral, SETS("standalone.a.mode", "none", "standalone.b.mode", "none"), "capital",
                 SETS("venture.capex.plan", "[0]", "venture.capex.grant", "[0]"), 1);
    expect_terms(neutral, SETS("venture.need.tooling", "10", "partners.a.contribution.tooling", "6", "partners.a.opportunity_cost.tooling", "1"),
                 "capital", SETS("venture.need.tooling", "0"), 1);
}

/* By a curve, and by the strength in software: as a programme of its own would. */
Test(api_attribution, switches_capital_off_that_goes_by_a_curve)
{
    expect_terms(neutral, SETS("venture.capex.plan", "[]", "venture.capex.total", "500", "venture.capex.duration", "2", "standalone.a.capex.plan", "[]",
                               "standalone.a.capex.total", "300", "standalone.a.capex.duration", "3", "standalone.a.capex.shape_a", "4",
                               "standalone.a.capex.software_share", "1", "partners.a.strength.software", "0.8"),
                 "capital",
                 SETS("venture.capex.total", "0", "venture.capex.grant", "[0]", "own.a.capex.total", "300", "own.a.capex.duration", "3",
                      "own.a.capex.shape_a", "4", "own.a.capex.software_share", "1", "own.a.capex.overrun", "1.2", "own.a.capex.grant", "[30]",
                      "own.a.production_start", "1", "own.b.capex.plan", "[160, 40]", "own.b.capex.overrun", "1.2", "own.b.capex.grant", "[20]",
                      "own.b.production_start", "1"), 1);
}

Test(api_attribution, has_bars_for_every_scenario_and_their_mixture)
{
    static const char *const names[] = {"pooling", "trade"};
    struct pactolus_row row;
    fixture_write("s.csv", "scenario,weight,venture.common_share\nnone,1,0\nhalf,3,0.5\n");
    deal = load("deal.yaml", BUILDS);
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "s.csv", messages), PACTOLUS_OK);
    result = attribute(deal, 64, names, 2);
    cr_expect_eq(pactolus_result_scenarios(result), 3);
    double of[3], sum[3], total[3];
    for (size_t s = 0; s < 3; s++) {
        cr_assert_eq(pactolus_result_row(result, "attribution_mean", s, messages, &row), PACTOLUS_OK);
        of[s] = row.values[1];
        sum[s] = row.values[0] + row.values[1] + row.values[2];
        cr_assert_eq(pactolus_result_row(result, "captured_mean", s, messages, &row), PACTOLUS_OK);
        total[s] = row.values[0];
        cr_expect_eq(sum[s], total[s]);
    }
    cr_expect_eq(of[0], 0.0);
    cr_expect_float_eq(of[2], 0.75 * of[1], 4e-6);
}

Test(api_attribution, leaves_a_file_that_says_the_same)
{
    struct pactolus_attribution_options options;
    char *text = NULL, *json = NULL;
    pactolus_attribution_options_init(&options);
    options.run.paths = 64;
    options.run.threads = 1;
    options.run.output = "bars.h5";
    deal = load("deal.yaml", BUILDS);
    cr_assert_eq(pactolus_attribute(deal, &options, NULL, NULL, messages, &result), PACTOLUS_OK);
    cr_assert_eq(pactolus_result_json(result, messages, &json), PACTOLUS_OK);
    cr_assert_eq(pactolus_file_info("bars.h5", PACTOLUS_JSON, messages, &text), PACTOLUS_OK);
    const char *a = strstr(json, "\"attribution_mean\""), *b = strstr(text, "\"attribution_mean\"");
    cr_assert(a && b);
    cr_expect_eq(strncmp(a, b, (size_t)(strchr(a, '}') - a)), 0);
    pactolus_text_free(text);
    pactolus_text_free(json);
    cr_assert_eq(pactolus_result_summary(result, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "Shared capital"));
    cr_expect_not_null(strstr(text, "value captured"));
    pactolus_text_free(text);
}

Test(api_attribution, is_drawn_where_matplotlib_is)
{
    static struct command_outcome o;
    struct pactolus_attribution_options options;
    static const char *const trade = "trade";
    pactolus_attribution_options_init(&options);
    options.run.paths = 64;
    options.run.threads = 1;
    options.run.output = "bars.h5";
    options.switches = &trade;
    options.switches_count = 1;
    deal = load("deal.yaml", BUILDS);
    cr_assert_eq(pactolus_attribute(deal, &options, NULL, NULL, messages, &result), PACTOLUS_OK);
    command_run(&o, "for p in python3 /usr/bin/python3; do $p -c 'import h5py, matplotlib' 2>/dev/null || continue; "
                    "$p -W error '" PROJECT_DIR "/scripts/plot.py' bars.h5 && test -s attribution.png; exit; done");
    cr_expect_eq(o.code, 0, "%s%s", o.output, o.error);
}

static int stop(void *context, const struct pactolus_progress *progress)
{
    *(uint64_t *)context = progress->paths_all;
    return progress->paths_done > progress->paths_all / 2;
}

Test(api_attribution, stops_when_asked_and_leaves_nothing)
{
    static const char *const names[] = {"pooling", "trade"};
    struct pactolus_attribution_options options;
    uint64_t all = 0;
    pactolus_attribution_options_init(&options);
    options.run.paths = 64;
    options.run.output = "bars.h5";
    options.switches = names;
    options.switches_count = 2;
    deal = load("deal.yaml", BUILDS);
    cr_expect_eq(pactolus_attribute(deal, &options, stop, &all, messages, &result), PACTOLUS_STOPPED);
    cr_expect_eq(all, 4 * 64);
    cr_expect_null(result);
    cr_expect_neq(access("bars.h5", F_OK), 0);
}

Test(api_attribution, errors)
{
    struct pactolus_attribution_options options;
    const char *names[] = {"pooling", "poling"};
    pactolus_attribution_options_init(&options);
    options.run.threads = 1;
    options.switches = names;
    options.switches_count = 2;
    deal = load("deal.yaml", BUILDS);
    cr_expect_eq(pactolus_attribute(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    fixture_said("--switches: no switch 'poling', want some of strengths, pooling, capital, ");
    names[1] = "pooling";
    cr_expect_eq(pactolus_attribute(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    fixture_said("given twice: 'pooling'");
    options.switches_count = 1;
    options.run.memory = 1 << 20;
    options.run.paths = 1000000;
    cr_expect_eq(pactolus_attribute(deal, &options, NULL, NULL, messages, &result), PACTOLUS_MEMORY);
    fixture_said("--memory: 1000000 paths of ");
    options.run.paths = 0;
    cr_expect_eq(pactolus_attribute(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    fixture_said("paths");
    cr_expect_null(result);
}
