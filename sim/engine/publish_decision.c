#include "engine/publish_decision.h"
#include "engine/publish_column.h"

#include <math.h>

static double *take(double **scratch)
{
    double *out = *scratch;
    *scratch += BLOCK_PATHS;
    return out;
}

static double **repeat(double *shown, int times, double **column)
{
    for (int k = 0; k < times; k++) *column++ = shown;
    return column;
}

static double *equal(lanes *column, int value, double **scratch)
{
    const double *x = plain(column);
    double *out = take(scratch);
    for (int l = 0; l < BLOCK_PATHS; l++) out[l] = x[l] == value;
    return out;
}

/* 1 while all members are owners and the venture is not being wound up. */
static double *all_in(const struct engine_plan *plan, const struct decision_block *decision, double **scratch)
{
    const double *phase = plain(decision->phase);
    double *out = take(scratch);
    for (int l = 0; l < BLOCK_PATHS; l++) out[l] = phase[l] < (double)PHASE_WIND_DOWN;
    for (int p = 0; p < plan->partners; p++) {
        const double *in = plain(decision->in[p]);
        if (plan->deal->contract.apart[p]) continue;
        for (int l = 0; l < BLOCK_PATHS; l++) out[l] *= in[l];
    }
    return out;
}

/* One partner's cause of exit as 0 and 1 by cause. `left` not NULL: only where it is 1. Most blocks of a step see no exit, and few
   causes in any: a column of the others is `nothing`. */
static double **add_causes(lanes *exit_cause, lanes *left, double *nothing, double **scratch, double **column)
{
    const double *cause = plain(exit_cause), *now = plain(left);
    double counted[BLOCK_PATHS];
    int some = 0, seen[CAUSES] = {0};
    for (int l = 0; l < BLOCK_PATHS; l++) {
        counted[l] = now && !(now[l] > 0.0) ? -1.0 : cause[l];
        some |= counted[l] >= 0.0;
    }
    if (!some) return repeat(nothing, CAUSES, column);
    for (int l = 0; l < BLOCK_PATHS; l++) {
        if (counted[l] >= 0.0) seen[(int)counted[l]] = 1;
    }
    for (int c = 0; c < CAUSES; c++) {
        double *out = *column++ = seen[c] ? take(scratch) : nothing;
        for (int l = 0; seen[c] && l < BLOCK_PATHS; l++) out[l] = counted[l] == c;
    }
    return column;
}

static double *has_left(lanes *exit_cause, double **scratch)
{
    const double *cause = plain(exit_cause);
    double *out = take(scratch);
    for (int l = 0; l < BLOCK_PATHS; l++) out[l] = cause[l] >= 0.0;
    return out;
}

static double *in_years(lanes *steps, double years_per_step, double **scratch)
{
    const double *x = plain(steps);
    double *out = take(scratch);
    for (int l = 0; l < BLOCK_PATHS; l++) out[l] = x[l] * years_per_step;
    return out;
}

/* 1 where a plant was decided on: by the venture, by each partner alone. */
static double **add_localised(const struct engine_plan *plan, const struct engine_block *block, double **scratch, double **column)
{
    for (int p = -1; p < plan->partners; p++) {
        const int runs = p < 0 || block->alone_running[p];
        const lanes *clock = p < 0 ? block->venture.localised : block->alone[p].localised;
        const double *years = (const double *)(const void *)clock;
        double *out = *column++ = clock && runs ? take(scratch) : plain(block->market.zero);
        for (int l = 0; clock && runs && l < BLOCK_PATHS; l++) out[l] = years[l] >= 0.0;
    }
    return column;
}

double **engine_publish_decision_outcomes(const struct engine_plan *plan, const struct engine_block *block, double **scratch,
                                          double **column)
{
    const struct decision_block *decision = &block->decision;
    double *nothing = plain(block->market.zero);
    if (!plan->decision.on) {
        column = repeat(nothing, plan->partners * (CAUSES + 1), column);
        *column++ = plain(block->market.one);
        return repeat(nothing, 4 + plan->partners, column);
    }
    for (int p = 0; p < plan->partners; p++) column = add_causes(decision->exit_cause[p], NULL, nothing, scratch, column);
    for (int p = 0; p < plan->partners; p++) *column++ = has_left(decision->exit_cause[p], scratch);
    *column++ = all_in(plan, decision, scratch);
    *column++ = plain(decision->agreements);
    *column++ = in_years(decision->deadlock_steps, plan->value.years_per_step, scratch);
    *column++ = decision->redirected ? plain(decision->redirected) : nothing;
    return add_localised(plan, block, scratch, column);
}

