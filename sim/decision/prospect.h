/* decision/prospect.h - what going on, and what an exit, is worth to each partner, by the outlook of one moment. docs/model.md
   (7.3). Private to decision/. */
#ifndef PACTOLUS_DECISION_PROSPECT_H
#define PACTOLUS_DECISION_PROSPECT_H
#include "decision/outlook.h"

/* Millions of the currency, present values at the middle of step n after tax; of the lanes at one index. */
struct prospect {
    lanes stay[PARAM_PARTNERS];    /* nobody ever leaves */
    lanes before[PARAM_PARTNERS];  /* of it, what falls before the settlement */
    lanes remain[PARAM_PARTNERS][PARAM_PARTNERS]; /* leaver, partner: the venture without the leaver, from the settlement on */
    lanes after[PARAM_PARTNERS];   /* a partner's own way from the settlement on, with know-how, without price and fees */
    lanes book[PARAM_PARTNERS];    /* of the venture, at the settlement */
    lanes shield[PARAM_PARTNERS];  /* of 1 that enters the book at the settlement */
    lanes weight[PARAM_PARTNERS];  /* of 1 agreed now, in the form of the contract */
    lanes grants[PARAM_PARTNERS];  /* M{currency}, received until the settlement */
    lanes use;                     /* chance of another use of the plant at the settlement */
};
void decision_prospect_make(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                            const struct outlook_grid *grid, size_t i, struct prospect *prospect);
/* What partner `p` has if `leaver` gives notice now, at the expected price. */
lanes decision_prospect_leave(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                              const struct outlook_grid *grid, size_t i, const struct prospect *prospect, int leaver, int p);
/* Price of a leaver's book; `use`: chance of another use of the plant. M{currency}. */
lanes decision_prospect_claim(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                              size_t i, int settle_step, int leaver, lanes book, lanes recovery, lanes use);
/* A partner's part among those who stay when one leaves. */
lanes decision_prospect_part(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                             size_t i, int leaver, int p);
/* Share of that price that partner p pays where the others buy. */
lanes decision_prospect_buys(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                             size_t i, int leaver, int p);

/* The venture along the nodes, with those who are in it. */
struct course {
    lanes in[PARAM_PARTNERS], equity[PARAM_PARTNERS];
    lanes supplied[PARAM_PARTNERS]; /* years from now until which a partner that left takes units */
    lanes book[PARAM_PARTNERS], own_book[PARAM_PARTNERS], loss[PARAM_PARTNERS], grants[PARAM_PARTNERS];
    lanes made[PARAM_PARTNERS], pooled;
    lanes clock, own_clock[PARAM_PARTNERS], paid[PARAM_PARTNERS], practice, know_how[PARAM_PARTNERS];
    lanes value[PARAM_PARTNERS];
};
struct course_view { /* what stays the same along it */
    const struct decision_plan *plan;
    const struct decision_block *block;
    const struct decision_view *view;
    const struct outlook_grid *grid;
    const struct outlook *o;
    size_t i;
};
void decision_course_begin(const struct course_view *c, struct course *course);
/* Adds the flows of the nodes [from, to) to the values; at the last node the terminal values too. */
void decision_course_run(const struct course_view *c, struct course *course, int from, int to);
/* Takes `leaver` out of a course, from the settlement on. */
void decision_course_leave(const struct course_view *c, struct course *course, int leaver);

/* A partner on its own from node `from` on, with a programme that begins there (or none) and what its other books still give.
   licence[k]: M{currency} that it pays the venture's owners in node k, paid already in the value. */
lanes decision_lone_value(const struct course_view *c, const struct course *at_settlement, int p, int from, lanes licence[OUTLOOK_NODES]);
/* A partner's stand-alone programme from now on, and what stopping it now would bring. */
void decision_alone_values(const struct course_view *c, const struct programme_block *block, const struct value_block *value, int p,
                           lanes *going_on, lanes *stopping);

/* Programme year at which the plan of an `after` programme has spent what know-how worth `saved` saves. */
lanes decision_lone_head_start(const struct course_view *c, int p, lanes saved);

/* Years of tax, book and discount in one node: adds `income` less depreciation less tax to the value. */
struct course_account {
    double tax_rate, kept; /* share of a book that the node leaves */
    int losses;            /* enum value_losses */
    double discount;
};
LANE_FUNCTION lanes course_depreciate(lanes *book, lanes invested, double kept)
{
    lanes total = *book + invested;
    *book = total * kept;
    return total - *book;
}
LANE_FUNCTION lanes course_tax(const struct course_account *account, lanes taxable, lanes *loss)
{
    if (account->losses == LOSSES_CARRY_FORWARD) {
        lanes y = taxable - *loss, zero = all_lanes(0.0);
        *loss = most(-y, zero);
        taxable = most(y, zero);
    }
    return account->tax_rate * taxable;
}
/* Book sold at the horizon: X less the tax on X - K, X = multiple x K; docs/model.md (1.3). */
LANE_FUNCTION lanes course_terminal(const struct course_account *account, lanes book, lanes multiple, lanes *loss)
{
    lanes price = multiple * book;
    return price - course_tax(account, price - book, loss);
}

/* Unit cost of a programme along nodes: G once, at the volumes of a first producing year; L by experience. */
struct course_cost {
    lanes material[PARAM_PARTNERS], conversion[PARAM_PARTNERS]; /* G of own volume */
    lanes pooled_material, pooled_conversion;
    lanes complexity;
};
lanes decision_course_scale(lanes volume, lanes reference, lanes floor_share, lanes exponent);
#endif
