#include "input/deal.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/input/door.h"

Test(deal, reads_a_whole_deal)
{
    struct door door;
    struct toy *toy = calloc(1, sizeof *toy);
    struct param_draws draws = {0};
    door_open(&door);
    door_write(&door, "deal.yaml", door_deal, 0);
    cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), 0, "%s", door_message(&door, 0));
    cr_assert_eq(param_registry_fill(&door.registry, NULL, 0, toy, &draws, &door.report), 0);
    cr_assert_eq(toy->lead, 1);
    cr_assert(toy->demand[1].growth.value == 0.02 && toy->chain[0].rate[0][1] == 0.5 && toy->venture.plan.item[2].value == 910);
    cr_assert_eq(draws.count, 2);
    param_registry_release(&draws);
    free(toy);
    door_close(&door);
}

Test(deal, the_echo_is_a_deal_that_says_the_same)
{
    struct door door;
    door_open(&door);
    char lines[4000];
    snprintf(lines, sizeof lines, "%s  y: {first: \"a # \\\"b\\\" \\\\\"}\n", door_deal);
    door_write(&door, "deal.yaml", lines, 0);
    cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), 0, "%s", door_message(&door, 0));
    char *first = door_echo(&door), *origins;
    cr_assert_eq(param_echo_write(&door.registry, NULL, 0, 1, &origins, &door.report), 0);
    door_write(&door, "echo.yaml", origins, 0);
    cr_assert_eq(door_read(&door, "echo.yaml", NULL, 0), 0, "%s", door_message(&door, 0));
    char *second = door_echo(&door);
    cr_assert_str_eq(first, second);
    free(first), free(second), free(origins);
    door_close(&door);
}

Test(deal, options_win)
{
    struct door door;
    struct input_override sets[] = {{"contract.lead", "a"}, {"venture.capex.plan[1]", "uniform(1, 3)"}, {"contract.schedule", "[0.5, 0.25]"},
                                    {"contract.lead", "none"}};
    door_open(&door);
    door_write(&door, "deal.yaml", door_deal, 0);
    cr_assert_eq(door_read(&door, "deal.yaml", sets, 4), 0, "%s", door_message(&door, 0));
    char *echo = door_echo(&door);
    cr_assert_not_null(strstr(echo, "\ncontract.lead: none\n"));
    cr_assert_not_null(strstr(echo, "\nventure.capex.plan: [390, \"uniform(1, 3)\", 910]\n"));
    cr_assert_not_null(strstr(echo, "\ncontract.schedule: [0.5, 0.25]\n"));
    free(echo);
    door_close(&door);
}

Test(deal, options_win_errors)
{
    static const struct { struct input_override set; const char *message; } wrong[] = {
        {{"contract.laed", "a"}, "--set: error: contract.laed: unknown name; did you mean 'contract.lead'?"},
        {{"contract.multiple", "+1"}, "--set: error: contract.multiple: a number is written without a +, got '+1', want a number in [0, 5]"},
        {{"contract.multiple", ""}, "--set: error: contract.multiple: no value, want a number in [0, 5]"},
        {{"partners.c.discount_rate", "0.1"}, "--set: error: partners.c.discount_rate: no partner 'c' is declared; did you mean 'b'?"},
        {{"regions", "[us]"}, "error: market.demand.korea"},
        {{"contract", "1"}, "--set: error: contract: a section of the deal, want a map of names (an empty one is {})"},
        {{"", "1"}, "--set: error: unknown name"}};
    struct door door;
    door_open(&door);
    door_write(&door, "deal.yaml", door_deal, 0);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        int status = door_read(&door, "deal.yaml", &wrong[k].set, 1);
        if (k == 4) { /* fewer regions: fine, the deal says nothing of korea */
            cr_assert_eq(status, 0, "%s", door_message(&door, 0));
            continue;
        }
        cr_assert_eq(status, STATUS_INPUT);
        cr_assert_eq(strncmp(toy_message(&door.report, 0), wrong[k].message, strlen(wrong[k].message) - 10), 0, "%s", toy_message(&door.report, 0));
    }
    door_close(&door);
}

