/* RV Tech, the software venture of Volkswagen and Rivian: tranches at milestones, cost 75/25 until 2028. */
#include "deals/deals.h"

enum { MIDDLE_2025 = 4, STEPS = 56, OF_FEES = 1250, TEST = 250, SOP = 210 }; /* quarters from July 2024; sum of contract.fee */
/* At the price of the market: no flows. */
enum { NOTE = 1000, SHARES_PROFIT = 750, SHARES_TEST = 750, SHARES_SOP = 250, LOAN = 1000 };

static double paid(const struct pactolus_result *result, const char *scenario, int last)
{
    return -deals_sum(result, scenario, "transfers", "volkswagen", 0, last);
}

static double captured(const struct pactolus_result *result, const char *scenario, const char *partner)
{
    return deals_partner(result, scenario, "captured_mean", partner);
}

/* 1.0 bn of note (8-K 0001193125-24-167944), 1.32 bn at the closing (0001193125-24-256108) and 1.0 bn on 30 June 2025 (SEC
   R24, 0001874178-26-000008) are 3.32 bn by the middle of 2025: when, is the gates' doing. "Up to 5.8 bn" in all (kallanish;
   tekmono). */
Test(deals_software, is_paid_as_it_came_and_never_more_than_the_ceiling)
{
    struct pactolus_result *result = deals_run("software-codevelopment", "as_it_came", "base", "calm_sure");
    deals_between(NOTE + SHARES_PROFIT + paid(result, "as_it_came", MIDDLE_2025), 3319.0, 3321.0, "paid by the middle of 2025");
    deals_between(paid(result, "as_it_came", MIDDLE_2025 - 1), 1319.0, 1321.0, "paid a quarter before");
    const double shares = SHARES_PROFIT + SHARES_TEST + SHARES_SOP;
    deals_between((double)(NOTE + LOAN) + shares + paid(result, "calm_sure", STEPS) - (double)OF_FEES, 5750.0, 5850.0, "ceiling");
    deals_between(paid(result, "base", STEPS), 0.0, paid(result, "calm_sure", STEPS), "where a milestone may be missed");
    pactolus_result_destroy(result);
}

/* "Milestones independent" (kallanish; reportify): a missed one saves its own tranche and no other, after tax at 30% and some
   two to four years of discount 0.70 to 0.86 of it; the other flows of the venture go on but for the quarrel. */
Test(deals_software, a_missed_milestone_caps_the_loss_by_its_own_tranche)
{
    struct pactolus_result *result = deals_run("software-codevelopment", "calm_sure", "calm_test_missed", "calm_sop_missed");
    static const char *const rows[] = {"calm_test_missed", "calm_sop_missed"};
    static const double tranche[] = {TEST, SOP};
    for (int k = 0; k < 2; k++) {
        const double less = paid(result, "calm_sure", STEPS) - paid(result, rows[k], STEPS);
        deals_between(less, tranche[k] - 1e-3, tranche[k] + 1e-3, "%s: not paid", rows[k]);
        const double gain = captured(result, rows[k], "volkswagen") - captured(result, "calm_sure", "volkswagen");
        deals_between(gain / tranche[k], 0.7 * 0.70, 0.7 * 0.86, "%s: worth to who does not pay", rows[k]);
        const double margin = deals_ledger(result, "calm_sure", "volkswagen", "own_margin");
        const double quarrel = deals_ledger(result, rows[k], "volkswagen", "own_margin") - margin;
        deals_between(quarrel, -20.0, 0.0, "%s: own margin", rows[k]);
    }
    pactolus_result_destroy(result);
}

/* Between 30-day mean of 10.84 before the news (8-K) and 14.45 three days later (README.md, Sources) Rivian's thousand
   million shares (from memory) gained 3.6 bn, the market's whole view of the deal; and it has the licence, 1,320 less five
   months at 12%, whatever comes. 1.0-1.5 bn a year of avoided spend and 150-300 dollars a car are two readings, both assumed,
   of what Volkswagen has of it. */
Test(deals_software, both_gain_where_the_stack_had_to_be_built)
{
    struct pactolus_result *result = deals_run("software-codevelopment", "base", "avoided_1000", "avoided_250", "no_stack",
                                               "no_stack_30m");
    deals_between(captured(result, "base", "rivian"), 1265.0, 3600.0, "Rivian, as the stock market");
    deals_between(captured(result, "avoided_1000", "volkswagen"), 500.0, 5000.0, "Volkswagen, at the low end of what is avoided");
    deals_between(captured(result, "avoided_250", "volkswagen"), -3320.0, -100.0, "at a quarter of it");
    deals_between(captured(result, "no_stack", "volkswagen"), -3320.0, -100.0, "150 to 300 dollars a car alone");
    const double fewer = captured(result, "no_stack", "volkswagen");
    deals_between(captured(result, "no_stack_30m", "volkswagen") - fewer, 100.0, 2000.0, "more cars");
    pactolus_result_destroy(result);
}

/* More than 1,500 people in November 2025 (eletric-vehicles.com) at 250 to 300 thousand dollars (assumed): 375 to 450 a year.
   Both were still in by the middle of 2026 (the 10-K; tekmono). */
Test(deals_software, costs_and_lasts_as_seen_so_far)
{
    struct pactolus_result *result = deals_run("software-codevelopment", "base");
    double in[DEALS_STEPS_MOST];
    const double spent = deals_sum(result, "base", "venture_capex", NULL, 5, 6) * (double)STEPS_A_YEAR;
    deals_between(spent, 340.0, 470.0, "spending at the end of 2025");
    deals_steps(result, "base", "in", "rivian", in);
    deals_between(in[8], 0.85, 1.0, "still in");
    deals_between(deals_partner(result, "base", "leaves_probability", "volkswagen"), 0.0, 0.05, "Volkswagen leaves");
    pactolus_result_destroy(result);
}

/* What is tied to milestones is a small part of what is paid: the premiums of 710 before tax at most, of which the timing is
   the more. What a chance to miss is worth is seen where nobody leaves: a notice stops payments, so that who goes at a break-up can
   change with them, and few such paths weigh as much as all tranches. */
Test(deals_software, tranches_move_money_and_little_of_it)
{
    struct pactolus_result *result = deals_run("software-codevelopment", "base", "calm", "calm_sure", "paid_at_closing", "licence_at_sop");
    const double base = captured(result, "base", "volkswagen");
    const double calm = captured(result, "calm", "volkswagen"), sure = captured(result, "calm_sure", "volkswagen");
    const double before = captured(result, "paid_at_closing", "volkswagen");
    deals_between(base - before, 1.0, 0.7 * 710.0, "to Volkswagen");
    const double given = captured(result, "paid_at_closing", "rivian") - captured(result, "base", "rivian");
    deals_between(given, base - before, 710.0, "from Rivian");
    deals_between((calm - sure) / (0.15 * (double)TEST + 0.25 * (double)SOP), 0.7 * 0.70, 0.7 * 0.90, "against missing, of what is not paid");
    const double licence = captured(result, "licence_at_sop", "volkswagen") - base;
    deals_between(licence, 2.0 * (base - before), 2000.0, "with the licence at the first car");
    pactolus_result_destroy(result);
}
