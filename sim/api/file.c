/* Result files: what is in them, and their fingerprint. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/message.h"
#include "output/console.h"
#include "output/result.h"

enum { SCENARIOS_SHOWN = 20 }; /* for people */

struct pages {
    FILE *stream;
    int entries;
};

/* ---- For people ---- */

static void write_dims(FILE *stream, const struct output_table *table, const struct result_row *row)
{
    char text[96];
    size_t n = (size_t)snprintf(text, sizeof text, "scenario");
    (void)table;
    for (int a = 0; a < 3 && n < sizeof text; a++) {
        if (row->axis[a] == AXIS_NONE) continue;
        n += (size_t)snprintf(text + n, sizeof text - n, ", %s", output_axis_name(row->axis[a]));
    }
    fprintf(stream, "(%s)", text);
}

static void write_rows(FILE *stream, const struct output_table *table)
{
    char unit[OUTPUT_UNIT];
    fprintf(stream, "\n%d rows:\n", table->rows);
    for (int r = 0; r < table->rows; r++) {
        output_unit_text(unit, table->row[r].unit, table);
        fprintf(stream, "  %s", table->row[r].name);
        write_dims(stream, table, &table->row[r]);
        fprintf(stream, " [%s]\n      %s\n", unit, table->row[r].sentence);
    }
}

static void write_axes(FILE *stream, const struct output_table *table)
{
    const size_t shown = table->scenarios < SCENARIOS_SHOWN ? table->scenarios : SCENARIOS_SHOWN;
    fprintf(stream, "\nDimensions:\n  scenario %zu:", table->scenarios);
    for (size_t s = 0; s < shown; s++) fprintf(stream, "%s %s", s ? "," : "", table->scenario[s]);
    if (shown < table->scenarios) fprintf(stream, ", ... and %zu more", table->scenarios - shown);
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_PATH; axis++) {
        const int size = table->shape.size[axis];
        if (size < 1 || (!table->names[axis].name && axis != AXIS_QUANTILE && axis != AXIS_STEP)) continue;
        fprintf(stream, "\n  %s %d:", output_axis_name(axis), size);
        for (int k = 0; k < size && axis != AXIS_STEP; k++) {
            if (axis == AXIS_QUANTILE) fprintf(stream, "%s %g", k ? "," : "", table->quantile[k]);
            else fprintf(stream, "%s %s", k ? "," : "", output_table_name(table, axis, k));
        }
        if (axis == AXIS_STEP && table->step) fprintf(stream, " years %g to %g", table->step[0], table->step[size - 1]);
    }
    fputc('\n', stream);
}

static void write_entry(const char *name, const char *value, void *context)
{
    struct pages *pages = context;
    fprintf(pages->stream, "  %-10s %s\n", name, value);
}

static int write_text(FILE *stream, struct output_result *result, const double *const *flat, struct report *report)
{
    const struct output_table *table = output_result_table(result);
    struct pages pages = {stream, 0};
    const size_t shown = table->scenarios > SCENARIOS_SHOWN ? SCENARIOS_SHOWN : 0;
    output_console_write(stream, table, flat, shown);
    if (shown) fputs("(pactolus export writes the numbers of all scenarios, pactolus info --json too)\n", stream);
    write_axes(stream, table);
    write_rows(stream, table);
    fputs("\nProvenance:\n", stream);
    return output_result_provenance(result, write_entry, &pages, report);
}

/* ---- For programs ---- */

static void write_json_entry(const char *name, const char *value, void *context)
{
    struct pages *pages = context;
    if (pages->entries++) fputs(", ", pages->stream);
    output_json_string(pages->stream, name);
    fputs(": ", pages->stream);
    output_json_string(pages->stream, value);
}

static int write_json(FILE *stream, struct output_result *result, const double *const *flat, struct report *report)
{
    struct pages pages = {stream, 0};
    fputs("{\"provenance\": {", stream);
    int status = output_result_provenance(result, write_json_entry, &pages, report);
    fputs("},\n\"result\": ", stream);
    output_json_write(stream, output_result_table(result), flat);
    fputs("}\n", stream);
    return status;
}

/* ---- Both ---- */

/* The first scenarios: flat[s] into one array that flat[0] owns. */
static int read_scenarios(struct output_result *result, size_t scenarios, double ***out, struct report *report)
{
    const struct output_table *table = output_result_table(result);
    const size_t room = output_result_room(result, table->doubles);
    double **flat = calloc(scenarios + 1, sizeof *flat);
    double *numbers = calloc(scenarios * table->doubles + 1, sizeof *numbers);
    int status = STATUS_OK;
    if (!flat || !numbers) {
        free(flat);
        free(numbers);
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the result");
    }
    flat[0] = numbers;
    for (size_t s = 0; s < scenarios; s++) flat[s] = numbers + s * table->doubles;
    for (size_t s = 0; s < scenarios && !status; s += room) {
        status = output_result_scenarios(result, s, scenarios - s < room ? scenarios - s : room, flat[s], report);
    }
    *out = flat;
    return status;
}

int pactolus_file_info(const char *path, enum pactolus_format format, struct pactolus_messages *messages, char **text)
{
    struct report report;
    struct output_result *result = NULL;
    double **flat = NULL;
    size_t size;
    *text = NULL;
    api_message_open(&report);
    int status = output_result_open(&result, path, &report);
    if (!status) {
        const size_t all = output_result_table(result)->scenarios;
        status = read_scenarios(result, format == PACTOLUS_JSON || all < SCENARIOS_SHOWN ? all : SCENARIOS_SHOWN, &flat, &report);
    }
    FILE *stream = status ? NULL : open_memstream(text, &size);
    if (stream) {
        status = format == PACTOLUS_JSON ? write_json(stream, result, (const double *const *)flat, &report)
                                         : write_text(stream, result, (const double *const *)flat, &report);
    }
    int finished = stream || !status ? api_message_finish(stream, text, &report) : STATUS_OK;
    if (!status) status = finished;
    if (status) {
        free(*text);
        *text = NULL;
    }
    if (flat) free(flat[0]);
    free(flat);
    output_result_close(result);
    return api_message_close(&report, messages, status);
}

int pactolus_file_digest(const char *path, struct pactolus_messages *messages, char **text)
{
    struct report report;
    struct output_result *result = NULL;
    char digest[RESULT_DIGEST];
    *text = NULL;
    api_message_open(&report);
    int status = output_result_open(&result, path, &report);
    if (!status) status = output_result_digest(result, 1, digest, &report);
    if (!status) {
        *text = strdup(digest);
        if (!*text) status = report_error(&report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    }
    output_result_close(result);
    return api_message_close(&report, messages, status);
}
