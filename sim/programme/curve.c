/* Capital spending by an S-curve: the share spent by time is a beta distribution's. docs/model.md (4.1). */
#include "base/elementary.h"
#include "programme/programme.h"

enum { PIECES = 2048 }; /* of Simpson's rule */

static double power(double x, double exponent)
{
    if (exponent <= 0.0) return 1.0;
    return x > 0.0 ? elementary_exp(exponent * elementary_log(x)) : 0.0;
}

/* Density, without its constant, at t = u^2 (3 - 2 u), times dt / du: smooth at both ends for any shape from 1 on. */
static double density(const double shape[2], double u)
{
    const double t = u * u * (3.0 - 2.0 * u), rest = (1.0 - u) * (1.0 - u) * (1.0 + 2.0 * u);
    return power(t, shape[0] - 1.0) * power(rest, shape[1] - 1.0) * 6.0 * u * (1.0 - u);
}

/* u with t = u^2 (3 - 2 u), by halving. */
static double place_of(double t)
{
    double low = 0.0, high = 1.0;
    for (int k = 0; k < 60; k++) {
        const double u = 0.5 * (low + high);
        if (u * u * (3.0 - 2.0 * u) < t) low = u;
        else high = u;
    }
    return 0.5 * (low + high);
}

static double integral(const double shape[2], double to)
{
    const double h = to / (double)PIECES;
    double sum = density(shape, 0.0) + density(shape, to);
    for (int k = 1; k < PIECES; k++) sum += (k & 1 ? 4.0 : 2.0) * density(shape, h * k);
    return sum * h / 3.0;
}

void programme_curve_fill(const struct programme_config *config, struct param_list *plan)
{
    const double all = integral(config->capex_shape, 1.0);
    double before = 0.0;
    plan->count = 0;
    for (int year = 0; year < PARAM_YEARS && (double)year < config->capex_duration; year++) {
        const double end = (double)(year + 1) / config->capex_duration;
        const double spent = end >= 1.0 ? 1.0 : integral(config->capex_shape, place_of(end)) / all;
        plan->item[plan->count++] = (struct param_number){config->capex_total * (spent - before), -1};
        before = spent;
    }
}
