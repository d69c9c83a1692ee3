/* output/result_parts.h - the inside of a result file that is read; shared by result.c, result_axes.c, result_rows.c and
   result_varied.c, and by nobody else. */
#ifndef PACTOLUS_OUTPUT_RESULT_PARTS_H
#define PACTOLUS_OUTPUT_RESULT_PARTS_H
#include "output/result.h"
#include "output/store.h"

struct labels {
    char **name, **label;
};

struct output_result {
    char *path;
    hid_t id;
    struct output_table table;
    struct result_row *row; /* of table.row */
    struct labels axis[AXIS_COUNT];
    char **scenario;
    double *quantile, *step;
    char *title, *currency, *volume;
    struct output_coordinate *varied; /* owned, with their names */
    size_t varied_count;
};

/* STATUS_REFUSED: what is wrong, with HDF5's reason or without. */
int output_result_refuse(const struct output_result *r, struct report *report, const char *what);
int output_result_refuse_plain(const struct output_result *r, struct report *report, const char *what);
/* Scenarios [first, first + count) are there, or STATUS_REFUSED. */
int output_result_check(const struct output_result *r, size_t first, size_t count, struct report *report);
/* Variable-length strings of HDF5, and their array. Legal with NULL. */
void output_result_free_strings(char **text, size_t count);
/* The attribute `name` cut to `room`; untouched where there is none. */
void output_result_attribute(hid_t set, const char *name, char *out, size_t room);
/* Name of the scale on a dimension of a data set, "" where there is none. */
enum { RESULT_SCALE = 64 };
void output_result_scale(hid_t set, unsigned dim, char name[RESULT_SCALE]);

/* The parts of the head, in this order. */
int output_result_read_axes(struct output_result *r, struct report *report);
int output_result_read_rows(struct output_result *r, struct report *report);
/* Keeps the data set if it is a coordinate on scenario. Negative without memory. */
herr_t output_result_take_varied(struct output_result *r, hid_t set, const char *name);
void output_result_free_varied(struct output_result *r);
#endif
