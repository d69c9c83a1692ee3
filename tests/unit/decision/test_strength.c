/* What partners are good at: cost multipliers alone and in the venture. docs/model.md (4.11). */
#include "lane_costs.h"

static int each; /* as an attribution switches strengths off */

static void part_with(struct paths *paths)
{
    struct deal *deal = paths->bench.deal;
    deal->programme.venture.each = paths->bench.plan.venture.each = 1;
    for (int p = 0; p < paths->bench.plan.partners; p++) deal->programme.product[p].part = deal->contract.equity[p];
}

static void run_deal(const char *deal, const char *const *sets)
{
    struct paths paths;
    paths_open(&paths, deal, sets);
    if (each) part_with(&paths);
    paths_run(&paths, 0, see, NULL);
    for (int p = 0; p < 2; p++) {
        seen.book[p] = cell(paths.block.value.ledger[p][LINE_TERMINAL]);
        seen.captured[p] = cell(paths.block.value.captured[p]);
    }
    paths_close(&paths);
}

#define STRENGTHS_OF                                                                                                             \
    "partners.a.strength.material", "0.9", "partners.b.strength.material", "1.1", "partners.a.strength.conversion", "1.2",         \
        "partners.b.strength.conversion", "0.8", "partners.a.strength.software", "0.8", "partners.a.strength.plant", "1.2",        \
        "partners.b.strength.access", "0.5", "partners.a.own_unit_cost", "2", "venture.conversion.cost", "4",                     \
        "venture.capex.plan", "[100]", "venture.capex.software_share", "0.25", "venture.fixed_cost", "10",                       \
        "standalone.a.capex.plan", "[100]", "standalone.a.capex.software_share", "0.25", "standalone.a.fixed_cost", "10",         \
        "standalone.a.conversion.cost", "4"

#define REDIRECTED "contract.redirect.volume", "20", "contract.redirect.price", "50", "venture.capacity", "400"

#define POOLED                                                                                                                   \
    "venture.common_share", "0.5", "venture.cost_to_achieve", "1.5", "venture.reference_volume", "100", "venture.material.scale_exponent", \
        "0.1", "venture.conversion.scale_exponent", "0.2"

/* The venture has the best of each: 25 x 0.9 + 4 x 0.8; alone a has its own. */
Test(decision_strength, the_venture_has_the_best_and_a_lone_partner_its_own)
{
    run_deal(DEAL, SETS(STRENGTHS_OF, "own.a.capex.plan", "[20]", "own.a.capex.software_share", "1"));
    EXPECT_NEAR(seen.unit[3], 25 * 0.9 + 4 * 0.8, 1e-12);
    EXPECT_NEAR(seen.capex[0], 100 * (0.25 * 0.8 + 0.75 * 1), 1e-9);
    EXPECT_NEAR(seen.joint[3], -10, 1e-9);
    EXPECT_NEAR(seen.margin[0][3], 150 * (40 - 2 * 0.5 - 25.7), 1e-5);
    EXPECT_NEAR(seen.own_capex[0], 20 * 0.8, 1e-5);
    EXPECT_NEAR(seen.alone_unit[3], 25 * 0.9 + 4 * 1.2, 1e-12);
    EXPECT_NEAR(seen.alone_capex[0], 100 * (0.25 * 0.8 + 0.75 * 1.2), 1e-9);
    EXPECT_NEAR(seen.alone_cash[3], 150 * (40 - 2 - 27.3 * 1.25) - 10 * 1.2, 1e-5);
}

/* Another lead; and what is lost until the ramp is over: 20% in the first year, 10% in the second. */
Test(decision_strength, follows_its_lead_and_loses_some_on_the_way)
{
    run_deal(DEAL, SETS(STRENGTHS_OF, "venture.lead.material", "b", "venture.lead.plant", "a", "venture.transfer_loss", "0.2", "venture.ramp_years", "2"));
    for (int n = 0; n < 4; n++) {
        const double lost = n == 0 ? 1.2 : n == 1 ? 1.1 : 1.0;
        EXPECT_NEAR(seen.unit[n], (25 * 1.1 + 4 * 0.8) * lost, 1e-9);
        EXPECT_NEAR(seen.joint[n], -10 * 1.2 * lost, 1e-9);
    }
    EXPECT_NEAR(seen.capex[0], 100 * (0.25 * 0.8 + 0.75 * 1.2) * 1.2, 1e-9);
}

