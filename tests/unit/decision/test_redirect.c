/* Idle capacity goes to outside customers at a review: once, only with another use for the plant, only where that gains. The deal is
   small enough for every cell to be computed by hand (docs/model.md, 7.8). */
#include "support/acted.h"

#define DEAL TESTS_DIR "/unit/decision/redirect.yaml"
#define THREE TESTS_DIR "/unit/decision/three.yaml"
#define EXPECT_NEAR(got, want) cr_expect(fabs((got) - (want)) <= 1e-5, #got ": got %.7f, want %.7f", (got), (want))

static struct programme_redirect_config *redirect(struct acted *a)
{
    return &a->bench.deal->programme.venture.redirect;
}

/* ---- By hand ---- */

static struct {
    double redirected, external, joint, unit[2], capex[2], line[2], book[2], staying[2], cash[2];
} seen[4];

static void see(const struct engine_block *block, int step)
{
    seen[step].redirected = acted_at(block->decision.redirected, 0);
    seen[step].external = acted_at(block->venture.external, 0);
    seen[step].joint = acted_at(block->contract.joint_profit, 0);
    for (int p = 0; p < 2; p++) {
        seen[step].unit[p] = acted_at(block->venture.unit_cost[p], 0);
        seen[step].capex[p] = acted_at(block->contract.flow[p][LINE_CAPEX], 0);
        seen[step].line[p] = acted_at(block->contract.flow[p][LINE_JOINT_PROFIT], 0);
        seen[step].book[p] = acted_at(block->value.book[p], 0);
        seen[step].staying[p] = acted_at(block->decision.staying[p], 0);
        seen[step].cash[p] = acted_at(block->value.cash[p], 0);
    }
}

/* Capacity 100, the partners make 80: 20 are left of the 30 that are asked for. V is the reference volume then, so that G = 1 in the
   pooled branch. Step 1: c = 10 e^0.045, J = ((11 - 10) 20 - 5) e^0.045 = 15.690418. Step 2: L = 0.85, J = ((11 - 9.4) 20 - 5) e^0.075. */
Test(decision_redirect, every_cell_is_met)
{
    static const double joint[4] = {0, 15.690418, 29.102873, 36.838731}, a[4] = {0, 10.569923, 10.331728, 10.324487},
                        b[4] = {0, 10.825591, 10.725948, 10.792615};
    struct acted acted;
    acted_load(&acted, DEAL);
    acted_run(&acted, 0, see);
    for (int n = 0; n < 4; n++) {
        cr_expect_eq(seen[n].redirected, n > 0, "step %d", n); /* the first review */
        cr_expect_eq(seen[n].external, n ? 20.0 : 0.0, "step %d: %g", n, seen[n].external);
        if (!n) continue;
        EXPECT_NEAR(seen[n].joint, joint[n]);
        EXPECT_NEAR(seen[n].line[0], 0.6 * joint[n]);
        EXPECT_NEAR(seen[n].unit[0], a[n]);
        EXPECT_NEAR(seen[n].unit[1], b[n]);
        EXPECT_NEAR(seen[n].capex[0], n == 1 ? -6.0 : 0.0);
        EXPECT_NEAR(seen[n].capex[1], n == 1 ? -4.0 : 0.0);
    }
    EXPECT_NEAR(seen[1].book[0], (60 * 0.75 + 6) * 0.75);
    acted_free(&acted);
}

/* What is expected once it is redirected is what comes: nothing here is random. At the start of step 2, at the middle of that step. */
Test(decision_redirect, projections_are_met)
{
    static const double discount[2] = {1.10, 1.08}, tax[2] = {0.25, 0.20};
    struct acted acted;
    acted_load(&acted, DEAL);
    acted_run(&acted, 0, see);
    for (int p = 0; p < 2; p++) {
        const double terminal = seen[3].book[p] * (0.5 + 0.5 * tax[p]) / pow(discount[p], 1.5);
        EXPECT_NEAR(seen[2].staying[p], seen[2].cash[p] + seen[3].cash[p] / discount[p] + terminal);
    }
    acted_free(&acted);
}

static double ever[4]; /* paths redirected in the step or before */

static void count(const struct engine_block *block, int step)
{
    ever[step] = 0.0;
    for (int path = 0; path < BLOCK_PATHS; path++) ever[step] += acted_at(block->decision.redirected, path);
}

/* Together the owners gain 80.652551 from step 1 on; 1 of capex costs them 0.667775 after its shields: it is worth up to 120.778116. */
Test(decision_redirect, only_where_it_gains)
{
    static const double capex[2] = {120.77, 120.79};
    for (int k = 0; k < 2; k++) {
        struct acted a;
        acted_load(&a, DEAL);
        redirect(&a)->capex = acted_number(capex[k]);
        acted_run(&a, 0, count);
        cr_expect_eq(ever[1], k ? 0 : BLOCK_PATHS, "capex %g: %g", capex[k], ever[1]);
        cr_expect_eq(ever[3], k ? 0 : BLOCK_PATHS, "later it is worth less");
        acted_free(&a);
    }
}

/* Before production a review may do it too, and nothing is made for anybody until then. */
Test(decision_redirect, may_come_before_production)
{
    struct acted a;
    acted_load(&a, DEAL);
    a.bench.deal->programme.venture.production_start = 2;
    acted_run(&a, 0, see);
    cr_expect_eq(seen[1].redirected, 1.0);
    cr_expect_eq(seen[1].external, 0.0);
    cr_expect_eq(seen[2].external, 20.0);
    acted_free(&a);
}

