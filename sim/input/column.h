/* input/column.h - the files behind empirical(file.csv, column). */
#ifndef PACTOLUS_INPUT_COLUMN_H
#define PACTOLUS_INPUT_COLUMN_H
#include "param/reading.h"

struct input_column_file;

/* Remembers the files that were read, so that many values may name one. Starts as {deal path}. */
struct input_columns {
    const char *deal_path; /* names are relative to its folder; borrowed */
    struct input_column_file *file;
};

/* For struct param_column_reader: context is a struct input_columns. Every number of the column; a cell that is none is
   told with its line. */
int input_column_read(void *columns, const char *file, const char *column, struct place place, const char *name,
                      struct param_store *store, double **sample, int *count, struct report *report);
void input_column_free(struct input_columns *columns);
#endif
