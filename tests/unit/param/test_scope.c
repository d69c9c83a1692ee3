#include "param/scope.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "unit/param/toy.h"

struct bench {
    struct report report;
    struct param_records records;
    struct param_scope scope;
    int status;
};

static void read(struct bench *b, const char *lines)
{
    memset(b, 0, sizeof *b);
    toy_records(lines, &b->records, &b->report);
    b->status = param_scope_read(&b->records, toy_tables, toy_table_count, &b->scope, &b->report);
}

static void stop(struct bench *b)
{
    param_record_free(&b->records);
    report_free(&b->report);
}

Test(scope, sorts_names_and_keeps_the_declared_order)
{
    struct bench b;
    read(&b, "regions: [us, korea, china]\npartners: {}\npartners.b: {}\npartners.b.discount_rate: 1\npartners.a: {}\n");
    cr_assert_eq(b.status, 0, "%s", toy_message(&b.report, 0));
    const struct param_names *regions = &b.scope.set[PARAM_SET_REGION], *partners = &b.scope.set[PARAM_SET_PARTNER];
    cr_assert_eq(regions->count, 3);
    cr_assert_str_eq(regions->name[0], "china");
    cr_assert_str_eq(regions->name[1], "korea");
    cr_assert_str_eq(regions->name[2], "us");
    cr_assert(regions->declared[0] == 2 && regions->declared[1] == 1 && regions->declared[2] == 0);
    cr_assert_eq(partners->count, 2);
    cr_assert_str_eq(partners->name[0], "a");
    cr_assert(partners->declared[0] == 1 && partners->declared[1] == 0);
    cr_assert_eq(param_scope_find(regions, "korean", 5), 1);
    cr_assert_eq(param_scope_find(regions, "kore", 4), -1);
    stop(&b);
}

Test(scope, regimes_keep_their_order_and_belong_to_a_chain)
{
    struct bench b;
    int chain;
    read(&b, "market.trade.z.regimes: [low, deal, high]\nmarket.trade.a.regimes: [off]\nmarket.trade.a.start: off\n");
    cr_assert_eq(b.status, 0);
    cr_assert_eq(param_scope_at(&b.scope, "market.trade.z.regimes", &chain), PARAM_SET_REGIME);
    cr_assert_eq(chain, 1);
    cr_assert_str_eq(b.scope.regimes[1].name[1], "deal");
    cr_assert_eq(b.scope.regimes[0].count, 1);
    cr_assert_eq(param_scope_at(&b.scope, "market.trade.b.regimes", &chain), PARAM_SETS);
    cr_assert_eq(param_scope_at(&b.scope, "market.trade.a.b.regimes", &chain), PARAM_SETS);
    cr_assert_eq(param_scope_at(&b.scope, "market.tradex.a.regimes", &chain), PARAM_SETS);
    cr_assert_eq(param_scope_at(&b.scope, "market.tradeXa.regimes", &chain), PARAM_SETS);
    cr_assert_eq(param_scope_at(&b.scope, "market.trade", &chain), PARAM_SET_CHAIN);
    stop(&b);
}

Test(scope, a_list_wins_over_an_earlier_one_and_over_maps)
{
    struct bench b;
    read(&b, "regions: [us]\nregions: [us, korea]\nregions.china.label: x\n");
    cr_assert_eq(b.status, 0);
    cr_assert_eq(b.scope.set[PARAM_SET_REGION].count, 2);
    stop(&b);
}

Test(scope, a_text_list_of_an_option_declares_but_its_maps_do_not)
{
    struct bench b = {0};
    struct param_record sets[] = {{"regions", "[us, eu]", {"--set", 0, 0}, PARAM_RECORD_SCALAR, 1},
                                  {"partners.typo.discount_rate", "1", {"--set", 0, 0}, PARAM_RECORD_SCALAR, 1}};
    for (int k = 0; k < 2; k++) param_record_add(&b.records, &sets[k], &b.report);
    b.status = param_scope_read(&b.records, toy_tables, toy_table_count, &b.scope, &b.report);
    cr_assert_eq(b.status, 0);
    cr_assert_eq(b.scope.set[PARAM_SET_REGION].count, 2);
    cr_assert_eq(b.scope.set[PARAM_SET_PARTNER].count, 0);
    stop(&b);
}

