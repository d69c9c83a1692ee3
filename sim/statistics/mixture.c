#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/interval.h"
#include "statistics/run.h"

/* A value of some scenario (or the mean of one of its bins) with its weight in the mixture. */
struct point {
    double value, weight;
    int scenario;
};

struct mixture {
    const struct statistics_plan *plan;
    int scenarios, common;
    double *weight; /* sums to 1; owned */
    double *below;  /* scratch by scenario; owned */
    double *below_square;
    const double *const *flat;
    struct statistics_run *const *run;
    struct point *point; /* owned */
    size_t points;
    double *out;
};

static double *place_of(const struct mixture *m, int row, size_t cell)
{
    return row < 0 ? NULL : &m->out[m->plan->row[row].offset + cell];
}

static double flat_of(const struct mixture *m, int scenario, int row, size_t cell)
{
    return row < 0 ? (double)NAN : m->flat[scenario][m->plan->row[row].offset + cell];
}

/* Mean of the scenarios' values by weight. */
static double blend(const struct mixture *m, int row, size_t cell)
{
    double sum = 0;
    for (int s = 0; s < m->scenarios; s++) sum += m->weight[s] * flat_of(m, s, row, cell);
    return sum;
}

/* Standard error from those of the scenarios: they add up when the scenarios move together, as squares when independent. */
static double join(const struct mixture *m, const double *error)
{
    double sum = 0, square = 0;
    for (int s = 0; s < m->scenarios; s++) {
        double e = m->weight[s] * error[s];
        sum += e;
        square += e * e;
    }
    return m->common ? sum : sqrt(square);
}

/* Law of total variance, and its third-order form for the skewness. */
static void put_spread(const struct mixture *m, const struct statistics_made *made, size_t cell, double mean)
{
    double variance = 0, third = 0;
    for (int s = 0; s < m->scenarios; s++) {
        double sd = flat_of(m, s, made->deviation, cell), d = flat_of(m, s, made->mean, cell) - mean;
        variance += m->weight[s] * (sd * sd + d * d);
        third += m->weight[s] * (flat_of(m, s, made->skewness, cell) * sd * sd * sd + 3 * sd * sd * d + d * d * d);
    }
    *place_of(m, made->deviation, cell) = sqrt(variance);
    *place_of(m, made->skewness, cell) = variance == 0 ? 0 : third / (variance * sqrt(variance));
}

static void put_share(const struct mixture *m, const struct statistics_made *made, size_t cell, double share, double error)
{
    double n = error > 0 ? share * (1 - share) / (error * error) : 0;
    for (int s = 0; s < m->scenarios && !(error > 0); s++) n += flat_of(m, s, m->plan->row_paths, 0);
    *place_of(m, made->probability, cell) = share;
    statistics_interval_wilson(share, isnan(error) ? 0 : n, m->plan->z, place_of(m, made->probability_low, cell),
                               place_of(m, made->probability_high, cell));
}

static void put_moments(const struct mixture *m, const struct statistics_made *made, size_t cell)
{
    int row = made->mean >= 0 ? made->mean : made->probability;
    if (row < 0) return;
    double mean = blend(m, row, cell);
    for (int s = 0; s < m->scenarios; s++) m->below[s] = flat_of(m, s, made->error, cell);
    double error = join(m, m->below);
    *place_of(m, made->error, cell) = error;
    if (made->mean >= 0) *place_of(m, made->mean, cell) = mean;
    if (made->mean >= 0 && made->deviation >= 0) put_spread(m, made, cell, mean);
    if (made->probability >= 0) put_share(m, made, cell, mean, error);
}

static int by_value(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    if (x->value != y->value) return (x->value > y->value) - (x->value < y->value);
    return x->scenario - y->scenario;
}

static void gather_values(struct mixture *m, int scenario, const double *x, size_t n)
{
    double present = 0;
    for (size_t i = 0; i < n; i++) present += !isnan(x[i]);
    for (size_t i = 0; i < n; i++) {
        if (!isnan(x[i])) m->point[m->points++] = (struct point){x[i], m->weight[scenario] / present, scenario};
    }
}

