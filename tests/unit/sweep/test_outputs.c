/* What another program computed, put beside the points: taken as it is, or refused with all that is wrong with it. */
#include "sweep/outputs.h"

#include <hdf5.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/sweep/swept_deal.h"

TestSuite(outputs, .init = swept_deal_begin, .fini = swept_deal_end, .timeout = 100);

static const char *csv(void)
{
    return swept_in("y.csv");
}

static int write_outputs(const char *name)
{
    swept_forget();
    memset(&swept_outcome, 0x55, sizeof swept_outcome);
    swept_config.run.output = swept_in(name);
    return sweep_outputs_write(&swept_deal, &swept_config, csv(), &swept_outcome, &swept_report);
}

/* A table with this header and these rows. */
static void make_table(const char *header, const char *const *row, int rows)
{
    FILE *file = fopen(csv(), "w");
    fprintf(file, "%s\n", header);
    for (int k = 0; k < rows; k++) fprintf(file, "%s\n", row[k]);
    cr_assert_eq(fclose(file), 0);
}

/* As many rows as points, each of `cells`, in which # stands for the number of the point. */
static void make_rows(const char *header, const char *cells, int rows)
{
    char text[20][128];
    const char *row[20];
    for (int k = 0; k < rows; k++) {
        size_t n = 0;
        for (const char *c = cells; *c && n < sizeof text[k] - 8; c++) {
            if (*c == '#') n += (size_t)snprintf(text[k] + n, 8, "%d", k);
            else text[k][n++] = *c;
        }
        text[k][n] = 0;
        row[k] = text[k];
    }
    make_table(header, row, rows);
}

static void expect_fault(const char *what)
{
    cr_expect_eq(write_outputs("out.h5"), STATUS_INPUT, "%s: %s", what, swept_messages());
    cr_expect(swept_told(what), "no '%s': %s", what, swept_messages());
    cr_expect_eq(swept_entries(swept_folder), 1, "%s: something was written", what);
    cr_expect(!swept_outcome.merged && !swept_outcome.done && !swept_outcome.here && !swept_outcome.failed);
}

