#include "design/vary.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "input/csv.h"
#include "input/sweep.h"
#include "param/distribution.h"
#include "param/mean.h"
#include "param/number.h"
#include "param/support.h"

/* One spec on its way into `varied`. */
struct reading {
    struct design_varied *varied;
    const struct param_registry *registry; /* NULL: the parameter is not known */
    struct param_setting setting;          /* slot NULL: as above */
    struct report *report;
    struct design_vary *vary;
    struct param_span values;
};

/* `what`, got VALUES, want `want`. */
static int fail(const struct reading *r, const char *what, const char *want)
{
    char escaped[TEXT_ESCAPED], name[TEXT_ESCAPED];
    text_escape(name, r->vary->name);
    return report_error(r->report, STATUS_INPUT, r->vary->place, *name ? name : NULL, "%s, got '%s', want %s", what,
                        text_escape(escaped, r->vary->text), want);
}

static int no_memory(const struct reading *r)
{
    return report_error(r->report, STATUS_MEMORY, r->vary->place, NULL, "out of memory");
}

static const char *copy(const struct reading *r, struct param_span span)
{
    return param_store_copy(&r->varied->store, span.text, span.n);
}

/* ---- The parameter behind the name ---- */

static const struct param_row *row_of(const struct reading *r)
{
    return r->setting.slot ? r->setting.slot->row : NULL;
}

/* Whether the parameter, or the element of a list that is varied, is a number. */
static int is_number(const struct reading *r)
{
    const struct param_row *row = row_of(r);
    return !row || row->type == PARAM_NUMBER || row->type == PARAM_INTEGER || (row->type == PARAM_LIST && r->setting.element >= 0);
}

/* Ranges and distributions are for numbers. */
static int check_is_number(const struct reading *r)
{
    char want[PARAM_WANT];
    if (is_number(r)) return STATUS_OK;
    const int list = row_of(r)->type == PARAM_LIST;
    return report_error(r->report, STATUS_INPUT, r->vary->place, r->vary->name, "not a number: want [a, b, ..], each %s%s",
                        param_reading_want(want, row_of(r)), list ? "; or vary an element, as NAME[0]" : "");
}

/* The text of a cell, as the parameter reads it. */
static int check_value(const struct reading *r, const char *text)
{
    struct param_setting setting = r->setting;
    struct param_store store = {0};
    if (!setting.slot) return STATUS_OK;
    const int status = param_registry_parse(r->registry, text, r->vary->place, &store, &setting, r->report);
    param_store_free(&store);
    return status;
}

static int check_end(const struct reading *r, double end)
{
    char text[PARAM_NUMBER_TEXT];
    return check_value(r, param_number_write(text, end));
}

/* ---- LOW:HIGH and LOW:HIGH:COUNT ---- */

static const char want_range[] = "LOW:HIGH or LOW:HIGH:COUNT";

static int read_end(const struct reading *r, struct param_span span, const char *which, double *end)
{
    char what[120];
    const char *wrong = param_number_read(span, end, NULL);
    if (!wrong && fabs(*end) > DESIGN_VARY_ENDS) wrong = "beyond 1e300";
    if (!wrong) return STATUS_OK;
    snprintf(what, sizeof what, "%s: %s", which, wrong);
    return fail(r, what, want_range);
}

/* The steps of an integer parameter must hit whole numbers. Whole ends below 2^53 are exact. */
static int check_whole(const struct reading *r)
{
    const struct design_vary *v = r->vary;
    if (v->low > floor(v->low) || v->high > floor(v->high)) return fail(r, "not whole numbers", "whole LOW and HIGH of an integer");
    if (fabs(v->low) > 0x1p31 || fabs(v->high) > 0x1p31) return fail(r, "beyond 2147483648", "whole LOW and HIGH of an integer");
    if (v->kind == DESIGN_VARY_STEPS && (long long)(v->high - v->low) % (long long)(v->count - 1) != 0) {
        return fail(r, "steps between whole numbers", "a COUNT with HIGH - LOW a multiple of COUNT - 1");
    }
    return STATUS_OK;
}

static int read_count(const struct reading *r, struct param_span span)
{
    double count;
    const char *wrong = param_number_read(span, &count, NULL);
    if (wrong || count < 2 || count > 1e7 || count > floor(count)) return fail(r, "COUNT", "a whole COUNT from 2 to 10000000");
    r->vary->kind = DESIGN_VARY_STEPS;
    r->vary->count = (size_t)count;
    return STATUS_OK;
}

/* Three parts at most; both ends are looked at, so that two faults are two messages. */
static int read_range(const struct reading *r)
{
    struct param_span rest = r->values, part[3] = {{0}}, more;
    struct design_vary *v = r->vary;
    int n = 0;
    while (n < 3 && param_reading_part(&rest, ':', &part[n])) n++;
    if (param_reading_part(&rest, ':', &more)) return fail(r, "too many colons", want_range);
    v->kind = DESIGN_VARY_RANGE;
    int low = read_end(r, part[0], "LOW", &v->low), high = read_end(r, part[1], "HIGH", &v->high);
    int status = n == 3 ? read_count(r, part[2]) : STATUS_OK;
    if (low || high || status) return low ? low : high ? high : status;
    if (!(v->low < v->high)) return fail(r, "LOW is not below HIGH", want_range);
    status = check_is_number(r);
    if (!status && v->whole) status = check_whole(r);
    if (status) return status;
    low = check_end(r, v->low);
    high = check_end(r, v->high);
    return low ? low : high;
}

