#include "base/lanes_math.h"
#include "programme/programme.h"

void programme_block_begin(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->clock[i] = all_lanes(plan->later ? PROGRAMME_NOT_BEGUN : 0.0);
        block->production[i] = all_lanes(-1.0);
        block->pooled_made[i] = block->capex[i] = block->capex_planned[i] = block->grant[i] = all_lanes(0.0);
    }
    if (plan->ends || plan->succeeds || plan->adverse) programme_event_begin(plan, block, drawn);
    if (plan->gates) programme_gate_begin(plan, block);
    if (plan->tardy && plan->later) programme_late_begin(block);
    if (!plan->members) return;
    if (plan->localises) programme_localise_begin(plan, block);
    if (plan->passes) programme_price_begin(plan, block);
    PARAMETER(learning_rate, drawn, plan->config->learning_rate);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->learning[i] = -log_lanes(1.0 - at(learning_rate, i)) * 0x1.71547652b82fep0; /* 1 / ln 2 */
    }
    for (int m = 0; m < plan->members; m++) {
        const int p = plan->member[m];
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->made_before[p][i] = block->ordered[p][i] = block->planned[p][i] = block->made[p][i] = block->unit_cost[p][i] =
                all_lanes(0.0);
        }
    }
}

/* C(b) - C(a), C piecewise linear through a list by year. */
static void spend(const struct param_list *list, const lanes *drawn, const lanes *restrict from, const lanes *restrict to,
                  lanes *restrict spent)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) spent[i] = all_lanes(0.0);
    for (int year = 0; year < list->count; year++) {
        PARAMETER(amount, drawn, list->item[year]);
        if (!number_differs(list->item[year], 0.0)) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            spent[i] += at(amount, i) * programme_part_of_year(from[i], to[i], (double)year);
        }
    }
}

/* Multiplies by overrun and by the prices of inputs: 1 + sum of share (price - 1). */
static void price_capex(const struct programme_plan *plan, const lanes *drawn, const struct market_block *market, int step,
                        lanes *restrict capex)
{
    PARAMETER(overrun, drawn, plan->config->capex_overrun);
    for (size_t i = 0; i < BLOCK_LANES; i++) capex[i] *= at(overrun, i);
    lanes factor[BLOCK_LANES];
    int moves = 0;
    for (int k = 0; k < plan->market->scope->set[PARAM_SET_INPUT].count; k++) {
        PARAMETER(share, drawn, plan->config->capex_input_share[k]);
        if (!number_differs(plan->config->capex_input_share[k], 0.0)) continue;
        const struct parameter price = column_at(market_level(plan->market, market, MARKET_INPUT, k), step);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            factor[i] = (moves ? factor[i] : all_lanes(1.0)) + at(share, i) * (at(price, i) - 1.0);
        }
        moves = 1;
    }
    for (size_t i = 0; moves && i < BLOCK_LANES; i++) capex[i] *= factor[i];
}

/* Software and the rest go by strengths of their own, in the plan too. */
static void strengthen(const struct programme_plan *plan, const struct programme_block *block, const lanes *drawn, lanes *restrict capex)
{
    PARAMETER(share, drawn, plan->config->software_share);
    const lanes *software = block->strength[STRENGTH_SOFTWARE], *plant = block->strength[STRENGTH_PLANT];
    for (size_t i = 0; i < BLOCK_LANES; i++) capex[i] *= plant[i] + at(share, i) * (software[i] - plant[i]);
}

/* Years of production at the start of the step: 0 in the first step whose clock starts at or beyond production_start, with no gate
   open before it. */
static void count_production(const struct programme_plan *plan, struct programme_block *block)
{
    const double start = plan->config->production_start - PROGRAMME_SLACK;
    const int waits = plan->gates || plan->succeeds;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags on = (flags)(block->production[i] >= 0.0), begins = (flags)(block->clock[i] >= start);
        if (waits) begins = programme_ready(plan, block, i);
        lanes later = block->production[i] + plan->market->years_per_step;
        block->production[i] = choose(on, later, choose(begins, all_lanes(0.0), all_lanes(-1.0)));
    }
}

void programme_clock_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                          const struct market_block *market, struct parameter progress, int step)
{
    PARAMETER(delay, drawn, plan->config->delay);
    lanes next[BLOCK_LANES], moves[BLOCK_LANES];
    const struct parameter allowed = progress;
    if (plan->gates) programme_gate_turn(plan, block);
    if (plan->adverse) programme_event_hold(block, progress, moves);
    if (plan->adverse) progress = (struct parameter){moves, ~(size_t)0};
    count_production(plan, block);
    if (plan->tardy && plan->later) programme_late_clock(plan, block);
    if (plan->strong) programme_strength_step(plan, block, drawn);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        next[i] = block->clock[i] + plan->market->years_per_step * at(progress, i) / most(at(delay, i), all_lanes(PROGRAMME_LEAST_DELAY));
    }
    for (size_t i = 0; plan->later && i < BLOCK_LANES; i++) { /* until its clock is set it stands */
        next[i] = choose((flags)(block->clock[i] < 0.0), block->clock[i], next[i]);
    }
    if (plan->gates) programme_gate_hold(plan, block, next);
    if (!plan->bought) {
        spend(&plan->config->capex_plan, drawn, block->clock, next, block->capex_planned);
        if (plan->strong) strengthen(plan, block, drawn, block->capex_planned);
        spend(&plan->config->capex_grant, drawn, block->clock, next, block->grant);
        for (size_t i = 0; i < BLOCK_LANES; i++) block->capex[i] = block->capex_planned[i];
        price_capex(plan, drawn, market, step, block->capex);
    }
    for (size_t i = 0; plan->gates && i < BLOCK_LANES; i++) { /* beyond the plan, in money of its year; where it goes on at all */
        flags goes_on = (flags)(at(allowed, i) > 0.0);
        block->capex[i] += choose(goes_on, block->retry[i], all_lanes(0.0));
        block->retry[i] = choose(goes_on, all_lanes(0.0), block->retry[i]);
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->clock_before[i] = block->clock[i];
        block->clock[i] = next[i];
    }
    if (plan->develops) programme_development_step(plan, block, drawn, progress, step);
    if (plan->gates) programme_gate_try(plan, block, drawn, progress);
    if (plan->adverse) programme_event_fall(plan, block, drawn);
}
