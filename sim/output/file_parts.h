/* output/file_parts.h - the inside of a result file that is being written; shared by file.c, axes.c, rows.c, samples.c and
   commit.c, and by nobody else. Every part returns STATUS_OK or output_file_fail(...). */
#ifndef PACTOLUS_OUTPUT_FILE_PARTS_H
#define PACTOLUS_OUTPUT_FILE_PARTS_H
#include "output/file.h"
#include "output/store.h"
#include "output/target.h"

struct output_file {
    struct output_file_config config;
    const struct output_table *table;
    struct output_target target;
    hid_t id;
    int failed;
    hid_t scenario;          /* the scales of the dimensions, -1 where unused */
    hid_t scale[AXIS_COUNT];
    char *coordinates; /* names of what varies, NULL: nothing or too long for an attribute */
    hid_t *row;        /* data sets by row, -1 where empty */
    hid_t *sample;
    size_t *place;   /* doubles: where the k-th number of a row (declared order) lies in flat */
    double *pending; /* scenarios that wait for a whole chunk: room x doubles */
    double *scratch; /* the same, of one row */
    size_t room, first, waiting;
};

/* Notes the first failure with HDF5's reason; returns STATUS_FILE. */
int output_file_fail(struct output_file *file, struct report *report, const char *what);
int output_axes_write(struct output_file *file, struct report *report);
int output_rows_create(struct output_file *file, struct report *report);
int output_rows_flush(struct output_file *file, struct report *report);
int output_samples_create(struct output_file *file, struct report *report);
/* Properties of a chunked data set whose fill value is NaN; -1 on failure. */
hid_t output_rows_properties(int rank, const hsize_t *chunk);
/* units, long_name, _FillValue, coordinates; attaches the scales of scenario and axes. Negative on failure. */
herr_t output_rows_describe(struct output_file *file, hid_t set, const char *unit, const char *sentence,
                            const enum statistics_axis *axis, int axes);
#endif
