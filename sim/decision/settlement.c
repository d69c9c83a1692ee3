/* What an exit comes to: who buys, at which price, and what each has then. docs/model.md (7.6). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

/* By equity; in equal parts where those who stay have none. */
lanes decision_settlement_part(const struct decision_plan *plan, const struct known *known, int leaver, int p)
{
    lanes rest = all_lanes(0.0), heads = rest;
    if (p == leaver) return rest;
    for (int q = 0; q < plan->partners; q++) {
        if (q == leaver) continue;
        rest += known->equity[q];
        heads += known->in[q];
    }
    flags some = (flags)(rest > 0.0);
    return choose(some, known->equity[p] / choose(some, rest, all_lanes(1.0)), known->in[p] / most(heads, all_lanes(1.0)));
}

/* Who must buy at a settlement in that step, -1: nobody. Notice counts: a put that lapses meanwhile is still honoured. */
static int giver_of(const struct decision_plan *plan, int leaver, int step)
{
    return step - plan->notice_steps > plan->put_steps ? -1 : plan->config->exit.put_giver[leaver];
}

lanes decision_settlement_buys(const struct decision_plan *plan, const struct known *known, int leaver, int p, int step)
{
    const int giver = giver_of(plan, leaver, step);
    lanes share = decision_settlement_part(plan, known, leaver, p);
    if (giver < 0) return share;
    return choose((flags)(known->in[giver] > 0.0), all_lanes(p == giver ? 1.0 : 0.0), share);
}

/* Amounts of one exit at its settlement, in M{currency}. */
struct expected {
    lanes recovery, use;    /* share of a book without another use, chance of one: expected, or as they turn out */
    lanes claim, recovered; /* the price by the contract, and without another use of the plant */
    lanes forgiven;         /* of the loan where the venture is wound up; where that can be */
    lanes fee, wind_down;   /* fee, cost of winding up for all */
    flags others;           /* somebody else is in: else a sole owner ends the venture */
    flags ends, cheap;      /* the others would rather wind up; they only pay what a stranger would */
};

/* docs/model.md (7.6): a partner's part of the budget, and what it has taken over from those that left. */
static lanes budgeted_book(const struct decision_plan *plan, const struct known *known, int step, int p, lanes equity)
{
    const struct decision_budget *budget = &plan->budget;
    if (!plan->apart) return equity * budget->book[step];
    lanes book = all_lanes(0.0), shares = book;
    for (int q = 0; q < plan->partners; q++) {
        book += (1.0 - known->in[q]) * budget->part[q][step];
        shares += (1.0 - known->in[q]) * budget->equity[q][step];
    }
    flags some = (flags)(shares > 0.0);
    lanes each = choose(some, book / choose(some, shares, all_lanes(1.0)), all_lanes(budget->book[step]));
    return most(budget->part[p][step] + (equity - budget->equity[p][step]) * each, all_lanes(0.0));
}

/* A book that a stranger buys: with another use for the plant, by the multiple, but not beyond its budgeted value. */
static lanes stranger_pays(const struct decision_plan *plan, const struct known *known, int step, int p, lanes equity, lanes book,
                           const struct expected *e)
{
    lanes budgeted = budgeted_book(plan, known, step, p, equity);
    return e->use * known_number(known, plan->config->exit.multiple) * least(book, budgeted) + (1.0 - e->use) * e->recovery * book;
}

/* The giver of a put pays by its terms. */
static lanes claim_of(const struct decision_plan *plan, const struct known *known, int step, int leaver, lanes equity, lanes book,
                      const struct expected *e)
{
    const int giver = giver_of(plan, leaver, step);
    lanes claim = stranger_pays(plan, known, step, leaver, equity, book, e);
    if (giver < 0) return claim;
    return choose((flags)(known->in[giver] > 0.0), known_number(known, plan->config->exit.multiple) * book, claim);
}

static lanes restructuring(const struct course_view *c, int p, double prices)
{
    return READ(c->plan->config->exit.restructuring[p]) * prices;
}

