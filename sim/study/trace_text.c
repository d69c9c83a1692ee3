/* A traced path as a page: who takes part, what was drawn, step by step what happens, and where the value ended. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "study/trace_parts.h"

enum { WIDTH = 11, MARKETS = 3, FOLD = 108, FOLD_LEFT = 11 };

static void put_right(FILE *stream, const char *text, int width)
{
    char cut[WIDTH];
    snprintf(cut, sizeof cut, "%s", text); /* names are plain letters */
    fprintf(stream, "%*s", width, cut);
}

static void put_number(FILE *stream, double x, int decimals, int width)
{
    char text[OUTPUT_NUMBER];
    fprintf(stream, " %*s", width - 1, isnan(x) ? "-" : output_console_number(text, x, decimals));
}

/* Words of a sentence, folded; later lines begin below the first. */
static void put_folded(FILE *stream, const char *text)
{
    while (*text) {
        size_t take = strlen(text), room = FOLD - FOLD_LEFT;
        if (take > room) {
            for (take = room; take > 0 && text[take] != ' '; take--) continue;
            if (!take) take = strcspn(text, " ");
        }
        fprintf(stream, "%.*s\n", (int)take, text);
        text += take + (text[take] == ' ');
        if (*text) fprintf(stream, "%*s", FOLD_LEFT, "");
    }
}

/* ---- Before the first step ---- */

static const char *mode_word(int mode)
{
    static const char *const does[] = {[STANDALONE_NONE] = "does nothing", [STANDALONE_BUILD] = "builds", [STANDALONE_BUY] = "buys"};
    return mode <= STANDALONE_BUY ? does[mode] : "";
}

static void put_partners(FILE *stream, const struct trace_story *story)
{
    const struct engine_plan *plan = &story->scenario->plan;
    for (int k = 0; k < plan->partners; k++) {
        const int p = trace_declared(story, k);
        fprintf(stream, "%-10s %s", k ? "" : "partners", trace_partner(story, p));
        if (strcmp(trace_partner(story, p), story->scope->set[PARAM_SET_PARTNER].name[p])) {
            fprintf(stream, " (%s)", story->scope->set[PARAM_SET_PARTNER].name[p]);
        }
        if (plan->contract.config->apart[p]) fputs(", no member", stream);
        fprintf(stream, ": owns %.4g%%, discounts at %.4g%%, pays %.4g%% tax; alone it %s", 100.0 * plan->contract.equity[p],
                100.0 * plan->value.rate[p], 100.0 * plan->value.config->tax_rate[p], mode_word(plan->value.mode[p]));
        if (plan->decision.on && !plan->contract.config->apart[p]) {
            fprintf(stream, ", after leaving it %s", mode_word(plan->decision.after_mode[p]));
        }
        fputc('\n', stream);
        if (story->path.end[p].signing > 0.0) {
            char text[OUTPUT_NUMBER];
            fprintf(stream, "%-10s spends %s at signing to align goals\n", "", trace_money(text, story->path.end[p].signing));
        }
    }
}

static void put_draws(FILE *stream, const struct trace_story *story)
{
    const struct engine_plan *plan = &story->scenario->plan;
    int width = 20;
    if (!plan->draws) {
        fputs("draws      none: every number of the deal is certain\n", stream);
        return;
    }
    for (int k = 0; k < plan->draws; k++) {
        const int length = (int)strlen(story->scenario->draws.draw[k].name);
        width = length > width ? length : width;
    }
    fprintf(stream, "%-10s %-*s%*s%*s\n", "draws", width, "", WIDTH + 1, "this path", WIDTH + 1, "mean");
    for (int k = 0; k < plan->draws; k++) {
        fprintf(stream, "%-10s %-*s %*.6g %*.6g\n", "", width, story->scenario->draws.draw[k].name, WIDTH, story->path.drawn[k], WIDTH,
                plan->draw[k].mean);
    }
}

/* ---- The table ---- */

/* A group of columns, one for each partner. */
static const struct group {
    const char *title;
    size_t offset;
    int decimals;
} groups[] = {
    {"volume", offsetof(struct engine_trace_partner, made), 1},
    {"unit cost", offsetof(struct engine_trace_partner, unit_cost), 3},
    {"cash after tax", offsetof(struct engine_trace_partner, cash), 2},
    {"cash so far", offsetof(struct engine_trace_partner, cumulative), 2},
};
enum { GROUPS = sizeof groups / sizeof *groups };

/* Regions whose demand moves on this path, a few of them. */
static int moving_regions(const struct trace_story *story, int region[MARKETS])
{
    const struct param_names *names = &story->scope->set[PARAM_SET_REGION];
    int count = 0;
    for (int k = 0; k < names->count && count < MARKETS; k++) {
        const int r = names->declared[k];
        int moves = 0;
        for (int n = 1; n < story->path.steps; n++) {
            const double first = story->path.step[0].demand[r], demand = story->path.step[n].demand[r];
            moves |= demand < first || demand > first;
        }
        if (moves) region[count++] = r;
    }
    return count;
}

struct table {
    FILE *stream;
    const struct trace_story *story;
    int regions, region[MARKETS];
    int decides; /* gap and scope are shown */
};

