/* The venture along the nodes of an outlook: the contract's rules applied to expected levels. docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

void decision_course_scale(const struct programme_config *config, const struct known *known, lanes volume, lanes *material,
                           lanes *conversion)
{
    const struct param_number a = config->material.scale_exponent, b = config->conversion.scale_exponent;
    *material = *conversion = all_lanes(1.0);
    if (!number_differs(a, 0.0) && !number_differs(b, 0.0)) return;
    lanes share = volume / known_number(known, config->reference_volume);
    lanes log_volume = log_lanes(most(share, known_number(known, config->least_volume)));
    if (number_differs(a, 0.0)) *material = exp_lanes(-known_number(known, a) * log_volume);
    if (number_differs(b, 0.0)) *conversion = exp_lanes(-known_number(known, b) * log_volume);
}

void decision_course_begin(const struct course_view *c, struct course *s)
{
    const struct known *k = c->k;
    for (int p = 0; p < c->plan->partners; p++) {
        s->in[p] = k->in[p];
        s->equity[p] = k->equity[p];
        s->supplied[p] = k->supply[p] * c->plan->years_per_step;
        s->book[p] = k->book[p];
        s->own_book[p] = k->own_book[p];
        s->loss[p] = k->loss[p];
        s->made[p] = k->made[p];
        s->own_clock[p] = k->own[p].clock;
        s->paid[p] = k->paid[p];
        s->know_how[p] = k->know_how[p];
        s->value[p] = all_lanes(0.0);
    }
    s->pooled = k->pooled;
    s->clock = k->venture.clock;
}

/* Share of a node in which the venture makes for a partner: an owner always, one that left while it is supplied. */
LANE_FUNCTION lanes served(const struct course_view *c, const struct course *s, int p, int k)
{
    const struct outlook_node *node = &c->grid->node[k];
    if (!(c->plan->contract->config->departure.supply_years > 0.0)) return s->in[p];
    return most(s->in[p], outlook_between((s->supplied[p] - node->from) / node->years, 0.0, 1.0));
}

/* Volumes that count for the scale of a course that begins at node `from`: those of its first producing year. */
static void first_volumes(const struct course_view *c, const struct course *s, int from, int to, lanes volume[PARAM_PARTNERS])
{
    flags found = (flags)(all_lanes(0.0) > 1.0);
    for (int p = 0; p < c->plan->partners; p++) volume[p] = all_lanes(0.0);
    for (int k = from; k < to; k++) {
        flags now = (flags)(c->o->producing[k] > 0.0) & ~found;
        if (!any(now)) continue;
        lanes years = c->grid->node[k].years * choose(now, c->o->producing[k], all_lanes(1.0));
        for (int p = 0; p < c->plan->partners; p++) {
            if (c->o->sells[p]) volume[p] = choose(now, c->o->want[k][p] * served(c, s, p, k) / years, volume[p]);
        }
        found |= now;
        if (!any(~found)) break;
    }
}

static lanes rationing(const struct course_view *c, lanes wanted, lanes years)
{
    if (!c->plan->venture->limited) return all_lanes(1.0);
    lanes limit = READ(c->plan->venture->config->capacity) * years;
    flags over = (flags)(wanted > limit);
    return choose(over, limit / choose(over, wanted, all_lanes(1.0)), all_lanes(1.0));
}

static void set_scale(const struct course_view *c, const struct course *s, int from, int to, struct course_cost *cost)
{
    const struct programme_config *config = c->plan->venture->config;
    lanes volume[PARAM_PARTNERS], pooled = all_lanes(0.0);
    first_volumes(c, s, from, to, volume);
    for (int p = 0; p < c->plan->partners; p++) pooled += volume[p];
    lanes ration = rationing(c, pooled, all_lanes(1.0));
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        decision_course_scale(config, c->k, volume[p] * ration, &cost->material[p], &cost->conversion[p]);
    }
    if (!c->plan->venture->pooled && !c->plan->redirects) return;
    pooled *= ration;
    if (c->plan->redirects) pooled += decision_redirect_units(c, pooled, all_lanes(1.0));
    decision_course_scale(config, c->k, pooled, &cost->pooled_material, &cost->pooled_conversion);
}

static lanes learned(const struct course_view *c, lanes made)
{
    lanes first = READ(c->plan->venture->config->first_experience);
    return exp_lanes(-c->k->learning * log_lanes(1.0 + made / first));
}

