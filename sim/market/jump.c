/* Levels that jump: a compound Poisson process of log jumps (Merton, J. Financial Economics 3 (1976) 125-144). docs/model.md (3.1). */
#include "base/lanes_math.h"
#include "market/market.h"

enum { MOST_JUMPS = 200 }; /* in a step; the rate's range makes more of them less likely than rounding */

/* Number of jumps in a step by inversion: k is the number of cumulative probabilities at or below u. Beyond 2^-60 a probability no
   longer moves their sum. */
static lanes count_jumps(lanes uniform, lanes mean)
{
    lanes chance = exp_lanes(-mean), below = chance, count = all_lanes(0.0), one = all_lanes(1.0);
    for (int k = 1; k <= MOST_JUMPS; k++) {
        flags more = (flags)(uniform >= below) & (flags)(chance > 0x1p-60);
        if (!any(more)) break;
        count = choose(more, count + one, count);
        chance = choose(more, chance * mean / (double)k, chance);
        below = choose(more, below + chance, below);
    }
    return count;
}

void market_jump_draw(const struct market_plan *plan, struct market_block *block, uint64_t first_path, int pair)
{
    for (int f = 0; f < plan->factors; f++) {
        const struct market_factor *factor = &plan->factor[f];
        if (!factor->jumps) continue;
        lanes *of_factor = block->jump + 4 * (size_t)factor->jump_slot * BLOCK_LANES;
        random_uniform_pair(factor->jump_key, first_path, (uint32_t)pair, of_factor, of_factor + BLOCK_LANES);
        random_normals(factor->jump_key, first_path, (uint32_t)pair, of_factor + 2 * BLOCK_LANES, of_factor + 3 * BLOCK_LANES);
    }
}

/* docs/model.md (3.1): the sum of k jumps is normal with k mu and k delta^2; lambda h (E e^J - 1) less keeps the mean of the level. */
void market_jump_step(const struct market_plan *plan, const struct market_factor *factor, const struct market_block *block,
                      const lanes *drawn, int step, lanes *restrict state)
{
    PARAMETER(rate, drawn, factor->config->jump_rate);
    PARAMETER(mean, drawn, factor->config->jump_mean);
    PARAMETER(deviation, drawn, factor->config->jump_volatility);
    const lanes *uniform = block->jump + (4 * (size_t)factor->jump_slot + (size_t)(step & 1)) * BLOCK_LANES;
    const lanes *normal = uniform + 2 * BLOCK_LANES;
    const double length = (step ? 1.0 : 0.5) * plan->years_per_step;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes mu = at(mean, i), delta = at(deviation, i), expected = at(rate, i) * length;
        lanes count = count_jumps(uniform[i], expected);
        lanes gain = exp_lanes(mu + 0.5 * delta * delta) - 1.0;
        state[i] += count * mu + square_root(count) * delta * normal[i] - expected * gain;
    }
}
