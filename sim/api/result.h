/* api/result.h - the handle of a result. */
#ifndef PACTOLUS_API_RESULT_H
#define PACTOLUS_API_RESULT_H
#include "api/message.h"
#include "study/result.h"

struct pactolus_result {
    struct study_result study; /* in declared order */
    char (*unit)[OUTPUT_UNIT]; /* by row, with currency and volume put in; owned */
    char (*number)[24];        /* labels of quantiles, then of steps; owned */
};

/* Makes what the handle adds to a finished run. */
int api_result_finish(struct pactolus_result *result, struct report *report);
#endif
