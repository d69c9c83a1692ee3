/* decision/grid.h - the nodes of projections, and what of them is the same on every path: made once per scenario for every step in
   which somebody may look. docs/model.md (7.3). Private to decision/. */
#ifndef PACTOLUS_DECISION_GRID_H
#define PACTOLUS_DECISION_GRID_H
#include "decision/decision.h"

enum { OUTLOOK_NODES = PARAM_YEARS + 4 };

/* Steps [first, end) of the future, counted from the first step. */
struct outlook_node {
    int first, end;
    double from, to; /* years from now */
    double years;    /* to - from */
    double ahead_of_start; /* part of what is made in the node that its steps have behind them at their starts, on the mean */
    int half;        /* half steps from the middle of step n to the node's, for discounting */
    int middle;      /* half steps from the signing to the node's middle, for prices */
    int ahead;       /* half steps from the last known level to the node's middle */
    double kept;     /* share of a book that the node leaves */
    double spared;   /* of what is spent in its steps, in equal parts: what it leaves beyond `kept` */
    double prices, venture_prices; /* at its middle; the venture's with its escalation */
    double variety;  /* growth of the number of variants by its middle */
};

/* Annual nodes from step `now`, cut where a notice given now would be settled, so that what both cases share cancels. */
struct outlook_grid {
    int now, nodes;
    int settle;       /* first node behind the settlement; `nodes` if that lies at the horizon */
    int settle_steps; /* steps to it */
    struct outlook_node *node;
    /* of 1 that enters a partner's book at the settlement: present value of its shields, and of what is left at the horizon */
    double shields[PARAM_PARTNERS], left[PARAM_PARTNERS];
    /* by node */
    double *discount[PARAM_PARTNERS];
    double *decay[MARKET_FACTORS];    /* of what a factor's log is away from its trend */
    double *trend[MARKET_FACTORS];    /* expected level without that; NULL where growth or volatility are drawn */
    double *lowered[MARKET_FACTORS];  /* price of risk times what it lowers the mean of X by, over volatility; NULL: no such price */
    double *support[PARAM_SUBSIDIES]; /* share of a support that is paid; without repeal where its hazard is drawn */
};

/* Grids of every step: with the notice of the contract, and for what is settled at once. STATUS_MEMORY. */
int decision_grid_init(struct decision_plan *plan, struct report *report);
void decision_grid_free(struct decision_plan *plan);
#endif
