/* Deal files that are damaged, odd or hostile. Each ends in the status that docs/errors.md promises, with a message that
   names file, line and column; none in a signal, a hang or a run. Row numbers are those of the reliability table. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "unit/input/door.h"

struct hostile {
    int row;
    const char *bytes;
    size_t n; /* 0: to the end of the text */
    const char *message; /* the first one begins so, after the folder */
};

static void assert_each(const struct hostile *cases, size_t count, int status)
{
    struct door door;
    door_open(&door);
    for (size_t k = 0; k < count; k++) {
        door_write(&door, "d.yaml", cases[k].bytes, cases[k].n);
        cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), status, "row %d: status %d, %s", cases[k].row, door.status, door_message(&door, 0));
        cr_assert_eq(strncmp(door_message(&door, 0), cases[k].message, strlen(cases[k].message)), 0, "row %d gives %s, not %s", cases[k].row,
                     door_message(&door, 0), cases[k].message);
    }
    door_close(&door);
}

#define HEAD "deal: T\nregions: [us]\n"
#define ASSERT_EACH(cases) assert_each(cases, sizeof cases / sizeof *cases, STATUS_INPUT)

Test(hostile, a_syntax_and_encoding_errors)
{
    static const struct hostile cases[] = {
        {1, "\n", 0, "d.yaml:1:1: error: empty configuration"},
        {1, "# a comment\n", 0, "d.yaml:1:1: error: empty configuration"},
        {2, "---\n", 0, "d.yaml:2:1: error: the file must be a map of names to values"},
        {2, "--- ~\n", 0, "d.yaml:1:5: error: the file must be a map of names to values"},
        {3, HEAD "---\n" HEAD, 0, "d.yaml:3:1: error: a second document, want one"},
        {3, HEAD "...\n---\n", 0, "d.yaml:4:1: error: a second document, want one"},
        {4, "just a text\n", 0, "d.yaml:1:1: error: the file must be a map of names to values, got 'just a text'"},
        {4, "- 1\n- 2\n", 0, "d.yaml:1:1: error: the file must be a map of names to values, got a list"},
        {5, HEAD "partners:\n\ta: {discount_rate: 0.1}\n", 0, "d.yaml:4:1: error: not YAML: found character that cannot start any token (a tab: indent with spaces)"},
        {6, HEAD "inputs: [a, b\npartners: {}\n", 0, "d.yaml:4:9: error: not YAML: did not find expected ',' or ']', while parsing a flow sequence from 3:9"},
        {7, HEAD "currency: \"USD\nx: 1\ny: 2\n", 0, "d.yaml:6:1: error: not YAML: found unexpected end of stream, while scanning a quoted scalar from 3:11"},
        {8, "partners:\n  a:\n    x: 1\n   y: 2\n", 0, "d.yaml:4:4: error: not YAML: did not find expected key, while parsing a block mapping from 2:3"},
        {8, HEAD "horizon_years:10\nstart: 2022-01\n", 0, "d.yaml:4:1: error: not YAML: could not find expected ':', while scanning a simple key from 3:1"},
        {8, HEAD "horizon_years 10\nstart: 2022-01\n", 0, "d.yaml:4:1: error: not YAML: could not find expected ':', while scanning a simple key from 3:1"},
        {9, "deal: a\0b\n", 10, "d.yaml:1:8: error: a control character, got '\\x00'"},
        {9, HEAD "start: \x01\n", 0, "d.yaml:3:8: error: a control character, got '\\x01'"},
        {9, HEAD "start: \xff\n", 0, "d.yaml:3:8: error: not UTF-8, got byte '\\xff'"},
        {9, HEAD "start: \xc0\xaf\n", 0, "d.yaml:3:8: error: not UTF-8, got byte '\\xc0'"},
        {9, HEAD "start: \xed\xa0\x80\n", 0, "d.yaml:3:8: error: not UTF-8, got byte '\\xed'"},
        {9, HEAD "start: \xef\xbf\xbf\n", 0, "d.yaml:3:8: error: not YAML: control characters are not allowed"},
        {9, HEAD "start: \"a\\0b\"\n", 0, "d.yaml:3:8: error: start: a NUL character in a text"},
        {11, "\xff\xfe" "d\0e\0a\0l\0:\0 \0T\0\n\0", 18, "d.yaml:1:1: error: UTF-16 or UTF-32 text, want UTF-8: save the file as UTF-8"},
        {11, "\0d\0e\0a\0l\0:\0 \0T\0\n", 16, "d.yaml:1:1: error: UTF-16 or UTF-32 text"},
        {12, HEAD "partners: {a: {discount_rate: 0.", 0, "d.yaml:4:1: error: not YAML: did not find expected ',' or '}'"},
        {14, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "d.yaml:1:1: error: not UTF-8"},
        {14, "\x7f" "ELF\x02\x01\x01\0", 8, "d.yaml:1:1: error: a control character, got '\\x7f'"},
        {15, HEAD "horizon_years: !!python/object/apply:os.system [\"true\"]\n", 0, "d.yaml:3:16: error: horizon_years: tags are not supported, got 'tag:yaml.org,2002:python/object/apply:os.system'"},
        {15, HEAD "horizon_years: !!int 10\n", 0, "d.yaml:3:16: error: horizon_years: tags are not supported"},
        {16, "%FOO bar\n---\n" HEAD, 0, "d.yaml:1:5: error: not YAML: found unknown directive name, while scanning a directive from 1:1"},
        {16, "%YAML 9.9\n---\n" HEAD, 0, "d.yaml:1:1: error: not YAML: found incompatible YAML document"},
    };
    ASSERT_EACH(cases);
}

