/* Missed calls along the nodes of an outlook. docs/model.md (5.10), (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

static int limited(const struct course_view *c, int p)
{
    return number_differs(c->plan->contract->config->call.limit[p], CONTRACT_NO_CAP);
}

void decision_call_fund(const struct course_view *c, const struct course *s, struct capital_call *call, lanes called[])
{
    const lanes zero = all_lanes(0.0);
    lanes open = zero, gap = zero;
    for (int p = 0; p < c->plan->partners; p++) open += limited(c, p) ? zero : s->of[p].equity;
    for (int p = 0; p < c->plan->partners; p++) {
        lanes room = most(READ(c->plan->contract->config->call.limit[p]) - s->of[p].paid, zero);
        call->covered[p] = call->missed[p] = zero;
        if (limited(c, p)) call->missed[p] = choose((flags)(open > 0.0), most(called[p] - room, zero), zero);
        called[p] -= call->missed[p];
        gap += call->missed[p];
    }
    for (int p = 0; p < c->plan->partners; p++) {
        if (limited(c, p)) continue;
        call->covered[p] = gap * s->of[p].equity / choose((flags)(open > 0.0), open, all_lanes(1.0));
        called[p] += call->covered[p];
    }
}

/* Where calls do not follow equity: what is missed as the equity that it stands for, and what 1 paid for others stands for then. */
RARE_FUNCTION void weigh(int partners, const struct capital_call *call, lanes all, lanes missed[], lanes *worth)
{
    lanes sum = all_lanes(0.0);
    for (int p = 0; p < partners; p++) sum += missed[p] = call->missed[p] * call->worth[p];
    *worth = sum / choose((flags)(all > 0.0), all, all_lanes(1.0));
}

void decision_call_dilute(const struct course_view *c, struct course *s, const struct capital_call *call)
{
    const int rule = c->plan->contract->config->call.rule, partners = c->plan->partners;
    const lanes zero = all_lanes(0.0);
    struct contract_dilution_sums sums = {zero, zero, zero, READ(c->plan->contract->config->call.factor), zero};
    lanes left[PARAM_PARTNERS], missed[PARAM_PARTNERS], worth = all_lanes(1.0);
    for (int p = 0; p < partners; p++) {
        missed[p] = call->missed[p];
        sums.missed += call->missed[p];
        sums.covered += call->covered[p];
        sums.total += s->of[p].paid;
    }
    if (!any((flags)(sums.missed > 0.0))) return;
    if (c->plan->contract->uneven) weigh(partners, call, sums.missed, missed, &worth);
    sums.covered *= worth;
    for (int p = 0; p < partners; p++) {
        left[p] = contract_dilution_left(rule, &sums, s->of[p].equity, missed[p]);
        sums.all += left[p];
    }
    for (int p = 0; p < partners; p++) {
        lanes now = contract_dilution_share(rule, &sums, left[p], call->covered[p] * worth);
        s->of[p].equity = choose((flags)(sums.missed > 0.0), now, s->of[p].equity);
    }
}

/* What a debtor owes with the interest of some years. */
static lanes grown(const struct course_view *c, lanes lent, double years)
{
    return lent * exp_lanes(all_lanes(c->plan->contract->loan_log * years));
}

void decision_call_repay(const struct course_view *c, struct course *s, const lanes missed[], const lanes covered[], const lanes profit[],
                         int k, lanes received[])
{
    const int partners = c->plan->partners, last = k + 1 == c->grid->nodes;
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    lanes paid_for = zero;
    for (int p = 0; p < partners; p++) {
        received[p] = zero;
        paid_for += covered[p];
    }
    for (int d = 0; d < partners; d++) {
        if (!limited(c, d)) continue;
        lanes owed = zero;
        for (int q = 0; q < partners; q++) owed += limited(c, q) ? zero : grown(c, s->lent[d][q], c->grid->node[k].years);
        lanes part = least(most(profit[d], zero) / choose((flags)(owed > 0.0), owed, one), one);
        for (int q = 0; q < partners; q++) {
            if (limited(c, q)) continue;
            lanes fresh = missed[d] * covered[q] / choose((flags)(paid_for > 0.0), paid_for, one);
            lanes lent = grown(c, s->lent[d][q], c->grid->node[k].years), pays = last ? lent + fresh : lent * part;
            s->lent[d][q] = lent + fresh - pays;
            received[d] -= pays;
            received[q] += pays;
        }
    }
}

lanes decision_call_settle(const struct course_view *c, const struct course *s, int p, int q)
{
    lanes sum = all_lanes(0.0);
    for (int o = 0; o < c->plan->partners; o++) {
        if (o == p || (q >= 0 && o != q)) continue;
        sum += s->lent[o][p] - s->lent[p][o];
    }
    return grown(c, sum, c->plan->years_per_step);
}
#undef READ
