/* Entrants, variants, and the risk-adjusted measure: by hand, against closed forms, and as partners expect them. */
#include <string.h>

#include "levels.h"

#define WEST "market.entrant.west."
#define COMES WEST "arrival_rate", "100", WEST "price_cut", "0.2", WEST "share_loss", "0.3", WEST "phase_years", "4"

/* ---- Entrants ----------------------------------------------------------------------------------------------------------- */

static void expect_effect(const struct paths *run, const double effect[STEPS], const char *what)
{
    for (int l = 0; l < STEPS * BLOCK_PATHS; l++) {
        const int n = l / BLOCK_PATHS;
        cr_expect_float_eq(plain(level_of(run, MARKET_DEMAND, 1))[l], 1 - 0.3 * effect[n], 1e-12, "%s, step %d", what, n);
        cr_expect_float_eq(plain(level_of(run, MARKET_PRICE, 1))[l], 1 - 0.2 * effect[n], 1e-12, "%s, step %d", what, n);
    }
}

/* It arrives in step 0, and phases in over four years by the middles of steps. While it pays 10% on an advantage of 25% it has 0.6 of that,
   while it pays 30% nothing. */
Test(market_entrant, phases_in_and_is_eaten_by_its_duty_until_it_is_local)
{
    static const struct {
        const char *duty, *origin, *localises;
        double effect[STEPS];
    } cases[] = {{"0.1", "none", "0", {0.125, 0.375, 0.625, 0.875, 1, 1}},
                 {"0.1", "east", "3", {0.6 * 0.125, 0.6 * 0.375, 0.6 * 0.625, 0.875, 1, 1}},
                 {"0.3", "east", "2", {0, 0, 0.625, 0.875, 1, 1}},
                 {"0.1", "east", "40", {0.6 * 0.125, 0.6 * 0.375, 0.6 * 0.625, 0.6 * 0.875, 0.6, 0.6}}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct paths run;
        paths_open(&run, DEAL, (const char *const[]){COMES, WEST "origin", cases[k].origin, WEST "localise_years", cases[k].localises,
                                                     "market.trade.cars.start", "high", "market.trade.cars.rates.high.low", "0",
                                                     "market.trade.cars.tariff.east.west.high", cases[k].duty, NULL});
        paths_run(&run, 0, NULL, NULL);
        expect_effect(&run, cases[k].effect, cases[k].duty);
        paths_close(&run);
    }
}

/* Both arms see it: what a sells in the venture and alone; b sells elsewhere. */
Test(market_entrant, takes_volume_and_price_in_both_arms)
{
    struct paths run;
    paths_open(&run, DEAL, (const char *const[]){COMES, WEST "phase_years", "0", "standalone.a.mode", "build", "standalone.a.material.cost", "1", NULL});
    paths_run(&run, 0, NULL, NULL);
    cr_expect_float_eq(plain(run.block.venture.made[0])[0], 70, 1e-9);
    cr_expect_float_eq(plain(run.block.alone[0].made[0])[0], 70, 1e-9);
    cr_expect_float_eq(plain(run.block.venture.made[1])[0], 100, 1e-9);
    cr_expect_float_eq(plain(run.block.contract.flow[0][LINE_OWN_MARGIN])[0], 70 * (2 * 0.8 - 1), 1e-5);
    cr_expect_float_eq(plain(run.block.value.alone_cash[0])[0], 70 * (2 * 0.8 - 1), 1e-5);
    paths_close(&run);
}

/* Arrival in step i has the chance e^{-h i} - e^{-h (i + 1)}; demand has the mean of what is phased in by then. */
Test(market_entrant, arrives_as_its_hazard_says)
{
    struct paths run;
    struct mean demand = {{0}, {0}};
    double arrived = 0;
    paths_open(&run, DEAL, (const char *const[]){WEST "arrival_rate", "0.3", WEST "share_loss", "0.3", WEST "phase_years", "4", NULL});
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, NULL, NULL);
        for (int l = 0; l < STEPS * BLOCK_PATHS; l++) add(&demand, l / BLOCK_PATHS, plain(level_of(&run, MARKET_DEMAND, 1))[l]);
        for (int l = 0; l < BLOCK_PATHS; l++) arrived += plain(run.block.market.arrival[1])[l] < 2.5;
    }
    expect_share(arrived, 1 - exp(-0.9), "arrived within three years");
    for (int n = 0; n < STEPS; n++) {
        double effect = 0;
        for (int i = 0; i <= n; i++) effect += (exp(-0.3 * i) - exp(-0.3 * (i + 1))) * fmin(1, (n - i + 0.5) / 4);
        expect_mean(&demand, n, 1 - 0.3 * effect, 0.0006, "demand");
    }
    paths_close(&run);
}

