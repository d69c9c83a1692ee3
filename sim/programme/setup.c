#include <stdio.h>
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

/* In the order of the clock; gates of one time in the order of their names. */
static void set_gates(struct programme_plan *plan)
{
    const double start = plan->config->production_start + PROGRAMME_SLACK, steps = 1.0 / plan->market->years_per_step;
    for (int g = 0; g < plan->market->scope->set[PARAM_SET_MILESTONE].count && !plan->bought; g++) {
        const struct programme_gate_config *config = &plan->config->gate[g];
        const int wait = (int)(config->retry_years * steps + 0.5), bars = !config->independent && config->at <= start;
        int k = plan->gates;
        if (config->at < 0.0) continue;
        for (; k > 0 && plan->gate[k - 1].config->at > config->at; k--) plan->gate[k] = plan->gate[k - 1];
        plan->gate[k] = (struct programme_gate){.config = config, .name = g, .bars = bars, .retry_steps = wait < 1 ? 1 : wait};
        plan->ends |= !config->independent;
        plan->betters |= number_differs(config->material_factor, 1.0) || number_differs(config->conversion_factor, 1.0);
        plan->gates++;
    }
}

static int has_costs(const struct programme_progress_config *progress)
{
    int costs = number_differs(progress->standing, 0.0);
    for (int year = 0; year < progress->development.count; year++) costs |= number_differs(progress->development.item[year], 0.0);
    return costs;
}

static void set_events(struct programme_plan *plan)
{
    const struct programme_progress_config *progress = &plan->config->progress;
    if (plan->bought) return;
    plan->succeeds = number_differs(progress->success_rate, 0.0);
    plan->adverse = number_differs(progress->adverse_rate, 0.0);
    plan->ends |= plan->adverse && progress->adverse_ends;
    plan->develops = has_costs(progress);
    plan->adverse_steps = (int)(progress->adverse_standstill / plan->market->years_per_step + 0.5);
}

/* What the venture needs of its partners, and how long: until its clock is through with what it has to do. */
static void set_needs(struct programme_plan *plan)
{
    const struct programme_config *config = plan->config;
    const int years = config->capex_plan.count > config->capex_grant.count ? config->capex_plan.count : config->capex_grant.count;
    if (plan->master >= 0) return;
    for (int k = 0; k < NEEDS; k++) {
        if (number_differs(config->need[k], 0.0)) plan->need[plan->needs++] = k;
    }
    plan->needed_until = (double)years;
    for (int k = 0; k < plan->gates; k++) {
        if (plan->gate[k].config->at > plan->needed_until) plan->needed_until = plan->gate[k].config->at;
    }
}

int programme_plan_streams(const struct programme_plan *venture)
{
    return 2 + venture->market->scope->set[PARAM_SET_MILESTONE].count;
}

const char *programme_plan_stream(const struct programme_plan *venture, int k, char name[PROGRAMME_STREAM])
{
    static const char *const fixed[] = {"programme.success/event", "programme.adverse/event"};
    if (k < 2) snprintf(name, PROGRAMME_STREAM, "%s", fixed[k]);
    else snprintf(name, PROGRAMME_STREAM, "programme.gates.%s/attempt", venture->market->scope->set[PARAM_SET_MILESTONE].name[k - 2]);
    return name;
}

void programme_plan_chance(struct programme_plan *plan, uint64_t seed, int sure)
{
    char name[PROGRAMME_STREAM];
    plan->sure = sure;
    for (int k = 0; k < plan->gates; k++) {
        plan->gate[k].key = random_stream_key(seed, programme_plan_stream(plan, 2 + plan->gate[k].name, name));
    }
    plan->success = random_stream_key(seed, programme_plan_stream(plan, 0, name));
    plan->misfortune = random_stream_key(seed, programme_plan_stream(plan, 1, name));
}

static int has_risks(const struct programme_config *config, int gates)
{
    int has = number_differs(config->progress.success_rate, 0.0) || number_differs(config->progress.adverse_rate, 0.0);
    for (int g = 0; g < gates; g++) has |= config->gate[g].at >= 0.0;
    return has;
}

int programme_deal_risks(const struct programme_deal *deal, int partners, int gates)
{
    int risks = has_risks(&deal->venture, gates);
    for (int p = 0; p < partners; p++) risks |= has_risks(&deal->alone[p], gates) || has_risks(&deal->after[p], gates);
    return risks;
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
            plan->pass_left[plan->seller[m]] = elementary_exp(-product->pass_speed * plan->market->years_per_step);
        }
    }
}