/* Unit costs of a node; `made` is what is made in it and moves experience to the mean of the node's steps. */
static void unit_costs(const struct course_view *c, const struct course *s, struct course_cost *cost, int k,
                       const lanes made[], lanes total, lanes unit[PARAM_PARTNERS])
{
    const struct programme_config *config = c->plan->venture->config;
    const int learns = number_differs(config->learning_rate, 0.0), grows = c->plan->config->experience == EXPERIENCE_EXPECTED;
    const int pools = c->plan->venture->pooled, redirects = c->plan->redirects;
    const double part = grows ? 0.5 * (1.0 - c->plan->years_per_step / c->grid->node[k].years) : 0.0;
    lanes phi = c->o->common[k], pooled = pools || redirects ? cost->pooled_conversion : all_lanes(0.0);
    if (learns && (pools || redirects)) pooled *= learned(c, s->pooled + part * total);
    if (redirects) cost->pooled_unit = c->o->material[k] * cost->pooled_material + c->o->conversion[k] * pooled;
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        lanes material = cost->material[p], conversion = cost->conversion[p];
        if (learns) conversion *= learned(c, s->made[p] + part * made[p]);
        if (pools) {
            material += phi * (cost->pooled_material - material);
            conversion += phi * (pooled - conversion);
        }
        unit[p] = c->o->material[k] * material + c->o->conversion[k] * conversion;
    }
}

/* ---- Capital spending ------------------------------------------------------------------------------------------------- */

static lanes spent(const struct course_view *c, const struct param_list *list, lanes from, lanes to)
{
    lanes sum = all_lanes(0.0);
    for (int year = 0; year < list->count; year++) sum += READ(list->item[year]) * programme_part_of_year(from, to, (double)year);
    return sum;
}

/* Shares of the partners that are in; by equity where they add to 0. */
static void scale_shares(const struct course_view *c, const struct course *s, lanes share[PARAM_PARTNERS])
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
    if (contract->config->capex.rule != SHARE_EQUITY) scale_shares(c, s, share);
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

/* What each partner pays into the venture in a node, net of grants; *gross: the whole spending. */
static void call_capital(const struct course_view *c, struct course *s, int k, lanes net[PARAM_PARTNERS], lanes *gross)
{
    const struct programme_config *config = c->plan->venture->config;
    const int lead = c->plan->contract->config->capex.overrun_lead;
    const int years = config->capex_plan.count > config->capex_grant.count ? config->capex_plan.count : config->capex_grant.count;
    *gross = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) net[p] = all_lanes(0.0);
    if (!any((flags)(s->clock < (double)years))) return;
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
        }
        *gross += capex;
    }
    if (c->plan->contract->capped) cap_calls(c, s, called);
    for (int p = 0; p < c->plan->partners; p++) {
        net[p] += called[p];
        s->paid[p] += called[p];
    }
    s->clock = to;
}

/* A partner's own programme beside the venture, while it is in: spending net of grants; *gross before them. */
static lanes own_capital(const struct course_view *c, struct course *s, int p, int k, lanes *gross)
{
    *gross = all_lanes(0.0);
    if (!c->plan->own_runs[p]) return all_lanes(0.0);
    const struct programme_config *config = c->plan->own[p].config;
    const int years = config->capex_plan.count > config->capex_grant.count ? config->capex_plan.count : config->capex_grant.count;
    if (!any((flags)(s->own_clock[p] < (double)years))) return all_lanes(0.0);
    lanes progress = decision_outlook_progress(&c->plan->own[p], &c->k->own[p]);
    lanes delay = decision_outlook_delay(c->k, &c->plan->own[p], progress);
    lanes to = s->own_clock[p] + c->grid->node[k].years / delay;
    lanes capex = spent(c, &config->capex_plan, s->own_clock[p], to) *
                  known_belief(c->k, config->capex_overrun, progress) *
                  decision_outlook_inputs(c->plan->market, config->capex_input_share, c->k, c->o, k);
    lanes net = capex - spent(c, &config->capex_grant, s->own_clock[p], to);
    s->own_clock[p] = to;
    *gross = capex * s->in[p];
    return net * s->in[p];
}

/* ---- Flows of a node --------------------------------------------------------------------------------------------------- */

struct node_flows { /* M{currency} in the node, by partner; income is taxed */
    lanes share[PARAM_PARTNERS]; /* of what is wanted that is made */
    lanes made[PARAM_PARTNERS], total, outside, unit[PARAM_PARTNERS], price[PARAM_PARTNERS], revenue[PARAM_PARTNERS];
    lanes income[PARAM_PARTNERS], untaxed[PARAM_PARTNERS];
};

