#include "study/trace.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "study/trace_parts.h"

/* ---- Words and numbers ---- */

void trace_line_add(struct trace_line *line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const int n = vsnprintf(line->text + line->length, TRACE_LINE - line->length, format, arguments);
    va_end(arguments);
    if (n > 0) line->length += (size_t)n;
    if (line->length >= TRACE_LINE) line->length = TRACE_LINE - 1;
}

const char *trace_money(char out[OUTPUT_NUMBER], double x)
{
    const double size = fabs(x);
    return output_console_number(out, x, size > 0.0 && size < 0.1 ? 4 : 2);
}

const char *trace_years(char out[OUTPUT_NUMBER], const struct trace_story *story, double steps)
{
    const double years = steps / (double)story->scenario->deal->frame.steps_per_year;
    snprintf(out, OUTPUT_NUMBER, "%.3g year%s", years, fabs(years - 1.0) < 1e-9 ? "" : "s");
    return out;
}

const char *trace_date(char out[TRACE_DATE], const struct trace_story *story, int step)
{
    const struct deal_frame_config *frame = &story->scenario->deal->frame;
    const int month = frame->start + step * (12 / frame->steps_per_year);
    snprintf(out, TRACE_DATE, "%d-%02d", month / 12, month % 12 + 1);
    return out;
}

const char *trace_partner(const struct trace_story *story, int partner)
{
    const char *label = story->scenario->deal->frame.partner[partner].label;
    return *label ? label : story->scope->set[PARAM_SET_PARTNER].name[partner];
}

int trace_declared(const struct trace_story *story, int k)
{
    return story->scope->set[PARAM_SET_PARTNER].declared[k];
}

double trace_number(const struct trace_story *story, struct param_number number)
{
    return number.draw < 0 ? number.value : story->path.drawn[number.draw];
}

/* ---- One path ---- */

static void free_story(struct trace_story *story)
{
    for (size_t k = 0; k < story->events; k++) free(story->event[k].text);
    free(story->event);
    engine_trace_free(&story->path);
    story->event = NULL;
    story->events = story->capacity = 0;
}

static int write_path(struct trace_story *story, const struct engine_level *level, uint64_t path, int json, FILE *stream,
                      struct report *report)
{
    int status = engine_trace_init(&story->path, &story->scenario->plan, level, path, report);
    if (!status) trace_event_find(story);
    if (story->out_of_memory) status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a trace");
    if (!status && json) trace_json_write(stream, story);
    if (!status && !json) trace_text_write(stream, story);
    free_story(story);
    return status;
}

static int write_paths(struct trace_story *story, const struct study_trace_config *config, const struct engine_level *level,
                       FILE *stream, struct report *report)
{
    int status = STATUS_OK;
    if (config->json) trace_json_begin(stream, story);
    for (size_t k = 0; k < config->paths && !status; k++) {
        if (k) fputs(config->json ? ",\n" : "\n\n", stream);
        status = write_path(story, level, config->path[k], config->json, stream, report);
    }
    if (config->json) trace_json_end(stream);
    return status;
}

int study_trace(struct study_deal *deal, const struct study_trace_config *config, FILE *stream, struct report *report)
{
    struct study_scenario scenario = {0};
    const struct engine_level *level = NULL;
    char label[INPUT_TABLE_LABEL];
    int status = study_run_check(report);
    if (!status) status = engine_level_choose(&level, report);
    if (!status) status = study_deal_refresh(deal, report);
    if (!status) status = study_scenario_init(&scenario, deal, config->scenario, report);
    if (!status) status = study_scenario_plan(&scenario, deal, config->seed, 1, report);
    struct trace_story story = {.scenario = &scenario, .scope = &deal->registry.scope, .seed = config->seed,
                                .scenario_name = study_deal_scenario(deal, config->scenario, label)};
    if (!status) status = write_paths(&story, config, level, stream, report);
    study_scenario_free(&scenario);
    return status;
}
