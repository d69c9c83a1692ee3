#include "input/yaml.h"

#include <stdio.h>
#include <string.h>
#include <yaml.h>

#include "base/text.h"
#include "input/file.h"

struct level {
    int is_map, wants_key, in_flow;
    int is_ignored; /* stands where nothing can: its content was refused as a whole */
    int is_key;     /* a map or list in place of a name */
    size_t name_length; /* of the name of this map or list */
};

struct walk {
    const char *path, *text;
    struct param_records *records;
    struct report *report;
    struct level level[INPUT_YAML_DEPTH];
    int depth, documents, status, stop;
    int is_split;  /* a distribution without quotes was cut at its comma: its rest comes as keys or elements */
    int swallow;   /* of a split in a map: the empty value that follows such a key */
    char name[INPUT_YAML_NAME + 1];
};

static struct place place_of(const struct walk *w, yaml_mark_t mark)
{
    return (struct place){w->path, (int)mark.line + 1, (int)mark.column + 1};
}

/* `what`, and the text where there is one. */
static void complain(struct walk *w, yaml_mark_t mark, const char *what, const char *got)
{
    char escaped[TEXT_ESCAPED], name[TEXT_ESCAPED];
    int status = got ? report_error(w->report, STATUS_INPUT, place_of(w, mark), text_escape(name, w->name), "%s, got '%s'", what,
                                    text_escape(escaped, got))
                     : report_error(w->report, STATUS_INPUT, place_of(w, mark), text_escape(name, w->name), "%s", what);
    if (!w->status) w->status = status;
}

static struct level *top_of(struct walk *w)
{
    return w->depth ? &w->level[w->depth - 1] : NULL;
}

static void record(struct walk *w, yaml_mark_t mark, enum param_record_kind kind, const char *text, int bare)
{
    struct param_record made = {w->name, text, place_of(w, mark), kind, bare};
    if (w->depth && w->level[w->depth - 1].is_ignored) return;
    if (w->records->count >= INPUT_YAML_VALUES) {
        complain(w, mark, "more than 200000 values, the bound of this program", NULL);
        w->stop = 1;
        return;
    }
    int status = param_record_add(w->records, &made, w->report);
    if (!status) return;
    w->status = status;
    w->stop = 1;
}

/* A value is complete: the map above wants its next key. */
static void end_value(struct walk *w)
{
    struct level *top = top_of(w);
    if (!top) return;
    w->name[top->name_length] = 0;
    top->wants_key = top->is_map;
}

static int parens(const char *text)
{
    int open = 0;
    for (; *text; text++) open += (*text == '(') - (*text == ')');
    return open;
}

/* {overrun: uniform(1, 2)} arrives as `overrun: uniform(1` and a key `2)`. One message, and the rest is passed over.
   1 if the text belongs to such a rest. */
static int is_rest(struct walk *w, const char *text)
{
    if (!w->is_split) return 0;
    if (parens(text) < 0) w->is_split = 0;
    return 1;
}

static int splits(struct walk *w, const yaml_event_t *e, const char *text)
{
    const struct level *top = top_of(w);
    if (!top || !top->in_flow || e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE || parens(text) <= 0) return 0;
    complain(w, e->start_mark, "a distribution inside { } or [ ] needs quotes, as \"uniform(1, 2)\"", text);
    w->is_split = 1;
    return 1;
}

/* Joins a key to the name; 0 if it is none. */
static void push_key(struct walk *w, const yaml_event_t *e, const char *key)
{
    size_t n = strlen(w->name), m = strlen(key);
    struct level *top = top_of(w);
    top->wants_key = 0;
    if (is_rest(w, key)) {
        w->swallow = 1;
        return;
    }
    if (strcmp(key, "<<") == 0) complain(w, e->start_mark, "merge keys are not supported", NULL);
    else if (!m) complain(w, e->start_mark, "an empty name", NULL);
    else if (n + m + 1 > INPUT_YAML_NAME) complain(w, e->start_mark, "a name of more than 256 bytes", key);
    else snprintf(w->name + n, sizeof w->name - n, "%s%s", n ? "." : "", key);
    if (strlen(w->name) == n) w->swallow = 1;
}

static void check_properties(struct walk *w, const yaml_event_t *e, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor) complain(w, e->start_mark, "anchors are not supported", (const char *)anchor);
    if (tag) complain(w, e->start_mark, "tags are not supported", (const char *)tag);
}

static void scalar(struct walk *w, const yaml_event_t *e)
{
    const char *text = (const char *)e->data.scalar.value;
    const int bare = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    struct level *top = top_of(w);
    check_properties(w, e, e->data.scalar.anchor, e->data.scalar.tag);
    if (strlen(text) != e->data.scalar.length) complain(w, e->start_mark, "a NUL character in a text", NULL);
    if (!top) {
        complain(w, e->start_mark, "the file must be a map of names to values", text);
    } else if (top->wants_key) {
        push_key(w, e, text);
    } else if (w->swallow || is_rest(w, text) || splits(w, e, text)) {
        w->swallow = 0;
        end_value(w);
    } else {
        record(w, e->start_mark, top->is_map ? PARAM_RECORD_SCALAR : PARAM_RECORD_ELEMENT, text, bare);
        end_value(w);
    }
}

