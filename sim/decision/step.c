/* The order of a step, and the ports that it fills. docs/model.md (8a), 1 to 5. */
#include "decision/path.h"

static void fill(lanes *column, double x)
{
    for (size_t i = 0; column && i < BLOCK_LANES; i++) column[i] = all_lanes(x);
}

void decision_block_begin(const struct decision_plan *plan, struct decision_block *block, const struct decision_view *view)
{
    struct contract_terms *terms = &view->contract->terms;
    const struct decision_config *config = plan->config;
    if (!plan->on) return;
    PARAMETER(goal_gap, view->drawn, config->governance.goal_gap);
    PARAMETER(spend, view->drawn, plan->contract->config->preparation);
    PARAMETER(scale, view->drawn, config->preparation.scale);
    PARAMETER(scope, view->drawn, plan->contract->config->scope);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->gap_start[i] = block->gap[i] = at(goal_gap, i) * exp_lanes(-at(spend, i) / at(scale, i));
        block->scope[i] = at(scope, i);
    }
    lanes *zeros[] = {block->phase, block->mode, block->timer, block->cause, block->standstill, block->spent, block->spent_planned,
                      block->held, block->agreed, block->failed, block->agreements, block->deadlock_steps};
    for (size_t k = 0; k < sizeof zeros / sizeof *zeros; k++) fill(zeros[k], 0.0);
    block->acted = block->looked = 1;
    terms->agreements = 0;
    fill(block->redirected, 0.0);
    fill(block->missed, 0.0);
    fill(block->leaver, -1.0);
    fill(block->renewed, -1.0);
    fill(block->attempts, (double)config->renegotiation.attempts);
    random_uniforms(plan->breakup, view->first_path, 0, block->breakup);
    for (size_t i = 0; i < BLOCK_LANES; i++) block->breakup[i] = -log_lanes(block->breakup[i]);
    for (int t = 0; t < plan->triggers; t++) {
        fill(block->lasted[t], 0.0);
        random_uniforms(plan->control[t], view->first_path, 0, block->threshold[t]);
        for (size_t i = 0; i < BLOCK_LANES; i++) block->threshold[t][i] = -log_lanes(block->threshold[t][i]);
    }
    for (int p = 0; p < plan->partners; p++) {
        fill(block->in[p], plan->contract->config->apart[p] ? 0.0 : 1.0);
        fill(block->supply[p], 0.0);
        fill(block->licence[p], 0.0);
        fill(block->exit_cause[p], -1.0);
        for (int q = 0; q < plan->partners; q++) block->agreed_step[p][q] = terms->agreed[p][q];
    }
}

/* Nothing is decided yet in this step. */
static void clear(const struct decision_step *s)
{
    struct decision_block *block = s->block;
    struct contract_terms *terms = &s->view->contract->terms;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->phase_before[i] = block->phase[i];
        block->mode_before[i] = block->mode[i];
    }
    for (int p = 0; block->looked && p < s->plan->partners; p++) {
        fill(block->staying[p], LANES_MATH_NAN);
        fill(block->leaving[p], LANES_MATH_NAN);
    }
    if (block->looked) {
        fill(block->occasion, (double)OCCASION_NONE);
        fill(block->against, -1.0);
    }
    block->looked = 0;
    block->known = block->known_whole = 0;
    if (!block->acted) return;
    block->acted = 0;
    fill(block->agreed, 0.0);
    fill(block->failed, 0.0);
    fill(block->left_cause, -1.0);
    fill(terms->invested, 0.0);
    for (int line = 0; line < LINES; line++) fill(terms->outside[line], 0.0);
    for (int p = 0; p < s->plan->partners; p++) {
        for (int line = 0; line < LINES; line++) fill(terms->due[p][line], 0.0);
        fill(terms->sold[p], 0.0);
        fill(terms->recovered[p], 0.0);
        fill(terms->bought[p], 0.0);
        fill(block->left[p], 0.0);
        fill(block->moved[p], 0.0);
    }
}

