/* What the partners decided on the way: payments agreed, settlements, what binds a partner that has left, deadlock. */
#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

/* Settlement and other amounts of this step; they are on the grid. */
static void add_due(const struct contract_plan *plan, struct contract_block *block)
{
    for (int p = 0; p < plan->partners; p++) {
        for (int line = 0; line < LINES; line++) {
            const lanes *due = block->terms.due[p][line];
            lanes *flow = block->flow[p][line];
            for (size_t i = 0; due && i < BLOCK_LANES; i++) flow[i] += due[i];
        }
    }
}

/* Payments agreed in renegotiations run from the start of production on. */
static void pay_agreed(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture)
{
    lanes amount[BLOCK_LANES];
    for (int payer = 0; payer < plan->partners; payer++) {
        for (int payee = 0; payee < plan->partners; payee++) {
            const lanes *agreed = block->terms.agreed[payer][payee];
            if (!agreed) continue;
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                amount[i] = choose((flags)(venture->production[i] >= 0.0), agreed[i], all_lanes(0.0));
            }
            contract_transfer_book(block, payer, payee, LINE_RENEGOTIATION, amount);
        }
    }
}

/* A partner that is still supplied buys at TP (1 + markup): TP stands in its own margin, what is on top goes to the owners. */
static void pay_supply(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                       int partner, const lanes *drawn)
{
    PARAMETER(markup, drawn, plan->config->departure.supply_markup);
    const lanes *supplied = block->terms.supplied[partner], *price = block->transfer_price[partner];
    lanes amount[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) amount[i] = supplied[i] * at(markup, i) * price[i] * venture->made[partner][i];
    contract_transfer_owners(plan, block, partner, LINE_OBLIGATIONS, amount);
}

/* For each unit of its own programme after exit. */
static void pay_licence(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *after,
                        int partner, const lanes *drawn, int step)
{
    PARAMETER(per_unit, drawn, plan->config->departure.licence_per_unit);
    const double inflation = plan->market->inflation[step];
    const lanes *licensed = block->terms.licensed[partner];
    lanes amount[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        amount[i] = licensed[i] * (at(per_unit, i) * inflation * after->made[partner][i]);
    }
    contract_transfer_owners(plan, block, partner, LINE_OBLIGATIONS, amount);
}

/* What a deadlock costs while it lasts, by equity. */
static void charge_deadlock(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn, int step)
{
    PARAMETER(cost, drawn, plan->config->coordination.deadlock_cost);
    const double scale = plan->market->inflation[step] * plan->years_per_step;
    if (!number_differs(plan->config->coordination.deadlock_cost, 0.0)) return;
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes share = at(block->terms.equity[p], i) * block->terms.deadlocked[i];
            block->flow[p][LINE_FRICTION][i] -= money(share * (at(cost, i) * scale));
        }
    }
}

void contract_agreed_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                          struct programme_block *const after[], const lanes *drawn, int step)
{
    if (!plan->changing) return;
    if (block->terms.dues) add_due(plan, block);
    if (block->terms.agreements) pay_agreed(plan, block, venture);
    charge_deadlock(plan, block, drawn, step);
    for (int p = 0; block->terms.departures && p < plan->partners; p++) {
        if (plan->venture->sells[p]) pay_supply(plan, block, venture, p, drawn);
        if (after[p]) pay_licence(plan, block, after[p], p, drawn, step);
    }
}
