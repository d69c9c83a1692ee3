/* input/yaml.h - a deal file -> flat records with dotted names. */
#ifndef PACTOLUS_INPUT_YAML_H
#define PACTOLUS_INPUT_YAML_H
#include "param/record.h"

enum {
    INPUT_YAML_DEPTH = 16,
    INPUT_YAML_NAME = 256,
    INPUT_YAML_BYTES = 8 << 20, /* of a deal file; the largest deal that the bounds allow has less than a tenth */
    INPUT_YAML_VALUES = 200000  /* of all files of a deal */
};

/* Adds a record for every scalar, list and map of the YAML text, in its order, and reports all that this program does not
   take: anchors, aliases, tags, merge keys, second documents, lists of lists or maps, nesting beyond 16, more than 8 MB or 200,000 values. No recursion and
   no tree; memory for the records only. *complete: 0 where reading stopped early (bad syntax), so that what is missing
   is not to be told. STATUS_INPUT or STATUS_MEMORY. */
int input_yaml_walk(const char *path, const char *text, size_t size, struct param_records *records, int *complete,
                    struct report *report);
#endif
