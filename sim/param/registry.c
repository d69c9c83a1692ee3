#include "param/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "param/hint.h"

/* The state of one reading of all records. */
struct reader {
    struct param_registry *registry;
    const struct param_records *records;
    struct report *report;
    const char *file;
    struct param_lookup maps; /* name of a map -> its record */
    const char *skip;         /* a name already complained about: what stands below it is not told again */
    int scope_status, status;
};

static void note(struct reader *r, int status)
{
    if (status && !r->status) r->status = status;
}

/* "plan[2]" -> "plan" and 2; element -1 where there is no [k], -2 where it cannot be one. */
static void split_element(const char *name, char base[PARAM_SLOT_NAME], int *element)
{
    size_t n = strcspn(name, "[");
    *element = -1;
    snprintf(base, PARAM_SLOT_NAME, "%.*s", (int)(n < PARAM_SLOT_NAME ? n : PARAM_SLOT_NAME - 1), name);
    if (!name[n]) return;
    size_t digits = strspn(name + n + 1, "0123456789");
    *element = -2;
    if (!digits || digits > 3 || strcmp(name + n + 1 + digits, "]") != 0 || (digits > 1 && name[n + 1] == '0')) return;
    *element = atoi(name + n + 1);
}

static struct param_reading reading_of(const struct param_registry *registry, const struct param_slot *slot, struct place place,
                                       struct param_store *store, struct report *report)
{
    return (struct param_reading){slot->name, slot->stream, place, slot->row, store,
                                  registry->columns.read ? &registry->columns : NULL, report};
}

static const struct param_names *names_of(const struct param_registry *registry, const struct param_slot *slot)
{
    if (slot->row->type != PARAM_MEMBER) return NULL;
    return param_scope_names(&registry->scope, slot->row->member_of, slot->chain);
}

/* Reports an unknown name; the search for what was meant is left out once nothing more is shown. */
static int fail_unknown(const struct param_registry *registry, const char *name, struct place place, struct report *report)
{
    char hint[PARAM_HINT] = "unknown name", escaped[TEXT_ESCAPED];
    if (report->shown < REPORT_SHOWN) {
        param_hint_write(hint, &registry->slots, registry->tables, registry->count, &registry->scope, name);
    }
    return report_error(report, STATUS_INPUT, place, text_escape(escaped, name), "%s", hint);
}

/* same() must name a number that can be drawn; whether it is drawn is seen when all values are known. */
static int check_same(const struct param_registry *registry, const struct param_item *item, const char *name, struct report *report)
{
    char base[PARAM_SLOT_NAME], escaped[TEXT_ESCAPED];
    int element;
    split_element(item->same, base, &element);
    const struct param_slot *slot = param_slot_find(&registry->slots, base);
    if (!slot) {
        char hint[PARAM_HINT];
        param_hint_write(hint, &registry->slots, registry->tables, registry->count, &registry->scope, base);
        return report_error(report, STATUS_INPUT, item->place, name, "same(%s): %s", text_escape(escaped, item->same), hint);
    }
    const int is_list = slot->row->type == PARAM_LIST;
    if (slot->row->varies == PARAM_BY_PATH && element != -2 &&
        (is_list ? element >= 0 : slot->row->type == PARAM_NUMBER && element == -1)) {
        return STATUS_OK;
    }
    return report_error(report, STATUS_INPUT, item->place, name, "same(%s): want the name of one number that varies by path",
                        text_escape(escaped, item->same));
}

static int check_links(const struct param_registry *registry, const struct param_slot *slot, const struct param_value *value,
                       struct report *report)
{
    int status = STATUS_OK;
    for (int k = 0; k < value->count && !status; k++) {
        if (value->item[k].same) status = check_same(registry, &value->item[k], slot->name, report);
    }
    return status;
}

/* ---- One value ---- */

/* An element of a list: range of k, then the number. */
static int parse_element(const struct param_reading *reading, const char *text, int element, int count, struct param_item *item)
{
    if (element < 0 || element >= PARAM_YEARS) {
        return report_error(reading->report, STATUS_INPUT, reading->place, reading->name, "an element is written [0] to [%d]", PARAM_YEARS - 1);
    }
    if (element >= count) {
        return report_error(reading->report, STATUS_INPUT, reading->place, reading->name,
                            "no element [%d], the list has %d: give the whole list", element, count);
    }
    return param_value_item(reading, (struct param_span){text, strlen(text)}, element, item);
}

