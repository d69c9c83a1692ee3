/* What each partner has of the venture along the nodes of an outlook: the contract's rules applied to expected levels.
   docs/model.md (7.3). */
#include <string.h>

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
        s->grants[p] = k->grants[p];
        s->know_how[p] = k->know_how[p];
        s->value[p] = all_lanes(0.0);
    }
    s->pooled = k->pooled;
    s->clock = k->venture.clock;
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
    lanes made = m->made[p][k], unit = m->unit[p][k], share = m->share[p][k];
    lanes sum = o->revenue[p][k] * share - trade->pays * unit * made;
    if (o->pays_duty[p]) sum -= trade->dutiable * unit * o->duty[p][k] * share;
    if (o->own_costs[p]) sum -= o->own_unit[p][k] * made + o->own_fixed[p][k] * course_served(c, s, p, k);
    return sum;
}

/* Flows along the nodes, M{currency}: of partners that take units, of the owners together. */
struct flows {
    lanes income[PARAM_PARTNERS][OUTLOOK_NODES], joint[OUTLOOK_NODES];
    lanes net[PARAM_PARTNERS][OUTLOOK_NODES], gross[OUTLOOK_NODES]; /* capital, in the nodes before `built` */
    int built;
};

/* Own margin, and what the owners have of it. */
static void trade(const struct course_view *c, const struct course *s, const struct making *m, const struct course_trade *t, int p,
                  int from, int to, struct flows *f)
{
    const int taken = c->plan->contract->taken[p];
    lanes over = t->pays - 1.0;
    for (int k = from; k < to; k++) {
        f->income[p][k] = all_lanes(0.0);
        if (!m->some[k]) continue;
        f->income[p][k] = margin(c, s, m, t, p, k);
        f->joint[k] += over * m->unit[p][k] * m->made[p][k];
        if (!taken) continue;
        lanes fee = t->shortfall * m->unit[p][k] * most(t->least_share * c->o->planned[p][k] - c->o->want[p][k], all_lanes(0.0));
        f->income[p][k] -= fee;
        f->joint[k] += fee;
    }
}

static void royalties(const struct course_view *c, const struct course *s, const struct making *m, int k, struct flows *f)
{
    const struct contract_plan *contract = c->plan->contract;
    const double prices = c->plan->prices[c->grid->node[k].middle];
    for (int r = 0; r < contract->royalties && m->some[k]; r++) {
        const struct contract_royalty *royalty = &contract->royalty[r];
        const int p = royalty->payer;
        if (!c->o->sells[p]) continue;
        lanes amount = s->in[p] * s->in[royalty->receiver] *
                       (READ(royalty->config->per_unit) * prices * m->made[p][k] +
                        READ(royalty->config->of_revenue) * c->o->revenue[p][k] * m->share[p][k]);
        f->income[p][k] -= amount;
        f->income[royalty->receiver][k] += amount;
    }
}

/* How far spending has come. */
static void settle_capital(const struct course *s, struct course *settled)
{
    settled->clock = s->clock;
    memcpy(settled->paid, s->paid, sizeof s->paid);
    memcpy(settled->grants, s->grants, sizeof s->grants);
}

/* Capital is called until the plan of spending is done on all paths. */
static void build(const struct course_view *c, struct course *s, int from, int to, struct flows *f, struct course *settled)
{
    lanes net[PARAM_PARTNERS];
    int k = from;
    for (; k < to; k++) {
        if (settled && k == c->grid->settle) settle_capital(s, settled);
        if (!decision_capital_call(c, s, k, net, &f->gross[k])) break;
        for (int p = 0; p < c->plan->partners; p++) f->net[p][k] = net[p];
    }
    f->built = k;
    if (settled && k <= c->grid->settle) settle_capital(s, settled);
}

static void flow(const struct course_view *c, struct course *s, const struct making *m, const struct course_terms *t, int from, int to,
                 struct flows *f, struct course *settled)
{
    for (int k = from; k < to; k++) f->joint[k] = -c->o->fixed[k] - c->o->coordination[k] * t->interfaces;
    for (int p = 0; p < c->plan->partners; p++) {
        if (c->o->sells[p]) trade(c, s, m, &t->trade[p], p, from, to, f);
        for (int k = from; k < to && !c->o->sells[p]; k++) f->income[p][k] = all_lanes(0.0);
    }
    for (int k = from; k < to && c->plan->contract->royalties; k++) royalties(c, s, m, k, f);
    for (int k = from; k < to && c->plan->redirects; k++) {
        if (m->some[k]) f->joint[k] += decision_redirect_profit(c, m, k);
    }
    build(c, s, from, to, f, settled);
}

