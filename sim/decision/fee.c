/* Fees and shares of cost by contract year along the nodes of an outlook. docs/model.md (5.2), (5.11), (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

/* Years of a node that lie in a contract year. */
static double years_in(const struct course_view *c, int k, int year)
{
    const double d = c->plan->years_per_step, from = (double)c->grid->node[k].first * d, to = (double)c->grid->node[k].end * d;
    const double begins = from > (double)year ? from : (double)year, ends = to < (double)year + 1.0 ? to : (double)year + 1.0;
    return ends > begins ? ends - begins : 0.0;
}

lanes decision_fee_paid(const struct course_view *c, const struct param_list *plan, int k)
{
    lanes sum = all_lanes(0.0);
    for (int year = 0; year < plan->count; year++) {
        const double years = years_in(c, k, year);
        if (years > 0.0) sum += READ(plan->item[year]) * years;
    }
    return sum;
}

void decision_fee_shares(const struct course_view *c, const struct course *s, int k, lanes share[PARAM_PARTNERS])
{
    const int first = c->grid->node[k].first / c->plan->steps_per_year;
    for (int p = 0; p < c->plan->partners; p++) {
        const struct param_list *list = &c->plan->contract->config->cost_share[p];
        share[p] = all_lanes(0.0);
        for (int year = first; list->count && year <= first + 1; year++) {
            share[p] += READ(list->item[year < list->count ? year : list->count - 1]) * years_in(c, k, year);
        }
    }
    decision_capital_scale(c, s, share);
}
#undef READ
