#include "output/table.h"

#include <stdio.h>
#include <string.h>

const char *output_axis_name(enum statistics_axis axis)
{
    static const char *const NAME[AXIS_COUNT] = {NULL,     "partner", "ledger", "quantile", "step", "cause",
                                                 "region", "bar",     "deal",   "driver",   "path"};
    return NAME[axis];
}

static const char *replacement(const char **unit, const struct output_table *table)
{
    static const struct {
        const char *text;
        int currency;
    } WORD[] = {{"M{currency}", 2}, {"{currency}", 1}, {"{volume}", 0}};
    for (size_t w = 0; w < sizeof WORD / sizeof *WORD; w++) {
        size_t n = strlen(WORD[w].text);
        if (strncmp(*unit, WORD[w].text, n) != 0) continue;
        *unit += n;
        return WORD[w].currency ? (table->currency ? table->currency : "money") : (table->volume ? table->volume : "units");
    }
    return NULL;
}

void output_unit_text(char out[OUTPUT_UNIT], const char *unit, const struct output_table *table)
{
    size_t n = 0;
    out[0] = '\0';
    while (*unit && n + 1 < OUTPUT_UNIT) {
        int million = strncmp(unit, "M{currency}", 11) == 0;
        const char *text = replacement(&unit, table);
        int put = text ? snprintf(out + n, OUTPUT_UNIT - n, "%s%s", million ? "million " : "", text)
                       : snprintf(out + n, OUTPUT_UNIT - n, "%c", *unit++);
        n += (size_t)put;
    }
}

const struct result_row *output_table_row(const struct output_table *table, const char *name)
{
    for (int r = 0; r < table->rows; r++) {
        if (strcmp(table->row[r].name, name) == 0) return &table->row[r];
    }
    return NULL;
}

static size_t internal(const struct output_table *table, enum statistics_axis axis, size_t k)
{
    const int *declared = table->names[axis].declared;
    return declared ? (size_t)declared[k] : k;
}

size_t output_table_cell(const struct output_table *table, const struct result_row *row, size_t k)
{
    size_t cell = 0, stride = 1;
    for (int a = 3; a-- > 0;) { /* the last axis runs fastest */
        if (row->axis[a] == AXIS_NONE) continue;
        size_t size = (size_t)table->shape.size[row->axis[a]];
        cell += internal(table, row->axis[a], k % size) * stride;
        stride *= size;
        k /= size;
    }
    return cell;
}

const char *output_table_name(const struct output_table *table, enum statistics_axis axis, int k)
{
    return table->names[axis].name[internal(table, axis, (size_t)k)];
}

const char *output_table_label(const struct output_table *table, enum statistics_axis axis, int k)
{
    const struct output_names *names = &table->names[axis];
    size_t i = internal(table, axis, (size_t)k);
    return names->label && names->label[i] && *names->label[i] ? names->label[i] : names->name[i];
}

int output_table_dims(const struct output_table *table, const enum statistics_axis *axis, int axes, size_t size[3])
{
    int n = 0;
    for (int a = 0; a < axes; a++) {
        if (axis[a] != AXIS_NONE) size[n++] = (size_t)table->shape.size[axis[a]];
    }
    return n;
}
