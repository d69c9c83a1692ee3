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

/* The ramp in a node, at its middle less half a step (as of commonality). With a success to come: of what is made in it, and `all` of
   its time. */
static lanes ramp_of(const struct decision_plan *plan, const struct outlook_node *node, const struct outlook *o, lanes *all)
{
    const double years = plan->venture->config->ramp_years, middle = 0.5 * (node->from + node->to - plan->years_per_step);
    *all = all_lanes(1.0);
    if (!(years > 0.0)) return *all;
    if (!plan->venture->succeeds) return *all = outlook_between((o->start + middle) / years, 0.0, 1.0);
    lanes made, ramped = decision_outlook_ramp(plan, o, node, &made);
    *all = all_lanes(0.0);
    for (int j = 0; j < o->starts.points; j++) {
        *all += o->starts.weight[j] * outlook_between((o->starts.age[j] + middle) / years, 0.0, 1.0);
    }
    return ramped / choose((flags)(made > 0.0), made, all_lanes(1.0));
}

/* What is lost on the way falls with the ramp. Capital is spent before anything is made too. */
void decision_strength_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    const struct programme_config *config = plan->venture->config;
    lanes loss = config->ramp_years > 0.0 && !plan->venture->each ? known_number(known, config->transfer_loss) : all_lanes(0.0);
    lanes share = known_number(known, config->software_share), strength[STRENGTHS];
    for (int k = 0; k < STRENGTHS; k++) strength[k] = decision_strength_of(known, plan->venture, (enum programme_strength)k);
    for (int n = 0; n < grid->nodes; n++) {
        lanes all, ramp = ramp_of(plan, &grid->node[n], o, &all), lost = 1.0 + loss * (1.0 - all);
        for (int k = 0; k < STRENGTHS; k++) o->strength[k][n] = strength[k] * (1.0 + loss * (1.0 - ramp));
        lanes plant = strength[STRENGTH_PLANT] * lost, software = strength[STRENGTH_SOFTWARE] * lost;
        o->build[n] = plant + share * (software - plant);
    }
}
