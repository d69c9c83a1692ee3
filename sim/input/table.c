#include "input/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "param/lookup.h"
#include "param/number.h"

static struct place line_of(const struct input_table *table, size_t csv_row)
{
    return (struct place){table->path, table->csv.line[csv_row], 0};
}

static int no_memory(const struct input_table *table, struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){table->path, 0, 0}, NULL, "out of memory");
}

/* ---- Header ---- */

/* The two columns that are no parameters are written small. */
static const char *meant(const char *name)
{
    static const char *const words[] = {"scenario", "weight"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        const size_t n = strlen(words[k]);
        const int plural = (name[0] && strlen(name) == n + 1) && (name[n] | 32) == 's';
        if (!strncasecmp(name, words[k], n) && (!name[n] || plural) && strcmp(name, words[k]) != 0) return words[k];
    }
    return NULL;
}

static const char *name_fault(const char *name)
{
    if (strpbrk(name, " \t\n\r")) return "a blank in a column's name";
    if (strchr(name, ';')) return "a column's name with ';' in it: is that the separator? It must be a comma";
    return NULL;
}

/* 1 for equal names, and for a list and an element of it. */
static int is_same_value(const char *a, const char *b)
{
    size_t n = strcspn(a, "["), m = strcspn(b, "[");
    if (n != m || memcmp(a, b, n) != 0) return 0;
    return !a[n] || !b[m] || strcmp(a + n, b + m) == 0;
}

static int check_name(const struct input_table *table, int column, struct report *report)
{
    const char *name = input_csv_cell(&table->csv, 0, column), *fault = name_fault(name);
    char escaped[TEXT_ESCAPED];
    text_escape(escaped, name);
    if (!*name) return report_error(report, STATUS_INPUT, line_of(table, 0), NULL, "a column without a name, column %d of %d", column + 1, table->csv.columns);
    if (meant(name)) return report_error(report, STATUS_INPUT, line_of(table, 0), escaped, "no parameter; did you mean '%s'?", meant(name));
    if (fault) return report_error(report, STATUS_INPUT, line_of(table, 0), NULL, "%s, got '%s'", fault, escaped);
    for (int k = 0; k < column; k++) {
        const char *other = input_csv_cell(&table->csv, 0, k);
        if (strcmp(name, other) == 0) {
            return report_error(report, STATUS_INPUT, line_of(table, 0), escaped, "columns %d and %d have this name", k + 1,
                                column + 1);
        }
        if (is_same_value(name, other)) {
            return report_error(report, STATUS_INPUT, line_of(table, 0), escaped,
                                "a list and an element of it, columns %d and %d", k + 1, column + 1);
        }
    }
    return STATUS_OK;
}

static int read_header(struct input_table *table, struct report *report)
{
    int status = STATUS_OK;
    table->label = input_csv_column(&table->csv, "scenario");
    table->column = calloc((size_t)table->csv.columns, sizeof *table->column);
    if (!table->column) return no_memory(table, report);
    for (int k = 0; k < table->csv.columns; k++) {
        const char *name = input_csv_cell(&table->csv, 0, k);
        int one = check_name(table, k, report);
        if (!status) status = one;
        if (k != table->label && strcmp(name, "weight") != 0) table->column[table->parameters++] = k;
    }
    if (!status && !table->parameters) status = report_error(report, STATUS_INPUT, line_of(table, 0), NULL, "no column names a parameter");
    if (!status && table->csv.rows < 2) status = report_error(report, STATUS_INPUT, line_of(table, 0), NULL, "a header without rows");
    return status;
}

/* ---- Rows ---- */

static int check_cells(const struct input_table *table, struct report *report)
{
    int status = STATUS_OK;
    for (size_t row = 1; row < table->csv.rows; row++) {
        for (int k = 0; k < table->csv.columns; k++) {
            if (*input_csv_cell(&table->csv, row, k)) continue;
            int one = report_error(report, STATUS_INPUT, line_of(table, row), input_csv_cell(&table->csv, 0, k),
                                   "an empty cell: a row repeats what the deal file has where it changes nothing");
            if (!status) status = one;
        }
    }
    return status;
}

static const char *label_fault(const char *label)
{
    if (strlen(label) >= INPUT_TABLE_LABEL) return "a name of more than 127 bytes";
    for (; *label; label++) {
        if ((unsigned char)*label < 0x20 || *label == 0x7f) return "a control character or line end in a name";
    }
    return NULL;
}

