#include "base/lanes_math.h"
#include "programme/programme.h"

/* Price of the inputs of a cost, 1 + sum of share (level - 1): quantities per unit are fixed. Returns 0 where it is 1. */
static int price_inputs(const struct programme_plan *plan, const struct param_number share[], const lanes *drawn,
                        const struct market_block *market, int step, lanes *restrict factor)
{
    int moves = 0;
    for (int k = 0; k < plan->market->scope->set[PARAM_SET_INPUT].count; k++) {
        PARAMETER(part, drawn, share[k]);
        if (!number_differs(share[k], 0.0)) continue;
        const struct parameter price = column_at(market_level(plan->market, market, MARKET_INPUT, k), step);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            factor[i] = (moves ? factor[i] : all_lanes(1.0)) + at(part, i) * (at(price, i) - 1.0);
        }
        moves = 1;
    }
    return moves;
}

/* ln max(v / vref, floor), v a year; and ln(1 + Q / Q0). G = v^-a and L = (1 + Q / Q0)^-b follow by one exp each. */
static void log_volume(const struct programme_plan *plan, const lanes *drawn, const lanes *restrict volume,
                       lanes *restrict log_scale)
{
    PARAMETER(reference, drawn, plan->config->reference_volume);
    PARAMETER(floor_share, drawn, plan->config->least_volume);
    const double per_year = 1.0 / plan->market->years_per_step;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        log_scale[i] = log_lanes(most(volume[i] * per_year / at(reference, i), at(floor_share, i)));
    }
}
static void log_experience(const struct programme_plan *plan, const lanes *drawn, const lanes *restrict made,
                           lanes *restrict log_learned)
{
    PARAMETER(first, drawn, plan->config->first_experience);
    for (size_t i = 0; i < BLOCK_LANES; i++) log_learned[i] = log_lanes(1.0 + made[i] / at(first, i));
}

/* phi = common share x sharing x realisation x ramp; 0 before production. */
static void common_share(const struct programme_plan *plan, const struct programme_block *block, const lanes *drawn,
                         struct parameter sharing, lanes *restrict phi)
{
    PARAMETER(common, drawn, plan->config->common_share);
    PARAMETER(realisation, drawn, plan->config->realisation);
    const double ramp = plan->config->ramp_years;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        phi[i] = at(common, i) * at(sharing, i) * at(realisation, i);
        if (ramp > 0.0) phi[i] *= least(most(block->production[i] / ramp, all_lanes(0.0)), all_lanes(1.0));
    }
}

/* S(a, b) = (1 - phi) G(v) L(Q) + phi G(V) L(Q_V), docs/model.md (4.4); a component without learning passes learned NULL. */
struct scales {
    const lanes *own_volume, *pooled_volume, *own_made, *pooled_made; /* logarithms; pooled NULL: phi is 0 */
    const lanes *phi;
};
static void add_component(const struct programme_component_config *config, const lanes *drawn, const struct scales *s,
                          const lanes *learning, const lanes *input, const lanes *strength, lanes *restrict cost)
{
    PARAMETER(first_cost, drawn, config->cost);
    PARAMETER(exponent, drawn, config->scale_exponent);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes b = learning ? learning[i] : all_lanes(0.0);
        lanes scale = exp_lanes(-at(exponent, i) * s->own_volume[i] - b * s->own_made[i]);
        if (s->pooled_volume) {
            lanes shared = exp_lanes(-at(exponent, i) * s->pooled_volume[i] - b * s->pooled_made[i]);
            scale = (1.0 - s->phi[i]) * scale + s->phi[i] * shared;
        }
        lanes part = at(first_cost, i) * (input ? input[i] : all_lanes(1.0)) * scale;
        cost[i] += strength ? part * strength[i] : part;
    }
}

/* Variants, x e^{f t} of them, add chi (x^0.4 - 1) to the cost (docs/model.md, 4.4); prices grow. */
static void finish(const struct programme_plan *plan, const lanes *drawn, int step, lanes *restrict cost)
{
    PARAMETER(complexity, drawn, plan->config->complexity);
    PARAMETER(variants, drawn, plan->config->variants);
    const int varied = number_differs(plan->config->complexity, 0.0);
    const double growth = plan->market->variety[step];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        if (varied) cost[i] *= 1.0 + at(complexity, i) * (pow_lanes(at(variants, i) * growth, all_lanes(0.4)) - 1.0);
        cost[i] *= plan->inflation[step];
    }
}

/* Both components at the scales given, with prices. */
struct input_prices {
    const lanes *material, *conversion; /* NULL: 1 */
    const lanes *in_material, *in_conversion; /* strengths; NULL: 1 */
};
static void add_components(const struct programme_plan *plan, const lanes *drawn, const struct scales *scales, const lanes *learning,
                           const struct input_prices *inputs, int step, lanes *restrict cost)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) cost[i] = all_lanes(0.0);
    add_component(&plan->config->material, drawn, scales, NULL, inputs->material, inputs->in_material, cost);
    add_component(&plan->config->conversion, drawn, scales, learning, inputs->conversion, inputs->in_conversion, cost);
    finish(plan, drawn, step, cost);
}

