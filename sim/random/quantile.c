#include "random/quantile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "random/forms.h"
#include "random/memo.h"

#define LEAST_KEPT 1e-9 /* of a truncation */
enum { DEPTH = 16 };

struct window {
    double low, high;
};

/* What the recursion over nested distributions carries. */
struct build {
    struct random_quantile *quantile;
    struct place place;
    const char *name;
    struct report *report;
    int depth;
};

static int quantile_refuse(const struct build *build, const char *what)
{
    return report_error(build->report, STATUS_INPUT, build->place, build->name, "%s", what);
}

static int quantile_memory(const struct build *build)
{
    return report_error(build->report, STATUS_MEMORY, build->place, build->name, "out of memory for a distribution");
}

/* ---- Arguments ---- */

/* What is wrong with the arguments; NULL if nothing. The grammar refuses the same earlier, with more words. */
static const char *quantile_wrong(const struct distribution *d)
{
    const double *a = d->argument;
    switch (d->kind) {
    case DISTRIBUTION_UNIFORM: return a[0] <= a[1] ? NULL : "uniform: want low <= high";
    case DISTRIBUTION_TRIANGULAR:
        return a[0] <= a[1] && a[1] <= a[2] && a[0] < a[2] ? NULL : "triangular: want low <= mode <= high and low < high";
    case DISTRIBUTION_PERT:
        return a[0] <= a[1] && a[1] <= a[2] && a[0] < a[2] && a[3] > 0 && a[3] <= 1e6
                   ? NULL
                   : "pert: want low <= mode <= high, low < high and shape in (0, 1e6]";
    case DISTRIBUTION_NORMAL: return a[1] >= 0 ? NULL : "normal: want sd >= 0";
    case DISTRIBUTION_LOGNORMAL: return a[0] > 0 && a[1] >= 0 ? NULL : "lognormal: want median > 0 and sigma >= 0";
    case DISTRIBUTION_BETA:
        return a[0] >= 0.05 && a[0] <= 1e6 && a[1] >= 0.05 && a[1] <= 1e6 && a[2] < a[3]
                   ? NULL
                   : "beta: want a and b in [0.05, 1e6] and low < high";
    case DISTRIBUTION_GAMMA:
        return a[0] >= 0.05 && a[0] <= 1e6 && a[1] > 0 ? NULL : "gamma: want shape in [0.05, 1e6] and scale > 0";
    case DISTRIBUTION_STUDENT: return a[1] > 0 && a[2] > 1 && a[2] <= 1e6 ? NULL : "t: want scale > 0 and df in (1, 1e6]";
    case DISTRIBUTION_WEIBULL: return a[0] > 0 && a[1] > 0 ? NULL : "weibull: want shape > 0 and scale > 0";
    case DISTRIBUTION_PARETO: return a[0] > 0 && a[1] > 0 ? NULL : "pareto: want least > 0 and alpha > 0";
    case DISTRIBUTION_DISCRETE:
        return d->count >= 1 && d->count <= DISTRIBUTION_ARGUMENTS ? NULL : "discrete: want 1 to 16 values";
    case DISTRIBUTION_MIXTURE: return d->count >= 1 && d->count <= DISTRIBUTION_PARTS ? NULL : "mixture: want 1 to 8 parts";
    case DISTRIBUTION_TRUNCATED: return a[0] <= a[1] ? NULL : "truncated: want low <= high";
    case DISTRIBUTION_EMPIRICAL: return d->samples >= 1 ? NULL : "empirical: want at least one value";
    case DISTRIBUTION_CONSTANT: return NULL;
    }
    return "unknown distribution";
}

/* ---- One part ---- */

