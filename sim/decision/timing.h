/* decision/timing.h - where a programme's clock will be, with the gates before it: open ones count as passed at their next attempt, a
   running standstill counts. Times in steps from the moment in which the clock stands at `clock`. docs/model.md (7.3). Private to
   decision/. */
#ifndef PACTOLUS_DECISION_TIMING_H
#define PACTOLUS_DECISION_TIMING_H
#include "decision/known.h"

struct timing {
    const struct programme_plan *programme;
    const struct timing *then; /* from `turn` steps on the clock goes by this, which counts from there; NULL: never */
    double turn;
    lanes clock, pace; /* programme years in a step, where nothing stops it */
    lanes stand;       /* steps of a standstill that runs */
    lanes gate[PARAM_MILESTONES], wait[PARAM_MILESTONES], attempts[PARAM_MILESTONES]; /* by name */
    lanes passed[PARAM_MILESTONES];                       /* chance that it has been, at the start */
};
/* When production may start: with a success to come, so many chances, the last of which is that it does not before the horizon. */
enum { TIMING_STARTS = PARAM_YEARS + 2 };
struct timing_start {
    int points;
    lanes weight[TIMING_STARTS], steps[TIMING_STARTS]; /* steps to it, 0 where it has started */
    lanes age[TIMING_STARTS];                          /* years of production now; before it, minus the years to it */
};

/* The clock does not always go on by its pace. */
LANE_FUNCTION int timing_stops(const struct programme_plan *programme)
{
    return programme->gates || programme->adverse || programme->needs;
}
void decision_timing_begin(struct timing *timing, const struct programme_plan *programme, const struct known_clock *clock, lanes delay);
/* What contributions leave of its pace; 0: it stands. */
void decision_timing_slow(struct timing *timing, lanes rate);
/* `then`: the clock as it stands in so many steps, which goes on by a pace that the caller sets. Whole nodes lie on one side. */
void decision_timing_turn(struct timing *timing, double steps, struct timing *then);
/* The clock after so many steps. */
lanes decision_timing_clock(const struct timing *timing, lanes steps);
/* Steps to the first one that begins with the clock there; `through`: with the gates at that time passed too. */
lanes decision_timing_reach(const struct timing *timing, lanes clock, int through);
/* `age`: years of production now if success came at once; `steps`: to the horizon. */
void decision_timing_start(const struct timing *timing, const struct known *known, const struct known_clock *clock, lanes age, int steps,
                           struct timing_start *start);
/* Expected development cost in the steps [from, to) before production, M{currency}: of one programme year of `years`, the last of which
   holds; and what standing still costs, per M{currency}/year. */
lanes decision_timing_burn(const struct timing *timing, const struct timing_start *start, const struct known *known, double from, double to,
                           int year, int years);
lanes decision_timing_standing(const struct timing *timing, const struct timing_start *start, double from, double to);
/* Share of what hangs on gate k of the venture's plan that is expected in each of the grid's nodes [from, to): 1 in one of them where
   the gate counts as passed, the chances of its attempts where it holds nothing; nothing before step `least`, from the grid's. */
struct outlook_grid;
void decision_timing_gate(const struct timing *timing, const struct known *known, const struct outlook_grid *grid, int gate,
                          lanes least, int from, int to, lanes share[]);
/* Chance that gate k is passed before a step so many ahead begins. */
lanes decision_timing_passed(const struct timing *timing, const struct known *known, int gate, double steps);
/* What the gates that are expected to be passed by then make of a cost in each of the nodes [from, to), in the mean of its steps
   from step `start` on, in which it produces; steps are counted from `base` after the grid's. */
void decision_timing_better(const struct timing *timing, const struct known *known, const struct outlook_grid *grid, int base,
                            lanes start, int conversion, int from, int to, lanes factor[]);
#endif
