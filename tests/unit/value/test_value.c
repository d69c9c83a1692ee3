/* Books, taxes and present values: the worked example with one number changed. */
#include "support/example.h"

Test(value_tax, losses_are_carried_forward)
{
    /* Taxable income of the example: a -79.45, 64.195024, 178.221868, 209.428704. */
    struct pactolus_result *r = example_with("partners.a.tax_losses", "carry_forward", "partners.b.tax_losses", "carry_forward");
    expect_steps(r, "tax", "a", STEPS(0, 0, -0.25 * (178.221868 + 64.195024 - 79.45), -52.357176));
    expect_steps(r, "tax", "b", STEPS(0, 0, 0, 0));
    pactolus_result_destroy(r);
}

/* theta z, z = delta / (1 - (1 - delta)(1 + k)^-1) of a unit spent at a whole year, here over 40 years: 0.785714 for
   delta .25, k .10 (docs/model.md, 1.2), discounted from mid-year as the spending is. */
Test(value_tax, shield_of_depreciation_meets_its_closed_form)
{
    const char *const sets[] = {"horizon_years", "40", "venture.capex.plan", "[1000]", "venture.capex.overrun", "1",
                                "venture.capex.grant", "[0]", "partners.a.plan.home", "[0]", "partners.b.plan.abroad", "[0]",
                                "venture.fixed_cost", "0", "contract.governance.interface_cost", "0",
                                "valuation.terminal_multiple", "0", NULL};
    struct pactolus_result *r = support_run(TESTS_DIR "/reference/deals/example1.yaml", sets, 64, 1);
    const double shield = support_cell(r, "ledger_mean", 0, "a", "tax", NULL);
    const double want = 700 * 0.25 * 0.785714285714 / sqrt(1.1);
    cr_expect(fabs(shield - want) < 1e-3, "got %.6f, want %.6f", shield, want);
    pactolus_result_destroy(r);
}

/* A loss carried forward has worth at the horizon only against a gain on the books. */
Test(value_tax, carried_losses_meet_the_gain_at_the_horizon)
{
    struct pactolus_result *r = example_with("partners.b.tax_losses", "carry_forward", "valuation.terminal_multiple", "1.5");
    const double book = 56.003906 + 6.328125, losses = 39.05 + 16.453727 - 18.272369 - 32.266679;
    const double gain = 0.5 * book, tax = 0.2 * (gain > losses ? gain - losses : 0);
    const double want = (1.5 * book - tax) / pow(1.08, 4);
    cr_expect(fabs(support_cell(r, "ledger_mean", 0, "b", "terminal", NULL) - want) < 1e-4, "got %.6f, want %.6f",
              support_cell(r, "ledger_mean", 0, "b", "terminal", NULL), want);
    pactolus_result_destroy(r);
}

Test(value_neutral, rounding_is_no_loss)
{
    struct pactolus_result *r = support_run(TESTS_DIR "/reference/deals/neutral.yaml", NULL, 64, 1);
    cr_expect_eq(support_cell(r, "captured_loss_probability", 0, "a", NULL), 0.0);
    cr_expect_eq(support_cell(r, "captured_loss_probability", 0, "b", NULL), 0.0);
    cr_expect_eq(support_cell(r, "all_gain_probability", 0, NULL), 0.0);
    pactolus_result_destroy(r);
}

Test(value_ledger, adds_up_to_the_value_captured)
{
    struct pactolus_result *r = example_with("market.demand.home.volatility", "0.2");
    struct pactolus_row row;
    cr_assert_eq(pactolus_result_row(r, "ledger_mean", 0, NULL, &row), PACTOLUS_OK);
    for (size_t p = 0; p < row.size[0]; p++) {
        double sum = 0;
        for (size_t line = 0; line < row.size[1]; line++) sum += row.values[p * row.size[1] + line];
        const double captured = support_cell(r, "captured_mean", 0, pactolus_result_label(r, "partner", p), NULL);
        cr_expect(fabs(sum - captured) < 1e-9, "%g against %g", sum, captured);
    }
    pactolus_result_destroy(r);
}

Test(value_standalone, none_is_worth_nothing)
{
    struct pactolus_result *r = example_with("standalone.a.mode", "none");
    cr_expect_eq(support_cell(r, "standalone_mean", 0, "a", NULL), 0.0);
    cr_expect(fabs(support_cell(r, "captured_mean", 0, "a", NULL) - 151.786157) < 1e-5);
    pactolus_result_destroy(r);
}

Test(value_standalone, best_is_the_mode_of_greatest_mean)
{
    struct pactolus_result *built = example_with("standalone.a.mode", "best", "standalone.a.buy_price", "13.9");
    cr_expect(fabs(support_cell(built, "standalone_mean", 0, "a", NULL) - 106.769758) < 1e-5);
    pactolus_result_destroy(built);
    struct pactolus_result *bought = example_with("standalone.a.mode", "best", "standalone.a.buy_price", "5");
    cr_expect_gt(support_cell(bought, "standalone_mean", 0, "a", NULL), 400.0);
    pactolus_result_destroy(bought);
    struct pactolus_result *none = example_with("standalone.a.mode", "best", "standalone.a.buy_price", "30",
                                                "standalone.a.conversion.cost", "40");
    cr_expect_eq(support_cell(none, "standalone_mean", 0, "a", NULL), 0.0);
    pactolus_result_destroy(none);
}

/* A price that is left out is no supplier that gives units away. */
Test(value_standalone, best_without_a_supplier_is_build_or_none)
{
    struct pactolus_result *built = example_with("standalone.a.mode", "best");
    cr_expect(fabs(support_cell(built, "standalone_mean", 0, "a", NULL) - 106.769758) < 1e-5);
    pactolus_result_destroy(built);
    struct pactolus_result *none = example_with("standalone.a.mode", "best", "standalone.a.conversion.cost", "40");
    cr_expect_eq(support_cell(none, "standalone_mean", 0, "a", NULL), 0.0);
    pactolus_result_destroy(none);
}

Test(value_joint, is_the_sum_at_equal_rates)
{
    struct pactolus_result *r = example_with("partners.a.discount_rate", "0.09", "partners.b.discount_rate", "0.09");
    const double sum = support_cell(r, "captured_mean", 0, "a", NULL) + support_cell(r, "captured_mean", 0, "b", NULL);
    cr_expect(fabs(sum - support_cell(r, "joint_mean", 0, NULL)) < 1e-5);
    pactolus_result_destroy(r);
}
