/* levels.h - what the tests of the market share: levels of a deal, and their means against closed forms (|z| at most 4). */
#ifndef TESTS_MARKET_LEVELS_H
#define TESTS_MARKET_LEVELS_H
#include <criterion/criterion.h>
#include <math.h>

#include "support/paths.h"

#define DEAL TESTS_DIR "/unit/market/market.yaml"
enum { STEPS = 6, BLOCKS = 1024, PATHS = BLOCKS * BLOCK_PATHS };

static inline double at_step(const lanes *column, int step, int path)
{
    return plain(column)[step * BLOCK_PATHS + path];
}

/* Share against a chance: z from the binomial variance. */
static inline void expect_share(double count, double want, const char *what)
{
    const double z = (count / (double)PATHS - want) / sqrt(want * (1 - want) / (double)PATHS);
    cr_expect(fabs(z) <= 4, "%s: got %g, want %g, z = %.2f", what, count / (double)PATHS, want, z);
}

#define GROWS "market.demand.west.growth", "0.02"
#define DECIDES "contract.governance.goal_gap", "0.2", "contract.governance.not_invented_here", "0.5"

/* Mean of a level by step against what is wanted; `bound` is the greatest standard error that counts. */
struct mean {
    double sum[STEPS], square[STEPS];
};
static inline void add(struct mean *mean, int step, double x)
{
    mean->sum[step] += x;
    mean->square[step] += x * x;
}
static inline double mean_of(const struct mean *mean, int step)
{
    return mean->sum[step] / (double)PATHS;
}
static inline double variance_of(const struct mean *mean, int step)
{
    return mean->square[step] / (double)PATHS - mean_of(mean, step) * mean_of(mean, step);
}
static inline void expect_mean(const struct mean *mean, int step, double want, double bound, const char *what)
{
    const double error = sqrt(variance_of(mean, step) / (double)PATHS), z = (mean_of(mean, step) - want) / error;
    cr_expect(error <= bound, "%s, step %d: standard error %g above %g", what, step, error, bound);
    cr_expect(fabs(z) <= 4, "%s, step %d: got %g, want %g, z = %.2f", what, step, mean_of(mean, step), want, z);
}

static inline const lanes *level_of(const struct paths *run, enum market_kind kind, int member)
{
    const int slot = run->bench.plan.market.slot[kind][member];
    cr_assert(slot >= 0);
    return run->block.market.level[slot];
}
#endif
