/* decision/prospect.h - what going on, and what an exit, is worth to each partner, by the outlook of one moment. docs/model.md
   (7.3). Private to decision/. */
#ifndef PACTOLUS_DECISION_PROSPECT_H
#define PACTOLUS_DECISION_PROSPECT_H
#include "decision/outlook.h"

/* Millions of the currency, present values at the middle of step n after tax; of the paths of one look. */
struct prospect {
    lanes stay[PARAM_PARTNERS];    /* nobody ever leaves */
    lanes before[PARAM_PARTNERS];  /* of it, what falls before the settlement */
    lanes remain[PARAM_PARTNERS][PARAM_PARTNERS]; /* leaver, partner: the venture without the leaver, from the settlement on */
    lanes after[PARAM_PARTNERS];   /* a partner's own way from the settlement on, with know-how, supply and licence, without price
                                      and fees */
    lanes alone[PARAM_PARTNERS];   /* the same where the venture is wound up, which neither supplies nor licenses */
    lanes licence[PARAM_PARTNERS][OUTLOOK_NODES]; /* M{currency} that a leaver pays the owners by node */
    lanes book[PARAM_PARTNERS];    /* of the venture, at the settlement */
    lanes shield[PARAM_PARTNERS];  /* of 1 that enters the book at the settlement */
    lanes weight[PARAM_PARTNERS];  /* of 1 agreed now, in the form of the contract */
    lanes use;                     /* chance of another use of the plant at the settlement */
};
/* The venture along the nodes, with those who are in it. */
struct course {
    lanes in[PARAM_PARTNERS], equity[PARAM_PARTNERS];
    lanes supplied[PARAM_PARTNERS]; /* years from now until which a partner that left takes units */
    lanes book[PARAM_PARTNERS], own_book[PARAM_PARTNERS], loss[PARAM_PARTNERS];
    lanes made[PARAM_PARTNERS], pooled;
    lanes clock, own_clock[PARAM_PARTNERS], paid[PARAM_PARTNERS], know_how[PARAM_PARTNERS];
    lanes value[PARAM_PARTNERS];
};
struct course_view { /* what stays the same along it */
    const struct decision_plan *plan;
    const struct known *k;
    const struct outlook_grid *grid;
    const struct outlook *o;
};
/* One look: what is known, the outlook, and what follows from it. */
struct look {
    struct course_view c; /* points into this struct */
    struct known known;   /* gathered by the caller */
    struct outlook outlook;
    struct course settled; /* as it stands at the settlement */
    struct prospect prospect;
};
/* Staying, and what each partner would have on its own: all that a wish to leave needs. */
void decision_prospect_make(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look);
/* What the others would have without `leaver`: prospect.remain[leaver]. Needed where somebody wants to leave. */
void decision_prospect_exit(struct look *look, int leaver);
/* What `leaver` has if it gives notice now and the others buy at the claim: the most that it can hope for. */
lanes decision_prospect_wish(const struct look *look, int leaver);
/* What each partner has then, by the rule of the settlement at expected values. */
void decision_prospect_leave(struct look *look, int leaver, lanes value[PARAM_PARTNERS]);
/* At a settlement now, as recovery and use turn out: the price of the leaver's book, -1 where the others would rather end it. */
lanes decision_prospect_price(struct look *look, int leaver);
/* What a stranger pays for an owner's book now. M{currency}. */
lanes decision_prospect_stranger(const struct decision_plan *plan, const struct known *known, int owner);
/* A partner's part among those who stay when one leaves; and of the price, all of which the giver of a put pays. */
lanes decision_prospect_part(const struct decision_plan *plan, const struct known *known, int leaver, int p);
lanes decision_prospect_buys(const struct decision_plan *plan, const struct known *known, int leaver, int p);
void decision_course_begin(const struct course_view *c, struct course *course);
/* Adds the flows of the nodes [from, to) to the values; at the last node the terminal values too. */
void decision_course_run(const struct course_view *c, struct course *course, int from, int to);
/* Takes `leaver` out of a course, from the settlement on. */
void decision_course_leave(const struct course_view *c, struct course *course, int leaver);

/* Steps of a node in which payments agreed are made: while the venture produces, until its term ends. */
lanes decision_course_agreed_steps(const struct course_view *c, int k);

/* A partner on its own from node `from` on, with a programme that begins there (or none) and what its other books still give.
   `licence` not NULL: the venture goes on, supplies it and takes its licence, M{currency} by node; NULL: it is wound up. */
lanes decision_lone_value(const struct course_view *c, const struct course *at_settlement, int p, int from, lanes *licence);
/* A partner's stand-alone programme from now on, and the price and after-tax value of stopping it now. */
void decision_lone_stop(const struct course_view *c, int p, lanes *going_on, lanes *price, lanes *closing, lanes *stopping);
/* Programme year at which the plan of an `after` programme has spent what know-how worth `saved` saves. */
lanes decision_lone_head_start(const struct decision_plan *plan, const struct known *known, int p, lanes saved);

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
    lanes pooled_unit; /* M{currency}/{volume} of a unit that is all pooled, in the node last looked at; where the plan redirects */
};
void decision_course_scale(const struct programme_config *config, const struct known *known, lanes volume, lanes *material,
                           lanes *conversion);
/* ---- redirect.c: where the plan redirects ---- */
/* {volume} that a redirected plant makes for outside customers in `years` of production, beside `made` for the partners. */
lanes decision_redirect_units(const struct course_view *c, lanes made, lanes years);
/* Adds what they bring in a node to the owners' income. */
void decision_redirect_earn(const struct course_view *c, const struct course *s, const struct course_cost *cost, int k, lanes units,
                            lanes income[PARAM_PARTNERS]);
#endif
