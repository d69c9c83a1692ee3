/* Checks across rows: goals, deadlocks, reviews, renegotiation. Nearly all are warnings: terms that are written and move nothing. */
#include "deal/check.h"

static int reviews(const struct check *c)
{
    return c->deal->decision.review_every_years > 0.0;
}

static int deadlocks(const struct check *c)
{
    return number_differs(c->deal->decision.deadlock.rate, 0.0);
}

/* Something that a wide gap of goals makes worse. */
static int gap_matters(const struct check *c)
{
    const struct decision_config *decision = &c->deal->decision;
    return number_differs(decision->governance.not_invented_here, 0.0) || number_differs(decision->governance.withheld, 0.0) ||
           (deadlocks(c) && number_differs(decision->deadlock.gap_effect, 0.0)) ||
           (reviews(c) && (number_differs(decision->scope.narrow_by, 0.0) || number_differs(decision->scope.expand_gap, 1.0)));
}

static void warn_gap(struct check *c)
{
    const struct decision_governance_config *g = &c->deal->decision.governance;
    const struct {
        const char *name;
        int given;
    } at_reviews[] = {{"contract.governance.gap_unequal", number_differs(g->gap_unequal, 0.0)},
                      {"contract.governance.gap_cut", number_differs(g->gap_cut, 0.0)}};
    const int opens = number_differs(g->goal_gap, 0.0) || number_differs(g->gap_regime, 0.0) || number_differs(g->gap_held, 0.0) ||
                      number_differs(g->gap_gate, 0.0) || number_differs(g->gap_unequal, 0.0);
    if (opens && !gap_matters(c)) {
        WARN(c, "contract.governance.goal_gap",
             "the gap of goals moves nothing: not_invented_here, withheld, scope_rule and deadlocks that it makes likelier are off");
    }
    for (size_t k = 0; k < sizeof at_reviews / sizeof *at_reviews; k++) {
        if (at_reviews[k].given && !reviews(c)) WARN(c, at_reviews[k].name, "moves nothing: contract.review_every_years is 0");
    }
    if (number_differs(g->gap_unequal, 0.0) && !programme_config_spends(&c->deal->programme.venture)) {
        WARN(c, "contract.governance.gap_unequal", "moves nothing: without venture.capex.plan there is no budget to compare with");
    }
    if (number_differs(c->deal->contract.preparation, 0.0) && !number_differs(g->goal_gap, 0.0)) {
        WARN(c, "contract.preparation.spend", "is spent for nothing: contract.governance.goal_gap is 0");
    }
}

static void warn_deadlock(struct check *c)
{
    const struct decision_deadlock_config *d = &c->deal->decision.deadlock;
    const char *row = NULL;
    if (deadlocks(c)) return;
    if (d->limit_years > 0.0) row = "contract.deadlock.limit_years";
    if (number_differs(d->volume_loss, 0.0)) row = "contract.deadlock.volume_loss";
    if (number_differs(d->gap_effect, 0.0)) row = "contract.deadlock.gap_effect";
    if (number_differs(c->deal->contract.coordination.deadlock_cost, 0.0)) row = "contract.deadlock.cost";
    if (row) WARN(c, row, "moves nothing: contract.deadlock.rate is 0");
}

static void warn_scope(struct check *c)
{
    const struct decision_scope_config *scope = &c->deal->decision.scope;
    if (reviews(c)) return;
    if (number_differs(scope->expand_by, 0.0)) WARN(c, "contract.scope_rule.expand_by", "moves nothing: contract.review_every_years is 0");
    if (number_differs(scope->narrow_by, 0.0)) WARN(c, "contract.scope_rule.narrow_by", "moves nothing: contract.review_every_years is 0");
}

/* Some trigger opens a review, at which the partners may find that nobody wants to leave. */
static int asks(const struct check *c)
{
    int asks = reviews(c);
    for (int t = 0; t < c->scope->set[PARAM_SET_TRIGGER].count; t++) {
        const struct decision_trigger_config *trigger = &c->deal->decision.trigger[t];
        if (trigger->kind == TRIGGER_NEVER || trigger->opens == OPENS_RENEGOTIATION) continue;
        asks |= trigger->kind != TRIGGER_CONTROL || trigger->opens == OPENS_REVIEW;
    }
    return asks;
}

static void check_redirect(struct check *c)
{
    const struct programme_redirect_config *redirect = &c->deal->programme.venture.redirect;
    const struct market_use_config *use = &c->deal->market.use;
    const int priced = number_differs(redirect->price, 0.0), costs = number_differs(redirect->capex, 0.0);
    if (!number_differs(redirect->volume, 0.0)) {
        const char *idle = priced ? "contract.redirect.price" : "contract.redirect.capex";
        if (priced || costs) WARN(c, idle, "moves nothing: contract.redirect.volume is 0");
        return;
    }
    if (!priced) FAIL(c, "contract.redirect.price", "missing: outside customers would take contract.redirect.volume for nothing");
    if (!asks(c)) WARN(c, "contract.redirect.volume", "moves nothing: no review and no trigger ever asks for it");
    if (!use->start && !number_differs(use->appears, 0.0)) {
        WARN(c, "contract.redirect.volume", "moves nothing: market.alternative_use says that the plant never has another use");
    }
}

/* Something that can bring the partners to the table. */
static int reopens(const struct check *c)
{
    const struct decision_config *decision = &c->deal->decision;
    int opens = deal_check_parts(c) || (deadlocks(c) && decision->deadlock.limit_years > 0.0);
    for (int t = 0; t < c->scope->set[PARAM_SET_TRIGGER].count; t++) opens |= decision->trigger[t].kind != TRIGGER_NEVER;
    return opens;
}

static void warn_renegotiation(struct check *c)
{
    const struct decision_renegotiation_config *r = &c->deal->decision.renegotiation;
    int unequal = 0;
    if (!r->attempts && (number_differs(r->cost, 0.0) || number_differs(r->success, 1.0) || r->lag_years > 0.0 || r->split == SPLIT_NASH)) {
        WARN(c, "contract.renegotiation", "moves nothing: contract.renegotiation.attempts is 0");
    }
    if (r->attempts && !reopens(c)) {
        WARN(c, "contract.renegotiation.attempts", "moves nothing: no review, trigger, term or deadlock ever opens one");
    }
    if (r->attempts && r->form == FORM_LUMP_SUM && !(r->standstill_years > 0.0)) {
        WARN(c, "contract.renegotiation.standstill_years", "is 0 with a lump sum: what was paid is sunk, and the same partner asks again");
    }
    for (int p = 1; p < partners(c)->count; p++) {
        const double power = c->deal->decision.power[p], first = c->deal->decision.power[0];
        unequal |= power < first || power > first;
    }
    if (unequal && r->split != SPLIT_NASH) {
        WARN(c, "partners.*.bargaining_power", "not used but by pactolus coalitions: contract.renegotiation.split is not nash");
    }
}

void deal_check_governance(struct check *c)
{
    warn_gap(c);
    warn_deadlock(c);
    warn_scope(c);
    check_redirect(c);
    warn_renegotiation(c);
}
