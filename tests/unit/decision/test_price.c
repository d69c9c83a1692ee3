/* Prices that follow a duty, and volumes that follow prices. docs/model.md (4.3). */
#include "lane.h"

/* The duty rises from 2.5 to 25% in the first half step (a rate of 100 a year), for good; 0.25 of it is passed on at once, 0.7 in the end,
   0.6 a year (ECONOMICS). */
#define RISES                                                                                                                    \
    "market.trade.policy.start", "low", "market.trade.policy.rates.low.high", "100", "partners.a.customs_share", "0.6",            \
        "partners.a.pass_through.first", "0.25", "partners.a.pass_through.long", "0.7", "partners.a.pass_through.speed", "0.6"

static struct {
    double made[2][STEPS], margin[2][STEPS], duty[2][STEPS], alone_made[STEPS], alone_cash[STEPS], staying[2][STEPS], leaving[2][STEPS],
        cash[2][STEPS], mode[STEPS], clock[STEPS], felt[STEPS], book[2], captured[2];
} seen;

static void see(void *context, const struct engine_block *block, int n)
{
    (void)context;
    seen.mode[n] = cell(block->decision.mode);
    seen.clock[n] = cell(block->venture.localised);
    seen.felt[n] = cell(block->venture.duty_felt[0][0] ? block->venture.duty_felt[0][0] : block->venture.duty_felt[0][1]);
    seen.alone_made[n] = cell(block->alone[0].made[0]);
    seen.alone_cash[n] = cell(block->value.alone_cash[0]);
    for (int p = 0; p < 2; p++) {
        seen.made[p][n] = cell(block->venture.made[p]);
        seen.margin[p][n] = cell(block->contract.flow[p][LINE_OWN_MARGIN]);
        seen.duty[p][n] = cell(block->contract.flow[p][LINE_TARIFF]);
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
        seen.captured[p] = cell(paths.block.value.captured[p]);
    }
    paths_close(&paths);
}

/* Price over that of the start in step n, `own` the change of duty. */
static double price_of(double change, int n)
{
    const double felt = change * (1 - exp(-0.6 * (n + 1)));
    return 1 + 0.6 * (0.25 * change + (0.7 - 0.25) * felt);
}

/* Step 0: s = 0.225 (1 - e^-0.6) = 0.101517, price 40 x 1.061160; in the end 1 + 0.6 x 0.7 x 0.225 = 1.0945. */
Test(decision_price, is_passed_on_at_once_and_in_the_long_run)
{
    run(SETS(RISES));
    EXPECT_NEAR(seen.felt[0], 0.225 * (1 - 0.548811636), 1e-9);
    EXPECT_NEAR(seen.margin[0][0], 150 * (40 * 1.0611597 - 25), 1e-3);
    for (int n = 0; n < STEPS; n++) {
        EXPECT_NEAR(seen.margin[0][n], 150 * (40 * price_of(0.225, n) - 25), 1e-5);
        EXPECT_NEAR(seen.duty[0][n], -937.5, 1e-5);
        EXPECT_NEAR(seen.made[1][n], 200, 0);
        EXPECT_NEAR(seen.margin[1][n], 200 * 15, 1e-5); /* it passes nothing on */
    }
}

/* Rivals have half of that: volume falls as the ratio to the power of -3. The lone partner, from the same site, sees the same. */
Test(decision_price, moves_volume_against_rivals)
{
    run(SETS(RISES, "partners.a.elasticity", "3", "partners.a.rivals_exposed", "0.5"));
    for (int n = 0; n < STEPS; n++) {
        const double price = price_of(0.225, n), made = 150 * pow(price / (1 + 0.5 * (price - 1)), -3);
        EXPECT_NEAR(seen.made[0][n], made, 1e-9);
        EXPECT_NEAR(seen.margin[0][n], made * (40 * price - 25), 1e-5);
        EXPECT_NEAR(seen.duty[0][n], -made * 25 * 0.25, 1e-5);
        EXPECT_NEAR(seen.alone_made[n], made, 1e-9);
        EXPECT_NEAR(seen.alone_cash[n], made * (40 * price - 25 * 1.25), 1e-5);
    }
}

/* Rivals that pay all of it leave the ratio alone; a duty that stays as it is moves nothing, bit for bit. */
Test(decision_price, of_rivals_that_pay_the_same_leaves_volume_alone)
{
    double cash[STEPS];
    run(SETS(RISES, "partners.a.elasticity", "4", "partners.a.rivals_exposed", "1"));
    for (int n = 0; n < STEPS; n++) EXPECT_NEAR(seen.made[0][n], 150, 1e-9);
    run(SETS("market.trade.policy.rates.low.high", "0"));
    for (int n = 0; n < STEPS; n++) cash[n] = seen.cash[0][n];
    run(SETS(RISES, "partners.a.elasticity", "4", "market.trade.policy.start", "high"));
    for (int n = 0; n < STEPS; n++) cr_expect_eq(seen.cash[0][n], cash[n], "step %d", n);
}

