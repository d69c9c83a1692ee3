/* study/columns.h - statistics of numbers by path that a study makes of what the engine gave: in blocks and batches as the engine
   feeds them, so that equal numbers have equal statistics. */
#ifndef PACTOLUS_STUDY_COLUMNS_H
#define PACTOLUS_STUDY_COLUMNS_H
#include "statistics/run.h"

/* Writes paths first .. first + n - 1, n <= STATISTICS_BLOCK, into the plan's columns. */
typedef void study_columns_fill(void *context, uint64_t first, size_t n, double *const *column);
/* Fills `run` (any content before) and writes the numbers of its plan to `flat`. STATUS_MEMORY. */
int study_columns_count(struct statistics_run *run, uint64_t paths, study_columns_fill *fill, void *context, double *flat,
                        struct report *report);
#endif
