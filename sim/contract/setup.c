#include <string.h>

#include "base/column.h"
#include "contract/contract.h"

/* Planned volume over the years of production within the horizon; after the last year of a plan the last value holds. */
static double plan_total(const struct programme_plan *venture, int partner)
{
    const double horizon = venture->market->steps * venture->market->years_per_step;
    double sum = 0.0;
    for (int r = 0; r < venture->regions; r++) {
        const struct param_list *list = venture->sales[partner][r];
        for (int y = 0; list && y + venture->config->production_start < horizon; y++) {
            sum += list->item[y < list->count ? y : list->count - 1].value;
        }
    }
    return sum;
}

/* Scales to a sum of 1; equity where all are 0. */
static void normalise(double *share, const double *equity, int partners)
{
    double sum = 0.0;
    for (int p = 0; p < partners; p++) sum += share[p];
    for (int p = 0; p < partners; p++) share[p] = sum > 0.0 ? share[p] / sum : equity[p];
}

static void find_royalties(struct contract_plan *plan)
{
    for (int payer = 0; payer < plan->partners; payer++) {
        for (int receiver = 0; receiver < plan->partners; receiver++) {
            const struct contract_royalty_config *royalty = &plan->config->royalty[payer][receiver];
            if (payer == receiver) continue;
            if (!number_differs(royalty->per_unit, 0.0) && !number_differs(royalty->of_revenue, 0.0)) continue;
            plan->royalty[plan->royalties++] = (struct contract_royalty){payer, receiver, royalty};
        }
    }
}

/* Lines that no mechanism of this deal can move are left alone by the kernels. */
static void find_active_lines(struct contract_plan *plan)
{
    int transfers = plan->royalties > 0;
    for (int p = 0; p < plan->partners; p++) transfers |= plan->taken[p];
    const int friction = plan->partners > 1 && number_differs(plan->config->coordination.interface_cost, 0.0);
    for (int p = 0; p < plan->partners; p++) {
        int *active = plan->active[p];
        active[LINE_OWN_MARGIN] = active[LINE_JOINT_PROFIT] = active[LINE_TARIFF] = 1;
        active[LINE_CAPEX] = active[LINE_TAX] = 1;
        active[LINE_SUBSIDY] = plan->market->subsidies > 0;
        active[LINE_TRANSFERS] = transfers;
        active[LINE_FRICTION] = friction;
    }
}

int contract_plan_init(struct contract_plan *plan, const struct contract_config *config,
                       const struct programme_plan *venture, const struct programme_plan *own, int partners,
                       int steps_per_year, struct report *report)
{
    (void)report;
    memset(plan, 0, sizeof *plan);
    plan->config = config;
    plan->venture = venture;
    plan->own = own;
    plan->market = venture->market;
    plan->partners = partners;
    plan->steps_per_year = steps_per_year;
    plan->years_per_step = venture->market->years_per_step;
    for (int p = 0; p < partners; p++) {
        plan->equity[p] = config->equity[p];
        plan->use[p] = plan_total(venture, p);
        plan->subsidy_share[p] = config->subsidy_rule == SHARE_FIXED ? config->subsidy_share[p] : config->equity[p];
        plan->taken[p] = number_differs(config->take_or_pay[p].least_share, 0.0) &&
                         number_differs(config->take_or_pay[p].shortfall_fee, 0.0);
        plan->capped |= number_differs(config->capex.cap[p], CONTRACT_NO_CAP);
    }
    normalise(plan->use, plan->equity, partners);
    normalise(plan->subsidy_share, plan->equity, partners);
    find_royalties(plan);
    find_active_lines(plan);
    return STATUS_OK;
}

void contract_plan_free(struct contract_plan *plan)
{
    memset(plan, 0, sizeof *plan);
}

size_t contract_block_doubles(const struct contract_plan *plan)
{
    const size_t per_partner = LINES + 10;
    return (6 + per_partner * (size_t)plan->partners) * BLOCK_PATHS;
}

double *contract_block_place(struct contract_block *block, const struct contract_plan *plan, double *memory)
{
    block->drive.progress = column_take(&memory, 1);
    block->drive.volume = column_take(&memory, 1);
    block->drive.scope = column_take(&memory, 1);
    block->joint_profit = column_take(&memory, 1);
    block->practice = column_take(&memory, 1);
    block->practice_step = column_take(&memory, 1);
    for (int p = 0; p < plan->partners; p++) {
        for (int line = 0; line < LINES; line++) block->flow[p][line] = column_take(&memory, 1);
        block->taxable_support[p] = column_take(&memory, 1);
        block->transfer_price[p] = column_take(&memory, 1);
        block->revenue[p] = column_take(&memory, 1);
        block->paid[p] = column_take(&memory, 1);
        block->paid_before[p] = column_take(&memory, 1);
        block->own_capex[p] = column_take(&memory, 1);
        block->ordered_year[p] = column_take(&memory, 1);
        block->planned_year[p] = column_take(&memory, 1);
        block->royalty[p] = column_take(&memory, 1);
        block->take_or_pay[p] = column_take(&memory, 1);
    }
    return memory;
}
