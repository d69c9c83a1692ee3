#include "support/ports.h"

#include <string.h>

void ports_set(lanes *column, double value)
{
    double *plain = (double *)(void *)column;
    for (int l = 0; l < BLOCK_PATHS; l++) plain[l] = value;
}

double ports_get(const lanes *column)
{
    return column ? *(const double *)(const void *)column : 0.0;
}

void ports_leave(struct engine_block *block)
{
    struct contract_block *contract = &block->contract;
    ports_set(contract->in[1], 0.0);
    ports_set(contract->served[1], 0.0);
    ports_set(contract->equity[0], 1.0);
    ports_set(contract->equity[1], 0.0);
    ports_set(contract->terms.departed[1], 1.0);
    contract->terms.departures = 1;
}

void ports_load(struct ports *ports)
{
    memset(ports, 0, sizeof *ports);
    bench_deal_load(&ports->bench, TESTS_DIR "/reference/deals/example1.yaml");
}

static void see(struct ports_seen *seen, const struct engine_block *block)
{
    for (int p = 0; p < PORTS_PARTNERS; p++) {
        for (int line = 0; line < LINES; line++) seen->flow[p][line] = ports_get(block->contract.flow[p][line]);
        seen->cash[p] = ports_get(block->value.cash[p]);
        seen->book[p] = ports_get(block->value.book[p]);
        seen->alone_cash[p] = ports_get(block->value.alone_cash[p]);
        seen->ordered[p] = ports_get(block->venture.ordered[p]);
        seen->made[p] = ports_get(block->venture.made[p]);
        seen->transfer_price[p] = ports_get(block->contract.transfer_price[p]);
        seen->take_or_pay[p] = ports_get(block->contract.take_or_pay[p]);
        if (!block->after_running[p]) continue;
        seen->after_made[p] = ports_get(block->after[p].made[p]);
        seen->after_capex[p] = ports_get(block->after[p].capex);
        seen->after_clock[p] = ports_get(block->after[p].clock);
    }
    seen->clock = ports_get(block->venture.clock);
    seen->capex = ports_get(block->venture.capex);
    seen->joint_profit = ports_get(block->contract.joint_profit);
}

/* What the partners pay each other cancels in every step, down to the last bit. */
static void expect_cancels(const struct ports_seen *seen, const struct contract_terms *terms, int step)
{
    static const enum contract_line lines[] = {LINE_TRANSFERS, LINE_EXIT, LINE_RENEGOTIATION, LINE_OBLIGATIONS};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        const double outside = ports_get(terms->outside[lines[k]]);
        cr_expect_eq(seen->flow[0][lines[k]] + seen->flow[1][lines[k]], outside, "line %d in step %d", (int)lines[k], step);
    }
}

/* The stage that decides would write the ports at the start of the next step. */
static void after_step(void *context, const struct engine_block *block, int step)
{
    struct ports *ports = context;
    see(&ports->seen[step], block);
    expect_cancels(&ports->seen[step], &block->contract.terms, step);
    if (ports->write) ports->write(&ports->block, step + 1);
}

/* Makes the plan anew, with ports open. */
static void open_ports(struct ports *ports)
{
    struct bench_deal *b = &ports->bench;
    struct engine_plan *plan = &b->plan;
    const struct place place = {"example1.yaml", 0, 0};
    const struct programme_deal *programme = &b->deal->programme;
    engine_plan_free(plan);
    cr_assert_eq(engine_plan_init(plan, b->deal, &b->registry.scope, &b->draws, 1, NULL, place, &b->report), STATUS_OK);
    cr_assert_eq(contract_plan_init(&plan->contract, &b->deal->contract, &plan->venture, plan->own, plan->partners, 1, 1, &b->report),
                 STATUS_OK);
    for (int p = 0; p < plan->partners; p++) {
        const struct programme_standalone_config *departed = &programme->departed[p];
        plan->value.stops[p] = ports->stops;
        plan->after_runs[p] = departed->mode != STANDALONE_NONE;
        if (!plan->after_runs[p]) continue;
        programme_plan_free(&plan->after[p]);
        cr_assert_eq(programme_plan_init(&plan->after[p], &programme->after[p], programme->product, &plan->market, plan->partners,
                                         plan->regions, p, departed->mode == STANDALONE_BUY ? departed : NULL, &b->report),
                     STATUS_OK);
        plan->after[p].later = 1;
    }
}

void ports_run(struct ports *ports, void (*write)(struct engine_block *block, int step))
{
    const struct engine_level *level = NULL;
    ports->write = write;
    open_ports(ports);
    cr_assert_eq(engine_block_init(&ports->block, &ports->bench.plan, &ports->bench.report), STATUS_OK);
    cr_assert_eq(engine_level_choose(&level, &ports->bench.report), STATUS_OK);
    level->run(&ports->bench.plan, &ports->block, 0, after_step, ports);
}

void ports_free(struct ports *ports)
{
    engine_block_free(&ports->block);
    bench_deal_free(&ports->bench);
}
