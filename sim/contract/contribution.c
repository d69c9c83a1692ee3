/* What partners put at the venture's disposal: how fast its clock runs for it, what it costs them and what they are paid.
   docs/model.md (4.13). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

void contract_contribution_begin(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) block->given[i] = all_lanes(1.0);
    contract_contribution_rate(plan, block, drawn);
    for (size_t i = 0; i < BLOCK_LANES; i++) block->progress[i] = block->contribution[i];
}

void contract_contribution_rate(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn)
{
    programme_contribution_step(plan->venture, block->terms.in, block->given, drawn, block->contribution);
}

/* Of one need: what each partner offers and is in to offer, and what is taken of 1 offered, a step. */
static void take(const struct contract_plan *plan, const struct contract_block *block, const lanes *due, const lanes *drawn,
                 int kind, lanes offered[][BLOCK_LANES], lanes *restrict taken)
{
    lanes sum[BLOCK_LANES];
    PARAMETER(need, drawn, plan->venture->config->need[kind]);
    for (size_t i = 0; i < BLOCK_LANES; i++) sum[i] = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) {
        PARAMETER(contribution, drawn, plan->venture->product[p].contribution[kind]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            offered[p][i] = at(block->terms.in[p], i) * at(contribution, i);
            sum[i] += offered[p][i];
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        taken[i] = programme_contribution_taken(sum[i], block->given[i], at(need, i)) * plan->years_per_step * due[i];
    }
}

/* What is delivered of one need, at what it would have been worth elsewhere and at the contract's price. */
static void deliver(const struct contract_plan *plan, const struct contract_block *block, const lanes *due, const lanes *drawn,
                    int step, int kind, lanes cost[][BLOCK_LANES], lanes owed[][BLOCK_LANES])
{
    lanes taken[BLOCK_LANES], offered[PARAM_PARTNERS][BLOCK_LANES];
    const double prices = plan->market->inflation[step];
    PARAMETER(price, drawn, plan->config->contribution_price[kind]);
    take(plan, block, due, drawn, kind, offered, taken);
    for (int p = 0; p < plan->partners; p++) {
        PARAMETER(worth, drawn, plan->venture->product[p].opportunity_cost[kind]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes delivered = offered[p][i] * taken[i] * prices;
            cost[p][i] += at(worth, i) * delivered;
            owed[p][i] -= at(price, i) * delivered;
        }
    }
}

/* `owed` is below 0: the owners pay. */
void contract_contribution_step(const struct contract_plan *plan, struct contract_block *block,
                                const struct programme_block *venture, const lanes *drawn, int step)
{
    lanes due[BLOCK_LANES], cost[PARAM_PARTNERS][BLOCK_LANES], owed[PARAM_PARTNERS][BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags needed = programme_contribution_due(plan->venture, venture->clock_before[i], venture->production[i]);
        due[i] = choose(needed, at(block->terms.running, i), all_lanes(0.0));
        for (int p = 0; p < plan->partners; p++) cost[p][i] = owed[p][i] = all_lanes(0.0);
    }
    for (int n = 0; n < plan->venture->needs; n++) deliver(plan, block, due, drawn, step, plan->venture->need[n], cost, owed);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) block->flow[p][LINE_OWN_MARGIN][i] -= money(cost[p][i]);
        if (plan->contribution_paid) contract_transfer_owners(plan, block, p, LINE_TRANSFERS, owed[p]);
    }
}
