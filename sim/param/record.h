/* param/record.h - what a deal file, an option or a table says, before it has a meaning: name, text, place. */
#ifndef PACTOLUS_PARAM_RECORD_H
#define PACTOLUS_PARAM_RECORD_H
#include "base/status.h"
#include "param/store.h"

enum param_record_kind {
    PARAM_RECORD_SCALAR,  /* name: text; name may end in [k], one element of a list */
    PARAM_RECORD_LIST,    /* name: [ .. ]; its elements follow at once */
    PARAM_RECORD_ELEMENT, /* one of them, text only */
    PARAM_RECORD_MAP      /* name: { .. }; its members follow as records of their own */
};

struct param_record {
    const char *name; /* dotted; of an element, the name of its list */
    const char *text; /* "" of a list or map */
    struct place place;
    enum param_record_kind kind;
    int bare; /* nonzero: written without quotes (an empty text in quotes is a text, without them no value) */
};

/* In order of precedence: a later record of the same name wins. */
struct param_records {
    struct param_record *record;
    size_t count, capacity;
    struct param_store store; /* owns names, texts and file names */
};

/* Adds a record; name, text and place.file are copied. STATUS_MEMORY (reported) without memory. A list of records starts
   as {0}. */
int param_record_add(struct param_records *records, const struct param_record *record, struct report *report);
/* Legal on an empty list. */
void param_record_free(struct param_records *records);
#endif
