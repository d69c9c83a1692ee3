/* api/export.h - which rows and scenarios of a result file an export is of. */
#ifndef PACTOLUS_API_EXPORT_H
#define PACTOLUS_API_EXPORT_H
#include "output/csv.h"
#include "pactolus.h"

struct api_choice {
    int *row; /* indices into the table; owned */
    int rows;
    char *wanted; /* by scenario, NULL: all; owned */
};

/* STATUS_USAGE, with the nearest name there is, for a name that the table does not have; `path` is for the message. */
int api_choice_init(struct api_choice *choice, const struct output_table *table, const struct pactolus_export_options *options,
                    const char *path, struct report *report);
/* Legal after a failed init. */
void api_choice_free(struct api_choice *choice);
#endif
