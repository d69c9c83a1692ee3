#include "param/registry.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "unit/param/toy.h"

struct bench {
    struct report report;
    struct param_records records;
    struct param_registry registry;
    struct param_draws draws;
    struct toy *toy;
    struct param_store store;
    int status;
};

/* toy_deal and more lines. */
static void start(struct bench *b, const char *more)
{
    char lines[8000];
    memset(b, 0, sizeof *b);
    b->toy = calloc(1, sizeof *b->toy);
    snprintf(lines, sizeof lines, "%s%s", toy_deal, more);
    b->status = toy_read(lines, &b->records, &b->registry, &b->report);
}

static void fill(struct bench *b, const struct param_setting *settings, size_t n)
{
    memset(b->toy, 0, sizeof *b->toy);
    b->toy->guard = 77;
    b->status = param_registry_fill(&b->registry, settings, n, b->toy, &b->draws, &b->report);
}

static void stop(struct bench *b)
{
    param_registry_release(&b->draws);
    param_registry_free(&b->registry);
    param_record_free(&b->records);
    param_store_free(&b->store);
    report_free(&b->report);
    free(b->toy);
}

static struct param_setting setting(struct bench *b, const char *name, const char *text)
{
    struct param_setting s;
    struct place place = {"--set", 0, 0};
    b->status = param_registry_resolve(&b->registry, name, place, 0, &s, &b->report);
    if (!b->status) b->status = param_registry_parse(&b->registry, text, place, &b->store, &s, &b->report);
    return s;
}

Test(registry, writes_values_and_defaults_to_their_places)
{
    struct bench b;
    start(&b, "start: 2024-07\ncontract.rule: use\ncontract.lead: b\nmarket.demand.us.growth: 0.02\nmarket.demand.korea.reversion: 3\n"
              "market.trade.us_korea.start: high\nmarket.trade.us_korea.rates.low.high: 0.5\n"
              "market.trade.us_korea.tariff.us.korea.high: 0.25\nventure.capex.plan: [390, 1040, 910]\nown.b.capex.overrun: 1.5\n"
              "own.a.capex.input_share.lithium: 0.125\ncontract.royalty.a.b: 0.75\ncopula.x.first: crude\ncopula.x.correlation: -0.5\n"
              "horizon_years: 1e1\n");
    cr_assert_eq(b.status, 0, "%s", toy_message(&b.report, 0));
    fill(&b, NULL, 0);
    const struct toy *t = b.toy;
    cr_assert_eq(b.status, 0);
    cr_assert_str_eq(t->title, "Toy");
    cr_assert_eq(t->horizon_years, 10, "the last value wins, and 1e1 is an integer");
    cr_assert_eq(t->start, 2024 * 12 + 6);
    cr_assert_eq(t->rule, 2);
    cr_assert_eq(t->lead, 1, "internal index: a, b");
    cr_assert(t->discount_rate[0] == 0.09 && t->discount_rate[1] == 0.1);
    cr_assert(t->demand[0].growth.value == 0 && t->demand[1].growth.value == 0.02, "korea, us");
    cr_assert(t->demand[1].growth.draw == -1 && t->demand[0].reversion == 3);
    cr_assert_eq(t->chain[0].start, 1);
    cr_assert(t->chain[0].rate[0][1] == 0.5 && t->chain[0].rate[1][0] == 0);
    cr_assert(t->chain[0].tariff[1][0][1] == 0.25 && t->chain[0].tariff[0][1][1] == 0);
    cr_assert(t->venture.plan.count == 3 && t->venture.plan.item[1].value == 1040 && t->venture.plan.item[3].draw == -1);
    cr_assert(t->own[1].overrun.value == 1.5 && t->own[0].overrun.value == 1 && t->own[0].plan.count == 0);
    cr_assert(t->own[0].input_share[0].value == 0.125);
    cr_assert(t->royalty[0][1].value == 0.75 && t->royalty[1][0].value == 0 && t->royalty[1][0].draw == -1);
    cr_assert_str_eq(t->link[0].first, "crude");
    cr_assert(t->link[0].correlation == -0.5);
    cr_assert(t->schedule.count == 2 && t->schedule.item[1].value == 0.5, "a list as default");
    cr_assert(t->scope == 1 && t->multiple.value == 1);
    cr_assert_eq(b.draws.count, 0);
    cr_assert(t->own[2].overrun.value == 0 && t->discount_rate[2] == 0, "members that are not declared are not written");
    stop(&b);
}

