/* Traced paths for programs: all numbers with all digits. docs/results.md has the form. */
#include <math.h>
#include <stddef.h>

#include "study/trace_parts.h"

static void put_key(FILE *stream, const char *before, const char *name)
{
    fputs(before, stream);
    output_json_string(stream, name);
    fputs(": ", stream);
}

static const char *partner_name(const struct trace_story *story, int k)
{
    return story->scope->set[PARAM_SET_PARTNER].name[trace_declared(story, k)];
}

void trace_json_begin(FILE *stream, const struct trace_story *story)
{
    const struct deal_frame_config *frame = &story->scenario->deal->frame;
    char date[TRACE_DATE];
    fputs("{\"format_version\": \"1.0\"", stream);
    const char *const texts[][2] = {{"title", frame->title}, {"scenario", story->scenario_name}, {"currency", frame->currency},
                                    {"volume_unit", frame->volume_unit}, {"start", trace_date(date, story, 0)}};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        put_key(stream, ", ", texts[k][0]);
        output_json_string(stream, texts[k][1]);
    }
    fprintf(stream, ", \"seed\": %llu, \"steps_per_year\": %d,\n \"partners\": {", (unsigned long long)story->seed, frame->steps_per_year);
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        put_key(stream, k ? ", " : "", partner_name(story, k));
        output_json_string(stream, trace_partner(story, trace_declared(story, k)));
    }
    fputs("},\n \"paths\": [\n", stream);
}

void trace_json_end(FILE *stream)
{
    fputs("\n]}\n", stream);
}

/* ---- Series by step ---- */

/* A double that lies `offset` bytes into each step. */
static void put_series(FILE *stream, const struct trace_story *story, size_t offset)
{
    fputc('[', stream);
    for (int n = 0; n < story->path.steps; n++) {
        if (n) fputc(',', stream);
        output_json_number(stream, *(const double *)(const void *)((const char *)&story->path.step[n] + offset));
    }
    fputc(']', stream);
}

struct member {
    const char *name;
    size_t offset;
};
#define OF_STEP(member) #member, offsetof(struct engine_trace_step, member)
#define OF_PARTNER(member) #member, offsetof(struct engine_trace_partner, member)
static const struct member of_step[] = {{OF_STEP(gap)}, {OF_STEP(scope)}, {OF_STEP(surplus)}, {OF_STEP(use)},
                                        {OF_STEP(pooled)}, {OF_STEP(external)}, {OF_STEP(capex)}, {OF_STEP(invested)},
                                        {OF_STEP(production)}};
static const struct member of_partner[] = {
    {OF_PARTNER(in)}, {OF_PARTNER(equity)}, {OF_PARTNER(made)}, {OF_PARTNER(unit_cost)}, {OF_PARTNER(cash)}, {OF_PARTNER(cumulative)},
    {OF_PARTNER(book)}, {OF_PARTNER(alone_cash)}, {OF_PARTNER(alone_cumulative)}, {OF_PARTNER(alone_made)}, {OF_PARTNER(staying)},
    {OF_PARTNER(leaving)}, {OF_PARTNER(own_leaving)}, {OF_PARTNER(wish)}, {OF_PARTNER(over)}, {OF_PARTNER(moved)}, {OF_PARTNER(sold)},
    {OF_PARTNER(sale)}, {OF_PARTNER(bought)}, {OF_PARTNER(closing)}};

static size_t partner_offset(const struct trace_story *story, int k)
{
    return offsetof(struct engine_trace_step, partner) + (size_t)trace_declared(story, k) * sizeof(struct engine_trace_partner);
}

static void put_states(FILE *stream, const struct trace_story *story)
{
    fputs("  \"date\": [", stream);
    for (int n = 0; n < story->path.steps; n++) {
        char date[TRACE_DATE];
        fprintf(stream, "%s\"%s\"", n ? "," : "", trace_date(date, story, n));
    }
    fputs("],\n  \"phase\": [", stream);
    for (int n = 0; n < story->path.steps; n++) {
        fprintf(stream, "%s\"%s\"", n ? "," : "", decision_phase_names[story->path.step[n].phase]);
    }
    fputs("],\n  \"mode\": [", stream);
    for (int n = 0; n < story->path.steps; n++) {
        fprintf(stream, "%s\"%s\"", n ? "," : "", decision_mode_names[story->path.step[n].mode]);
    }
    fputs("]", stream);
}

static void put_regions(FILE *stream, const struct trace_story *story, const char *name, size_t offset)
{
    const struct param_names *regions = &story->scope->set[PARAM_SET_REGION];
    put_key(stream, ",\n  ", name);
    for (int k = 0; k < regions->count; k++) {
        put_key(stream, k ? ", " : "{", regions->name[regions->declared[k]]);
        put_series(stream, story, offset + (size_t)regions->declared[k] * sizeof(double));
    }
    fputs(regions->count ? "}" : "{}", stream);
}

