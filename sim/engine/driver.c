#include "engine/driver.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- Which there are ---- */

__attribute__((format(printf, 5, 6)))
static void add(struct engine_drivers *drivers, enum engine_driver_kind kind, int member, int regime, const char *format, ...)
{
    struct engine_driver *driver = &drivers->driver[drivers->count++];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(driver->name, sizeof driver->name, format, arguments);
    va_end(arguments);
    driver->kind = kind;
    driver->member = member;
    driver->regime = regime;
}

/* Several numbers may be one draw: same(..), the programmes of one deal. The venture's stands for them, else the first. */
static void add_drawn(struct engine_drivers *drivers, const struct engine_plan *plan, const struct param_draws *draws)
{
    for (int u = 0; u < plan->uniforms; u++) {
        int shown = -1;
        for (int k = 0; k < plan->draws; k++) {
            if (plan->draw[k].uniform != u) continue;
            if (shown < 0 || !strncmp(draws->draw[k].name, "venture.", 8)) shown = k;
        }
        if (shown >= 0) add(drivers, DRIVER_DRAWN, shown, 0, "%s", draws->draw[shown].name);
    }
}

/* A level that only grows is the same on every path. */
static int level_moves(const struct market_plan *market, const struct market_factor *factor)
{
    const struct market_factor_config *config = factor->config;
    const int shocked = (factor->kind == MARKET_DEMAND && market_crisis_moves(market, factor->member)) ||
                        (factor->kind <= MARKET_PRICE && market_entrant_takes(market, (int)factor->kind, factor->member));
    return factor->random || factor->jumps || shocked || config->growth.draw >= 0 || config->start_gap.draw >= 0;
}

static void add_market(struct engine_drivers *drivers, const struct market_plan *market, const struct param_scope *scope)
{
    for (int f = 0; f < market->factors; f++) {
        if (level_moves(market, &market->factor[f])) add(drivers, DRIVER_LEVEL, f, 0, "market.%s", market->factor[f].name);
    }
    for (int c = 0; c < market->chains; c++) {
        for (int r = 0; r < market->chain[c].regimes && !market->chain[c].still; r++) {
            if (r == market->chain[c].start) continue;
            add(drivers, DRIVER_REGIME, c, r, "market.trade.%s.%s", scope->set[PARAM_SET_CHAIN].name[c], scope->regimes[c].name[r]);
        }
    }
    for (int s = 0; s < market->subsidies; s++) {
        if (!number_differs(market->subsidy[s].config->repeal_rate, 0.0)) continue;
        add(drivers, DRIVER_REPEAL, s, 0, "market.subsidy.%s", scope->set[PARAM_SET_SUBSIDY].name[s]);
    }
    if (market->use_moves) add(drivers, DRIVER_USE, 0, 0, "market.alternative_use");
    if (market->crisis) add(drivers, DRIVER_CRISIS, 0, 0, "market.crisis");
    for (int r = 0; r < PARAM_REGIONS; r++) {
        if (market->entrant[r].on) add(drivers, DRIVER_ARRIVAL, r, 0, "market.entrant.%s", scope->set[PARAM_SET_REGION].name[r]);
    }
}

static void add_venture(struct engine_drivers *drivers, const struct programme_plan *venture, const struct param_scope *scope)
{
    for (int k = 0; k < venture->gates; k++) {
        const int gate = venture->gate[k].name;
        add(drivers, DRIVER_GATE, gate, 0, "venture.gates.%s", scope->set[PARAM_SET_MILESTONE].name[gate]);
    }
    if (venture->succeeds) add(drivers, DRIVER_SUCCESS, 0, 0, "venture.success");
    if (venture->adverse) add(drivers, DRIVER_ADVERSE, 0, 0, "venture.adverse");
}

int engine_drivers_init(struct engine_drivers *drivers, const struct engine_plan *plan, const struct param_draws *draws, uint64_t paths,
                        struct report *report)
{
    const size_t most = (size_t)plan->draws + MARKET_FACTORS + PARAM_CHAINS * PARAM_REGIMES + PARAM_SUBSIDIES + PARAM_REGIONS +
                        PARAM_MILESTONES + 4;
    memset(drivers, 0, sizeof *drivers);
    drivers->driver = calloc(most, sizeof *drivers->driver);
    drivers->paths = paths;
    if (drivers->driver) {
        add_drawn(drivers, plan, draws);
        add_market(drivers, &plan->market, plan->scope);
        add_venture(drivers, &plan->venture, plan->scope);
        drivers->value = calloc((size_t)drivers->count * (size_t)paths + 1, sizeof *drivers->value);
    }
    if (drivers->value) return STATUS_OK;
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for what chance brings");
}