Test(market_entrant, moves_nothing_else_and_not_the_budget)
{
    const char *const still[] = {"market.demand.east.volatility", "0.1", DECIDES, GROWS, NULL};
    const char *const comes[] = {"market.demand.east.volatility", "0.1", DECIDES, GROWS, COMES, NULL};
    struct paths a, b;
    paths_open(&a, DEAL, still);
    paths_open(&b, DEAL, comes);
    paths_run(&a, 0, NULL, NULL);
    paths_run(&b, 0, NULL, NULL);
    cr_expect(!memcmp(level_of(&a, MARKET_DEMAND, 0), level_of(&b, MARKET_DEMAND, 0), STEPS * BLOCK_PATHS * sizeof(double)));
    for (int n = 0; n < STEPS; n++) cr_expect_eq(a.bench.plan.decision.budget.cash[0][n], b.bench.plan.decision.budget.cash[0][n]);
    paths_close(&a);
    paths_close(&b);
}

/* ---- What partners expect ----------------------------------------------------------------------------------------------- */

#define LOOKS "contract.review_every_years", "1", "contract.exit.right.a", "no", "contract.exit.right.b", "no"

/* Of a, which sells in the west: what staying promises, and the cash that comes. */
struct promises {
    double column[2][STEPS][BLOCK_PATHS];
};
static void read_promises(void *context, const struct engine_block *block, int step)
{
    struct promises *seen = context;
    memcpy(seen->column[0][step], plain(block->decision.staying[0]), sizeof seen->column[0][step]);
    memcpy(seen->column[1][step], plain(block->value.cash[0]), sizeof seen->column[1][step]);
}

/* By path, what staying promises at step n less what comes. */
static void compare(const struct promises *seen, const struct paths *run, int n, double apart[BLOCK_PATHS])
{
    const double *discount = run->bench.plan.value.discount[0], *end = plain(run->block.value.ledger[0][LINE_TERMINAL]);
    for (int l = 0; l < BLOCK_PATHS; l++) {
        double came = end[l];
        for (int m = n; m < STEPS; m++) came += seen->column[1][m][l] * discount[m];
        apart[l] = seen->column[0][n][l] - came / discount[n];
    }
}

/* Every look of a deal in which nothing is random and nobody may leave promises what then comes. */
static void expect_promises(const char *const *more, const char *what)
{
    static struct promises seen;
    const char *sets[64] = {LOOKS};
    size_t count = 6;
    struct paths run;
    double apart[BLOCK_PATHS];
    for (size_t k = 0; more[k]; k++) sets[count++] = more[k];
    sets[count] = NULL;
    paths_open(&run, DEAL, sets);
    paths_run(&run, 0, read_promises, &seen);
    for (int n = 1; n < STEPS; n++) {
        compare(&seen, &run, n, apart);
        cr_expect(fabs(apart[0]) < 1e-3, "%s, step %d: promised %g, %g too much", what, n, seen.column[0][n][0], apart[0]);
    }
    paths_close(&run);
}

#define STANDS "market.trade.cars.start", "high", "market.trade.cars.rates.high.low", "0", "market.trade.parts.rates.low.high", "0"

Test(market_entrant, that_has_come_is_projected_as_it_phases_in)
{
    expect_promises((const char *const[]){STANDS, COMES, GROWS, NULL}, "no duty");
    expect_promises((const char *const[]){STANDS, COMES, GROWS, WEST "origin", "east", WEST "localise_years", "3", NULL}, "local in time");
    expect_promises((const char *const[]){STANDS, COMES, WEST "origin", "east", WEST "localise_years", "40", NULL}, "never local");
    expect_promises((const char *const[]){STANDS, COMES, "steps_per_year", "1", "market.crisis.start", "yes", "market.crisis.depth.west", "0.5",
                                          NULL}, "in a crisis");
}

/* It may come, under a duty that may change: on the mean over paths what is promised comes, as values are linear in its effect. */
Test(market_entrant, that_may_come_is_expected_by_its_hazard_and_duty)
{
    enum { LOOK = 2 };
    static struct promises seen;
    static double apart[PATHS];
    struct paths run;
    paths_open(&run, DEAL, (const char *const[]){LOOKS, WEST "arrival_rate", "0.3", WEST "share_loss", "0.5", WEST "phase_years", "2", WEST "origin",
                                                 "east", WEST "localise_years", "2", WEST "cost_advantage", "0.12", NULL});
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, read_promises, &seen);
        compare(&seen, &run, LOOK, apart + k * BLOCK_PATHS);
    }
    const struct estimate off = estimate_of(apart, NULL, PATHS);
    cr_expect(off.error < 0.2, "the check is sharp: %g", off.error);
    cr_expect(fabs(off.mean) <= 4 * off.error, "promised less came: %g +- %g", off.mean, off.error);
    paths_close(&run);
}

