/* param/scope.h - the names that a deal declares: partners, regions, chains and so on. */
#ifndef PACTOLUS_PARAM_SCOPE_H
#define PACTOLUS_PARAM_SCOPE_H
#include "param/descriptor.h"
#include "param/record.h"

/* How a set is declared: by a list (`regions: [us, korea]`) or by a map of its members (`partners: {a: {..}}`) at `path`.
   Every set takes either form. Of a map, names that are rows of the registry themselves are no members. */
struct param_declaration {
    const char *wildcard; /* "region" in <region>; what a message calls a member */
    const char *plural;
    const char *path; /* "regions"; NULL for regimes, whose path holds the name of their chain */
    int bound;
};
extern const struct param_declaration param_declarations[PARAM_SETS];

/* Collects the members that the records declare; only records of a file declare by a map (an option or a table cell with a
   wrong name must not make a new member). If a list declares a set, the last list does, and nothing else. Errors: names
   that are not [a-z][a-z0-9_]{0,31}, `none`, names given twice in a list (STATUS_INPUT), more names than the bound
   (STATUS_MEMORY). All are reported; the status is the first one. */
int param_scope_read(const struct param_records *records, const struct param_table *tables, size_t count,
                     struct param_scope *scope, struct report *report);
/* Members of a set; of regimes, those of `chain`. */
const struct param_names *param_scope_names(const struct param_scope *scope, enum param_set set, int chain);
/* Internal index of a member, -1 for none. `n` bytes of `name` count. */
int param_scope_find(const struct param_names *names, const char *name, size_t n);
/* The set that stands at this path (of regimes too), PARAM_SETS for none; *chain is that of regimes. */
enum param_set param_scope_at(const struct param_scope *scope, const char *path, int *chain);
/* 1 if the name may be declared. */
int param_scope_is_name(const char *name, size_t n);
#endif
