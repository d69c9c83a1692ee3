#include "base/lanes_math.h"
#include "base/money.h"
#include "value/value.h"

struct programme_drive value_alone_drive(const struct value_block *block, const struct market_block *market, int partner,
                                         lanes running[BLOCK_LANES])
{
    const struct parameter one = {market->one, 0};
    const lanes *stopped = block->alone_stopped[partner];
    struct programme_drive drive = {one, one, one, one, {one}, {market->zero, 0}};
    drive.served[partner] = one;
    if (!stopped) return drive;
    for (size_t i = 0; i < BLOCK_LANES; i++) running[i] = 1.0 - stopped[i];
    drive.progress = drive.served[partner] = (struct parameter){running, ~(size_t)0};
    return drive;
}

/* Taxable income of a partner alone, on the same path: own margin, duty, taxed support; docs/model.md (4.7), no contract. */
static void earn(const struct value_plan *plan, const struct value_block *block, int p, const struct programme_block *programme,
                 const struct market_block *market, const lanes *drawn, int step, lanes *restrict income,
                 lanes *restrict untaxed)
{
    const struct programme_plan *alone = &plan->alone[p];
    lanes running[BLOCK_LANES], sells[BLOCK_LANES], revenue[BLOCK_LANES], duty[BLOCK_LANES], taxed[BLOCK_LANES];
    const struct programme_drive drive = value_alone_drive(block, market, p, running);
    const struct programme_sale sale = {programme->unit_cost[p], sells, !alone->bought, 1};
    programme_sells(programme, NULL, drive.served[p], sells);
    programme_sale_step(alone, p, programme, &sale, market, drawn, step, revenue, income, duty);
    programme_support_step(alone, programme, market, step, taxed, untaxed);
    for (size_t i = 0; i < BLOCK_LANES; i++) income[i] += taxed[i] - duty[i];
    for (size_t i = 0; alone->develops && i < BLOCK_LANES; i++) income[i] -= programme->development[i] * at(drive.progress, i);
}

/* A lone partner that stops sells its book and is taxed on the difference; afterwards there is none left to sell. */
static void stop(struct value_block *block, int p, lanes *restrict income, lanes *restrict invested)
{
    const lanes *stopped = block->alone_stopped[p];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes sold = choose((flags)(stopped[i] > 0.0), block->alone_book[p][i], all_lanes(0.0));
        income[i] += block->alone_sale[p][i] - sold - block->alone_closing[p][i];
        invested[i] -= sold;
    }
}

/* Scarce capital: what is spent, and what a stop brings back; docs/model.md (1.4). */
static void impute(const struct value_plan *plan, struct value_block *block, int p, const lanes *drawn, double df,
                   const lanes *restrict spent)
{
    PARAMETER(premium, drawn, plan->contract->config->premium[p]);
    const lanes *sale = block->alone_sale[p];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes net = sale ? sale[i] - spent[i] : 0.0 - spent[i];
        block->alone_value[p][i] += money(at(premium, i) * net) * df;
    }
}

static void step_partner(const struct value_plan *plan, struct value_block *block, int p,
                         const struct programme_block *programme, const struct market_block *market, const lanes *drawn,
                         int step)
{
    const struct value_tax tax = {plan->config->tax_rate[p], plan->depreciation, plan->config->losses[p]};
    const double df = plan->discount[p][step], common = value_common_factor(plan, p, step);
    lanes income[BLOCK_LANES], untaxed[BLOCK_LANES], invested[BLOCK_LANES], dep[BLOCK_LANES], due[BLOCK_LANES];
    earn(plan, block, p, programme, market, drawn, step, income, untaxed);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        invested[i] = money(programme->capex[i]) - money(programme->grant[i]);
        if (plan->alone[p].localises) invested[i] += programme->local_capex[i];
        dep[i] = all_lanes(0.0);
    }
    if (plan->contract->scarce[p]) impute(plan, block, p, drawn, df, invested);
    if (block->alone_stopped[p]) stop(block, p, income, invested);
    value_book_step(tax.depreciation, invested, block->alone_book[p], dep);
    value_tax_step(&tax, income, dep, block->alone_loss[p], due);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->alone_cash[p][i] = income[i] + untaxed[i] - invested[i] - due[i];
        block->alone_value[p][i] += block->alone_cash[p][i] * df;
        block->common[i] -= block->alone_cash[p][i] * common;
    }
    value_common_add(block, p, block->alone_cash[p], -common);
}

void value_alone_step(const struct value_plan *plan, struct value_block *block, struct programme_block *const alone[],
                      const struct market_block *market, const lanes *drawn, int step)
{
    for (int p = 0; p < plan->partners; p++) {
        if (plan->mode[p] == STANDALONE_NONE) {
            for (size_t i = 0; i < BLOCK_LANES; i++) block->alone_cash[p][i] = all_lanes(0.0);
        } else {
            step_partner(plan, block, p, alone[p], market, drawn, step);
        }
    }
}
