#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

void contract_transfer_book(struct contract_block *block, int payer, int receiver, enum contract_line line,
                            const lanes *restrict amount)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes rounded = money(amount[i]);
        block->flow[payer][line][i] -= rounded;
        block->flow[receiver][line][i] += rounded;
    }
}

void contract_transfer_owners(const struct contract_plan *plan, struct contract_block *block, int payer, enum contract_line line,
                              const lanes *restrict amount)
{
    lanes part[BLOCK_LANES];
    for (int p = 0; p < plan->partners; p++) {
        if (p == payer) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) part[i] = at(block->terms.equity[p], i) * amount[i];
        contract_transfer_book(block, payer, p, line, part);
    }
}

/* While both are in. */
static void pay_royalty(const struct contract_plan *plan, struct contract_block *block,
                        const struct programme_block *venture, int which, const lanes *drawn, int step)
{
    const struct contract_royalty *royalty = &plan->royalty[which];
    PARAMETER(per_unit, drawn, royalty->config->per_unit);
    PARAMETER(of_revenue, drawn, royalty->config->of_revenue);
    const double inflation = plan->market->inflation[step];
    const struct parameter *in = block->terms.in;
    lanes amount[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes both = at(in[royalty->payer], i) * at(in[royalty->receiver], i);
        amount[i] = both * (at(per_unit, i) * inflation * venture->made[royalty->payer][i] +
                            at(of_revenue, i) * block->revenue[royalty->payer][i]);
        block->royalty[royalty->payer][i] += money(amount[i]);
    }
    contract_transfer_book(block, royalty->payer, royalty->receiver, LINE_TRANSFERS, amount);
    if (royalty->guaranteed) contract_fee_guarantee(plan, block, venture, which, amount, drawn, step);
}

/* Once a contract year: fee x TP x max(0, floor x plan - ordered); docs/model.md (5.4). Orders count before rationing: the
   venture's own shortage, and a deadlock's loss, are not the buyer's fault. A partner that left, or whose venture was wound up, pays
   nothing for the part of the year. */
static void take_or_pay(const struct contract_plan *plan, struct contract_block *block,
                        const struct programme_block *venture, int partner, const lanes *drawn, int step)
{
    PARAMETER(least_share, drawn, plan->config->take_or_pay[partner].least_share);
    PARAMETER(fee, drawn, plan->config->take_or_pay[partner].shortfall_fee);
    lanes *ordered = block->ordered_year[partner], *planned = block->planned_year[partner], amount[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes bound = at(block->terms.in[partner], i) * at(block->terms.running, i);
        ordered[i] = (ordered[i] + venture->ordered[partner][i]) * bound;
        planned[i] = (planned[i] + venture->planned[partner][i]) * bound;
    }
    if ((step + 1) % plan->steps_per_year) return;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes shortfall = most(at(least_share, i) * planned[i] - ordered[i], all_lanes(0.0));
        amount[i] = at(fee, i) * block->transfer_price[partner][i] * shortfall;
        block->take_or_pay[partner][i] = money(amount[i]);
        ordered[i] = planned[i] = all_lanes(0.0);
    }
    contract_transfer_owners(plan, block, partner, LINE_TRANSFERS, amount);
}

void contract_transfer_step(const struct contract_plan *plan, struct contract_block *block,
                            const struct programme_block *venture, const lanes *drawn, int step)
{
    for (int k = 0; k < plan->royalties; k++) pay_royalty(plan, block, venture, k, drawn, step);
    if (plan->fees) contract_fee_step(plan, block, drawn, step);
    for (int p = 0; p < plan->partners; p++) {
        if (plan->taken[p]) take_or_pay(plan, block, venture, p, drawn, step);
    }
    contract_milestone_step(plan, block, venture, drawn);
}

/* Interfaces n (n - 1) / 2 between the n partners that are in, falling with practice; docs/model.md (6.1). Borne by equity. */
void contract_coordination_step(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn,
                                int step)
{
    const struct contract_coordination_config *c = &plan->config->coordination;
    if (!plan->active[0][LINE_FRICTION]) return;
    PARAMETER(interface_cost, drawn, c->interface_cost);
    PARAMETER(workstreams, drawn, c->workstreams);
    PARAMETER(intensity, drawn, c->intensity);
    PARAMETER(intensity_cost, drawn, c->intensity_cost);
    const struct contract_terms *terms = &block->terms;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes n = all_lanes(0.0);
        for (int p = 0; p < plan->partners; p++) n += at(terms->in[p], i);
        lanes scale = 0.5 * n * (n - 1.0) * plan->years_per_step * plan->market->inflation[step];
        lanes rate = at(interface_cost, i) * at(workstreams, i) * at(block->drive.scope, i) *
                     (1.0 + at(intensity_cost, i) * at(intensity, i));
        lanes cost = rate * scale * block->practice[i];
        block->practice[i] *= block->practice_step[i];
        for (int p = 0; p < plan->partners; p++) block->flow[p][LINE_FRICTION][i] = money(-at(terms->equity[p], i) * cost);
    }
}

/* Lines that only decisions fill: few steps of a block see any. */
static int stays_zero(const struct contract_terms *terms, enum contract_line line)
{
    switch (line) {
    case LINE_EXIT:
    case LINE_KNOW_HOW: return !terms->dues;
    case LINE_RENEGOTIATION: return !terms->dues && !terms->agreements;
    case LINE_OBLIGATIONS: return !terms->dues && !terms->departures;
    default: return 0;
    }
}

static void clear_line(const struct contract_plan *plan, struct contract_block *block, enum contract_line line)
{
    const int was = block->idle[line];
    block->idle[line] = stays_zero(&block->terms, line);
    if (was && block->idle[line]) return;
    for (int p = 0; p < plan->partners; p++) {
        if (!plan->active[p][line]) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) block->flow[p][line][i] = all_lanes(0.0);
    }
}

/* Lines that a step sets for every partner (capex.c, trade.c) before anything is added to them. */
static int is_set(int line)
{
    return line == LINE_OWN_MARGIN || line == LINE_JOINT_PROFIT || line == LINE_TARIFF || line == LINE_CAPEX;
}

void contract_flow_clear(const struct contract_plan *plan, struct contract_block *block)
{
    for (int line = 0; line < LINES; line++) {
        if (!is_set(line)) clear_line(plan, block, (enum contract_line)line);
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->taxable_support[p][i] = block->royalty[p][i] = block->take_or_pay[p][i] = all_lanes(0.0);
        }
    }
}

/* Payments on the line between partners cancel: all that is left is what came from outside. */
static int verify_line(const struct contract_plan *plan, const struct contract_block *block, enum contract_line line)
{
    const lanes *outside = block->terms.outside[line];
    int broken = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes sum = all_lanes(0.0);
        for (int p = 0; p < plan->partners; p++) sum += block->flow[p][line][i];
        if (outside) sum -= outside[i];
        for (int l = 0; l < LANES; l++) broken += sum[l] < 0.0 || sum[l] > 0.0;
    }
    return broken;
}

int contract_block_verify(const struct contract_plan *plan, const struct contract_block *block)
{
    int broken = verify_line(plan, block, LINE_TRANSFERS);
    if (!plan->changing) return broken;
    return broken + verify_line(plan, block, LINE_EXIT) + verify_line(plan, block, LINE_RENEGOTIATION) +
           verify_line(plan, block, LINE_OBLIGATIONS);
}
