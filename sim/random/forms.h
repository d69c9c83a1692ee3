/* random/forms.h - the closed forms and the reading of tables, for the kernel and for set-up. Private to random/.
   A part's draw is a function of one of three variables:
       probability p of lying below (part->upper: above)      uniform, triangular, discrete, empirical
       score z, the standard normal variable of that          normal, lognormal, gamma, beta, t
       hazard h = -log P(above), a standard exponential        weibull, pareto */
#ifndef PACTOLUS_RANDOM_FORMS_H
#define PACTOLUS_RANDOM_FORMS_H
#include "base/lanes_math.h"
#include "random/quantile.h"
#include "random/table.h"

enum forms_variable { FORMS_PROBABILITY, FORMS_SCORE, FORMS_HAZARD };

static inline enum forms_variable forms_variable_of(enum distribution_kind kind)
{
    switch (kind) {
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_LOGNORMAL:
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_BETA:
    case DISTRIBUTION_STUDENT: return FORMS_SCORE;
    case DISTRIBUTION_WEIBULL:
    case DISTRIBUTION_PARETO: return FORMS_HAZARD;
    default: return FORMS_PROBABILITY;
    }
}

/* ---- From the uniform to the variable ---- */

LANE_FUNCTION lanes forms_probability(const struct random_quantile_part *part, lanes u)
{
    return fused(u, all_lanes(part->width), all_lanes(part->first));
}

LANE_FUNCTION lanes forms_score(const struct random_quantile_part *part, lanes u)
{
    lanes z = normal_quantile_lanes(forms_probability(part, u));
    return part->upper ? -z : z;
}

/* -log(1 - p): with w = 1 - p rounded, -log(w) p / (1 - w) repairs the rounding (W. Kahan's form). */
LANE_FUNCTION lanes forms_minus_log_of_rest(lanes p)
{
    lanes w = 1.0 - p, lost = 1.0 - w;
    return choose((flags)(lost == 0.0), p, -log_lanes(w) * (p / choose((flags)(lost == 0.0), all_lanes(1.0), lost)));
}

LANE_FUNCTION lanes forms_hazard(const struct random_quantile_part *part, lanes u)
{
    lanes p = forms_probability(part, u);
    return part->upper ? -log_lanes(p) : forms_minus_log_of_rest(p);
}

/* ---- From the variable to the draw ---- */

/* The value of a table of cells over [-reach, reach] at z; the end cells beyond. */
LANE_FUNCTION lanes forms_table(const double *cubic, double reach, lanes z)
{
    lanes place = (least(most(z, all_lanes(-reach)), all_lanes(reach)) + reach) * ((double)RANDOM_TABLE_CELLS / (2.0 * reach));
    lanes cell = least(whole(place), all_lanes((double)RANDOM_TABLE_CELLS - 1.0)), t = place - cell;
    lanes c0 = t, c1 = t, c2 = t, c3 = t;
    for (int l = 0; l < LANES; l++) {
        const double *c = cubic + (int)cell[l] * RANDOM_TABLE_COEFFICIENTS;
        c0[l] = c[0];
        c1[l] = c[1];
        c2[l] = c[2];
        c3[l] = c[3];
    }
    return fused(fused(fused(c3, t, c2), t, c1), t, c0);
}

/* sinh y, not for small results that need all digits. */
LANE_FUNCTION lanes forms_sinh(lanes y)
{
    lanes e = exp_lanes(y);
    return 0.5 * (e - 1.0 / e);
}

/* argument: normal (mean, sd), lognormal (log median, sigma), gamma (shape x scale), beta (low, high - low, b / a),
   t (location, scale x sqrt(degrees of freedom)). */
LANE_FUNCTION lanes forms_at_score(const struct random_quantile_part *part, lanes z)
{
    const double *a = part->argument;
    if (part->kind == DISTRIBUTION_NORMAL) return fused(z, all_lanes(a[1]), all_lanes(a[0]));
    if (part->kind == DISTRIBUTION_LOGNORMAL) return exp_lanes(fused(z, all_lanes(a[1]), all_lanes(a[0])));
    lanes y = forms_table(part->value, RANDOM_TABLE_SCORE, z);
    if (part->kind == DISTRIBUTION_GAMMA) return a[0] * exp_lanes(y);
    if (part->kind == DISTRIBUTION_BETA) return a[0] + a[1] / (1.0 + a[2] * exp_lanes(-y));
    return a[0] + a[1] * forms_sinh(y);
}

/* argument: weibull (scale, 1 / shape), pareto (least, 1 / alpha). */
LANE_FUNCTION lanes forms_at_hazard(const struct random_quantile_part *part, lanes h)
{
    const double *a = part->argument;
    if (part->kind == DISTRIBUTION_WEIBULL) return a[0] * pow_lanes(h, all_lanes(a[1]));
    return a[0] * exp_lanes(h * a[1]);
}

/* argument: low, mode, high. Both sides of the mode measure from their own end. */
LANE_FUNCTION lanes forms_triangular(const struct random_quantile_part *part, lanes p)
{
    const double *a = part->argument;
    double span = a[2] - a[0];
    lanes left = a[0] + square_root(p * (span * (a[1] - a[0]))), right = a[2] - square_root((1.0 - p) * (span * (a[2] - a[1])));
    return choose((flags)(p * span < a[1] - a[0]), left, right);
}

LANE_FUNCTION lanes forms_discrete(const struct random_quantile_part *part, lanes p)
{
    lanes x = all_lanes(part->value[0]);
    for (int i = 1; i < part->count; i++)
        x = choose((flags)(p >= part->cumulative[i - 1]), all_lanes(part->value[i]), x);
    return x;
}

LANE_FUNCTION lanes forms_empirical(const struct random_quantile_part *part, lanes p)
{
    lanes place = least(whole(p * (double)part->count), all_lanes(part->count - 1.0)), x = place;
    for (int l = 0; l < LANES; l++) x[l] = part->value[(int)place[l]];
    return x;
}

LANE_FUNCTION lanes forms_at_probability(const struct random_quantile_part *part, lanes p)
{
    const double *a = part->argument;
    switch (part->kind) {
    case DISTRIBUTION_UNIFORM: return fused(p, all_lanes(a[1] - a[0]), all_lanes(a[0]));
    case DISTRIBUTION_TRIANGULAR: return forms_triangular(part, p);
    case DISTRIBUTION_DISCRETE: return forms_discrete(part, p);
    case DISTRIBUTION_EMPIRICAL: return forms_empirical(part, p);
    default: return all_lanes(a[0]);
    }
}
#endif
