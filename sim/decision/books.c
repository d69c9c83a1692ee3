/* Tax, books and know-how of each partner along the nodes of a course, and what they are worth. docs/model.md (7.3). */
#include "decision/course.h"

#define READ(number) known_number(c->k, number)

LANE_FUNCTION lanes equity_of(const struct course_part *part, int k)
{
    return part->shares ? part->shares[k] : part->equity;
}

/* Own spending and know-how of one partner in a node; returns what it spends. */
static lanes develop(const struct course_view *c, struct course *s, int p, int k, lanes gross, lanes equity)
{
    const struct value_know_how_config *know_how = &c->plan->value->config->know_how[p];
    lanes developed = all_lanes(0.0), own = developed;
    if (c->plan->own_runs[p]) own = decision_capital_own(c, s, p, k, &developed);
    if (!number_differs(know_how->kept, 0.0)) return own;
    lanes decay = exp_lanes(-READ(know_how->decay) * c->grid->node[k].years);
    lanes base = value_know_how_base(READ(c->plan->venture->config->common_share), equity);
    if (c->plan->own_runs[p]) developed *= 1.0 - decision_volume_selling(c->plan, c->k, c->o, p, &c->grid->node[k]);
    s->of[p].know_how = s->of[p].know_how * decay + developed + gross * base * (1.0 - c->o->producing[k]);
    return own;
}

/* Neither shares that move nor a second plant, scarce capital, a loan or an adverse event: what most deals have, and a shorter loop. */
static int is_plain(const struct course_view *c, const struct course_part *part, int p)
{
    return !part->shares && !part->local && !c->plan->contract->scarce[p] && !c->plan->contract->lends && !outlook_perishes(c->plan->venture);
}

/* The partner's books as they go from node to node. */
struct books {
    lanes book, loss, sum;
};

/* Tax, books, discounting of one node; `net`, `spent`: into the venture, into its own programme. `plain` is a constant. */
LANE_FUNCTION void close_node(const struct course_view *c, const struct course_part *part, const struct course_account *account, int p, int k,
                              int plain, lanes net, lanes depreciated, lanes spent, struct books *b)
{
    lanes equity = plain ? part->equity : equity_of(part, k), support = !plain && part->by_equity ? equity : part->support;
    lanes units = support * part->units[k], income = c->o->taxed[k] * units + equity * part->joint[k];
    if (part->income) income += part->income[k];
    if (!plain && part->local) income += c->o->local_taxed[k] * (support * part->local[k]);
    lanes dep = course_depreciate(&b->book, net, &c->grid->node[k]) + depreciated, paid = net + spent;
    if (!plain) paid *= 1.0 + part->premium;
    lanes tax = course_tax(account, income - dep, &b->loss);
    lanes untaxed = c->o->untaxed[k] * units;
    if (!plain && part->local) untaxed += c->o->local_untaxed[k] * (support * part->local[k]);
    b->sum += (income + untaxed - paid - tax) * c->grid->discount[p][k];
}

/* The same with what a loan saves; and where an adverse event can end it: flows with the chance that it runs, what an end brings with that
   of the event. */
static void close_perishing(const struct course_view *c, const struct course *s, struct course_flows *f, const struct course_part *part,
                            const struct course_account *account, int p, int k, lanes net, lanes depreciated, lanes spent, struct books *b)
{
    const struct contract_plan *contract = c->plan->contract;
    lanes book = b->book, before = b->sum;
    close_node(c, part, account, p, k, 0, net, depreciated, spent, b);
    if (contract->lends) b->sum += equity_of(part, k) * f->saved[k] * ((1.0 - account->tax_rate) * c->grid->discount[p][k]);
    if (!outlook_perishes(c->plan->venture)) return;
    const struct course_end end = {book, equity_of(part, k), f->grants[p][k], contract->defaults ? f->owed[p][k] : all_lanes(0.0)};
    lanes quit = decision_settlement_quit(c, &end, p, k, &f->price[p][k]) * s->of[p].in;
    f->price[p][k] *= s->of[p].in;
    b->sum = before + (b->sum - before) * c->o->alive[k] + quit * c->o->falls[k] * c->grid->discount[p][k];
}

