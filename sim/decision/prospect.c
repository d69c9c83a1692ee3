#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

/* After-tax value now of 1 agreed now: once, or in every step of production until the term. */
static lanes weight(const struct course_view *c, int p)
{
    const double rate = 1.0 - c->plan->value->config->tax_rate[p];
    if (c->plan->config->renegotiation.form == FORM_LUMP_SUM) return all_lanes(rate);
    lanes sum = all_lanes(0.0);
    for (int k = 0; k < c->grid->nodes; k++) sum += decision_course_agreed_steps(c, k) * c->plan->discount[p][c->grid->node[k].half];
    return rate * sum;
}

/* What a leaver still earns on the venture's units while it is supplied. */
static lanes supplied_value(const struct course_view *c, const struct course *settled, int leaver)
{
    const double years = c->plan->contract->config->departure.supply_years;
    struct course rest = *settled;
    int end = c->grid->settle;
    while (end < c->grid->nodes && c->grid->node[end].from < c->grid->node[c->grid->settle].from + years) end++;
    decision_course_leave(c, &rest, leaver);
    decision_course_run(c, &rest, c->grid->settle, end);
    return rest.value[leaver];
}

static int licensed(const struct course_view *c)
{
    const struct contract_departure_config *departure = &c->plan->contract->config->departure;
    return departure->licence_years > 0.0 && number_differs(departure->licence_per_unit, 0.0);
}

static void make_own_ways(struct look *look)
{
    const struct course_view *c = &look->c;
    struct prospect *prospect = &look->prospect;
    const int supplies = c->plan->contract->config->departure.supply_years > 0.0, from = c->grid->settle;
    for (int l = 0; l < c->plan->partners; l++) {
        if (!any((flags)(c->k->in[l] > 0.0))) continue;
        prospect->after[l] = prospect->alone[l] = decision_lone_value(c, &look->settled, l, from, NULL);
        if (!look->outlook.sells[l] || (!supplies && !licensed(c))) continue;
        prospect->after[l] = decision_lone_value(c, &look->settled, l, from, prospect->licence[l]);
        if (supplies) prospect->after[l] += supplied_value(c, &look->settled, l);
    }
}

void decision_prospect_exit(struct look *look, int leaver)
{
    const struct course_view *c = &look->c;
    struct prospect *prospect = &look->prospect;
    struct course rest = look->settled;
    if (c->grid->settle == c->grid->nodes) return;
    decision_course_leave(c, &rest, leaver);
    decision_course_run(c, &rest, c->grid->settle, c->grid->nodes);
    for (int p = 0; p < c->plan->partners; p++) {
        const double after_tax = 1.0 - c->plan->value->config->tax_rate[p];
        prospect->remain[leaver][p] = rest.value[p];
        if (!licensed(c) || !look->outlook.sells[leaver]) continue;
        for (int k = c->grid->settle; k < c->grid->nodes; k++) {
            prospect->remain[leaver][p] += rest.equity[p] * prospect->licence[leaver][k] * (after_tax * c->plan->discount[p][c->grid->node[k].half]);
        }
    }
}

void decision_prospect_make(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look)
{
    struct prospect *prospect = &look->prospect;
    const struct course_view *c = &look->c;
    struct course course;
    look->c = (struct course_view){plan, &look->known, grid, &look->outlook};
    decision_outlook_look(plan, &look->known, grid, &look->outlook);
    decision_course_begin(c, &course);
    if (grid->settle) decision_course_run(c, &course, 0, grid->settle);
    look->settled = course;
    if (grid->settle < grid->nodes) decision_course_run(c, &course, grid->settle, grid->nodes);
    lanes multiple = READ(plan->value->config->terminal_multiple);
    for (int p = 0; p < plan->partners; p++) {
        const double rate = plan->value->config->tax_rate[p];
        prospect->shield[p] = grid->shields[p] + (multiple + rate * (1.0 - multiple)) * grid->left[p];
        prospect->stay[p] = course.value[p];
        prospect->before[p] = look->settled.value[p];
        prospect->book[p] = look->settled.book[p];
        prospect->weight[p] = weight(c, p);
        prospect->after[p] = prospect->alone[p] = all_lanes(0.0);
    }
    prospect->use = look->outlook.use[1];
    if (grid->settle < grid->nodes) make_own_ways(look);
}

