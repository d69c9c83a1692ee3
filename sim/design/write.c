/* A design as the text of a table. */
#include "design/design.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "param/builder.h"
#include "param/number.h"
#include "random/quantile.h"
#include "design/latin.h"
#include "design/sobol.h"

/* ---- From the unit cube to values: a number, or the index of a value of a list ---- */

static double index_of(double unit, size_t count)
{
    const double index = floor(unit * (double)count);
    return index < (double)count ? index : (double)(count - 1); /* a product may round up */
}

/* Value k of COUNT: weighted ends, so that both are met and ranges about 0 hit 0. */
static double step_of(const struct design_vary *v, double k)
{
    const double last = (double)(v->count - 1);
    return (v->low * (last - k) + v->high * k) / last;
}

static double value_of(const struct design_vary *v, double unit)
{
    switch (v->kind) {
    case DESIGN_VARY_RANGE:
        if (v->whole) return v->low + index_of(unit, (size_t)(v->high - v->low) + 1);
        return v->low + unit * (v->high - v->low);
    case DESIGN_VARY_STEPS: return step_of(v, index_of(unit, v->count));
    default: return index_of(unit, v->count);
    }
}

static int draw_column(const struct design_vary *v, double *column, size_t n, struct report *report)
{
    struct random_quantile quantile;
    lanes unit[BLOCK_LANES], drawn[BLOCK_LANES];
    double cell[BLOCK_PATHS];
    int status = random_quantile_init(&quantile, v->distribution, v->place, v->name, report);
    for (size_t i = 0; i < n && !status; i += BLOCK_PATHS) {
        const size_t count = n - i < BLOCK_PATHS ? n - i : BLOCK_PATHS;
        for (size_t j = 0; j < BLOCK_PATHS; j++) cell[j] = j < count ? column[i + j] : 0.5;
        memcpy(unit, cell, sizeof unit);
        random_quantile_column(&quantile, unit, drawn);
        memcpy(cell, drawn, sizeof cell);
        for (size_t j = 0; j < count; j++) column[i + j] = cell[j];
    }
    random_quantile_free(&quantile);
    return status;
}

static int value_columns(const struct design_varied *varied, struct design_points *points, struct report *report)
{
    int status = STATUS_OK;
    for (size_t k = 0; k < varied->count && !status; k++) {
        const struct design_vary *v = &varied->vary[k];
        double *column = points->unit + k * points->points;
        if (v->kind == DESIGN_VARY_DISTRIBUTION) {
            status = draw_column(v, column, points->points, report);
        } else {
            for (size_t i = 0; i < points->points; i++) column[i] = value_of(v, column[i]);
        }
    }
    return status;
}

/* ---- Points ---- */

/* The last parameter changes fastest. */
static void fill_grid(const struct design_varied *varied, struct design_points *points)
{
    size_t repeat = 1;
    for (size_t k = varied->count; k-- > 0;) {
        const struct design_vary *v = &varied->vary[k];
        double *column = points->unit + k * points->points;
        for (size_t i = 0; i < points->points; i++) {
            const double at = (double)(i / repeat % v->count);
            column[i] = v->kind == DESIGN_VARY_STEPS ? step_of(v, at) : at;
        }
        repeat *= v->count;
    }
}

static int fill_points(const struct design *design, const struct design_varied *varied, struct design_points *points,
                       struct report *report)
{
    const char **name = calloc(varied->count + 1, sizeof *name);
    int status = name ? STATUS_OK : report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (size_t k = 0; k < varied->count && !status; k++) name[k] = varied->vary[k].name;
    if (!status && design->kind == INPUT_SWEEP_RANDOM) status = design_points_random(points, name, design->seed, report);
    if (!status && design->kind == INPUT_SWEEP_LHS) status = design_latin_fill(points, name, design->seed, report);
    if (!status && design->kind == INPUT_SWEEP_SOBOL) status = design_sobol_fill(points, name, design->seed, report);
    if (!status) status = value_columns(varied, points, report);
    free(name);
    return status;
}

/* ---- Text ---- */

/* In quotes where a comma, a quote or a blank at an end would be misread (RFC 4180). */
static void put_text(struct param_builder *out, const char *text)
{
    const size_t n = strlen(text), blank = strcspn(text, " \t");
    const int quotes = text[strcspn(text, ",\"\r\n")] || !blank || (n && strchr(" \t", text[n - 1]));
    char *to = param_builder_room(out, 2 * n + 2);
    if (!to) return;
    if (quotes) *to++ = '"', out->n++;
    for (; *text; text++, out->n++) {
        if (*text == '"') *to++ = '"', out->n++;
        *to++ = *text;
    }
    if (quotes) *to++ = '"', out->n++;
    *to = 0;
}

/* 15 digits, which every reader gives back as the same number. What lies beyond an end, by the rounding or since a
   distribution runs out of the range of its parameter, is set to the end, as the engine does with draws. No number is so
   near to 0 that the grammar refuses it. */
static void put_number(struct param_builder *out, const struct design_vary *v, double value)
{
    char text[PARAM_NUMBER_TEXT];
    snprintf(text, sizeof text, "%.15g", fabs(value) < DBL_MIN ? 0.0 : value);
    const double back = strtod(text, NULL);
    if (back < v->low) param_number_write(text, v->low);
    if (back > v->high) param_number_write(text, v->high);
    const size_t n = strlen(text);
    char *to = param_builder_room(out, n);
    if (!to) return;
    memcpy(to, text, n + 1);
    out->n += n;
}

static void put_end(struct param_builder *out, char end)
{
    char *to = param_builder_room(out, 1);
    if (!to) return;
    to[0] = end;
    to[1] = 0;
    out->n++;
}

static void put_table(const struct design_varied *varied, const struct design_points *points, struct param_builder *out)
{
    for (size_t k = 0; k < varied->count; k++) {
        put_text(out, varied->vary[k].name);
        put_end(out, k + 1 < varied->count ? ',' : '\n');
    }
    for (size_t i = 0; i < points->points && !out->failed; i++) {
        for (size_t k = 0; k < varied->count; k++) {
            const struct design_vary *v = &varied->vary[k];
            const double value = points->unit[k * points->points + i];
            if (v->kind == DESIGN_VARY_LIST) put_text(out, v->value[(size_t)value]);
            else put_number(out, v, value);
            put_end(out, k + 1 < varied->count ? ',' : '\n');
        }
    }
}

int design_write(const struct design *design, const struct design_varied *varied, char **text, struct report *report)
{
    struct design_points points = {0};
    struct param_builder out = {0};
    *text = NULL;
    int status = design_points_init(&points, design->points, varied->count, report);
    if (!status && design->kind == INPUT_SWEEP_GRID) fill_grid(varied, &points);
    else if (!status) status = fill_points(design, varied, &points, report);
    if (status) goto out;
    put_table(varied, &points, &out);
    if (!out.failed) {
        *text = out.text;
        out.text = NULL;
    } else {
        status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory: the text of %zu points", points.points);
    }
out:
    free(out.text);
    design_points_free(&points);
    return status;
}
