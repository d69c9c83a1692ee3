#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "base/elementary.h"
#include "programme/programme.h"

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
    plan->limited = !bought && number_differs(config->capacity, PROGRAMME_NO_LIMIT);
    set_members(plan, partners, alone);
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
    for (int m = 0; m < plan->members; m++) {
        columns += 5;
        for (int r = 0; r < plan->regions; r++) columns += plan->sales[plan->member[m]][r] != NULL;
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
    for (int m = 0; m < plan->members; m++) {
        const int p = plan->member[m];
        block->made_before[p] = column_take(&memory, 1);
        block->ordered[p] = column_take(&memory, 1);
        block->planned[p] = column_take(&memory, 1);
        block->made[p] = column_take(&memory, 1);
        block->unit_cost[p] = column_take(&memory, 1);
        for (int r = 0; r < plan->regions; r++) {
            if (plan->sales[p][r]) block->sold[p][r] = column_take(&memory, 1);
        }
    }
    return memory;
}
