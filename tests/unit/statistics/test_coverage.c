/* Do 95% intervals hold the truth in 95 of 100 studies? 2,000 replicates; outside 0.9245..0.9720 the chance of a right
   interval is one in a million. A shift of the truth by half an interval must break each test (the control). */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "draws.h"
#include "statistics/interval.h"
#include "statistics/moments.h"
#include "statistics/order.h"
#include "statistics/sort.h"

enum { REPLICATES = 2000, SIZE = 2000 };

static double x[SIZE], spare[SIZE];

static void draw_sample(uint64_t *state)
{
    for (int i = 0; i < SIZE; i++) x[i] = draw_normal(state);
}

static void expect_coverage(const char *what, int held, int control)
{
    double share = (double)held / (double)REPLICATES;
    cr_expect(share >= 0.9245 && share <= 0.9720, "%s: %g", what, share);
    cr_expect_lt((double)control / (double)REPLICATES, 0.9, "%s: the control", what);
}

static int holds(double low, double truth, double high)
{
    return low <= truth && truth <= high;
}

Test(statistics_coverage, of_the_mean)
{
    uint64_t state = 101;
    int held = 0, control = 0;
    double z = statistics_interval_z(0.95);
    for (int r = 0; r < REPLICATES; r++) {
        draw_sample(&state);
        struct statistics_moments m = statistics_moments_of(x, SIZE);
        double half = z * statistics_moments_error(&m);
        held += holds(m.mean - half, 0, m.mean + half);
        control += holds(m.mean - half, half, m.mean + half);
    }
    expect_coverage("mean", held, control);
}

static void quantile_coverage(double p, double truth)
{
    uint64_t state = 103;
    int held = 0, control = 0;
    struct statistics_ranks ranks = statistics_interval_ranks(SIZE, p, 0.95);
    for (int r = 0; r < REPLICATES; r++) {
        draw_sample(&state);
        statistics_sort(x, spare, SIZE);
        struct statistics_order order = {SIZE, x, NULL};
        double low = statistics_order_bound(&order, ranks.low), high = statistics_order_bound(&order, ranks.high);
        held += holds(low, truth, high);
        control += holds(low, truth + 0.5 * (high - low), high);
    }
    expect_coverage("quantile", held, control);
}

Test(statistics_coverage, of_the_median)
{
    quantile_coverage(0.5, 0);
}

Test(statistics_coverage, of_the_value_at_risk)
{
    quantile_coverage(0.05, -1.6448536269514722);
}

Test(statistics_coverage, of_a_high_quantile)
{
    quantile_coverage(0.99, 2.3263478740408408);
}

/* Mean of the worst 5% of a normal: -density(quantile) / 0.05. */
Test(statistics_coverage, of_the_mean_of_the_worst)
{
    uint64_t state = 107;
    int held = 0, control = 0;
    double z = statistics_interval_z(0.95), truth = -2.0627128075074257;
    for (int r = 0; r < REPLICATES; r++) {
        draw_sample(&state);
        statistics_sort(x, spare, SIZE);
        struct statistics_tail tail = statistics_order_tail(&(struct statistics_order){SIZE, x, NULL}, 0.05);
        double half = z * tail.standard_error;
        held += holds(tail.cvar - half, truth, tail.cvar + half);
        control += holds(tail.cvar - half, truth + half, tail.cvar + half);
    }
    expect_coverage("cvar", held, control);
}

Test(statistics_coverage, of_a_probability)
{
    uint64_t state = 109;
    int held = 0, control = 0;
    double low, high, z = statistics_interval_z(0.95);
    for (int r = 0; r < REPLICATES; r++) {
        double share = 0;
        for (int i = 0; i < SIZE; i++) share += draw_uniform(&state) < 0.07;
        statistics_interval_wilson(share / (double)SIZE, SIZE, z, &low, &high);
        held += holds(low, 0.07, high);
        control += holds(low, 0.07 + 0.5 * (high - low), high);
    }
    expect_coverage("probability", held, control);
}
