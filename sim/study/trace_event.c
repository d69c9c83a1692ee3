/* What happens on a path, found in its numbers step by step, and told in whole sentences. docs/model.md (6, 7). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/trace_parts.h"

#define M(x) trace_money((char[OUTPUT_NUMBER]){0}, x)
#define YEARS(story, steps) trace_years((char[OUTPUT_NUMBER]){0}, story, steps)

void trace_event_add(struct trace_story *story, int step, const char *kind, int partner, const char *text)
{
    if (story->events == story->capacity) {
        const size_t capacity = story->capacity ? 2 * story->capacity : 64;
        struct trace_event *more = realloc(story->event, capacity * sizeof *more);
        if (!more) {
            story->out_of_memory = 1;
            return;
        }
        story->event = more;
        story->capacity = capacity;
    }
    char *copy = strdup(text);
    if (copy) story->event[story->events++] = (struct trace_event){step, partner, kind, copy};
    else story->out_of_memory = 1;
}

static const struct decision_config *config_of(const struct trace_story *story)
{
    return &story->scenario->deal->decision;
}

static const char *unit_of_payment(const struct trace_story *story)
{
    return config_of(story)->renegotiation.form == FORM_LUMP_SUM ? "once" : "a step";
}

/* ---- Production ---- */

static void find_production(struct trace_story *story, int n)
{
    const struct engine_plan *plan = &story->scenario->plan;
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    if (s->phase >= PHASE_WIND_DOWN || s->production < 0.0 || (n && s[-1].production >= 0.0)) return;
    trace_line_add(&line, "The venture starts production, %s after signing", YEARS(story, n));
    trace_line_add(&line, " (planned: %.3g).", plan->venture.config->production_start);
    trace_event_add(story, n, "production", -1, line.text);
}

/* Gates that the venture tried at the end of the step. */
static void find_gates(struct trace_story *story, int n)
{
    const struct programme_plan *venture = &story->scenario->plan.venture;
    const struct engine_trace_step *s = &story->path.step[n];
    for (int k = 0; k < venture->gates; k++) {
        const int g = venture->gate[k].name, missed = s->gate_attempts[g] < (n ? s[-1].gate_attempts[g] : venture->gate[k].config->attempts);
        const char *name = story->scope->set[PARAM_SET_MILESTONE].name[g];
        struct trace_line line = {.length = 0};
        if (s->gate[g] == (double)GATE_PASSED) {
            trace_line_add(&line, "At the end of the step the venture passes gate %s.", name);
            trace_event_add(story, n, "gate_passed", -1, line.text);
        } else if (missed && s->gate[g] > (double)GATE_FAILED) {
            trace_line_add(&line, "At the end of the step the venture misses gate %s; the next attempt is in %s", name,
                           YEARS(story, venture->gate[k].retry_steps));
            if (s->retry > 0.0) trace_line_add(&line, " and costs %s", M(s->retry));
            trace_line_add(&line, ", %d left.", (int)s->gate_attempts[g]);
            trace_event_add(story, n, "gate_missed", -1, line.text);
        } else if (missed) {
            trace_line_add(&line, "At the end of the step the venture misses gate %s for the last time.", name);
            trace_event_add(story, n, "gate_failed", -1, line.text);
        }
    }
}

static void find_events(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    if (s->succeeded > 0.0 && !(n && s[-1].succeeded > 0.0)) {
        trace_event_add(story, n, "success", -1, "At the end of the step the venture has succeeded in what production needs.");
    }
    if (!(s->standing > 0.0) || (n && s[-1].standing > 0.0)) return;
    trace_line_add(&line, "An adverse event: the venture's clock stands for %s.", YEARS(story, s->standing));
    trace_event_add(story, n, "adverse", -1, line.text);
}

static void find_own_production(struct trace_story *story, int n)
{
    const struct engine_plan *plan = &story->scenario->plan;
    for (int p = 0; p < plan->partners; p++) {
        struct trace_line line = {.length = 0};
        if (!(story->path.step[n].partner[p].after_production >= 0.0)) continue;
        if (n && story->path.step[n - 1].partner[p].after_production >= 0.0) continue;
        trace_line_add(&line, "%s, which has left, %s.", trace_partner(story, p),
                       plan->after[p].bought ? "can sell what it buys" : "starts production of its own");
        trace_event_add(story, n, "own_production", p, line.text);
    }
}

