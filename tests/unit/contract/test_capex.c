/* Who pays capital spending: the worked example (480, 120 gross, grant 50, own programme of b 20) under other rules. */
#include "support/example.h"

Test(contract_capex, lead_bears_the_overrun)
{
    struct pactolus_result *r = example_with("contract.capex.overrun_lead", "a");
    expect_steps(r, "capex", "a", STEPS(-(0.7 * 400 + 80 - 35), -(0.7 * 100 + 20), 0, 0));
    expect_steps(r, "capex", "b", STEPS(-(0.3 * 400 - 15 + 20), -30, 0, 0));
    pactolus_result_destroy(r);
}

Test(contract_capex, lead_has_no_gain_from_spending_below_plan)
{
    struct pactolus_result *r = example_with("contract.capex.overrun_lead", "a", "venture.capex.overrun", "0.9");
    expect_steps(r, "capex", "a", STEPS(-(0.7 * 360 - 35), -63, 0, 0));
    pactolus_result_destroy(r);
}

Test(contract_capex, follows_fixed_shares_by_year)
{
    struct pactolus_result *r = example_with("contract.capex.rule", "fixed", "contract.capex.share.a", "[0.5, 0.25]",
                                             "contract.capex.share.b", "[0.5, 0.75]");
    expect_steps(r, "capex", "a", STEPS(-(240 - 25), -30, 0, 0));
    expect_steps(r, "capex", "b", STEPS(-(240 - 25 + 20), -90, 0, 0));
    pactolus_result_destroy(r);
}

Test(contract_capex, scales_fixed_shares_to_one)
{
    struct pactolus_result *r = example_with("contract.capex.rule", "fixed", "contract.capex.share.a", "[0.2]",
                                             "contract.capex.share.b", "[0.6]");
    expect_steps(r, "capex", "a", STEPS(-(120 - 12.5), -30, 0, 0));
    pactolus_result_destroy(r);
}

/* The clock of a delayed programme: half of year 0 is spent in each of the first two steps, at that year's shares. */
Test(contract_capex, fixed_shares_follow_the_programme_year_not_the_calendar)
{
    struct pactolus_result *r = example_with("contract.capex.rule", "fixed", "contract.capex.share.a", "[1, 0]",
                                             "contract.capex.share.b", "[0, 1]", "venture.delay", "2");
    expect_steps(r, "capex", "a", STEPS(-(240 - 25), -(240 - 25), 0, 0));
    expect_steps(r, "capex", "b", STEPS(-20, 0, -60, -60));
    pactolus_result_destroy(r);
    struct pactolus_result *fast = example_with("contract.capex.rule", "fixed", "contract.capex.share.a", "[1, 0]",
                                                "contract.capex.share.b", "[0, 1]", "venture.delay", "0.5");
    expect_steps(fast, "capex", "a", STEPS(-(480 - 50), 0, 0, 0));
    expect_steps(fast, "capex", "b", STEPS(-120 - 20, 0, 0, 0));
    pactolus_result_destroy(fast);
}

Test(contract_capex, planned_use_goes_on_after_the_last_year_of_a_plan)
{
    struct pactolus_result *r = example_with("contract.capex.rule", "use", "partners.a.plan.home", "[60]",
                                             "partners.b.plan.abroad", "[20, 20, 20]");
    expect_steps(r, "capex", "a", STEPS(-(480 - 50) * 0.75, -90, 0, 0));
    pactolus_result_destroy(r);
}

Test(contract_capex, follows_planned_use)
{
    struct pactolus_result *r = example_with("contract.capex.rule", "use");
    expect_steps(r, "capex", "a", STEPS(-(480 - 50) * 2.0 / 3.0, -80, 0, 0));
    expect_steps(r, "capex", "b", STEPS(-(480 - 50) / 3.0 - 20, -40, 0, 0));
    pactolus_result_destroy(r);
}

Test(contract_capex, stops_at_the_cap_and_others_pay_the_rest)
{
    struct pactolus_result *r = example_with("contract.capex.cap.b", "100");
    expect_steps(r, "capex", "a", STEPS(-(336 + 44 - 35), -120, 0, 0));
    expect_steps(r, "capex", "b", STEPS(-(100 - 15 + 20), 0, 0, 0));
    pactolus_result_destroy(r);
}
