#include "input/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "param/builder.h"
#include "param/lookup.h"
#include "param/reading.h"

static const char *const words[] = {"", "grid", "random", "lhs", "sobol"};
enum { WORDS = sizeof words / sizeof *words };

enum input_sweep_design input_sweep_design_of(const char *word)
{
    for (int k = 1; k < WORDS; k++) {
        if (strcmp(words[k], word) == 0) return (enum input_sweep_design)k;
    }
    return INPUT_SWEEP_OPEN;
}

const char *input_sweep_word(enum input_sweep_design design)
{
    return words[design];
}

/* ---- One entry ---- */

struct taking {
    struct input_sweep *sweep;
    const struct param_record *own; /* the records of the section */
    size_t count;
    struct report *report;
    struct param_lookup by_name; /* entries of `vary` */
    const char *skip; /* a name already complained about: what stands below it is not told again */
};

static int fail(struct taking *t, const struct param_record *record, const char *what, const char *want)
{
    char escaped[TEXT_ESCAPED], name[TEXT_ESCAPED];
    t->skip = record->name;
    if (record->kind == PARAM_RECORD_SCALAR && *record->text) {
        return report_error(t->report, STATUS_INPUT, record->place, text_escape(name, record->name), "%s, got '%s', want %s", what,
                            text_escape(escaped, record->text), want);
    }
    return report_error(t->report, STATUS_INPUT, record->place, text_escape(name, record->name), "%s, want %s",
                        record->kind == PARAM_RECORD_MAP ? "a map" : record->kind == PARAM_RECORD_LIST ? "a list" : "no value", want);
}

static int read_design(struct taking *t, const struct param_record *record)
{
    const enum input_sweep_design design = record->kind == PARAM_RECORD_SCALAR ? input_sweep_design_of(record->text) : INPUT_SWEEP_OPEN;
    if (design == INPUT_SWEEP_OPEN) return fail(t, record, "not a known word", "one of grid, random, lhs, sobol");
    t->sweep->design = design;
    t->sweep->design_place = record->place;
    return STATUS_OK;
}

/* Plain digits, since a double does not hold every seed. 1 if they are. */
static int read_digits(const char *text, uint64_t *number)
{
    uint64_t n = 0;
    if (!*text || (*text == '0' && text[1])) return 0;
    for (; *text; text++) {
        const uint64_t digit = (uint64_t)(*text - '0');
        if (*text < '0' || *text > '9' || n > (UINT64_MAX - digit) / 10) return 0;
        n = 10 * n + digit;
    }
    *number = n;
    return 1;
}

static int read_points(struct taking *t, const struct param_record *record)
{
    uint64_t points = 0;
    if (record->kind != PARAM_RECORD_SCALAR || !read_digits(record->text, &points) || points < 1 || points > INPUT_SWEEP_POINTS) {
        return fail(t, record, "not a number of points", "a whole number from 1 to 10000000, in plain digits");
    }
    t->sweep->points = points;
    t->sweep->points_place = record->place;
    return STATUS_OK;
}

static int read_seed(struct taking *t, const struct param_record *record)
{
    uint64_t seed = 0;
    if (record->kind != PARAM_RECORD_SCALAR || !read_digits(record->text, &seed)) {
        return fail(t, record, "not a seed", "a whole number from 0 to 18446744073709551615, in plain digits");
    }
    t->sweep->seed = seed;
    t->sweep->has_seed = 1;
    return STATUS_OK;
}

static int fail_key(struct taking *t, const struct param_record *record)
{
    static const char *const keys[] = {"design", "points", "seed", "vary"};
    const char *key = record->name + strlen("sweep.");
    char name[TEXT_ESCAPED];
    text_escape(name, record->name);
    t->skip = record->name;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        if (text_distance(key, keys[k], 2) > 2) continue;
        return report_error(t->report, STATUS_INPUT, record->place, name, "unknown name; did you mean 'sweep.%s'?", keys[k]);
    }
    return report_error(t->report, STATUS_INPUT, record->place, name, "unknown name, want design, points, seed or vary");
}

/* ---- vary ---- */

/* Whether a text must stand in quotes to be one value of a list. */
static int needs_quotes(const char *text)
{
    struct param_span rest = {text, strlen(text)}, part;
    const struct param_span whole = param_reading_trim(rest);
    int marks = 0;
    for (const char *c = text; *c; c++) marks += *c == '"';
    if (!whole.n || whole.n < rest.n || marks % 2 || !param_reading_balanced(rest)) return 1;
    param_reading_part(&rest, ',', &part);
    return rest.text != NULL;
}

/* The elements of a YAML list as the text of one. */
static int join_list(struct taking *t, size_t k, struct param_builder *text)
{
    int status = STATUS_OK;
    param_builder_put(text, "[");
    for (size_t first = ++k; k < t->count && t->own[k].kind == PARAM_RECORD_ELEMENT; k++) {
        const char *value = t->own[k].text, *quote = needs_quotes(value) ? "\"" : "";
        if (*quote && strchr(value, '"')) {
            status = report_error(t->report, STATUS_INPUT, t->own[k].place, t->own[k].name,
                                  "a quote in a value with a comma, an open bracket or blanks at its ends");
        }
        param_builder_put(text, "%s%s%s%s", k > first ? ", " : "", quote, value, quote);
    }
    param_builder_put(text, "]");
    return status;
}

