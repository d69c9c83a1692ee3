#include "design/latin.h"

#include <math.h>
#include <stdlib.h>

/* ---- Strata ---- */

/* A random permutation of 0 .. n - 1 (Durstenfeld, Comm. ACM 7 (1964) 420); uniform[i] decides the swap of place i. */
static void shuffle(uint32_t *stratum, const double *uniform, size_t n)
{
    for (size_t i = 0; i < n; i++) stratum[i] = (uint32_t)i;
    for (size_t i = n; i-- > 1;) {
        const size_t j = (size_t)(uniform[i] * (double)(i + 1));
        const uint32_t moved = stratum[i];
        stratum[i] = stratum[j];
        stratum[j] = moved;
    }
}

/* A place inside a stratum, on a grid of 2^26 from its middle on: stratum + place is exact and stays off the next stratum
   when it is divided by n and multiplied again, for n up to 2^24. */
static double place_in_stratum(double uniform)
{
    return (floor(uniform * 0x1p26) + 0.5) * 0x1p-26;
}

static int fill_column(double *column, size_t n, const char *name, uint64_t seed)
{
    char *stream = design_points_stream(name);
    double *uniform = malloc(n * sizeof *uniform);
    uint32_t *stratum = malloc(n * sizeof *stratum);
    const int status = stream && uniform && stratum ? STATUS_OK : STATUS_MEMORY;
    if (!status) {
        design_points_uniforms(seed, stream, 0, n, column, uniform);
        shuffle(stratum, uniform, n);
        for (size_t i = 0; i < n; i++) column[i] = ((double)stratum[i] + place_in_stratum(column[i])) / (double)n;
    }
    free(stream);
    free(uniform);
    free(stratum);
    return status;
}

/* ---- Search ---- */

struct search {
    struct design_points *points;
    size_t *order;        /* dimensions by byte order of names */
    double *first, *second; /* by point: products over the other dimensions, with either point of the swap */
};

size_t design_latin_trials(size_t points, size_t dimensions)
{
    const double coordinates = (double)points * (double)dimensions, most = 50.0 * coordinates;
    const double trials = floor(DESIGN_LATIN_STEPS / (2.0 * coordinates));
    if (dimensions < 2 || points < 2 || trials * 100.0 < (double)points) return 0;
    return (size_t)(trials < most ? trials : most);
}

/* product[j] = product over all dimensions but `column` of 1 + (|x| + |y| - |x - y|) / 2, x of point `a`, y of point j. */
static void multiply_others(const struct search *s, size_t a, size_t column, double *product)
{
    const size_t n = s->points->points;
    for (size_t j = 0; j < n; j++) product[j] = 1.0;
    for (size_t k = 0; k < s->points->dimensions; k++) {
        const double *y = s->points->unit + s->order[k] * n, x = y[a] - 0.5, from_centre = fabs(x);
        if (s->order[k] == column) continue;
        for (size_t j = 0; j < n; j++) {
            const double z = y[j] - 0.5;
            product[j] *= 1.0 + 0.5 * (from_centre + fabs(z) - fabs(x - z));
        }
    }
}

/* The factor of a point alone, 1 + |z| / 2 - z^2 / 2, and the product of it over all dimensions but `column`. */
static double alone(double unit)
{
    const double z = fabs(unit - 0.5);
    return 1.0 + 0.5 * z - 0.5 * z * z;
}

static double alone_in_others(const struct search *s, size_t a, size_t column)
{
    double product = 1.0;
    for (size_t k = 0; k < s->points->dimensions; k++) {
        if (s->order[k] != column) product *= alone(s->points->unit[s->order[k] * s->points->points + a]);
    }
    return product;
}

/* What swapping the coordinate `column` of points a and b adds to the squared discrepancy. Only terms with a or b in them
   change, and their term with each other does not. */
static double change_by_swap(const struct search *s, size_t column, size_t a, size_t b)
{
    const size_t n = s->points->points;
    const double *y = s->points->unit + column * n, x = y[a] - 0.5, z = y[b] - 0.5, count = (double)n;
    double pairs = 0.0;
    multiply_others(s, a, column, s->first);
    multiply_others(s, b, column, s->second);
    for (size_t j = 0; j < n; j++) {
        const double w = y[j] - 0.5, with_a = fabs(x) - fabs(x - w), with_b = fabs(z) - fabs(z - w);
        if (j != a && j != b) pairs += (s->first[j] - s->second[j]) * (with_b - with_a); /* 2 x half */
    }
    pairs += (s->first[a] - s->second[b]) * (fabs(z) - fabs(x)); /* each with itself: 1 + |x| */
    const double singles = (alone_in_others(s, a, column) - alone_in_others(s, b, column)) * (alone(y[b]) - alone(y[a]));
    return pairs / (count * count) - 2.0 / count * singles;
}

static void try_swap(const struct search *s, double pick_column, double pick_a, double pick_b)
{
    const size_t n = s->points->points;
    const size_t column = s->order[(size_t)(pick_column * (double)s->points->dimensions)];
    const size_t a = (size_t)(pick_a * (double)n), b = (size_t)(pick_b * (double)n);
    double *unit = s->points->unit + column * n, moved = unit[a];
    if (a == b || !(change_by_swap(s, column, a, b) < 0.0)) return;
    unit[a] = unit[b];
    unit[b] = moved;
}

static void run_search(const struct search *s, uint64_t seed, size_t trials)
{
    enum { PIECE = 4096 }; /* trials whose numbers are drawn together */
    double column[PIECE], a[PIECE], b[PIECE];
    for (size_t done = 0; done < trials; done += PIECE) {
        const size_t count = trials - done < PIECE ? trials - done : PIECE;
        design_points_uniforms(seed, "sweep/lhs/column", done, count, column, NULL);
        design_points_uniforms(seed, "sweep/lhs/points", done, count, a, b);
        for (size_t t = 0; t < count; t++) try_swap(s, column[t], a[t], b[t]);
    }
}

int design_latin_fill(struct design_points *points, const char *const *name, uint64_t seed, struct report *report)
{
    const size_t n = points->points, trials = design_latin_trials(n, points->dimensions);
    struct search search = {.points = points};
    int status = STATUS_OK;
    for (size_t k = 0; k < points->dimensions && !status; k++) status = fill_column(points->unit + k * n, n, name[k], seed);
    if (!status && trials) {
        search.order = malloc(points->dimensions * sizeof *search.order);
        search.first = malloc(n * sizeof *search.first);
        search.second = malloc(n * sizeof *search.second);
        if (!search.order || !search.first || !search.second) status = STATUS_MEMORY;
    }
    if (!status && trials) {
        design_points_order(search.order, name, points->dimensions);
        run_search(&search, seed, trials);
    }
    free(search.order);
    free(search.first);
    free(search.second);
    if (!status) return STATUS_OK;
    return report_error(report, status, (struct place){0}, NULL, "out of memory: %zu points of %zu parameters", n, points->dimensions);
}
