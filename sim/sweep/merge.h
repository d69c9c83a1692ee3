/* sweep/merge.h - journals into a result file. */
#ifndef PACTOLUS_SWEEP_MERGE_H
#define PACTOLUS_SWEEP_MERGE_H
#include "sweep/index.h"
#include "sweep/plan.h"

struct sweep_journal_kind sweep_merge_kind(const struct sweep_plan *plan);
/* Writes the points in their order; removes OUT.parts if none of them failed or is missing. STATUS_STOPPED as sweep_run. */
int sweep_merge_write(struct sweep_plan *plan, const struct sweep_index *index, double seconds, struct sweep_outcome *outcome,
                      struct report *report);
#endif