Test(scope, an_empty_text_list_declares_nothing)
{
    struct bench b = {0};
    struct param_record sets[] = {{"regions", "[us]", {"d", 1, 1}, PARAM_RECORD_SCALAR, 1}, {"regions", "[]", {"--set", 0, 0}, PARAM_RECORD_SCALAR, 1}};
    for (int k = 0; k < 2; k++) param_record_add(&b.records, &sets[k], &b.report);
    cr_assert_eq(param_scope_read(&b.records, toy_tables, toy_table_count, &b.scope, &b.report), 0);
    cr_assert_eq(b.scope.set[PARAM_SET_REGION].count, 0);
    stop(&b);
}

Test(scope, rows_are_no_members)
{
    struct bench b;
    read(&b, "copula.family: 1\ncopula.crude.first: x\n");
    cr_assert_eq(b.scope.set[PARAM_SET_COPULA].count, 1);
    cr_assert_str_eq(b.scope.set[PARAM_SET_COPULA].name[0], "crude");
    stop(&b);
}

Test(scope, names_are_checked_errors)
{
    static const char *const wrong[] = {"Us", "1us", "u-s", "u s", "none", "../x", "a/b", "uѕ", "_us",
                                        "abcdefghijklmnopqrstuvwxyz1234567"};
    struct bench b;
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        char lines[200];
        snprintf(lines, sizeof lines, "regions: [us, %s]\n", wrong[k]);
        read(&b, lines);
        cr_assert_eq(b.status, STATUS_INPUT, "%s", wrong[k]);
        cr_assert_eq(strncmp(toy_message(&b.report, 0), "deal.yaml:1:1: error: regions: not a name for a region, got '", 60), 0, "%s", b.report.message[0]);
        stop(&b);
    }
    read(&b, "regions: [us, abcdefghijklmnopqrstuvwxyz123456]\n"); /* 32 characters */
    cr_assert_eq(b.status, 0);
    stop(&b);
    read(&b, "regions: [us, korea, us]\n");
    cr_assert_eq(b.status, STATUS_INPUT);
    cr_assert_str_eq(b.report.message[0], "deal.yaml:1:1: error: regions: region 'us' given twice");
    stop(&b);
    read(&b, "partners.A: {}\npartners.A.discount_rate: 1\npartners.A.label: x\n");
    cr_assert_eq(b.report.errors, 1, "a refused member is told once");
    stop(&b);
}

Test(scope, bounds_are_told_once_errors)
{
    struct bench b;
    read(&b, "regions: [a, b, c, d, e, f, g, h]\n");
    cr_assert_eq(b.status, 0);
    stop(&b);
    read(&b, "regions: [a, b, c, d, e, f, g, h, i, j]\n");
    cr_assert_eq(b.status, STATUS_MEMORY);
    cr_assert_eq(b.report.errors, 1);
    cr_assert_str_eq(b.report.message[0], "deal.yaml:1:1: error: regions: more than 8 regions, the bound of this program");
    stop(&b);
    char lines[4000] = "";
    for (int k = 0; k < 40; k++) snprintf(lines + strlen(lines), sizeof lines - strlen(lines), "copula.link%d.first: x\n", k);
    read(&b, lines);
    cr_assert_eq(b.status, STATUS_MEMORY);
    cr_assert_eq(b.report.errors, 1);
    cr_assert_eq(b.scope.set[PARAM_SET_COPULA].count, 32);
    stop(&b);
    read(&b, "market.trade.x.regimes: [a, b, c, d, e, f, g]\n");
    cr_assert_eq(b.status, STATUS_MEMORY);
    stop(&b);
}
