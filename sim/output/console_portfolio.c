/* What a portfolio brings beyond its deals, for people. */
#include <math.h>

#include "output/console_parts.h"

enum { CELL = 96, LABEL = 22, NUMBER = 14 };

static double value(const struct output_table *table, const double *flat, const char *name, int k)
{
    const struct result_row *row = output_table_row(table, name);
    return row ? flat[row->offset + output_table_cell(table, row, (size_t)k)] : (double)NAN;
}

static void put(FILE *stream, double x, int decimals, int width)
{
    char text[OUTPUT_NUMBER];
    output_console_right(stream, isnan(x) ? "-" : output_console_number(text, x, decimals), width);
}

/* In how many of the deals the owner's value moves. */
static int deals_of(const struct output_table *table, const double *const *flat, size_t scenarios, int owner)
{
    int deals = 0;
    for (size_t s = 1; s < scenarios; s++) deals += value(table, flat[s], "captured_sd", owner) > 0.0;
    return deals;
}

static void put_diversification(FILE *stream, const struct output_table *table, const double *flat, int owner)
{
    char text[CELL];
    const double error = value(table, flat, "captured_standard_error", owner);
    const int decimals = output_console_decimals(error) > 0 ? output_console_decimals(error) - 1 : 0;
    output_console_left(stream, output_table_label(table, AXIS_PARTNER, owner), LABEL);
    put(stream, value(table, flat, "captured_sd", owner), decimals, NUMBER);
    put(stream, value(table, flat, "captured_sd_sum", owner), decimals, NUMBER);
    snprintf(text, sizeof text, "%.1f%%", 100 * value(table, flat, "diversification", owner));
    output_console_right(stream, text, NUMBER);
    put(stream, value(table, flat, "captured_cvar", owner), decimals, NUMBER);
    put(stream, value(table, flat, "captured_cvar_sum", owner), decimals, NUMBER);
    put(stream, value(table, flat, "captured_cvar_gain", owner), decimals, NUMBER);
    fputc('\n', stream);
}

static int column_of(const struct output_table *table, int deal)
{
    const int width = output_console_width(output_table_name(table, AXIS_DEAL, deal)) + 2;
    return width > NUMBER ? width : NUMBER;
}

static void put_correlation(FILE *stream, const struct output_table *table, const double *const *flat, size_t scenarios, int owner)
{
    const int deals = table->shape.size[AXIS_DEAL];
    char text[CELL];
    snprintf(text, sizeof text, "correlation, %s", output_table_label(table, AXIS_PARTNER, owner));
    fputc('\n', stream);
    output_console_left(stream, text, LABEL + 8);
    for (int d = 0; d < deals; d++) output_console_right(stream, output_table_name(table, AXIS_DEAL, d), column_of(table, d));
    fputc('\n', stream);
    for (size_t s = 0; s < scenarios; s++) {
        output_console_left(stream, table->scenario[s], LABEL + 8);
        for (int d = 0; d < deals; d++) put(stream, value(table, flat[s], "correlation", owner * deals + d), 3, column_of(table, d));
        fputc('\n', stream);
    }
}

void output_console_portfolio(FILE *stream, const struct output_table *table, const double *const *flat, size_t scenarios)
{
    const int owners = table->shape.size[AXIS_PARTNER];
    char worst[CELL];
    snprintf(worst, sizeof worst, "worst %.3g%%", 100 * table->tail);
    fputc('\n', stream);
    output_console_left(stream, "diversification", LABEL);
    static const char *const heads[] = {"sd", "sum of sds", "less by"};
    for (int k = 0; k < 3; k++) output_console_right(stream, heads[k], NUMBER);
    output_console_right(stream, worst, NUMBER);
    output_console_right(stream, "sum of them", NUMBER);
    output_console_right(stream, "better by", NUMBER);
    fputc('\n', stream);
    for (int o = 0; o < owners; o++) {
        if (deals_of(table, flat, scenarios, o) > 1) put_diversification(stream, table, flat[0], o);
    }
    for (int o = 0; o < owners; o++) {
        if (deals_of(table, flat, scenarios, o) > 1) put_correlation(stream, table, flat, scenarios, o);
    }
}
