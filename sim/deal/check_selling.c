/* Checks across rows: what is sold, at which cost and from where. */
#include "deal/check.h"

static int says_something(const struct programme_localise_config *config)
{
    return config->to >= 0 || number_differs(config->capex, 0.0) || config->years > 0.0 || number_differs(config->cost_penalty, 1.0) ||
           number_differs(config->threshold, 0.0);
}

/* A second plant for nothing, nowhere, or at any duty is a forgotten number. */
static void check_plant(struct check *c, const struct programme_config *programme, const char *prefix)
{
    const struct programme_localise_config *config = &programme->localise;
    char name[PARAM_TEXT + PARAM_NAME];
    snprintf(name, sizeof name, "%s.to", prefix);
    if (config->to < 0) FAIL(c, name, "missing: a rule needs the region of the plant");
    if (config->to >= 0 && config->to == programme->site) FAIL(c, name, "is the programme's site, want another region");
    snprintf(name, sizeof name, "%s.capex", prefix);
    if (!number_differs(config->capex, 0.0)) FAIL(c, name, "missing: a plant costs something");
    snprintf(name, sizeof name, "%s.threshold", prefix);
    if (config->rule == LOCALISE_THRESHOLD && !number_differs(config->threshold, 0.0)) {
        FAIL(c, name, "missing: rule threshold needs a duty");
    }
    if (config->rule == LOCALISE_NPV && number_differs(config->threshold, 0.0)) WARN(c, name, "not used: the rule is npv");
    if (programme->site < 0 || !deal_check_duties(c)) WARN(c, prefix, "gains no duty: none is paid from the programme's site");
}

static void check_one(struct check *c, const struct programme_config *programme, const char *prefix, int makes)
{
    const int rule = programme->localise.rule;
    char name[PARAM_TEXT + PARAM_NAME];
    snprintf(name, sizeof name, "%s.rule", prefix);
    if (rule == LOCALISE_NONE && says_something(&programme->localise)) WARN(c, name, "is none: the rest of the section moves nothing");
    if (rule == LOCALISE_NONE) return;
    check_plant(c, programme, prefix);
    if (!makes) WARN(c, name, "never acts: the partner does not build");
}

/* The venture's is looked at when the partners meet. */
static int meets(const struct check *c)
{
    int meets = c->deal->decision.review_every_years > 0.0;
    for (int t = 0; t < c->scope->set[PARAM_SET_TRIGGER].count; t++) meets |= c->deal->decision.trigger[t].kind != TRIGGER_NEVER;
    return meets;
}

void deal_check_localisation(struct check *c)
{
    const struct programme_deal *deal = &c->deal->programme;
    char prefix[PARAM_TEXT];
    check_one(c, &deal->venture, "venture.localisation", 1);
    if (deal->venture.localise.rule != LOCALISE_NONE && !meets(c)) {
        WARN(c, "venture.localisation.rule", "never acts: no review and no trigger has the partners meet");
    }
    for (int p = 0; p < partners(c)->count; p++) {
        const int mode = deal->standalone[p].mode;
        snprintf(prefix, sizeof prefix, "standalone.%s.localisation", partner_name(c, p));
        check_one(c, &deal->alone[p], prefix, mode == STANDALONE_BUILD || mode == STANDALONE_BEST);
        snprintf(prefix, sizeof prefix, "after.%s.localisation", partner_name(c, p));
        check_one(c, &deal->after[p], prefix, deal->departed[p].mode == STANDALONE_BUILD);
    }
}

/* A price that follows a duty needs both: what a duty is of it, and how much of that it passes on. */
static void check_price(struct check *c, int p)
{
    const struct programme_product_config *product = &c->deal->programme.product[p];
    const int passes = number_differs(product->pass_first, 0.0) || number_differs(product->pass_long, 0.0);
    char name[PARAM_TEXT];
    snprintf(name, sizeof name, "partners.%s.customs_share", partner_name(c, p));
    if (passes && !number_differs(product->customs_share, 0.0)) FAIL(c, name, "missing: pass_through needs what a duty is of the price");
    if (!passes && number_differs(product->customs_share, 0.0)) WARN(c, name, "moves nothing: pass_through is 0");
    if (passes && !deal_check_duties(c)) WARN(c, name, "moves nothing: no corridor has a duty");
    snprintf(name, sizeof name, "partners.%s.pass_through.speed", partner_name(c, p));
    const int apart = product->pass_first.draw >= 0 || number_differs(product->pass_long, product->pass_first.value);
    if (passes && apart && !(product->pass_speed > 0.0)) FAIL(c, name, "missing: pass_through.long is not that of the first day");
    snprintf(name, sizeof name, "partners.%s.elasticity", partner_name(c, p));
    if (!passes && number_differs(product->elasticity, 0.0)) WARN(c, name, "moves nothing: pass_through is 0");
    snprintf(name, sizeof name, "partners.%s.rivals_exposed", partner_name(c, p));
    if (number_differs(product->rivals_exposed, 0.0) && !number_differs(product->elasticity, 0.0)) {
        WARN(c, name, "moves nothing: elasticity is 0");
    }
}

void deal_check_prices(struct check *c)
{
    for (int p = 0; p < partners(c)->count; p++) check_price(c, p);
}

/* A loss on the way ends with the ramp; a lead is one in something that differs. */
void deal_check_strengths(struct check *c)
{
    static const char *const names[STRENGTHS] = {"material", "conversion", "software", "plant", "access"};
    const struct programme_config *venture = &c->deal->programme.venture;
    char name[PARAM_TEXT];
    if (number_differs(venture->transfer_loss, 0.0) && !(venture->ramp_years > 0.0)) {
        WARN(c, "venture.transfer_loss", "moves nothing: venture.ramp_years is 0");
    }
    for (int k = 0; k < STRENGTHS; k++) {
        int some = 0;
        for (int p = 0; p < partners(c)->count; p++) some |= number_differs(c->deal->programme.product[p].strength[k], 1.0);
        snprintf(name, sizeof name, "venture.lead.%s", names[k]);
        if (venture->lead[k] >= 0 && !some) WARN(c, name, "moves nothing: no partner has another strength in it than 1");
    }
}

void deal_check_brands(struct check *c)
{
    const int common = number_differs(c->deal->programme.venture.common_share, 0.0);
    char name[PARAM_TEXT];
    for (int p = 0; p < partners(c)->count; p++) {
        const struct programme_product_config *product = &c->deal->programme.product[p];
        int takes = 0;
        for (int j = 0; j < partners(c)->count; j++) takes |= number_differs(product->cannibal[j], 0.0);
        snprintf(name, sizeof name, "partners.%s.brand_cost", partner_name(c, p));
        if (number_differs(product->brand_cost, 0.0) && !common) WARN(c, name, "moves nothing: venture.common_share is 0");
        snprintf(name, sizeof name, "partners.%s.margin_other", partner_name(c, p));
        if (takes && !number_differs(product->margin_other, 0.0)) FAIL(c, name, "missing: units that are lost had a margin");
        if (!takes && number_differs(product->margin_other, 0.0)) WARN(c, name, "moves nothing: cannibal is 0 for every partner");
    }
}
