/* Payments between partners, support and coordination in the worked example under other terms. */
#include "support/example.h"

Test(contract_transfer, royalty_follows_revenue)
{
    struct pactolus_result *r = example_with("contract.royalty.b.a.per_unit", "0", "contract.royalty.b.a.of_revenue", "0.02");
    expect_steps(r, "royalty", "b",
                 STEPS(0, 0.02 * 24.730909 * 13.5 * exp(-0.015), 0.02 * 32.857143 * 13.5 * exp(-0.025),
                       0.02 * 32.857143 * 13.5 * exp(-0.035)));
    pactolus_result_destroy(r);
}

Test(contract_transfer, take_or_pay_sums_a_contract_year)
{
    /* Quarterly steps: one fee a year, at the transfer price of its last step. */
    struct pactolus_result *r = example_with("steps_per_year", "4");
    for (int n = 0; n < 16; n++) {
        const double fee = by_step(r, "take_or_pay", "b", n);
        if (n % 4 != 3 || n < 4) cr_expect_eq(fee, 0.0, "step %d pays %g", n, fee);
        else cr_expect_gt(fee, 1.0);
    }
    const double shortfall = 0.9 * 30 - (by_step(r, "ordered", "b", 4) + by_step(r, "ordered", "b", 5) +
                                         by_step(r, "ordered", "b", 6) + by_step(r, "ordered", "b", 7));
    const double fee = 0.25 * by_step(r, "transfer_price", "b", 7) * shortfall;
    cr_expect(fabs(by_step(r, "take_or_pay", "b", 7) - fee) <= 1e-5);
    pactolus_result_destroy(r);
}

Test(contract_transfer, sums_to_zero_between_partners)
{
    struct pactolus_result *r = example_with("contract.royalty.a.b.of_revenue", "0.0123456789");
    for (int n = 0; n < 4; n++) cr_expect_eq(by_step(r, "transfers", "a", n) + by_step(r, "transfers", "b", n), 0.0);
    cr_expect_lt(by_step(r, "transfers", "a", 1), 9.0);
    pactolus_result_destroy(r);
}

Test(contract_support, is_split_by_use_or_equity)
{
    struct pactolus_result *use = example_with("contract.subsidy.rule", "use");
    expect_steps(use, "subsidy", "a", STEPS(0, 0.3 * 61.827272, 0.3 * 82.142857, 0.3 * 82.142857));
    pactolus_result_destroy(use);
    struct pactolus_result *equity = example_with("contract.subsidy.rule", "equity");
    expect_steps(equity, "subsidy", "b", STEPS(0, 0.09 * 86.558181, 0.09 * 115, 0.09 * 115));
    pactolus_result_destroy(equity);
}

Test(contract_support, is_taxed_only_where_the_law_says_so)
{
    struct pactolus_result *r = example_with("market.subsidy.credit.taxable", "yes");
    expect_steps(r, "tax", "a", STEPS(19.8625, -16.048756 - 0.25 * 12.983727, -44.555467 - 0.25 * 17.25, -52.357176 - 0.25 * 17.25));
    pactolus_result_destroy(r);
}

Test(contract_support, follows_schedule_site_and_haircut)
{
    struct pactolus_result *r = example_with("market.subsidy.credit.first_year", "2022", "market.subsidy.credit.schedule", "[1, 0.8, 0.4, 0]",
                                             "market.subsidy.credit.haircut", "0.1");
    expect_steps(r, "subsidy", "a", STEPS(0, 0.72 * 12.983727, 0.36 * 17.25, 0));
    pactolus_result_destroy(r);
    struct pactolus_result *elsewhere = example_with("market.subsidy.credit.region", "abroad");
    expect_steps(elsewhere, "subsidy", "a", STEPS(0, 0, 0, 0));
    pactolus_result_destroy(elsewhere);
}

Test(contract_coordination, grows_with_intensity_scope_and_prices)
{
    struct pactolus_result *r = example_with("contract.governance.intensity", "0.5", "contract.governance.intensity_cost", "0.4",
                                             "contract.scope", "0.5", "market.inflation", "0.02");
    const double first = 6 * 0.7 * 0.5 * 1.2;
    expect_steps(r, "friction", "a", STEPS(-first * exp(0.01), -first * 0.85 * exp(0.03), -first * 0.7225 * exp(0.05),
                                           -first * 0.614125 * exp(0.07)));
    pactolus_result_destroy(r);
}
