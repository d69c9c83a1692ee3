/* Clauses that few contracts have, one at a time, in the worked example (capital 430 and 120 net of grants, production from step 1). */
#include "support/example.h"

static void expect_mean(const struct pactolus_result *r, const char *row, const char *partner, double want)
{
    const double got = support_cell(r, row, 0, partner, NULL);
    cr_expect(fabs(got - want) <= 1e-5, "%s %s: got %.7f, want %.7f", row, partner, got, want);
}

static void expect_line(const struct pactolus_result *r, const char *partner, const char *line, double want)
{
    const double got = support_cell(r, "ledger_mean", 0, partner, line, NULL);
    cr_expect(fabs(got - want) <= 1e-5, "%s of %s: got %.7f, want %.7f", line, partner, got, want);
}

/* ---- Debt --------------------------------------------------------------------------------------------------------------- */

#define LOAN "contract.debt.share", "0.5", "contract.debt.rate", "0.04", "contract.debt.market_rate", "0.09", "contract.debt.years", "2"

/* Drawn 215 and 60; of 275 half is repaid in step 1, the rest in step 2. Balances 215, 137.5, 0; means 107.5, 176.25, 68.75. */
Test(contract_debt, is_worth_the_interest_that_the_market_would_ask_more)
{
    struct pactolus_result *r = example_with(LOAN);
    const double a = 0.05 * 0.7 * 0.75, b = 0.05 * 0.3 * 0.8;
    expect_line(r, "a", "debt", a * (107.5 * pow(1.1, -0.5) + 176.25 * pow(1.1, -1.5) + 68.75 * pow(1.1, -2.5)));
    expect_line(r, "b", "debt", b * (107.5 * pow(1.08, -0.5) + 176.25 * pow(1.08, -1.5) + 68.75 * pow(1.08, -2.5)));
    expect_steps(r, "tax", "a", STEPS(19.8625, -16.048756, -44.555467, -52.357176)); /* the line is after tax */
    expect_steps(r, "cash", "a", STEPS(-285.3375 + a * 107.5, 54.567494 + a * 176.25, NAN, NAN));
    pactolus_result_destroy(r);
}

/* Principal comes in and goes out, interest is paid after tax: 0.04 x 107.5, 0.04 x 176.25. */
Test(contract_debt, capital_at_risk_is_less_with_the_loan)
{
    struct pactolus_result *r = example_with(LOAN);
    expect_mean(r, "capital_at_risk_mean", "a", 285.3375 - 0.05 * 0.525 * 107.5);
    const double first = -285.3375 + 150.5 - 0.04 * 107.5 * 0.525, second = 54.567494 + 0.7 * (137.5 - 215) - 0.04 * 176.25 * 0.525;
    expect_mean(r, "capital_at_risk_after_debt_mean", "a", -(first + second));
    pactolus_result_destroy(r);
    struct pactolus_result *without = example_with("contract.debt.share", "0");
    expect_mean(without, "capital_at_risk_after_debt_mean", "a", 285.3375);
    pactolus_result_destroy(without);
}

/* ---- Missed calls ------------------------------------------------------------------------------------------------------- */

/* 600 and 400 paid in; of a call of 500 b cannot pay its 200, which a does. */
#define MISSED                                                                                                                   \
    "partners.a.equity", "0.6", "partners.b.equity", "0.4", "venture.capex.plan", "[1000, 500]", "venture.capex.overrun", "1",    \
        "venture.capex.grant", "[]", "own.b.capex.plan", "[]", "partners.b.funding_limit", "400", "contract.take_or_pay.a.least_share",  \
        "0", "contract.take_or_pay.a.shortfall_fee", "0", "contract.take_or_pay.b.least_share", "0",                             \
        "contract.take_or_pay.b.shortfall_fee", "0", "contract.royalty.b.a.per_unit", "0"

