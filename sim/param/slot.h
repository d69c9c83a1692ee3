/* param/slot.h - every name that a deal can hold, with its wildcards bound to declared names. */
#ifndef PACTOLUS_PARAM_SLOT_H
#define PACTOLUS_PARAM_SLOT_H
#include "param/lookup.h"
#include "param/scope.h"

enum {
    PARAM_SLOT_INDICES = 2 * PARAM_WILDCARDS,
    PARAM_SLOT_NAME = 512 /* bytes of a full dotted name with its end */
};

struct param_slot {
    const char *name;   /* "market.demand.us.volatility" */
    const char *stream; /* stream of its draw; `name`, or the table's stream prefix and the row's own path */
    const struct param_table *table;
    const struct param_row *row;
    int chain;          /* of a regime in its name; -1 */
    size_t offset;      /* bytes from the start of the deal's struct */
};

struct param_slots {
    struct param_slot *slot; /* in byte order of names */
    size_t count, capacity;
    struct param_lookup by_name;
    struct param_lookup section; /* every beginning of a name that is a map: "market", "market.demand" */
    struct param_store store;
};

/* Makes all slots. STATUS_INTERNAL for rows that contradict themselves, STATUS_INPUT for a declared name that another row
   has taken. Legal to free after a failure. Borrows the tables. */
int param_slot_make(struct param_slots *slots, const struct param_table *tables, size_t count, const struct param_scope *scope,
                    struct report *report);
void param_slot_free(struct param_slots *slots);
/* NULL if there is none of that name (without [k]). */
const struct param_slot *param_slot_find(const struct param_slots *slots, const char *name);
#endif
