/* sweep/merge.h - journals into a result file. */
#ifndef PACTOLUS_SWEEP_MERGE_H
#define PACTOLUS_SWEEP_MERGE_H
#include "sweep/index.h"
#include "sweep/plan.h"

struct sweep_journal_kind sweep_merge_kind(const struct sweep_plan *plan);
/* Writes the points in their order; removes OUT.parts if none of them failed or is missing. STATUS_STOPPED as sweep_run. */
int sweep_merge_write(struct sweep_plan *plan, const struct sweep_index *index, double seconds, struct sweep_outcome *outcome,
                      struct report *report);
/* For a process that was killed between the last two steps, the result's name and the end of OUT.parts: OUT is there, and so are the
   journals of all its points. If they hold the same bits, OUT.parts goes; else STATUS_FILE, and OUT is another's. */
int sweep_merge_confirm(struct sweep_plan *plan, const struct sweep_index *index, double seconds, struct sweep_outcome *outcome,
                        struct report *report);
#endif