static void expect_share(double share, const char *rule, const char *factor)
{
    struct pactolus_result *r = example_with(MISSED, "contract.dilution_rule", rule, "contract.dilution_factor", factor);
    expect_steps(r, "capex", "a", STEPS(-600, -500, 0, 0));
    expect_steps(r, "capex", "b", STEPS(-400, 0, 0, 0));
    for (int n = 1; n < 4; n++) {
        const double profit = by_step(r, "venture_profit", NULL, n), want = n > 1 ? share : 0.6;
        cr_expect(fabs(by_step(r, "joint_profit", "a", n) / profit - want) < 1e-6, "step %d by %s, %s: not %g", n, rule, factor, want);
        cr_expect(fabs(by_step(r, "joint_profit", "b", n) / profit - (1 - want)) < 1e-6);
    }
    pactolus_result_destroy(r);
}

Test(contract_call, a_missed_call_dilutes)
{
    expect_share(1100.0 / 1500.0, "credit", "1");
    expect_share(1200.0 / 1600.0, "credit", "1.5");
    expect_share(0.8, "cut", "1.5");
    expect_share(1100.0 / 1500.0, "cut", "1");
    expect_share(1.0, "cut", "5"); /* it cannot lose more than it has */
}

/* 200 at 10%: the partner's joint profit pays it back, what is left falls due with the last step. */
Test(contract_call, or_becomes_a_loan)
{
    struct pactolus_result *r = example_with(MISSED, "contract.missed_call", "default_loan", "contract.default_loan_rate", "0.1");
    const double earned = 0.4 * by_step(r, "venture_profit", NULL, 2);
    expect_steps(r, "capex", "a", STEPS(-600, -500, 0, 0));
    expect_steps(r, "transfers", "a", STEPS(0, 0, earned, (220 - earned) * 1.1));
    expect_steps(r, "transfers", "b", STEPS(0, 0, -earned, -(220 - earned) * 1.1));
    cr_expect(earned > 5 && earned < 7, "%g", earned);
    for (int n = 1; n < 4; n++) {
        cr_expect(fabs(by_step(r, "joint_profit", "b", n) - 0.4 * by_step(r, "venture_profit", NULL, n)) < 1e-5);
        cr_expect_eq(by_step(r, "transfers", "a", n) + by_step(r, "transfers", "b", n), 0.0);
    }
    pactolus_result_destroy(r);
}

/* 600 and 400 paid in; a cap of 500 leaves 100 of b's next call, which it misses: that call is then spent, and no later one is missed. */
Test(contract_call, what_is_missed_uses_up_a_cap)
{
    struct pactolus_result *r = example_with(MISSED, "venture.capex.plan", "[1000, 500, 500, 500]", "contract.capex.cap.b", "500",
                                             "contract.missed_call", "default_loan", "contract.default_loan_rate", "1e-9");
    double owed = 0;
    expect_steps(r, "capex", "b", STEPS(-400, 0, 0, 0));
    for (int n = 0; n < 4; n++) owed -= by_step(r, "transfers", "b", n);
    cr_expect(fabs(owed - 100) < 1e-5, "b owed %g", owed);
    pactolus_result_destroy(r);
}

/* Where calls do not follow equity a part of a call that is missed costs that part of the equity which the call would have brought. */
static void expect_equity(const char *rule, const char *share_a, const char *share_b, const char *limit, const double want[4])
{
    struct pactolus_result *r = example_with(MISSED, "partners.a.equity", "0.5", "partners.b.equity", "0.5", "venture.capex.plan", "[200, 200, 200, 200]",
                                             "contract.capex.rule", rule, "contract.capex.share.a", share_a, "contract.capex.share.b",
                                             share_b, "partners.b.funding_limit", limit);
    for (int n = 1; n < 4; n++) {
        const double got = by_step(r, "joint_profit", "b", n) / by_step(r, "venture_profit", NULL, n);
        cr_expect(fabs(got - want[n]) < 1e-6, "%s %s step %d: got %g, want %g", rule, share_b, n, got, want[n]);
    }
    pactolus_result_destroy(r);
}

Test(contract_call, dilutes_to_what_was_paid_in_whoever_is_called)
{
    expect_equity("equity", "[]", "[]", "100", STEPS(NAN, 0.5, 0.25, 100.0 / 600));
    expect_equity("fixed", "[0.5]", "[0.5]", "100", STEPS(NAN, 0.5, 0.25, 100.0 / 600)); /* paid 100 of 400, then of 600 */
    /* b is called for three quarters, 150, of which it misses 50, then all: it has half of the equity of what it pays for */
    expect_equity("fixed", "[0.25]", "[0.75]", "250", STEPS(NAN, 0.5, 0.5 - 0.25 * 50 / 150, (0.5 - 0.25 * 50 / 150) * 400 / 600));
}

