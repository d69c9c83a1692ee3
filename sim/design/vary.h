/* design/vary.h - what a sweep varies: `NAME=VALUES` of --vary, or an entry of `sweep: {vary: {NAME: VALUES}}`.

     LOW:HIGH          any number from LOW to HIGH, evenly likely; of an integer parameter the whole numbers from LOW to HIGH
     LOW:HIGH:COUNT    COUNT of them at equal steps, both ends among them
     [a, b, ..]        these values, each of any kind that the parameter takes: numbers, words, distributions, lists, texts;
                       a text with a comma or bracket of its own in quotes
     name(..)          a distribution of the value grammar, such as triangular(0.1, 0.2, 0.5) */
#ifndef PACTOLUS_DESIGN_VARY_H
#define PACTOLUS_DESIGN_VARY_H
#include "param/registry.h"

enum design_vary_kind { DESIGN_VARY_RANGE, DESIGN_VARY_STEPS, DESIGN_VARY_LIST, DESIGN_VARY_DISTRIBUTION };

#define DESIGN_VARY_ENDS 1e300 /* greatest size of LOW and HIGH: sums and products of them stay finite */

/* One varied parameter. Texts and distribution belong to the store of its struct design_varied. */
struct design_vary {
    const char *name;     /* dotted, may end in [k] */
    const char *text;     /* VALUES as written */
    struct place place;
    enum design_vary_kind kind;
    double low, high;     /* range, steps; of a distribution the range of the parameter, into which points are put */
    size_t count;         /* values of steps and list */
    const char **value;   /* list: texts of the cells, without the quotes around them */
    const struct distribution *distribution;
    int whole;            /* an integer parameter: low, high and steps are whole numbers */
};

/* Starts as {0}. */
struct design_varied {
    struct design_vary *vary;
    size_t count, capacity;
    struct param_store store;
};

/* Adds `NAME=VALUES`. With a registry (else NULL) the name is looked up, and ends and values are read as the parameter reads
   them, so that a value out of range is told here once and not for every point. All faults are reported: STATUS_INPUT,
   STATUS_MEMORY; nothing is added then. place.file is borrowed and outlives `varied`. */
int design_vary_add(struct design_varied *varied, const char *spec, struct place place, const struct param_registry *registry,
                   struct report *report);
/* The same with name and values apart. */
int design_vary_put(struct design_varied *varied, const char *name, const char *values, struct place place,
                   const struct param_registry *registry, struct report *report);
/* Legal on {0} and after a failure. */
void design_vary_free(struct design_varied *varied);
#endif
