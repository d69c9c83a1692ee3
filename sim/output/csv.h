/* output/csv.h - a result file as CSV (RFC 4180, lines end with LF, UTF-8) for R, pandas and spreadsheets. docs/results.md tells
   the columns. Numbers have the fewest digits that read back to the same bits; one that is missing is an empty field. */
#ifndef PACTOLUS_OUTPUT_CSV_H
#define PACTOLUS_OUTPUT_CSV_H
#include <stdio.h>

#include "output/result.h"

struct output_csv_config {
    int wide;           /* nonzero: a line for each scenario, a column for each number; else a line for each number */
    const int *row;     /* which rows: indices into the table, in the order in which they are written */
    int rows;
    const char *wanted; /* by scenario: 1 if it is written, else 0; NULL: all are */
    /* Called before each slab of scenarios is read; nonzero: STATUS_STOPPED. NULL: none. */
    int (*progress)(void *context, size_t scenarios_done, size_t scenarios);
    void *context;
};

/* Reads some scenarios at a time: memory does not grow with their number. Write errors are left in the stream (ferror) and end
   the writing with STATUS_OK; a failure of reading has its message in the report. */
int output_csv_write(FILE *stream, struct output_result *result, const struct output_csv_config *config, struct report *report);
/* One field, in quotes where it needs them. */
void output_csv_text(FILE *stream, const char *text);
#endif
