/* From the market's config to what the kernels need. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/column.h"
#include "base/elementary.h"
#include "base/text.h"
#include "market/setup.h"
#include "numeric/correlation.h"

static const char *const kind_words[MARKET_KINDS] = {"demand", "price", "fx", "input", "share"};
static const enum param_set kind_sets[MARKET_KINDS] = {PARAM_SET_REGION, PARAM_SET_REGION, PARAM_SET_REGION, PARAM_SET_INPUT,
                                                       PARAM_SET_PARTNER};

static const struct market_factor_config *factor_config(const struct market_config *config, int kind, int member)
{
    const struct market_factor_config *const by_kind[MARKET_KINDS] = {config->demand, config->price, config->fx,
                                                                      config->input, config->share};
    return &by_kind[kind][member];
}

/* A level that never leaves 1 needs no column. */
static int moves(const struct market_plan *plan, int kind, int member, const struct market_factor_config *config, double scale)
{
    if (kind == MARKET_DEMAND && market_crisis_moves(plan, member)) return 1;
    if (market_entrant_takes(plan, kind, member)) return 1;
    return number_differs(config->growth, 0.0) || number_differs(config->volatility, 0.0) ||
           number_differs(config->start_gap, 0.0) || number_differs(config->jump_rate, 0.0) || scale < 1.0 || scale > 1.0;
}

/* docs/model.md (3.1): exact steps of an Ornstein-Uhlenbeck process; the first has length d/2. */
static void set_dynamics(struct market_factor *factor, double years_per_step)
{
    const double kappa = factor->config->mean_reversion, d = years_per_step;
    if (kappa > 0.0) {
        factor->decay_first = elementary_exp(-0.5 * kappa * d);
        factor->decay = elementary_exp(-kappa * d);
        factor->spread_first = sqrt((1.0 - factor->decay_first * factor->decay_first) / (2.0 * kappa));
        factor->spread = sqrt((1.0 - factor->decay * factor->decay) / (2.0 * kappa));
    } else {
        factor->decay_first = factor->decay = 1.0;
        factor->spread_first = sqrt(0.5 * d);
        factor->spread = sqrt(d);
    }
}

static void set_variance(struct market_factor *factor, int steps, double *variance)
{
    variance[0] = factor->spread_first * factor->spread_first;
    for (int n = 1; n < steps; n++) {
        variance[n] = variance[n - 1] * factor->decay * factor->decay + factor->spread * factor->spread;
    }
    factor->variance = variance;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct market_factor *)a)->name, ((const struct market_factor *)b)->name);
}

/* `what` is drawn: "normal", "jump". */
static const char *factor_stream(const struct market_factor *factor, const char *what, char stream[MARKET_STREAM])
{
    if (!strncmp(factor->name, "share.", 6)) snprintf(stream, MARKET_STREAM, "partners.%s.share/%s", factor->name + 6, what);
    else snprintf(stream, MARKET_STREAM, "market.%s/%s", factor->name, what);
    return stream;
}

static const char use_stream[] = "market.alternative_use/state", crisis_stream[] = MARKET_CRISIS_STREAM;

static const char *subsidy_stream(const struct market_plan *plan, int subsidy, char stream[MARKET_STREAM])
{
    snprintf(stream, MARKET_STREAM, "market.subsidy.%s/repeal", plan->scope->set[PARAM_SET_SUBSIDY].name[subsidy]);
    return stream;
}

int market_plan_streams(const struct market_plan *plan)
{
    return 2 * plan->factors + plan->chains + plan->subsidies + plan->scope->set[PARAM_SET_REGION].count + 2;
}

const char *market_plan_stream(const struct market_plan *plan, int k, char name[MARKET_STREAM])
{
    if (k < 2 * plan->factors) return factor_stream(&plan->factor[k / 2], k % 2 ? "jump" : "normal", name);
    k -= 2 * plan->factors;
    if (k < plan->chains) return market_setup_chain_stream(plan, k, name);
    k -= plan->chains;
    if (k < plan->subsidies) return subsidy_stream(plan, k, name);
    k -= plan->subsidies;
    if (k >= 2) return market_setup_entrant_stream(plan, k - 2, name);
    snprintf(name, MARKET_STREAM, "%s", k ? crisis_stream : use_stream);
    return name;
}

