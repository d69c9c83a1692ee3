/* Mutual supply (scenarios/mutual-supply): compacts that Suzuki makes for Toyota, the SUV that Toyota makes for both, and the shares that
   each holds of the other. */
#include "deals/deals.h"

enum { YEAR = 5, LATEST = 4 * 6 + 2 }; /* April 2024 to March 2025, the sixth; October 2025, when both still sold each other's cars */
static const char toyota[] = "toyota", suzuki[] = "suzuki";

static struct pactolus_result *compacts(const char *one, const char *two, const char *three)
{
    return deals_run("mutual-supply", one, two, three);
}

static double captured(const struct pactolus_result *result, const char *scenario, const char *partner)
{
    return deals_partner(result, scenario, "captured_mean", partner);
}

static double both(const struct pactolus_result *result, const char *scenario)
{
    return captured(result, scenario, toyota) + captured(result, scenario, suzuki);
}

/* Five years after the first car the partners added an electric one (Reuters, asiaone 2024-10-30; Maruti's shares rose by 4% on the day), six
   years after it Toyota sold more Hyryders than ever (livehindustan 2025-11-18): each gains, and nobody left. */
Test(deals_mutual_supply, each_half_pays_both_and_stands)
{
    struct pactolus_result *halves[] = {deals_run("mutual-supply", "base"), deals_run_table("mutual-supply", "return", "return", (const char *const[]){"base", NULL})};
    for (int k = 0; k < 2; k++) {
        double standing[DEALS_STEPS_MOST];
        deals_between(captured(halves[k], "base", toyota), 1.0, 1e6, "Toyota, half %d", k);
        deals_between(captured(halves[k], "base", suzuki), 1.0, 1e6, "Suzuki, half %d", k);
        deals_steps(halves[k], "base", "survival", NULL, standing);
        deals_between(standing[LATEST], 0.95, 1.0, "stands, half %d", k);
    }
    const double own = captured(halves[0], "base", toyota) + captured(halves[1], "base", toyota);
    const double others = captured(halves[0], "base", suzuki) + captured(halves[1], "base", suzuki);
    /* Shares of 5% and less in a trading partner are not held for their part of its gains (Flath 1996). 4.94%: thehindubusinessline 2019-08-28. */
    deals_between(0.0494 * others / own, 0.0, 0.15, "what its shares bring Toyota of Suzuki's gain, over its own");
    pactolus_result_destroy(halves[0]);
    pactolus_result_destroy(halves[1]);
}

/* Maruti's operating margin was 3.4% to 9.6% of sales in the years to March 2021 to 2025 (stockanalysis: 23,765 of 703,720 to 146,154 of 1,529,130).
   Toyota's company in India earned 10.0% before tax in the year to March 2025 (6,494 of 64,895 crore), on dearer cars than these. It gave up
   its own small cars there, the Etios in 2020 and the Yaris in 2021 (from memory): alone it has none that pays. */
Test(deals_mutual_supply, margins_are_those_of_the_makers)
{
    struct pactolus_result *result = compacts("base", "as_sold", "own_car");
    cr_expect_eq(deals_partner(result, "base", "standalone_mean", toyota), 0.0, "the best is none");
    deals_between(deals_partner(result, "own_car", "standalone_mean", toyota), -27400.0, -1.0, "a car of its own loses, less than a line costs");
    for (int k = 0; k < 2; k++) {
        const char *row = k ? "as_sold" : "base";
        const double price = deals_year(result, row, "transfer_price", toyota, YEAR) / 4.0, paid = price * deals_year(result, row, "volume", toyota, YEAR);
        const double supplies = deals_year(result, row, "joint_profit", suzuki, YEAR), lost = deals_year(result, row, "own_margin", suzuki, YEAR);
        const double sells = deals_year(result, row, "own_margin", toyota, YEAR) + deals_year(result, row, "tariff", toyota, YEAR);
        deals_between(lost / paid, -0.10, -0.001, "%s: cars of its own that Suzuki loses", row);
        deals_between((supplies + lost) / paid, 0.034, 0.096, "%s: Suzuki, less those", row);
        deals_between(sells / (1.1 * paid), 0.02, 0.10, "%s: Toyota, of sales", row);
    }
    pactolus_result_destroy(result);
}

/* Who holds shares of a partner can punish it by selling them, and who can be punished bargains less well (Flath 1996, J. Japanese Int. Economies 10;
   hostages: Williamson 1983): where terms can be reopened that moves money, where they cannot it keeps together what gains. */
Test(deals_mutual_supply, shares_are_a_hostage)
{
    struct pactolus_result *result = compacts("squeezed", "squeezed_hostage", "squeezed_no_talks");
    const double moved = captured(result, "squeezed_hostage", toyota) - captured(result, "squeezed", toyota);
    deals_between(moved, 500.0, 10000.0, "the holder pays less to keep the held");
    deals_between(captured(result, "squeezed_hostage", suzuki) - captured(result, "squeezed", suzuki), -moved, -0.8 * moved, "which it loses");
    deals_between(both(result, "squeezed_hostage") / both(result, "squeezed"), 0.97, 1.03, "both together have as much");
    deals_between(both(result, "squeezed_no_talks") / both(result, "squeezed_hostage"), -1.0, 0.5, "without hostage or talks most is lost");
    deals_between(deals_number(result, "squeezed_no_talks", "survival_probability"), 0.0, 0.05, "as the held leaves");
    deals_between(deals_number(result, "squeezed_hostage", "survival_probability"), 0.95, 1.0, "and with a hostage does not");
    pactolus_result_destroy(result);
}

/* The same in the half that Toyota has sunk its capital into. */
Test(deals_mutual_supply, a_hostage_protects_what_is_sunk)
{
    struct pactolus_result *result = deals_run_table("mutual-supply", "return", "return",
        (const char *const[]){"base", "own_drive", "own_drive_no_talks", "own_drive_no_talks_hostage", NULL});
    const double base = captured(result, "base", toyota);
    deals_between(captured(result, "own_drive", toyota) / base, 0.3, 0.95, "a customer with a way out costs Toyota");
    deals_between(captured(result, "own_drive_no_talks", toyota) / base, -0.5, 0.8, "more so without talks");
    deals_between(captured(result, "own_drive_no_talks_hostage", toyota) / base, 0.97, 1.03, "a hostage brings all of it back");
    deals_between(both(result, "own_drive_no_talks"), 0.0, both(result, "own_drive") - 500.0, "for both: the plant stands half empty");
    pactolus_result_destroy(result);
}
