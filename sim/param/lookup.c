#include "param/lookup.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/status.h"

/* FNV-1a, then a finish: the low bits choose the place. */
static size_t hash_text(const char *key)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *key; key++) h = (h ^ (unsigned char)*key) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 29);
}

static size_t place_of(const struct param_lookup *lookup, const char *key)
{
    size_t place = hash_text(key) & (lookup->places - 1);
    while (lookup->key[place] && strcmp(lookup->key[place], key) != 0) place = (place + 1) & (lookup->places - 1);
    return place;
}

size_t param_lookup_find(const struct param_lookup *lookup, const char *key)
{
    if (!lookup->places) return PARAM_LOOKUP_NONE;
    size_t place = place_of(lookup, key);
    return lookup->key[place] ? lookup->value[place] : PARAM_LOOKUP_NONE;
}

static int grow(struct param_lookup *lookup)
{
    struct param_lookup larger = {.count = lookup->count, .places = lookup->places ? 2 * lookup->places : 64};
    larger.key = calloc(larger.places, sizeof *larger.key);
    larger.value = calloc(larger.places, sizeof *larger.value);
    if (!larger.key || !larger.value) {
        param_lookup_free(&larger);
        return STATUS_MEMORY;
    }
    for (size_t k = 0; k < lookup->places; k++) {
        if (!lookup->key[k]) continue;
        size_t place = place_of(&larger, lookup->key[k]);
        larger.key[place] = lookup->key[k];
        larger.value[place] = lookup->value[k];
    }
    param_lookup_free(lookup);
    *lookup = larger;
    return STATUS_OK;
}

int param_lookup_put(struct param_lookup *lookup, const char *key, size_t value)
{
    if (2 * (lookup->count + 1) > lookup->places && grow(lookup)) return STATUS_MEMORY;
    size_t place = place_of(lookup, key);
    if (!lookup->key[place]) lookup->count++;
    lookup->key[place] = key;
    lookup->value[place] = value;
    return STATUS_OK;
}

void param_lookup_free(struct param_lookup *lookup)
{
    free(lookup->key);
    free(lookup->value);
    *lookup = (struct param_lookup){0};
}