/* A row of the result by name, a number for each point. */
static void read_row(const char *name, double out[SWEPT_ROWS])
{
    struct output_result *result = NULL;
    cr_assert_eq(output_result_open(&result, swept_in("out.h5"), &swept_report), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(output_result_verify(result, &swept_report), STATUS_OK);
    for (size_t k = 0; k < SWEPT_ROWS; k++) {
        cr_assert_eq(output_result_row(result, name, k, &out[k], &swept_report), STATUS_OK, "%s: %s", name, swept_messages());
    }
    output_result_close(result);
}

/* ---- What is taken ---- */

Test(outputs, numbers_come_back_to_the_last_bit_and_what_is_none_is_none)
{
    static const char *const row[SWEPT_ROWS] = {
        "0.1,NA,p0,1", "1e+300,,p1,2", "-0,nan,p2,3", "2.2250738585072014e-308,NaN,p3,4", "0.30000000000000004,7,p4,5",
        "1E-05,8,p5,6", "2,9,p6,7", "3,10,p7,8", "4,11,p8,9", "5,12,p9,10", "6,13,p10,11", "7,14,p11,12"};
    static const double want[6] = {0.1, 1e300, 0.0, 2.2250738585072014e-308, 0.1 + 0.2, 1e-5};
    double cost[SWEPT_ROWS], other[SWEPT_ROWS], last[SWEPT_ROWS];
    make_table("total.cost,b-2,scenario,last_one", row, SWEPT_ROWS);
    cr_assert_eq(write_outputs("out.h5"), STATUS_OK, "%s", swept_messages());
    cr_expect(swept_outcome.points == SWEPT_ROWS && swept_outcome.done == SWEPT_ROWS && swept_outcome.merged &&
              !swept_outcome.failed);
    read_row("total.cost", cost);
    read_row("b-2", other);
    read_row("last_one", last);
    for (int k = 0; k < 6; k++) cr_expect(memcmp(&cost[k], &want[k], sizeof *want) == 0, "%a, want %a", cost[k], want[k]);
    for (int k = 0; k < SWEPT_ROWS; k++) {
        cr_expect(k < 4 ? isnan(other[k]) : other[k] == k + 3.0, "row %d: %g", k, other[k]);
        cr_expect_eq(last[k], k + 1.0);
    }
    cr_expect_eq(swept_entries(swept_folder), 2, "something is left beside the result");
}

Test(outputs, the_points_stand_beside_them_and_a_column_of_scenarios_may_be_left_out)
{
    double y[SWEPT_ROWS], growth[SWEPT_ROWS];
    struct output_result *result = NULL;
    const struct output_coordinate *varied;
    size_t at = 0;
    make_rows("y", "1#", SWEPT_ROWS);
    cr_assert_eq(write_outputs("out.h5"), STATUS_OK, "%s", swept_messages());
    read_row("y", y);
    cr_assert_eq(output_result_open(&result, swept_in("out.h5"), &swept_report), STATUS_OK);
    const size_t n = output_result_varied(result, &varied);
    while (at < n && strcmp(varied[at].name, "market.demand.home.growth")) at++;
    cr_assert_lt(at, n);
    cr_assert_eq(output_result_varied_numbers(result, at, 0, SWEPT_ROWS, growth, &swept_report), STATUS_OK);
    for (int k = 0; k < SWEPT_ROWS; k++) {
        cr_expect_eq(y[k], k < 10 ? k + 10.0 : k + 100.0);
        cr_expect_float_eq(growth[k], 0.01 * k, 1e-15);
    }
    output_result_close(result);
}

Test(outputs, a_result_that_is_there_is_not_touched)
{
    static const char text[] = "a result";
    unsigned char *bytes;
    swept_write(swept_in("out.h5"), text, sizeof text);
    make_rows("y", "#", SWEPT_ROWS);
    cr_expect_eq(write_outputs("out.h5"), STATUS_FILE);
    cr_expect(swept_told("exists already"), "%s", swept_messages());
    cr_assert_eq(swept_read(swept_in("out.h5"), &bytes), sizeof text);
    cr_expect_str_eq((char *)bytes, text);
    free(bytes);
    swept_config.run.force = 1;
    cr_expect_eq(write_outputs("out.h5"), STATUS_OK, "%s", swept_messages());
    cr_expect_eq(swept_entries(swept_folder), 2);
}

/* ---- Rows ---- */

Test(outputs, another_number_of_rows_than_points_is_refused)
{
    make_rows("y", "#", SWEPT_ROWS - 1);
    expect_fault("11 rows, want one for each of 12 points");
    make_rows("y", "#", SWEPT_ROWS + 1);
    expect_fault("13 rows, want one for each of 12 points");
    make_rows("y", "", 0);
    expect_fault("0 rows, want one for each of 12 points");
    swept_write(csv(), "", 0);
    cr_expect_eq(write_outputs("out.h5"), STATUS_INPUT, "an empty file: %s", swept_messages());
    cr_expect(swept_report.errors && swept_entries(swept_folder) == 1);
    unlink(csv());
    cr_expect_eq(write_outputs("out.h5"), STATUS_FILE);
    cr_expect(swept_told("No such file") && swept_entries(swept_folder) == 0, "%s", swept_messages());
}

Test(outputs, what_is_no_number_is_refused_with_line_column_and_text)
{
    static const char *const bad[] = {"abc", "1,5", "1.2.3", "inf", "-Infinity", "0x10", "1e999", "5e-324", "1 2", "na", "N/A",
                                      "NULL", "-", "12%"};
    char cells[64], said[64];
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        snprintf(cells, sizeof cells, "1,\"%s\"", bad[k]);
        make_rows("x,y", cells, SWEPT_ROWS);
        snprintf(said, sizeof said, "got '%s'", bad[k]);
        expect_fault(said);
        cr_expect(swept_told("y.csv:2: error: y: ") && swept_told("y.csv:13: error: y: "), "%s", swept_messages());
        cr_expect_eq(swept_report.errors, SWEPT_ROWS);
    }
}

Test(outputs, scenarios_of_other_names_or_in_another_order_are_refused)
{
    make_rows("scenario,y", "q#,1", SWEPT_ROWS);
    expect_fault("scenario: got 'q0', want 'p0': the points in their order");
    cr_expect_eq(swept_report.errors, SWEPT_ROWS);
    static const char *const row[SWEPT_ROWS] = {"p0,1", "p2,1", "p1,1", "p3,1", "p4,1", "p5,1", "p6,1", "p7,1", "p8,1", "p9,1",
                                                "p10,1", "p11,1"};
    make_table("scenario,y", row, SWEPT_ROWS);
    expect_fault("y.csv:3: error: scenario: got 'p2', want 'p1'");
    cr_expect_eq(swept_report.errors, 2);
}

