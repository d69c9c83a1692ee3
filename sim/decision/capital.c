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
        share[p] *= s->in[p];
        sum += share[p];
    }
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] = choose((flags)(sum > 0.0), share[p] / choose((flags)(sum > 0.0), sum, all_lanes(1.0)), s->equity[p]);
    }
}

static void capex_shares(const struct course_view *c, const struct course *s, int year, lanes share[PARAM_PARTNERS])
{
    const struct contract_plan *contract = c->plan->contract;
    for (int p = 0; p < c->plan->partners; p++) {
        const struct param_list *list = &contract->config->capex.share[p];
        const int last = list->count - 1;
        share[p] = s->equity[p];
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
            open += s->equity[p];
            continue;
        }
        lanes pays = least(called[p], most(READ(cap) - s->paid[p], all_lanes(0.0)));
        excess += called[p] - pays;
        called[p] = pays;
    }
    lanes by_all = choose((flags)(open > 0.0), all_lanes(0.0), excess);
    lanes by_open = (excess - by_all) / choose((flags)(open > 0.0), open, all_lanes(1.0));
    for (int p = 0; p < c->plan->partners; p++) {
        called[p] += s->equity[p] * by_all;
        if (!number_differs(c->plan->contract->config->capex.cap[p], CONTRACT_NO_CAP)) called[p] += s->equity[p] * by_open;
    }
}

int decision_capital_call(const struct course_view *c, struct course *s, int k, lanes net[PARAM_PARTNERS], lanes *gross)
{
    const struct programme_config *config = c->plan->venture->config;
    const int lead = c->plan->contract->config->capex.overrun_lead;
    const int years = config->capex_plan.count > config->capex_grant.count ? config->capex_plan.count : config->capex_grant.count;
    *gross = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) net[p] = all_lanes(0.0);
    if (!any((flags)(s->clock < (double)years))) return 0;
    lanes progress = decision_outlook_progress(c->plan->venture, &c->k->venture);
    lanes delay = decision_outlook_delay(c->k, c->plan->venture, progress);
    lanes to = s->clock + c->grid->node[k].years / delay, share[PARAM_PARTNERS], called[PARAM_PARTNERS];
    lanes factor = known_belief(c->k, config->capex_overrun, progress) *
                   decision_outlook_inputs(c->plan->market, config->capex_input_share, c->k, c->o, k);
    for (int p = 0; p < c->plan->partners; p++) called[p] = all_lanes(0.0);
    for (int year = 0; year < years; year++) {
        lanes part = programme_part_of_year(s->clock, to, (double)year);
        if (!any((flags)(part > 0.0))) continue;
        lanes planned = year < config->capex_plan.count ? READ(config->capex_plan.item[year]) * part : all_lanes(0.0);
        lanes grant = year < config->capex_grant.count ? READ(config->capex_grant.item[year]) * part : all_lanes(0.0);
        lanes capex = planned * factor, over = lead < 0 ? all_lanes(0.0) : most(capex - planned, all_lanes(0.0)) * s->in[lead];
        capex_shares(c, s, year, share);
        for (int p = 0; p < c->plan->partners; p++) {
            called[p] += share[p] * (capex - over) + (p == lead ? over : all_lanes(0.0));
            net[p] -= share[p] * grant;
            s->grants[p] += share[p] * grant;
        }
        *gross += capex;
    }
    if (c->plan->contract->capped) cap_calls(c, s, called);
    for (int p = 0; p < c->plan->partners; p++) {
        net[p] += called[p];
        s->paid[p] += called[p];
    }
    s->clock = to;
    return 1;
}

lanes decision_capital_own(const struct course_view *c, struct course *s, int p, int k, lanes *gross)
{
    *gross = all_lanes(0.0);
    if (!c->plan->own_runs[p]) return all_lanes(0.0);
    const struct programme_config *config = c->plan->own[p].config;
    const int years = config->capex_plan.count > config->capex_grant.count ? config->capex_plan.count : config->capex_grant.count;
    if (!any((flags)(s->own_clock[p] < (double)years))) return all_lanes(0.0);
    lanes progress = decision_outlook_progress(&c->plan->own[p], &c->k->own[p]);
    lanes delay = decision_outlook_delay(c->k, &c->plan->own[p], progress);
    lanes to = s->own_clock[p] + c->grid->node[k].years / delay;
    lanes capex = decision_capital_spent(c, &config->capex_plan, s->own_clock[p], to) *
                  known_belief(c->k, config->capex_overrun, progress) *
                  decision_outlook_inputs(c->plan->market, config->capex_input_share, c->k, c->o, k);
    lanes net = capex - decision_capital_spent(c, &config->capex_grant, s->own_clock[p], to);
    s->own_clock[p] = to;
    *gross = capex * s->in[p];
    return net * s->in[p];
}
#undef READ
