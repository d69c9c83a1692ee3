#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

/* The only way money moves between partners: -a and +a of the same rounded a, so transfers sum to exactly zero. */
static void transfer(struct contract_block *block, int payer, int receiver, enum contract_line line,
                     const lanes *restrict amount)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes rounded = money(amount[i]);
        block->flow[payer][line][i] -= rounded;
        block->flow[receiver][line][i] += rounded;
    }
}

static void pay_royalty(const struct contract_plan *plan, struct contract_block *block,
                        const struct programme_block *venture, const struct contract_royalty *royalty, const lanes *drawn,
                        int step)
{
    PARAMETER(per_unit, drawn, royalty->config->per_unit);
    PARAMETER(of_revenue, drawn, royalty->config->of_revenue);
    const double inflation = plan->market->inflation[step];
    lanes amount[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        amount[i] = at(per_unit, i) * inflation * venture->made[royalty->payer][i] +
                    at(of_revenue, i) * block->revenue[royalty->payer][i];
        block->royalty[royalty->payer][i] += money(amount[i]);
    }
    transfer(block, royalty->payer, royalty->receiver, LINE_TRANSFERS, amount);
}

/* A payment to the venture is a payment to its owners by equity: the payer keeps its own part. */
static void pay_owners(const struct contract_plan *plan, struct contract_block *block, int payer,
                       const lanes *restrict amount)
{
    lanes part[BLOCK_LANES];
    for (int p = 0; p < plan->partners; p++) {
        if (p == payer) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) part[i] = plan->equity[p] * amount[i];
        transfer(block, payer, p, LINE_TRANSFERS, part);
    }
}

/* Once a contract year: fee x TP x max(0, floor x plan - ordered); docs/model.md (5.4). Orders count before rationing: the
   venture's own shortage is not the buyer's fault. */
static void take_or_pay(const struct contract_plan *plan, struct contract_block *block,
                        const struct programme_block *venture, int partner, const lanes *drawn, int step)
{
    PARAMETER(least_share, drawn, plan->config->take_or_pay[partner].least_share);
    PARAMETER(fee, drawn, plan->config->take_or_pay[partner].shortfall_fee);
    lanes *ordered = block->ordered_year[partner], *planned = block->planned_year[partner], amount[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        ordered[i] += venture->ordered[partner][i];
        planned[i] += venture->planned[partner][i];
    }
    if ((step + 1) % plan->steps_per_year) return;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes shortfall = most(at(least_share, i) * planned[i] - ordered[i], all_lanes(0.0));
        amount[i] = at(fee, i) * block->transfer_price[partner][i] * shortfall;
        block->take_or_pay[partner][i] = money(amount[i]);
        ordered[i] = planned[i] = all_lanes(0.0);
    }
    pay_owners(plan, block, partner, amount);
}

void contract_transfer_step(const struct contract_plan *plan, struct contract_block *block,
                            const struct programme_block *venture, const lanes *drawn, int step)
{
    for (int k = 0; k < plan->royalties; k++) pay_royalty(plan, block, venture, &plan->royalty[k], drawn, step);
    for (int p = 0; p < plan->partners; p++) {
        if (plan->taken[p]) take_or_pay(plan, block, venture, p, drawn, step);
    }
}

/* Interfaces n (n - 1) / 2 between n partners, falling with practice; docs/model.md (6.1). Borne by equity. */
void contract_coordination_step(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn,
                                int step)
{
    const struct contract_coordination_config *c = &plan->config->coordination;
    if (!plan->active[0][LINE_FRICTION]) return;
    PARAMETER(interface_cost, drawn, c->interface_cost);
    PARAMETER(workstreams, drawn, c->workstreams);
    PARAMETER(intensity, drawn, c->intensity);
    PARAMETER(intensity_cost, drawn, c->intensity_cost);
    const double interfaces = 0.5 * plan->partners * (plan->partners - 1);
    const double scale = interfaces * plan->years_per_step * plan->market->inflation[step];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes rate = at(interface_cost, i) * at(workstreams, i) * block->drive.scope[i] *
                     (1.0 + at(intensity_cost, i) * at(intensity, i));
        lanes cost = rate * scale * block->practice[i];
        block->practice[i] *= block->practice_step[i];
        for (int p = 0; p < plan->partners; p++) block->flow[p][LINE_FRICTION][i] = money(-plan->equity[p] * cost);
    }
}

void contract_block_begin(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn)
{
    PARAMETER(scope, drawn, plan->config->scope);
    PARAMETER(annual_fall, drawn, plan->config->coordination.annual_fall);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->drive.progress[i] = block->drive.volume[i] = all_lanes(1.0);
        block->drive.scope[i] = at(scope, i);
        block->practice[i] = all_lanes(1.0);
        block->practice_step[i] = exp_lanes(plan->years_per_step * log_lanes(1.0 - at(annual_fall, i)));
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->paid_before[p][i] = block->ordered_year[p][i] = block->planned_year[p][i] = all_lanes(0.0);
        }
    }
}

void contract_flow_clear(const struct contract_plan *plan, struct contract_block *block)
{
    for (int p = 0; p < plan->partners; p++) {
        for (int line = 0; line < LINES; line++) {
            if (!plan->active[p][line]) continue;
            for (size_t i = 0; i < BLOCK_LANES; i++) block->flow[p][line][i] = all_lanes(0.0);
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->taxable_support[p][i] = block->royalty[p][i] = block->take_or_pay[p][i] = all_lanes(0.0);
        }
    }
}

int contract_block_verify(const struct contract_plan *plan, const struct contract_block *block)
{
    int broken = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes sum = all_lanes(0.0);
        for (int p = 0; p < plan->partners; p++) sum += block->flow[p][LINE_TRANSFERS][i];
        for (int l = 0; l < LANES; l++) broken += sum[l] < 0.0 || sum[l] > 0.0;
    }
    return broken;
}
