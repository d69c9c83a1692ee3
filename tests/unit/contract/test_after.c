/* What a partner does after it left. */
#include "support/ports.h"

static void out_at_step_3(struct engine_block *block, int step)
{
    struct contract_terms *terms = &block->contract.terms;
    if (step != 3) return;
    const double book = ports_get(block->value.book[1]);
    EXPECT_NEAR(book, 74.671875, 1e-5);
    ports_leave(block);
    ports_set(block->after[1].clock, 0.0);
    ports_set(terms->sold[1], book);
    ports_set(terms->bought[0], book);
    ports_set(terms->due[0][LINE_EXIT], 5 - book);
    ports_set(terms->due[1][LINE_EXIT], book - 5 - 3);
    ports_set(terms->outside[LINE_EXIT], -3.0);
}

/* The second worked example (computed beforehand, independently): partner b sells its book at book value at the start of step 3, pays
   a fee of 5 and its own restructuring of 3, and buys at 11.8 from then on, where its plan has got to. */
Test(contract_after, meets_the_worked_example_of_an_exit)
{
    struct ports p;
    ports_load(&p);
    p.bench.deal->programme.departed[1].mode = STANDALONE_BUY;
    p.bench.deal->programme.departed[1].buy_price = (struct param_number){11.8, -1};
    ports_run(&p, out_at_step_3);
    static const enum contract_line lines[] = {LINE_OWN_MARGIN, LINE_JOINT_PROFIT, LINE_SUBSIDY, LINE_TAX, LINE_EXIT};
    static const double want[2][5] = {{243.149304, -0.431233, 25.740196, -46.372877, -69.671875},
                                      {14.952416, 0, 0, -0.968608, 66.671875}};
    for (int k = 0; k < 2; k++) {
        for (int line = 0; line < 5; line++) EXPECT_NEAR(p.seen[3].flow[k][lines[line]], want[k][line], 1e-5);
    }
    EXPECT_NEAR(p.seen[3].made[0], 85.800655, 1e-5);
    EXPECT_NEAR(p.seen[3].after_made[1], 34.320262, 1e-5);
    EXPECT_NEAR(p.seen[3].cash[0], 152.413515, 1e-5);
    EXPECT_NEAR(p.seen[3].cash[1], 80.655682, 1e-5);
    EXPECT_NEAR(p.seen[3].book[0], 186.679688, 1e-5);
    EXPECT_NEAR(p.seen[3].book[1], 0, 0);
    EXPECT_NEAR(ports_get(p.block.value.captured[0]), 22.026497, 1e-5);
    EXPECT_NEAR(ports_get(p.block.value.captured[1]), -57.411964, 1e-5);
    EXPECT_NEAR(ports_get(p.block.value.common), -37.981935, 1e-5);
    ports_free(&p);
}

static void builds_from_step_2(struct engine_block *block, int step)
{
    if (step != 2) return;
    ports_leave(block);
    ports_set(block->after[1].clock, 1.0); /* know-how spares the first year */
}

Test(contract_after, begins_where_its_clock_is_set_and_not_before)
{
    struct ports p;
    ports_load(&p);
    struct programme_config *after = &p.bench.deal->programme.after[1];
    p.bench.deal->programme.departed[1].mode = STANDALONE_BUILD;
    after->capex_plan.count = 3;
    for (int year = 0; year < 3; year++) after->capex_plan.item[year] = (struct param_number){100 - 20.0 * year, -1};
    after->production_start = 2;
    after->material.cost = (struct param_number){7, -1};
    after->fixed_cost = (struct param_number){3, -1};
    ports_run(&p, builds_from_step_2);
    for (int n = 0; n < 2; n++) EXPECT_NEAR(p.seen[n].flow[1][LINE_CAPEX], n ? -36 : -149, 1e-5);
    EXPECT_NEAR(p.seen[2].after_clock[1], 2, 1e-9);
    EXPECT_NEAR(p.seen[2].flow[1][LINE_CAPEX], -80, 1e-5);
    EXPECT_NEAR(p.seen[2].after_made[1], 0, 0);
    EXPECT_NEAR(p.seen[3].flow[1][LINE_CAPEX], -60, 1e-5);
    EXPECT_NEAR(p.seen[3].after_made[1], 34.320262, 1e-5); /* the third year of sale: 40 a year, not 30 */
    EXPECT_NEAR(p.seen[3].flow[1][LINE_OWN_MARGIN], (13.5 * exp(-0.035) - 0.8 - 7) * 34.320262 - 3, 1e-4);
    EXPECT_NEAR(p.seen[3].flow[1][LINE_SUBSIDY], 0.3 * 34.320262, 1e-5);
    ports_free(&p);
}