static int read_default(struct reader *r, size_t k)
{
    struct param_registry *registry = r->registry;
    const struct param_slot *slot = &registry->slots.slot[k];
    const char *fallback = slot->row->fallback;
    struct param_reading reading = reading_of(registry, slot, (struct place){0}, &registry->store, r->report);
    struct param_value *value = &registry->given[k].value;
    if (slot->row->type == PARAM_NAMES) return STATUS_OK;
    if (!*fallback && (slot->row->type == PARAM_LIST || slot->row->type == PARAM_STRING)) {
        *value = (struct param_value){.text = ""};
        return STATUS_OK;
    }
    if (!*fallback && slot->row->type == PARAM_MEMBER) fallback = "none";
    int status = param_value_parse(&reading, fallback, names_of(registry, slot), value);
    return status == STATUS_INPUT ? STATUS_INTERNAL : status; /* the row itself is wrong: the message is told */
}

/* A list that is changed by element starts from what stands before it. */
static int read_element(struct reader *r, const struct param_slot *slot, const struct param_record *record, int element)
{
    size_t k = (size_t)(slot - r->registry->slots.slot);
    struct param_given *given = &r->registry->given[k];
    struct param_reading reading = reading_of(r->registry, slot, record->place, &r->registry->store, r->report);
    struct param_item item;
    if (slot->row->type != PARAM_LIST) {
        return report_error(r->report, STATUS_INPUT, record->place, slot->name, "not a list: it has no elements [k]");
    }
    if (!given->is_given && slot->row->fallback) {
        int status = read_default(r, k);
        if (status) return status;
    }
    int status = parse_element(&reading, record->text, element, given->value.count, &item);
    if (status) return status;
    given->value.item[element] = item;
    given->origin = record->place;
    given->is_given = 1;
    return item.same ? check_same(r->registry, &item, slot->name, r->report) : STATUS_OK;
}

/* The elements that follow a list's record, each with its own place. */
static int read_list(struct reader *r, const struct param_slot *slot, size_t k, struct param_value *value)
{
    const struct param_record *all = r->records->record;
    int status = STATUS_OK;
    *value = (struct param_value){0};
    value->item = param_store_take(&r->registry->store, PARAM_YEARS * sizeof *value->item);
    if (!value->item) return report_error(r->report, STATUS_MEMORY, all[k].place, slot->name, "out of memory");
    for (k++; k < r->records->count && all[k].kind == PARAM_RECORD_ELEMENT; k++) {
        struct param_reading reading = reading_of(r->registry, slot, all[k].place, &r->registry->store, r->report);
        if (value->count == PARAM_YEARS) {
            return report_error(r->report, STATUS_MEMORY, all[k].place, slot->name,
                                "a list of more than %d elements, the bound of this program", PARAM_YEARS);
        }
        int one = param_value_item(&reading, (struct param_span){all[k].text, strlen(all[k].text)}, value->count, &value->item[value->count]);
        if (!status) status = one;
        value->count++;
    }
    return status;
}

static int fail_kind(struct reader *r, const struct param_slot *slot, const struct param_record *record, const char *what)
{
    char want[PARAM_WANT];
    return report_error(r->report, STATUS_INPUT, record->place, slot->name, "%s, want %s", what, param_reading_want(want, slot->row));
}

static int is_null(const struct param_record *record)
{
    static const char *const words[] = {"~", "null", "Null", "NULL", NULL};
    for (int k = 0; words[k] && record->bare; k++) {
        if (strcmp(words[k], record->text) == 0) return 1;
    }
    return 0;
}

static int read_whole(struct reader *r, const struct param_slot *slot, size_t k)
{
    const struct param_record *record = &r->records->record[k];
    struct param_registry *registry = r->registry;
    struct param_given *given = &registry->given[slot - registry->slots.slot];
    struct param_reading reading = reading_of(registry, slot, record->place, &registry->store, r->report);
    int status;
    given->is_given = 1;
    given->origin = record->place;
    if (record->kind == PARAM_RECORD_MAP) {
        r->skip = record->name;
        return fail_kind(r, slot, record, "a map");
    }
    if (record->kind == PARAM_RECORD_LIST) {
        if (slot->row->type != PARAM_LIST) return fail_kind(r, slot, record, "a list");
        status = read_list(r, slot, k, &given->value);
    } else if (is_null(record) || (record->bare && !*record->text)) {
        return fail_kind(r, slot, record, "no value");
    } else {
        status = param_value_parse(&reading, record->text, names_of(registry, slot), &given->value);
    }
    return status ? status : check_links(registry, slot, &given->value, r->report);
}

/* ---- Names ---- */

