#include "portfolio/portfolio.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "portfolio/parts.h"

/* All chance but the market's is a deal's own: under the run's seed `venture.delay` would be one draw in all of them. Deals of one
   title are one venture, twice. */
static uint64_t own_seed(const struct portfolio *portfolio, const struct portfolio_deal *deal)
{
    char stream[2 * PARAM_TEXT];
    snprintf(stream, sizeof stream, "portfolio/%s", deal->scenario.deal->frame.title);
    const struct random_key key = random_stream_key(portfolio->config->run->seed, stream);
    const uint64_t seed = (uint64_t)key.word[1] << 32 | key.word[0];
    return seed ? seed : 1;
}

static int open_deal(struct portfolio *portfolio, struct portfolio_deal *deal)
{
    struct report *report = portfolio->report;
    const uint64_t seed = portfolio->config->run->seed;
    int status = study_scenario_check_all(deal->study, seed, report);
    const int silent = report->silent;
    report->silent = 1;
    if (!status) status = study_scenario_init(&deal->scenario, deal->study, 0, report);
    if (!status) {
        deal->scenario.deal->frame.apart = own_seed(portfolio, deal);
        status = study_scenario_plan(&deal->scenario, deal->study, seed, 1, report);
    }
    report->silent = silent;
    return status;
}

static int open_deals(struct portfolio *portfolio)
{
    const struct portfolio_config *config = portfolio->config;
    if (config->count < 1 || config->count > PORTFOLIO_MOST) {
        return report_error(portfolio->report, config->count ? STATUS_MEMORY : STATUS_USAGE, (struct place){0}, NULL,
                            "%zu deals, want 1 to %d", config->count, PORTFOLIO_MOST);
    }
    portfolio->deal = calloc(config->count, sizeof *portfolio->deal);
    if (!portfolio->deal) return report_error(portfolio->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (size_t d = 0; d < config->count; d++) {
        struct portfolio_deal *deal = &portfolio->deal[d];
        deal->study = config->deal[d];
        portfolio->deals = d + 1;
        if (deal->study->setting) {
            return report_error(portfolio->report, STATUS_USAGE, (struct place){deal->study->path, 0, 0}, NULL,
                                "has a scenario table, want a deal of one scenario in a portfolio");
        }
        int status = open_deal(portfolio, deal);
        if (status) return status;
    }
    return STATUS_OK;
}

static int check_memory(const struct portfolio *portfolio)
{
    const struct study_run_config *run = portfolio->config->run;
    uint64_t cells = (uint64_t)portfolio->owners;
    for (size_t d = 0; d < portfolio->deals; d++) cells += (uint64_t)portfolio->deal[d].scenario.plan.partners;
    if (run->paths <= run->memory / (cells * sizeof(double))) return STATUS_OK;
    return report_error(portfolio->report, STATUS_MEMORY, (struct place){0}, "--memory",
                        "%llu paths of %llu bytes each do not fit %zu bytes: raise it or take fewer --paths",
                        (unsigned long long)run->paths, (unsigned long long)(cells * sizeof(double)), run->memory);
}

static int tell(void *context, uint64_t paths)
{
    const struct portfolio *portfolio = context;
    return study_run_tell(portfolio->config->run, portfolio->under_way, paths, portfolio->under_way);
}

static int run_deal(struct portfolio *portfolio, size_t index)
{
    const struct study_run_config *run = portfolio->config->run;
    const struct study_point_config point = {run->paths, run->seed, run->threads, portfolio->level, tell, portfolio, NULL, NULL, NULL};
    struct portfolio_deal *deal = &portfolio->deal[index];
    const size_t paths = (size_t)run->paths, partners = (size_t)deal->scenario.plan.partners;
    struct study_values values = {0};
    portfolio->under_way = index;
    deal->captured = malloc(partners * paths * sizeof *deal->captured);
    int status = deal->captured ? STATUS_OK : report_error(portfolio->report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    if (!status) status = study_values_init(&values, &deal->scenario.plan, run->paths, run->memory, portfolio->report);
    if (!status) status = study_values_run(&values, &deal->scenario.plan, &point, portfolio->report);
    for (size_t p = 0; !status && p < partners; p++) {
        memcpy(deal->captured + p * paths, study_values_captured(&values, (int)p), paths * sizeof(double));
    }
    study_values_free(&values);
    return status;
}

static int run_all(struct portfolio *portfolio)
{
    const double start = clock_now();
    int status = STATUS_OK;
    for (size_t d = 0; !status && d < portfolio->deals; d++) status = run_deal(portfolio, d);
    if (!status) status = portfolio_result_fill(portfolio);
    return status ? status : portfolio_file_write(portfolio, clock_now() - start);
}

static void close_all(struct portfolio *portfolio)
{
    for (size_t d = 0; d < portfolio->deals; d++) {
        study_scenario_free(&portfolio->deal[d].scenario);
        free(portfolio->deal[d].captured);
    }
    portfolio_file_free(portfolio);
    if (portfolio->statistics.plan) statistics_run_free(&portfolio->statistics);
    free(portfolio->deal);
    free(portfolio->label);
}

int portfolio_run(const struct portfolio_config *config, struct study_result *result, struct report *report)
{
    struct portfolio portfolio = {.config = config, .result = result, .report = report};
    memset(result, 0, sizeof *result);
    int status = study_run_check(report);
    if (!status) status = engine_level_choose(&portfolio.level, report);
    if (!status) status = open_deals(&portfolio);
    if (!status) status = portfolio_same_check(&portfolio);
    if (!status) status = portfolio_owner_find(&portfolio);
    if (!status) status = check_memory(&portfolio);
    if (!status) status = portfolio_result_init(&portfolio);
    if (!status) status = study_run_start(config->run->threads, report);
    if (!status) status = portfolio_file_init(&portfolio);
    if (!status) status = run_all(&portfolio);
    close_all(&portfolio);
    return status;
}
