#include "param/number.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct param_span span(const char *text)
{
    return (struct param_span){text, strlen(text)};
}

Test(number, reads_what_the_grammar_allows)
{
    static const struct { const char *text; double value; } good[] = {
        {"0", 0}, {"-0", 0}, {"7", 7}, {"-1.25", -1.25}, {"0.05", 0.05}, {"1e6", 1e6}, {"1E6", 1e6}, {"1.5e-3", 1.5e-3},
        {"2e+2", 200}, {"0e5", 0}, {"0.000", 0}, {"0e-999", 0}, {"9007199254740993", 9007199254740992.0},
        {"2.2250738585072014e-308", DBL_MIN}, {"1.7976931348623157e308", DBL_MAX}, {"100000000000000000000000", 1e23}};
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) {
        double x = 99;
        const char *wrong = param_number_read(span(good[k].text), &x, NULL);
        cr_assert_null(wrong, "%s: %s", good[k].text, wrong);
        cr_assert(x == good[k].value, "%s: %.17g", good[k].text, x);
        cr_assert(!(x == 0 && signbit(x)), "%s keeps a sign", good[k].text);
    }
}

Test(number, says_what_is_wrong_errors)
{
    static const struct { const char *text, *phrase; size_t bad; } wrong[] = {
        {"", "no value", 0}, {"-", "not a number", 2}, {"ten", "not a number", 1}, {"yes", "not a number", 1},
        {".nan", "not finite", 1}, {"NaN", "not finite", 1}, {"nan", "not finite", 1}, {".inf", "not finite", 1},
        {"-.inf", "not finite", 2}, {"inf", "not finite", 1}, {"-Infinity", "not finite", 2},
        {"+10", "without a +", 1}, {"10.", "not end in a point", 3}, {".5", "write 0 before", 1}, {"-.5", "write 0 before", 2},
        {"010", "leading 0", 2}, {"00", "leading 0", 2}, {"-07", "leading 0", 3}, {"0x10", "hexadecimal", 2}, {"0x1p3", "hexadecimal", 2},
        {"1_000", "grouped by _", 2}, {"10,5", "comma", 3}, {"1,234.5", "comma", 2}, {"1:30:00", "base 60", 2}, {"5%", "percent", 2},
        {"10 years", "not a number", 3}, {"2025-01-01", "not a number", 5}, {"1.5abc", "not a number", 4}, {"1e", "not a number", 2},
        {"1e+", "not a number", 2}, {"1.e5", "not a number", 2}, {"1.2.3", "not a number", 4}, {"--1", "not a number", 2},
        {"\xef\xbc\x91\xef\xbc\x90", "not a number", 1}, {"\xe2\x88\x92" "5", "not a number", 1}, {"5\xc2\xa0", "not a number", 2},
        {"1e400", "beyond", 0}, {"-1e999", "beyond", 0}, {"1e-400", "too small", 0}, {"4.9e-324", "too small", 0},
        {"2.2250738585072011e-308", "too small", 0}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        double x = 99;
        size_t bad = 77;
        const char *what = param_number_read(span(wrong[k].text), &x, &bad);
        cr_assert_not_null(what, "%s was read as %g", wrong[k].text, x);
        cr_assert_not_null(strstr(what, wrong[k].phrase), "%s: %s", wrong[k].text, what);
        cr_assert_eq(bad, wrong[k].bad, "%s: character %zu", wrong[k].text, bad);
        cr_assert(x == 99);
    }
}

Test(number, refuses_endless_digits_errors)
{
    char text[500];
    double x;
    memset(text, '9', sizeof text);
    cr_assert_not_null(strstr(param_number_read((struct param_span){text, 400}, &x, NULL), "beyond"));
    cr_assert_not_null(strstr(param_number_read((struct param_span){text, 401}, &x, NULL), "400 characters"));
    memcpy(text, "0.", 2);
    cr_assert_null(param_number_read((struct param_span){text, 400}, &x, NULL));
}

Test(number, writes_the_shortest_text_that_reads_back)
{
    char text[PARAM_NUMBER_TEXT];
    cr_assert_str_eq(param_number_write(text, 0.1), "0.1");
    cr_assert_str_eq(param_number_write(text, 1e6), "1000000");
    cr_assert_str_eq(param_number_write(text, 0.1 + 0.2), "0.30000000000000004");
    cr_assert_str_eq(param_number_write(text, 0), "0");
    unsigned long long state = 1;
    for (int k = 0; k < 200000; k++) { /* whatever is written is read by the grammar, to the same bits */
        double x, back;
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        memcpy(&x, &state, sizeof x);
        if (!isfinite(x) || fabs(x) < DBL_MIN) continue;
        param_number_write(text, x);
        cr_assert_null(param_number_read(span(text), &back, NULL), "%s", text);
        cr_assert(memcmp(&x, &back, sizeof x) == 0, "%s", text);
    }
}

Test(number, reads_months)
{
    int month = 0;
    cr_assert_null(param_number_month(span("2022-01"), &month));
    cr_assert_eq(month, 2022 * 12);
    cr_assert_null(param_number_month(span("1999-12-01"), &month));
    cr_assert_eq(month, 1999 * 12 + 11);
}

Test(number, reads_months_errors)
{
    static const char *const wrong[] = {"2022", "2022-1", "2022-13", "2022-00", "2022-01-02", "2022-01-1", "22-01", "2022/01", "1899-12", "2022-01-01T", "abcd-ef", ""};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        int month = 5;
        cr_assert_not_null(param_number_month(span(wrong[k]), &month), "%s", wrong[k]);
        cr_assert_eq(month, 5);
    }
}