/* `partners:`, `regions:`: the scope has read them; here only their form is looked at. */
static int read_declaration(struct reader *r, const struct param_record *record, enum param_set set)
{
    const struct param_slot *slot = param_slot_find(&r->registry->slots, record->name);
    struct param_span text = {record->text, strlen(record->text)};
    if (slot) r->registry->given[slot - r->registry->slots.slot] = (struct param_given){.is_given = 1, .origin = record->place};
    r->registry->declared[set] = record->place;
    if (record->kind == PARAM_RECORD_LIST || (record->kind == PARAM_RECORD_SCALAR && param_value_is_list(text))) return STATUS_OK;
    if (record->kind == PARAM_RECORD_MAP && set != PARAM_SET_REGIME) return STATUS_OK;
    r->skip = record->name;
    return report_error(r->report, STATUS_INPUT, record->place, record->name, "want a list of names [a, b, ..]%s",
                        set == PARAM_SET_REGIME ? "" : " or a map of them {a: {..}, b: {..}}");
}

/* A member of a declared set without rows of its own here: `partners: {a: {}}`. 1 declared, -1 refused by the scope. */
static int is_member(const struct reader *r, const char *name)
{
    for (int set = 0; set < PARAM_SETS; set++) {
        const char *path = param_declarations[set].path;
        size_t m = path ? strlen(path) : 0;
        if (!path || strncmp(name, path, m) != 0 || name[m] != '.') continue;
        size_t n = strcspn(name + m + 1, ".");
        if (param_scope_find(&r->registry->scope.set[set], name + m + 1, n) < 0) return r->scope_status ? -1 : 0;
        return name[m + 1 + n] == 0;
    }
    return 0;
}

static int read_unknown(struct reader *r, const struct param_record *record)
{
    const int is_section = param_lookup_find(&r->registry->slots.section, record->name) != PARAM_LOOKUP_NONE;
    const int member = is_member(r, record->name);
    if (record->kind == PARAM_RECORD_MAP && (is_section || member > 0)) return STATUS_OK;
    r->skip = record->name;
    if (is_section || member > 0) {
        return report_error(r->report, STATUS_INPUT, record->place, record->name, "%s, want a map of names (an empty one is {})",
                            record->kind == PARAM_RECORD_LIST ? "a list" : !*record->text ? "no value" : "a section of the deal");
    }
    return member < 0 ? STATUS_OK : fail_unknown(r->registry, record->name, record->place, r->report);
}

static int is_below(const char *name, const char *section)
{
    size_t n = strlen(section);
    return strncmp(name, section, n) == 0 && (name[n] == '.' || name[n] == '[');
}

static int read_record(struct reader *r, size_t k)
{
    const struct param_record *record = &r->records->record[k];
    char base[PARAM_SLOT_NAME];
    int element, chain;
    if (record->kind == PARAM_RECORD_ELEMENT || (r->skip && is_below(record->name, r->skip))) return STATUS_OK;
    r->skip = NULL;
    split_element(record->name, base, &element);
    if (record->kind == PARAM_RECORD_MAP && param_lookup_put(&r->maps, record->name, k)) {
        return report_error(r->report, STATUS_MEMORY, record->place, NULL, "out of memory");
    }
    enum param_set set = param_scope_at(&r->registry->scope, record->name, &chain);
    if (set != PARAM_SETS) return read_declaration(r, record, set);
    const struct param_slot *slot = param_slot_find(&r->registry->slots, base);
    if (!slot || slot->row->type == PARAM_NAMES) return read_unknown(r, record);
    if (element != -1 && record->kind == PARAM_RECORD_SCALAR) return read_element(r, slot, record, element);
    return element == -1 ? read_whole(r, slot, k) : read_unknown(r, record);
}

/* ---- What is missing ---- */

/* The map that stands around a name, or the file. */
static struct place enclosing(const struct reader *r, const char *name)
{
    char part[PARAM_SLOT_NAME] = "";
    snprintf(part, sizeof part, "%s", name);
    for (char *dot = strrchr(part, '.'); dot; dot = strrchr(part, '.')) {
        *dot = 0;
        size_t k = param_lookup_find(&r->maps, part);
        if (k != PARAM_LOOKUP_NONE) return r->records->record[k].place;
    }
    return (struct place){r->file, 1, 1};
}

static void read_missing(struct reader *r)
{
    char want[PARAM_WANT];
    for (size_t k = 0; k < r->registry->slots.count; k++) {
        const struct param_slot *slot = &r->registry->slots.slot[k];
        if (r->registry->given[k].is_given) continue;
        if (slot->row->fallback) {
            note(r, read_default(r, k));
        } else {
            note(r, report_error(r->report, STATUS_INPUT, enclosing(r, slot->name), slot->name, "required, but not given, want %s",
                                 param_reading_want(want, slot->row)));
        }
    }
}

