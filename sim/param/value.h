/* param/value.h - one value of a row: read from text, typed, in range. */
#ifndef PACTOLUS_PARAM_VALUE_H
#define PACTOLUS_PARAM_VALUE_H
#include "base/distribution.h"
#include "param/reading.h"

/* A number, or one element of a list. */
struct param_item {
    double value;                             /* the constant, or the mean */
    const struct distribution *distribution;  /* NULL: constant, or the draw of another parameter */
    const char *same;                         /* that parameter's name, NULL: none */
    const char *name, *stream;                /* of its draw, with [k] for an element; NULL for a constant */
    struct place place;                       /* where it was written */
};

struct param_value {
    int count;               /* elements of a list; 1 for a number */
    struct param_item *item; /* numbers and lists */
    int whole;               /* integer, word, month, member */
    const char *text;        /* string */
};

/* Reads the text of a value. `names` holds the members of reading->row->member_of (PARAM_MEMBER), NULL otherwise. A list is
   written [a, b, ..]. What the value points to lives in reading->store. */
int param_value_parse(const struct param_reading *reading, const char *text, const struct param_names *names,
                      struct param_value *value);
/* Reads one number, as element `element` of a list or as a value of its own (element -1). */
int param_value_item(const struct param_reading *reading, struct param_span span, int element, struct param_item *item);
/* Whether a span is written as a list. */
int param_value_is_list(struct param_span span);
/* Writes the canonical text in the form of a deal file, at most `size` bytes with their end; returns its full length. */
size_t param_value_write(char *out, size_t size, const struct param_row *row, const struct param_value *value,
                         const struct param_names *names);
#endif
