/* Merton's (1976) jumps: a change is normal with k jumps in it, k Poisson. In units of the changes' mean and deviation, the
   parameters are m, ln s, ln l, a, d: k jumps make it N(m + k a, s^2 + k d^2), and there are l a interval. */
#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "numeric/diffusion.h"
#include "numeric/likelihood.h"

enum { DRIFT, SPREAD, RATE, MEAN, WIDTH, PARAMETERS, JUMPS = 9 };
#define TWO_PI 6.283185307179586

struct changes {
    const double *z; /* standardised */
    int count;
    double mean, deviation; /* of the changes */
    double years, growth;
    int growth_given;
};

/* m that the given growth asks for: drift = growth - volatility^2 / 2 - rate (E[jump] - 1). */
static double drift_of(const struct changes *c, const double *p)
{
    if (!c->growth_given) return p[DRIFT];
    const double sd = c->deviation, spread = sd * elementary_exp(p[SPREAD]), width = sd * p[WIDTH];
    const double jump = elementary_exp(sd * p[MEAN] + 0.5 * width * width) - 1.0;
    return (c->growth * c->years - 0.5 * spread * spread - elementary_exp(p[RATE]) * jump - c->mean) / sd;
}

/* Density of one change up to the constant; weight, variance by number of jumps are the same for all. */
struct mixture {
    double scale[JUMPS], curve[JUMPS], centre[JUMPS];
    int parts;
};

static struct mixture mix(const struct changes *c, const double *p)
{
    struct mixture m = {.parts = 0};
    const double spread = elementary_exp(p[SPREAD]), rate = elementary_exp(p[RATE]), drift = drift_of(c, p);
    double weight = elementary_exp(-rate);
    for (int k = 0; k < JUMPS && (k < 2 || weight > 1e-9); k++) {
        const double variance = spread * spread + k * p[WIDTH] * p[WIDTH];
        m.scale[k] = weight / sqrt(TWO_PI * variance);
        m.curve[k] = -0.5 / variance;
        m.centre[k] = drift + k * p[MEAN];
        weight *= rate / (k + 1);
        m.parts = k + 1;
    }
    return m;
}

static double value(const void *context, const double *p)
{
    const struct changes *c = context;
    /* A spread of less than a tenth is not allowed: the likelihood would grow without bound at a single change (Honore 1998). A
     * jump an interval is the most that can be told from a wider spread. */
    if (!(p[SPREAD] > -2.302585 && p[SPREAD] < 1.0 && p[RATE] > -9.0 && p[RATE] < 0.0 && fabs(p[MEAN]) < 20.0 &&
          fabs(p[WIDTH]) < 20.0))
        return -INFINITY;
    const struct mixture m = mix(c, p);
    double sum = 0.0;
    for (int i = 0; i < c->count; i++) {
        double density = 0.0;
        for (int k = 0; k < m.parts; k++) {
            const double from = c->z[i] - m.centre[k], power = m.curve[k] * from * from;
            if (power > -60.0) density += m.scale[k] * elementary_exp(power);
        }
        if (!(density > 0.0)) return -INFINITY;
        sum += elementary_log(density);
    }
    return sum;
}

/* Yearly numbers of p, in the order of enum. */
static void convert(const struct changes *c, const double *p, double yearly[PARAMETERS])
{
    const double sd = c->deviation, volatility = sd * elementary_exp(p[SPREAD]) / sqrt(c->years),
                 rate = elementary_exp(p[RATE]) / c->years;
    const double mean = sd * p[MEAN], width = sd * fabs(p[WIDTH]), drift = (c->mean + sd * drift_of(c, p)) / c->years;
    yearly[DRIFT] = drift + 0.5 * volatility * volatility + rate * (elementary_exp(mean + 0.5 * width * width) - 1.0);
    yearly[SPREAD] = volatility;
    yearly[RATE] = rate;
    yearly[MEAN] = mean;
    yearly[WIDTH] = width;
}

/* With the growth given, m is no parameter of its own: the others are moved down by one place. */
struct problem {
    struct changes changes;
    int first; /* 1 if m is left out */
};

static double value_of_free(const void *context, const double *given)
{
    const struct problem *problem = context;
    double p[PARAMETERS] = {0.0};
    for (int k = problem->first; k < PARAMETERS; k++) p[k] = given[k - problem->first];
    return value(&problem->changes, p);
}

static void convert_free(const struct problem *problem, const double *given, double yearly[PARAMETERS])
{
    double p[PARAMETERS] = {0.0};
    for (int k = problem->first; k < PARAMETERS; k++) p[k] = given[k - problem->first];
    convert(&problem->changes, p, yearly);
}

/* From one start; *value stays -INFINITY where it leads nowhere. */
static int climb(const struct problem *problem, const struct numeric_diffusion_series *s, double tolerance, struct report *report,
                 double *p, double *most)
{
    static const double step[PARAMETERS] = {0.2, 0.2, 0.7, 0.5, 0.5};
    const struct numeric_likelihood likelihood = {PARAMETERS - problem->first, value_of_free, problem};
    struct report unsettled;
    report_init(&unsettled);
    const int status =
        numeric_likelihood_maximise(&likelihood, step + problem->first, tolerance, s->place, s->name, &unsettled, p, most);
    report_free(&unsettled);
    if (status == STATUS_MEMORY) return report_error(report, STATUS_MEMORY, s->place, s->name, "out of memory for a fit");
    if (status) *most = -INFINITY;
    return STATUS_OK;
}

