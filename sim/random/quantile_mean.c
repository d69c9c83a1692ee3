/* Means of draws: in closed form where there is one, else the quantile function itself integrated over its variable. */
#include <math.h>

#include "base/elementary.h"
#include "random/forms.h"
#include "random/quantile.h"

typedef double (*integrand)(const struct random_quantile_part *part, double at);

/* Composite Gauss-Legendre rule of 8 points on 256 panels. */
static double integrate(const struct random_quantile_part *part, integrand f, double from, double to)
{
    static const double node[4] = {0.1834346424956498049, 0.5255324099163289858, 0.7966664774136267396, 0.9602898564975362317};
    static const double weight[4] = {0.3626837833783619830, 0.3137066458778872873, 0.2223810344533744706, 0.1012285362903762591};
    enum { PANELS = 256 };
    double half = (to - from) / (2 * PANELS), sum = 0.0;
    for (int i = 0; i < PANELS; i++) {
        double middle = from + (2 * i + 1) * half;
        for (int k = 0; k < 4; k++) sum += weight[k] * (f(part, middle - half * node[k]) + f(part, middle + half * node[k]));
    }
    return half * sum;
}

static double moment_at_score(const struct random_quantile_part *part, double z)
{
    return forms_at_score(part, all_lanes(z))[0] * 0.39894228040143267794 * elementary_exp(-0.5 * z * z);
}
static double mass_at_score(const struct random_quantile_part *part, double z)
{
    (void)part;
    return 0.39894228040143267794 * elementary_exp(-0.5 * z * z);
}

/* Scores of the two ends of the window. A lognormal's weight lies sigma higher than its probability, out where probabilities
   have rounded to 1, so its ends come from the bounds themselves. */
static void score_ends(const struct random_quantile_part *part, double ends[2])
{
    if (part->kind == DISTRIBUTION_LOGNORMAL) {
        ends[0] = (elementary_log(part->low) - part->argument[0]) / part->argument[1];
        ends[1] = (elementary_log(part->high) - part->argument[0]) / part->argument[1];
        return;
    }
    for (int i = 0; i < 2; i++) {
        double z = elementary_normal_quantile(fmin(fmax(part->first + i * part->width, 0.0), 1.0));
        ends[i] = part->upper ? -z : z;
    }
}

static double mean_of_score(const struct random_quantile_part *part)
{
    double ends[2], shift = part->kind == DISTRIBUTION_LOGNORMAL ? part->argument[1] : 0.0;
    score_ends(part, ends);
    double from = fmax(ends[0], -9.0), to = fmin(ends[1], 9.0 + shift);
    return integrate(part, moment_at_score, from, to) / integrate(part, mass_at_score, from, to);
}

/* The hazard is exponential; in y = log h the integrand is smooth at h = 0 too. */
static double moment_at_log_hazard(const struct random_quantile_part *part, double y)
{
    double h = elementary_exp(y);
    return forms_at_hazard(part, all_lanes(h))[0] * elementary_exp(y - h);
}
static double mass_at_log_hazard(const struct random_quantile_part *part, double y)
{
    (void)part;
    return elementary_exp(y - elementary_exp(y));
}

static double mean_of_hazard(const struct random_quantile_part *part)
{
    double ends[2] = {part->first, part->first + part->width};
    /* A pareto tail is e^(h / alpha): its moment ends where h (1 - 1 / alpha) is beyond 40. */
    double slope = part->kind == DISTRIBUTION_PARETO ? 1.0 - part->argument[1] : 1.0 / (1.0 + part->argument[1]);
    double longest = slope > 0.06 ? 60.0 / slope : 700.0;
    for (int i = 0; i < 2; i++) {
        double p = fmin(fmax(ends[i], 0.0), 1.0);
        double h = part->upper ? -elementary_log(p) : forms_minus_log_of_rest(all_lanes(p))[0];
        ends[i] = elementary_log(fmin(fmax(h, 1e-20), longest));
    }
    return integrate(part, moment_at_log_hazard, ends[0], ends[1]) / integrate(part, mass_at_log_hazard, ends[0], ends[1]);
}

static double draw_at_uniform(const struct random_quantile_part *part, double u)
{
    return forms_at_probability(part, forms_probability(part, all_lanes(u)))[0];
}

static double mean_of_probability(const struct random_quantile_part *part)
{
    double sum = 0.0, below = 0.0;
    switch (part->kind) {
    case DISTRIBUTION_UNIFORM: return 0.5 * (draw_at_uniform(part, 0.0) + draw_at_uniform(part, 1.0));
    case DISTRIBUTION_TRIANGULAR: return integrate(part, draw_at_uniform, 0.0, 1.0);
    case DISTRIBUTION_DISCRETE:
        for (int i = 0; i < part->count; i++) {
            sum += (part->cumulative[i] - below) * part->value[i];
            below = part->cumulative[i];
        }
        return sum;
    case DISTRIBUTION_EMPIRICAL:
        for (int i = 0; i < part->count; i++) sum += part->value[i];
        return sum / part->count;
    default: return part->argument[0];
    }
}

/* The whole distribution, where its mean has a closed form in the part's arguments; not a number where it has none. */
static double mean_in_closed_form(const struct random_quantile_part *part)
{
    const double *a = part->argument;
    switch (part->kind) {
    case DISTRIBUTION_NORMAL:
    case DISTRIBUTION_STUDENT: return a[0];
    case DISTRIBUTION_LOGNORMAL: return elementary_exp(a[0] + 0.5 * a[1] * a[1]);
    case DISTRIBUTION_GAMMA: return a[0];
    case DISTRIBUTION_BETA: return a[0] + a[1] / (1.0 + a[2]);
    case DISTRIBUTION_TRIANGULAR: return (a[0] + a[1] + a[2]) / 3.0;
    case DISTRIBUTION_PARETO: return a[1] < 1.0 ? a[0] / (1.0 - a[1]) : INFINITY;
    default: return NAN;
    }
}

static double mean_of_part(const struct random_quantile_part *part)
{
    int uncut = part->first == 0.0 && part->width == 1.0;
    double mean = uncut ? mean_in_closed_form(part) : NAN;
    if (!isnan(mean)) return mean;
    switch (forms_variable_of(part->kind)) {
    case FORMS_SCORE: mean = mean_of_score(part); break;
    case FORMS_HAZARD: mean = mean_of_hazard(part); break;
    default: mean = mean_of_probability(part); break;
    }
    return fmin(fmax(mean, part->low), part->high);
}

double random_quantile_mean(const struct random_quantile *quantile)
{
    double sum = 0.0;
    for (int i = 0; i < quantile->parts; i++) sum += quantile->part[i].weight * mean_of_part(&quantile->part[i]);
    return sum;
}
