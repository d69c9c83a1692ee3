#include "param/store.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_SIZE = 16 * 1024 };

struct param_chunk {
    struct param_chunk *older;
    size_t used, size;
    alignas(max_align_t) char bytes[];
};

static struct param_chunk *chunk_create(struct param_store *store, size_t size)
{
    struct param_chunk *chunk = malloc(sizeof *chunk + size);
    if (!chunk) return NULL;
    *chunk = (struct param_chunk){.older = store->chunk, .size = size};
    store->chunk = chunk;
    return chunk;
}

void *param_store_take(struct param_store *store, size_t size)
{
    const size_t align = alignof(max_align_t);
    struct param_chunk *chunk = store->chunk;
    if (size > (size_t)-1 / 2) return NULL;
    size = (size + align - 1) / align * align;
    if (!chunk || chunk->size - chunk->used < size) chunk = chunk_create(store, size > CHUNK_SIZE ? size : CHUNK_SIZE);
    if (!chunk) return NULL;
    void *taken = chunk->bytes + chunk->used;
    chunk->used += size;
    memset(taken, 0, size);
    return taken;
}

char *param_store_copy(struct param_store *store, const char *text, size_t n)
{
    char *copy = param_store_take(store, n + 1);
    if (copy) memcpy(copy, text, n);
    return copy;
}

void param_store_free(struct param_store *store)
{
    for (struct param_chunk *chunk = store->chunk; chunk;) {
        struct param_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    store->chunk = NULL;
}
