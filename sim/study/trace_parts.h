/* study/trace_parts.h - what the files of a trace share: the path with its names, and its events. Private to study/trace*.c. */
#ifndef PACTOLUS_STUDY_TRACE_PARTS_H
#define PACTOLUS_STUDY_TRACE_PARTS_H
#include <stdio.h>

#include "engine/trace.h"
#include "output/console.h"
#include "study/scenario.h"

/* Something that happens in a step, as a sentence. */
struct trace_event {
    int step, partner; /* partner -1: of all */
    const char *kind;  /* one of a few words, for programs */
    char *text;
};

struct trace_story {
    const struct study_scenario *scenario;
    const struct param_scope *scope;
    const char *scenario_name;
    uint64_t seed;
    struct engine_trace path;
    struct trace_event *event; /* in order of steps; owned */
    size_t events, capacity;
    int out_of_memory;
};

/* ---- Words and numbers ---- */

enum { TRACE_LINE = 4096, TRACE_DATE = 16 };
struct trace_line { /* a sentence in the making; what does not fit is cut */
    char text[TRACE_LINE];
    size_t length;
};
void trace_line_add(struct trace_line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Money with two decimals, more where it is small: "1,234.50". Returns `out`. */
const char *trace_money(char out[OUTPUT_NUMBER], double x);
/* Years without needless zeros and with their word: "1 year", "2.5 years". */
const char *trace_years(char out[OUTPUT_NUMBER], const struct trace_story *story, double steps);
/* The month in which a step starts: "2026-04". */
const char *trace_date(char out[TRACE_DATE], const struct trace_story *story, int step);
const char *trace_partner(const struct trace_story *story, int partner);
/* The partner at place k of the deal file. */
int trace_declared(const struct trace_story *story, int k);
const char *trace_region(const struct trace_story *story, int r);
/* What the path had of a number of the deal. */
double trace_number(const struct trace_story *story, struct param_number number);

/* ---- Events ---- */

/* Keeps the sentence. */
void trace_event_add(struct trace_story *story, int step, const char *kind, int partner, const char *text);
/* All of the path, from its numbers. */
void trace_event_find(struct trace_story *story);
/* Plants that are built where a programme sells, in step n; part of it. */
void trace_localised_find(struct trace_story *story, int n);
/* Settlement, winding up and what begins then, in step n; part of it. */
void trace_exit_find(struct trace_story *story, int n);

/* ---- Pages ---- */

void trace_text_write(FILE *stream, const struct trace_story *story);
/* One path as a JSON object; the frame around the paths stands in trace_json_begin and _end. */
void trace_json_begin(FILE *stream, const struct trace_story *story);
void trace_json_write(FILE *stream, const struct trace_story *story);
void trace_json_end(FILE *stream);
#endif
