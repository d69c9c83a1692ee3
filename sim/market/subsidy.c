#include "base/lanes_math.h"
#include "market/market.h"

/* docs/model.md (3.3): repealed in the first step whose accumulated hazard reaches E = -ln u, drawn once per path. */
static void run_one(const struct market_plan *plan, const struct market_subsidy *subsidy, const lanes *drawn,
                    const lanes *restrict threshold, lanes *restrict support)
{
    PARAMETER(per_unit, drawn, subsidy->config->per_unit);
    PARAMETER(repeal_rate, drawn, subsidy->config->repeal_rate);
    PARAMETER(haircut, drawn, subsidy->config->haircut);
    for (int step = 0; step < plan->steps; step++) {
        const double end = (double)(step + 1) * plan->years_per_step;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            flags alive = (flags)(at(repeal_rate, i) * end < threshold[i]);
            lanes amount = at(per_unit, i) * (1.0 - at(haircut, i)) * subsidy->schedule[step];
            support[(size_t)step * BLOCK_LANES + i] = choose(alive, amount, all_lanes(0.0));
        }
    }
}

void market_subsidy_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    for (int s = 0; s < plan->subsidies; s++) {
        lanes *threshold = block->repeal[s];
        random_uniforms(plan->subsidy[s].key, first_path, 0, threshold);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            threshold[i] = plan->certain ? all_lanes(LANES_MATH_INFINITY) : -log_lanes(threshold[i]);
        }
        run_one(plan, &plan->subsidy[s], drawn, threshold, block->support[s]);
    }
}
