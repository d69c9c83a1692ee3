#include "market/market.h"

/* The next regime is the number of thresholds at or below u: row s of the cumulative step matrix, read by state. */
static void step_chain(const struct market_chain *chain, const double cumulative[][8], const lanes *restrict uniform,
                       lanes *restrict regime)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes next = all_lanes(0.0);
        for (int k = 0; k + 1 < chain->regimes; k++) {
            flags passed = (flags)(uniform[i] >= lookup(cumulative[k], regime[i]));
            next += choose(passed, all_lanes(1.0), all_lanes(0.0));
        }
        regime[i] = next;
    }
}

static void price_corridor(const struct market_corridor *corridor, const lanes *regime, lanes *restrict tariff)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes rate = all_lanes(0.0);
        for (int k = 0; k < corridor->chains; k++) {
            rate += lookup(corridor->tariff[k], regime[(size_t)corridor->chain[k] * BLOCK_LANES + i]);
        }
        tariff[i] = rate;
    }
}

void market_trade_run(const struct market_plan *plan, struct market_block *block, uint64_t first_path)
{
    lanes uniform[PARAM_CHAINS][2][BLOCK_LANES]; /* of an even step and the odd one after it */
    for (int c = 0; c < plan->chains; c++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->regime[(size_t)c * BLOCK_LANES + i] = all_lanes((double)plan->chain[c].start);
        }
    }
    for (int step = 0; step < plan->steps; step++) {
        for (int c = 0; c < plan->chains; c++) {
            const struct market_chain *chain = &plan->chain[c];
            if (chain->still) continue;
            if (!(step & 1)) random_uniform_pair(chain->key, first_path, (uint32_t)step / 2, uniform[c][0], uniform[c][1]);
            step_chain(chain, step ? chain->later : chain->first, uniform[c][step & 1], block->regime + (size_t)c * BLOCK_LANES);
        }
        for (int k = 0; k < plan->corridors; k++) {
            price_corridor(&plan->corridor[k], block->regime, block->tariff[k] + (size_t)step * BLOCK_LANES);
        }
    }
}
