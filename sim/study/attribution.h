/* study/attribution.h - where the value captured comes from by cause: every set of switched-off mechanisms is run on the same paths,
   decisions made anew, and each mechanism gets what it adds on average over all orders. docs/model.md (8.5). */
#ifndef PACTOLUS_STUDY_ATTRIBUTION_H
#define PACTOLUS_STUDY_ATTRIBUTION_H
#include "study/bars.h"
#include "study/run.h"
#include "study/switches.h"

struct study_attribution {
    int switches;                        /* bars but `terms` */
    int which[STUDY_SWITCHES_MOST];      /* of study_switches, in its order */
    unsigned *used;                      /* by scenario: those of `which` that are run, as bits; owned */
    uint64_t runs;                       /* over all scenarios */
};

/* Checks the deal in all scenarios and finds the switches: those named, or those that some scenario uses. STATUS_USAGE for a name
   that is no switch or comes twice. Free is legal after a failure. */
int study_attribution_init(struct study_attribution *attribution, struct study_deal *deal, const char *const *names, size_t count,
                           uint64_t seed, struct report *report);
void study_attribution_free(struct study_attribution *attribution);
/* Errors, result and file as study_run; `progress` is told the paths of all runs. */
int study_attribution_run(const struct study_attribution *attribution, struct study_deal *deal, const struct study_run_config *config,
                          struct study_result *result, struct report *report);
#endif
