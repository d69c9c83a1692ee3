#include "decision/prospect.h"

#define READ(number) outlook_number(number, c->view->drawn, c->i)

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

static void make_own_ways(struct look *look)
{
    const struct course_view *c = &look->c;
    for (int l = 0; l < c->plan->partners; l++) {
        if (!any((flags)(c->block->in[l][c->i] > 0.0))) continue;
        look->prospect.after[l] = decision_lone_value(c, &look->settled, l, c->grid->settle);
        if (!(c->plan->contract->config->departure.supply_years > 0.0) || !look->outlook.sells[l]) continue;
        look->prospect.after[l] += supplied_value(c, &look->settled, l);
    }
}

void decision_prospect_exit(struct look *look, int leaver)
{
    const struct course_view *c = &look->c;
    struct course rest = look->settled;
    if (c->grid->settle == c->grid->nodes) return;
    decision_course_leave(c, &rest, leaver);
    decision_course_run(c, &rest, c->grid->settle, c->grid->nodes);
    for (int p = 0; p < c->plan->partners; p++) look->prospect.remain[leaver][p] = rest.value[p];
}

void decision_prospect_make(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                            const struct outlook_grid *grid, size_t i, struct look *look)
{
    struct prospect *prospect = &look->prospect;
    const struct course_view *c = &look->c;
    struct course course;
    look->c = (struct course_view){plan, block, view, grid, &look->outlook, i};
    decision_outlook_look(plan, view, grid, i, &look->outlook);
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
        prospect->after[p] = all_lanes(0.0);
    }
    prospect->use = look->outlook.use[1];
    if (grid->settle < grid->nodes) make_own_ways(look);
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
    lanes costs = fee + READ(exit->restructuring[p]) * prices + READ(exit->clawback) * view->contract->grants[p][i];
    lanes taxed = plan->value->config->tax_rate[p] * (price - prospect->book[p]);
    return prospect->before[p] + (price - taxed - after_tax * costs) * discount + prospect->after[p];
}
#undef READ
