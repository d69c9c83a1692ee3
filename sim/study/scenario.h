/* study/scenario.h - one scenario of a deal: the row's values over the file's, as plain structs, checked, ready to run. */
#ifndef PACTOLUS_STUDY_SCENARIO_H
#define PACTOLUS_STUDY_SCENARIO_H
#include "engine/plan.h"
#include "study/deal.h"

struct study_scenario {
    struct deal *deal; /* owned, as all below */
    struct param_store store;
    struct param_draws draws;
    struct engine_plan plan;
    struct place place; /* the deal file or the table's row */
};

/* Reads scenario `index` into numbers and checks it; the deal must be fresh. Errors are reported at its place. */
int study_scenario_init(struct study_scenario *scenario, const struct study_deal *deal, size_t index, struct report *report);
/* Makes it ready to run; `pilot` nonzero resolves the stand-alone mode best by a pilot run, else any mode stands in. */
int study_scenario_plan(struct study_scenario *scenario, const struct study_deal *deal, uint64_t seed, int pilot,
                        struct report *report);
/* Legal after a failure. */
void study_scenario_free(struct study_scenario *scenario);
/* Both for every scenario, without pilots: all that can be wrong before a run. */
int study_scenario_check_all(struct study_deal *deal, uint64_t seed, struct report *report);
/* The canonical text of a scenario; *text is malloc'ed. */
int study_scenario_echo(const struct study_deal *deal, size_t index, int origins, char **text, struct report *report);
#endif
