/* Checks across rows: gates, and what hangs on them. */
#include "deal/check.h"

static const struct param_names *gates(const struct check *c)
{
    return &c->scope->set[PARAM_SET_MILESTONE];
}

static int betters(const struct programme_gate_config *gate)
{
    return number_differs(gate->material_factor, 1.0) || number_differs(gate->conversion_factor, 1.0);
}

/* A factor is one of a cost that there is. */
static void check_factors(struct check *c, const struct programme_config *programme, const struct programme_gate_config *gate,
                          const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    snprintf(name, sizeof name, "%s.material_factor", prefix);
    if (number_differs(gate->material_factor, 1.0) && !number_differs(programme->material.cost, 0.0)) {
        WARN(c, name, "moves nothing: material.cost is 0");
    }
    snprintf(name, sizeof name, "%s.conversion_factor", prefix);
    if (number_differs(gate->conversion_factor, 1.0) && !number_differs(programme->conversion.cost, 0.0)) {
        WARN(c, name, "moves nothing: conversion.cost is 0");
    }
}

static void check_gate(struct check *c, const struct programme_config *programme, const struct programme_gate_config *gate,
                       const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    const int costs = number_differs(gate->retry_cost, 0.0), again = gate->retry_years > 0.0;
    if (gate->at < 0.0) {
        const int chance = gate->attempts > 1 || number_differs(gate->success, 1.0);
        const int says = costs || again || chance || gate->independent || betters(gate);
        snprintf(name, sizeof name, "%s.at", prefix);
        if (says) WARN(c, name, "is -1: the programme has no such gate, and the rest of it moves nothing");
        return;
    }
    check_factors(c, programme, gate, prefix);
    snprintf(name, sizeof name, "%s.at", prefix);
    if (gate->at >= (double)c->deal->frame.horizon_years) WARN(c, name, "is beyond the horizon: nothing is ever tried");
    snprintf(name, sizeof name, "%s.%s", prefix, costs ? "retry_cost" : "retry_years");
    if ((costs || again) && gate->attempts == 1) WARN(c, name, "moves nothing: attempts is 1");
}

static void check_payments(struct check *c, int g)
{
    const struct programme_gate_config *gate = &c->deal->programme.venture.gate[g];
    char name[PARAM_TEXT];
    int paid = 0, own = 0;
    for (int p = 0; p < partners(c)->count; p++) {
        for (int q = 0; q < partners(c)->count; q++) {
            const int some = number_differs(c->deal->contract.milestone[g][p][q], 0.0);
            paid |= some;
            if (!some || p != q) continue;
            own = 1;
            snprintf(name, sizeof name, "contract.milestone.%s.%s", gates(c)->name[g], partner_name(c, p));
            FAIL(c, name, "'%s' pays itself, want two different partners", partner_name(c, p));
        }
    }
    snprintf(name, sizeof name, "contract.milestone.%s", gates(c)->name[g]);
    if (paid && !own && gate->at < 0.0) WARN(c, name, "is never paid: the venture has no such gate");
    snprintf(name, sizeof name, "venture.gates.%s.independent", gates(c)->name[g]);
    const int seen = number_differs(c->deal->decision.governance.gap_gate, 0.0) || number_differs(c->deal->decision.scope.expand_by, 0.0);
    const int free = gate->at >= 0.0 && gate->independent && !seen; /* a miss widens the gap and stops the expansion of scope */
    if (free && !paid && !betters(gate)) {
        WARN(c, name, "moves nothing: no payment hangs on the gate");
    }
}

static void check_events(struct check *c, const struct programme_progress_config *progress, const char *prefix, int after)
{
    char name[PARAM_TEXT + PARAM_NAME];
    const int adverse = number_differs(progress->adverse_rate, 0.0), stands = progress->adverse_standstill > 0.0;
    snprintf(name, sizeof name, "%s.success.from", prefix);
    if (progress->success_from > 0.0 && !number_differs(progress->success_rate, 0.0)) WARN(c, name, "moves nothing: success.rate is 0");
    snprintf(name, sizeof name, "%s.success.fade", prefix);
    const int fades = progress->success_fade > 0.0;
    if (fades && !number_differs(progress->success_rate, 0.0)) WARN(c, name, "moves nothing: success.rate is 0");
    if (fades && after) FAIL(c, name, "is not for a programme after an exit, want 0: doubt would begin anew");
    snprintf(name, sizeof name, "%s.adverse.%s", prefix, stands ? "standstill_years" : "ends");
    if (!adverse && (stands || !progress->adverse_ends)) WARN(c, name, "moves nothing: adverse.rate is 0");
    if (adverse && stands && progress->adverse_ends) WARN(c, name, "not used: the event ends the programme");
    if (adverse && !stands && !progress->adverse_ends) WARN(c, name, "is no, and adverse.standstill_years is 0: the event moves nothing");
}

void deal_check_curve(struct check *c, const struct programme_config *programme, const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    const int total = programme->capex_total > 0.0, lasts = programme->capex_duration > 0.0;
    snprintf(name, sizeof name, "%s.capex.total", prefix);
    if (total && programme->capex_plan.count) FAIL(c, name, "is given beside capex.plan, want one of them");
    snprintf(name, sizeof name, "%s.capex.duration", prefix);
    if (total && !lasts) FAIL(c, name, "missing: capex.total is spent along a curve of so many years");
    if (!total && lasts) WARN(c, name, "moves nothing: capex.total is 0");
}

void deal_check_progress(struct check *c)
{
    const struct programme_deal *deal = &c->deal->programme;
    char prefix[PARAM_TEXT];
    int venture = 0;
    for (int g = 0; g < gates(c)->count; g++) {
        venture |= deal->venture.gate[g].at >= 0.0;
        snprintf(prefix, sizeof prefix, "venture.gates.%s", gates(c)->name[g]);
        check_gate(c, &deal->venture, &deal->venture.gate[g], prefix);
        check_payments(c, g);
        for (int p = 0; p < partners(c)->count; p++) {
            snprintf(prefix, sizeof prefix, "standalone.%s.gates.%s", partner_name(c, p), gates(c)->name[g]);
            check_gate(c, &deal->alone[p], &deal->alone[p].gate[g], prefix);
            snprintf(prefix, sizeof prefix, "after.%s.gates.%s", partner_name(c, p), gates(c)->name[g]);
            check_gate(c, &deal->after[p], &deal->after[p].gate[g], prefix);
        }
    }
    check_events(c, &deal->venture.progress, "venture", 0);
    for (int p = 0; p < partners(c)->count; p++) {
        snprintf(prefix, sizeof prefix, "standalone.%s", partner_name(c, p));
        check_events(c, &deal->alone[p].progress, prefix, 0);
        snprintf(prefix, sizeof prefix, "after.%s", partner_name(c, p));
        check_events(c, &deal->after[p].progress, prefix, 1);
    }
    if (!venture && number_differs(c->deal->decision.governance.gap_gate, 0.0)) {
        WARN(c, "contract.governance.gap_gate", "moves nothing: the venture has no gate");
    }
}