static void add_factors(struct market_plan *plan, const struct market_config *config, uint64_t seed)
{
    char stream[MARKET_STREAM];
    for (int kind = 0; kind < MARKET_KINDS; kind++) {
        const struct param_names *names = &plan->scope->set[kind_sets[kind]];
        for (int k = 0; k < names->count; k++) {
            const double scale = kind == MARKET_FX ? config->fx_rate[k] : 1.0;
            const struct market_factor_config *own = factor_config(config, kind, k);
            if (!moves(plan, kind, k, own, scale)) continue;
            struct market_factor *factor = &plan->factor[plan->factors++];
            factor->config = own;
            factor->kind = (enum market_kind)kind;
            factor->member = k;
            factor->scale = scale;
            factor->random = number_differs(own->volatility, 0.0);
            snprintf(factor->name, sizeof factor->name, "%s.%s", kind_words[kind], names->name[k]);
            factor->key = random_stream_key(seed, factor_stream(factor, "normal", stream));
            factor->jump_key = random_stream_key(seed, factor_stream(factor, "jump", stream));
            factor->jumps = number_differs(own->jump_rate, 0.0);
            factor->jump_slot = plan->jumpers;
            plan->jumpers += factor->jumps;
            set_dynamics(factor, plan->years_per_step);
        }
    }
    qsort(plan->factor, (size_t)plan->factors, sizeof *plan->factor, by_name);
}

static int find_factor(const struct market_plan *plan, const char *name)
{
    for (int f = 0; f < plan->factors; f++) {
        if (!strcmp(plan->factor[f].name, name)) return f;
    }
    return -1;
}

static void set_slots(struct market_plan *plan)
{
    for (int kind = 0; kind < MARKET_KINDS; kind++) {
        const struct param_names *names = &plan->scope->set[kind_sets[kind]];
        for (int k = 0; k < PARAM_PARTNERS; k++) {
            char name[PARAM_NAME + 16];
            plan->slot[kind][k] = -1;
            if (k >= names->count) continue;
            snprintf(name, sizeof name, "%s.%s", kind_words[kind], names->name[k]);
            plan->slot[kind][k] = find_factor(plan, name);
        }
    }
}

/* Whether "demand.us" names a factor of this deal, moving or not. */
static int is_factor_name(const struct param_scope *scope, const char *name)
{
    for (int kind = 0; kind < MARKET_KINDS; kind++) {
        const size_t n = strlen(kind_words[kind]);
        if (strncmp(name, kind_words[kind], n) || name[n] != '.') continue;
        const struct param_names *names = &scope->set[kind_sets[kind]];
        for (int k = 0; k < names->count; k++) {
            if (!strcmp(names->name[k], name + n + 1)) return 1;
        }
    }
    return 0;
}

/* One correlation into the matrix; a factor that does not move has no shocks and takes none. */
static int add_pair(const struct market_plan *plan, const struct market_pair_config *pair, const char *name, double *matrix,
                    struct place place, struct report *report)
{
    char full[2 * PARAM_TEXT], shown[TEXT_ESCAPED];
    const char *const ends[2] = {pair->first, pair->second};
    int f[2];
    snprintf(full, sizeof full, "market.correlation.%s", name);
    for (int e = 0; e < 2; e++) {
        f[e] = find_factor(plan, ends[e]);
        if (f[e] < 0 && !is_factor_name(plan->scope, ends[e])) {
            return report_error(report, STATUS_INPUT, place, full,
                                "no such factor, got '%s', want demand.REGION, price.REGION, fx.REGION, input.INPUT or share.PARTNER",
                                text_escape(shown, ends[e]));
        }
    }
    if (!strcmp(ends[0], ends[1])) {
        return report_error(report, STATUS_INPUT, place, full, "ties '%s' to itself, want two factors", ends[0]);
    }
    if (f[0] >= 0 && f[1] >= 0 && plan->factor[f[0]].random && plan->factor[f[1]].random) {
        matrix[f[0] * plan->factors + f[1]] = matrix[f[1] * plan->factors + f[0]] = pair->value;
    }
    return STATUS_OK;
}

static int same_ends(const struct market_pair_config *a, const struct market_pair_config *b)
{
    return (!strcmp(a->first, b->first) && !strcmp(a->second, b->second)) ||
           (!strcmp(a->first, b->second) && !strcmp(a->second, b->first));
}

