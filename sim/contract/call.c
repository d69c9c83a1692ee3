/* Calls that a partner cannot pay: who pays them, and what that costs it; docs/model.md (5.10). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

static int limited(const struct contract_plan *plan, int p)
{
    return number_differs(plan->config->call.limit[p], CONTRACT_NO_CAP);
}

/* Equity of the partners without a limit. Where none of them is in, everybody pays what it is called for: somebody must. */
static void find_payers(const struct contract_plan *plan, const struct contract_terms *terms, lanes *restrict open)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) open[i] = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; !limited(plan, p) && i < BLOCK_LANES; i++) open[i] += at(terms->equity[p], i);
    }
}

void contract_call_fund(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn,
                        lanes called[PARAM_PARTNERS][BLOCK_LANES])
{
    const lanes zero = all_lanes(0.0);
    lanes open[BLOCK_LANES], gap[BLOCK_LANES];
    find_payers(plan, &block->terms, open);
    for (size_t i = 0; i < BLOCK_LANES; i++) gap[i] = zero;
    for (int p = 0; p < plan->partners; p++) {
        PARAMETER(limit, drawn, plan->config->call.limit[p]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes room = most(money(at(limit, i)) - block->paid_before[p][i], zero), missed = most(called[p][i] - room, zero);
            missed = limited(plan, p) ? choose((flags)(open[i] > 0.0), missed, zero) : zero;
            block->missed[p][i] = missed;
            block->covered[p][i] = zero;
            called[p][i] -= missed;
            gap[i] += missed;
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; !limited(plan, p) && i < BLOCK_LANES; i++) {
            lanes part = at(block->terms.equity[p], i) / choose((flags)(open[i] > 0.0), open[i], all_lanes(1.0));
            block->covered[p][i] = money(gap[i] * part);
            called[p][i] += block->covered[p][i];
        }
    }
}

/* Of all that is missed and paid in the step, and of all that was ever called, with the step. */
static void sum_calls(const struct contract_plan *plan, const struct contract_block *block, size_t i, lanes *missed, lanes *covered,
                      lanes *total)
{
    *missed = *covered = *total = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) {
        *missed += block->missed[p][i];
        *covered += block->covered[p][i];
        *total += block->paid_before[p][i];
    }
}

/* What 1 of all that is missed in the step stands for; 0 where nothing is. */
static lanes mean_worth(const struct contract_plan *plan, const struct contract_block *block, size_t i, lanes missed)
{
    lanes sum = all_lanes(0.0);
    for (int p = 0; p < plan->partners; p++) sum += block->missed[p][i] * block->worth[p][i];
    return sum / choose((flags)(missed > 0.0), missed, all_lanes(1.0));
}

void contract_call_dilute(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn)
{
    const int rule = plan->config->call.rule;
    struct contract_dilution_sums sums;
    if (!plan->dilutes) return;
    PARAMETER(factor, drawn, plan->config->call.factor);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes share[PARAM_PARTNERS], worth = all_lanes(1.0);
        sum_calls(plan, block, i, &sums.missed, &sums.covered, &sums.total);
        if (!any((flags)(sums.missed > 0.0))) continue;
        if (plan->uneven) worth = mean_worth(plan, block, i, sums.missed);
        sums.covered *= worth;
        sums.factor = at(factor, i);
        sums.all = all_lanes(0.0);
        for (int p = 0; p < plan->partners; p++) {
            lanes missed = block->worth[p] ? block->missed[p][i] * block->worth[p][i] : block->missed[p][i];
            share[p] = contract_dilution_left(rule, &sums, block->equity[p][i], missed);
            sums.all += share[p];
        }
        for (int p = 0; p < plan->partners; p++) {
            lanes now = contract_dilution_share(rule, &sums, share[p], block->covered[p][i] * worth);
            block->equity[p][i] = choose((flags)(sums.missed > 0.0), now, block->equity[p][i]);
        }
    }
}

/* What a partner owes the others with the interest of the step, and the part of its joint profit that goes to 1 of it. */
static void find_due(const struct contract_plan *plan, struct contract_block *block, int debtor, lanes *restrict part)
{
    const lanes zero = all_lanes(0.0);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes owed = zero, earned = most(block->flow[debtor][LINE_JOINT_PROFIT][i], zero);
        for (int q = 0; q < plan->partners; q++) {
            if (q == debtor) continue;
            block->lent[debtor][q][i] *= plan->loan_factor;
            owed += block->lent[debtor][q][i] * at(block->terms.in[q], i);
        }
        part[i] = least(earned / choose((flags)(owed > 0.0), owed, all_lanes(1.0)), all_lanes(1.0));
    }
}

/* All of it where one of the two has left, or at the horizon. */
static void pay_back(const struct contract_plan *plan, struct contract_block *block, int debtor, int lender, int step,
                     const lanes *restrict part)
{
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0);
    const int last = step + 1 == plan->market->steps;
    lanes amount[BLOCK_LANES], *lent = block->lent[debtor][lender];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags both = (flags)(at(block->terms.in[debtor], i) * at(block->terms.in[lender], i) > 0.0);
        lanes missed, covered, total;
        sum_calls(plan, block, i, &missed, &covered, &total);
        lanes fresh = block->missed[debtor][i] * block->covered[lender][i] / choose((flags)(covered > 0.0), covered, one);
        lanes paid = choose(both, last ? one : part[i], one) * lent[i];
        fresh = choose(both, fresh, zero);
        amount[i] = money(last ? paid + fresh : paid);
        lent[i] = choose(both, last ? zero : lent[i] + fresh - amount[i], zero);
    }
    contract_transfer_book(block, debtor, lender, LINE_TRANSFERS, amount);
}

void contract_call_step(const struct contract_plan *plan, struct contract_block *block, int step)
{
    lanes part[BLOCK_LANES];
    if (!plan->defaults) return;
    for (int debtor = 0; debtor < plan->partners; debtor++) {
        if (!limited(plan, debtor)) continue;
        find_due(plan, block, debtor, part);
        for (int lender = 0; lender < plan->partners; lender++) {
            if (!limited(plan, lender)) pay_back(plan, block, debtor, lender, step, part);
        }
    }
}