/* The tabulated kinds and those with a logarithm in them: arguments as random/forms.h wants them. */
static int part_prepare(struct random_quantile_part *part, const struct distribution *d)
{
    const double *a = d->argument;
    double shape_a = a[0], shape_b = a[1], low = a[2], span = a[3] - a[2];
    memcpy(part->argument, a, sizeof part->argument);
    switch (d->kind) {
    case DISTRIBUTION_LOGNORMAL: part->argument[0] = elementary_log(a[0]); return STATUS_OK;
    case DISTRIBUTION_WEIBULL:
        part->argument[0] = a[1];
        part->argument[1] = 1.0 / a[0];
        return STATUS_OK;
    case DISTRIBUTION_PARETO: part->argument[1] = 1.0 / a[1]; return STATUS_OK;
    case DISTRIBUTION_GAMMA: part->argument[0] = a[0] * a[1]; break;
    case DISTRIBUTION_STUDENT:
        shape_a = a[2];
        part->argument[1] = a[1] * sqrt(a[2]);
        break;
    case DISTRIBUTION_PERT: /* Vose's form: mean (low + shape mode + high) / (shape + 2) */
        part->kind = DISTRIBUTION_BETA;
        low = a[0];
        span = a[2] - a[0];
        shape_a = 1.0 + a[3] * (a[1] - a[0]) / span;
        shape_b = 1.0 + a[3] * (a[2] - a[1]) / span;
        break;
    case DISTRIBUTION_BETA: break;
    default: return STATUS_OK;
    }
    if (part->kind == DISTRIBUTION_BETA) {
        part->argument[0] = low;
        part->argument[1] = span;
        part->argument[2] = shape_b / shape_a;
    }
    part->value = malloc(RANDOM_TABLE_SIZE * sizeof *part->value);
    if (!part->value) return STATUS_MEMORY;
    return random_memo_fill(part->kind, shape_a, shape_b, part->value);
}

static int part_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The values of the sample inside the window, ascending. */
static int part_take_sample(struct random_quantile_part *part, const struct distribution *d, struct window w)
{
    part->value = malloc((size_t)d->samples * sizeof *part->value);
    if (!part->value) return STATUS_MEMORY;
    for (int i = 0; i < d->samples; i++)
        if (d->sample[i] >= w.low && d->sample[i] <= w.high) part->value[part->count++] = d->sample[i];
    qsort(part->value, (size_t)part->count, sizeof *part->value, part_compare);
    part->weight *= (double)part->count / d->samples;
    return STATUS_OK;
}

/* The points inside the window, ascending so that the draw grows with the uniform. */
static int part_take_points(struct random_quantile_part *part, const struct distribution *d, struct window w)
{
    double kept = 0.0;
    part->value = malloc(DISTRIBUTION_ARGUMENTS * sizeof *part->value);
    part->cumulative = malloc(DISTRIBUTION_ARGUMENTS * sizeof *part->cumulative);
    if (!part->value || !part->cumulative) return STATUS_MEMORY;
    for (int i = 0; i < d->count; i++) {
        double x = d->argument[i], weight = d->weight[i];
        if (!(x >= w.low && x <= w.high && weight > 0.0)) continue;
        int at = part->count++;
        for (; at > 0 && part->value[at - 1] > x; at--) {
            part->value[at] = part->value[at - 1];
            part->cumulative[at] = part->cumulative[at - 1];
        }
        part->value[at] = x;
        part->cumulative[at] = weight;
        kept += weight;
    }
    for (int i = 0; i < part->count; i++)
        part->cumulative[i] = part->cumulative[i] / kept + (i ? part->cumulative[i - 1] : 0.0);
    if (part->count) part->cumulative[part->count - 1] = 1.0;
    part->weight *= kept;
    return STATUS_OK;
}

/* ---- The window of a continuous part, in its variable ---- */

static double logarithm(double x)
{
    return x > 0.0 ? elementary_log(x) : -INFINITY;
}

/* asinh, by the side where nothing cancels. */
static double inverse_sinh(double x)
{
    double y = elementary_log(fabs(x) + sqrt(x * x + 1.0));
    return x < 0.0 ? -y : y;
}

static double part_score(const struct random_quantile_part *part, double x)
{
    const double *a = part->argument;
    switch (part->kind) {
    case DISTRIBUTION_NORMAL: return (x - a[0]) / a[1];
    case DISTRIBUTION_LOGNORMAL: return (logarithm(x) - a[0]) / a[1];
    case DISTRIBUTION_GAMMA: return random_table_score(part->value, logarithm(x / a[0]));
    case DISTRIBUTION_BETA: {
        double below = x - a[0], above = a[0] + a[1] - x;
        if (!(below > 0.0)) return -INFINITY;
        if (!(above > 0.0)) return INFINITY;
        return random_table_score(part->value, elementary_log(a[2] * (below / above)));
    }
    default: return isinf(x) ? x : random_table_score(part->value, inverse_sinh((x - a[0]) / a[1]));
    }
}

