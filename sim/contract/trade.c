#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

/* Of one that takes no units there is at most a fixed cost of its own. */
static int settles_nothing(const struct programme_plan *venture, int partner)
{
    return !venture->sells[partner] && !number_differs(venture->product[partner].own_fixed_cost, 0.0);
}

/* Own margin and duty at the transfer price; docs/model.md (5.1), (4.6). */
static void settle_partner(const struct contract_plan *plan, int partner, struct contract_block *block,
                           const struct programme_block *venture, const struct programme_block *own,
                           const struct market_block *market, const lanes *drawn, int step)
{
    lanes sells[BLOCK_LANES], duty[BLOCK_LANES];
    const struct programme_sale sale = {block->transfer_price[partner], sells, 0, !plan->indexed};
    programme_sells(venture, own, block->drive.served[partner], sells);
    programme_sale_step(plan->venture, partner, venture, &sale, market, drawn, step, block->revenue[partner],
                        block->flow[partner][LINE_OWN_MARGIN], duty);
    for (size_t i = 0; i < BLOCK_LANES; i++) block->flow[partner][LINE_TARIFF][i] = 0.0 - duty[i];
}

/* What outside customers pay over the cost of their units; docs/model.md (7.8). */
static void sell_outside(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                         const lanes *drawn, int step)
{
    PARAMETER(price, drawn, plan->venture->config->redirect.price);
    const double inflation = plan->venture->inflation[step];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->joint_profit[i] += (at(price, i) * inflation - venture->external_cost[i]) * venture->external[i];
    }
}

/* Commonality is paid for until it is reached: docs/model.md (4.5). Shared as fixed cost is. */
RARE_FUNCTION void achieve(const struct contract_plan *plan, const struct contract_block *block,
                           const struct programme_block *venture, const lanes *drawn, int step, lanes *restrict fixed)
{
    PARAMETER(multiple, drawn, plan->venture->config->cost_to_achieve);
    const double amount = plan->to_achieve * plan->venture->inflation[step];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes from = venture->production[i];
        lanes part = programme_achieve_part(plan->venture->config, from, from + plan->years_per_step);
        flags runs = (flags)(from >= 0.0) & (flags)(at(block->terms.running, i) > 0.0);
        fixed[i] += choose(runs, at(multiple, i) * amount * part, all_lanes(0.0));
    }
}

/* J = sum (TP_i - c_i) q_i - fixed cost; docs/model.md (5.2). The venture keeps no cash: w_i J to each, at once. */
static void share_joint_profit(const struct contract_plan *plan, struct contract_block *block,
                               const struct programme_block *venture, const lanes *drawn, int step)
{
    PARAMETER(fixed_cost, drawn, plan->venture->config->fixed_cost);
    const double inflation = plan->venture->inflation[step], d = plan->years_per_step;
    lanes fixed[BLOCK_LANES];
    const lanes one = all_lanes(1.0);
    const struct parameter plant = programme_strength(venture, STRENGTH_PLANT, &one);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags runs = (flags)(venture->production[i] >= 0.0) & (flags)(at(block->terms.running, i) > 0.0);
        fixed[i] = choose(runs, at(fixed_cost, i) * inflation * d * at(plant, i), all_lanes(0.0));
    }
    if (plan->to_achieve > 0.0) achieve(plan, block, venture, drawn, step, fixed);
    for (size_t i = 0; i < BLOCK_LANES; i++) block->joint_profit[i] = -fixed[i];
    for (int m = 0; m < plan->venture->sellers; m++) {
        const int p = plan->venture->seller[m];
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes earned = (block->transfer_price[p][i] - venture->unit_cost[p][i]) * venture->made[p][i];
            block->joint_profit[i] += earned;
        }
    }
    if (plan->redirects) sell_outside(plan, block, venture, drawn, step);
    if (plan->splits_cost) {
        contract_fee_split(plan, block, fixed, drawn, step);
        return;
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->flow[p][LINE_JOINT_PROFIT][i] = money(at(block->terms.equity[p], i) * block->joint_profit[i]);
        }
    }
}

void contract_trade_step(const struct contract_plan *plan, struct contract_block *block,
                         const struct programme_block *venture, struct programme_block *const own[],
                         const struct market_block *market, const lanes *drawn, int step)
{
    PARAMETER(markup, drawn, plan->config->markup);
    if (plan->indexed) contract_price_step(plan, block, market, drawn, step);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; !plan->indexed && i < BLOCK_LANES; i++) {
            block->transfer_price[p][i] = venture->unit_cost[p][i] * (1.0 + at(markup, i));
        }
        if (settles_nothing(plan->venture, p)) {
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                block->revenue[p][i] = block->flow[p][LINE_OWN_MARGIN][i] = block->flow[p][LINE_TARIFF][i] = all_lanes(0.0);
            }
            continue;
        }
        settle_partner(plan, p, block, venture, own[p], market, drawn, step);
    }
    for (int p = 0; p < plan->partners; p++) {
        if (plan->venture->cannibal[p]) programme_brand_lose(plan->venture, p, venture, drawn, step, block->flow[p][LINE_OWN_MARGIN]);
    }
    if (plan->contributes) contract_contribution_step(plan, block, venture, drawn, step);
    share_joint_profit(plan, block, venture, drawn, step);
    if (plan->venture->develops) contract_development_step(plan, block, venture, drawn);
}

/* Units for which each partner is supported: what is made for it, or its share of all. */
static void supported_units(const struct contract_plan *plan, const struct contract_terms *terms,
                            const struct programme_block *venture, int region, lanes units[][BLOCK_LANES])
{
    const int rule = plan->config->subsidy_rule, by_equity = plan->moving && rule == SHARE_EQUITY, local = plan->venture->localises;
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            units[p][i] = by_equity ? at(terms->equity[p], i) : all_lanes(plan->subsidy_share[p]);
        }
    }
    if (plan->changing && rule == SHARE_FIXED) contract_terms_scale(plan, terms, units);
    for (int p = 0; p < plan->partners && !local; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) units[p][i] = rule == SHARE_USE ? venture->made[p][i] : units[p][i] * venture->volume[i];
    }
    for (int p = 0; p < plan->partners && local; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes made = programme_supported(plan->venture, region, venture->made[p][i], venture->local_made[p][i]);
            lanes all = programme_supported(plan->venture, region, venture->volume[i], venture->local_volume[i]);
            units[p][i] = rule == SHARE_USE ? made : units[p][i] * all;
        }
    }
}

/* Support per unit made, split by equity, by fixed shares or by use; docs/model.md (5.5). */
void contract_support_step(const struct contract_plan *plan, struct contract_block *block,
                           const struct programme_block *venture, const struct market_block *market, int step)
{
    lanes units[PARAM_PARTNERS][BLOCK_LANES];
    if (!plan->market->subsidies) return;
    for (int s = 0; s < plan->market->subsidies; s++) {
        const struct market_subsidy_config *config = plan->market->subsidy[s].config;
        if (!programme_reaches(plan->venture, config->region)) continue;
        supported_units(plan, &block->terms, venture, config->region, units);
        const lanes *support = market->support[s] + (size_t)step * BLOCK_LANES;
        for (int p = 0; p < plan->partners; p++) {
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                lanes received = money(support[i] * units[p][i]);
                block->flow[p][LINE_SUBSIDY][i] += received;
                if (config->taxable) block->taxable_support[p][i] += received;
            }
        }
    }
}
