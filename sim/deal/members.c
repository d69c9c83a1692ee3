/* A scenario in which some partners stay apart: the same deal without them (docs/model.md, 0.6). What they have in the contract
   is taken out of the numbers of the deal, so that no stage needs to know of it; contract, decision and value know who is in. */
#include <stdlib.h>
#include <string.h>

#include "deal/check.h"

static int is_apart(const struct deal *deal, int p)
{
    return deal->contract.apart[p];
}

void deal_check_members(struct check *c)
{
    char name[PARAM_TEXT];
    int members = 0;
    for (int p = 0; p < partners(c)->count; p++) {
        members += !is_apart(c->deal, p);
        if (!is_apart(c->deal, p) || !c->deal->contract.needed[p]) continue;
        snprintf(name, sizeof name, "partners.%s.member", partner_name(c, p));
        FAIL(c, name, "is no, but contract.needed.%s is yes: without it there is no venture", partner_name(c, p));
    }
    if (partners(c)->count >= 2 && members < 2) {
        FAIL(c, "partners.*.member", "%d of %d partners, want 2 at the least", members, partners(c)->count);
    }
}

/* ---- What a partner that stays apart has in the deal ---- */

/* It sells alone what it would have sold from the venture. */
static void leave_programmes(struct programme_deal *deal, int p)
{
    for (int r = 0; r < PARAM_REGIONS; r++) {
        struct param_list *product = &deal->product[p].plan[r], *alone = &deal->alone[p].plan[r];
        if (!alone->count) *alone = *product;
        product->count = 0;
    }
    deal->own[p].capex_plan.count = deal->own[p].capex_grant.count = 0;
    deal->own[p].production_start = 0.0;
    deal->departed[p].mode = STANDALONE_NONE;
    deal->product[p].apart = 1;
    for (int k = 0; k < STRENGTHS; k++) {
        if (deal->venture.lead[k] == p) deal->venture.lead[k] = -1;
    }
}

/* Terms that act between partners that are in (royalties, take-or-pay, caps, leads, puts) need nothing: it is not in. */
static void leave_contract(struct contract_config *contract, int p)
{
    contract->equity[p] = contract->subsidy_share[p] = 0.0;
}

/* A trigger that watches it never fires. */
static void leave_decisions(struct decision_config *decision, int p)
{
    for (int t = 0; t < PARAM_TRIGGERS; t++) {
        struct decision_trigger_config *trigger = &decision->trigger[t];
        const int kind = trigger->kind;
        const int watches = kind == TRIGGER_TARIFF || kind == TRIGGER_VOLUME || kind == TRIGGER_VALUE || kind == TRIGGER_CONTROL;
        if (watches && trigger->partner == p) trigger->kind = TRIGGER_NEVER;
    }
}

/* ---- What is left ---- */

/* Equity of the members adds to 1 again; equal parts where none of them has any. Returns what they had of the whole. */
static double share_equity(struct contract_config *contract, int partners)
{
    double had = 0.0;
    int members = 0;
    for (int p = 0; p < partners; p++) {
        if (contract->apart[p]) continue;
        had += contract->equity[p];
        members++;
    }
    for (int p = 0; p < partners; p++) {
        if (contract->apart[p]) continue;
        contract->equity[p] = had > 0.0 ? contract->equity[p] / had : 1.0 / (double)members;
    }
    return had;
}

/* The mean of all partners' rates: values of coalitions must be told at one rate. */
static double common_rate(const struct deal *deal, int partners)
{
    double mean = 0.0;
    for (int p = 0; p < partners; p++) mean += deal->contract.equity[p] * deal->value.discount_rate[p];
    return mean;
}

/* A smaller venture: what is built, its standing cost and what it needs of its partners, in proportion. A draw is scaled as it is
   drawn, with its uniform. */
static int scale_venture(struct deal *deal, struct param_draws *draws, double size, struct report *report)
{
    struct programme_config *venture = &deal->programme.venture;
    int status = STATUS_OK;
    venture->capex_total *= size;
    for (int y = 0; y < venture->capex_plan.count && !status; y++) {
        status = param_registry_scale(draws, deal, &venture->capex_plan.item[y], size, report);
    }
    for (int y = 0; y < venture->capex_grant.count && !status; y++) {
        status = param_registry_scale(draws, deal, &venture->capex_grant.item[y], size, report);
    }
    if (!status) status = param_registry_scale(draws, deal, &venture->fixed_cost, size, report);
    if (!status && number_differs(venture->capacity, PROGRAMME_NO_LIMIT)) {
        status = param_registry_scale(draws, deal, &venture->capacity, size, report);
    }
    for (int k = 0; k < NEEDS && !status; k++) status = param_registry_scale(draws, deal, &venture->need[k], size, report);
    return status;
}

int deal_members(struct deal *deal, const struct param_scope *scope, struct param_draws *draws, struct report *report)
{
    const int partners = scope->set[PARAM_SET_PARTNER].count;
    int some = 0;
    for (int p = 0; p < partners; p++) some |= is_apart(deal, p);
    if (!some) return STATUS_OK;
    if (!(deal->value.common_rate > -1.0)) deal->value.common_rate = common_rate(deal, partners);
    for (int p = 0; p < partners; p++) {
        if (!is_apart(deal, p)) continue;
        leave_programmes(&deal->programme, p);
        leave_contract(&deal->contract, p);
        leave_decisions(&deal->decision, p);
    }
    const double had = share_equity(&deal->contract, partners);
    return deal->contract.size_rule == SIZE_SHARE ? scale_venture(deal, draws, had, report) : STATUS_OK;
}
