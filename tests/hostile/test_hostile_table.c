/* Scenario tables that are damaged, odd or hostile (rows 64-75 of the reliability table). */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "unit/input/door.h"

static void start(struct door *door)
{
    door_open(door);
    door_write(door, "deal.yaml", door_deal, 0);
    cr_assert_eq(door_read(door, "deal.yaml", NULL, 0), 0);
}

#define HEAD "scenario,contract.multiple\n"

Test(hostile, g_tables_errors)
{
    static const struct { int row; const char *bytes; size_t n; const char *message; } cases[] = {
        {64, "\n", 0, "s.csv:1: error: empty file, want a header and rows"},
        {64, HEAD, 0, "s.csv:1: error: a header without rows"},
        {65, HEAD "a\n", 0, "s.csv:2: error: 1 field, want 2"},
        {65, HEAD "a,1\nb,1,2\n", 0, "s.csv:3: error: 3 fields, want 2"},
        {67, "scenario,contract.multiple\ra,1\r", 0, "s.csv:1:27: error: a line that ends in CR alone, want LF or CR LF"},
        {67, "\xff\xfes\0c\0", 6, "s.csv:1:1: error: UTF-16 or UTF-32 text"},
        {67, HEAD "caf\xe9,1\n", 0, "s.csv:2:4: error: not UTF-8, got byte '\\xe9'"},
        {67, HEAD "a\0b,1\n", 33, "s.csv:2:2: error: a control character, got '\\x00'"},
        {68, "scenario;contract.multiple\na;1,5\n", 0, "s.csv:2: error: 2 fields, want 1; is the separator ';'? It must be a comma"},
        {68, "scenario;contract.multiple\na;1\n", 0, "s.csv:1: error: a column's name with ';' in it: is that the separator?"},
        {68, HEAD "a;1\n", 0, "s.csv:2: error: 1 field, want 2; is the separator ';'? It must be a comma"},
        {68, "scenario\tcontract.multiple\na\t\"uniform(1, 2)\"\n", 0, "s.csv:1:9: error: the columns look parted by tabs, want commas"},
        {67, "PK\x03\x04\x14\x00", 6, "s.csv: error: a spreadsheet file (.xlsx, .ods or another archive), want text: save the table as CSV"},
        {67, "\xd0\xcf\x11\xe0\xa1\xb1", 6, "s.csv: error: a spreadsheet file (.xls), want text: save the table as CSV"},
        {69, HEAD "a,1\n\"b,2\nc,3\n", 0, "s.csv:3: error: a quote is opened here and not closed"},
        {69, HEAD "a\"b,1\n", 0, "s.csv:2: error: a quote inside of a cell"},
        {69, HEAD "\"a\"b,1\n", 0, "s.csv:2: error: a quote inside of a cell"},
        {70, "scenario,contract.multiple,contract.multiple\na,1,2\n", 0, "s.csv:1: error: contract.multiple: columns 2 and 3 have this name"},
        {70, "scenario,weight\na,1\n", 0, "s.csv:1: error: no column names a parameter"},
        {70, "scenario,contract. multiple\na,1\n", 0, "s.csv:1: error: a blank in a column's name, got 'contract. multiple'"},
        {70, "scenario,\na,1\n", 0, "s.csv:1: error: a column without a name, column 2 of 2"},
        {70, "Scenario,contract.multiple\na,1\n", 0, "s.csv:1: error: Scenario: no parameter; did you mean 'scenario'?"},
        {70, "scenario,contract.multiple,weights\na,1,1\n", 0, "s.csv:1: error: weights: no parameter; did you mean 'weight'?"},
        {71, HEAD "a,nan\n", 0, "s.csv:2: error: contract.multiple: not finite, got 'nan'"},
        {71, HEAD "a,inf\n", 0, "s.csv:2: error: contract.multiple: not finite"},
        {71, HEAD "a,\n", 0, "s.csv:2: error: contract.multiple: an empty cell"},
        {71, HEAD ",1\n", 0, "s.csv:2: error: scenario: an empty cell"},
        {71, HEAD "a,N/A\n", 0, "s.csv:2: error: contract.multiple: not a number, got 'N/A', want a number in [0, 5]"},
        {71, HEAD "a,1.5abc\n", 0, "s.csv:2: error: contract.multiple: not a number (character 4), got '1.5abc'"},
        {71, HEAD "a,0x1p3\n", 0, "s.csv:2: error: contract.multiple: hexadecimal"},
        {71, HEAD "a,1e999\n", 0, "s.csv:2: error: contract.multiple: out of range: beyond"},
        {71, HEAD "a,\"1,234.5\"\n", 0, "s.csv:2: error: contract.multiple: digits are not grouped"},
        {71, HEAD "a,\xe2\x88\x92" "1\n", 0, "s.csv:2: error: contract.multiple: not a number, got '\\u22121'"},
        {71, HEAD "a,1\xc2\xa0\n", 0, "s.csv:2: error: contract.multiple: not a number (character 2), got '1\\u00a0'"},
        {71, HEAD "a,+1\n", 0, "s.csv:2: error: contract.multiple: a number is written without a +"},
        {71, HEAD "a,1.\n", 0, "s.csv:2: error: contract.multiple: a number does not end in a point"},
        {71, HEAD "a,.5\n", 0, "s.csv:2: error: contract.multiple: a number starts with a digit"},
        {71, HEAD "a,uniform(1, 2)\n", 0, "s.csv:2: error: 3 fields, want 2"},
        {73, HEAD "# a comment\na,1\n", 0, "s.csv:2: error: 1 field, want 2"},
    };
    struct door door;
    start(&door);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        door_write(&door, "s.csv", cases[k].bytes, cases[k].n);
        cr_assert_eq(door_table(&door, "s.csv"), STATUS_INPUT, "row %d, case %zu", cases[k].row, k);
        cr_assert_eq(strncmp(door_message(&door, 0), cases[k].message, strlen(cases[k].message)), 0, "row %d gives %s, not %s", cases[k].row, door_message(&door, 0), cases[k].message);
    }
    door_close(&door);
}

