/* What the partners decided on the way: payments agreed, supply and licence of a partner that left. The harness checks in every step
   that what they pay each other cancels. */
#include "support/ports.h"

static void annuity_and_cost(struct engine_block *block, int step)
{
    struct contract_terms *terms = &block->contract.terms;
    ports_set(terms->agreed[0][1], 14.25);
    for (int p = 0; p < 2; p++) ports_set(terms->due[p][LINE_RENEGOTIATION], step == 2 ? (p ? -1.25 : -2.75) : 0.0);
    ports_set(terms->outside[LINE_RENEGOTIATION], step == 2 ? -4.0 : 0.0);
}

Test(contract_agreed, payments_agreed_and_their_cost)
{
    struct ports p;
    ports_load(&p);
    p.bench.deal->programme.venture.production_start = 2;
    ports_run(&p, annuity_and_cost);
    EXPECT_NEAR(p.seen[1].flow[1][LINE_RENEGOTIATION], 0, 0); /* nothing is made yet */
    EXPECT_NEAR(p.seen[2].flow[0][LINE_RENEGOTIATION], -14.25 - 2.75, 0);
    EXPECT_NEAR(p.seen[2].flow[1][LINE_RENEGOTIATION], 14.25 - 1.25, 0);
    EXPECT_NEAR(p.seen[3].flow[1][LINE_RENEGOTIATION], 14.25, 0);
    cr_expect_gt(ports_get(p.block.value.ledger[1][LINE_RENEGOTIATION]), 0.0);
    ports_free(&p);
}

static void supplied_in_step_2(struct engine_block *block, int step)
{
    if (step == 2) ports_leave(block);
    ports_set(block->contract.terms.supplied[1], step == 2);
    ports_set(block->contract.terms.licensed[1], step == 3);
    if (step == 2) ports_set(block->contract.served[1], 1.0);
    if (step == 3) {
        ports_set(block->contract.served[1], 0.0);
        ports_set(block->after[1].clock, 0.0);
    }
}

Test(contract_agreed, supply_and_licence_of_a_partner_that_left)
{
    struct ports p;
    ports_load(&p);
    struct contract_departure_config *departure = &p.bench.deal->contract.departure;
    departure->supply_markup = (struct param_number){0.1, -1};
    departure->licence_per_unit = (struct param_number){0.4, -1};
    p.bench.deal->programme.departed[1].mode = STANDALONE_BUY;
    p.bench.deal->programme.departed[1].buy_price = (struct param_number){11.8, -1};
    ports_run(&p, supplied_in_step_2);
    const double price = p.seen[2].transfer_price[1], units = p.seen[2].made[1];
    EXPECT_NEAR(units, 32.857143, 1e-5);
    EXPECT_NEAR(p.seen[2].flow[1][LINE_OBLIGATIONS], -0.1 * price * units, 1e-5);
    EXPECT_NEAR(p.seen[2].flow[1][LINE_OWN_MARGIN], (13.5 * exp(-0.025) - 0.8 - price) * units, 1e-4);
    EXPECT_NEAR(p.seen[2].flow[1][LINE_JOINT_PROFIT] + p.seen[2].take_or_pay[1], 0, 0);
    EXPECT_NEAR(p.seen[2].flow[1][LINE_TRANSFERS], 0, 0); /* no royalty any more */
    EXPECT_NEAR(p.seen[3].after_made[1], 34.320262, 1e-5);
    EXPECT_NEAR(p.seen[3].flow[0][LINE_OBLIGATIONS], 0.4 * 34.320262, 1e-5);
    ports_free(&p);
}