/* Who the programme can have strengths of: the partner whose own it is; of the venture all members. */
static void set_strengths(struct programme_plan *plan, int partners)
{
    plan->strong = plan->master < 0 && number_differs(plan->config->transfer_loss, 0.0);
    for (int p = 0; p < partners && plan->master < 0; p++) {
        if (!plan->product[p].apart) plan->able[plan->ables++] = p;
    }
    if (plan->master >= 0) plan->able[plan->ables++] = plan->master;
    for (int m = 0; m < plan->ables; m++) {
        for (int k = 0; k < STRENGTHS; k++) plan->strong |= number_differs(plan->product[plan->able[m]].strength[k], 1.0);
    }
    plan->each = plan->strong && plan->master < 0 && plan->config->each;
}

static int set_curve(struct programme_plan *plan)
{
    plan->curved = malloc(sizeof *plan->curved);
    if (!plan->curved) return STATUS_MEMORY;
    *plan->curved = *plan->config;
    programme_curve_fill(plan->config, &plan->curved->capex_plan);
    plan->config = plan->curved;
    return STATUS_OK;
}

/* Whose price a common product lowers, and whose other products suffer. */
static void find_brands(struct programme_plan *plan, int partners)
{
    for (int m = 0; m < plan->sellers; m++) {
        plan->brands |= plan->pooled && number_differs(plan->product[plan->seller[m]].brand_cost, 0.0);
        for (int p = 0; p < partners; p++) {
            if (plan->master >= 0 ? p != plan->master : plan->product[p].apart) continue;
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
    plan->limited = !bought && number_differs(config->capacity, PROGRAMME_NO_LIMIT);
    if (config->capex_total > 0.0 && set_curve(plan)) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    set_members(plan, partners, alone);
    if (partners) set_gates(plan);
    plan->master = alone;
    set_strengths(plan, partners);
    find_brands(plan, partners);
    find_prices(plan);
    if (partners) set_events(plan);
    programme_achieve_plan(plan);
    programme_due_plan(plan, NULL, NULL, NULL);
    set_needs(plan);
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
    free(plan->curved);
    memset(plan, 0, sizeof *plan);
}

size_t programme_block_doubles(const struct programme_plan *plan)
{
    size_t columns = 9 + (plan->redirects ? 2 : 0);
    if (plan->strong) columns += STRENGTHS;
    if (plan->brands) columns += 1;
    if (plan->tardy && plan->later) columns += 1;
    if (plan->localises) columns += 3 + 2 * (size_t)plan->members;
    if (plan->ends) columns += plan->later ? 2 : 1;
    if (plan->succeeds) columns++;
    if (plan->adverse) columns += 3;
    if (plan->develops) columns += 2;
    if (plan->gates) columns += 2 + 3 * (size_t)plan->gates;
    for (int m = 0; m < plan->members; m++) {
        columns += 5;
        for (int r = 0; r < plan->regions; r++) {
            columns += plan->sales[plan->member[m]][r] != NULL;
            if (plan->follows[plan->member[m]][r]) columns += plan->localises || plan->later ? 3 : 2;
        }
    }
    return columns * BLOCK_PATHS;
}

static void place_gates(struct programme_block *block, const struct programme_plan *plan, double **memory)
{
    if (plan->ends) block->ended = column_take(memory, 1);
    if (plan->ends && plan->later) block->over = column_take(memory, 1);
    if (plan->succeeds) block->success_at = column_take(memory, 1);
    if (plan->adverse) block->hazard = column_take(memory, 1);
    if (plan->adverse) block->adverse_at = column_take(memory, 1);
    if (plan->adverse) block->standing = column_take(memory, 1);
    if (plan->develops) block->development = column_take(memory, 1);
    if (plan->develops) block->idle = column_take(memory, 1);
    if (!plan->gates) return;
    block->missed = column_take(memory, 1);
    block->retry = column_take(memory, 1);
    for (int k = 0; k < plan->gates; k++) {
        const int g = plan->gate[k].name;
        block->gate[g] = column_take(memory, 1);
        block->attempts[g] = column_take(memory, 1);
        block->wait[g] = column_take(memory, 1);
    }
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
    if (plan->tardy && plan->later) block->begun = column_take(&memory, 1);
    for (int k = 0; plan->strong && k < STRENGTHS; k++) block->strength[k] = column_take(&memory, 1);
    if (plan->localises) block->localised = column_take(&memory, 1);
    if (plan->localises) block->local_capex = column_take(&memory, 1);
    if (plan->localises) block->local_volume = column_take(&memory, 1);
    place_gates(block, plan, &memory);
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
