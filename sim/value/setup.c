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

/* docs/model.md (3.7): where risk is in the drift of the paths it is not in the rate. */
static double rate_of(const struct value_config *config, const struct contract_plan *contract, int p)
{
    const struct market_config *market = contract->market->config;
    return market->measure == MEASURE_RISK_ADJUSTED ? market->risk_free : config->discount_rate[p];
}

static double common_rate(const struct value_config *config, const struct contract_plan *contract)
{
    if (contract->market->config->measure == MEASURE_RISK_ADJUSTED) return contract->market->config->risk_free;
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
    plan->prepared = number_differs(contract->config->preparation, 0.0);
    for (int p = 0; p < plan->partners; p++) plan->know_how[p] = number_differs(config->know_how[p].kept, 0.0);
    plan->tables = malloc(length * (size_t)(plan->partners + 1) * sizeof *plan->tables);
    if (!plan->tables) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (int p = 0; p <= plan->partners; p++) {
        double *table = plan->tables + length * (size_t)p;
        if (p < plan->partners) plan->rate[p] = rate_of(config, contract, p);
        fill_discount(table, p < plan->partners ? plan->rate[p] : common_rate(config, contract), steps, plan->years_per_step);
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

enum { MOST_COLUMNS = 2 + PARAM_PARTNERS * (LINES + 32) };

struct list {
    lanes **column[MOST_COLUMNS];
    size_t count;
};

static void add(struct list *list, lanes **const column[], size_t count)
{
    for (size_t k = 0; k < count; k++) list->column[list->count++] = column[k];
}

/* Columns that only some deals need. */
static void list_options(struct list *list, const struct value_plan *plan, struct value_block *block, int p)
{
    lanes **const stop[] = {&block->alone_stopped[p], &block->alone_sale[p], &block->alone_closing[p]};
    lanes **const kept[] = {&block->know_how[p], &block->alone_know_how[p]};
    lanes **const credited[] = {&block->credited[p]};
    lanes **const signing[] = {&block->signing[p], &block->signing_tax[p]};
    lanes **const part[] = {&block->part[p]};
    if (plan->stops[p]) add(list, stop, sizeof stop / sizeof *stop);
    if (plan->know_how[p]) add(list, kept, sizeof kept / sizeof *kept);
    if (plan->know_how[p] && plan->contract->changing) add(list, credited, 1);
    if (plan->prepared) add(list, signing, sizeof signing / sizeof *signing);
    lanes **const geared[] = {&block->owed[p], &block->geared[p], &block->geared_lowest[p], &block->geared_risk[p]};
    if (plan->contract->lends) add(list, geared, sizeof geared / sizeof *geared);
    if (plan->parted) add(list, part, 1);
}

static void list_columns(struct list *list, const struct value_plan *plan, struct value_block *block)
{
    lanes **const common[] = {&block->common, &block->all_gain};
    list->count = 0;
    memset(block, 0, sizeof *block);
    add(list, common, sizeof common / sizeof *common);
    for (int p = 0; p < plan->partners; p++) {
        lanes **const columns[] = {
            &block->book[p],       &block->own_book[p],    &block->loss[p],       &block->cash[p],
            &block->cumulative[p], &block->lowest[p],      &block->payback[p],    &block->transferred[p],
            &block->alone_book[p], &block->alone_loss[p],  &block->alone_cash[p], &block->alone_value[p],
            &block->captured[p],   &block->partnership[p], &block->standalone[p], &block->risk[p],
            &block->loses[p],      &block->fails[p]};
        for (int line = 0; line < LINES; line++) list->column[list->count++] = &block->ledger[p][line];
        add(list, columns, sizeof columns / sizeof *columns);
        list_options(list, plan, block, p);
    }
}

size_t value_block_doubles(const struct value_plan *plan)
{
    struct value_block block;
    struct list list;
    list_columns(&list, plan, &block);
    return list.count * BLOCK_PATHS;
}

double *value_block_place(struct value_block *block, const struct value_plan *plan, double *memory)
{
    struct list list;
    list_columns(&list, plan, block);
    for (size_t k = 0; k < list.count; k++) *list.column[k] = column_take(&memory, 1);
    return memory;
}
