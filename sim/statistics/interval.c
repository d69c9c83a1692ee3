#include "statistics/interval.h"

#include <math.h>

#include "base/elementary.h"

double statistics_interval_z(double confidence)
{
    return elementary_normal_quantile(0.5 + 0.5 * confidence);
}

/* Probabilities relative to the mode's, by the ratio of neighbours: no logarithm, no factorial, exact to rounding for
   any n. The walk ends where a term is too small to matter. */
static const double SMALLEST = 1e-25;

struct walk {
    double n, odds; /* odds = p / (1 - p) */
    double mode;
};

static double above(const struct walk *w, double k) /* P(k + 1) / P(k) */
{
    return (w->n - k) / (k + 1) * w->odds;
}

/* Sum of the terms on one side of the mode (without it); *end and *term: the last term that counts. */
static double side(const struct walk *w, int up, double *end, double *term)
{
    double sum = 0, k = w->mode, t = 1;
    *end = k;
    *term = t;
    while (up ? k < w->n : k > 0) {
        t = up ? t * above(w, k) : t / above(w, k - 1);
        k += up ? 1 : -1;
        if (t < SMALLEST) break;
        sum += t;
        *end = k;
        *term = t;
    }
    return sum;
}

struct statistics_ranks statistics_interval_ranks(uint64_t n, double p, double confidence)
{
    struct statistics_ranks ranks = {0, 0};
    struct walk w = {(double)n, p / (1 - p), floor(((double)n + 1) * p)};
    if (n == 0) return ranks;
    if (w.mode > w.n) w.mode = w.n;
    double first, last, term_first, term_last;
    double total = side(&w, 0, &first, &term_first) + 1 + side(&w, 1, &last, &term_last);
    double limit = 0.5 * (1 - confidence) * total;

    double k = first, t = term_first, below = t; /* below = P(B <= k) */
    while (below <= limit) {
        t *= above(&w, k);
        k += 1;
        below += t;
    }
    ranks.low = (uint64_t)k; /* P(B < k) <= limit < P(B <= k); k = 0: none */

    double j = last, s = term_last, from = s; /* from = P(B >= j) */
    while (from <= limit) {
        s /= above(&w, j - 1);
        j -= 1;
        from += s;
    }
    ranks.high = j < w.n ? (uint64_t)j + 1 : 0;
    return ranks;
}

/* Wilson 1927, eq. 13. */
void statistics_interval_wilson(double share, double n, double z, double *low, double *high)
{
    if (!(n >= 2)) {
        *low = *high = (double)NAN;
        return;
    }
    double z2 = z * z / n;
    double centre = (share + 0.5 * z2) / (1 + z2);
    double half = z * sqrt(share * (1 - share) / n + 0.25 * z2 / n) / (1 + z2);
    *low = share <= 0 || centre < half ? 0 : centre - half;
    *high = share >= 1 || centre + half > 1 ? 1 : centre + half;
}
