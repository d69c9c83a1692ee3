#include "param/reading.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "param/number.h"

static const char *const set_wants[PARAM_SETS] = {
    [PARAM_SET_PARTNER] = "a partner",      [PARAM_SET_REGION] = "a region",
    [PARAM_SET_INPUT] = "an input",         [PARAM_SET_CHAIN] = "a chain",
    [PARAM_SET_REGIME] = "a regime",        [PARAM_SET_SUBSIDY] = "a subsidy",
    [PARAM_SET_CORRELATION] = "a pair",     [PARAM_SET_COPULA] = "a link",
    [PARAM_SET_TRIGGER] = "a trigger",      [PARAM_SET_MILESTONE] = "a milestone",
};

static void write_range(char *out, size_t size, const char *kind, const struct param_row *row)
{
    char low[PARAM_NUMBER_TEXT], high[PARAM_NUMBER_TEXT];
    param_number_write(low, row->low);
    param_number_write(high, row->high);
    if (isinf(row->low) && isinf(row->high)) snprintf(out, size, "%s", kind);
    else if (isinf(row->high)) snprintf(out, size, "%s %s %s", kind, row->open_low ? ">" : ">=", low);
    else if (isinf(row->low)) snprintf(out, size, "%s <= %s", kind, high);
    else snprintf(out, size, "%s in %s%s, %s]", kind, row->open_low ? "(" : "[", low, high);
}

static void write_words(char *out, size_t size, const struct param_row *row)
{
    size_t n = (size_t)snprintf(out, size, "%s", row->words[1] ? "one of " : "");
    for (int k = 0; row->words[k] && n < size; k++) {
        n += (size_t)snprintf(out + n, size - n, "%s%s", k ? ", " : "", row->words[k]);
    }
}

const char *param_reading_want(char out[PARAM_WANT], const struct param_row *row)
{
    switch (row->type) {
    case PARAM_NUMBER: write_range(out, PARAM_WANT, "a number", row); break;
    case PARAM_INTEGER: write_range(out, PARAM_WANT, "an integer", row); break;
    case PARAM_LIST: write_range(out, PARAM_WANT, "a list [a, b, ..] of numbers", row); break;
    case PARAM_WORD: write_words(out, PARAM_WANT, row); break;
    case PARAM_STRING: snprintf(out, PARAM_WANT, "a text of at most %d bytes", PARAM_TEXT - 1); break;
    case PARAM_MONTH: snprintf(out, PARAM_WANT, "a month such as 2022-01"); break;
    case PARAM_MEMBER: snprintf(out, PARAM_WANT, "the name of %s, or none", set_wants[row->member_of]); break;
    case PARAM_NAMES: snprintf(out, PARAM_WANT, "a list of names [a, b, ..]"); break;
    }
    return out;
}

/* The span as escaped text of at most 64 bytes. */
static const char *escape_span(char out[TEXT_ESCAPED], struct param_span span)
{
    char text[TEXT_ESCAPED + 1];
    size_t n = span.n < TEXT_ESCAPED ? span.n : TEXT_ESCAPED;
    memcpy(text, span.text, n);
    text[n] = 0;
    return text_escape(out, text);
}

int param_reading_fail(const struct param_reading *reading, struct param_span got, const char *format, ...)
{
    char what[300], escaped[TEXT_ESCAPED], want[PARAM_WANT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    return report_error(reading->report, STATUS_INPUT, reading->place, reading->name, "%s, got '%s', want %s", what,
                        escape_span(escaped, got), param_reading_want(want, reading->row));
}

int param_reading_memory(const struct param_reading *reading)
{
    return report_error(reading->report, STATUS_MEMORY, reading->place, reading->name, "out of memory");
}

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct param_span param_reading_trim(struct param_span span)
{
    while (span.n && is_blank(span.text[0])) span.text++, span.n--;
    while (span.n && is_blank(span.text[span.n - 1])) span.n--;
    return span;
}

int param_reading_part(struct param_span *rest, char separator, struct param_span *part)
{
    long open = 0;
    int quoted = 0;
    size_t k = 0;
    if (!rest->text) return 0;
    for (; k < rest->n; k++) {
        char c = rest->text[k];
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '(' || c == '[') open++;
        if (c == ')' || c == ']') open--;
        if (c == separator && open <= 0) break;
    }
    *part = param_reading_trim((struct param_span){rest->text, k});
    *rest = k < rest->n ? (struct param_span){rest->text + k + 1, rest->n - k - 1} : (struct param_span){NULL, 0};
    return 1;
}

int param_reading_balanced(struct param_span span)
{
    enum { OPEN_MOST = 16 }; /* deeper than any value of the grammar */
    char open[OPEN_MOST];
    int depth = 0;
    for (size_t k = 0; k < span.n; k++) {
        char c = span.text[k];
        if (c == '(' || c == '[') {
            if (depth == OPEN_MOST) return 0;
            open[depth++] = c == '(' ? ')' : ']';
        } else if (c == ')' || c == ']') {
            if (!depth || open[--depth] != c) return 0;
        }
    }
    return depth == 0;
}

int param_reading_is(struct param_span span, const char *word)
{
    return strlen(word) == span.n && memcmp(span.text, word, span.n) == 0;
}
