#include "param/value.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "param/distribution.h"
#include "param/mean.h"
#include "param/number.h"
#include "param/support.h"

static struct param_span span_of(const char *text)
{
    return param_reading_trim((struct param_span){text, strlen(text)});
}

/* ---- Numbers that may be drawn ---- */

static int check_range(const struct param_reading *reading, struct param_span span, double x)
{
    const struct param_row *row = reading->row;
    if (x < row->low || x > row->high || (row->open_low && x <= row->low)) return param_reading_fail(reading, span, "out of range");
    return STATUS_OK;
}

/* name(..): starts with a letter and holds a bracket. */
static int is_call(struct param_span span)
{
    return span.n && ((span.text[0] | 32) >= 'a' && (span.text[0] | 32) <= 'z') && memchr(span.text, '(', span.n);
}

/* The name of a draw, or its stream: with [k] for an element. */
static const char *draw_name(const struct param_reading *reading, const char *name, int element)
{
    char text[16] = "";
    if (!name) return NULL;
    if (element >= 0) snprintf(text, sizeof text, "[%d]", element);
    size_t n = strlen(name), m = strlen(text);
    char *made = param_store_take(reading->store, n + m + 1);
    if (!made) return NULL;
    memcpy(made, name, n);
    memcpy(made + n, text, m);
    return made;
}

static int parse_same(const struct param_reading *reading, struct param_span span, struct param_item *item)
{
    struct param_span inner = param_reading_trim((struct param_span){span.text + 5, span.n - 6});
    if (span.text[span.n - 1] != ')' || !inner.n || memchr(inner.text, '(', inner.n)) {
        return param_reading_fail(reading, span, "want same(name of another parameter)");
    }
    item->same = param_store_copy(reading->store, inner.text, inner.n);
    return item->same ? STATUS_OK : param_reading_memory(reading);
}

static int parse_drawn(const struct param_reading *reading, struct param_span span, int element, struct param_item *item)
{
    int status;
    if (reading->row->varies != PARAM_BY_PATH) {
        return param_reading_fail(reading, span, reading->row->varies == PARAM_STRUCTURE
            ? "does not vary: it is part of the structure of the deal"
            : "does not vary by path: make it a column of a scenario table");
    }
    if (span.n > 5 && memcmp(span.text, "same(", 5) == 0) {
        status = parse_same(reading, span, item);
    } else {
        status = param_distribution_parse(reading, span, &item->distribution);
        if (!status) item->value = param_mean_of(item->distribution);
        if (!status) status = param_support_fit(reading, span, item->distribution, item->value);
    }
    if (status) return status;
    item->name = draw_name(reading, reading->name, element);
    item->stream = draw_name(reading, reading->stream ? reading->stream : reading->name, element);
    return item->name && item->stream ? STATUS_OK : param_reading_memory(reading);
}

int param_value_item(const struct param_reading *reading, struct param_span span, int element, struct param_item *item)
{
    span = param_reading_trim(span);
    if (span.n >= 2 && span.text[0] == '"' && span.text[span.n - 1] == '"') { /* as in the elements of a YAML list */
        span = param_reading_trim((struct param_span){span.text + 1, span.n - 2});
    }
    *item = (struct param_item){.place = reading->place};
    if (is_call(span)) return parse_drawn(reading, span, element, item);
    int status = param_number_parse(reading, span, &item->value);
    return status ? status : check_range(reading, span, item->value);
}

/* ---- Lists ---- */

int param_value_is_list(struct param_span span)
{
    span = param_reading_trim(span);
    return span.n >= 2 && span.text[0] == '[' && span.text[span.n - 1] == ']';
}

static int parse_list(const struct param_reading *reading, struct param_span span, struct param_value *value)
{
    struct param_span rest, part;
    int status = STATUS_OK, faults = 0;
    if (!param_value_is_list(span)) return param_reading_fail(reading, span, "not a list");
    if (!param_reading_balanced(span)) return param_reading_fail(reading, span, "a bracket is not closed");
    rest = param_reading_trim((struct param_span){span.text + 1, span.n - 2});
    if (!rest.n) return STATUS_OK;
    value->item = param_store_take(reading->store, PARAM_YEARS * sizeof *value->item);
    if (!value->item) return param_reading_memory(reading);
    while (param_reading_part(&rest, ',', &part)) {
        if (value->count == PARAM_YEARS) {
            return report_error(reading->report, STATUS_MEMORY, reading->place, reading->name,
                                "a list of more than %d elements, the bound PARAM_YEARS", PARAM_YEARS);
        }
        int one = param_value_item(reading, part, value->count, &value->item[value->count]);
        if (one && !faults++) status = one;
        value->count++;
    }
    return status;
}

/* ---- Other types ---- */

static int parse_integer(const struct param_reading *reading, struct param_span span, int *whole)
{
    double x;
    if (is_call(span)) return param_reading_fail(reading, span, "an integer is not drawn");
    int status = param_number_parse(reading, span, &x);
    if (status) return status;
    if (x < floor(x) || x > floor(x)) return param_reading_fail(reading, span, "not an integer");
    status = check_range(reading, span, x);
    if (status) return status;
    if (x < INT_MIN || x > INT_MAX) return param_reading_fail(reading, span, "beyond 2147483647, the limit of an integer");
    *whole = (int)x;
    return STATUS_OK;
}

static int parse_word(const struct param_reading *reading, struct param_span span, int *whole)
{
    for (int k = 0; reading->row->words[k]; k++) {
        if (!param_reading_is(span, reading->row->words[k])) continue;
        *whole = k;
        return STATUS_OK;
    }
    return param_reading_fail(reading, span, "not a known word");
}