/* A limit that no call reaches moves no bit. */
Test(contract_call, a_wide_limit_moves_nothing)
{
    struct pactolus_result *with = example_with("partners.b.funding_limit", "180.001", "contract.dilution_factor", "2");
    struct pactolus_result *without = example_with("partners.b.funding_limit", "1e9");
    for (int n = 0; n < 4; n++) cr_expect_eq(by_step(with, "cash", "b", n), by_step(without, "cash", "b", n));
    pactolus_result_destroy(with);
    pactolus_result_destroy(without);
}

/* ---- Scarce capital ----------------------------------------------------------------------------------------------------- */

/* A tenth of what is spent, net of grants, and of what the books bring at the horizon (9.1), in both arms; no cash and no tax. */
Test(contract_capital, costs_more_than_money)
{
    struct pactolus_result *r = example_with("partners.a.capital_premium", "0.1"), *plain = example_with("contract.scope", "1");
    const double horizon = pow(1.1, -4);
    const double with = -0.1 * 359.802110 + 0.1 * 0.5 * 130.675781 * horizon;
    const double alone = 106.769758 - 0.1 * (360 * pow(1.1, -0.5) + 96 * pow(1.1, -1.5)) + 0.1 * 77.203125 * horizon;
    expect_line(r, "a", "capital", with);
    expect_line(r, "b", "capital", 0);
    expect_mean(r, "standalone_mean", "a", alone);
    expect_mean(r, "captured_mean", "a", 151.786157 + with - alone);
    expect_mean(r, "capital_at_risk_mean", "a", 285.3375);
    for (int n = 0; n < 4; n++) {
        cr_expect_eq(by_step(r, "cash", "a", n), by_step(plain, "cash", "a", n));
        cr_expect_eq(by_step(r, "tax", "a", n), by_step(plain, "tax", "a", n));
    }
    pactolus_result_destroy(r);
    pactolus_result_destroy(plain);
}

/* ---- Indexed transfer price --------------------------------------------------------------------------------------------- */

#define INDEXED "contract.transfer_price.rule", "indexed", "contract.transfer_price.price", "10", "contract.transfer_price.index_region", "home"

/* 10 e^{-0.01 t}: 9.8511, 9.7531, 9.6561; costs go their own way. A price is the same for both. */
Test(contract_price, follows_the_market_between_floor_and_cap)
{
    struct pactolus_result *r = example_with(INDEXED, "contract.transfer_price.floor", "9.7", "contract.transfer_price.cap", "9.8");
    struct pactolus_result *free = example_with(INDEXED), *base = example_with("contract.scope", "1");
    expect_steps(free, "transfer_price", "a", STEPS(NAN, 10 * exp(-0.015), 10 * exp(-0.025), 10 * exp(-0.035)));
    for (const char *p = "ab"; *p; p++) {
        expect_steps(r, "transfer_price", (const char[]){*p, 0}, STEPS(NAN, 9.8, 10 * exp(-0.025), 9.7));
    }
    expect_steps(r, "venture_profit", NULL, STEPS(0, 9.8 * 86.558181 - 10.132545 * 61.827272 - 10.333712 * 24.730909 - 40, NAN, NAN));
    for (int n = 0; n < 4; n++) { /* before duty and tax the price cancels in the sum */
        double with = 0, without = 0;
        for (int k = 0; k < 2; k++) {
            const char *p = k ? "b" : "a";
            with += by_step(r, "own_margin", p, n) + by_step(r, "joint_profit", p, n) + by_step(r, "transfers", p, n);
            without += by_step(base, "own_margin", p, n) + by_step(base, "joint_profit", p, n) + by_step(base, "transfers", p, n);
        }
        cr_expect(fabs(with - without) <= 4 * 0x1p-20, "step %d: %g", n, with - without);
    }
    expect_steps(r, "tariff", "b", STEPS(0, -0.05 * 0.8 * 9.8 * 24.730909, NAN, -0.05 * 0.8 * 9.7 * 32.857143));
    pactolus_result_destroy(r);
    pactolus_result_destroy(free);
    pactolus_result_destroy(base);
}

