#include "input/deal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "input/file.h"
#include "param/lookup.h"

enum { SOURCES = 64 }; /* files of one deal */

/* One file of the deal. */
struct source {
    const char *path;  /* as opened */
    const char *shown; /* as told: without control characters; place.file of its records */
    int parent;        /* the file that includes it, -1 */
    int depth;
    dev_t device;
    ino_t inode;
};

struct reading {
    struct param_records *records; /* of all files, in order of precedence */
    struct report *report;
    struct source source[SOURCES];
    int sources, status, complete;
};

static void note(struct reading *r, int status)
{
    if (status && !r->status) r->status = status;
}

static int is_below(const char *name, const char *map)
{
    size_t n = strlen(map);
    return strncmp(name, map, n) == 0 && (name[n] == '.' || name[n] == 0);
}

/* ---- Files ---- */

/* A file name may hold anything; a message is one line. */
static const char *shown_path(struct reading *r, const char *path)
{
    char *shown = param_store_copy(&r->records->store, path, strlen(path));
    for (char *c = shown; c && *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) *c = '?';
    }
    return shown;
}

static int add_source(struct reading *r, const char *path, int parent, struct place from)
{
    struct stat about;
    struct source *s = &r->source[r->sources];
    char escaped[TEXT_ESCAPED];
    text_escape(escaped, path);
    if (r->sources == SOURCES) return report_error(r->report, STATUS_INPUT, from, "include", "more than %d files, got '%s'", SOURCES, escaped);
    *s = (struct source){.parent = parent, .depth = parent < 0 ? 0 : r->source[parent].depth + 1};
    if (s->depth > INPUT_DEAL_INCLUDES) {
        return report_error(r->report, STATUS_INPUT, from, "include", "deeper than %d files, got '%s'", INPUT_DEAL_INCLUDES, escaped);
    }
    s->path = param_store_copy(&r->records->store, path, strlen(path));
    s->shown = shown_path(r, path);
    if (!s->path || !s->shown) return report_error(r->report, STATUS_MEMORY, from, NULL, "out of memory");
    if (!stat(path, &about)) s->device = about.st_dev, s->inode = about.st_ino;
    for (int k = 0; k < r->sources && s->inode; k++) {
        if (r->source[k].device != s->device || r->source[k].inode != s->inode) continue;
        return report_error(r->report, STATUS_INPUT, from, "include", "'%s' is read already, as %.200s: a file is included once",
                            escaped, r->source[k].shown);
    }
    r->sources++;
    return STATUS_OK;
}

static int read_source(struct reading *r, int at);

static int include_one(struct reading *r, int at, const struct param_record *record)
{
    char escaped[TEXT_ESCAPED];
    if (!*record->text) return report_error(r->report, STATUS_INPUT, record->place, "include", "no file name");
    char *path = input_file_beside(r->source[at].path, record->text);
    if (!path) return report_error(r->report, STATUS_MEMORY, record->place, NULL, "out of memory");
    int status = add_source(r, path, at, record->place);
    if (!status) status = read_source(r, r->sources - 1);
    if (status == STATUS_FILE) { /* the message has named the file; say who wanted it */
        report_error(r->report, status, record->place, "include", "cannot be read, got '%s'", text_escape(escaped, record->text));
    }
    free(path);
    return status;
}

static int is_include(const struct param_record *record)
{
    return strcmp(record->name, "include") == 0 || strncmp(record->name, "include.", 8) == 0;
}

/* Includes come before the values of the file that names them: those win. */
static void read_includes(struct reading *r, int at, const struct param_records *own)
{
    for (size_t k = 0; k < own->count; k++) {
        const struct param_record *record = &own->record[k];
        if (!is_include(record)) continue;
        if (record->kind == PARAM_RECORD_MAP || record->name[7] == '.') {
            if (record->kind == PARAM_RECORD_MAP) {
                note(r, report_error(r->report, STATUS_INPUT, record->place, "include",
                                     "a map, want a file name or a list of them"));
            }
        } else if (record->kind != PARAM_RECORD_LIST) {
            note(r, include_one(r, at, record));
        }
    }
}

