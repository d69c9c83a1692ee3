#include "random/table.h"

#include <math.h>

#include "base/elementary.h"
#include "base/status.h"

/* ---- Densities, with their peak at y = 0 where the logarithm is 0 ---- */

struct density {
    enum distribution_kind kind;
    double a, b;
};

static double density_log_gamma(double a, double y)
{
    return y > 700.0 ? -INFINITY : a * (y + 1.0 - elementary_exp(y));
}

static double density_log_beta(double a, double b, double y)
{
    if (y > 0.0) return density_log_beta(b, a, -y);
    return a * y - (a + b) * elementary_log((b + a * elementary_exp(y)) / (a + b));
}

static double density_log_student(double n, double y)
{
    double away = fabs(y);
    return -n * (away + elementary_log(0.5 + 0.5 * elementary_exp(-2.0 * away)));
}

static double density_log(const struct density *d, double y)
{
    switch (d->kind) {
    case DISTRIBUTION_GAMMA: return density_log_gamma(d->a, y);
    case DISTRIBUTION_BETA: return density_log_beta(d->a, d->b, y);
    default: return density_log_student(d->a, y);
    }
}

/* Minus the second derivative of the logarithm at the peak. */
static double density_curvature(const struct density *d)
{
    return d->kind == DISTRIBUTION_BETA ? d->a / (d->a + d->b) * d->b : d->a;
}

/* ---- Integral over panels ---- */

/* Gauss-Legendre rule of 8 points on [-1, 1] (Abramowitz and Stegun 25.4): exact to degree 15. */
static double integrate(const struct density *d, double from, double to)
{
    static const double node[4] = {0.1834346424956498049, 0.5255324099163289858, 0.7966664774136267396, 0.9602898564975362317};
    static const double weight[4] = {0.3626837833783619830, 0.3137066458778872873, 0.2223810344533744706, 0.1012285362903762591};
    double middle = 0.5 * (from + to), half = 0.5 * (to - from), sum = 0.0;
    for (int i = 0; i < 4; i++) {
        double left = elementary_exp(density_log(d, middle - half * node[i]));
        sum += weight[i] * (left + elementary_exp(density_log(d, middle + half * node[i])));
    }
    return half * sum;
}

enum { PANELS = 4096 };
struct integral {
    struct density density;
    int panels;
    double edge[PANELS + 1];
    double below[PANELS + 1]; /* mass left of the edge */
    double above[PANELS + 1]; /* mass right of it, summed from the right, so that both tails keep their digits */
};

/* Where the density has fallen to e^-90 of its peak, in direction `side`. A score of 8.5 needs about e^-45. */
static double integral_reach(const struct density *d, double side)
{
    double y = side / sqrt(density_curvature(d));
    while (density_log(d, y) > -90.0) y *= 1.25;
    return y;
}

/* Panels from left to right, each so short that halving it does not change its mass. */
static int integral_init(struct integral *s)
{
    const struct density *d = &s->density;
    double width = 1.0 / sqrt(density_curvature(d)), step = width, tolerance = 1e-13 + 1e-15 * (d->a + d->b);
    double y = integral_reach(d, -1.0), end = integral_reach(d, 1.0);
    s->panels = 0;
    s->edge[0] = y;
    s->below[0] = 0.0;
    while (y < end) {
        double next = fmin(y + step, end), middle = 0.5 * (y + next);
        double halves = integrate(d, y, middle) + integrate(d, middle, next);
        if (fabs(integrate(d, y, next) - halves) > tolerance * halves && step > width / 64) {
            step *= 0.5;
            continue;
        }
        if (s->panels == PANELS) return STATUS_INTERNAL;
        s->above[s->panels] = halves;
        s->panels++;
        s->edge[s->panels] = y = next;
        s->below[s->panels] = s->below[s->panels - 1] + halves;
        step *= 2.0;
    }
    s->above[s->panels] = 0.0;
    for (int i = s->panels - 1; i >= 0; i--) s->above[i] += s->above[i + 1];
    return STATUS_OK;
}

/* The y between two edges, counted from `from`, at which the mass reached is `mass`: Newton from `start`, halving where it
   leaves the bracket. */
static double integral_solve(const struct density *d, double from, double to, double mass, double start)
{
    double sign = to > from ? 1.0 : -1.0, near = from, far = to, y = start;
    if (!(sign * (y - near) > 0.0 && sign * (far - y) > 0.0)) y = 0.5 * (near + far);
    for (int i = 0; i < 60; i++) {
        double over = sign * integrate(d, from, y) - mass, step = sign * over / elementary_exp(density_log(d, y));
        if (fabs(step) <= 1e-11 * fabs(to - from)) return y - step;
        if (over > 0.0)
            far = y;
        else
            near = y;
        y -= step;
        if (!(sign * (y - near) > 0.0 && sign * (far - y) > 0.0)) y = 0.5 * (near + far);
    }
    return y;
}

