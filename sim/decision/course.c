/* What each partner has of the venture along the nodes of an outlook: the contract's rules applied to expected levels.
   docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

void decision_course_begin(const struct course_view *c, struct course *s)
{
    const struct known *k = c->k;
    for (int p = 0; p < c->plan->partners; p++) {
        s->of[p].in = k->in[p];
        s->of[p].equity = k->equity[p];
        s->of[p].supplied = k->supply[p] * c->plan->years_per_step;
        s->of[p].book = k->book[p];
        s->of[p].own_book = k->own_book[p];
        s->of[p].loss = k->loss[p];
        s->of[p].made = k->made[p];
        s->of[p].own_clock = k->own[p].clock;
        s->of[p].paid = k->paid[p];
        s->of[p].grants = k->grants[p];
        s->of[p].know_how = k->know_how[p];
        s->of[p].value = all_lanes(0.0);
    }
    s->pooled = k->pooled;
    s->clock = k->venture.clock;
}

void decision_course_copy(const struct course_view *c, const struct course *s, struct course *copy)
{
    copy->pooled = s->pooled;
    copy->clock = s->clock;
    for (int p = 0; p < c->plan->partners; p++) copy->of[p] = s->of[p];
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
    trade->pays = trade->markup * supply_price(c, s->of[p].in);
    trade->dutiable = READ(c->plan->venture->product[p].dutiable_share) * trade->markup;
    trade->shortfall = all_lanes(0.0);
    if (!c->plan->contract->taken[p]) return;
    const struct contract_take_or_pay_config *taken = &c->plan->contract->config->take_or_pay[p];
    trade->least_share = READ(taken->least_share);
    trade->shortfall = READ(taken->shortfall_fee) * s->of[p].in * trade->markup;
}

/* Payments agreed before, received a step. */
static void read_agreed(const struct course_view *c, const struct course *s, struct course_terms *t)
{
    for (int p = 0; p < c->plan->partners; p++) t->agreed[p] = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners && c->k->agreements; p++) {
        for (int q = 0; q < c->plan->partners; q++) {
            if (p == q) continue;
            lanes amount = c->k->agreed[p][q] * s->of[p].in * s->of[q].in;
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
        owners += s->of[p].in;
        t->support[p] = fixed ? all_lanes(contract->subsidy_share[p]) : s->of[p].equity;
        if (c->plan->venture->sells[p]) read_trade(c, s, p, &t->trade[p]);
    }
    if (fixed) decision_capital_scale(c, s, t->support);
    t->interfaces = 0.5 * owners * (owners - 1.0);
    read_agreed(c, s, t);
}

/* ---- Flows of a node --------------------------------------------------------------------------------------------------- */

/* Own margin and duty of a partner that takes units. */
LANE_FUNCTION lanes margin(const struct course_view *c, const struct course *s, const struct making *m, const struct course_trade *trade,
                           int p, int k)
{
    const struct outlook *o = c->o;
    lanes made = m->made[p][k], unit = m->unit[p][k], share = m->share[p][k];
    lanes sum = o->revenue[p][k] * share - trade->pays * unit * made;
    if (o->pays_duty[p]) sum -= trade->dutiable * unit * o->duty[p][k] * share;
    if (o->own_costs[p]) sum -= o->own_unit[p][k] * made + o->own_fixed[p][k] * course_served(c, s, p, k);
    return sum;
}

/* Flows along the nodes, M{currency}: of partners with an income of their own, of the owners together. */
struct flows {
    lanes income[PARAM_PARTNERS][OUTLOOK_NODES], joint[OUTLOOK_NODES];
    int earns[PARAM_PARTNERS];                                      /* `income` is set */
    lanes net[PARAM_PARTNERS][OUTLOOK_NODES], gross[OUTLOOK_NODES]; /* capital, in the nodes before `built` */
    int built;
};

/* Own margin, and what the owners have of it. */
static void trade(const struct course_view *c, const struct course *s, const struct making *m, const struct course_trade *t, int p,
                  int from, int to, struct flows *f)
{
    const int taken = c->plan->contract->taken[p];
    lanes *income = f->income[p], over = t->pays - 1.0;
    f->earns[p] = 1;
    for (int k = from; k < to; k++) {
        income[k] = all_lanes(0.0);
        if (!m->some[k]) continue;
        lanes sum = margin(c, s, m, t, p, k), joint = f->joint[k] + over * m->unit[p][k] * m->made[p][k];
        if (taken) {
            lanes fee = t->shortfall * m->unit[p][k] * most(t->least_share * c->o->planned[p][k] - c->o->want[p][k], all_lanes(0.0));
            sum -= fee;
            joint += fee;
        }
        income[k] = sum;
        f->joint[k] = joint;
    }
}

