/* study/values.h - one planned scenario through the engine for nothing but what is captured, path by path. */
#ifndef PACTOLUS_STUDY_VALUES_H
#define PACTOLUS_STUDY_VALUES_H
#include "study/point.h"

struct study_values {
    struct statistics_plan plan; /* owned, as the next */
    struct statistics_run run;
    int captured, joint; /* outcomes of the plan */
};

/* For scenarios like that of `plan`. STATUS_MEMORY where all paths do not fit `memory` bytes. Free is legal after a failure. */
int study_values_init(struct study_values *values, const struct engine_plan *plan, uint64_t paths, size_t memory,
                      struct report *report);
void study_values_free(struct study_values *values);
/* STATUS_STOPPED without a message if config->progress asked to stop. */
int study_values_run(struct study_values *values, const struct engine_plan *plan, const struct study_point_config *config,
                     struct report *report);
/* By path: captured by a partner (internal index), the joint surplus; money on its grid. */
const double *study_values_captured(const struct study_values *values, int partner);
const double *study_values_joint(const struct study_values *values);
#endif