/* Worth now of price and costs at the settlement, after tax: the seller of a book is taxed on price less book. */
static lanes settled_value(const struct course_view *c, int p, lanes price, lanes book, lanes costs)
{
    const double rate = c->plan->value->config->tax_rate[p];
    return (price - rate * (price - book) - (1.0 - rate) * costs) * c->plan->discount[p][2 * c->grid->settle_steps];
}

/* What is left of the loan when all have sold their books to strangers. */
static lanes forgiven(const struct look *look, int step, const struct expected *e)
{
    const struct course_view *c = &look->c;
    lanes left = look->settled.balance;
    for (int p = 0; p < c->plan->partners; p++) {
        left -= c->k->in[p] * stranger_pays(c->plan, c->k, step, p, look->settled.of[p].equity, look->prospect.book[p], e);
    }
    return most(left, all_lanes(0.0));
}

static int settlement(const struct course_view *c)
{
    return c->grid->now + c->grid->settle_steps;
}

static void expect_exit(const struct look *look, int leaver, lanes recovery, lanes use, struct expected *e)
{
    const struct course_view *c = &look->c;
    const struct decision_exit_config *exit = &c->plan->config->exit;
    const int step = settlement(c);
    const double prices = c->plan->prices[2 * step + 1];
    lanes others = all_lanes(0.0);
    for (int q = 0; q < c->plan->partners; q++) others += q == leaver ? all_lanes(0.0) : c->k->in[q];
    e->others = (flags)(others > 0.0);
    e->recovery = recovery;
    e->use = use;
    e->claim = claim_of(c->plan, c->k, step, leaver, look->settled.of[leaver].equity, look->prospect.book[leaver], e);
    e->recovered = recovery * look->prospect.book[leaver];
    e->fee = READ(exit->fee) * prices;
    e->wind_down = READ(exit->wind_down_cost) * (exit->wind_down_years * prices);
    if (c->plan->contract->forgives) e->forgiven = forgiven(look, step, e);
    e->ends = exit->ends[leaver] ? (flags)(all_lanes(0.0) < 1.0) : ~e->others;
    e->cheap = (flags)(all_lanes(0.0) > 1.0);
}

/* Chance that a claw-back's term is over in so many years: it counts from the start of production. */
static lanes term_over(const struct course_view *c, double ahead)
{
    const double last = c->plan->config->exit.clawback_years - PROGRAMME_SLACK;
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    if (!c->plan->venture->succeeds) return choose((flags)(c->o->start + ahead > last), one, zero);
    lanes over = zero;
    for (int j = 0; j < c->o->starts.points; j++) {
        over += choose((flags)(c->o->starts.age[j] + ahead > last), c->o->starts.weight[j], zero);
    }
    return over;
}

/* Grants that a partner pays back to their giver at the settlement. */
static lanes paid_back(const struct look *look, int p)
{
    const struct course_view *c = &look->c;
    const double term = c->plan->config->exit.clawback_years, ahead = (double)c->grid->settle_steps * c->plan->years_per_step;
    lanes back = READ(c->plan->config->exit.clawback) * look->settled.of[p].grants;
    return term > 0.0 ? back * (1.0 - term_over(c, ahead)) : back;
}

/* A partner whose venture is wound up at the settlement: its book goes to a stranger. */
static lanes quit_value(const struct look *look, const struct expected *e, int p)
{
    const struct course_view *c = &look->c;
    const int step = c->grid->now + c->grid->settle_steps;
    lanes book = look->prospect.book[p], equity = look->settled.of[p].equity, price = stranger_pays(c->plan, c->k, step, p, equity, book, e);
    lanes costs = restructuring(c, p, c->plan->prices[2 * step + 1]) + e->wind_down * equity;
    if (c->plan->contract->defaults) costs -= decision_call_settle(c, &look->settled, p, -1);
    lanes back = c->plan->config->exit.clawback_years > 0.0 ? paid_back(look, p) : all_lanes(0.0);
    costs += back;
    lanes quits = settled_value(c, p, price, book, costs) + look->prospect.alone[p];
    if (c->plan->contract->scarce[p]) quits += course_premium(c, p) * (price - back) * c->plan->discount[p][2 * c->grid->settle_steps];
    if (c->plan->contract->forgives) quits += e->forgiven * equity * c->plan->discount[p][2 * c->grid->settle_steps];
    return quits;
}

