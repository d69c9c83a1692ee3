#include "param/echo.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "param/builder.h"

static void put_names(struct param_builder *b, const char *path, const struct param_names *names)
{
    if (!names->count) return;
    param_builder_put(b, "%s: [", path);
    for (int k = 0; k < names->count; k++) param_builder_put(b, "%s%s", k ? ", " : "", names->name[names->declared[k]]);
    param_builder_put(b, "]\n");
}

static void put_scope(struct param_builder *b, const struct param_scope *scope)
{
    const struct param_names *chains = &scope->set[PARAM_SET_CHAIN];
    char path[PARAM_NAME + 32];
    for (int set = 0; set < PARAM_SETS; set++) {
        if (param_declarations[set].path) put_names(b, param_declarations[set].path, &scope->set[set]);
    }
    for (int chain = 0; chain < chains->count; chain++) {
        snprintf(path, sizeof path, "market.trade.%s.regimes", chains->name[chain]);
        put_names(b, path, &scope->regimes[chain]);
    }
}

/* FNV-1a over the values of all samples inside of a distribution; depth is bounded by the grammar. */
static void add_samples(const struct distribution *d, uint64_t *check, long *values)
{
    if (d->kind == DISTRIBUTION_TRUNCATED) add_samples(d->part[0], check, values);
    for (int k = 0; d->kind == DISTRIBUTION_MIXTURE && k < d->count; k++) add_samples(d->part[k], check, values);
    if (d->kind != DISTRIBUTION_EMPIRICAL) return;
    const unsigned char *bytes = (const unsigned char *)d->sample;
    for (size_t k = 0; k < (size_t)d->samples * sizeof(double); k++) *check = (*check ^ bytes[k]) * UINT64_C(1099511628211);
    *values += d->samples;
}

static void put_samples(struct param_builder *b, const struct param_value *value)
{
    uint64_t check = UINT64_C(14695981039346656037);
    long values = 0;
    for (int k = 0; k < value->count; k++) {
        if (value->item[k].distribution) add_samples(value->item[k].distribution, &check, &values);
    }
    if (values) param_builder_put(b, "  # %ld values, checksum %016llx", values, (unsigned long long)check);
}

static void put_value(struct param_builder *b, const struct param_row *row, const struct param_value *value, const struct param_names *names)
{
    size_t n = param_value_write(NULL, 0, row, value, names);
    char *to = param_builder_room(b, n);
    if (!to) return;
    param_value_write(to, n + 1, row, value, names);
    b->n += n;
}

static void put_origin(struct param_builder *b, struct place origin)
{
    if (!origin.file) param_builder_put(b, "  # default");
    else if (origin.line) param_builder_put(b, "  # %s:%d", origin.file, origin.line);
    else param_builder_put(b, "  # %s", origin.file);
}

static int put_slot(struct param_builder *b, const struct param_registry *registry, const struct param_setting *settings, size_t n,
                    int origins, const struct param_slot *slot, struct param_store *store, struct report *report)
{
    struct param_value value;
    struct place origin;
    const struct param_names *names =
        slot->row->type == PARAM_MEMBER ? param_scope_names(&registry->scope, slot->row->member_of, slot->chain) : NULL;
    if (slot->row->type == PARAM_NAMES) return STATUS_OK;
    int status = param_registry_value(registry, settings, n, slot, store, &value, &origin, report);
    if (status) return status;
    param_builder_put(b, "%s: ", slot->name);
    put_value(b, slot->row, &value, names);
    put_samples(b, &value);
    if (origins) put_origin(b, origin);
    param_builder_put(b, "\n");
    return STATUS_OK;
}

int param_echo_write(const struct param_registry *registry, const struct param_setting *settings, size_t n, int origins,
                     char **text, struct report *report)
{
    struct param_builder b = {0};
    struct param_store store = {0};
    int status = STATUS_OK;
    *text = NULL;
    put_scope(&b, &registry->scope);
    for (size_t k = 0; k < registry->slots.count && !status; k++) {
        status = put_slot(&b, registry, settings, n, origins, &registry->slots.slot[k], &store, report);
    }
    param_builder_put(&b, "%s", "");
    if (!status && b.failed) status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the text of the deal");
    param_store_free(&store);
    if (status) free(b.text);
    else *text = b.text;
    return status;
}
