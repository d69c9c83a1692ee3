#include "base/money.h"
#include "contract/contract.h"

/* Revenue of a partner and the customs value it brings over each border; docs/model.md (5.1), (4.6). */
static void add_region(const struct contract_plan *plan, int partner, int region, const struct programme_block *venture,
                       const struct market_block *market, const lanes *drawn, int step, lanes *restrict revenue,
                       lanes *restrict duty)
{
    const struct programme_product_config *product = &plan->venture->product[partner];
    PARAMETER(price, drawn, product->price[region]);
    const struct contract_price received = {
        price, column_at(market_level(plan->market, market, MARKET_PRICE, region), step),
        column_at(market_level(plan->market, market, MARKET_FX, region), step)};
    const struct column column = market_tariff(plan->market, market, plan->venture->config->site, region);
    const struct parameter tariff = column_at(column, step);
    const lanes *sold = venture->sold[partner][region];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        revenue[i] += contract_price_at(&received, i) * sold[i];
        duty[i] += at(tariff, i) * sold[i];
    }
}

/* Own margin = revenue - (own unit cost + TP) q - own fixed cost; tariff = - dutiable share x TP x sum of tau q. */
static void settle_partner(const struct contract_plan *plan, int partner, struct contract_block *block,
                           const struct programme_block *venture, const struct programme_block *own,
                           const struct market_block *market, const lanes *drawn, int step)
{
    const struct programme_product_config *product = &plan->venture->product[partner];
    const double inflation = plan->market->inflation[step], d = plan->years_per_step;
    PARAMETER(own_cost, drawn, product->own_unit_cost);
    PARAMETER(own_fixed, drawn, product->own_fixed_cost);
    PARAMETER(dutiable, drawn, product->dutiable_share);
    lanes duty[BLOCK_LANES], *revenue = block->revenue[partner];
    for (size_t i = 0; i < BLOCK_LANES; i++) revenue[i] = duty[i] = all_lanes(0.0);
    for (int r = 0; r < plan->venture->regions; r++) {
        if (plan->venture->sales[partner][r]) {
            add_region(plan, partner, r, venture, market, drawn, step, revenue, duty);
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags sells = (flags)(venture->production[i] >= 0.0);
        if (own) sells &= (flags)(own->production[i] >= 0.0);
        lanes fixed = choose(sells, at(own_fixed, i) * inflation * d, all_lanes(0.0));
        lanes unit = at(own_cost, i) * inflation + block->transfer_price[partner][i];
        block->flow[partner][LINE_OWN_MARGIN][i] = money(revenue[i] - unit * venture->made[partner][i] - fixed);
        block->flow[partner][LINE_TARIFF][i] = money(-at(dutiable, i) * block->transfer_price[partner][i] * duty[i]);
    }
}

/* J = sum (TP_i - c_i) q_i - fixed cost; docs/model.md (5.2). The venture keeps no cash: w_i J to each, at once. */
static void share_joint_profit(const struct contract_plan *plan, struct contract_block *block,
                               const struct programme_block *venture, const lanes *drawn, int step)
{
    PARAMETER(fixed_cost, drawn, plan->venture->config->fixed_cost);
    const double inflation = plan->venture->inflation[step], d = plan->years_per_step;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags runs = (flags)(venture->production[i] >= 0.0);
        block->joint_profit[i] = -choose(runs, at(fixed_cost, i) * inflation * d, all_lanes(0.0));
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes earned = (block->transfer_price[p][i] - venture->unit_cost[p][i]) * venture->made[p][i];
            block->joint_profit[i] += earned;
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->flow[p][LINE_JOINT_PROFIT][i] = money(plan->equity[p] * block->joint_profit[i]);
        }
    }
}

void contract_trade_step(const struct contract_plan *plan, struct contract_block *block,
                         const struct programme_block *venture, struct programme_block *const own[],
                         const struct market_block *market, const lanes *drawn, int step)
{
    PARAMETER(markup, drawn, plan->config->markup);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->transfer_price[p][i] = venture->unit_cost[p][i] * (1.0 + at(markup, i));
        }
        settle_partner(plan, p, block, venture, own[p], market, drawn, step);
    }
    share_joint_profit(plan, block, venture, drawn, step);
}

/* Support per unit made, split by equity, by fixed shares or by use; docs/model.md (5.5). */
void contract_support_step(const struct contract_plan *plan, struct contract_block *block,
                           const struct programme_block *venture, const struct market_block *market, int step)
{
    for (int s = 0; s < plan->market->subsidies; s++) {
        const struct market_subsidy_config *config = plan->market->subsidy[s].config;
        if (config->region >= 0 && config->region != plan->venture->config->site) continue;
        const lanes *support = market->support[s] + (size_t)step * BLOCK_LANES;
        for (int p = 0; p < plan->partners; p++) {
            const int by_use = plan->config->subsidy_rule == SHARE_USE;
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                lanes units = by_use ? venture->made[p][i] : plan->subsidy_share[p] * venture->volume[i];
                lanes received = money(support[i] * units);
                block->flow[p][LINE_SUBSIDY][i] += received;
                if (config->taxable) block->taxable_support[p][i] += received;
            }
        }
    }
}