/* Support of one partner: taxed into its income, untaxed. */
static void support(const struct course_view *c, const struct making *m, const struct course_terms *t, int p, int from, int to,
                    struct flows *f, lanes untaxed[])
{
    const int by_use = c->plan->contract->config->subsidy_rule == SHARE_USE, sells = c->o->sells[p];
    for (int k = from; k < to; k++) {
        lanes units = t->support[p] * m->total[k];
        if (by_use) units = sells && m->some[k] ? m->made[p][k] : all_lanes(0.0);
        f->income[p][k] += c->o->taxed[k] * units;
        untaxed[k] = c->o->untaxed[k] * units;
    }
}

/* Own spending and know-how of one partner in a node; returns what it spends. */
static lanes develop(const struct course_view *c, struct course *s, int p, int k, lanes gross)
{
    const struct value_know_how_config *know_how = &c->plan->value->config->know_how[p];
    lanes developed = all_lanes(0.0), own = developed;
    if (c->plan->own_runs[p]) own = decision_capital_own(c, s, p, k, &developed);
    if (!number_differs(know_how->kept, 0.0)) return own;
    lanes decay = exp_lanes(-READ(know_how->decay) * c->grid->node[k].years);
    s->know_how[p] = s->know_how[p] * decay + developed +
                     gross * READ(c->plan->venture->config->common_share) * (1.0 - c->o->producing[k]);
    return own;
}

/* Tax, books, discounting of one partner. */
static void close_partner(const struct course_view *c, struct course *s, const struct flows *f, const lanes untaxed[], int p, int from,
                          int to)
{
    const struct value_config *value = c->plan->value->config;
    const int develops = c->plan->own_runs[p] || number_differs(value->know_how[p].kept, 0.0);
    const double *discount = c->plan->discount[p];
    struct course_account account = {value->tax_rate[p], 1.0, value->losses[p], 1.0};
    lanes book = s->book[p], loss = s->loss[p], sum = s->value[p], equity = s->equity[p], zero = all_lanes(0.0);
    for (int k = from; k < to; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        const int builds = k < f->built;
        lanes net = builds ? f->net[p][k] : zero, income = f->income[p][k] + equity * f->joint[k];
        account.kept = c->plan->kept[node->end - node->first];
        lanes dep = course_depreciate(&book, net, account.kept);
        if (develops) {
            lanes own = develop(c, s, p, k, builds ? f->gross[k] : zero);
            dep += course_depreciate(&s->own_book[p], own, account.kept);
            net += own;
        }
        sum += (income + untaxed[k] - net - course_tax(&account, income - dep, &loss)) * discount[node->half];
    }
    s->book[p] = book;
    s->loss[p] = loss;
    s->value[p] = sum;
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

static void settle_partner(const struct course *s, int p, struct course *settled)
{
    settled->book[p] = s->book[p];
    settled->own_book[p] = s->own_book[p];
    settled->own_clock[p] = s->own_clock[p];
    settled->loss[p] = s->loss[p];
    settled->know_how[p] = s->know_how[p];
    settled->value[p] = s->value[p];
}

void decision_course_earn(const struct course_view *c, struct course *s, const struct making *m, int from, int to,
                          struct course *settled)
{
    const int middle = settled ? c->grid->settle : from;
    struct course_terms terms;
    struct flows f;
    lanes untaxed[OUTLOOK_NODES];
    read_terms(c, s, &terms);
    flow(c, s, m, &terms, from, to, &f, settled);
    for (int p = 0; p < c->plan->partners; p++) {
        support(c, m, &terms, p, from, to, &f, untaxed);
        for (int k = from; k < to && c->k->agreements; k++) f.income[p][k] += terms.agreed[p] * c->o->paying[k];
        if (from < middle) close_partner(c, s, &f, untaxed, p, from, middle);
        if (settled) settle_partner(s, p, settled);
        close_partner(c, s, &f, untaxed, p, middle, to);
    }
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
            income += c->o->taxed[k] * m->made[leaver][k];
            untaxed = c->o->untaxed[k] * m->made[leaver][k];
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
