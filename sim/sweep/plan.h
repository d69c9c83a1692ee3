/* sweep/plan.h - what all processes of a sweep agree on: its points, what is kept of each, and its identity. */
#ifndef PACTOLUS_SWEEP_PLAN_H
#define PACTOLUS_SWEEP_PLAN_H
#include "study/point.h"
#include "sweep/sweep.h"

struct sweep_plan {
    struct study_deal *deal;           /* not owned */
    const struct sweep_config *config; /* not owned */
    const struct engine_level *level;
    struct study_result result; /* rows and labels; owned, as all below */
    size_t points;
    size_t doubles;  /* of a record: the rows of a point, then its samples */
    char *identity;  /* lines `name: value`: equal texts are equal sweeps */
    char *parts;     /* folder of the journals */
};

/* Finds a point that is sound, for the rows; makes the identity. STATUS_INPUT, with what is wrong with the first point, if none
   is. Free it even after a failure. */
int sweep_plan_init(struct sweep_plan *plan, struct study_deal *deal, const struct sweep_config *config, struct report *report);
void sweep_plan_free(struct sweep_plan *plan);
/* Partners of the deal. */
int sweep_plan_partners(const struct sweep_plan *plan);
#endif
