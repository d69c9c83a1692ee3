#include "param/mean.h"

#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"

/* Gamma(x) by x(x+1)..(x+n-1) Gamma(x) = Gamma(x+n) and Stirling's series at x+n >= 16 (Abramowitz & Stegun 6.1.41; the
   first term left out is 1e-16 there). */
double param_mean_gamma(double x)
{
    static const double series[] = {1 / 12., -1 / 360., 1 / 1260., -1 / 1680., 1 / 1188., -691 / 360360., 1 / 156.};
    double product = 1, sum = 0;
    if (x >= 171) return INFINITY;
    for (; x < 16; x += 1) product *= x;
    double inverse = 1 / x, power = inverse;
    for (int k = 0; k < 7; k++, power *= inverse * inverse) sum += series[k] * power;
    /* x^(x-1/2) in two halves: it overflows before Gamma does */
    double half = elementary_pow(x, 0.5 * (x - 0.5));
    return half * (elementary_exp(-x) * half) * (2.5066282746310005024 * elementary_exp(sum)) / product;
}

/* ---- Numerical integration of a density that is known up to a factor ---- */

struct density {
    double (*at)(const struct density *, double s);
    double a, b, mode;
    double centre, scale; /* where it changes, and over what length */
    int pole;             /* nonzero: infinite at s = 0 */
};

static const double node[8] = {0.0950125098376374402, 0.2816035507792589132, 0.4580167776572273863, 0.6178762444026437484,
                               0.7554044083550030339, 0.8656312023878317439, 0.9445750230732325761, 0.9894009349916499326};
static const double node_weight[8] = {0.1894506104550684963, 0.1826034150449235889, 0.1691565193950025382,
                                      0.1495959888165767320, 0.1246289712555338720, 0.0951585116824927848,
                                      0.0622535239386478929, 0.0271524594117540949};

