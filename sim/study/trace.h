/* study/trace.h - single paths told step by step: `pactolus run --trace`. The engine keeps the numbers of a path (engine/trace.h), here
   they become sentences, a table and JSON. No other path is run and no file is written. */
#ifndef PACTOLUS_STUDY_TRACE_H
#define PACTOLUS_STUDY_TRACE_H
#include <stdio.h>

#include "study/deal.h"

struct study_trace_config {
    size_t scenario;
    uint64_t seed;
    const uint64_t *path;
    size_t paths;
    int json;
};

/* Writes the paths one after another, or one JSON object. Checks the scenario as a run does. Errors: those of the deal, memory; write
   errors are left in the stream. */
int study_trace(struct study_deal *deal, const struct study_trace_config *config, FILE *stream, struct report *report);
#endif
