#include "base/lanes_math.h"
#include "market/market.h"

/* docs/model.md (3.4): two states, none and some; over a time t from state s the chance of some is
   p + (s - p) e^{-(a + v) t}, p = a / (a + v). The first step has length d/2, as every level's. */
void market_use_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    PARAMETER(appears, drawn, plan->use->appears);
    PARAMETER(vanishes, drawn, plan->use->vanishes);
    lanes uniform[2][BLOCK_LANES];
    if (!plan->use_moves) return;
    for (int step = 0; step < plan->steps; step++) {
        lanes *use = block->use + (size_t)step * BLOCK_LANES;
        const double length = (step ? 1.0 : 0.5) * plan->years_per_step;
        if (!(step & 1)) random_uniform_pair(plan->use_key, first_path, (uint32_t)step / 2, uniform[0], uniform[1]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes before = step ? (use - BLOCK_LANES)[i] : all_lanes((double)plan->use->start);
            lanes chance = market_use_chance(before, at(appears, i), at(vanishes, i), length);
            use[i] = choose((flags)(uniform[step & 1][i] < chance), all_lanes(1.0), all_lanes(0.0));
        }
    }
}

void market_block_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    market_factor_run(plan, block, drawn, first_path);
    market_trade_run(plan, block, first_path);
    market_subsidy_run(plan, block, drawn, first_path);
    market_use_run(plan, block, drawn, first_path);
}