Test(registry, defaults_are_neutral_members)
{
    struct bench b;
    start(&b, "");
    fill(&b, NULL, 0);
    cr_assert_eq(b.toy->start, 2022 * 12);
    cr_assert_eq(b.toy->lead, -1);
    cr_assert_eq(b.toy->chain[0].start, -1);
    cr_assert_eq(b.toy->rule, 0);
    stop(&b);
}

Test(registry, members_without_rows_of_their_own_are_declared_by_a_map)
{
    struct report report;
    struct param_records records;
    struct param_registry registry;
    int status = toy_read("deal: T\nhorizon_years: 5\nregions: [us]\ninputs: {}\ninputs.nickel: {}\ninputs.cobalt: {}\n", &records, &registry, &report);
    cr_assert_eq(status, 0, "%s", toy_message(&report, 0));
    cr_assert_eq(registry.scope.set[PARAM_SET_INPUT].count, 2);
    cr_assert_not_null(param_slot_find(&registry.slots, "venture.capex.input_share.cobalt"));
    param_registry_free(&registry);
    param_record_free(&records);
    report_free(&report);
}

Test(registry, lists_draws_with_their_streams)
{
    struct bench b;
    start(&b, "venture.capex.overrun: lognormal(median=1.1, sigma=0.4)\nown.a.capex.overrun: uniform(1, 2)\ncontract.multiple: uniform(0, 1)\n"
              "contract.fee: same(contract.multiple)\nventure.capex.plan: [5, \"uniform(1, 3)\", same(contract.multiple)]\n");
    cr_assert_eq(b.status, 0, "%s", toy_message(&b.report, 0));
    fill(&b, NULL, 0);
    cr_assert_eq(b.status, 0, "%s", toy_message(&b.report, 0));
    cr_assert_eq(b.draws.count, 4);
    const struct param_draw *overrun = &b.draws.draw[b.toy->venture.overrun.draw], *own = &b.draws.draw[b.toy->own[0].overrun.draw];
    cr_assert_str_eq(overrun->name, "venture.capex.overrun");
    cr_assert_str_eq(overrun->stream, "programme.capex.overrun");
    cr_assert_str_eq(own->name, "own.a.capex.overrun");
    cr_assert_str_eq(own->stream, overrun->stream, "one uniform for all instances");
    cr_assert_eq(overrun->learnt, PARAM_LEARNT_PROGRESS);
    cr_assert(overrun->low == 0.01 && overrun->high == 100);
    cr_assert_eq(overrun->distribution->kind, DISTRIBUTION_LOGNORMAL);
    cr_assert(fabs(b.toy->venture.overrun.value - 1.1 * exp(0.08)) < 1e-14, "value is the mean");
    const struct param_draw *multiple = &b.draws.draw[b.toy->multiple.draw], *year = &b.draws.draw[b.toy->venture.plan.item[1].draw];
    cr_assert_str_eq(multiple->stream, "contract.multiple", "no stream prefix: the full name");
    cr_assert_str_eq(year->name, "venture.capex.plan[1]");
    cr_assert_str_eq(year->stream, "programme.capex.plan[1]");
    cr_assert(b.toy->venture.plan.item[1].value == 2 && b.toy->venture.plan.item[0].draw == -1);
    cr_assert_eq(b.toy->fee.draw, b.toy->multiple.draw, "same() shares the draw");
    cr_assert_eq(b.toy->venture.plan.item[2].draw, b.toy->multiple.draw);
    cr_assert(b.toy->fee.value == 0.5);
    for (size_t k = 0; k < b.draws.count; k++) {
        const struct param_number *n = (const void *)((const char *)b.toy + b.draws.draw[k].offset);
        cr_assert_eq(n->draw, (int)k, "every draw knows its number");
    }
    stop(&b);
}