/* Rows 10, 18, 20, 21, 22: the same deal however its lines end. */
Test(hostile, a_line_ends_and_marks_change_nothing)
{
    struct door door;
    char text[3][4000] = {"\xef\xbb\xbf", "", ""};
    size_t crlf = 0, cr = 0;
    door_open(&door);
    door_write(&door, "d.yaml", door_deal, 0);
    cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), 0);
    char *want = door_echo(&door);
    strcat(text[0], door_deal);
    for (const char *c = door_deal; *c; c++) {
        if (*c == '\n') text[1][crlf++] = '\r';
        text[1][crlf++] = *c;
        text[2][cr++] = *c == '\n' ? '\r' : *c;
    }
    for (int k = 0; k < 4; k++) {
        door_write(&door, "d.yaml", k < 3 ? text[k] : door_deal, k < 3 ? 0 : strlen(door_deal) - 1);
        cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), 0, "%d: %s", k, door_message(&door, 0));
        char *got = door_echo(&door);
        cr_assert_str_eq(got, want);
        free(got);
    }
    free(want);
    door_close(&door);
}

/* Row 13: whatever is cut off the end, the rest is no deal: the required list of regions stands last. */
Test(hostile, a_every_prefix_is_refused_errors)
{
    struct door door;
    char text[4000] = "";
    const char *regions = strstr(door_deal, "regions:"), *after = strstr(door_deal, "inputs:");
    strncat(text, door_deal, (size_t)(regions - door_deal));
    strcat(text, after);
    strcat(text, "regions: [us, korea]\n");
    const size_t whole = strlen(text);
    door_open(&door);
    for (size_t n = 1; n <= whole; n++) {
        door_write(&door, "d.yaml", text, n);
        cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), n + 1 < whole ? STATUS_INPUT : 0, "%zu of %zu bytes: %s", n, whole, door_message(&door, 0));
    }
    door_close(&door);
}

#define DEAL(text) "deal: T\nhorizon_years: 9\nregions: [us]\npartners: {a: {discount_rate: 0.1}}\n" text