/* Each its own: what is made for a costs 25 x 0.9 + 4 x 1.2, what a adds 2; what both share 0.7 of a's and 0.3 of b's. Nothing is lost. */
Test(decision_strength, of_each_are_its_own_and_by_equity_in_what_is_common)
{
    each = 1;
    run_deal(DEAL, SETS(STRENGTHS_OF, "venture.lead.material", "b", "venture.transfer_loss", "0.2", "venture.ramp_years", "2",
                        "partners.a.equity", "0.7", "partners.b.equity", "0.3", REDIRECTED));
    const double software = 0.7 * 0.8 + 0.3, plant = 0.7 * 1.2 + 0.3;
    const double outside = 25 * (0.7 * 0.9 + 0.3 * 1.1) + 4 * (0.7 * 1.2 + 0.3 * 0.8);
    for (int n = 0; n < 4; n++) {
        EXPECT_NEAR(seen.unit[n], 25 * 0.9 + 4 * 1.2, 1e-12);
        EXPECT_NEAR(seen.joint[n], (n ? 20 * (50 - outside) : 0) - 10 * plant, 1e-9); /* redirected at 1 */
        EXPECT_NEAR(seen.margin[0][n], 150 * (40 - 2 - 27.3), 1e-5);
        EXPECT_NEAR(seen.external[n], outside, 1e-12);
    }
    EXPECT_NEAR(seen.capex[0], 100 * (0.25 * software + 0.75 * plant), 1e-9);
    EXPECT_NEAR(seen.alone_unit[3], 25 * 0.9 + 4 * 1.2, 1e-12);
}

static double saving_of_parts(const char *const *sets)
{
    struct paths paths;
    paths_open(&paths, DEAL, sets);
    part_with(&paths);
    programme_achieve_plan(&paths.bench.plan.venture);
    const double saving = paths.bench.plan.venture.saving;
    paths_close(&paths);
    return saving;
}

/* What commonality saves by plan (4.5) each saves in its own part, whoever leads or is best: of a 150 a year, of b 200. */
Test(decision_strength, of_each_are_of_what_its_part_saves)
{
    const double material[2] = {25 * (pow(1.5, -0.1) - pow(3.5, -0.1)), 25 * (pow(2, -0.1) - pow(3.5, -0.1))};
    const double conversion[2] = {4 * (pow(1.5, -0.2) - pow(3.5, -0.2)), 4 * (pow(2, -0.2) - pow(3.5, -0.2))};
    const double want = 0.5 * (150 * (0.9 * material[0] + 1.2 * conversion[0]) + 200 * (1.1 * material[1] + 0.8 * conversion[1]));
    EXPECT_NEAR(saving_of_parts(SETS(STRENGTHS_OF, POOLED)), want, 1e-9 * want);
    EXPECT_NEAR(saving_of_parts(SETS(STRENGTHS_OF, POOLED, "venture.lead.material", "b", "venture.lead.conversion", "a")), want, 1e-9 * want);
}

/* Where nothing is pooled the venture of each is the two lone partners: nobody gains, and together not by the plant either. */
Test(decision_strength, of_each_make_a_venture_of_two_that_are_alone)
{
    each = 1;
    run_deal(TESTS_DIR "/reference/deals/neutral.yaml",
             SETS("partners.a.strength.material", "0.9", "partners.b.strength.material", "1.1", "partners.a.strength.conversion", "1.2",
                  "partners.b.strength.access", "0.5"));
    for (int p = 0; p < 2; p++) EXPECT_NEAR(seen.captured[p], 0.0, 0x1p-10);
    run_deal(TESTS_DIR "/reference/deals/neutral.yaml", SETS("partners.a.strength.plant", "0.8", "partners.b.strength.plant", "1.3",
                                                             "partners.b.tax_rate", "0.25"));
    EXPECT_NEAR(seen.captured[0] + seen.captured[1], 0.0, 0x1p-10);
    cr_expect_gt(fabs(seen.captured[0]), 1.0);
}