Test(registry, same_needs_a_drawn_number_errors)
{
    static const struct { const char *lines, *phrase; } wrong[] = {
        {"contract.multiple: 0.5\ncontract.fee: same(contract.multiple)\nventure.capex.overrun: 2000\n", "out of range"},
        {"contract.fee: same(contract.fee)\n", "itself written with same"},
        {"contract.multiple: uniform(0,1)\ncontract.fee: same(contract.multiple)\nventure.capex.overrun: same(contract.fee)\n", "itself written with same"},
        {"contract.multiple: same(contract.fee)\ncontract.fee: uniform(1, 6)\n", "greatest value, 6, is out of range, got 'contract.fee'"},
        {"contract.fee: same(contract.multipel)\n", "did you mean 'contract.multiple'?"},
        {"contract.fee: same(contract.scope)\n", "varies by path"},
        {"contract.fee: same(venture.capex.plan)\n", "varies by path"},
        {"contract.fee: same(contract.multiple[0])\n", "varies by path"},
        {"contract.fee: same()\n", "want same(name"},
        {"contract.fee: same(same(contract.multiple))\n", "want same(name"}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct bench b;
        start(&b, wrong[k].lines);
        if (!b.status) fill(&b, NULL, 0);
        cr_assert_eq(b.status, STATUS_INPUT, "%s", wrong[k].lines);
        cr_assert_eq(b.report.errors, 1);
        cr_assert_not_null(strstr(b.report.message[0], wrong[k].phrase), "%s", b.report.message[0]);
        stop(&b);
    }
}

Test(registry, settings_go_over_the_deal)
{
    struct bench b;
    start(&b, "contract.multiple: uniform(0, 1)\ncontract.fee: same(contract.multiple)\nventure.capex.plan: [1, 2, 3]\n"
              "own.a.capex.overrun: uniform(1, 2)\n");
    struct param_setting s[] = {setting(&b, "contract.multiple", "uniform(2, 3)"), setting(&b, "venture.capex.plan[1]", "uniform(7, 9)"),
                                setting(&b, "own.a.capex.overrun", "1.25"), setting(&b, "contract.rule", "fixed"),
                                setting(&b, "contract.schedule", "[0.25]")};
    for (int round = 0; round < 3; round++) {
        fill(&b, s, 5);
        cr_assert_eq(b.status, 0, "%s", toy_message(&b.report, 0));
        cr_assert_eq(b.draws.count, 2);
        cr_assert(b.toy->multiple.value == 2.5 && b.toy->fee.value == 2.5 && b.toy->fee.draw == b.toy->multiple.draw);
        cr_assert(b.toy->venture.plan.item[1].value == 8 && b.toy->venture.plan.count == 3 && b.toy->venture.plan.item[2].value == 3);
        cr_assert(b.toy->own[0].overrun.value == 1.25 && b.toy->own[0].overrun.draw == -1);
        cr_assert_eq(b.toy->rule, 1);
        cr_assert(b.toy->schedule.count == 1 && b.toy->schedule.item[0].value == 0.25 && b.toy->schedule.item[1].value == 0);
        cr_assert_str_eq(b.draws.draw[b.toy->multiple.draw].name, "contract.multiple");
        fill(&b, NULL, 0);
        cr_assert(b.draws.count == 2 && b.toy->multiple.value == 0.5 && b.toy->venture.plan.item[1].value == 2 && b.toy->schedule.count == 2);
    }
    stop(&b);
}

