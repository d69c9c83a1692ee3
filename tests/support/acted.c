#include "support/acted.h"

#include <string.h>

double acted_at(const lanes *column, int path)
{
    return ((const double *)(const void *)column)[path];
}

struct param_number acted_number(double value)
{
    return (struct param_number){value, -1};
}

void acted_load(struct acted *acted, const char *path)
{
    memset(acted, 0, sizeof *acted);
    bench_deal_load(&acted->bench, path);
}

struct seen {
    const struct engine_plan *plan;
    void (*see)(const struct engine_block *block, int step);
};

/* Payments between partners cancel to the last bit: what is left came from outside. */
static void expect_cancels(const struct seen *seen, const struct engine_block *block, int path, int step)
{
    static const enum contract_line lines[] = {LINE_EXIT, LINE_RENEGOTIATION, LINE_OBLIGATIONS};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        double sum = 0.0;
        for (int p = 0; p < seen->plan->partners; p++) sum += acted_at(block->contract.flow[p][lines[k]], path);
        cr_assert_eq(sum, acted_at(block->contract.terms.outside[lines[k]], path), "line %d, path %d, step %d", (int)lines[k], path, step);
    }
}

/* Shares add to 1 or to nothing, at most one leaves but at the end, payments cancel. Debug builds ask for the legal moves, too. */
static void ask(const struct seen *seen, const struct engine_block *block, int step)
{
    const int partners = seen->plan->partners;
    if (!seen->plan->decision.on) return;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        expect_cancels(seen, block, path, step);
        double equity = 0.0, in = 0.0, left = 0.0;
        for (int p = 0; p < partners; p++) {
            equity += acted_at(block->contract.equity[p], path);
            in += acted_at(block->decision.in[p], path);
            left += acted_at(block->decision.left[p], path);
            cr_assert(isfinite(acted_at(block->value.cash[p], path)), "partner %d, path %d, step %d", p, path, step);
            cr_assert(acted_at(block->value.book[p], path) >= -1e-6, "book of %d, path %d, step %d", p, path, step);
        }
        cr_assert(fabs(equity - (in > 0.0)) < 1e-12, "equity adds to %.17g, path %d, step %d", equity, path, step);
        cr_assert(left < 1.5 || !(in > 0.0), "%g left at once, path %d, step %d", left, path, step);
    }
}

static void after_step(void *context, const struct engine_block *block, int step)
{
    const struct seen *seen = context;
    ask(seen, block, step);
    if (seen->see) seen->see(block, step);
}

void acted_run(struct acted *acted, uint64_t first_path, void (*see)(const struct engine_block *block, int step))
{
    struct bench_deal *b = &acted->bench;
    const struct engine_level *level = NULL;
    const struct place place = {"deal.yaml", 0, 0};
    struct seen seen = {&b->plan, see};
    engine_block_free(&acted->block);
    engine_plan_free(&b->plan);
    cr_assert_eq(engine_plan_init(&b->plan, b->deal, &b->registry.scope, &b->draws, 1, NULL, place, &b->report), STATUS_OK);
    cr_assert_eq(engine_block_init(&acted->block, &b->plan, &b->report), STATUS_OK);
    cr_assert_eq(engine_level_choose(&level, &b->report), STATUS_OK);
    level->run(&b->plan, &acted->block, first_path, after_step, &seen);
}

void acted_free(struct acted *acted)
{
    engine_block_free(&acted->block);
    bench_deal_free(&acted->bench);
}

void acted_sold(struct acted *acted, int trigger, int partner, int opens)
{
    acted->bench.registry.scope.set[PARAM_SET_TRIGGER].count = trigger + 1;
    snprintf(acted->bench.registry.scope.set[PARAM_SET_TRIGGER].name[trigger], PARAM_NAME, "sold_%d", trigger);
    acted->bench.deal->decision.trigger[trigger] = (struct decision_trigger_config){
        .kind = TRIGGER_CONTROL, .opens = opens, .rate = acted_number(100), .threshold = acted_number(0), .partner = partner};
}
