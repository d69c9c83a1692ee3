/* A second plant where a programme sells: its dates, its numbers by hand, and what is expected of it is what comes.
   docs/model.md (4.8). */
#include "lane.h"
#include "support/deal.h"

#define VENTURE "venture.localisation.to", "us", "venture.localisation.capex"
#define ALONE "standalone.a.localisation.to", "us", "standalone.a.localisation.capex"

/* One lane of a run. */
static struct {
    double clock[STEPS], alone[STEPS], duty[2][STEPS], capex[2][STEPS], unit[2][STEPS], support[2][STEPS], cash[2][STEPS], staying[2][STEPS];
    double leaving[2][STEPS], mode[STEPS], alone_cash[STEPS], after[STEPS], book[2], cause[2], captured[2];
} seen;

static void see(void *context, const struct engine_block *block, int n)
{
    (void)context;
    seen.mode[n] = cell(block->decision.mode);
    seen.clock[n] = cell(block->venture.localised);
    seen.alone[n] = cell(block->alone[0].localised);
    seen.alone_cash[n] = cell(block->value.alone_cash[0]);
    seen.after[n] = block->after_running[0] ? cell(block->after[0].localised) : NAN;
    for (int p = 0; p < 2; p++) {
        seen.duty[p][n] = cell(block->contract.flow[p][LINE_TARIFF]);
        seen.capex[p][n] = cell(block->contract.flow[p][LINE_CAPEX]);
        seen.support[p][n] = cell(block->contract.flow[p][LINE_SUBSIDY]);
        seen.unit[p][n] = cell(block->venture.unit_cost[p]);
        seen.cash[p][n] = cell(block->value.cash[p]);
        seen.staying[p][n] = cell(block->decision.staying[p]);
        seen.leaving[p][n] = cell(block->decision.leaving_value[0][p]);
    }
}

static void run(const char *const *sets)
{
    struct paths paths;
    paths_open(&paths, DEAL, sets);
    paths_run(&paths, 0, see, NULL);
    for (int p = 0; p < 2; p++) {
        seen.book[p] = cell(paths.block.value.ledger[p][LINE_TERMINAL]);
        seen.cause[p] = cell(paths.block.decision.exit_cause[p]);
        seen.captured[p] = cell(paths.block.value.captured[p]);
    }
    paths_close(&paths);
}

/* DEALS: 1.6 bn planned, x 1.44 = 2.304 bn, half each; 150,000 cars a year each, 25 points on 25,000: 0.9375 bn a year for each. The first
   review decides; two years later nothing pays duty, and a car made there costs a tenth more. b's 50 in Japan are made in Japan. */
Test(decision_localise, the_plant_in_alabama_by_hand)
{
    run(SETS(VENTURE, "2304", "venture.localisation.rule", "threshold", "venture.localisation.threshold", "0.25", "venture.localisation.years",
             "2", "venture.localisation.cost_penalty", "1.1"));
    for (int n = 0; n < STEPS; n++) {
        const int local = n >= 3;
        EXPECT_NEAR(seen.clock[n], n ? n - 1 : -1, 0);
        EXPECT_NEAR(seen.duty[0][n], local ? 0.0 : -937.5, 1e-5);
        EXPECT_NEAR(seen.duty[1][n], local ? 0.0 : -937.5, 1e-5);
        EXPECT_NEAR(seen.capex[0][n], n == 1 ? -1152.0 : 0.0, 0);
        EXPECT_NEAR(seen.unit[0][n], local ? 27.5 : 25.0, 1e-12);
        EXPECT_NEAR(seen.unit[1][n], local ? (150 * 27.5 + 50 * 25) / 200 : 25.0, 1e-12);
        EXPECT_NEAR(seen.cash[1][n], 15 * 200 - (local ? 150 * 2.5 : 937.5) - (n == 1 ? 1152 : 0), 1e-5);
    }
}

/* The same with duties in Japan: what is made in the US and what is not are valued each at its cost. */
Test(decision_localise, customs_value_is_of_what_crosses_the_border)
{
    run(SETS("venture.site", "us", "venture.localisation.to", "japan", "venture.localisation.capex", "1", "venture.localisation.rule", "threshold",
             "venture.localisation.threshold", "0.2", "venture.localisation.cost_penalty", "2", "market.trade.policy.tariff.us.japan.high", "0.3",
             "market.trade.policy.tariff.us.us.high", "0.1"));
    EXPECT_NEAR(seen.duty[1][0], -25 * (0.3 * 50 + 0.1 * 150), 1e-5);
    EXPECT_NEAR(seen.duty[1][1], -25 * 0.1 * 150, 1e-5);
    EXPECT_NEAR(seen.unit[1][1], (150 * 25 + 50 * 50) / 200.0, 1e-12);
}