static void put_partner_series(FILE *stream, const struct trace_story *story, const struct member *member)
{
    put_key(stream, ",\n  ", member->name);
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        put_key(stream, k ? ", " : "{", partner_name(story, k));
        put_series(stream, story, partner_offset(story, k) + member->offset);
    }
    fputc('}', stream);
}

/* Ledger lines of the steps, partner by partner; they add up to cash. */
static void put_flows(FILE *stream, const struct trace_story *story)
{
    fputs(",\n  \"flow\": {", stream);
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        put_key(stream, k ? ",\n   " : "\n   ", partner_name(story, k));
        for (int line = 0; line < LINE_STANDALONE_FORGONE; line++) {
            put_key(stream, line ? ",\n    " : "{\n    ", contract_line_texts[line].name);
            put_series(stream, story, partner_offset(story, k) + offsetof(struct engine_trace_partner, flow) + (size_t)line * sizeof(double));
        }
        fputc('}', stream);
    }
    fputc('}', stream);
}

/* ---- Events and the end ---- */

static void put_events(FILE *stream, const struct trace_story *story)
{
    char date[TRACE_DATE];
    fputs(",\n  \"events\": [", stream);
    for (size_t k = 0; k < story->events; k++) {
        const struct trace_event *event = &story->event[k];
        fprintf(stream, "%s\n   {\"step\": %d, \"date\": \"%s\", \"kind\": \"%s\", \"partner\": ", k ? "," : "", event->step,
                trace_date(date, story, event->step), event->kind);
        if (event->partner < 0) fputs("null", stream);
        else output_json_string(stream, story->scope->set[PARAM_SET_PARTNER].name[event->partner]);
        put_key(stream, ", ", "text");
        output_json_string(stream, event->text);
        fputc('}', stream);
    }
    fputs("]", stream);
}

static void put_draws(FILE *stream, const struct trace_story *story)
{
    fputs("  \"drawn\": {", stream);
    for (int k = 0; k < story->path.draws; k++) {
        put_key(stream, k ? ", " : "", story->scenario->draws.draw[k].name);
        fputs("{\"value\": ", stream);
        output_json_number(stream, story->path.drawn[k]);
        fputs(", \"mean\": ", stream);
        output_json_number(stream, story->scenario->plan.draw[k].mean);
        fputc('}', stream);
    }
    fputs("},\n", stream);
}

static void put_end(FILE *stream, const struct trace_story *story)
{
    static const struct member members[] = {{"captured", offsetof(struct engine_trace_end, captured)},
                                            {"partnership", offsetof(struct engine_trace_end, partnership)},
                                            {"standalone", offsetof(struct engine_trace_end, standalone)},
                                            {"capital_at_risk", offsetof(struct engine_trace_end, risk)},
                                            {"payback", offsetof(struct engine_trace_end, payback)}};
    fputs(",\n  \"end\": {", stream);
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        const struct engine_trace_end *end = &story->path.end[trace_declared(story, k)];
        put_key(stream, k ? ",\n   " : "\n   ", partner_name(story, k));
        for (size_t m = 0; m < sizeof members / sizeof *members; m++) {
            put_key(stream, m ? ", " : "{", members[m].name);
            output_json_number(stream, *(const double *)(const void *)((const char *)end + members[m].offset));
        }
        fputs(", \"ledger\": {", stream);
        for (int line = 0; line < LINES; line++) {
            put_key(stream, line ? ", " : "", contract_line_texts[line].name);
            output_json_number(stream, end->ledger[line]);
        }
        fputs("}}", stream);
    }
    fputs("}", stream);
}

void trace_json_write(FILE *stream, const struct trace_story *story)
{
    fprintf(stream, " {\"path\": %llu,\n", (unsigned long long)story->path.path);
    put_draws(stream, story);
    put_states(stream, story);
    for (size_t k = 0; k < sizeof of_step / sizeof *of_step; k++) {
        put_key(stream, ",\n  ", of_step[k].name);
        put_series(stream, story, of_step[k].offset);
    }
    put_regions(stream, story, "demand", offsetof(struct engine_trace_step, demand));
    put_regions(stream, story, "price", offsetof(struct engine_trace_step, price));
    for (size_t k = 0; k < sizeof of_partner / sizeof *of_partner; k++) put_partner_series(stream, story, &of_partner[k]);
    put_flows(stream, story);
    put_events(stream, story);
    put_end(stream, story);
    fputc('}', stream);
}
