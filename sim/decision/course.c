/* What each partner has of the venture along the nodes of an outlook: the contract's rules applied to expected levels.
   docs/model.md (7.3). */
#include <string.h>

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
    if (c->plan->contract->lends) s->balance = k->balance;
    if (c->plan->contract->defaults) memcpy(s->lent, k->lent, sizeof s->lent);
}

void decision_course_copy(const struct course_view *c, const struct course *s, struct course *copy)
{
    copy->pooled = s->pooled;
    copy->clock = s->clock;
    if (c->plan->contract->lends) copy->balance = s->balance;
    if (c->plan->contract->defaults) memcpy(copy->lent, s->lent, sizeof s->lent);
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

static void read_trade(const struct course_view *c, const struct course *s, int p, const lanes price[], struct course_trade *trade)
{
    trade->price = price;
    trade->markup = price ? all_lanes(1.0) : 1.0 + READ(c->plan->contract->config->markup);
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
    const lanes *price = contract->indexed ? t->price : NULL;
    lanes owners = all_lanes(0.0);
    if (price) decision_transfer_run(c, t->price);
    for (int p = 0; p < c->plan->partners; p++) {
        owners += s->of[p].in;
        t->support[p] = fixed ? all_lanes(contract->subsidy_share[p]) : s->of[p].equity;
        if (c->plan->venture->sells[p]) read_trade(c, s, p, price, &t->trade[p]);
    }
    if (fixed) decision_capital_scale(c, s, t->support);
    t->interfaces = 0.5 * owners * (owners - 1.0);
    read_agreed(c, s, t);
}

/* ---- Flows of a node --------------------------------------------------------------------------------------------------- */

/* Own margin and duty of a partner that takes units. */
LANE_FUNCTION lanes margin(const struct course_view *c, const struct course *s, const struct making *m, const struct course_trade *trade,
                           lanes unit, int p, int k)
{
    const struct outlook *o = c->o;
    lanes made = m->made[p][k], share = m->share[p][k];
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
    lanes saved[OUTLOOK_NODES]; /* by a loan, before tax; where there is one */
    lanes equity[PARAM_PARTNERS][OUTLOOK_NODES]; /* where missed calls dilute */
    lanes split[PARAM_PARTNERS][OUTLOOK_NODES]; /* of fixed cost, less than by equity; where the contract splits it */
    lanes missed[OUTLOOK_NODES][PARAM_PARTNERS], covered[OUTLOOK_NODES][PARAM_PARTNERS]; /* before `built`, where calls may be missed */
};

/* Own margin, and what the owners have of it. */
static void trade(const struct course_view *c, const struct course *s, const struct making *m, const struct course_trade *t, int p,
                  int from, int to, struct flows *f)
{
    const int taken = c->plan->contract->taken[p];
    const lanes *price = t->price ? t->price : m->unit[p]; /* before the markup */
    lanes *income = f->income[p], over = t->pays - 1.0;
    f->earns[p] = 1;
    for (int k = from; k < to; k++) {
        income[k] = all_lanes(0.0);
        if (!m->some[k]) continue;
        lanes unit = price[k], sum = margin(c, s, m, t, unit, p, k), joint = f->joint[k] + over * unit * m->made[p][k];
        if (taken) {
            lanes fee = t->shortfall * unit * most(t->least_share * c->o->planned[p][k] - c->o->want[p][k], all_lanes(0.0));
            sum -= fee;
            joint += fee;
        }
        income[k] = sum;
        f->joint[k] = joint;
    }
    for (int k = from; k < to && t->price; k++) { /* an indexed price is no cost */
        if (m->some[k]) f->joint[k] += (price[k] - m->unit[p][k]) * m->made[p][k];
    }
}

/* Makes room for what a partner that takes no units receives. */
static void begin_income(int p, int from, int to, struct flows *f)
{
    for (int k = from; k < to && !f->earns[p]; k++) f->income[p][k] = all_lanes(0.0);
    f->earns[p] = 1;
}

/* The least royalty of a node. */
static lanes guaranteed(const struct course_view *c, const struct contract_royalty *royalty, int k)
{
    const struct outlook_node *node = &c->grid->node[k];
    return READ(royalty->config->minimum) * c->o->producing[k] * (node->prices * node->years);
}

static void pay_royalty(const struct course_view *c, const struct course *s, const struct making *m, const struct contract_royalty *royalty,
                        int from, int to, struct flows *f)
{
    const int p = royalty->payer, q = royalty->receiver;
    lanes both = s->of[p].in * s->of[q].in, per_unit = READ(royalty->config->per_unit), share = READ(royalty->config->of_revenue);
    const int sells = c->plan->venture->sells[p];
    if (!sells && !royalty->guaranteed) return;
    begin_income(p, from, to, f);
    begin_income(q, from, to, f);
    for (int k = from; k < to; k++) {
        lanes amount = all_lanes(0.0);
        if (sells && m->some[k]) amount = both * (per_unit * c->grid->node[k].prices * m->made[p][k] + share * c->o->revenue[p][k] * m->share[p][k]);
        if (royalty->guaranteed) amount = most(amount, both * guaranteed(c, royalty, k));
        f->income[p][k] -= amount;
        f->income[q][k] += amount;
    }
}

/* Payments that hang on gates, as they are expected. */
RARE_FUNCTION void pay_milestones(const struct course_view *c, const struct course *s, int from, int to, struct flows *f)
{
    struct timing timing;
    lanes share[OUTLOOK_NODES];
    const struct programme_plan *venture = c->plan->venture;
    decision_timing_begin(&timing, venture, &c->k->venture,
                          decision_outlook_delay(c->k, venture, decision_outlook_progress(venture, &c->k->venture)));
    for (int m = 0; m < c->plan->contract->milestones; m++) {
        const struct contract_milestone *milestone = &c->plan->contract->milestone[m];
        const int p = milestone->payer, q = milestone->receiver;
        lanes amount = s->of[p].in * s->of[q].in * READ(*milestone->amount);
        int gate = 0;
        while (venture->gate[gate].name != milestone->gate) gate++;
        decision_timing_gate(&timing, c->k, c->grid, gate, from, to, share);
        begin_income(p, from, to, f);
        begin_income(q, from, to, f);
        for (int k = from; k < to; k++) {
            f->income[p][k] -= amount * share[k];
            f->income[q][k] += amount * share[k];
        }
    }
}

RARE_FUNCTION void pay_fee(const struct course_view *c, const struct course *s, const struct contract_fee *fee, int from, int to, struct flows *f)
{
    const int p = fee->payer, q = fee->receiver;
    lanes both = s->of[p].in * s->of[q].in;
    begin_income(p, from, to, f);
    begin_income(q, from, to, f);
    for (int k = from; k < to; k++) {
        lanes amount = both * decision_fee_paid(c, fee->plan, k);
        f->income[p][k] -= amount;
        f->income[q][k] += amount;
    }
}

/* Fixed cost by the contract's own shares: what stands in joint profit by equity is put right. */
RARE_FUNCTION void split_cost(const struct course_view *c, const struct course *s, int from, int to, struct flows *f)
{
    lanes share[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) begin_income(p, from, to, f);
    for (int k = from; k < to; k++) {
        decision_fee_shares(c, s, k, share);
        for (int p = 0; p < c->plan->partners; p++) {
            lanes equity = c->plan->contract->dilutes ? f->equity[p][k] : s->of[p].equity;
            f->split[p][k] = (equity - share[p]) * c->o->fixed[k];
            f->income[p][k] += f->split[p][k];
        }
    }
}

RARE_FUNCTION void pay_development(const struct course_view *c, const struct course *s, int from, int to, struct flows *f)
{
    lanes paid[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) begin_income(p, from, to, f);
    for (int k = from; k < to; k++) {
        decision_capital_develop(c, s, k, paid);
        for (int p = 0; p < c->plan->partners; p++) f->income[p][k] -= paid[p];
    }
}

/* How far spending has come. */
static void settle_capital(const struct course_view *c, const struct course *s, struct course *settled)
{
    settled->clock = s->clock;
    for (int p = 0; p < c->plan->partners; p++) {
        settled->of[p].paid = s->of[p].paid;
        settled->of[p].grants = s->of[p].grants;
        settled->of[p].equity = s->of[p].equity;
    }
}

/* Capital is called until the plan of spending is done on all paths. */
static void build(const struct course_view *c, struct course *s, int from, int to, struct flows *f, struct course *settled)
{
    struct capital_call call;
    lanes net[PARAM_PARTNERS];
    int k = from;
    if (decision_capital_open(c, s, from)) decision_capital_read(c, s, &call);
    for (; k < to && decision_capital_open(c, s, k); k++) {
        if (settled && k == c->grid->settle) settle_capital(c, s, settled);
        for (int p = 0; p < c->plan->partners && c->plan->contract->dilutes; p++) f->equity[p][k] = s->of[p].equity;
        decision_capital_call(c, s, &call, k, net, &f->gross[k]);
        for (int p = 0; p < c->plan->partners; p++) f->net[p][k] = net[p];
        for (int p = 0; p < c->plan->partners && c->plan->contract->misses; p++) {
            f->missed[k][p] = call.missed[p];
            f->covered[k][p] = call.covered[p];
        }
    }
    f->built = k;
    for (int p = 0; p < c->plan->partners && c->plan->contract->dilutes; p++) {
        for (int j = k; j < to; j++) f->equity[p][j] = s->of[p].equity;
    }
    if (settled && k <= c->grid->settle) settle_capital(c, s, settled);
}

/* Profit of the venture in a node, as it is shared. */
static lanes profit_of(const struct course_view *c, const struct making *m, const struct course_terms *t, int k)
{
    lanes sum = -c->o->fixed[k];
    for (int q = 0; q < c->plan->venture->sellers && m->some[k]; q++) {
        const int p = c->plan->venture->seller[q];
        const struct course_trade *trade = &t->trade[p];
        lanes price = trade->price ? trade->price[k] : trade->markup * m->unit[p][k];
        sum += (price - m->unit[p][k]) * m->made[p][k];
    }
    if (c->plan->redirects && m->some[k]) sum += decision_redirect_profit(c, m, k);
    return sum;
}

/* Loans for missed calls. */
RARE_FUNCTION void repay(const struct course_view *c, struct course *s, const struct making *m, const struct course_terms *t, int from, int to,
                  struct flows *f, struct course *settled)
{
    const lanes none[PARAM_PARTNERS] = {all_lanes(0.0)};
    lanes received[PARAM_PARTNERS], profit[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) begin_income(p, from, to, f);
    for (int k = from; k < to; k++) {
        const int calls = k < f->built;
        if (settled && k == c->grid->settle) memcpy(settled->lent, s->lent, sizeof s->lent);
        for (int p = 0; p < c->plan->partners; p++) {
            profit[p] = s->of[p].equity * profit_of(c, m, t, k);
            if (c->plan->contract->splits_cost) profit[p] += f->split[p][k];
        }
        decision_call_repay(c, s, calls ? f->missed[k] : none, calls ? f->covered[k] : none, profit, k, received);
        for (int p = 0; p < c->plan->partners; p++) f->income[p][k] += received[p];
    }
}

/* The loan follows spending, and is repaid. */
RARE_FUNCTION void borrow(const struct course_view *c, struct course *s, int from, int to, struct flows *f, struct course *settled)
{
    for (int k = from; k < to; k++) {
        lanes invested = all_lanes(0.0);
        if (settled && k == c->grid->settle) settled->balance = s->balance;
        for (int p = 0; p < c->plan->partners && k < f->built; p++) invested += f->net[p][k];
        f->saved[k] = decision_debt_saves(c, s, k, invested);
    }
}

static void flow(const struct course_view *c, struct course *s, const struct making *m, const struct course_terms *t, int from, int to,
                 struct flows *f, struct course *settled)
{
    const struct contract_plan *contract = c->plan->contract;
    for (int k = from; k < to; k++) f->joint[k] = -c->o->fixed[k] - c->o->coordination[k] * t->interfaces;
    for (int p = 0; p < c->plan->partners; p++) f->earns[p] = 0;
    for (int q = 0; q < c->plan->venture->sellers; q++) trade(c, s, m, &t->trade[c->plan->venture->seller[q]], c->plan->venture->seller[q], from, to, f);
    for (int r = 0; r < contract->royalties; r++) pay_royalty(c, s, m, &contract->royalty[r], from, to, f);
    if (contract->milestones) pay_milestones(c, s, from, to, f);
    if (c->plan->venture->develops) pay_development(c, s, from, to, f);
    for (int r = 0; r < contract->fees; r++) pay_fee(c, s, &contract->fee[r], from, to, f);
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
    if (contract->splits_cost) split_cost(c, s, from, to, f);
    if (contract->lends) borrow(c, s, from, to, f, settled);
    if (contract->defaults) repay(c, s, m, t, from, to, f, settled);
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
    lanes equity, support, premium;
    const lanes *shares; /* equity by node where it moves, else NULL */
    int by_equity;       /* support */
};
LANE_FUNCTION lanes equity_of(const struct part *part, int k)
{
    return part->shares ? part->shares[k] : part->equity;
}

/* Neither shares that move nor a second plant, scarce capital, a loan or an adverse event: what most deals have, and a shorter loop. */
static int is_plain(const struct course_view *c, const struct part *part, int p)
{
    return !part->shares && !part->local && !c->plan->contract->scarce[p] && !c->plan->contract->lends && !outlook_perishes(c->plan->venture);
}

/* The partner's books as they go from node to node. */
struct books {
    lanes book, loss, sum;
};

/* Tax, books, discounting of one node; `net`, `spent`: into the venture, into its own programme. `plain` is a constant. */
LANE_FUNCTION void close_node(const struct course_view *c, const struct part *part, const struct course_account *account, int p, int k,
                              int plain, lanes net, lanes depreciated, lanes spent, struct books *b)
{
    lanes equity = plain ? part->equity : equity_of(part, k), support = !plain && part->by_equity ? equity : part->support;
    lanes units = support * part->units[k], income = c->o->taxed[k] * units + equity * part->joint[k];
    if (part->income) income += part->income[k];
    if (!plain && part->local) income += c->o->local_taxed[k] * (support * part->local[k]);
    lanes dep = course_depreciate(&b->book, net, c->grid->node[k].kept) + depreciated, paid = net + spent;
    if (!plain) paid *= 1.0 + part->premium;
    lanes tax = course_tax(account, income - dep, &b->loss);
    lanes untaxed = c->o->untaxed[k] * units;
    if (!plain && part->local) untaxed += c->o->local_untaxed[k] * (support * part->local[k]);
    b->sum += (income + untaxed - paid - tax) * c->grid->discount[p][k];
}

/* The same where an adverse event can end it: flows with the chance that it runs, the book's price with that of the event. */
static void close_perishing(const struct course_view *c, const struct course *s, const struct part *part, const struct course_account *account,
                            int p, int k, lanes net, lanes depreciated, lanes spent, struct books *b)
{
    lanes book = b->book, before = b->sum;
    close_node(c, part, account, p, k, 0, net, depreciated, spent, b);
    if (!outlook_perishes(c->plan->venture)) return;
    lanes quit = decision_prospect_quit(c, s, p, k, book) * s->of[p].in;
    b->sum = before + (b->sum - before) * c->o->alive[k] + quit * c->o->falls[k] * c->grid->discount[p][k];
}

/* The flows of the nodes into the books, and its own spending; most deals: `is_plain`. */
static void close_plain(const struct course_view *c, struct course *s, const struct flows *f, const struct part *part,
                        const struct course_account *account, int develops, int p, int from, int to, struct books *b)
{
    const lanes zero = all_lanes(0.0);
    struct course_partner *own = &s->of[p];
    int k = from;
    for (; k < to && (develops || k < f->built); k++) {
        const int builds = k < f->built;
        lanes spent = develops ? develop(c, s, p, k, builds ? f->gross[k] : zero) : zero;
        lanes depreciated = develops ? course_depreciate(&own->own_book, spent, c->grid->node[k].kept) : zero;
        close_node(c, part, account, p, k, 1, builds ? f->net[p][k] : zero, depreciated, spent, b);
    }
    for (; k < to; k++) close_node(c, part, account, p, k, 1, zero, zero, zero, b);
}

RARE_FUNCTION void close_rare(const struct course_view *c, struct course *s, const struct flows *f, const struct part *part,
                              const struct course_account *account, int develops, int p, int from, int to, struct books *b)
{
    const lanes zero = all_lanes(0.0);
    struct course_partner *own = &s->of[p];
    for (int k = from; k < to; k++) {
        const int builds = k < f->built;
        lanes spent = develops ? develop(c, s, p, k, builds ? f->gross[k] : zero) : zero;
        lanes depreciated = develops ? course_depreciate(&own->own_book, spent, c->grid->node[k].kept) : zero;
        close_perishing(c, s, part, account, p, k, builds ? f->net[p][k] : zero, depreciated, spent, b);
        if (c->plan->contract->lends) b->sum += equity_of(part, k) * f->saved[k] * ((1.0 - account->tax_rate) * c->grid->discount[p][k]);
    }
}

static void close_partner(const struct course_view *c, struct course *s, const struct flows *f, const struct part *part, int p, int from,
                          int to)
{
    const struct value_config *value = c->plan->value->config;
    const struct course_account account = {value->tax_rate[p], 1.0, value->losses[p], 1.0};
    const int develops = c->plan->own_runs[p] || number_differs(value->know_how[p].kept, 0.0);
    struct course_partner *own = &s->of[p];
    struct books b = {own->book, own->loss, own->value};
    if (is_plain(c, part, p)) close_plain(c, s, f, part, &account, develops, p, from, to, &b);
    else close_rare(c, s, f, part, &account, develops, p, from, to, &b);
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
        if (c->plan->contract->scarce[p]) proceeds += course_premium(c, p) * multiple * (s->of[p].book + s->of[p].own_book);
        lanes worth = (proceeds + know_how * s->of[p].in) * account.discount;
        s->of[p].value += outlook_perishes(c->plan->venture) ? worth * c->o->alive_end : worth;
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
    const int middle = settled ? c->grid->settle : from, rule = c->plan->contract->config->subsidy_rule;
    const int dilutes = c->plan->contract->dilutes;
    struct course_terms terms;
    struct flows f;
    lanes used[OUTLOOK_NODES], local[OUTLOOK_NODES];
    read_terms(c, s, &terms);
    flow(c, s, m, &terms, from, to, &f, settled);
    for (int p = 0; p < c->plan->partners; p++) {
        const struct part part = {f.earns[p] ? f.income[p] : NULL, f.joint, supported_units(c, m, p, from, to, used),
                                  local_units(c, m, p, from, to, local), s->of[p].equity,
                                  rule == SHARE_USE ? all_lanes(1.0) : terms.support[p], course_premium(c, p), dilutes ? f.equity[p] : NULL,
                                  dilutes && rule == SHARE_EQUITY};
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
    lanes price[OUTLOOK_NODES];
    if (c->plan->contract->indexed) decision_transfer_run(c, price);
    lanes sum = all_lanes(0.0), loss = settled->of[leaver].loss;
    read_trade(c, settled, leaver, c->plan->contract->indexed ? price : NULL, &trade);
    trade.pays = trade.markup * supply_price(c, sum);
    for (int k = c->grid->settle; k < to; k++) {
        const struct course_account account = {value->tax_rate[leaver], 1.0, value->losses[leaver], c->grid->discount[leaver][k]};
        if (!m->some[k]) continue;
        lanes income = margin(c, settled, m, &trade, trade.price ? trade.price[k] : m->unit[leaver][k], leaver, k), untaxed = all_lanes(0.0);
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
        share[p] = decision_prospect_buys(c->plan, c->k, leaver, p, c->grid->now + c->grid->settle_steps);
        s->of[p].value = all_lanes(0.0);
    }
    for (int p = 0; p < c->plan->partners; p++) s->of[p].equity = p == leaver ? all_lanes(0.0) : s->of[p].equity + share[p] * sold;
    const double until = c->plan->contract->config->departure.supply_years + (double)c->grid->settle_steps * c->plan->years_per_step;
    s->of[leaver].supplied = choose((flags)(s->of[leaver].in > 0.0), all_lanes(until), s->of[leaver].supplied);
    /* its own book goes with it (decision_lone_value) */
    s->of[leaver].in = s->of[leaver].book = s->of[leaver].own_book = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners && c->plan->contract->defaults; p++) {
        s->lent[leaver][p] = s->lent[p][leaver] = all_lanes(0.0);
    }
}
#undef READ
