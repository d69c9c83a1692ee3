/* What moves the market, one mechanism at a time, against closed forms (|z| at most 4) and by hand. */
#include <string.h>

#include "levels.h"

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

/* ---- Crisis ------------------------------------------------------------------------------------------------------------- */

#define CRISIS "market.crisis.entry_rate", "0.3", "market.crisis.exit_rate", "0.6", "market.crisis.depth.west", "0.4"

/* From no crisis P(crisis at t) = p (1 - e^{-(entry + exit) t}), p = entry / (entry + exit); demand is what it leaves, on the mean. */
Test(market_crisis, demand_has_the_mean_of_a_chain_of_two_states)
{
    struct paths run;
    struct mean demand = {{0}, {0}};
    double last = 0;
    paths_open(&run, DEAL, (const char *const[]){GROWS, "market.demand.west.volatility", "0.1", CRISIS, NULL});
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, NULL, NULL);
        for (int l = 0; l < STEPS * BLOCK_PATHS; l++) add(&demand, l / BLOCK_PATHS, plain(level_of(&run, MARKET_DEMAND, 1))[l]);
        for (int l = 0; l < BLOCK_PATHS; l++) last += at_step(run.block.market.crisis, STEPS - 1, l);
    }
    for (int n = 0; n < STEPS; n++) {
        const double t = n + 0.5, chance = 0.3 / 0.9 * (1 - exp(-0.9 * t));
        expect_mean(&demand, n, exp(0.02 * t) * (1 - 0.4 * chance), 0.0014, "demand");
        if (n == STEPS - 1) expect_share(last, chance, "crisis");
    }
    paths_close(&run);
}

/* The region that has no depth, and every other level, keep their bits. */
Test(market_crisis, moves_nothing_but_the_demand_of_its_regions)
{
    const char *const still[] = {"market.demand.east.volatility", "0.1", "market.price.west.volatility", "0.1", GROWS, NULL};
    const char *const shaken[] = {"market.demand.east.volatility", "0.1", "market.price.west.volatility", "0.1", GROWS, CRISIS, NULL};
    struct paths a, b;
    paths_open(&a, DEAL, still);
    paths_open(&b, DEAL, shaken);
    paths_run(&a, 0, NULL, NULL);
    paths_run(&b, 0, NULL, NULL);
    const size_t bytes = STEPS * BLOCK_PATHS * sizeof(double);
    cr_expect(!memcmp(level_of(&a, MARKET_DEMAND, 0), level_of(&b, MARKET_DEMAND, 0), bytes));
    cr_expect(!memcmp(level_of(&a, MARKET_PRICE, 1), level_of(&b, MARKET_PRICE, 1), bytes));
    int crises = 0;
    for (int l = 0; l < STEPS * BLOCK_PATHS; l++) {
        const double crisis = plain(b.block.market.crisis)[l];
        crises += crisis > 0;
        cr_expect_float_eq(plain(level_of(&b, MARKET_DEMAND, 1))[l], exp(0.02 * (l / BLOCK_PATHS + 0.5)) * (1 - 0.4 * crisis), 1e-14);
    }
    cr_expect(crises > 0 && crises < STEPS * BLOCK_PATHS);
    paths_close(&a);
    paths_close(&b);
}

/* The plan is one without crises, unless the deal starts in one: then it stays. */
Test(market_crisis, the_budget_has_the_first_state)
{
    struct paths none, comes, is;
    paths_open(&none, DEAL, (const char *const[]){DECIDES, NULL});
    paths_open(&comes, DEAL, (const char *const[]){DECIDES, CRISIS, NULL});
    paths_open(&is, DEAL, (const char *const[]){DECIDES, CRISIS, "market.crisis.start", "yes", NULL});
    for (int n = 0; n < STEPS; n++) {
        const double *plan = none.bench.plan.decision.budget.cash[0];
        cr_expect_eq(plan[n], comes.bench.plan.decision.budget.cash[0][n]);
        cr_expect_float_eq(is.bench.plan.decision.budget.cash[0][n], 0.6 * plan[n], 1e-4);
    }
    paths_close(&none);
    paths_close(&comes);
    paths_close(&is);
}

struct gaps {
    double gap[STEPS];
};
static void read_gap(void *context, const struct engine_block *block, int step)
{
    ((struct gaps *)context)->gap[step] = plain(block->decision.gap)[0];
}

/* A crisis that comes at once (or goes at once) is seen at the start of step 1: one jump, also where a chain moves then too. */
Test(market_crisis, goals_part_when_it_begins_or_ends)
{
    const char *const starts[] = {"no", "yes", "no"}, *const chain[] = {"0", "0", "100"};
    const char *const rates[] = {"market.crisis.entry_rate", "market.crisis.exit_rate", "market.crisis.entry_rate"};
    for (int k = 0; k < 3; k++) {
        struct paths run;
        struct gaps g;
        paths_open(&run, DEAL, (const char *const[]){DECIDES, "contract.governance.gap_regime", "0.3", "market.crisis.start", starts[k], rates[k],
                                                     "100", "market.crisis.depth.west", "0.4", "market.trade.cars.rates.low.high", chain[k],
                                                     "market.trade.cars.rates.high.low", "0", "market.trade.parts.rates.low.high", "0", NULL});
        paths_run(&run, 0, read_gap, &g);
        cr_expect_float_eq(g.gap[0], 0.2, 1e-12);
        for (int n = 1; n < STEPS; n++) cr_expect_float_eq(g.gap[n], 0.5, 1e-12, "start %s, step %d: gap %g", starts[k], n, g.gap[n]);
        paths_close(&run);
    }
}

