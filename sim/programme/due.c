/* When a programme would produce, and a product be sold, if all went by plan. docs/model.md (4.3). */
#include "programme/programme.h"

/* Steps of a clock without delay, chance or standstill, every gate passed at its first attempt: what rounding to steps, and one
   gate after another, cost the plan itself. Success is not waited for: it comes late if it comes after production_start. */
static double steps_by_plan(const struct programme_plan *plan)
{
    const double start = plan->config->production_start - PROGRAMME_SLACK, d = plan->market->years_per_step;
    double clock = 0.0;
    int steps = 0, next = 0;
    for (;;) {
        while (next < plan->gates && plan->gate[next].config->independent) next++;
        const int barred = next < plan->gates && plan->gate[next].bars;
        if (clock >= start && !barred) return (double)steps;
        clock += d;
        steps++;
        if (next >= plan->gates || clock < plan->gate[next].config->at - PROGRAMME_SLACK) continue;
        if (clock > plan->gate[next].config->at) clock = plan->gate[next].config->at;
        next++;
    }
}

void programme_due_plan(struct programme_plan *plan, const struct programme_plan own[], const int own_runs[],
                         const struct programme_plan *before)
{
    plan->before = before;
    plan->tardy = number_differs(plan->config->late_penalty, 0.0) || (before && before->tardy);
    plan->due = steps_by_plan(plan);
    for (int p = 0; p < PARAM_PARTNERS; p++) {
        plan->due_sale[p] = plan->due;
        if (own && own_runs[p] && own[p].due > plan->due) plan->due_sale[p] = own[p].due;
    }
}
