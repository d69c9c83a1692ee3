#include "output/table.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const PARTNER[] = {"alpha", "beta", "gamma"}, *const LABEL[] = {"Alpha AG", NULL, ""};
static const char *const LEDGER[] = {"capex", "tax"};
static const int DECLARED[] = {2, 0, 1};

static struct output_table table_of(void)
{
    static const struct result_row ROW[] = {{.name = "ledger_mean", .axis = {AXIS_PARTNER, AXIS_LEDGER}, .count = 6}};
    struct output_table t = {.currency = "USD", .volume = "GWh", .row = ROW, .rows = 1};
    t.shape.size[AXIS_PARTNER] = 3;
    t.shape.size[AXIS_LEDGER] = 2;
    t.names[AXIS_PARTNER] = (struct output_names){3, PARTNER, LABEL, DECLARED};
    t.names[AXIS_LEDGER] = (struct output_names){2, LEDGER, NULL, NULL};
    return t;
}

Test(output_table, puts_currency_and_volume_into_units)
{
    static const char *const UNIT[][2] = {{"M{currency}", "million USD"},
                                          {"M{currency}/{volume}", "million USD/GWh"},
                                          {"{volume}/year", "GWh/year"},
                                          {"{currency}/kWh", "USD/kWh"},
                                          {"1", "1"},
                                          {"", ""}};
    struct output_table t = table_of();
    char text[OUTPUT_UNIT];
    for (size_t i = 0; i < sizeof UNIT / sizeof *UNIT; i++) {
        output_unit_text(text, UNIT[i][0], &t);
        cr_expect_str_eq(text, UNIT[i][1]);
    }
}

Test(output_table, unit_that_does_not_fit_is_cut_errors)
{
    struct output_table t = table_of();
    char text[OUTPUT_UNIT], long_volume[200];
    memset(long_volume, 'x', sizeof long_volume);
    long_volume[199] = '\0';
    t.volume = long_volume;
    output_unit_text(text, "{volume}/year", &t);
    cr_expect_eq(strlen(text), OUTPUT_UNIT - 1);
}

Test(output_table, shows_cells_in_declared_order)
{
    struct output_table t = table_of();
    static const size_t WANT[] = {4, 5, 0, 1, 2, 3}; /* gamma, alpha, beta */
    for (size_t k = 0; k < 6; k++) cr_expect_eq(output_table_cell(&t, t.row, k), WANT[k], "%zu", k);
    cr_expect_str_eq(output_table_name(&t, AXIS_PARTNER, 0), "gamma");
    cr_expect_str_eq(output_table_name(&t, AXIS_PARTNER, 1), "alpha");
    cr_expect_str_eq(output_table_label(&t, AXIS_PARTNER, 0), "gamma", "an empty label is none");
    cr_expect_str_eq(output_table_label(&t, AXIS_PARTNER, 1), "Alpha AG");
    cr_expect_str_eq(output_table_label(&t, AXIS_PARTNER, 2), "beta");
}

Test(output_table, finds_rows_by_name)
{
    struct output_table t = table_of();
    cr_expect_eq(output_table_row(&t, "ledger_mean"), t.row);
    cr_expect_null(output_table_row(&t, "ledger"));
}
