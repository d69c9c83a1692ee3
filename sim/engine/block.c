#include "engine/block.h"

static void tie_draws(const struct engine_plan *plan, struct engine_block *block, uint64_t first_path)
{
    lanes mixing[BLOCK_LANES], *tied[2 * PARAM_PAIRS];
    for (int k = 0; k < plan->tied; k++) tied[k] = block->uniform + (size_t)plan->tie[k] * BLOCK_LANES;
    if (plan->copula.degrees > 0.0) random_uniforms(plan->mixing, first_path, 0, mixing);
    random_copula_apply(&plan->copula, plan->copula.degrees > 0.0 ? mixing : NULL, tied);
}

/* Draws every uncertain parameter of the block: uniform -> copula -> quantile. */
static void draw_parameters(const struct engine_plan *plan, struct engine_block *block, uint64_t first_path)
{
    for (int k = 0; plan->at_means && k < plan->draws; k++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) block->drawn[(size_t)k * BLOCK_LANES + i] = all_lanes(plan->draw[k].mean);
    }
    if (plan->at_means) return;
    for (int k = 0; k < plan->uniforms; k++) {
        random_uniforms(plan->uniform[k], first_path, 0, block->uniform + (size_t)k * BLOCK_LANES);
    }
    if (plan->tied) tie_draws(plan, block, first_path);
    for (int k = 0; k < plan->draws; k++) {
        const struct engine_draw *draw = &plan->draw[k];
        lanes *column = block->drawn + (size_t)k * BLOCK_LANES;
        random_quantile_column(&draw->quantile, block->uniform + (size_t)draw->uniform * BLOCK_LANES, column);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            column[i] = draw->scale * least(most(column[i], all_lanes(draw->low)), all_lanes(draw->high));
        }
    }
}

static void begin(const struct engine_plan *plan, struct engine_block *block, uint64_t first_path)
{
    block->venture.first_path = first_path;
    programme_block_begin(&plan->venture, &block->venture, block->drawn);
    for (int p = 0; p < plan->partners; p++) {
        block->alone[p].first_path = block->after[p].first_path = first_path;
        if (block->own_running[p]) programme_block_begin(&plan->own[p], &block->own[p], block->drawn);
        if (block->alone_running[p]) programme_block_begin(&plan->alone[p], &block->alone[p], block->drawn);
        if (block->after_running[p]) programme_block_begin(&plan->after[p], &block->after[p], block->drawn);
    }
    contract_block_begin(&plan->contract, &block->contract, &block->market, block->drawn);
    value_block_begin(&plan->value, &block->value, block->drawn);
    block->view.first_path = first_path;
    decision_block_begin(&plan->decision, &block->decision, &block->view);
}

static void step_programme(const struct programme_plan *programme, struct engine_block *block, struct programme_block *columns,
                           const struct programme_drive *drive, int step)
{
    programme_clock_step(programme, columns, block->drawn, &block->market, drive->progress, step);
    programme_volume_step(programme, columns, NULL, block->drawn, &block->market, drive, step);
    programme_cost_step(programme, columns, block->drawn, &block->market, drive, step);
}

/* Programmes of one partner: alone, and after it left. */
static void step_single(const struct engine_plan *plan, struct engine_block *block, int p, int step)
{
    const struct parameter one = {block->market.one, 0};
    lanes running[BLOCK_LANES];
    if (block->alone_running[p]) {
        const struct programme_drive alone = value_alone_drive(&block->value, &block->market, p, running);
        step_programme(&plan->alone[p], block, &block->alone[p], &alone, step);
    }
    if (block->after_running[p] && block->contract.terms.departures) { /* it makes for itself when the venture no longer does */
        struct programme_drive after = {one, one, one, one, {one}, {block->market.zero, 0}};
        const lanes *ended = block->after[p].ended;
        lanes goes_on[BLOCK_LANES], *over = block->after[p].over;
        for (size_t i = 0; i < BLOCK_LANES; i++) running[i] = 1.0 - block->contract.terms.supplied[p][i];
        for (size_t i = 0; over && i < BLOCK_LANES; i++) { /* one that has ended neither makes nor moves on */
            over[i] = choose((flags)(ended[i] > 0.5), all_lanes(1.0), all_lanes(0.0));
            goes_on[i] = 1.0 - over[i];
            running[i] *= goes_on[i];
        }
        if (over) after.progress = (struct parameter){goes_on, ~(size_t)0};
        after.served[p] = (struct parameter){running, ~(size_t)0};
        step_programme(&plan->after[p], block, &block->after[p], &after, step);
    }
}