/* An indexed price is the same whatever the second plant costs: so is the value at the border. What is expected is what comes. */
Test(decision_localise, customs_value_at_an_indexed_price_is_that_price)
{
    run(SETS("venture.site", "us", "venture.localisation.to", "japan", "venture.localisation.capex", "1", "venture.localisation.rule", "threshold",
             "venture.localisation.threshold", "0.2", "venture.localisation.cost_penalty", "2", "market.trade.policy.tariff.us.japan.high", "0.3",
             "market.trade.policy.tariff.us.us.high", "0.1", "contract.transfer_price.rule", "indexed", "contract.transfer_price.price", "30",
             "contract.lock_in_years", "0", "contract.exit.right.a", "no", "contract.exit.right.b", "no"));
    EXPECT_NEAR(seen.duty[1][0], -30 * (0.3 * 50 + 0.1 * 150), 1e-5);
    EXPECT_NEAR(seen.duty[1][1], -30 * 0.1 * 150, 1e-5);
    double came = 0;
    for (int n = 2; n < STEPS; n++) came += seen.cash[1][n];
    EXPECT_NEAR(seen.staying[1][2], came + seen.book[1], 1e-3);
}

/* Payback of a lone plant of 1,152: 1.2 years at 25 points, 2.5 at 12.5, 12.3 at 2.5; with nine years to go and no interest it pays
   up to a capex of nine years' duty. */
Test(decision_localise, npv_builds_where_the_saving_exceeds_its_capex)
{
    static const struct {
        const char *duty, *capex;
        int builds;
    } cases[] = {{"0.25", "1152", 1}, {"0.125", "1152", 1}, {"0.025", "1152", 0}, {"0.025", "843.74", 1}, {"0.025", "843.76", 0},
                 {"0.25", "8437.4", 1}, {"0.25", "8437.6", 0}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        run(SETS("market.trade.policy.tariff.japan.us.high", cases[k].duty, ALONE, cases[k].capex, "standalone.a.localisation.rule", "npv",
                 "contract.review_every_years", "0", "venture.localisation.rule", "none"));
        EXPECT_NEAR(seen.alone[STEPS - 1], cases[k].builds ? STEPS - 2 : -1, 0);
        EXPECT_NEAR(seen.alone_cash[1], 15 * 150 - (cases[k].builds ? atof(cases[k].capex) : atof(cases[k].duty) * 3750), 1e-5);
    }
}

/* A cost penalty of 4% costs 150 a year: 787.5 are saved, nine times, 551.25 after 30% of tax; half of the book is paid for at the
   horizon, so that 1 of capex costs 1 - 0.3 (1 - 0.75^9) - 0.65 x 0.75^9 = 0.673720: up to 7,363.96. */
Test(decision_localise, npv_is_after_penalty_and_tax)
{
    static const char *const capex[2] = {"7363.9", "7364.1"};
    for (int k = 0; k < 2; k++) {
        run(SETS("partners.a.tax_rate", "0.3", ALONE, capex[k], "standalone.a.localisation.rule", "npv", "standalone.a.localisation.cost_penalty",
                 "1.04", "valuation.terminal_multiple", "0.5"));
        EXPECT_NEAR(seen.alone[1], k ? -1 : 0, 0);
    }
}

Test(decision_localise, no_contract_moves_the_lone_dates)
{
    double first[STEPS];
    run(SETS(ALONE, "1152", "standalone.a.localisation.rule", "threshold", "standalone.a.localisation.threshold", "0.2"));
    for (int n = 0; n < STEPS; n++) first[n] = seen.alone[n];
    run(SETS(ALONE, "1152", "standalone.a.localisation.rule", "threshold", "standalone.a.localisation.threshold", "0.2",
             "contract.review_every_years", "3", "contract.renegotiation.attempts", "2", "contract.governance.goal_gap", "0.5", VENTURE, "99",
             "venture.localisation.rule", "threshold", "venture.localisation.threshold", "0.2"));
    for (int n = 0; n < STEPS; n++) EXPECT_NEAR(seen.alone[n], first[n], 0);
    EXPECT_NEAR(first[1], 0, 0);
    EXPECT_NEAR(seen.clock[2], -1, 0);
    EXPECT_NEAR(seen.clock[3], 0, 0);
}

