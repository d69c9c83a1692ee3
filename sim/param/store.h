/* param/store.h - memory that is given back all at once: names, texts, distributions of one deal or one table row. */
#ifndef PACTOLUS_PARAM_STORE_H
#define PACTOLUS_PARAM_STORE_H
#include <stddef.h>

struct param_store {
    struct param_chunk *chunk; /* the newest first */
};

/* Zeroed bytes, aligned for any type; NULL without memory. They live until param_store_free. A store starts as {NULL}. */
void *param_store_take(struct param_store *store, size_t size);
/* A copy of n bytes of text with an end; NULL without memory. */
char *param_store_copy(struct param_store *store, const char *text, size_t n);
/* Gives all back; the store is empty and may be used again. Legal on an empty store. */
void param_store_free(struct param_store *store);
#endif
