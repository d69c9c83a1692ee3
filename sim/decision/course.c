/* The venture along the nodes of an outlook: the contract's rules applied to expected levels. docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) outlook_number(number, c->view->drawn, c->i)

lanes decision_course_scale(lanes volume, lanes reference, lanes floor_share, lanes exponent)
{
    return exp_lanes(-exponent * log_lanes(most(volume / reference, floor_share)));
}

void decision_course_begin(const struct course_view *c, struct course *s)
{
    const struct contract_block *contract = c->view->contract;
    const size_t i = c->i;
    for (int p = 0; p < c->plan->partners; p++) {
        s->in[p] = c->block->in[p][i];
        s->equity[p] = at(contract->terms.equity[p], i);
        s->supplied[p] = c->block->supply[p][i] * c->plan->years_per_step;
        s->book[p] = c->view->value->book[p][i];
        s->own_book[p] = c->view->value->own_book[p][i];
        s->loss[p] = c->view->value->loss[p][i];
        s->made[p] = c->view->venture->made_before[p][i];
        s->own_clock[p] = c->view->own[p] ? c->view->own[p]->clock[i] : all_lanes(0.0);
        s->paid[p] = contract->paid_before[p][i];
        s->know_how[p] = c->view->value->know_how[p] ? c->view->value->know_how[p][i] : all_lanes(0.0);
        s->grants[p] = contract->grants[p][i];
        s->value[p] = all_lanes(0.0);
    }
    s->pooled = c->view->venture->pooled_made[i];
    s->clock = c->view->venture->clock[i];
    s->practice = contract->practice[i];
}

/* Share of a node in which the venture makes for a partner: an owner always, one that left while it is supplied. */
static lanes served(const struct course_view *c, const struct course *s, int p, int k)
{
    const struct outlook_node *node = &c->grid->node[k];
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
            volume[p] = choose(now, c->o->want[k][p] * served(c, s, p, k) / years, volume[p]);
        }
        found |= now;
        if (!any(~found)) break;
    }
}

static lanes rationing(const struct course_view *c, lanes wanted, lanes years)
{
    if (!c->plan->venture->limited) return all_lanes(1.0);
    lanes limit = READ(c->plan->venture->config->capacity) * years;
    return choose((flags)(wanted > limit), limit / choose((flags)(wanted > limit), wanted, all_lanes(1.0)), all_lanes(1.0));
}

static void set_scale(const struct course_view *c, const struct course *s, int from, int to, struct course_cost *cost)
{
    const struct programme_config *config = c->plan->venture->config;
    lanes volume[PARAM_PARTNERS], pooled = all_lanes(0.0);
    lanes reference = READ(config->reference_volume), least_share = READ(config->least_volume);
    lanes a = READ(config->material.scale_exponent), b = READ(config->conversion.scale_exponent);
    first_volumes(c, s, from, to, volume);
    for (int p = 0; p < c->plan->partners; p++) pooled += volume[p];
    lanes ration = rationing(c, pooled, all_lanes(1.0));
    for (int p = 0; p < c->plan->partners; p++) {
        cost->material[p] = decision_course_scale(volume[p] * ration, reference, least_share, a);
        cost->conversion[p] = decision_course_scale(volume[p] * ration, reference, least_share, b);
    }
    cost->pooled_material = cost->pooled_conversion = all_lanes(1.0);
    if (c->plan->venture->pooled) {
        cost->pooled_material = decision_course_scale(pooled * ration, reference, least_share, a);
        cost->pooled_conversion = decision_course_scale(pooled * ration, reference, least_share, b);
    }
    cost->complexity = all_lanes(1.0);
    if (number_differs(config->complexity, 0.0)) {
        cost->complexity += READ(config->complexity) * (pow_lanes(READ(config->variants), all_lanes(0.4)) - 1.0);
    }
}