/* ---- Jumps -------------------------------------------------------------------------------------------------------------- */

#define JUMPS "market.demand.west.jump_rate", "0.8", "market.demand.west.jump_mean", "-0.2"

struct moments { /* of a log about a number that is known */
    double mean[STEPS], second[STEPS], fourth[STEPS];
};

static void gather_logs(const struct paths *run, const double centre[STEPS], struct mean *level, struct moments *m)
{
    for (int l = 0; l < STEPS * BLOCK_PATHS; l++) {
        const int n = l / BLOCK_PATHS;
        const double x = plain(level_of(run, MARKET_DEMAND, 1))[l], apart = log(x) - centre[n];
        add(level, n, x);
        m->mean[n] += apart / (double)PATHS;
        m->second[n] += apart * apart / (double)PATHS;
        m->fourth[n] += apart * apart * apart * apart / (double)PATHS;
    }
}

/* Merton: the mean is that of the trend; the log has the mean (g - sigma^2/2 + lambda (mu - k)) t, k = e^{mu + delta^2/2} - 1, and the
   variance (sigma^2 + lambda (mu^2 + delta^2)) t. */
Test(market_jump, levels_have_mertons_mean_and_variance)
{
    const double g = 0.03, sigma = 0.1, lambda = 0.8, mu = -0.2, delta = 0.25, gain = exp(mu + delta * delta / 2) - 1;
    double centre[STEPS];
    struct paths run;
    struct mean level = {{0}, {0}};
    struct moments m = {{0}, {0}, {0}};
    for (int n = 0; n < STEPS; n++) centre[n] = (g - sigma * sigma / 2 + lambda * (mu - gain)) * (n + 0.5);
    paths_open(&run, DEAL, (const char *const[]){"market.demand.west.growth", "0.03", "market.demand.west.volatility", "0.1", JUMPS,
                                                 "market.demand.west.jump_volatility", "0.25", NULL});
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, NULL, NULL);
        gather_logs(&run, centre, &level, &m);
    }
    for (int n = 0; n < STEPS; n++) {
        const double t = n + 0.5, variance = (sigma * sigma + lambda * (mu * mu + delta * delta)) * t;
        const double error = sqrt((m.fourth[n] - variance * variance) / (double)PATHS);
        expect_mean(&level, n, exp(g * t), 0.0045, "level that jumps");
        cr_expect(fabs(m.mean[n]) <= 4 * sqrt(variance / (double)PATHS), "step %d: mean of the log off by %g", n, m.mean[n]);
        cr_expect(fabs(m.second[n] - variance) <= 4 * error, "step %d: variance %g, want %g +- %g", n, m.second[n], variance, error);
        cr_expect(error < 0.02 * variance);
    }
    paths_close(&run);
}

/* Of jumps of one size each level says how many there were: their number is Poisson, by half a year and by years. */
Test(market_jump, their_number_is_poisson)
{
    struct paths run;
    double none = 0, two = 0;
    paths_open(&run, DEAL, (const char *const[]){JUMPS, NULL});
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, NULL, NULL);
        for (int l = 0; l < BLOCK_PATHS; l++) {
            const double first = log(at_step(level_of(&run, MARKET_DEMAND, 1), 0, l)), next = log(at_step(level_of(&run, MARKET_DEMAND, 1), 1, l));
            const double count = (first + 0.4 * (exp(-0.2) - 1)) / -0.2, more = (next - first + 0.8 * (exp(-0.2) - 1)) / -0.2;
            cr_assert(fabs(count - round(count)) < 1e-9 && fabs(more - round(more)) < 1e-9, "%g, %g", count, more);
            none += count < 0.5;
            two += more > 1.5 && more < 2.5;
        }
    }
    expect_share(none, exp(-0.4), "no jump in half a year");
    expect_share(two, exp(-0.8) * 0.32, "two jumps in a year");
    paths_close(&run);
}

/* Draws of jumps are their own, and the plan has none. */
Test(market_jump, move_no_other_level_and_not_the_budget)
{
    const char *const still[] = {"market.price.west.volatility", "0.1", DECIDES, GROWS, NULL};
    const char *const jumps[] = {"market.price.west.volatility", "0.1", DECIDES, GROWS, JUMPS, NULL};
    struct paths a, b;
    paths_open(&a, DEAL, still);
    paths_open(&b, DEAL, jumps);
    paths_run(&a, 0, NULL, NULL);
    paths_run(&b, 0, NULL, NULL);
    cr_expect(!memcmp(level_of(&a, MARKET_PRICE, 1), level_of(&b, MARKET_PRICE, 1), STEPS * BLOCK_PATHS * sizeof(double)));
    cr_expect(memcmp(level_of(&a, MARKET_DEMAND, 1), level_of(&b, MARKET_DEMAND, 1), STEPS * BLOCK_PATHS * sizeof(double)));
    for (int n = 0; n < STEPS; n++) cr_expect_eq(a.bench.plan.decision.budget.cash[0][n], b.bench.plan.decision.budget.cash[0][n]);
    paths_close(&a);
    paths_close(&b);
}
