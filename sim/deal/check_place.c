/* Where what a warning names is written. */
#include <string.h>

#include "deal/check.h"

/* 1 for the name itself and what stands below it; a * in `name` is any one part. */
static int is_at(const char *full, const char *name)
{
    for (; *name; name++) {
        if (*name == '*') full += strcspn(full, ".");
        else if (*full++ != *name) return 0;
    }
    return !*full || *full == '.' || *full == '[';
}

/* The column of a table that gives the slot; NULL: the deal does. */
static const struct param_setting *column_of(const struct check *c, const struct param_slot *slot)
{
    for (size_t k = 0; k < c->source->settings; k++) {
        if (c->source->setting[k].slot == slot) return &c->source->setting[k];
    }
    return NULL;
}

/* Of two places the first of a file. */
static int is_before(struct place a, struct place b)
{
    if (!b.file || strcmp(a.file, b.file) != 0) return !b.file;
    return a.line < b.line || (a.line == b.line && a.column < b.column);
}

struct place deal_check_place(const struct check *c, const char *name)
{
    const struct param_registry *registry = c->source->registry;
    struct place first = {0};
    for (size_t k = 0; k < registry->slots.count; k++) {
        const struct param_slot *slot = &registry->slots.slot[k];
        if (!is_at(slot->name, name)) continue;
        const struct param_setting *column = column_of(c, slot);
        const struct place at = column ? (struct place){column->place.file, 0, 0} : registry->given[k].origin;
        if (at.file && is_before(at, first)) first = at;
    }
    for (int set = 0; !first.file && set < PARAM_SETS; set++) {
        const char *path = param_declarations[set].path;
        if (path && !strcmp(path, name)) first = registry->declared[set];
    }
    return first;
}

struct place deal_check_fault(const struct check *c, const char *name)
{
    const struct place written = c->place.line ? c->place : deal_check_place(c, name);
    return written.file ? written : c->place;
}