/* ---- [a, b, ..] ---- */

/* 1 if the bracket that opens the list is closed by its last character: quotes hide brackets, and no closing one comes early. */
static int closes_at_end(struct param_span span)
{
    enum { OPEN_MOST = 16 }; /* as in param_reading_balanced */
    char open[OPEN_MOST];
    int depth = 0, quoted = 0;
    for (size_t k = 0; k < span.n; k++) {
        const char c = span.text[k];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '(' || c == '[') {
            if (depth == OPEN_MOST) return 0;
            open[depth++] = c == '(' ? ')' : ']';
        } else if (c == ')' || c == ']') {
            if (!depth || open[--depth] != c || (!depth && k + 1 < span.n)) return 0;
        }
    }
    return !depth && !quoted;
}

static struct param_span without_quotes(struct param_span span)
{
    if (span.n < 2 || span.text[0] != '"' || span.text[span.n - 1] != '"') return span;
    return param_reading_trim((struct param_span){span.text + 1, span.n - 2});
}

static int read_value(const struct reading *r, struct param_span part, struct param_lookup *seen)
{
    struct design_vary *v = r->vary;
    char what[80], escaped[TEXT_ESCAPED];
    part = without_quotes(part);
    snprintf(what, sizeof what, "value %zu of the list is empty", v->count + 1);
    if (!part.n) return fail(r, what, "[a, b, ..]");
    snprintf(what, sizeof what, "value %zu of the list has more than %d bytes", v->count + 1, INPUT_CSV_CELL);
    if (part.n > INPUT_CSV_CELL) return fail(r, what, "[a, b, ..]");
    const char *text = copy(r, part);
    if (!text) return no_memory(r);
    const size_t first = param_lookup_find(seen, text);
    if (first != PARAM_LOOKUP_NONE) {
        return report_error(r->report, STATUS_INPUT, v->place, v->name, "values %zu and %zu of the list are the same, got '%s'", first + 1,
                            v->count + 1, text_escape(escaped, text));
    }
    if (param_lookup_put(seen, text, v->count)) return no_memory(r);
    v->value[v->count] = text;
    return check_value(r, text);
}

static size_t count_parts(struct param_span rest)
{
    struct param_span part;
    size_t count = 0;
    while (param_reading_part(&rest, ',', &part)) count++;
    return count;
}

static int read_list(const struct reading *r)
{
    struct param_span rest, part;
    struct param_lookup seen = {0};
    struct design_vary *v = r->vary;
    int status = STATUS_OK;
    v->kind = DESIGN_VARY_LIST;
    if (!closes_at_end(r->values)) return fail(r, "a bracket or quote is not closed", "[a, b, ..]");
    rest = param_reading_trim((struct param_span){r->values.text + 1, r->values.n - 2});
    if (!rest.n) return fail(r, "an empty list", "[a, b, ..]");
    v->value = param_store_take(&r->varied->store, count_parts(rest) * sizeof *v->value);
    if (!v->value) return no_memory(r);
    while (status != STATUS_MEMORY && param_reading_part(&rest, ',', &part)) {
        const int one = read_value(r, part, &seen);
        if (!status || one == STATUS_MEMORY) status = one;
        v->count++;
    }
    param_lookup_free(&seen);
    return status;
}

/* ---- name(..) ---- */

/* name(..): starts with a letter and holds a bracket, as in param/value.c. */
static int is_call(struct param_span span)
{
    return span.n && ((span.text[0] | 32) >= 'a' && (span.text[0] | 32) <= 'z') && memchr(span.text, '(', span.n);
}

static int read_distribution(const struct reading *r)
{
    static const struct param_row any = {.type = PARAM_NUMBER, .low = -INFINITY, .high = INFINITY};
    struct design_vary *v = r->vary;
    const struct param_row *row = row_of(r) ? row_of(r) : &any;
    const struct param_column_reader *columns = r->registry && r->registry->columns.read ? &r->registry->columns : NULL;
    const struct param_reading reading = {v->name, v->name, v->place, row, &r->varied->store, columns, r->report};
    v->kind = DESIGN_VARY_DISTRIBUTION;
    v->low = row->low;
    v->high = row->high;
    int status = check_is_number(r);
    if (!status && v->whole) status = fail(r, "an integer is not drawn", "LOW:HIGH, LOW:HIGH:COUNT or [a, b, ..]");
    if (!status) status = param_distribution_parse(&reading, r->values, &v->distribution);
    if (!status) status = param_support_fit(&reading, r->values, v->distribution, param_mean_of(v->distribution));
    return status;
}