/* The y of a score; `start` is a guess. */
static double integral_quantile(const struct integral *s, double score, double start)
{
    double total = s->below[s->panels], mass = total * elementary_normal_cdf(-fabs(score));
    int low = 0, high = s->panels;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (score <= 0.0 ? s->below[middle] <= mass : s->above[middle] > mass)
            low = middle;
        else
            high = middle;
    }
    if (score <= 0.0) return integral_solve(&s->density, s->edge[low], s->edge[high], mass - s->below[low], start);
    return integral_solve(&s->density, s->edge[high], s->edge[low], mass - s->above[high], start);
}

/* ---- Tables ---- */

/* Cubic of one cell from values and slopes (per cell) at its ends; slopes held to three times the rise keep it monotone
   (Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238-246). */
static void cubic_set(double *c, double y0, double y1, double slope0, double slope1)
{
    double rise = y1 - y0;
    slope0 = fmin(slope0, 3.0 * rise);
    slope1 = fmin(slope1, 3.0 * rise);
    c[0] = y0;
    c[1] = slope0;
    c[2] = 3.0 * rise - 2.0 * slope0 - slope1;
    c[3] = slope0 + slope1 - 2.0 * rise;
}

static double normal_density(double z)
{
    return 0.39894228040143267794 * elementary_exp(-0.5 * z * z);
}

int random_table_fill(enum distribution_kind kind, double a, double b, double *cubic)
{
    struct integral s = {.density = {kind, a, b}};
    int status = integral_init(&s);
    if (status) return status;
    const double cell = 2.0 * RANDOM_TABLE_SCORE / (double)RANDOM_TABLE_CELLS;
    double y0 = 0.0, slope0 = 0.0;
    for (int k = 0; k <= RANDOM_TABLE_CELLS; k++) {
        double z = -RANDOM_TABLE_SCORE + k * cell, y1 = integral_quantile(&s, z, y0 + slope0);
        double density = elementary_exp(density_log(&s.density, y1)) / s.below[s.panels];
        double slope1 = cell * normal_density(z) / density;
        if (k > 0) cubic_set(cubic + (k - 1) * RANDOM_TABLE_COEFFICIENTS, y0, y1, slope0, slope1);
        y0 = y1;
        slope0 = slope1;
    }
    return STATUS_OK;
}

/* The score of y, with y in panel i. */
static double integral_score(const struct integral *s, int i, double y)
{
    double total = s->below[s->panels];
    double below = (s->below[i] + integrate(&s->density, s->edge[i], y)) / total;
    double above = (s->above[i + 1] + integrate(&s->density, y, s->edge[i + 1])) / total;
    return below < above ? elementary_normal_quantile(below) : -elementary_normal_quantile(above);
}

int random_table_fill_score(enum distribution_kind kind, double a, double b, double *cubic, double *reach)
{
    struct integral s = {.density = {kind, a, b}};
    int status = integral_init(&s);
    if (status) return status;
    *reach = fmax(-integral_quantile(&s, -RANDOM_TABLE_SCORE, 0.0), integral_quantile(&s, RANDOM_TABLE_SCORE, 0.0));
    const double cell = 2.0 * *reach / (double)RANDOM_TABLE_CELLS;
    double z0 = 0.0, slope0 = 0.0;
    int panel = 0;
    for (int k = 0; k <= RANDOM_TABLE_CELLS; k++) {
        double y = -*reach + k * cell;
        while (panel + 1 < s.panels && s.edge[panel + 1] < y) panel++;
        double z1 = integral_score(&s, panel, y);
        double slope1 = cell * elementary_exp(density_log(&s.density, y)) / s.below[s.panels] / normal_density(z1);
        if (k > 0) cubic_set(cubic + (k - 1) * RANDOM_TABLE_COEFFICIENTS, z0, z1, slope0, slope1);
        z0 = z1;
        slope0 = slope1;
    }
    return STATUS_OK;
}

static double cubic_at(const double *c, double t)
{
    return c[0] + t * (c[1] + t * (c[2] + t * c[3]));
}

double random_table_score(const double *cubic, double y)
{
    int low = 0, high = RANDOM_TABLE_CELLS;
    const double *last = cubic + (RANDOM_TABLE_CELLS - 1) * RANDOM_TABLE_COEFFICIENTS;
    if (y <= cubic[0]) return -INFINITY;
    if (y >= cubic_at(last, 1.0)) return INFINITY;
    while (high - low > 1) {
        int middle = (low + high) / 2;
        if (cubic[middle * RANDOM_TABLE_COEFFICIENTS] <= y)
            low = middle;
        else
            high = middle;
    }
    double left = 0.0, right = 1.0;
    for (int i = 0; i < 54; i++) {
        double middle = 0.5 * (left + right);
        if (cubic_at(cubic + low * RANDOM_TABLE_COEFFICIENTS, middle) <= y)
            left = middle;
        else
            right = middle;
    }
    return -RANDOM_TABLE_SCORE + (low + left) * (2.0 * RANDOM_TABLE_SCORE / (double)RANDOM_TABLE_CELLS);
}
