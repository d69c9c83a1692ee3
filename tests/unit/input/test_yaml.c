#include "input/yaml.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "unit/param/toy.h"

struct bench {
    struct report report;
    struct param_records records;
    int complete, status;
};

static void walk(struct bench *b, const char *text)
{
    memset(b, 0, sizeof *b);
    b->status = input_yaml_walk("d.yaml", text, strlen(text), &b->records, &b->complete, &b->report);
}

static void stop(struct bench *b)
{
    param_record_free(&b->records);
    report_free(&b->report);
}

/* "kind name=text@line:column" of all records. */
static void assert_records(struct bench *b, const char *const *want, size_t n)
{
    cr_assert_eq(b->records.count, n, "%zu records, %s", b->records.count, toy_message(&b->report, 0));
    for (size_t k = 0; k < n; k++) {
        const struct param_record *r = &b->records.record[k];
        char text[400];
        snprintf(text, sizeof text, "%c%s %s=%s@%d:%d", "SLEM"[r->kind], r->bare ? "" : "q", r->name, r->text, r->place.line, r->place.column);
        cr_assert_str_eq(text, want[k]);
    }
}

Test(yaml, gives_records_with_their_places)
{
    static const char *const want[] = {"S a=1@1:4", "Mq b=@3:3", "S b.c=x y@3:6", "Mq b.d=@4:6", "Sq b.d.e=2@4:10", "Lq b.d.f=@4:18", "E b.d.f=3@4:19",
                                       "Eq b.d.f=uniform(1, 2)@4:22", "Sq g.h[2]=@5:9", "S i=@6:3", "Mq j=@7:4"};
    struct bench b;
    walk(&b, "a: 1\nb:\n  c: x y\n  d: {e: \"2\", f: [3, \"uniform(1, 2)\"]}\ng.h[2]: ''\ni:\nj: {}\n");
    cr_assert_eq(b.status, 0);
    cr_assert(b.complete);
    assert_records(&b, want, sizeof want / sizeof *want);
    stop(&b);
}

Test(yaml, refuses_what_it_does_not_take_errors)
{
    static const struct { const char *text, *message; int errors, complete; } wrong[] = {
        {"", "d.yaml:1:1: error: empty configuration", 1, 1},
        {"# nothing\n", "d.yaml:1:1: error: empty configuration", 1, 1},
        {"---\n", "d.yaml:2:1: error: the file must be a map of names to values, got ''", 1, 1},
        {"5\n", "d.yaml:1:1: error: the file must be a map of names to values, got '5'", 1, 1},
        {"[1, 2]\n", "d.yaml:1:1: error: the file must be a map of names to values, got a list", 1, 0},
        {"a: 1\n---\nb: 2\n", "d.yaml:2:1: error: a second document, want one", 1, 0},
        {"a: *x\nb: 2\n", "d.yaml:1:4: error: a: aliases are not supported, got 'x'", 1, 1},
        {"a: &x 5\n", "d.yaml:1:4: error: a: anchors are not supported, got 'x'", 1, 1},
        {"a: &x {b: *x}\n", "d.yaml:1:4: error: a: anchors are not supported, got 'x'", 2, 1},
        {"a: !!python/object 5\n", "d.yaml:1:4: error: a: tags are not supported, got 'tag:yaml.org,2002:python/object'", 1, 1},
        {"a: {<<: {c: 1}, b: 2}\n", "d.yaml:1:5: error: a: merge keys are not supported", 1, 1},
        {"? [a, b]\n: 1\nc: 2\n", "d.yaml:1:3: error: names must be plain text, got a list or map", 1, 1},
        {"? {a: {b: 1}}\n: {x: [1]}\nc: 2\n", "d.yaml:1:3: error: names must be plain text, got a list or map", 1, 1},
        {"?\n: 1\n", "d.yaml:1:2: error: an empty name", 1, 1},
        {"\"\": {a: 1}\n", "d.yaml:1:1: error: an empty name", 1, 1},
        {"a: [1, [2, {b: [3]}], 4]\nb: 1\n", "d.yaml:1:8: error: a: a list holds values, got a list or map in it", 1, 1},
        {"a: {overrun: uniform(1,2), b: 3}\n", "d.yaml:1:14: error: a.overrun: a distribution inside { } or [ ] needs quotes, as \"uniform(1, 2)\", got 'uniform(1'", 1, 1},
        {"a: [uniform(1, 2), 3]\n", "d.yaml:1:5: error: a: a distribution inside { } or [ ] needs quotes, as \"uniform(1, 2)\", got 'uniform(1'", 1, 1},
        {"a: {o: truncated(normal(1, 2), 0, 3), b: 3}\n", "d.yaml:1:8: error: a.o: a distribution inside", 1, 1},
        {"a:\n\tb: 1\n", "d.yaml:2:1: error: not YAML: found character that cannot start any token (a tab: indent with spaces)", 1, 0},
        {"a: [1, 2\nb: 3\n", "d.yaml:2:2: error: not YAML: did not find expected ',' or ']', while parsing a flow sequence from 1:4", 1, 0},
        {"a: 1\nb: \"x\nc: 3\n", "d.yaml:4:1: error: not YAML: found unexpected end of stream, while scanning a quoted scalar from 2:4", 1, 0},
        {"a:\n  b: 1\n c: 2\n", "d.yaml:3:2: error: not YAML: did not find expected key, while parsing a block mapping from 1:1", 1, 0},
        {"a: 1\nyears:10\nb: 2\n", "d.yaml:3:1: error: not YAML: could not find expected ':', while scanning a simple key from 2:1", 1, 0},
        {"a: mixture(0.8: 1, 0.2: 2)\n", "d.yaml:1:15: error: not YAML: mapping values are not allowed in this context: the line is indented too far, or a value with a colon and a blank in it needs quotes", 1, 0},
        {"%YAML 9.9\n---\na: 1\n", "d.yaml:1:1: error: not YAML: found incompatible YAML document", 1, 0},
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct bench b;
        walk(&b, wrong[k].text);
        cr_assert_eq(b.status, STATUS_INPUT, "%s", wrong[k].text);
        cr_assert_eq(strncmp(toy_message(&b.report, 0), wrong[k].message, strlen(wrong[k].message)), 0, "%s gives %s", wrong[k].text, toy_message(&b.report, 0));
        cr_assert_eq(b.report.errors, wrong[k].errors, "%s: also %s", wrong[k].text, toy_message(&b.report, 1));
        cr_assert_eq(b.complete, wrong[k].complete, "%s", wrong[k].text);
        stop(&b);
    }
}