Test(registry, settings_go_over_the_deal_errors)
{
    struct bench b;
    struct param_setting s;
    struct place column = {"table.csv", 1, 0};
    start(&b, "contract.multiple: uniform(0, 1)\ncontract.fee: same(contract.multiple)\nventure.capex.plan: [1, 2]\n");
    setting(&b, "contract.multipel", "1");
    cr_assert_str_eq(toy_message(&b.report, 0), "--set: error: contract.multipel: unknown name; did you mean 'contract.multiple'?");
    setting(&b, "contract.multiple", "6");
    cr_assert_str_eq(toy_message(&b.report, 1), "--set: error: contract.multiple: out of range, got '6', want a number in [0, 5]");
    cr_assert_eq(param_registry_resolve(&b.registry, "horizon_years", column, 1, &s, &b.report), STATUS_INPUT);
    cr_assert_str_eq(toy_message(&b.report, 2), "table.csv:1: error: horizon_years: structural: make a second deal file");
    cr_assert_eq(param_registry_resolve(&b.registry, "horizon_years", column, 0, &s, &b.report), 0, "an option may set it");
    cr_assert_eq(param_registry_resolve(&b.registry, "regions", column, 0, &s, &b.report), STATUS_INPUT);
    cr_assert_eq(param_registry_resolve(&b.registry, "contract.multiple[0]", column, 1, &s, &b.report), STATUS_INPUT);
    cr_assert_not_null(strstr(toy_message(&b.report, 4), "not a list"));
    cr_assert_eq(param_registry_resolve(&b.registry, "venture.capex.plan[40]", column, 1, &s, &b.report), STATUS_INPUT);
    cr_assert_eq(param_registry_resolve(&b.registry, "venture.capex.plan[01]", column, 1, &s, &b.report), STATUS_INPUT);
    cr_assert_eq(param_registry_resolve(&b.registry, "venture.capex.plan[-1]", column, 1, &s, &b.report), STATUS_INPUT);
    report_free(&b.report);
    setting(&b, "contract.schedule", "[2, 1]");
    cr_assert_eq(b.status, STATUS_INPUT, "a good element does not excuse the one before");
    setting(&b, "contract.schedule", "[2, 3]");
    cr_assert_eq(b.report.errors, 3, "every bad element is told");
    report_free(&b.report);
    s = setting(&b, "venture.capex.plan[2]", "5");
    cr_assert_eq(b.status, 0);
    fill(&b, &s, 1);
    cr_assert_eq(b.status, STATUS_INPUT);
    cr_assert_str_eq(toy_message(&b.report, 0), "--set: error: venture.capex.plan: no element [2], the list has 2: give the whole list");
    report_free(&b.report);
    s = setting(&b, "contract.multiple", "1");
    fill(&b, &s, 1);
    cr_assert_eq(b.status, 0, "same() of what a scenario holds constant is the constant: %s", toy_message(&b.report, 0));
    cr_assert(b.toy->fee.value == 1 && b.toy->fee.draw == -1);
    report_free(&b.report);
    s = setting(&b, "contract.multiple", "4.5");
    fill(&b, &s, 1);
    cr_assert_eq(b.toy->fee.value == 4.5, b.status == STATUS_OK);
    stop(&b);
}

Test(registry, element_of_a_list_in_the_file)
{
    struct bench b;
    start(&b, "venture.capex.plan: [1, 2, 3]\nventure.capex.plan[2]: 9\ncontract.schedule[0]: 0.75\n");
    cr_assert_eq(b.status, 0, "%s", toy_message(&b.report, 0));
    fill(&b, NULL, 0);
    cr_assert(b.toy->venture.plan.count == 3 && b.toy->venture.plan.item[2].value == 9 && b.toy->venture.plan.item[1].value == 2);
    cr_assert(b.toy->schedule.item[0].value == 0.75 && b.toy->schedule.item[1].value == 0.5, "over the default");
    stop(&b);
}

