#include "base/lanes_math.h"
#include "market/market.h"

struct states { /* a chain of two states: 0, and 1, which appears and vanishes */
    struct random_key key;
    struct param_number appears, vanishes;
    int start;
};

/* docs/model.md (3.4): over a time t from state s the chance of 1 is p + (s - p) e^{-(a + v) t}, p = a / (a + v). The first step has
   length d/2, as every level's. */
static void run_states(const struct market_plan *plan, const struct states *states, const lanes *drawn, uint64_t first_path,
                       lanes *restrict state)
{
    PARAMETER(appears, drawn, states->appears);
    PARAMETER(vanishes, drawn, states->vanishes);
    lanes uniform[2][BLOCK_LANES];
    for (int step = 0; step < plan->steps; step++) {
        lanes *now = state + (size_t)step * BLOCK_LANES;
        const double length = (step ? 1.0 : 0.5) * plan->years_per_step;
        if (!(step & 1)) random_uniform_pair(states->key, first_path, (uint32_t)step / 2, uniform[0], uniform[1]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes before = step ? (now - BLOCK_LANES)[i] : all_lanes((double)states->start);
            lanes chance = market_use_chance(before, at(appears, i), at(vanishes, i), length);
            now[i] = choose((flags)(uniform[step & 1][i] < chance), all_lanes(1.0), all_lanes(0.0));
        }
    }
}

void market_use_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    const struct states use = {plan->use_key, plan->use->appears, plan->use->vanishes, plan->use->start};
    if (plan->use_moves) run_states(plan, &use, drawn, first_path, block->use);
}

/* Without chance it stays as it starts. */
void market_crisis_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    const struct market_crisis_config *config = &plan->config->crisis;
    const struct states crisis = {plan->crisis_key, config->entry_rate, config->exit_rate, config->start};
    if (!plan->crisis) return;
    if (!plan->certain) run_states(plan, &crisis, drawn, first_path, block->crisis);
    if (!plan->certain) return;
    for (size_t i = 0; i < (size_t)plan->steps * BLOCK_LANES; i++) block->crisis[i] = all_lanes((double)config->start);
}

void market_block_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    market_factor_run(plan, block, drawn, first_path);
    market_trade_run(plan, block, first_path);
    market_subsidy_run(plan, block, drawn, first_path);
    market_use_run(plan, block, drawn, first_path);
    market_crisis_run(plan, block, drawn, first_path);
    if (plan->shocked) market_shock_run(plan, block, drawn, first_path);
}
