#include <string.h>

#include "base/elementary.h"
#include "contract/contract.h"

/* Planned volume over the years of production within the horizon; after the last year of a plan the last value holds. */
static double plan_total(const struct programme_plan *venture, int partner)
{
    const double horizon = venture->market->steps * venture->market->years_per_step;
    double sum = 0.0;
    for (int r = 0; r < venture->regions; r++) {
        const struct param_list *list = venture->sales[partner][r];
        for (int y = 0; list && y + venture->config->production_start < horizon; y++) {
            sum += list->item[y < list->count ? y : list->count - 1].value;
        }
    }
    return sum;
}

/* Scales to a sum of 1; equity where all are 0. */
static void normalise(double *share, const double *equity, int partners)
{
    double sum = 0.0;
    for (int p = 0; p < partners; p++) sum += share[p];
    for (int p = 0; p < partners; p++) share[p] = sum > 0.0 ? share[p] / sum : equity[p];
}

static void find_royalties(struct contract_plan *plan)
{
    for (int payer = 0; payer < plan->partners; payer++) {
        for (int receiver = 0; receiver < plan->partners; receiver++) {
            const struct contract_royalty_config *royalty = &plan->config->royalty[payer][receiver];
            if (payer == receiver) continue;
            const int guaranteed = number_differs(royalty->minimum, 0.0);
            if (!number_differs(royalty->per_unit, 0.0) && !number_differs(royalty->of_revenue, 0.0) && !guaranteed) continue;
            plan->royalty[plan->royalties++] = (struct contract_royalty){payer, receiver, royalty, guaranteed};
        }
    }
}

static void find_fees(struct contract_plan *plan)
{
    for (int payer = 0; payer < plan->partners; payer++) {
        plan->splits_cost |= plan->config->cost_share[payer].count > 0;
        for (int receiver = 0; receiver < plan->partners; receiver++) {
            const struct param_list *list = &plan->config->fee[payer][receiver];
            if (payer == receiver || !list->count) continue;
            plan->fee[plan->fees++] = (struct contract_fee){payer, receiver, list};
        }
    }
}

/* Payments for gates that the venture has. */
static void find_milestones(struct contract_plan *plan)
{
    for (int k = 0; k < plan->venture->gates; k++) {
        const int gate = plan->venture->gate[k].name;
        for (int payer = 0; payer < plan->partners; payer++) {
            for (int receiver = 0; receiver < plan->partners; receiver++) {
                const struct param_number *amount = &plan->config->milestone[gate][payer][receiver];
                if (payer == receiver || !number_differs(*amount, 0.0)) continue;
                plan->milestone[plan->milestones++] = (struct contract_milestone){gate, payer, receiver, amount};
            }
        }
    }
}

/* Lines that no mechanism of this deal can move are left alone by the kernels. */
static void find_active_lines(struct contract_plan *plan)
{
    int transfers = plan->contribution_paid || plan->royalties > 0 || plan->fees > 0 || plan->milestones > 0 || plan->defaults;
    for (int p = 0; p < plan->partners; p++) transfers |= plan->taken[p];
    const struct contract_coordination_config *c = &plan->config->coordination;
    int friction = plan->partners > 1 && number_differs(c->interface_cost, 0.0);
    friction |= plan->changing && number_differs(c->deadlock_cost, 0.0);
    friction |= number_differs(plan->config->preparation, 0.0);
    for (int p = 0; p < plan->partners; p++) {
        int *active = plan->active[p];
        active[LINE_OWN_MARGIN] = active[LINE_JOINT_PROFIT] = active[LINE_TARIFF] = 1;
        active[LINE_CAPEX] = active[LINE_TAX] = 1;
        active[LINE_SUBSIDY] = plan->market->subsidies > 0;
        active[LINE_TRANSFERS] = transfers;
        active[LINE_FRICTION] = friction;
        active[LINE_DEBT] = plan->lends;
        active[LINE_CAPITAL] = plan->scarce[p];
        active[LINE_EXIT] = active[LINE_OBLIGATIONS] = active[LINE_RENEGOTIATION] = active[LINE_KNOW_HOW] = plan->changing;
    }
}

static void find_calls(struct contract_plan *plan)
{
    const struct contract_call_config *call = &plan->config->call;
    for (int p = 0; p < plan->partners; p++) plan->misses |= number_differs(call->limit[p], CONTRACT_NO_CAP);
    plan->dilutes = plan->misses && call->missed == MISSED_DILUTE;
    plan->uneven = plan->dilutes && (plan->config->capex.rule != SHARE_EQUITY || plan->config->capex.overrun_lead >= 0 || plan->capped);
    plan->defaults = plan->misses && call->missed == MISSED_LOAN;
    plan->moving = plan->changing || plan->dilutes;
    plan->loan_log = elementary_log(1.0 + call->loan_rate);
    plan->loan_factor = elementary_exp(plan->years_per_step * plan->loan_log);
}

int contract_plan_init(struct contract_plan *plan, const struct contract_config *config,
                       const struct programme_plan *venture, const struct programme_plan *own, int partners,
                       int steps_per_year, int changing, struct report *report)
{
    (void)report;
    memset(plan, 0, sizeof *plan);
    plan->config = config;
    plan->venture = venture;
    plan->own = own;
    plan->market = venture->market;
    plan->changing = changing;
    plan->redirects = changing && venture->redirects;
    plan->lends = number_differs(config->debt.share, 0.0);
    plan->forgives = plan->lends && changing && config->debt.non_recourse;
    plan->to_achieve = venture->achieves ? venture->saving * config->scope.value : 0.0;
    plan->indexed = config->price.rule == PRICE_INDEXED;
    plan->partners = partners;
    plan->contributes = venture->needs > 0;
    for (int n = 0; n < venture->needs; n++) {
        plan->contribution_paid |= number_differs(config->contribution_price[venture->need[n]], 0.0);
    }
    plan->steps_per_year = steps_per_year;
    plan->years_per_step = venture->market->years_per_step;
    for (int p = 0; p < partners; p++) {
        plan->equity[p] = config->equity[p];
        plan->use[p] = plan_total(venture, p);
        plan->subsidy_share[p] = config->subsidy_rule == SHARE_FIXED ? config->subsidy_share[p] : config->equity[p];
        plan->taken[p] = number_differs(config->take_or_pay[p].least_share, 0.0) &&
                         number_differs(config->take_or_pay[p].shortfall_fee, 0.0);
        plan->scarce[p] = number_differs(config->premium[p], 0.0);
        plan->capped |= number_differs(config->capex.cap[p], CONTRACT_NO_CAP);
    }
    find_calls(plan);
    normalise(plan->use, plan->equity, partners);
    normalise(plan->subsidy_share, plan->equity, partners);
    find_royalties(plan);
    find_milestones(plan);
    find_fees(plan);
    find_active_lines(plan);
    return STATUS_OK;
}

void contract_plan_free(struct contract_plan *plan)
{
    memset(plan, 0, sizeof *plan);
}