/* Makes room for what a partner that takes no units receives. */
static void begin_income(int p, int from, int to, struct flows *f)
{
    for (int k = from; k < to && !f->earns[p]; k++) f->income[p][k] = all_lanes(0.0);
    f->earns[p] = 1;
}

static void pay_royalty(const struct course_view *c, const struct course *s, const struct making *m, const struct contract_royalty *royalty,
                        int from, int to, struct flows *f)
{
    const int p = royalty->payer, q = royalty->receiver;
    lanes both = s->of[p].in * s->of[q].in, per_unit = READ(royalty->config->per_unit), share = READ(royalty->config->of_revenue);
    if (!c->plan->venture->sells[p]) return;
    begin_income(q, from, to, f);
    for (int k = from; k < to; k++) {
        if (!m->some[k]) continue;
        lanes amount = both * (per_unit * c->grid->node[k].prices * m->made[p][k] + share * c->o->revenue[p][k] * m->share[p][k]);
        f->income[p][k] -= amount;
        f->income[q][k] += amount;
    }
}

/* How far spending has come. */
static void settle_capital(const struct course_view *c, const struct course *s, struct course *settled)
{
    settled->clock = s->clock;
    for (int p = 0; p < c->plan->partners; p++) {
        settled->of[p].paid = s->of[p].paid;
        settled->of[p].grants = s->of[p].grants;
    }
}

/* Capital is called until the plan of spending is done on all paths. */
static void build(const struct course_view *c, struct course *s, int from, int to, struct flows *f, struct course *settled)
{
    struct capital_call call;
    lanes net[PARAM_PARTNERS];
    int k = from;
    if (decision_capital_open(c, s)) decision_capital_read(c, s, &call);
    for (; k < to && decision_capital_open(c, s); k++) {
        if (settled && k == c->grid->settle) settle_capital(c, s, settled);
        decision_capital_call(c, s, &call, k, net, &f->gross[k]);
        for (int p = 0; p < c->plan->partners; p++) f->net[p][k] = net[p];
    }
    f->built = k;
    if (settled && k <= c->grid->settle) settle_capital(c, s, settled);
}

static void flow(const struct course_view *c, struct course *s, const struct making *m, const struct course_terms *t, int from, int to,
                 struct flows *f, struct course *settled)
{
    const struct contract_plan *contract = c->plan->contract;
    for (int k = from; k < to; k++) f->joint[k] = -c->o->fixed[k] - c->o->coordination[k] * t->interfaces;
    for (int p = 0; p < c->plan->partners; p++) f->earns[p] = 0;
    for (int q = 0; q < c->plan->venture->sellers; q++) trade(c, s, m, &t->trade[c->plan->venture->seller[q]], c->plan->venture->seller[q], from, to, f);
    for (int r = 0; r < contract->royalties; r++) pay_royalty(c, s, m, &contract->royalty[r], from, to, f);
    for (int p = 0; p < c->plan->partners && c->k->agreements; p++) {
        begin_income(p, from, to, f);
        for (int k = from; k < to; k++) f->income[p][k] += t->agreed[p] * c->o->paying[k];
    }
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->plan->venture->cannibal[p]) continue;
        begin_income(p, from, to, f);
        for (int k = from; k < to; k++) f->income[p][k] -= decision_brand_lost(c, m, p, -1, k);
    }
    for (int k = from; k < to && c->plan->redirects; k++) {
        if (m->some[k]) f->joint[k] += decision_redirect_profit(c, m, k);
    }
    build(c, s, from, to, f, settled);
}

/* {volume} for which a partner gets support, by node. */
static const lanes *supported_units(const struct course_view *c, const struct making *m, int p, int from, int to, lanes units[])
{
    if (c->plan->contract->config->subsidy_rule != SHARE_USE) return m->total;
    for (int k = from; k < to; k++) units[k] = c->plan->venture->sells[p] && m->some[k] ? m->made[p][k] : all_lanes(0.0);
    return units;
}

