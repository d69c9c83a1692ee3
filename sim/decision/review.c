/* Reviews: who would rather leave, and what follows. docs/model.md (7.4). */
#include "decision/path.h"

/* Staying and leaving of the vector at index i, for its marked paths. */
static void store(const struct decision_step *s, const struct outlook_grid *grid, size_t i, const struct prospect *prospect, flags wanted)
{
    struct decision_block *block = s->block;
    for (int p = 0; p < s->plan->partners; p++) {
        block->staying[p][i] = choose(wanted, prospect->stay[p], block->staying[p][i]);
        block->weight[p][i] = prospect->weight[p];
    }
    for (int l = 0; l < s->plan->partners; l++) {
        if (!any((flags)(block->in[l][i] > 0.0))) continue;
        for (int p = 0; p < s->plan->partners; p++) {
            block->leaving_value[l][p][i] = decision_prospect_leave(s->plan, block, s->view, grid, i, prospect, l, p);
        }
    }
}

void decision_review_look(const struct decision_step *s, const lanes *marked)
{
    struct outlook_grid grid;
    struct prospect prospect;
    decision_outlook_grid(s->plan, s->n, s->plan->notice_steps, &grid);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags wanted = (flags)(marked[i] > 0.0);
        if (!any(wanted)) continue;
        decision_prospect_make(s->plan, s->block, s->view, &grid, i, &prospect);
        store(s, &grid, i, &prospect, wanted);
    }
}

double decision_review_wish(const struct decision_step *s, int path, int p)
{
    const double switching = PATH_READ(s, s->plan->config->exit.switching_cost[p]);
    return path_get(s->block->leaving_value[p][p], path) - path_get(s->block->staying[p], path) - switching;
}

int decision_review_leaver(const struct decision_step *s, int path, const int may[])
{
    int leaver = -1;
    double greatest = 0.0;
    for (int p = 0; p < s->plan->partners; p++) {
        if (!(path_get(s->block->in[p], path) > 0.0) || (may && !may[p])) continue;
        const double wish = decision_review_wish(s, path, p);
        if (leaver >= 0 && !(wish > greatest)) continue;
        leaver = p;
        greatest = wish;
    }
    return leaver;
}

void decision_review_rights(const struct decision_step *s, int path, int may[PARAM_PARTNERS])
{
    const int free = s->n >= s->plan->lock_in_steps;
    (void)path;
    for (int p = 0; p < s->plan->partners; p++) may[p] = free && s->plan->config->exit.right[p];
}

/* ---- What a review decides ---- */

static double greatest_wish(const struct decision_step *s, int path)
{
    const int nearest = decision_review_leaver(s, path, NULL);
    return nearest < 0 ? 0.0 : decision_review_wish(s, path, nearest);
}

static int all_want_out(const struct decision_step *s, int path, const int may[])
{
    for (int p = 0; p < s->plan->partners; p++) {
        if (!(path_get(s->block->in[p], path) > 0.0)) continue;
        if (!may[p] || !(decision_review_wish(s, path, p) > 0.0)) return 0;
    }
    return 1;
}

/* The sum of what the owners expect with another scope. */
static double sum_with_scope(const struct decision_step *s, int path, double scope)
{
    const size_t i = (size_t)path / LANES;
    const double before = path_get(s->block->scope, path);
    struct outlook_grid grid;
    struct prospect prospect;
    double sum = 0.0;
    path_set(s->block->scope, path, scope);
    decision_terms_scope(s);
    decision_outlook_grid(s->plan, s->n, s->plan->notice_steps, &grid);
    decision_prospect_make(s->plan, s->block, s->view, &grid, i, &prospect);
    for (int p = 0; p < s->plan->partners; p++) {
        if (path_get(s->block->in[p], path) > 0.0) sum += path_lane(prospect.stay[p], path);
    }
    path_set(s->block->scope, path, before);
    decision_terms_scope(s);
    return sum;
}

/* With nobody wanting to leave: expand where the gap allows it and it gains, narrow where the gap is large. */
static void set_scope(const struct decision_step *s, int path)
{
    const struct decision_scope_config *config = &s->plan->config->scope;
    const double gap = path_get(s->block->gap, path), scope = path_get(s->block->scope, path);
    const double more = PATH_READ(s, config->expand_by), less = PATH_READ(s, config->narrow_by);
    if (less > 0.0 && gap >= PATH_READ(s, config->narrow_gap)) {
        path_set(s->block->scope, path, scope > less ? scope - less : 0.0);
    } else if (more > 0.0 && scope < 1.0 && gap <= PATH_READ(s, config->expand_gap)) {
        const double wider = scope + more < 1.0 ? scope + more : 1.0;
        if (sum_with_scope(s, path, wider) > sum_with_scope(s, path, scope)) path_set(s->block->scope, path, wider);
    }
}

struct occasion { /* why a path is reviewed */
    int trigger;  /* -1: none */
    int opens;    /* enum decision_opens */
    int term;     /* the term ends */
};

static enum decision_cause cause_of(const struct occasion *occasion)
{
    if (occasion->term) return CAUSE_TERM;
    return occasion->trigger >= 0 && occasion->opens == OPENS_EXIT ? CAUSE_TRIGGER : CAUSE_REVIEW;
}