/* ---- The lone arm ---- */

static void find_alone(struct trace_story *story, int n)
{
    for (int p = 0; p < story->scenario->plan.partners; p++) {
        const struct engine_trace_partner *x = &story->path.step[n].partner[p], *old = n ? &story->path.step[n - 1].partner[p] : NULL;
        struct trace_line line = {.length = 0};
        if (x->alone_production >= 0.0 && !(old && old->alone_production >= 0.0)) {
            trace_line_add(&line, "Alone, %s would start to sell now, %s after signing.", trace_partner(story, p), YEARS(story, n));
            trace_event_add(story, n, "alone_production", p, line.text);
        }
        if (x->alone_stopped > 0.0 && !(old && old->alone_stopped > 0.0)) {
            line.length = 0;
            trace_line_add(&line, "Alone, %s would stop now: its book brings %s, closing costs %s.", trace_partner(story, p),
                           M(x->alone_sale), M(x->alone_closing));
            trace_event_add(story, n, "alone_stops", p, line.text);
        }
    }
}

/* ---- Trade policy and support ---- */

const char *trace_region(const struct trace_story *story, int r)
{
    const char *label = story->scenario->deal->frame.region[r].label;
    return *label ? label : story->scope->set[PARAM_SET_REGION].name[r];
}

static void find_regime(struct trace_story *story, int n, int chain)
{
    const struct market_plan *market = &story->scenario->plan.market;
    const struct engine_trace_step *s = &story->path.step[n], *before = n ? s - 1 : NULL;
    const struct param_names *names = &story->scope->regimes[chain];
    const int old = before ? before->regime[chain] : market->chain[chain].start;
    struct trace_line line = {.length = 0};
    if (old == s->regime[chain]) return;
    trace_line_add(&line, "Trade policy %s turns from %s to %s", story->scope->set[PARAM_SET_CHAIN].name[chain], names->name[old],
                   names->name[s->regime[chain]]);
    for (int c = 0; c < market->corridors; c++) {
        const struct market_corridor *corridor = &market->corridor[c];
        int mine = 0;
        for (int k = 0; k < corridor->chains; k++) mine |= corridor->chain[k] == chain;
        if (!mine) continue;
        trace_line_add(&line, "; duty from %s to %s: ", trace_region(story, corridor->origin), trace_region(story, corridor->destination));
        trace_line_add(&line, "%.4g%%", 100.0 * s->tariff[c]);
        if (before) trace_line_add(&line, ", before %.4g%%", 100.0 * before->tariff[c]);
    }
    trace_line_add(&line, ".");
    trace_event_add(story, n, "regime", -1, line.text);
}

static void find_crisis(struct trace_story *story, int n)
{
    const struct market_crisis_config *config = &story->scenario->plan.market.config->crisis;
    const int is = story->path.step[n].crisis, was = n ? story->path.step[n - 1].crisis : config->start;
    const char *join = ": demand falls by ";
    struct trace_line line = {.length = 0};
    if (!story->scenario->plan.market.crisis || is == was) return;
    trace_line_add(&line, is ? "A crisis begins" : "The crisis ends");
    for (int r = 0; is && r < story->scenario->plan.regions; r++) {
        if (!number_differs(config->depth[r], 0.0)) continue;
        trace_line_add(&line, "%s%.4g%% in %s", join, 100.0 * trace_number(story, config->depth[r]), trace_region(story, r));
        join = ", ";
    }
    trace_line_add(&line, ".");
    trace_event_add(story, n, is ? "crisis" : "crisis_ends", -1, line.text);
}

static void find_entrant(struct trace_story *story, int n, int r)
{
    const struct market_plan *market = &story->scenario->plan.market;
    const struct market_entrant_config *config = &market->config->entrant[r];
    const int age = story->path.step[n].entrant[r];
    struct trace_line line = {.length = 0};
    if (age == 0) {
        trace_line_add(&line, "A newcomer enters %s", trace_region(story, r));
        if (config->origin >= 0) trace_line_add(&line, " from %s", trace_region(story, config->origin));
        trace_line_add(&line, ": in the end it takes %.4g%% off prices and ", 100.0 * trace_number(story, config->price_cut));
        trace_line_add(&line, "%.4g%% of demand.", 100.0 * trace_number(story, config->share_loss));
        trace_event_add(story, n, "entrant", -1, line.text);
    } else if (age > 0 && age == market->entrant[r].localise_steps) {
        trace_line_add(&line, "The newcomer to %s makes locally and pays no duty any more.", trace_region(story, r));
        trace_event_add(story, n, "entrant_local", -1, line.text);
    }
}

