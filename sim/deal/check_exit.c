/* Checks across rows: triggers, exits, and what follows them. */
#include "deal/check.h"

static const struct param_names *triggers(const struct check *c)
{
    return &c->scope->set[PARAM_SET_TRIGGER];
}

/* ---- Triggers ----------------------------------------------------------------------------------------------------------- */

static int says_something(const struct decision_trigger_config *trigger)
{
    return number_differs(trigger->threshold, 0.0) || number_differs(trigger->rate, 0.0) || trigger->for_years > 0.0 ||
           trigger->opens != OPENS_REVIEW || trigger->partner >= 0;
}

/* A threshold of 0 that would hold always, or never, is a forgotten one. */
static void check_threshold(struct check *c, const struct decision_trigger_config *trigger, const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    const int given = number_differs(trigger->threshold, 0.0);
    snprintf(name, sizeof name, "%s.threshold", prefix);
    if (trigger->kind == TRIGGER_VOLUME && !given) FAIL(c, name, "missing: kind volume_below needs a share of the plan");
    if (trigger->kind == TRIGGER_CAPEX && !given) FAIL(c, name, "missing: kind capex_above needs a multiple of the plan");
    if (trigger->kind == TRIGGER_CONTROL && given) WARN(c, name, "not used: a change of control has none");
    snprintf(name, sizeof name, "%s.rate", prefix);
    if (trigger->kind == TRIGGER_CONTROL && !number_differs(trigger->rate, 0.0)) {
        WARN(c, name, "never acts: the hazard is 0"); /* a table may switch it off so */
    }
    if (trigger->kind != TRIGGER_CONTROL && number_differs(trigger->rate, 0.0)) WARN(c, name, "not used: kind is not change_of_control");
}

static void check_subject(struct check *c, const struct decision_trigger_config *trigger, const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    const int kind = trigger->kind, named = kind == TRIGGER_TARIFF || kind == TRIGGER_VOLUME || kind == TRIGGER_VALUE || kind == TRIGGER_CONTROL;
    snprintf(name, sizeof name, "%s.partner", prefix);
    if (trigger->partner >= 0 && !named) WARN(c, name, "not used: what is watched is the whole venture's");
    if (kind == TRIGGER_TARIFF && (!deal_check_duties(c) || c->deal->programme.venture.site < 0)) {
        WARN(c, prefix, "never fires: the venture pays no duty anywhere");
    }
    if (kind == TRIGGER_VOLUME && !deal_check_sells(c, trigger->partner)) WARN(c, prefix, "never fires: nothing that it watches is planned");
    if (kind == TRIGGER_DEADLOCK && !number_differs(c->deal->decision.deadlock.rate, 0.0)) {
        WARN(c, prefix, "never fires: contract.deadlock.rate is 0");
    }
    snprintf(name, sizeof name, "%s.opens", prefix);
    if (trigger->opens == OPENS_RENEGOTIATION && !c->deal->decision.renegotiation.attempts) {
        WARN(c, name, "opens nothing: contract.renegotiation.attempts is 0");
    }
}

static void check_triggers(struct check *c)
{
    char prefix[PARAM_TEXT];
    for (int t = 0; t < triggers(c)->count; t++) {
        const struct decision_trigger_config *trigger = &c->deal->decision.trigger[t];
        snprintf(prefix, sizeof prefix, "contract.triggers.%s", triggers(c)->name[t]);
        if (trigger->kind != TRIGGER_NEVER) {
            check_threshold(c, trigger, prefix);
            check_subject(c, trigger, prefix);
        } else if (says_something(trigger)) { /* a scenario may switch it off so */
            WARN(c, prefix, "never fires: its kind is never");
        }
    }
}

/* ---- What opens an exit, and what is written about it -------------------------------------------------------------------- */

/* Some partner may leave of its own will after the lock-in. */
static int somebody_may(const struct check *c)
{
    int may = 0;
    for (int p = 0; p < partners(c)->count; p++) may |= c->deal->decision.exit.right[p];
    return may;
}

int deal_check_parts(const struct check *c)
{
    const struct decision_config *decision = &c->deal->decision;
    const int may = somebody_may(c);
    int parts = programme_deal_risks(&c->deal->programme, 0, c->scope->set[PARAM_SET_MILESTONE].count) ||
                decision->term_years > 0.0 || number_differs(decision->breakup.share, 0.0) ||
                (may && (decision->review_every_years > 0.0 ||
                         (decision->deadlock.limit_years > 0.0 && number_differs(decision->deadlock.rate, 0.0))));
    for (int t = 0; t < triggers(c)->count; t++) {
        const struct decision_trigger_config *trigger = &decision->trigger[t];
        if (trigger->kind == TRIGGER_NEVER) continue;
        parts |= trigger->opens == OPENS_EXIT || (may && (trigger->opens == OPENS_REVIEW || decision->renegotiation.attempts));
    }
    return parts;
}

