/* What commonality saves by plan, and what it costs to achieve. docs/model.md (4.5). */
#include "base/elementary.h"
#include "programme/programme.h"

/* G and L of one owner's volume, of both components: docs/model.md (4.4), by the means of what is drawn. */
static double unit_cost(const struct programme_config *c, const double strength[2], double volume, double made)
{
    const double share = volume / c->reference_volume.value, floor_share = c->least_volume.value;
    const double log_scale = elementary_log(share > floor_share ? share : floor_share);
    const double log_learned = elementary_log(1.0 + made / c->first_experience.value);
    const double learning = -elementary_log(1.0 - c->learning_rate.value) * 0x1.71547652b82fep0; /* 1 / ln 2 */
    return c->material.cost.value * strength[0] * elementary_exp(-c->material.scale_exponent.value * log_scale) +
           c->conversion.cost.value * strength[1] *
               elementary_exp(-c->conversion.scale_exponent.value * log_scale - learning * log_learned);
}

/* Volume of a year of production by plan, {volume}. */
static double planned(const struct programme_plan *plan, int partner, int year)
{
    double sum = 0.0;
    for (int r = 0; r < plan->regions && !plan->product[partner].apart; r++) {
        const struct param_list *list = plan->sales[partner][r];
        if (list) sum += list->item[year < list->count ? year : list->count - 1].value;
    }
    return sum;
}

/* As much of it as the plant makes; returns the sum. */
static double make(const struct programme_plan *plan, int year, double volume[PARAM_PARTNERS])
{
    const double capacity = plan->config->capacity.value;
    double sum = 0.0;
    for (int m = 0; m < plan->sellers; m++) sum += volume[m] = planned(plan, plan->seller[m], year);
    for (int m = 0; m < plan->sellers && sum > capacity; m++) volume[m] *= capacity / sum;
    return sum > capacity ? capacity : sum;
}

/* Of what is made for a seller: its own where each has its own, else the venture's. */
static double strength_of(const struct programme_plan *plan, int seller, enum programme_strength k)
{
    if (plan->each) return plan->product[seller].strength[k].value;
    const int lead = plan->config->lead[k];
    if (lead >= 0) return plan->product[lead].strength[k].value;
    double best = plan->product[plan->able[0]].strength[k].value;
    for (int m = 1; m < plan->ables; m++) {
        const double other = plan->product[plan->able[m]].strength[k].value;
        if (other < best) best = other;
    }
    return best;
}

/* Of the first year of production that lies behind the ramp: sum of (own unit cost - pooled unit cost) x volume. */
static double saving(const struct programme_plan *plan)
{
    const struct programme_config *c = plan->config;
    const double variety = elementary_pow(c->variants.value, 0.4) - 1.0;
    double volume[PARAM_PARTNERS], made[PARAM_PARTNERS] = {0.0}, all = 0.0, sum = 0.0;
    int year = 0;
    for (; (double)year < c->ramp_years - PROGRAMME_SLACK; year++) {
        all += make(plan, year, volume);
        for (int m = 0; m < plan->sellers; m++) made[m] += volume[m];
    }
    const double pooled = make(plan, year, volume);
    for (int m = 0; m < plan->sellers; m++) {
        const int p = plan->seller[m];
        const double strength[2] = {strength_of(plan, p, STRENGTH_MATERIAL), strength_of(plan, p, STRENGTH_CONVERSION)};
        sum += (unit_cost(c, strength, volume[m], made[m]) - unit_cost(c, strength, pooled, all)) * volume[m];
    }
    return sum * (1.0 + c->complexity.value * variety);
}

void programme_achieve_plan(struct programme_plan *plan)
{
    const struct programme_config *c = plan->config;
    plan->achieves = plan->pooled && plan->sellers && plan->ables && number_differs(c->cost_to_achieve, 0.0);
    if (plan->achieves) plan->saving = saving(plan) * c->common_share.value * c->realisation.value;
}