/* Recursion over included files only, at most INPUT_DEAL_INCLUDES deep. */
static int read_source(struct reading *r, int at)
{
    struct input_file file;
    struct param_records own = {0};
    int complete = 0, status = input_file_load(r->source[at].path, &file, r->report);
    if (status) {
        r->complete = 0;
        note(r, status);
        return status;
    }
    note(r, input_yaml_walk(r->source[at].shown, file.text, file.size, &own, &complete, r->report));
    r->complete &= complete;
    input_file_free(&file);
    read_includes(r, at, &own);
    for (size_t k = 0; k < own.count && r->status != STATUS_MEMORY; k++) {
        if (is_include(&own.record[k])) continue;
        own.record[k].place.file = r->source[at].shown;
        note(r, param_record_add(r->records, &own.record[k], r->report));
    }
    param_record_free(&own);
    return STATUS_OK;
}

/* ---- Names given twice ---- */

static int source_of(const struct reading *r, const struct param_record *record)
{
    for (int k = 0; k < r->sources; k++) {
        if (strcmp(r->source[k].shown, record->place.file) == 0) return k;
    }
    return -1;
}

static int includes(const struct reading *r, int upper, int lower)
{
    for (; lower >= 0; lower = r->source[lower].parent) {
        if (lower == upper) return 1;
    }
    return 0;
}

/* `record` and `earlier` give one name. Legal: a file over what it includes, and maps of two files, which are joined. */
static void check_pair(struct reading *r, const struct param_record *earlier, const struct param_record *record)
{
    int a = source_of(r, earlier), b = source_of(r, record);
    char escaped[TEXT_ESCAPED];
    text_escape(escaped, record->name);
    if (a == b) {
        note(r, report_error(r->report, STATUS_INPUT, record->place, escaped, "given twice, first at line %d", earlier->place.line));
    } else if (record->kind != PARAM_RECORD_MAP && !includes(r, b, a)) {
        note(r, report_error(r->report, STATUS_INPUT, record->place, escaped, "given by two included files, first at %.200s:%d",
                             earlier->place.file, earlier->place.line));
    }
}

/* Names seen so far, and the lists of which an element was written by its own name: both in one file contradict. */
struct seen {
    struct param_lookup name, list_of_element;
};

static int check_one(struct reading *r, struct seen *seen, size_t k)
{
    const struct param_record *all = r->records->record, *record = &all[k];
    const size_t n = strcspn(record->name, "["), earlier = param_lookup_find(&seen->name, record->name);
    const size_t element = param_lookup_find(&seen->list_of_element, record->name);
    if (earlier != PARAM_LOOKUP_NONE) check_pair(r, &all[earlier], record);
    else if (element != PARAM_LOOKUP_NONE) check_pair(r, &all[element], record);
    if (record->name[n]) {
        const char *list = param_store_copy(&r->records->store, record->name, n);
        const size_t whole = list ? param_lookup_find(&seen->name, list) : PARAM_LOOKUP_NONE;
        if (whole != PARAM_LOOKUP_NONE) check_pair(r, &all[whole], record);
        if (!list || param_lookup_put(&seen->list_of_element, list, k)) return STATUS_MEMORY;
    }
    return param_lookup_put(&seen->name, record->name, k);
}

static void check_twice(struct reading *r)
{
    struct seen seen = {0};
    const char *skip = NULL; /* a map given twice is told once, not for each of its members */
    for (size_t k = 0; k < r->records->count; k++) {
        const struct param_record *record = &r->records->record[k];
        const int errors = r->report->errors;
        if (record->kind == PARAM_RECORD_ELEMENT || (skip && is_below(record->name, skip))) continue;
        skip = NULL;
        if (check_one(r, &seen, k)) {
            note(r, report_error(r->report, STATUS_MEMORY, record->place, NULL, "out of memory"));
            break;
        }
        if (r->report->errors > errors && record->kind == PARAM_RECORD_MAP) skip = record->name;
    }
    param_lookup_free(&seen.name);
    param_lookup_free(&seen.list_of_element);
}

/* ---- All together ---- */

int input_deal_override(const struct input_override *override, struct param_records *records, struct report *report)
{
    struct param_record record = {override->name, override->text, {"--set", 0, 0}, PARAM_RECORD_SCALAR, 1};
    return param_record_add(records, &record, report);
}

int input_deal_read(const char *path, const struct input_override *overrides, size_t n, struct param_records *records,
                    int *complete, struct report *report)
{
    struct reading r = {.records = records, .report = report, .complete = 1};
    struct place here = {path, 0, 0};
    int status = add_source(&r, path, -1, here);
    if (!status) status = read_source(&r, 0);
    note(&r, status);
    if (!status) check_twice(&r);
    for (size_t k = 0; k < n && !status; k++) note(&r, input_deal_override(&overrides[k], records, report));
    if (complete) *complete = r.complete && !status;
    return r.status;
}
