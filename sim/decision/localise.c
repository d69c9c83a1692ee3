/* A second plant where a programme sells: when it is built, and what partners expect of it. docs/model.md (4.8). */
#include "decision/path.h"

/* ---- What is expected of one that was decided on -------------------------------------------------------------------------- */

lanes decision_localise_share(const struct decision_plan *plan, const struct programme_plan *programme, lanes localised, lanes age,
                              const struct outlook_node *node)
{
    const double d = plan->years_per_step;
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    lanes missing = (programme->config->localise.years - PROGRAMME_SLACK - localised) / d;
    lanes wait = most(-whole(-missing), zero) * d; /* whole steps, upwards */
    lanes sells = outlook_between(age + node->to, 0.0, node->years);
    lanes share = least(most(node->to - wait, zero) / choose((flags)(sells > 0.0), sells, one), one);
    return choose((flags)(localised >= 0.0) & (flags)(sells > 0.0), share, zero);
}

void decision_localise_cost(const struct known *known, const struct programme_plan *programme, int by_cost, lanes want, lanes *local,
                            lanes *cost, lanes *duty)
{
    flags some = (flags)(want > 0.0);
    *local = choose(some, *local / choose(some, want, all_lanes(1.0)), all_lanes(0.0));
    *cost = 1.0 + (known_number(known, programme->config->localise.cost_penalty) - 1.0) * *local;
    if (by_cost) *duty /= *cost;
}

void decision_localise_support(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                               const struct programme_plan *programme, int from, lanes taxed[], lanes untaxed[])
{
    lanes at_site[2][OUTLOOK_NODES];
    decision_outlook_support(plan, known, grid, programme->config->site, from, at_site[0], at_site[1]);
    decision_outlook_support(plan, known, grid, programme->config->localise.to, from, taxed, untaxed);
    for (int k = from; k < grid->nodes; k++) {
        taxed[k] -= at_site[0][k];
        untaxed[k] -= at_site[1][k];
    }
}

/* ---- Whether it is built --------------------------------------------------------------------------------------------------- */

/* One programme that may build. `partner` -1: the venture's. */
struct builder {
    const struct programme_plan *plan;
    struct programme_block *block;
    int partner, after;
};

static void clear(const struct builder *b)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) b->block->local_capex[i] = all_lanes(0.0);
}

static void build(const struct builder *b, int path, double capex)
{
    path_set(b->block->localised, path, 0.0);
    path_set(b->block->local_capex, path, path_money(capex));
}

/* Paths of the set that have no such plant yet. */
static uint64_t without(const struct builder *b, uint64_t set)
{
    uint64_t paths = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) paths |= path_bits((flags)(b->block->localised[i] < 0.0), i);
    return set & paths;
}

/* Rule threshold: the duty of the last step. */
static void build_by_duty(const struct decision_step *s, const struct builder *b, uint64_t set)
{
    const struct programme_localise_config *config = &b->plan->config->localise;
    const struct column column = market_tariff(s->plan->market, s->view->market, b->plan->config->site, config->to);
    const struct parameter rate = column_at(column, s->n - 1);
    PARAMETER(threshold, s->view->drawn, config->threshold);
    uint64_t over = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) over |= path_bits((flags)(at(rate, i) >= at(threshold, i)), i);
    for (over &= set; over;) {
        const int path = path_next(&over);
        build(b, path, PATH_READ(s, config->capex));
    }
}

/* What the owner, or the owners together, expect if it is built now less what they expect without it. */
static lanes gain(const struct decision_step *s, const struct builder *b, struct look *look, lanes capex)
{
    const struct outlook_grid *grid = b->partner < 0 ? &s->plan->with_notice[s->n] : &s->plan->at_once[s->n];
    const lanes never = all_lanes(-1.0), now = all_lanes(0.0);
    struct known *known = &look->known;
    if (b->partner < 0) {
        lanes before = decision_prospect_owners(s->plan, grid, look);
        known->venture.localised = now;
        for (int p = 0; p < s->plan->partners; p++) known->book[p] += known->equity[p] * capex;
        return decision_prospect_owners(s->plan, grid, look) - capex - before;
    }
    look->c = (struct course_view){s->plan, known, grid, &look->outlook};
    decision_outlook_look(s->plan, known, grid, &look->outlook);
    if (b->after) return decision_lone_after(&look->c, b->partner, now, capex) - decision_lone_after(&look->c, b->partner, never, now);
    return decision_lone_alone(&look->c, b->partner, now, capex) - decision_lone_alone(&look->c, b->partner, never, now);
}

/* Rule npv. */
static void build_by_value(const struct decision_step *s, const struct builder *b, uint64_t set)
{
    struct look look;
    while (set) {
        decision_known_gather(s->plan, s->block, s->view, s->n, &set, s->block->drawn, &look.known);
        lanes capex = known_number(&look.known, b->plan->config->localise.capex), gains = gain(s, b, &look, capex);
        for (int l = 0; l < look.known.count; l++) {
            if (gains[l] > 0.0) build(b, (int)look.known.path[l], capex[l]);
        }
    }
}

static void decide(const struct decision_step *s, const struct builder *b, uint64_t set)
{
    set = without(b, set);
    if (!s->n || !set) return;
    if (b->plan->config->localise.rule == LOCALISE_NPV) build_by_value(s, b, set);
    else build_by_duty(s, b, set);
}

/* Formal reviews and those that a trigger opens, on paths that the partners leave in normal mode. */
static uint64_t reviewed(const struct decision_step *s)
{
    uint64_t open = 0, set = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) open |= path_bits(path_open(s->block, i, MODE_NORMAL), i);
    if (decision_review_due(s)) return open;
    for (uint64_t fired = s->block->fired & open; fired;) {
        const int path = path_next(&fired);
        if (path_get(s->block->occasion, path) == (double)OCCASION_TRIGGER) set |= (uint64_t)1 << path;
    }
    return set;
}

static uint64_t above(const lanes *column, double x)
{
    uint64_t set = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) set |= path_bits((flags)(column[i] > x), i);
    return set;
}

/* A partner alone, and one that has left: once a year, on dates that no contract moves. */
static void decide_lone(const struct decision_step *s, int p)
{
    const lanes *ended = s->plan->after_localises[p] ? s->view->after[p]->ended : NULL;
    const int looks = s->n % s->plan->steps_per_year == 0;
    const struct builder alone = {&s->plan->alone[p], s->view->alone[p], p, 0}, after = {&s->plan->after[p], s->view->after[p], p, 1};
    if (alone.plan->localises && alone.block) {
        const lanes *stopped = s->view->value->alone_stopped[p];
        clear(&alone);
        if (looks) decide(s, &alone, stopped ? ~above(stopped, 0.5) : ~(uint64_t)0);
    }
    if (s->plan->after_localises[p]) {
        clear(&after);
        if (looks) decide(s, &after, above(s->view->contract->terms.departed[p], 0.5) & (ended ? ~above(ended, 0.5) : ~(uint64_t)0));
    }
}

void decision_localise_step(const struct decision_step *s)
{
    const struct builder venture = {s->plan->venture, s->view->venture, -1, 0};
    if (venture.plan->localises) {
        clear(&venture);
        decide(s, &venture, reviewed(s));
    }
    for (int p = 0; p < s->plan->partners; p++) decide_lone(s, p);
}
