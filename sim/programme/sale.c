#include "base/lanes_math.h"
#include "base/money.h"
#include "programme/programme.h"

void programme_sells(const struct programme_block *block, const struct programme_block *own, struct parameter served,
                     lanes *restrict sells)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags on = (flags)(block->production[i] >= 0.0) & (flags)(at(served, i) > 0.0);
        if (own) on &= (flags)(own->production[i] >= 0.0);
        sells[i] = choose(on, all_lanes(1.0), all_lanes(0.0));
    }
}

/* Revenue of a partner and the customs value it brings over each border, sum of tau q; docs/model.md (5.1), (4.6). */
static void add_region(const struct programme_plan *plan, int partner, int region, const struct programme_block *block,
                       const struct market_block *market, const lanes *drawn, int step, lanes *restrict revenue,
                       lanes *restrict over_border)
{
    PARAMETER(price, drawn, plan->product[partner].price[region]);
    const struct programme_price received = {price, column_at(market_level(plan->market, market, MARKET_PRICE, region), step),
                                             column_at(market_level(plan->market, market, MARKET_FX, region), step)};
    const struct parameter tariff = column_at(market_tariff(plan->market, market, plan->config->site, region), step);
    const lanes *sold = block->sold[partner][region];
    const int local = plan->localises && region == plan->config->localise.to;
    const lanes *factor = block->price_factor[partner][region];
    PARAMETER(brand_cost, drawn, plan->product[partner].brand_cost);
    if (!local && !factor && !plan->brands) { /* most deals */
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            revenue[i] += programme_price_at(&received, i) * sold[i];
            over_border[i] += at(tariff, i) * sold[i];
        }
        return;
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes earned = programme_price_at(&received, i) * sold[i];
        if (factor) earned *= factor[i];
        if (plan->brands) earned *= 1.0 - at(brand_cost, i) * block->common[i];
        revenue[i] += earned;
        over_border[i] += at(tariff, i) * (local ? sold[i] - block->local_made[partner][i] : sold[i]);
    }
}

/* Margin = revenue - (own unit cost + unit price) q - fixed cost; duty = dutiable share x unit price x sum of tau q. */
void programme_sale_step(const struct programme_plan *plan, int partner, const struct programme_block *block,
                         const struct programme_sale *sale, const struct market_block *market, const lanes *drawn, int step,
                         lanes *restrict revenue, lanes *restrict margin, lanes *restrict duty)
{
    const struct programme_product_config *product = &plan->product[partner];
    const double d = plan->market->years_per_step, prices = plan->market->inflation[step];
    PARAMETER(own_cost, drawn, product->own_unit_cost);
    PARAMETER(own_fixed, drawn, product->own_fixed_cost);
    PARAMETER(dutiable, drawn, product->dutiable_share);
    PARAMETER(fixed_cost, drawn, plan->config->fixed_cost);
    lanes over_border[BLOCK_LANES], own_access[BLOCK_LANES];
    const lanes one = all_lanes(1.0);
    const struct parameter build = programme_strength(block, STRENGTH_PLANT, &one);
    struct parameter access = programme_strength(block, STRENGTH_ACCESS, &one);
    if (plan->each) {
        programme_strength_own(plan, partner, STRENGTH_ACCESS, drawn, own_access);
        access = (struct parameter){own_access, ~(size_t)0};
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) revenue[i] = over_border[i] = all_lanes(0.0);
    for (int r = 0; r < plan->regions; r++) {
        if (plan->sales[partner][r]) add_region(plan, partner, r, block, market, drawn, step, revenue, over_border);
    }
    /* customs value is that of what crosses the border: unit cost at the site; an indexed price is the same for all units */
    for (size_t i = 0; plan->localises && sale->by_cost && i < BLOCK_LANES; i++) over_border[i] /= block->local_cost[partner][i];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes plant = sale->plant ? at(fixed_cost, i) * plan->inflation[step] * at(build, i) : all_lanes(0.0);
        lanes fixed = choose((flags)(sale->sells[i] > 0.0), (at(own_fixed, i) * prices + plant) * d, all_lanes(0.0));
        lanes unit = at(own_cost, i) * prices * at(access, i) + sale->unit_price[i];
        margin[i] = money(revenue[i] - unit * block->made[partner][i] - fixed);
        duty[i] = money(at(dutiable, i) * sale->unit_price[i] * over_border[i]);
    }
    /* the venture's is booked for every partner, also one that takes no units (contract/) */
    if (plan->master >= 0 && plan->cannibal[partner]) programme_brand_lose(plan, partner, block, drawn, step, margin);
}

/* Support for what it makes itself; a buyer's supplier keeps its own. */
void programme_support_step(const struct programme_plan *plan, const struct programme_block *block,
                            const struct market_block *market, int step, lanes *restrict taxed, lanes *restrict untaxed)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) taxed[i] = untaxed[i] = all_lanes(0.0);
    for (int s = 0; !plan->bought && s < plan->market->subsidies; s++) {
        const struct market_subsidy_config *config = plan->market->subsidy[s].config;
        if (!programme_reaches(plan, config->region)) continue;
        const lanes *amount = market->support[s] + (size_t)step * BLOCK_LANES;
        lanes *into = config->taxable ? taxed : untaxed;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes local = plan->localises ? block->local_volume[i] : all_lanes(0.0);
            into[i] += money(amount[i] * programme_supported(plan, config->region, block->volume[i], local));
        }
    }
}