Test(registry, tells_what_is_wrong_errors)
{
    static const struct { const char *lines, *phrase; int status; } wrong[] = {
        {"contract.multipel: 1\n", "deal.yaml:11:1: error: contract.multipel: unknown name; did you mean 'contract.multiple'?", STATUS_INPUT},
        {"Contract.Rule: use\n", "did you mean 'contract.rule'?", STATUS_INPUT},
        {"contract.mul\xd1\x96ple: 1\n", "error: contract.mul\\u0456ple: unknown name", STATUS_INPUT},
        {"contract.multiple : 1\n", "error: contract.multiple : unknown name; did you mean 'contract.multiple'?", STATUS_INPUT},
        {"multiple: 1\n", "did you mean 'contract.multiple'?", STATUS_INPUT},
        {"quite_other: 1\n", "quite_other: unknown name", STATUS_INPUT},
        {"market.demand.uss.growth: 1\n", "market.demand.uss.growth: no region 'uss' is declared; did you mean 'us'?", STATUS_INPUT},
        {"market.demand.brazil.growth: 1\n", "no region 'brazil' is declared; there are us, korea", STATUS_INPUT},
        {"market.demand.brazil: {}\nmarket.demand.brazil.growth: 1\n", "no region 'brazil'", STATUS_INPUT},
        {"market.trade.us_korea.rates.low.hihg: 1\n", "no regime 'hihg' is declared; did you mean 'high'?", STATUS_INPUT},
        {"markett: {}\nmarkett.demand: {}\nmarkett.demand.us.growth: 3\n", "markett: unknown name; did you mean 'market'?", STATUS_INPUT},
        {"contract: 5\n", "contract: a section of the deal, want a map of names", STATUS_INPUT},
        {"contract:\n", "contract: no value, want a map of names (an empty one is {})", STATUS_INPUT},
        {"contract: [1]\n", "contract: a list, want a map", STATUS_INPUT},
        {"contract.rule: {}\ncontract.rule.x: 1\n", "contract.rule: a map, want one of equity, fixed, use", STATUS_INPUT},
        {"contract.multiple: [1]\n", "contract.multiple: a list, want a number in [0, 5]", STATUS_INPUT},
        {"contract.multiple:\n", "contract.multiple: no value, want a number", STATUS_INPUT},
        {"contract.multiple: ~\n", "no value", STATUS_INPUT},
        {"deal: null\n", "deal: no value, want a text", STATUS_INPUT},
        {"contract.multiple: ten\n", "not a number, got 'ten', want a number in [0, 5]", STATUS_INPUT},
        {"contract.multiple: 10,5\n", "(character 3), got '10,5'", STATUS_INPUT},
        {"contract.multiple: -0.1\n", "out of range, got '-0.1'", STATUS_INPUT},
        {"contract.multiple: uniform(0, 6)\n", "greatest value, 6, is out of range", STATUS_INPUT},
        {"contract.rule: Use\n", "not a known word, got 'Use', want one of equity, fixed, use", STATUS_INPUT},
        {"contract.lead: c\n", "not declared (there are b, a), got 'c', want the name of a partner, or none", STATUS_INPUT},
        {"contract.scope: uniform(0, 1)\n", "does not vary by path: make it a column of a scenario table", STATUS_INPUT},
        {"contract.scope: same(contract.multiple)\n", "make it a column of a scenario table", STATUS_INPUT},
        {"contract.schedule: [\"uniform(0, 1)\"]\n", "make it a column of a scenario table", STATUS_INPUT},
        {"partners.a.discount_rate: 0\n", "out of range, got '0', want a number in (0, 1]", STATUS_INPUT},
        {"horizon_years: 10.5\n", "not an integer, got '10.5', want an integer in [1, 40]", STATUS_INPUT},
        {"horizon_years: 41\n", "out of range, got '41'", STATUS_INPUT},
        {"horizon_years: 18446744073709551616\n", "out of range", STATUS_INPUT},
        {"horizon_years: uniform(1,2)\n", "an integer is not drawn", STATUS_INPUT},
        {"start: 2022-01-02\n", "first day, got '2022-01-02', want a month such as 2022-01", STATUS_INPUT},
        {"venture.capex.plan: 5\n", "not a list, got '5', want a list [a, b, ..] of numbers in [0, 10000000]", STATUS_INPUT},
        {"venture.capex.plan: [1, -2]\n", "out of range, got '-2'", STATUS_INPUT},
        {"venture.capex.plan: {}\n", "a map, want a list", STATUS_INPUT},
        {"venture.capex.plan[0]: 5\n", "no element [0], the list has 0", STATUS_INPUT},
        {"contract.multiple[0]: 5\n", "not a list: it has no elements", STATUS_INPUT},
        {"contract.schedule[x]: 5\n", "an element is written [0] to [39]", STATUS_INPUT},
        {"contract.schedule[40]: 5\n", "an element is written [0] to [39]", STATUS_INPUT},
        {"regions: 5\n", "regions: want a list of names", STATUS_INPUT},
        {"market.trade.us_korea.regimes: {}\n", "want a list of names", STATUS_INPUT},
        {"copula.x: {}\n", "deal.yaml:11:1: error: copula.x.first: required, but not given, want a text", STATUS_INPUT},
        {"partners.c: {}\n", "deal.yaml:11:1: error: partners.c.discount_rate: required, but not given, want a number in (0, 1]", STATUS_INPUT},
        {"market.trade.us_korea.tariff.uss.koera.low: 1\n", "no region 'uss' is declared; did you mean 'us'?", STATUS_INPUT},
        {"inputs.lithium: 5\n", "inputs.lithium: a section of the deal, want a map", STATUS_INPUT},
        {"partners.c: 5\n", "partners.c: a section of the deal, want a map", STATUS_INPUT},
        {"partners.C: {}\npartners.C.discount_rate: 1\n", "not a name for a partner, got 'C'", STATUS_INPUT},
        {"contract.lead: [a]\n", "a list, want the name of a partner", STATUS_INPUT},
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct bench b;
        start(&b, wrong[k].lines);
        cr_assert_eq(b.status, wrong[k].status, "%s: %d", wrong[k].lines, b.status);
        cr_assert_not_null(strstr(toy_message(&b.report, 0), wrong[k].phrase), "%s gives %s", wrong[k].lines, toy_message(&b.report, 0));
        if (strncmp(wrong[k].lines, "partners.c: 5", 13) != 0 && strncmp(wrong[k].lines, "regions: 5", 10) != 0) cr_assert_eq(b.report.errors, 1, "%s: also %s", wrong[k].lines, toy_message(&b.report, 1));
        stop(&b);
    }
}

