/* What partners put at the venture's disposal, as they expect it: at today's gap of goals. docs/model.md (4.13), (7.3). */
#include "decision/course.h"

/* Share that comes: a sole owner has one goal. */
static lanes given_by(const struct known *known, lanes owners)
{
    return choose((flags)(owners < 1.5), all_lanes(1.0), known->given);
}

/* Of all but `leaver` (-1: of all) that are in, a year. */
static lanes offered_by(const struct decision_plan *plan, const struct known *known, int kind, int leaver)
{
    lanes sum = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) {
        if (p != leaver) sum += known->in[p] * known_number(known, plan->venture->product[p].contribution[kind]);
    }
    return sum;
}

static lanes rate_of(const struct decision_plan *plan, const struct known *known, int leaver)
{
    const struct programme_config *config = plan->venture->config;
    lanes met = all_lanes(1.0), owners = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) owners += p == leaver ? all_lanes(0.0) : known->in[p];
    lanes given = given_by(known, owners);
    for (int n = 0; n < plan->venture->needs; n++) {
        const int k = plan->venture->need[n];
        met = least(met,
                    programme_contribution_met(offered_by(plan, known, k, leaver), given, known_number(known, config->need[k])));
    }
    return programme_contribution_rate(met, known_number(known, config->need_exponent));
}

void decision_contribution_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                                int leaver, struct outlook *o)
{
    lanes delay = decision_outlook_delay(known, plan->venture, decision_outlook_progress(plan->venture, &known->venture));
    decision_timing_begin(&o->timing, plan->venture, &known->venture, delay);
    lanes pace = o->timing.pace, stand = o->timing.stand;
    decision_timing_slow(&o->timing, rate_of(plan, known, -1));
    if (leaver < 0) return;
    decision_timing_turn(&o->timing, (double)grid->settle_steps, &o->later);
    o->later.pace = pace;
    o->later.stand = most(stand - (double)grid->settle_steps, all_lanes(0.0));
    decision_timing_slow(&o->later, rate_of(plan, known, leaver));
}

/* Years of a node in which contributions are taken: until there is production and the plan of the clock is through. */
static lanes due_years(const struct course_view *c, lanes through, const struct outlook_node *node)
{
    const double first = (double)(node->first - c->grid->now), steps = (double)(node->end - node->first);
    lanes sum = all_lanes(0.0);
    for (int j = 0; j < c->o->starts.points; j++) {
        sum += c->o->starts.weight[j] * outlook_between(most(c->o->starts.steps[j], through) - first, 0.0, steps);
    }
    return sum * c->plan->years_per_step;
}

/* What a year of contributions costs each partner of a course, and what it gets for them, at the prices of the start. */
static void price(const struct course_view *c, const struct course *s, lanes cost[PARAM_PARTNERS], lanes paid[PARAM_PARTNERS])
{
    const struct programme_plan *venture = c->plan->venture;
    lanes owners = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        cost[p] = paid[p] = all_lanes(0.0);
        owners += s->of[p].in;
    }
    for (int n = 0; n < venture->needs; n++) {
        const int k = venture->need[n];
        lanes offered[PARAM_PARTNERS], sum = all_lanes(0.0);
        for (int p = 0; p < c->plan->partners; p++) {
            offered[p] = s->of[p].in * known_number(c->k, venture->product[p].contribution[k]);
            sum += offered[p];
        }
        lanes taken = programme_contribution_taken(sum, given_by(c->k, owners), known_number(c->k, venture->config->need[k]));
        for (int p = 0; p < c->plan->partners; p++) {
            cost[p] += known_number(c->k, venture->product[p].opportunity_cost[k]) * offered[p] * taken;
            paid[p] += known_number(c->k, c->plan->contract->config->contribution_price[k]) * offered[p] * taken;
        }
    }
}

void decision_contribution_flow(const struct course_view *c, const struct course *s, int from, int to, struct course_flows *f)
{
    lanes cost[PARAM_PARTNERS], paid[PARAM_PARTNERS], all = all_lanes(0.0);
    lanes through = decision_timing_reach(&c->o->timing, all_lanes(c->plan->venture->needed_until), 0);
    price(c, s, cost, paid);
    for (int p = 0; p < c->plan->partners; p++) all += paid[p];
    for (int k = from; k < to; k++) {
        lanes years = due_years(c, through, &c->grid->node[k]) * c->grid->node[k].prices;
        for (int p = 0; p < c->plan->partners; p++) {
            lanes equity = c->plan->contract->dilutes ? f->equity[p][k] : s->of[p].equity;
            f->income[p][k] += (paid[p] - equity * all - cost[p]) * years;
        }
    }
}
