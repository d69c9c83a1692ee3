/* What the value captured hangs on, for people. */
#include <math.h>

#include "output/console_parts.h"

enum { CELL = 256, RANGE = 17, MEAN = 17, SHARE = 14, MOST = 12, JOINT = -1 };

struct page {
    FILE *stream;
    const struct output_table *table;
    const double *flat;
    int drivers, partners;
    int width; /* of the first column */
};

static double value(const struct page *p, const char *name, int k)
{
    const struct result_row *row = output_table_row(p->table, name);
    return row ? p->flat[row->offset + output_table_cell(p->table, row, (size_t)k)] : (double)NAN;
}

/* Of a partner, or of the joint surplus. */
static double told(const struct page *p, int partner, const char *what, const char *suffix, int driver)
{
    char name[64];
    snprintf(name, sizeof name, "%s%s%s", partner == JOINT ? "joint_" : "", what, suffix);
    return value(p, name, partner == JOINT ? driver : partner * p->drivers + driver);
}

/* Told beyond what chance alone would tell. */
static int is_shown(const struct page *p, int partner, int driver)
{
    const double share = told(p, partner, "explained", "", driver), error = told(p, partner, "explained", "_standard_error", driver);
    return share >= 0.005 && share > 2.0 * error;
}

/* Those that are told of, the greatest share first: as many as have a line, and what all come to. */
struct ranking {
    int driver[MOST], count, all;
    double sum;
};

static struct ranking rank_drivers(const struct page *p, int partner)
{
    struct ranking r = {.count = 0};
    for (int d = 0; d < p->drivers; d++) {
        if (!is_shown(p, partner, d)) continue;
        const double share = told(p, partner, "explained", "", d);
        int at = r.count < MOST ? r.count++ : MOST;
        for (; at > 0 && told(p, partner, "explained", "", r.driver[at - 1]) < share; at--) {
            if (at < MOST) r.driver[at] = r.driver[at - 1];
        }
        if (at < MOST) r.driver[at] = d;
        r.all++;
        r.sum += share;
    }
    return r;
}

static void put_mean(const struct page *p, int partner, const char *what, int driver)
{
    char text[CELL], a[OUTPUT_NUMBER], b[OUTPUT_NUMBER];
    const double error = told(p, partner, what, "_standard_error", driver);
    const int decimals = output_console_decimals(error);
    snprintf(text, sizeof text, "%s ± %s", output_console_number(a, told(p, partner, what, "", driver), decimals),
             isnan(error) ? "undefined" : output_console_number(b, error, decimals));
    output_console_right(p->stream, text, MEAN);
}

static void put_driver(const struct page *p, int partner, int driver)
{
    char text[CELL];
    output_console_left(p->stream, output_table_name(p->table, AXIS_DRIVER, driver), p->width);
    snprintf(text, sizeof text, "%.3g to %.3g", value(p, "driver_low", driver), value(p, "driver_high", driver));
    output_console_right(p->stream, text, RANGE);
    put_mean(p, partner, "low", driver);
    put_mean(p, partner, "high", driver);
    snprintf(text, sizeof text, "%.1f ± %.1f%%", 100.0 * told(p, partner, "explained", "", driver),
             100.0 * told(p, partner, "explained", "_standard_error", driver));
    output_console_right(p->stream, text, SHARE);
    fputc('\n', p->stream);
}

static void put_heading(const struct page *p, int partner)
{
    char text[CELL], a[OUTPUT_NUMBER];
    const double mean = partner == JOINT ? value(p, "joint_mean", 0) : value(p, "captured_mean", partner);
    const double error = partner == JOINT ? value(p, "joint_standard_error", 0) : value(p, "captured_standard_error", partner);
    snprintf(text, sizeof text, "%s: %s", partner == JOINT ? "Joint surplus" : output_table_label(p->table, AXIS_PARTNER, partner),
             output_console_number(a, mean, output_console_decimals(error)));
    output_console_left(p->stream, text, p->width);
    output_console_right(p->stream, "low to high", RANGE);
    output_console_right(p->stream, "mean at low", MEAN);
    output_console_right(p->stream, "mean at high", MEAN);
    output_console_right(p->stream, "explains", SHARE);
    fputc('\n', p->stream);
}

/* Lines of one partner, and what all drivers come to if each is counted by itself. */
static void put_partner(const struct page *p, int partner)
{
    char text[CELL];
    const struct ranking r = rank_drivers(p, partner);
    put_heading(p, partner);
    for (int k = 0; k < r.count; k++) put_driver(p, partner, r.driver[k]);
    if (r.all > r.count) fprintf(p->stream, "and %d more\n", r.all - r.count);
    output_console_left(p->stream, r.all ? "each by itself, added up" : "none of them by itself", p->width);
    snprintf(text, sizeof text, "%.1f%%", 100.0 * r.sum);
    output_console_right(p->stream, text, RANGE + 2 * MEAN + SHARE);
    fputs("\n\n", p->stream);
}

/* The widest of what stands in the first column. */
static int width_of(const struct page *p)
{
    int width = 26;
    for (int i = JOINT; i < p->partners; i++) {
        const struct ranking r = rank_drivers(p, i);
        const int name = i == JOINT ? 0 : output_console_width(output_table_label(p->table, AXIS_PARTNER, i)) + 12;
        if (name > width) width = name;
        for (int k = 0; k < r.count; k++) {
            const int here = output_console_width(output_table_name(p->table, AXIS_DRIVER, r.driver[k]));
            if (here > width) width = here;
        }
    }
    return width;
}

void output_console_drivers(FILE *stream, const struct output_table *table, const double *flat, const char *scenario)
{
    struct page p = {stream, table, flat, table->shape.size[AXIS_DRIVER], table->shape.size[AXIS_PARTNER], 0};
    char unit[OUTPUT_UNIT], paths[OUTPUT_NUMBER];
    p.width = width_of(&p);
    output_unit_text(unit, output_table_row(table, "low")->unit, table);
    fprintf(stream, "%s, %s: %s paths, %s, mean ± s.e.\n\n", table->title && *table->title ? table->title : "Deal", scenario,
            output_console_number(paths, value(&p, "paths", 0), 0), unit);
    for (int i = 0; i < p.partners; i++) put_partner(&p, i);
    put_partner(&p, JOINT);
    fputs("Low and high: the fifths of the paths on which it is lowest and highest. What is left: chance within the\n"
          "partnership, and what several do only together; of those that move together each counts what they share.\n",
          stream);
}
