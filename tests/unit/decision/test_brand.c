/* What commonality costs in price, and what the product takes from the partners' other products. docs/model.md (4.12). */
#include "lane_costs.h"

/* A unit takes a tenth, or a fifth, of a unit of a's others; all is common to a half in two years. */
#define BRANDS                                                                                                                   \
    "partners.a.cannibal.a", "0.1", "partners.a.cannibal.b", "0.2", "partners.a.margin_other", "3", "partners.b.cannibal.a", "0.05",     \
        "partners.b.margin_other", "4", "partners.a.brand_cost", "0.05", "partners.b.brand_cost", "0.02", "venture.common_share", "0.5",    \
        "venture.ramp_years", "2"

static void run_deal(const char *deal, const char *const *sets)
{
    struct paths paths;
    paths_open(&paths, deal, sets);
    paths_run(&paths, 0, see, NULL);
    for (int p = 0; p < 2; p++) {
        seen.book[p] = cell(paths.block.value.ledger[p][LINE_TERMINAL]);
        seen.captured[p] = cell(paths.block.value.captured[p]);
    }
    paths_close(&paths);
}

/* phi 0, 0.25, 0.5: a's price falls by 0, 1.25, 2.5%. a makes 150, b 200: a loses 15 + 40 units of 3, b 7.5 of 4; alone a loses 15. */
Test(decision_brand, lowers_prices_and_takes_from_other_products)
{
    run_deal(DEAL, SETS(BRANDS, "market.inflation", "0.02"));
    for (int n = 0; n < STEPS; n++) {
        const double phi = n == 0 ? 0 : n == 1 ? 0.25 : 0.5, prices = exp(0.02 * (n + 0.5));
        EXPECT_NEAR(seen.margin[0][n], 150 * (40 * (1 - 0.05 * phi) - 25 * prices) - 55 * 3 * prices, 1e-5);
        EXPECT_NEAR(seen.margin[1][n], 200 * (40 * (1 - 0.02 * phi) - 25 * prices) - 7.5 * 4 * prices, 1e-5);
        EXPECT_NEAR(seen.alone_cash[n], 150 * (40 - 25 * 1.25 * prices) - 15 * 3 * prices, 1e-5);
    }
}

/* The product of each takes from its own others alone as in the venture: the neutral deal stays neutral. */
Test(decision_brand, the_same_in_both_arms_gives_nothing)
{
    run_deal(TESTS_DIR "/reference/deals/neutral.yaml", SETS("partners.a.cannibal.a", "0.1", "partners.a.margin_other", "3", "partners.b.cannibal.b",
                                                             "0.2", "partners.b.margin_other", "1", "partners.a.brand_cost", "0.05"));
    for (int p = 0; p < 2; p++) EXPECT_NEAR(seen.captured[p], 0.0, 0x1p-10);
}

/* ---- Projections ---- */

#define BUSY                                                                                                                     \
    BRANDS, "contract.lock_in_years", "0", "contract.exit.right.a", "no", "contract.exit.right.b", "no", "partners.a.tax_rate",     \
        "0.25", "partners.b.tax_rate", "0.2", "partners.a.discount_rate", "0.1", "partners.b.discount_rate", "0.08", "market.inflation",  \
        "0.02", "contract.transfer_price.markup", "0.05", "valuation.terminal_multiple", "0.5", "venture.transfer_loss", "0.2",     \
        "venture.ramp_years", "4", "venture.capex.plan", "[100, 50, 50, 50, 50]", "own.a.capex.plan", "[20, 20, 20, 20]",           \
        "own.a.capex.software_share", "0.5"
#define LEAVES                                                                                                                   \
    "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "0.2", "contract.triggers.first.partner", "a",  \
        "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "1", "contract.renegotiation.split", "nash"

static const char *const *const projected[] = {
    SETS(BUSY, LEAVES),
    SETS(BUSY, LEAVES, "after.a.mode", "build", "after.a.site", "japan", "after.a.material.cost", "26"),
    SETS(BUSY, LEAVES, "after.a.mode", "buy", "after.a.buy_price", "29", "contract.exit.supply_years", "2"),
};

static double value_from(int p, int n)
{
    const double rate = p ? 0.08 : 0.1;
    double sum = 0;
    for (int m = n; m < STEPS; m++) sum += seen.cash[p][m] / pow(1 + rate, m - n);
    return sum + seen.book[p] * pow(1 + rate, n + 0.5);
}

/* On a lane on which a gives notice in step 3 to 5: what was promised that day, and a year before if all had stayed on another. */
Test(decision_brand, what_is_projected_comes)
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
    run_deal(DEAL, SETS(BUSY));
    for (int p = 0; p < 2; p++) {
        for (int n = 1; n < STEPS; n++) EXPECT_NEAR(seen.staying[p][n], value_from(p, n), 1e-3);
    }
}
