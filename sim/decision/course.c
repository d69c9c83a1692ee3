/* What each partner has of the venture along the nodes of an outlook: the contract's rules applied to expected levels.
   docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

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

lanes decision_course_agreed_steps(const struct course_view *c, int k)
{
    const struct outlook_node *node = &c->grid->node[k];
    const double steps = (double)(node->end - node->first);
    if (!c->plan->term_steps) return steps * c->o->producing[k];
    lanes renewed = c->k->renewed, begins = (double)c->grid->now - c->o->start / c->plan->years_per_step;
    lanes end = choose((flags)(renewed >= 0.0), renewed, begins) + (double)c->plan->term_steps;
    return outlook_between(end - (double)node->first, 0.0, steps) * c->o->producing[k];
}


/* ---- Terms: the same in all nodes of a course ------------------------------------------------------------------------- */

/* What one that has left pays over the transfer price. */
static lanes supply_price(const struct course_view *c, lanes in)
{
    const struct contract_departure_config *departure = &c->plan->contract->config->departure;
    if (!(departure->supply_years > 0.0)) return all_lanes(1.0);
    return 1.0 + READ(departure->supply_markup) * (1.0 - in);
}

static void read_trade(const struct course_view *c, const struct course *s, int p, struct course_trade *trade)
{
    trade->markup = 1.0 + READ(c->plan->contract->config->markup);
    trade->pays = trade->markup * supply_price(c, s->in[p]);
    trade->dutiable = READ(c->plan->venture->product[p].dutiable_share) * trade->markup;
    trade->shortfall = all_lanes(0.0);
    if (!c->plan->contract->taken[p]) return;
    const struct contract_take_or_pay_config *taken = &c->plan->contract->config->take_or_pay[p];
    trade->least_share = READ(taken->least_share);
    trade->shortfall = READ(taken->shortfall_fee) * s->in[p] * trade->markup;
}

/* Payments agreed before, received a step. */
static void read_agreed(const struct course_view *c, const struct course *s, struct course_terms *t)
{
    for (int p = 0; p < c->plan->partners; p++) t->agreed[p] = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners && c->k->agreements; p++) {
        for (int q = 0; q < c->plan->partners; q++) {
            if (p == q) continue;
            lanes amount = c->k->agreed[p][q] * s->in[p] * s->in[q];
            t->agreed[p] -= amount;
            t->agreed[q] += amount;
        }
    }
}

static void read_terms(const struct course_view *c, const struct course *s, struct course_terms *t)
{
    const struct contract_plan *contract = c->plan->contract;
    const int fixed = contract->config->subsidy_rule == SHARE_FIXED;
    lanes owners = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        owners += s->in[p];
        t->support[p] = fixed ? all_lanes(contract->subsidy_share[p]) : s->equity[p];
        if (c->o->sells[p]) read_trade(c, s, p, &t->trade[p]);
    }
    if (fixed) decision_capital_scale(c, s, t->support);
    t->interfaces = 0.5 * owners * (owners - 1.0);
    read_agreed(c, s, t);
}

/* ---- Flows of a node --------------------------------------------------------------------------------------------------- */

/* Own margin and duty of a partner that takes units. */
static lanes margin(const struct course_view *c, const struct course *s, const struct making *m, const struct course_trade *trade, int p,
                    int k)
{
    const struct outlook *o = c->o;
    lanes made = m->made[k][p], unit = m->unit[k][p], share = m->share[k][p];
    lanes sum = o->revenue[k][p] * share - trade->pays * unit * made;
    if (o->pays_duty[p]) sum -= trade->dutiable * unit * o->duty[k][p] * share;
    if (o->own_costs[p]) sum -= o->own_unit[k][p] * made + o->own_fixed[k][p] * course_served(c, s, p, k);
    return sum;
}

/* Margins of those who take units into income; returns what is left for the owners. */
static lanes trade_node(const struct course_view *c, const struct course *s, const struct making *m, const struct course_terms *t, int k,
                        lanes income[PARAM_PARTNERS])
{
    lanes joint = -c->o->fixed[k] - c->o->coordination[k] * t->interfaces;
    for (int p = 0; p < c->plan->partners; p++) {
        const struct course_trade *trade = &t->trade[p];
        income[p] = all_lanes(0.0);
        if (!c->o->sells[p] || !m->some[k]) continue;
        income[p] = margin(c, s, m, trade, p, k);
        joint += (trade->pays - 1.0) * m->unit[k][p] * m->made[k][p];
        if (!c->plan->contract->taken[p]) continue;
        lanes fee = trade->shortfall * m->unit[k][p] * most(trade->least_share * c->o->planned[k][p] - c->o->want[k][p], all_lanes(0.0));
        income[p] -= fee;
        joint += fee;
    }
    return joint;
}

