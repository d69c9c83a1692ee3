#include <string.h>

#include "base/money.h"
#include "contract/contract.h"

/* Fixed share of a partner in a programme year, the last one holds; by equity where all are 0. */
static void fixed_shares(const struct contract_plan *plan, const struct contract_terms *terms, int year, const lanes *drawn,
                         lanes share[][BLOCK_LANES])
{
    for (int p = 0; p < plan->partners; p++) {
        const struct param_list *list = &plan->config->capex.share[p];
        const struct param_number none = {0.0, -1};
        const int last = list->count - 1;
        PARAMETER(value, drawn, last < 0 ? none : list->item[year < last ? year : last]);
        for (size_t i = 0; i < BLOCK_LANES; i++) share[p][i] = at(value, i);
    }
    contract_terms_scale(plan, terms, share);
}

/* Shares that no programme year changes: by equity or by planned use. */
static void constant_shares(const struct contract_plan *plan, const struct contract_terms *terms, lanes share[][BLOCK_LANES])
{
    const int by_use = plan->config->capex.rule == SHARE_USE;
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) share[p][i] = by_use ? all_lanes(plan->use[p]) : at(terms->equity[p], i);
    }
    if (by_use && plan->changing) contract_terms_scale(plan, terms, share);
}

/* Shares of all partners in what a list spends in the step: those of each programme year, weighted by its spending. */
static void list_shares(const struct contract_plan *plan, const struct contract_terms *terms,
                        const struct programme_block *venture, const struct param_list *list, const lanes *drawn,
                        lanes share[][BLOCK_LANES])
{
    lanes of_year[PARAM_PARTNERS][BLOCK_LANES], spent[BLOCK_LANES];
    if (plan->config->capex.rule != SHARE_FIXED) {
        constant_shares(plan, terms, share);
        return;
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) spent[i] = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) memcpy(share[p], spent, sizeof spent);
    for (int year = 0; year < list->count; year++) {
        PARAMETER(amount, drawn, list->item[year]);
        fixed_shares(plan, terms, year, drawn, of_year);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes part = at(amount, i) * programme_part_of_year(venture->clock_before[i], venture->clock[i], (double)year);
            spent[i] += part;
            for (int p = 0; p < plan->partners; p++) share[p][i] += of_year[p][i] * part;
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            share[p][i] = choose((flags)(spent[i] > 0.0), share[p][i] / spent[i], at(terms->equity[p], i));
        }
    }
}

/* What each partner is called for: its share of the capex, with all that exceeds the plan to the lead if one is in. */
static void call(const struct contract_plan *plan, const struct contract_terms *terms, const struct programme_block *venture,
                 int partner, const lanes *restrict share, lanes *restrict called)
{
    const int lead = plan->config->capex.overrun_lead;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        if (lead < 0) {
            called[i] = money(share[i] * venture->capex[i]);
        } else {
            lanes over = most(venture->capex[i] - venture->capex_planned[i], all_lanes(0.0)) * at(terms->in[lead], i);
            called[i] = money(share[i] * (venture->capex[i] - over) + (partner == lead ? over : all_lanes(0.0)));
        }
    }
}

/* A capped partner pays up to its cap; what is left falls to the partners without one, by equity. Where none of those is in any
   more it falls to all that are, whatever their caps: somebody must pay. */
static void cap(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn,
                lanes called[PARAM_PARTNERS][BLOCK_LANES])
{
    const struct contract_terms *terms = &block->terms;
    lanes excess[BLOCK_LANES], open[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) excess[i] = open[i] = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) {
        PARAMETER(limit, drawn, plan->config->capex.cap[p]);
        if (!number_differs(plan->config->capex.cap[p], CONTRACT_NO_CAP)) {
            for (size_t i = 0; i < BLOCK_LANES; i++) open[i] += at(terms->equity[p], i);
            continue;
        }
        const lanes *missed = block->missed_before[p]; /* calls that were made, whoever paid them */
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes room = money(at(limit, i)) - block->paid_before[p][i];
            room = most(missed ? room - missed[i] : room, all_lanes(0.0));
            lanes pays = least(called[p][i], room);
            excess[i] += called[p][i] - pays;
            called[p][i] = pays;
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        const int capped = number_differs(plan->config->capex.cap[p], CONTRACT_NO_CAP);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes equity = at(terms->equity[p], i), part = capped ? all_lanes(0.0) : equity / open[i];
            called[p][i] += money(excess[i] * choose((flags)(open[i] > 0.0), part, equity));
        }
    }
}

/* What is spent beside the plan, its lead and its caps, by equity: to redirect the plant, to build another; docs/model.md (7.8), (4.8). */
static void invest(const struct contract_plan *plan, struct contract_block *block, const lanes *amount)
{
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes pays = money(at(block->terms.equity[p], i) * amount[i]);
            block->paid[p][i] += pays;
            block->flow[p][LINE_CAPEX][i] -= pays;
        }
    }
}

