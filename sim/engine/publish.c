#include "engine/publish_decision.h"
#include "engine/publish_column.h"

#include <math.h>

void engine_publish_outcomes(const struct engine_plan *plan, const struct engine_block *block, double *scratch, double **column)
{
    const struct value_block *value = &block->value;
    column = add_partners(plan, value->captured, column);
    column = add_partners(plan, value->loses, column);
    for (int p = 0; p < plan->partners; p++) {
        for (int line = 0; line < LINES; line++) *column++ = plain(value->ledger[p][line]);
    }
    column = add_partners(plan, value->partnership, column);
    column = add_partners(plan, value->fails, column);
    column = add_partners(plan, value->standalone, column);
    column = add_partners(plan, value->risk, column);
    column = add_partners(plan, value->payback, column);
    column = add_partners(plan, value->transferred, column);
    *column++ = plain(value->common);
    *column++ = plain(value->all_gain);
    column = engine_publish_decision_outcomes(plan, block, &scratch, column);
    add_partners(plan, plan->contract.lends ? value->geared_risk : value->risk, column);
}

/* `shown` while `made` is above 0, else no value; NULL: on no path. NULL columns show nothing. */
static double *while_made(const lanes *made, const lanes *shown, double *out)
{
    const double *units = (const double *)(const void *)made, *value = (const double *)(const void *)shown;
    double all = 0.0;
    for (int l = 0; units && l < BLOCK_PATHS; l++) {
        const double share = units[l] > 0.0 ? 1.0 : 0.0;
        out[l] = units[l] > 0.0 ? value[l] : NAN;
        all += share;
    }
    return all > 0.0 ? out : NULL;
}

static double **add_shown(const struct engine_plan *plan, lanes *const made[], lanes *const shown[], double **scratch,
                          double **column)
{
    for (int p = 0; p < plan->partners; p++, *scratch += BLOCK_PATHS) *column++ = while_made(made[p], shown[p], *scratch);
    return column;
}

static double **add_lines(const struct engine_plan *plan, const struct contract_block *contract, lanes *zero, double **column)
{
    static const enum contract_line shown[] = {LINE_OWN_MARGIN, LINE_JOINT_PROFIT, LINE_SUBSIDY,       LINE_TRANSFERS,
                                               LINE_FRICTION,   LINE_CAPEX,        LINE_TAX,           LINE_RENEGOTIATION,
                                               LINE_EXIT,       LINE_OBLIGATIONS,  LINE_KNOW_HOW};
    for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
        for (int p = 0; p < plan->partners; p++) {
            *column++ = plain(plan->contract.active[p][shown[k]] && !contract->idle[shown[k]] ? contract->flow[p][shown[k]] : zero);
        }
    }
    return column;
}

/* Alone, by partner: the columns of its own programme; an absent one shows nothing. */
static double **add_alone(const struct engine_plan *plan, const struct engine_block *block, double **scratch, double **column)
{
    lanes *made[PARAM_PARTNERS] = {NULL}, *cost[PARAM_PARTNERS] = {NULL};
    for (int p = 0; p < plan->partners; p++) {
        if (!block->alone_running[p]) continue;
        made[p] = block->alone[p].made[p];
        cost[p] = block->alone[p].unit_cost[p];
    }
    for (int p = 0; p < plan->partners; p++) *column++ = plain(made[p] ? made[p] : block->market.zero);
    return add_shown(plan, made, cost, scratch, column);
}

static double **add_market(const struct engine_plan *plan, const struct engine_block *block, enum market_kind kind, int step,
                           double **column)
{
    for (int r = 0; r < plan->regions; r++) {
        const int slot = plan->market.slot[kind][r];
        *column++ = slot < 0 ? plain(block->market.one) : plain(block->market.level[slot]) + (size_t)step * BLOCK_PATHS;
    }
    return column;
}

/* Payments of terms that the contract has for somebody. */
static double **add_terms(const struct engine_plan *plan, const struct engine_block *block, double **column)
{
    lanes *zero = block->market.zero;
    for (int p = 0; p < plan->partners; p++) *column++ = plain(plan->contract.royalties ? block->contract.royalty[p] : zero);
    for (int p = 0; p < plan->partners; p++) *column++ = plain(plan->contract.taken[p] ? block->contract.take_or_pay[p] : zero);
    for (int p = 0; p < plan->partners; p++) *column++ = plain(block->own_running[p] ? block->value.own_book[p] : zero);
    return column;
}

void engine_publish_series(const struct engine_plan *plan, const struct engine_block *block, int step, double *scratch,
                           double **column)
{
    const struct programme_block *venture = &block->venture;
    column = add_partners(plan, block->value.cash, column);
    column = add_partners(plan, venture->made, column);
    column = add_shown(plan, venture->made, venture->unit_cost, &scratch, column);
    column = add_partners(plan, block->value.book, column);
    column = add_partners(plan, block->value.alone_cash, column);
    *column++ = plain(venture->volume);
    *column++ = plain(block->contract.joint_profit);
    *column++ = plain(venture->capex);
    column = add_market(plan, block, MARKET_DEMAND, step, column);
    for (int p = 0; p < plan->partners; p++) *column++ = plain(block->contract.flow[p][LINE_TARIFF]);
    column = engine_publish_decision_fans(plan, block, &scratch, column);
    column = add_partners(plan, venture->ordered, column);
    column = add_shown(plan, venture->made, block->contract.transfer_price, &scratch, column);
    column = add_lines(plan, &block->contract, block->market.zero, column);
    column = add_terms(plan, block, column);
    column = add_alone(plan, block, &scratch, column);
    column = add_market(plan, block, MARKET_PRICE, step, column);
    engine_publish_decision_series(plan, block, &scratch, column);
}
