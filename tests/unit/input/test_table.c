#include "input/table.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/input/door.h"

static void start(struct door *door)
{
    door_open(door);
    door_write(door, "deal.yaml", door_deal, 0);
    cr_assert_eq(door_read(door, "deal.yaml", NULL, 0), 0);
}

static int table(struct door *door, const char *text, size_t n)
{
    door_write(door, "s.csv", text, n);
    return door_table(door, "s.csv");
}

Test(table, rows_are_scenarios)
{
    struct door door;
    char buffer[INPUT_TABLE_LABEL];
    start(&door);
    cr_assert_eq(table(&door, "scenario,contract.multiple,weight,venture.capex.plan[1],contract.schedule,contract.rule\n"
                              "\"base, low\",0.5,1,\"uniform(1, 2)\",\"[1, 0.5]\",use\n\n=cmd|calc,2,3, 7 ,[],fixed\n", 0), 0, "%s", door_message(&door, 0));
    const struct input_table *t = &door.table;
    cr_assert_eq(t->rows, 2);
    cr_assert_eq(t->parameters, 4);
    cr_assert_str_eq(input_table_name(t, 1), "venture.capex.plan[1]");
    cr_assert_str_eq(input_table_label(t, 0, buffer), "base, low");
    cr_assert_str_eq(input_table_label(t, 1, buffer), "=cmd|calc");
    cr_assert(t->weight[0] == 1 && t->weight[1] == 3);
    cr_assert_eq(input_table_place(t, 0).line, 2);
    cr_assert_eq(input_table_place(t, 1).line, 4, "blank lines count as lines");
    struct param_setting s[4];
    struct param_store store = {0};
    struct param_draws draws = {0};
    struct toy *toy = calloc(1, sizeof *toy);
    cr_assert_eq(input_table_resolve(t, &door.registry, s, &door.report), 0);
    for (size_t row = 0; row < 2; row++) {
        cr_assert_eq(input_table_settings(t, row, &door.registry, &store, s, &door.report), 0);
        cr_assert_eq(param_registry_fill(&door.registry, s, 4, toy, &draws, &door.report), 0);
        cr_assert(toy->multiple.value == (row ? 2 : 0.5) && toy->venture.plan.item[1].value == (row ? 7 : 1.5));
        cr_assert(toy->schedule.count == (row ? 0 : 2) && toy->rule == (row ? 1 : 2));
        cr_assert_eq(draws.count, row ? 1 : 2);
    }
    param_registry_release(&draws);
    param_store_free(&store);
    free(toy);
    door_close(&door);
}

Test(table, names_of_rows_may_be_absent)
{
    struct door door;
    char buffer[INPUT_TABLE_LABEL];
    start(&door);
    cr_assert_eq(table(&door, "contract.multiple\n1\n2\n", 0), 0, "%s", door_message(&door, 0));
    cr_assert_str_eq(input_table_label(&door.table, 1, buffer), "row_2");
    cr_assert_null(door.table.weight);
    door_close(&door);
}

Test(table, content_errors)
{
    static const struct { const char *text, *message; } wrong[] = {
        {"scenario,contract.multiple\na,6\n", "s.csv:2: error: contract.multiple: out of range, got '6', want a number in [0, 5]"},
        {"scenario,contract.multipel\na,1\n", "s.csv:1: error: contract.multipel: unknown name; did you mean 'contract.multiple'?"},
        {"scenario,horizon_years\na,5\n", "s.csv:1: error: horizon_years: structural: make a second deal file"},
        {"scenario,regions\na,[us]\n", "s.csv:1: error: regions: structural: make a second deal file"},
        {"scenario,contract.scope\na,\"uniform(0, 1)\"\n", "s.csv:2: error: contract.scope: does not vary by path"},
        {"scenario,contract.multiple,weight\na,1,-1\n", "s.csv:2: error: weight: out of range, got '-1', want a number >= 0"},
        {"scenario,contract.multiple,weight\na,1,0\n", "s.csv:1: error: weight: all weights are 0"},
        {"scenario,contract.multiple\na,1\na,2\n", "s.csv:3: error: scenario: given twice, first at line 2, got 'a'"},
        {"scenario,contract.multiple\n\"a\nb\",1\n", "s.csv:2: error: scenario: a control character or line end in a name, got 'a\\nb'"},
        {"contract.multiple,contract.multiple\n1,1\n", "s.csv:1: error: contract.multiple: columns 1 and 2 have this name"},
        {"scenario,weight\na,1\n", "s.csv:1: error: no column names a parameter"},
        {"scenario,venture.capex.plan,venture.capex.plan[1]\na,[1],2\n", "s.csv:1: error: venture.capex.plan[1]: a list and an element of it, columns 2 and 3"},
    };
    struct door door;
    start(&door);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        cr_assert_eq(table(&door, wrong[k].text, 0), STATUS_INPUT, "%s", wrong[k].text);
        cr_assert_eq(strncmp(door_message(&door, 0), wrong[k].message, strlen(wrong[k].message)), 0, "%s gives %s", wrong[k].text, door_message(&door, 0));
    }
    door_close(&door);
}

