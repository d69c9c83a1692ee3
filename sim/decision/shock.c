/* What partners expect of crises and entrants: a level is a product of what moves by itself and of what shocks leave of it.
   docs/model.md (3.5, 3.6, 7.3). */
#include "decision/outlook.h"

lanes decision_shock_known(const struct market_plan *market, const struct known *known, int f)
{
    const struct market_factor *factor = &market->factor[f];
    lanes left = all_lanes(1.0);
    if (factor->kind == MARKET_DEMAND && market_crisis_moves(market, factor->member)) {
        left *= 1.0 - known_number(known, market->config->crisis.depth[factor->member]) * known->crisis;
    }
    const struct param_number *takes = market_entrant_takes(market, (int)factor->kind, factor->member);
    if (takes) left *= 1.0 - known_number(known, *takes) * known->entrant[factor->member];
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

/* Sums over the steps [first, end) of the phase of one entrant; and of what of it falls before it makes locally. */
static lanes sum_phase(const struct known *known, int region, const double *since, const double *ahead, int first, int end)
{
    lanes sum = all_lanes(0.0);
    for (int l = 0; l < LANES; l++) {
        const double arrival = known->arrival[region][l];
        const int here = arrival < (double)known->n, origin = here ? (int)arrival : known->n;
        const double *table = here ? since : ahead;
        sum[l] = table[end - origin] - table[first - origin];
    }
    return sum;
}

/* Mean effect in the nodes: as it phases in since its arrival, or may from now on; the duty at its expected rate. */
static void expect_effect(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int region,
                          lanes effect[])
{
    const struct market_entrant_config *config = &plan->market->config->entrant[region];
    const struct decision_arrival *table = &plan->arrival[region];
    lanes rate[OUTLOOK_NODES], advantage = known_number(known, config->cost_advantage);
    const int dutied = plan->market->entrant[region].localise_steps > 0 &&
                       decision_outlook_duty(plan, known, grid, config->origin, region, 0, rate);
    for (int k = 0; k < grid->nodes; k++) {
        const int first = grid->node[k].first, end = grid->node[k].end;
        effect[k] = sum_phase(known, region, table->phase, table->phase_ahead, first, end);
        if (dutied) {
            lanes eaten = 1.0 - market_entrant_kept(rate[k], advantage);
            effect[k] -= eaten * sum_phase(known, region, table->dutied, table->dutied_ahead, first, end);
        }
        effect[k] *= 1.0 / (double)(end - first);
    }
}

static void expect_entrant(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int region,
                           struct outlook *o)
{
    lanes effect[OUTLOOK_NODES];
    expect_effect(plan, known, grid, region, effect);
    for (int kind = MARKET_DEMAND; kind <= MARKET_PRICE; kind++) {
        const struct param_number *takes = market_entrant_takes(plan->market, kind, region);
        if (!takes) continue;
        lanes share = known_number(known, *takes), *level = o->level[plan->market->slot[kind][region]];
        for (int k = 0; k < grid->nodes; k++) level[k] *= 1.0 - share * effect[k];
    }
}

void decision_shock_expect(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                           struct outlook *o)
{
    const struct market_plan *market = plan->market;
    for (int r = 0; r < market->scope->set[PARAM_SET_REGION].count; r++) {
        if (market_crisis_moves(market, r)) expect_crisis(plan, known, grid, r, o->level[market->slot[MARKET_DEMAND][r]]);
        if (market->entrant[r].on) expect_entrant(plan, known, grid, r, o);
    }
}
