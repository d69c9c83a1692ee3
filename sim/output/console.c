#include "output/console_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { CELL = 96, LINES = 64, DECIMALS = 6 };

/* Two digits of the standard error; one decimal where there is none to go by. */
int output_console_decimals(double error)
{
    int decimals = 1;
    double scaled = error;
    if (!(error > 0) || !isfinite(error)) return 1;
    for (; scaled >= 100; scaled /= 10) decimals--;
    for (; scaled < 10 && decimals < DECIMALS + 1; scaled *= 10) decimals++;
    decimals -= 1;
    return decimals < 0 ? 0 : decimals > DECIMALS ? DECIMALS : decimals;
}

const char *output_console_number(char out[OUTPUT_NUMBER], double x, int decimals)
{
    char plain[OUTPUT_NUMBER];
    if (isnan(x)) return strcpy(out, "undefined");
    if (fabs(x) >= 1e15) {
        snprintf(out, OUTPUT_NUMBER, "%.6g", x);
        return out;
    }
    snprintf(plain, sizeof plain, "%.*f", decimals, x);
    if (strspn(plain, "-0.") == strlen(plain)) snprintf(plain, sizeof plain, "%.*f", decimals, 0.0); /* no -0.0 */
    size_t sign = plain[0] == '-', digits = strspn(plain + sign, "0123456789"), n = 0;
    if (sign) out[n++] = '-';
    for (size_t i = 0; i < digits; i++) {
        if (i > 0 && (digits - i) % 3 == 0) out[n++] = ',';
        out[n++] = plain[sign + i];
    }
    strcpy(out + n, plain + sign + digits);
    return out;
}

