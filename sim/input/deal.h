/* input/deal.h - the one door: a deal file, what it includes, and options, as records in order of precedence. */
#ifndef PACTOLUS_INPUT_DEAL_H
#define PACTOLUS_INPUT_DEAL_H
#include "input/yaml.h"

enum { INPUT_DEAL_INCLUDES = 8 }; /* depth of includes */

/* name=value of --set. */
struct input_override {
    const char *name, *text;
};

/* Reads the file and what `include:` names (top level; a path or a list of them, relative to the file that says it; at most
   8 deep, each file once), then appends the overrides at the place "--set". A file's values come after those of its
   includes, so that they win; a name given twice in one file, or by two includes of which neither includes the other, is
   an error that names both places.
   All errors are reported, the status is the first. *complete (may be NULL): nonzero if everything was read, so that
   param_registry_read can tell the remaining errors even when this call has failed.
   Legal to free after a failure; `records` starts as {0}. */
int input_deal_read(const char *path, const struct input_override *overrides, size_t n, struct param_records *records,
                    int *complete, struct report *report);
/* Appends one override; a later one of the same name wins. */
int input_deal_override(const struct input_override *override, struct param_records *records, struct report *report);
#endif