/* Without an index it grows with inflation, as floor and cap do. */
Test(contract_price, grows_with_inflation_without_an_index)
{
    struct pactolus_result *r = example_with("contract.transfer_price.rule", "indexed", "contract.transfer_price.price", "10",
                                             "market.inflation", "0.02", "contract.transfer_price.cap", "9.5");
    expect_steps(r, "transfer_price", "b", STEPS(NAN, 9.5 * exp(0.03), 9.5 * exp(0.05), 9.5 * exp(0.07)));
    pactolus_result_destroy(r);
}

/* ---- Minimum royalty, fees, split of cost --------------------------------------------------------------------------------- */

/* 4.946182 in step 1, 6.571429 in the others; nothing is guaranteed before production. */
Test(contract_fee, a_royalty_has_a_minimum)
{
    struct pactolus_result *r = example_with("contract.royalty.b.a.minimum", "6");
    expect_steps(r, "royalty", "b", STEPS(0, 6, 6.571429, 6.571429));
    expect_steps(r, "transfers", "a", STEPS(0, 9.254776 + 6 - 4.946182, 10.834287, 9.516653));
    for (int n = 0; n < 4; n++) cr_expect_eq(by_step(r, "transfers", "a", n) + by_step(r, "transfers", "b", n), 0.0);
    pactolus_result_destroy(r);
}

/* By quarters: what a year lacks is paid with its last step, at that step's prices as they ran. */
Test(contract_fee, the_minimum_is_by_contract_year)
{
    struct pactolus_result *r = example_with("contract.royalty.b.a.minimum", "6", "steps_per_year", "4"),
                           *without = example_with("contract.royalty.b.a.minimum", "0", "steps_per_year", "4");
    double year = 0;
    for (int n = 4; n < 8; n++) year += by_step(without, "royalty", "b", n);
    for (int n = 0; n < 16; n++) {
        const double more = by_step(r, "royalty", "b", n) - by_step(without, "royalty", "b", n);
        cr_expect(fabs(more - (n == 7 ? 6 - year : 0)) < 1e-5, "step %d: %g more", n, more);
    }
    cr_expect(year > 4 && year < 6, "%g", year);
    pactolus_result_destroy(r);
    pactolus_result_destroy(without);
}

Test(contract_fee, flat_fees_run_by_contract_year)
{
    struct pactolus_result *r = example_with("contract.fee.b.a.plan", "[2, 0, 3]", "steps_per_year", "4"),
                           *without = example_with("contract.fee.b.a.plan", "[]", "steps_per_year", "4");
    for (int n = 0; n < 16; n++) {
        const double more = by_step(r, "transfers", "a", n) - by_step(without, "transfers", "a", n);
        cr_expect(fabs(more - (n < 4 ? 0.5 : n >= 8 && n < 12 ? 0.75 : 0)) < 1e-5, "step %d: %g more", n, more);
        cr_expect_eq(by_step(r, "transfers", "a", n) + by_step(r, "transfers", "b", n), 0.0);
    }
    pactolus_result_destroy(r);
    pactolus_result_destroy(without);
}

/* Fixed cost 40: 75 to 25 in the first three contract years, then equal; the profit of trade stays with equity. */
Test(contract_fee, fixed_cost_has_its_own_shares)
{
    struct pactolus_result *r = example_with("contract.cost.share.a", "[0.75, 0.75, 0.75, 1]", "contract.cost.share.b", "[0.25, 0.25, 0.25, 1]");
    expect_steps(r, "joint_profit", "a", STEPS(0, 0.7 * 44.101485 - 30, 0.7 * 55.280871 - 30, 0.7 * 53.372415 - 20));
    expect_steps(r, "joint_profit", "b", STEPS(0, 0.3 * 44.101485 - 10, 0.3 * 55.280871 - 10, 0.3 * 53.372415 - 20));
    pactolus_result_destroy(r);
    struct pactolus_result *equal = example_with("contract.cost.share.a", "[0.7]", "contract.cost.share.b", "[0.3]");
    expect_steps(equal, "joint_profit", "a", STEPS(0, 2.871040, 10.696610, 9.360690));
    pactolus_result_destroy(equal);
}
