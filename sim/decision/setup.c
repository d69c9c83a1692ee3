/* From the deal to what the kernels of decision/ need: lengths in steps, keys, tables of beliefs. */
#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "base/elementary.h"
#include "decision/grid.h"

/* A gap of goals costs something. */
static int gap_costs(const struct decision_governance_config *governance)
{
    return number_differs(governance->not_invented_here, 0.0) || number_differs(governance->withheld, 0.0);
}

int decision_config_acts(const struct decision_config *config, int partners, int triggers)
{
    int acts = config->review_every_years > 0.0 || config->term_years > 0.0 || number_differs(config->deadlock.rate, 0.0) ||
               number_differs(config->breakup.share, 0.0) ||
               (number_differs(config->governance.goal_gap, 0.0) && gap_costs(&config->governance)) ||
               (number_differs(config->governance.gap_regime, 0.0) && gap_costs(&config->governance));
    for (int t = 0; t < triggers; t++) acts |= config->trigger[t].kind != TRIGGER_NEVER;
    for (int p = 0; p < partners; p++) acts |= config->stops[p];
    return acts;
}

static int steps_of(const struct decision_plan *plan, double years)
{
    return (int)(years * (double)plan->steps_per_year + 0.5);
}

static int at_least(int steps, int least)
{
    return steps < least ? least : steps;
}

static void set_lengths(struct decision_plan *plan)
{
    const struct decision_config *config = plan->config;
    plan->review_steps = config->review_every_years > 0.0 ? at_least(steps_of(plan, config->review_every_years), 1) : 0;
    plan->lock_in_steps = steps_of(plan, config->lock_in_years);
    plan->term_steps = config->term_years > 0.0 ? at_least(steps_of(plan, config->term_years), 1) : 0;
    plan->notice_steps = steps_of(plan, config->exit.notice_years);
    plan->supply_steps = steps_of(plan, plan->contract->config->departure.supply_years);
    plan->licence_steps = steps_of(plan, plan->contract->config->departure.licence_years);
    plan->supply_years = (double)plan->supply_steps * plan->years_per_step;
    plan->licence_years = (double)plan->licence_steps * plan->years_per_step;
    plan->put_steps = config->exit.put_until_years > 0.0 ? steps_of(plan, config->exit.put_until_years) : plan->steps;
    for (int p = 0; p < plan->partners; p++) plan->ends |= config->exit.ends[p];
    plan->limit_steps = config->deadlock.limit_years > 0.0 ? at_least(steps_of(plan, config->deadlock.limit_years), 1) : 0;
    plan->standstill_steps = steps_of(plan, config->renegotiation.standstill_years);
    plan->wind_down_steps = at_least(steps_of(plan, config->exit.wind_down_years), 1);
    for (int t = 0; t < plan->triggers; t++) plan->lasts[t] = at_least(steps_of(plan, config->trigger[t].for_years), 1);
}

static void set_power(struct decision_plan *plan)
{
    double sum = 0.0;
    for (int p = 0; p < plan->partners; p++) sum += plan->config->power[p];
    for (int p = 0; p < plan->partners; p++) plan->power[p] = sum > 0.0 ? plan->config->power[p] / sum : 1.0 / (double)plan->partners;
}

int decision_plan_streams(const struct decision_plan *plan)
{
    return plan->on ? 4 + plan->triggers : 0;
}

const char *decision_plan_stream(const struct decision_plan *plan, int k, char name[DECISION_STREAM])
{
    static const char *const fixed[] = {"contract.deadlock/arrival", "contract.deadlock/resolution", "contract.renegotiation/success",
                                        "contract.breakup/event"};
    if (k < 4) snprintf(name, DECISION_STREAM, "%s", fixed[k]);
    else snprintf(name, DECISION_STREAM, "contract.triggers.%s/event", plan->market->scope->set[PARAM_SET_TRIGGER].name[k - 4]);
    return name;
}

static void set_keys(struct decision_plan *plan, uint64_t seed)
{
    char name[DECISION_STREAM];
    struct random_key *const fixed[] = {&plan->deadlock, &plan->resolution, &plan->success, &plan->breakup};
    for (int k = 0; k < 4 + plan->triggers; k++) {
        *(k < 4 ? fixed[k] : &plan->control[k - 4]) = random_stream_key(seed, decision_plan_stream(plan, k, name));
    }
}

/* ---- Tables ------------------------------------------------------------------------------------------------------------- */