/* 1: clocks of one step. What the venture spent in the last step is added up for the triggers. */
static void count(const struct decision_step *s)
{
    struct decision_block *block = s->block;
    const lanes zero = all_lanes(0.0);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags counts = (flags)(block->mode[i] != (double)MODE_DEADLOCK);
        block->timer[i] = choose(counts, most(block->timer[i] - 1.0, zero), block->timer[i]);
        block->standstill[i] = most(block->standstill[i] - 1.0, zero);
        flags starts = (flags)(block->phase[i] == (double)PHASE_DEVELOP) & programme_ready(s->plan->venture, s->view->venture, i);
        block->phase[i] = choose(starts, all_lanes((double)PHASE_OPERATE), block->phase[i]);
        block->renewed[i] = choose(starts, all_lanes((double)s->n), block->renewed[i]);
        if (!s->n) continue;
        if (block->missed) block->missed[i] = most(block->missed[i], s->view->venture->missed[i]);
        block->spent[i] += s->view->venture->capex[i];
        block->spent_planned[i] += s->view->venture->capex_planned[i];
    }
    for (int p = 0; s->view->contract->terms.departures && p < s->plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->supply[p][i] = most(block->supply[p][i] - 1.0, zero);
            block->licence[p][i] = most(block->licence[p][i] - 1.0, zero);
        }
    }
}

void decision_terms_scope(const struct decision_step *s)
{
    PARAMETER(lost, s->view->drawn, s->plan->config->governance.not_invented_here);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        s->view->contract->scope[i] = s->block->scope[i];
        s->view->contract->sharing[i] = s->block->scope[i] * (1.0 - at(lost, i) * s->block->gap[i]);
    }
    if (!s->plan->contract->contributes) return;
    PARAMETER(withheld, s->view->drawn, s->plan->config->governance.withheld);
    for (size_t i = 0; i < BLOCK_LANES; i++) s->view->contract->given[i] = 1.0 - at(withheld, i) * s->block->gap[i];
}

/* The terms in force in this step. */
static void write_terms(const struct decision_step *s)
{
    struct decision_block *block = s->block;
    struct contract_block *contract = s->view->contract;
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    PARAMETER(loss, s->view->drawn, s->plan->config->deadlock.volume_loss);
    decision_terms_scope(s);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags runs = (flags)(block->phase[i] <= (double)PHASE_OPERATE), stuck = (flags)(block->mode[i] == (double)MODE_DEADLOCK);
        contract->running[i] = choose(runs, one, zero);
        contract->terms.deadlocked[i] = choose(stuck & runs, one, zero);
        block->deadlock_steps[i] += contract->terms.deadlocked[i];
        contract->progress[i] = choose(runs & ~stuck, one, zero);
        contract->volume[i] = choose(stuck, 1.0 - at(loss, i), one);
    }
    for (size_t i = 0; contract->terms.barred && i < BLOCK_LANES; i++) {
        contract->terms.barred[i] = choose((flags)(block->mode_before[i] == (double)MODE_NOTICE), one, zero);
    }
    for (size_t i = 0; s->plan->redirects && i < BLOCK_LANES; i++) {
        contract->redirected[i] = block->redirected[i] * contract->running[i];
    }
    for (int p = 0; contract->terms.departures && p < s->plan->partners; p++) { /* else as it began */
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            flags supplied = (flags)(block->supply[p][i] > 0.0) & (flags)(block->in[p][i] < 0.5) & (flags)(contract->running[i] > 0.0);
            contract->in[p][i] = block->in[p][i];
            contract->terms.supplied[p][i] = choose(supplied, one, zero);
            contract->served[p][i] = most(block->in[p][i], contract->terms.supplied[p][i]);
            contract->terms.licensed[p][i] = choose((flags)(block->licence[p][i] > 0.0), one, zero);
        }
    }
    if (!s->plan->contract->contributes) return;
    contract_contribution_rate(s->plan->contract, contract, s->view->drawn); /* of those that are in now */
    for (size_t i = 0; i < BLOCK_LANES; i++) contract->progress[i] *= contract->contribution[i];
}

void decision_block_step(const struct decision_plan *plan, struct decision_block *block, const struct decision_view *view, int n)
{
    const struct decision_step step = {plan, block, view, n}, *s = &step;
    if (!plan->on) return;
    clear(s);
    count(s);
    if (!n) decision_terms_scope(s); /* else as the last step left them */
    if (plan->venture->ends) decision_event_step(s);
    decision_exit_step(s);
    decision_renegotiation_step(s);
    decision_governance_step(s);
    decision_trigger_step(s);
    decision_review_step(s);
    if (decision_review_due(s)) fill(block->missed, 0.0);
    if (plan->lone_stops) decision_alone_step(s);
    if (plan->localises) decision_localise_step(s);
    write_terms(s);
    view->contract->terms.dues = block->acted;
}
