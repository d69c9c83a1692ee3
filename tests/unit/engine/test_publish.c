/* What is shown of decisions: every column stands where its row says. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/publish.h"
#include "engine/publish_column.h"
#include "statistics/run.h"

enum { PARTNERS = 2, REGIONS = 2, STEPS = 4, COLUMNS = 11 + 6 * PARAM_PARTNERS, PATH = 3, EARLIER = 5 };

struct shown {
    struct report report;
    struct statistics_plan statistics;
    struct engine_plan *plan;
    struct engine_block *block;
    double *memory; /* columns of the block */
    double **outcome, **series, *scratch;
    int columns;
};

static lanes *column_of(struct shown *s, double value)
{
    double *x = s->memory + (size_t)s->columns++ * BLOCK_PATHS;
    cr_assert_leq(s->columns, COLUMNS);
    for (int l = 0; l < BLOCK_PATHS; l++) x[l] = value;
    return (lanes *)(void *)x;
}

/* All partners in, nothing happens. */
static void calm(struct shown *s)
{
    struct decision_block *decision = &s->block->decision;
    decision->phase = column_of(s, PHASE_OPERATE);
    decision->mode = column_of(s, MODE_NORMAL);
    decision->gap = column_of(s, 0.25);
    decision->scope = column_of(s, 0.75);
    decision->agreed = column_of(s, 0);
    decision->failed = column_of(s, 0);
    decision->agreements = column_of(s, 0);
    decision->deadlock_steps = column_of(s, 0);
    for (int p = 0; p < s->plan->partners; p++) {
        decision->in[p] = column_of(s, 1);
        decision->left[p] = column_of(s, 0);
        decision->exit_cause[p] = column_of(s, -1);
        decision->moved[p] = column_of(s, 0);
        decision->staying[p] = column_of(s, NAN);
        decision->leaving[p] = column_of(s, NAN);
    }
}

static const struct deal nothing_agreed;

static void prepare(struct shown *s, int on, int partners)
{
    *s = (struct shown){.plan = calloc(1, sizeof *s->plan), .block = calloc(1, sizeof *s->block)};
    report_init(&s->report);
    s->memory = aligned_alloc(64, COLUMNS * BLOCK_PATHS * sizeof(double));
    s->scratch = aligned_alloc(64, (ENGINE_SCRATCH + 1) * BLOCK_PATHS * sizeof(double));
    s->plan->partners = partners;
    s->plan->deal = &nothing_agreed;
    s->plan->regions = REGIONS;
    s->plan->decision.on = on;
    s->plan->value.years_per_step = 0.25;
    for (int r = 0; r < REGIONS; r++) s->plan->market.slot[MARKET_DEMAND][r] = s->plan->market.slot[MARKET_PRICE][r] = -1;
    s->block->contract.drive.scope = (struct parameter){column_of(s, 0.5), 0};
    s->block->market.zero = column_of(s, 0);
    s->block->market.one = column_of(s, 1);
    s->block->decision.looked = on;
    if (on) calm(s);
    const struct statistics_config config = {.outcome = engine_outcomes, .outcomes = engine_outcome_count,
                                             .series = engine_series, .series_count = engine_series_count,
                                             .shape = engine_shape(partners, REGIONS, STEPS), .level = RESULT_FULL, .paths = 1};
    cr_assert_eq(statistics_plan_init(&s->statistics, &config, &s->report), STATUS_OK);
    s->outcome = calloc((size_t)s->statistics.columns + 1, sizeof *s->outcome);
    s->series = calloc((size_t)s->statistics.series_columns + 1, sizeof *s->series);
}

static void release(struct shown *s)
{
    statistics_plan_free(&s->statistics);
    report_free(&s->report);
    free(s->plan);
    free(s->block);
    free(s->memory);
    free(s->scratch);
    free(s->outcome);
    free(s->series);
}

static const double *outcome_of(struct shown *s, const char *name, int cell)
{
    engine_publish_outcomes(s->plan, s->block, s->scratch, s->outcome);
    for (int o = 0; o < engine_outcome_count; o++) {
        if (!strcmp(engine_outcomes[o].name, name)) return s->outcome[s->statistics.column[o] + cell];
    }
    cr_assert_fail("%s", name);
    return NULL;
}

