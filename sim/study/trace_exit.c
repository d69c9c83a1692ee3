/* Settlement, winding up, and what begins then. docs/model.md (7.6). */
#include <math.h>

#include "study/trace_parts.h"

#define M(x) trace_money((char[OUTPUT_NUMBER]){0}, x)
#define YEARS(story, steps) trace_years((char[OUTPUT_NUMBER]){0}, story, steps)

/* What the leaver sells and gets, line by line of what was decided in the step. */
static void tell_sale(const struct trace_story *story, const struct engine_trace_step *s, int leaver, struct trace_line *line)
{
    const struct engine_trace_partner *x = &s->partner[leaver];
    trace_line_add(line, "Its book of %s is sold for %s; there is %s use for the plant.", M(x->sold), M(x->sale),
                   s->use > 0.5 ? "another" : "no other");
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        const int p = trace_declared(story, k);
        const struct engine_trace_partner *buyer = &s->partner[p];
        const double fee = buyer->due[LINE_EXIT] + buyer->bought;
        if (p == leaver || !(buyer->in > 0.0)) continue;
        trace_line_add(line, " %s pays %s", trace_partner(story, p), M(buyer->bought));
        if (fee > 0.0) trace_line_add(line, ", gets a fee of %s", M(fee));
        trace_line_add(line, " and then owns %.4g%%.", 100.0 * buyer->equity);
    }
    if (x->closing > 0.0) trace_line_add(line, " Restructuring costs %s %s.", trace_partner(story, leaver), M(x->closing));
    if (s->outside[LINE_OBLIGATIONS] < 0.0) trace_line_add(line, " It pays back %s of its grants.", M(-s->outside[LINE_OBLIGATIONS]));
}

/* What it keeps, what still binds it, what it does then. */
static void tell_after(const struct trace_story *story, const struct engine_trace_step *s, int p, struct trace_line *line)
{
    const struct engine_trace_partner *x = &s->partner[p];
    static const char *const does[] = {[STANDALONE_NONE] = "does nothing in its place", [STANDALONE_BUILD] = "builds for itself",
                                       [STANDALONE_BUY] = "buys instead"};
    if (x->due[LINE_KNOW_HOW] > 0.0) trace_line_add(line, " It keeps know-how worth %s.", M(x->due[LINE_KNOW_HOW]));
    if (x->supply > 0.0) trace_line_add(line, " The venture supplies it for %s more.", YEARS(story, x->supply));
    if (x->licence > 0.0) trace_line_add(line, " It pays the licence for %s.", YEARS(story, x->licence));
    const int mode = story->scenario->plan.decision.after_mode[p];
    trace_line_add(line, " %s now %s.", trace_partner(story, p), does[mode <= STANDALONE_BUY ? mode : STANDALONE_NONE]);
}

static void find_settlement(struct trace_story *story, int n, int leaver)
{
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    trace_line_add(&line, "%s leaves (%s). ", trace_partner(story, leaver), decision_cause_texts[(int)s->partner[leaver].cause].sentence);
    tell_sale(story, s, leaver, &line);
    tell_after(story, s, leaver, &line);
    trace_event_add(story, n, "settlement", leaver, line.text);
}

/* Every owner sells to strangers and goes its own way; what is left of its exit flows is its part of the cost of winding up. */
static void find_winding_up(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    trace_line_add(&line, "The venture is wound up.");
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        const int p = trace_declared(story, k);
        const struct engine_trace_partner *x = &s->partner[p];
        const double cost = x->sale - x->closing - x->due[LINE_EXIT];
        if (!(x->left > 0.0)) continue;
        trace_line_add(&line, " %s (%s) sells its book of %s to strangers for %s", trace_partner(story, p),
                       decision_cause_texts[(int)x->cause].sentence, M(x->sold), M(x->sale));
        if (x->closing > 0.0) trace_line_add(&line, ", restructures for %s", M(x->closing));
        if (cost > 0.0) trace_line_add(&line, ", pays %s of the winding up", M(cost));
        trace_line_add(&line, ".");
        tell_after(story, s, p, &line);
    }
    trace_event_add(story, n, "winding_up", -1, line.text);
}

void trace_exit_find(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n];
    const int before = n ? s[-1].phase : PHASE_DEVELOP;
    if (s->phase == PHASE_WIND_DOWN && before < PHASE_WIND_DOWN) {
        find_winding_up(story, n);
        return;
    }
    if (s->phase == PHASE_ENDED && before < PHASE_ENDED) trace_event_add(story, n, "ended", -1, "The venture has ended.");
    for (int p = 0; p < story->scenario->plan.partners; p++) {
        if (s->partner[p].left > 0.0) find_settlement(story, n, p);
    }
}