/* Somebody wants to leave and may: renegotiate where there is something to gain, else part. */
static void part_or_renegotiate(const struct decision_step *s, int path, const struct occasion *occasion, int leaver, const int may[])
{
    const int owners = decision_state_owners(s->plan, s->block, path);
    const double surplus = owners > 1 ? decision_renegotiation_surplus(s, path, leaver, NULL) : 0.0;
    if (surplus > 0.0 && path_get(s->block->attempts, path) > 0.0) {
        decision_renegotiation_open(s, path);
    } else if (occasion->opens != OPENS_RENEGOTIATION || occasion->trigger < 0) {
        const int ends = occasion->term || owners == 1 || all_want_out(s, path, may);
        if (ends) decision_exit_wind_down(s, path, leaver, cause_of(occasion));
        else decision_exit_notice(s, path, leaver, cause_of(occasion));
    }
}

/* A hardship clause reopens the terms where somebody is below its outside option; a split by power always does. */
static void reopen(const struct decision_step *s, int path)
{
    double u[PARAM_PARTNERS];
    int below = s->plan->config->renegotiation.split == SPLIT_NASH;
    const int nearest = decision_review_leaver(s, path, NULL);
    if (nearest < 0 || decision_state_owners(s->plan, s->block, path) < 2 || !(path_get(s->block->attempts, path) > 0.0)) return;
    const double surplus = decision_renegotiation_surplus(s, path, nearest, u);
    for (int p = 0; p < s->plan->partners; p++) below |= path_get(s->block->in[p], path) > 0.0 && u[p] < 0.0;
    if (below && surplus > 0.0) decision_renegotiation_open(s, path);
}

static void decide(const struct decision_step *s, int path, const struct occasion *occasion)
{
    int may[PARAM_PARTNERS];
    decision_review_rights(s, path, may);
    if (occasion->trigger >= 0 && occasion->opens == OPENS_RENEGOTIATION) {
        reopen(s, path);
        return;
    }
    if (!(greatest_wish(s, path) > 0.0)) {
        if (!occasion->term) set_scope(s, path);
        else path_set(s->block->renewed, path, (double)s->n);
        return;
    }
    for (int p = 0; p < s->plan->partners; p++) may[p] |= occasion->term || (occasion->trigger >= 0 && occasion->opens == OPENS_EXIT);
    const int leaver = decision_review_leaver(s, path, may);
    if (leaver >= 0 && decision_review_wish(s, path, leaver) > 0.0) part_or_renegotiate(s, path, occasion, leaver, may);
    else path_set(s->block->held, path, 1.0);
    if (occasion->term) path_set(s->block->renewed, path, (double)s->n);
}

/* ---- Which paths are reviewed ---- */

/* A review in a lock-in that moves neither scope nor gap has no effect. */
static int review_matters(const struct decision_step *s)
{
    const struct decision_config *config = s->plan->config;
    if (s->n >= s->plan->lock_in_steps) return 1;
    return number_differs(config->governance.gap_held, 0.0) || number_differs(config->scope.expand_by, 0.0) ||
           number_differs(config->scope.narrow_by, 0.0);
}

static int find_occasion(const struct decision_step *s, int path, int formal, struct occasion *occasion)
{
    const double renewed = path_get(s->block->renewed, path);
    *occasion = (struct occasion){-1, OPENS_REVIEW, 0};
    if (!decision_state_open(s->block, path, MODE_NORMAL)) return 0;
    if (s->plan->term_steps && renewed >= 0.0 && (double)s->n - renewed >= (double)s->plan->term_steps) {
        occasion->term = 1;
        return 1;
    }
    occasion->trigger = s->plan->triggers ? decision_trigger_fired(s, path) : -1;
    if (occasion->trigger >= 0) {
        occasion->opens = s->plan->config->trigger[occasion->trigger].opens;
        return 1;
    }
    return formal && !(path_get(s->block->standstill, path) > 0.0);
}

/* A change of control that opens an exit needs no wish: the new owner leaves. Nonzero if it acted. */
static int change_control(const struct decision_step *s, int path, const struct occasion *occasion)
{
    if (occasion->trigger < 0 || occasion->opens != OPENS_EXIT) return 0;
    const struct decision_trigger_config *trigger = &s->plan->config->trigger[occasion->trigger];
    if (trigger->kind != TRIGGER_CONTROL) return 0;
    int leaver = trigger->partner;
    if (leaver < 0) leaver = decision_review_leaver(s, path, NULL);
    if (leaver >= 0 && path_get(s->block->in[leaver], path) > 0.0) decision_exit_notice(s, path, leaver, CAUSE_CONTROL);
    return 1;
}

void decision_review_step(const struct decision_step *s)
{
    const int formal = s->plan->review_steps && s->n && s->n % s->plan->review_steps == 0 && review_matters(s);
    struct occasion occasion[BLOCK_PATHS];
    lanes marked[BLOCK_LANES] = {{0}};
    int some = 0;
    if (!formal && !s->plan->triggers && !s->plan->term_steps) return;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        const int reviewed = find_occasion(s, path, formal, &occasion[path]);
        path_set(marked, path, reviewed ? 1.0 : 0.0);
        some |= reviewed;
    }
    if (!some) return;
    decision_review_look(s, marked);
    for (int path = 0; path < BLOCK_PATHS; path++) {
        if (!(path_get(marked, path) > 0.0)) continue;
        if (!change_control(s, path, &occasion[path])) decide(s, path, &occasion[path]);
        if (occasion[path].trigger >= 0) decision_trigger_use(s, path, occasion[path].trigger);
    }
}
