#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "engine/block.h"

static size_t doubles_needed(const struct engine_plan *plan)
{
    size_t n = (size_t)(plan->uniforms + plan->draws) * BLOCK_PATHS + market_block_doubles(&plan->market);
    n += programme_block_doubles(&plan->venture);
    for (int p = 0; p < plan->partners; p++) {
        n += programme_block_doubles(&plan->own[p]) + programme_block_doubles(&plan->alone[p]);
        if (plan->after_runs[p]) n += programme_block_doubles(&plan->after[p]);
    }
    return n + contract_block_doubles(&plan->contract) + value_block_doubles(&plan->value) + decision_block_doubles(&plan->decision);
}

static void place_columns(struct engine_block *block, const struct engine_plan *plan)
{
    double *memory = block->memory;
    block->uniform = column_take(&memory, (size_t)plan->uniforms);
    block->drawn = column_take(&memory, (size_t)plan->draws);
    memory = market_block_place(&block->market, &plan->market, memory);
    memory = programme_block_place(&block->venture, &plan->venture, memory);
    for (int p = 0; p < plan->partners; p++) {
        memory = programme_block_place(&block->own[p], &plan->own[p], memory);
        memory = programme_block_place(&block->alone[p], &plan->alone[p], memory);
        if (plan->after_runs[p]) memory = programme_block_place(&block->after[p], &plan->after[p], memory);
        block->own_running[p] = plan->own_runs[p] ? &block->own[p] : NULL;
        block->alone_running[p] = plan->value.mode[p] == STANDALONE_NONE ? NULL : &block->alone[p];
        block->after_running[p] = plan->after_runs[p] ? &block->after[p] : NULL;
    }
    memory = contract_block_place(&block->contract, &plan->contract, memory);
    for (int p = 0; p < plan->partners; p++) block->after[p].age = block->contract.sales_age[p];
    memory = value_block_place(&block->value, &plan->value, memory);
    decision_block_place(&block->decision, &plan->decision, memory);
    block->view = (struct decision_view){&block->market, &block->venture, block->own_running, block->after_running,
                                         block->alone_running, &block->contract, &block->value, block->drawn, 0};
}

int engine_block_init(struct engine_block *block, const struct engine_plan *plan, struct report *report)
{
    memset(block, 0, sizeof *block);
    const size_t bytes = doubles_needed(plan) * sizeof(double);
    block->memory = aligned_alloc(64, bytes);
    if (!block->memory) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory: %zu bytes for a block", bytes);
    memset(block->memory, 0, bytes);
    place_columns(block, plan);
    return STATUS_OK;
}

void engine_block_free(struct engine_block *block)
{
    free(block->memory);
    memset(block, 0, sizeof *block);
}
