/* What happens to a whole region and moves its levels: a crisis. docs/model.md (3.5). */
#include "market/market.h"

/* docs/model.md (3.5): demand x (1 - depth) while there is one; not made up for elsewhere. */
static void lose_demand(const struct market_plan *plan, const struct market_block *block, const lanes *drawn, int region)
{
    PARAMETER(depth, drawn, plan->config->crisis.depth[region]);
    lanes *demand = block->level[plan->slot[MARKET_DEMAND][region]];
    for (int step = 0; step < plan->steps; step++) {
        const size_t cell = (size_t)step * BLOCK_LANES;
        for (size_t i = 0; i < BLOCK_LANES; i++) demand[cell + i] *= 1.0 - at(depth, i) * block->crisis[cell + i];
    }
}

void market_shock_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn)
{
    for (int r = 0; r < plan->scope->set[PARAM_SET_REGION].count; r++) {
        if (market_crisis_moves(plan, r)) lose_demand(plan, block, drawn, r);
    }
}
