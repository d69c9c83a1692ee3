/* What moves the market, one mechanism at a time, against closed forms (|z| at most 4) and by hand. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "support/paths.h"

#define DEAL TESTS_DIR "/unit/market/market.yaml"
enum { STEPS = 6, BLOCKS = 1024, PATHS = BLOCKS * BLOCK_PATHS };

static double at_step(const lanes *column, int step, int path)
{
    return plain(column)[step * BLOCK_PATHS + path];
}

/* Share against a chance: z from the binomial variance. */
static void expect_share(double count, double want, const char *what)
{
    const double z = (count / PATHS - want) / sqrt(want * (1 - want) / PATHS);
    cr_expect(fabs(z) <= 4, "%s: got %g, want %g, z = %.2f", what, count / PATHS, want, z);
}

/* ---- Chains of one group ------------------------------------------------------------------------------------------------ */

/* How many paths have both chains high in the first step, and only one of them that is less likely to be. */
static void count_high(const char *const *sets, double *both, double *parts_alone)
{
    struct paths run;
    paths_open(&run, DEAL, sets);
    *both = *parts_alone = 0;
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, NULL, NULL);
        for (int l = 0; l < BLOCK_PATHS; l++) {
            const double cars = at_step(run.block.market.regime[0], 0, l), parts = at_step(run.block.market.regime[1], 0, l);
            *both += cars * parts;
            *parts_alone += (1 - cars) * parts;
        }
    }
    paths_close(&run);
}

/* Half a year of two states: P(high) = a / (a + v) (1 - e^{-(a + v) / 2}). One uniform: both are high where the less likely one is. */
Test(market_group, chains_of_a_group_move_together)
{
    const double cars = 0.4 / 0.7 * (1 - exp(-0.35)), parts = 0.2 / 0.5 * (1 - exp(-0.25));
    const char *const grouped[] = {"market.trade.cars.group", "bloc", "market.trade.parts.group", "bloc", NULL};
    const char *const apart[] = {"market.trade.cars.group", "bloc", "market.trade.parts.group", "other", NULL};
    double both, alone;
    count_high(grouped, &both, &alone);
    cr_expect_eq(alone, 0.0);
    expect_share(both, parts, "both of a group");
    count_high(apart, &both, &alone);
    expect_share(both, cars * parts, "both of two groups");
    count_high(NULL, &both, &alone);
    expect_share(both, cars * parts, "both without a group");
}

/* A chain without rates leads nobody. */
Test(market_group, a_chain_that_stands_still_leads_nobody)
{
    struct paths run;
    paths_open(&run, DEAL, (const char *const[]){"market.trade.cars.group", "bloc", "market.trade.parts.group", "bloc",
                                                 "market.trade.cars.rates.low.high", "0", "market.trade.cars.rates.high.low", "0", NULL});
    cr_expect_eq(run.bench.plan.market.chain[1].leader, 1);
    paths_close(&run);
}