static void make_units(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    lanes wanted = all_lanes(0.0);
    f->total = f->outside = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        f->share[p] = f->made[p] = f->revenue[p] = f->income[p] = f->untaxed[p] = all_lanes(0.0);
        if (!c->o->sells[p]) continue;
        f->share[p] = served(c, s, p, k);
        wanted += c->o->want[k][p] * f->share[p];
    }
    lanes ration = rationing(c, wanted, c->grid->node[k].years * c->o->producing[k]);
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        lanes served_share = f->share[p];
        f->share[p] = served_share * ration;
        f->made[p] = c->o->want[k][p] * f->share[p];
        f->revenue[p] = c->o->revenue[k][p] * f->share[p];
        f->income[p] = -c->o->own_fixed[k][p] * served_share;
        f->total += f->made[p];
    }
    if (c->plan->redirects) f->outside = decision_redirect_units(c, f->total, c->grid->node[k].years * c->o->producing[k]);
}

/* Own margin, duty and joint profit. */
static void trade(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    lanes markup = 1.0 + READ(c->plan->contract->config->markup), joint = -c->o->fixed[k];
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->o->sells[p]) continue;
        f->price[p] = f->unit[p] * markup;
        lanes pays = f->price[p];
        if (c->plan->contract->config->departure.supply_years > 0.0) {
            pays *= 1.0 + READ(c->plan->contract->config->departure.supply_markup) * (1.0 - s->in[p]);
        }
        f->income[p] += f->revenue[p] - (c->o->own_unit[k][p] + pays) * f->made[p] -
                        READ(c->plan->venture->product[p].dutiable_share) * f->price[p] * c->o->duty[k][p] * f->share[p];
        joint += (pays - f->unit[p]) * f->made[p];
    }
    for (int p = 0; p < c->plan->partners; p++) f->income[p] += s->equity[p] * joint;
}

static void support(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    const struct contract_plan *contract = c->plan->contract;
    lanes share[PARAM_PARTNERS];
    if (!c->plan->market->subsidies) return;
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] = contract->config->subsidy_rule == SHARE_FIXED ? all_lanes(contract->subsidy_share[p]) : s->equity[p];
    }
    if (contract->config->subsidy_rule == SHARE_FIXED) scale_shares(c, s, share);
    for (int p = 0; p < c->plan->partners; p++) {
        lanes units = contract->config->subsidy_rule == SHARE_USE ? f->made[p] : share[p] * f->total;
        f->income[p] += c->o->taxed[k] * units;
        f->untaxed[p] += c->o->untaxed[k] * units;
    }
}

static void pay_owners(const struct course_view *c, const struct course *s, int payer, lanes amount, struct node_flows *f)
{
    for (int p = 0; p < c->plan->partners; p++) f->income[p] += s->equity[p] * amount;
    f->income[payer] -= amount;
}

static void transfer(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    const struct contract_plan *contract = c->plan->contract;
    const double prices = c->plan->prices[c->grid->node[k].middle];
    for (int r = 0; r < contract->royalties; r++) {
        const struct contract_royalty *royalty = &contract->royalty[r];
        lanes both = s->in[royalty->payer] * s->in[royalty->receiver];
        lanes amount = both * (READ(royalty->config->per_unit) * prices * f->made[royalty->payer] +
                               READ(royalty->config->of_revenue) * f->revenue[royalty->payer]);
        f->income[royalty->payer] -= amount;
        f->income[royalty->receiver] += amount;
    }
    for (int p = 0; p < c->plan->partners; p++) {
        if (!contract->taken[p] || !c->o->sells[p]) continue;
        lanes least_share = READ(contract->config->take_or_pay[p].least_share), fee = READ(contract->config->take_or_pay[p].shortfall_fee);
        lanes short_by = most(least_share * c->o->planned[k][p] - c->o->want[k][p], all_lanes(0.0));
        pay_owners(c, s, p, s->in[p] * fee * f->price[p] * short_by, f);
    }
}

lanes decision_course_agreed_steps(const struct course_view *c, int k)
{
    const struct outlook_node *node = &c->grid->node[k];
    const double steps = (double)(node->end - node->first);
    if (!c->plan->term_steps) return steps * c->o->producing[k];
    lanes renewed = c->k->renewed, begins = (double)c->grid->now - c->o->start / c->plan->years_per_step;
    lanes end = choose((flags)(renewed >= 0.0), renewed, begins) + (double)c->plan->term_steps;
    return outlook_between(end - (double)node->first, 0.0, steps) * c->o->producing[k];
}

/* Coordination, and payments agreed before. */
static void agree(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    lanes owners = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) owners += s->in[p];
    lanes cost = c->o->coordination[k] * (0.5 * owners * (owners - 1.0));
    for (int p = 0; p < c->plan->partners; p++) f->income[p] -= s->equity[p] * cost;
    if (!c->k->agreements) return;
    lanes paid = decision_course_agreed_steps(c, k);
    for (int p = 0; p < c->plan->partners; p++) {
        for (int q = 0; q < c->plan->partners; q++) {
            if (p == q) continue;
            lanes amount = c->k->agreed[p][q] * s->in[p] * s->in[q] * paid;
            f->income[p] -= amount;
            f->income[q] += amount;
        }
    }
}