static const double *series_of(struct shown *s, const char *name, int cell)
{
    engine_publish_series(s->plan, s->block, 0, s->scratch, s->series);
    for (int k = 0; k < engine_series_count; k++) {
        if (!strcmp(engine_series[k].name, name)) return s->series[s->statistics.series_column[k] + cell];
    }
    cr_assert_fail("%s", name);
    return NULL;
}

Test(engine_publish, fills_every_column_and_no_more)
{
    for (int on = 0; on < 2; on++) {
        struct shown s;
        double mark = 0, *const last = &mark;
        prepare(&s, on, PARTNERS);
        for (int k = 0; k <= s.statistics.columns; k++) s.outcome[k] = last;
        for (int k = 0; k <= s.statistics.series_columns; k++) s.series[k] = last;
        engine_publish_outcomes(s.plan, s.block, s.scratch, s.outcome);
        engine_publish_series(s.plan, s.block, 0, s.scratch, s.series);
        for (int k = 0; k < s.statistics.columns; k++) cr_expect_neq(s.outcome[k], last, "outcome column %d", k);
        for (int k = 0; k < s.statistics.series_columns; k++) cr_expect_neq(s.series[k], last, "series column %d", k);
        cr_expect_eq(s.outcome[s.statistics.columns], last);
        cr_expect_eq(s.series[s.statistics.series_columns], last);
        release(&s);
    }
}

Test(engine_publish, a_deal_that_nothing_moves_shows_constants)
{
    struct shown s;
    prepare(&s, 0, PARTNERS);
    cr_expect_eq(outcome_of(&s, "survival", 0)[PATH], 1);
    cr_expect_eq(outcome_of(&s, "leaves", 1)[PATH], 0);
    cr_expect_eq(outcome_of(&s, "exit", 2 * CAUSES - 1)[PATH], 0);
    cr_expect_eq(outcome_of(&s, "renegotiations", 0)[PATH], 0);
    cr_expect_eq(outcome_of(&s, "deadlock_years", 0)[PATH], 0);
    cr_expect_eq(series_of(&s, "in", 1)[PATH], 1);
    cr_expect_eq(series_of(&s, "survival", 0)[PATH], 1);
    cr_expect_eq(series_of(&s, "exits", 0)[PATH], 0);
    cr_expect_eq(series_of(&s, "agreed", 1)[PATH], 0);
    cr_expect_eq(series_of(&s, "deadlocked", 0)[PATH], 0);
    cr_expect_eq(series_of(&s, "gap", 0)[PATH], 0);
    cr_expect_eq(series_of(&s, "scope", 0)[PATH], 0.5, "the cell of the drive");
    cr_expect(!series_of(&s, "staying", 0) && !series_of(&s, "leaving", 1), "no value on any path");
    plain((lanes *)(void *)s.block->contract.drive.scope.cell)[PATH] = 0.125;
    s.block->contract.drive.scope.mask = ~(size_t)0;
    cr_expect_eq(series_of(&s, "scope", 0)[PATH], 0.125, "drawn by path");
    release(&s);
}

/* Partner 1 leaves in this step on one path, partner 0 left in an earlier one on another. */
Test(engine_publish, exits_stand_under_their_partner_and_cause)
{
    struct shown s;
    prepare(&s, 1, PARTNERS);
    struct decision_block *decision = &s.block->decision;
    plain(decision->left[1])[PATH] = 1;
    decision->acted = 1;
    plain(decision->exit_cause[1])[PATH] = CAUSE_DEADLOCK;
    plain(decision->in[1])[PATH] = 0;
    plain(decision->exit_cause[0])[EARLIER] = CAUSE_REVIEW;
    plain(decision->in[0])[EARLIER] = 0;
    cr_expect_eq(series_of(&s, "exits", CAUSES + CAUSE_DEADLOCK)[PATH], 1);
    cr_expect_eq(series_of(&s, "exits", CAUSES + CAUSE_REVIEW)[PATH], 0);
    cr_expect_eq(series_of(&s, "exits", CAUSE_DEADLOCK)[PATH], 0);
    cr_expect_eq(series_of(&s, "exits", CAUSE_REVIEW)[EARLIER], 0, "not in this step");
    cr_expect_eq(series_of(&s, "survival", 0)[PATH], 0);
    cr_expect_eq(series_of(&s, "survival", 0)[PATH + 1], 1);
    cr_expect(isnan(series_of(&s, "gap", 0)[PATH]), "nobody to differ with");
    cr_expect_eq(series_of(&s, "gap", 0)[PATH + 1], 0.25);
    cr_expect_eq(series_of(&s, "in", 1)[PATH], 0);
    cr_expect_eq(outcome_of(&s, "exit", CAUSES + CAUSE_DEADLOCK)[PATH], 1);
    cr_expect_eq(outcome_of(&s, "exit", CAUSE_REVIEW)[EARLIER], 1);
    cr_expect_eq(outcome_of(&s, "exit", CAUSE_REVIEW)[PATH], 0);
    cr_expect_eq(outcome_of(&s, "leaves", 0)[EARLIER], 1);
    cr_expect_eq(outcome_of(&s, "leaves", 0)[PATH], 0);
    cr_expect_eq(outcome_of(&s, "survival", 0)[EARLIER], 0);
    cr_expect_eq(outcome_of(&s, "survival", 0)[PATH + 1], 1);
    release(&s);
}

