/* The venture's loan along the nodes of an outlook. docs/model.md (5.9), (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

/* What is left of a balance at the end of a node before which the venture has produced for so many years (`start`: now). */
LANE_FUNCTION lanes repaid(const struct course_view *c, const struct outlook_node *node, lanes start, lanes owed)
{
    const double years = c->plan->contract->config->debt.years;
    const lanes zero = all_lanes(0.0), least_years = all_lanes(c->plan->years_per_step);
    lanes begins = most(start + node->from, zero), ends = most(start + node->to, zero);
    return owed * (1.0 - least((ends - begins) / most(years - begins, least_years), all_lanes(1.0)));
}

/* Each start of production that may come has a balance of its own; the mean of all. */
RARE_FUNCTION lanes repaid_by_start(const struct course_view *c, struct course *s, const struct outlook_node *node, lanes drawn)
{
    lanes mean = all_lanes(0.0);
    for (int j = 0; j < c->o->starts.points; j++) {
        s->owing[j] = repaid(c, node, c->o->starts.age[j], most(s->owing[j] + drawn, all_lanes(0.0)));
        mean += c->o->starts.weight[j] * s->owing[j];
    }
    return mean;
}

lanes decision_debt_saves(const struct course_view *c, struct course *s, int k, lanes invested)
{
    const struct contract_debt_config *debt = &c->plan->contract->config->debt;
    const struct outlook_node *node = &c->grid->node[k];
    lanes before = s->balance;
    if (c->plan->venture->succeeds) s->balance = repaid_by_start(c, s, node, READ(debt->share) * invested);
    else s->balance = repaid(c, node, c->o->start, most(fused(READ(debt->share), invested, before), all_lanes(0.0)));
    return (READ(debt->market_rate) - READ(debt->rate)) * (before + s->balance) * (0.5 * node->years);
}

void decision_debt_begin(const struct course_view *c, struct course *s)
{
    s->balance = c->k->balance;
    for (int j = 0; c->plan->venture->succeeds && j < c->o->starts.points; j++) s->owing[j] = c->k->balance;
}

void decision_debt_copy(const struct course_view *c, const struct course *s, struct course *copy)
{
    copy->balance = s->balance;
    for (int j = 0; c->plan->venture->succeeds && j < c->o->starts.points; j++) copy->owing[j] = s->owing[j];
}
#undef READ
