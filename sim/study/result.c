#include "study/result.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/publish.h"

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
}

static int init_plan(struct study_result *result, const struct study_scenario *first, const struct study_result_config *wanted,
                     struct report *report)
{
    const struct engine_plan *plan = &first->plan;
    struct statistics_config config = {.outcome = engine_outcomes,
                                       .outcomes = engine_outcome_count,
                                       .series = engine_series,
                                       .series_count = engine_series_count,
                                       .shape = engine_shape(plan->partners, plan->regions, plan->steps),
                                       .level = wanted->level,
                                       .paths = wanted->paths,
                                       .memory = wanted->memory};
    if (wanted->outcome) {
        config.outcome = wanted->outcome;
        config.outcomes = wanted->outcomes;
        config.series_count = 0;
        config.shape.size[AXIS_BAR] = wanted->bars;
        config.shape.size[AXIS_DEAL] = wanted->deals;
        config.shape.size[AXIS_DRIVER] = wanted->drivers;
    }
    return statistics_plan_init(&result->plan, &config, report);
}

/* Names and labels of partners or regions. */
static void name_set(struct study_result *result, enum statistics_axis axis, enum param_set set, char (*text)[PARAM_TEXT])
{
    const struct param_names *names = &result->scope->set[set];
    for (int k = 0; k < names->count; k++) {
        result->name[axis][k] = names->name[k];
        result->label[axis][k] = *text[k] ? text[k] : names->name[k];
    }
    result->table.names[axis] = (struct output_names){names->count, result->name[axis], result->label[axis], names->declared};
}

/* "own_margin" -> "Own margin". */
static void name_ledger(struct study_result *result)
{
    for (int k = 0; k < LINES; k++) {
        char *text = result->ledger[k];
        snprintf(text, STUDY_LABEL, "%s", contract_line_texts[k].name);
        for (char *c = text; *c; c++) {
            if (*c == '_') *c = ' ';
        }
        *text = (char)toupper((unsigned char)*text);
        result->name[AXIS_LEDGER][k] = contract_line_texts[k].name;
        result->label[AXIS_LEDGER][k] = text;
    }
    result->table.names[AXIS_LEDGER] = (struct output_names){LINES, result->name[AXIS_LEDGER], result->label[AXIS_LEDGER], NULL};
}

/* Causes of exit have words of their own (sim/decision/text.c). */
static void name_causes(struct study_result *result)
{
    for (int k = 0; k < CAUSES; k++) {
        result->name[AXIS_CAUSE][k] = decision_cause_texts[k].name;
        result->label[AXIS_CAUSE][k] = decision_cause_texts[k].sentence;
    }
    result->table.names[AXIS_CAUSE] = (struct output_names){CAUSES, result->name[AXIS_CAUSE], result->label[AXIS_CAUSE], NULL};
}

static int init_names(struct study_result *result, const struct study_deal *deal, const struct deal *numbers,
                      struct report *report)
{
    const struct deal_frame_config *frame = &numbers->frame;
    result->scope = malloc(sizeof *result->scope);
    result->text = calloc(PARAM_PARTNERS + PARAM_REGIONS, sizeof *result->text);
    if (!result->scope || !result->text) return out_of_memory(report);
    *result->scope = deal->registry.scope;
    for (int p = 0; p < PARAM_PARTNERS; p++) memcpy(result->text[p], frame->partner[p].label, PARAM_TEXT);
    for (int r = 0; r < PARAM_REGIONS; r++) memcpy(result->text[PARAM_PARTNERS + r], frame->region[r].label, PARAM_TEXT);
    memcpy(result->title, frame->title, sizeof result->title);
    memcpy(result->currency, frame->currency, sizeof result->currency);
    memcpy(result->volume, frame->volume_unit, sizeof result->volume);
    name_set(result, AXIS_PARTNER, PARAM_SET_PARTNER, result->text);
    name_set(result, AXIS_REGION, PARAM_SET_REGION, result->text + PARAM_PARTNERS);
    name_ledger(result);
    name_causes(result);
    return STATUS_OK;
}

