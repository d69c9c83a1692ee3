/* What is earned, paid and called along the nodes of a course: the contract's clauses on expected levels. docs/model.md (7.3). */
#include <string.h>

#include "decision/course.h"

#define READ(number) known_number(c->k, number)

/* Own margin, and what the owners have of it. */
static void trade(const struct course_view *c, const struct course *s, const struct making *m, const struct course_trade *t, int p,
                  int from, int to, struct course_flows *f)
{
    const int taken = c->plan->contract->taken[p];
    const lanes *price = t->price ? t->price : m->unit[p]; /* before the markup */
    lanes *income = f->income[p], over = t->pays - 1.0;
    f->earns[p] = 1;
    for (int k = from; k < to; k++) {
        income[k] = all_lanes(0.0);
        if (!m->some[k]) continue;
        lanes unit = price[k], sum = course_margin(c, s, m, t, unit, p, k), joint = f->joint[k] + over * unit * m->made[p][k];
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
static void begin_income(int p, int from, int to, struct course_flows *f)
{
    for (int k = from; k < to && !f->earns[p]; k++) f->income[p][k] = all_lanes(0.0);
    f->earns[p] = 1;
}

/* A fixed cost of its own is all that one has that takes no units. */
RARE_FUNCTION void bear(const struct course_view *c, const struct course *s, int from, int to, struct course_flows *f)
{
    for (int p = 0; p < c->plan->partners; p++) {
        if (!c->plan->bears[p]) continue;
        begin_income(p, from, to, f);
        for (int k = from; k < to; k++) f->income[p][k] -= c->o->own_fixed[p][k] * course_served(c, s, p, k);
    }
}

/* The least royalty of a node. */
static lanes guaranteed(const struct course_view *c, const struct contract_royalty *royalty, int k)
{
    const struct outlook_node *node = &c->grid->node[k];
    return READ(royalty->config->minimum) * c->o->producing[k] * (node->prices * node->years);
}

static void pay_royalty(const struct course_view *c, const struct course *s, const struct making *m, const struct contract_royalty *royalty,
                        int from, int to, struct course_flows *f)
{
    const int p = royalty->payer, q = royalty->receiver;
    lanes both = s->of[p].in * s->of[q].in, per_unit = READ(royalty->config->per_unit), share = READ(royalty->config->of_revenue);
    const int sells = c->plan->venture->sells[p];
    if (!sells && !royalty->guaranteed) return;
    begin_income(p, from, to, f);
    begin_income(q, from, to, f);
    for (int k = from; k < to; k++) {
        lanes amount = all_lanes(0.0);
        if (sells && m->some[k]) {
            amount = both * (per_unit * c->grid->node[k].prices * m->made[p][k] + share * c->o->revenue[p][k] * m->share[p][k]);
        }
        if (royalty->guaranteed) amount = most(amount, both * guaranteed(c, royalty, k));
        f->income[p][k] -= amount;
        f->income[q][k] += amount;
    }
}

/* Payments between two partners that hang on a gate, as they are expected in the nodes from step `least` on. */
static void expect_milestone(const struct course_view *c, const struct contract_milestone *milestone, lanes least, int from, int to,
                             lanes share[])
{
    const struct programme_plan *venture = c->plan->venture;
    struct timing timing;
    int gate = 0;
    while (venture->gate[gate].name != milestone->gate) gate++;
    decision_outlook_timing(c->plan, c->k, c->o, &timing);
    decision_timing_gate(&timing, c->k, c->grid, gate, least, from, to, share);
}

/* What falls due in the first step hangs on a gate that was passed in the last one: nothing, where that was one of a notice, as
   it is for who goes on from a settlement. */
RARE_FUNCTION void pay_milestones(const struct course_view *c, const struct course *s, int from, int to, struct course_flows *f)
{
    lanes share[OUTLOOK_NODES], least = from ? all_lanes((double)(c->grid->node[from].first - c->grid->now + 1)) : c->k->barred;
    for (int m = 0; m < c->plan->contract->milestones; m++) {
        const struct contract_milestone *milestone = &c->plan->contract->milestone[m];
        const int p = milestone->payer, q = milestone->receiver;
        lanes amount = s->of[p].in * s->of[q].in * READ(*milestone->amount);
        expect_milestone(c, milestone, least, from, to, share);
        begin_income(p, from, to, f);
        begin_income(q, from, to, f);
        for (int k = from; k < to; k++) {
            f->income[p][k] -= amount * share[k];
            f->income[q][k] += amount * share[k];
        }
    }
}

void decision_flow_tranches(const struct course_view *c, lanes worth[PARAM_PARTNERS])
{
    const int perishes = outlook_perishes(c->plan->venture), to = c->grid->settle;
    lanes share[OUTLOOK_NODES];
    for (int p = 0; p < c->plan->partners; p++) worth[p] = all_lanes(0.0);
    for (int m = 0; m < c->plan->contract->milestones; m++) {
        const struct contract_milestone *milestone = &c->plan->contract->milestone[m];
        const int p = milestone->payer, q = milestone->receiver;
        lanes amount = c->k->in[p] * c->k->in[q] * READ(*milestone->amount);
        expect_milestone(c, milestone, all_lanes(1.0), 0, to, share);
        for (int k = 0; k < to; k++) {
            lanes paid = amount * share[k];
            if (perishes) paid *= c->o->alive[k];
            worth[p] -= paid * ((1.0 - c->plan->value->config->tax_rate[p]) * c->grid->discount[p][k]);
            worth[q] += paid * ((1.0 - c->plan->value->config->tax_rate[q]) * c->grid->discount[q][k]);
        }
    }
}

RARE_FUNCTION void pay_fee(const struct course_view *c, const struct course *s, const struct contract_fee *fee, int from, int to,
                           struct course_flows *f)
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

/* Who owns what in a node, where missed calls dilute: shares of what is paid there go by that. */
static void own_in(const struct course_view *c, struct course *s, const struct course_flows *f, int k)
{
    for (int p = 0; p < c->plan->partners && c->plan->contract->dilutes; p++) s->of[p].equity = f->equity[p][k];
}

/* Fixed cost by the contract's own shares: what stands in joint profit by equity is put right. */
RARE_FUNCTION void split_cost(const struct course_view *c, struct course *s, int from, int to, struct course_flows *f)
{
    lanes share[PARAM_PARTNERS], after[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) {
        begin_income(p, from, to, f);
        after[p] = s->of[p].equity;
    }
    for (int k = from; k < to; k++) {
        own_in(c, s, f, k);
        decision_fee_shares(c, s, k, share);
        for (int p = 0; p < c->plan->partners; p++) {
            f->split[p][k] = (s->of[p].equity - share[p]) * c->o->fixed[k];
            f->income[p][k] += f->split[p][k];
        }
    }
    for (int p = 0; p < c->plan->partners; p++) s->of[p].equity = after[p];
}

RARE_FUNCTION void pay_development(const struct course_view *c, struct course *s, int from, int to, struct course_flows *f)
{
    lanes paid[PARAM_PARTNERS], after[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) {
        begin_income(p, from, to, f);
        after[p] = s->of[p].equity;
    }
    for (int k = from; k < to; k++) {
        own_in(c, s, f, k);
        decision_capital_develop(c, s, k, paid);
        for (int p = 0; p < c->plan->partners; p++) f->income[p][k] -= paid[p];
    }
    for (int p = 0; p < c->plan->partners; p++) s->of[p].equity = after[p];
}

RARE_FUNCTION void contribute(const struct course_view *c, const struct course *s, int from, int to, struct course_flows *f)
{
    for (int p = 0; p < c->plan->partners; p++) begin_income(p, from, to, f);
    decision_contribution_flow(c, s, from, to, f);
}

/* How far spending has come. */
static void settle_capital(const struct course_view *c, const struct course *s, struct course *settled)
{
    settled->clock = s->clock;
    for (int p = 0; p < c->plan->partners; p++) {
        settled->of[p].paid = s->of[p].paid;
        settled->of[p].missed = s->of[p].missed;
        settled->of[p].grants = s->of[p].grants;
        settled->of[p].equity = s->of[p].equity;
    }
}

/* Capital is called until the plan of spending is done on all paths. */
static void build(const struct course_view *c, struct course *s, int from, int to, struct course_flows *f, struct course *settled)
{
    struct capital_call call;
    lanes net[PARAM_PARTNERS];
    const int perishes = outlook_perishes(c->plan->venture);
    int k = from;
    if (decision_capital_open(c, s, from)) decision_capital_read(c, s, &call);
    for (; k < to && decision_capital_open(c, s, k); k++) {
        if (settled && k == c->grid->settle) settle_capital(c, s, settled);
        for (int p = 0; p < c->plan->partners && c->plan->contract->dilutes; p++) f->equity[p][k] = s->of[p].equity;
        for (int p = 0; p < c->plan->partners && perishes; p++) f->grants[p][k] = s->of[p].grants;
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
    for (int p = 0; p < c->plan->partners && perishes; p++) {
        for (int j = k; j < to; j++) f->grants[p][j] = s->of[p].grants;
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
                  struct course_flows *f, struct course *settled)
{
    const lanes none[PARAM_PARTNERS] = {all_lanes(0.0)};
    lanes received[PARAM_PARTNERS], profit[PARAM_PARTNERS];
    for (int p = 0; p < c->plan->partners; p++) begin_income(p, from, to, f);
    for (int k = from; k < to; k++) {
        const int calls = k < f->built;
        if (settled && k == c->grid->settle) memcpy(settled->lent, s->lent, sizeof s->lent);
        for (int p = 0; p < c->plan->partners; p++) {
            f->owed[p][k] = decision_call_settle(c, s, p, -1);
            profit[p] = s->of[p].equity * profit_of(c, m, t, k);
            if (c->plan->contract->splits_cost) profit[p] += f->split[p][k];
        }
        decision_call_repay(c, s, calls ? f->missed[k] : none, calls ? f->covered[k] : none, profit, k, received);
        for (int p = 0; p < c->plan->partners; p++) f->income[p][k] += received[p];
    }
}

/* The loan follows spending, and is repaid. */
RARE_FUNCTION void borrow(const struct course_view *c, struct course *s, int from, int to, struct course_flows *f, struct course *settled)
{
    for (int k = from; k < to; k++) {
        lanes invested = all_lanes(0.0);
        if (settled && k == c->grid->settle) decision_debt_copy(c, s, settled);
        f->balance[k] = s->balance;
        for (int p = 0; p < c->plan->partners && k < f->built; p++) invested += f->net[p][k];
        f->saved[k] = decision_debt_saves(c, s, k, invested);
    }
}

void decision_flow_run(const struct course_view *c, struct course *s, const struct making *m, const struct course_terms *t, int from, int to,
                       struct course_flows *f, struct course *settled)
{
    const struct contract_plan *contract = c->plan->contract;
    for (int k = from; k < to; k++) f->joint[k] = -c->o->fixed[k] - c->o->coordination[k] * t->interfaces;
    for (int p = 0; p < c->plan->partners; p++) f->earns[p] = 0;
    for (int q = 0; q < c->plan->venture->sellers; q++) {
        trade(c, s, m, &t->trade[c->plan->venture->seller[q]], c->plan->venture->seller[q], from, to, f);
    }
    if (c->plan->some_bear) bear(c, s, from, to, f);
    for (int r = 0; r < contract->royalties; r++) pay_royalty(c, s, m, &contract->royalty[r], from, to, f);
    if (contract->milestones) pay_milestones(c, s, from, to, f);
    build(c, s, from, to, f, settled); /* before what goes by the equity of a node */
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
    if (contract->splits_cost) split_cost(c, s, from, to, f);
    if (contract->contributes) contribute(c, s, from, to, f);
    if (contract->lends) borrow(c, s, from, to, f, settled);
    if (contract->defaults) repay(c, s, m, t, from, to, f, settled);
}
#undef READ
