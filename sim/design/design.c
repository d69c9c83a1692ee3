#include "design/design.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"

/* ---- From the deal ---- */

int design_take(struct design *design, struct design_varied *varied, const struct input_sweep *section,
                      const struct param_registry *registry, struct report *report)
{
    const int other_grid = design->kind == INPUT_SWEEP_GRID && section->design != INPUT_SWEEP_GRID;
    int status = STATUS_OK;
    if (design->kind == INPUT_SWEEP_OPEN) {
        design->kind = section->design;
        design->kind_place = section->design_place;
    }
    if (!design->points && !other_grid) {
        design->points = section->points;
        design->points_place = section->points_place;
    }
    if (!design->has_seed) {
        design->has_seed = section->has_seed;
        design->seed = section->has_seed ? section->seed : design->seed;
    }
    if (varied->count) return STATUS_OK;
    for (size_t k = 0; k < section->count; k++) {
        const struct input_sweep_vary *vary = &section->vary[k];
        const int one = design_vary_put(varied, vary->name, vary->values, vary->place, registry, report);
        if (!status) status = one;
    }
    return status;
}

/* ---- Settled ---- */

static int has_values(const struct design_vary *vary)
{
    return vary->kind == DESIGN_VARY_STEPS || vary->kind == DESIGN_VARY_LIST;
}

static int all_have_values(const struct design_varied *varied)
{
    for (size_t k = 0; k < varied->count; k++) {
        if (!has_values(&varied->vary[k])) return 0;
    }
    return 1;
}

static int fail_bound(double points, struct place place, const char *what, struct report *report)
{
    return report_error(report, STATUS_MEMORY, place, NULL, "%s of %.15g points, want at most %d, the bound of this program", what, points,
                        INPUT_SWEEP_POINTS);
}

static int check_values(const struct design_varied *varied, struct report *report)
{
    char escaped[TEXT_ESCAPED];
    int status = STATUS_OK;
    for (size_t k = 0; k < varied->count; k++) {
        const struct design_vary *v = &varied->vary[k];
        if (has_values(v)) continue;
        status = report_error(report, STATUS_INPUT, v->place, v->name, "a grid needs values, got '%s', want %s [a, b, ..]",
                              text_escape(escaped, v->text), v->kind == DESIGN_VARY_RANGE ? "LOW:HIGH:COUNT or" : "a list");
    }
    return status;
}

/* The product as a double: exact up to 2^53, and beyond it far above the bound. */
static int settle_grid(struct design *design, const struct design_varied *varied, struct report *report)
{
    double points = 1;
    int status = check_values(varied, report);
    if (status) return status;
    for (size_t k = 0; k < varied->count; k++) points *= (double)varied->vary[k].count;
    if (points > (double)INPUT_SWEEP_POINTS) return fail_bound(points, design->kind_place, "a grid", report);
    if (design->points && (double)design->points != points) {
        return report_error(report, STATUS_INPUT, design->points_place, NULL,
                            "the grid has %.0f points, got '%llu': leave the number out or take another design", points,
                            (unsigned long long)design->points);
    }
    design->points = (uint64_t)points;
    return STATUS_OK;
}

static int settle_points(struct design *design, struct report *report)
{
    const int is_sobol = design->kind == INPUT_SWEEP_SOBOL;
    if (!design->points) design->points = is_sobol ? DESIGN_SOBOL_POINTS : DESIGN_POINTS;
    if (design->points > INPUT_SWEEP_POINTS) return fail_bound((double)design->points, design->points_place, "a design", report);
    if (is_sobol && (design->points & (design->points - 1))) {
        uint64_t below = 1;
        while (2 * below < design->points) below *= 2;
        report_warning(report, design->points_place, NULL, "%llu Sobol' points are less balanced than a power of two: take %llu or %llu",
                       (unsigned long long)design->points, (unsigned long long)below, (unsigned long long)(2 * below));
    }
    return STATUS_OK;
}

int design_settle(struct design *design, const struct design_varied *varied, struct report *report)
{
    if (!varied->count) {
        return report_error(report, STATUS_USAGE, (struct place){0}, NULL,
                            "nothing varies, want --vary NAME=VALUES, a table (--scenarios) or a section `sweep: {vary: {NAME: "
                            "VALUES}}` in the deal");
    }
    if (design->kind == INPUT_SWEEP_OPEN) design->kind = all_have_values(varied) ? INPUT_SWEEP_GRID : INPUT_SWEEP_LHS;
    int status = design->kind == INPUT_SWEEP_GRID ? settle_grid(design, varied, report) : settle_points(design, report);
    if (status || design->points * varied->count <= DESIGN_CELLS) return status;
    return report_error(report, STATUS_MEMORY, design->points_place, NULL,
                        "%llu points of %zu parameters, want a product of at most %d, the bound of this program",
                        (unsigned long long)design->points, varied->count, DESIGN_CELLS);
}
