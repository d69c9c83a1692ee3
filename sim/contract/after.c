/* What a partner earns and spends after it left: the flows of its own programme, on its own lines. */
#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

/* Only where the programme has begun. */
static void add(const lanes *restrict begun, const lanes *restrict amount, lanes *restrict flow)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) flow[i] += choose((flags)(begun[i] > 0.0), amount[i], all_lanes(0.0));
}

static void add_sale(const struct programme_plan *plan, int p, struct contract_block *block, const struct programme_block *after,
                     const struct market_block *market, const lanes *drawn, int step)
{
    const lanes *begun = block->terms.departed[p], *supplied = block->terms.supplied[p];
    lanes makes[BLOCK_LANES], sells[BLOCK_LANES], revenue[BLOCK_LANES], margin[BLOCK_LANES], duty[BLOCK_LANES];
    const struct programme_sale sale = {after->unit_cost[p], sells, !plan->bought, 1};
    for (size_t i = 0; i < BLOCK_LANES; i++) makes[i] = begun[i] * (1.0 - supplied[i]);
    for (size_t i = 0; after->over && i < BLOCK_LANES; i++) makes[i] *= 1.0 - after->over[i];
    programme_sells(after, NULL, (struct parameter){makes, ~(size_t)0}, sells);
    programme_sale_step(plan, p, after, &sale, market, drawn, step, revenue, margin, duty);
    for (size_t i = 0; i < BLOCK_LANES; i++) duty[i] = 0.0 - duty[i];
    add(begun, margin, block->flow[p][LINE_OWN_MARGIN]);
    add(begun, duty, block->flow[p][LINE_TARIFF]);
}

static void add_support(const struct programme_plan *plan, int p, struct contract_block *block,
                        const struct programme_block *after, const struct market_block *market, int step)
{
    const lanes *begun = block->terms.departed[p];
    lanes taxed[BLOCK_LANES], untaxed[BLOCK_LANES];
    if (!plan->market->subsidies) return;
    programme_support_step(plan, after, market, step, taxed, untaxed);
    add(begun, taxed, block->taxable_support[p]);
    add(begun, taxed, block->flow[p][LINE_SUBSIDY]);
    add(begun, untaxed, block->flow[p][LINE_SUBSIDY]);
}

static void add_development(const struct programme_plan *plan, int p, struct contract_block *block, const struct programme_block *after)
{
    lanes paid[BLOCK_LANES];
    for (size_t i = 0; plan->develops && i < BLOCK_LANES; i++) {
        flags on = after->over ? (flags)(after->over[i] < 0.5) : (flags)(after->clock[i] >= 0.0);
        paid[i] = choose(on, 0.0 - after->development[i], all_lanes(0.0));
    }
    if (plan->develops) add(block->terms.departed[p], paid, block->flow[p][LINE_OWN_MARGIN]);
}

/* Its spending enters the partner's book of own programmes; one that has ended spends nothing. */
static void add_capex(const struct programme_plan *plan, int p, struct contract_block *block, const struct programme_block *after)
{
    lanes spent[BLOCK_LANES], paid[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        spent[i] = money(after->capex[i]) - money(after->grant[i]);
        if (plan->localises) spent[i] += after->local_capex[i];
        if (after->over) spent[i] = choose((flags)(after->over[i] > 0.5), all_lanes(0.0), spent[i]);
        paid[i] = 0.0 - spent[i];
    }
    add(block->terms.departed[p], spent, block->own_capex[p]);
    add(block->terms.departed[p], paid, block->flow[p][LINE_CAPEX]);
}

void contract_after_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_plan *plans,
                         struct programme_block *const after[], const struct market_block *market, const lanes *drawn, int step)
{
    if (!block->terms.departures) return;
    for (int p = 0; p < plan->partners; p++) {
        if (!after[p]) continue;
        add_sale(&plans[p], p, block, after[p], market, drawn, step);
        add_development(&plans[p], p, block, after[p]);
        add_support(&plans[p], p, block, after[p], market, step);
        add_capex(&plans[p], p, block, after[p]);
    }
}
