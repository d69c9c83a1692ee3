#include "study/switches.h"

#include <string.h>

#include "engine/run.h"

static const struct param_number nothing = {0.0, -1};

/* ---- Strengths: each partner's part costs by its own strengths, what they have in common by their mean ---- */

static int has_strengths(const struct deal *deal, const struct param_scope *scope)
{
    int some = number_differs(deal->programme.venture.transfer_loss, 0.0);
    for (int p = 0; p < scope->set[PARAM_SET_PARTNER].count; p++) {
        for (int k = 0; k < STRENGTHS; k++) some |= number_differs(deal->programme.product[p].strength[k], 1.0);
    }
    return some;
}

static void stop_strengths(struct deal *deal, const struct param_scope *scope, const int mode[])
{
    (void)mode;
    deal->programme.venture.each = 1;
    for (int p = 0; p < scope->set[PARAM_SET_PARTNER].count; p++) deal->programme.product[p].part = deal->contract.equity[p];
}

/* ---- Pooling: what the venture makes together costs as if each partner made its own part ---- */

static int has_pooling(const struct deal *deal, const struct param_scope *scope)
{
    (void)scope;
    return number_differs(deal->programme.venture.common_share, 0.0);
}

static void stop_pooling(struct deal *deal, const struct param_scope *scope, const int mode[])
{
    (void)scope;
    (void)mode;
    deal->programme.venture.common_share = nothing;
}

/* ---- Capital: each spends what it would spend alone, when it would be ready alone ---- */

static int has_capital(const struct deal *deal, const struct param_scope *scope)
{
    int needs = 0;
    (void)scope;
    for (int k = 0; k < NEEDS; k++) needs |= number_differs(deal->programme.venture.need[k], 0.0);
    return needs || programme_config_spends(&deal->programme.venture) || deal->programme.venture.capex_grant.count;
}

static void spend_nothing(struct programme_config *programme)
{
    programme->capex_plan.count = programme->capex_grant.count = 0;
    programme->capex_total = 0.0;
}

/* The stand-alone programme's spending and clock as a programme of the partner's own beside the venture. */
static void build_own(struct programme_config *own, const struct programme_config *alone, int builds)
{
    const struct programme_config clock = *alone;
    spend_nothing(own);
    own->production_start = clock.production_start;
    own->delay = clock.delay;
    if (!builds) return;
    own->capex_plan = clock.capex_plan;
    own->capex_total = clock.capex_total;
    own->capex_duration = clock.capex_duration;
    memcpy(own->capex_shape, clock.capex_shape, sizeof own->capex_shape);
    own->capex_grant = clock.capex_grant;
    own->capex_overrun = clock.capex_overrun;
    own->software_share = clock.software_share;
    memcpy(own->capex_input_share, clock.capex_input_share, sizeof own->capex_input_share);
}

/* The venture's plant is there as soon as the first partner would be ready alone; the others wait for their own day. */
static void stop_capital(struct deal *deal, const struct param_scope *scope, const int mode[])
{
    struct programme_deal *programme = &deal->programme;
    int first = -1;
    for (int p = 0; p < scope->set[PARAM_SET_PARTNER].count; p++) {
        const struct programme_config *alone = &programme->alone[p];
        if (mode[p] == STANDALONE_NONE) {
            spend_nothing(&programme->own[p]);
            programme->own[p].production_start = 0.0;
            continue;
        }
        build_own(&programme->own[p], alone, mode[p] == STANDALONE_BUILD);
        if (first < 0 || alone->production_start < programme->alone[first].production_start) first = p;
    }
    spend_nothing(&programme->venture);
    for (int k = 0; k < NEEDS; k++) programme->venture.need[k] = nothing; /* each builds its own, with its own people */
    if (first < 0) return; /* nobody does anything alone: the venture keeps its clock */
    programme->venture.production_start = programme->alone[first].production_start;
    programme->venture.delay = programme->alone[first].delay;
}

/* ---- Trade: the duties of the start for ever, in both arms ---- */

static int has_trade(const struct deal *deal, const struct param_scope *scope)
{
    int moves = 0;
    for (int c = 0; c < scope->set[PARAM_SET_CHAIN].count; c++) {
        for (int a = 0; a < scope->regimes[c].count; a++) {
            for (int b = 0; b < scope->regimes[c].count; b++) moves |= a != b && deal->market.chain[c].rate[a][b] > 0.0;
        }
    }
    return moves;
}

static void stop_trade(struct deal *deal, const struct param_scope *scope, const int mode[])
{
    (void)mode;
    for (int c = 0; c < scope->set[PARAM_SET_CHAIN].count; c++) {
        memset(deal->market.chain[c].rate, 0, sizeof deal->market.chain[c].rate);
    }
}

/* ---- Friction: coordination for nothing, no preparation, one goal, no deadlock ---- */