Test(deal, a_file_wins_over_what_it_includes)
{
    struct door door;
    door_open(&door);
    door_write(&door, "base.yaml", door_deal, 0);
    door_write(&door, "costs.yaml", "venture: {capex: {overrun: 1.5}}\nown: {a: {capex: {plan: [1, 2]}}}\n", 0);
    door_write(&door, "middle.yaml", "include: base.yaml\ncontract: {multiple: 2}\nmarket.demand.korea.growth: 0.5\n", 0);
    door_write(&door, "deal.yaml", "include: [middle.yaml]\ncontract: {multiple: 3}\nventure.capex.plan[0]: 7\npartners: {c: {discount_rate: 0.2}}\n", 0);
    cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), 0, "%s", door_message(&door, 0));
    char *echo = door_echo(&door);
    cr_assert_not_null(strstr(echo, "partners: [b, a, c]\n"), "maps are joined");
    cr_assert_not_null(strstr(echo, "\ncontract.multiple: 3\n"));
    cr_assert_not_null(strstr(echo, "\nventure.capex.plan: [7, 1040, 910]\n"));
    cr_assert_not_null(strstr(echo, "\nmarket.demand.korea.growth: 0.5\n"));
    free(echo);
    door_write(&door, "deal.yaml", "include: [middle.yaml, costs.yaml]\n", 0);
    cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), STATUS_INPUT);
    cr_assert_eq(door.report.errors, 1);
    cr_assert_not_null(strstr(door_message(&door, 0), "costs.yaml:1:28: error: venture.capex.overrun: given by two included files, first at "), "%s", door_message(&door, 0));
    cr_assert_not_null(strstr(door_message(&door, 0), "base.yaml:18"));
    door_close(&door);
}

Test(deal, includes_errors)
{
    static const struct { const char *text, *message; int status; } wrong[] = {
        {"include: deal.yaml\n", "deal.yaml:1:10: error: include: '", STATUS_INPUT},
        {"include: a.yaml\n", "a.yaml:1:10: error: include: '", STATUS_INPUT}, /* a includes deal */
        {"include: [b.yaml, b.yaml]\n", "deal.yaml:1:19: error: include: '", STATUS_INPUT},
        {"include: none.yaml\n", "none.yaml: error: No such file or directory", STATUS_FILE},
        {"include: {a: b}\n", "deal.yaml:1:10: error: include: a map, want a file name", STATUS_INPUT},
        {"include:\n", "deal.yaml:1:9: error: include: no file name", STATUS_INPUT},
        {"market: {include: b.yaml}\n", "deal.yaml:1:19: error: market.include: unknown name", STATUS_INPUT},
        {"include: 0.yaml\n", "7.yaml:1:10: error: include: deeper than 8 files", STATUS_INPUT},
        {"include: .\n", "", STATUS_FILE}};
    struct door door;
    door_open(&door);
    door_write(&door, "a.yaml", "include: deal.yaml\n", 0);
    door_write(&door, "b.yaml", door_deal, 0);
    for (int k = 0; k < 10; k++) {
        char name[24], text[40];
        snprintf(name, sizeof name, "%d.yaml", k);
        snprintf(text, sizeof text, "include: %d.yaml\n", k + 1);
        door_write(&door, name, text, 0);
    }
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        door_write(&door, "deal.yaml", wrong[k].text, 0);
        cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), wrong[k].status, "%s: %s", wrong[k].text, door_message(&door, 0));
        cr_assert_eq(strncmp(door_message(&door, 0), wrong[k].message, strlen(wrong[k].message)), 0, "%s: %s", wrong[k].text, door_message(&door, 0));
    }
    door_close(&door);
}

Test(deal, the_status_is_that_of_the_first_failure_errors)
{
    struct door door;
    struct param_records records = {0};
    struct report report;
    int complete;
    report_init(&report);
    door_open(&door);
    door_write(&door, "deal.yaml", "include: none.yaml\ndeal: !x T\n", 0);
    cr_assert_eq(input_deal_read(door.path, NULL, 0, &records, &complete, &report), STATUS_INPUT);
    cr_assert(report.errors == 3 && !complete, "the tag, the file, and who wanted it");
    param_record_free(&records);
    report_free(&report);
    door_close(&door);
}

