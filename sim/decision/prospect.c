#include "decision/prospect.h"

#include <string.h>

#define READ(number) outlook_number(number, c->view->drawn, c->i)

/* Present value of the shields and the terminal value that 1 of book brings from the settlement on. */
static lanes shield(const struct course_view *c, int p)
{
    const struct value_config *value = c->plan->value->config;
    const double rate = value->tax_rate[p];
    const double *discount = c->plan->discount[p];
    double left = 1.0, sum = 0.0;
    for (int k = c->grid->settle; k < c->grid->nodes; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        const double kept = c->plan->kept[node->end - node->first];
        sum += rate * left * (1.0 - kept) * discount[node->half];
        left *= kept;
    }
    lanes price = READ(value->terminal_multiple) * left;
    return sum + (price + rate * (left - price)) * discount[2 * (c->plan->steps - c->grid->now) - 1];
}

/* After-tax value now of 1 agreed now: once, or in every step of production until the term. */
static lanes weight(const struct course_view *c, int p)
{
    const double rate = 1.0 - c->plan->value->config->tax_rate[p];
    if (c->plan->config->renegotiation.form == FORM_LUMP_SUM) return all_lanes(rate);
    lanes sum = all_lanes(0.0), renewed = c->block->renewed[c->i];
    lanes end = choose((flags)(renewed >= 0.0), renewed + (double)c->plan->term_steps, all_lanes((double)c->plan->steps));
    if (!c->plan->term_steps) end = all_lanes((double)c->plan->steps);
    for (int k = 0; k < c->grid->nodes; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        lanes steps = outlook_between(end - (double)node->first, 0.0, (double)(node->end - node->first));
        sum += steps * c->o->producing[k] * c->plan->discount[p][node->half];
    }
    return rate * sum;
}

/* Without a settlement before the horizon, leaving changes nothing. */
static void never_settles(const struct course_view *c, struct prospect *prospect)
{
    const lanes zero = all_lanes(0.0);
    for (int p = 0; p < c->plan->partners; p++) {
        prospect->before[p] = prospect->stay[p];
        prospect->after[p] = prospect->book[p] = prospect->shield[p] = zero;
        for (int l = 0; l < c->plan->partners; l++) prospect->remain[l][p] = zero;
    }
}

/* What a partner that left pays for its licence goes to the owners by equity. */
static void share_licence(const struct course_view *c, const struct course *rest, const lanes licence[OUTLOOK_NODES],
                          lanes value[PARAM_PARTNERS])
{
    for (int p = 0; p < c->plan->partners; p++) {
        const double after_tax = 1.0 - c->plan->value->config->tax_rate[p];
        for (int k = c->grid->settle; k < c->grid->nodes; k++) {
            value[p] += rest->equity[p] * licence[k] * (after_tax * c->plan->discount[p][c->grid->node[k].half]);
        }
    }
}

static void make_exits(const struct course_view *c, const struct course *settled, struct prospect *prospect)
{
    lanes licence[OUTLOOK_NODES];
    for (int l = 0; l < c->plan->partners; l++) {
        struct course rest = *settled;
        if (!any((flags)(c->block->in[l][c->i] > 0.0))) continue;
        decision_course_leave(c, &rest, l);
        decision_course_run(c, &rest, c->grid->settle, c->grid->nodes);
        prospect->after[l] = decision_lone_value(c, settled, l, c->grid->settle, licence);
        if (number_differs(c->plan->contract->config->departure.licence_per_unit, 0.0)) share_licence(c, &rest, licence, rest.value);
        memcpy(prospect->remain[l], rest.value, sizeof rest.value);
        /* what a supplied partner still earns on the venture's units */
        prospect->after[l] += rest.value[l];
        prospect->shield[l] = shield(c, l);
    }
}

