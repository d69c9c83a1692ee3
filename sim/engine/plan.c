#include "engine/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "numeric/correlation.h"

#define MARKET_PREFIX "market." /* drawn parameters of what all deals share */

/* Has something to spend or to wait for. */
static int runs(const struct programme_config *config)
{
    return programme_config_spends(config) || config->capex_grant.count || config->production_start > 0.0;
}

/* What each partner does once it left: begun by decision/, path by path. */
static int init_after(struct engine_plan *plan, int changing, struct report *report)
{
    const struct programme_deal *deal = &plan->deal->programme;
    int status = STATUS_OK;
    for (int p = 0; p < plan->partners && !status; p++) {
        const struct programme_standalone_config *departed = &deal->departed[p];
        plan->after_runs[p] = changing && departed->mode != STANDALONE_NONE;
        if (!plan->after_runs[p]) continue;
        status = programme_plan_init(&plan->after[p], &deal->after[p], deal->product, &plan->market, plan->partners, plan->regions,
                                     p, departed->mode == STANDALONE_BUY ? departed : NULL, report);
        plan->after[p].later = 1;
        programme_due_plan(&plan->after[p], NULL, NULL, &plan->venture);
    }
    return status;
}

static int init_programmes(struct engine_plan *plan, const int mode[], struct report *report)
{
    const struct programme_deal *deal = &plan->deal->programme;
    int status = programme_plan_init(&plan->venture, &deal->venture, deal->product, &plan->market, plan->partners,
                                     plan->regions, -1, NULL, report);
    for (int p = 0; p < plan->partners && !status; p++) {
        plan->own_runs[p] = runs(&deal->own[p]);
        status = programme_plan_init(&plan->own[p], &deal->own[p], deal->product, &plan->market, 0, plan->regions, p, NULL,
                                     report);
        if (status) break;
        status = programme_plan_init(&plan->alone[p], &deal->alone[p], deal->product, &plan->market, plan->partners,
                                     plan->regions, p, mode[p] == STANDALONE_BUY ? &deal->standalone[p] : NULL, report);
    }
    programme_due_plan(&plan->venture, plan->own, plan->own_runs, NULL);
    return status;
}

/* What programmes draw on their way, the same for all of them. */
static void set_chance(struct engine_plan *plan)
{
    programme_plan_chance(&plan->venture, plan->seed, plan->at_means);
    for (int p = 0; p < plan->partners; p++) {
        programme_plan_chance(&plan->alone[p], plan->seed, plan->at_means);
        if (plan->after_runs[p]) programme_plan_chance(&plan->after[p], plan->seed, plan->at_means);
    }
}

/* The column of a stream, added where it is new. */
static int find_uniform(struct engine_plan *plan, const struct param_draws *draws, int draw)
{
    for (int k = 0; k < draw; k++) {
        if (!strcmp(draws->draw[k].stream, draws->draw[draw].stream)) return plan->draw[k].uniform;
    }
    const char *stream = draws->draw[draw].stream;
    const uint64_t seed = strncmp(stream, MARKET_PREFIX, strlen(MARKET_PREFIX)) ? plan->own_seed : plan->seed;
    plan->uniform[plan->uniforms] = random_stream_key(seed, stream);
    return plan->uniforms++;
}

static int init_draws(struct engine_plan *plan, const struct param_draws *draws, struct place place, struct report *report)
{
    if (!draws->count) return STATUS_OK;
    plan->draw = calloc(draws->count, sizeof *plan->draw);
    plan->uniform = calloc(draws->count, sizeof *plan->uniform);
    if (!plan->draw || !plan->uniform) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (int k = 0; k < (int)draws->count; k++) {
        plan->draw[k].uniform = find_uniform(plan, draws, k);
        plan->draw[k].low = draws->draw[k].low;
        plan->draw[k].high = draws->draw[k].high;
        plan->draw[k].scale = draws->draw[k].scale;
        plan->draw[k].mean = draws->draw[k].scale * draws->draw[k].mean;
        plan->draws = k + 1;
        if (plan->at_means) continue; /* nothing is drawn */
        int status = random_quantile_init(&plan->draw[k].quantile, draws->draw[k].distribution, place, draws->draw[k].name, report);
        if (status) return status;
    }
    return STATUS_OK;
}