Test(table, an_option_of_the_same_name_errors)
{
    struct door door;
    struct input_override sets[] = {{"contract.rule", "use"}, {"contract.multiple", "1"}, {"venture.capex.plan", "[1]"}, {"contract.schedule[1]", "1"}};
    start(&door);
    cr_assert_eq(table(&door, "contract.multiple,venture.capex.plan[0],contract.schedule[0]\n1,2,0.5\n", 0), 0);
    cr_assert_eq(input_table_check_overrides(&door.table, sets, 1, &door.report), 0);
    cr_assert_eq(input_table_check_overrides(&door.table, sets, 4, &door.report), STATUS_USAGE);
    cr_assert_eq(door.report.errors, 2, "two elements of one list do not contradict");
    cr_assert_eq(strncmp(toy_message(&door.report, 0), "--set: error: contract.multiple: also a column of /", 50), 0);
    door_close(&door);
}

Test(table, many_rows_are_read_in_a_second, .timeout = 60)
{
    struct door door;
    enum { ROWS = 100000 };
    char *text = malloc(ROWS * 40 + 100);
    size_t n = (size_t)sprintf(text, "scenario,contract.multiple,contract.fee\n");
    start(&door);
    for (int k = 0; k < ROWS; k++) n += (size_t)sprintf(text + n, "s%d,0.%d,%d\n", k, k, k);
    cr_assert_eq(table(&door, text, n), 0, "%s", door_message(&door, 0));
    cr_assert_eq(door.table.rows, ROWS);
    free(text);
    door_close(&door);
}

/* A table that the program made: the same rules, told under the name it is given, more rows than a file may have. */
Test(table, of_a_text_in_memory)
{
    enum { ROWS = 1100000 };
    struct door door;
    struct input_table t;
    char *text = malloc(20 + 2 * ROWS), *at = text;
    start(&door);
    at += sprintf(at, "contract.multiple\n");
    for (int k = 0; k < ROWS; k++) at += sprintf(at, "%d\n", k % 5);
    cr_assert_eq(input_table_read_text("--vary", text, &t, &door.report), 0, "%s", door_message(&door, 0));
    cr_assert(t.rows == ROWS && t.parameters == 1 && input_table_place(&t, 3).line == 5);
    cr_assert_str_eq(input_table_place(&t, 3).file, "--vary");
    input_table_free(&t);
    free(text);
    door_close(&door);
}

Test(table, of_a_text_in_memory_errors)
{
    static const struct { const char *text, *message; } wrong[] = {
        {"", "--vary:1: error: empty file, want a header and rows"},
        {"contract.multiple\n", "--vary:1: error: a header without rows"},
        {"contract.multiple\n1,2\n", "--vary:2: error: 2 fields, want 1"},
        {"contract.multiple\n\xff\n", "--vary:2:1: error: not UTF-8, got byte '\\xff'"},
        {"contract.multiple\n\x01\n", "--vary:2:1: error: a control character, got '\\x01'"},
        {"contract.multiple\r1\n", "--vary:1:18: error: a line that ends in CR alone"},
        {"contract.multiple\n\"1\n", "--vary:2: error: a quote is opened here and not closed"},
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct door door;
        struct input_table t;
        start(&door);
        cr_assert_eq(input_table_read_text("--vary", wrong[k].text, &t, &door.report), STATUS_INPUT);
        cr_assert(strncmp(door_message(&door, 0), wrong[k].message, strlen(wrong[k].message)) == 0, "%s\n%s", wrong[k].message, door_message(&door, 0));
        input_table_free(&t);
        door_close(&door);
    }
}