static void find_market(struct trace_story *story, int n)
{
    const struct market_plan *market = &story->scenario->plan.market;
    const struct engine_trace_step *s = &story->path.step[n], *before = n ? s - 1 : NULL;
    for (int c = 0; c < market->chains; c++) find_regime(story, n, c);
    find_crisis(story, n);
    for (int r = 0; r < story->scenario->plan.regions; r++) find_entrant(story, n, r);
    for (int k = 0; k < market->subsidies; k++) {
        struct trace_line line = {.length = 0};
        if (!s->repealed[k] || (before && before->repealed[k])) continue;
        trace_line_add(&line, "Support %s is repealed", story->scope->set[PARAM_SET_SUBSIDY].name[k]);
        if (before) trace_line_add(&line, "; it was %s a unit", M(before->support[k]));
        trace_line_add(&line, ".");
        trace_event_add(story, n, "repeal", -1, line.text);
    }
}

/* ---- Deadlock ---- */

static void find_deadlock(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n], *before = n ? s - 1 : NULL;
    const int was = before && before->mode == MODE_DEADLOCK, is = s->mode == MODE_DEADLOCK;
    struct trace_line line = {.length = 0};
    int steps = 0;
    if (was == is || s->phase >= PHASE_WIND_DOWN) return;
    for (int k = n - 1; k >= 0 && story->path.step[k].mode == MODE_DEADLOCK; k--) steps++;
    if (is) {
        const double loss = trace_number(story, config_of(story)->deadlock.volume_loss);
        trace_line_add(&line, "A deadlock begins, at a gap of goals of %.3g: the clock stands", s->gap);
        if (loss > 0.0) trace_line_add(&line, ", %.3g%% of the volume is lost", 100.0 * loss);
        trace_line_add(&line, ".");
    } else if (s->mode == MODE_NORMAL) {
        trace_line_add(&line, "The deadlock is resolved after %s.", YEARS(story, steps));
    } else {
        trace_line_add(&line, "The deadlock has lasted %s and is at its limit.", YEARS(story, steps));
    }
    trace_event_add(story, n, is ? "deadlock" : s->mode == MODE_NORMAL ? "deadlock_resolved" : "deadlock_limit", -1, line.text);
}

/* ---- Reviews ---- */

static const char *const watched[] = {[TRIGGER_NEVER] = "", [TRIGGER_TARIFF] = "the duty is above", [TRIGGER_VOLUME] = "volume over plan is below",
                                      [TRIGGER_CAPEX] = "capex over plan is above", [TRIGGER_LATE] = "years late are above",
                                      [TRIGGER_VALUE] = "what leaving would gain is above", [TRIGGER_DEADLOCK] = "years in deadlock are above",
                                      [TRIGGER_CONTROL] = "an owner is sold"};
static const char *const opened[] = {[OPENS_REVIEW] = "a review", [OPENS_RENEGOTIATION] = "a renegotiation", [OPENS_EXIT] = "the exit"};

static void tell_occasion(const struct trace_story *story, const struct engine_trace_step *s, struct trace_line *line)
{
    if (s->occasion == OCCASION_REVIEW) trace_line_add(line, "Review.");
    if (s->occasion == OCCASION_TERM) trace_line_add(line, "The term ends.");
    if (s->occasion != OCCASION_TRIGGER) return;
    const struct decision_trigger_config *trigger = &config_of(story)->trigger[s->trigger];
    trace_line_add(line, "Trigger %s acts, as %s", story->scope->set[PARAM_SET_TRIGGER].name[s->trigger], watched[trigger->kind]);
    if (trigger->kind != TRIGGER_CONTROL) trace_line_add(line, " %.4g", trace_number(story, trigger->threshold));
    trace_line_add(line, ": it opens %s.", opened[trigger->opens]);
}