Test(hostile, b_keys_errors)
{
    static const struct hostile cases[] = {
        {17, DEAL("contract: {fee: 1}\ncontract: {fee: 2}\n"), 0, "d.yaml:6:11: error: contract: given twice, first at line 5"},
        {17, DEAL("contract:\n  fee: 1\n  fee: 2\n"), 0, "d.yaml:7:8: error: contract.fee: given twice, first at line 6"},
        {18, "deal: T\nhorizon_years: 9\nregions: [us]\npartners: {a: {discount_rte: 0.1}}\n", 0, "d.yaml:4:30: error: partners.a.discount_rte: unknown name; did you mean 'partners.a.discount_rate'?"},
        {18, DEAL("Contract: {fee: 1}\n"), 0, "d.yaml:5:11: error: Contract: unknown name; did you mean 'contract'?"},
        {18, DEAL("contract: {FEE: 1}\n"), 0, "d.yaml:5:17: error: contract.FEE: unknown name; did you mean 'contract.fee'?"},
        {19, "deal: T\nhorizon_years: 9\nregions: [us]\npartners:\n  a: {}\n", 0, "d.yaml:5:6: error: partners.a.discount_rate: required, but not given, want a number in (0, 1]"},
        {19, "deal: T\nregions: [us]\n", 0, "d.yaml:1:1: error: horizon_years: required, but not given, want an integer in [1, 40]"},
        {20, DEAL("contract: {\"fee \": 1}\n"), 0, "d.yaml:5:20: error: contract.fee : unknown name; did you mean 'contract.fee'?"},
        {20, DEAL("contract: {f\xd0\xb5" "e: 1}\n"), 0, "d.yaml:5:17: error: contract.f\\u0435e: unknown name"},
        {20, DEAL("contract: {fee\xe2\x80\x8b: 1}\n"), 0, "d.yaml:5:18: error: contract.fee\\u200b: unknown name"},
        {20, DEAL("contract: {\"fee\\nx\": 1}\n"), 0, "d.yaml:5:22: error: contract.fee\\nx: unknown name"},
        {21, DEAL("? [contract]\n: 1\n"), 0, "d.yaml:5:3: error: names must be plain text, got a list or map"},
        {21, DEAL("? {a: 1}\n: 1\n"), 0, "d.yaml:5:3: error: names must be plain text, got a list or map"},
        {21, DEAL("~: 1\n"), 0, "d.yaml:5:4: error: ~: unknown name"},
        {21, DEAL("null: 1\n"), 0, "d.yaml:5:7: error: null: unknown name"},
        {21, DEAL("?\n: 1\n"), 0, "d.yaml:5:2: error: an empty name"},
        {22, DEAL("x: &x {fee: 1}\ncontract:\n  <<: *x\n"), 0, "d.yaml:5:4: error: x: anchors are not supported, got 'x'"},
        {22, DEAL("contract:\n  <<: {fee: 1}\n"), 0, "d.yaml:6:3: error: contract: merge keys are not supported"},
        {23, DEAL("contract:\n  fee:\n"), 0, "d.yaml:6:7: error: contract.fee: no value, want a number in [0, 1000000]"},
        {23, DEAL("contract:\n"), 0, "d.yaml:5:10: error: contract: no value, want a map"},
    };
    ASSERT_EACH(cases);
}

/* The value of an integer key, or of another one where the name says so. */
static void assert_values(const char *name, const char *const (*cases)[2], size_t count)
{
    struct door door;
    char text[1000], want[300];
    door_open(&door);
    for (size_t k = 0; k < count; k++) {
        snprintf(text, sizeof text, "deal: T\nregions: [us]\npartners: {a: {discount_rate: 0.1}}\n%s%s: %s\n",
                 strcmp(name, "horizon_years") == 0 ? "" : "horizon_years: 9\n", name, cases[k][0]);
        door_write(&door, "d.yaml", text, 0);
        cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), STATUS_INPUT, "%s: %s", name, cases[k][0]);
        snprintf(want, sizeof want, "error: %s: %s", name, cases[k][1]);
        cr_assert_not_null(strstr(door_message(&door, 0), want), "%s: %s gives %s", name, cases[k][0], door_message(&door, 0));
        cr_assert_eq(door.report.errors, 1, "%s: %s also gives %s", name, cases[k][0], door_message(&door, 1));
    }
    door_close(&door);
}