/* The uniform of a drawn parameter by its dotted name, -1 if it is not drawn. */
static int find_drawn(const struct engine_plan *plan, const struct param_draws *draws, const char *name)
{
    for (int k = 0; k < (int)draws->count; k++) {
        if (!strcmp(draws->draw[k].name, name)) return plan->draw[k].uniform;
    }
    return -1;
}

/* Name of the stream behind a uniform. */
static const char *stream_of(const struct engine_plan *plan, const struct param_draws *draws, int uniform)
{
    int k = 0;
    while (plan->draw[k].uniform != uniform) k++;
    return draws->draw[k].stream;
}

/* The column of a uniform in the copula, put in at its place in the byte order of streams. */
static int tie(struct engine_plan *plan, const struct param_draws *draws, int uniform)
{
    int at = plan->tied;
    for (int k = 0; k < plan->tied; k++) {
        if (plan->tie[k] == uniform) return k;
    }
    for (; at > 0 && strcmp(stream_of(plan, draws, plan->tie[at - 1]), stream_of(plan, draws, uniform)) > 0; at--) {
        plan->tie[at] = plan->tie[at - 1];
    }
    plan->tie[at] = uniform;
    plan->tied++;
    return at;
}

/* Finds both ends of a link. *drawn: 0 where a scenario holds one of them constant, so that there is nothing to tie. */
static int find_link(struct engine_plan *plan, const struct param_draws *draws, int link, int ends[2], int *drawn,
                     struct place place, struct report *report)
{
    const struct deal_link_config *config = &plan->deal->frame.link[link];
    const char *const names[2] = {config->first, config->second};
    char full[2 * PARAM_TEXT], shown[TEXT_ESCAPED];
    for (int e = 0; e < 2; e++) ends[e] = find_drawn(plan, draws, names[e]);
    *drawn = ends[0] >= 0 && ends[1] >= 0;
    if (!*drawn || ends[0] != ends[1]) return STATUS_OK;
    snprintf(full, sizeof full, "copula.%s", plan->scope->set[PARAM_SET_COPULA].name[link]);
    return report_error(report, STATUS_INPUT, place, full, "ties '%s' to the same draw, want two draws",
                        text_escape(shown, names[0]));
}

static int column_of(const struct engine_plan *plan, int uniform)
{
    int k = 0;
    while (plan->tie[k] != uniform) k++;
    return k;
}

static int factor_copula(struct engine_plan *plan, const struct param_draws *draws, int ends[][2], const int drawn[],
                         double *matrix, struct place place, struct report *report)
{
    const struct deal_frame_config *frame = &plan->deal->frame;
    const int n = plan->tied, links = plan->scope->set[PARAM_SET_COPULA].count;
    const char *names[2 * PARAM_PAIRS];
    for (int k = 0; k < n; k++) {
        matrix[k * n + k] = 1.0;
        names[k] = stream_of(plan, draws, plan->tie[k]);
    }
    for (int k = 0; k < links; k++) {
        if (!drawn[k]) continue;
        const int a = column_of(plan, ends[k][0]), b = column_of(plan, ends[k][1]);
        matrix[a * n + b] = matrix[b * n + a] = frame->link[k].correlation;
    }
    int status = numeric_correlation_factor(n, matrix, names, place, "copula", report, matrix + n * n);
    if (status) return status;
    plan->mixing = random_stream_key(plan->own_seed, ENGINE_MIXING);
    return random_copula_init(&plan->copula, n, matrix + n * n, frame->copula == COPULA_STUDENT ? frame->copula_freedom : 0.0,
                              place, "copula", report);
}

static int init_copula(struct engine_plan *plan, const struct param_draws *draws, struct place place, struct report *report)
{
    const int links = plan->scope->set[PARAM_SET_COPULA].count;
    int ends[PARAM_PAIRS][2], drawn[PARAM_PAIRS] = {0}, status = STATUS_OK;
    for (int k = 0; k < links; k++) {
        int failed = find_link(plan, draws, k, ends[k], &drawn[k], place, report);
        if (failed) status = failed;
    }
    if (status || !links) return status;
    for (int k = 0; k < links; k++) {
        if (!drawn[k]) continue;
        tie(plan, draws, ends[k][0]);
        tie(plan, draws, ends[k][1]);
    }
    if (!plan->tied) return STATUS_OK;
    double *matrix = calloc(2 * (size_t)plan->tied * (size_t)plan->tied, sizeof *matrix);
    if (!matrix) return report_error(report, STATUS_MEMORY, place, NULL, "out of memory");
    status = factor_copula(plan, draws, ends, drawn, matrix, place, report);
    free(matrix);
    return status;
}

