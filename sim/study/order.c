/* From byte order of names, in which the engine works so that a reordered deal keeps its bits, to the declared order, which
   people expect. */
#include "study/result.h"

#include <stdlib.h>
#include <string.h>

static void order_row(const struct output_table *table, const struct result_row *row, double *flat, double *scratch)
{
    for (size_t k = 0; k < row->count; k++) scratch[k] = flat[row->offset + output_table_cell(table, row, k)];
    memcpy(flat + row->offset, scratch, row->count * sizeof *scratch);
}

static void order_names(struct study_result *result, enum statistics_axis axis)
{
    struct output_names *names = &result->table.names[axis];
    const char *name[PARAM_PAIRS], *label[PARAM_PAIRS];
    for (int k = 0; k < names->count && names->declared; k++) {
        name[k] = result->name[axis][names->declared[k]];
        label[k] = result->label[axis][names->declared[k]];
    }
    for (int k = 0; k < names->count && names->declared; k++) {
        result->name[axis][k] = name[k];
        result->label[axis][k] = label[k];
    }
    names->declared = NULL;
}

int study_result_order(struct study_result *result, struct report *report)
{
    const struct output_table *table = &result->table;
    double *scratch = malloc((table->doubles + 1) * sizeof *scratch);
    if (!scratch) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
    for (size_t s = 0; s < table->scenarios; s++) {
        for (int r = 0; r < table->rows; r++) order_row(table, &table->row[r], result->flat[s], scratch);
    }
    free(scratch);
    for (enum statistics_axis axis = AXIS_NONE; axis < AXIS_COUNT; axis++) order_names(result, axis);
    return STATUS_OK;
}
