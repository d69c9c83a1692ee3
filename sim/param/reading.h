/* param/reading.h - what the grammar needs while it reads one value: whose value it is and where faults are told. */
#ifndef PACTOLUS_PARAM_READING_H
#define PACTOLUS_PARAM_READING_H
#include "base/status.h"
#include "param/descriptor.h"
#include "param/store.h"

/* A piece of a text, not ended by a zero. */
struct param_span {
    const char *text;
    size_t n;
};

/* Reads the numbers of one column of a file (relative to the deal file) into memory of `store`; the input layer gives it,
   since only it opens files. Errors are reported at `place` under `name`. */
struct param_column_reader {
    int (*read)(void *context, const char *file, const char *column, struct place place, const char *name,
                struct param_store *store, double **sample, int *count, struct report *report);
    void *context;
};

struct param_reading {
    const char *name; /* full dotted name */
    const char *stream; /* stream of its draw */
    struct place place;
    const struct param_row *row;
    struct param_store *store;
    const struct param_column_reader *columns; /* NULL: empirical(...) is refused */
    struct report *report;
};

enum { PARAM_WANT = 200 };
/* "a number in [0, 3]": what a row accepts. Returns `out`. */
const char *param_reading_want(char out[PARAM_WANT], const struct param_row *row);
/* Reports `NAME: what, got 'X', want Y`, where Y comes from the row. Returns STATUS_INPUT. */
int param_reading_fail(const struct param_reading *reading, struct param_span got, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Reports that memory ran out. Returns STATUS_MEMORY. */
int param_reading_memory(const struct param_reading *reading);

/* The piece without blanks and tabs at its ends. */
struct param_span param_reading_trim(struct param_span span);
/* Takes the next part of `rest` up to a `separator` outside of ( ), [ ] and " "; trimmed. 0 once nothing is left. A
   text that ends in a separator ends in an empty part. `rest->text` is NULL at the end. */
int param_reading_part(struct param_span *rest, char separator, struct param_span *part);
/* Whether every ( and [ is closed by its own kind. */
int param_reading_balanced(struct param_span span);
/* 1 if the span is this word. */
int param_reading_is(struct param_span span, const char *word);
#endif
