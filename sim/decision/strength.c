/* What partners are good at, along the nodes of a projection. docs/model.md (4.11), (7.3). */
#include "decision/prospect.h"

/* Where each has its own: of what is common, as programme/strength.c has it. */
RARE_FUNCTION lanes blend(const struct known *known, const struct programme_plan *programme, enum programme_strength k)
{
    double sum = 0.0;
    for (int m = 0; m < programme->ables; m++) sum += programme->product[programme->able[m]].part;
    lanes first = known_number(known, programme->product[programme->able[0]].strength[k]), strength = first;
    for (int m = 1; m < programme->ables; m++) {
        const struct programme_product_config *product = &programme->product[programme->able[m]];
        strength += product->part / sum * (known_number(known, product->strength[k]) - first);
    }
    return strength;
}

lanes decision_strength_of(const struct known *known, const struct programme_plan *programme, enum programme_strength k)
{
    const int lead = programme->master >= 0 ? -1 : programme->config->lead[k];
    if (programme->each) return blend(known, programme, k);
    lanes strength = known_number(known, programme->product[lead < 0 ? programme->able[0] : lead].strength[k]);
    for (int m = 1; lead < 0 && m < programme->ables; m++) {
        strength = least(strength, known_number(known, programme->product[programme->able[m]].strength[k]));
    }
    return strength;
}

lanes decision_strength_capex(const struct known *known, const struct programme_plan *programme)
{
    if (!programme->strong) return all_lanes(1.0);
    lanes share = known_number(known, programme->config->software_share), plant = decision_strength_of(known, programme, STRENGTH_PLANT);
    return plant + share * (decision_strength_of(known, programme, STRENGTH_SOFTWARE) - plant);
}

/* What is lost on the way falls with the ramp, at the middle of a node less half a step (as of commonality). */
void decision_strength_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    const struct programme_config *config = plan->venture->config;
    lanes loss = config->ramp_years > 0.0 && !plan->venture->each ? known_number(known, config->transfer_loss) : all_lanes(0.0);
    for (int k = 0; k < STRENGTHS; k++) {
        lanes strength = decision_strength_of(known, plan->venture, (enum programme_strength)k);
        for (int n = 0; n < grid->nodes; n++) {
            const struct outlook_node *node = &grid->node[n];
            lanes y = o->start + 0.5 * (node->from + node->to - plan->years_per_step), ramp = all_lanes(1.0);
            if (config->ramp_years > 0.0) ramp = outlook_between(y / config->ramp_years, 0.0, 1.0);
            o->strength[k][n] = strength * (1.0 + loss * (1.0 - ramp));
        }
    }
}