/* ---- Columns ---- */

static void expect_column(const char *name, const char *fault)
{
    char header[256], said[256];
    snprintf(header, sizeof header, "\"%s\",y", name);
    make_rows(header, "1,2", SWEPT_ROWS);
    snprintf(said, sizeof said, "column '%s': %s", name, fault);
    expect_fault(said);
    cr_expect_eq(swept_report.errors, 1, "%s", swept_messages());
}

Test(outputs, columns_that_collide_or_are_no_names_are_refused)
{
    static const char *const own[] = {"weight", "failure", "deal_text", "table_text", "echo", "provenance", "path",
                                      "partner", "ledger", "quantile", "step", "cause", "region"};
    static const char *const odd[] = {"a b", "a/b", "a'b", "caf\xc3\xa9", "a:b", "a\tb"};
    char longest[65];
    for (size_t k = 0; k < sizeof own / sizeof *own; k++) expect_column(own[k], "is a name of the result file itself");
    for (size_t k = 0; k < sizeof odd / sizeof *odd; k++) {
        char header[64];
        snprintf(header, sizeof header, "\"%s\",y", odd[k]);
        make_rows(header, "1,2", SWEPT_ROWS);
        expect_fault("want letters, digits, _ . -");
    }
    expect_column("market.demand.home.growth", "is a parameter that the points vary");
    expect_column("y", "is the name of two columns");
    expect_column("", "want a letter first");
    expect_column("1y", "want a letter first");
    expect_column(".", "want a letter first");
    memset(longest, 'n', 64);
    longest[64] = 0;
    make_rows(longest, "1", SWEPT_ROWS);
    expect_fault("less than 64 in all");
    make_rows(longest + 1, "1", SWEPT_ROWS);
    cr_expect_eq(write_outputs("out.h5"), STATUS_OK, "%s", swept_messages());
}

Test(outputs, without_a_column_of_outputs_or_with_two_of_scenarios_it_is_refused)
{
    make_rows("scenario", "p#", SWEPT_ROWS);
    expect_fault("no column of outputs");
    make_rows("scenario,y,scenario", "p#,1,q#", SWEPT_ROWS);
    expect_fault("column 'scenario': is the name of two columns");
}

/* Whatever else the file holds: none of its names may be that of a column. */
static herr_t try_name(hid_t group, const char *name, const H5L_info_t *info, void *context)
{
    int *names = context;
    char header[256];
    (void)group;
    (void)info;
    if (!strcmp(name, "y")) return 0;
    ++*names;
    snprintf(header, sizeof header, "y,%s", name);
    make_rows(header, "1,1", SWEPT_ROWS);
    cr_expect_eq(write_outputs("again.h5"), STATUS_INPUT, "'%s' is taken for a column: %s", name, swept_messages());
    return 0;
}

Test(outputs, no_name_that_the_file_has_anyway_is_taken)
{
    int names = 0;
    make_rows("y", "1", SWEPT_ROWS);
    cr_assert_eq(write_outputs("out.h5"), STATUS_OK, "%s", swept_messages());
    const hid_t file = H5Fopen(swept_in("out.h5"), H5F_ACC_RDONLY, H5P_DEFAULT);
    cr_assert_geq(file, 0);
    cr_assert_geq(H5Literate(file, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, try_name, &names), 0);
    H5Fclose(file);
    cr_expect_geq(names, 7, "%d names", names);
}

/* ---- All at once ---- */

Test(outputs, all_faults_are_told_at_once_and_nothing_is_written_before)
{
    static const char *const row[SWEPT_ROWS] = {"p0,1,1", "p1,x,1", "pp,1,1", "p3,1,1", "p4,1,1", "p5,1,1",
                                                "p6,1,1", "p7,1,1", "p8,1,1", "p9,1,1", "p10,1,1", "p11,many,1"};
    make_table("scenario,y,weight", row, SWEPT_ROWS);
    expect_fault("column 'weight'");
    cr_expect(swept_told("y.csv:3: error: y: ") && swept_told("got 'x'"), "%s", swept_messages());
    cr_expect(swept_told("y.csv:4: error: scenario: got 'pp', want 'p2'"), "%s", swept_messages());
    cr_expect(swept_told("y.csv:13: error: y: ") && swept_told("got 'many'"), "%s", swept_messages());
    cr_expect_eq(swept_report.errors, 4, "%s", swept_messages());
}