/* Two correlations of the same factors contradict each other. */
static int check_twice(const struct market_plan *plan, const struct market_config *config, int k, struct place place,
                       struct report *report)
{
    const struct param_names *names = &plan->scope->set[PARAM_SET_CORRELATION];
    char full[2 * PARAM_TEXT];
    for (int other = 0; other < k; other++) {
        if (!same_ends(&config->pair[k], &config->pair[other])) continue;
        snprintf(full, sizeof full, "market.correlation.%s", names->name[k]);
        return report_error(report, STATUS_INPUT, place, full, "ties the same two factors as %s, want one of them",
                            names->name[other]);
    }
    return STATUS_OK;
}

/* Rows of the Cholesky factor, without its zeros: an uncorrelated factor is its own normal, bit for bit. */
static void set_links(struct market_plan *plan, const double *lower)
{
    for (int f = 0; f < plan->factors; f++) {
        struct market_factor *factor = &plan->factor[f];
        int others = 0;
        for (int g = 0; g <= f; g++) {
            const double weight = lower[f * plan->factors + g];
            if (!(weight < 0.0 || weight > 0.0) || !plan->factor[g].random) continue;
            others += g != f;
            factor->link[factor->links] = g;
            factor->weight[factor->links++] = weight;
        }
        if (!others) factor->links = 0;
    }
}

static int correlate(struct market_plan *plan, const struct market_config *config, struct place place, struct report *report)
{
    const int n = plan->factors, pairs = plan->scope->set[PARAM_SET_CORRELATION].count;
    int status = STATUS_OK;
    const char *names[MARKET_FACTORS];
    if (!pairs) return STATUS_OK;
    double *matrix = calloc(2 * (size_t)n * (size_t)n + 1, sizeof *matrix);
    if (!matrix) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (int f = 0; f < n; f++) {
        matrix[f * n + f] = 1.0;
        names[f] = plan->factor[f].name;
    }
    for (int k = 0; k < pairs; k++) {
        int failed = check_twice(plan, config, k, place, report);
        if (!failed) failed = add_pair(plan, &config->pair[k], plan->scope->set[PARAM_SET_CORRELATION].name[k], matrix, place, report);
        if (failed) status = failed;
    }
    if (!status && n) {
        status = numeric_correlation_factor(n, matrix, names, place, "market.correlation", report, matrix + n * n);
        if (!status) set_links(plan, matrix + n * n);
    }
    free(matrix);
    return status;
}

/* The schedule of a step is the mean over its months of the share of their calendar year. */
static void set_schedule(const struct market_subsidy_config *config, int steps, int steps_per_year, int start_month,
                         double *schedule)
{
    const int months = 12 / steps_per_year, last = config->schedule.count - 1;
    for (int n = 0; n < steps; n++) {
        double sum = 0.0;
        for (int m = 0; m < months; m++) {
            int k = (start_month + n * months + m) / 12 - config->first_year;
            k = k < 0 ? 0 : k > last ? last : k;
            sum += last < 0 ? 1.0 : config->schedule.item[k].value;
        }
        schedule[n] = sum / (double)months;
    }
}

static void set_subsidies(struct market_plan *plan, const struct market_config *config, int steps_per_year, int start_month,
                          uint64_t seed, double *tables)
{
    const struct param_names *names = &plan->scope->set[PARAM_SET_SUBSIDY];
    char stream[MARKET_STREAM];
    plan->subsidies = names->count;
    for (int s = 0; s < names->count; s++) {
        struct market_subsidy *subsidy = &plan->subsidy[s];
        subsidy->key = random_stream_key(seed, subsidy_stream(plan, s, stream));
        subsidy->config = &config->subsidy[s];
        subsidy->schedule = tables + (size_t)s * (size_t)plan->steps;
        set_schedule(subsidy->config, plan->steps, steps_per_year, start_month, subsidy->schedule);
    }
}

static void fill_growth(const struct market_plan *plan, double rate, double *level)
{
    for (int n = 0; n < plan->steps; n++) level[n] = elementary_exp(rate * ((double)n + 0.5) * plan->years_per_step);
}