static void add_panel(const struct density *density, double from, double to, double *mass, double *moment)
{
    const double middle = 0.5 * (from + to), half = 0.5 * (to - from);
    for (int k = 0; k < 8; k++) {
        double right = middle + half * node[k], left = middle - half * node[k];
        double at_right = density->at(density, right), at_left = density->at(density, left);
        *mass += half * node_weight[k] * (at_right + at_left);
        *moment += half * node_weight[k] * (at_right * right + at_left * left);
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

enum { POLE_HALVINGS = 1060, OCTAVES = 120, EDGES = POLE_HALVINGS + 3 * OCTAVES + 2 };

static int add_edge(double edge[EDGES], int n, double low, double high, double s)
{
    if (s > low && s < high && n < EDGES) edge[n++] = s;
    return n;
}

/* Mass and first moment over [low, high], for s >= 0 where the density has a pole there. */
static void integrate(const struct density *density, double low, double high, double *mass, double *moment)
{
    double edge[EDGES];
    int n = 0;
    *mass = *moment = 0;
    if (!(low < high)) return;
    edge[n++] = low;
    edge[n++] = high;
    double step = density->scale / 16;
    for (int k = 0; k < OCTAVES; k++, step *= 2) {
        n = add_edge(edge, n, low, high, density->centre + step);
        n = add_edge(edge, n, low, high, density->centre - step);
    }
    step = density->scale;
    for (int k = 0; k < (density->pole ? POLE_HALVINGS : OCTAVES) && step > 0; k++, step /= 2) n = add_edge(edge, n, low, high, step);
    n = add_edge(edge, n, low, high, density->centre);
    qsort(edge, (size_t)n, sizeof *edge, compare);
    for (int k = 0; k + 1 < n; k++) add_panel(density, edge[k], edge[k + 1], mass, moment);
}

static double gamma_at(const struct density *d, double s)
{
    if (d->a <= 1) return elementary_exp((d->a - 1) * elementary_log(s) - s);
    return elementary_exp((d->a - 1) * elementary_log(s / d->mode) - (s - d->mode));
}

/* P and E[S;..] of the gamma distribution of this shape and scale 1 on [low, high]. */
static void gamma_partial(double shape, double low, double high, double *p, double *e)
{
    const double end = shape + 40 * sqrt(shape) + 800; /* beyond: less than e^-700 of the mode */
    struct density d = {gamma_at, shape, 0, shape - 1, shape > 1 ? shape - 1 : 0, sqrt(shape), shape < 1};
    double all, unused;
    integrate(&d, 0, end, &all, &unused);
    integrate(&d, low > 0 ? low : 0, high < end ? high : end, p, e);
    *p /= all;
    *e /= all;
}

static double beta_at(const struct density *d, double s)
{
    return elementary_exp((d->a - 1) * elementary_log(s / d->mode) + (d->b - 1) * elementary_log((1 - s) / (1 - d->mode)));
}

/* One half of the unit interval: [low, high] below 1/2, the density of Beta(a, b) over that at `mode`. */
static void beta_half(double a, double b, double mode, double low, double high, double *mass, double *moment)
{
    double sum = a + b, sd = sqrt(a * b / (sum * sum * (sum + 1)));
    struct density d = {beta_at, a, b, mode, a > 1 ? mode : 0, sd < 0.25 ? sd : 0.25, a < 1};
    integrate(&d, low > 0 ? low : 0, high < 0.5 ? high : 0.5, mass, moment);
}

/* Mass over [low, 1 - high_gap]: from both ends towards the middle, since both may be poles. */
static void beta_mass(double a, double b, double low, double high_gap, double *mass, double *moment)
{
    const double mode = a > 1 && b > 1 ? (a - 1) / (a + b - 2) : 0.5;
    double left, left_moment, right, right_moment;
    beta_half(a, b, mode, low, 1 - high_gap, &left, &left_moment);
    beta_half(b, a, 1 - mode, high_gap, 1 - low, &right, &right_moment);
    *mass = left + right;
    *moment = left_moment + (right - right_moment);
}

static void beta_partial(double a, double b, double low, double high, double *p, double *e)
{
    double all, unused;
    beta_mass(a, b, 0, 0, &all, &unused);
    beta_mass(a, b, low > 0 ? low : 0, high < 1 ? 1 - high : 0, p, e);
    *p /= all;
    *e /= all;
}

static double student_at(const struct density *d, double s)
{
    return elementary_exp(-0.5 * (d->a + 1) * elementary_log(1 + s * s / d->a));
}

/* The moment of t has a closed form: minus nu / (nu - 1) (1 + s^2 / nu)^(-(nu - 1) / 2) between the ends. */
static void student_partial(double df, double low, double high, double *p, double *e)
{
    struct density d = {student_at, df, 0, 0, 0, 1, 0};
    const double end = 0x1p100;
    double all, unused;
    double from = low > -end ? low : -end, to = high < end ? high : end;
    integrate(&d, -end, end, &all, &unused);
    integrate(&d, from, to, p, &unused);
    *p /= all;
    double at_from = elementary_exp(-0.5 * (df - 1) * elementary_log(1 + from * from / df));
    double at_to = elementary_exp(-0.5 * (df - 1) * elementary_log(1 + to * to / df));
    *e = df / (df - 1) * (at_from - at_to) / all;
}

/* ---- Closed forms ---- */

/* Phi(b) - Phi(a) without loss in the upper tail. */
static double normal_between(double a, double b)
{
    return a > 0 ? elementary_normal_cdf(-a) - elementary_normal_cdf(-b) : elementary_normal_cdf(b) - elementary_normal_cdf(a);
}

static double normal_density(double z)
{
    return 0.39894228040143267794 * elementary_exp(-0.5 * z * z);
}

static void normal_partial(double mean, double sd, double low, double high, double *p, double *e)
{
    double a = (low - mean) / sd, b = (high - mean) / sd;
    *p = normal_between(a, b);
    *e = mean * *p + sd * (normal_density(a) - normal_density(b));
}

static void lognormal_partial(double median, double sigma, double low, double high, double *p, double *e)
{
    double a = low > 0 ? elementary_log(low / median) / sigma : -40, b = high > 0 ? elementary_log(high / median) / sigma : -40;
    *p = normal_between(a, b);
    *e = median * elementary_exp(0.5 * sigma * sigma) * normal_between(a - sigma, b - sigma);
}

static void triangular_partial(const double *t, double low, double high, double *p, double *e)
{
    const double a = t[0], c = t[1], b = t[2];
    *p = *e = 0;
    for (int side = 0; side < 2; side++) { /* the density is linear on both sides: Simpson's rule is exact for x f(x) */
        double from = side ? c : a, to = side ? b : c, slope_length = side ? b - c : c - a;
        if (low > from) from = low;
        if (high < to) to = high;
        if (!(from < to)) continue;
        for (int k = 0; k < 3; k++) {
            double x = k == 0 ? from : k == 1 ? 0.5 * (from + to) : to;
            double f = 2 * (side ? b - x : x - a) / ((b - a) * slope_length) * (k == 1 ? 4 : 1) * (to - from) / 6;
            *p += f;
            *e += f * x;
        }
    }
}

static void pareto_partial(double least, double alpha, double low, double high, double *p, double *e)
{
    double a = low > least ? least / low : 1, b = high > least ? least / high : 1;
    *p = elementary_pow(a, alpha) - elementary_pow(b, alpha);
    *e = alpha / (alpha - 1) * least * (elementary_pow(a, alpha - 1) - elementary_pow(b, alpha - 1));
}

static void weibull_partial(double shape, double scale, double low, double high, double *p, double *e)
{
    double from = low > 0 ? elementary_pow(low / scale, shape) : 0, to = high > 0 ? elementary_pow(high / scale, shape) : 0;
    double part, unused;
    gamma_partial(1 + 1 / shape, from, to, &part, &unused);
    *p = elementary_exp(-from) - elementary_exp(-to);
    *e = scale * param_mean_gamma(1 + 1 / shape) * part;
}

static void uniform_partial(double a, double b, double low, double high, double *p, double *e)
{
    double from = low > a ? low : a, to = high < b ? high : b;
    *p = from < to ? (to - from) / (b - a) : 0;
    *e = *p * 0.5 * (from + to);
}

static void points_partial(const double *value, const double *weight, int n, double low, double high, double *p, double *e)
{
    *p = *e = 0;
    for (int k = 0; k < n; k++) {
        if (value[k] < low || value[k] > high) continue;
        double w = weight ? weight[k] : 1.0 / n;
        *p += w;
        *e += w * value[k];
    }
}

/* Depth is bounded by the grammar (PARAM_DISTRIBUTION_DEPTH). */
static void mixture_partial(const struct distribution *d, double low, double high, double *p, double *e)
{
    *p = *e = 0;
    for (int k = 0; k < d->count; k++) {
        double part, moment;
        param_mean_partial(d->part[k], low, high, &part, &moment);
        *p += d->weight[k] * part;
        *e += d->weight[k] * moment;
    }
}

static void truncated_partial(const struct distribution *d, double low, double high, double *p, double *e)
{
    double all, unused;
    param_mean_partial(d->part[0], d->argument[0], d->argument[1], &all, &unused);
    param_mean_partial(d->part[0], low > d->argument[0] ? low : d->argument[0], high < d->argument[1] ? high : d->argument[1], p, e);
    *p /= all;
    *e /= all;
}

static void scaled(double at, double scale, double *p, double *e)
{
    *e = at * *p + scale * *e;
}

void param_mean_partial(const struct distribution *d, double low, double high, double *p, double *e)
{
    const double *a = d->argument;
    double span = a[2] - a[0];
    *p = *e = 0;
    if (!(low <= high)) return;
    switch (d->kind) {
    case DISTRIBUTION_CONSTANT: points_partial(a, NULL, 1, low, high, p, e); return;
    case DISTRIBUTION_UNIFORM: uniform_partial(a[0], a[1], low, high, p, e); return;
    case DISTRIBUTION_TRIANGULAR: triangular_partial(a, low, high, p, e); return;
    case DISTRIBUTION_PERT:
        beta_partial(1 + a[3] * (a[1] - a[0]) / span, 1 + a[3] * (a[2] - a[1]) / span, (low - a[0]) / span, (high - a[0]) / span, p, e);
        scaled(a[0], span, p, e);
        return;
    case DISTRIBUTION_NORMAL:
        if (a[1] > 0) normal_partial(a[0], a[1], low, high, p, e);
        else points_partial(a, NULL, 1, low, high, p, e);
        return;
    case DISTRIBUTION_LOGNORMAL:
        if (a[1] > 0) lognormal_partial(a[0], a[1], low, high, p, e);
        else points_partial(a, NULL, 1, low, high, p, e);
        return;
    case DISTRIBUTION_BETA:
        beta_partial(a[0], a[1], (low - a[2]) / (a[3] - a[2]), (high - a[2]) / (a[3] - a[2]), p, e);
        scaled(a[2], a[3] - a[2], p, e);
        return;
    case DISTRIBUTION_GAMMA:
        gamma_partial(a[0], low / a[1], high / a[1], p, e);
        *e *= a[1];
        return;
    case DISTRIBUTION_STUDENT:
        student_partial(a[2], (low - a[0]) / a[1], (high - a[0]) / a[1], p, e);
        scaled(a[0], a[1], p, e);
        return;
    case DISTRIBUTION_WEIBULL: weibull_partial(a[0], a[1], low, high, p, e); return;
    case DISTRIBUTION_PARETO: pareto_partial(a[0], a[1], low, high, p, e); return;
    case DISTRIBUTION_DISCRETE: points_partial(a, d->weight, d->count, low, high, p, e); return;
    case DISTRIBUTION_MIXTURE: mixture_partial(d, low, high, p, e); return;
    case DISTRIBUTION_TRUNCATED: truncated_partial(d, low, high, p, e); return;
    case DISTRIBUTION_EMPIRICAL: points_partial(d->sample, NULL, d->samples, low, high, p, e); return;
    }
}

/* elementary_exp stops at e^700: what passes it has no finite mean here. */
static double lognormal_mean(double median, double sigma)
{
    return 0.5 * sigma * sigma < 600 ? median * elementary_exp(0.5 * sigma * sigma) : INFINITY;
}

static double mixture_mean(const struct distribution *d)
{
    double mean = 0;
    for (int k = 0; k < d->count; k++) mean += d->weight[k] * param_mean_of(d->part[k]);
    return mean;
}

static double truncated_mean(const struct distribution *d)
{
    double p, e;
    param_mean_partial(d->part[0], d->argument[0], d->argument[1], &p, &e);
    return p >= PARAM_MEAN_LEAST ? e / p : NAN;
}

static double sample_mean(const struct distribution *d)
{
    double sum = 0;
    for (int k = 0; k < d->samples; k++) sum += d->sample[k];
    return sum / d->samples;
}

double param_mean_of(const struct distribution *d)
{
    const double *a = d->argument;
    double p, e;
    switch (d->kind) {
    case DISTRIBUTION_CONSTANT: return a[0];
    case DISTRIBUTION_UNIFORM: return 0.5 * a[0] + 0.5 * a[1];
    case DISTRIBUTION_TRIANGULAR: return (a[0] + a[1] + a[2]) / 3;
    case DISTRIBUTION_PERT: return (a[0] + a[3] * a[1] + a[2]) / (a[3] + 2);
    case DISTRIBUTION_NORMAL: return a[0];
    case DISTRIBUTION_LOGNORMAL: return lognormal_mean(a[0], a[1]);
    case DISTRIBUTION_BETA: return a[2] + (a[3] - a[2]) * (a[0] / (a[0] + a[1]));
    case DISTRIBUTION_GAMMA: return a[0] * a[1];
    case DISTRIBUTION_STUDENT: return a[0];
    case DISTRIBUTION_WEIBULL: return a[1] * param_mean_gamma(1 + 1 / a[0]);
    case DISTRIBUTION_PARETO: return a[0] * a[1] / (a[1] - 1);
    case DISTRIBUTION_DISCRETE: points_partial(a, d->weight, d->count, -INFINITY, INFINITY, &p, &e); return e;
    case DISTRIBUTION_MIXTURE: return mixture_mean(d);
    case DISTRIBUTION_TRUNCATED: return truncated_mean(d);
    case DISTRIBUTION_EMPIRICAL: return sample_mean(d);
    }
    return NAN;
}