/* Equal strengths are no gain: the neutral deal stays neutral, at other values. */
Test(decision_strength, equal_ones_gain_nothing)
{
    static const char *const names[] = {"material", "conversion", "software", "plant", "access"};
    char name[10][48];
    const char *sets[24];
    for (int k = 0; k < 10; k++) {
        snprintf(name[k], sizeof name[k], "partners.%c.strength.%s", k % 2 ? 'a' : 'b', names[k / 2]);
        sets[2 * k] = name[k];
        sets[2 * k + 1] = "0.75";
    }
    sets[20] = NULL;
    run_deal(TESTS_DIR "/reference/deals/neutral.yaml", NULL);
    const double before = seen.alone_cash[2];
    run_deal(TESTS_DIR "/reference/deals/neutral.yaml", sets);
    for (int p = 0; p < 2; p++) EXPECT_NEAR(seen.captured[p], 0.0, 0x1p-10);
    cr_expect_gt(seen.alone_cash[2], before + 1);
}

/* ---- Projections ---- */

#define BUSY                                                                                                                     \
    STRENGTHS_OF, "contract.lock_in_years", "0", "contract.exit.right.a", "no", "contract.exit.right.b", "no", "partners.a.tax_rate",     \
        "0.25", "partners.b.tax_rate", "0.2", "partners.a.discount_rate", "0.1", "partners.b.discount_rate", "0.08", "market.inflation",  \
        "0.02", "contract.transfer_price.markup", "0.05", "valuation.terminal_multiple", "0.5", "venture.transfer_loss", "0.2",     \
        "venture.ramp_years", "4", "venture.capex.plan", "[100, 50, 50, 50, 50]", "own.a.capex.plan", "[20, 20, 20, 20]",           \
        "own.a.capex.software_share", "0.5"
#define LEAVES                                                                                                                   \
    "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "0.2", "contract.triggers.first.partner", "a",  \
        "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "1", "contract.renegotiation.split", "nash"

static const char *const *const projected[] = {
    SETS(BUSY, LEAVES),
    SETS(BUSY, LEAVES, "after.a.mode", "build", "after.a.site", "japan", "after.a.material.cost", "26", "after.a.conversion.cost", "4",
         "after.a.capex.plan", "[100, 50]", "after.a.capex.software_share", "0.3", "after.a.fixed_cost", "7"),
    SETS(BUSY, LEAVES, "after.a.mode", "build", "after.a.site", "japan", "after.a.material.cost", "26", "after.a.capex.plan", "[100, 50]",
         "after.a.capex.software_share", "0.3", "partners.a.know_how.kept", "0.4", "venture.common_share", "0.5", "after.a.production_start", "1"),
    SETS(BUSY, LEAVES, "after.a.mode", "buy", "after.a.buy_price", "29"),
    SETS(BUSY, LEAVES, REDIRECTED, "partners.a.equity", "0.7", "partners.b.equity", "0.3"),
};

static double value_from(int p, int n)
{
    const double rate = p ? 0.08 : 0.1;
    double sum = 0;
    for (int m = n; m < STEPS; m++) sum += seen.cash[p][m] / pow(1 + rate, m - n);
    return sum + seen.book[p] * pow(1 + rate, n + 0.5);
}

/* On a lane on which a gives notice in step 3 to 5: what was promised that day, and a year before if all had stayed on another. */
static void expect_promise(void)
{
    for (size_t k = 0; k < sizeof projected / sizeof *projected; k++) {
        int n = 0;
        for (lane = 0; lane < BLOCK_PATHS; lane++) {
            run_deal(DEAL, projected[k]);
            for (n = 0; n < STEPS && seen.mode[n] != (double)MODE_NOTICE;) n++;
            if (n >= 3 && n <= 5) break;
        }
        cr_assert(lane < BLOCK_PATHS);
        for (int p = 0; p < 2; p++) {
            const double came = value_from(p, n);
            cr_expect(fabs(seen.leaving[p][n] - came) < 1e-3, "case %zu, step %d, partner %d: projected %.5f, came %.5f", k, n, p,
                      seen.leaving[p][n], came);
        }
    }
    for (int with = 0; with < 2; with++) {
        run_deal(DEAL, with ? SETS(BUSY, REDIRECTED, "partners.a.equity", "0.7", "partners.b.equity", "0.3") : SETS(BUSY));
        for (int p = 0; p < 2; p++) {
            for (int n = 1 + with; n < STEPS; n++) EXPECT_NEAR(seen.staying[p][n], value_from(p, n), 1e-3); /* redirected at 1 */
        }
    }
}

Test(decision_strength, what_is_projected_comes)
{
    expect_promise();
}

Test(decision_strength, what_is_projected_of_each_comes)
{
    each = 1;
    expect_promise();
}