static void gather_bins(struct mixture *m, int scenario, const struct statistics_bins *bins)
{
    for (size_t b = 0; b < BINS_COUNT; b++) {
        const struct statistics_bin *bin = &bins->bin[b];
        if (bin->count == 0) continue;
        double count = (double)bin->count;
        m->point[m->points++] = (struct point){bins->center + bin->sum / count,
                                               m->weight[scenario] * count / (double)bins->count, scenario};
    }
}

static void gather(struct mixture *m, int kept)
{
    m->points = 0;
    for (int s = 0; s < m->scenarios; s++) {
        const struct statistics_run *run = m->run[s];
        if (run->sample) {
            gather_values(m, s, run->sample + (size_t)kept * m->plan->paths, run->paths);
        } else {
            gather_bins(m, s, &run->bins[kept]);
        }
    }
    qsort(m->point, m->points, sizeof *m->point, by_value);
}

/* Type 7 for weighted points: point k stands at (weight below it) / (1 - weight of the last). With equal weights these are
   the (k - 1) / (n - 1) of an ordinary sample. */
static double quantile_of(const struct mixture *m, double p)
{
    if (m->points == 0 || !(p > 0 && p < 1)) return (double)NAN;
    double total = 0, below = 0;
    for (size_t i = 0; i + 1 < m->points; i++) total += m->point[i].weight;
    for (size_t i = 0; i + 1 < m->points; i++) {
        double next = below + m->point[i].weight;
        if (next > p * total) {
            return m->point[i].value +
                   (p * total - below) / m->point[i].weight * (m->point[i + 1].value - m->point[i].value);
        }
        below = next;
    }
    return m->point[m->points - 1].value;
}

/* Standard error of the mixture's distribution function at x. */
static double share_error(const struct mixture *m, double x)
{
    for (int s = 0; s < m->scenarios; s++) m->below[s] = 0;
    for (size_t i = 0; i < m->points && m->point[i].value <= x; i++) {
        m->below[m->point[i].scenario] += m->point[i].weight / m->weight[m->point[i].scenario];
    }
    for (int s = 0; s < m->scenarios; s++) {
        double share = m->below[s] < 1 ? m->below[s] : 1;
        m->below[s] = m->run[s]->paths < 2 ? (double)NAN : sqrt(share * (1 - share) / (double)m->run[s]->paths);
    }
    return join(m, m->below);
}

static void put_quantile(const struct mixture *m, double p, double *value, double *low, double *high)
{
    *value = quantile_of(m, p);
    if (!low) return;
    double half = m->plan->z * share_error(m, *value);
    *low = quantile_of(m, p - half);
    *high = quantile_of(m, p + half);
}

/* The tail's mean, and its standard error by the influence function min(x - VaR, 0) / share of each scenario. */
static void put_tail(const struct mixture *m, const struct statistics_made *made, size_t cell)
{
    double share = m->plan->tail, left = share, sum = 0, var;
    put_quantile(m, share, &var, place_of(m, made->var_low, cell), place_of(m, made->var_high, cell));
    for (int s = 0; s < m->scenarios; s++) m->below[s] = m->below_square[s] = 0;
    for (size_t i = 0; i < m->points && (left > 0 || m->point[i].value < var); i++) {
        const struct point *x = &m->point[i];
        double weight = x->weight < left ? x->weight : left, d = x->value - var;
        sum += weight * d;
        left -= weight;
        if (d >= 0) continue;
        m->below[x->scenario] += x->weight / m->weight[x->scenario] * d / share;
        m->below_square[x->scenario] += x->weight / m->weight[x->scenario] * (d / share) * (d / share);
    }
    for (int s = 0; s < m->scenarios; s++) {
        double variance = m->below_square[s] - m->below[s] * m->below[s];
        m->below[s] = m->run[s]->paths < 2 ? (double)NAN : sqrt((variance > 0 ? variance : 0) / (double)(m->run[s]->paths - 1));
    }
    double half = m->plan->z * join(m, m->below), cvar = var + sum / share;
    *place_of(m, made->var, cell) = var;
    *place_of(m, made->cvar, cell) = cvar;
    *place_of(m, made->cvar_low, cell) = cvar - half;
    *place_of(m, made->cvar_high, cell) = cvar + half;
}

