/* Being late costs volume, commonality costs something to achieve: the worked example with some numbers changed. docs/model.md (4.3), (4.5). */
#include "support/example.h"

#define FREE "venture.capacity", "1e9", "standalone.a.capacity", "1e9"

/* Production a year after a plan of one year leaves e^{-0.1}; the plan, and with it what take-or-pay asks for, stays the plan. */
Test(programme_late, sells_less_for_good_and_the_plan_stays_the_plan)
{
    struct pactolus_result *r = example_with(FREE, "venture.delay", "2", "venture.late_penalty", "0.1");
    struct pactolus_result *meek = example_with(FREE, "venture.delay", "2");
    expect_steps(meek, "volume", "b", STEPS(0, 0, 24 * exp(0.05), 32 * exp(0.07)));
    expect_steps(r, "volume", "b", STEPS(0, 0, 24 * exp(0.05 - 0.1), 32 * exp(0.07 - 0.1)));
    expect_steps(r, "ordered", "a", STEPS(0, 0, 60 * exp(0.05 - 0.1), 80 * exp(0.07 - 0.1)));
    const double shortfall = 0.9 * 30 - 24 * exp(0.05 - 0.1);
    cr_expect(fabs(by_step(r, "take_or_pay", "b", 2) - 0.25 * by_step(r, "transfer_price", "b", 2) * shortfall) < 1e-5);
    pactolus_result_destroy(r);
    pactolus_result_destroy(meek);
}

