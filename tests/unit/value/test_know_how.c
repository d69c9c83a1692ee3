/* Know-how kept: its stock, its worth at the horizon, in both arms. */
#include "support/ports.h"

static void prepare(struct ports *p)
{
    ports_load(p);
    for (int k = 0; k < 2; k++) p->bench.deal->value.know_how[k].kept = (struct param_number){0.5, -1};
}

Test(value_know_how, is_credited_at_the_horizon_in_both_arms_and_is_no_cash)
{
    struct ports p, without;
    prepare(&p);
    ports_load(&without);
    ports_run(&p, NULL);
    ports_run(&without, NULL);
    const struct value_block *with = &p.block.value, *none = &without.block.value;
    /* venture 480 before production, half of it in common, of the rest 0.7 and 0.3; b's own 20; alone 360 before production, and nothing
       for a buyer */
    EXPECT_NEAR(ports_get(with->know_how[0]), 408, 1e-5);
    EXPECT_NEAR(ports_get(with->know_how[1]), 312 + 20, 1e-5);
    EXPECT_NEAR(ports_get(with->ledger[0][LINE_KNOW_HOW]), 204 * pow(1.1, -4), 1e-5);
    EXPECT_NEAR(ports_get(with->ledger[1][LINE_KNOW_HOW]), 166 * pow(1.08, -4), 1e-5);
    EXPECT_NEAR(ports_get(with->standalone[0]) - ports_get(none->standalone[0]), 180 * pow(1.1, -4), 1e-5);
    EXPECT_NEAR(ports_get(with->standalone[1]) - ports_get(none->standalone[1]), 0, 0);
    EXPECT_NEAR(ports_get(with->ledger[0][LINE_TAX]) - ports_get(none->ledger[0][LINE_TAX]), 0, 0);
    EXPECT_NEAR(ports_get(with->common) - ports_get(none->common), 0, 0);
    EXPECT_NEAR(ports_get(with->cumulative[0]) - ports_get(none->cumulative[0]), 0, 0);
    ports_free(&p);
    ports_free(&without);
}

Test(value_know_how, fades_and_is_capped)
{
    struct ports p;
    prepare(&p);
    p.bench.deal->value.know_how[0].decay = (struct param_number){0.1, -1};
    p.bench.deal->value.know_how[1].cap = (struct param_number){60, -1};
    ports_run(&p, NULL);
    EXPECT_NEAR(ports_get(p.block.value.ledger[0][LINE_KNOW_HOW]), 204 * exp(-0.3) * pow(1.1, -4), 1e-5);
    EXPECT_NEAR(ports_get(p.block.value.ledger[1][LINE_KNOW_HOW]), 60 * pow(1.08, -4), 1e-5);
    ports_free(&p);
}

static void credited_at_exit(struct engine_block *block, int step)
{
    ports_set(block->contract.terms.due[1][LINE_KNOW_HOW], step == 2 ? 50.0 : 0.0);
    if (step != 2) return;
    ports_leave(block);
    ports_set(block->value.credited[1], 1.0);
}

Test(value_know_how, that_was_credited_at_an_exit_is_not_credited_again)
{
    struct ports p;
    prepare(&p);
    struct param_list *own = &p.bench.deal->programme.own[1].capex_plan;
    while (own->count < 4) own->item[own->count++] = (struct param_number){10, -1};
    ports_run(&p, credited_at_exit);
    EXPECT_NEAR(ports_get(p.block.value.know_how[1]), 312 + 20, 1e-5); /* nothing is learnt in production, or after it left */
    EXPECT_NEAR(ports_get(p.block.value.ledger[1][LINE_KNOW_HOW]), 50 * pow(1.08, -2.5), 1e-5);
    EXPECT_NEAR(p.seen[2].cash[1], p.seen[2].flow[1][LINE_TAX], 1e-9); /* worth something, but no cash */
    ports_free(&p);
}

/* Its own programme is ready in step 3, and with it its product, which the venture could make from step 1 on. */
Test(value_know_how, of_its_own_programme_is_learnt_until_the_product_is_made)
{
    struct ports p;
    prepare(&p);
    struct param_list *own = &p.bench.deal->programme.own[1].capex_plan;
    while (own->count < 4) own->item[own->count++] = (struct param_number){10, -1};
    p.bench.deal->programme.own[1].production_start = 3;
    ports_run(&p, NULL);
    EXPECT_NEAR(ports_get(p.block.value.know_how[1]), 312 + 20 + 10 + 10, 1e-5);
    ports_free(&p);
}
