/* What happens to a whole region and moves its levels: a crisis, an entrant. docs/model.md (3.5, 3.6). */
#include "base/lanes_math.h"
#include "market/market.h"

/* docs/model.md (3.5): demand x (1 - depth) while there is one; not made up for elsewhere. */
static void lose_demand(const struct market_plan *plan, const struct market_block *block, const lanes *drawn, int region)
{
    PARAMETER(depth, drawn, plan->config->crisis.depth[region]);
    lanes *demand = block->level[plan->slot[MARKET_DEMAND][region]];
    for (int step = 0; step < plan->steps; step++) {
        const size_t cell = (size_t)step * BLOCK_LANES;
        for (size_t i = 0; i < BLOCK_LANES; i++) demand[cell + i] *= 1.0 - at(depth, i) * block->crisis[cell + i];
    }
}

/* It arrives in the first step whose accumulated hazard reaches E = -ln u, drawn once per path (0.4); without chance never. */
static void arrive(const struct market_plan *plan, int region, uint64_t first_path, lanes *restrict arrival)
{
    const double rate = plan->config->entrant[region].arrival_rate;
    lanes uniform[BLOCK_LANES];
    random_uniforms(plan->entrant[region].key, first_path, 0, uniform);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes threshold = plan->certain ? all_lanes(LANES_MATH_INFINITY) : -log_lanes(uniform[i]);
        arrival[i] = all_lanes(0.0);
        for (int step = 0; step < plan->steps; step++) {
            flags waits = (flags)(rate * ((double)(step + 1) * plan->years_per_step) < threshold);
            arrival[i] = choose(waits, all_lanes((double)(step + 1)), arrival[i]);
        }
    }
}

/* docs/model.md (3.6): share of its full effect, by step: phased in, less what the duty eats while it pays one. */
static void take_effect(const struct market_plan *plan, const struct market_block *block, const lanes *drawn, int region)
{
    const struct market_entrant_config *config = &plan->config->entrant[region];
    const struct column duty = market_tariff(plan, block, config->origin, region);
    PARAMETER(advantage, drawn, config->cost_advantage);
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    const double local = (double)plan->entrant[region].localise_steps;
    for (int step = 0; step < plan->steps; step++) {
        const struct parameter tariff = column_at(duty, step);
        lanes *effect = block->entrant[region] + (size_t)step * BLOCK_LANES;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes age = (double)step - block->arrival[region][i], years = (age + 0.5) * plan->years_per_step;
            lanes phase = config->phase_years > 0.0 ? least(years / config->phase_years, one) : one;
            lanes kept = choose((flags)(age < local), market_entrant_kept(at(tariff, i), at(advantage, i)), one);
            effect[i] = choose((flags)(age >= 0.0), phase * kept, zero);
        }
    }
}

static void lose_to_entrant(const struct market_plan *plan, const struct market_block *block, const lanes *drawn, enum market_kind kind,
                            int region)
{
    const struct param_number *takes = market_entrant_takes(plan, (int)kind, region);
    if (!takes) return;
    PARAMETER(share, drawn, *takes);
    lanes *level = block->level[plan->slot[kind][region]];
    for (int step = 0; step < plan->steps; step++) {
        const size_t cell = (size_t)step * BLOCK_LANES;
        for (size_t i = 0; i < BLOCK_LANES; i++) level[cell + i] *= 1.0 - at(share, i) * block->entrant[region][cell + i];
    }
}

void market_shock_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    for (int r = 0; r < plan->scope->set[PARAM_SET_REGION].count; r++) {
        if (market_crisis_moves(plan, r)) lose_demand(plan, block, drawn, r);
        if (!plan->entrant[r].on) continue;
        arrive(plan, r, first_path, block->arrival[r]);
        take_effect(plan, block, drawn, r);
        lose_to_entrant(plan, block, drawn, MARKET_DEMAND, r);
        lose_to_entrant(plan, block, drawn, MARKET_PRICE, r);
    }
}
