/* decision/known.h - all that the partners know at the start of a step, of as many paths as a register holds: gathered from any
   paths of the block, so that a look at few of them costs what few cost. Nothing here is of step n or later; projections read
   nothing else. docs/model.md (7.3). Private to decision/. */
#ifndef PACTOLUS_DECISION_KNOWN_H
#define PACTOLUS_DECISION_KNOWN_H
#include "base/lanes_math.h"
#include "decision/decision.h"

struct known_clock { /* of a programme */
    lanes clock, production;
    lanes begun;     /* years since its clock began; of an `after` that is tardy */
    lanes localised; /* years since it was decided to make where it sells, -1: never */
    /* where it has gates, by name: enum programme_gate_status, steps to the next attempt, attempts left; M{currency} to be spent in this step for it */
    lanes gate[PARAM_MILESTONES], wait[PARAM_MILESTONES], attempts[PARAM_MILESTONES], retry;
    lanes standing, succeeded; /* where it has such events: steps left of a standstill; 1: what must succeed has */
};

struct known_felt { /* change of duty as far as prices feel it, by partner and region; set where the programme's prices follow duties */
    lanes own[PARAM_PARTNERS][PARAM_REGIONS], rivals[PARAM_PARTNERS][PARAM_REGIONS];
};

struct known {
    int n;              /* the step that begins */
    size_t path[LANES]; /* of the block; one that stands for nobody repeats the first */
    int count;          /* paths that count */
    int row;            /* the register of the block that holds just these paths in order, -1: gathered from several */
    const lanes *drawn; /* by index of draw */
    /* the market at the middle of step n - 1; at signing its start */
    lanes level[MARKET_FACTORS], regime[PARAM_CHAINS], repeal[PARAM_SUBSIDIES], use, crisis;
    lanes arrival[PARAM_REGIONS], entrant[PARAM_REGIONS]; /* where there can be one: step of its arrival, infinite before; its effect */
    lanes redirected; /* 1: the plant makes for outside customers too */
    struct known_clock venture, own[PARAM_PARTNERS], alone[PARAM_PARTNERS];
    struct known_felt felt, alone_felt, after_felt;
    lanes made[PARAM_PARTNERS], pooled, learning;
    lanes given; /* share of contributions that comes at today's gap; where the venture needs any */
    lanes equity[PARAM_PARTNERS], scope, sharing, practice, practice_step, paid[PARAM_PARTNERS], grants[PARAM_PARTNERS];
    lanes missed[PARAM_PARTNERS]; /* of calls so far, where they count towards a cap; else 0 */
    lanes book[PARAM_PARTNERS], own_book[PARAM_PARTNERS], loss[PARAM_PARTNERS], know_how[PARAM_PARTNERS];
    struct known_clock after[PARAM_PARTNERS]; /* where it localises */
    lanes after_made[PARAM_PARTNERS], sales_age[PARAM_PARTNERS];
    lanes alone_made[PARAM_PARTNERS], alone_book[PARAM_PARTNERS], alone_loss[PARAM_PARTNERS];
    lanes in[PARAM_PARTNERS], supply[PARAM_PARTNERS], renewed;
    lanes agreed[PARAM_PARTNERS][PARAM_PARTNERS];
    lanes lent[PARAM_PARTNERS][PARAM_PARTNERS]; /* for missed calls: the first owes the second; where the contract has it */
    lanes balance;  /* of the venture's loan; where the contract has one */
    lanes barred;   /* 1: the last step was one of a notice; where payments hang on gates */
    int agreements; /* some of the paths has payments agreed */
};

/* Gathers LANES paths of the set, or fewer, and takes them out of it: whole registers of the block first, which cost a load.
   `scratch` holds a register for each draw. */
void decision_known_gather(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                           int n, uint64_t *set, lanes *scratch, struct known *known);

/* A number as it is drawn, and as it is believed when a share of it has been learnt. */
LANE_FUNCTION lanes known_number(const struct known *k, struct param_number number)
{
    return number.draw < 0 ? all_lanes(number.value) : k->drawn[number.draw];
}
LANE_FUNCTION lanes known_belief(const struct known *k, struct param_number number, lanes learnt)
{
    if (number.draw < 0) return all_lanes(number.value);
    return number.value + (k->drawn[number.draw] - number.value) * learnt;
}
#endif