static lanes leaver_value(const struct look *look, const struct expected *e, int l)
{
    const struct course_view *c = &look->c;
    const double prices = c->plan->prices[2 * (c->grid->now + c->grid->settle_steps) + 1];
    lanes price = choose(e->cheap, e->recovered, e->claim);
    lanes back = paid_back(look, l), costs = restructuring(c, l, prices) + e->fee + back;
    if (c->plan->contract->defaults) costs -= decision_call_settle(c, &look->settled, l, -1);
    lanes goes = settled_value(c, l, price, look->prospect.book[l], costs) + look->prospect.after[l];
    if (c->plan->contract->scarce[l]) goes += course_premium(c, l) * (price - back) * c->plan->discount[l][2 * c->grid->settle_steps];
    if (any(e->ends)) goes = choose(e->ends, quit_value(look, e, l), goes);
    return look->prospect.before[l] + goes * look->prospect.alive;
}

/* Worth now of 1 paid at the settlement, less what it brings as book. */
static lanes price_of_one(const struct look *look, int p)
{
    const struct course_view *c = &look->c;
    lanes paid = all_lanes(c->plan->discount[p][2 * c->grid->settle_steps]);
    if (c->plan->contract->scarce[p]) paid += course_premium(c, p) * paid;
    return paid - look->prospect.shield[p];
}

/* One of the others: what the fee brings and the price costs it, over what it has without the leaver. */
static lanes other_value(const struct look *look, const struct expected *e, int leaver, int p)
{
    const struct course_view *c = &look->c;
    const double discount = c->plan->discount[p][2 * c->grid->settle_steps], after_tax = 1.0 - c->plan->value->config->tax_rate[p];
    lanes share = decision_settlement_buys(c->plan, c->k, leaver, p, settlement(c)), part = decision_settlement_part(c->plan, c->k, leaver, p);
    lanes price = choose(e->cheap, e->recovered, e->claim);
    lanes goes_on = look->prospect.remain[leaver][p] + after_tax * e->fee * part * discount * look->prospect.alive -
                    share * price * price_of_one(look, p) * look->prospect.alive;
    if (c->plan->contract->defaults) {
        goes_on += after_tax * discount * decision_call_settle(c, &look->settled, p, leaver) * look->prospect.alive;
    }
    if (any(e->ends)) goes_on = choose(e->ends, quit_value(look, e, p) * look->prospect.alive, goes_on);
    return look->prospect.before[p] + goes_on;
}

/* The rule of the settlement (7.6), at expected values: buy at the claim, else at what a stranger would pay, else end it. */
static void judge(const struct look *look, int leaver, struct expected *e)
{
    const struct course_view *c = &look->c;
    const int giver = giver_of(c->plan, leaver, settlement(c));
    lanes go_on = all_lanes(0.0), cost = go_on, quit = go_on;
    for (int p = 0; p < c->plan->partners; p++) {
        if (p == leaver) continue;
        const double discount = c->plan->discount[p][2 * c->grid->settle_steps], after_tax = 1.0 - c->plan->value->config->tax_rate[p];
        lanes in = c->k->in[p], part = decision_settlement_part(c->plan, c->k, leaver, p);
        go_on += in * (look->prospect.remain[leaver][p] + after_tax * e->fee * part * discount * look->prospect.alive);
        if (c->plan->contract->defaults) {
            go_on += in * after_tax * discount * decision_call_settle(c, &look->settled, p, leaver) * look->prospect.alive;
        }
        cost += in * decision_settlement_buys(c->plan, c->k, leaver, p, settlement(c)) * price_of_one(look, p) * look->prospect.alive;
        quit += in * quit_value(look, e, p) * look->prospect.alive;
    }
    flags claim = (flags)(go_on - cost * e->claim >= quit);
    if (giver >= 0) claim |= (flags)(c->k->in[giver] > 0.0);
    e->cheap = ~claim & (flags)(e->recovered < e->claim) & (flags)(go_on - cost * e->recovered >= quit);
    e->ends |= ~claim & ~e->cheap;
}