Test(hostile, c_types_errors)
{
    static const char *const integers[][2] = {
        {"ten", "not a number, got 'ten', want an integer in [1, 40]"}, {"yes", "not a number"}, {"[10]", "a list, want an integer"},
        {"{a: 1}", "a map, want an integer"}, {"null", "no value, want an integer"}, {"~", "no value"}, {"''", "no value"}, {"\"ten\"", "not a number"},
        {"10.5", "not an integer, got '10.5'"}, {"1e3", "out of range, got '1e3'"}, {"1.5e0", "not an integer"}, {"0x10", "hexadecimal is not accepted (character 2)"},
        {"010", "a leading 0 is not accepted (character 2)"}, {"1_000", "digits are not grouped by _ (character 2)"}, {"1:30:00", "times and base 60 are not accepted (character 2)"},
        {"10,5", "digits are not grouped or parted by a comma (character 3)"}, {"10 years", "not a number (character 3), got '10 years'"},
        {"2025-01-01", "not a number (character 5)"}, {"\xef\xbc\x91\xef\xbc\x90", "not a number, got '\\uff11\\uff10'"}, {"+10", "a number is written without a +"},
        {"10.", "a number does not end in a point"}, {".5", "a number starts with a digit"}, {"uniform(1, 2)", "an integer is not drawn"}, {"|\n  10", "not a number (character 3), got '10\\n'"}};
    static const char *const numbers[][2] = {
        {"yes", "not a number, got 'yes', want a number in [0, 5]"}, {"'1,5'", "digits are not grouped or parted by a comma"}, {"50%", "percent signs are not accepted"},
        {"2 %", "not a number (character 2)"}, {"0o17", "not a number (character 2)"}, {"1/2", "not a number (character 2)"}, {"$5", "not a number"}, {"\"1\\u00a0\"", "not a number (character 2), got '1\\u00a0'"},
        {"\xe2\x88\x92" "1", "not a number, got '\\u22121'"}};
    static const char *const words[][2] = {{"Use", "not a known word, got 'Use', want one of equity, fixed, use"}, {"yes", "not a known word"}, {"gmb", "not a known word"}, {"1", "not a known word"}, {"[use]", "a list"}};
    assert_values("horizon_years", integers, sizeof integers / sizeof *integers);
    assert_values("contract.multiple", numbers, sizeof numbers / sizeof *numbers);
    assert_values("contract.rule", words, sizeof words / sizeof *words);
}

/* Rows 25, 26, 29: quotes change nothing, 1e1 is an integer; the same for every key. */
Test(hostile, c_quotes_change_nothing)
{
    static const char *const pairs[][3] = {{"horizon_years", "10", "\"10\""}, {"horizon_years", "1e1", "'10'"}, {"contract.multiple", "0.5", "\"0.5\""},
                                           {"contract.rule", "use", "\"use\""}, {"start", "2022-02", "'2022-02'"}, {"contract.schedule", "[0.5, 1]", "\"[0.5, 1]\""},
                                           {"contract.lead", "a", "\"a\""}, {"contract.fee", "uniform(1, 2)", "\"uniform(1,2)\""}, {"horizon_years", "10", "10.0"}};
    struct door door;
    char text[1000];
    door_open(&door);
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        char *echo[2];
        for (int form = 0; form < 2; form++) {
            snprintf(text, sizeof text, "deal: T\nregions: [us]\npartners: {a: {discount_rate: 0.1}}\n%s%s: %s\n",
                     strcmp(pairs[k][0], "horizon_years") == 0 ? "" : "horizon_years: 9\n", pairs[k][0], pairs[k][form + 1]);
            door_write(&door, "d.yaml", text, 0);
            cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), 0, "%s", door_message(&door, 0));
            echo[form] = door_echo(&door);
        }
        cr_assert_str_eq(echo[0], echo[1]);
        free(echo[0]), free(echo[1]);
    }
    door_close(&door);
}

