#include <stdlib.h>
#include <string.h>

#include "output/console.h"
#include "output/number.h"

void output_json_string(FILE *stream, const char *text)
{
    fputc('"', stream);
    for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
        if (*c == '"' || *c == '\\') {
            fprintf(stream, "\\%c", *c);
        } else if (*c < ' ' || *c == 0x7f) {
            fprintf(stream, "\\u%04x", *c);
        } else {
            fputc(*c, stream);
        }
    }
    fputc('"', stream);
}

void output_json_number(FILE *stream, double x)
{
    char text[OUTPUT_DIGITS];
    fputs(output_number_digits(text, x, "null"), stream);
}

static void write_values(FILE *stream, const struct output_table *t, const struct result_row *row, const double *flat, int axis,
                         size_t *k)
{
    while (axis < 3 && row->axis[axis] == AXIS_NONE) axis++;
    if (axis == 3) {
        output_json_number(stream, flat[row->offset + output_table_cell(t, row, *k)]);
        ++*k;
        return;
    }
    fputc('[', stream);
    for (int i = 0; i < t->shape.size[row->axis[axis]]; i++) {
        if (i) fputc(',', stream);
        write_values(stream, t, row, flat, axis + 1, k);
    }
    fputc(']', stream);
}

static void write_row(FILE *stream, const struct output_table *t, const struct result_row *row, const double *const *flat)
{
    char unit[OUTPUT_UNIT];
    output_unit_text(unit, row->unit, t);
    output_json_string(stream, row->name);
    fputs(": {\"unit\": ", stream);
    output_json_string(stream, unit);
    fputs(", \"long_name\": ", stream);
    output_json_string(stream, row->sentence);
    fprintf(stream, ", \"level\": \"%s\", \"dims\": [\"scenario\"", row->level == RESULT_HEADLINE ? "headline" : "full");
    for (int a = 0; a < 3; a++) {
        if (row->axis[a] != AXIS_NONE) fprintf(stream, ", \"%s\"", output_axis_name(row->axis[a]));
    }
    fputs("], \"values\": [", stream);
    for (size_t s = 0; s < t->scenarios; s++) {
        size_t k = 0;
        if (s) fputc(',', stream);
        if (row->count > 0) write_values(stream, t, row, flat[s], 0, &k);
    }
    fputs("]}", stream);
}

static void write_axis(FILE *stream, const struct output_table *t, enum statistics_axis axis)
{
    fprintf(stream, ", \"%s\": [", output_axis_name(axis));
    for (int k = 0; k < t->shape.size[axis]; k++) {
        if (k) fputc(',', stream);
        if (axis == AXIS_QUANTILE && t->quantile) {
            output_json_number(stream, t->quantile[k]);
        } else if (axis == AXIS_STEP) {
            output_json_number(stream, t->step ? t->step[k] : (double)k);
        } else if (t->names[axis].name) {
            output_json_string(stream, output_table_name(t, axis, k));
        } else {
            fprintf(stream, "%d", k);
        }
    }
    fputc(']', stream);
}

void output_json_write(FILE *stream, const struct output_table *table, const double *const *flat)
{
    fputs("{\"format_version\": \"1.0\", \"title\": ", stream);
    output_json_string(stream, table->title);
    fputs(", \"currency\": ", stream);
    output_json_string(stream, table->currency);
    fputs(", \"volume_unit\": ", stream);
    output_json_string(stream, table->volume);
    fputs(", \"confidence\": ", stream);
    output_json_number(stream, table->confidence);
    fputs(", \"tail\": ", stream);
    output_json_number(stream, table->tail);
    fputs(",\n \"axes\": {\"scenario\": [", stream);
    for (size_t s = 0; s < table->scenarios; s++) {
        if (s) fputc(',', stream);
        output_json_string(stream, table->scenario[s]);
    }
    fputc(']', stream);
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_PATH; axis++) {
        if (table->shape.size[axis] > 0) write_axis(stream, table, axis);
    }
    fputs("},\n \"rows\": {\n", stream);
    for (int r = 0; r < table->rows; r++) {
        fputs(r ? ",\n  " : "  ", stream);
        write_row(stream, table, &table->row[r], flat);
    }
    fputs("\n }}\n", stream);
}