/* UTF-8 continuation bytes take no column. */
int output_console_width(const char *text)
{
    int width = 0;
    for (; *text; text++) width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

void output_console_left(FILE *stream, const char *text, int width)
{
    fprintf(stream, "%s%*s", text, width > output_console_width(text) ? width - output_console_width(text) : 0, "");
}

void output_console_right(FILE *stream, const char *text, int width)
{
    fprintf(stream, "%*s%s", width > output_console_width(text) ? width - output_console_width(text) : 0, "", text);
}

struct page {
    FILE *stream;
    const struct output_table *table;
    const double *flat;
    int label; /* width of the first column */
};

static int has(const struct page *p, const char *name)
{
    return output_table_row(p->table, name) != NULL;
}

/* The k-th cell of a row in declared order; NaN where there is no such row. */
static double value(const struct page *p, const char *name, size_t k)
{
    const struct result_row *row = output_table_row(p->table, name);
    if (!row || k >= row->count) return (double)NAN;
    return p->flat[row->offset + output_table_cell(p->table, row, k)];
}

static int level_of(const struct page *p, double level)
{
    for (int q = 0; q < p->table->shape.size[AXIS_QUANTILE]; q++) {
        if (fabs(p->table->quantile[q] - level) < 1e-9) return q;
    }
    return -1;
}

static double quantile(const struct page *p, int partner, double level)
{
    int q = level_of(p, level);
    return q < 0 ? (double)NAN
                 : value(p, "captured_quantile", (size_t)(partner * p->table->shape.size[AXIS_QUANTILE] + q));
}

static int decimals_of(const struct page *p, int partner)
{
    return output_console_decimals(value(p, "captured_standard_error", (size_t)partner));
}

static void put_number(const struct page *p, double x, int decimals, int width)
{
    char text[OUTPUT_NUMBER];
    output_console_right(p->stream, isnan(x) ? "-" : output_console_number(text, x, decimals), width);
}

static void put_mean(const struct page *p, double mean, double error, int width)
{
    char text[CELL], a[OUTPUT_NUMBER], b[OUTPUT_NUMBER];
    int decimals = output_console_decimals(error);
    snprintf(text, sizeof text, "%s \u00b1 %s", output_console_number(a, mean, decimals),
             isnan(error) ? "undefined" : output_console_number(b, error, decimals));
    output_console_right(p->stream, text, width);
}

static void put_percent(const struct page *p, double share, int width)
{
    char text[CELL];
    snprintf(text, sizeof text, "%.1f%%", 100 * share);
    output_console_right(p->stream, isnan(share) ? "-" : text, width);
}

static const char *partner_of(const struct page *p, int partner)
{
    return output_table_label(p->table, AXIS_PARTNER, partner);
}

static void put_partner(const struct page *p, int partner)
{
    double mean = value(p, "captured_mean", (size_t)partner), error = value(p, "captured_standard_error", (size_t)partner);
    int decimals = decimals_of(p, partner) > 0 ? decimals_of(p, partner) - 1 : 0; /* a quantile is known less well */
    put_mean(p, mean, error, 22);
    put_number(p, quantile(p, partner, 0.10), decimals, 12);
    put_number(p, quantile(p, partner, 0.50), decimals, 12);
    put_number(p, quantile(p, partner, 0.90), decimals, 12);
    put_percent(p, value(p, "captured_loss_probability", (size_t)partner), 10);
    put_number(p, value(p, "captured_cvar", (size_t)partner), decimals, 13);
}

static void put_heading(const struct page *p)
{
    char worst[CELL];
    snprintf(worst, sizeof worst, "worst %.3g%%", 100 * p->table->tail);
    output_console_left(p->stream, "value captured", p->label);
    output_console_right(p->stream, "mean \u00b1 s.e.", 22);
    output_console_right(p->stream, "P10", 12);
    output_console_right(p->stream, "P50", 12);
    output_console_right(p->stream, "P90", 12);
    output_console_right(p->stream, "loses in", 10);
    output_console_right(p->stream, worst, 13);
}

/* Decimals that tell an end of an interval from none and from all of the paths. */
static int share_decimals(double share, int decimals)
{
    char text[CELL];
    for (; share > 0 && share < 1 && decimals < DECIMALS; decimals++) {
        snprintf(text, sizeof text, "%.*f", decimals, 100 * share);
        const double shown = strtod(text, NULL);
        if (shown > 0 && shown < 100) break;
    }
    return decimals;
}

/* A share of the paths with its interval, which is never shown as one that does not hold the share: "99.997%  of paths (99.98%
   to 99.9995%)". `decimals`: of the share. */
static void put_share_of_paths(const struct page *p, double share, double low, double high, int decimals, const char *paths)
{
    char text[CELL];
    snprintf(text, sizeof text, "%.*f%%", decimals, 100 * share);
    output_console_right(p->stream, isnan(share) ? "-" : text, 22);
    fputs(paths, p->stream);
    if (isnan(low)) return;
    const int least = decimals > 1 ? decimals : 1;
    fprintf(p->stream, " (%.*f%% to %.*f%%)", share_decimals(low, least), 100 * low, share_decimals(high, least), 100 * high);
}

static void put_joint(const struct page *p)
{
    double error = value(p, "joint_standard_error", 0);
    if (has(p, "joint_mean")) {
        output_console_left(p->stream, "joint surplus", p->label);
        put_mean(p, value(p, "joint_mean", 0), error, 22);
        fputs("  at the common rate\n", p->stream); /* what the partners capture is at their own: it adds to another number */
    }
    if (has(p, "all_gain_probability")) {
        double share = value(p, "all_gain_probability", 0), low = value(p, "all_gain_probability_low", 0);
        output_console_left(p->stream, "all partners gain", p->label);
        put_share_of_paths(p, share, low, value(p, "all_gain_probability_high", 0), share_decimals(share, 1), isnan(low) ? "" : "  of paths");
        fputc('\n', p->stream);
    }
}

/* Members of an axis that are not zero for some partner, largest first. */
struct line {
    int member;
    double size;
};

static int by_size(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    if (x->size != y->size) return x->size < y->size ? 1 : -1;
    return x->member - y->member;
}

static int sort_lines(const struct page *p, const char *row, enum statistics_axis axis, struct line line[LINES])
{
    int lines = 0, partners = p->table->shape.size[AXIS_PARTNER], all = p->table->shape.size[axis];
    for (int l = 0; l < all && l < LINES; l++) {
        struct line x = {l, 0};
        for (int i = 0; i < partners; i++) {
            double size = fabs(value(p, row, (size_t)(i * all + l)));
            if (size > x.size) x.size = size;
        }
        if (x.size > 0) line[lines++] = x;
    }
    qsort(line, (size_t)lines, sizeof *line, by_size);
    return lines;
}

static int column_width(const struct page *p, int partner)
{
    int width = output_console_width(partner_of(p, partner)) + 2;
    return width > 16 ? width : 16;
}

static void put_partner_names(const struct page *p, const char *heading, int label)
{
    output_console_left(p->stream, heading, label);
    for (int i = 0; i < p->table->shape.size[AXIS_PARTNER]; i++) output_console_right(p->stream, partner_of(p, i), column_width(p, i));
    fputc('\n', p->stream);
}

static void put_ledger(const struct page *p)
{
    struct line line[LINES];
    int partners = p->table->shape.size[AXIS_PARTNER], all = p->table->shape.size[AXIS_LEDGER];
    if (!has(p, "ledger_mean")) return;
    int lines = sort_lines(p, "ledger_mean", AXIS_LEDGER, line);
    fputc('\n', p->stream);
    put_partner_names(p, "where it comes from", p->label);
    for (int l = 0; l < lines; l++) {
        output_console_left(p->stream, output_table_label(p->table, AXIS_LEDGER, line[l].member), p->label);
        for (int i = 0; i < partners; i++) {
            put_number(p, value(p, "ledger_mean", (size_t)(i * all + line[l].member)), decimals_of(p, i), column_width(p, i));
        }
        fputc('\n', p->stream);
    }
    output_console_left(p->stream, "value captured", p->label);
    for (int i = 0; i < partners; i++) {
        put_number(p, value(p, "captured_mean", (size_t)i), decimals_of(p, i), column_width(p, i));
    }
    fputc('\n', p->stream);
}

/* A share as per cent, with digits down to the first one of a standard error. */
static void put_share(const struct page *p, double share, double error, int width)
{
    char text[CELL], number[OUTPUT_NUMBER];
    int decimals = output_console_decimals(100 * error) - 1;
    snprintf(text, sizeof text, "%s%%", output_console_number(number, 100 * share, decimals > 0 ? decimals : 0));
    output_console_right(p->stream, isnan(share) ? "-" : text, width);
}

/* Can a partner leave, do the partners renegotiate or block each other on some path? */
static int can_change(const struct page *p)
{
    return value(p, "survival_probability", 0) < 1 || value(p, "renegotiations_mean", 0) > 0 ||
           value(p, "deadlock_years_mean", 0) > 0;
}

/* The chance of leaving by cause and partner; the columns add up. */
static void put_causes(const struct page *p)
{
    struct line line[LINES];
    int partners = p->table->shape.size[AXIS_PARTNER], all = p->table->shape.size[AXIS_CAUSE], label = p->label;
    int lines = sort_lines(p, "exit_probability", AXIS_CAUSE, line);
    if (lines == 0) return;
    for (int l = 0; l < lines; l++) {
        int width = output_console_width(output_table_label(p->table, AXIS_CAUSE, line[l].member)) + 1;
        label = width > label ? width : label;
    }
    fputc('\n', p->stream);
    put_partner_names(p, "why partners leave", label);
    for (int l = 0; l < lines; l++) {
        output_console_left(p->stream, output_table_label(p->table, AXIS_CAUSE, line[l].member), label);
        for (int i = 0; i < partners; i++) {
            double share = value(p, "exit_probability", (size_t)(i * all + line[l].member));
            put_share(p, share, value(p, "leaves_standard_error", (size_t)i), column_width(p, i));
        }
        fputc('\n', p->stream);
    }
    output_console_left(p->stream, "all causes", label);
    for (int i = 0; i < partners; i++) {
        double share = value(p, "leaves_probability", (size_t)i), error = value(p, "leaves_standard_error", (size_t)i);
        put_share(p, share, error, column_width(p, i));
    }
    fputc('\n', p->stream);
}

/* How the partnership went: only where it can go otherwise than as signed. */
static void put_course(const struct page *p)
{
    const double share = value(p, "survival_probability", 0), error = value(p, "survival_standard_error", 0);
    const double low = value(p, "survival_probability_low", 0), high = value(p, "survival_probability_high", 0);
    const int decimals = output_console_decimals(100 * error) - 1; /* as put_share */
    if (!can_change(p)) return;
    fputc('\n', p->stream);
    output_console_left(p->stream, "stands at the end", p->label);
    put_share_of_paths(p, share, low, high, share_decimals(share, decimals > 0 ? decimals : 0), "  of paths, all partners in it");
    fputc('\n', p->stream);
    output_console_left(p->stream, "renegotiations", p->label);
    put_mean(p, value(p, "renegotiations_mean", 0), value(p, "renegotiations_standard_error", 0), 22);
    fputs("  agreed on a path\n", p->stream);
    output_console_left(p->stream, "years in deadlock", p->label);
    put_mean(p, value(p, "deadlock_years_mean", 0), value(p, "deadlock_years_standard_error", 0), 22);
    fputs("  on a path\n", p->stream);
    put_causes(p);
}

static int label_width(const struct output_table *t)
{
    int width = 19;
    static const enum statistics_axis AXIS[] = {AXIS_PARTNER, AXIS_LEDGER};
    for (size_t a = 0; a < 2; a++) {
        for (int k = 0; k < t->shape.size[AXIS[a]] && t->names[AXIS[a]].name; k++) {
            int w = output_console_width(output_table_label(t, AXIS[a], k));
            if (w > width) width = w;
        }
    }
    return width + 1;
}

/* What the numbers rest on: "100,000 paths, million USD". */
static void put_basis(const struct page *p)
{
    char unit[OUTPUT_UNIT], paths[OUTPUT_NUMBER];
    double n = value(p, "paths", 0), error = value(p, "quantile_error", 0);
    const struct result_row *row = output_table_row(p->table, "captured_mean");
    output_unit_text(unit, row ? row->unit : "M{currency}", p->table);
    if (!isnan(n)) fprintf(p->stream, "%s path%s, ", output_console_number(paths, n, 0), n == 1 ? "" : "s");
    fprintf(p->stream, "%s\n", unit);
    if (n == 1) fputs("One path: standard errors and intervals are undefined.\n", p->stream);
    if (error >= 0.05) {
        fprintf(p->stream, "Quantiles come from bins; their error reaches %.2g of a standard error.\n", error);
    }
}

typedef void output_console_page(FILE *stream, const struct output_table *table, const double *flat, const char *scenario);

/* Results that have a page of their own, and no line for a scenario; NULL: it is that of a run. */
static output_console_page *page_of(const struct output_table *table)
{
    if (output_table_row(table, "attribution_mean")) return output_console_attribution;
    return output_table_row(table, "explained") ? output_console_drivers : NULL;
}

void output_console_scenario(FILE *stream, const struct output_table *table, const double *flat, const char *scenario)
{
    struct page p = {stream, table, flat, label_width(table)};
    output_console_page *own = page_of(table);
    if (own) {
        own(stream, table, flat, scenario);
        return;
    }
    fprintf(stream, "%s, %s: ", table->title && *table->title ? table->title : "Deal", scenario);
    put_basis(&p);
    fputc('\n', stream);
    put_heading(&p);
    fputc('\n', stream);
    for (int i = 0; i < table->shape.size[AXIS_PARTNER]; i++) {
        output_console_left(stream, partner_of(&p, i), p.label);
        put_partner(&p, i);
        fputc('\n', stream);
    }
    put_joint(&p);
    put_course(&p);
    put_ledger(&p);
}

static int scenario_width(const struct output_table *t, size_t scenarios)
{
    int width = 8;
    for (size_t s = 0; s < scenarios; s++) {
        if (output_console_width(t->scenario[s]) > width) width = output_console_width(t->scenario[s]);
    }
    return (width > 40 ? 40 : width) + 2;
}

/* Does the partnership end early on some path of some scenario that is shown? */
static int ends_somewhere(const struct output_table *table, const double *const *flat, size_t scenarios)
{
    int ends = 0;
    for (size_t s = 0; s < scenarios; s++) {
        const struct page p = {.table = table, .flat = flat[s]};
        ends |= value(&p, "survival_probability", 0) < 1;
    }
    return ends;
}

/* Of a portfolio: the owner is not in that deal. */
static int is_absent(const struct page *p, int partner)
{
    return has(p, "correlation") && !(fabs(value(p, "captured_mean", (size_t)partner)) > 0) &&
           !(value(p, "captured_sd", (size_t)partner) > 0);
}

/* A line for each partner; the first one has the scenario's name, and what holds for all partners. */
static void put_scenario(const struct page *p, const char *name, int width, int ends)
{
    for (int i = 0, first = 1; i < p->table->shape.size[AXIS_PARTNER]; i++) {
        if (is_absent(p, i)) continue;
        output_console_left(p->stream, first ? name : "", width);
        if (first && output_console_width(name) + 2 > width) fputs("  ", p->stream); /* a name beyond the bound of the column */
        output_console_left(p->stream, partner_of(p, i), p->label);
        put_partner(p, i);
        if (first && has(p, "all_gain_probability")) put_percent(p, value(p, "all_gain_probability", 0), 10);
        if (first && ends) put_percent(p, value(p, "survival_probability", 0), 10);
        fputc('\n', p->stream);
        first = 0;
    }
}

static void write_lines(FILE *stream, const struct output_table *table, const double *const *flat, size_t scenarios)
{
    int width = scenario_width(table, scenarios), ends = ends_somewhere(table, flat, scenarios);
    struct page p = {stream, table, flat[0], label_width(table)};
    fprintf(stream, "%s, %zu scenarios: ", table->title && *table->title ? table->title : "Deal", table->scenarios);
    put_basis(&p);
    fputc('\n', stream);
    output_console_left(stream, "scenario", width);
    put_heading(&p);
    if (has(&p, "all_gain_probability")) output_console_right(stream, "all gain", 10);
    if (ends) output_console_right(stream, "stands", 10);
    fputc('\n', stream);
    for (size_t s = 0; s < scenarios; s++) {
        p.flat = flat[s];
        put_scenario(&p, table->scenario[s], width, ends);
    }
    if (scenarios < table->scenarios) fprintf(stream, "and %zu more scenarios\n", table->scenarios - scenarios);
}

/* Pages one below the other. */
static void write_pages(FILE *stream, const struct output_table *table, const double *const *flat, size_t scenarios,
                        output_console_page *page)
{
    for (size_t s = 0; s < scenarios; s++) {
        if (s) fputc('\n', stream);
        page(stream, table, flat[s], table->scenario[s]);
    }
    if (scenarios < table->scenarios) fprintf(stream, "and %zu more scenarios\n", table->scenarios - scenarios);
}

void output_console_write(FILE *stream, const struct output_table *table, const double *const *flat, size_t most)
{
    const size_t scenarios = most == 0 || most > table->scenarios ? table->scenarios : most;
    if (page_of(table)) {
        write_pages(stream, table, flat, scenarios, page_of(table));
    } else if (table->scenarios == 1) {
        output_console_scenario(stream, table, flat[0], table->scenario[0]);
    } else {
        write_lines(stream, table, flat, scenarios);
        if (output_table_row(table, "correlation")) output_console_portfolio(stream, table, flat, scenarios);
    }
}
