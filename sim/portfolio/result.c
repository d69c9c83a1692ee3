/* The rows of a portfolio: those that any value captured has, and what adding the deals brings. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "portfolio/parts.h"
#include "study/columns.h"

static const struct statistics_outcome outcomes[] = {
    {"captured", "M{currency}", "Present value to an owner over going alone, of the deal or of all deals.",
     DETAIL_MEAN | DETAIL_SPREAD | DETAIL_QUANTILE | DETAIL_TAIL, {AXIS_PARTNER}},
    {"captured_loss", "1", "Chance that it is less than nothing.", DETAIL_PROBABILITY, {AXIS_PARTNER}},
};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

static const struct result_row extra[] = {
    {"captured_sd_sum", "M{currency}", "Standard deviations of the deals, added", RESULT_HEADLINE, {AXIS_PARTNER}, 0, 0},
    {"captured_cvar_sum", "M{currency}", "Means of the tails of the deals, added", RESULT_HEADLINE, {AXIS_PARTNER}, 0, 0},
    {"captured_cvar_gain", "M{currency}", "By how much the mean of the tail is better than that sum", RESULT_HEADLINE,
     {AXIS_PARTNER}, 0, 0},
    {"diversification", "1", "Share of the sum of the standard deviations that adding the deals takes away", RESULT_HEADLINE,
     {AXIS_PARTNER}, 0, 0},
    {"correlation", "1", "Correlation over the paths with what the owner captures in a deal", RESULT_HEADLINE,
     {AXIS_PARTNER, AXIS_DEAL}, 0, 0},
};
enum { EXTRA = sizeof extra / sizeof *extra };

/* ---- The table ---- */

