/* The loan of the venture: what is owed, and what it saves over the market's loan; docs/model.md (5.9). */
#include "base/lanes_math.h"
#include "contract/contract.h"

/* Share of the balance that is repaid in a step with production years y at its start: equal parts over what is left of the time. */
LANE_FUNCTION lanes repaid(lanes y, double years, double d)
{
    lanes part = d / most(years - y, all_lanes(d));
    return choose((flags)(y >= 0.0), part, all_lanes(0.0));
}

/* B' = max(0, B + share (capex - grant)) less what is repaid; interest on the mean of B and B'. A venture that was wound up owes
   nothing any more. */
void contract_debt_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                        const lanes *drawn)
{
    const struct contract_debt_config *debt = &plan->config->debt;
    const double d = plan->years_per_step;
    if (!plan->lends) return;
    PARAMETER(share, drawn, debt->share);
    PARAMETER(rate, drawn, debt->rate);
    PARAMETER(market_rate, drawn, debt->market_rate);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes running = at(block->terms.running, i), before = block->balance[i] * running;
        lanes owed = most(fused(at(share, i), venture->capex[i] - venture->grant[i], before), all_lanes(0.0)) * running;
        lanes after = owed * (1.0 - repaid(venture->production[i], debt->years, d)), mean = 0.5 * d * (before + after);
        block->balance[i] = after;
        block->interest[i] = at(rate, i) * mean;
        block->saved[i] = (at(market_rate, i) - at(rate, i)) * mean;
    }
}
