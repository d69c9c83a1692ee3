/* A transfer price that follows the market between a floor and a cap; docs/model.md (5.2). */
#include "base/lanes_math.h"
#include "contract/contract.h"

/* A region's price level is in money of its day, an input's over inflation. */
void contract_price_step(const struct contract_plan *plan, struct contract_block *block, const struct market_block *market,
                         const lanes *drawn, int step)
{
    const struct contract_price_config *config = &plan->config->price;
    const double inflation = plan->market->inflation[step];
    struct column level = {market->one, 0, 0};
    if (config->index_region >= 0) level = market_level(plan->market, market, MARKET_PRICE, config->index_region);
    if (config->index_input >= 0) level = market_level(plan->market, market, MARKET_INPUT, config->index_input);
    const double scale = config->index_region >= 0 ? 1.0 : inflation;
    const struct parameter index = column_at(level, step);
    PARAMETER(price, drawn, config->price);
    PARAMETER(floor, drawn, config->floor);
    PARAMETER(cap, drawn, config->cap);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes asked = at(price, i) * at(index, i) * scale;
        lanes agreed = least(most(asked, at(floor, i) * inflation), at(cap, i) * inflation);
        for (int p = 0; p < plan->partners; p++) block->transfer_price[p][i] = agreed;
    }
}