/* Made there, no duty is paid, and prices come down to it: 2.5 points below the start. Rivals still pay what the duty is. */
Test(decision_price, comes_down_where_the_plant_is_local)
{
    run(SETS(RISES, "partners.a.elasticity", "3", "partners.a.rivals_exposed", "1", "venture.localisation.to", "us",
             "venture.localisation.capex", "1", "venture.localisation.rule", "threshold", "venture.localisation.threshold", "0.2"));
    double own = 0, rivals = 0;
    for (int n = 0; n < STEPS; n++) {
        const double change = n ? -0.025 : 0.225;
        own += (1 - exp(-0.6)) * (change - own);
        rivals += (1 - exp(-0.6)) * (0.225 - rivals);
        const double price = 1 + 0.6 * (0.25 * change + 0.45 * own), other = 1 + 0.6 * (0.25 * 0.225 + 0.45 * rivals);
        EXPECT_NEAR(seen.made[0][n], 150 * pow(price / other, -3), 1e-9);
        EXPECT_NEAR(seen.margin[0][n], seen.made[0][n] * (40 * price - 25), 1e-5);
    }
}

/* ---- Projections ---- */

#define BUSY                                                                                                                     \
    RISES, "contract.lock_in_years", "0", "contract.exit.right.a", "no", "contract.exit.right.b", "no", "partners.a.tax_rate", "0.25",    \
        "partners.b.tax_rate", "0.2", "partners.a.discount_rate", "0.1", "partners.b.discount_rate", "0.08", "market.inflation", "0.02",   \
        "contract.transfer_price.markup", "0.05", "valuation.terminal_multiple", "0.5", "venture.capex.plan", "[100]",              \
        "partners.a.elasticity", "3", "partners.a.rivals_exposed", "0.4", "partners.b.customs_share", "0.5",                       \
        "partners.b.pass_through.first", "0.5", "partners.b.pass_through.long", "0.5"
#define LOCAL                                                                                                                    \
    "venture.localisation.to", "us", "venture.localisation.capex", "400", "venture.localisation.years", "3",                       \
        "venture.localisation.rule", "threshold", "venture.localisation.threshold", "0.2"
#define LEAVES                                                                                                                   \
    "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "0.2", "contract.triggers.first.partner", "a",  \
        "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "1", "contract.renegotiation.split", "nash"

static double value_from(int p, int n)
{
    const double rate = p ? 0.08 : 0.1;
    double sum = 0;
    for (int m = n; m < STEPS; m++) sum += seen.cash[p][m] / pow(1 + rate, m - n);
    return sum + seen.book[p] * pow(1 + rate, n + 0.5);
}

static const char *const *const staying[] = {
    SETS(BUSY), SETS(BUSY, LOCAL), SETS(BUSY, "venture.capacity", "250"), SETS(BUSY, "partners.a.dutiable_share", "0"),
    SETS(BUSY, "venture.production_start", "3"), SETS(BUSY, "contract.royalty.a.b.of_revenue", "0.02"),
};

Test(decision_price, what_staying_promises_comes)
{
    for (size_t k = 0; k < sizeof staying / sizeof *staying; k++) {
        run(staying[k]);
        for (int p = 0; p < 2; p++) {
            for (int n = 2; n < STEPS; n++) {
                const double came = value_from(p, n);
                cr_expect(fabs(seen.staying[p][n] - came) < 1e-3, "case %zu, step %d, partner %d: projected %.5f, came %.5f", k, n, p,
                          seen.staying[p][n], came);
            }
        }
    }
}

static const char *const *const leaving[] = {
    SETS(BUSY, LEAVES, LOCAL),
    SETS(BUSY, LEAVES, "contract.exit.supply_years", "3", "contract.exit.supply_markup", "0.1"),
    SETS(BUSY, LEAVES, "after.a.mode", "build", "after.a.site", "japan", "after.a.material.cost", "26", "after.a.capex.plan", "[100]"),
    SETS(BUSY, LEAVES, LOCAL, "after.a.mode", "buy", "after.a.site", "japan", "after.a.buy_price", "29"),
    SETS(BUSY, LEAVES, "after.a.mode", "buy", "after.a.site", "us", "after.a.buy_price", "29"),
};

Test(decision_price, what_leaving_promises_comes)
{
    for (size_t k = 0; k < sizeof leaving / sizeof *leaving; k++) {
        int n = 0;
        for (lane = 0; lane < BLOCK_PATHS; lane++) {
            run(leaving[k]);
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
}

/* The lone partner looks with its own prices: a plant saves what the duty, higher prices and lost volume together cost, within a
   hundredth (volumes and prices are projected year by year). */
Test(decision_price, the_lone_partner_counts_it)
{
    double without = 0, with = 0;
    run(SETS(RISES, "partners.a.elasticity", "3"));
    for (int n = 1; n < STEPS; n++) without += seen.alone_cash[n];
    run(SETS(RISES, "partners.a.elasticity", "3", "standalone.a.localisation.to", "us", "standalone.a.localisation.capex", "1",
             "standalone.a.localisation.rule", "npv"));
    for (int n = 1; n < STEPS; n++) with += seen.alone_cash[n];
    for (int k = 0; k < 2; k++) {
        char capex[32];
        snprintf(capex, sizeof capex, "%.4f", with + 1 - without + (k ? 0.01 : -0.01));
        run(SETS(RISES, "partners.a.elasticity", "3", "standalone.a.localisation.to", "us", "standalone.a.localisation.capex", capex,
                 "standalone.a.localisation.rule", "npv"));
        cr_expect_eq(seen.alone_made[5] > 150, !k, "capex %s: makes %g", capex, seen.alone_made[5]);
    }
}
