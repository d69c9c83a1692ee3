#include "input/column.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "input/csv.h"
#include "input/file.h"
#include "param/number.h"

struct input_column_file {
    struct input_column_file *next;
    char *path;
    struct input_csv csv;
};

static void free_file(struct input_column_file *file)
{
    if (!file) return;
    input_csv_free(&file->csv);
    free(file->path);
    free(file);
}

/* Reads the file once; NULL and *status on failure. */
static const struct input_column_file *open_file(struct input_columns *columns, const char *name, int *status, struct report *report)
{
    struct input_column_file *file = NULL;
    char *path = input_file_beside(columns->deal_path, name);
    *status = STATUS_OK;
    for (file = columns->file; path && file && strcmp(file->path, path) != 0; file = file->next) {}
    if (file) {
        free(path);
        return file;
    }
    file = path ? calloc(1, sizeof *file) : NULL;
    if (!file) {
        *status = report_error(report, STATUS_MEMORY, (struct place){columns->deal_path, 0, 0}, NULL, "out of memory");
        free(path);
        return NULL;
    }
    file->path = path;
    *status = input_csv_read(path, &file->csv, report);
    if (*status) {
        free_file(file);
        return NULL;
    }
    file->next = columns->file;
    columns->file = file;
    return file;
}

static int read_numbers(const struct input_column_file *file, int column, double *sample, struct report *report)
{
    const char *header = input_csv_cell(&file->csv, 0, column);
    char escaped[TEXT_ESCAPED];
    int status = STATUS_OK;
    for (size_t row = 1; row < file->csv.rows; row++) {
        const char *text = input_csv_cell(&file->csv, row, column);
        const char *fault = param_number_read(param_reading_trim((struct param_span){text, strlen(text)}), &sample[row - 1], NULL);
        if (!fault) continue;
        status = report_error(report, STATUS_INPUT, (struct place){file->path, file->csv.line[row], 0}, header, "%s, got '%s', want a number",
                              fault, text_escape(escaped, text));
    }
    return status;
}

int input_column_read(void *context, const char *file_name, const char *column_name, struct place place, const char *name,
                      struct param_store *store, double **sample, int *count, struct report *report)
{
    char escaped[TEXT_ESCAPED], other[TEXT_ESCAPED];
    int status;
    *sample = NULL;
    *count = 0;
    const struct input_column_file *file = open_file(context, file_name, &status, report);
    if (!file) {
        report_error(report, status, place, name, "empirical: that file cannot be used, got '%s'", text_escape(escaped, file_name));
        return status;
    }
    int column = input_csv_column(&file->csv, column_name);
    if (column < 0) {
        return report_error(report, STATUS_INPUT, place, name, "empirical: no such column in %.200s, got '%s', the first is '%s'", file->path,
                            text_escape(escaped, column_name), text_escape(other, input_csv_cell(&file->csv, 0, 0)));
    }
    if (file->csv.rows < 2) return report_error(report, STATUS_INPUT, place, name, "empirical: %.200s has no rows", file->path);
    double *numbers = param_store_take(store, (file->csv.rows - 1) * sizeof *numbers);
    if (!numbers) return report_error(report, STATUS_MEMORY, place, name, "out of memory");
    status = read_numbers(file, column, numbers, report);
    if (status) return status;
    *sample = numbers;
    *count = (int)(file->csv.rows - 1);
    return STATUS_OK;
}

void input_column_free(struct input_columns *columns)
{
    while (columns->file) {
        struct input_column_file *next = columns->file->next;
        free_file(columns->file);
        columns->file = next;
    }
}