void engine_drivers_free(struct engine_drivers *drivers)
{
    free(drivers->driver);
    free(drivers->value);
    memset(drivers, 0, sizeof *drivers);
}

/* ---- Their numbers ---- */

static const double *plain(const lanes *column)
{
    return (const double *)(const void *)column;
}

/* Mean over the steps of a column by step, or the share of them at which it is `state`. */
static void mean_over_steps(const lanes *column, int steps, double scale, size_t n, double *out)
{
    for (size_t l = 0; l < n; l++) out[l] = 0.0;
    for (int step = 0; step < steps; step++) {
        const double *x = plain(column) + (size_t)step * BLOCK_PATHS;
        for (size_t l = 0; l < n; l++) out[l] += x[l];
    }
    for (size_t l = 0; l < n; l++) out[l] /= scale * (double)steps;
}

static void share_of_steps(const lanes *column, int steps, double state, size_t n, double *out)
{
    for (size_t l = 0; l < n; l++) out[l] = 0.0;
    for (int step = 0; step < steps; step++) {
        const double *x = plain(column) + (size_t)step * BLOCK_PATHS;
        for (size_t l = 0; l < n; l++) out[l] += x[l] == state;
    }
    for (size_t l = 0; l < n; l++) out[l] /= (double)steps;
}

/* A support that its schedule still gives and that does not come has been repealed. */
static void years_of_support(const struct market_plan *market, const struct market_block *block, int s, size_t n, double *out)
{
    for (size_t l = 0; l < n; l++) out[l] = (double)market->steps * market->years_per_step;
    for (int step = market->steps - 1; step >= 0; step--) {
        const double *x = plain(block->support[s]) + (size_t)step * BLOCK_PATHS;
        if (!(market->subsidy[s].schedule[step] > 0.0)) continue;
        for (size_t l = 0; l < n; l++) out[l] = x[l] > 0.0 ? out[l] : (double)step * market->years_per_step;
    }
}

static void at_most(const lanes *column, double scale, double most, size_t n, double *out)
{
    for (size_t l = 0; l < n; l++) out[l] = plain(column)[l] * scale < most ? plain(column)[l] * scale : most;
}

static void keep(const struct engine_driver *driver, const struct engine_plan *plan, const struct engine_block *block, size_t n, double *out)
{
    const struct market_plan *market = &plan->market;
    const double d = market->years_per_step, horizon = (double)plan->steps * d;
    const int m = driver->member;
    switch (driver->kind) {
    case DRIVER_DRAWN: memcpy(out, plain(block->drawn) + (size_t)m * BLOCK_PATHS, n * sizeof *out); break;
    case DRIVER_LEVEL: mean_over_steps(block->market.level[m], plan->steps, market->factor[m].scale, n, out); break;
    case DRIVER_REGIME: share_of_steps(block->market.regime[m], plan->steps, (double)driver->regime, n, out); break;
    case DRIVER_REPEAL: years_of_support(market, &block->market, m, n, out); break;
    case DRIVER_USE: share_of_steps(block->market.use, plan->steps, 1.0, n, out); break;
    case DRIVER_CRISIS: share_of_steps(block->market.crisis, plan->steps, 1.0, n, out); break;
    case DRIVER_ARRIVAL: at_most(block->market.arrival[m], d, horizon, n, out); break;
    case DRIVER_SUCCESS: at_most(block->venture.success_at, 1.0, horizon, n, out); break;
    case DRIVER_GATE:
        for (size_t l = 0; l < n; l++) out[l] = plain(block->venture.gate[m])[l] >= (double)GATE_PASSED;
        break;
    case DRIVER_ADVERSE:
        for (size_t l = 0; l < n; l++) out[l] = isinf(plain(block->venture.adverse_at)[l]) != 0;
        break;
    }
}

void engine_drivers_keep(const struct engine_drivers *drivers, const struct engine_plan *plan, const struct engine_block *block,
                         uint64_t first, size_t n)
{
    for (int k = 0; k < drivers->count; k++) {
        keep(&drivers->driver[k], plan, block, n, drivers->value + (uint64_t)k * drivers->paths + first);
    }
}
