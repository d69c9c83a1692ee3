/* Drivers of a block against the lives of its paths, as a trace tells them. */
#include "engine/driver.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "engine/trace.h"
#include "support/paths.h"

enum { SEEN = 10 }; /* kinds of drivers */
static struct paths paths;
static struct engine_drivers drivers;
static int seen[SEEN];

static void open_deal(const char *name, const char *const *sets)
{
    char deal[512];
    snprintf(deal, sizeof deal, PROJECT_DIR "/scenarios/%s/deal.yaml", name);
    paths_open(&paths, deal, sets);
    cr_assert_eq(engine_drivers_init(&drivers, &paths.bench.plan, &paths.bench.draws, BLOCK_PATHS, &paths.bench.report), STATUS_OK);
    paths_run(&paths, 0, NULL, NULL);
    engine_drivers_keep(&drivers, &paths.bench.plan, &paths.block, 0, BLOCK_PATHS);
}

static void close_deal(void)
{
    engine_drivers_free(&drivers);
    paths_close(&paths);
}

static double mean_level(const struct engine_trace *trace, const struct market_factor *factor)
{
    double sum = 0.0;
    for (int n = 0; n < trace->steps; n++) {
        const struct engine_trace_step *s = &trace->step[n];
        sum += factor->kind == MARKET_DEMAND ? s->demand[factor->member] : s->price[factor->member];
    }
    return sum / (double)trace->steps;
}

/* Years until something is first seen in a step. */
static double years_until(const struct engine_trace *trace, const struct engine_driver *driver)
{
    const double d = paths.bench.plan.market.years_per_step;
    for (int n = 0; n < trace->steps; n++) {
        const struct engine_trace_step *s = &trace->step[n];
        if (driver->kind == DRIVER_REPEAL ? s->repealed[driver->member] : s->entrant[driver->member] >= 0) return (double)n * d;
    }
    return (double)trace->steps * d;
}

static double share_of(const struct engine_trace *trace, const struct engine_driver *driver)
{
    double steps = 0.0;
    for (int n = 0; n < trace->steps; n++) {
        const struct engine_trace_step *s = &trace->step[n];
        steps += driver->kind == DRIVER_CRISIS ? s->crisis : s->regime[driver->member] == driver->regime;
    }
    return steps / (double)trace->steps;
}

static void expect(const struct engine_trace *trace, const struct engine_driver *driver, double got)
{
    const struct engine_plan *plan = &paths.bench.plan;
    double want = got;
    switch (driver->kind) {
    case DRIVER_DRAWN: want = trace->drawn[driver->member]; break;
    case DRIVER_LEVEL:
        if (plan->market.factor[driver->member].kind > MARKET_PRICE) return;
        want = mean_level(trace, &plan->market.factor[driver->member]);
        break;
    case DRIVER_REGIME:
    case DRIVER_CRISIS: want = share_of(trace, driver); break;
    case DRIVER_REPEAL: want = years_until(trace, driver); break;
    case DRIVER_ARRIVAL: /* at any time of a step */
        cr_expect(got <= years_until(trace, driver) && got > years_until(trace, driver) - 2.0 * plan->market.years_per_step, "%s", driver->name);
        break;
    case DRIVER_GATE: want = trace->step[trace->steps - 1].gate[driver->member] >= (double)GATE_PASSED; break;
    case DRIVER_SUCCESS: /* what has succeeded did so by the end */
        cr_expect(!(trace->step[trace->steps - 1].succeeded > 0.0) || got <= (double)plan->steps * plan->market.years_per_step);
        break;
    default: return;
    }
    seen[driver->kind]++;
    cr_expect_float_eq(got, want, 1e-12 * (1.0 + fabs(want)), "%s on path %d: %.17g, its life says %.17g", driver->name,
                       (int)trace->path, got, want);
}

static void expect_lives(const char *deal, const char *const *sets)
{
    open_deal(deal, sets);
    for (uint64_t path = 0; path < 12; path++) {
        struct engine_trace trace;
        cr_assert_eq(engine_trace_init(&trace, &paths.bench.plan, paths.level, path, &paths.bench.report), STATUS_OK);
        for (int k = 0; k < drivers.count; k++) {
            expect(&trace, &drivers.driver[k], drivers.value[(uint64_t)k * drivers.paths + path]);
        }
        engine_trace_free(&trace);
    }
    close_deal();
}

Test(engine_driver, are_what_the_lives_of_paths_say)
{
    static const char *const crisis[] = {"market.crisis.entry_rate", "0.3", "market.crisis.exit_rate", "0.5", "market.crisis.depth.us", "0.2", NULL};
    expect_lives("battery-jv", NULL);
    expect_lives("battery-jv", crisis);
    expect_lives("software-codevelopment", NULL);
    expect_lives("autonomy", NULL);
    static const enum engine_driver_kind kinds[] = {DRIVER_DRAWN, DRIVER_LEVEL, DRIVER_REGIME, DRIVER_REPEAL,
                                                    DRIVER_CRISIS, DRIVER_ARRIVAL, DRIVER_GATE, DRIVER_SUCCESS};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) cr_expect_gt(seen[kinds[k]], 0, "kind %d was never looked at", (int)kinds[k]);
}

static int count_of(const char *start)
{
    int count = 0;
    for (int k = 0; k < drivers.count; k++) count += !strncmp(drivers.driver[k].name, start, strlen(start));
    return count;
}

Test(engine_driver, stand_once_for_what_is_drawn_once)
{
    open_deal("battery-jv", NULL);
    cr_expect_eq(count_of("venture.capex.overrun"), 1, "the programmes of a deal share its draw");
    cr_expect_eq(count_of("standalone.automaker.capex.overrun") + count_of("after."), 0);
    cr_expect_eq(count_of("partners.automaker.launch"), 1);
    cr_expect_eq(count_of("partners.cellmaker.launch"), 0, "same(..)");
    cr_expect_eq(count_of("market.trade.us_korea."), 2, "all regimes but the first");
    close_deal();
}