/* e^(rate h) for h = 0, 1, ... half steps. */
static double *fill_powers(const struct decision_plan *plan, double rate, double **table)
{
    double *powers = *table;
    const int count = 2 * plan->steps + 2;
    for (int h = 0; h < count; h++) powers[h] = elementary_exp(rate * (double)h * 0.5 * plan->years_per_step);
    *table += count;
    return powers;
}

/* Prices of an instance: those of the market with its escalation; a price that follows a region's is nominal already. */
static double *fill_prices(const struct decision_plan *plan, const struct programme_plan *programme, double **table)
{
    const int follows = programme->bought && programme->bought->buy_price_region >= 0;
    return fill_powers(plan, (follows ? 0.0 : plan->market_inflation) + programme->config->escalation, table);
}

static void fill_schedules(struct decision_plan *plan, double **table)
{
    for (int s = 0; s < plan->market->subsidies; s++) {
        double *sum = *table;
        sum[0] = 0.0;
        for (int n = 0; n < plan->steps; n++) sum[n + 1] = sum[n] + plan->market->subsidy[s].schedule[n];
        plan->schedule[s] = sum;
        *table += plan->steps + 1;
    }
}

/* Chance that a support outlives a number of half steps; with a drawn hazard it is worked out path by path. */
static void fill_survival(struct decision_plan *plan, double **table)
{
    for (int s = 0; s < plan->market->subsidies; s++) {
        const struct param_number rate = plan->market->subsidy[s].config->repeal_rate;
        if (rate.draw < 0) plan->survival[s] = fill_powers(plan, -rate.value, table);
    }
}

/* Share of a book that a number of steps leaves. */
static void fill_kept(struct decision_plan *plan, double **table)
{
    double *kept = *table;
    kept[0] = 1.0;
    for (int n = 0; n < plan->steps; n++) kept[n + 1] = kept[n] * (1.0 - plan->value->depreciation);
    plan->kept = kept;
    *table += plan->steps + 1;
}

/* Probability of going from regime a to b in one move, from cumulative tables. */
static double move_chance(const double cumulative[][8], int regimes, int a, int b)
{
    const double below = b ? cumulative[b - 1][a] : 0.0;
    return (b + 1 < regimes ? cumulative[b][a] : 1.0) - below;
}

/* Expected rate j moves ahead of each regime, summed over j = 1 .. steps: h_j = P h_(j-1). */
static void sum_rates(const struct decision_plan *plan, const struct market_chain *chain, const double tariff[8], int from_start,
                      double (*sum)[8])
{
    double ahead[8], before[8];
    memcpy(ahead, tariff, sizeof ahead);
    memset(sum[0], 0, sizeof sum[0]);
    for (int j = 1; j <= plan->steps; j++) {
        memcpy(before, ahead, sizeof before);
        for (int a = 0; a < chain->regimes && !chain->still; a++) {
            ahead[a] = 0.0;
            for (int b = 0; b < chain->regimes; b++) ahead[a] += move_chance(chain->later, chain->regimes, a, b) * before[b];
        }
        for (int a = 0; a < 8; a++) {
            double rate = a < chain->regimes ? ahead[a] : 0.0;
            if (from_start && !chain->still && a < chain->regimes) { /* the first move is half a step */
                rate = 0.0;
                for (int b = 0; b < chain->regimes; b++) rate += move_chance(chain->first, chain->regimes, a, b) * before[b];
            }
            sum[j][a] = sum[j - 1][a] + rate;
        }
    }
}

static void fill_duties(struct decision_plan *plan, double **table)
{
    const size_t length = 8 * ((size_t)plan->steps + 1);
    for (int c = 0; c < plan->market->corridors; c++) {
        const struct market_corridor *corridor = &plan->market->corridor[c];
        for (int k = 0; k < corridor->chains; k++) {
            double(*sum)[8] = (double(*)[8])(void *)*table, (*from_start)[8] = (double(*)[8])(void *)(*table + length);
            const struct market_chain *chain = &plan->market->chain[corridor->chain[k]];
            sum_rates(plan, chain, corridor->tariff[k], 0, sum);
            sum_rates(plan, chain, corridor->tariff[k], 1, from_start);
            plan->duty[c][k] = (struct decision_duty){(const double(*)[8])sum, (const double(*)[8])from_start};
            *table += 2 * length;
        }
    }
}

/* Sum over the steps so far of the phase that is expected, given that it has not arrived: it comes in step i from now with chance
   e^{-h i d} - e^{-h (i + 1) d}. `sum` is by steps since the arrival. */
