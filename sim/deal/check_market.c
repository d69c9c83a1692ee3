/* Checks across rows: the market's mechanisms that are half written, or written and idle. */
#include <string.h>

#include "base/text.h"
#include "deal/check.h"

/* ---- Chains of one group ------------------------------------------------------------------------------------------------ */

/* A group's name becomes that of a stream, so it is held to what names of the deal are. */
static int is_name(const char *text)
{
    const size_t length = strlen(text);
    return length && length < PARAM_NAME && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == length && text[0] >= 'a' &&
           text[0] <= 'z';
}

static void check_groups(struct check *c)
{
    const struct param_names *names = &c->scope->set[PARAM_SET_CHAIN];
    char name[PARAM_TEXT], shown[TEXT_ESCAPED];
    for (int k = 0; k < names->count; k++) {
        const char *group = c->deal->market.chain[k].group;
        int members = 0;
        if (!strcmp(group, MARKET_NO_GROUP)) continue;
        snprintf(name, sizeof name, "market.trade.%s.group", names->name[k]);
        if (!is_name(group)) FAIL(c, name, "not a name, got '%s', want small letters, digits and _, 32 at most", text_escape(shown, group));
        for (int other = 0; other < names->count; other++) members += !strcmp(c->deal->market.chain[other].group, group);
        if (members < 2) WARN(c, name, "moves nothing: no other chain is in group '%s'", text_escape(shown, group));
    }
}

/* ---- Crisis ------------------------------------------------------------------------------------------------------------- */

static void check_crisis(struct check *c)
{
    const struct market_crisis_config *crisis = &c->deal->market.crisis;
    const int comes = number_differs(crisis->entry_rate, 0.0), on = comes || crisis->start, ends = number_differs(crisis->exit_rate, 0.0);
    int deep = 0;
    for (int r = 0; r < c->scope->set[PARAM_SET_REGION].count; r++) deep |= number_differs(crisis->depth[r], 0.0);
    if (on && !deep) FAIL(c, "market.crisis.depth", "missing: a crisis that costs no region any demand, want market.crisis.depth.REGION");
    if (!on && deep) WARN(c, "market.crisis.depth", "moves nothing: no crisis at the start, and market.crisis.entry_rate is 0");
    if (!on && ends) WARN(c, "market.crisis.exit_rate", "moves nothing: no crisis at the start, and market.crisis.entry_rate is 0");
    if (on && !ends) WARN(c, "market.crisis.exit_rate", "is 0: a crisis never ends");
}

/* ---- Levels ------------------------------------------------------------------------------------------------------------- */

static void check_jumps(struct check *c, const struct market_factor_config *level, const char *prefix)
{
    const int jumps = number_differs(level->jump_rate, 0.0);
    const int sized = number_differs(level->jump_mean, 0.0) || number_differs(level->jump_volatility, 0.0);
    char name[PARAM_TEXT];
    snprintf(name, sizeof name, "%s.jump_rate", prefix);
    if (jumps && level->mean_reversion > 0.0) {
        FAIL(c, name, "jumps need a random walk, got %s.mean_reversion %g, want 0", prefix, level->mean_reversion);
    }
    if (jumps && !sized) FAIL(c, name, "jumps of no size, want %s.jump_mean or jump_volatility", prefix);
    if (!jumps && sized) WARN(c, name, "is 0: jump_mean and jump_volatility move nothing");
}

static int priced(const struct market_factor_config *level)
{
    return level->price_of_risk < 0.0 || level->price_of_risk > 0.0;
}

static void check_price_of_risk(struct check *c, const struct market_factor_config *level, const char *prefix)
{
    char name[PARAM_TEXT];
    if (!priced(level)) return;
    snprintf(name, sizeof name, "%s.price_of_risk", prefix);
    if (c->deal->market.measure == MEASURE_REAL) WARN(c, name, "not used: valuation.measure is real");
    else if (!number_differs(level->volatility, 0.0)) WARN(c, name, "moves nothing: the level has no volatility");
}

