/* Who pays for building the venture, and a partner's own spending beside it. docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

lanes decision_capital_spent(const struct course_view *c, const struct param_list *list, lanes from, lanes to)
{
    lanes sum = all_lanes(0.0);
    for (int year = 0; year < list->count; year++) sum += READ(list->item[year]) * programme_part_of_year(from, to, (double)year);
    return sum;
}

void decision_capital_scale(const struct course_view *c, const struct course *s, lanes share[PARAM_PARTNERS])
{
    lanes sum = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] *= s->of[p].in;
        sum += share[p];
    }
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] = choose((flags)(sum > 0.0), share[p] / choose((flags)(sum > 0.0), sum, all_lanes(1.0)), s->of[p].equity);
    }
}

static void capex_shares(const struct course_view *c, const struct course *s, int year, lanes share[PARAM_PARTNERS])
{
    const struct contract_plan *contract = c->plan->contract;
    for (int p = 0; p < c->plan->partners; p++) {
        const struct param_list *list = &contract->config->capex.share[p];
        const int last = list->count - 1;
        share[p] = s->of[p].equity;
        if (contract->config->capex.rule == SHARE_USE) share[p] = all_lanes(contract->use[p]);
        if (contract->config->capex.rule == SHARE_FIXED) {
            share[p] = last < 0 ? all_lanes(0.0) : READ(list->item[year < last ? year : last]);
        }
    }
    if (contract->config->capex.rule != SHARE_EQUITY) decision_capital_scale(c, s, share);
}

/* A capped partner pays up to its cap, the others the rest by equity; where none of those is in, all that are. */
static void cap_calls(const struct course_view *c, const struct course *s, lanes called[PARAM_PARTNERS])
{
    lanes excess = all_lanes(0.0), open = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        const struct param_number cap = c->plan->contract->config->capex.cap[p];
        if (!number_differs(cap, CONTRACT_NO_CAP)) {
            open += s->of[p].equity;
            continue;
        }
        lanes pays = least(called[p], most(READ(cap) - s->of[p].paid - s->of[p].missed, all_lanes(0.0)));
        excess += called[p] - pays;
        called[p] = pays;
    }
    lanes by_all = choose((flags)(open > 0.0), all_lanes(0.0), excess);
    lanes by_open = (excess - by_all) / choose((flags)(open > 0.0), open, all_lanes(1.0));
    for (int p = 0; p < c->plan->partners; p++) {
        called[p] += s->of[p].equity * by_all;
        if (!number_differs(c->plan->contract->config->capex.cap[p], CONTRACT_NO_CAP)) called[p] += s->of[p].equity * by_open;
    }
}

static int years_of(const struct programme_config *config)
{
    return config->capex_plan.count > config->capex_grant.count ? config->capex_plan.count : config->capex_grant.count;
}

int decision_capital_open(const struct course_view *c, const struct course *s, int k)
{
    if (!k && c->plan->venture->gates && any((flags)(c->k->venture.retry > 0.0))) return 1;
    return any((flags)(s->clock < (double)years_of(c->plan->venture->config)));
}

void decision_capital_read(const struct course_view *c, const struct course *s, struct capital_call *call)
{
    const struct programme_config *config = c->plan->venture->config;
    lanes progress = decision_outlook_progress(c->plan->venture, &c->k->venture);
    call->years = years_of(config);
    call->by_year = c->plan->contract->config->capex.rule == SHARE_FIXED;
    call->delay = decision_outlook_delay(c->k, c->plan->venture, progress);
    call->overrun = known_belief(c->k, config->capex_overrun, progress);
    decision_outlook_basket(c->plan->market, config->capex_input_share, c->k, &call->basket);
    if (timing_stops(c->plan->venture)) decision_outlook_timing(c->plan, c->k, c->o, &call->timing);
    capex_shares(c, s, 0, call->share);
}

/* Spending and grants of one or more years whose shares are the same. */
static void call_shares(const struct course_view *c, struct course *s, const lanes share[], lanes planned, lanes capex, lanes grant,
                        lanes called[], lanes net[])
{
    const int lead = c->plan->contract->config->capex.overrun_lead;
    lanes over = lead < 0 ? all_lanes(0.0) : most(capex - planned, all_lanes(0.0)) * s->of[lead].in, rest = capex - over;
    for (int p = 0; p < c->plan->partners; p++) {
        lanes granted = share[p] * grant;
        called[p] += share[p] * rest;
        net[p] -= granted;
        s->of[p].grants += granted;
    }
    if (lead >= 0) called[lead] += over;
}

/* One more attempt at a gate is spent beyond the plan, by the rule's shares, or by equity where those go by years of the plan. */
static void call_retry(const struct course_view *c, struct course *s, const struct capital_call *call, lanes called[], lanes net[],
                       lanes *gross)
{
    const lanes zero = all_lanes(0.0), retry = c->k->venture.retry;
    lanes share[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) share[p] = call->by_year ? s->of[p].equity : call->share[p];
    call_shares(c, s, share, zero, retry, zero, called, net);
    *gross += retry;
}

