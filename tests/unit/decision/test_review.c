/* Reviews, triggers, terms: who is asked when, and what is agreed for how long. */
#include <stdlib.h>

#include "support/acted.h"
#include "support/able.h"

#define DEAL TESTS_DIR "/unit/decision/three.yaml"

static struct decision_config *decision(struct acted *a)
{
    return &a->bench.deal->decision;
}

static void all_switching(struct acted *a, double cost)
{
    for (int p = 0; p < 3; p++) decision(a)->exit.switching_cost[p] = acted_number(cost);
}

/* b gains little from the venture: it wants to leave, and to be kept in is worth it to the others. */
static void make_b_unhappy(struct acted *a)
{
    a->bench.deal->contract.royalty[1][0].per_unit = acted_number(2.5);
    decision(a)->exit.recovery = acted_number(0.8);
    decision(a)->renegotiation.attempts = 100;
}

static double paid_to_b[32], agreements[32], asked[32];

static void see_payments(const struct engine_block *block, int step)
{
    paid_to_b[step] = agreements[step] = asked[step] = 0.0;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        for (int p = 0; p < 3; p += 2) paid_to_b[step] += acted_at(block->contract.terms.agreed[p][1], path);
        agreements[step] += acted_at(block->decision.agreed, path);
        asked[step] += acted_at(block->decision.staying[0], path) * 0.0 == 0.0;
    }
}

/* At the end of the term the partners can agree anew, and what was agreed under the old one ends. */
Test(decision_review, payments_end_with_the_term_and_can_be_agreed_anew)
{
    struct acted a;
    acted_load(&a, DEAL);
    make_b_unhappy(&a);
    decision(&a)->term_years = 2; /* production starts in step 6, the terms end in 14, 22, 30 */
    decision(&a)->review_every_years = 1;
    decision(&a)->renegotiation.standstill_years = 8;
    a.bench.deal->programme.venture.capex_overrun = acted_number(1);
    acted_run(&a, 0, see_payments);
    cr_expect_gt(paid_to_b[13], 0.0);
    cr_expect_eq(paid_to_b[14], 0.0);
    cr_expect_gt(agreements[15], 0.0, "%g", agreements[15]);
    cr_expect_gt(paid_to_b[16], 0.0);
    acted_free(&a);
}

/* A standstill: nothing is asked again, not by a trigger either. */
Test(decision_review, nobody_is_asked_in_a_standstill)
{
    struct acted a;
    acted_load(&a, DEAL);
    make_b_unhappy(&a);
    for (int t = 0; t < 2; t++) {
        acted_sold(&a, t, -1, OPENS_REVIEW);
        decision(&a)->trigger[t].kind = TRIGGER_VOLUME;
        decision(&a)->trigger[t].threshold = acted_number(5); /* holds as soon as production starts */
    }
    decision(&a)->trigger[1].for_years = 1; /* by then the terms are agreed */
    decision(&a)->renegotiation.standstill_years = 3;
    acted_run(&a, 0, see_payments);
    int first = 0;
    while (first < 32 && agreements[first] < (double)BLOCK_PATHS) first++;
    cr_assert_lt(first, 18, "no step in which all agree");
    for (int n = first + 1; n < first + 12; n++) cr_expect_eq(asked[n], 0.0, "step %d", n);
    acted_free(&a);
}

static double left_by[3], causes[CAUSES];

static void see_exits(const struct engine_block *block, int step)
{
    (void)step;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        for (int p = 0; p < 3; p++) {
            if (!(acted_at(block->decision.left[p], path) > 0.0)) continue;
            left_by[p]++;
            causes[(int)acted_at(block->decision.exit_cause[p], path)]++;
        }
    }
}

static void run_exits(struct acted *a)
{
    memset(left_by, 0, sizeof left_by);
    memset(causes, 0, sizeof causes);
    acted_run(a, 0, see_exits);
}

/* The lock-in binds partners to each other: who owns all may stop. */
Test(decision_review, a_sole_owner_stops_in_the_lock_in)
{
    struct acted a;
    acted_load(&a, DEAL);
    acted_sold(&a, 0, 0, OPENS_EXIT);
    acted_sold(&a, 1, 1, OPENS_EXIT);
    decision(&a)->review_every_years = 1;
    decision(&a)->lock_in_years = 8;
    decision(&a)->exit.put_giver[0] = decision(&a)->exit.put_giver[1] = 2; /* c must buy, and is left with a plant for three */
    for (int p = 0; p < 3; p++) decision(&a)->exit.right[p] = 0;
    a.bench.deal->programme.venture.fixed_cost = acted_number(500);
    run_exits(&a);
    cr_expect_eq(left_by[0], (double)BLOCK_PATHS);
    cr_expect_eq(left_by[1], (double)BLOCK_PATHS);
    cr_expect_eq(left_by[2], (double)BLOCK_PATHS);
    cr_expect_eq(causes[CAUSE_REVIEW], (double)BLOCK_PATHS);
    acted_free(&a);
}

