#include "param/slot.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* One row of one table while its wildcards are bound. */
struct binding {
    struct param_slots *slots;
    const struct param_scope *scope;
    struct report *report;
    const struct param_table *table;
    const struct param_row *row;
    const char *wildcard[PARAM_SLOT_INDICES]; /* where it stands: after the < */
    enum param_set set[PARAM_SLOT_INDICES];
    size_t stride[PARAM_SLOT_INDICES];
    int index[PARAM_SLOT_INDICES], wildcards, of_prefix;
};

static const struct place nowhere = {0};

static int row_fault(const struct binding *b, const char *what)
{
    char name[PARAM_SLOT_NAME] = "";
    strncat(name, b->table->prefix, sizeof name / 2);
    strncat(name, b->row->path, sizeof name / 2 - 1);
    return report_error(b->report, STATUS_INTERNAL, nowhere, name, "%s", what);
}

/* Numbers need a range, words their list. */
static int check_row(const struct binding *b)
{
    const struct param_row *row = b->row;
    const int ranged = row->type == PARAM_NUMBER || row->type == PARAM_INTEGER || row->type == PARAM_LIST;
    if (strlen(b->table->prefix) + strlen(row->path) >= PARAM_SLOT_NAME / 2) return row_fault(b, "a name of the registry is too long");
    if (ranged && !(row->low < row->high)) return row_fault(b, "a row without a range");
    if (row->type == PARAM_WORD && (!row->words || !row->words[0])) return row_fault(b, "a row without words");
    if (!row->unit || !row->sentence) return row_fault(b, "a row without unit or sentence");
    return STATUS_OK;
}

static enum param_set set_of(const char *wildcard, size_t n)
{
    for (int set = 0; set < PARAM_SETS; set++) {
        const char *name = param_declarations[set].wildcard;
        if (strlen(name) == n && memcmp(name, wildcard, n) == 0) return (enum param_set)set;
    }
    return PARAM_SETS;
}

static int find_wildcards(struct binding *b, const char *path, const size_t *stride)
{
    int n = 0;
    for (const char *s = strchr(path, '<'); s; s = strchr(s + 1, '<'), n++) {
        enum param_set set = set_of(s + 1, strcspn(s + 1, ">"));
        if (set == PARAM_SETS) return row_fault(b, "a wildcard that is no set");
        if (n == PARAM_WILDCARDS) return row_fault(b, "more wildcards than PARAM_WILDCARDS");
        b->wildcard[b->wildcards] = s + 1;
        b->set[b->wildcards] = set;
        b->stride[b->wildcards++] = stride[n];
    }
    return STATUS_OK;
}

/* The chain that was bound before wildcard k; -1 for none. */
static int chain_before(const struct binding *b, int k)
{
    while (--k >= 0) {
        if (b->set[k] == PARAM_SET_CHAIN) return b->index[k];
    }
    return -1;
}

static const struct param_names *members(const struct binding *b, int k)
{
    return param_scope_names(b->scope, b->set[k], chain_before(b, k));
}

/* Writes a path with its wildcards replaced, from wildcard `k` on. Returns the length. */
static size_t expand(const struct binding *b, const char *path, int k, char *out)
{
    size_t n = 0;
    while (*path) {
        if (*path != '<') {
            out[n++] = *path++;
            continue;
        }
        const char *name = members(b, k)->name[b->index[k]];
        size_t m = strlen(name);
        memcpy(out + n, name, m);
        n += m;
        k++;
        path += strcspn(path, ">") + 1;
    }
    out[n] = 0;
    return n;
}

static int memory(const struct binding *b)
{
    return report_error(b->report, STATUS_MEMORY, nowhere, NULL, "out of memory for %zu names", b->slots->count);
}

static int add_sections(struct binding *b, const char *name)
{
    for (const char *dot = strchr(name, '.'); dot; dot = strchr(dot + 1, '.')) {
        char part[PARAM_SLOT_NAME] = "";
        memcpy(part, name, (size_t)(dot - name));
        if (param_lookup_find(&b->slots->section, part) != PARAM_LOOKUP_NONE) continue;
        const char *copy = param_store_copy(&b->slots->store, part, strlen(part));
        if (!copy || param_lookup_put(&b->slots->section, copy, 1)) return memory(b);
    }
    return STATUS_OK;
}

/* Sections that exist even where no member is declared: "market.demand" of "market.demand.<region>.growth". */
static int add_fixed_sections(struct binding *b)
{
    char name[PARAM_SLOT_NAME] = "";
    strcat(name, b->table->prefix);
    strcat(name, b->row->path);
    name[strcspn(name, "<")] = 0;
    return add_sections(b, name);
}

