#include "base/lanes_math.h"
#include "base/money.h"
#include "value/value.h"

/* Pre-tax income of a partner alone, on the same path: own margin, duty, support; docs/model.md (4.7), no contract. */
static void add_region(const struct programme_plan *alone, int p, int region, const struct programme_block *block,
                       const struct market_block *market, const lanes *drawn, int step, lanes *restrict revenue,
                       lanes *restrict duty)
{
    PARAMETER(price, drawn, alone->product[p].price[region]);
    const struct contract_price received = {price, column_at(market_level(alone->market, market, MARKET_PRICE, region), step),
                                            column_at(market_level(alone->market, market, MARKET_FX, region), step)};
    const struct parameter tariff = column_at(market_tariff(alone->market, market, alone->config->site, region), step);
    const lanes *sold = block->sold[p][region];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        revenue[i] += contract_price_at(&received, i) * sold[i];
        duty[i] += at(tariff, i) * sold[i];
    }
}

static void trade(const struct programme_plan *alone, int p, const struct programme_block *block,
                  const struct market_block *market, const lanes *drawn, int step, lanes *restrict income)
{
    const struct programme_product_config *product = &alone->product[p];
    const double d = alone->market->years_per_step, prices = alone->market->inflation[step];
    PARAMETER(own_cost, drawn, product->own_unit_cost);
    PARAMETER(own_fixed, drawn, product->own_fixed_cost);
    PARAMETER(dutiable, drawn, product->dutiable_share);
    PARAMETER(fixed_cost, drawn, alone->config->fixed_cost);
    lanes revenue[BLOCK_LANES], duty[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) revenue[i] = duty[i] = all_lanes(0.0);
    for (int r = 0; r < alone->regions; r++) {
        if (alone->sales[p][r]) add_region(alone, p, r, block, market, drawn, step, revenue, duty);
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags sells = (flags)(block->production[i] >= 0.0);
        lanes plant = alone->bought ? all_lanes(0.0) : at(fixed_cost, i) * alone->inflation[step];
        lanes fixed = (at(own_fixed, i) * prices + plant) * d;
        lanes unit = at(own_cost, i) * prices + block->unit_cost[p][i];
        lanes margin = revenue[i] - unit * block->made[p][i] - choose(sells, fixed, all_lanes(0.0));
        income[i] = money(margin) - money(at(dutiable, i) * block->unit_cost[p][i] * duty[i]);
    }
}

/* Support for what it makes itself; a buyer's supplier keeps its own. */
static void support(const struct programme_plan *alone, const struct programme_block *block,
                    const struct market_block *market, int step, lanes *restrict taxed, lanes *restrict untaxed)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) untaxed[i] = all_lanes(0.0);
    for (int s = 0; !alone->bought && s < alone->market->subsidies; s++) {
        const struct market_subsidy_config *config = alone->market->subsidy[s].config;
        if (config->region >= 0 && config->region != alone->config->site) continue;
        const lanes *amount = market->support[s] + (size_t)step * BLOCK_LANES;
        lanes *into = config->taxable ? taxed : untaxed;
        for (size_t i = 0; i < BLOCK_LANES; i++) into[i] += money(amount[i] * block->volume[i]);
    }
}

static void step_partner(const struct value_plan *plan, struct value_block *block, int p,
                         const struct programme_block *programme, const struct market_block *market, const lanes *drawn,
                         int step)
{
    const struct value_tax tax = {plan->config->tax_rate[p], plan->depreciation, plan->config->losses[p]};
    const double df = plan->discount[p][step], common = plan->common_discount[step];
    lanes income[BLOCK_LANES], untaxed[BLOCK_LANES], invested[BLOCK_LANES], dep[BLOCK_LANES], due[BLOCK_LANES];
    trade(&plan->alone[p], p, programme, market, drawn, step, income);
    support(&plan->alone[p], programme, market, step, income, untaxed);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        invested[i] = money(programme->capex[i]) - money(programme->grant[i]);
        dep[i] = all_lanes(0.0);
    }
    value_book_step(tax.depreciation, invested, block->alone_book[p], dep);
    value_tax_step(&tax, income, dep, block->alone_loss[p], due);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->alone_cash[p][i] = income[i] + untaxed[i] - invested[i] - due[i];
        block->alone_value[p][i] += block->alone_cash[p][i] * df;
        block->common[i] -= block->alone_cash[p][i] * common;
    }
}

void value_alone_step(const struct value_plan *plan, struct value_block *block, struct programme_block *const alone[],
                      const struct market_block *market, const lanes *drawn, int step)
{
    for (int p = 0; p < plan->partners; p++) {
        if (plan->mode[p] == STANDALONE_NONE) {
            for (size_t i = 0; i < BLOCK_LANES; i++) block->alone_cash[p][i] = all_lanes(0.0);
        } else {
            step_partner(plan, block, p, alone[p], market, drawn, step);
        }
    }
}
