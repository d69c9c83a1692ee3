/* Goals that drift, deadlock, the residual hazard of parting. docs/model.md (6). */
#include "decision/path.h"

#define READ(name, number) PARAMETER(name, s->view->drawn, number)

/* 1 where a column of states is another than a step before, as known at the start of step n. */
static void mark_changes(const struct decision_step *s, const lanes *restrict column, int start, lanes *restrict changed)
{
    const lanes *now = column + (size_t)(s->n - 1) * BLOCK_LANES, *before = now - BLOCK_LANES;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes old = s->n > 1 ? before[i] : all_lanes((double)start);
        changed[i] = choose((flags)(now[i] != old), all_lanes(1.0), changed[i]);
    }
}

/* 1 where some trade-policy chain has another regime, or a crisis has begun or ended. */
static void regime_changed(const struct decision_step *s, lanes *restrict changed)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) changed[i] = all_lanes(0.0);
    if (!s->n) return;
    for (int c = 0; c < s->plan->market->chains; c++) {
        mark_changes(s, s->view->market->regime[c], s->plan->market->chain[c].start, changed);
    }
    if (s->plan->market->crisis) mark_changes(s, s->view->market->crisis, s->plan->market->config->crisis.start, changed);
}

/* How unequally the owners' cash so far departs from plan, over the budget of capital; at most 1. */
static void inequality(const struct decision_step *s, lanes *restrict unequal)
{
    const struct decision_plan *plan = s->plan;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes high = all_lanes(-LANES_MATH_INFINITY), low = all_lanes(LANES_MATH_INFINITY);
        for (int p = 0; p < plan->partners; p++) {
            lanes apart = s->view->value->cumulative[p][i] - (s->n ? plan->budget.cash[p][s->n - 1] : 0.0);
            flags in = (flags)(s->block->in[p][i] > 0.0);
            high = choose(in, most(high, apart), high);
            low = choose(in, least(low, apart), low);
        }
        unequal[i] = choose((flags)(high >= low), least((high - low) / plan->budget.capex, all_lanes(1.0)), all_lanes(0.0));
    }
}

/* docs/model.md (6.2): g' = clamp(g_0 + (g - g_0) e^{-kappa d} + shocks), then x (1 - cut x readiness) at a review. */
static void drift(const struct decision_step *s)
{
    const struct decision_governance_config *config = &s->plan->config->governance;
    const int review = decision_review_due(s);
    const int unequal_on = review && number_differs(config->gap_unequal, 0.0) && s->plan->budget.capex > 0.0;
    READ(reversion, config->gap_reversion);
    READ(regime, config->gap_regime);
    READ(held, config->gap_held);
    READ(gate, config->gap_gate);
    const lanes *missed = s->plan->venture->gates ? s->view->venture->missed : NULL;
    READ(unequal_effect, config->gap_unequal);
    READ(cut, config->gap_cut);
    READ(readiness, config->readiness);
    lanes changed[BLOCK_LANES], unequal[BLOCK_LANES];
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    const lanes decay = exp_lanes(-at(reversion, 0) * s->plan->years_per_step); /* of all paths, if it is constant */
    regime_changed(s, changed);
    for (size_t i = 0; i < BLOCK_LANES; i++) unequal[i] = zero;
    if (unequal_on) inequality(s, unequal);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes start = s->block->gap_start[i], owners = path_owners(s, i);
        lanes left = reversion.mask ? exp_lanes(-at(reversion, i) * s->plan->years_per_step) : decay;
        lanes gap = start + (s->block->gap[i] - start) * left +
                    at(regime, i) * changed[i] + at(held, i) * s->block->held[i] + at(unequal_effect, i) * unequal[i];
        if (missed) gap += at(gate, i) * missed[i];
        gap = least(most(gap, zero), one);
        if (review) gap *= 1.0 - at(cut, i) * at(readiness, i);
        s->block->gap[i] = s->n ? choose((flags)(owners > 1.5), gap, zero) : gap;
        s->block->held[i] = zero;
    }
}

/* Chance of an event within a step, at a rate. */
static lanes chance(lanes rate, double years)
{
    return 1.0 - exp_lanes(-rate * years);
}

/* Paths on which a deadlock would arrive. The chance 1 - e^-h never exceeds h, so that few registers need it. */
static void arrivals(const struct decision_step *s, const lanes *restrict uniform, flags *restrict arrives)
{
    const struct decision_deadlock_config *config = &s->plan->config->deadlock;
    const double rounding = 1e-15, years = s->plan->years_per_step;
    READ(rate, config->rate);
    READ(gap_effect, config->gap_effect);
    READ(scope_effect, config->scope_effect);
    READ(readiness_effect, config->readiness_effect);
    READ(readiness, s->plan->config->governance.readiness);
    READ(intensity, s->plan->contract->config->coordination.intensity);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes beyond = most(s->block->scope[i] - at(intensity, i), all_lanes(0.0));
        lanes exponent = at(gap_effect, i) * s->block->gap[i] + at(scope_effect, i) * beyond - at(readiness_effect, i) * at(readiness, i);
        lanes hazard = at(rate, i) * exp_lanes(exponent);
        arrives[i] = (flags)(uniform[i] < hazard * years + rounding);
        if (any(arrives[i])) arrives[i] = (flags)(uniform[i] < chance(hazard, years));
    }
}

