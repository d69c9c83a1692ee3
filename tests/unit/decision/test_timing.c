/* When a programme's clock will have passed its gates, by hand: annual steps, a clock that has gone through its gate already. */
#include "decision/timing.h"

#include <criterion/criterion.h>
#include <string.h>

#include "decision/grid.h"

enum { FAR = 20 };

/* One gate at programme year 1. */
struct bench {
    struct market_plan market;
    struct programme_config config;
    struct programme_gate_config gate;
    struct programme_plan plan;
    struct known_clock clock;
    struct timing timing;
    struct known known;
};

static void begin(struct bench *b, int independent, double success)
{
    memset(b, 0, sizeof *b);
    b->market.years_per_step = 1.0;
    b->gate = (struct programme_gate_config){.at = 1.0, .success = {success, -1}, .attempts = 1, .independent = independent,
                                             .material_factor = {0.6, -1}, .conversion_factor = {1.0, -1}};
    b->plan = (struct programme_plan){.config = &b->config, .market = &b->market, .gates = 1, .betters = 1};
    b->plan.gate[0] = (struct programme_gate){.config = &b->gate, .retry_steps = 1};
    b->clock.clock = all_lanes(1.0);
    b->clock.attempts[0] = all_lanes(1.0);
    decision_timing_begin(&b->timing, &b->plan, &b->clock, all_lanes(1.0));
}

static double passed_by(const struct bench *b, double steps)
{
    return decision_timing_passed(&b->timing, &b->known, 0, steps)[0];
}

/* What the venture may have passed of a gate that the own programme must pass: it makes units cheaper once. */
Test(decision_timing, a_gate_is_passed_once_at_most)
{
    struct bench b;
    struct outlook_node node = {.first = FAR, .end = FAR + 1};
    struct outlook_grid grid = {.nodes = 1, .node = &node};
    lanes factor[OUTLOOK_NODES];
    begin(&b, 0, 1.0);
    b.timing.passed[0] = all_lanes(0.5);
    cr_expect_float_eq(passed_by(&b, 0.0), 0.5, 1e-15);
    cr_expect_float_eq(passed_by(&b, FAR), 1.0, 1e-15);
    decision_timing_better(&b.timing, &b.known, &grid, 0, all_lanes(0.0), 0, 0, 1, factor);
    cr_expect_float_eq(factor[0][0], 0.6, 1e-15);
}

Test(decision_timing, nothing_is_tried_while_the_clock_stands)
{
    struct bench b;
    begin(&b, 1, 0.75);
    cr_expect_float_eq(passed_by(&b, 1.0), 0.75, 1e-15, "at the next attempt");
    b.timing.stand = all_lanes(4.0);
    cr_expect_eq(passed_by(&b, 4.0), 0.0);
    cr_expect_float_eq(passed_by(&b, 5.0), 0.75, 1e-15);
}

/* Whoever leaves takes along what the clock needs: what is tried before is tried, the rest never. */
Test(decision_timing, nothing_is_tried_once_it_stands_for_good)
{
    struct bench b;
    struct timing then;
    begin(&b, 1, 0.75);
    b.gate.attempts = 3;
    b.timing.attempts[0] = all_lanes(3.0);
    decision_timing_turn(&b.timing, 2.0, &then);
    cr_expect_float_eq(passed_by(&b, FAR), 1.0 - 0.25 * 0.25 * 0.25, 1e-15);
    decision_timing_slow(&then, all_lanes(0.0));
    cr_expect_float_eq(passed_by(&b, FAR), 1.0 - 0.25 * 0.25, 1e-15);
}
