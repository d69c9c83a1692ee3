/* The deal without chance: volatility 0, first regimes, no events, drawn numbers at their means, nobody decides. It is the plan
   that partners compare with, and the budget that an exit price is capped by (docs/model.md, 6.2 and 7.6). */
#include <stdlib.h>

#include "engine/run.h"

struct recorder {
    const struct engine_plan *plan;
    double *book, *part, *equity, *alone, *cash; /* steps + 1; the same by partner, three times; partners x steps */
    double capex;
};

static double first_path(const lanes *column)
{
    return ((const double *)(const void *)column)[0];
}

static void record(void *context, const struct engine_block *block, int step)
{
    struct recorder *r = context;
    const int steps = r->plan->steps;
    r->book[step + 1] = 0.0;
    for (int p = 0; p < r->plan->partners; p++) {
        const double book = first_path(block->value.book[p]);
        const lanes *equity = block->contract.equity[p];
        r->book[step + 1] += book;
        r->part[p * (steps + 1) + step + 1] = book;
        r->alone[p * (steps + 1) + step + 1] = first_path(block->value.alone_book[p]);
        r->equity[p * (steps + 1) + step + 1] = equity ? first_path(equity) : r->plan->contract.equity[p];
        r->cash[p * r->plan->steps + step] = first_path(block->value.cumulative[p]);
    }
    r->capex += first_path(block->venture.capex);
}

int engine_budget_init(struct engine_plan *plan, const struct param_draws *draws, const int mode[], struct place place,
                       struct report *report)
{
    struct engine_plan still = {0};
    struct engine_block block = {0};
    const struct engine_level *level = NULL;
    const size_t states = (size_t)plan->steps + 1, partners = (size_t)plan->partners;
    plan->budget = calloc(states + partners * (3 * states + (size_t)plan->steps), sizeof *plan->budget);
    if (!plan->budget) return report_error(report, STATUS_MEMORY, place, NULL, "out of memory");
    double *part = plan->budget + states, *equity = part + partners * states, *alone = equity + partners * states;
    struct recorder recorder = {plan, plan->budget, part, equity, alone, alone + partners * states, 0.0};
    for (size_t p = 0; p < partners; p++) equity[p * states] = plan->contract.equity[p];
    int status = engine_plan_init_with(&still, plan->deal, plan->scope, draws, plan->seed, mode, 0, place, report);
    if (!status) status = engine_block_init(&block, &still, report);
    if (!status) status = engine_level_choose(&level, report);
    if (!status) level->run(&still, &block, 0, record, &recorder);
    engine_block_free(&block);
    engine_plan_free(&still);
    plan->decision.budget.book = recorder.book;
    plan->decision.budget.capex = recorder.capex;
    for (int p = 0; p < plan->partners; p++) {
        plan->decision.budget.part[p] = part + (size_t)p * states;
        plan->decision.budget.equity[p] = equity + (size_t)p * states;
        plan->decision.budget.alone[p] = alone + (size_t)p * states;
        plan->decision.budget.cash[p] = recorder.cash + p * plan->steps;
    }
    return status;
}