Test(yaml, goes_on_after_a_fault)
{
    static const char *const want[] = {"Mq a=@1:4", "S a.b=3@1:27", "S c=4@2:4"};
    struct bench b;
    walk(&b, "a: {o: uniform(1,2), b: 3}\nc: 4\n");
    (void)want;
    cr_assert_eq(b.report.errors, 1);
    cr_assert_eq(b.records.count, 3);
    cr_assert_str_eq(b.records.record[1].name, "a.b");
    cr_assert_str_eq(b.records.record[2].name, "c");
    stop(&b);
    walk(&b, "? [a, b]\n: {x: 1}\nc: {d: {<<: {z: [1]}, e: 5}}\n");
    cr_assert_eq(b.report.errors, 2);
    cr_assert_eq(b.records.count, 3);
    cr_assert_str_eq(b.records.record[2].name, "c.d.e");
    stop(&b);
}

static double seconds_of(struct bench *b, const char *text)
{
    clock_t begin = clock();
    walk(b, text);
    return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

Test(yaml, depth_is_bounded_and_cheap_errors)
{
    struct bench b;
    char *text = malloc(200001);
    for (int open = 0; open < 2; open++) {
        memset(text, open ? '{' : '[', 100000);
        memcpy(text, "a: ", 3);
        text[100000] = 0;
        double seconds = seconds_of(&b, text);
        cr_assert(seconds < 0.5, "%.3f s", seconds);
        cr_assert_eq(b.status, STATUS_INPUT);
        cr_assert_eq(b.complete, 0);
        stop(&b);
    }
    size_t n = 0;
    for (int k = 0; k < 2000 && n < 199000; k++) n += (size_t)sprintf(text + n, "%*sa:\n", k % 90, "");
    walk(&b, text);
    cr_assert_eq(b.status, STATUS_INPUT);
    stop(&b);
    strcpy(text, "a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}}}}}\n"); /* 15 maps and the root */
    walk(&b, text);
    cr_assert(b.status == 0 || strstr(toy_message(&b.report, 0), "deeper") == NULL, "%s", toy_message(&b.report, 0));
    stop(&b);
    free(text);
}

Test(yaml, long_names_are_refused_errors)
{
    struct bench b;
    char text[1000] = "";
    memset(text, 'a', 300);
    strcat(text, ": 1\nb: 2\n");
    walk(&b, text);
    cr_assert_eq(b.status, STATUS_INPUT);
    cr_assert_not_null(strstr(toy_message(&b.report, 0), "a name of more than 256 bytes, got 'aaaa"));
    cr_assert_eq(b.records.count, 1);
    stop(&b);
}