Test(engine_publish, what_is_renegotiated_and_how_goals_drift)
{
    struct shown s;
    prepare(&s, 1, PARTNERS);
    struct decision_block *decision = &s.block->decision;
    cr_expect_eq(series_of(&s, "renegotiated", 0)[PATH], 0, "nothing was decided in the step");
    plain(decision->agreed)[PATH] = 1;
    decision->acted = 1;
    plain(decision->failed)[EARLIER] = 1;
    plain(decision->moved[0])[PATH] = -8;
    plain(decision->moved[1])[PATH] = 8;
    plain(decision->agreements)[PATH] = 2;
    plain(decision->deadlock_steps)[PATH] = 6;
    plain(decision->mode)[EARLIER] = MODE_DEADLOCK;
    plain(decision->phase)[EARLIER] = PHASE_WIND_DOWN;
    decision->looked = 1;
    plain(decision->staying[1])[PATH] = 40;
    plain(decision->leaving[1])[PATH] = 50;
    cr_expect_eq(series_of(&s, "renegotiated", 0)[PATH], 1);
    cr_expect_eq(series_of(&s, "renegotiation_failed", 0)[EARLIER], 1);
    cr_expect_eq(series_of(&s, "agreed", 0)[PATH], -8);
    cr_expect_eq(series_of(&s, "agreed", 1)[PATH], 8);
    cr_expect_eq(series_of(&s, "deadlocked", 0)[EARLIER], 1);
    cr_expect_eq(series_of(&s, "deadlocked", 0)[PATH], 0);
    cr_expect_eq(series_of(&s, "staying", 1)[PATH], 40);
    cr_expect_eq(series_of(&s, "leaving", 1)[PATH], 50);
    cr_expect_eq(series_of(&s, "gap", 0)[PATH], 0.25);
    cr_expect_eq(series_of(&s, "scope", 0)[PATH], 0.75);
    cr_expect_eq(series_of(&s, "survival", 0)[EARLIER], 0, "wound up with all partners in");
    cr_expect_eq(outcome_of(&s, "renegotiations", 0)[PATH], 2);
    cr_expect_eq(outcome_of(&s, "deadlock_years", 0)[PATH], 1.5);
    release(&s);
}

/* As many partners as there can be, each leaving for every cause on some path. */
Test(engine_publish, scratch_holds_the_most_that_can_be_shown)
{
    struct shown s;
    prepare(&s, 1, PARAM_PARTNERS);
    const double guard = 12345;
    for (int p = 0; p < PARAM_PARTNERS; p++) {
        for (int l = 0; l < BLOCK_PATHS; l++) {
            plain(s.block->decision.left[p])[l] = 1;
            plain(s.block->decision.exit_cause[p])[l] = l % CAUSES;
        }
    }
    for (int l = 0; l < BLOCK_PATHS; l++) s.scratch[ENGINE_SCRATCH * BLOCK_PATHS + l] = guard;
    engine_publish_series(s.plan, s.block, 0, s.scratch, s.series);
    engine_publish_outcomes(s.plan, s.block, s.scratch, s.outcome);
    for (int l = 0; l < BLOCK_PATHS; l++) cr_expect_eq(s.scratch[ENGINE_SCRATCH * BLOCK_PATHS + l], guard);
    release(&s);
}
