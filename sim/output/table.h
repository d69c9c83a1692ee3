/* output/table.h - a result as rows and labels: what the HDF5 file, the console table and JSON are written from, and what
   a file that is read gives back. Nothing in it is owned. */
#ifndef PACTOLUS_OUTPUT_TABLE_H
#define PACTOLUS_OUTPUT_TABLE_H
#include <stddef.h>

#include "statistics/table.h"

/* Members of one axis, by internal index. declared[k] = internal index of the k-th member as the deal declares it; NULL: the
   same order. label: text for people (UTF-8), NULL or NULL entries: the name. */
struct output_names {
    int count;
    const char *const *name;
    const char *const *label;
    const int *declared;
};

struct output_table {
    const char *title;
    const char *currency; /* "USD": M{currency} is shown as "million USD" */
    const char *volume;   /* "thousand vehicles" */
    const struct result_row *row;
    int rows;
    size_t doubles; /* of one scenario's flat array */
    struct statistics_shape shape;
    struct output_names names[AXIS_COUNT]; /* partner, region, ledger, cause */
    const double *quantile;                /* levels */
    const double *step;                    /* years from the start, by step; NULL: 0, 1, ... */
    const char *const *scenario;
    size_t scenarios;
    double confidence, tail; /* 0.95, 0.05 */
};

enum { OUTPUT_UNIT = 96 };

/* "partner", "ledger", ...; NULL for AXIS_NONE. */
const char *output_axis_name(enum statistics_axis axis);
/* Writes the unit with currency and volume put in: "M{currency}/{volume}" gives "million USD/thousand vehicles". */
void output_unit_text(char out[OUTPUT_UNIT], const char *unit, const struct output_table *table);
/* NULL if there is none. */
const struct result_row *output_table_row(const struct output_table *table, const char *name);
/* Internal position (in flat, from the row's offset) of the k-th cell of a row in declared order. */
size_t output_table_cell(const struct output_table *table, const struct result_row *row, size_t k);
/* The k-th declared member of an axis: its name, and its label or else its name. */
const char *output_table_name(const struct output_table *table, enum statistics_axis axis, int k);
const char *output_table_label(const struct output_table *table, enum statistics_axis axis, int k);
/* Sizes of the axes of a row without AXIS_NONE; returns how many. */
int output_table_dims(const struct output_table *table, const enum statistics_axis *axis, int axes, size_t size[3]);
#endif