/* The likelihood has more than one hill: roughly from several starts (few large jumps, many small ones, to either side), then
   from the best of them to the top. */
static int search(const struct problem *problem, const struct numeric_diffusion_series *s, struct report *report, double *best,
                  double *most)
{
    static const double rates[] = {-4.0, -2.0, -0.7}, means[] = {-1.0, 1.0};
    for (int k = 0; k < 6; k++) {
        const double start[PARAMETERS] = {0.0, -0.3, rates[k / 2], means[k % 2], 1.5};
        double p[PARAMETERS], here = -INFINITY;
        for (int j = problem->first; j < PARAMETERS; j++) p[j - problem->first] = start[j];
        const int status = climb(problem, s, 3e-2, report, p, &here);
        if (status) return status;
        if (!(here > *most)) continue;
        *most = here;
        for (int j = problem->first; j < PARAMETERS; j++) best[j - problem->first] = p[j - problem->first];
    }
    return *most > -1e300 ? climb(problem, s, 1e-5, report, best, most) : STATUS_OK;
}

/* Standard error of yearly number `which`: gradient' covariance gradient. */
static double error_of(const struct problem *problem, const double *best, const double *covariance, int which)
{
    const int n = PARAMETERS - problem->first;
    double gradient[PARAMETERS], variance = 0.0;
    for (int j = 0; j < n; j++) {
        double at[PARAMETERS], up[PARAMETERS], down[PARAMETERS];
        for (int k = 0; k < n; k++) at[k] = best[k];
        at[j] = best[j] + 1e-4;
        convert_free(problem, at, up);
        at[j] = best[j] - 1e-4;
        convert_free(problem, at, down);
        gradient[j] = (up[which] - down[which]) / 2e-4;
    }
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) variance += gradient[i] * covariance[i * n + j] * gradient[j];
    }
    return variance > 0.0 ? sqrt(variance) : 0.0;
}

static void report_fit(const struct problem *problem, const double *best, struct numeric_diffusion_fit *fit)
{
    static const double step[PARAMETERS] = {1e-3, 1e-3, 1e-3, 1e-3, 1e-3};
    const struct numeric_likelihood likelihood = {PARAMETERS - problem->first, value_of_free, problem};
    double covariance[PARAMETERS * PARAMETERS], yearly[PARAMETERS];
    struct numeric_estimate *const out[PARAMETERS] = {&fit->growth, &fit->volatility, &fit->jump_rate, &fit->jump_mean,
                                                      &fit->jump_volatility};
    convert_free(problem, best, yearly);
    fit->usable = !numeric_likelihood_covariance(&likelihood, best, step, covariance);
    if (!fit->usable) fit->why = "the data do not tell jumps from the rest";
    for (int k = 0; fit->usable && k < PARAMETERS; k++)
        *out[k] = (struct numeric_estimate){yearly[k], error_of(problem, best, covariance, k)};
    if (problem->first) fit->growth = (struct numeric_estimate){problem->changes.growth, 0.0};
}

/* Standardised changes; the caller frees. */
static double *standardise(const struct numeric_diffusion_series *s, struct changes *c)
{
    const int n = s->count - 1;
    double *z = malloc((size_t)n * sizeof *z), sum = 0.0;
    if (!z) return NULL;
    *c = (struct changes){z, n, (s->log[n] - s->log[0]) / n, 0.0, s->years, s->growth, s->growth_given};
    for (int k = 0; k < n; k++) {
        z[k] = s->log[k + 1] - s->log[k] - c->mean;
        sum += z[k] * z[k];
    }
    c->deviation = sqrt(sum / (n - 1));
    for (int k = 0; k < n; k++) z[k] /= c->deviation;
    return z;
}

int numeric_diffusion_fit_jumps(const struct numeric_diffusion_series *s, struct report *report,
                                struct numeric_diffusion_fit *fit)
{
    struct problem problem = {.first = s->growth_given != 0};
    double best[PARAMETERS], most = -INFINITY;
    *fit = (struct numeric_diffusion_fit){.model = NUMERIC_JUMPS, .parameters = PARAMETERS - problem.first, .aicc = INFINITY};
    if (s->averaged) {
        fit->why = "a jump spreads over two averages: jumps want levels at points in time";
        return STATUS_OK;
    }
    double *z = standardise(s, &problem.changes);
    if (!z) return report_error(report, STATUS_MEMORY, s->place, s->name, "out of memory for a fit");
    int status = STATUS_OK;
    if (problem.changes.deviation > 1e-12) status = search(&problem, s, report, best, &most);
    else status = report_error(report, STATUS_INPUT, s->place, s->name, "the values do not change, want a series that moves");
    if (!status && most > -1e300) {
        report_fit(&problem, best, fit);
        fit->log_likelihood = most - problem.changes.count * elementary_log(problem.changes.deviation);
        fit->aicc = numeric_likelihood_aicc(fit->log_likelihood, fit->parameters, problem.changes.count);
    } else if (!status) {
        fit->why = "the likelihood of jumps has no maximum that can be found";
    }
    free(z);
    return status;
}