Test(registry, tells_all_faults_and_all_that_is_missing_errors)
{
    struct report report;
    struct param_records records;
    struct param_registry registry;
    int status = toy_read("contract: {}\ncontract.rule: x\ncontract.scope: 2\nmarket: {}\nmarket.trade: {}\nmarket.trade.c: {}\n", &records, &registry, &report);
    cr_assert_eq(status, STATUS_INPUT);
    cr_assert_eq(report.errors, 6);
    cr_assert_not_null(strstr(report.message[0], "contract.rule"));
    cr_assert_not_null(strstr(report.message[1], "contract.scope"));
    cr_assert_str_eq(report.message[2], "deal.yaml:1:1: error: deal: required, but not given, want a text of at most 127 bytes");
    cr_assert_not_null(strstr(report.message[3], "horizon_years: required"));
    cr_assert_not_null(strstr(report.message[4], "deal.yaml:6:1: error: market.trade.c.regimes: required, but not given, want a list of names"));
    cr_assert_not_null(strstr(report.message[5], "regions: required"));
    param_registry_free(&registry);
    param_record_free(&records);
    report_free(&report);
}

Test(registry, lists_are_bounded_errors)
{
    struct bench b;
    char line[400] = "venture.capex.plan: [1";
    for (int k = 1; k < 40; k++) strcat(line, ", 1");
    char fits[500];
    snprintf(fits, sizeof fits, "%s]\n", line);
    start(&b, fits);
    cr_assert_eq(b.status, 0);
    stop(&b);
    strcat(line, ", 1]\n");
    start(&b, line);
    cr_assert_eq(b.status, STATUS_MEMORY);
    cr_assert_not_null(strstr(toy_message(&b.report, 0), "more than 40 elements, the bound"));
    struct param_setting s = setting(&b, "venture.capex.plan", strchr(line, '['));
    (void)s;
    stop(&b);
}

static int quiet_check(const struct param_table *table, struct report *report)
{
    struct param_records records = {0};
    struct param_registry registry;
    report_init(report);
    int status = param_registry_read(&registry, table, 1, &records, NULL, "deal.yaml", report);
    param_registry_free(&registry);
    return status;
}

