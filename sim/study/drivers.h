/* study/drivers.h - what the value captured hangs on: one run, and for each number that chance brings from outside the means of the
   value where it is low and where it is high, and the share of the value's variance that it tells by itself. docs/model.md (8.7). */
#ifndef PACTOLUS_STUDY_DRIVERS_H
#define PACTOLUS_STUDY_DRIVERS_H
#include "engine/driver.h"
#include "study/run.h"

struct study_drivers {
    char (*name)[ENGINE_DRIVER]; /* of any scenario, each once; owned */
    int count;
};

/* Checks the deal in all scenarios and finds their drivers. STATUS_INPUT where there is none: the deal is certain. Free is legal after
   a failure. */
int study_drivers_init(struct study_drivers *drivers, struct study_deal *deal, uint64_t seed, struct report *report);
void study_drivers_free(struct study_drivers *drivers);
/* Errors, result and file as study_run, but that weights of a table count for nothing; STATUS_MEMORY where the numbers of all paths do
   not fit config->memory. */
int study_drivers_run(const struct study_drivers *drivers, struct study_deal *deal, const struct study_run_config *config,
                      struct study_result *result, struct report *report);
#endif