/* Commonality in a node; the ramp at its middle less half a step, as a step counts it from its start. */
static lanes common_share(const struct course_view *c, int k)
{
    const struct programme_config *config = c->plan->venture->config;
    const struct outlook_node *node = &c->grid->node[k];
    lanes seen = choose((flags)(c->o->start > 0.0), all_lanes(1.0), all_lanes(0.0));
    lanes phi = READ(config->common_share) * at(c->view->contract->drive.sharing, c->i) *
                outlook_belief(config->realisation, c->view->drawn, c->i, seen);
    if (!(config->ramp_years > 0.0)) return phi;
    lanes y = c->o->start + 0.5 * (node->from + node->to - c->plan->years_per_step);
    return phi * outlook_between(y / config->ramp_years, 0.0, 1.0);
}

static lanes learned(const struct course_view *c, lanes made)
{
    lanes first = READ(c->plan->venture->config->first_experience);
    return exp_lanes(-c->view->venture->learning[c->i] * log_lanes(1.0 + made / first));
}

/* Unit costs of a node; `made` is what is made in it and moves experience to the mean of the node's steps. */
static void unit_costs(const struct course_view *c, const struct course *s, const struct course_cost *cost, int k,
                       const lanes made[], lanes total, lanes unit[PARAM_PARTNERS])
{
    const struct programme_config *config = c->plan->venture->config;
    const struct outlook_node *node = &c->grid->node[k];
    const int learns = number_differs(config->learning_rate, 0.0), grows = c->plan->config->experience == EXPERIENCE_EXPECTED;
    const double part = grows ? 0.5 * (1.0 - c->plan->years_per_step / node->years) : 0.0;
    lanes phi = c->plan->venture->pooled ? common_share(c, k) : all_lanes(0.0);
    lanes material = READ(config->material.cost) * decision_outlook_inputs(c->plan->market, config->material.input_share, c->view->drawn, c->o, k);
    lanes conversion = READ(config->conversion.cost) * decision_outlook_inputs(c->plan->market, config->conversion.input_share, c->view->drawn, c->o, k);
    lanes prices = cost->complexity * c->plan->venture_prices[node->middle];
    lanes pooled = cost->pooled_conversion;
    if (learns && c->plan->venture->pooled) pooled *= learned(c, s->pooled + part * total);
    for (int p = 0; p < c->plan->partners; p++) {
        lanes own = cost->conversion[p];
        if (learns) own *= learned(c, s->made[p] + part * made[p]);
        unit[p] = (material * ((1.0 - phi) * cost->material[p] + phi * cost->pooled_material) +
                   conversion * ((1.0 - phi) * own + phi * pooled)) * prices;
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

/* A capped partner pays up to its cap, the others the rest by equity. */
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
    for (int p = 0; p < c->plan->partners; p++) {
        if (number_differs(c->plan->contract->config->capex.cap[p], CONTRACT_NO_CAP)) continue;
        called[p] += excess * s->equity[p] / choose((flags)(open > 0.0), open, all_lanes(1.0));
    }
}

/* What each partner pays into the venture in a node, net of grants; *gross: the whole spending. */
static void call_capital(const struct course_view *c, struct course *s, int k, lanes net[PARAM_PARTNERS], lanes *gross)
{
    const struct programme_config *config = c->plan->venture->config;
    const int lead = c->plan->contract->config->capex.overrun_lead;
    lanes progress = decision_outlook_progress(c->plan->venture, c->view->venture, c->i);
    lanes delay = most(outlook_belief(config->delay, c->view->drawn, c->i, progress), all_lanes(PROGRAMME_LEAST_DELAY));
    lanes to = s->clock + c->grid->node[k].years / delay, share[PARAM_PARTNERS], called[PARAM_PARTNERS];
    lanes factor = outlook_belief(config->capex_overrun, c->view->drawn, c->i, progress) *
                   decision_outlook_inputs(c->plan->market, config->capex_input_share, c->view->drawn, c->o, k);
    const int years = config->capex_plan.count > config->capex_grant.count ? config->capex_plan.count : config->capex_grant.count;
    *gross = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) net[p] = called[p] = all_lanes(0.0);
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
}

