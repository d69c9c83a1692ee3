/* GM Cruise with SoftBank and Honda (2018 to December 2024) and Argo AI of Ford and Volkswagen (2017 to October 2022). */
#include "deals/deals.h"

enum { STEPS = 120, ARGO_END = 23 }; /* quarters; those of Argo until October 2022, from January 2017 */

/* Ends of the venture: the share of all paths, the median in years since signing, the share of them after 5 to 8 years. */
struct ends {
    double share, median, within;
};

static struct ends read_ends(const struct pactolus_result *result, const char *scenario)
{
    double in[DEALS_STEPS_MOST], within = 0.0, before = 1.0;
    struct ends ends = {.median = -1.0};
    cr_assert_eq(deals_steps(result, scenario, "in", "carmaker", in), STEPS);
    ends.share = 1.0 - in[STEPS - 1];
    for (int n = 0; n < STEPS; n++) {
        if (n >= 5 * STEPS_A_YEAR && n <= 8 * STEPS_A_YEAR) within += before - in[n];
        if (ends.median < 0.0 && 1.0 - in[n] >= 0.5 * ends.share) ends.median = (double)n / (double)STEPS_A_YEAR;
        before = in[n];
    }
    ends.within = within / ends.share;
    return ends;
}

static double both(const struct pactolus_result *result, const char *scenario)
{
    return deals_partner(result, scenario, "captured_mean", "carmaker") + deals_partner(result, scenario, "captured_mean", "investor");
}

/* Nothing was reported back from Cruise or Argo: an end brings costs and no money. */
static void expect_nothing_back(const struct pactolus_result *result, const char *scenario)
{
    deals_between(deals_sum(result, scenario, "exit", "carmaker", 0, STEPS), -1100.0, -1.0, "%s: carmaker", scenario);
    deals_between(deals_sum(result, scenario, "exit", "investor", 0, STEPS), -1100.0, -1.0, "%s: investor", scenario);
}

/* Cruise ended after 6.9 years (10 December 2024), Argo after 5.7 (26 October 2022): 5 to 8. The model's rule, which expects to go on for
   ever, ends sooner, after 3; with the patience that is worth most to the owners it is as published. README.md says why. */
Test(deals_autonomy, owners_who_wait_as_is_best_for_them_end_after_5_to_8_years)
{
    struct pactolus_result *result = deals_run("autonomy", "base", "no_review", "patient_3000", "patient_6000", "no_outside");
    const struct ends ends = read_ends(result, "patient_3000");
    const double rule = both(result, "base"), best = both(result, "patient_3000"), alone = both(result, "no_outside");
    deals_between(ends.median, 5.0, 8.0, "median of the ends");
    deals_between(ends.within, 0.5, 1.0, "ends after 5 to 8 years");
    cr_expect(best > rule && best > both(result, "patient_6000") && best > both(result, "no_review"), "patience is worth it");
    deals_between(read_ends(result, "base").median, 2.0, 4.0, "base: a miss that README.md tells of");
    deals_between(rule - both(result, "no_review"), 100.0, 1000.0, "the right to stop is worth something");
    expect_nothing_back(result, "base");
    deals_between(rule - alone, -300.0, 0.0, "outside money moves value and makes none");
    deals_between(read_ends(result, "base").share - read_ends(result, "no_outside").share, 0.0, 0.1, "who pays all at the margin stops sooner");
    pactolus_result_destroy(result);
}

/* Technical success at 4% a year (3 to 5%), as it looks afterwards: with the revenue and margin that GM told investors of nobody would
   have gone on. */
Test(deals_autonomy, at_the_hazard_of_hindsight_nobody_goes_on)
{
    struct pactolus_result *result = deals_run("autonomy", "hazard_4");
    const struct ends ends = read_ends(result, "hazard_4");
    deals_between(ends.share, 0.95, 1.0, "ends");
    deals_between(ends.median, 1.0, 2.0, "median of the ends");
    pactolus_result_destroy(result);
}

/* Argo: staff as published (under 200 in 2017, over 1,000 in 2020, 2,000 in 2022: CNN 2022-10-26) at 275 thousand dollars, and a third.
   Ford had put in at least its 1,000 of 2017, and got 500 from Volkswagen (wpxi 2019-07-12); the 2.7 bn that it wrote off were a mark. */
Test(deals_autonomy, the_write_off_of_argo_was_not_cash)
{
    struct pactolus_result *result = deals_run("autonomy", "argo", "argo_patient_1000", "argo_never");
    double spent = deals_sum(result, "argo_never", "joint_profit", "carmaker", 0, ARGO_END);
    spent += deals_sum(result, "argo_never", "capex", "carmaker", 0, ARGO_END);
    const double got = deals_sum(result, "argo_never", "transfers", "carmaker", 0, ARGO_END);
    deals_between(-spent, 1000.0, 1600.0, "Ford's money until October 2022");
    deals_between(-(spent + got), 500.0, 2700.0 / 2.0, "less Volkswagen's: far below the write-off");
    deals_between(read_ends(result, "argo_patient_1000").median, 5.0, 8.0, "median of the ends with patience");
    cr_expect(both(result, "argo_patient_1000") > both(result, "argo"), "patience is worth it");
    expect_nothing_back(result, "argo");
    pactolus_result_destroy(result);
}