static double part_hazard(const struct random_quantile_part *part, double x)
{
    const double *a = part->argument;
    if (isinf(x)) return x > 0.0 ? x : 0.0;
    if (part->kind == DISTRIBUTION_WEIBULL) return x > 0.0 ? elementary_pow(x / a[0], 1.0 / a[1]) : 0.0;
    return x > a[0] ? elementary_log(x / a[0]) / a[1] : 0.0;
}

static double part_probability(const struct random_quantile_part *part, double x)
{
    const double *a = part->argument;
    if (part->kind == DISTRIBUTION_UNIFORM) return x <= a[0] ? 0.0 : x >= a[1] ? 1.0 : (x - a[0]) / (a[1] - a[0]);
    if (x <= a[0]) return 0.0;
    if (x >= a[2]) return 1.0;
    double span = a[2] - a[0];
    if (x < a[1]) return (x - a[0]) / span * ((x - a[0]) / (a[1] - a[0]));
    return 1.0 - (a[2] - x) / span * ((a[2] - x) / (a[2] - a[1]));
}

/* 1 - e^-h, by the form of forms_minus_log_of_rest. */
static double one_minus_exp(double h)
{
    double w = elementary_exp(-h);
    if (h == 0.0 || 1.0 - w == 0.0) return h;
    return w > 0.25 ? (1.0 - w) * (h / -elementary_log(w)) : 1.0 - w;
}

/* Probabilities of the two ends, counted from the nearer tail. */
static void part_ends(const struct random_quantile_part *part, struct window w, int *upper, double *first, double *last)
{
    double low, high;
    switch (forms_variable_of(part->kind)) {
    case FORMS_SCORE:
        low = part_score(part, w.low);
        high = part_score(part, w.high);
        *upper = low > 0.0;
        *first = elementary_normal_cdf(*upper ? -low : low);
        *last = elementary_normal_cdf(*upper ? -high : high);
        return;
    case FORMS_HAZARD:
        low = part_hazard(part, w.low);
        high = part_hazard(part, w.high);
        *upper = low > 0.69314718055994531; /* log 2 */
        *first = *upper ? elementary_exp(-low) : one_minus_exp(low);
        *last = *upper ? elementary_exp(-high) : one_minus_exp(high);
        return;
    default:
        *upper = 0;
        *first = part_probability(part, w.low);
        *last = part_probability(part, w.high);
    }
}

static int part_is_point(const struct distribution *d)
{
    return d->kind == DISTRIBUTION_CONSTANT ||
           ((d->kind == DISTRIBUTION_NORMAL || d->kind == DISTRIBUTION_LOGNORMAL) && d->argument[1] == 0.0) ||
           (d->kind == DISTRIBUTION_UNIFORM && d->argument[0] == d->argument[1]);
}

/* Fills `part` (zeroed, with its kind, its weight and the window 0 to 1) and lowers its weight to what the window keeps. */
static int part_fill(struct random_quantile_part *part, const struct distribution *d, struct window w)
{
    if (d->kind == DISTRIBUTION_DISCRETE) return part_take_points(part, d, w);
    if (d->kind == DISTRIBUTION_EMPIRICAL) return part_take_sample(part, d, w);
    if (part_is_point(d)) {
        part->kind = DISTRIBUTION_CONSTANT;
        part->argument[0] = d->argument[0];
        if (!(d->argument[0] >= w.low && d->argument[0] <= w.high)) part->weight = 0.0;
        return STATUS_OK;
    }
    int status = part_prepare(part, d);
    if (status) return status;
    double last;
    part_ends(part, w, &part->upper, &part->first, &last);
    part->width = last - part->first;
    part->weight *= fabs(part->width);
    return STATUS_OK;
}

/* The support within the window. */
static void part_bound(struct random_quantile_part *part, const struct distribution *d, struct window w)
{
    double low = -INFINITY, high = INFINITY;
    switch (d->kind) {
    case DISTRIBUTION_UNIFORM: low = d->argument[0], high = d->argument[1]; break;
    case DISTRIBUTION_TRIANGULAR:
    case DISTRIBUTION_PERT: low = d->argument[0], high = d->argument[2]; break;
    case DISTRIBUTION_BETA: low = d->argument[2], high = d->argument[3]; break;
    case DISTRIBUTION_GAMMA:
    case DISTRIBUTION_WEIBULL:
    case DISTRIBUTION_LOGNORMAL: low = 0.0; break;
    case DISTRIBUTION_PARETO: low = d->argument[0]; break;
    default: break;
    }
    part->low = fmax(low, w.low);
    part->high = fmin(high, w.high);
}

