#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "base/elementary.h"
#include "programme/programme.h"

enum { NEVER_BINDS = 1000000000 };

/* A programme's own plan where it has one, else the product's. NULL: nothing is sold there. */
static const struct param_list *plan_in_force(const struct programme_config *config,
                                              const struct programme_product_config *product, int region)
{
    if (config->plan[region].count) return &config->plan[region];
    return product->plan[region].count ? &product->plan[region] : NULL;
}

static void set_members(struct programme_plan *plan, int partners, int alone)
{
    for (int p = 0; p < partners; p++) {
        if (alone >= 0 && p != alone) continue;
        plan->member[plan->members++] = p;
        for (int r = 0; r < plan->regions; r++) {
            plan->sales[p][r] = plan_in_force(plan->config, &plan->product[p], r);
            plan->sells[p] |= plan->sales[p][r] != NULL;
        }
        if (plan->sells[p]) plan->seller[plan->sellers++] = p;
    }
}

/* Duty from the site in the regimes of the start. */
static double start_duty(const struct programme_plan *plan, int region)
{
    const int slot = plan->config->site < 0 ? -1 : plan->market->corridor_slot[plan->config->site][region];
    double sum = 0.0;
    if (slot < 0) return 0.0;
    const struct market_corridor *corridor = &plan->market->corridor[slot];
    for (int k = 0; k < corridor->chains; k++) sum += corridor->tariff[k][plan->market->chain[corridor->chain[k]].start];
    return sum;
}

/* Prices that follow a duty: of partners whose price passes something on, where there is one. */
static void find_prices(struct programme_plan *plan)
{
    for (int r = 0; r < plan->regions; r++) plan->start_duty[r] = start_duty(plan, r);
    for (int m = 0; m < plan->sellers; m++) {
        const struct programme_product_config *product = &plan->product[plan->seller[m]];
        const int passes = number_differs(product->pass_first, 0.0) || number_differs(product->pass_long, 0.0);
        if (!passes || !number_differs(product->customs_share, 0.0) || plan->config->site < 0) continue;
        for (int r = 0; r < plan->regions; r++) {
            if (!plan->sales[plan->seller[m]][r] || plan->market->corridor_slot[plan->config->site][r] < 0) continue;
            plan->passes = plan->follows[plan->seller[m]][r] = 1;
        }
    }
}

/* Strengths of those that the programme can have them from. */
static int has_strengths(const struct programme_plan *plan)
{
    int strong = plan->master < 0 && number_differs(plan->config->transfer_loss, 0.0);
    for (int p = 0; p < plan->partners; p++) {
        if (plan->master >= 0 && p != plan->master) continue;
        for (int k = 0; k < STRENGTHS; k++) strong |= number_differs(plan->product[p].strength[k], 1.0);
    }
    return strong;
}

/* Whose price a common product lowers, and whose other products suffer. */
static void find_brands(struct programme_plan *plan, int partners)
{
    for (int m = 0; m < plan->sellers; m++) {
        plan->brands |= plan->pooled && number_differs(plan->product[plan->seller[m]].brand_cost, 0.0);
        for (int p = 0; p < partners; p++) {
            if (plan->master >= 0 && p != plan->master) continue;
            const struct programme_product_config *product = &plan->product[p];
            plan->cannibal[p] |= number_differs(product->cannibal[plan->seller[m]], 0.0) && number_differs(product->margin_other, 0.0);
        }
    }
}