/* The first row of the exit that is written, NULL: none. Prices of books are also what a lone partner's stop brings. */
static const char *written(const struct check *c)
{
    const struct decision_exit_config *exit = &c->deal->decision.exit;
    const struct contract_departure_config *departure = &c->deal->contract.departure;
    if (exit->notice_years > 0.0) return "contract.exit.notice_years";
    if (number_differs(exit->fee, 0.0)) return "contract.exit.fee";
    if (number_differs(exit->clawback, 0.0)) return "contract.exit.clawback";
    if (exit->wind_down_years > 0.0) return "contract.exit.wind_down_years";
    if (number_differs(exit->wind_down_cost, 0.0)) return "contract.exit.wind_down_cost";
    if (departure->supply_years > 0.0) return "contract.exit.supply_years";
    if (departure->licence_years > 0.0) return "contract.exit.licence_years";
    for (int p = 0; p < partners(c)->count; p++) {
        if (exit->put_giver[p] >= 0) return "contract.exit.put_giver";
        if (exit->ends[p]) return "contract.exit.ends";
        if (number_differs(exit->switching_cost[p], 0.0)) return "contract.exit.switching_cost";
        if (c->deal->programme.departed[p].mode != STANDALONE_NONE) return "after";
    }
    return NULL;
}

static void warn_idle(struct check *c)
{
    const struct decision_config *decision = &c->deal->decision;
    const char *row = written(c);
    const double horizon = c->deal->frame.horizon_years;
    if (!deal_check_parts(c)) {
        if (decision->lock_in_years > 0.0) WARN(c, "contract.lock_in_years", "moves nothing: nothing ever opens an exit");
        if (row) WARN(c, row, "moves nothing: no review, trigger, term, deadlock or break-up ever opens an exit");
        return;
    }
    if (decision->exit.notice_years >= horizon) WARN(c, "contract.exit.notice_years", "no exit is settled before the horizon");
    if (decision->lock_in_years >= horizon) WARN(c, "contract.lock_in_years", "nobody may leave at a review before the horizon");
}

static int somebody_puts(const struct check *c)
{
    int puts = 0;
    for (int p = 0; p < partners(c)->count; p++) puts |= c->deal->decision.exit.put_giver[p] >= 0;
    return puts;
}

static void warn_obligations(struct check *c)
{
    const struct contract_departure_config *departure = &c->deal->contract.departure;
    const struct decision_exit_config *exit = &c->deal->decision.exit;
    int makes = 0;
    for (int p = 0; p < partners(c)->count; p++) makes |= c->deal->programme.departed[p].mode != STANDALONE_NONE;
    if (number_differs(departure->supply_markup, 0.0) && !(departure->supply_years > 0.0)) {
        WARN(c, "contract.exit.supply_markup", "moves nothing: contract.exit.supply_years is 0");
    }
    if (number_differs(departure->licence_per_unit, 0.0) != (departure->licence_years > 0.0)) {
        WARN(c, "contract.exit.licence_years", "moves nothing: licence_years and licence_per_unit work together");
    } else if (departure->licence_years > 0.0 && !makes) {
        WARN(c, "contract.exit.licence_years", "moves nothing: no partner has an after.PARTNER.mode but none");
    }
    if (number_differs(exit->wind_down_cost, 0.0) && !(exit->wind_down_years > 0.0)) {
        WARN(c, "contract.exit.wind_down_cost", "moves nothing: contract.exit.wind_down_years is 0");
    }
    if (exit->put_until_years > 0.0 && !somebody_puts(c)) {
        WARN(c, "contract.exit.put_until_years", "moves nothing: no partner has a contract.exit.put_giver");
    } else if (exit->put_until_years > 0.0 && exit->put_until_years < c->deal->decision.lock_in_years) {
        WARN(c, "contract.exit.put_until_years", "the put lapses before contract.lock_in_years is over");
    }
    if (exit->clawback_years > 0.0 && !number_differs(exit->clawback, 0.0)) {
        WARN(c, "contract.exit.clawback_years", "moves nothing: contract.exit.clawback is 0");
    }
    if (number_differs(exit->clawback, 0.0) && !c->deal->programme.venture.capex_grant.count) {
        WARN(c, "contract.exit.clawback", "moves nothing: venture.capex.grant is empty");
    }
}

/* ---- By partner --------------------------------------------------------------------------------------------------------- */

static void check_put(struct check *c, int p)
{
    char name[PARAM_TEXT];
    snprintf(name, sizeof name, "contract.exit.put_giver.%s", partner_name(c, p));
    if (c->deal->decision.exit.put_giver[p] == p) FAIL(c, name, "'%s' would buy from itself, want another partner", partner_name(c, p));
    if (c->deal->decision.exit.put_giver[p] >= 0 && c->deal->decision.exit.ends[p]) {
        FAIL(c, name, "nothing is left to buy: contract.exit.ends.%s is yes", partner_name(c, p));
    }
}

static void check_after(struct check *c, int p)
{
    const struct programme_standalone_config *departed = &c->deal->programme.departed[p];
    const struct programme_config *after = &c->deal->programme.after[p];
    const int priced = number_differs(departed->buy_price, 0.0);
    char name[PARAM_TEXT];
    snprintf(name, sizeof name, "after.%s.buy_price", partner_name(c, p));
    if (departed->mode == STANDALONE_BUY && !priced) FAIL(c, name, "missing: mode buy needs a supplier's price");
    snprintf(name, sizeof name, "after.%s", partner_name(c, p));
    if (departed->mode == STANDALONE_BUILD && !deal_check_costs(after)) {
        FAIL(c, name, "mode build at no cost at all, want capex.plan, material.cost, conversion.cost or fixed_cost");
    }
    /* numbers of another mode than the present one are no slip: scenarios switch modes */
}

void deal_check_exits(struct check *c)
{
    check_triggers(c);
    for (int p = 0; p < partners(c)->count; p++) {
        check_put(c, p);
        check_after(c, p);
    }
    warn_obligations(c);
    warn_idle(c);
}