static void begin(struct walk *w, const yaml_event_t *e, int is_map)
{
    struct level *top = top_of(w);
    const int flow = is_map ? e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE : e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    if (is_map) check_properties(w, e, e->data.mapping_start.anchor, e->data.mapping_start.tag);
    else check_properties(w, e, e->data.sequence_start.anchor, e->data.sequence_start.tag);
    struct level made = {.is_map = is_map, .wants_key = is_map, .in_flow = flow, .name_length = strlen(w->name)};
    made.is_ignored = w->swallow || (top && top->is_ignored);
    made.is_key = top && top->wants_key;
    w->swallow = 0;
    if ((!top && !is_map) || w->depth == INPUT_YAML_DEPTH) {
        complain(w, e->start_mark, top ? "nested deeper than 16" : "the file must be a map of names to values, got a list", NULL);
        w->stop = 1;
        return;
    }
    if (!made.is_ignored && made.is_key) complain(w, e->start_mark, "names must be plain text, got a list or map", NULL);
    else if (!made.is_ignored && top && !top->is_map) complain(w, e->start_mark, "a list holds values, got a list or map in it", NULL);
    else if (!made.is_ignored && top) record(w, e->start_mark, is_map ? PARAM_RECORD_MAP : PARAM_RECORD_LIST, "", 0);
    made.is_ignored |= made.is_key || (top && !top->is_map);
    w->level[w->depth++] = made;
}

static void end(struct walk *w)
{
    const struct level done = w->level[--w->depth];
    w->is_split = 0;
    end_value(w);
    if (!done.is_key) return;
    top_of(w)->wants_key = 0;
    w->swallow = 1;
}

static void alias(struct walk *w, const yaml_event_t *e)
{
    struct level *top = top_of(w);
    complain(w, e->start_mark, "aliases are not supported", (const char *)e->data.alias.anchor);
    if (top && top->wants_key) {
        top->wants_key = 0;
        w->swallow = 1;
    } else {
        w->swallow = 0;
        end_value(w);
    }
}

static void handle(struct walk *w, const yaml_event_t *e)
{
    switch (e->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (++w->documents < 2) break;
        w->name[0] = 0;
        complain(w, e->start_mark, "a second document, want one", NULL);
        w->stop = 1;
        break;
    case YAML_SCALAR_EVENT: scalar(w, e); break;
    case YAML_ALIAS_EVENT: alias(w, e); break;
    case YAML_MAPPING_START_EVENT: begin(w, e, 1); break;
    case YAML_SEQUENCE_START_EVENT: begin(w, e, 0); break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT: end(w); break;
    case YAML_STREAM_END_EVENT: w->stop = 1; break;
    default: break;
    }
}

/* The scanner's own errors: the place where it noticed, and the place where what it misses was opened. */
static void syntax_error(struct walk *w, const yaml_parser_t *p, size_t size)
{
    char opened[160] = "";
    const char *hint = "";
    struct place place = place_of(w, p->problem_mark);
    size_t at = p->problem_mark.index;
    if (p->error == YAML_MEMORY_ERROR) {
        w->status = report_error(w->report, STATUS_MEMORY, (struct place){w->path, 0, 0}, NULL, "out of memory");
        return;
    }
    if (p->error == YAML_READER_ERROR) place = input_file_place(w->path, w->text, p->problem_offset < size ? p->problem_offset : size);
    if (p->error == YAML_SCANNER_ERROR && at < size && strchr(w->text + at, '\t') == w->text + at) hint = " (a tab: indent with spaces)";
    if (!*hint && p->problem && strstr(p->problem, "mapping values are not allowed")) {
        hint = ": the line is indented too far, or a value with a colon and a blank in it needs quotes, as \"mixture(0.8: 1, 0.2: 2)\"";
    }
    if (p->context) {
        snprintf(opened, sizeof opened, ", %s from %zu:%zu", p->context, p->context_mark.line + 1, p->context_mark.column + 1);
    }
    int status = report_error(w->report, STATUS_INPUT, place, NULL, "not YAML: %s%s%s",
                              p->problem ? p->problem : "cannot be read", hint, opened);
    if (!w->status) w->status = status;
}

int input_yaml_walk(const char *path, const char *text, size_t size, struct param_records *records, int *complete,
                    struct report *report)
{
    struct walk w = {.path = path, .text = text, .records = records, .report = report};
    yaml_parser_t parser;
    yaml_event_t event;
    *complete = 0;
    if (size > INPUT_YAML_BYTES) {
        return report_error(report, STATUS_INPUT, (struct place){path, 0, 0}, NULL, "a deal file of more than 8 MB, the bound of this program");
    }
    if (!yaml_parser_initialize(&parser)) return report_error(report, STATUS_MEMORY, (struct place){path, 0, 0}, NULL, "out of memory");
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
    while (!w.stop) {
        if (!yaml_parser_parse(&parser, &event)) {
            syntax_error(&w, &parser, size);
            break;
        }
        handle(&w, &event);
        *complete = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    if (*complete && !w.documents) w.status = report_error(report, STATUS_INPUT, (struct place){path, 1, 1}, NULL, "empty configuration");
    return w.status;
}
