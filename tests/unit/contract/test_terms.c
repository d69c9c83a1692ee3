/* Terms that change on the way: shares of those that stay, take-or-pay of a deadlock. */
#include "support/ports.h"

Test(contract_terms, open_ports_that_nobody_writes_change_nothing)
{
    struct ports p;
    ports_load(&p);
    ports_run(&p, NULL);
    EXPECT_NEAR(ports_get(p.block.value.captured[0]), 45.016399, 1e-5);
    EXPECT_NEAR(ports_get(p.block.value.captured[1]), -45.557631, 1e-5);
    EXPECT_NEAR(ports_get(p.block.value.common), -2.990207, 1e-5);
    ports_free(&p);
}

static void b_leaves_after_the_first_step(struct engine_block *block, int step)
{
    if (step == 1) ports_leave(block);
}

Test(contract_terms, shares_are_those_of_the_partners_that_are_in)
{
    struct ports p;
    ports_load(&p);
    struct param_list *own = &p.bench.deal->programme.own[1].capex_plan;
    own->item[own->count++] = (struct param_number){10, -1}; /* a second year, after b left: not spent */
    ports_run(&p, b_leaves_after_the_first_step);
    EXPECT_NEAR(p.seen[0].flow[0][LINE_CAPEX], -301, 1e-5);
    EXPECT_NEAR(p.seen[0].flow[1][LINE_CAPEX], -149, 1e-5);
    EXPECT_NEAR(p.seen[1].flow[0][LINE_CAPEX], -120, 1e-5);
    EXPECT_NEAR(p.seen[1].flow[1][LINE_CAPEX], 0, 0);
    EXPECT_NEAR(ports_get(p.block.value.own_book[1]), 20 * pow(0.75, 4), 1e-5); /* that book stays */
    EXPECT_NEAR(p.seen[1].flow[0][LINE_JOINT_PROFIT], p.seen[1].joint_profit, 1e-5);
    EXPECT_NEAR(p.seen[1].flow[0][LINE_SUBSIDY], 0.3 * p.seen[1].made[0], 1e-5);
    EXPECT_NEAR(p.seen[1].flow[0][LINE_FRICTION], 0, 0); /* one partner has no interfaces */
    for (int n = 1; n < 4; n++) {
        EXPECT_NEAR(p.seen[n].ordered[1] + p.seen[n].made[1], 0, 0);
        EXPECT_NEAR(p.seen[n].flow[1][LINE_TRANSFERS], 0, 0); /* no royalty, no take-or-pay */
        EXPECT_NEAR(p.seen[n].flow[1][LINE_OWN_MARGIN], 0, 0);
    }
    ports_free(&p);
}

Test(contract_terms, fixed_and_use_shares_are_scaled_to_those_that_are_in)
{
    for (int rule = SHARE_FIXED; rule <= SHARE_USE; rule++) {
        struct ports p;
        ports_load(&p);
        struct contract_capex_config *capex = &p.bench.deal->contract.capex;
        capex->rule = rule;
        for (int k = 0; k < 2; k++) {
            capex->share[k].count = 1;
            capex->share[k].item[0] = (struct param_number){k ? 0.6 : 0.2, -1};
        }
        capex->overrun_lead = 1; /* it leaves: overruns are shared then */
        ports_run(&p, b_leaves_after_the_first_step);
        const double b = rule == SHARE_FIXED ? 0.75 : 150.0 / 450.0; /* planned over four years of 30, 40.. against 60, 80.. */
        EXPECT_NEAR(p.seen[0].flow[1][LINE_CAPEX], -(b * 400 + 80 - b * 50) - 20, 1e-4);
        EXPECT_NEAR(p.seen[1].flow[0][LINE_CAPEX], -120, 1e-5);
        EXPECT_NEAR(p.seen[1].flow[1][LINE_CAPEX], 0, 0);
        EXPECT_NEAR(ports_get(p.block.contract.grants[0]), 50 * (1 - b), 1e-4);
        ports_free(&p);
    }
}

Test(contract_terms, an_excess_over_caps_is_paid_even_if_the_open_partner_left)
{
    struct ports p;
    ports_load(&p);
    p.bench.deal->contract.capex.cap[0] = (struct param_number){340, -1};
    ports_run(&p, b_leaves_after_the_first_step);
    EXPECT_NEAR(p.seen[0].flow[0][LINE_CAPEX], -301, 1e-5);
    EXPECT_NEAR(p.seen[1].flow[0][LINE_CAPEX], -120, 1e-5);
    ports_free(&p);
}

static void deadlock_in_step_2(struct engine_block *block, int step)
{
    const int locked = step == 2;
    ports_set(block->contract.volume, locked ? 0.5 : 1.0);
    ports_set(block->contract.progress, locked ? 0.0 : 1.0);
    ports_set(block->contract.terms.deadlocked, locked);
}

Test(contract_terms, a_deadlock_is_no_shortfall_of_orders)
{
    struct ports p;
    ports_load(&p);
    p.bench.deal->contract.coordination.deadlock_cost = (struct param_number){7, -1};
    ports_run(&p, deadlock_in_step_2);
    EXPECT_NEAR(p.seen[2].ordered[1], 33.640675, 1e-5);
    EXPECT_NEAR(p.seen[2].made[1], 0.5 * 33.640675, 1e-5);
    EXPECT_NEAR(p.seen[2].take_or_pay[1], 0.25 * p.seen[2].transfer_price[1] * (36 - 33.640675), 1e-4);
    EXPECT_NEAR(p.seen[2].flow[0][LINE_FRICTION], -3.0345 - 0.7 * 7, 1e-5);
    EXPECT_NEAR(p.seen[3].flow[0][LINE_FRICTION], -2.579325, 1e-5);
    EXPECT_NEAR(p.seen[3].clock, 3, 1e-9); /* of four years one was lost */
    ports_free(&p);
}

static void wound_up_from_step_2(struct engine_block *block, int step)
{
    if (step != 2) return;
    ports_set(block->contract.running, 0.0);
    ports_set(block->contract.progress, 0.0);
    for (int p = 0; p < 2; p++) {
        ports_set(block->contract.served[p], 0.0);
        ports_set(block->contract.equity[p], 0.0);
    }
}

Test(contract_terms, a_venture_that_was_wound_up_costs_nothing_more)
{
    struct ports p;
    ports_load(&p);
    ports_run(&p, wound_up_from_step_2);
    for (int n = 2; n < 4; n++) {
        EXPECT_NEAR(p.seen[n].joint_profit, 0, 0);
        for (int k = 0; k < 2; k++) {
            for (int line = 0; line < LINES; line++) {
                if (line != LINE_TAX) EXPECT_NEAR(p.seen[n].flow[k][line], 0, 0);
            }
        }
    }
    cr_expect_gt(p.seen[2].flow[0][LINE_TAX], 0.0); /* the books are depreciated on */
    ports_free(&p);
}
