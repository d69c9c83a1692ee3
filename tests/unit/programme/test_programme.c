/* Clock, volumes and costs: the worked example with one number changed. */
#include "support/example.h"

Test(programme_clock, delay_stretches_spending_and_moves_production)
{
    struct pactolus_result *r = example_with("venture.delay", "2");
    expect_steps(r, "venture_capex", NULL, STEPS(240, 240, 60, 60));
    expect_steps(r, "volume", "b", STEPS(0, 0, 0.8 * 30 * exp(0.05), NAN));
    cr_expect_gt(by_step(r, "volume", "b", 3), 27.0);
    pactolus_result_destroy(r);
}

Test(programme_clock, own_start_of_production_counts_too)
{
    struct pactolus_result *r = example_with("own.b.production_start", "2");
    expect_steps(r, "volume", "b", STEPS(0, 0, 0.8 * 30 * exp(0.05), NAN));
    expect_steps(r, "volume", "a", STEPS(0, 61.827272, NAN, NAN));
    pactolus_result_destroy(r);
}

Test(programme_clock, months_add_up_to_years)
{
    struct pactolus_result *r = example_with("steps_per_year", "12");
    double capex = 0;
    for (int n = 0; n < 48; n++) {
        cr_expect(fabs(by_step(r, "venture_capex", NULL, n) - (n < 12 ? 40.0 : n < 24 ? 10.0 : 0.0)) < 1e-5, "month %d", n);
        cr_expect_eq(by_step(r, "pooled_volume", NULL, n) > 0.0, n >= 12, "month %d", n);
        capex += by_step(r, "venture_capex", NULL, n);
    }
    cr_expect(fabs(capex - 600) < 1e-5);
    pactolus_result_destroy(r);
}

Test(programme_volume, over_capacity_all_orders_are_cut_alike)
{
    struct pactolus_result *r = example_with("venture.capacity", "50");
    for (int n = 1; n < 4; n++) {
        cr_expect(fabs(by_step(r, "pooled_volume", NULL, n) - 50) < 1e-9);
        const double a = by_step(r, "volume", "a", n) / by_step(r, "ordered", "a", n);
        const double b = by_step(r, "volume", "b", n) / by_step(r, "ordered", "b", n);
        cr_expect(fabs(a - b) < 1e-12);
    }
    pactolus_result_destroy(r);
}

Test(programme_volume, no_capacity_makes_nothing_and_nothing_breaks)
{
    struct pactolus_result *r = example_with("venture.capacity", "0");
    for (int n = 0; n < 4; n++) {
        cr_expect_eq(by_step(r, "pooled_volume", NULL, n), 0.0);
        cr_expect(isfinite(by_step(r, "cash", "a", n)));
    }
    pactolus_result_destroy(r);
}

Test(programme_volume, a_programme_may_have_a_plan_of_its_own)
{
    struct pactolus_result *r = example_with("standalone.a.plan.home", "[30]");
    expect_steps(r, "standalone_volume", "a", STEPS(NAN, 30 * exp(0.03), 30 * exp(0.05), 30 * exp(0.07)));
    expect_steps(r, "volume", "a", STEPS(0, 61.827272, 82.142857, 82.142857));
    pactolus_result_destroy(r);
}

Test(programme_cost, without_commonality_is_that_of_going_alone)
{
    struct pactolus_result *r = example_with("venture.common_share", "0");
    expect_steps(r, "unit_cost", "a", STEPS(NAN, 10.204255, NAN, NAN));
    pactolus_result_destroy(r);
}

Test(programme_cost, commonality_ramps_up)
{
    /* No common share in the first year of production, half of it in the second. */
    struct pactolus_result *r = example_with("venture.ramp_years", "2", "venture.learning_rate", "0");
    struct pactolus_result *half = example_with("venture.common_share", "0.25", "venture.learning_rate", "0");
    struct pactolus_result *scope = example_with("contract.scope", "0.5", "venture.learning_rate", "0");
    expect_steps(r, "unit_cost", "a", STEPS(NAN, 10.204255, by_step(half, "unit_cost", "a", 2), NAN));
    expect_steps(scope, "unit_cost", "a", STEPS(NAN, NAN, by_step(half, "unit_cost", "a", 2), NAN));
    pactolus_result_destroy(r);
    pactolus_result_destroy(half);
    pactolus_result_destroy(scope);
}

Test(programme_cost, falls_by_the_learning_rate_at_each_doubling)
{
    /* LR 18%: three doublings leave 55.1368%, ten times the volume 51.7244% (closed form, first_experience 50). */
    const char *const sets[] = {"standalone.a.material.cost", "0", "standalone.a.conversion.cost", "100",
                                "standalone.a.conversion.scale_exponent", "0", "standalone.a.learning_rate", "0.18",
                                "standalone.a.first_experience", "50", "standalone.a.plan.home", "[350, 100]",
                                "standalone.a.capacity", "1e9", "market.demand.home.growth", "0", NULL};
    struct pactolus_result *r = support_run(TESTS_DIR "/reference/deals/example1.yaml", sets, 64, 1);
    cr_expect(fabs(by_step(r, "standalone_unit_cost", "a", 1) - 100) < 1e-9);
    cr_expect(fabs(by_step(r, "standalone_unit_cost", "a", 2) - 55.1368) < 1e-9, "got %.9f",
              by_step(r, "standalone_unit_cost", "a", 2));
    pactolus_result_destroy(r);
    struct pactolus_result *ten = example_with("standalone.a.material.cost", "0", "standalone.a.conversion.cost", "100",
                                               "standalone.a.conversion.scale_exponent", "0", "standalone.a.learning_rate", "0.18",
                                               "standalone.a.first_experience", "50", "standalone.a.plan.home", "[450]",
                                               "standalone.a.capacity", "1e9", "market.demand.home.growth", "0");
    cr_expect(fabs(by_step(ten, "standalone_unit_cost", "a", 2) - 51.7244) < 1e-4);
    pactolus_result_destroy(ten);
}

/* A price that follows a region's is nominal: inflation does not come on top. */
Test(programme_cost, a_buyer_may_follow_a_price_level)
{
    struct pactolus_result *r = example_with("standalone.b.buy_price_region", "abroad", "market.inflation", "0.02");
    expect_steps(r, "standalone_unit_cost", "b", STEPS(NAN, 11.8 * exp(-0.015), 11.8 * exp(-0.025), 11.8 * exp(-0.035)));
    pactolus_result_destroy(r);
    struct pactolus_result *fixed = example_with("market.inflation", "0.02");
    expect_steps(fixed, "standalone_unit_cost", "b", STEPS(NAN, 11.8 * exp(0.03), 11.8 * exp(0.05), NAN));
    pactolus_result_destroy(fixed);
}

Test(programme_cost, a_buyer_has_no_plant_to_pay_for)
{
    struct pactolus_result *r = example_with("standalone.b.capex.plan", "[500]", "standalone.b.fixed_cost", "50");
    expect_steps(r, "standalone_cash", "b", STEPS(0, 13.829745, 15.250901, 11.961932));
    pactolus_result_destroy(r);
}

Test(programme_cost, escalates_above_inflation)
{
    struct pactolus_result *r = example_with("standalone.a.escalation", "0.01", "market.inflation", "0.02");
    expect_steps(r, "standalone_unit_cost", "a", STEPS(NAN, 10.204255 * exp(0.045), 9.641655 * exp(0.075), NAN));
    pactolus_result_destroy(r);
}