static int check_labels(const struct input_table *table, struct report *report)
{
    struct param_lookup seen = {0};
    char escaped[TEXT_ESCAPED];
    int status = STATUS_OK;
    for (size_t row = 1; table->label >= 0 && row < table->csv.rows && status != STATUS_MEMORY; row++) {
        const char *label = input_csv_cell(&table->csv, row, table->label), *fault = label_fault(label);
        const size_t first = param_lookup_find(&seen, label);
        int one = STATUS_OK;
        if (fault) one = report_error(report, STATUS_INPUT, line_of(table, row), "scenario", "%s, got '%s'", fault, text_escape(escaped, label));
        else if (first != PARAM_LOOKUP_NONE && *label) {
            one = report_error(report, STATUS_INPUT, line_of(table, row), "scenario", "given twice, first at line %d, got '%s'",
                               table->csv.line[first], text_escape(escaped, label));
        } else if (param_lookup_put(&seen, label, row)) one = no_memory(table, report);
        if (!status) status = one;
    }
    param_lookup_free(&seen);
    return status;
}

static int read_weights(struct input_table *table, struct report *report)
{
    const int column = input_csv_column(&table->csv, "weight");
    double sum = 0;
    int status = STATUS_OK;
    char escaped[TEXT_ESCAPED];
    if (column < 0) return STATUS_OK;
    table->weight = calloc(table->csv.rows, sizeof *table->weight);
    if (!table->weight) return no_memory(table, report);
    for (size_t row = 1; row < table->csv.rows; row++) {
        const char *text = input_csv_cell(&table->csv, row, column);
        double *weight = &table->weight[row - 1];
        const char *fault = param_number_read(param_reading_trim((struct param_span){text, strlen(text)}), weight, NULL);
        if (!fault && *weight < 0) fault = "out of range";
        if (fault) {
            status = report_error(report, STATUS_INPUT, line_of(table, row), "weight", "%s, got '%s', want a number >= 0", fault,
                                  text_escape(escaped, text));
        } else sum += *weight;
    }
    if (!status && !(sum > 0)) status = report_error(report, STATUS_INPUT, line_of(table, 0), "weight", "all weights are 0");
    return status;
}

/* `text` NULL: the file of this path. */
static int read_table(const char *path, const char *text, struct input_table *table, struct report *report)
{
    *table = (struct input_table){.label = -1};
    table->path = malloc(strlen(path) + 1);
    if (!table->path) return no_memory(table, report);
    strcpy(table->path, path);
    int status = text ? input_csv_read_text(path, text, strlen(text), &table->csv, report) : input_csv_read(path, &table->csv, report);
    if (!status) status = read_header(table, report);
    if (status) return status;
    table->rows = table->csv.rows - 1;
    status = check_cells(table, report);
    int labels = check_labels(table, report), weights = status ? STATUS_OK : read_weights(table, report);
    return status ? status : labels ? labels : weights;
}

int input_table_read(const char *path, struct input_table *table, struct report *report)
{
    return read_table(path, NULL, table, report);
}

int input_table_read_text(const char *path, const char *text, struct input_table *table, struct report *report)
{
    return read_table(path, text, table, report);
}

void input_table_free(struct input_table *table)
{
    input_csv_free(&table->csv);
    free(table->path);
    free(table->column);
    free(table->weight);
    *table = (struct input_table){.label = -1};
}

const char *input_table_name(const struct input_table *table, int parameter)
{
    return input_csv_cell(&table->csv, 0, table->column[parameter]);
}

const char *input_table_label(const struct input_table *table, size_t row, char buffer[INPUT_TABLE_LABEL])
{
    if (table->label >= 0) return input_csv_cell(&table->csv, row + 1, table->label);
    snprintf(buffer, INPUT_TABLE_LABEL, "row_%zu", row + 1);
    return buffer;
}

struct place input_table_place(const struct input_table *table, size_t row)
{
    return line_of(table, row + 1);
}

int input_table_check_overrides(const struct input_table *table, const struct input_override *overrides, size_t n,
                                struct report *report)
{
    int status = STATUS_OK;
    char escaped[TEXT_ESCAPED];
    for (size_t k = 0; k < n; k++) {
        for (int p = 0; p < table->parameters; p++) {
            if (!is_same_value(overrides[k].name, input_table_name(table, p))) continue;
            status = report_error(report, STATUS_USAGE, (struct place){"--set", 0, 0}, text_escape(escaped, overrides[k].name),
                                  "also a column of %.200s: drop one of them", table->path);
        }
    }
    return status;
}

int input_table_resolve(const struct input_table *table, const struct param_registry *registry, struct param_setting *settings,
                        struct report *report)
{
    int status = STATUS_OK;
    for (int p = 0; p < table->parameters; p++) {
        int one = param_registry_resolve(registry, input_table_name(table, p), line_of(table, 0), 1, &settings[p], report);
        if (!status) status = one;
    }
    return status;
}

int input_table_settings(const struct input_table *table, size_t row, const struct param_registry *registry,
                         struct param_store *store, struct param_setting *settings, struct report *report)
{
    int status = STATUS_OK;
    for (int p = 0; p < table->parameters; p++) {
        const char *text = input_csv_cell(&table->csv, row + 1, table->column[p]);
        int one = param_registry_parse(registry, text, line_of(table, row + 1), store, &settings[p], report);
        if (!status) status = one;
    }
    return status;
}