int param_registry_read(struct param_registry *registry, const struct param_table *tables, size_t count,
                        const struct param_records *records, const struct param_column_reader *columns, const char *file,
                        struct report *report)
{
    struct reader r = {.registry = registry, .records = records, .report = report, .file = file};
    memset(registry, 0, sizeof *registry);
    registry->tables = tables;
    registry->count = count;
    if (columns) registry->columns = *columns;
    r.scope_status = param_scope_read(records, tables, count, &registry->scope, report);
    note(&r, r.scope_status);
    int status = param_slot_make(&registry->slots, tables, count, &registry->scope, report);
    if (!status && registry->slots.count) {
        registry->given = calloc(registry->slots.count, sizeof *registry->given);
        if (!registry->given) status = report_error(report, STATUS_MEMORY, (struct place){file, 0, 0}, NULL, "out of memory");
    }
    note(&r, status);
    for (size_t k = 0; k < records->count && !status; k++) note(&r, read_record(&r, k));
    if (!status) read_missing(&r);
    param_lookup_free(&r.maps);
    return r.status;
}

void param_registry_free(struct param_registry *registry)
{
    free(registry->given);
    param_slot_free(&registry->slots);
    param_store_free(&registry->store);
    memset(registry, 0, sizeof *registry);
}

/* ---- Settings ---- */

int param_registry_resolve(const struct param_registry *registry, const char *name, struct place place, int varied,
                           struct param_setting *setting, struct report *report)
{
    char base[PARAM_SLOT_NAME], escaped[TEXT_ESCAPED];
    int element;
    split_element(name, base, &element);
    const struct param_slot *slot = param_slot_find(&registry->slots, base);
    *setting = (struct param_setting){.slot = slot, .element = element, .place = place};
    if (!slot || element == -2) return fail_unknown(registry, name, place, report);
    text_escape(escaped, name);
    if (varied && slot->row->varies == PARAM_STRUCTURE) {
        return report_error(report, STATUS_INPUT, place, escaped, "structural: make a second deal file");
    }
    if (slot->row->type == PARAM_NAMES) {
        return report_error(report, STATUS_INPUT, place, escaped, "declares names: set it when the deal is read");
    }
    if (element >= 0 && slot->row->type != PARAM_LIST) {
        return report_error(report, STATUS_INPUT, place, escaped, "not a list: it has no elements [k]");
    }
    if (element >= PARAM_YEARS) return report_error(report, STATUS_INPUT, place, escaped, "an element is written [0] to [%d]", PARAM_YEARS - 1);
    return STATUS_OK;
}

int param_registry_parse(const struct param_registry *registry, const char *text, struct place place, struct param_store *store,
                         struct param_setting *setting, struct report *report)
{
    const struct param_slot *slot = setting->slot;
    struct param_reading reading = reading_of(registry, slot, place, store, report);
    int status;
    setting->place = place;
    if (setting->element < 0) {
        status = param_value_parse(&reading, text, names_of(registry, slot), &setting->value);
    } else {
        setting->value = (struct param_value){.count = 1, .item = param_store_take(store, sizeof *setting->value.item)};
        if (!setting->value.item) return param_reading_memory(&reading);
        status = param_value_item(&reading, (struct param_span){text, strlen(text)}, setting->element, setting->value.item);
    }
    return status ? status : check_links(registry, slot, &setting->value, report);
}

static int put_element(const struct param_setting *setting, struct param_store *store, struct param_value *value, struct report *report)
{
    struct param_item *item = param_store_take(store, PARAM_YEARS * sizeof *item);
    if (!item) return report_error(report, STATUS_MEMORY, setting->place, setting->slot->name, "out of memory");
    if (value->count) memcpy(item, value->item, (size_t)value->count * sizeof *item);
    if (setting->element < value->count) item[setting->element] = *setting->value.item;
    value->item = item;
    return STATUS_OK;
}

int param_registry_value(const struct param_registry *registry, const struct param_setting *settings, size_t n,
                         const struct param_slot *slot, struct param_store *store, struct param_value *value,
                         struct place *origin, struct report *report)
{
    const struct param_given *given = &registry->given[slot - registry->slots.slot];
    *value = given->value;
    *origin = given->origin;
    for (size_t k = 0; k < n; k++) {
        if (settings[k].slot != slot) continue;
        *origin = settings[k].place;
        if (settings[k].element < 0) *value = settings[k].value;
        else if (put_element(&settings[k], store, value, report)) return STATUS_MEMORY;
    }
    return STATUS_OK;
}
