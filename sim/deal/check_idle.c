/* Checks across rows: inputs that no cost uses, and duties between regions where nothing is made and sold. */
#include <stdio.h>
#include <string.h>

#include "deal/check.h"

/* An included file is shared by deals, of which each uses its part. */
static int is_own(const struct check *c, const char *name)
{
    const struct place place = deal_check_place(c, name);
    return place.file && c->source->file && !strcmp(place.file, c->source->file);
}

/* ---- Inputs ------------------------------------------------------------------------------------------------------------- */

static int programme_uses(const struct programme_config *programme, int input)
{
    return number_differs(programme->material.input_share[input], 0.0) || number_differs(programme->conversion.input_share[input], 0.0) ||
           number_differs(programme->capex_input_share[input], 0.0);
}

/* Also by what does not run in this scenario: modes are what tables switch. */
static int is_used(const struct check *c, int input)
{
    const struct programme_deal *deal = &c->deal->programme;
    int used = programme_uses(&deal->venture, input) || c->deal->contract.price.index_input == input;
    for (int p = 0; p < partners(c)->count; p++) {
        used |= number_differs(deal->own[p].capex_input_share[input], 0.0) || programme_uses(&deal->alone[p], input) || programme_uses(&deal->after[p], input);
        used |= number_differs(deal->standalone[p].buy_input_share[input], 0.0) || number_differs(deal->departed[p].buy_input_share[input], 0.0);
    }
    return used;
}

static void check_inputs(struct check *c)
{
    const struct param_names *names = &c->scope->set[PARAM_SET_INPUT];
    for (int k = 0; k < names->count; k++) {
        char name[2 * PARAM_NAME];
        if (is_used(c, k)) continue;
        snprintf(name, sizeof name, "market.input.%s", names->name[k]);
        if (!deal_check_place(c, name).file) snprintf(name, sizeof name, "inputs");
        if (is_own(c, name)) WARN(c, name, "input '%s' moves nothing: no cost has an input_share in it", names->name[k]);
    }
}

/* ---- Duties ------------------------------------------------------------------------------------------------------------- */

/* The partner, with its product or a plan of the programme's own, sells there. */
static int sells_in(const struct check *c, const struct programme_config *programme, int p, int region)
{
    return programme->plan[region].count > 0 || c->deal->programme.product[p].plan[region].count > 0;
}

static int is_from(const struct programme_config *programme, int region)
{
    return programme->site == region || (programme->localise.rule != LOCALISE_NONE && programme->localise.to == region);
}

/* Something may be made (or bought) in the one region and sold in the other. */
static int trades(const struct check *c, int origin, int destination)
{
    const struct programme_deal *deal = &c->deal->programme;
    const struct market_entrant_config *entrant = &c->deal->market.entrant[destination];
    int trades = entrant->arrival_rate > 0.0 && entrant->origin == origin;
    for (int p = 0; p < partners(c)->count; p++) {
        trades |= is_from(&deal->venture, origin) && sells_in(c, &deal->venture, p, destination);
        trades |= deal->standalone[p].mode != STANDALONE_NONE && is_from(&deal->alone[p], origin) && sells_in(c, &deal->alone[p], p, destination);
        trades |= deal->departed[p].mode != STANDALONE_NONE && is_from(&deal->after[p], origin) && sells_in(c, &deal->after[p], p, destination);
    }
    return trades;
}

/* A duty of the chain, of which some is paid, or none. */
static void look_at_duties(const struct check *c, int chain, int *some, int *paid)
{
    const int regions = c->scope->set[PARAM_SET_REGION].count;
    *some = *paid = 0;
    for (int o = 0; o < regions; o++) {
        for (int d = 0; d < regions; d++) {
            int duty = 0;
            for (int s = 0; s < c->scope->regimes[chain].count; s++) duty |= c->deal->market.chain[chain].tariff[o][d][s] > 0.0;
            *some |= duty;
            *paid |= duty && trades(c, o, d);
        }
    }
}

/* Changes of its regime may still part the partners' goals. */
static void check_chains(struct check *c)
{
    const struct param_names *names = &c->scope->set[PARAM_SET_CHAIN];
    if (number_differs(c->deal->decision.governance.gap_regime, 0.0)) return;
    for (int k = 0; k < names->count; k++) {
        char name[PARAM_TEXT];
        int some, paid;
        look_at_duties(c, k, &some, &paid);
        snprintf(name, sizeof name, "market.trade.%s.tariff", names->name[k]);
        if (some && !paid && is_own(c, name)) WARN(c, name, "moves nothing: what is sold in the destinations of these duties is not from their origins (site)");
    }
}

void deal_check_idle(struct check *c)
{
    check_inputs(c);
    check_chains(c);
}