/* ---- One spec ---- */

static const char *name_fault(const char *name)
{
    if (!*name) return "no name";
    if (strlen(name) >= PARAM_SLOT_NAME) return "a name of more than 511 bytes";
    for (const unsigned char *c = (const unsigned char *)name; *c; c++) {
        if (*c <= 0x20 || *c >= 0x7f) return "a blank, a control character or a byte beyond ASCII in a name";
    }
    /* Columns of a table that are no parameters. */
    if (strcmp(name, "scenario") == 0 || strcmp(name, "weight") == 0) return "no parameter has this name";
    return NULL;
}

/* The name: its form, its parameter, and whether it, or the list that it is an element of, is varied already. */
static int read_name(struct reading *r)
{
    const struct design_vary *v = r->vary;
    const char *fault = name_fault(v->name);
    const size_t n = strcspn(v->name, "[");
    if (fault) return fail(r, fault, "NAME=VALUES, as market.inflation=0.01:0.04");
    for (size_t k = 0; k < r->varied->count; k++) {
        const char *other = r->varied->vary[k].name;
        if (strcmp(other, v->name) == 0) return fail(r, "varied twice", "each name once");
        if (strcspn(other, "[") != n || memcmp(other, v->name, n) != 0 || (other[n] && v->name[n])) continue;
        return fail(r, "a list and an element of it are varied", "one of them");
    }
    if (!r->registry) return STATUS_OK;
    const int status = param_registry_resolve(r->registry, v->name, v->place, 1, &r->setting, r->report);
    if (status) r->setting.slot = NULL;
    return status;
}

static int has_control(const char *text)
{
    for (; *text; text++) {
        if (((unsigned char)*text < 0x20 && *text != '\t') || *text == 0x7f) return 1;
    }
    return 0;
}

static int read_values(struct reading *r)
{
    struct design_vary *v = r->vary;
    v->whole = row_of(r) && row_of(r)->type == PARAM_INTEGER;
    if (!r->values.n) return fail(r, "no values", "LOW:HIGH, LOW:HIGH:COUNT, [a, b, ..] or a distribution");
    if (has_control(v->text)) return fail(r, "a control character", "LOW:HIGH, LOW:HIGH:COUNT, [a, b, ..] or a distribution");
    if (r->values.text[0] == '[') return read_list(r);
    if (is_call(r->values)) return read_distribution(r);
    if (memchr(r->values.text, ':', r->values.n)) return read_range(r);
    return fail(r, "one value does not vary", "LOW:HIGH, LOW:HIGH:COUNT, [a, b, ..] or a distribution; --set gives one value");
}

static int keep(struct design_varied *varied, const struct design_vary *vary)
{
    if (varied->count == varied->capacity) {
        const size_t capacity = varied->capacity ? 2 * varied->capacity : 16;
        struct design_vary *larger = realloc(varied->vary, capacity * sizeof *larger);
        if (!larger) return STATUS_MEMORY;
        varied->vary = larger;
        varied->capacity = capacity;
    }
    varied->vary[varied->count++] = *vary;
    return STATUS_OK;
}

int design_vary_put(struct design_varied *varied, const char *name, const char *values, struct place place,
                   const struct param_registry *registry, struct report *report)
{
    struct design_vary vary = {.place = place};
    struct reading r = {.varied = varied, .registry = registry, .report = report, .vary = &vary};
    const struct param_span span = param_reading_trim((struct param_span){name, strlen(name)});
    vary.name = copy(&r, span);
    vary.text = copy(&r, (struct param_span){values, strlen(values)});
    if (!vary.name || !vary.text) return no_memory(&r);
    r.values = param_reading_trim((struct param_span){vary.text, strlen(vary.text)});
    int status = read_name(&r), one = read_values(&r);
    if (!status) status = one;
    if (!status && varied->count == INPUT_SWEEP_VARIED) {
        status = report_error(report, STATUS_MEMORY, place, vary.name, "more than %d varied parameters, the bound of this program",
                              INPUT_SWEEP_VARIED);
    }
    if (!status && keep(varied, &vary)) status = no_memory(&r);
    return status;
}

int design_vary_add(struct design_varied *varied, const char *spec, struct place place, const struct param_registry *registry,
                   struct report *report)
{
    const char *equals = strchr(spec, '=');
    char escaped[TEXT_ESCAPED];
    if (!equals) {
        return report_error(report, STATUS_INPUT, place, NULL, "no '=', got '%s', want NAME=VALUES, as market.inflation=0.01:0.04",
                            text_escape(escaped, spec));
    }
    char *name = strndup(spec, (size_t)(equals - spec));
    if (!name) return report_error(report, STATUS_MEMORY, place, NULL, "out of memory");
    const int status = design_vary_put(varied, name, equals + 1, place, registry, report);
    free(name);
    return status;
}

void design_vary_free(struct design_varied *varied)
{
    free(varied->vary);
    param_store_free(&varied->store);
    *varied = (struct design_varied){0};
}