/* Its own programme, which a partner that left no longer builds beside the venture. */
static void build_own(const struct contract_terms *terms, const struct programme_block *own, int p, struct contract_block *block)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->own_capex[p][i] = (money(own->capex[i]) - money(own->grant[i])) * at(terms->in[p], i);
        block->flow[p][LINE_CAPEX][i] -= block->own_capex[p][i];
    }
}

/* What calls stand for where they do not follow equity: all that a partner is called for, before caps or with what caps of others leave
   it, for its equity of the step's capital. `due`: before caps. */
RARE_FUNCTION void weigh(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                         lanes due[PARAM_PARTNERS][BLOCK_LANES], lanes called[PARAM_PARTNERS][BLOCK_LANES])
{
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes equity = at(block->terms.equity[p], i), most_called = most(due[p][i], called[p][i]);
            block->worth[p][i] = contract_dilution_worth(equity, venture->capex[i], most_called);
        }
    }
}

/* Line capex = - venture capex + grants, by the same rule, - own capex + own grants. */
void contract_capex_step(const struct contract_plan *plan, struct contract_block *block,
                         const struct programme_block *venture, struct programme_block *const own[], const lanes *drawn,
                         int step)
{
    lanes share[PARAM_PARTNERS][BLOCK_LANES], granted[PARAM_PARTNERS][BLOCK_LANES], called[PARAM_PARTNERS][BLOCK_LANES];
    lanes due[PARAM_PARTNERS][BLOCK_LANES];
    const struct contract_terms *terms = &block->terms;
    (void)step;
    list_shares(plan, terms, venture, &plan->venture->config->capex_plan, drawn, share);
    list_shares(plan, terms, venture, &plan->venture->config->capex_grant, drawn, granted);
    for (int p = 0; p < plan->partners; p++) call(plan, terms, venture, p, share[p], called[p]);
    for (int p = 0; plan->uneven && p < plan->partners; p++) memcpy(due[p], called[p], sizeof due[p]);
    if (plan->capped) cap(plan, block, drawn, called);
    if (plan->uneven) weigh(plan, block, venture, due, called);
    if (plan->misses) contract_call_fund(plan, block, drawn, called);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->paid_before[p][i] += called[p][i];
            if (block->missed_before[p]) block->missed_before[p][i] += block->missed[p][i];
            granted[p][i] = money(granted[p][i] * venture->grant[i]);
            block->paid[p][i] = called[p][i] - granted[p][i];
            block->own_capex[p][i] = all_lanes(0.0);
            block->flow[p][LINE_CAPEX][i] = 0.0 - block->paid[p][i];
        }
        for (size_t i = 0; plan->changing && i < BLOCK_LANES; i++) block->grants[p][i] += granted[p][i];
        if (own[p]) build_own(terms, own[p], p, block);
    }
    if (plan->redirects) invest(plan, block, block->terms.invested);
    if (plan->venture->localises) invest(plan, block, venture->local_capex);
}

/* Shares in a step's development cost while the clock moves: of each programme year, weighted by what its rate comes to in the step; the
   last year of either list holds. */
static void development_shares(const struct contract_plan *plan, const struct contract_terms *terms, const struct programme_block *venture,
                               const lanes *drawn, lanes share[][BLOCK_LANES])
{
    const struct param_list *list = &plan->venture->config->progress.development;
    const int years = contract_development_years(plan);
    lanes of_year[PARAM_PARTNERS][BLOCK_LANES], spent[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) spent[i] = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) memcpy(share[p], spent, sizeof spent);
    for (int year = 0; list->count && year < years; year++) {
        PARAMETER(amount, drawn, list->item[year < list->count ? year : list->count - 1]);
        fixed_shares(plan, terms, year, drawn, of_year);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes part = at(amount, i) * programme_part_of_years(venture->clock_before[i], venture->clock[i], year, years);
            spent[i] += part;
            for (int p = 0; p < plan->partners; p++) share[p][i] += of_year[p][i] * part;
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            share[p][i] = choose((flags)(spent[i] > 0.0), share[p][i] / spent[i], at(terms->equity[p], i));
        }
    }
}

void contract_development_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                               const lanes *drawn)
{
    const int by_year = plan->config->capex.rule == SHARE_FIXED;
    lanes share[PARAM_PARTNERS][BLOCK_LANES], cost[BLOCK_LANES];
    if (by_year) development_shares(plan, &block->terms, venture, drawn, share);
    else constant_shares(plan, &block->terms, share);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        cost[i] = choose((flags)(at(block->terms.running, i) > 0.0), venture->development[i], all_lanes(0.0));
        block->joint_profit[i] -= cost[i];
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) { /* no programme year has the time in which the clock stands */
            lanes idle = by_year ? least(venture->idle[i], cost[i]) : all_lanes(0.0);
            lanes paid = share[p][i] * (cost[i] - idle) + at(block->terms.equity[p], i) * idle;
            block->flow[p][LINE_JOINT_PROFIT][i] -= money(by_year ? paid : share[p][i] * cost[i]);
        }
    }
}