void decision_prospect_make(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                            const struct outlook_grid *grid, size_t i, struct prospect *prospect)
{
    struct outlook outlook;
    struct course course, settled;
    const struct course_view view_of = {plan, block, view, grid, &outlook, i}, *c = &view_of;
    memset(prospect, 0, sizeof *prospect);
    decision_outlook_look(plan, view, grid, i, &outlook);
    decision_course_begin(c, &course);
    if (grid->settle) decision_course_run(c, &course, 0, grid->settle);
    settled = course;
    if (grid->settle < grid->nodes) decision_course_run(c, &course, grid->settle, grid->nodes);
    for (int p = 0; p < plan->partners; p++) {
        prospect->stay[p] = course.value[p];
        prospect->before[p] = settled.value[p];
        prospect->book[p] = settled.book[p];
        prospect->grants[p] = settled.grants[p];
        prospect->weight[p] = weight(c, p);
    }
    if (grid->settle == grid->nodes) never_settles(c, prospect);
    else make_exits(c, &settled, prospect);
    prospect->use = outlook.use[1];
}

/* A partner's part among those who stay: by equity; in equal parts where they have none. */
lanes decision_prospect_part(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                             size_t i, int leaver, int p)
{
    const struct contract_terms *terms = &view->contract->terms;
    lanes rest = all_lanes(0.0), heads = rest;
    for (int q = 0; q < plan->partners; q++) {
        if (q == leaver) continue;
        rest += at(terms->equity[q], i);
        heads += block->in[q][i];
    }
    if (p == leaver) return all_lanes(0.0);
    lanes equal = block->in[p][i] / most(heads, all_lanes(1.0)), some = choose((flags)(rest > 0.0), rest, all_lanes(1.0));
    return choose((flags)(rest > 0.0), at(terms->equity[p], i) / some, equal);
}

/* Share of the price that a partner pays: the giver of a put all, else its part. */
lanes decision_prospect_buys(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                             size_t i, int leaver, int p)
{
    const int giver = plan->config->exit.put_giver[leaver];
    lanes put = giver < 0 ? all_lanes(0.0) : block->in[giver][i], share = decision_prospect_part(plan, block, view, i, leaver, p);
    return choose((flags)(put > 0.0), all_lanes(p == giver ? 1.0 : 0.0), share);
}

lanes decision_prospect_claim(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                              size_t i, int settle_step, int leaver, lanes book, lanes recovery, lanes use)
{
    const struct decision_exit_config *exit = &plan->config->exit;
    const int giver = exit->put_giver[leaver];
    lanes multiple = outlook_number(exit->multiple, view->drawn, i);
    lanes budgeted = at(view->contract->terms.equity[leaver], i) * plan->budget.book[settle_step];
    lanes claim = use * multiple * least(book, budgeted) + (1.0 - use) * recovery * book;
    if (giver < 0) return claim;
    return choose((flags)(block->in[giver][i] > 0.0), multiple * book, claim);
}

lanes decision_prospect_leave(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                              const struct outlook_grid *grid, size_t i, const struct prospect *prospect, int leaver, int p)
{
    const struct course_view view_of = {plan, block, view, grid, NULL, i}, *c = &view_of;
    const struct decision_exit_config *exit = &plan->config->exit;
    const int step = grid->now + grid->settle_steps;
    const double after_tax = 1.0 - plan->value->config->tax_rate[p], discount = plan->discount[p][2 * grid->settle_steps];
    if (grid->settle == grid->nodes) return prospect->stay[p];
    const double prices = plan->prices[2 * step + 1];
    lanes recovery = all_lanes(exit->recovery.value); /* learnt at the settlement */
    lanes price = decision_prospect_claim(plan, block, view, i, step, leaver, prospect->book[leaver], recovery, prospect->use);
    lanes fee = READ(exit->fee) * prices, others = all_lanes(0.0);
    for (int q = 0; q < plan->partners; q++) others += q == leaver ? all_lanes(0.0) : block->in[q][i];
    fee = choose((flags)(others > 0.0), fee, all_lanes(0.0));
    if (p != leaver) {
        lanes share = decision_prospect_buys(plan, block, view, i, leaver, p);
        lanes part = decision_prospect_part(plan, block, view, i, leaver, p);
        return prospect->before[p] + prospect->remain[leaver][p] - share * price * (discount - prospect->shield[p]) +
               after_tax * fee * part * discount;
    }
    lanes costs = fee + READ(exit->restructuring[p]) * prices + READ(exit->clawback) * prospect->grants[p];
    lanes taxed = plan->value->config->tax_rate[p] * (price - prospect->book[p]);
    return prospect->before[p] + (price - taxed - after_tax * costs) * discount + prospect->after[p];
}
#undef READ