Test(hostile, d_ranges_errors)
{
    static const char *const integers[][2] = {
        {"0", "out of range, got '0', want an integer in [1, 40]"}, {"-1", "out of range"}, {".nan", "not finite, got '.nan'"}, {"NaN", "not finite"}, {".inf", "not finite"},
        {"-.inf", "not finite"}, {"18446744073709551615", "out of range"}, {"18446744073709551616", "out of range"}, {"-9223372036854775809", "out of range"},
        {"4611686018427387904", "out of range"}, {"4294967296", "out of range"}, {"4294967306", "out of range"}};
    static const char *const numbers[][2] = {
        {"inf", "not finite"}, {"1e400", "out of range: beyond 1.7976931348623157e308, got '1e400'"}, {"1e-400", "too small"}, {"4.9e-324", "too small"},
        {"-1", "out of range, got '-1'"}, {"5.000000000000001", "out of range"}, {"lognormal(1, -1)", "lognormal: want sigma >= 0"}, {"lognormal(1, nan)", "lognormal: argument sigma: not finite"},
        {"lognormal(1, 1e300)", "the mean is not finite"}, {"normal(nan, 1)", "normal: argument mean: not finite"}, {"uniform(1, 1)", "uniform: want low < high"}, {"uniform(0, 5.5)", "the greatest value, 5.5, is out of range"}};
    static const char *const rates[][2] = {{"-1", "out of range, got '-1', want a number in (0, 1]"}, {"-2", "out of range"}, {"0", "out of range"}};
    char digits[450] = "", text[600];
    struct door door;
    assert_values("horizon_years", integers, sizeof integers / sizeof *integers);
    assert_values("contract.multiple", numbers, sizeof numbers / sizeof *numbers);
    door_open(&door);
    memset(digits, '7', 400);
    snprintf(text, sizeof text, "%s\ncontract.multiple: %s\n", DEAL(""), digits);
    door_write(&door, "d.yaml", text, 0);
    cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), STATUS_INPUT);
    cr_assert_not_null(strstr(door_message(&door, 0), "beyond 1.79"));
    for (size_t k = 0; k < 3; k++) {
        snprintf(text, sizeof text, "deal: T\nhorizon_years: 9\nregions: [us]\npartners: {a: {discount_rate: %s}}\n", rates[k][0]);
        door_write(&door, "d.yaml", text, 0);
        cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), STATUS_INPUT);
        cr_assert_not_null(strstr(door_message(&door, 0), rates[k][1]), "%s", door_message(&door, 0));
    }
    door_close(&door);
}

Test(hostile, e_names_errors)
{
    static const struct hostile cases[] = {
        {46, "regions: [us, us]\n", 0, "d.yaml:1:15: error: regions: region 'us' given twice"},
        {46, "regions: [us, '']\n", 0, "d.yaml:1:15: error: regions: not a name for a region, got ''"},
        {46, "regions: [a/b]\n", 0, "d.yaml:1:11: error: regions: not a name for a region, got 'a/b'"},
        {46, "regions: [..]\n", 0, "d.yaml:1:11: error: regions: not a name for a region, got '..'"},
        {46, "regions: [\"a\\nb\"]\n", 0, "d.yaml:1:11: error: regions: not a name for a region, got 'a\\nb'"},
        {46, "partners: {A: {discount_rate: 1}}\n", 0, "d.yaml:1:15: error: partners.A: not a name for a partner, got 'A'"},
        {46, "partners: {a/b: {}}\n", 0, "d.yaml:1:17: error: partners.a/b: not a name for a partner"},
    };
    char *text = malloc(80000);
    struct hostile large = {46, text, 0, "d.yaml:1:11: error: regions: not a name for a region, got 'aaaa"};
    ASSERT_EACH(cases);
    strcpy(text, "regions: [");
    memset(text + 10, 'a', 70000);
    strcpy(text + 70010, "]\n");
    assert_each(&large, 1, STATUS_INPUT);
    free(text);
}

Test(hostile, e_bounds_errors)
{
    static const struct hostile cases[] = {
        {54, DEAL("inputs: [a, b, c, d, e, f, g, h, i]\n"), 0, "d.yaml:5:34: error: inputs: more than 8 inputs, the bound of this program"},
        {54, DEAL("market: {trade: {a: {regimes: [x]}, b: {regimes: [x]}, c: {regimes: [x]}, d: {regimes: [x]}, e: {regimes: [x]}}}\n"), 0, "d.yaml:5:97: error: market.trade.e: more than 4 chains"}};
    assert_each(cases, sizeof cases / sizeof *cases, STATUS_MEMORY);
}

/* ---- F: files that are large or deep ---- */

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void assert_quick(struct door *door, const char *text, size_t n, const char *message)
{
    door_write(door, "d.yaml", text, n);
    double begin = seconds();
    cr_assert_neq(door_read(door, "d.yaml", NULL, 0), 0);
    double took = seconds() - begin;
    cr_assert(took < TOY_SECONDS, "%.2f s", took);
    cr_assert_not_null(strstr(door_message(door, 0), message), "%s", door_message(door, 0));
}

