#include "base/lanes_math.h"
#include "market/market.h"

/* Normals of steps 2 pair and 2 pair + 1 for every factor, then correlated in place: z_f = sum_g L_fg z_g, from the last
   factor back, so that the earlier ones are still independent when they are read. */
static void draw_normals(const struct market_plan *plan, struct market_block *block, uint64_t first_path, int pair)
{
    const size_t half = (size_t)plan->factors * BLOCK_LANES;
    for (int f = 0; f < plan->factors; f++) {
        if (!plan->factor[f].random) continue;
        lanes *even = block->normal + (size_t)f * BLOCK_LANES;
        random_normals(plan->factor[f].key, first_path, (uint32_t)pair, even, even + half);
    }
    for (int f = plan->factors - 1; f >= 0; f--) {
        const struct market_factor *factor = &plan->factor[f];
        if (!factor->links) continue;
        for (size_t part = 0; part < 2; part++) {
            lanes *own = block->normal + part * half + (size_t)f * BLOCK_LANES;
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                lanes sum = all_lanes(0.0);
                for (int k = 0; k < factor->links; k++) {
                    const lanes *other = block->normal + part * half + (size_t)factor->link[k] * BLOCK_LANES;
                    sum = fused(all_lanes(factor->weight[k]), other[i], sum);
                }
                own[i] = sum;
            }
        }
    }
}

/* docs/model.md (3.1): X' = X e^{-kappa h} + sigma c Z;  level = exp(g t + X - sigma^2 v / 2), mean e^{g t + gap e^{-kappa t}}. */
static void step_factor(const struct market_plan *plan, const struct market_factor *factor, const lanes *drawn, int step,
                        const lanes *restrict normal, lanes *restrict state, lanes *restrict level)
{
    PARAMETER(growth, drawn, factor->config->growth);
    PARAMETER(volatility, drawn, factor->config->volatility);
    const lanes decay = all_lanes(step ? factor->decay : factor->decay_first);
    const double spread = step ? factor->spread : factor->spread_first;
    const double half_variance = 0.5 * factor->variance[step];
    const double lowered = factor->lowered ? factor->price_of_risk * factor->lowered[step] : 0.0; /* docs/model.md (3.7) */
    const double time = ((double)step + 0.5) * plan->years_per_step;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes sigma = at(volatility, i);
        lanes shock = factor->random ? sigma * spread * normal[i] : all_lanes(0.0);
        state[i] = fused(state[i], decay, shock);
        lanes exponent = at(growth, i) * time + state[i] - sigma * sigma * half_variance;
        if (factor->lowered) exponent -= sigma * lowered;
        level[i] = factor->scale * exp_lanes(exponent);
    }
}

void market_factor_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path)
{
    const size_t half = (size_t)plan->factors * BLOCK_LANES;
    for (int f = 0; f < plan->factors; f++) {
        PARAMETER(start_gap, drawn, plan->factor[f].config->start_gap);
        for (size_t i = 0; i < BLOCK_LANES; i++) block->state[(size_t)f * BLOCK_LANES + i] = at(start_gap, i);
    }
    for (int step = 0; step < plan->steps; step++) {
        const size_t part = (size_t)(step & 1) * half;
        if (!(step & 1)) draw_normals(plan, block, first_path, step / 2);
        if (!(step & 1) && plan->jumpers) market_jump_draw(plan, block, first_path, step / 2);
        for (int f = 0; f < plan->factors; f++) {
            const size_t own = (size_t)f * BLOCK_LANES;
            if (plan->factor[f].jumps) market_jump_step(plan, &plan->factor[f], block, drawn, step, block->state + own);
            step_factor(plan, &plan->factor[f], drawn, step, block->normal + part + own, block->state + own,
                        block->level[f] + (size_t)step * BLOCK_LANES);
        }
    }
}