void decision_capital_call(const struct course_view *c, struct course *s, struct capital_call *call, int k, lanes net[], lanes *gross)
{
    const struct programme_config *config = c->plan->venture->config;
    const lanes zero = all_lanes(0.0);
    lanes to = s->clock + c->grid->node[k].years / call->delay, called[PARAM_PARTNERS], planned = zero, grant = zero;
    lanes factor = call->overrun * outlook_basket_price(&call->basket, c->o, k);
    lanes strength = c->plan->venture->strong ? c->o->build[k] : all_lanes(1.0); /* of the plan and of what is spent */
    *gross = zero;
    if (c->plan->contract->dilutes) capex_shares(c, s, 0, call->share);
    for (int p = 0; p < c->plan->partners; p++) called[p] = net[p] = zero;
    if (timing_stops(c->plan->venture)) to = decision_timing_clock(&call->timing, all_lanes((double)(c->grid->node[k].end - c->grid->now)));
    if (c->plan->venture->gates && !k) call_retry(c, s, call, called, net, gross);
    for (int year = 0; year < call->years; year++) {
        lanes part = programme_part_of_year(s->clock, to, (double)year);
        if (year < config->capex_plan.count) planned += READ(config->capex_plan.item[year]) * part * strength;
        if (year < config->capex_grant.count) grant += READ(config->capex_grant.item[year]) * part;
        if (!call->by_year && year + 1 < call->years) continue;
        if (call->by_year) capex_shares(c, s, year, call->share);
        lanes capex = planned * factor;
        call_shares(c, s, call->share, planned, capex, grant, called, net);
        *gross += capex;
        planned = grant = zero;
    }
    for (int p = 0; p < c->plan->partners; p++) call->worth[p] = called[p];
    if (c->plan->contract->capped) cap_calls(c, s, called);
    for (int p = 0; c->plan->contract->uneven && p < c->plan->partners; p++) {
        call->worth[p] = contract_dilution_worth(s->of[p].equity, *gross, most(call->worth[p], called[p]));
    }
    if (c->plan->contract->misses) decision_call_fund(c, s, call, called);
    for (int p = 0; p < c->plan->partners; p++) {
        net[p] += called[p];
        s->of[p].paid += called[p];
        if (c->plan->contract->misses) s->of[p].missed += call->missed[p];
    }
    if (c->plan->contract->dilutes) decision_call_dilute(c, s, call);
    s->clock = to;
}

void decision_capital_develop(const struct course_view *c, const struct course *s, int k, lanes paid[PARAM_PARTNERS])
{
    const struct programme_progress_config *config = &c->plan->venture->config->progress;
    const struct outlook_node *node = &c->grid->node[k];
    const double from = (double)(node->first - c->grid->now), to = (double)(node->end - c->grid->now);
    const int by_year = c->plan->contract->config->capex.rule == SHARE_FIXED;
    const int years = by_year ? contract_development_years(c->plan->contract) : config->development.count;
    lanes share[PARAM_PARTNERS], standing = all_lanes(0.0);
    if (number_differs(config->standing, 0.0)) {
        standing = READ(config->standing) * node->venture_prices * decision_timing_standing(&c->o->timing, &c->o->starts, from, to);
    }
    if (!by_year) capex_shares(c, s, 0, share);
    for (int p = 0; p < c->plan->partners; p++) paid[p] = standing * (by_year ? s->of[p].equity : share[p]);
    for (int year = 0; year < years; year++) {
        if (by_year) capex_shares(c, s, year, share);
        lanes cost = decision_timing_burn(&c->o->timing, &c->o->starts, c->k, from, to, year, years);
        for (int p = 0; p < c->plan->partners; p++) paid[p] += share[p] * cost;
    }
}

lanes decision_capital_own(const struct course_view *c, struct course *s, int p, int k, lanes *gross)
{
    *gross = all_lanes(0.0);
    if (!c->plan->own_runs[p]) return all_lanes(0.0);
    const struct programme_config *config = c->plan->own[p].config;
    if (!any((flags)(s->of[p].own_clock < (double)years_of(config)))) return all_lanes(0.0);
    lanes progress = decision_outlook_progress(&c->plan->own[p], &c->k->own[p]);
    lanes delay = decision_outlook_delay(c->k, &c->plan->own[p], progress);
    lanes to = s->of[p].own_clock + c->grid->node[k].years / delay;
    lanes capex = decision_capital_spent(c, &config->capex_plan, s->of[p].own_clock, to) *
                  known_belief(c->k, config->capex_overrun, progress) *
                  decision_outlook_inputs(c->plan->market, config->capex_input_share, c->k, c->o, k) *
                  decision_strength_capex(c->k, &c->plan->own[p]);
    lanes net = capex - decision_capital_spent(c, &config->capex_grant, s->of[p].own_clock, to);
    s->of[p].own_clock = to;
    *gross = capex * s->of[p].in;
    return net * s->of[p].in;
}
#undef READ
