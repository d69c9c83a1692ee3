/* Terms that are reopened: surplus, split, payments. docs/model.md (7.5). */
#include <string.h>

#include "bargaining/split.h"
#include "decision/path.h"

double decision_renegotiation_surplus(const struct decision_step *s, int path, int leaver, double u[])
{
    const double cost = PATH_READ(s, s->plan->config->renegotiation.cost) * s->plan->prices[2 * s->n + 1];
    double sum = 0.0;
    path_set(s->block->surplus, path, 0.0);
    path_set(s->block->against, path, (double)leaver);
    for (int p = 0; p < s->plan->partners; p++) {
        if (u) u[p] = 0.0;
        path_set(s->block->over[p], path, 0.0);
    }
    for (int p = 0; p < s->plan->partners; p++) {
        if (!(path_get(s->block->in[p], path) > 0.0)) continue;
        const double weight = path_get(s->block->weight[p], path);
        if (!(weight > 0.0)) return 0.0; /* nothing can be paid any more */
        const double part = path_get(s->view->contract->equity[p], path) * (1.0 - s->plan->value->config->tax_rate[p]);
        const double outside = path_get(s->block->leaving_value[leaver][p], path);
        const double over = (path_get(s->block->staying[p], path) - part * cost - outside) / weight;
        if (u) u[p] = over;
        path_set(s->block->over[p], path, over);
        sum += over;
    }
    path_set(s->block->surplus, path, sum);
    return sum;
}

/* A joint decision takes its time: longer with much governance, a step at the least. */
void decision_renegotiation_open(const struct decision_step *s, int path, int leaver)
{
    const struct decision_renegotiation_config *config = &s->plan->config->renegotiation;
    const double intensity = PATH_READ(s, s->plan->contract->config->coordination.intensity);
    const double steps = (config->lag_years + config->lag_intensity * intensity) * (double)s->plan->steps_per_year;
    const int lag = (int)(steps + 0.5);
    path_set(s->block->leaver, path, (double)leaver);
    decision_state_move(s->block, path, MODE_RENEGOTIATE, lag < 1 ? 1 : lag);
}

static void add_agreed(const struct decision_step *s, int path, int payer, int receiver, double amount)
{
    lanes *column = s->block->agreed_step[payer][receiver];
    s->view->contract->terms.agreements = 1;
    path_set(column, path, path_get(column, path) + path_money(amount));
}

/* Several receivers share what each payer gives in proportion to what they are to get. */
static void pay(const struct decision_step *s, int path, const double payment[])
{
    double given = 0.0;
    for (int p = 0; p < s->plan->partners; p++) {
        path_set(s->block->moved[p], path, payment[p]);
        if (payment[p] < 0.0) given -= payment[p];
    }
    if (!(given > 0.0)) return;
    for (int payer = 0; payer < s->plan->partners; payer++) {
        for (int receiver = 0; receiver < s->plan->partners; receiver++) {
            if (!(payment[payer] < 0.0) || !(payment[receiver] > 0.0)) continue;
            const double amount = -payment[payer] * (payment[receiver] / given);
            if (s->plan->config->renegotiation.form == FORM_LUMP_SUM) {
                decision_state_pay(s, path, payer, receiver, LINE_RENEGOTIATION, amount);
            } else {
                add_agreed(s, path, payer, receiver, amount);
            }
        }
    }
}

/* Without a threat, an exit of somebody that is better off inside, only a split by power pays anything. */
static void agree(const struct decision_step *s, int path, int leaver, const double u[])
{
    int in[PARAM_PARTNERS];
    double payment[PARAM_PARTNERS];
    for (int p = 0; p < s->plan->partners; p++) in[p] = path_get(s->block->in[p], path) > 0.0;
    if (s->plan->config->renegotiation.split == SPLIT_NASH) bargaining_split_nash(s->plan->partners, in, u, s->plan->power, payment);
    else if (u[leaver] < 0.0) bargaining_split_outside(s->plan->partners, in, u, payment);
    else memset(payment, 0, sizeof payment);
    pay(s, path, payment);
    path_set(s->block->standstill, path, (double)s->plan->standstill_steps);
    s->block->acted = 1;
    path_set(s->block->agreed, path, 1.0);
    path_set(s->block->agreements, path, path_get(s->block->agreements, path) + 1.0);
    decision_state_move(s->block, path, MODE_NORMAL, 0);
}

/* In vain: try again at the next occasion, or part if it was the last attempt and somebody free to leave still wants to. */
static void fail(const struct decision_step *s, int path, const int may[])
{
    s->block->acted = 1;
    path_set(s->block->failed, path, 1.0);
    const int leaver = decision_review_leaver(s, path, may);
    const int wants = leaver >= 0 && decision_review_wish(s, path, leaver) > 0.0;
    if (wants && !(path_get(s->block->attempts, path) > 0.0)) {
        decision_exit_notice(s, path, leaver, CAUSE_FAILED);
        return;
    }
    if (!wants && decision_review_wish(s, path, decision_review_leaver(s, path, NULL)) > 0.0) path_set(s->block->held, path, 1.0);
    decision_state_move(s->block, path, MODE_NORMAL, 0);
}

static void close_path(const struct decision_step *s, int path, double uniform)
{
    const struct decision_renegotiation_config *config = &s->plan->config->renegotiation;
    const double least = PATH_READ(s, config->success), readiness = PATH_READ(s, s->plan->config->governance.readiness);
    const double cost = PATH_READ(s, config->cost) * s->plan->prices[2 * s->n + 1];
    double u[PARAM_PARTNERS];
    int may[PARAM_PARTNERS], leaver = (int)path_get(s->block->leaver, path);
    decision_review_rights(s, path, may);
    if (leaver >= 0) may[leaver] = 1; /* a trigger or the term gave it the right */
    leaver = decision_review_leaver(s, path, may);
    if (leaver < 0) leaver = decision_review_leaver(s, path, NULL);
    path_set(s->block->attempts, path, path_get(s->block->attempts, path) - 1.0);
    for (int p = 0; p < s->plan->partners; p++) {
        decision_state_cost(s, path, p, LINE_RENEGOTIATION, cost * path_get(s->view->contract->equity[p], path));
    }
    const double surplus = decision_renegotiation_surplus(s, path, leaver, u);
    if (surplus > 0.0 && uniform < least + (1.0 - least) * readiness) agree(s, path, leaver, u);
    else fail(s, path, may);
}

/* Closes the renegotiations whose time is over, with the values of the day. */
void decision_renegotiation_step(const struct decision_step *s)
{
    uint64_t closing = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        if (!any((flags)(s->block->mode[i] == (double)MODE_RENEGOTIATE))) continue;
        closing |= path_bits(path_open(s->block, i, MODE_RENEGOTIATE) & (flags)(s->block->timer[i] < 0.5), i);
    }
    if (!closing) return;
    decision_review_look(s, 0, closing);
    while (closing) {
        const int path = path_next(&closing);
        close_path(s, path, random_uniform_single(s->plan->success, s->view->first_path + (uint64_t)path, (uint32_t)s->n));
    }
}