static int grow(struct param_slots *slots)
{
    size_t capacity = slots->capacity ? 2 * slots->capacity : 256;
    struct param_slot *larger = realloc(slots->slot, capacity * sizeof *larger);
    if (!larger) return STATUS_MEMORY;
    slots->slot = larger;
    slots->capacity = capacity;
    return STATUS_OK;
}

static int add_slot(struct binding *b)
{
    char text[PARAM_SLOT_NAME * 2];
    struct param_slot slot = {.table = b->table, .row = b->row, .chain = chain_before(b, b->wildcards)};
    slot.offset = b->table->offset + b->row->offset;
    for (int k = 0; k < b->wildcards; k++) slot.offset += b->stride[k] * (size_t)b->index[k];
    size_t n = expand(b, b->table->prefix, 0, text);
    n += expand(b, b->row->path, b->of_prefix, text + n);
    if (n >= PARAM_SLOT_NAME) return row_fault(b, "a name of the registry is too long");
    slot.name = slot.stream = param_store_copy(&b->slots->store, text, n);
    if (slot.name && b->table->stream_prefix) {
        n = expand(b, b->table->stream_prefix, 0, text);
        n += expand(b, b->row->path, b->of_prefix, text + n);
        slot.stream = param_store_copy(&b->slots->store, text, n);
    }
    if (!slot.name || !slot.stream || (b->slots->count == b->slots->capacity && grow(b->slots))) return memory(b);
    b->slots->slot[b->slots->count++] = slot;
    return add_sections(b, slot.name);
}

/* All combinations of members, like the digits of a counter. */
static int bind_row(struct binding *b)
{
    int k = 0, status = STATUS_OK;
    memset(b->index, 0, sizeof b->index);
    for (k = 0; k < b->wildcards; k++) b->index[k] = -1;
    k = 0;
    while (!status && k >= 0) {
        if (k == b->wildcards) {
            status = add_slot(b);
            k--;
        } else if (++b->index[k] < members(b, k)->count) {
            k++;
        } else {
            b->index[k--] = -1;
        }
    }
    return status;
}

static int make_row(struct binding *b)
{
    b->wildcards = 0;
    int status = check_row(b);
    if (!status) status = find_wildcards(b, b->table->prefix, b->table->stride);
    b->of_prefix = b->wildcards;
    if (!status) status = find_wildcards(b, b->row->path, b->row->stride);
    for (int k = 0; k < b->wildcards && !status; k++) {
        int chain = 0;
        for (int j = 0; j < k; j++) chain |= b->set[j] == PARAM_SET_CHAIN;
        if (b->set[k] == PARAM_SET_REGIME && !chain) status = row_fault(b, "a regime without its chain before it");
    }
    if (!status) status = add_fixed_sections(b);
    return status ? status : bind_row(b);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct param_slot *)a)->name, ((const struct param_slot *)b)->name);
}

static int index_slots(struct param_slots *slots, struct report *report)
{
    int status = STATUS_OK;
    if (slots->count) qsort(slots->slot, slots->count, sizeof *slots->slot, compare);
    for (size_t k = 0; k < slots->count; k++) {
        const char *name = slots->slot[k].name;
        if (k && strcmp(slots->slot[k - 1].name, name) == 0) {
            status = report_error(report, STATUS_INPUT, nowhere, name, "a declared name is also a word of the registry here: choose another");
        } else if (param_lookup_put(&slots->by_name, name, k)) {
            return report_error(report, STATUS_MEMORY, nowhere, NULL, "out of memory for %zu names", slots->count);
        }
    }
    return status;
}

int param_slot_make(struct param_slots *slots, const struct param_table *tables, size_t count, const struct param_scope *scope,
                    struct report *report)
{
    struct binding b = {.slots = slots, .scope = scope, .report = report};
    int status = STATUS_OK;
    memset(slots, 0, sizeof *slots);
    for (size_t t = 0; t < count && !status; t++) {
        b.table = &tables[t];
        for (size_t r = 0; r < tables[t].count && !status; r++) {
            b.row = &tables[t].rows[r];
            status = make_row(&b);
        }
    }
    return status ? status : index_slots(slots, report);
}

void param_slot_free(struct param_slots *slots)
{
    free(slots->slot);
    param_lookup_free(&slots->by_name);
    param_lookup_free(&slots->section);
    param_store_free(&slots->store);
    memset(slots, 0, sizeof *slots);
}

const struct param_slot *param_slot_find(const struct param_slots *slots, const char *name)
{
    size_t k = param_lookup_find(&slots->by_name, name);
    return k == PARAM_LOOKUP_NONE ? NULL : &slots->slot[k];
}
