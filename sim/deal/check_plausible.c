/* Checks across rows: numbers that fit no other one, which an analyst would hardly mean. They are told, not refused. */
#include <stdio.h>

#include "deal/check.h"

#define MOST_RATIO 20.0 /* price over unit cost, either way */
#define LEAST_CAPACITY 0.5
#define MOST_CAPACITY 5.0

/* ---- Time --------------------------------------------------------------------------------------------------------------- */

static void check_start(struct check *c, const struct programme_config *programme, const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    if (programme->production_start < (double)c->deal->frame.horizon_years) return;
    snprintf(name, sizeof name, "%s.production_start", prefix);
    WARN(c, name, "nothing is ever sold: production starts after %g years, horizon_years is %d", programme->production_start,
         c->deal->frame.horizon_years);
}

static void check_starts(struct check *c)
{
    char prefix[PARAM_TEXT];
    if (deal_check_sells(c, -1)) check_start(c, &c->deal->programme.venture, "venture");
    for (int p = 0; p < partners(c)->count; p++) {
        if (c->deal->programme.standalone[p].mode == STANDALONE_NONE) continue;
        snprintf(prefix, sizeof prefix, "standalone.%s", partner_name(c, p));
        check_start(c, &c->deal->programme.alone[p], prefix);
    }
}

/* ---- Size --------------------------------------------------------------------------------------------------------------- */

/* Planned sales of all members in a year of production, everywhere. */
static double planned(const struct check *c, int year)
{
    double sum = 0.0;
    for (int p = 0; p < partners(c)->count; p++) {
        for (int r = 0; r < c->scope->set[PARAM_SET_REGION].count && !c->deal->contract.apart[p]; r++) {
            const struct param_list *plan = &c->deal->programme.product[p].plan[r];
            if (plan->count) sum += plan->item[year < plan->count ? year : plan->count - 1].value;
        }
    }
    return sum;
}

/* What outside customers may take counts as planned. */
static void check_capacity(struct check *c)
{
    const struct programme_config *venture = &c->deal->programme.venture;
    const double capacity = venture->capacity.value, outside = venture->redirect.volume.value;
    double best = 0.0;
    for (int year = 0; year < PARAM_YEARS; year++) best = planned(c, year) > best ? planned(c, year) : best;
    if (!number_differs(venture->capacity, PROGRAMME_NO_LIMIT) || !(best > 0.0)) return;
    if (capacity < LEAST_CAPACITY * best) {
        WARN(c, "venture.capacity", "less than half of what is planned, got %g, want some %g, the best year of all plans", capacity, best);
    } else if (capacity > MOST_CAPACITY * (best + outside)) {
        WARN(c, "venture.capacity", "more than five times what is planned, got %g, want some %g, the best year of all plans", capacity, best);
    }
}

/* ---- Money -------------------------------------------------------------------------------------------------------------- */

/* A slip of a thousand: money is in millions for one unit of volume, whatever that is. */
static void check_price(struct check *c, int p, int r)
{
    const struct programme_config *venture = &c->deal->programme.venture;
    const struct programme_product_config *product = &c->deal->programme.product[p];
    const double cost = venture->material.cost.value + venture->conversion.cost.value + product->own_unit_cost.value;
    const double price = product->price[r].value * c->deal->market.fx_rate[r];
    char name[PARAM_TEXT];
    if (!product->plan[r].count || !(price > 0.0) || !(cost > 0.0) || (price < MOST_RATIO * cost && cost < MOST_RATIO * price)) return;
    snprintf(name, sizeof name, "partners.%s.price.%s", partner_name(c, p), c->scope->set[PARAM_SET_REGION].name[r]);
    WARN(c, name, "%.4g times the unit cost, got %g, and cost %g (venture.material, venture.conversion, own_unit_cost), both in million %s for one volume_unit",
         price / cost, price, cost, c->deal->frame.currency);
}

void deal_check_plausible(struct check *c)
{
    check_starts(c);
    check_capacity(c);
    for (int p = 0; p < partners(c)->count; p++) {
        for (int r = 0; r < c->scope->set[PARAM_SET_REGION].count; r++) check_price(c, p, r);
    }
}
