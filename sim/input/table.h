/* input/table.h - scenario tables: a header of dotted names, a row for each scenario. */
#ifndef PACTOLUS_INPUT_TABLE_H
#define PACTOLUS_INPUT_TABLE_H
#include "input/csv.h"
#include "input/deal.h"
#include "param/registry.h"

enum { INPUT_TABLE_LABEL = 128 };

struct input_table {
    char *path;
    struct input_csv csv;
    size_t rows;         /* scenarios */
    int parameters;      /* columns that are parameters */
    int *column;         /* of each, its place in the csv */
    int label;           /* column `scenario`, -1: rows are called row_1, row_2, .. */
    double *weight;      /* column `weight`; NULL: none, all alike */
};

/* Reads a table and checks its form: names in the header without blanks and once each, no empty cell, labels that are
   texts without control characters and once each, weights >= 0 that do not sum to 0. Values are read by
   input_table_settings. STATUS_INPUT, STATUS_FILE, STATUS_MEMORY; legal to free after a failure. */
int input_table_read(const char *path, struct input_table *table, struct report *report);
/* The same of a text in memory, ended by a zero, that the program made itself: a design. It is told as `path` ("--vary"). */
int input_table_read_text(const char *path, const char *text, struct input_table *table, struct report *report);
void input_table_free(struct input_table *table);
/* Name of a parameter column. */
const char *input_table_name(const struct input_table *table, int parameter);
/* Name of a scenario; `buffer` is used where the table has none. */
const char *input_table_label(const struct input_table *table, size_t row, char buffer[INPUT_TABLE_LABEL]);
/* Place of a row, place of the header. */
struct place input_table_place(const struct input_table *table, size_t row);
/* An option and a column of the same name (or a list and its element) contradict: STATUS_USAGE. */
int input_table_check_overrides(const struct input_table *table, const struct input_override *overrides, size_t n,
                                struct report *report);
/* Resolves all columns: once for a table. `settings` holds table->parameters of them. Structure is refused. */
int input_table_resolve(const struct input_table *table, const struct param_registry *registry, struct param_setting *settings,
                        struct report *report);
/* Reads the values of a row into resolved settings; what they point to lives in `store`. All faults are reported. */
int input_table_settings(const struct input_table *table, size_t row, const struct param_registry *registry,
                         struct param_store *store, struct param_setting *settings, struct report *report);
#endif
