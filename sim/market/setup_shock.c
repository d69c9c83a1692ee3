/* What happens to a whole region, and the measure, from the market's config to what the kernels need. */
#include <stdio.h>

#include "base/elementary.h"
#include "market/setup.h"

static void set_crisis(struct market_plan *plan, const struct market_config *config, uint64_t seed)
{
    plan->crisis_key = random_stream_key(seed, MARKET_CRISIS_STREAM);
    plan->crisis = config->crisis.start || number_differs(config->crisis.entry_rate, 0.0);
}

const char *market_setup_entrant_stream(const struct market_plan *plan, int region, char stream[MARKET_STREAM])
{
    snprintf(stream, MARKET_STREAM, "market.entrant.%s/arrival", plan->scope->set[PARAM_SET_REGION].name[region]);
    return stream;
}

static void set_entrant(struct market_plan *plan, int region, int steps_per_year, uint64_t seed)
{
    const struct market_entrant_config *config = &plan->config->entrant[region];
    struct market_entrant *entrant = &plan->entrant[region];
    char stream[MARKET_STREAM];
    entrant->key = random_stream_key(seed, market_setup_entrant_stream(plan, region, stream));
    entrant->on = config->arrival_rate > 0.0 && (number_differs(config->price_cut, 0.0) || number_differs(config->share_loss, 0.0));
    entrant->localise_steps = config->origin < 0 ? 0 : (int)(config->localise_years * (double)steps_per_year + 0.5);
}

void market_setup_shocks(struct market_plan *plan, const struct market_config *config, int steps_per_year, uint64_t seed)
{
    set_crisis(plan, config, seed);
    for (int r = 0; r < plan->scope->set[PARAM_SET_REGION].count; r++) {
        set_entrant(plan, r, steps_per_year, seed);
        plan->shocked |= market_crisis_moves(plan, r) || plan->entrant[r].on;
    }
}

/* docs/model.md (3.7): the drift of X is lowered by price x sigma, its mean by that times (1 - e^{-kappa t}) / kappa. */
void market_setup_measure(struct market_plan *plan, int f, double *lowered)
{
    struct market_factor *factor = &plan->factor[f];
    const double kappa = factor->config->mean_reversion;
    factor->price_of_risk = factor->config->price_of_risk;
    if (!(factor->price_of_risk < 0.0 || factor->price_of_risk > 0.0) || !factor->random) return;
    for (int n = 0; n < plan->steps; n++) {
        const double time = ((double)n + 0.5) * plan->years_per_step;
        lowered[n] = kappa > 0.0 ? (1.0 - elementary_exp(-kappa * time)) / kappa : time;
    }
    factor->lowered = lowered;
}