/* Rows 66, 69, 73, 74: the same table in other dress. */
Test(hostile, g_tables_in_other_dress)
{
    static const char *const texts[] = {HEAD "a,0.5\n\"=cmd|calc\",2\n", "\xef\xbb\xbf" HEAD "a,0.5\n=cmd|calc,2", "scenario,contract.multiple\r\na,0.5\r\n=cmd|calc,2\r\n",
                                        "\n\"scenario\",\"contract.multiple\"\n\n\"a\",\"0.5\"\n\n\n\"=cmd|calc\",\"2\"\n\n", "scenario , contract.multiple\n a , 0.5 \n =cmd|calc ,2\n"};
    struct door door;
    char buffer[INPUT_TABLE_LABEL];
    start(&door);
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        door_write(&door, "s.csv", texts[k], 0);
        cr_assert_eq(door_table(&door, "s.csv"), 0, "%zu: %s", k, door_message(&door, 0));
        cr_assert_eq(door.table.rows, 2);
        cr_assert_str_eq(input_table_label(&door.table, 0, buffer), "a");
        cr_assert_str_eq(input_table_label(&door.table, 1, buffer), "=cmd|calc");
        cr_assert_str_eq(input_csv_cell(&door.table.csv, 1, 1), "0.5");
    }
    door_write(&door, "s.csv", HEAD "\"the \"\"old\"\" plan\",1\n", 0);
    cr_assert_eq(door_table(&door, "s.csv"), 0);
    cr_assert_str_eq(input_table_label(&door.table, 0, buffer), "the \"old\" plan");
    door_close(&door);
}

Test(hostile, g_all_errors_are_told_errors)
{
    struct door door;
    start(&door);
    door_write(&door, "s.csv", HEAD "a,x\nb,7\nc,1\nd,uniform\n", 0);
    cr_assert_eq(door_table(&door, "s.csv"), STATUS_INPUT);
    cr_assert_eq(door.report.errors, 3);
    door_write(&door, "s.csv", HEAD "a\nb,1,2\nc,1\nd\n", 0);
    cr_assert_eq(door_table(&door, "s.csv"), STATUS_INPUT);
    cr_assert_eq(door.report.errors, 3);
    door_close(&door);
}

static void assert_quick(struct door *door, const char *text, size_t n, const char *message)
{
    struct timespec begin, end;
    door_write(door, "s.csv", text, n);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    cr_assert_eq(door_table(door, "s.csv"), STATUS_INPUT);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double took = (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    cr_assert(took < TOY_SECONDS, "%.2f s", took);
    cr_assert_not_null(strstr(door_message(door, 0), message), "%s", door_message(door, 0));
}

/* Rows 62, 75. */
Test(hostile, g_size_errors, .timeout = 120)
{
    struct door door;
    char *text = malloc(16000000);
    size_t n = (size_t)sprintf(text, HEAD);
    start(&door);
    memset(text + n, 'x', 1 << 20);
    assert_quick(&door, text, n + (1 << 20), "s.csv:2: error: a cell of more than 4096 bytes");
    for (n = 0; n < 7000000; n += 7) memcpy(text + n, "abcdef,", 7);
    assert_quick(&door, text, n, "s.csv:1: error: more than 1024 columns");
    n = (size_t)sprintf(text, "contract.fee\n");
    for (int k = 0; k < 5000000; k++) memcpy(text + n, "1\n", 2), n += 2;
    assert_quick(&door, text, n, "error: more than 1000000 rows");
    n = (size_t)sprintf(text, HEAD "\"");
    memset(text + n, '\n', 1000000);
    assert_quick(&door, text, n + 1000000, "s.csv:2: error: a ");
    free(text);
    door_close(&door);
}