static double resolution_chance(const struct decision_step *s, int path)
{
    const struct decision_deadlock_config *config = &s->plan->config->deadlock;
    const double rate = PATH_READ(s, config->resolution_rate), effect = PATH_READ(s, config->intensity_effect);
    const double intensity = PATH_READ(s, s->plan->contract->config->coordination.intensity);
    return chance(all_lanes(rate * (1.0 + effect * intensity)), s->plan->years_per_step)[0];
}

/* A deadlock at its limit: the partners renegotiate, or whoever is free to leave and nearest to it gives notice. */
static void reach_limit(const struct decision_step *s, int path)
{
    if (path_get(s->block->attempts, path) > 0.0) {
        decision_renegotiation_open(s, path, -1);
        return;
    }
    int may[PARAM_PARTNERS];
    decision_review_rights(s, path, may);
    decision_review_look(s, (uint64_t)1 << path, 0);
    const int leaver = decision_review_leaver(s, path, may);
    if (leaver >= 0) decision_exit_notice(s, path, leaver, CAUSE_DEADLOCK);
}

/* One uniform for arrival and one for resolution, by path and step, whatever happens on the path. */
static void deadlock_path(const struct decision_step *s, int path, int arrives)
{
    struct decision_block *block = s->block;
    if (decision_state_open(block, path, MODE_DEADLOCK)) {
        const double uniform = random_uniform_single(s->plan->resolution, s->view->first_path + (uint64_t)path, (uint32_t)s->n);
        path_set(block->timer, path, path_get(block->timer, path) + 1.0);
        if (uniform < resolution_chance(s, path)) decision_state_move(s->block, path, MODE_NORMAL, 0);
        else if (s->plan->limit_steps && path_get(block->timer, path) >= (double)s->plan->limit_steps) reach_limit(s, path);
    } else if (arrives && decision_state_open(block, path, MODE_NORMAL) && decision_state_owners(s->plan, block, path) > 1) {
        decision_state_move(block, path, MODE_DEADLOCK, 0);
    }
}

/* Two steps share one draw: the second one's is kept. */
static void draw(const struct decision_step *s, lanes *uniform)
{
    lanes *odd = s->block->arrival;
    if (!(s->n & 1)) random_uniform_pair(s->plan->deadlock, s->view->first_path, (uint32_t)s->n / 2, uniform, odd);
    for (size_t i = 0; s->n & 1 && i < BLOCK_LANES; i++) uniform[i] = odd[i];
}

static void deadlock(const struct decision_step *s)
{
    lanes uniform[BLOCK_LANES];
    flags arrives[BLOCK_LANES];
    uint64_t concerned = 0, arriving = 0;
    draw(s, uniform);
    arrivals(s, uniform, arrives);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags stuck = (flags)(s->block->mode[i] == (double)MODE_DEADLOCK);
        if (!any(arrives[i] | stuck)) continue;
        arriving |= path_bits(arrives[i], i);
        concerned |= path_bits((arrives[i] & path_open(s->block, i, MODE_NORMAL)) | stuck, i);
    }
    while (concerned) {
        const int path = path_next(&concerned);
        deadlock_path(s, path, (int)(arriving >> path & 1));
    }
}

/* docs/model.md (6.5): eta ln(1 + (t / median)^shape) up to the end of the step reaches E; the partner nearest to leaving goes. */
static void break_up(const struct decision_step *s)
{
    const struct decision_breakup_config *config = &s->plan->config->breakup;
    const double years = (double)(s->n + 1) * s->plan->years_per_step;
    const lanes ratio = pow_lanes(all_lanes(years / config->median_years), all_lanes(config->shape)), hazard = log_lanes(1.0 + ratio);
    READ(share, config->share);
    uint64_t parting = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags due = (flags)(at(share, i) * hazard >= s->block->breakup[i]);
        if (!any(due)) continue;
        parting |= path_bits(due & path_open(s->block, i, MODE_NORMAL) & (flags)(path_owners(s, i) > 1.5), i);
    }
    if (!parting) return;
    decision_review_look(s, parting, 0);
    while (parting) {
        const int path = path_next(&parting);
        path_set(s->block->breakup, path, LANES_MATH_INFINITY);
        decision_exit_notice(s, path, decision_review_leaver(s, path, NULL), CAUSE_BREAKUP);
    }
}

void decision_governance_step(const struct decision_step *s)
{
    drift(s);
    decision_terms_scope(s); /* projections of this step know today's gap */
    if (number_differs(s->plan->config->deadlock.rate, 0.0)) deadlock(s);
    if (number_differs(s->plan->config->breakup.share, 0.0)) break_up(s);
}