/* A partner's own programme beside the venture, while it is in. */
static lanes own_capital(const struct course_view *c, struct course *s, int p, int k)
{
    if (!c->view->own[p]) return all_lanes(0.0);
    const struct programme_config *config = c->plan->own[p].config;
    lanes progress = decision_outlook_progress(&c->plan->own[p], c->view->own[p], c->i);
    lanes delay = most(outlook_belief(config->delay, c->view->drawn, c->i, progress), all_lanes(PROGRAMME_LEAST_DELAY));
    lanes to = s->own_clock[p] + c->grid->node[k].years / delay;
    lanes capex = spent(c, &config->capex_plan, s->own_clock[p], to) *
                  outlook_belief(config->capex_overrun, c->view->drawn, c->i, progress) *
                  decision_outlook_inputs(c->plan->market, config->capex_input_share, c->view->drawn, c->o, k);
    lanes net = capex - spent(c, &config->capex_grant, s->own_clock[p], to);
    s->own_clock[p] = to;
    return net * s->in[p];
}

/* ---- Flows of a node --------------------------------------------------------------------------------------------------- */

struct node_flows { /* M{currency} in the node, by partner; income is taxed */
    lanes made[PARAM_PARTNERS], total, unit[PARAM_PARTNERS], price[PARAM_PARTNERS], revenue[PARAM_PARTNERS];
    lanes income[PARAM_PARTNERS], untaxed[PARAM_PARTNERS];
};

static void make_units(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    lanes wanted = all_lanes(0.0);
    f->total = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        f->made[p] = c->o->want[k][p] * served(c, s, p, k);
        wanted += f->made[p];
    }
    lanes ration = rationing(c, wanted, c->grid->node[k].years * c->o->producing[k]);
    for (int p = 0; p < c->plan->partners; p++) {
        f->revenue[p] = c->o->revenue[k][p] * served(c, s, p, k) * ration;
        f->made[p] *= ration;
        f->total += f->made[p];
    }
}

/* Own margin, duty and joint profit. */
static void trade(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    const struct programme_config *config = c->plan->venture->config;
    const struct outlook_node *node = &c->grid->node[k];
    const double prices = c->plan->prices[node->middle];
    lanes markup = READ(c->plan->contract->config->markup), extra = READ(c->plan->contract->config->departure.supply_markup);
    lanes joint = -READ(config->fixed_cost) * c->plan->venture_prices[node->middle] * node->years * c->o->producing[k];
    for (int p = 0; p < c->plan->partners; p++) {
        const struct programme_product_config *product = &c->plan->venture->product[p];
        f->price[p] = f->unit[p] * (1.0 + markup);
        lanes pays = f->price[p] * (1.0 + extra * (1.0 - s->in[p]));
        lanes per_want = choose((flags)(c->o->want[k][p] > 0.0), f->made[p] / choose((flags)(c->o->want[k][p] > 0.0), c->o->want[k][p], all_lanes(1.0)), all_lanes(0.0));
        lanes fixed = READ(product->own_fixed_cost) * prices * node->years * c->o->selling[k][p] * served(c, s, p, k);
        f->income[p] = f->revenue[p] - (READ(product->own_unit_cost) * prices + pays) * f->made[p] - fixed -
                       READ(product->dutiable_share) * f->price[p] * c->o->duty[k][p] * per_want;
        joint += (pays - f->unit[p]) * f->made[p];
    }
    for (int p = 0; p < c->plan->partners; p++) f->income[p] += s->equity[p] * joint;
}

static void support(const struct course_view *c, const struct course *s, int k, struct node_flows *f)
{
    const struct contract_plan *contract = c->plan->contract;
    lanes taxed, untaxed, share[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) f->untaxed[p] = all_lanes(0.0);
    if (!c->plan->market->subsidies) return;
    decision_outlook_support(c->plan, c->view, c->plan->venture->config->site, &c->grid->node[k], c->grid->now, c->i, &taxed, &untaxed);
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] = contract->config->subsidy_rule == SHARE_FIXED ? all_lanes(contract->subsidy_share[p]) : s->equity[p];
    }
    if (contract->config->subsidy_rule == SHARE_FIXED) scale_shares(c, s, share);
    for (int p = 0; p < c->plan->partners; p++) {
        lanes units = contract->config->subsidy_rule == SHARE_USE ? f->made[p] : share[p] * f->total;
        f->income[p] += taxed * units;
        f->untaxed[p] += untaxed * units;
    }
}