Test(registry, rows_that_contradict_themselves_errors)
{
    static const struct { struct param_row row; const char *phrase; } wrong[] = {
        {{"x", PARAM_NUMBER, "1", 0, 0, 0, "0", "X.", PARAM_BY_PATH}, "without a range"},
        {{"x", PARAM_WORD, "1", 0, 0, 0, "a", "X.", PARAM_BY_PATH}, "without words"},
        {{"x", PARAM_NUMBER, NULL, 0, 1, 0, "0", "X.", PARAM_BY_PATH}, "without unit"},
        {{"<planet>.x", PARAM_NUMBER, "1", 0, 1, 0, "0", "X.", PARAM_BY_PATH}, "no set"},
        {{"<regime>.x", PARAM_NUMBER, "1", 0, 1, 0, "0", "X.", PARAM_BY_PATH}, "without its chain"},
        {{"<region>.<region>.<region>.<region>.<region>", PARAM_NUMBER, "1", 0, 1, 0, "0", "X.", PARAM_BY_PATH}, "more wildcards"},
        {{"x", PARAM_NUMBER, "1", 0, 1, 0, "2", "X.", PARAM_BY_PATH}, "out of range"}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct param_table table = {"", NULL, &wrong[k].row, 1, 0, {0}};
        struct report report;
        cr_assert_eq(quiet_check(&table, &report), STATUS_INTERNAL, "%zu", k);
        cr_assert_not_null(strstr(report.message[0], wrong[k].phrase), "%s", report.message[0]);
        report_free(&report);
    }
    static const struct param_row twice[] = {{"x", PARAM_NUMBER, "1", 0, 1, 0, "0", "X.", PARAM_BY_PATH},
                                             {"x", PARAM_NUMBER, "1", 0, 1, 0, "0", "X.", PARAM_BY_PATH}};
    struct param_table table = {"", NULL, twice, 2, 0, {0}};
    struct report report;
    cr_assert_neq(quiet_check(&table, &report), 0);
    report_free(&report);
}

Test(registry, order_of_the_file_changes_nothing)
{
    struct report report[2];
    struct param_records records[2];
    struct param_registry registry[2];
    struct param_draws draws[2] = {{0}, {0}};
    struct toy *toy[2] = {calloc(1, sizeof(struct toy)), calloc(1, sizeof(struct toy))};
    const char *lines[2] = {"deal: T\nhorizon_years: 5\nregions: [us, korea]\npartners.b.discount_rate: 0.1\npartners.a.discount_rate: 0.2\n"
                            "market.demand.us.growth: uniform(0, 0.1)\nmarket.demand.korea.growth: uniform(0, 0.2)\n",
                            "market.demand.korea.growth: uniform(0, 0.2)\npartners.a.discount_rate: 0.2\npartners.b.discount_rate: 0.1\n"
                            "regions: [korea, us]\nmarket.demand.us.growth: uniform(0, 0.1)\nhorizon_years: 5\ndeal: T\n"};
    for (int k = 0; k < 2; k++) {
        cr_assert_eq(toy_read(lines[k], &records[k], &registry[k], &report[k]), 0);
        cr_assert_eq(param_registry_fill(&registry[k], NULL, 0, toy[k], &draws[k], &report[k]), 0);
    }
    cr_assert_eq(memcmp(toy[0], toy[1], sizeof(struct toy)), 0);
    for (size_t k = 0; k < draws[0].count; k++) cr_assert_str_eq(draws[0].draw[k].name, draws[1].draw[k].name);
    for (int k = 0; k < 2; k++) {
        param_registry_release(&draws[k]);
        param_registry_free(&registry[k]);
        param_record_free(&records[k]);
        report_free(&report[k]);
        free(toy[k]);
    }
}

Test(registry, fills_fast_enough_for_a_sweep)
{
    struct bench b;
    start(&b, "contract.multiple: uniform(0, 1)\n");
    struct param_setting s = setting(&b, "contract.multiple", "uniform(2, 3)");
    clock_t begin = clock();
    for (int k = 0; k < 2000; k++) fill(&b, &s, 1);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    cr_assert(seconds < TOY_SECONDS, "2000 fills took %.2f s", seconds);
    stop(&b);
}
