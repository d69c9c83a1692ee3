/* Another use of the plant: idle capacity that a review switches to outside customers, once and for good. docs/model.md (7.8). */
#include "decision/path.h"

#define READ(number) known_number(c->k, number)

lanes decision_redirect_units(const struct course_view *c, lanes made, lanes years)
{
    const struct programme_config *config = c->plan->venture->config;
    lanes idle = most(READ(config->capacity) * years - made, all_lanes(0.0));
    return c->k->redirected * least(READ(config->redirect.volume) * years, idle);
}

lanes decision_redirect_profit(const struct course_view *c, const struct making *making, int k)
{
    lanes price = READ(c->plan->venture->config->redirect.price) * c->grid->node[k].venture_prices;
    return (price - making->outside_unit[k]) * making->outside[k];
}
#undef READ

/* What all owners expect together. */
static lanes expect(const struct decision_step *s, struct look *look)
{
    return decision_prospect_owners(s->plan, &s->plan->with_notice[s->n], look);
}

/* What they expect if it is redirected now: capex is paid in this step, enters the books and is worth its shields. */
static lanes expect_redirected(const struct decision_step *s, struct look *look, lanes capex)
{
    struct known *known = &look->known;
    known->redirected = all_lanes(1.0);
    lanes costs = decision_prospect_invest(s->plan, known, capex);
    return expect(s, look) - costs;
}

/* Paths of the set whose plant has another use, as it is known now, and was not redirected before. */
static uint64_t open_paths(const struct decision_step *s, uint64_t set)
{
    const struct market_plan *market = s->plan->market;
    const struct parameter use = column_at(market_use(market, s->view->market), s->n ? s->n - 1 : 0);
    uint64_t open = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes known = s->n ? at(use, i) : all_lanes((double)market->use->start);
        open |= path_bits((flags)(known > 0.0) & (flags)(s->block->redirected[i] < 0.5), i);
    }
    return set & open;
}

void decision_redirect_step(const struct decision_step *s, uint64_t set)
{
    struct look look;
    uint64_t open = open_paths(s, set);
    if (!open) return;
    decision_terms_scope(s); /* what the review has just made of it */
    while (open) {
        decision_known_gather(s->plan, s->block, s->view, s->n, &open, s->block->drawn, &look.known);
        lanes capex = known_number(&look.known, s->plan->venture->config->redirect.capex);
        lanes without = expect(s, &look), with = expect_redirected(s, &look, capex);
        for (int l = 0; l < look.known.count; l++) {
            if (!(with[l] > without[l])) continue;
            s->block->acted = 1;
            path_set(s->block->redirected, (int)look.known.path[l], 1.0);
            path_set(s->view->contract->terms.invested, (int)look.known.path[l], path_money(capex[l]));
        }
    }
}
