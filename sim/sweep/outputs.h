/* sweep/outputs.h - what another program computed for the points of a design, put beside them into a result file. */
#ifndef PACTOLUS_SWEEP_OUTPUTS_H
#define PACTOLUS_SWEEP_OUTPUTS_H
#include "sweep/sweep.h"

/* Reads a CSV with a row for each point, in their order, and a column for each output (numbers; an empty cell or NA is no number);
   a column `scenario` must name the points as the deal does. STATUS_INPUT tells all faults; nothing is written before. */
int sweep_outputs_write(struct study_deal *deal, const struct sweep_config *config, const char *path,
                        struct sweep_outcome *outcome, struct report *report);
#endif
