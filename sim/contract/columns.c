/* Cuts the contract's columns out of a block's memory: one list says which there are. */
#include <string.h>

#include "base/column.h"
#include "contract/contract.h"

enum { MOST_COLUMNS = 16 + LINES + PARAM_PARTNERS * (2 * LINES + 28 + 4 * PARAM_PARTNERS) };

struct list {
    lanes **column[MOST_COLUMNS];
    size_t count;
};

static void add(struct list *list, lanes **column)
{
    list->column[list->count++] = column;
}

/* What decision/ writes, where it can write at all. */
static void list_terms(struct list *list, const struct contract_plan *plan, struct contract_block *block)
{
    static const enum contract_line decided[] = {LINE_EXIT, LINE_RENEGOTIATION, LINE_OBLIGATIONS, LINE_KNOW_HOW};
    struct contract_terms *terms = &block->terms;
    lanes **common[] = {&block->progress,    &block->volume,          &block->sharing, &block->running,
                        &terms->deadlocked, &terms->outside[LINE_EXIT], &terms->outside[LINE_RENEGOTIATION],
                        &terms->outside[LINE_OBLIGATIONS]};
    for (size_t k = 0; k < sizeof common / sizeof *common; k++) add(list, common[k]);
    if (plan->milestones) add(list, &terms->barred);
    if (plan->redirects) add(list, &block->redirected);
    if (plan->redirects) add(list, &terms->invested);
    for (int p = 0; p < plan->partners; p++) {
        lanes **own[] = {&block->served[p],   &block->in[p],   &block->sales_age[p], &block->grants[p], &terms->supplied[p],
                         &terms->licensed[p], &terms->sold[p], &terms->bought[p],    &terms->departed[p]};
        for (size_t k = 0; k < sizeof own / sizeof *own; k++) add(list, own[k]);
        for (size_t k = 0; k < sizeof decided / sizeof *decided; k++) add(list, &terms->due[p][decided[k]]);
        if (plan->scarce[p]) add(list, &terms->recovered[p]);
        if (plan->forgives) add(list, &terms->due[p][LINE_DEBT]);
        for (int q = 0; q < plan->partners; q++) {
            if (q != p) add(list, &terms->agreed[p][q]);
        }
    }
}

static void list_columns(struct list *list, const struct contract_plan *plan, struct contract_block *block)
{
    lanes **common[] = {&block->scope, &block->joint_profit, &block->practice, &block->practice_step};
    list->count = 0;
    memset(block, 0, sizeof *block);
    for (size_t k = 0; k < sizeof common / sizeof *common; k++) add(list, common[k]);
    for (int p = 0; p < plan->partners; p++) {
        lanes **own[] = {&block->equity[p],       &block->taxable_support[p], &block->transfer_price[p], &block->revenue[p],
                         &block->paid[p],         &block->paid_before[p],     &block->own_capex[p],      &block->ordered_year[p],
                         &block->planned_year[p], &block->royalty[p],         &block->take_or_pay[p]};
        for (int line = 0; line < LINES; line++) add(list, &block->flow[p][line]);
        for (size_t k = 0; k < sizeof own / sizeof *own; k++) add(list, own[k]);
    }
    if (plan->changing) list_terms(list, plan, block);
    else if (plan->contributes) add(list, &block->progress);
    if (plan->contributes) add(list, &block->given);
    if (plan->contributes) add(list, &block->contribution);
    for (int p = 0; plan->misses && p < plan->partners; p++) {
        add(list, &block->missed[p]);
        add(list, &block->covered[p]);
        if (plan->uneven) add(list, &block->worth[p]);
        if (plan->capped) add(list, &block->missed_before[p]);
        for (int q = 0; plan->defaults && q < plan->partners; q++) {
            if (q != p) add(list, &block->lent[p][q]);
        }
    }
    for (int k = 0; k < plan->royalties; k++) {
        if (!plan->royalty[k].guaranteed) continue;
        add(list, &block->royalty_year[k]);
        add(list, &block->royalty_least[k]);
    }
    if (plan->lends) {
        lanes **loan[] = {&block->balance, &block->interest, &block->saved};
        for (size_t k = 0; k < sizeof loan / sizeof *loan; k++) add(list, loan[k]);
    }
}

size_t contract_block_doubles(const struct contract_plan *plan)
{
    struct contract_block block;
    struct list list;
    list_columns(&list, plan, &block);
    return list.count * BLOCK_PATHS;
}

double *contract_block_place(struct contract_block *block, const struct contract_plan *plan, double *memory)
{
    struct list list;
    list_columns(&list, plan, block);
    for (size_t k = 0; k < list.count; k++) *list.column[k] = column_take(&memory, 1);
    return memory;
}