/* By equity; in equal parts where those who stay have none. */
lanes decision_prospect_part(const struct decision_plan *plan, const struct known *known, int leaver, int p)
{
    lanes rest = all_lanes(0.0), heads = rest;
    if (p == leaver) return rest;
    for (int q = 0; q < plan->partners; q++) {
        if (q == leaver) continue;
        rest += known->equity[q];
        heads += known->in[q];
    }
    flags some = (flags)(rest > 0.0);
    return choose(some, known->equity[p] / choose(some, rest, all_lanes(1.0)), known->in[p] / most(heads, all_lanes(1.0)));
}

lanes decision_prospect_buys(const struct decision_plan *plan, const struct known *known, int leaver, int p)
{
    const int giver = plan->config->exit.put_giver[leaver];
    lanes share = decision_prospect_part(plan, known, leaver, p);
    if (giver < 0) return share;
    return choose((flags)(known->in[giver] > 0.0), all_lanes(p == giver ? 1.0 : 0.0), share);
}

lanes decision_prospect_claim(const struct decision_plan *plan, const struct known *known, int step, int leaver, lanes book,
                              lanes recovery, lanes use)
{
    const struct decision_exit_config *exit = &plan->config->exit;
    const int giver = exit->put_giver[leaver];
    lanes multiple = known_number(known, exit->multiple), budgeted = known->equity[leaver] * plan->budget.book[step];
    lanes claim = use * multiple * least(book, budgeted) + (1.0 - use) * recovery * book;
    if (giver < 0) return claim;
    return choose((flags)(known->in[giver] > 0.0), multiple * book, claim);
}

/* What the others get and pay at the settlement, after tax, over what they have without the leaver. */
static lanes buyer_value(const struct course_view *c, const struct prospect *prospect, int leaver, int p, lanes price, lanes fee)
{
    const double after_tax = 1.0 - c->plan->value->config->tax_rate[p], discount = c->plan->discount[p][2 * c->grid->settle_steps];
    lanes share = decision_prospect_buys(c->plan, c->k, leaver, p), part = decision_prospect_part(c->plan, c->k, leaver, p);
    return after_tax * fee * part * discount - share * price * (discount - prospect->shield[p]);
}

lanes decision_prospect_leave(const struct look *look, int leaver, int p)
{
    const struct course_view *c = &look->c;
    const struct decision_plan *plan = c->plan;
    const struct prospect *prospect = &look->prospect;
    const struct decision_exit_config *exit = &plan->config->exit;
    const int step = c->grid->now + c->grid->settle_steps;
    const double rate = plan->value->config->tax_rate[p], discount = plan->discount[p][2 * c->grid->settle_steps];
    if (c->grid->settle == c->grid->nodes) return prospect->stay[p];
    const double prices = plan->prices[2 * step + 1];
    lanes recovery = all_lanes(exit->recovery.value); /* learnt at the settlement */
    lanes price = decision_prospect_claim(plan, c->k, step, leaver, prospect->book[leaver], recovery, prospect->use);
    lanes fee = READ(exit->fee) * prices, others = all_lanes(0.0);
    for (int q = 0; q < plan->partners; q++) others += q == leaver ? all_lanes(0.0) : c->k->in[q];
    flags goes_on = (flags)(others > 0.0); /* else a sole owner ends the venture */
    if (p != leaver) {
        return prospect->before[p] + prospect->remain[leaver][p] + buyer_value(c, prospect, leaver, p, price, fee);
    }
    lanes costs = READ(exit->restructuring[p]) * prices +
                  choose(goes_on, fee + READ(exit->clawback) * c->k->grants[p], READ(exit->wind_down_cost) * (exit->wind_down_years * prices));
    lanes taxed = rate * (price - prospect->book[p]);
    return prospect->before[p] + (price - taxed - (1.0 - rate) * costs) * discount + choose(goes_on, prospect->after[p], prospect->alone[p]);
}
#undef READ
