#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "base/elementary.h"
#include "value/value.h"

/* DF(n) = (1 + k)^-((n + 1/2) d); the last entry is that of the horizon, (1 + k)^-T. */
static void fill_discount(double *table, double rate, int steps, double years_per_step)
{
    const double log_factor = -elementary_log(1.0 + rate);
    for (int n = 0; n < steps; n++) table[n] = elementary_exp(log_factor * ((double)n + 0.5) * years_per_step);
    table[steps] = elementary_exp(log_factor * (double)steps * years_per_step);
}

static double common_rate(const struct value_config *config, const struct contract_plan *contract)
{
    if (config->common_rate > -1.0) return config->common_rate;
    double mean = 0.0;
    for (int p = 0; p < contract->partners; p++) mean += contract->equity[p] * config->discount_rate[p];
    return mean;
}

int value_plan_init(struct value_plan *plan, const struct value_config *config, const struct contract_plan *contract,
                    const struct programme_plan *alone, const int mode[], struct report *report)
{
    const int steps = contract->market->steps;
    const size_t length = (size_t)steps + 1;
    memset(plan, 0, sizeof *plan);
    plan->config = config;
    plan->contract = contract;
    plan->alone = alone;
    plan->partners = contract->partners;
    plan->steps = steps;
    plan->years_per_step = contract->years_per_step;
    /* delta_d = 1 - (1 - delta)^d */
    plan->depreciation = config->depreciation_rate >= 1.0
                             ? 1.0
                             : 1.0 - elementary_exp(plan->years_per_step * elementary_log(1.0 - config->depreciation_rate));
    memcpy(plan->mode, mode, sizeof plan->mode);
    plan->tables = malloc(length * (size_t)(plan->partners + 1) * sizeof *plan->tables);
    if (!plan->tables) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (int p = 0; p <= plan->partners; p++) {
        double *table = plan->tables + length * (size_t)p;
        const double rate = p < plan->partners ? config->discount_rate[p] : common_rate(config, contract);
        fill_discount(table, rate, steps, plan->years_per_step);
        if (p < plan->partners) plan->discount[p] = table;
        else plan->common_discount = table;
    }
    return STATUS_OK;
}

void value_plan_free(struct value_plan *plan)
{
    free(plan->tables);
    memset(plan, 0, sizeof *plan);
}

enum { PARTNER_COLUMNS = 18 };

size_t value_block_doubles(const struct value_plan *plan)
{
    return (2 + (size_t)(LINES + PARTNER_COLUMNS) * (size_t)plan->partners) * BLOCK_PATHS;
}

double *value_block_place(struct value_block *block, const struct value_plan *plan, double *memory)
{
    block->common = column_take(&memory, 1);
    block->all_gain = column_take(&memory, 1);
    for (int p = 0; p < plan->partners; p++) {
        for (int line = 0; line < LINES; line++) block->ledger[p][line] = column_take(&memory, 1);
        lanes **const columns[PARTNER_COLUMNS] = {
            &block->book[p],        &block->own_book[p],   &block->loss[p],        &block->cash[p],
            &block->cumulative[p],  &block->lowest[p],     &block->payback[p],     &block->transferred[p],
            &block->alone_book[p],  &block->alone_loss[p], &block->alone_cash[p],  &block->alone_value[p],
            &block->captured[p],    &block->partnership[p], &block->standalone[p], &block->risk[p],
            &block->loses[p],       &block->fails[p]};
        for (int k = 0; k < PARTNER_COLUMNS; k++) *columns[k] = column_take(&memory, 1);
    }
    return memory;
}