/* What each partner expects, as it was projected then. */
static void tell_expectations(const struct trace_story *story, const struct engine_trace_step *s, struct trace_line *line)
{
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        const int p = trace_declared(story, k);
        const struct engine_trace_partner *x = &s->partner[p];
        if (isnan(x->staying)) continue;
        trace_line_add(line, " %s expects %s by staying, %s by leaving itself", trace_partner(story, p), M(x->staying), M(x->own_leaving));
        const double switching = trace_number(story, config_of(story)->exit.switching_cost[p]);
        if (switching > 0.0) trace_line_add(line, " less %s of switching", M(switching));
        trace_line_add(line, ": %s %s.", x->wish > 0.0 ? "would gain" : "would lose", M(fabs(x->wish)));
    }
}

/* The weighing of an agreement: u of each partner and their sum, in units of the payment. */
static void tell_weighing(const struct trace_story *story, const struct engine_trace_step *s, struct trace_line *line)
{
    if (s->against < 0) return;
    const char *join = "", *unit = unit_of_payment(story);
    trace_line_add(line, " If %s left, ", trace_partner(story, s->against));
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        const int p = trace_declared(story, k);
        const struct engine_trace_partner *x = &s->partner[p];
        if (isnan(x->over)) continue;
        trace_line_add(line, "%s%s would have %s", join, trace_partner(story, p), M(x->apart));
        trace_line_add(line, ": agreeing is worth %s %s to it, at %s for each 1 %s", M(x->over), unit, M(x->weight), unit);
        join = "; ";
    }
    trace_line_add(line, s->surplus > 0.0 ? ". Together they gain %s %s." : ". Together they gain nothing: %s %s.", M(s->surplus), unit);
}

/* The partner that gains most by leaving, -1 if none does. */
static int nearest_leaver(const struct trace_story *story, const struct engine_trace_step *s)
{
    int nearest = -1;
    for (int p = 0; p < story->scenario->plan.partners; p++) {
        const double wish = s->partner[p].wish;
        if (wish > 0.0 && (nearest < 0 || wish > s->partner[nearest].wish)) nearest = p;
    }
    return nearest;
}

/* What a review comes to, where it moves nothing; the rest has events of its own. */
static void tell_outcome(const struct trace_story *story, const struct engine_trace_step *s, int n, struct trace_line *line)
{
    const int nearest = nearest_leaver(story, s), free = story->scenario->plan.decision.lock_in_steps;
    if (s->mode != MODE_NORMAL || s->phase >= PHASE_WIND_DOWN) return;
    if (s->held) {
        trace_line_add(line, " %s would rather leave and may not", nearest < 0 ? "A partner" : trace_partner(story, nearest));
        if (n < free) trace_line_add(line, " before %s", trace_date((char[TRACE_DATE]){0}, story, free));
        trace_line_add(line, ".");
    } else if (nearest < 0) trace_line_add(line, " Nobody wants to leave.");
    else if (s->occasion != OCCASION_TERM) trace_line_add(line, " Nothing comes of it.");
    if (s->occasion == OCCASION_TERM) trace_line_add(line, " The term is renewed.");
}

static void find_review(struct trace_story *story, int n)
{
    static const char *const kinds[] = {"", "review", "trigger", "term"};
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    if (s->occasion == OCCASION_NONE) return;
    tell_occasion(story, s, &line);
    tell_expectations(story, s, &line);
    tell_weighing(story, s, &line);
    tell_outcome(story, s, n, &line);
    trace_event_add(story, n, kinds[s->occasion], -1, line.text);
}

static void find_opening(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    const int partner = s->against >= 0 && s->partner[s->against].wish > 0.0 ? s->against : -1;
    if (s->mode != MODE_RENEGOTIATE || (n && s[-1].mode == MODE_RENEGOTIATE)) return;
    trace_line_add(&line, "The terms are reopened");
    if (partner >= 0) trace_line_add(&line, ", as %s would rather leave", trace_partner(story, partner));
    trace_line_add(&line, "; the partners close in %s.", trace_date((char[TRACE_DATE]){0}, story, n + s->timer));
    trace_event_add(story, n, "renegotiation", partner, line.text);
}

static void find_scope(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    if (!n || s->scope == s[-1].scope) return;
    trace_line_add(&line, "The scope %s from %.3g to %.3g.", s->scope > s[-1].scope ? "widens" : "narrows", s[-1].scope, s->scope);
    trace_event_add(story, n, "scope", -1, line.text);
}

