/* engine/block.h - one block of 64 paths through all stages, all steps. It exists once per level: outside the kernels it is
   called by way of struct engine_level (engine/run.h). */
#ifndef PACTOLUS_ENGINE_BLOCK_H
#define PACTOLUS_ENGINE_BLOCK_H
#include "engine/plan.h"

/* Columns of one block, for one thread. */
struct engine_block {
    double *memory; /* owned, 64-byte aligned */
    lanes *uniform; /* one column by stream of drawn parameters */
    lanes *drawn;   /* drawn parameters, BLOCK_LANES lanes each */
    struct market_block market;
    struct programme_block venture, own[PARAM_PARTNERS], alone[PARAM_PARTNERS], after[PARAM_PARTNERS];
    struct programme_block *own_running[PARAM_PARTNERS]; /* NULL where there is none */
    struct programme_block *alone_running[PARAM_PARTNERS], *after_running[PARAM_PARTNERS];
    struct contract_block contract;
    struct value_block value;
    struct decision_block decision;
    struct decision_view view; /* of the columns above */
};

/* Called after each step, with the block's columns of that step in place. */
typedef void engine_step_hook(void *context, const struct engine_block *block, int step);

typedef void engine_block_function(const struct engine_plan *plan, struct engine_block *block, uint64_t first_path,
                                   engine_step_hook *hook, void *context);
engine_block_function engine_block_run;

/* Allocates and places the columns; free is legal after a failure. */
int engine_block_init(struct engine_block *block, const struct engine_plan *plan, struct report *report);
void engine_block_free(struct engine_block *block);
#endif
