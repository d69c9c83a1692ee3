/* What each partner has of the venture along the nodes of an outlook: the contract's rules applied to expected levels.
   docs/model.md (7.3). */
#include <string.h>

#include "decision/course.h"

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
        s->of[p].missed = k->missed[p];
        s->of[p].grants = k->grants[p];
        s->of[p].know_how = k->know_how[p];
        s->of[p].value = all_lanes(0.0);
    }
    s->pooled = k->pooled;
    s->clock = k->venture.clock;
    if (c->plan->contract->lends) decision_debt_begin(c, s);
    if (c->plan->contract->defaults) memcpy(s->lent, k->lent, sizeof s->lent);
}

void decision_course_copy(const struct course_view *c, const struct course *s, struct course *copy)
{
    copy->pooled = s->pooled;
    copy->clock = s->clock;
    if (c->plan->contract->lends) decision_debt_copy(c, s, copy);
    if (c->plan->contract->defaults) memcpy(copy->lent, s->lent, sizeof s->lent);
    for (int p = 0; p < c->plan->partners; p++) copy->of[p] = s->of[p];
}

void decision_course_settle(const struct course_view *c, const struct course *s, struct course *settled)
{
    if (c->plan->contract->lends || c->plan->contract->defaults) { /* moved on only where a node begins with the settlement */
        decision_course_copy(c, s, settled);
        return;
    }
    settled->pooled = s->pooled;
    for (int p = 0; p < c->plan->partners; p++) {
        settled->of[p].in = s->of[p].in;
        settled->of[p].supplied = s->of[p].supplied;
        settled->of[p].made = s->of[p].made;
    }
}

/* ---- Terms: the same in all nodes of a course ------------------------------------------------------------------------- */

/* What one that has left pays over the transfer price. */
static lanes supply_price(const struct course_view *c, lanes in)
{
    const struct contract_departure_config *departure = &c->plan->contract->config->departure;
    if (!(c->plan->supply_years > 0.0)) return all_lanes(1.0);
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

/* ---- Along the nodes ---------------------------------------------------------------------------------------------------- */

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

/* By equity, taxed at once. */
static void share_licence(const struct course_view *c, struct course *s, const struct course_flows *f, const lanes *licence, int from, int to)
{
    for (int p = 0; p < c->plan->partners; p++) {
        const double after_tax = 1.0 - c->plan->value->config->tax_rate[p];
        for (int k = from; k < to; k++) {
            const double worth = after_tax * c->grid->discount[p][k];
            lanes equity = c->plan->contract->dilutes ? f->equity[p][k] : s->of[p].equity;
            s->of[p].value += equity * licence[k] * worth;
        }
    }
}

void decision_course_earn(const struct course_view *c, struct course *s, const struct making *m, int from, int to,
                          const lanes *licence, struct course *settled)
{
    const int middle = settled ? c->grid->settle : from, rule = c->plan->contract->config->subsidy_rule;
    const int dilutes = c->plan->contract->dilutes;
    struct course_terms terms;
    struct course_flows f;
    lanes used[OUTLOOK_NODES], local[OUTLOOK_NODES];
    read_terms(c, s, &terms);
    decision_flow_run(c, s, m, &terms, from, to, &f, settled);
    for (int p = 0; p < c->plan->partners; p++) {
        const struct course_part part = {f.earns[p] ? f.income[p] : NULL, f.joint, supported_units(c, m, p, from, to, used),
                                  local_units(c, m, p, from, to, local), s->of[p].equity,
                                  rule == SHARE_USE ? all_lanes(1.0) : terms.support[p], course_premium(c, p), dilutes ? f.equity[p] : NULL,
                                  dilutes && rule == SHARE_EQUITY};
        if (from < middle) decision_books_run(c, s, &f, &part, p, from, middle);
        if (settled) settle_partner(&s->of[p], &settled->of[p]);
        decision_books_run(c, s, &f, &part, p, middle, to);
    }
    if (c->plan->contract->forgives && outlook_perishes(c->plan->venture)) decision_books_forgive(c, s, &f, from, to, settled);
    if (to == c->grid->nodes) decision_books_end(c, s);
    if (licence) share_licence(c, s, &f, licence, from, to);
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
        const struct course_account account = {value->tax_rate[leaver], value->losses[leaver], c->grid->discount[leaver][k]};
        if (!m->some[k]) continue;
        lanes income = course_margin(c, settled, m, &trade, trade.price ? trade.price[k] : m->unit[leaver][k], leaver, k),
              untaxed = all_lanes(0.0);
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
        share[p] = decision_settlement_buys(c->plan, c->k, leaver, p, c->grid->now + c->grid->settle_steps);
        s->of[p].value = all_lanes(0.0);
    }
    for (int p = 0; p < c->plan->partners; p++) s->of[p].equity = p == leaver ? all_lanes(0.0) : s->of[p].equity + share[p] * sold;
    const double until = c->plan->supply_years + (double)c->grid->settle_steps * c->plan->years_per_step;
    s->of[leaver].supplied = choose((flags)(s->of[leaver].in > 0.0), all_lanes(until), s->of[leaver].supplied);
    /* its own book goes with it (decision_lone_value) */
    s->of[leaver].in = s->of[leaver].book = s->of[leaver].own_book = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners && c->plan->contract->defaults; p++) {
        s->lent[leaver][p] = s->lent[p][leaver] = all_lanes(0.0);
    }
}
#undef READ