static int parse_member(const struct param_reading *reading, struct param_span span, const struct param_names *names, int *whole)
{
    char declared[200] = "";
    *whole = -1;
    if (param_reading_is(span, "none")) return STATUS_OK;
    for (int k = 0; k < names->count; k++) {
        if (!param_reading_is(span, names->name[k])) continue;
        *whole = k;
        return STATUS_OK;
    }
    for (int k = 0; k < names->count; k++) {
        size_t n = strlen(declared);
        snprintf(declared + n, sizeof declared - n, "%s%s", k ? ", " : "", names->name[names->declared[k]]);
    }
    return param_reading_fail(reading, span, "not declared (there %s %s)", names->count == 1 ? "is" : "are",
                              names->count ? declared : "none");
}

static int parse_string(const struct param_reading *reading, const char *text, const char **out)
{
    struct param_span span = {text, strlen(text)};
    if (span.n >= PARAM_TEXT) return param_reading_fail(reading, span, "a text of %zu bytes", span.n);
    for (size_t k = 0; k < span.n; k++) {
        if ((unsigned char)text[k] < 0x20 || text[k] == 0x7f) return param_reading_fail(reading, span, "a control character in a text");
    }
    *out = param_store_copy(reading->store, text, span.n);
    return *out ? STATUS_OK : param_reading_memory(reading);
}

static int parse_month(const struct param_reading *reading, struct param_span span, int *whole)
{
    const char *wrong = param_number_month(span, whole);
    return wrong ? param_reading_fail(reading, span, "%s", wrong) : STATUS_OK;
}

int param_value_parse(const struct param_reading *reading, const char *text, const struct param_names *names,
                      struct param_value *value)
{
    struct param_span span = span_of(text);
    const enum param_type type = reading->row->type;
    *value = (struct param_value){0};
    if (!span.n && type != PARAM_STRING) return param_reading_fail(reading, span, "no value");
    if (param_value_is_list(span) && type != PARAM_LIST && type != PARAM_STRING) return param_reading_fail(reading, span, "a list");
    switch (type) {
    case PARAM_NUMBER:
        value->count = 1;
        value->item = param_store_take(reading->store, sizeof *value->item);
        return value->item ? param_value_item(reading, span, -1, value->item) : param_reading_memory(reading);
    case PARAM_INTEGER: return parse_integer(reading, span, &value->whole);
    case PARAM_WORD: return parse_word(reading, span, &value->whole);
    case PARAM_LIST: return parse_list(reading, span, value);
    case PARAM_STRING: return parse_string(reading, text, &value->text);
    case PARAM_MONTH: return parse_month(reading, span, &value->whole);
    case PARAM_MEMBER: return parse_member(reading, span, names, &value->whole);
    case PARAM_NAMES: break;
    }
    return report_error(reading->report, STATUS_INTERNAL, reading->place, reading->name, "names have no value");
}

/* ---- Canonical text ---- */

static size_t write_item(char *out, size_t size, const struct param_item *item)
{
    char text[PARAM_NUMBER_TEXT];
    if (item->same) return (size_t)snprintf(out, size, "same(%s)", item->same);
    if (item->distribution) return param_distribution_write(out, size, item->distribution);
    return (size_t)snprintf(out, size, "%s", param_number_write(text, item->value));
}

/* Appends with snprintf's rule: what does not fit is only counted. */
static size_t put(char *out, size_t size, size_t n, const char *text)
{
    return n + (size_t)snprintf(n < size ? out + n : NULL, n < size ? size - n : 0, "%s", text);
}

static size_t write_list(char *out, size_t size, const struct param_value *value)
{
    size_t n = put(out, size, 0, "[");
    for (int k = 0; k < value->count; k++) {
        const struct param_item *item = &value->item[k];
        const char *quote = item->same || item->distribution ? "\"" : ""; /* a bracket or comma in a YAML list needs them */
        if (k) n = put(out, size, n, ", ");
        n = put(out, size, n, quote);
        n += write_item(n < size ? out + n : NULL, n < size ? size - n : 0, item);
        n = put(out, size, n, quote);
    }
    return put(out, size, n, "]");
}

static size_t write_string(char *out, size_t size, const char *text)
{
    char piece[3] = "";
    size_t n = put(out, size, 0, "\"");
    for (; *text; text++) {
        snprintf(piece, sizeof piece, *text == '"' || *text == '\\' ? "\\%c" : "%c", *text);
        n = put(out, size, n, piece);
    }
    return put(out, size, n, "\"");
}

size_t param_value_write(char *out, size_t size, const struct param_row *row, const struct param_value *value,
                         const struct param_names *names)
{
    switch (row->type) {
    case PARAM_NUMBER: return write_item(out, size, value->item);
    case PARAM_LIST: return write_list(out, size, value);
    case PARAM_INTEGER: return (size_t)snprintf(out, size, "%d", value->whole);
    case PARAM_WORD: return (size_t)snprintf(out, size, "%s", row->words[value->whole]);
    case PARAM_STRING: return write_string(out, size, value->text ? value->text : "");
    case PARAM_MONTH: return (size_t)snprintf(out, size, "%04d-%02d", value->whole / 12, value->whole % 12 + 1);
    case PARAM_MEMBER: return (size_t)snprintf(out, size, "%s", value->whole < 0 ? "none" : names->name[value->whole]);
    case PARAM_NAMES: break;
    }
    return (size_t)snprintf(out, size, "%s", "");
}
