/* param/lookup.h - text -> number in constant time. Keys are not copied: they live at least as long. */
#ifndef PACTOLUS_PARAM_LOOKUP_H
#define PACTOLUS_PARAM_LOOKUP_H
#include <stddef.h>

struct param_lookup {
    const char **key; /* NULL: free place */
    size_t *value;
    size_t count, places; /* places: a power of two, or 0 */
};

#define PARAM_LOOKUP_NONE ((size_t)-1)

/* The value of `key`, PARAM_LOOKUP_NONE where there is none. A lookup starts as {0}. */
size_t param_lookup_find(const struct param_lookup *lookup, const char *key);
/* Gives `key` a value, over an earlier one. Returns 0, or STATUS_MEMORY (nothing changed). */
int param_lookup_put(struct param_lookup *lookup, const char *key, size_t value);
/* Legal on an empty lookup. */
void param_lookup_free(struct param_lookup *lookup);
#endif
