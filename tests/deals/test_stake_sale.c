/* Lansing (GM to LG Energy Solution, May 2025) and NextStar (Stellantis to LG Energy Solution, February 2026). */
#include "deals/deals.h"

enum { SALE = 13, SALE_NEXTSTAR = 16, STEPS = 48 }; /* quarters from January 2022: that of May 2025, of February 2026 */

static const double RATE = 0.092; /* WACC of automotive, PwC August 2024 */

/* Before tax, what the holder paid in and got back. */
struct sale {
    double flows[DEALS_STEPS_MOST], paid, back;
};

static struct sale read_sale(const struct pactolus_result *result, const char *scenario)
{
    struct sale sale = {.paid = 0.0};
    double back[DEALS_STEPS_MOST];
    cr_assert_eq(deals_steps(result, scenario, "capex", "holder", sale.flows), STEPS);
    cr_assert_eq(deals_steps(result, scenario, "exit", "holder", back), STEPS);
    for (int n = 0; n < STEPS; n++) {
        sale.paid -= sale.flows[n];
        sale.back += back[n];
        sale.flows[n] += back[n];
    }
    return sale;
}

/* GM "expects to recoup its investment" of about 1 bn (automotiveworld 2024-12-02; batterytechonline 2024-12-04); half of the plant,
   valued at 2.08-2.14 bn, is 1.04-1.07 bn (koreaherald 10483092). So a return of about 0% (1.07 paid in) to 4% (1.0 paid in), and at
   9.2% a loss of 0.06 to 0.12 bn in money of 2022. No sale at these prices may be worth more than nothing. */
Test(deals_stake_sale, lansing_gives_back_what_was_paid_in)
{
    static const char *const rows[] = {"base", "put_at_cost", "put_7_above"};
    static const double least[] = {0.0, -0.001, 0.035}, most[] = {0.04, 0.001, 0.045};
    struct pactolus_result *result = deals_run("stake-sale", "base", "put_at_cost", "put_7_above");
    for (int k = 0; k < 3; k++) {
        const struct sale sale = read_sale(result, rows[k]);
        deals_between(sale.paid, 999.0, 1001.0, "%s: paid in", rows[k]);
        deals_between(sale.back, 999.0, 1071.0, "%s: back", rows[k]);
        deals_between(deals_return(sale.flows, STEPS), least[k], most[k], "%s: return a year", rows[k]);
        deals_between(deals_worth(sale.flows, STEPS, RATE), -120.0, -60.0, "%s: the sale itself at 9.2%%", rows[k]);
        deals_between(deals_partner(result, rows[k], "captured_mean", "holder"), -120.0, -10.0, "%s: after tax, with all else", rows[k]);
        deals_between(deals_sum(result, rows[k], "exit", "holder", SALE, SALE + 1) / sale.back, 0.99, 1.0, "%s: sold in May 2025", rows[k]);
    }
    pactolus_result_destroy(result);
}

/* Staying with a plant that is used by less than half is a greater loss; with one that is used it is not. Arithmetic of the brief of
   the case: equipment for 0.46 bn to go (2.6 bn announced less what the plant was valued at) and 50 GWh at less than half. */
Test(deals_stake_sale, staying_with_an_empty_plant_loses_more)
{
    static const char *const empty[] = {"no_exit", "no_exit_shared", "half_full_no_exit", "half_full_credit_no_exit", "use_25_no_exit"};
    struct pactolus_result *result = deals_run("stake-sale", "base", "no_exit", "no_exit_shared", "half_full_no_exit",
                                               "half_full_credit_no_exit", "use_25_no_exit", "use_75_no_exit");
    const double sold = deals_partner(result, "base", "captured_mean", "holder");
    for (int k = 0; k < 5; k++) {
        deals_between(deals_partner(result, empty[k], "captured_mean", "holder"), -2000.0, sold - 300.0, "%s: stays", empty[k]);
        deals_between(deals_year(result, empty[k], "volume", "holder", 8) / 50.0, 0.0, 0.5, "%s: use by the holder", empty[k]);
    }
    deals_between(deals_partner(result, "use_75_no_exit", "captured_mean", "holder"), sold + 300.0, 2000.0, "stays with a full plant");
    pactolus_result_destroy(result);
}

/* Supply goes on; the buyer does too, where the credit was not repealed (5% a year). */
Test(deals_stake_sale, supply_goes_on)
{
    struct pactolus_result *result = deals_run("stake-sale", "base");
    double in[DEALS_STEPS_MOST];
    deals_steps(result, "base", "in", "cellmaker", in);
    deals_between(in[SALE + 4], 0.8, 1.0, "the plant runs a year later");
    deals_between(deals_sum(result, "base", "volume", "holder", SALE + 1, SALE + 9), 0.5, 10.0, "cells for the holder in two years");
    deals_between(deals_ledger(result, "base", "holder", "obligations"), -50.0, -0.1, "the dearer supply");
    pactolus_result_destroy(result);
}

/* Stellantis had put in about 980 m and got 100 dollars; it stays a customer (Globe and Mail, via el-balad; evhybridnxt). The same deal
   file, with no put and no other user of the plant. */
Test(deals_stake_sale, nextstar_gives_nothing_back)
{
    struct pactolus_result *result = deals_run("stake-sale", "nextstar", "nextstar_with_put", "nextstar_no_exit");
    const struct sale sale = read_sale(result, "nextstar"), put = read_sale(result, "nextstar_with_put");
    double in[DEALS_STEPS_MOST];
    deals_between(sale.paid, 979.0, 981.0, "paid in");
    deals_between(sale.back, -10.0, 1.0, "back, with its part of winding up on some paths");
    deals_between(deals_partner(result, "nextstar", "leaves_probability", "holder"), 0.99, 1.0, "leaves all the same");
    deals_steps(result, "nextstar", "in", "holder", in);
    deals_between(in[SALE_NEXTSTAR - 1] - in[SALE_NEXTSTAR], 0.98, 1.0, "in February 2026");
    deals_steps(result, "nextstar", "in", "cellmaker", in);
    deals_between(in[SALE_NEXTSTAR], 0.85, 1.0, "the plant goes on");
    deals_between(put.back, 970.0, 990.0, "back, had there been a put");
    const double left = deals_partner(result, "nextstar", "captured_mean", "holder");
    deals_between(deals_partner(result, "nextstar_no_exit", "captured_mean", "holder"), -2000.0, left - 100.0, "staying is worse still");
    pactolus_result_destroy(result);
}