static double *expect_arrival(const struct decision_plan *plan, double rate, const double *sum, double **table)
{
    double *ahead = *table;
    const double survival = elementary_exp(-rate * plan->years_per_step);
    ahead[0] = 0.0;
    /* S(n + 1) = (1 - q) sum_i q^i sum[n + 1 - i]: a step later all of it is what it was, times q, and what comes now is new */
    for (int n = 0; n < plan->steps; n++) ahead[n + 1] = survival * ahead[n] + (1.0 - survival) * sum[n + 1];
    *table += plan->steps + 1;
    return ahead;
}

static void fill_arrivals(struct decision_plan *plan, double **table)
{
    for (int r = 0; r < PARAM_REGIONS; r++) {
        const struct market_entrant *entrant = &plan->market->entrant[r];
        if (!entrant->on) continue;
        const struct market_entrant_config *config = &plan->market->config->entrant[r];
        double *phase = *table, *dutied = *table + plan->steps + 1;
        *table += 2 * (plan->steps + 1);
        phase[0] = dutied[0] = 0.0;
        for (int n = 0; n < plan->steps; n++) {
            const double felt = market_entrant_phase(config, ((double)n + 0.5) * plan->years_per_step);
            phase[n + 1] = phase[n] + felt;
            dutied[n + 1] = dutied[n] + (n < entrant->localise_steps ? felt : 0.0);
        }
        plan->arrival[r].phase = phase;
        plan->arrival[r].dutied = dutied;
        plan->arrival[r].phase_ahead = expect_arrival(plan, config->arrival_rate, phase, table);
        plan->arrival[r].dutied_ahead = expect_arrival(plan, config->arrival_rate, dutied, table);
    }
}

static size_t table_doubles(const struct decision_plan *plan)
{
    const size_t half = 2 * (size_t)plan->steps + 2, steps = (size_t)plan->steps + 1;
    size_t chains = 0, entrants = 0;
    for (int r = 0; r < PARAM_REGIONS; r++) entrants += plan->market->entrant[r].on != 0;
    for (int c = 0; c < plan->market->corridors; c++) chains += (size_t)plan->market->corridor[c].chains;
    return half * (3 * (size_t)plan->partners + (size_t)plan->market->factors + (size_t)plan->market->subsidies + 2) +
           steps * ((size_t)plan->market->subsidies + 1 + 4 * entrants) + 16 * steps * chains;
}

static int fill_tables(struct decision_plan *plan, struct report *report)
{
    double *table = plan->tables = malloc(table_doubles(plan) * sizeof *plan->tables);
    if (!table) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (int f = 0; f < plan->market->factors; f++) {
        plan->decay[f] = fill_powers(plan, -plan->market->factor[f].config->mean_reversion, &table);
    }
    plan->prices = fill_powers(plan, plan->market_inflation, &table);
    plan->venture_prices = fill_prices(plan, plan->venture, &table);
    for (int p = 0; p < plan->partners; p++) {
        plan->discount[p] = fill_powers(plan, -elementary_log(1.0 + plan->value->rate[p]), &table);
        if (plan->after_mode[p] != STANDALONE_NONE) plan->after_prices[p] = fill_prices(plan, &plan->after[p], &table);
        plan->alone_prices[p] = fill_prices(plan, &plan->alone[p], &table);
    }
    fill_schedules(plan, &table);
    fill_survival(plan, &table);
    fill_kept(plan, &table);
    fill_duties(plan, &table);
    fill_arrivals(plan, &table);
    return STATUS_OK;
}

static int calls_apart(const struct contract_plan *contract)
{
    const struct contract_capex_config *capex = &contract->config->capex;
    return capex->rule != SHARE_EQUITY || capex->overrun_lead >= 0 || contract->capped || contract->misses;
}