static void royalties(const struct course_view *c, const struct course *s, const struct making *m, int k, lanes income[PARAM_PARTNERS])
{
    const struct contract_plan *contract = c->plan->contract;
    const double prices = c->plan->prices[c->grid->node[k].middle];
    for (int r = 0; r < contract->royalties && m->some[k]; r++) {
        const struct contract_royalty *royalty = &contract->royalty[r];
        const int p = royalty->payer;
        if (!c->o->sells[p]) continue;
        lanes amount = s->in[p] * s->in[royalty->receiver] *
                       (READ(royalty->config->per_unit) * prices * m->made[k][p] +
                        READ(royalty->config->of_revenue) * c->o->revenue[k][p] * m->share[k][p]);
        income[p] -= amount;
        income[royalty->receiver] += amount;
    }
}

/* Units that bring a partner support. */
static lanes supported(const struct course_view *c, const struct making *m, const struct course_terms *t, int p, int k)
{
    if (c->plan->contract->config->subsidy_rule != SHARE_USE) return t->support[p] * m->total[k];
    return c->o->sells[p] && m->some[k] ? m->made[k][p] : all_lanes(0.0);
}

/* Tax, books, discounting of one partner. */
static void close_node(const struct course_view *c, struct course *s, int p, int k, lanes income, lanes untaxed, lanes net, lanes gross)
{
    const struct outlook_node *node = &c->grid->node[k];
    const struct value_config *value = c->plan->value->config;
    const struct course_account account = {value->tax_rate[p], c->plan->kept[node->end - node->first], value->losses[p],
                                           c->plan->discount[p][node->half]};
    lanes dep = course_depreciate(&s->book[p], net, account.kept), developed = all_lanes(0.0);
    if (c->plan->own_runs[p]) {
        lanes own = decision_capital_own(c, s, p, k, &developed);
        dep += course_depreciate(&s->own_book[p], own, account.kept);
        net += own;
    }
    s->value[p] += (income + untaxed - net - course_tax(&account, income - dep, &s->loss[p])) * account.discount;
    if (!number_differs(value->know_how[p].kept, 0.0)) return;
    lanes decay = exp_lanes(-READ(value->know_how[p].decay) * node->years);
    s->know_how[p] = s->know_how[p] * decay + developed +
                     gross * READ(c->plan->venture->config->common_share) * (1.0 - c->o->producing[k]);
}

static void earn_node(const struct course_view *c, struct course *s, const struct making *m, const struct course_terms *t, int k)
{
    lanes income[PARAM_PARTNERS], net[PARAM_PARTNERS], gross;
    lanes joint = trade_node(c, s, m, t, k, income);
    const int builds = decision_capital_call(c, s, k, net, &gross), agrees = c->k->agreements;
    royalties(c, s, m, k, income);
    lanes paid = agrees ? decision_course_agreed_steps(c, k) : all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        lanes units = supported(c, m, t, p, k), sum = income[p] + s->equity[p] * joint + c->o->taxed[k] * units;
        if (agrees) sum += t->agreed[p] * paid;
        close_node(c, s, p, k, sum, c->o->untaxed[k] * units, builds ? net[p] : all_lanes(0.0), gross);
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

void decision_course_earn(const struct course_view *c, struct course *s, const struct making *m, int from, int to)
{
    struct course_terms terms;
    read_terms(c, s, &terms);
    for (int k = from; k < to; k++) earn_node(c, s, m, &terms, k);
    if (to == c->grid->nodes) close_course(c, s);
}

/* It owns nothing any more and gets support only by use: what is left is its margin, at the price of one that has left. */
lanes decision_course_supplied(const struct course_view *c, const struct course *settled, const struct making *m, int leaver, int to)
{
    const struct value_config *value = c->plan->value->config;
    struct course_trade trade;
    lanes sum = all_lanes(0.0), loss = settled->loss[leaver];
    read_trade(c, settled, leaver, &trade);
    trade.pays = trade.markup * supply_price(c, sum);
    for (int k = c->grid->settle; k < to; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        const struct course_account account = {value->tax_rate[leaver], 1.0, value->losses[leaver], c->plan->discount[leaver][node->half]};
        if (!m->some[k]) continue;
        lanes income = margin(c, settled, m, &trade, leaver, k), untaxed = all_lanes(0.0);
        if (c->plan->contract->config->subsidy_rule == SHARE_USE) {
            income += c->o->taxed[k] * m->made[k][leaver];
            untaxed = c->o->untaxed[k] * m->made[k][leaver];
        }
        sum += (income + untaxed - course_tax(&account, income, &loss)) * account.discount;
    }
    return sum;
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
