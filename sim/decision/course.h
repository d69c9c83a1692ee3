/* decision/course.h - the flows of a course along the nodes, between the rooms that make them (flow.c), close the books on them
   (books.c) and run the course (course.c). docs/model.md (7.3). Private to these. */
#ifndef PACTOLUS_DECISION_COURSE_H
#define PACTOLUS_DECISION_COURSE_H
#include "decision/prospect.h"

/* Own margin and duty of a partner that takes units. */
LANE_FUNCTION lanes course_margin(const struct course_view *c, const struct course *s, const struct making *m,
                                  const struct course_trade *trade, lanes unit, int p, int k)
{
    const struct outlook *o = c->o;
    lanes made = m->made[p][k], share = m->share[p][k];
    lanes sum = o->revenue[p][k] * share - trade->pays * unit * made;
    if (o->pays_duty[p]) sum -= trade->dutiable * unit * o->duty[p][k] * share;
    if (o->own_costs[p]) sum -= o->own_unit[p][k] * made + o->own_fixed[p][k] * course_served(c, s, p, k);
    return sum;
}

/* Flows along the nodes, M{currency}: of partners with an income of their own, of the owners together. */
struct course_flows {
    lanes income[PARAM_PARTNERS][OUTLOOK_NODES], joint[OUTLOOK_NODES];
    int earns[PARAM_PARTNERS];                                      /* `income` is set */
    lanes net[PARAM_PARTNERS][OUTLOOK_NODES], gross[OUTLOOK_NODES]; /* capital, in the nodes before `built` */
    int built;
    lanes saved[OUTLOOK_NODES]; /* by a loan, before tax; where there is one */
    lanes equity[PARAM_PARTNERS][OUTLOOK_NODES]; /* where missed calls dilute */
    lanes split[PARAM_PARTNERS][OUTLOOK_NODES]; /* of fixed cost, less than by equity; where the contract splits it */
    lanes missed[OUTLOOK_NODES][PARAM_PARTNERS], covered[OUTLOOK_NODES][PARAM_PARTNERS]; /* before `built`, where calls may be missed */
};

/* What one partner has in the nodes: income, support, capital. */
struct course_part {
    const lanes *income, *joint, *units, *local; /* income NULL: none of its own; local NULL: no second plant */
    lanes equity, support, premium;
    const lanes *shares; /* equity by node where it moves, else NULL */
    int by_equity;       /* support */
};

/* Fills the flows of the nodes [from, to); capital is called, loans are made on the way. `settled`: as in decision_course_earn. */
void decision_flow_run(const struct course_view *c, struct course *course, const struct making *making, const struct course_terms *terms,
                       int from, int to, struct course_flows *flows, struct course *settled);
/* Tax, books and value of partner p along the nodes [from, to), with its own spending. */
void decision_books_run(const struct course_view *c, struct course *course, const struct course_flows *flows, const struct course_part *part,
                        int p, int from, int to);
/* Books sold and know-how kept at the horizon. */
void decision_books_end(const struct course_view *c, struct course *course);
#endif