/* docs/model.md (8a), 7 to 9: clocks, volumes and unit costs of every instance. */
static void step_programmes(const struct engine_plan *plan, struct engine_block *block, int step)
{
    const lanes *drawn = block->drawn;
    const struct market_block *market = &block->market;
    const struct programme_drive *drive = &block->contract.drive;
    const struct parameter one = {market->one, 0};
    programme_clock_step(&plan->venture, &block->venture, drawn, market, drive->progress, step);
    for (int p = 0; p < plan->partners; p++) {
        if (block->own_running[p]) programme_clock_step(&plan->own[p], &block->own[p], drawn, market, one, step);
    }
    programme_volume_step(&plan->venture, &block->venture, block->own_running, drawn, market, drive, step);
    programme_cost_step(&plan->venture, &block->venture, drawn, market, drive, step);
    for (int p = 0; p < plan->partners; p++) step_single(plan, block, p, step);
}

/* docs/model.md (8a), 10 to 13: who pays and gets, books, taxes, ledger; both arms. */
static void step_flows(const struct engine_plan *plan, struct engine_block *block, int step)
{
    const lanes *drawn = block->drawn;
    contract_flow_clear(&plan->contract, &block->contract);
    contract_capex_step(&plan->contract, &block->contract, &block->venture, block->own_running, drawn, step);
    contract_trade_step(&plan->contract, &block->contract, &block->venture, block->own_running, &block->market, drawn, step);
    contract_support_step(&plan->contract, &block->contract, &block->venture, &block->market, step);
    contract_transfer_step(&plan->contract, &block->contract, &block->venture, drawn, step);
    contract_coordination_step(&plan->contract, &block->contract, drawn, step);
    contract_agreed_step(&plan->contract, &block->contract, &block->venture, block->after_running, drawn, step);
    contract_after_step(&plan->contract, &block->contract, plan->after, block->after_running, &block->market, drawn, step);
    contract_capital_step(&plan->contract, &block->contract, drawn);
    contract_call_step(&plan->contract, &block->contract, step);
    contract_debt_step(&plan->contract, &block->contract, &block->venture, drawn);
    value_partnership_step(&plan->value, &block->value, &block->contract, step);
    value_alone_step(&plan->value, &block->value, block->alone_running, &block->market, drawn, step);
    value_know_how_step(&plan->value, &block->value, &block->contract, &block->venture, block->own_running, block->alone_running,
                        drawn);
    contract_call_dilute(&plan->contract, &block->contract, drawn);
    contract_age_step(&plan->contract, &block->contract, &block->venture, block->own_running, block->after_running);
}

/* 14: what was made becomes experience. */
static void step_experience(const struct engine_plan *plan, struct engine_block *block)
{
    programme_experience_step(&plan->venture, &block->venture);
    for (int p = 0; p < plan->partners; p++) {
        if (block->alone_running[p]) programme_experience_step(&plan->alone[p], &block->alone[p]);
        if (block->after_running[p] && block->contract.terms.departures) {
            programme_experience_step(&plan->after[p], &block->after[p]);
        }
    }
}

void engine_block_run(const struct engine_plan *plan, struct engine_block *block, uint64_t first_path,
                      engine_step_hook *hook, void *context)
{
    draw_parameters(plan, block, first_path);
    market_block_run(&plan->market, &block->market, block->drawn, first_path);
    begin(plan, block, first_path);
    for (int step = 0; step < plan->steps; step++) {
        decision_block_step(&plan->decision, &block->decision, &block->view, step);
        step_programmes(plan, block, step);
        step_flows(plan, block, step);
#ifdef PACTOLUS_VERIFY
        if (contract_block_verify(&plan->contract, &block->contract)) __builtin_trap();
        if (plan->decision.on && decision_block_verify(&block->decision)) __builtin_trap();
#endif
        if (hook) hook(context, block, step);
        step_experience(plan, block);
    }
    value_block_end(&plan->value, &block->value, block->drawn);
}