/* The same plant in both arms, on the same dates, of the same size: the deal is worth what it is without any. */
Test(decision_localise, the_same_in_both_arms_gives_nothing)
{
    const char *const both[] = {"standalone.b.mode", "build", "standalone.b.site", "japan", "standalone.b.material.cost", "25", NULL};
    run(both);
    EXPECT_NEAR(seen.captured[0], 0, 0);
    run(SETS("standalone.b.mode", "build", "standalone.b.site", "japan", "standalone.b.material.cost", "25", VENTURE, "2000",
             "venture.localisation.rule", "threshold", "venture.localisation.threshold", "0.2", "venture.localisation.years", "1", ALONE, "1000",
             "standalone.a.localisation.rule", "threshold", "standalone.a.localisation.threshold", "0.2", "standalone.a.localisation.years", "1",
             "standalone.b.localisation.to", "us", "standalone.b.localisation.capex", "1000", "standalone.b.localisation.rule", "threshold",
             "standalone.b.localisation.threshold", "0.2", "standalone.b.localisation.years", "1"));
    for (int p = 0; p < 2; p++) EXPECT_NEAR(seen.captured[p], 0, 0x1p-10);
    EXPECT_NEAR(seen.clock[2], 1, 0);
    EXPECT_NEAR(seen.alone[2], 1, 0);
}

/* ---- Projections --------------------------------------------------------------------------------------------------------- */

#define BUSY                                                                                                                     \
    "contract.lock_in_years", "0", "contract.exit.right.a", "no", "contract.exit.right.b", "no",                                  \
    "partners.a.tax_rate", "0.25", "partners.b.tax_rate", "0.2", "partners.a.discount_rate", "0.1", "partners.b.discount_rate", "0.08",  \
        "market.inflation", "0.02", "market.subsidy.here.per_unit", "2", "market.subsidy.there.per_unit", "1",                     \
        "contract.transfer_price.markup", "0.05", "valuation.terminal_multiple", "0.5", VENTURE, "400", "venture.localisation.years", "3", \
        "venture.localisation.cost_penalty", "1.2", "venture.localisation.threshold", "0.2", "venture.localisation.rule", "threshold"

static const char *const *const projected[] = {
    SETS(BUSY),
    SETS(BUSY, "contract.subsidy.rule", "equity"),
    SETS(BUSY, "venture.capacity", "300"),
    SETS(BUSY, "venture.capacity", "300", "contract.subsidy.rule", "fixed", "contract.subsidy.share.a", "0.7", "contract.subsidy.share.b", "0.3"),
    SETS(BUSY, "venture.production_start", "2"),
    SETS(BUSY, "venture.success.rate", "100", "venture.success.from", "2", "venture.development_cost", "[30]"), /* certain in the third year */
    SETS(BUSY, "venture.adverse.rate", "100", "venture.adverse.ends", "no", "venture.adverse.standstill_years", "2", "venture.production_start", "1"),
};

static double value_from(int p, int n, double rate)
{
    double sum = 0;
    for (int m = n; m < STEPS; m++) sum += seen.cash[p][m] / pow(1 + rate, m - n);
    return sum + seen.book[p] * pow(1 + rate, n + 0.5); /* the ledger has it at T, discounted to the signing */
}

Test(decision_localise, what_staying_promises_comes)
{
    static const double rate[2] = {0.1, 0.08};
    for (size_t k = 0; k < sizeof projected / sizeof *projected; k++) {
        run(projected[k]);
        cr_expect(seen.clock[STEPS - 1] == STEPS - 2 && seen.duty[0][3] < 0 && seen.duty[0][4] > -1e-9, "case %zu", k);
        for (int p = 0; p < 2; p++) {
            for (int n = 2; n < STEPS; n++) {
                const double came = value_from(p, n, rate[p]);
                cr_expect(fabs(seen.staying[p][n] - came) < 1e-3, "case %zu, step %d, partner %d: projected %.5f, came %.5f", k, n, p,
                          seen.staying[p][n], came);
            }
        }
    }
}

/* ---- Leaving --------------------------------------------------------------------------------------------------------------- */

#define LEAVES                                                                                                                   \
    "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "0.2", "contract.triggers.first.partner", "a",  \
        "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "1", "contract.renegotiation.split", "nash"

/* A lane on which a gives notice in step 3 to 5, and that step. */
static int find_notice(const char *const *sets)
{
    for (lane = 0; lane < BLOCK_PATHS; lane++) {
        int n = 0;
        run(sets);
        while (n < STEPS && seen.mode[n] != (double)MODE_NOTICE) n++;
        if (n >= 3 && n <= 5) return n;
    }
    cr_assert_fail("no such lane");
    return 0;
}