static int init_decision(struct engine_plan *plan, const struct param_draws *draws, struct report *report)
{
    int after_mode[PARAM_PARTNERS] = {0};
    for (int p = 0; p < plan->partners; p++) after_mode[p] = plan->deal->programme.departed[p].mode;
    return decision_plan_init(&plan->decision, &plan->deal->decision, &plan->value, plan->after, after_mode, plan->own_runs,
                              (int)draws->count, plan->deal->market.inflation, plan->own_seed, report);
}

/* `chance` 0: the same deal without it, in which nobody decides anything. */
int engine_plan_init_with(struct engine_plan *plan, const struct deal *deal, const struct param_scope *scope,
                          const struct param_draws *draws, uint64_t seed, const int mode[], int chance, struct place place,
                          struct report *report)
{
    memset(plan, 0, sizeof *plan);
    plan->deal = deal;
    plan->scope = scope;
    plan->seed = seed;
    plan->own_seed = deal->frame.apart ? deal->frame.apart : seed;
    plan->at_means = !chance;
    plan->partners = scope->set[PARAM_SET_PARTNER].count;
    plan->regions = scope->set[PARAM_SET_REGION].count;
    plan->steps = deal->frame.horizon_years * deal->frame.steps_per_year;
    const int acts = decision_config_acts(&deal->decision, plan->partners, scope->set[PARAM_SET_TRIGGER].count) ||
                     programme_deal_localises(&deal->programme, plan->partners) ||
                     programme_deal_risks(&deal->programme, plan->partners, scope->set[PARAM_SET_MILESTONE].count);
    const int changing = chance && acts;
    int chosen[PARAM_PARTNERS] = {0};
    for (int p = 0; p < plan->partners; p++) chosen[p] = mode ? mode[p] : deal->programme.standalone[p].mode;
    int status = market_plan_init(&plan->market, &deal->market, scope, plan->steps, deal->frame.steps_per_year,
                                  deal->frame.start, seed, place, report);
    if (!status) status = init_programmes(plan, chosen, report);
    if (!status) status = init_after(plan, changing, report);
    if (!status) set_chance(plan);
    if (!status) {
        status = contract_plan_init(&plan->contract, &deal->contract, &plan->venture, plan->own, plan->partners,
                                    deal->frame.steps_per_year, changing, report);
    }
    if (!status) status = value_plan_init(&plan->value, &deal->value, &plan->contract, plan->alone, chosen, report);
    for (int p = 0; p < plan->partners; p++) plan->value.stops[p] = changing && (deal->decision.stops[p] || plan->alone[p].ends);
    if (!status) status = init_decision(plan, draws, report);
    if (!status) status = init_draws(plan, draws, place, report);
    if (!status && !chance) {
        market_plan_still(&plan->market);
        return STATUS_OK;
    }
    if (!status) status = init_copula(plan, draws, place, report);
    if (!status) status = engine_streams_check(plan, draws, place, report);
    if (!status && plan->decision.on) status = engine_budget_init(plan, draws, chosen, place, report);
    return status;
}

int engine_plan_init(struct engine_plan *plan, const struct deal *deal, const struct param_scope *scope,
                     const struct param_draws *draws, uint64_t seed, const int mode[], struct place place,
                     struct report *report)
{
    return engine_plan_init_with(plan, deal, scope, draws, seed, mode, 1, place, report);
}

void engine_plan_free(struct engine_plan *plan)
{
    for (int k = 0; k < plan->draws; k++) random_quantile_free(&plan->draw[k].quantile);
    free(plan->draw);
    free(plan->uniform);
    free(plan->budget);
    decision_plan_free(&plan->decision);
    random_copula_free(&plan->copula);
    value_plan_free(&plan->value);
    contract_plan_free(&plan->contract);
    for (int p = 0; p < PARAM_PARTNERS; p++) {
        programme_plan_free(&plan->own[p]);
        programme_plan_free(&plan->alone[p]);
        programme_plan_free(&plan->after[p]);
    }
    programme_plan_free(&plan->venture);
    market_plan_free(&plan->market);
    memset(plan, 0, sizeof *plan);
}
