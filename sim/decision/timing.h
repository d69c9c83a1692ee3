/* decision/timing.h - where a programme's clock will be, with the gates before it: open ones count as passed at their next attempt, a
   running standstill counts. Times in steps from the moment in which the clock stands at `clock`. docs/model.md (7.3). Private to
   decision/. */
#ifndef PACTOLUS_DECISION_TIMING_H
#define PACTOLUS_DECISION_TIMING_H
#include "decision/known.h"

struct timing {
    const struct programme_plan *programme;
    lanes clock, pace; /* programme years in a step, where nothing stops it */
    lanes gate[PARAM_MILESTONES], wait[PARAM_MILESTONES]; /* by name */
};

void decision_timing_begin(struct timing *timing, const struct programme_plan *programme, const struct known_clock *clock, lanes delay);
/* The clock after so many steps. */
lanes decision_timing_clock(const struct timing *timing, double steps);
/* Steps to the first one that begins with the clock there; `through`: with the gates at that time passed too. */
lanes decision_timing_reach(const struct timing *timing, double clock, int through);
/* Share of what hangs on gate k of the venture's plan that is expected in each of the grid's nodes [from, to): 1 in one of them where
   the gate counts as passed, the chances of its attempts where it holds nothing. */
struct outlook_grid;
void decision_timing_gate(const struct timing *timing, const struct known *known, const struct outlook_grid *grid, int gate, int from,
                          int to, lanes share[]);
#endif
