#include "market/market.h"

/* The next regime is the number of thresholds at or below u: row s of the cumulative step matrix, read by state. */
static void step_chain(const double cumulative[][8], int regimes, const lanes *restrict uniform,
                       const lanes *before, lanes *restrict regime)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes next = all_lanes(0.0);
        for (int k = 0; k + 1 < regimes; k++) {
            flags passed = (flags)(uniform[i] >= lookup(cumulative[k], before[i]));
            next += choose(passed, all_lanes(1.0), all_lanes(0.0));
        }
        regime[i] = next;
    }
}

static void price_corridor(const struct market_corridor *corridor, lanes *const regime[], size_t step, lanes *restrict tariff)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes rate = all_lanes(0.0);
        for (int k = 0; k < corridor->chains; k++) {
            rate += lookup(corridor->tariff[k], regime[corridor->chain[k]][step + i]);
        }
        tariff[i] = rate;
    }
}

/* Regimes of one step; a chain without rates stays where it starts. */
static void step_chains(const struct market_plan *plan, struct market_block *block, lanes uniform[][2][BLOCK_LANES],
                        const lanes *start, int step)
{
    for (int c = 0; c < plan->chains; c++) {
        const struct market_chain *chain = &plan->chain[c];
        lanes *regime = block->regime[c] + (size_t)step * BLOCK_LANES;
        const lanes *before = step ? regime - BLOCK_LANES : start + (size_t)c * BLOCK_LANES;
        if (chain->still) {
            for (size_t i = 0; i < BLOCK_LANES; i++) regime[i] = before[i];
        } else {
            step_chain(step ? chain->later : chain->first, chain->regimes, uniform[chain->leader][step & 1], before, regime);
        }
    }
}

void market_trade_run(const struct market_plan *plan, struct market_block *block, uint64_t first_path)
{
    lanes uniform[PARAM_CHAINS][2][BLOCK_LANES]; /* of an even step and the odd one after it */
    lanes start[PARAM_CHAINS * BLOCK_LANES];
    for (int c = 0; c < plan->chains; c++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) start[(size_t)c * BLOCK_LANES + i] = all_lanes((double)plan->chain[c].start);
    }
    for (int step = 0; step < plan->steps; step++) {
        for (int c = 0; c < plan->chains && !(step & 1); c++) {
            if (plan->chain[c].still || plan->chain[c].leader != c) continue;
            random_uniform_pair(plan->chain[c].key, first_path, (uint32_t)step / 2, uniform[c][0], uniform[c][1]);
        }
        step_chains(plan, block, uniform, start, step);
        for (int k = 0; k < plan->corridors; k++) {
            price_corridor(&plan->corridor[k], block->regime, (size_t)step * BLOCK_LANES,
                           block->tariff[k] + (size_t)step * BLOCK_LANES);
        }
    }
}
