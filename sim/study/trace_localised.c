/* A plant where a programme sells: told in the step in which it is decided. docs/model.md (4.8). */
#include <math.h>

#include "study/trace_parts.h"

/* What the partners knew of the duty: that of the step before. */
static double duty_known(const struct trace_story *story, int n, const struct programme_config *config)
{
    const int slot = config->site < 0 ? -1 : story->scenario->plan.market.corridor_slot[config->site][config->localise.to];
    return n && slot >= 0 ? story->path.step[n - 1].tariff[slot] : 0.0;
}

static void tell(struct trace_story *story, int n, int partner, const char *builds, const struct programme_plan *plan, double years,
                 double capex)
{
    struct trace_line line = {.length = 0};
    char money[OUTPUT_NUMBER], date[TRACE_DATE];
    if (!plan->localises || years < 0.0 || years > 0.0) return; /* its clock is 0 in the step of the decision */
    const struct programme_localise_config *config = &plan->config->localise;
    const int wait = (int)ceil(config->years / plan->market->years_per_step - 1e-9);
    if (partner >= 0) trace_line_add(&line, builds, trace_partner(story, partner));
    else trace_line_add(&line, "%s", builds);
    trace_line_add(&line, " in %s, for %s: ", trace_region(story, config->to), trace_money(money, capex));
    trace_line_add(&line, "the duty there was %.4g%%", 100.0 * duty_known(story, n, plan->config));
    trace_line_add(&line, "; it makes what is sold there from %s on.", trace_date(date, story, n + wait));
    trace_event_add(story, n, "localised", partner, line.text);
}

void trace_localised_find(struct trace_story *story, int n)
{
    const struct engine_plan *plan = &story->scenario->plan;
    const struct engine_trace_step *s = &story->path.step[n];
    tell(story, n, -1, "The venture builds a plant", &plan->venture, s->localised, s->local_capex);
    for (int p = 0; p < plan->partners; p++) {
        const struct engine_trace_partner *x = &s->partner[p];
        tell(story, n, p, "Alone, %s would build a plant", &plan->alone[p], x->alone_localised, x->alone_local_capex);
        tell(story, n, p, "%s, which has left, builds a plant", &plan->after[p], x->after_localised, x->after_local_capex);
    }
}
