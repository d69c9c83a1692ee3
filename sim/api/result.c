#include "api/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/console.h"

int api_result_finish(struct pactolus_result *result, struct report *report)
{
    const struct output_table *table = &result->study.table;
    const int quantiles = table->shape.size[AXIS_QUANTILE], steps = table->shape.size[AXIS_STEP];
    result->unit = calloc((size_t)table->rows + 1, sizeof *result->unit);
    result->number = calloc((size_t)(quantiles + steps) + 1, sizeof *result->number);
    if (!result->unit || !result->number) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
    }
    for (int r = 0; r < table->rows; r++) output_unit_text(result->unit[r], table->row[r].unit, table);
    for (int k = 0; k < quantiles; k++) snprintf(result->number[k], sizeof *result->number, "%.12g", table->quantile[k]);
    for (int k = 0; k < steps; k++) snprintf(result->number[quantiles + k], sizeof *result->number, "%.12g", table->step[k]);
    return STATUS_OK;
}

void pactolus_result_destroy(struct pactolus_result *result)
{
    if (!result) return;
    study_result_free(&result->study);
    free(result->unit);
    free(result->number);
    free(result);
}

size_t pactolus_result_scenarios(const struct pactolus_result *result)
{
    return result->study.table.scenarios;
}

const char *pactolus_result_scenario(const struct pactolus_result *result, size_t index)
{
    return index < result->study.table.scenarios ? result->study.table.scenario[index] : NULL;
}

size_t pactolus_result_rows(const struct pactolus_result *result)
{
    return (size_t)result->study.table.rows;
}

int pactolus_result_row_at(const struct pactolus_result *result, size_t index, size_t scenario, struct pactolus_row *row)
{
    const struct output_table *table = &result->study.table;
    if (index >= (size_t)table->rows || scenario >= table->scenarios) return PACTOLUS_USAGE;
    const struct result_row *from = &table->row[index];
    *row = (struct pactolus_row){.name = from->name, .unit = result->unit[index], .sentence = from->sentence,
                                 .full = from->level == RESULT_FULL, .count = from->count,
                                 .values = result->study.flat[scenario] + from->offset};
    for (int a = 0; a < 3; a++) {
        if (from->axis[a] == AXIS_NONE) continue;
        row->dimension[row->dimensions] = output_axis_name(from->axis[a]);
        row->size[row->dimensions++] = (size_t)table->shape.size[from->axis[a]];
    }
    return PACTOLUS_OK;
}

int pactolus_result_row(const struct pactolus_result *result, const char *name, size_t scenario,
                        struct pactolus_messages *messages, struct pactolus_row *row)
{
    const struct output_table *table = &result->study.table;
    const struct result_row *found = output_table_row(table, name);
    char escaped[PACTOLUS_ESCAPED];
    struct report report;
    if (found && scenario < table->scenarios) {
        return pactolus_result_row_at(result, (size_t)(found - table->row), scenario, row);
    }
    api_message_open(&report);
    int status = found ? report_error(&report, STATUS_USAGE, (struct place){0}, name, "no scenario %zu, want one below %zu",
                                      scenario, table->scenarios)
                       : report_error(&report, STATUS_USAGE, (struct place){0}, NULL, "the result has no row '%s'",
                                      pactolus_text_escape(escaped, name));
    return api_message_close(&report, messages, status);
}

static enum statistics_axis axis_of(const char *dimension)
{
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_COUNT; axis++) {
        if (!strcmp(output_axis_name(axis), dimension)) return axis;
    }
    return AXIS_NONE;
}

const char *pactolus_result_label(const struct pactolus_result *result, const char *dimension, size_t index)
{
    const struct output_table *table = &result->study.table;
    const enum statistics_axis axis = axis_of(dimension);
    if (!strcmp(dimension, "scenario")) return pactolus_result_scenario(result, index);
    if (axis == AXIS_NONE || index >= (size_t)table->shape.size[axis]) return NULL;
    if (axis == AXIS_QUANTILE) return result->number[index];
    if (axis == AXIS_STEP) return result->number[(size_t)table->shape.size[AXIS_QUANTILE] + index];
    return table->names[axis].name ? output_table_name(table, axis, (int)index) : NULL;
}

ptrdiff_t pactolus_result_find(const struct pactolus_result *result, const char *dimension, const char *label)
{
    const char *found;
    for (size_t k = 0; (found = pactolus_result_label(result, dimension, k)); k++) {
        if (!strcmp(found, label)) return (ptrdiff_t)k;
    }
    return -1;
}

/* ---- As text ---- */

enum { SCENARIOS_SHOWN = 100 }; /* a terminal's worth; the file and the JSON have all */

/* Of several scenarios the first one has a page of its own: only a page tells where the value comes from. */
static void write_summary(FILE *stream, const struct study_result *study)
{
    const struct output_table *table = &study->table;
    if (table->scenarios > 1 && output_table_row(table, "ledger_mean")) {
        output_console_scenario(stream, table, study->flat[0], table->scenario[0]);
        fputs("\n", stream);
    }
    output_console_write(stream, table, (const double *const *)study->flat, SCENARIOS_SHOWN);
}

int pactolus_result_summary(const struct pactolus_result *result, struct pactolus_messages *messages, char **text)
{
    struct report report;
    size_t size;
    *text = NULL;
    api_message_open(&report);
    FILE *stream = open_memstream(text, &size);
    if (stream) write_summary(stream, &result->study);
    return api_message_close(&report, messages, api_message_finish(stream, text, &report));
}

int pactolus_result_json(const struct pactolus_result *result, struct pactolus_messages *messages, char **text)
{
    struct output_table table = result->study.table;
    struct report report;
    size_t size;
    FILE *stream = NULL;
    *text = NULL;
    api_message_open(&report);
    struct result_row *headline = calloc((size_t)table.rows + 1, sizeof *headline);
    int rows = 0;
    for (int r = 0; headline && r < table.rows; r++) {
        if (table.row[r].level == RESULT_HEADLINE) headline[rows++] = table.row[r];
    }
    table.row = headline;
    table.rows = rows;
    if (headline) stream = open_memstream(text, &size);
    if (stream) output_json_write(stream, &table, (const double *const *)result->study.flat);
    int status = api_message_finish(stream, text, &report);
    free(headline);
    return api_message_close(&report, messages, status);
}