/* The part of them that the second plant makes. */
static const lanes *local_units(const struct course_view *c, const struct making *m, int p, int from, int to, lanes units[])
{
    const struct programme_plan *venture = c->plan->venture;
    const int by_use = c->plan->contract->config->subsidy_rule == SHARE_USE;
    if (!venture->localises || !c->plan->market->subsidies) return NULL;
    for (int k = from; k < to; k++) {
        units[k] = all_lanes(0.0);
        for (int q = 0; m->some[k] && q < venture->sellers; q++) {
            const int j = venture->seller[q];
            if (!by_use || j == p) units[k] += m->made[j][k] * c->o->local[j][k];
        }
    }
    return units;
}

/* Own spending and know-how of one partner in a node; returns what it spends. */
static lanes develop(const struct course_view *c, struct course *s, int p, int k, lanes gross)
{
    const struct value_know_how_config *know_how = &c->plan->value->config->know_how[p];
    lanes developed = all_lanes(0.0), own = developed;
    if (c->plan->own_runs[p]) own = decision_capital_own(c, s, p, k, &developed);
    if (!number_differs(know_how->kept, 0.0)) return own;
    lanes decay = exp_lanes(-READ(know_how->decay) * c->grid->node[k].years);
    s->of[p].know_how = s->of[p].know_how * decay + developed +
                     gross * READ(c->plan->venture->config->common_share) * (1.0 - c->o->producing[k]);
    return own;
}

/* What one partner has in the nodes: income, support, capital. */
struct part {
    const lanes *income, *joint, *units, *local; /* income NULL: none of its own; local NULL: no second plant */
    lanes equity, support;
};

/* The partner's books as they go from node to node. */
struct books {
    lanes book, loss, sum;
};

/* Tax, books, discounting of one node; `net`, `spent`: into the venture, into its own programme. */
LANE_FUNCTION void close_node(const struct course_view *c, const struct part *part, const struct course_account *account, int p, int k,
                              lanes net, lanes depreciated, lanes spent, struct books *b)
{
    lanes units = part->support * part->units[k], income = c->o->taxed[k] * units + part->equity * part->joint[k];
    if (part->income) income += part->income[k];
    if (part->local) income += c->o->local_taxed[k] * (part->support * part->local[k]);
    lanes dep = course_depreciate(&b->book, net, c->grid->node[k].kept) + depreciated, paid = net + spent;
    lanes tax = course_tax(account, income - dep, &b->loss);
    lanes untaxed = c->o->untaxed[k] * units;
    if (part->local) untaxed += c->o->local_untaxed[k] * (part->support * part->local[k]);
    b->sum += (income + untaxed - paid - tax) * c->grid->discount[p][k];
}

static void close_partner(const struct course_view *c, struct course *s, const struct flows *f, const struct part *part, int p, int from,
                          int to)
{
    const struct value_config *value = c->plan->value->config;
    const struct course_account account = {value->tax_rate[p], 1.0, value->losses[p], 1.0};
    const int develops = c->plan->own_runs[p] || number_differs(value->know_how[p].kept, 0.0);
    const lanes zero = all_lanes(0.0);
    struct course_partner *own = &s->of[p];
    struct books b = {own->book, own->loss, own->value};
    int k = from;
    for (; k < to && (develops || k < f->built); k++) {
        const int builds = k < f->built;
        lanes spent = develops ? develop(c, s, p, k, builds ? f->gross[k] : zero) : zero;
        lanes depreciated = develops ? course_depreciate(&own->own_book, spent, c->grid->node[k].kept) : zero;
        close_node(c, part, &account, p, k, builds ? f->net[p][k] : zero, depreciated, spent, &b);
    }
    for (; k < to; k++) close_node(c, part, &account, p, k, zero, zero, zero, &b);
    own->book = b.book;
    own->loss = b.loss;
    own->value = b.sum;
}

/* Books sold and know-how kept at the horizon. */
static void close_course(const struct course_view *c, struct course *s)
{
    const struct value_config *value = c->plan->value->config;
    lanes multiple = READ(value->terminal_multiple);
    const int half = 2 * (c->plan->steps - c->grid->now) - 1;
    for (int p = 0; p < c->plan->partners; p++) {
        const struct course_account account = {value->tax_rate[p], 1.0, value->losses[p], c->plan->discount[p][half]};
        lanes proceeds = course_terminal(&account, s->of[p].book + s->of[p].own_book, multiple, &s->of[p].loss);
        lanes know_how = least(READ(value->know_how[p].kept) * s->of[p].know_how, READ(value->know_how[p].cap));
        s->of[p].value += (proceeds + know_how * s->of[p].in) * account.discount;
    }
}

