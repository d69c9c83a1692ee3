/* The venture's loan along the nodes of an outlook. docs/model.md (5.9), (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

lanes decision_debt_saves(const struct course_view *c, struct course *s, int k, lanes invested)
{
    const struct contract_debt_config *debt = &c->plan->contract->config->debt;
    const struct outlook_node *node = &c->grid->node[k];
    const lanes zero = all_lanes(0.0), least_years = all_lanes(c->plan->years_per_step);
    lanes before = s->balance, owed = most(fused(READ(debt->share), invested, before), zero);
    /* years of production at the ends of the node */
    lanes begins = most(c->o->start + node->from, zero), ends = most(c->o->start + node->to, zero);
    lanes part = least((ends - begins) / most(debt->years - begins, least_years), all_lanes(1.0));
    s->balance = owed * (1.0 - part);
    return (READ(debt->market_rate) - READ(debt->rate)) * (before + s->balance) * (0.5 * node->years);
}
#undef READ