/* A change of control of who owns all changes nothing: there is nobody to leave. */
Test(decision_review, a_sole_owner_does_not_leave_itself)
{
    struct acted a;
    acted_load(&a, DEAL);
    for (int p = 0; p < 3; p++) acted_sold(&a, p, p, OPENS_EXIT);
    decision(&a)->exit.put_giver[0] = 1;
    decision(&a)->exit.put_giver[1] = 2;
    run_exits(&a);
    cr_expect_eq(left_by[0] + left_by[1], 2 * BLOCK_PATHS);
    cr_expect_eq(left_by[2], 0);
    acted_free(&a);
}

/* The right that a trigger gives in the lock-in lasts until the renegotiation that it opened is over. */
Test(decision_review, a_right_by_trigger_outlives_a_renegotiation_in_vain)
{
    struct acted a;
    acted_load(&a, DEAL);
    make_b_unhappy(&a);
    decision(&a)->trigger[0] = (struct decision_trigger_config){0};
    acted_sold(&a, 0, 1, OPENS_EXIT);
    decision(&a)->trigger[0].kind = TRIGGER_VALUE;
    decision(&a)->lock_in_years = 8;
    decision(&a)->renegotiation.attempts = 1;
    decision(&a)->renegotiation.success = acted_number(0);
    decision(&a)->governance.readiness = acted_number(0);
    run_exits(&a);
    cr_expect_gt(causes[CAUSE_FAILED], BLOCK_PATHS / 2, "%g", causes[CAUSE_FAILED]);
    acted_free(&a);
}

/* Production that starts with the step planned is not late, though the plan's date lies within a step. */
Test(decision_review, steps_make_nobody_late)
{
    struct acted a;
    acted_load(&a, DEAL);
    acted_sold(&a, 0, 0, OPENS_EXIT);
    decision(&a)->trigger[0].kind = TRIGGER_LATE;
    a.bench.deal->programme.venture.production_start = 1.6;
    all_switching(&a, -1e6); /* all would leave at once */
    run_exits(&a);
    cr_expect_eq(left_by[0] + left_by[1] + left_by[2], 0.0);
    a.bench.deal->programme.venture.delay = acted_number(1.5);
    run_exits(&a);
    cr_expect_gt(left_by[0] + left_by[1] + left_by[2], 0.0);
    acted_free(&a);
}

/* ---- Lanes ---- */

enum { SEEN = 3 * 2 + 3 };
static double seen[2][32][SEEN][BLOCK_PATHS];
static int width;

static void see_all(const struct engine_block *block, int step)
{
    const struct decision_block *d = &block->decision;
    const lanes *columns[SEEN] = {d->staying[0], d->staying[1], d->staying[2], d->leaving[0], d->leaving[1], d->leaving[2],
                                  d->lasted[0], d->mode, block->value.cumulative[1]};
    for (int k = 0; k < SEEN; k++) {
        for (int path = 0; path < BLOCK_PATHS; path++) seen[width][step][k][path] = acted_at(columns[k], path);
    }
}

/* A path is its own: what is looked at on another that shares its vector changes nothing, so that the width of a vector does not. */
Test(decision_review, paths_of_a_vector_do_not_meet)
{
    static const char *const levels[] = {"portable", "v3"};
    struct acted a;
    if (!ABLE_V3) return;
    acted_load(&a, DEAL);
    make_b_unhappy(&a);
    acted_sold(&a, 0, -1, OPENS_REVIEW);
    decision(&a)->trigger[0].kind = TRIGGER_VALUE;
    decision(&a)->review_every_years = 0.5;
    decision(&a)->breakup.share = acted_number(0.5);
    decision(&a)->breakup.median_years = 5;
    decision(&a)->deadlock.rate = acted_number(0.5);
    decision(&a)->deadlock.limit_years = 0.5;
    decision(&a)->exit.notice_years = 0.5;
    decision(&a)->renegotiation.success = acted_number(0.5);
    decision(&a)->governance.readiness = acted_number(0);
    for (width = 0; width < 2; width++) {
        setenv("PACTOLUS_ISA", levels[width], 1);
        acted_run(&a, 0, see_all);
    }
    for (int n = 0; n < 32; n++) {
        for (int k = 0; k < SEEN; k++) {
            for (int path = 0; path < BLOCK_PATHS; path++) {
                const double one = seen[0][n][k][path], other = seen[1][n][k][path];
                cr_expect(one == other || (one != one && other != other), "step %d, column %d, path %d: %g, %g", n, k, path, one, other);
            }
        }
    }
    acted_free(&a);
}