/* Over an entry of an included file, else behind the last. */
static int keep(struct taking *t, const char *name, const char *values, struct place place)
{
    struct input_sweep *sweep = t->sweep;
    struct input_sweep_vary made = {.place = place};
    made.name = param_store_copy(&sweep->store, name, strlen(name));
    made.values = param_store_copy(&sweep->store, values, strlen(values));
    if (!made.name || !made.values) return report_error(t->report, STATUS_MEMORY, place, NULL, "out of memory");
    const size_t earlier = param_lookup_find(&t->by_name, name);
    if (earlier != PARAM_LOOKUP_NONE) {
        sweep->vary[earlier] = made;
        return STATUS_OK;
    }
    if (sweep->count == INPUT_SWEEP_VARIED) {
        return report_error(t->report, STATUS_MEMORY, place, "sweep.vary", "more than %d parameters, the bound of this program",
                            INPUT_SWEEP_VARIED);
    }
    if (param_lookup_put(&t->by_name, made.name, sweep->count)) {
        return report_error(t->report, STATUS_MEMORY, place, NULL, "out of memory");
    }
    sweep->vary[sweep->count++] = made; /* there is room for every record */
    return STATUS_OK;
}

static int read_vary(struct taking *t, size_t k)
{
    const struct param_record *record = &t->own[k];
    const char *name = record->name + strlen("sweep.vary");
    struct param_builder text = {0};
    if (!*name) return record->kind == PARAM_RECORD_MAP ? STATUS_OK : fail(t, record, "not a map", "a map {NAME: VALUES, ..}");
    if (*name++ != '.') return fail_key(t, record);
    if (record->kind == PARAM_RECORD_MAP) return STATUS_OK; /* the beginning of a name, written as a map */
    if (record->kind == PARAM_RECORD_SCALAR && !*record->text) {
        return fail(t, record, "", "LOW:HIGH, LOW:HIGH:COUNT, [a, b, ..] or a distribution");
    }
    if (record->kind == PARAM_RECORD_SCALAR) return keep(t, name, record->text, record->place);
    int status = join_list(t, k, &text);
    if (!status && text.failed) status = report_error(t->report, STATUS_MEMORY, record->place, NULL, "out of memory");
    if (!status) status = keep(t, name, text.text, record->place);
    free(text.text);
    return status;
}

/* ---- The section ---- */

static int is_below(const char *name, const char *map)
{
    const size_t n = strlen(map);
    return strncmp(name, map, n) == 0 && (name[n] == 0 || name[n] == '.' || name[n] == '[');
}

static int read_entry(struct taking *t, size_t k)
{
    const struct param_record *record = &t->own[k];
    if (record->kind == PARAM_RECORD_ELEMENT || (t->skip && is_below(record->name, t->skip))) return STATUS_OK;
    t->skip = NULL;
    if (strcmp(record->name, "sweep") == 0) {
        t->sweep->place = record->place;
        return record->kind == PARAM_RECORD_MAP ? STATUS_OK : fail(t, record, "not a map", "a map of design, points, seed and vary");
    }
    if (strcmp(record->name, "sweep.design") == 0) return read_design(t, record);
    if (strcmp(record->name, "sweep.points") == 0) return read_points(t, record);
    if (strcmp(record->name, "sweep.seed") == 0) return read_seed(t, record);
    if (is_below(record->name, "sweep.vary")) return read_vary(t, k);
    return fail_key(t, record);
}

/* Parts the records in place: those of the deal stay in order, those of the section go to `own`. */
static size_t part_records(struct param_records *records, struct param_record *own)
{
    size_t kept = 0, taken = 0;
    for (size_t k = 0; k < records->count; k++) {
        if (is_below(records->record[k].name, "sweep")) own[taken++] = records->record[k];
        else records->record[kept++] = records->record[k];
    }
    records->count = kept;
    return taken;
}

int input_sweep_take(struct param_records *records, struct input_sweep *sweep, struct report *report)
{
    struct param_record *own = malloc((records->count + 1) * sizeof *own);
    struct taking t = {.sweep = sweep, .own = own, .report = report};
    int status = STATUS_OK;
    *sweep = (struct input_sweep){0};
    if (own) t.count = part_records(records, own);
    if (t.count) sweep->vary = malloc(t.count * sizeof *sweep->vary);
    if (!own || (t.count && !sweep->vary)) status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    for (size_t k = 0; k < t.count && status != STATUS_MEMORY; k++) {
        const int one = read_entry(&t, k);
        if (!status || one == STATUS_MEMORY) status = one;
    }
    param_lookup_free(&t.by_name);
    free(own);
    return status;
}

void input_sweep_free(struct input_sweep *sweep)
{
    free(sweep->vary);
    param_store_free(&sweep->store);
    *sweep = (struct input_sweep){0};
}