Test(hostile, f_aliases_errors)
{
    static const struct hostile cases[] = {
        {57, "a: &a [x,x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n", 0, "d.yaml:1:4: error: a: anchors are not supported"},
        {58, "a: &a [*a]\n", 0, "d.yaml:1:4: error: a: anchors are not supported"},
        {58, "a: *nowhere\n", 0, "d.yaml:1:4: error: a: aliases are not supported, got 'nowhere'"}};
    ASSERT_EACH(cases);
}

Test(hostile, f_size_errors, .timeout = 120)
{
    struct door door;
    const size_t most = (size_t)52 << 20;
    char *text = malloc(most + 100);
    size_t n;
    door_open(&door);
    memset(text, '[', 100000);
    memcpy(text, "a: ", 3);
    assert_quick(&door, text, 100000, "a list holds values"); /* row 60 */
    n = 0;
    for (int k = 0; k < 10000; k++) n += (size_t)sprintf(text + n, "{a: ");
    assert_quick(&door, text, n, "nested deeper than 16"); /* row 59 */
    n = 0;
    for (int k = 0; k < 2000; k++) {
        memset(text + n, ' ', (size_t)k);
        n += (size_t)k;
        n += (size_t)sprintf(text + n, "a:\n");
    }
    assert_quick(&door, text, n, "nested deeper than 16"); /* row 61 */
    memcpy(text, "deal: ", 6);
    memset(text + 6, 'x', 1 << 20);
    assert_quick(&door, text, 6 + (1 << 20), "a text of 1048576 bytes");
    n = 0;
    for (int k = 0; k < 100000; k++) n += (size_t)sprintf(text + n, "contract.mulitple%d: %d\n", k, k);
    assert_quick(&door, text, n, "unknown name");
    cr_assert(door.report.shown == REPORT_SHOWN && door.report.errors >= 100000);
    n = 0;
    for (int k = 0; k < 100000; k++) n += (size_t)sprintf(text + n, "x%d: {y: [1, 2]}\n", k);
    assert_quick(&door, text, n, "more than 200000 values, the bound");
    n = (size_t)sprintf(text, "partners:\n");
    for (int k = 0; k < 100000; k++) n += (size_t)sprintf(text + n, "  p%d: {}\n", k);
    assert_quick(&door, text, n, "more than 8 partners");
    for (n = 0; n < most; n += 8) memcpy(text + n, "a: 1234\n", 8);
    assert_quick(&door, text, n, "more than 8 MB, the bound"); /* row 62 */
    free(text);
    door_close(&door);
}

Test(hostile, f_not_a_file_errors, .timeout = 20)
{
    static const char *const paths[] = {"/dev/zero", "/dev", "/proc/self/mem", "/no/such/file"};
    struct door door;
    door_open(&door);
    for (size_t k = 0; k < 4; k++) cr_assert_eq(door_read(&door, paths[k], NULL, 0), STATUS_FILE, "%s", paths[k]);
    door_close(&door);
}

/* Promise 3: not only the first error of a file. */
Test(hostile, all_errors_of_a_file_are_told_at_once)
{
    struct door door;
    door_open(&door);
    door_write(&door, "d.yaml", "deal: !x T\nregions: [us, us]\npartners: {a: {discount_rate: 2}}\ncontract: {fee: ten, fee: 1, feee: 1, rule: no, schedule: [1, 2]}\n", 0);
    cr_assert_eq(door_read(&door, "d.yaml", NULL, 0), STATUS_INPUT);
    static const char *const want[] = {"deal: tags", "contract.fee: given twice", "regions: region 'us' given twice", "discount_rate: out of range", "contract.fee: not a number",
                                       "contract.feee: unknown name", "contract.rule: not a known word", "contract.schedule: out of range, got '2'", "horizon_years: required"};
    cr_assert_eq(door.report.errors, sizeof want / sizeof *want);
    for (int k = 0; k < 9; k++) cr_assert_not_null(strstr(door_message(&door, k), want[k]), "%d: %s", k, door_message(&door, k));
    door_close(&door);
}