/* All of a partner but its spending on the venture (settle_capital) and experience. */
static void settle_partner(const struct course_partner *s, struct course_partner *settled)
{
    settled->book = s->book;
    settled->own_book = s->own_book;
    settled->own_clock = s->own_clock;
    settled->loss = s->loss;
    settled->know_how = s->know_how;
    settled->value = s->value;
}

void decision_course_earn(const struct course_view *c, struct course *s, const struct making *m, int from, int to,
                          struct course *settled)
{
    const int middle = settled ? c->grid->settle : from, by_use = c->plan->contract->config->subsidy_rule == SHARE_USE;
    struct course_terms terms;
    struct flows f;
    lanes used[OUTLOOK_NODES], local[OUTLOOK_NODES];
    read_terms(c, s, &terms);
    flow(c, s, m, &terms, from, to, &f, settled);
    for (int p = 0; p < c->plan->partners; p++) {
        const struct part part = {f.earns[p] ? f.income[p] : NULL, f.joint, supported_units(c, m, p, from, to, used),
                                  local_units(c, m, p, from, to, local), s->of[p].equity,
                                  by_use ? all_lanes(1.0) : terms.support[p]};
        if (from < middle) close_partner(c, s, &f, &part, p, from, middle);
        if (settled) settle_partner(&s->of[p], &settled->of[p]);
        close_partner(c, s, &f, &part, p, middle, to);
    }
    if (to == c->grid->nodes) close_course(c, s);
}

/* It owns nothing any more and gets support only by use: what is left is its margin, at the price of one that has left. */
lanes decision_course_supplied(const struct course_view *c, const struct course *settled, const struct making *m, int leaver, int to)
{
    const struct value_config *value = c->plan->value->config;
    struct course_trade trade;
    lanes sum = all_lanes(0.0), loss = settled->of[leaver].loss;
    read_trade(c, settled, leaver, &trade);
    trade.pays = trade.markup * supply_price(c, sum);
    for (int k = c->grid->settle; k < to; k++) {
        const struct course_account account = {value->tax_rate[leaver], 1.0, value->losses[leaver], c->grid->discount[leaver][k]};
        if (!m->some[k]) continue;
        lanes income = margin(c, settled, m, &trade, leaver, k), untaxed = all_lanes(0.0);
        if (c->plan->venture->cannibal[leaver]) {
            income -= decision_brand_unit(c, leaver, leaver) * c->grid->node[k].prices * m->made[leaver][k];
        }
        if (c->plan->contract->config->subsidy_rule == SHARE_USE) {
            income += c->o->taxed[k] * m->made[leaver][k];
            untaxed = c->o->untaxed[k] * m->made[leaver][k];
            if (c->plan->venture->localises) {
                lanes local = m->made[leaver][k] * c->o->local[leaver][k];
                income += c->o->local_taxed[k] * local;
                untaxed += c->o->local_untaxed[k] * local;
            }
        }
        sum += (income + untaxed - course_tax(&account, income, &loss)) * account.discount;
    }
    return sum;
}

void decision_course_leave(const struct course_view *c, struct course *s, int leaver)
{
    lanes share[PARAM_PARTNERS], sold = s->of[leaver].equity;
    for (int p = 0; p < c->plan->partners; p++) {
        share[p] = decision_prospect_buys(c->plan, c->k, leaver, p);
        s->of[p].value = all_lanes(0.0);
    }
    for (int p = 0; p < c->plan->partners; p++) s->of[p].equity = p == leaver ? all_lanes(0.0) : s->of[p].equity + share[p] * sold;
    const double until = c->plan->contract->config->departure.supply_years + (double)c->grid->settle_steps * c->plan->years_per_step;
    s->of[leaver].supplied = choose((flags)(s->of[leaver].in > 0.0), all_lanes(until), s->of[leaver].supplied);
    /* its own book goes with it (decision_lone_value) */
    s->of[leaver].in = s->of[leaver].book = s->of[leaver].own_book = all_lanes(0.0);
}
#undef READ
