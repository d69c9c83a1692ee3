/* Prices that pass a change of duty on, at once in part and more of it with time, and what that does to volumes.
   docs/model.md (4.3). */
#include "base/lanes_math.h"
#include "programme/programme.h"

void programme_price_begin(const struct programme_plan *plan, struct programme_block *block)
{
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        for (int r = 0; r < plan->regions; r++) {
            for (size_t i = 0; plan->follows[p][r] && i < BLOCK_LANES; i++) {
                block->duty_felt[p][r][i] = block->rivals_felt[p][r][i] = all_lanes(0.0);
                block->price_factor[p][r][i] = all_lanes(1.0);
            }
        }
    }
}

/* Duty of the step on what rivals, and the partner itself, bring over the border, less that of the start. */
static lanes change_at(const struct programme_plan *plan, int region, struct parameter rate, size_t i)
{
    return at(rate, i) - plan->start_duty[region];
}
static lanes own_change_at(const struct programme_plan *plan, const struct programme_block *block, int region, struct parameter rate, size_t i)
{
    lanes change = change_at(plan, region, rate, i);
    if (!plan->localises || region != plan->config->localise.to) return change;
    return choose(programme_localise_on(plan, block, i), all_lanes(0.0 - plan->start_duty[region]), change);
}

/* s' = s + (1 - e^{-speed d}) (change - s);  price factor = 1 + customs share (first change + (long - first) s'). */
static void follow(const struct programme_plan *plan, struct programme_block *block, int p, int r, const lanes *drawn,
                   struct parameter rate)
{
    const struct programme_product_config *product = &plan->product[p];
    const double part = 1.0 - plan->pass_left[p];
    lanes *own = block->duty_felt[p][r], *rivals = block->rivals_felt[p][r];
    PARAMETER(share, drawn, product->customs_share);
    PARAMETER(first, drawn, product->pass_first);
    PARAMETER(lasting, drawn, product->pass_long);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes change = own_change_at(plan, block, r, rate, i);
        own[i] += part * (change - own[i]);
        if (rivals != own) rivals[i] += part * (change_at(plan, r, rate, i) - rivals[i]);
        block->price_factor[p][r][i] = programme_price_of(at(share, i), at(first, i), at(lasting, i), change, own[i]);
    }
}

void programme_price_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                          const struct market_block *market, int step)
{
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        for (int r = 0; r < plan->regions; r++) {
            if (!plan->follows[p][r]) continue;
            follow(plan, block, p, r, drawn, column_at(market_tariff(plan->market, market, plan->config->site, r), step));
        }
    }
}

void programme_price_react(const struct programme_plan *plan, const struct programme_block *block, int partner, int region,
                           const lanes *drawn, const struct market_block *market, int step, lanes *restrict wanted)
{
    const struct programme_product_config *product = &plan->product[partner];
    const struct parameter rate = column_at(market_tariff(plan->market, market, plan->config->site, region), step);
    PARAMETER(share, drawn, product->customs_share);
    PARAMETER(first, drawn, product->pass_first);
    PARAMETER(lasting, drawn, product->pass_long);
    PARAMETER(elasticity, drawn, product->elasticity);
    PARAMETER(exposed, drawn, product->rivals_exposed);
    if (!number_differs(product->elasticity, 0.0)) return;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes rivals = programme_price_of(at(share, i), at(first, i), at(lasting, i), change_at(plan, region, rate, i),
                                          block->rivals_felt[partner][region][i]);
        wanted[i] *= programme_price_volume(block->price_factor[partner][region][i], rivals, at(exposed, i), at(elasticity, i));
    }
}
