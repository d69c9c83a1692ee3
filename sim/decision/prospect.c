#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

lanes decision_prospect_shield(const struct course_view *c, int p)
{
    const double rate = c->plan->value->config->tax_rate[p];
    lanes multiple = READ(c->plan->value->config->terminal_multiple);
    lanes brings = multiple + rate * (1.0 - multiple);
    if (c->plan->contract->scarce[p]) brings += course_premium(c, p) * multiple;
    return c->grid->shields[p] + brings * c->grid->left[p];
}

/* What a leaver still earns on the venture's units while it is supplied. Until a node that it is supplied in only in part the
   venture makes the same as if all stayed, unless it is later (`c` is not that of the look). */
static lanes supplied_value(struct look *look, const struct course_view *c, int leaver)
{
    const double until = c->grid->node[c->grid->settle].from + c->plan->supply_years;
    int end = c->grid->settle;
    while (end < c->grid->nodes && c->grid->node[end].from < until) end++;
    if (c->grid->node[end - 1].to <= until && c == &look->c) {
        return decision_course_supplied(c, &look->settled, &look->making, leaver, end);
    }
    struct course rest;
    decision_course_copy(c, &look->settled, &rest);
    decision_course_leave(c, &rest, leaver);
    decision_making_run(c, &rest, c->grid->settle, end, &look->rest);
    return decision_course_supplied(c, &rest, &look->rest, leaver, end);
}

static int licensed(const struct course_view *c)
{
    const struct contract_departure_config *departure = &c->plan->contract->config->departure;
    return c->plan->licence_years > 0.0 && number_differs(departure->licence_per_unit, 0.0);
}

/* What the venture goes on taking from the other products of one that has left; what it takes of it itself is in its own way. */
static lanes still_lost(const struct look *look, int l)
{
    const struct course_view *c = &look->c;
    const double after_tax = 1.0 - c->plan->value->config->tax_rate[l];
    lanes sum = all_lanes(0.0);
    for (int k = c->grid->settle; k < c->grid->nodes; k++) {
        sum += decision_brand_lost(c, &look->making, l, l, k) * (after_tax * c->grid->discount[l][k]);
    }
    return sum;
}

/* A partner that the venture goes on supplying. */
static void make_own_way(struct look *look, const struct course_view *c, int l)
{
    struct prospect *prospect = &look->prospect;
    prospect->after[l] = decision_lone_value(c, &look->settled, l, c->grid->settle, prospect->licence[l]);
    if (c->plan->supply_years > 0.0) prospect->after[l] += supplied_value(look, c, l);
}

/* The same where the venture is later without what it contributed. */
RARE_FUNCTION void make_later_way(struct look *look, int l)
{
    struct outlook later;
    const struct course_view c = {look->c.plan, look->c.k, look->c.grid, &later};
    decision_outlook_without(c.plan, c.k, c.grid, l, &later);
    make_own_way(look, &c, l);
}

static void make_own_ways(struct look *look)
{
    const struct course_view *c = &look->c;
    struct prospect *prospect = &look->prospect;
    const int supplies = c->plan->supply_years > 0.0, from = c->grid->settle;
    lanes owners = all_lanes(0.0);
    for (int l = 0; l < c->plan->partners; l++) owners += c->k->in[l];
    if (c->plan->ends || any((flags)(owners < 1.5))) decision_prospect_alone(look);
    for (int l = 0; l < c->plan->partners; l++) {
        if (!any((flags)(c->k->in[l] > 0.0))) continue;
        if (!c->plan->venture->sells[l] || (!supplies && !licensed(c))) {
            prospect->after[l] = decision_lone_value(c, &look->settled, l, from, NULL);
        } else if (c->plan->venture->needs) {
            make_later_way(look, l);
        } else {
            make_own_way(look, c, l);
        }
        if (c->plan->venture->cannibal[l]) prospect->after[l] -= still_lost(look, l);
    }
}

void decision_prospect_alone(struct look *look)
{
    const struct course_view *c = &look->c;
    if (c->grid->settle == c->grid->nodes) return;
    for (int l = 0; l < c->plan->partners; l++) {
        if (any((flags)(c->k->in[l] > 0.0))) look->prospect.alone[l] = decision_lone_value(c, &look->settled, l, c->grid->settle, NULL);
    }
}

