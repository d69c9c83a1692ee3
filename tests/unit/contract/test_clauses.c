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
