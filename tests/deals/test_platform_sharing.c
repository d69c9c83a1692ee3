/* Ford's electric cars on Volkswagen's MEB, built in Cologne. */
#include "deals/deals.h"

enum { START = 16, FIRST_FULL = 5, LAST = 9 }; /* quarter of June 2024; years from June 2020: 2025-26 to 2029-30 */

static const double CAPACITY = 250.0; /* a year, thousand (electrive 2025-09-16) */

static double before_tax(const struct pactolus_result *result, const char *scenario)
{
    return deals_partner(result, scenario, "captured_mean", "licensee") - deals_ledger(result, scenario, "licensee", "tax");
}

/* By hand on the 2 bn of the plant, without what an own platform would have cost: 4.5 thousand dollars a vehicle over six years at 9.2%
   are +1.4 bn before tax at the 200,000 a year of the plan (CNA 2022-03-14), -0.8 bn at 60,000. The deal has 250 m a year of fixed
   cost, which do not fall with volume: with 30% of it, as the hand reckons, the second number is met; with all of it, more is lost. */
Test(deals_platform_sharing, the_plant_pays_at_the_plan_and_not_at_what_came)
{
    struct pactolus_result *result = deals_run("platform-sharing", "planned_hand_check", "real_hand_check", "real_hand_check_cost_follows",
                                               "planned_alone_nothing", "real_alone_nothing");
    deals_between(before_tax(result, "planned_hand_check"), 1100.0, 1700.0, "at the plan");
    deals_between(before_tax(result, "real_hand_check_cost_follows"), -1100.0, -500.0, "at what came, fixed cost falls with volume");
    deals_between(before_tax(result, "real_hand_check"), -2000.0, -800.0, "at what came");
    deals_between(deals_partner(result, "planned_alone_nothing", "captured_mean", "licensee"), 200.0, 1400.0, "after tax and exits, plan");
    deals_between(deals_partner(result, "real_alone_nothing", "captured_mean", "licensee"), -2000.0, -400.0, "after tax and exits, what came");
    pactolus_result_destroy(result);
}

/* 80% of 250,000 at the plan: 200,000 (CNA; electrive). 22 to 26% at what came: 55,000 to 65,000 a year, of monthly registrations (JATO,
   via fordauthority 2025). Means over many demands, of which capacity cuts the best. */
Test(deals_platform_sharing, the_plant_is_used_as_planned_and_as_came)
{
    struct pactolus_result *result = deals_run("platform-sharing", "planned_hand_check", "real_hand_check");
    double planned = 0.0, real = 0.0;
    deals_between(deals_year(result, "planned_hand_check", "volume", "licensee", FIRST_FULL) / CAPACITY, 0.77, 0.83, "planned 200,000");
    for (int year = START / STEPS_A_YEAR; year <= LAST; year++) {
        planned += deals_year(result, "planned_hand_check", "volume", "licensee", year) / CAPACITY / 6.0;
        real += deals_year(result, "real_hand_check", "volume", "licensee", year) / CAPACITY / 6.0;
    }
    deals_between(planned, 0.75, 0.85, "plan, six years");
    deals_between(real, 0.22, 0.26, "what came, six years");
    pactolus_result_destroy(result);
}

static double acts_within_two_years(const struct pactolus_result *result, const char *scenario)
{
    return deals_sum(result, scenario, "renegotiated", NULL, START, START + 2 * STEPS_A_YEAR) +
           deals_sum(result, scenario, "renegotiation_failed", NULL, START, START + 2 * STEPS_A_YEAR);
}

/* One shift was decided on 16 September 2025, 15 months after the start (electrive). Plants do not idle by steps here: what stands for it
   is a clause on volume that reopens the terms. It acts on about half of the paths at what came, where nothing but the licensee's
   volume moves what is watched, and on next to none at the plan. No share is published: these bounds keep what the README says. */
Test(deals_platform_sharing, volume_below_plan_is_acted_on_within_two_years)
{
    struct pactolus_result *result = deals_run("platform-sharing", "volume_real", "real_volume_clause", "real_volume_clause_seen",
                                               "planned_volume_clause_seen");
    deals_between(acts_within_two_years(result, "real_volume_clause_seen"), 0.45, 1.0, "what came, the licensee's volume alone");
    deals_between(acts_within_two_years(result, "real_volume_clause"), 0.25, 1.0, "what came, among the licensor's swings");
    deals_between(acts_within_two_years(result, "planned_volume_clause_seen"), 0.0, 0.03, "plan");
    deals_between(acts_within_two_years(result, "volume_real"), 0.0, 0.03, "what came, the clause opens a review");
    pactolus_result_destroy(result);
}
