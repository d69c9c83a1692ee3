/* The plant of Mazda and Toyota in Alabama (2018) and that for Leapmotor in Spain (2025): what a plant behind the wall saves. */
#include "deals/deals.h"

enum { STARTS = 15, FULL = 28, STEPS = 80, SPAIN_STEPS = 40 }; /* quarters from January 2018: October 2021, January 2025 */

/* What a partner pays for the shared plant before grants, and what it saves by step over bringing the cars from Japan. */
struct plant {
    double paid, saving[DEALS_STEPS_MOST];
};

static struct plant read_plant(const struct pactolus_result *result, const char *scenario)
{
    struct plant plant = {.paid = 0.5 * deals_sum(result, scenario, "venture_capex", NULL, 0, STEPS)};
    double cash[DEALS_STEPS_MOST], capex[DEALS_STEPS_MOST], alone[DEALS_STEPS_MOST];
    cr_assert_eq(deals_steps(result, scenario, "cash", "importer", cash), STEPS);
    deals_steps(result, scenario, "capex", "importer", capex);
    deals_steps(result, scenario, "standalone_cash", "importer", alone);
    for (int n = 0; n < STEPS; n++) plant.saving[n] = cash[n] - capex[n] - alone[n];
    return plant;
}

/* Years from a step on until the savings are what was paid, within a step in proportion; 99: never. */
static double pays_back(double paid, const double *saving, int first, int steps)
{
    double total = 0.0;
    for (int n = first; n < steps; n++) {
        const double part = saving[n] > 0.0 ? (paid - total) / saving[n] : 2.0;
        if (part <= 1.0) return ((double)(n - first) + part) / (double)STEPS_A_YEAR;
        total += saving[n];
    }
    return 99.0;
}

static double year_of(const struct plant *plant)
{
    double sum = 0.0;
    for (int n = FULL; n < FULL + STEPS_A_YEAR; n++) sum += plant->saving[n];
    return sum;
}

/* Arithmetic of the brief of the case: 1.16 bn each, 0.94 bn a year at 25 points and 0.47 at 12.5 for 150,000 cars of 25,000
   dollars: 1.2 to 2.5 years, about 12 at 2.5%. Here at full volume, of flows that were booked; the cars are some 5% fewer, since
   demand above capacity is lost. */
Test(deals_localisation, the_plant_in_alabama_pays_back_as_published)
{
    struct pactolus_result *result = deals_run("localisation", "payback_low", "payback_deal", "payback_high");
    const struct plant low = read_plant(result, "payback_low"), deal = read_plant(result, "payback_deal");
    const struct plant high = read_plant(result, "payback_high");
    deals_between(high.paid, 1150.0, 1160.0, "paid by each: half of 2,311 (AP, 2020-08-13)");
    deals_between(year_of(&high) - year_of(&low), 0.93 * 940.0, 940.0, "25 points more");
    deals_between(year_of(&deal) - year_of(&low), 0.93 * 470.0, 470.0, "12.5 points more");
    deals_between(pays_back(high.paid, high.saving, FULL, STEPS), 1.0, 1.5, "years at 27.5%%");
    deals_between(pays_back(deal.paid, deal.saving, FULL, STEPS), 1.5, 2.5, "years at 15%%");
    deals_between(pays_back(low.paid, low.saving, FULL, STEPS), 11.0, 13.0, "years at 2.5%%");
    deals_between(pays_back(deal.paid, deal.saving, STARTS, STEPS), 2.5, 3.5, "from the first car, with the ramp");
    pactolus_result_destroy(result);
}

/* Pays at 15 and 27.5%, marginal at 2.5% (brief of the case): a gain there on some paths and a loss on others, by less than a
   fifth of the 1,155 that it costs. */
Test(deals_localisation, the_plant_in_alabama_pays_where_the_duty_is_high)
{
    struct pactolus_result *result = deals_run("localisation", "low_for_ever", "deal_for_ever", "high_for_ever");
    deals_between(deals_partner(result, "low_for_ever", "captured_mean", "importer"), -200.0, 100.0, "at 2.5%%");
    deals_between(deals_partner(result, "low_for_ever", "captured_loss_probability", "importer"), 0.3, 0.7, "loses at 2.5%%");
    deals_between(deals_partner(result, "deal_for_ever", "captured_loss_probability", "importer"), 0.0, 0.01, "loses at 15%%");
    deals_between(deals_partner(result, "high_for_ever", "captured_loss_probability", "importer"), 0.0, 0.01, "loses at 27.5%%");
    pactolus_result_destroy(result);
}

/* Waiting for a high duty costs whoever waits; a plant that pays is built alone too, so that sharing is worth its capital and not
   the duty. */
