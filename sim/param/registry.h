/* param/registry.h - all parameters of a deal: resolve a name once, apply its values many times. */
#ifndef PACTOLUS_PARAM_REGISTRY_H
#define PACTOLUS_PARAM_REGISTRY_H
#include "param/slot.h"
#include "param/value.h"

/* What a slot holds after param_registry_read. */
struct param_given {
    struct param_value value;
    struct place origin; /* file NULL: the neutral default */
    int is_given;
};

struct param_registry {
    const struct param_table *tables; /* borrowed */
    size_t count;
    struct param_column_reader columns;
    struct param_scope scope;
    struct param_slots slots;
    struct param_given *given; /* by slot */
    struct place declared[PARAM_SETS]; /* where `partners:`, `regions:` and so on stand; file NULL: nowhere */
    struct param_store store;
};

/* A value for one name, on top of what the deal says: an option, a cell of a table, a point of a sweep. */
struct param_setting {
    const struct param_slot *slot;
    int element; /* of a list; -1: the whole value */
    struct place place; /* of the name; param_registry_parse makes it that of the value */
    struct param_value value;
};

/* A parameter that is drawn per path. Texts and distribution belong to the registry, or to the store of the setting. */
struct param_draw {
    const char *name;   /* full dotted name, with [k] of an element */
    const char *stream; /* names its random numbers: instances of a programme share one */
    const struct distribution *distribution;
    enum param_learnt learnt;
    double low, high;   /* range of the row: a draw beyond an end (of an unbounded kind) is to be set to it */
    size_t offset;      /* of its struct param_number in the deal */
    double mean;        /* of what is drawn, before `scale` */
    double scale;       /* multiplies what is drawn and brought into the range */
};

/* Starts as {0}; param_registry_fill empties and fills it again and again without new memory. */
struct param_draws {
    struct param_draw *draw; /* struct param_number.draw is an index */
    size_t count, capacity;
    struct param_link *link; /* same(..) */
    size_t links, links_capacity;
};

/* Reads all records: declared names, values, ranges; reports all errors (the status is the first one). `file` is the deal's
   file, for what is missing; `columns` may be NULL. Tables and records' file names are borrowed and outlive the registry.
   Legal to free after a failure. */
int param_registry_read(struct param_registry *registry, const struct param_table *tables, size_t count,
                        const struct param_records *records, const struct param_column_reader *columns, const char *file,
                        struct report *report);
void param_registry_free(struct param_registry *registry);

/* Finds a name (may end in [k]). `varied` nonzero: it is to differ between scenarios, so structure is refused. */
int param_registry_resolve(const struct param_registry *registry, const char *name, struct place place, int varied,
                           struct param_setting *setting, struct report *report);
/* Reads a value for a resolved name. What it points to lives in `store`. */
int param_registry_parse(const struct param_registry *registry, const char *text, struct place place, struct param_store *store,
                         struct param_setting *setting, struct report *report);
/* Writes every declared parameter into `object` (the struct that table offsets refer to, zeroed by the caller) and the
   settings over them, and lists the draws. Only a missing list element, a same() without a draw, or memory can fail. */
int param_registry_fill(const struct param_registry *registry, const struct param_setting *settings, size_t n, void *object,
                        struct param_draws *draws, struct report *report);
/* Multiplies a number of `object`; one that is drawn gets a draw of its own, of the same stream. STATUS_MEMORY, reported. */
int param_registry_scale(struct param_draws *draws, const void *object, struct param_number *number, double scale,
                         struct report *report);
/* Legal on an empty list. */
void param_registry_release(struct param_draws *draws);
/* The values of the deal with the settings over them, for one slot: a whole value, or an element put in. `value` is written
   without copies where possible; lists are copied into `store`. STATUS_MEMORY, reported. */
int param_registry_value(const struct param_registry *registry, const struct param_setting *settings, size_t n,
                         const struct param_slot *slot, struct param_store *store, struct param_value *value,
                         struct place *origin, struct report *report);
#endif
