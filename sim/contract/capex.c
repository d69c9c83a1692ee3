#include "base/money.h"
#include "contract/contract.h"

/* Share of a partner in programme year `clock`, for fixed shares by year (the last one holds). */
static void share_by_year(const struct contract_plan *plan, int partner, const lanes *drawn, const lanes *restrict clock,
                          lanes *restrict share)
{
    const struct param_list *list = &plan->config->capex.share[partner];
    for (size_t i = 0; i < BLOCK_LANES; i++) share[i] = all_lanes(0.0);
    for (int year = 0; year < list->count; year++) {
        PARAMETER(value, drawn, list->item[year]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            share[i] = year ? choose((flags)(clock[i] >= (double)year), at(value, i), share[i]) : at(value, i);
        }
    }
}

/* Shares of all partners in the step's capex; fixed ones are renormalised to 1. The year is that at the end of the step,
   less half a step: the middle of the step's progress. */
static void capex_shares(const struct contract_plan *plan, const struct programme_block *venture, const lanes *drawn,
                         lanes share[PARAM_PARTNERS][BLOCK_LANES])
{
    const double *fixed = plan->config->capex.rule == SHARE_USE ? plan->use : plan->equity;
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) share[p][i] = all_lanes(fixed[p]);
    }
    if (plan->config->capex.rule != SHARE_FIXED) return;
    lanes clock[BLOCK_LANES], sum[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        clock[i] = venture->clock[i] - 0.5 * plan->years_per_step;
        sum[i] = all_lanes(0.0);
    }
    for (int p = 0; p < plan->partners; p++) {
        share_by_year(plan, p, drawn, clock, share[p]);
        for (size_t i = 0; i < BLOCK_LANES; i++) sum[i] += share[p][i];
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) share[p][i] /= sum[i];
    }
}

/* What each partner is called for: its share of the capex, with all that exceeds the plan to the lead if there is one. */
static void call(const struct contract_plan *plan, const struct programme_block *venture, int partner,
                 const lanes *restrict share, lanes *restrict called)
{
    const int lead = plan->config->capex.overrun_lead;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        if (lead < 0) {
            called[i] = money(share[i] * venture->capex[i]);
        } else {
            lanes over = most(venture->capex[i] - venture->capex_planned[i], all_lanes(0.0));
            called[i] = money(share[i] * (venture->capex[i] - over) + (partner == lead ? over : all_lanes(0.0)));
        }
    }
}

/* A capped partner pays up to its cap; what is left falls to the partners without one, by equity. */
static void cap(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn,
                lanes called[PARAM_PARTNERS][BLOCK_LANES])
{
    lanes excess[BLOCK_LANES];
    double open = 0.0;
    for (size_t i = 0; i < BLOCK_LANES; i++) excess[i] = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) {
        PARAMETER(limit, drawn, plan->config->capex.cap[p]);
        if (!number_differs(plan->config->capex.cap[p], CONTRACT_NO_CAP)) {
            open += plan->equity[p];
            continue;
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes room = most(money(at(limit, i)) - block->paid_before[p][i], all_lanes(0.0));
            lanes pays = least(called[p][i], room);
            excess[i] += called[p][i] - pays;
            called[p][i] = pays;
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        if (number_differs(plan->config->capex.cap[p], CONTRACT_NO_CAP)) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) called[p][i] += money(excess[i] * (plan->equity[p] / open));
    }
}

/* Line capex = - venture capex + grants, by the same shares, - own capex + own grants. */
void contract_capex_step(const struct contract_plan *plan, struct contract_block *block,
                         const struct programme_block *venture, struct programme_block *const own[], const lanes *drawn,
                         int step)
{
    lanes share[PARAM_PARTNERS][BLOCK_LANES], called[PARAM_PARTNERS][BLOCK_LANES];
    (void)step;
    capex_shares(plan, venture, drawn, share);
    for (int p = 0; p < plan->partners; p++) call(plan, venture, p, share[p], called[p]);
    if (plan->capped) cap(plan, block, drawn, called);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->paid_before[p][i] += called[p][i];
            block->paid[p][i] = called[p][i] - money(share[p][i] * venture->grant[i]);
            lanes mine = own[p] ? money(own[p]->capex[i]) - money(own[p]->grant[i]) : all_lanes(0.0);
            block->own_capex[p][i] = mine;
            block->flow[p][LINE_CAPEX][i] = 0.0 - block->paid[p][i] - mine;
        }
    }
}