/* The flows of the nodes into the books, and its own spending; most deals: `is_plain`. */
static void close_plain(const struct course_view *c, struct course *s, const struct course_flows *f, const struct course_part *part,
                        const struct course_account *account, int develops, int p, int from, int to, struct books *books)
{
    const lanes zero = all_lanes(0.0);
    struct course_partner *own = &s->of[p];
    struct books b = *books; /* in registers */
    int k = from;
    for (; k < to && (develops || k < f->built); k++) {
        const int builds = k < f->built;
        lanes spent = develops ? develop(c, s, p, k, builds ? f->gross[k] : zero, equity_of(part, k)) : zero;
        lanes depreciated = develops ? course_depreciate(&own->own_book, spent, &c->grid->node[k]) : zero;
        close_node(c, part, account, p, k, 1, builds ? f->net[p][k] : zero, depreciated, spent, &b);
    }
    for (; k < to; k++) close_node(c, part, account, p, k, 1, zero, zero, zero, &b);
    *books = b;
}

RARE_FUNCTION void close_rare(const struct course_view *c, struct course *s, struct course_flows *f, const struct course_part *part,
                              const struct course_account *account, int develops, int p, int from, int to, struct books *b)
{
    const lanes zero = all_lanes(0.0);
    struct course_partner *own = &s->of[p];
    for (int k = from; k < to; k++) {
        const int builds = k < f->built;
        lanes spent = develops ? develop(c, s, p, k, builds ? f->gross[k] : zero, equity_of(part, k)) : zero;
        lanes depreciated = develops ? course_depreciate(&own->own_book, spent, &c->grid->node[k]) : zero;
        close_perishing(c, s, f, part, account, p, k, builds ? f->net[p][k] : zero, depreciated, spent, b);
    }
}

void decision_books_run(const struct course_view *c, struct course *s, struct course_flows *f, const struct course_part *part, int p,
                        int from, int to)
{
    const struct value_config *value = c->plan->value->config;
    const struct course_account account = {value->tax_rate[p], value->losses[p], 1.0};
    const int develops = c->plan->own_runs[p] || number_differs(value->know_how[p].kept, 0.0);
    struct course_partner *own = &s->of[p];
    struct books b = {own->book, own->loss, own->value};
    if (is_plain(c, part, p)) close_plain(c, s, f, part, &account, develops, p, from, to, &b);
    else close_rare(c, s, f, part, &account, develops, p, from, to, &b);
    own->book = b.book;
    own->loss = b.loss;
    own->value = b.sum;
}

void decision_books_forgive(const struct course_view *c, struct course *s, const struct course_flows *f, int from, int to,
                            struct course *settled)
{
    const lanes zero = all_lanes(0.0);
    for (int k = from; k < to; k++) {
        lanes left = f->balance[k];
        for (int p = 0; p < c->plan->partners; p++) left -= f->price[p][k];
        for (int p = 0; p < c->plan->partners; p++) {
            lanes equity = c->plan->contract->dilutes ? f->equity[p][k] : s->of[p].equity;
            lanes worth = most(left, zero) * equity * c->o->falls[k] * c->grid->discount[p][k];
            s->of[p].value += worth;
            if (settled && k < c->grid->settle) settled->of[p].value += worth;
        }
    }
}

void decision_books_end(const struct course_view *c, struct course *s)
{
    const struct value_config *value = c->plan->value->config;
    lanes multiple = READ(value->terminal_multiple);
    const int half = 2 * (c->plan->steps - c->grid->now) - 1;
    for (int p = 0; p < c->plan->partners; p++) {
        const struct course_account account = {value->tax_rate[p], value->losses[p], c->plan->discount[p][half]};
        lanes proceeds = course_terminal(&account, s->of[p].book + s->of[p].own_book, multiple, &s->of[p].loss);
        lanes know_how = least(READ(value->know_how[p].kept) * s->of[p].know_how, READ(value->know_how[p].cap));
        if (c->plan->contract->scarce[p]) proceeds += course_premium(c, p) * multiple * (s->of[p].book + s->of[p].own_book);
        lanes worth = (proceeds + know_how * s->of[p].in) * account.discount;
        s->of[p].value += outlook_perishes(c->plan->venture) ? worth * c->o->alive_end : worth;
    }
}
#undef READ