static void find_redirect(struct trace_story *story, int n)
{
    const struct programme_plan *venture = &story->scenario->plan.venture;
    const struct programme_redirect_config *redirect = &venture->config->redirect;
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    if (!s->redirected || (n && s[-1].redirected)) return;
    trace_line_add(&line, "The plant is redirected: the owners spend %s, and outside customers take what is left of its capacity",
                   M(s->invested));
    trace_line_add(&line, ", up to %.4g units a year, now at %.4g each.", trace_number(story, redirect->volume),
                   trace_number(story, redirect->price) * venture->inflation[n]);
    trace_event_add(story, n, "redirected", -1, line.text);
}

/* ---- Renegotiation closed ---- */

static void tell_payments(const struct trace_story *story, const struct engine_trace_step *s, struct trace_line *line)
{
    const int lump = config_of(story)->renegotiation.form == FORM_LUMP_SUM;
    const char *join = " ";
    int some = 0;
    for (int k = 0; k < story->scenario->plan.partners; k++) {
        const int p = trace_declared(story, k);
        const double amount = s->partner[p].moved;
        if (!(amount > 0.0 || amount < 0.0)) continue;
        trace_line_add(line, "%s%s %s %s", join, trace_partner(story, p), amount > 0.0 ? "receives" : "pays", M(fabs(amount)));
        join = ", ";
        some = 1;
    }
    if (!some) trace_line_add(line, " Nobody pays.");
    else trace_line_add(line, lump ? ", once." : s->production < 0.0 ? " a step from the start of production on." : " a step from now on.");
}

static void find_closing(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n];
    const double cost = -s->outside[LINE_RENEGOTIATION];
    struct trace_line line = {.length = 0};
    if (!s->agreed && !s->failed) return;
    trace_line_add(&line, s->agreed ? "The renegotiation closes: agreed." : "The renegotiation closes in vain.");
    tell_expectations(story, s, &line);
    tell_weighing(story, s, &line);
    if (s->agreed) tell_payments(story, s, &line);
    else if (s->surplus > 0.0) trace_line_add(&line, " Yet they cannot agree.");
    if (cost > 0.0) trace_line_add(&line, " Renegotiating cost %s in all, borne by equity.", M(cost));
    if (s->agreed && s->standstill) trace_line_add(&line, " For %s no wish to leave is tested.", YEARS(story, s->standstill));
    if (s->attempts >= 1) trace_line_add(&line, " %d attempt%s left.", s->attempts, s->attempts == 1 ? " is" : "s are");
    else trace_line_add(&line, " No attempt is left.");
    trace_event_add(story, n, s->agreed ? "agreed" : "failed", -1, line.text);
}

static void find_notice(struct trace_story *story, int n)
{
    const struct engine_trace_step *s = &story->path.step[n];
    struct trace_line line = {.length = 0};
    if (s->mode != MODE_NOTICE || (n && s[-1].mode == MODE_NOTICE)) return;
    trace_line_add(&line, "%s gives notice (%s).", trace_partner(story, s->leaver), decision_cause_texts[s->cause].sentence);
    if (s->occasion == OCCASION_NONE && !s->failed) tell_expectations(story, s, &line);
    if (n + s->timer < story->path.steps) {
        trace_line_add(&line, " It settles in %s, in %s.", trace_date((char[TRACE_DATE]){0}, story, n + s->timer), YEARS(story, s->timer));
    } else {
        trace_line_add(&line, " It would settle beyond the horizon.");
    }
    trace_event_add(story, n, "notice", s->leaver, line.text);
}

/* In the order of docs/model.md (8a): what a notice brings is settled first, what a review decides comes after it. */
void trace_event_find(struct trace_story *story)
{
    for (int n = 0; n < story->path.steps; n++) {
        const int reviewed = story->path.step[n].occasion != OCCASION_NONE;
        find_production(story, n);
        if (!reviewed) trace_exit_find(story, n);
        find_closing(story, n);
        find_deadlock(story, n);
        find_review(story, n);
        find_opening(story, n);
        find_scope(story, n);
        find_redirect(story, n);
        trace_localised_find(story, n);
        find_notice(story, n);
        if (reviewed) trace_exit_find(story, n);
        find_own_production(story, n);
        find_alone(story, n);
        find_market(story, n);
        find_gates(story, n);
        find_events(story, n);
    }
}