static int has_friction(const struct deal *deal, const struct param_scope *scope)
{
    const struct decision_governance_config *g = &deal->decision.governance;
    (void)scope;
    return number_differs(deal->contract.coordination.interface_cost, 0.0) || number_differs(deal->contract.preparation, 0.0) ||
           number_differs(g->goal_gap, 0.0) || number_differs(g->gap_regime, 0.0) || number_differs(g->gap_held, 0.0) ||
           number_differs(g->gap_gate, 0.0) || number_differs(g->gap_unequal, 0.0) || number_differs(deal->decision.deadlock.rate, 0.0);
}

static void stop_friction(struct deal *deal, const struct param_scope *scope, const int mode[])
{
    struct decision_governance_config *g = &deal->decision.governance;
    (void)scope;
    (void)mode;
    deal->contract.coordination.interface_cost = deal->contract.preparation = deal->decision.deadlock.rate = nothing;
    g->goal_gap = g->gap_regime = g->gap_held = g->gap_gate = g->gap_unequal = nothing;
}

/* ---- Renegotiation: none; who would be kept by other terms leaves ---- */

static int has_renegotiation(const struct deal *deal, const struct param_scope *scope)
{
    (void)scope;
    return deal->decision.renegotiation.attempts > 0;
}

static void stop_renegotiation(struct deal *deal, const struct param_scope *scope, const int mode[])
{
    (void)scope;
    (void)mode;
    deal->decision.renegotiation.attempts = 0;
}

/* ---- Exit: nobody ever gives notice, nothing parts the partners, no term ends ---- */

static int has_exit(const struct deal *deal, const struct param_scope *scope)
{
    const struct decision_config *decision = &deal->decision;
    int opens = number_differs(decision->breakup.share, 0.0) || decision->term_years > 0.0, may = 0;
    int asked = decision->review_every_years > 0.0 ||
                (number_differs(decision->deadlock.rate, 0.0) && decision->deadlock.limit_years > 0.0);
    for (int p = 0; p < scope->set[PARAM_SET_PARTNER].count; p++) may |= decision->exit.right[p];
    for (int t = 0; t < scope->set[PARAM_SET_TRIGGER].count; t++) {
        if (decision->trigger[t].kind == TRIGGER_NEVER) continue;
        asked = 1;
        opens |= decision->trigger[t].opens == OPENS_EXIT;
    }
    return opens || (may && asked);
}

/* A trigger that opens an exit is a review where the partners find themselves held; a change of control has nothing to open. */
static void stop_exit(struct deal *deal, const struct param_scope *scope, const int mode[])
{
    struct decision_config *decision = &deal->decision;
    (void)mode;
    decision->breakup.share = nothing;
    decision->term_years = 0.0;
    for (int p = 0; p < scope->set[PARAM_SET_PARTNER].count; p++) decision->exit.right[p] = 0;
    for (int t = 0; t < scope->set[PARAM_SET_TRIGGER].count; t++) {
        struct decision_trigger_config *trigger = &decision->trigger[t];
        if (trigger->opens != OPENS_EXIT) continue;
        if (trigger->kind == TRIGGER_CONTROL) trigger->kind = TRIGGER_NEVER;
        trigger->opens = OPENS_REVIEW;
    }
}

/* The order is that of the bars in a result. */
const struct study_switch study_switches[] = {
    {"strengths", "Strengths", has_strengths, stop_strengths, 0},
    {"pooling", "Pooling", has_pooling, stop_pooling, 0},
    {"capital", "Shared capital", has_capital, stop_capital, 1},
    {"trade", "Trade policy", has_trade, stop_trade, 0},
    {"friction", "Friction", has_friction, stop_friction, 0},
    {"renegotiation", "Renegotiation", has_renegotiation, stop_renegotiation, 0},
    {"exit", "Exit", has_exit, stop_exit, 0},
};
const int study_switches_count = sizeof study_switches / sizeof *study_switches;

int study_switches_find(const char *name)
{
    for (int k = 0; k < study_switches_count; k++) {
        if (!strcmp(study_switches[k].name, name)) return k;
    }
    return -1;
}

int study_switches_plan(struct study_scenario *scenario, const struct study_deal *deal, uint64_t seed, unsigned off,
                        struct report *report)
{
    const struct param_scope *scope = &deal->registry.scope;
    int mode[PARAM_PARTNERS] = {0};
    for (int k = 0; k < study_switches_count; k++) {
        if (off >> k & 1 && !study_switches[k].settled) study_switches[k].off(scenario->deal, scope, mode);
    }
    int status = engine_pilot(scenario->deal, scope, &scenario->draws, seed, scenario->place, mode, report);
    if (status) return status;
    for (int k = 0; k < study_switches_count; k++) {
        if (off >> k & 1 && study_switches[k].settled) study_switches[k].off(scenario->deal, scope, mode);
    }
    return engine_plan_init(&scenario->plan, scenario->deal, scope, &scenario->draws, seed, mode, scenario->place, report);
}