/* Rounding to steps is the plan's own: 0.9 years are a step of one year, or four of three months. Nobody is early for being late. */
Test(programme_late, is_nothing_where_all_goes_by_plan)
{
    static const char *const cases[][3] = {{"1", "1", "1"}, {"1", "0.9", "1"}, {"4", "0.9", "1"}, {"12", "0.55", "1"}, {"4", "1", "0.5"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double captured[2];
        for (int late = 0; late < 2; late++) {
            struct pactolus_result *r = example_with("steps_per_year", cases[k][0], "venture.production_start", cases[k][1], "venture.delay",
                                                     cases[k][2], "venture.late_penalty", late ? "3" : "0");
            captured[late] = support_cell(r, "captured_mean", 0, "a", NULL);
            pactolus_result_destroy(r);
        }
        cr_expect_eq(captured[1], captured[0], "case %zu", k);
    }
}

/* A quarter late: 1.25 x 0.9 = 1.125 years are five steps, four by plan. */
Test(programme_late, counts_in_whole_steps)
{
    struct pactolus_result *r = example_with(FREE, "steps_per_year", "4", "venture.production_start", "0.9", "venture.delay", "1.25",
                                             "venture.late_penalty", "0.4");
    cr_expect_eq(by_step(r, "volume", "b", 4), 0.0);
    const double want = 24 * 0.25 * exp(0.02 * 5.5 / 4 - 0.1);
    cr_expect(fabs(by_step(r, "volume", "b", 5) - want) < 1e-9, "got %.9f, want %.9f", by_step(r, "volume", "b", 5), want);
    pactolus_result_destroy(r);
}

/* What waits for an own programme too is due when both are: b's at 2, which is 3; a's is on time. */
Test(programme_late, counts_from_the_later_of_both_starts)
{
    struct pactolus_result *on_time = example_with(FREE, "own.b.production_start", "2", "venture.late_penalty", "0.1");
    expect_steps(on_time, "volume", "b", STEPS(0, 0, 24 * exp(0.05), 32 * exp(0.07)));
    pactolus_result_destroy(on_time);
    struct pactolus_result *r = example_with(FREE, "own.b.production_start", "2", "own.b.delay", "1.5", "venture.late_penalty", "0.1");
    expect_steps(r, "volume", "b", STEPS(0, 0, 0, 24 * exp(0.07 - 0.1)));
    expect_steps(r, "volume", "a", STEPS(0, 60 * exp(0.03), 80 * exp(0.05), 80 * exp(0.07)));
    pactolus_result_destroy(r);
}

/* Alone, building and buying, each by its own plan. */
Test(programme_late, acts_on_who_goes_alone)
{
    struct pactolus_result *r = example_with(FREE, "standalone.a.delay", "2", "standalone.a.late_penalty", "0.2", "standalone.b.delay", "3",
                                             "standalone.b.late_penalty", "0.2");
    expect_steps(r, "standalone_volume", "a", STEPS(0, 0, 60 * exp(0.05 - 0.2), 80 * exp(0.07 - 0.2)));
    expect_steps(r, "standalone_volume", "b", STEPS(0, 0, 0, 24 * exp(0.07 - 0.4)));
    expect_steps(r, "volume", "a", STEPS(0, 60 * exp(0.03), NAN, NAN));
    pactolus_result_destroy(r);
}

/* Who is as late alone as in the venture gains nothing by that: the neutral deal stays neutral, at other values. */
Test(programme_late, is_no_gain_where_both_arms_are_as_late)
{
    static const char *const late[] = {"venture.delay", "uniform(1, 2.5)", "standalone.a.delay", "uniform(1, 2.5)", "standalone.b.delay", "uniform(1, 2.5)",
                                       "venture.late_penalty", "0.3", "standalone.a.late_penalty", "0.3", "standalone.b.late_penalty", "0.3", NULL};
    struct pactolus_result *r = support_run(TESTS_DIR "/reference/deals/neutral.yaml", late, 256, 1);
    struct pactolus_result *meek = support_run(TESTS_DIR "/reference/deals/neutral.yaml", NULL, 256, 1);
    for (int p = 0; p < 2; p++) {
        const char *name = p ? "b" : "a";
        cr_expect(fabs(support_cell(r, "captured_mean", 0, name, NULL)) < 0x1p-10);
        cr_expect(support_cell(r, "captured_sd", 0, name, NULL) < 0x1p-10);
        cr_expect(support_cell(r, "standalone_mean", 0, name, NULL) < support_cell(meek, "standalone_mean", 0, name, NULL) - 1);
    }
    pactolus_result_destroy(r);
    pactolus_result_destroy(meek);
}

/* ---- Cost to achieve ---- */

static double unit_cost(double volume, double made)
{
    const double b = -log2(1 - 0.15);
    return 6 * pow(volume / 100, -0.03) + 4 * pow(volume / 100, -0.06) * pow(1 + made / 100, -b);
}

/* What the plan saves in a year with volumes a, b, of which so much was made before; half of the product is common. */
static double saving(double a, double b, double made_a, double made_b)
{
    const double pooled = unit_cost(a + b, made_a + made_b);
    return 0.5 * (a * (unit_cost(a, made_a) - pooled) + b * (unit_cost(b, made_b) - pooled));
}

/* Profit that the venture has less in each step than without it, by the shares of its owners. */
static void expect_spent(const char *const *sets, const double want[4], double share_a)
{
    const char *with[24], *without[24];
    size_t n = 0;
    for (; sets[n]; n++) with[n] = without[n] = sets[n];
    with[n] = without[n] = "venture.cost_to_achieve";
    with[n + 1] = "1.5";
    without[n + 1] = "0";
    with[n + 2] = without[n + 2] = NULL;
    struct pactolus_result *r = support_run(TESTS_DIR "/reference/deals/example1.yaml", with, 64, 1);
    struct pactolus_result *none = support_run(TESTS_DIR "/reference/deals/example1.yaml", without, 64, 1);
    for (int k = 0; k < 4; k++) {
        const double a = by_step(none, "joint_profit", "a", k) - by_step(r, "joint_profit", "a", k);
        const double b = by_step(none, "joint_profit", "b", k) - by_step(r, "joint_profit", "b", k);
        cr_expect(fabs(a - share_a * want[k]) < 1e-5, "step %d: a spends %.7f, want %.7f", k, a, share_a * want[k]);
        cr_expect(fabs(b - (1 - share_a) * want[k]) < 1e-5, "step %d: b spends %.7f, want %.7f", k, b, (1 - share_a) * want[k]);
        const double tax = by_step(r, "tax", "a", k) - by_step(none, "tax", "a", k); /* it is deducted */
        cr_expect(fabs(tax - 0.25 * share_a * want[k]) < 1e-5, "step %d: tax falls by %.7f", k, tax);
    }
    pactolus_result_destroy(r);
    pactolus_result_destroy(none);
}
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Without a ramp in the first year of production, of whose plan it is a multiple; it grows with prices. */
Test(programme_achieve, is_spent_in_the_first_year_of_production)
{
    expect_spent(SETS("market.inflation", "0.02"), STEPS(0, 1.5 * saving(60, 30, 0, 0) * exp(0.03), 0, 0), 0.7);
}

/* Evenly over the ramp; the plan's year behind it is the third, in which the plant makes 115 of 120, as in the second. */
Test(programme_achieve, is_spent_over_the_ramp_for_what_the_plan_saves_behind_it)
{
    const double cut = 115.0 / 120, year = saving(80 * cut, 40 * cut, 60 + 80 * cut, 30 + 40 * cut);
    expect_spent(SETS("venture.ramp_years", "2"), STEPS(0, 0.75 * year, 0.75 * year, 0), 0.7);
    expect_spent(SETS("venture.ramp_years", "1.5"), STEPS(0, year, 0.5 * year, 0), 0.7);
    /* the plan has the scope at signing, and the mean of what is drawn */
    expect_spent(SETS("venture.ramp_years", "2", "contract.scope", "0.5", "venture.realisation", "discrete(0.4: 0.5, 1.0: 0.5)"),
                 STEPS(0, 0.75 * 0.5 * 0.7 * year, 0.75 * 0.5 * 0.7 * year, 0), 0.7);
}

Test(programme_achieve, is_shared_as_fixed_cost_is)
{
    expect_spent(SETS("contract.cost.share.a", "[0.2]", "contract.cost.share.b", "[0.8]"), STEPS(0, 1.5 * saving(60, 30, 0, 0), 0, 0), 0.2);
}

Test(programme_achieve, costs_nothing_where_nothing_is_saved)
{
    expect_spent(SETS("venture.common_share", "0"), STEPS(0, 0, 0, 0), 0.7);
    expect_spent(SETS("venture.learning_rate", "0", "venture.material.scale_exponent", "0", "venture.conversion.scale_exponent", "0"),
                 STEPS(0, 0, 0, 0), 0.7);
}

/* Strengths and variants multiply what is saved, too. */
Test(programme_achieve, is_of_the_components_that_the_venture_has)
{
    const double scale = 0.9 * 6 * (60 * pow(0.6, -0.03) + 30 * pow(0.3, -0.03) - 90 * pow(0.9, -0.03)) +
                         1.2 * 4 * (60 * pow(0.6, -0.06) + 30 * pow(0.3, -0.06) - 90 * pow(0.9, -0.06));
    const double variety = 1 + 0.3 * (pow(2, 0.4) - 1);
    expect_spent(SETS("partners.a.strength.material", "0.9", "partners.a.strength.conversion", "1.2", "partners.b.strength.conversion", "1.1",
                      "venture.lead.conversion", "a", "venture.complexity", "0.3", "venture.variants", "2"),
                 STEPS(0, 1.5 * 0.5 * scale * variety, 0, 0), 0.7);
}
