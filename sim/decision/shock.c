/* What partners expect of a crisis: a level is a product of what moves by itself and of what a shock leaves of it. docs/model.md
   (3.5, 7.3). */
#include "decision/outlook.h"

lanes decision_shock_known(const struct market_plan *market, const struct known *known, int f)
{
    const struct market_factor *factor = &market->factor[f];
    lanes left = all_lanes(1.0);
    if (factor->kind == MARKET_DEMAND && market_crisis_moves(market, factor->member)) {
        left *= 1.0 - known_number(known, market->config->crisis.depth[factor->member]) * known->crisis;
    }
    return left;
}

static void expect_crisis(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int region,
                          lanes demand[])
{
    const struct market_crisis_config *crisis = &plan->market->config->crisis;
    const double half = 0.5 * plan->years_per_step;
    lanes depth = known_number(known, crisis->depth[region]);
    lanes entry = known_number(known, crisis->entry_rate), leave = known_number(known, crisis->exit_rate);
    for (int k = 0; k < grid->nodes; k++) {
        demand[k] *= 1.0 - depth * market_use_chance(known->crisis, entry, leave, half * (double)grid->node[k].ahead);
    }
}

void decision_shock_expect(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                           struct outlook *o)
{
    const struct market_plan *market = plan->market;
    for (int r = 0; r < market->scope->set[PARAM_SET_REGION].count; r++) {
        if (market_crisis_moves(market, r)) expect_crisis(plan, known, grid, r, o->level[market->slot[MARKET_DEMAND][r]]);
    }
}