static void go_on_without(struct look *look, const struct course_view *c, int leaver)
{
    struct prospect *prospect = &look->prospect;
    struct course rest;
    const struct making *making = &look->making; /* one that sells nothing takes no units away */
    decision_course_copy(c, &look->settled, &rest);
    decision_course_leave(c, &rest, leaver);
    if (c->plan->venture->sells[leaver] || c->plan->venture->needs) {
        decision_making_run(c, &rest, c->grid->settle, c->grid->nodes, &look->rest);
        making = &look->rest;
    }
    const lanes *licence = licensed(c) && c->plan->venture->sells[leaver] ? prospect->licence[leaver] : NULL;
    decision_course_earn(c, &rest, making, c->grid->settle, c->grid->nodes, licence, NULL);
    for (int p = 0; p < c->plan->partners; p++) prospect->remain[leaver][p] = rest.of[p].value;
}

/* The clock goes on without what the leaver contributed. */
RARE_FUNCTION void go_on_later(struct look *look, int leaver)
{
    struct outlook later;
    const struct course_view c = {look->c.plan, look->c.k, look->c.grid, &later};
    decision_outlook_without(c.plan, c.k, c.grid, leaver, &later);
    go_on_without(look, &c, leaver);
}

void decision_prospect_exit(struct look *look, int leaver)
{
    if (look->c.grid->settle == look->c.grid->nodes) return;
    if (look->c.plan->venture->needs) go_on_later(look, leaver);
    else go_on_without(look, &look->c, leaver);
}

/* If all stay; `settled`: as it stands at the settlement, from which exits go on. */
static void stay(struct look *look, struct course *course)
{
    const struct course_view *c = &look->c;
    const int settle = c->grid->settle;
    if (settle) decision_making_run(c, course, 0, settle, &look->making);
    decision_course_settle(c, course, &look->settled);
    if (settle < c->grid->nodes) decision_making_run(c, course, settle, c->grid->nodes, &look->making);
    decision_course_earn(c, course, &look->making, 0, c->grid->nodes, NULL, &look->settled);
}

/* During a notice no gate brings a payment; taxed at once. */
RARE_FUNCTION void stop_tranches(struct look *look)
{
    lanes worth[PARAM_PARTNERS];
    decision_flow_tranches(&look->c, worth);
    for (int p = 0; p < look->c.plan->partners; p++) look->prospect.before[p] -= worth[p];
}

static void begin(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look, struct course *course)
{
    look->c = (struct course_view){plan, &look->known, grid, &look->outlook};
    decision_outlook_look(plan, &look->known, grid, &look->outlook);
    decision_course_begin(&look->c, course);
    look->prospect.use = look->outlook.use[1];
    look->prospect.alive = outlook_perishes(plan->venture) ? look->outlook.alive_settle : all_lanes(1.0);
    for (int p = 0; p < plan->partners; p++) {
        look->prospect.shield[p] = decision_prospect_shield(&look->c, p);
        look->prospect.after[p] = look->prospect.alone[p] = all_lanes(0.0);
    }
}

void decision_prospect_make(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look)
{
    struct prospect *prospect = &look->prospect;
    struct course course;
    begin(plan, grid, look, &course);
    stay(look, &course);
    for (int p = 0; p < plan->partners; p++) {
        prospect->stay[p] = course.of[p].value;
        prospect->before[p] = look->settled.of[p].value;
        prospect->book[p] = look->settled.of[p].book;
    }
    if (plan->contract->milestones && grid->settle) stop_tranches(look);
    if (grid->settle < grid->nodes) make_own_ways(look);
}

lanes decision_prospect_owners(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look)
{
    lanes sum = all_lanes(0.0);
    decision_prospect_make(plan, grid, look);
    for (int p = 0; p < plan->partners; p++) {
        sum += choose((flags)(look->known.in[p] > 0.0), look->prospect.stay[p], all_lanes(0.0));
    }
    return sum;
}

lanes decision_prospect_invest(const struct decision_plan *plan, struct known *known, lanes amount)
{
    lanes costs = amount;
    for (int p = 0; p < plan->partners; p++) {
        known->book[p] += known->equity[p] * amount;
        if (plan->contract->scarce[p]) costs += known->equity[p] * known_number(known, plan->contract->config->premium[p]) * amount;
    }
    return costs;
}

void decision_prospect_settle(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look)
{
    struct course course;
    begin(plan, grid, look, &course);
    decision_course_copy(&look->c, &course, &look->settled);
    decision_making_run(&look->c, &course, 0, grid->nodes, &look->making);
    for (int p = 0; p < plan->partners; p++) look->prospect.book[p] = look->settled.of[p].book;
    if (licensed(&look->c)) make_own_ways(look);
    decision_prospect_alone(look);
}
#undef READ