Test(deals_localisation, waiting_costs_and_sharing_saves)
{
    static const char *const who[] = {"incumbent", "importer"};
    double captured[2];
    struct pactolus_result *result = deals_run("localisation", "base", "export_only", "alone_at_15", "alone_at_27");
    for (int p = 0; p < 2; p++) {
        const double looks = deals_partner(result, "base", "standalone_mean", who[p]);
        const double at_15 = deals_partner(result, "alone_at_15", "standalone_mean", who[p]);
        const double at_27 = deals_partner(result, "alone_at_27", "standalone_mean", who[p]);
        deals_between(looks - at_15, 20.0, 400.0, "%s: waits for 15%%", who[p]);
        deals_between(at_15 - at_27, 100.0, 1000.0, "%s: waits for 27.5%%", who[p]);
        deals_between(at_27 - deals_partner(result, "export_only", "standalone_mean", who[p]), 50.0, 1000.0, "%s: never", who[p]);
        captured[p] = deals_partner(result, "base", "captured_mean", who[p]);
        const double wall = deals_partner(result, "export_only", "captured_mean", who[p]);
        deals_between(captured[p], 0.0, 0.4 * wall, "%s: over building alone", who[p]);
    }
    deals_between(captured[1] - captured[0], 50.0, 400.0, "worth more to who has no plant there");
    pactolus_result_destroy(result);
}

/* Between the duty that a plant needs to be built and that at which it is given up: hysteresis (Dixit 1989). Cars from the US
   cost 5% more here. */
Test(deals_localisation, a_plant_is_kept_where_it_would_not_be_built)
{
    struct pactolus_result *result =
        deals_run("localisation", "dear_duty_2.5", "dear_duty_5", "dear_duty_5_no_clawback", "dear_duty_10");
    const double built = deals_partner(result, "dear_duty_5", "standalone_localised_probability", "incumbent");
    double by_step[DEALS_STEPS_MOST];
    deals_between(built, 0.0, 0.05, "built alone at 5%%");
    deals_between(deals_number(result, "dear_duty_5", "survival_probability"), 0.6, 1.0, "kept at 5%%");
    const double for_ever = deals_number(result, "dear_duty_5_no_clawback", "survival_probability");
    deals_between(for_ever, 0.0, 0.3, "kept at 5%% where grants are kept too");
    deals_between(deals_number(result, "dear_duty_2.5", "survival_probability"), 0.0, 0.05, "kept at 2.5%%");
    deals_steps(result, "dear_duty_10", "standalone_localised", "importer", by_step);
    const double at_10 = deals_partner(result, "dear_duty_10", "standalone_localised_probability", "importer");
    deals_between(at_10, 0.5, 1.0, "built alone at 10%%");
    deals_between(by_step[STEPS - 1] - at_10, -1e-9, 1e-9, "its chance is the last of its series");
    pactolus_result_destroy(result);
}

static double pays_in_spain(const struct pactolus_result *result, const char *built, const char *not_built)
{
    static const char *const who[] = {"distributor", "maker"};
    double saving[DEALS_STEPS_MOST] = {0.0}, paid = 0.0;
    int first = 0;
    for (int p = 0; p < 2; p++) {
        double with[DEALS_STEPS_MOST], without[DEALS_STEPS_MOST], capex[DEALS_STEPS_MOST];
        deals_steps(result, built, "cash", who[p], with);
        deals_steps(result, built, "capex", who[p], capex);
        cr_assert_eq(deals_steps(result, not_built, "cash", who[p], without), SPAIN_STEPS);
        for (int n = 0; n < SPAIN_STEPS; n++) {
            saving[n] += with[n] - without[n] - capex[n];
            paid -= capex[n];
        }
    }
    while (first < SPAIN_STEPS && saving[first] < 1.0) first++;
    deals_between(paid, 199.9, 200.1, "%s: paid", built);
    return pays_back(paid, saving, first, SPAIN_STEPS);
}

static double gains(const struct pactolus_result *result, const char *one, const char *other)
{
    return deals_partner(result, one, "captured_mean", "maker") - deals_partner(result, other, "captured_mean", "maker");
}

/* 200 m, 50,000-60,000 cars a year, 5,500 euros of duty less 10-20% of cost: 2.5 years at the most (brief of the case). */
Test(deals_localisation, the_plant_in_spain_pays_at_30_percent_and_not_at_10)
{
    struct pactolus_result *result =
        deals_run_file("localisation", "leapmotor", "payback_50_export", "payback_50_20", "payback_60_export", "payback_60_10",
                       "mfn", "mfn_export", "mfn_built", "countervailing", "countervailing_export");
    deals_between(pays_in_spain(result, "payback_50_20", "payback_50_export"), 1.5, 2.5, "years, dear and few");
    deals_between(pays_in_spain(result, "payback_60_10", "payback_60_export"), 0.5, 1.5, "years, cheap and many");
    deals_between(deals_number(result, "mfn", "localised_probability"), 0.0, 0.02, "built at 10%%");
    deals_between(deals_number(result, "countervailing", "localised_probability"), 0.98, 1.0, "built at 30.7%%");
    deals_between(gains(result, "mfn_built", "mfn_export"), -400.0, -50.0, "worth of it at 10%%");
    deals_between(gains(result, "countervailing", "countervailing_export"), 100.0, 400.0, "worth of it at 30.7%%");
    pactolus_result_destroy(result);
}