static void put_kept(struct mixture *m, const struct statistics_made *made, int kept, size_t cell)
{
    gather(m, kept);
    for (int q = 0; q < m->plan->quantiles && made->quantile >= 0; q++) {
        size_t at = cell * (size_t)m->plan->quantiles + (size_t)q;
        put_quantile(m, m->plan->quantile[q], place_of(m, made->quantile, at), place_of(m, made->quantile_low, at),
                     place_of(m, made->quantile_high, at));
    }
    if (made->var >= 0) put_tail(m, made, cell);
}

static void put_outcome(struct mixture *m, int o)
{
    const struct statistics_plan *plan = m->plan;
    for (int k = plan->column[o]; k < plan->column[o + 1]; k++) {
        size_t cell = (size_t)(k - plan->column[o]);
        if (!plan->used[k]) continue;
        put_moments(m, &plan->made[o], cell);
        if (m->run && plan->kept[k] >= 0) put_kept(m, &plan->made[o], plan->kept[k], cell);
    }
}

static void put_series(struct mixture *m, int series)
{
    const struct statistics_plan *plan = m->plan;
    size_t steps = (size_t)plan->shape.size[AXIS_STEP], levels = (size_t)plan->quantiles;
    for (size_t at = 0; at < plan->row[plan->series_row[series]].count; at++) {
        *place_of(m, plan->series_row[series], at) = blend(m, plan->series_row[series], at);
        if (!m->run || plan->series[series].mean_only) continue;
        m->points = 0;
        for (int s = 0; s < m->scenarios; s++) {
            size_t column = (size_t)plan->series_column[series] * steps + at;
            size_t n = m->run[s]->paths < STATISTICS_BATCH ? (size_t)m->run[s]->paths : STATISTICS_BATCH;
            gather_values(m, s, m->run[s]->fan + column * STATISTICS_BATCH, n);
        }
        qsort(m->point, m->points, sizeof *m->point, by_value);
        for (size_t q = 0; q < levels; q++) {
            put_quantile(m, plan->quantile[q],
                         place_of(m, plan->series_row[series] + 1, (at / steps * levels + q) * steps + at % steps), NULL, NULL);
        }
    }
}

/* Room for the points of one column of all scenarios, and weights that sum to 1. */
static int prepare(struct mixture *m, const double *weight)
{
    size_t room = 1, n = (size_t)m->scenarios;
    double total = 0;
    for (size_t s = 0; s < n; s++) {
        total += weight[s];
        if (!m->run) continue;
        size_t values = m->plan->exact && m->run[s]->paths > STATISTICS_BATCH ? (size_t)m->run[s]->paths : STATISTICS_BATCH;
        room += m->plan->exact ? values : BINS_COUNT;
    }
    m->weight = malloc(n * sizeof *m->weight);
    m->below = malloc(n * sizeof *m->below);
    m->below_square = malloc(n * sizeof *m->below_square);
    m->point = malloc(room * sizeof *m->point);
    if (!m->weight || !m->below || !m->below_square || !m->point) return STATUS_MEMORY;
    for (size_t s = 0; s < n; s++) m->weight[s] = weight[s] / total;
    return STATUS_OK;
}

static void put_common(const struct mixture *m)
{
    double paths = 0, error = 0;
    for (int s = 0; s < m->scenarios; s++) {
        double e = flat_of(m, s, m->plan->row_error, 0);
        paths += flat_of(m, s, m->plan->row_paths, 0);
        error = e > error ? e : error;
    }
    *place_of(m, m->plan->row_paths, 0) = paths;
    *place_of(m, m->plan->row_error, 0) = error;
}

int statistics_mixture(const struct statistics_plan *plan, int scenarios, const double *weight, const double *const *flat,
                       struct statistics_run *const *run, int common, double *out, struct report *report)
{
    struct mixture m = {.plan = plan, .scenarios = scenarios, .common = common, .flat = flat, .run = run, .out = out};
    int status = prepare(&m, weight);
    if (status != STATUS_OK) {
        report_error(report, status, (struct place){0}, NULL, "no memory for the mixture of %d scenarios", scenarios);
        goto out;
    }
    for (size_t i = 0; i < plan->doubles; i++) out[i] = (double)NAN;
    for (int o = 0; o < plan->outcomes; o++) put_outcome(&m, o);
    for (int s = 0; s < plan->series_count; s++) put_series(&m, s);
    put_common(&m);
out:
    free(m.weight);
    free(m.below);
    free(m.below_square);
    free(m.point);
    return status;
}
