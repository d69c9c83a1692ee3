/* Specs read against the toy deal of ../param/toy.h. */
#ifndef VARIED_H
#define VARIED_H
#include "design/design.h"
#include "unit/param/toy.h"

struct varied {
    struct report report;
    struct param_records records;
    struct param_registry registry;
    struct design_varied varied;
    struct design design;
};

/* The toy deal, and the specs (NULL: none more), of which all must be good. */
void varied_open(struct varied *v, const char *const *specs);
/* Adds one; the status. With the registry or without. */
int varied_add(struct varied *v, const char *spec);
int varied_add_unknown(struct varied *v, const char *spec);
/* Forgets specs and messages. */
void varied_forget(struct varied *v);
/* Settles and writes the design; to be freed. Must succeed. */
char *varied_table(struct varied *v, enum input_sweep_design kind, uint64_t points, uint64_t seed);
const char *varied_message(const struct varied *v, int k);
void varied_close(struct varied *v);
#endif