/* ---- The list of parts ---- */

static void part_free(struct random_quantile_part *part)
{
    free(part->value);
    free(part->cumulative);
}

static void quantile_drop_from(struct random_quantile *q, int first)
{
    while (q->parts > first) part_free(&q->part[--q->parts]);
}

static int quantile_add(const struct build *build, const struct distribution *d, double weight, struct window w)
{
    struct random_quantile *q = build->quantile;
    struct random_quantile_part *part = realloc(q->part, ((size_t)q->parts + 1) * sizeof *part);
    if (!part) return quantile_memory(build);
    q->part = part;
    part += q->parts++;
    *part = (struct random_quantile_part){.kind = d->kind, .weight = weight, .width = 1.0};
    part_bound(part, d, w);
    int status = part_fill(part, d, w);
    if (status == STATUS_MEMORY) return quantile_memory(build);
    if (status) return report_error(build->report, status, build->place, build->name, "the table of a distribution failed");
    if (!(part->weight > 0.0)) quantile_drop_from(q, q->parts - 1);
    return STATUS_OK;
}

static double quantile_weight_from(const struct random_quantile *q, int first)
{
    double sum = 0.0;
    for (int i = first; i < q->parts; i++) sum += q->part[i].weight;
    return sum;
}

static int quantile_build(struct build build, const struct distribution *d, double weight, struct window w);

/* The inner distribution within both windows, as a share of what its own window keeps. */
static int quantile_truncate(struct build build, const struct distribution *d, double weight, struct window outer)
{
    struct random_quantile *q = build.quantile;
    struct window own = {d->argument[0], d->argument[1]}, both = {fmax(own.low, outer.low), fmin(own.high, outer.high)};
    int first = q->parts, status = quantile_build(build, d->part[0], 1.0, own);
    double kept = quantile_weight_from(q, first);
    if (status) return status;
    if (!(kept >= LEAST_KEPT))
        return quantile_refuse(&build, "truncated: want bounds that keep at least 1e-9 of the distribution");
    if (both.low > own.low || both.high < own.high) {
        quantile_drop_from(q, first);
        if (!(both.low <= both.high)) return STATUS_OK;
        status = quantile_build(build, d->part[0], 1.0, both);
    }
    for (int i = first; i < q->parts; i++) q->part[i].weight *= weight / kept;
    return status;
}

static int quantile_build(struct build build, const struct distribution *d, double weight, struct window w)
{
    const char *wrong = quantile_wrong(d);
    int status = STATUS_OK;
    if (wrong) return quantile_refuse(&build, wrong);
    if (++build.depth > DEPTH) return quantile_refuse(&build, "distributions nested too deep, want at most 16 levels");
    if (d->kind == DISTRIBUTION_TRUNCATED) return quantile_truncate(build, d, weight, w);
    if (d->kind != DISTRIBUTION_MIXTURE) return quantile_add(&build, d, weight, w);
    for (int i = 0; i < d->count && !status; i++)
        if (d->weight[i] > 0.0) status = quantile_build(build, d->part[i], weight * d->weight[i], w);
    return status;
}

int random_quantile_init(struct random_quantile *quantile, const struct distribution *distribution, struct place place,
                         const char *name, struct report *report)
{
    *quantile = (struct random_quantile){0};
    struct build build = {quantile, place, name, report, 0};
    int status = quantile_build(build, distribution, 1.0, (struct window){-INFINITY, INFINITY});
    if (status) return status;
    double total = quantile_weight_from(quantile, 0), below = 0.0;
    if (!(total > 0.0)) return quantile_refuse(&build, "want probabilities that sum to 1");
    for (int i = 0; i < quantile->parts; i++) {
        quantile->part[i].weight /= total;
        quantile->part[i].weight_below = below;
        below += quantile->part[i].weight;
    }
    return STATUS_OK;
}

void random_quantile_free(struct random_quantile *quantile)
{
    quantile_drop_from(quantile, 0);
    free(quantile->part);
    *quantile = (struct random_quantile){0};
}
