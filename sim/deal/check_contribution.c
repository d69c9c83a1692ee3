/* Checks across rows: what the venture needs of its partners, and what they contribute. */
#include <stdio.h>

#include "deal/check.h"

static const char *const kinds[NEEDS] = {"engineering", "validation", "tooling", "plant", "release"};

static int needed(const struct check *c, int k)
{
    return number_differs(c->deal->programme.venture.need[k], 0.0);
}

/* Partners that offer some of it; `members`: of those that are in the deal. */
static int offers(const struct check *c, int k, int members)
{
    int count = 0;
    for (int p = 0; p < partners(c)->count; p++) {
        if (members && c->deal->contract.apart[p]) continue;
        count += number_differs(c->deal->programme.product[p].contribution[k], 0.0);
    }
    return count;
}

static void check_partner(struct check *c, int k, int p)
{
    const struct programme_product_config *product = &c->deal->programme.product[p];
    const int offered = number_differs(product->contribution[k], 0.0), worth = number_differs(product->opportunity_cost[k], 0.0);
    char name[PARAM_TEXT], other[PARAM_TEXT];
    snprintf(name, sizeof name, "partners.%s.contribution.%s", partner_name(c, p), kinds[k]);
    snprintf(other, sizeof other, "partners.%s.opportunity_cost.%s", partner_name(c, p), kinds[k]);
    if (offered && !needed(c, k)) WARN(c, name, "moves nothing: venture.need.%s is 0", kinds[k]);
    if (worth && !offered) WARN(c, other, "moves nothing: %s is 0", name);
    if (offered && needed(c, k) && !worth) WARN(c, other, "is 0: what the partner contributes costs it nothing");
}

static void check_kind(struct check *c, int k)
{
    char name[PARAM_TEXT];
    snprintf(name, sizeof name, "venture.need.%s", kinds[k]);
    if (needed(c, k) && !offers(c, k, 0)) {
        FAIL(c, name, "nobody offers any: the venture's clock would never move, want partners.PARTNER.contribution.%s", kinds[k]);
    } else if (needed(c, k) && !offers(c, k, 1)) {
        WARN(c, name, "no member of the venture offers any: its clock never moves");
    }
    for (int p = 0; p < partners(c)->count; p++) check_partner(c, k, p);
    snprintf(name, sizeof name, "contract.contribution_price.%s", kinds[k]);
    if (!needed(c, k) && number_differs(c->deal->contract.contribution_price[k], 0.0)) {
        WARN(c, name, "moves nothing: venture.need.%s is 0", kinds[k]);
    }
}

/* Something that the venture's clock runs for. */
static int clock_counts(const struct check *c)
{
    const struct programme_config *venture = &c->deal->programme.venture;
    int counts = programme_config_spends(venture) || venture->capex_grant.count || venture->production_start > 0.0 ||
                 number_differs(venture->progress.success_rate, 0.0);
    for (int g = 0; g < c->scope->set[PARAM_SET_MILESTONE].count; g++) counts |= venture->gate[g].at >= 0.0;
    return counts;
}

void deal_check_contributions(struct check *c)
{
    const struct decision_governance_config *governance = &c->deal->decision.governance;
    const int opens = number_differs(governance->goal_gap, 0.0) || number_differs(governance->gap_regime, 0.0) ||
                      number_differs(governance->gap_held, 0.0) || number_differs(governance->gap_gate, 0.0) ||
                      number_differs(governance->gap_unequal, 0.0);
    int some = 0;
    for (int k = 0; k < NEEDS; k++) {
        some |= needed(c, k);
        check_kind(c, k);
    }
    if (some && !clock_counts(c)) WARN(c, "venture.need", "moves nothing: the venture's clock has nothing to do");
    if (!some && number_differs(c->deal->programme.venture.need_exponent, 0.8)) {
        WARN(c, "venture.need.exponent", "moves nothing: venture.need is 0");
    }
    if (!number_differs(governance->withheld, 0.0)) return;
    if (!some) WARN(c, "contract.governance.withheld", "moves nothing: venture.need is 0");
    else if (!opens) WARN(c, "contract.governance.withheld", "moves nothing: nothing opens a gap of goals");
}
