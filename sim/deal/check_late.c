/* Checks across rows: what makes a product late, and what commonality saves. */
#include "deal/check.h"

/* Something may bring production later than planned, by the programme itself. */
static int may_wait(const struct check *c, const struct programme_config *programme)
{
    const struct programme_progress_config *progress = &programme->progress;
    int waits = programme->delay.draw >= 0 || programme->delay.value > 1.0 || number_differs(progress->success_rate, 0.0);
    waits |= number_differs(progress->adverse_rate, 0.0) && !progress->adverse_ends && progress->adverse_standstill > 0.0;
    for (int g = 0; g < c->scope->set[PARAM_SET_MILESTONE].count; g++) {
        const struct programme_gate_config *gate = &programme->gate[g];
        const int bars = gate->at >= 0.0 && gate->at <= programme->production_start && !gate->independent;
        waits |= bars && number_differs(gate->success, 1.0);
    }
    return waits;
}

static void check_programme(struct check *c, const struct programme_config *programme, int runs, int waits, const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    snprintf(name, sizeof name, "%s.late_penalty", prefix);
    if (!number_differs(programme->late_penalty, 0.0)) return;
    if (!runs) WARN(c, name, "moves nothing: %s.mode is none", prefix);
    else if (!waits && !may_wait(c, programme)) WARN(c, name, "moves nothing: nothing makes the programme late");
}

/* What commonality saves in unit cost it saves by scale or by learning. */
static void check_achieved(struct check *c)
{
    const struct programme_config *venture = &c->deal->programme.venture;
    const char *name = "venture.cost_to_achieve";
    const struct param_number a = venture->material.scale_exponent, b = venture->conversion.scale_exponent;
    const int saves = number_differs(a, 0.0) || number_differs(b, 0.0) || number_differs(venture->learning_rate, 0.0);
    if (!number_differs(venture->cost_to_achieve, 0.0)) return;
    if (!number_differs(venture->common_share, 0.0)) WARN(c, name, "moves nothing: venture.common_share is 0");
    else if (!saves) WARN(c, name, "moves nothing: commonality saves no unit cost without scale_exponent or learning_rate");
}

void deal_check_late(struct check *c)
{
    const struct programme_deal *deal = &c->deal->programme;
    char prefix[PARAM_TEXT];
    int waits = number_differs(c->deal->decision.deadlock.rate, 0.0);
    for (int k = 0; k < NEEDS; k++) waits |= number_differs(deal->venture.need[k], 0.0); /* what is offered may be less */
    for (int p = 0; p < partners(c)->count; p++) waits |= deal->own[p].delay.draw >= 0 || deal->own[p].delay.value > 1.0;
    check_programme(c, &deal->venture, 1, waits, "venture");
    for (int p = 0; p < partners(c)->count; p++) {
        snprintf(prefix, sizeof prefix, "standalone.%s", partner_name(c, p));
        check_programme(c, &deal->alone[p], deal->standalone[p].mode != STANDALONE_NONE, 0, prefix);
        snprintf(prefix, sizeof prefix, "after.%s", partner_name(c, p));
        check_programme(c, &deal->after[p], deal->departed[p].mode != STANDALONE_NONE, 0, prefix);
    }
    check_achieved(c);
}