static void put_heading(const struct table *t)
{
    const struct param_names *partners = &t->story->scope->set[PARAM_SET_PARTNER], *regions = &t->story->scope->set[PARAM_SET_REGION];
    fprintf(t->stream, "%-8s %-11s", "", "");
    if (t->decides) fprintf(t->stream, "%12s", "");
    for (int k = 0; k < t->regions; k++) put_right(t->stream, "demand", WIDTH);
    for (int g = 0; g < GROUPS; g++) fprintf(t->stream, " %*s", WIDTH * partners->count - 1, groups[g].title);
    fprintf(t->stream, "\n%-8s %-11s", "step", "state");
    if (t->decides) fprintf(t->stream, "%6s%6s", "gap", "scope");
    for (int k = 0; k < t->regions; k++) put_right(t->stream, regions->name[t->region[k]], WIDTH);
    for (int g = 0; g < GROUPS; g++) {
        for (int k = 0; k < partners->count; k++) put_right(t->stream, partners->name[partners->declared[k]], WIDTH);
    }
    fputc('\n', t->stream);
}

static void put_step(const struct table *t, int n)
{
    const struct engine_trace_step *s = &t->story->path.step[n];
    char date[TRACE_DATE];
    fprintf(t->stream, "%-8s %-11s", trace_date(date, t->story, n),
            s->mode == MODE_NORMAL ? decision_phase_names[s->phase] : decision_mode_names[s->mode]);
    if (t->decides) fprintf(t->stream, "%6.2f%6.2f", s->gap, s->scope);
    for (int k = 0; k < t->regions; k++) put_number(t->stream, s->demand[t->region[k]], 3, WIDTH);
    for (int g = 0; g < GROUPS; g++) {
        for (int k = 0; k < t->story->scenario->plan.partners; k++) {
            const char *partner = (const char *)&s->partner[trace_declared(t->story, k)];
            put_number(t->stream, *(const double *)(const void *)(partner + groups[g].offset), groups[g].decimals, WIDTH);
        }
    }
    fputc('\n', t->stream);
}

/* What happens in a step stands above its numbers, which are what comes of it. */
static void put_course(FILE *stream, const struct trace_story *story)
{
    struct table table = {.stream = stream, .story = story, .decides = story->scenario->plan.decision.on};
    size_t k = 0;
    char date[TRACE_DATE];
    table.regions = moving_regions(story, table.region);
    put_heading(&table);
    for (int n = 0; n < story->path.steps; n++) {
        for (; k < story->events && story->event[k].step == n; k++) {
            fprintf(stream, "%-8s * ", trace_date(date, story, n));
            put_folded(stream, story->event[k].text);
        }
        put_step(&table, n);
    }
}

/* ---- After the last step ---- */

static void put_line(FILE *stream, const struct trace_story *story, const char *name, size_t offset, int decimals)
{
    fprintf(stream, "%-24s", name);
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        const char *end = (const char *)&story->path.end[trace_declared(story, k)];
        put_number(stream, *(const double *)(const void *)(end + offset), decimals, WIDTH + 2);
    }
    fputc('\n', stream);
}

static int some(const struct trace_story *story, int line)
{
    for (int p = 0; p < story->scenario->plan.partners; p++) {
        if (story->path.end[p].ledger[line] < 0.0 || story->path.end[p].ledger[line] > 0.0) return 1;
    }
    return 0;
}

/* "own_margin" -> "own margin". */
static void put_ledger_line(FILE *stream, const struct trace_story *story, int line)
{
    char name[64];
    snprintf(name, sizeof name, "  %s", contract_line_texts[line].name);
    for (char *c = name; *c; c++) *c = *c == '_' ? ' ' : *c;
    put_line(stream, story, name, offsetof(struct engine_trace_end, ledger) + (size_t)line * sizeof(double), 4);
}

static void put_end(FILE *stream, const struct trace_story *story)
{
    const struct param_names *partners = &story->scope->set[PARAM_SET_PARTNER];
    fprintf(stream, "%-24s", "present values");
    for (int k = 0; k < partners->count; k++) put_right(stream, partners->name[partners->declared[k]], WIDTH + 2);
    fputc('\n', stream);
    for (int line = 0; line < LINE_STANDALONE_FORGONE; line++) {
        if (some(story, line)) put_ledger_line(stream, story, line);
    }
    put_line(stream, story, "with the deal", offsetof(struct engine_trace_end, partnership), 4);
    put_line(stream, story, "alone", offsetof(struct engine_trace_end, standalone), 4);
    put_line(stream, story, "value captured", offsetof(struct engine_trace_end, captured), 4);
    put_line(stream, story, "deepest outlay", offsetof(struct engine_trace_end, risk), 4);
    put_line(stream, story, "paid back after, years", offsetof(struct engine_trace_end, payback), 2);
}

void trace_text_write(FILE *stream, const struct trace_story *story)
{
    const struct deal_frame_config *frame = &story->scenario->deal->frame;
    fprintf(stream, "%s, %s: path %llu of seed %llu\n", frame->title, story->scenario_name, (unsigned long long)story->path.path,
            (unsigned long long)story->seed);
    fprintf(stream, "Money in million %s, volume in %s. Decisions (*) are taken at the start of a step.\n\n", frame->currency,
            frame->volume_unit);
    put_partners(stream, story);
    put_draws(stream, story);
    fputc('\n', stream);
    put_course(stream, story);
    fputc('\n', stream);
    put_end(stream, story);
}