static const char *const *const left[] = {
    SETS(BUSY, LEAVES),
    SETS(BUSY, LEAVES, "contract.exit.supply_years", "3", "contract.exit.supply_markup", "0.1"),
    SETS(BUSY, LEAVES, "after.a.mode", "build", "after.a.site", "japan", "after.a.material.cost", "26", "after.a.capex.plan", "[100]"),
};

Test(decision_localise, what_leaving_promises_comes)
{
    static const double rate[2] = {0.1, 0.08};
    for (size_t k = 0; k < sizeof left / sizeof *left; k++) {
        const int n = find_notice(left[k]);
        cr_assert_eq(seen.cause[0], (double)CAUSE_CONTROL);
        for (int p = 0; p < 2; p++) {
            const double came = value_from(p, n, rate[p]);
            cr_expect(fabs(seen.leaving[p][n] - came) < 1e-3, "case %zu, step %d, partner %d: projected %.5f, came %.5f", k, n, p,
                      seen.leaving[p][n], came);
        }
    }
}

/* One that has left builds its own plant where it sells, the next year: it spends 500, and from then on pays no duty. */
Test(decision_localise, so_does_one_that_has_left)
{
    static const char *const rules[2] = {"threshold", "npv"};
    for (int k = 0; k < 2; k++) {
        const int n = find_notice(SETS(LEAVES, "after.a.mode", "build", "after.a.site", "japan", "after.a.material.cost", "25",
                                       "after.a.localisation.to", "us", "after.a.localisation.capex", "500", "after.a.localisation.rule",
                                       rules[k], "after.a.localisation.threshold", k ? "0" : "0.2"));
        for (int m = n; m < STEPS; m++) {
            EXPECT_NEAR(seen.after[m], m > n ? m - n - 1 : -1, 0); /* settled and decided in the step after the notice */
            EXPECT_NEAR(seen.duty[0][m], m > n ? 0.0 : -937.5, 1e-5);
            EXPECT_NEAR(seen.capex[0][m], m == n + 1 ? -500.0 : 0.0, 0);
        }
    }
}

/* Its plant pays for itself where the years that are left save more than it costs: 937.5 a year. */
Test(decision_localise, npv_of_one_that_has_left_counts_the_years_left)
{
    for (int k = 0; k < 2; k++) {
        char capex[32] = "1";
        const char *const sets[] = {LEAVES, "after.a.mode", "build", "after.a.site", "japan", "after.a.material.cost", "25",
                                    "after.a.localisation.to", "us", "after.a.localisation.rule", "npv", "after.a.localisation.capex", capex, NULL};
        const int n = find_notice(sets);
        snprintf(capex, sizeof capex, "%.2f", 937.5 * (STEPS - n - 1) + (k ? 0.05 : -0.05));
        run(sets);
        EXPECT_NEAR(seen.after[STEPS - 1], k ? -1 : STEPS - n - 2, 0);
    }
}

/* What comes late sells less, and saves less duty: alone a year late, e^{-0.2} of eight years; after an exit a year late once more, e^{-0.3} in all,
   from two years behind the settlement on. */
Test(decision_localise, npv_counts_what_lateness_leaves)
{
    for (int k = 0; k < 2; k++) {
        char capex[32] = "1";
        snprintf(capex, sizeof capex, "%.2f", 937.5 * exp(-0.2) * 8 + (k ? 0.05 : -0.05));
        run(SETS("standalone.a.production_start", "1", "standalone.a.delay", "2", "standalone.a.late_penalty", "0.2", "standalone.a.localisation.to", "us",
                 "standalone.a.localisation.rule", "npv", "standalone.a.localisation.capex", capex));
        EXPECT_NEAR(seen.alone[STEPS - 1], k ? -1 : STEPS - 2, 0);
        const char *const sets[] = {LEAVES, "venture.production_start", "1", "venture.delay", "2", "venture.late_penalty", "0.1", "after.a.mode", "build",
                                    "after.a.site", "japan", "after.a.material.cost", "25", "after.a.production_start", "1", "after.a.delay", "2",
                                    "after.a.late_penalty", "0.2", "after.a.localisation.to", "us", "after.a.localisation.rule", "npv",
                                    "after.a.localisation.capex", capex, NULL};
        const int n = find_notice(sets);
        snprintf(capex, sizeof capex, "%.2f", 937.5 * exp(-0.3) * (STEPS - n - 3) + (k ? 0.05 : -0.05));
        run(sets);
        EXPECT_NEAR(seen.after[STEPS - 1], k ? -1 : STEPS - n - 2, 0);
    }
}