/* Tax, books, discounting. */
static void close_node(const struct course_view *c, struct course *s, int k, const struct node_flows *f)
{
    const struct outlook_node *node = &c->grid->node[k];
    const struct value_config *value = c->plan->value->config;
    lanes net[PARAM_PARTNERS], gross;
    call_capital(c, s, k, net, &gross);
    for (int p = 0; p < c->plan->partners; p++) {
        const struct course_account account = {value->tax_rate[p], c->plan->kept[node->end - node->first], value->losses[p],
                                               c->plan->discount[p][node->half]};
        lanes developed, own = own_capital(c, s, p, k, &developed);
        lanes dep = course_depreciate(&s->book[p], net[p], account.kept) + course_depreciate(&s->own_book[p], own, account.kept);
        lanes tax = course_tax(&account, f->income[p] - dep, &s->loss[p]);
        s->value[p] += (f->income[p] + f->untaxed[p] - net[p] - own - tax) * account.discount;
        if (!number_differs(value->know_how[p].kept, 0.0)) continue;
        lanes decay = exp_lanes(-READ(value->know_how[p].decay) * node->years);
        s->know_how[p] = s->know_how[p] * decay + developed +
                         gross * READ(c->plan->venture->config->common_share) * (1.0 - c->o->producing[k]);
    }
}

/* Books sold and know-how kept at the horizon. */
static void close_course(const struct course_view *c, struct course *s)
{
    const struct value_config *value = c->plan->value->config;
    lanes multiple = READ(value->terminal_multiple);
    const int half = 2 * (c->plan->steps - c->grid->now) - 1;
    for (int p = 0; p < c->plan->partners; p++) {
        const struct course_account account = {value->tax_rate[p], 1.0, value->losses[p], c->plan->discount[p][half]};
        lanes proceeds = course_terminal(&account, s->book[p] + s->own_book[p], multiple, &s->loss[p]);
        lanes know_how = least(READ(value->know_how[p].kept) * s->know_how[p], READ(value->know_how[p].cap));
        s->value[p] += (proceeds + know_how * s->in[p]) * account.discount;
    }
}

/* Some path has somebody who takes units in the node or later. */
static int makes_anything(const struct course_view *c, const struct course *s, int k)
{
    flags some = (flags)(all_lanes(0.0) > 1.0);
    for (int p = 0; p < c->plan->partners; p++) {
        if (c->o->sells[p]) some |= (flags)(served(c, s, p, k) > 0.0);
    }
    if (c->plan->redirects) some |= (flags)(c->k->redirected > 0.0);
    return any(some);
}

void decision_course_run(const struct course_view *c, struct course *s, int from, int to)
{
    struct course_cost cost;
    struct node_flows f;
    if (makes_anything(c, s, from)) set_scale(c, s, from, to, &cost);
    for (int k = from; k < to; k++) {
        make_units(c, s, k, &f);
        if (makes_anything(c, s, k)) unit_costs(c, s, &cost, k, f.made, f.total + f.outside, f.unit);
        else for (int p = 0; p < c->plan->partners; p++) f.unit[p] = all_lanes(0.0);
        trade(c, s, k, &f);
        if (c->plan->redirects) decision_redirect_earn(c, s, &cost, k, f.outside, f.income);
        support(c, s, k, &f);
        transfer(c, s, k, &f);
        agree(c, s, k, &f);
        close_node(c, s, k, &f);
        if (c->plan->config->experience != EXPERIENCE_EXPECTED) continue;
        for (int p = 0; p < c->plan->partners; p++) s->made[p] += f.made[p];
        s->pooled += f.total + f.outside;
    }
    if (to == c->grid->nodes) close_course(c, s);
}

void decision_course_leave(const struct course_view *c, struct course *s, int leaver)
{
    lanes share[PARAM_PARTNERS], sold = s->equity[leaver];
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] = decision_prospect_buys(c->plan, c->k, leaver, p);
        s->value[p] = all_lanes(0.0);
    }
    for (int p = 0; p < c->plan->partners; p++) s->equity[p] = p == leaver ? all_lanes(0.0) : s->equity[p] + share[p] * sold;
    const double until = c->plan->contract->config->departure.supply_years + (double)c->grid->settle_steps * c->plan->years_per_step;
    s->supplied[leaver] = choose((flags)(s->in[leaver] > 0.0), all_lanes(until), s->supplied[leaver]);
    /* its own book goes with it (decision_lone_value) */
    s->in[leaver] = s->book[leaver] = s->own_book[leaver] = all_lanes(0.0);
}
#undef READ
