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

static void check_levels(struct check *c)
{
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
        }
    }
}

void deal_check_market(struct check *c)
{
    check_levels(c);
    check_groups(c);
    check_crisis(c);
}
