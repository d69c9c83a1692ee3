/* Exits: who leaves when, what follows, three partners one after another. */
#include "support/acted.h"

#define DEAL TESTS_DIR "/unit/decision/three.yaml"

static struct decision_config *decision(struct acted *a)
{
    return &a->bench.deal->decision;
}

/* ---- One after another ---- */

static int leavers[3]; /* paths on which so many have left */

static void count_leavers(const struct engine_block *block, int step)
{
    if (step != 31) return;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        int out = 0;
        for (int p = 0; p < 3; p++) out += acted_at(block->decision.exit_cause[p], path) >= 0.0;
        if (out) leavers[out - 1]++;
    }
}

/* A break-up without notice in the same step as a review: each exit has a step of its own (acted_run asks), whatever the terms. */
Test(decision_exit, three_partners_leave_one_after_another)
{
    for (int notice = 0; notice < 2; notice++) {
        struct acted a;
        acted_load(&a, DEAL);
        decision(&a)->breakup.share = acted_number(3);
        decision(&a)->breakup.median_years = 4;
        decision(&a)->review_every_years = 0.25;
        decision(&a)->exit.notice_years = notice;
        decision(&a)->exit.recovery = acted_number(0.9);
        decision(&a)->exit.fee = acted_number(2);
        memset(leavers, 0, sizeof leavers);
        for (uint64_t block = 0; block < 4; block++) acted_run(&a, block * BLOCK_PATHS, count_leavers);
        cr_expect_gt(leavers[0] + leavers[1] + leavers[2], 100, "%d %d %d", leavers[0], leavers[1], leavers[2]);
        cr_expect_gt(leavers[2], 0);
        acted_free(&a);
    }
}

static double left_in[32][3];

static void see_left(const struct engine_block *block, int step)
{
    for (int p = 0; p < 3; p++) left_in[step][p] = acted_at(block->decision.left[p], 7);
}

/* A break-up and a change of control in one step, both without notice: the second waits for the next step. */
Test(decision_exit, one_leaves_a_step)
{
    struct acted a;
    acted_load(&a, DEAL);
    acted_sold(&a, 0, 0, OPENS_EXIT);
    decision(&a)->breakup.share = acted_number(10);
    decision(&a)->breakup.median_years = 0.01;
    decision(&a)->exit.switching_cost[1] = acted_number(-1e6); /* b is nearest to leaving */
    decision(&a)->exit.put_giver[0] = decision(&a)->exit.put_giver[1] = 2;
    acted_run(&a, 0, see_left);
    cr_expect(left_in[0][1] > 0.0 && !(left_in[0][0] > 0.0));
    cr_expect(left_in[1][0] > 0.0 && !(left_in[1][1] > 0.0));
    acted_free(&a);
}

/* ---- Supply ---- */

static double from_venture[32], from_own[32];

static void see_supply(const struct engine_block *block, int step)
{
    from_venture[step] = acted_at(block->venture.made[0], 3);
    from_own[step] = acted_at(block->after[0].made[0], 3);
}

/* The venture makes for it for two years; then, and not before, its own supplier does. */
Test(decision_exit, a_partner_that_is_supplied_sells_once)
{
    struct acted a;
    acted_load(&a, DEAL);
    acted_sold(&a, 0, 0, OPENS_EXIT);
    decision(&a)->exit.notice_years = 2;
    a.bench.deal->contract.departure.supply_years = 2;
    acted_run(&a, 0, see_supply);
    for (int n = 10; n < 31; n++) {
        cr_expect((from_venture[n] > 0.0) == (n < 16), "step %d: %g", n, from_venture[n]);
        cr_expect((from_own[n] > 0.0) == (n >= 16), "step %d: %g", n, from_own[n]);
    }
    acted_free(&a);
}

/* ---- The buyers' choice ---- */

static double wound_up, bought;

static void see_choice(const struct engine_block *block, int step)
{
    if (step != 31) return;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        wound_up += acted_at(block->decision.exit_cause[1], path) == (double)CAUSE_WOUND_UP;
        bought += acted_at(block->decision.in[1], path);
    }
}

