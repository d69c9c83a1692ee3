/* decision/outlook.h - what partners expect at the start of a step: levels of the market given what they know, volumes and prices
   on annual nodes. It sees no column beyond step n - 1. docs/model.md (7.3). Private to decision/. */
#ifndef PACTOLUS_DECISION_OUTLOOK_H
#define PACTOLUS_DECISION_OUTLOOK_H
#include "decision/known.h"

enum { OUTLOOK_NODES = PARAM_YEARS + 4 };

/* Steps [first, end) of the future, counted from the first step. */
struct outlook_node {
    int first, end;
    double from, to; /* years from now */
    double years;    /* to - from */
    int half;        /* half steps from the middle of step n to the node's, for discounting */
    int middle;      /* half steps from the signing to the node's middle, for prices */
    int ahead;       /* half steps from the last known level to the node's middle */
};

/* Annual nodes from step `now`, cut where a notice given now would be settled, so that what both cases share cancels. */
struct outlook_grid {
    int now, nodes;
    int settle;       /* first node behind the settlement; `nodes` if that lies at the horizon */
    int settle_steps; /* steps to it */
    struct outlook_node node[OUTLOOK_NODES];
    /* of 1 that enters a partner's book at the settlement: present value of its shields, and of what is left at the horizon */
    double shields[PARAM_PARTNERS], left[PARAM_PARTNERS];
};
void decision_outlook_grid(const struct decision_plan *plan, int now, int notice_steps, struct outlook_grid *grid);

struct outlook {
    lanes level[OUTLOOK_NODES][MARKET_FACTORS];   /* expected, by factor that moves */
    lanes want[OUTLOOK_NODES][PARAM_PARTNERS];    /* {volume} in the node */
    lanes planned[OUTLOOK_NODES][PARAM_PARTNERS];
    lanes revenue[OUTLOOK_NODES][PARAM_PARTNERS]; /* M{currency}, if all that is wanted is made */
    lanes duty[OUTLOOK_NODES][PARAM_PARTNERS];    /* sum over regions of rate x volume, from the venture's site */
    lanes selling[OUTLOOK_NODES][PARAM_PARTNERS]; /* share of the node in which the partner sells what the venture makes */
    lanes producing[OUTLOOK_NODES];               /* share of the node in which the venture makes */
    /* of the venture in a node, whoever is in it: M{currency}/{volume} of each component at scale 1 without learning, commonality,
       support for a unit (taxed, not), M{currency} of fixed cost, of coordination for one interface at today's practice */
    lanes material[OUTLOOK_NODES], conversion[OUTLOOK_NODES], common[OUTLOOK_NODES], taxed[OUTLOOK_NODES], untaxed[OUTLOOK_NODES],
        fixed[OUTLOOK_NODES], coordination[OUTLOOK_NODES];
    lanes own_unit[OUTLOOK_NODES][PARAM_PARTNERS], own_fixed[OUTLOOK_NODES][PARAM_PARTNERS]; /* of the partners */
    int sells[PARAM_PARTNERS]; /* the partner has a plan at all */
    lanes use[2];                                 /* chance of another use now, at the settlement */
    lanes start;                                  /* years of production of the venture now; before it, minus the years to it */
    lanes age[PARAM_PARTNERS];                    /* years of sales of the partner now; before them, minus the years to them */
};
void decision_outlook_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o);

LANE_FUNCTION lanes outlook_between(lanes x, double low, double high)
{
    return least(most(x, all_lanes(low)), all_lanes(high));
}
/* Expected level of a factor in a node; 1 where it never moves. */
LANE_FUNCTION lanes outlook_level(const struct outlook *o, const struct market_plan *market, enum market_kind kind, int member,
                                  int node)
{
    const int slot = market->slot[kind][member];
    return slot < 0 ? all_lanes(1.0) : o->level[node][slot];
}
/* 1 + sum of share (price - 1) over the inputs. */
lanes decision_outlook_inputs(const struct market_plan *market, const struct param_number share[], const struct known *known,
                              const struct outlook *o, int node);
/* What a list by year adds up to from 0 to `years`, its last value holding after its end. */
lanes decision_outlook_sum(const struct param_list *list, const struct known *known, lanes years);
/* Expected mean rate of a corridor in a node. */
lanes decision_outlook_duty(const struct decision_plan *plan, const struct known *known, int origin, int destination,
                            const struct outlook_node *node);
/* Support for one unit made at `site` in a node: taxed and untaxed. */
void decision_outlook_support(const struct decision_plan *plan, const struct known *known, int site, const struct outlook_node *node,
                              lanes *taxed, lanes *untaxed);
/* Share of the time to production that a programme has done: what is learnt of overrun and delay. */
lanes decision_outlook_progress(const struct programme_plan *programme, const struct known_clock *clock);
/* The delay that is believed then. */
lanes decision_outlook_delay(const struct known *known, const struct programme_plan *programme, lanes progress);
/* Years of production of a programme at the start of the step; before it, minus the expected years to it. */
lanes decision_outlook_years(const struct decision_plan *plan, const struct known *known, const struct programme_plan *programme,
                             const struct known_clock *clock);
#endif