/* ---- Variants ----------------------------------------------------------------------------------------------------------- */

static void read_costs(void *context, const struct engine_block *block, int step)
{
    double(*cost)[2] = context;
    cost[step][0] = plain(block->venture.unit_cost[0])[0];
    cost[step][1] = plain(block->alone[0].unit_cost[0])[0];
}

/* x e^{f t} variants: c = 1 + chi ((x e^{f t})^0.4 - 1), in both arms. */
Test(market_fragmentation, variants_multiply_in_both_arms)
{
    struct paths run;
    double cost[STEPS][2];
    paths_open(&run, DEAL, (const char *const[]){"market.fragmentation", "0.08", "venture.complexity", "0.3", "venture.variants", "2",
                                                 "standalone.a.mode", "build", "standalone.a.material.cost", "1.5", "standalone.a.complexity", "0.2",
                                                 NULL});
    paths_run(&run, 0, read_costs, cost);
    for (int n = 0; n < STEPS; n++) {
        cr_expect_float_eq(cost[n][0], 1 + 0.3 * (pow(2 * exp(0.08 * (n + 0.5)), 0.4) - 1), 1e-12);
        cr_expect_float_eq(cost[n][1], 1.5 * (1 + 0.2 * (exp(0.4 * 0.08 * (n + 0.5)) - 1)), 1e-12);
    }
    paths_close(&run);
    expect_promises((const char *const[]){STANDS, "market.fragmentation", "0.08", "venture.complexity", "0.3", "venture.variants", "2", NULL},
                    "variants");
}

/* ---- Measure ------------------------------------------------------------------------------------------------------------ */

#define ADJUSTED "valuation.measure", "risk_adjusted", "valuation.risk_free", "0.03"
#define LEVELS                                                                                                                \
    "market.demand.west.growth", "0.03", "market.demand.west.volatility", "0.2", "market.demand.west.price_of_risk", "0.4",       \
        "market.price.west.volatility", "0.15", "market.price.west.mean_reversion", "0.5", "market.price.west.start_gap", "0.1",  \
        "market.price.west.price_of_risk", "0.3"

/* The drift of the log is lowered by price x sigma: without reversion the mean is e^{(g - price sigma) t}; with it the mean of X tends to
   - price sigma / kappa, so that the effect is bounded. */
Test(market_measure, lowers_the_mean_of_levels)
{
    struct paths run;
    struct mean demand = {{0}, {0}}, price = {{0}, {0}};
    paths_open(&run, DEAL, (const char *const[]){ADJUSTED, LEVELS, NULL});
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, NULL, NULL);
        for (int l = 0; l < STEPS * BLOCK_PATHS; l++) {
            add(&demand, l / BLOCK_PATHS, plain(level_of(&run, MARKET_DEMAND, 1))[l]);
            add(&price, l / BLOCK_PATHS, plain(level_of(&run, MARKET_PRICE, 1))[l]);
        }
    }
    for (int n = 0; n < STEPS; n++) {
        const double t = n + 0.5, faded = exp(-0.5 * t);
        expect_mean(&demand, n, exp((0.03 - 0.4 * 0.2) * t), 0.0017, "demand");
        expect_mean(&price, n, exp(0.1 * faded - 0.3 * 0.15 * (1 - faded) / 0.5), 0.0006, "price");
    }
    paths_close(&run);
}

/* One rate for all flows of both arms and the joint surplus; prices of risk that are not asked for move no bit. */
Test(market_measure, discounts_all_at_one_rate_and_real_is_neutral)
{
    struct paths run, real, priced;
    paths_open(&run, DEAL, (const char *const[]){ADJUSTED, LEVELS, NULL});
    for (int n = 0; n < STEPS; n++) {
        for (int p = 0; p < 2; p++) cr_expect_float_eq(run.bench.plan.value.discount[p][n], pow(1.03, -(n + 0.5)), 1e-14);
        cr_expect_float_eq(run.bench.plan.value.common_discount[n], pow(1.03, -(n + 0.5)), 1e-14);
    }
    paths_close(&run);
    paths_open(&real, DEAL, (const char *const[]){LEVELS, "market.demand.west.price_of_risk", "0", "market.price.west.price_of_risk", "0", NULL});
    paths_open(&priced, DEAL, (const char *const[]){LEVELS, NULL});
    paths_run(&real, 0, NULL, NULL);
    paths_run(&priced, 0, NULL, NULL);
    for (int p = 0; p < 2; p++) cr_expect(!memcmp(plain(real.block.value.captured[p]), plain(priced.block.value.captured[p]), 512));
    paths_close(&real);
    paths_close(&priced);
}