/* ---- Another use ---- */

Test(decision_redirect, never_without_another_use)
{
    struct acted a;
    acted_load(&a, DEAL);
    a.bench.deal->market.use.start = 0;
    acted_run(&a, 0, count);
    cr_expect_eq(ever[3], 0.0);
    acted_free(&a);
}

static double before[BLOCK_PATHS], known[BLOCK_PATHS], moved, unused, undone, idle;

/* `known` is the use at the end of the step before. */
static void see_use(const struct engine_block *block, int step)
{
    for (int path = 0; path < BLOCK_PATHS; path++) {
        const double now = acted_at(block->decision.redirected, path);
        moved += now > before[path];
        unused += now > before[path] && !(known[path] > 0.0);
        undone += now < before[path];
        idle += now > 0.0 && !(known[path] > 0.0) && acted_at(block->venture.external, path) > 0.0;
        before[path] = now;
        known[path] = acted_at(block->market.use + (size_t)step * BLOCK_LANES, path);
    }
}

/* The state is that of the start of the step; what follows changes nothing. */
Test(decision_redirect, goes_by_the_use_that_is_known_and_is_for_good)
{
    struct acted a;
    acted_load(&a, DEAL);
    a.bench.deal->market.use = (struct market_use_config){0, acted_number(0.7), acted_number(0.7)};
    memset(before, 0, sizeof before);
    memset(known, 0, sizeof known);
    moved = unused = undone = idle = 0.0;
    acted_run(&a, 0, see_use);
    cr_expect(moved > 10 && moved < (double)BLOCK_PATHS, "%g", moved);
    cr_expect_eq(unused, 0.0);
    cr_expect_eq(undone, 0.0);
    cr_expect_gt(idle, 0.0, "some make for customers that a new one would not find");
    acted_free(&a);
}

/* ---- Neutral ---- */

static double captured(struct acted *a, int p, int path)
{
    return acted_at(a->block.value.captured[p], path);
}

Test(decision_redirect, without_a_volume_nothing_moves)
{
    struct acted with, without;
    acted_load(&with, THREE);
    acted_load(&without, THREE);
    with.bench.deal->decision.review_every_years = without.bench.deal->decision.review_every_years = 1;
    redirect(&with)->capex = acted_number(5);
    redirect(&with)->price = acted_number(100);
    acted_run(&with, 0, NULL);
    acted_run(&without, 0, NULL);
    cr_expect_null(with.block.decision.redirected);
    cr_expect_null(with.block.venture.external);
    cr_expect_eq(with.bench.plan.decision.redirects, 0);
    /* and one that never gains moves no bit either */
    for (int again = 0; again < 2; again++) {
        for (int path = 0; path < BLOCK_PATHS; path++) {
            for (int p = 0; p < 3; p++) cr_expect_eq(captured(&with, p, path), captured(&without, p, path), "%d, path %d", again, path);
        }
        redirect(&with)->volume = acted_number(10);
        redirect(&with)->capex = acted_number(1e6);
        acted_run(&with, 0, NULL);
    }
    acted_free(&with);
    acted_free(&without);
}

/* ---- With all else ---- */

static double redirected_and_left, redirected_and_ended, in_deadlock, wrong;

/* docs/model.md (7.8): q = min(volume d, capacity d - V), of a deadlock what it leaves, nothing where the venture does not run. */
static void see_all(const struct engine_block *block, int step)
{
    (void)step;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        const double redirected = acted_at(block->decision.redirected, path), made = acted_at(block->venture.external, path);
        const double left = fmax(200 * 0.25 - acted_at(block->venture.volume, path), 0.0);
        const double kept = acted_at(block->contract.volume, path), runs = acted_at(block->contract.running, path);
        const double runs_and_makes = acted_at(block->venture.production, path) >= 0.0 ? redirected * runs : 0.0;
        wrong += fabs(made - runs_and_makes * fmin(40 * 0.25 * kept, left)) > 1e-12;
        in_deadlock += made > 0.0 && kept < 1.0;
        redirected_and_ended += redirected > 0.0 && !(runs > 0.0);
        for (int p = 0; p < 3; p++) redirected_and_left += redirected > 0.0 && acted_at(block->decision.left[p], path) > 0.0;
    }
}

/* Deadlocks, renegotiations, exits and ends (acted_run asks for what must hold of them). */
Test(decision_redirect, lives_with_deadlocks_and_exits)
{
    struct acted a;
    acted_load(&a, THREE);
    struct decision_config *d = &a.bench.deal->decision;
    d->review_every_years = 0.5;
    d->breakup = (struct decision_breakup_config){acted_number(3), 4, 1.8};
    d->deadlock.rate = acted_number(0.5);
    d->deadlock.volume_loss = acted_number(0.5);
    d->exit.notice_years = 0.5;
    d->exit.recovery = acted_number(0.9);
    d->renegotiation.attempts = 2;
    d->term_years = 2;
    a.bench.deal->programme.venture.fixed_cost = acted_number(100); /* some are wound up */
    *redirect(&a) = (struct programme_redirect_config){acted_number(20), acted_number(11), acted_number(40)};
    for (uint64_t block = 0; block < 4; block++) acted_run(&a, block * BLOCK_PATHS, see_all);
    cr_expect_eq(wrong, 0.0, "%g", wrong);
    cr_expect(redirected_and_left > 0 && redirected_and_ended > 0 && in_deadlock > 0, "%g %g %g", redirected_and_left, redirected_and_ended,
              in_deadlock);
    acted_free(&a);
}
