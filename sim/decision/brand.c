/* What commonality costs in price, and what the product takes from others, along the nodes of a projection. docs/model.md (4.12), (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

void decision_brand_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    for (int q = 0; q < plan->venture->sellers; q++) {
        const int p = plan->venture->seller[q];
        lanes cost = known_number(known, plan->venture->product[p].brand_cost);
        for (int k = 0; k < grid->nodes; k++) o->revenue[p][k] *= 1.0 - cost * o->common[k];
    }
}

lanes decision_brand_unit(const struct course_view *c, int p, int j)
{
    const struct programme_product_config *product = &c->plan->venture->product[p];
    return READ(product->cannibal[j]) * READ(product->margin_other);
}

lanes decision_brand_lost(const struct course_view *c, const struct making *making, int p, int but, int k)
{
    const struct programme_plan *venture = c->plan->venture;
    lanes sum = all_lanes(0.0);
    if (!making->some[k]) return sum;
    for (int q = 0; q < venture->sellers; q++) {
        const int j = venture->seller[q];
        if (j != but) sum += decision_brand_unit(c, p, j) * making->made[j][k];
    }
    return sum * c->grid->node[k].prices;
}
#undef READ