/* A constant cell as a column. */
static double *spread(struct parameter parameter, double **scratch)
{
    const double *cell = (const double *)(const void *)parameter.cell;
    double *out = take(scratch);
    for (int l = 0; l < BLOCK_PATHS; l++) out[l] = cell[parameter.mask ? l : 0];
    return out;
}

/* The gap of goals while there are two owners or more, else no value; NULL: on no path. */
static double *gap_of_partners(const struct engine_plan *plan, const struct decision_block *decision, double **scratch)
{
    const double *gap = plain(decision->gap), *phase = plain(decision->phase);
    double *out = take(scratch);
    int some = 0;
    for (int l = 0; l < BLOCK_PATHS; l++) out[l] = 0.0;
    for (int p = 0; p < plan->partners; p++) {
        const double *in = plain(decision->in[p]);
        for (int l = 0; l < BLOCK_PATHS; l++) out[l] += in[l];
    }
    for (int l = 0; l < BLOCK_PATHS; l++) {
        const int partners = out[l] > 1.5 && phase[l] < (double)PHASE_WIND_DOWN;
        out[l] = partners ? gap[l] : NAN;
        some |= partners;
    }
    return some ? out : NULL;
}

double **engine_publish_decision_fans(const struct engine_plan *plan, const struct engine_block *block, double **scratch,
                                      double **column)
{
    const int on = plan->decision.on;
    *column++ = on ? plain(block->decision.scope) : spread(block->contract.drive.scope, scratch);
    *column++ = on ? gap_of_partners(plan, &block->decision, scratch) : plain(block->market.zero);
    return column;
}

/* A deal that nothing moves: all stay, nothing is agreed, nobody looks. */
static double **add_still(const struct engine_plan *plan, const struct engine_block *block, double **column)
{
    const int partners = plan->partners;
    for (int p = 0; p < partners; p++) { /* in */
        *column++ = plain(plan->deal->contract.apart[p] ? block->market.zero : block->market.one);
    }
    *column++ = plain(block->market.one);                                                      /* survival */
    column = repeat(plain(block->market.zero), partners * CAUSES + 2 + partners + 1, column);  /* exits to deadlocked */
    column = repeat(NULL, 2 * partners, column);                                               /* staying, leaving */
    return repeat(plain(block->market.zero), 2 + partners, column);                            /* external_volume to localised */
}

/* What was decided in the step; in most blocks of a step nothing was. */
static double **add_acts(const struct engine_plan *plan, const struct decision_block *decision, double *nothing, double **scratch,
                         double **column)
{
    for (int p = 0; p < plan->partners; p++) {
        column = add_causes(decision->exit_cause[p], decision->left[p], nothing, scratch, column);
    }
    *column++ = plain(decision->agreed);
    *column++ = plain(decision->failed);
    return add_partners(plan, decision->moved, column);
}

double **engine_publish_decision_series(const struct engine_plan *plan, const struct engine_block *block, double **scratch,
                                        double **column)
{
    const struct decision_block *decision = &block->decision;
    if (!plan->decision.on) return add_still(plan, block, column);
    double *nothing = plain(block->market.zero);
    column = add_partners(plan, decision->in, column);
    *column++ = all_in(plan, decision, scratch);
    column = decision->acted ? add_acts(plan, decision, nothing, scratch, column) : repeat(nothing, plan->partners * (CAUSES + 1) + 2, column);
    *column++ = equal(decision->mode, MODE_DEADLOCK, scratch);
    if (decision->looked) {
        column = add_partners(plan, decision->staying, column);
        column = add_partners(plan, decision->leaving, column);
    } else {
        column = repeat(NULL, 2 * plan->partners, column);
    }
    *column++ = block->venture.external ? plain(block->venture.external) : nothing;
    return add_localised(plan, block, scratch, column);
}