Test(deal, names_given_twice_errors)
{
    static const struct { const char *text, *message; int errors; } wrong[] = {
        {"own: {a: {capex: {overrun: 1,\n overrun: 2}}}\n", "deal.yaml:25:11: error: own.a.capex.overrun: given twice, first at line 24", 1},
        {"contract: {lead: a}\n", "deal.yaml:24:11: error: contract: given twice, first at line 20", 1},
        {"contract.lead: a\n", "deal.yaml:24:16: error: contract.lead: given twice, first at line 21", 1},
        {"venture.capex.plan[1]: 5\n", "deal.yaml:24:24: error: venture.capex.plan[1]: given twice, first at line 18", 1},
        {"own.a.capex.plan[1]: 5\nown.a.capex.plan: [1, 2]\n", "deal.yaml:25:19: error: own.a.capex.plan: given twice, first at line 24", 0},
        {"partners.a: {discount_rate: 0.5}\n", "deal.yaml:24:13: error: partners.a: given twice, first at line 9", 1}};
    struct door door;
    door_open(&door);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        char text[4000];
        snprintf(text, sizeof text, "%s%s", door_deal, wrong[k].text);
        door_write(&door, "deal.yaml", text, 0);
        cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), STATUS_INPUT);
        int found = 0;
        for (int m = 0; m < door.report.shown; m++) found |= strcmp(door_message(&door, m), wrong[k].message) == 0;
        cr_assert(found, "%s gives %s", wrong[k].text, door_message(&door, 0));
        if (wrong[k].errors) cr_assert_eq(door.report.errors, wrong[k].errors, "%s also gives %s", wrong[k].text, door_message(&door, 1));
    }
    door_close(&door);
}

Test(deal, samples_come_from_a_file_beside_the_deal)
{
    struct door door;
    char text[4000];
    door_open(&door);
    door_write(&door, "prices.csv", "year,price\n2020,1\n2021,0.5\n2022,3\n", 0);
    snprintf(text, sizeof text, "%scontract.fee: empirical(prices.csv, price)\nown.a.capex.overrun: empirical(prices.csv, column=price)\n", door_deal);
    door_write(&door, "deal.yaml", text, 0);
    cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), 0, "%s", door_message(&door, 0));
    char *echo = door_echo(&door);
    cr_assert_not_null(strstr(echo, "contract.fee: empirical(prices.csv, price)  # 3 values"));
    free(echo);
    door_close(&door);
}

Test(deal, samples_come_from_a_file_beside_the_deal_errors)
{
    static const struct { const char *value, *message; int status; } wrong[] = {
        {"empirical(none.csv, price)", "none.csv: error: No such file or directory", STATUS_FILE},
        {"empirical(prices.csv, cost)", "deal.yaml:24:15: error: contract.fee: empirical: no such column in ", STATUS_INPUT},
        {"empirical(prices.csv, price)", "prices.csv:3: error: price: not a number, got 'N/A', want a number", STATUS_INPUT},
        {"empirical(empty.csv, price)", "deal.yaml:24:15: error: contract.fee: empirical: ", STATUS_INPUT}};
    struct door door;
    char text[4000];
    door_open(&door);
    door_write(&door, "prices.csv", "year,price\n2020,1\n2021,N/A\n", 0);
    door_write(&door, "empty.csv", "year,price\n", 0);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        snprintf(text, sizeof text, "%scontract.fee: %s\n", door_deal, wrong[k].value);
        door_write(&door, "deal.yaml", text, 0);
        cr_assert_eq(door_read(&door, "deal.yaml", NULL, 0), wrong[k].status, "%s", wrong[k].value);
        cr_assert_eq(strncmp(door_message(&door, 0), wrong[k].message, strlen(wrong[k].message)), 0, "%s", door_message(&door, 0));
    }
    door_close(&door);
}
