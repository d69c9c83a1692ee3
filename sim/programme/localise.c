/* A second plant, where the programme sells: what it makes there crosses no border. When it is built is decided elsewhere
   (decision/localise.c). docs/model.md (4.8). */
#include "base/lanes_math.h"
#include "programme/programme.h"

void programme_localise_begin(const struct programme_plan *plan, struct programme_block *block)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->localised[i] = all_lanes(-1.0);
        block->local_capex[i] = block->local_volume[i] = all_lanes(0.0);
        for (int m = 0; m < plan->members; m++) {
            block->local_made[plan->member[m]][i] = all_lanes(0.0);
            block->local_cost[plan->member[m]][i] = all_lanes(1.0);
        }
    }
}

void programme_localise_make(const struct programme_plan *plan, struct programme_block *block)
{
    const int to = plan->config->localise.to;
    for (size_t i = 0; i < BLOCK_LANES; i++) block->local_volume[i] = all_lanes(0.0);
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        if (!block->sold[p][to]) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes made = choose(programme_localise_on(plan, block, i), block->sold[p][to][i], all_lanes(0.0));
            block->local_made[p][i] = made;
            block->local_volume[i] += made;
        }
    }
}

/* c (1 + (penalty - 1) x share made there). */
void programme_localise_price(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn)
{
    PARAMETER(penalty, drawn, plan->config->localise.cost_penalty);
    const lanes one = all_lanes(1.0);
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes made = block->made[p][i], local = block->local_made[p][i];
            lanes factor = choose((flags)(local > 0.0), 1.0 + (at(penalty, i) - 1.0) * (local / most(made, local)), one);
            block->local_cost[p][i] = factor;
            block->unit_cost[p][i] *= factor;
        }
    }
}

void programme_localise_age(const struct programme_plan *plan, struct programme_block *block)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes older = block->localised[i] + plan->market->years_per_step;
        block->localised[i] = choose((flags)(block->localised[i] >= 0.0), older, block->localised[i]);
    }
}