int programme_plan_init(struct programme_plan *plan, const struct programme_config *config,
                        const struct programme_product_config *product, const struct market_plan *market, int partners,
                        int regions, int alone, const struct programme_standalone_config *bought, struct report *report)
{
    memset(plan, 0, sizeof *plan);
    plan->config = config;
    plan->product = product;
    plan->market = market;
    plan->regions = regions;
    plan->bought = bought;
    plan->pooled = alone < 0 && number_differs(config->common_share, 0.0);
    plan->redirects = alone < 0 && number_differs(config->redirect.volume, 0.0);
    plan->localises = !bought && partners && config->localise.rule != LOCALISE_NONE && config->localise.to >= 0;
    plan->limited = !bought && number_differs(config->capacity, (double)NEVER_BINDS);
    set_members(plan, partners, alone);
    plan->master = alone;
    plan->partners = alone < 0 ? partners : alone + 1; /* one of its own may be the only one that is looked at */
    plan->strong = has_strengths(plan);
    find_brands(plan, partners);
    find_prices(plan);
    plan->inflation = malloc((size_t)market->steps * sizeof *plan->inflation);
    if (!plan->inflation) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    /* a price that follows a region's is nominal already */
    const int follows = bought && bought->buy_price_region >= 0;
    for (int n = 0; n < market->steps; n++) {
        plan->inflation[n] =
            (follows ? 1.0 : market->inflation[n]) * elementary_exp(config->escalation * ((double)n + 0.5) * market->years_per_step);
    }
    return STATUS_OK;
}

void programme_plan_free(struct programme_plan *plan)
{
    free(plan->inflation);
    memset(plan, 0, sizeof *plan);
}

size_t programme_block_doubles(const struct programme_plan *plan)
{
    size_t columns = 9 + (plan->redirects ? 2 : 0);
    if (plan->strong) columns += STRENGTHS;
    if (plan->brands) columns += 1;
    if (plan->localises) columns += 3 + 2 * (size_t)plan->members;
    for (int m = 0; m < plan->members; m++) {
        columns += 5;
        for (int r = 0; r < plan->regions; r++) {
            columns += plan->sales[plan->member[m]][r] != NULL;
            if (plan->follows[plan->member[m]][r]) columns += plan->localises || plan->later ? 3 : 2;
        }
    }
    return columns * BLOCK_PATHS;
}

double *programme_block_place(struct programme_block *block, const struct programme_plan *plan, double *memory)
{
    memset(block, 0, sizeof *block);
    block->clock = column_take(&memory, 1);
    block->clock_before = column_take(&memory, 1);
    block->production = column_take(&memory, 1);
    block->capex = column_take(&memory, 1);
    block->capex_planned = column_take(&memory, 1);
    block->grant = column_take(&memory, 1);
    block->learning = column_take(&memory, 1);
    block->pooled_made = column_take(&memory, 1);
    block->volume = column_take(&memory, 1);
    if (plan->redirects) block->external = column_take(&memory, 1);
    if (plan->redirects) block->external_cost = column_take(&memory, 1);
    if (plan->brands) block->common = column_take(&memory, 1);
    for (int k = 0; plan->strong && k < STRENGTHS; k++) block->strength[k] = column_take(&memory, 1);
    if (plan->localises) block->localised = column_take(&memory, 1);
    if (plan->localises) block->local_capex = column_take(&memory, 1);
    if (plan->localises) block->local_volume = column_take(&memory, 1);
    for (int m = 0; m < plan->members; m++) {
        const int p = plan->member[m];
        block->made_before[p] = column_take(&memory, 1);
        block->ordered[p] = column_take(&memory, 1);
        block->planned[p] = column_take(&memory, 1);
        block->made[p] = column_take(&memory, 1);
        block->unit_cost[p] = column_take(&memory, 1);
        if (plan->localises) block->local_made[p] = column_take(&memory, 1);
        if (plan->localises) block->local_cost[p] = column_take(&memory, 1);
        for (int r = 0; r < plan->regions; r++) {
            if (plan->sales[p][r]) block->sold[p][r] = column_take(&memory, 1);
            if (!plan->follows[p][r]) continue;
            block->price_factor[p][r] = column_take(&memory, 1);
            block->duty_felt[p][r] = column_take(&memory, 1);
            block->rivals_felt[p][r] = plan->localises || plan->later ? column_take(&memory, 1) : block->duty_felt[p][r];
        }
    }
    return memory;
}

int programme_deal_localises(const struct programme_deal *deal, int partners)
{
    int some = deal->venture.localise.rule != LOCALISE_NONE;
    for (int p = 0; p < partners; p++) {
        some |= deal->alone[p].localise.rule != LOCALISE_NONE && deal->standalone[p].mode != STANDALONE_NONE;
    }
    return some;
}
