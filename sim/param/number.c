#include "param/number.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { NUMBER_LENGTH = 400 }; /* characters; more digits than any double has */

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(struct param_span s, size_t k)
{
    while (k < s.n && is_digit(s.text[k])) k++;
    return k;
}

/* Names of what is not finite, in YAML, C and spreadsheets. */
static int is_not_finite(struct param_span s)
{
    static const char *const names[] = {"nan", "inf", "infinity", NULL};
    if (s.n && (s.text[0] == '-' || s.text[0] == '+')) s.text++, s.n--;
    if (s.n && s.text[0] == '.') s.text++, s.n--;
    for (int k = 0; names[k]; k++) {
        if (strlen(names[k]) == s.n && strncasecmp(names[k], s.text, s.n) == 0) return 1;
    }
    return 0;
}

/* Where the grammar stops: s.n for a number, else the index of the first bad character. */
static size_t scan(struct param_span s)
{
    size_t k = s.n && s.text[0] == '-' ? 1 : 0, start = k;
    if (k < s.n && s.text[k] == '0') k++;
    else k = digits(s, k);
    if (k == start) return k;
    if (k + 1 < s.n && s.text[k] == '.' && is_digit(s.text[k + 1])) k = digits(s, k + 1);
    if (k < s.n && (s.text[k] == 'e' || s.text[k] == 'E')) {
        size_t sign = k + 1 < s.n && (s.text[k + 1] == '+' || s.text[k + 1] == '-');
        size_t end = digits(s, k + 1 + sign);
        if (end > k + 1 + sign) k = end;
    }
    return k;
}

/* The commonest slips have their own phrase. `at` is where the grammar stopped. */
static const char *explain(struct param_span s, size_t at)
{
    size_t start = s.n && (s.text[0] == '-' || s.text[0] == '+') ? 1 : 0;
    char c = at < s.n ? s.text[at] : 0;
    if (is_not_finite(s)) return "not finite";
    if (s.text[0] == '+') return "a number is written without a +";
    if (start < s.n && s.text[start] == '.') return "a number starts with a digit: write 0 before the point";
    if (at == start) return "not a number";
    if (c == '.' && at + 1 == s.n) return "a number does not end in a point: write 0 after it or drop it";
    if (s.text[start] == '0' && at == start + 1 && (c == 'x' || c == 'X')) return "hexadecimal is not accepted";
    if (s.text[start] == '0' && at == start + 1 && is_digit(c)) return "a leading 0 is not accepted";
    if (c == '_') return "digits are not grouped by _";
    if (c == ',') return "digits are not grouped or parted by a comma";
    if (c == ':') return "times and base 60 are not accepted";
    if (c == '%') return "percent signs are not accepted: write 0.05 for 5%";
    return "not a number";
}

const char *param_number_read(struct param_span span, double *value, size_t *bad)
{
    char text[NUMBER_LENGTH + 1];
    size_t at = scan(span), nowhere;
    if (!bad) bad = &nowhere;
    *bad = 0;
    if (!span.n) return "no value";
    if (at < span.n || !is_digit(span.text[at - 1])) {
        *bad = at + 1;
        return explain(span, at);
    }
    if (span.n > NUMBER_LENGTH) return "a number of more than 400 characters";
    memcpy(text, span.text, span.n);
    text[span.n] = 0;
    double x = strtod(text, NULL);
    if (isinf(x)) return "out of range: beyond 1.7976931348623157e308";
    if (fabs(x) < DBL_MIN && strcspn(text, "123456789") < strcspn(text, "eE")) {
        return "too small: nearer to 0 than 2.2250738585072014e-308";
    }
    *value = x + 0.0; /* -0 becomes 0 */
    return NULL;
}

int param_number_parse(const struct param_reading *reading, struct param_span span, double *value)
{
    size_t bad;
    const char *wrong = param_number_read(span, value, &bad);
    if (!wrong) return STATUS_OK;
    if (bad > 1 && bad <= span.n) return param_reading_fail(reading, span, "%s (character %zu)", wrong, bad);
    return param_reading_fail(reading, span, "%s", wrong);
}

const char *param_number_month(struct param_span span, int *month)
{
    static const char shape[] = "0000-00-01";
    const char *s = span.text;
    if (span.n != 7 && span.n != 10) return "not a month";
    for (size_t k = 0; k < 7; k++) {
        if (shape[k] == '-' ? s[k] != '-' : !is_digit(s[k])) return "not a month";
    }
    if (span.n == 10 && memcmp(s + 7, "-01", 3) != 0) return "a month starts on its first day";
    int year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
    int m = (s[5] - '0') * 10 + (s[6] - '0');
    if (m < 1 || m > 12) return "a month is 01 to 12";
    if (year < 1900) return "a year is 1900 to 9999";
    *month = year * 12 + m - 1;
    return NULL;
}

const char *param_number_write(char out[PARAM_NUMBER_TEXT], double value)
{
    for (int digits_of = 15; digits_of <= 17; digits_of++) {
        snprintf(out, PARAM_NUMBER_TEXT, "%.*g", digits_of, value);
        double back = strtod(out, NULL);
        if (memcmp(&back, &value, sizeof value) == 0) break;
    }
    return out;
}