/* `prices`: levels with a price of risk. */
static void check_measure(struct check *c, int prices)
{
    const struct market_config *market = &c->deal->market;
    if (market->measure == MEASURE_REAL) {
        if (market->risk_free < 0.0 || market->risk_free > 0.0) WARN(c, "valuation.risk_free", "not used: valuation.measure is real");
        return;
    }
    if (!prices) FAIL(c, "valuation.measure", "risk_adjusted and no level has a price of risk, want market.demand.REGION.price_of_risk");
    if (c->deal->value.common_rate > -1.0) WARN(c, "valuation.common_rate", "not used: under risk_adjusted all is discounted at risk_free");
}

static void check_levels(struct check *c)
{
    int prices = 0;
    const struct market_config *market = &c->deal->market;
    const struct {
        const char *name; /* with the member's in it */
        enum param_set set;
        const struct market_factor_config *level;
    } kinds[] = {{"market.demand.%s", PARAM_SET_REGION, market->demand}, {"market.price.%s", PARAM_SET_REGION, market->price},
                 {"market.fx.%s", PARAM_SET_REGION, market->fx},         {"market.input.%s", PARAM_SET_INPUT, market->input},
                 {"partners.%s.share", PARAM_SET_PARTNER, market->share}};
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
        const struct param_names *names = &c->scope->set[kinds[kind].set];
        for (int k = 0; k < names->count; k++) {
            char prefix[2 * PARAM_NAME];
            snprintf(prefix, sizeof prefix, kinds[kind].name, names->name[k]);
            check_jumps(c, &kinds[kind].level[k], prefix);
            check_price_of_risk(c, &kinds[kind].level[k], prefix);
            prices += priced(&kinds[kind].level[k]);
        }
    }
    check_measure(c, prices);
}

/* ---- Entrants ----------------------------------------------------------------------------------------------------------- */

static void check_entrant(struct check *c, int region)
{
    const struct market_entrant_config *entrant = &c->deal->market.entrant[region];
    const int takes = number_differs(entrant->price_cut, 0.0) || number_differs(entrant->share_loss, 0.0);
    const int comes = entrant->arrival_rate > 0.0, says = takes || entrant->phase_years > 0.0 || entrant->origin >= 0;
    char prefix[2 * PARAM_NAME], name[PARAM_TEXT];
    snprintf(prefix, sizeof prefix, "market.entrant.%s", c->scope->set[PARAM_SET_REGION].name[region]);
    if (comes && !takes) FAIL(c, prefix, "arrives and takes nothing, want price_cut or share_loss");
    snprintf(name, sizeof name, "%s.arrival_rate", prefix);
    if (!comes && says) WARN(c, name, "is 0: the entrant never comes");
    snprintf(name, sizeof name, "%s.origin", prefix);
    if (entrant->origin >= 0 && !(entrant->localise_years > 0.0)) {
        WARN(c, name, "moves nothing: localise_years is 0, the entrant makes locally at once");
    }
    snprintf(name, sizeof name, "%s.localise_years", prefix);
    if (entrant->origin < 0 && entrant->localise_years > 0.0) WARN(c, name, "moves nothing: origin is none, the entrant pays no duty");
}

/* ---- Variants ----------------------------------------------------------------------------------------------------------- */

static void check_fragmentation(struct check *c)
{
    const struct programme_deal *deal = &c->deal->programme;
    const double rate = c->deal->market.fragmentation;
    int complex = number_differs(deal->venture.complexity, 0.0);
    for (int p = 0; p < partners(c)->count; p++) {
        complex |= number_differs(deal->alone[p].complexity, 0.0) || number_differs(deal->after[p].complexity, 0.0);
    }
    if ((rate < 0.0 || rate > 0.0) && !complex) {
        WARN(c, "market.fragmentation", "moves nothing: complexity is 0 in every programme, so that variants cost nothing");
    }
}

void deal_check_market(struct check *c)
{
    check_levels(c);
    check_groups(c);
    check_crisis(c);
    for (int r = 0; r < c->scope->set[PARAM_SET_REGION].count; r++) check_entrant(c, r);
    check_fragmentation(c);
}
