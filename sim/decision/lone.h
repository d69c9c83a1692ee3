/* decision/lone.h - a partner's own programme along the nodes, between the room that sells (sale.c) and the one that values it
   (lone.c). docs/model.md (7.3). Private to these. */
#ifndef PACTOLUS_DECISION_LONE_H
#define PACTOLUS_DECISION_LONE_H
#include "decision/prospect.h"

/* Of a programme whose clock may stop, which must succeed, or which develops: its clock, and when it may produce. */
struct lone_ahead {
    struct timing timing;
    struct timing_start starts;
};

/* A programme of one partner along the nodes. */
struct lone {
    const struct programme_plan *programme;
    const double *prices; /* of its costs, by half step */
    int partner;
    double base;          /* years from now to its first node */
    int base_steps;       /* the same in steps */
    lanes clock, wait;    /* programme years done at the base, years from it to production */
    lanes delay, overrun; /* as believed */
    lanes age;            /* years of sales of the product now, from which its plan goes on; below -base: its own */
    lanes made, book, loss;
    lanes supplied;       /* years from now until which the venture still makes for it */
    const struct known_felt *felt; /* what prices feel of duties at the base; NULL: nothing yet */
    lanes localised;      /* years since it was decided to make where it sells, -1: never */
    struct lone_ahead *ahead; /* set where it is `timed` */
    lanes retry;          /* M{currency} to be spent in its first step for one more attempt; likewise */
    lanes *licence;       /* M{currency} by node that it pays the venture's owners; NULL: none */
};

struct lone_sales { /* by node */
    lanes share[OUTLOOK_NODES]; /* of the node in which it makes for itself */
    lanes want[OUTLOOK_NODES], revenue[OUTLOOK_NODES], duty[OUTLOOK_NODES];
    lanes local[OUTLOOK_NODES], local_cost[OUTLOOK_NODES]; /* where it localises: share made in its second plant, and unit cost */
    lanes own_unit, own_fixed, duty_share;
    lanes taken;               /* M{currency} that a unit takes from the partner's other products, at the prices of the start; where it does */
    int dutiable, own_costs;
};

/* What it wants to sell, earns and pays duty on from node `from` on; in nodes in which it does not yet make for itself nothing. */
void decision_sale_run(const struct course_view *c, const struct lone *lone, int from, struct lone_sales *sales);
#endif