static void pay_owners(const struct course_view *c, const struct course *s, int payer, lanes amount, struct node_flows *f)
{
    for (int p = 0; p < c->plan->partners; p++) {
        f->income[p] += s->equity[p] * amount;
    }
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
        if (!contract->taken[p]) continue;
        lanes least_share = READ(contract->config->take_or_pay[p].least_share), fee = READ(contract->config->take_or_pay[p].shortfall_fee);
        lanes short_by = most(least_share * c->o->planned[k][p] - c->o->want[k][p], all_lanes(0.0));
        pay_owners(c, s, p, s->in[p] * fee * f->price[p] * short_by, f);
    }
}

/* Coordination, and payments agreed before. */
static void agree(const struct course_view *c, struct course *s, int k, struct node_flows *f)
{
    const struct contract_coordination_config *config = &c->plan->contract->config->coordination;
    const struct outlook_node *node = &c->grid->node[k];
    const int steps = node->end - node->first;
    lanes owners = all_lanes(0.0), practice = all_lanes(0.0), factor = c->view->contract->practice_step[c->i];
    for (int p = 0; p < c->plan->partners; p++) owners += s->in[p];
    for (int n = 0; n < steps; n++, s->practice *= factor) practice += s->practice;
    lanes cost = READ(config->interface_cost) * READ(config->workstreams) * at(c->view->contract->drive.scope, c->i) *
                 (1.0 + READ(config->intensity_cost) * READ(config->intensity)) * (0.5 * owners * (owners - 1.0)) * practice *
                 (c->plan->years_per_step * c->plan->prices[node->middle]);
    lanes paid = (double)steps * c->o->producing[k];
    for (int p = 0; p < c->plan->partners; p++) f->income[p] -= s->equity[p] * cost;
    if (!c->plan->config->renegotiation.attempts) return;
    for (int p = 0; p < c->plan->partners; p++) {
        for (int q = 0; q < c->plan->partners; q++) {
            if (p == q) continue;
            lanes amount = c->block->agreed_step[p][q][c->i] * s->in[p] * s->in[q] * paid;
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
        lanes own = own_capital(c, s, p, k);
        lanes dep = course_depreciate(&s->book[p], net[p], account.kept) + course_depreciate(&s->own_book[p], own, account.kept);
        lanes tax = course_tax(&account, f->income[p] - dep, &s->loss[p]);
        s->value[p] += (f->income[p] + f->untaxed[p] - net[p] - own - tax) * account.discount;
        if (!number_differs(value->know_how[p].kept, 0.0)) continue;
        lanes decay = exp_lanes(-READ(value->know_how[p].decay) * node->years);
        s->know_how[p] = s->know_how[p] * decay + own +
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

void decision_course_run(const struct course_view *c, struct course *s, int from, int to)
{
    struct course_cost cost;
    struct node_flows f;
    set_scale(c, s, from, to, &cost);
    for (int k = from; k < to; k++) {
        make_units(c, s, k, &f);
        unit_costs(c, s, &cost, k, f.made, f.total, f.unit);
        trade(c, s, k, &f);
        support(c, s, k, &f);
        transfer(c, s, k, &f);
        agree(c, s, k, &f);
        close_node(c, s, k, &f);
        if (c->plan->config->experience != EXPERIENCE_EXPECTED) continue;
        for (int p = 0; p < c->plan->partners; p++) s->made[p] += f.made[p];
        s->pooled += f.total;
    }
    if (to == c->grid->nodes) close_course(c, s);
}

void decision_course_leave(const struct course_view *c, struct course *s, int leaver)
{
    lanes share[PARAM_PARTNERS], sold = s->equity[leaver];
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] = decision_prospect_buys(c->plan, c->block, c->view, c->i, leaver, p);
        s->value[p] = all_lanes(0.0);
    }
    for (int p = 0; p < c->plan->partners; p++) s->equity[p] = p == leaver ? all_lanes(0.0) : s->equity[p] + share[p] * sold;
    const double until = c->plan->contract->config->departure.supply_years + (double)c->grid->settle_steps * c->plan->years_per_step;
    s->supplied[leaver] = choose((flags)(s->in[leaver] > 0.0), all_lanes(until), s->supplied[leaver]);
    /* its own book goes with it (decision_lone_value) */
    s->in[leaver] = s->book[leaver] = s->own_book[leaver] = all_lanes(0.0);
}
#undef READ
