/* Ultium Cells (GM and LG Energy Solution), half and half, from 2022. */
#include "deals/deals.h"

enum { YEARS = 12, FULL_FROM = 4, FULL_TO = 7 }; /* 2026 to 2029: ramped up, the credit in full */

static double profit(const struct pactolus_result *result, const char *scenario, int year)
{
    return deals_year(result, scenario, "joint_profit", "cellmaker", year);
}

static double income(const struct pactolus_result *result, const char *scenario, int year)
{
    return profit(result, scenario, year) + deals_year(result, scenario, "subsidy", "cellmaker", year);
}

static double book(const struct pactolus_result *result, const char *scenario, int year)
{
    double steps[DEALS_STEPS_MOST];
    deals_steps(result, scenario, "book", "cellmaker", steps);
    return steps[STEPS_A_YEAR * (year + 1) - 1];
}

/* Depreciation of a year: what the book lost beyond what was spent. */
static double depreciation(const struct pactolus_result *result, const char *scenario, int year)
{
    const double before = year ? book(result, scenario, year - 1) : 0.0;
    return before - deals_year(result, scenario, "capex", "cellmaker", year) - book(result, scenario, year);
}

/* LG Energy Solution's operating result without credits was -31.6, -252.5 and -17.7 bn won in three quarters of 2024 (chosun 2024-10-15):
   a few percent of a cellmaker's sales. One plant of 2.6 bn: half of its profit stays within 0.1 bn, and below 0 after depreciation. */
Test(deals_battery_jv, without_credits_the_venture_earns_next_to_nothing)
{
    struct pactolus_result *result = deals_run("battery-jv", "nobody_leaves", "credit_none_nobody_leaves");
    for (int year = 0; year < YEARS; year++) {
        const double without = profit(result, "credit_none_nobody_leaves", year);
        deals_between(without, -100.0, 100.0, "profit without credits in %d", 2022 + year);
        deals_between(without - depreciation(result, "credit_none_nobody_leaves", year), -150.0, 0.0, "after depreciation in %d", 2022 + year);
    }
    for (int year = FULL_FROM; year <= FULL_TO; year++) {
        const double share = profit(result, "nobody_leaves", year) / income(result, "nobody_leaves", year);
        deals_between(share, 0.0, 0.15, "share of the income that is no credit in %d", 2022 + year);
    }
    pactolus_result_destroy(result);
}

/* GM's equity income 293, 975 and 784 m in 2023 to 2025 (SEC 0001467858-24-000031, 0001467858-26-000013): 0.3 to 1.0 bn from two plants
   of about 90 GWh which, at a split of half, earned credits on 13 to 43 GWh (/ 22.5). One plant of the deal is in that range too. */
Test(deals_battery_jv, with_credits_a_holder_earns_what_was_published)
{
    static const char *const rows[] = {"nobody_leaves", "two_plants_half_nobody_leaves"};
    struct pactolus_result *result = deals_run("battery-jv", "nobody_leaves", "two_plants_half_nobody_leaves");
    for (int k = 0; k < 2; k++) {
        for (int year = FULL_FROM; year <= FULL_TO; year++) {
            deals_between(income(result, rows[k], year), 300.0, 1000.0, "%s: income in %d", rows[k], 2022 + year);
            deals_between(deals_year(result, rows[k], "subsidy", "cellmaker", year) / 22.5, 13.0, 43.0, "%s: GWh with credits in %d",
                          rows[k], 2022 + year);
        }
    }
    pactolus_result_destroy(result);
}

/* GM's carrying amount 2,268 m at the end of 2023 (SEC 0001467858-24-000031), of two plants and part of a third, of which the loan of
   2.5 bn had paid a third. Two plants without a loan: within a fifth of it at their highest, and 1,463 m on the way (2022). */
Test(deals_battery_jv, two_plants_stand_in_the_books_as_published)
{
    struct pactolus_result *result = deals_run("battery-jv", "two_plants_nobody_leaves", "nobody_leaves");
    double highest = 0.0;
    for (int year = 0; year < YEARS; year++) {
        const double now = book(result, "two_plants_nobody_leaves", year);
        if (now > highest) highest = now;
        deals_between(now / book(result, "nobody_leaves", year), 1.98, 2.02, "two plants over one in %d", 2022 + year);
    }
    deals_between(highest, 0.8 * 2268.0, 1.2 * 2268.0, "highest book");
    deals_between(book(result, "two_plants_nobody_leaves", 1), 0.8 * 1463.0, 1.2 * 1463.0, "book after two years of building");
    pactolus_result_destroy(result);
}

/* No published outcome, but what the README says of rows that are the only ones with a mechanism: who brings no skill to a venture that
   has the other's changes nothing; who cannot pay is better off, where equity earns nothing, unless it owes what it misses. */
Test(deals_battery_jv, a_mechanism_of_one_row_does_what_the_readme_says)
{
    struct pactolus_result *result = deals_run("battery-jv", "base", "automaker_unskilled", "automaker_unskilled_leads", "cellmaker_short",
                                               "cellmaker_short_lent", "loan_of_the_state", "storage_cells");
    static const char *const partners[] = {"automaker", "cellmaker"};
    double base[2];
    for (int p = 0; p < 2; p++) {
        base[p] = deals_partner(result, "base", "captured_mean", partners[p]);
        cr_expect_eq(deals_partner(result, "automaker_unskilled", "captured_mean", partners[p]), base[p]);
        deals_between(deals_partner(result, "loan_of_the_state", "captured_mean", partners[p]) - base[p], 20.0, 70.0, "a cheap loan");
        deals_between(deals_partner(result, "storage_cells", "captured_mean", partners[p]) - base[p], 5.0, 50.0, "cells for storage");
    }
    deals_between(deals_partner(result, "automaker_unskilled_leads", "captured_mean", "automaker") - base[0], -1000.0, -500.0, "no skill");
    deals_between(deals_partner(result, "cellmaker_short", "captured_mean", "cellmaker") - base[1], 150.0, 400.0, "diluted");
    deals_between(deals_partner(result, "cellmaker_short_lent", "captured_mean", "cellmaker") - base[1], -250.0, -50.0, "lent");
    pactolus_result_destroy(result);
}