/* The others weigh going on against an end that costs something. */
Test(decision_exit, the_cost_of_winding_up_keeps_the_others_in)
{
    struct acted a;
    acted_load(&a, DEAL);
    acted_sold(&a, 0, 0, OPENS_EXIT);
    decision(&a)->exit.notice_years = 1;
    a.bench.deal->programme.venture.fixed_cost = acted_number(500);
    decision(&a)->exit.wind_down_years = 1;
    for (int dear = 0; dear < 2; dear++) {
        wound_up = bought = 0.0;
        decision(&a)->exit.wind_down_cost = acted_number(dear ? 1e5 : 0.0);
        acted_run(&a, 0, see_choice);
        cr_expect_eq(wound_up, dear ? 0 : BLOCK_PATHS);
        cr_expect_eq(bought, dear ? BLOCK_PATHS : 0);
    }
    acted_free(&a);
}

/* ---- Projections of what binds after an exit ---- */

static double leaving[3];

static void see_leaving(const struct engine_block *block, int step)
{
    for (int p = 0; step == 8 && p < 3; p++) leaving[p] = acted_at(block->decision.leaving_value[1][p], 5);
}

static void expect_leaving(struct acted *a, double want[3])
{
    acted_run(a, 0, see_leaving);
    memcpy(want, leaving, sizeof leaving);
}

/* What a leaver will pay for its licence is expected by it and by those who get it. */
Test(decision_exit, a_licence_is_expected)
{
    struct acted a;
    double without[3], with[3];
    acted_load(&a, DEAL);
    decision(&a)->review_every_years = 1;
    decision(&a)->renegotiation.split = SPLIT_NASH; /* then all values of an exit are worked out, whoever wishes what */
    decision(&a)->lock_in_years = 1.5;
    decision(&a)->exit.notice_years = 0.5;
    decision(&a)->exit.switching_cost[0] = decision(&a)->exit.switching_cost[1] = decision(&a)->exit.switching_cost[2] = acted_number(1e5);
    expect_leaving(&a, without);
    a.bench.deal->contract.departure.licence_years = 3;
    a.bench.deal->contract.departure.licence_per_unit = acted_number(0.5);
    expect_leaving(&a, with);
    cr_expect_lt(with[1], without[1] - 10.0);
    const double paid = (without[1] - with[1]) / (1 - 0.20), got = (with[0] - without[0]) / (1 - 0.25) + (with[2] - without[2]) / (1 - 0.30);
    cr_expect(fabs(got - paid) < 0.03 * paid, "paid %g, got %g", paid, got); /* but for other rates of discount */
    cr_expect(fabs((with[0] - without[0]) / (with[2] - without[2]) - 2.5 * 0.75 / 0.70) < 0.1);
    acted_free(&a);
}

/* Where only a capped partner is left it pays all the same, and knows it. */
Test(decision_exit, a_cap_ends_with_the_partners_that_pay_the_rest)
{
    struct acted a;
    double without[3], with[3];
    acted_load(&a, DEAL);
    decision(&a)->review_every_years = 1;
    decision(&a)->exit.switching_cost[0] = decision(&a)->exit.switching_cost[1] = decision(&a)->exit.switching_cost[2] = acted_number(1e5);
    a.bench.deal->programme.venture.capex_plan.item[2] = acted_number(900);
    a.bench.deal->programme.venture.capex_overrun = acted_number(1);
    expect_leaving(&a, without);
    a.bench.deal->contract.capex.cap[0] = acted_number(250); /* what they have paid when they look: b leaves, 900 are to come */
    a.bench.deal->contract.capex.cap[2] = acted_number(100);
    expect_leaving(&a, with);
    for (int p = 0; p < 3; p += 2) cr_expect(fabs(with[p] - without[p]) < 1e-6, "%d: %g against %g", p, with[p], without[p]);
    acted_free(&a);
}

/* ---- The lone partner ---- */

static double stopped, sold, still_makes;

static void see_stop(const struct engine_block *block, int step)
{
    for (int path = 0; path < BLOCK_PATHS; path++) {
        sold += acted_at(block->value.alone_sale[2], path);
        if (step == 31) stopped += acted_at(block->value.alone_stopped[2], path);
        if (step == 31) still_makes += acted_at(block->alone[2].made[2], path);
    }
}

Test(decision_exit, a_lone_partner_stops_what_loses_money)
{
    struct acted a;
    acted_load(&a, DEAL);
    decision(&a)->stops[2] = 1;
    decision(&a)->exit.recovery = acted_number(0.4);
    a.bench.deal->programme.alone[2].fixed_cost = acted_number(300);
    acted_run(&a, 0, see_stop);
    cr_expect_eq(stopped, (double)BLOCK_PATHS);
    cr_expect_gt(sold, 0.0);
    cr_expect_eq(still_makes, 0.0);
    acted_free(&a);
}