/* Weights as parts of 1. */
static int init_weights(struct study_result *result, const struct study_deal *deal, size_t all, struct report *report)
{
    double sum = 0.0;
    result->weight = calloc(all, sizeof *result->weight);
    if (!result->weight) return out_of_memory(report);
    for (size_t k = 0; k < result->rows; k++) sum += deal->table.weight[k];
    for (size_t k = 0; k < all; k++) result->weight[k] = k < result->rows ? deal->table.weight[k] / sum : (double)NAN;
    return STATUS_OK;
}

/* Names of scenarios; a table with weights has one scenario more, the mixture of all rows. */
static int init_scenarios(struct study_result *result, const struct study_deal *deal, int whole, int unmixed, struct report *report)
{
    const int mixed = whole && !unmixed && deal->setting && deal->table.weight;
    const size_t rows = study_deal_scenarios(deal), all = rows + (size_t)mixed;
    char buffer[INPUT_TABLE_LABEL];
    result->rows = rows;
    result->scenario = calloc(all, sizeof *result->scenario);
    result->flat = whole ? calloc(all, sizeof *result->flat) : NULL;
    if (!result->scenario || (whole && !result->flat)) return out_of_memory(report);
    for (size_t k = 0; k < all; k++) {
        const char *name = k < rows ? study_deal_scenario(deal, k, buffer) : "weighted";
        result->scenario[k] = strdup(name);
        if (whole) result->flat[k] = calloc(result->plan.doubles + 1, sizeof **result->flat);
        if (!result->scenario[k] || (whole && !result->flat[k])) return out_of_memory(report);
        if (mixed && k < rows && !strcmp(name, "weighted")) {
            return report_error(report, STATUS_INPUT, input_table_place(&deal->table, k), "scenario",
                                "'weighted' is the name of the mixture of all rows, want another name");
        }
    }
    result->table.scenario = (const char *const *)result->scenario;
    result->table.scenarios = all;
    return deal->setting && deal->table.weight && !unmixed ? init_weights(result, deal, all, report) : STATUS_OK;
}

static int init_steps(struct study_result *result, const struct engine_plan *plan, struct report *report)
{
    result->step = calloc((size_t)plan->steps, sizeof *result->step);
    if (!result->step) return out_of_memory(report);
    for (int n = 0; n < plan->steps; n++) result->step[n] = (double)n / plan->deal->frame.steps_per_year;
    return STATUS_OK;
}

int study_result_init(struct study_result *result, const struct study_deal *deal, const struct study_scenario *first,
                      const struct study_result_config *config, struct report *report)
{
    memset(result, 0, sizeof *result);
    int status = init_plan(result, first, config, report);
    if (!status) status = init_names(result, deal, first->deal, report);
    if (!status) status = init_scenarios(result, deal, config->whole, config->unmixed, report);
    if (!status) status = init_steps(result, &first->plan, report);
    if (status) return status;
    struct output_table *table = &result->table;
    table->title = result->title;
    table->currency = result->currency;
    table->volume = result->volume;
    table->row = result->plan.row;
    table->rows = result->plan.rows;
    table->doubles = result->plan.doubles;
    table->shape = result->plan.shape;
    table->quantile = result->plan.quantile;
    table->step = result->step;
    table->confidence = result->plan.confidence;
    table->tail = result->plan.tail;
    return STATUS_OK;
}

void study_result_free(struct study_result *result)
{
    for (size_t k = 0; k < result->rows + (result->flat && result->weight); k++) {
        if (result->scenario) free(result->scenario[k]);
        if (result->flat) free(result->flat[k]);
    }
    free(result->scenario);
    free(result->flat);
    free(result->weight);
    free(result->step);
    free(result->scope);
    free(result->text);
    free(result->driver);
    free(result->driver_text);
    statistics_plan_free(&result->plan);
    memset(result, 0, sizeof *result);
}
