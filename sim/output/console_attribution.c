/* Where the value captured comes from by cause, for people. */
#include <math.h>
#include <stdlib.h>

#include "output/console_parts.h"

enum { BARS = 32, CELL = 96, LABEL = 20, JOINT = -1 };

struct page {
    FILE *stream;
    const struct output_table *table;
    const double *flat;
    int bars, partners;
};

static double value(const struct page *p, const char *name, int k)
{
    const struct result_row *row = output_table_row(p->table, name);
    return row ? p->flat[row->offset + output_table_cell(p->table, row, (size_t)k)] : (double)NAN;
}

/* A bar of a partner, or of the joint surplus. */
static double bar_of(const struct page *p, int partner, int bar)
{
    return partner == JOINT ? value(p, "joint_attribution_mean", bar) : value(p, "attribution_mean", partner * p->bars + bar);
}

static double error_of(const struct page *p, int partner, int bar)
{
    return partner == JOINT ? value(p, "joint_attribution_standard_error", bar)
                            : value(p, "attribution_standard_error", partner * p->bars + bar);
}

static const char *name_of(const struct page *p, int partner)
{
    return partner == JOINT ? "joint surplus" : output_table_label(p->table, AXIS_PARTNER, partner);
}

static int width_of(const struct page *p, int partner)
{
    const int width = output_console_width(name_of(p, partner)) + 2;
    return width > 22 ? width : 22;
}

/* The greatest for any partner; `terms`, which is what is left, comes last. */
static double size_of(const struct page *p, int bar)
{
    double size = 0.0;
    for (int i = 0; i < p->partners; i++) size = fabs(bar_of(p, i, bar)) > size ? fabs(bar_of(p, i, bar)) : size;
    return bar == 0 ? -1.0 : size;
}

static int sort_bars(const struct page *p, int bar[BARS])
{
    const int bars = p->bars < BARS ? p->bars : BARS;
    for (int b = 0; b < bars; b++) {
        int at = b;
        for (; at > 0 && size_of(p, bar[at - 1]) < size_of(p, b); at--) bar[at] = bar[at - 1];
        bar[at] = b;
    }
    return bars;
}

/* What never varies but for the grid of money has an error below one unit of it: it is shown as exact as its neighbours. */
static void put_value(const struct page *p, double mean, double error, int width)
{
    char text[CELL], a[OUTPUT_NUMBER], b[OUTPUT_NUMBER];
    const int certain = error < 1e-6 && fabs(mean) > 0.0, decimals = certain ? 2 : output_console_decimals(error);
    snprintf(text, sizeof text, "%s ± %s", output_console_number(a, mean, decimals),
             isnan(error) ? "undefined" : output_console_number(b, error, decimals));
    output_console_right(p->stream, text, width);
}

static void put_heading(const struct page *p)
{
    output_console_left(p->stream, "what it adds", LABEL);
    for (int i = 0; i < p->partners; i++) output_console_right(p->stream, name_of(p, i), width_of(p, i));
    output_console_right(p->stream, name_of(p, JOINT), width_of(p, JOINT));
    fputc('\n', p->stream);
}

static void put_total(const struct page *p)
{
    output_console_left(p->stream, "value captured", LABEL);
    for (int i = 0; i < p->partners; i++) {
        put_value(p, value(p, "captured_mean", i), value(p, "captured_standard_error", i), width_of(p, i));
    }
    put_value(p, value(p, "joint_mean", 0), value(p, "joint_standard_error", 0), width_of(p, JOINT));
    fputc('\n', p->stream);
}

void output_console_attribution(FILE *stream, const struct output_table *table, const double *flat, const char *scenario)
{
    const struct page p = {stream, table, flat, table->shape.size[AXIS_BAR], table->shape.size[AXIS_PARTNER]};
    char unit[OUTPUT_UNIT], paths[OUTPUT_NUMBER];
    int bar[BARS];
    const int bars = sort_bars(&p, bar);
    output_unit_text(unit, output_table_row(table, "attribution_mean")->unit, table);
    fprintf(stream, "%s, %s: %s paths, %s, mean ± s.e.\n\n", table->title && *table->title ? table->title : "Deal", scenario,
            output_console_number(paths, value(&p, "paths", 0), 0), unit);
    put_heading(&p);
    for (int b = 0; b < bars; b++) {
        output_console_left(stream, output_table_label(table, AXIS_BAR, bar[b]), LABEL);
        for (int i = 0; i < p.partners; i++) put_value(&p, bar_of(&p, i, bar[b]), error_of(&p, i, bar[b]), width_of(&p, i));
        put_value(&p, bar_of(&p, JOINT, bar[b]), error_of(&p, JOINT, bar[b]), width_of(&p, JOINT));
        fputc('\n', stream);
    }
    put_total(&p);
}