static int out_of_memory(const struct portfolio *portfolio)
{
    return report_error(portfolio->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
}

static int init_plan(struct portfolio *portfolio)
{
    struct statistics_plan *plan = &portfolio->result->plan;
    struct statistics_config config = {.outcome = outcomes, .outcomes = OUTCOMES, .level = RESULT_FULL,
                                       .paths = portfolio->config->run->paths, .memory = portfolio->config->run->memory};
    config.shape.size[AXIS_PARTNER] = portfolio->owners;
    config.shape.size[AXIS_DEAL] = (int)portfolio->deals;
    int status = statistics_plan_init(plan, &config, portfolio->report);
    struct result_row *row = status ? NULL : realloc(plan->row, (size_t)(plan->rows + EXTRA) * sizeof *row);
    if (!row) return status ? status : out_of_memory(portfolio);
    plan->row = row;
    for (int k = 0; k < EXTRA; k++) {
        row = &plan->row[plan->rows++];
        *row = extra[k];
        row->offset = plan->doubles;
        row->count = (size_t)portfolio->owners * (row->axis[1] == AXIS_DEAL ? portfolio->deals : 1);
        plan->doubles += row->count;
    }
    return STATUS_OK;
}

static int is_taken(const struct study_result *result, size_t count, const char *name)
{
    for (size_t k = 0; k < count; k++) {
        if (!strcmp(result->scenario[k], name)) return 1;
    }
    return 0;
}

/* A name that two deals have gets a number: alpha, alpha_2. */
static int add_scenario(struct portfolio *portfolio, size_t index, const char *name)
{
    struct study_result *result = portfolio->result;
    char text[INPUT_TABLE_LABEL + 16];
    snprintf(text, sizeof text, "%.*s", INPUT_TABLE_LABEL - 1, name);
    for (int k = 2; is_taken(result, index, text); k++) snprintf(text, sizeof text, "%.*s_%d", INPUT_TABLE_LABEL - 1, name, k);
    result->scenario[index] = strdup(text);
    result->flat[index] = calloc(result->plan.doubles + 1, sizeof **result->flat);
    result->rows = index + 1;
    return result->scenario[index] && result->flat[index] ? STATUS_OK : out_of_memory(portfolio);
}

static int init_scenarios(struct portfolio *portfolio)
{
    struct study_result *result = portfolio->result;
    result->scenario = calloc(portfolio->deals + 1, sizeof *result->scenario);
    result->flat = calloc(portfolio->deals + 1, sizeof *result->flat);
    if (!result->scenario || !result->flat) return out_of_memory(portfolio);
    int status = add_scenario(portfolio, 0, PORTFOLIO_SUM);
    for (size_t d = 0; !status && d < portfolio->deals; d++) status = add_scenario(portfolio, d + 1, portfolio->config->name[d]);
    return status;
}

static void name_axes(struct portfolio *portfolio)
{
    struct study_result *result = portfolio->result;
    result->text = portfolio->label;
    portfolio->label = NULL;
    for (int o = 0; o < portfolio->owners; o++) {
        result->name[AXIS_PARTNER][o] = result->text[o];
        result->label[AXIS_PARTNER][o] = result->text[PORTFOLIO_MOST + o];
    }
    for (size_t d = 0; d < portfolio->deals; d++) result->name[AXIS_DEAL][d] = result->scenario[d + 1];
    result->table.names[AXIS_PARTNER] =
        (struct output_names){portfolio->owners, result->name[AXIS_PARTNER], result->label[AXIS_PARTNER], NULL};
    result->table.names[AXIS_DEAL] = (struct output_names){(int)portfolio->deals, result->name[AXIS_DEAL], NULL, NULL};
}

int portfolio_result_init(struct portfolio *portfolio)
{
    struct study_result *result = portfolio->result;
    struct output_table *table = &result->table;
    int status = init_plan(portfolio);
    if (!status) status = init_scenarios(portfolio);
    if (!status) status = statistics_run_init(&portfolio->statistics, &result->plan, portfolio->report);
    if (status) return status;
    snprintf(result->title, sizeof result->title, "Portfolio of %zu deals", portfolio->deals);
    memcpy(result->currency, portfolio->deal[0].scenario.deal->frame.currency, sizeof result->currency);
    name_axes(portfolio);
    table->title = result->title;
    table->currency = result->currency;
    table->volume = result->volume;
    table->row = result->plan.row;
    table->rows = result->plan.rows;
    table->doubles = result->plan.doubles;
    table->shape = result->plan.shape;
    table->quantile = result->plan.quantile;
    table->scenario = (const char *const *)result->scenario;
    table->scenarios = result->rows;
    table->confidence = result->plan.confidence;
    table->tail = result->plan.tail;
    return STATUS_OK;
}

/* ---- The numbers ---- */

struct filling {
    const struct portfolio *portfolio;
    size_t scenario;
};

/* What an owner captures in a scenario on one path: money's grid, so that sums are exact in any order. */
static double captured_at(const struct portfolio *portfolio, size_t scenario, int owner, uint64_t path)
{
    double sum = 0.0;
    for (size_t d = scenario ? scenario - 1 : 0; d < (scenario ? scenario : portfolio->deals); d++) {
        const double *captured = portfolio_owner_captured(portfolio, d, owner);
        if (captured) sum += captured[path];
    }
    return sum;
}

static void fill(void *context, uint64_t first, size_t n, double *const *column)
{
    const struct filling *f = context;
    const int owners = f->portfolio->owners;
    for (int o = 0; o < owners; o++) {
        for (size_t k = 0; k < n; k++) {
            column[o][k] = captured_at(f->portfolio, f->scenario, o, first + k);
            column[owners + o][k] = column[o][k] < -VALUE_NOTHING ? 1.0 : 0.0;
        }
    }
}

static double *row_of(const struct portfolio *portfolio, const char *name, size_t scenario)
{
    return portfolio->result->flat[scenario] + output_table_row(&portfolio->result->table, name)->offset;
}

/* Sum of products of the deviations from two means, in the order of the paths. */
static double moment(const struct portfolio *portfolio, int owner, size_t a, double mean_a, size_t b, double mean_b)
{
    double sum = 0.0;
    for (uint64_t k = 0; k < portfolio->config->run->paths; k++) {
        sum += (captured_at(portfolio, a, owner, k) - mean_a) * (captured_at(portfolio, b, owner, k) - mean_b);
    }
    return sum;
}

/* Pearson's; none where one of the two is a constant. */
static double correlation(const struct portfolio *portfolio, int owner, size_t a, size_t b)
{
    const double x = row_of(portfolio, "captured_mean", a)[owner], y = row_of(portfolio, "captured_mean", b)[owner];
    const double xx = moment(portfolio, owner, a, x, a, x), yy = moment(portfolio, owner, b, y, b, y);
    const double r = moment(portfolio, owner, a, x, b, y) / sqrt(xx * yy);
    if (!(xx > 0.0) || !(yy > 0.0)) return (double)NAN;
    return r > 1.0 ? 1.0 : r < -1.0 ? -1.0 : r;
}

static double added(const struct portfolio *portfolio, const char *name, size_t scenario, int owner)
{
    double sum = 0.0;
    if (scenario) return row_of(portfolio, name, scenario)[owner];
    for (size_t d = 1; d <= portfolio->deals; d++) sum += row_of(portfolio, name, d)[owner];
    return sum;
}

static void fill_extra(const struct portfolio *portfolio, size_t scenario)
{
    for (int o = 0; o < portfolio->owners; o++) {
        const double sds = added(portfolio, "captured_sd", scenario, o), tails = added(portfolio, "captured_cvar", scenario, o);
        const double sd = row_of(portfolio, "captured_sd", scenario)[o], tail = row_of(portfolio, "captured_cvar", scenario)[o];
        row_of(portfolio, "captured_sd_sum", scenario)[o] = sds;
        row_of(portfolio, "captured_cvar_sum", scenario)[o] = tails;
        row_of(portfolio, "captured_cvar_gain", scenario)[o] = tail - tails;
        row_of(portfolio, "diversification", scenario)[o] = sds > 0.0 ? 1.0 - sd / sds : (double)NAN;
        for (size_t d = 0; d < portfolio->deals; d++) {
            row_of(portfolio, "correlation", scenario)[(size_t)o * portfolio->deals + d] = correlation(portfolio, o, scenario, d + 1);
        }
    }
}

int portfolio_result_fill(struct portfolio *portfolio)
{
    const uint64_t paths = portfolio->config->run->paths;
    for (size_t s = 0; s <= portfolio->deals; s++) {
        struct filling filling = {portfolio, s};
        int status = study_columns_count(&portfolio->statistics, paths, fill, &filling, portfolio->result->flat[s], portfolio->report);
        if (status) return status;
    }
    for (size_t s = 0; s <= portfolio->deals; s++) fill_extra(portfolio, s);
    return STATUS_OK;
}