/* What was shown at a gate multiplies a cost as strength does. */
RARE_FUNCTION void improve(const struct programme_plan *plan, const struct programme_block *block, const lanes *drawn,
                           lanes better[2][BLOCK_LANES], struct input_prices *inputs)
{
    const lanes *const strength[2] = {inputs->in_material, inputs->in_conversion};
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) better[k][i] = strength[k] ? strength[k][i] : all_lanes(1.0);
        programme_gate_better(plan, block, k, drawn, better[k]);
    }
    inputs->in_material = better[0];
    inputs->in_conversion = better[1];
}

/* Both components of a partner's units where its own strengths count. */
RARE_FUNCTION void add_each(const struct programme_plan *plan, int partner, const struct programme_block *block, const lanes *drawn,
                            const struct scales *scales, const struct input_prices *inputs, int step, lanes *restrict cost)
{
    lanes material[BLOCK_LANES], conversion[BLOCK_LANES];
    const struct input_prices own = {inputs->material, inputs->conversion, material, conversion};
    programme_strength_own(plan, partner, STRENGTH_MATERIAL, drawn, material);
    programme_strength_own(plan, partner, STRENGTH_CONVERSION, drawn, conversion);
    if (plan->betters) programme_gate_better(plan, block, 0, drawn, material);
    if (plan->betters) programme_gate_better(plan, block, 1, drawn, conversion);
    add_components(plan, drawn, scales, block->learning, &own, step, cost);
}

/* Of the whole plant: all that it makes, and all that it has made. */
static void log_pooled(const struct programme_plan *plan, const lanes *drawn, const struct programme_block *block,
                       lanes *restrict log_scale, lanes *restrict log_learned)
{
    lanes all[BLOCK_LANES];
    for (size_t i = 0; plan->redirects && i < BLOCK_LANES; i++) all[i] = block->volume[i] + block->external[i];
    log_volume(plan, drawn, plan->redirects ? all : block->volume, log_scale);
    log_experience(plan, drawn, block->pooled_made, log_learned);
}

/* A partner that buys pays the supplier's price, moved by a region's price and by inputs. */
static void buy(const struct programme_plan *plan, int partner, struct programme_block *block, const lanes *drawn,
                const struct market_block *market, int step)
{
    PARAMETER(price, drawn, plan->bought->buy_price);
    const int region = plan->bought->buy_price_region;
    const struct column one = {market->one, 0, 0};
    const struct column followed = region < 0 ? one : market_level(plan->market, market, MARKET_PRICE, region);
    const struct parameter level = column_at(followed, step);
    lanes input[BLOCK_LANES];
    const int moves = price_inputs(plan, plan->bought->buy_input_share, drawn, market, step, input);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->unit_cost[partner][i] = at(price, i) * at(level, i) * (moves ? input[i] : all_lanes(1.0)) * plan->inflation[step];
    }
}

void programme_cost_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                         const struct market_block *market, const struct programme_drive *drive, int step)
{
    lanes material[BLOCK_LANES], conversion[BLOCK_LANES], phi[BLOCK_LANES];
    lanes own_volume[BLOCK_LANES], pooled_volume[BLOCK_LANES], own_made[BLOCK_LANES], pooled_made[BLOCK_LANES];
    if (plan->bought) {
        for (int m = 0; m < plan->sellers; m++) buy(plan, plan->seller[m], block, drawn, market, step);
        return;
    }
    const int material_moves = price_inputs(plan, plan->config->material.input_share, drawn, market, step, material);
    const int conversion_moves = price_inputs(plan, plan->config->conversion.input_share, drawn, market, step, conversion);
    struct input_prices inputs = {material_moves ? material : NULL, conversion_moves ? conversion : NULL,
                                  block->strength[STRENGTH_MATERIAL], block->strength[STRENGTH_CONVERSION]};
    lanes better[2][BLOCK_LANES];
    if (plan->betters) improve(plan, block, drawn, better, &inputs);
    struct scales scales = {own_volume, NULL, own_made, NULL, phi};
    if (plan->pooled || plan->redirects) log_pooled(plan, drawn, block, pooled_volume, pooled_made);
    if (plan->pooled) {
        common_share(plan, block, drawn, drive->sharing, phi);
        for (size_t i = 0; plan->brands && i < BLOCK_LANES; i++) block->common[i] = phi[i];
        scales.pooled_volume = pooled_volume;
        scales.pooled_made = pooled_made;
    }
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        log_volume(plan, drawn, block->made[p], own_volume);
        log_experience(plan, drawn, block->made_before[p], own_made);
        if (plan->each) add_each(plan, p, block, drawn, &scales, &inputs, step, block->unit_cost[p]);
        else add_components(plan, drawn, &scales, block->learning, &inputs, step, block->unit_cost[p]);
    }
    if (plan->localises) programme_localise_price(plan, block, drawn);
    if (!plan->redirects) return;
    const struct scales outside = {pooled_volume, NULL, pooled_made, NULL, NULL}; /* all of it pooled */
    add_components(plan, drawn, &outside, block->learning, &inputs, step, block->external_cost);
}
