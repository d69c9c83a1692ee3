/* Books that change hands, spending at signing, the lone partner's stop. */
#include "support/ports.h"

static double price_paid = 40;

static void sold_at_that(struct engine_block *block, int step)
{
    struct contract_terms *terms = &block->contract.terms;
    for (int p = 0; p < 2; p++) {
        ports_set(terms->sold[p], 0.0);
        ports_set(terms->bought[p], 0.0);
        ports_set(terms->due[p][LINE_EXIT], 0.0);
    }
    if (step != 3) return;
    ports_leave(block);
    ports_set(terms->sold[1], ports_get(block->value.book[1]));
    ports_set(terms->bought[0], price_paid);
    ports_set(terms->due[0][LINE_EXIT], -price_paid);
    ports_set(terms->due[1][LINE_EXIT], price_paid);
}

Test(value_books, the_seller_is_taxed_on_price_less_book_and_the_buyer_depreciates_its_price)
{
    struct ports p;
    ports_load(&p);
    ports_run(&p, sold_at_that);
    /* b: no income, a loss of 74.671875 - 40 on its book, depreciation of its own book of 8.4375 */
    EXPECT_NEAR(p.seen[3].flow[1][LINE_TAX], 0.2 * (74.671875 - price_paid + 0.25 * 8.4375), 1e-5);
    EXPECT_NEAR(p.seen[3].cash[1], price_paid + p.seen[3].flow[1][LINE_TAX], 1e-5);
    EXPECT_NEAR(p.seen[3].book[0], 0.75 * (174.234375 + price_paid), 1e-5);
    const double income = p.seen[3].flow[0][LINE_OWN_MARGIN] + p.seen[3].flow[0][LINE_JOINT_PROFIT];
    EXPECT_NEAR(p.seen[3].flow[0][LINE_TAX], -0.25 * (income - 0.25 * (174.234375 + price_paid)), 1e-5);
    ports_free(&p);
}

/* b's taxable income is -39.05, -16.453725, 18.27237 in steps 0 to 2 (docs/model.md, 9.1: its tax over 0.2), so that 37.231355 of losses
   are left: they meet what the sale gains over its book, 150 - 74.671875 less 2.109375 of depreciation; at 100 all of it. */
Test(value_books, carried_losses_meet_the_gain_of_a_settlement)
{
    static const double price[] = {150, 100}, due[] = {0.2 * (150 - 74.671875 - 2.109375 - 37.231355), 0}, left[] = {0, 37.231355 - 23.21875};
    for (int k = 0; k < 2; k++) {
        struct ports p;
        price_paid = price[k];
        ports_load(&p);
        p.bench.deal->value.losses[1] = LOSSES_CARRY_FORWARD;
        ports_run(&p, sold_at_that);
        EXPECT_NEAR(p.seen[3].flow[1][LINE_TAX], -due[k], 1e-5);
        EXPECT_NEAR(p.seen[3].cash[1], price_paid - due[k], 1e-5);
        /* what is left of them meets the horizon's sale of its own book, at half of 6.328125, which gains nothing: lost */
        EXPECT_NEAR(ports_get(p.block.value.loss[1]), left[k] > 0 ? left[k] + 0.5 * 6.328125 : 0.5 * 6.328125, 1e-5);
        ports_free(&p);
    }
}

Test(value_books, preparation_is_spent_at_signing_and_deducted)
{
    for (int losses = LOSSES_IMMEDIATE; losses <= LOSSES_CARRY_FORWARD; losses++) {
        struct ports with, without;
        ports_load(&with);
        ports_load(&without);
        with.bench.deal->contract.preparation = (struct param_number){10, -1};
        with.bench.deal->value.losses[0] = without.bench.deal->value.losses[0] = losses;
        ports_run(&with, NULL);
        ports_run(&without, NULL);
        const double tax = losses == LOSSES_IMMEDIATE ? 0.25 * 7 : 0.0, df2 = pow(1.1, -2.5);
        const struct value_block *w = &with.block.value, *o = &without.block.value;
        EXPECT_NEAR(ports_get(w->ledger[0][LINE_FRICTION]) - ports_get(o->ledger[0][LINE_FRICTION]), -7, 1e-5);
        /* the loss carried forward is used in step 2, the first with a profit that is left */
        EXPECT_NEAR(ports_get(w->ledger[0][LINE_TAX]) - ports_get(o->ledger[0][LINE_TAX]), tax > 0 ? tax : 0.25 * 7 * df2, 1e-5);
        EXPECT_NEAR(ports_get(w->risk[0]) - ports_get(o->risk[0]), 7 - tax, 1e-5);
        EXPECT_NEAR(with.seen[0].cash[0] - without.seen[0].cash[0], tax - 7, 1e-5);
        EXPECT_NEAR(with.seen[0].flow[0][LINE_FRICTION], -4.2 - 7, 1e-5);
        EXPECT_NEAR(with.seen[1].cash[0] - without.seen[1].cash[0], 0, 1e-5);
        ports_free(&with);
        ports_free(&without);
    }
}

static void a_stops_at_step_2(struct engine_block *block, int step)
{
    if (step >= 2) ports_set(block->value.alone_stopped[0], 1.0);
    ports_set(block->value.alone_sale[0], step == 2 ? 100.0 : 0.0);
    ports_set(block->value.alone_closing[0], step == 2 ? 5.0 : 0.0);
}

Test(value_books, a_lone_partner_that_stops_sells_its_book_once)
{
    struct ports p;
    ports_load(&p);
    p.stops = 1;
    ports_run(&p, a_stops_at_step_2);
    const double book = (360 * 0.75 + 96) * 0.75;
    EXPECT_NEAR(p.seen[1].alone_cash[0], 42.898034, 1e-5);
    EXPECT_NEAR(p.seen[2].alone_cash[0], 95 - 0.25 * (95 - book), 1e-5);
    EXPECT_NEAR(p.seen[3].alone_cash[0], 0, 0);
    EXPECT_NEAR(ports_get(p.block.value.alone_book[0]), 0, 0);
    EXPECT_NEAR(ports_get(p.block.alone[0].made[0]), 0, 0);
    EXPECT_NEAR(p.seen[3].alone_cash[1], 11.961932, 1e-5); /* b goes on */
    ports_free(&p);
}