int decision_plan_init(struct decision_plan *plan, const struct decision_config *config, const struct value_plan *value,
                       const struct programme_plan *after, const int after_mode[], const int own_runs[], int draws, double inflation,
                       uint64_t seed, struct report *report)
{
    memset(plan, 0, sizeof *plan);
    plan->config = config;
    plan->value = value;
    plan->contract = value->contract;
    plan->venture = value->contract->venture;
    plan->own = value->contract->own;
    plan->after = after;
    plan->alone = value->alone;
    plan->market = value->contract->market;
    plan->partners = value->partners;
    plan->steps = value->steps;
    plan->steps_per_year = value->contract->steps_per_year;
    plan->years_per_step = value->years_per_step;
    plan->market_inflation = inflation;
    plan->draws = draws;
    memcpy(plan->own_runs, own_runs, sizeof plan->own_runs);
    plan->on = value->contract->changing;
    if (!plan->on) return STATUS_OK;
    plan->redirects = plan->contract->redirects;
    plan->apart = calls_apart(plan->contract);
    for (int p = 0; p < plan->partners; p++) {
        plan->bears[p] = !plan->venture->sells[p] && number_differs(plan->venture->product[p].own_fixed_cost, 0.0);
        plan->some_bear |= plan->bears[p];
    }
    plan->triggers = plan->market->scope->set[PARAM_SET_TRIGGER].count;
    for (int p = 0; p < plan->partners; p++) {
        plan->after_mode[p] = after_mode[p];
        plan->lone[p] = config->stops[p] || plan->alone[p].ends;
        plan->lone_stops |= plan->lone[p];
        plan->after_localises[p] = after_mode[p] == STANDALONE_BUILD && after[p].localises;
        plan->alone_looks[p] = plan->lone[p] || plan->alone[p].localises;
        plan->localises |= plan->after_localises[p] || plan->alone[p].localises || plan->venture->localises;
    }
    set_lengths(plan);
    set_power(plan);
    set_keys(plan, seed);
    int status = fill_tables(plan, report);
    return status ? status : decision_grid_init(plan, report);
}

void decision_plan_free(struct decision_plan *plan)
{
    free(plan->tables);
    decision_grid_free(plan);
    memset(plan, 0, sizeof *plan);
}

/* ---- Columns ------------------------------------------------------------------------------------------------------------- */

enum { MOST_COLUMNS = 32 + 2 * PARAM_TRIGGERS + PARAM_PARTNERS * (16 + PARAM_PARTNERS) };

struct list {
    lanes **column[MOST_COLUMNS];
    size_t count;
};

static void list_columns(struct list *list, const struct decision_plan *plan, struct decision_block *block)
{
    lanes **common[] = {&block->phase,     &block->mode,     &block->phase_before, &block->mode_before,   &block->timer,
                        &block->leaver,    &block->cause,    &block->attempts,     &block->standstill,    &block->renewed,
                        &block->gap,       &block->gap_start, &block->held,        &block->scope,         &block->breakup,
                        &block->spent,     &block->spent_planned, &block->left_cause, &block->agreed,     &block->failed,
                        &block->agreements, &block->deadlock_steps, &block->occasion, &block->trigger,
                        &block->surplus,   &block->against,   &block->arrival};
    list->count = 0;
    memset(block, 0, sizeof *block);
    if (!plan->on) return;
    for (size_t k = 0; k < sizeof common / sizeof *common; k++) list->column[list->count++] = common[k];
    if (plan->redirects) list->column[list->count++] = &block->redirected;
    if (plan->venture->gates) list->column[list->count++] = &block->missed;
    for (int t = 0; t < plan->triggers; t++) {
        list->column[list->count++] = &block->lasted[t];
        list->column[list->count++] = &block->threshold[t];
    }
    for (int p = 0; p < plan->partners; p++) {
        lanes **own[] = {&block->in[p],      &block->supply[p],  &block->licence[p], &block->left[p],      &block->moved[p],
                         &block->staying[p], &block->leaving[p], &block->weight[p],  &block->exit_cause[p],
                         &block->wish[p],    &block->over[p],    &block->sale[p],    &block->closing[p]};
        for (size_t k = 0; k < sizeof own / sizeof *own; k++) list->column[list->count++] = own[k];
        for (int q = 0; q < plan->partners; q++) list->column[list->count++] = &block->leaving_value[p][q];
    }
}

/* Enough for a register of the widest kind for each draw. */
static size_t draw_columns(const struct decision_plan *plan)
{
    enum { WIDEST = 8 };
    return plan->on ? ((size_t)plan->draws * WIDEST + BLOCK_PATHS - 1) / BLOCK_PATHS : 0;
}

size_t decision_block_doubles(const struct decision_plan *plan)
{
    struct decision_block block;
    struct list list;
    list_columns(&list, plan, &block);
    return (list.count + draw_columns(plan)) * BLOCK_PATHS;
}

double *decision_block_place(struct decision_block *block, const struct decision_plan *plan, double *memory)
{
    struct list list;
    list_columns(&list, plan, block);
    for (size_t k = 0; k < list.count; k++) *list.column[k] = column_take(&memory, 1);
    block->drawn = column_take(&memory, draw_columns(plan));
    return memory;
}