int market_plan_init(struct market_plan *plan, const struct market_config *config, const struct param_scope *scope,
                     int steps, int steps_per_year, int start_month, uint64_t seed, struct place place, struct report *report)
{
    const size_t length = (size_t)steps;
    memset(plan, 0, sizeof *plan);
    plan->steps = steps;
    plan->years_per_step = 1.0 / (double)steps_per_year;
    plan->scope = scope;
    plan->config = config;
    plan->tables = malloc(length * (2 * MARKET_FACTORS + PARAM_SUBSIDIES + 2) * sizeof *plan->tables);
    if (!plan->tables) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    plan->inflation = plan->tables + (MARKET_FACTORS + PARAM_SUBSIDIES) * length;
    plan->variety = plan->inflation + length;
    market_setup_shocks(plan, config, steps_per_year, seed);
    add_factors(plan, config, seed);
    set_slots(plan);
    for (int f = 0; f < plan->factors; f++) {
        set_variance(&plan->factor[f], steps, plan->tables + (size_t)f * length);
        if (config->measure == MEASURE_RISK_ADJUSTED) market_setup_measure(plan, f, plan->variety + (size_t)(f + 1) * length);
    }
    plan->use = &config->use;
    plan->use_moves = number_differs(config->use.appears, 0.0) || number_differs(config->use.vanishes, 0.0);
    plan->use_key = random_stream_key(seed, use_stream);
    set_subsidies(plan, config, steps_per_year, start_month, seed, plan->tables + MARKET_FACTORS * length);
    fill_growth(plan, config->inflation, plan->inflation);
    fill_growth(plan, config->fragmentation, plan->variety);
    int status = market_setup_trade(plan, config, seed, place, report);
    int failed = correlate(plan, config, place, report);
    return status ? status : failed;
}

void market_plan_still(struct market_plan *plan)
{
    for (int f = 0; f < plan->factors; f++) {
        plan->factor[f].random = plan->factor[f].jumps = 0;
        plan->factor[f].lowered = NULL; /* no risk, no price of it */
        for (int n = 0; n < plan->steps; n++) plan->tables[(size_t)f * (size_t)plan->steps + (size_t)n] = 0.0;
    }
    for (int c = 0; c < plan->chains; c++) plan->chain[c].still = 1;
    plan->use_moves = plan->jumpers = 0;
    plan->certain = 1;
}

void market_plan_free(struct market_plan *plan)
{
    free(plan->tables);
    memset(plan, 0, sizeof *plan);
}

static size_t entrants(const struct market_plan *plan)
{
    size_t count = 0;
    for (int r = 0; r < PARAM_REGIONS; r++) count += plan->entrant[r].on != 0;
    return count;
}

size_t market_block_doubles(const struct market_plan *plan)
{
    const int states = plan->chains + plan->use_moves + plan->crisis;
    const size_t moving = ((size_t)(plan->factors + plan->corridors + plan->subsidies + states) + entrants(plan)) * (size_t)plan->steps;
    return (2 + moving + 3 * (size_t)plan->factors + 4 * (size_t)plan->jumpers + (size_t)plan->subsidies +
            entrants(plan)) * BLOCK_PATHS;
}

double *market_block_place(struct market_block *block, const struct market_plan *plan, double *memory)
{
    const size_t steps = (size_t)plan->steps;
    memset(block, 0, sizeof *block);
    for (int l = 0; l < BLOCK_PATHS; l++) memory[l] = 1.0;
    block->one = column_take(&memory, 1);
    block->zero = column_take(&memory, 1);
    for (int f = 0; f < plan->factors; f++) block->level[f] = column_take(&memory, steps);
    for (int c = 0; c < plan->corridors; c++) block->tariff[c] = column_take(&memory, steps);
    for (int s = 0; s < plan->subsidies; s++) block->support[s] = column_take(&memory, steps);
    block->normal = column_take(&memory, 2 * (size_t)plan->factors);
    block->state = column_take(&memory, (size_t)plan->factors);
    block->jump = column_take(&memory, 4 * (size_t)plan->jumpers);
    for (int s = 0; s < plan->subsidies; s++) block->repeal[s] = column_take(&memory, 1);
    for (int c = 0; c < plan->chains; c++) block->regime[c] = column_take(&memory, steps);
    block->use = column_take(&memory, plan->use_moves ? steps : 0);
    block->crisis = column_take(&memory, plan->crisis ? steps : 0);
    for (int r = 0; r < PARAM_REGIONS; r++) {
        if (!plan->entrant[r].on) continue;
        block->arrival[r] = column_take(&memory, 1);
        block->entrant[r] = column_take(&memory, steps);
    }
    return memory;
}