/* Grants that fall due in node k, which a term of theirs may have outlived. */
static lanes due_in(const struct course_view *c, int k, lanes grants)
{
    const struct decision_exit_config *exit = &c->plan->config->exit;
    if (!(exit->clawback_years > 0.0)) return all_lanes(0.0);
    return READ(exit->clawback) * grants * (1.0 - term_over(c, c->grid->node[k].from));
}

lanes decision_settlement_quit(const struct course_view *c, const struct course_end *end, int p, int k, lanes *paid)
{
    const struct decision_exit_config *exit = &c->plan->config->exit;
    const double rate = c->plan->value->config->tax_rate[p], prices = c->grid->node[k].prices;
    const struct expected e = {.recovery = all_lanes(exit->recovery.value), .use = c->o->use[0]};
    lanes price = stranger_pays(c->plan, c->k, c->grid->node[k].first, p, end->equity, end->book, &e), back = due_in(c, k, end->grants);
    lanes costs = restructuring(c, p, prices) + READ(exit->wind_down_cost) * (exit->wind_down_years * prices) * end->equity + back - end->owed;
    lanes quits = price - rate * (price - end->book) - (1.0 - rate) * costs;
    if (c->plan->contract->scarce[p]) quits += course_premium(c, p) * (price - back);
    *paid = price;
    return quits;
}

lanes decision_settlement_weight(const struct look *look, int p)
{
    const struct course_view *c = &look->c;
    const double rate = 1.0 - c->plan->value->config->tax_rate[p];
    if (c->plan->config->renegotiation.form == FORM_LUMP_SUM) return all_lanes(rate);
    if (!c->plan->config->renegotiation.attempts) return all_lanes(0.0); /* nothing is ever agreed */
    lanes sum = all_lanes(0.0);
    const int perishes = outlook_perishes(c->plan->venture);
    for (int k = 0; k < c->grid->nodes; k++) {
        lanes worth = c->o->paying[k] * c->grid->discount[p][k];
        sum += perishes ? worth * c->o->alive[k] : worth;
    }
    return rate * sum;
}

lanes decision_settlement_wish(const struct look *look, int leaver)
{
    struct expected e;
    if (look->c.grid->settle == look->c.grid->nodes) return look->prospect.stay[leaver];
    expect_exit(look, leaver, all_lanes(look->c.plan->config->exit.recovery.value), look->prospect.use, &e);
    return leaver_value(look, &e, leaver);
}

void decision_settlement_leave(struct look *look, int leaver, lanes value[PARAM_PARTNERS])
{
    struct expected e;
    for (int p = 0; p < look->c.plan->partners; p++) value[p] = look->prospect.stay[p];
    if (look->c.grid->settle == look->c.grid->nodes) return;
    decision_prospect_exit(look, leaver);
    expect_exit(look, leaver, all_lanes(look->c.plan->config->exit.recovery.value), look->prospect.use, &e);
    judge(look, leaver, &e);
    for (int p = 0; p < look->c.plan->partners; p++) {
        lanes has = p == leaver ? leaver_value(look, &e, p) : other_value(look, &e, leaver, p);
        value[p] = choose((flags)(look->c.k->in[p] > 0.0), has, all_lanes(LANES_MATH_NAN));
    }
}

lanes decision_settlement_price(struct look *look, int leaver)
{
    const struct known *known = look->c.k;
    struct expected e;
    decision_prospect_exit(look, leaver);
    expect_exit(look, leaver, known_number(known, look->c.plan->config->exit.recovery), known->use, &e);
    judge(look, leaver, &e);
    return choose(e.ends, all_lanes(SETTLEMENT_ENDS), choose(e.cheap, e.recovered, e.claim));
}

lanes decision_settlement_stranger(const struct decision_plan *plan, const struct known *known, int owner)
{
    const struct expected now = {.recovery = known_number(known, plan->config->exit.recovery), .use = known->use};
    return stranger_pays(plan, known, known->n, owner, known->equity[owner], known->book[owner], &now);
}
#undef READ
