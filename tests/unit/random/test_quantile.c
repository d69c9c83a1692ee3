/* Draws of every distribution against GSL, truncations and mixtures against their definition, means against closed forms. */
#include "random/quantile.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random/random.h"

static const struct place nowhere;

static struct random_quantile prepare(const struct distribution *d)
{
    struct random_quantile q;
    struct report report;
    report_init(&report);
    cr_assert_eq(random_quantile_init(&q, d, nowhere, "x", &report), STATUS_OK);
    report_free(&report);
    return q;
}

/* One draw, from every lane of a block. */
static double draw(const struct random_quantile *q, double u)
{
    lanes in[BLOCK_LANES], out[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) in[i] = all_lanes(0.5);
    in[BLOCK_LANES - 1][LANES - 1] = u;
    random_quantile_column(q, in, out);
    return out[BLOCK_LANES - 1][LANES - 1];
}

static double uniform_of(const double *a, double u) { return a[0] + (a[1] - a[0]) * u; }
static double triangular_of(const double *a, double u)
{
    double w = a[2] - a[0];
    return u < (a[1] - a[0]) / w ? a[0] + sqrt(u * w * (a[1] - a[0])) : a[2] - sqrt((1 - u) * w * (a[2] - a[1]));
}
static double normal_of(const double *a, double u) { return a[0] + gsl_cdf_gaussian_Pinv(u, a[1]); }
static double lognormal_of(const double *a, double u) { return gsl_cdf_lognormal_Pinv(u, log(a[0]), a[1]); }
static double weibull_of(const double *a, double u) { return gsl_cdf_weibull_Pinv(u, a[1], a[0]); }
static double pareto_of(const double *a, double u) { return gsl_cdf_pareto_Pinv(u, a[1], a[0]); }
static double beta_of(const double *a, double u) { return a[2] + (a[3] - a[2]) * gsl_cdf_beta_Pinv(u, a[0], a[1]); }
static double gamma_of(const double *a, double u) { return gsl_cdf_gamma_Pinv(u, a[0], a[1]); }
static double student_of(const double *a, double u) { return a[0] + a[1] * gsl_cdf_tdist_Pinv(u, a[2]); }
static double pert_of(const double *a, double u)
{
    double w = a[2] - a[0];
    return a[0] + w * gsl_cdf_beta_Pinv(u, 1 + a[3] * (a[1] - a[0]) / w, 1 + a[3] * (a[2] - a[1]) / w);
}

static const struct {
    struct distribution d;
    double (*of)(const double *, double);
    double mean;
} known[] = {
    {{.kind = DISTRIBUTION_UNIFORM, .argument = {-2, 5}}, uniform_of, 1.5},
    {{.kind = DISTRIBUTION_TRIANGULAR, .argument = {1, 1.1, 1.6}}, triangular_of, 3.7 / 3},
    {{.kind = DISTRIBUTION_TRIANGULAR, .argument = {1, 1, 2}}, triangular_of, 4.0 / 3},
    {{.kind = DISTRIBUTION_TRIANGULAR, .argument = {1, 2, 2}}, triangular_of, 5.0 / 3},
    {{.kind = DISTRIBUTION_PERT, .argument = {1, 1.1, 1.6, 4}}, pert_of, 7.0 / 6},
    {{.kind = DISTRIBUTION_PERT, .argument = {0, 0, 10, 2}}, pert_of, 2.5},
    {{.kind = DISTRIBUTION_NORMAL, .argument = {3, 0.5}}, normal_of, 3},
    {{.kind = DISTRIBUTION_LOGNORMAL, .argument = {1.1, 0.417}}, lognormal_of, 1.1999197502959036},
    {{.kind = DISTRIBUTION_BETA, .argument = {2, 3, 0, 1}}, beta_of, 0.4},
    {{.kind = DISTRIBUTION_BETA, .argument = {0.3, 3, -1, 1}}, beta_of, -1 + 2 * 0.3 / 3.3},
    {{.kind = DISTRIBUTION_BETA, .argument = {4.2, 0.8, 10, 20}}, beta_of, 18.4},
    {{.kind = DISTRIBUTION_GAMMA, .argument = {2.5, 4}}, gamma_of, 10},
    {{.kind = DISTRIBUTION_GAMMA, .argument = {0.4, 1}}, gamma_of, 0.4},
    {{.kind = DISTRIBUTION_STUDENT, .argument = {1, 2, 3}}, student_of, 1},
    {{.kind = DISTRIBUTION_STUDENT, .argument = {0, 1, 30}}, student_of, 0},
    {{.kind = DISTRIBUTION_WEIBULL, .argument = {1.5, 2}}, weibull_of, 1.8054905859018673},
    {{.kind = DISTRIBUTION_WEIBULL, .argument = {0.7, 2}}, weibull_of, 2.5316470121145667},
    {{.kind = DISTRIBUTION_PARETO, .argument = {2, 3}}, pareto_of, 3},
};
enum { KNOWN = sizeof known / sizeof *known };

Test(quantile, is_within_1e7_of_gsl)
{
    for (int k = 0; k < KNOWN; k++) {
        const double *a = known[k].d.argument;
        struct random_quantile q = prepare(&known[k].d);
        double worst = 0, range = known[k].of(a, 0.999) - known[k].of(a, 0.001);
        for (int i = 0; i < 2000; i++) {
            double u = i < 1000 ? (i + 0.5) / 1000 : pow(10, -(i - 1000) / 100.0 - 0.1), want = known[k].of(a, u);
            worst = fmax(worst, fabs(draw(&q, u) - want) / fmax(range, fabs(want)));
        }
        cr_expect_lt(worst, 1e-7, "row %d: %g", k, worst);
        random_quantile_free(&q);
    }
}

Test(quantile, mean_is_exact)
{
    for (int k = 0; k < KNOWN; k++) {
        struct random_quantile q = prepare(&known[k].d);
        double mean = random_quantile_mean(&q);
        cr_expect_float_eq(mean, known[k].mean, 1e-12 * (1 + fabs(mean)), "row %d: %.17g", k, mean);
        random_quantile_free(&q);
    }
}

#define DRAWS 128000
static double x[DRAWS] __attribute__((aligned(64)));

static void draw_many(const struct random_quantile *q, uint64_t seed)
{
    struct random_key key = random_stream_key(seed, "draws");
    lanes u[BLOCK_LANES];
    for (uint64_t i = 0; i < DRAWS; i += BLOCK_PATHS) {
        random_uniforms(key, i, 0, u);
        random_quantile_column(q, u, (lanes *)(x + i));
    }
}

static int compare(const void *a, const void *b)
{
    double l = *(const double *)a, r = *(const double *)b;
    return (l > r) - (l < r);
}

/* Kolmogorov's statistic by the oracle's quantiles: how far is the share of draws below each from its probability. */
static double kolmogorov(int k)
{
    double worst = 0;
    qsort(x, DRAWS, sizeof *x, compare);
    for (int i = 1, below = 0; i < 1000; i++) {
        double at = known[k].of(known[k].d.argument, i / 1000.0);
        while (below < DRAWS && x[below] <= at) below++;
        worst = fmax(worst, fabs((double)below / DRAWS - i / 1000.0));
    }
    return worst * sqrt(DRAWS);
}

Test(quantile, draws_follow_the_distribution)
{
    for (int k = 0; k < KNOWN; k++) {
        struct random_quantile q = prepare(&known[k].d);
        draw_many(&q, (uint64_t)k);
        double d = kolmogorov(k); /* 2.2 has probability 1e-4 */
        cr_expect(d < 2.2 && d > 0.25, "row %d: %g", k, d);
        random_quantile_free(&q);
    }
}

Test(quantile, constant_and_point_masses)
{
    const struct distribution point[] = {{.kind = DISTRIBUTION_CONSTANT, .argument = {7}},
                                         {.kind = DISTRIBUTION_NORMAL, .argument = {7, 0}},
                                         {.kind = DISTRIBUTION_UNIFORM, .argument = {7, 7}}};
    for (int k = 0; k < 3; k++) {
        struct random_quantile q = prepare(&point[k]);
        cr_expect_eq(draw(&q, 0.1), 7);
        cr_expect_eq(random_quantile_mean(&q), 7);
        random_quantile_free(&q);
    }
}

Test(quantile, discrete_is_a_step)
{
    struct distribution d = {.kind = DISTRIBUTION_DISCRETE, .count = 3, .argument = {5, 1, 3}, .weight = {0.5, 0.2, 0.3}};
    struct random_quantile q = prepare(&d);
    cr_expect_eq(draw(&q, 0.1999), 1, "ascending, whatever the order given");
    cr_expect_eq(draw(&q, 0.2001), 3);
    cr_expect_eq(draw(&q, 0.4999), 3);
    cr_expect_eq(draw(&q, 0.5001), 5);
    cr_expect_eq(draw(&q, 1 - 0x1p-53), 5);
    cr_expect_float_eq(random_quantile_mean(&q), 3.6, 1e-15);
    random_quantile_free(&q);
}

Test(quantile, empirical_gives_each_value_equally)
{
    double sample[] = {4, 1, 2, 2, 9};
    struct distribution d = {.kind = DISTRIBUTION_EMPIRICAL, .sample = sample, .samples = 5};
    struct random_quantile q = prepare(&d);
    const double want[] = {1, 2, 2, 4, 9};
    for (int i = 0; i < 5; i++) {
        cr_expect_eq(draw(&q, i / 5.0 + 1e-9), want[i]);
        cr_expect_eq(draw(&q, (i + 1) / 5.0 - 1e-9), want[i]);
    }
    cr_expect_float_eq(random_quantile_mean(&q), 3.6, 1e-15);
    random_quantile_free(&q);
}

Test(quantile, mixture_chooses_the_part_then_stretches)
{
    struct distribution low = {.kind = DISTRIBUTION_UNIFORM, .argument = {0, 1}}, high = {.kind = DISTRIBUTION_UNIFORM, .argument = {10, 20}};
    struct distribution d = {.kind = DISTRIBUTION_MIXTURE, .count = 2, .weight = {0.25, 0.75}, .part = {&high, &low}};
    struct random_quantile q = prepare(&d);
    cr_expect_float_eq(draw(&q, 0.125), 15, 1e-12);
    cr_expect_float_eq(draw(&q, 0.625), 0.5, 1e-12);
    cr_expect_float_eq(random_quantile_mean(&q), 0.25 * 15 + 0.75 * 0.5, 1e-13);
    draw_many(&q, 3);
    int many = 0;
    for (int i = 0; i < DRAWS; i++) many += x[i] >= 10;
    cr_expect_float_eq((double)many / DRAWS, 0.25, 4 * sqrt(0.25 * 0.75 / DRAWS));
    random_quantile_free(&q);
}

static struct distribution truncate_to(struct distribution *inner, double low, double high)
{
    return (struct distribution){.kind = DISTRIBUTION_TRUNCATED, .argument = {low, high}, .part = {inner}};
}

/* Cuts each known distribution between its quantiles p and r; u must then give the quantile p + u (r - p). */
static void expect_cut(int k, double p, double r)
{
    struct distribution inner = known[k].d;
    const double *a = inner.argument;
    struct distribution d = truncate_to(&inner, known[k].of(a, p), known[k].of(a, r));
    struct random_quantile q = prepare(&d);
    double range = d.argument[1] - d.argument[0], sum = 0;
    for (int i = 0; i < 4000; i++) {
        double u = (i + 0.5) / 4000, got = draw(&q, u);
        cr_assert(got >= d.argument[0] && got <= d.argument[1]);
        cr_assert_float_eq(got, known[k].of(a, p + u * (r - p)), 1e-7 * range, "row %d [%g, %g] u %g", k, p, r, u);
        sum += got;
    }
    for (int i = 0; i < 2; i++) { /* where rounding would step over the bounds */
        double got = draw(&q, i ? 1 - 0x1p-53 : 0x1p-53);
        cr_assert(got >= d.argument[0] && got <= d.argument[1], "row %d [%g, %g]: %a", k, p, r, got);
    }
    cr_expect_float_eq(random_quantile_mean(&q), sum / 4000, 1e-5 * range, "row %d [%g, %g]", k, p, r);
    random_quantile_free(&q);
}

Test(quantile, truncated_maps_into_the_window)
{
    for (int k = 0; k < KNOWN; k++) {
        expect_cut(k, 0.01, 0.2);
        expect_cut(k, 0.2, 0.9);
        expect_cut(k, 0.6, 0.99);
    }
}

Test(quantile, truncated_tail_keeps_its_digits)
{
    struct distribution normal = {.kind = DISTRIBUTION_NORMAL, .argument = {0, 1}}, up = truncate_to(&normal, 5, 6), down = truncate_to(&normal, -6, -5);
    struct random_quantile above = prepare(&up), below = prepare(&down);
    for (double u = 0.01; u < 1; u += 0.07) {
        double q = gsl_cdf_ugaussian_Q(5) - u * (gsl_cdf_ugaussian_Q(5) - gsl_cdf_ugaussian_Q(6));
        cr_expect_float_eq(draw(&above, u), gsl_cdf_ugaussian_Qinv(q), 1e-13);
        cr_expect_float_eq(draw(&below, 1 - u), -draw(&above, u), 1e-13, "mirror image");
    }
    cr_expect_float_eq(random_quantile_mean(&above), -random_quantile_mean(&below), 1e-13);
    random_quantile_free(&above);
    random_quantile_free(&below);
}

Test(quantile, truncated_mixture_weighs_its_parts_anew)
{
    struct distribution low = {.kind = DISTRIBUTION_UNIFORM, .argument = {0, 1}}, high = {.kind = DISTRIBUTION_UNIFORM, .argument = {0, 10}};
    struct distribution mixture = {.kind = DISTRIBUTION_MIXTURE, .count = 2, .weight = {0.5, 0.5}, .part = {&low, &high}};
    struct distribution d = truncate_to(&mixture, 0.5, 2.5);
    struct random_quantile q = prepare(&d);
    /* 0.5 x 0.5 of the first lies inside, 0.5 x 0.2 of the second: 5 to 2 */
    cr_assert_eq(q.parts, 2);
    cr_expect_float_eq(q.part[0].weight, 5.0 / 7, 1e-15);
    cr_expect_float_eq(random_quantile_mean(&q), 5.0 / 7 * 0.75 + 2.0 / 7 * 1.5, 1e-14);
    random_quantile_free(&q);
}

Test(quantile, truncation_in_a_truncated_mixture_is_conditional)
{
    struct distribution flat = {.kind = DISTRIBUTION_UNIFORM, .argument = {0, 10}}, inner = truncate_to(&flat, 0, 4);
    struct distribution other = {.kind = DISTRIBUTION_UNIFORM, .argument = {0, 2}};
    struct distribution mixture = {.kind = DISTRIBUTION_MIXTURE, .count = 2, .weight = {0.5, 0.5}, .part = {&inner, &other}};
    struct distribution d = truncate_to(&mixture, 1, 3);
    struct random_quantile q = prepare(&d);
    cr_assert_eq(q.parts, 2); /* 1/2 of each lies in [1, 3] */
    cr_expect_float_eq(q.part[0].weight, 0.5, 1e-15);
    cr_expect_float_eq(draw(&q, 0.25), 2, 1e-12);
    cr_expect_float_eq(draw(&q, 0.75), 1.5, 1e-12);
    random_quantile_free(&q);
}

Test(quantile, truncated_steps_keep_the_values_inside)
{
    double sample[] = {1, 2, 3, 4};
    struct distribution steps[] = {{.kind = DISTRIBUTION_EMPIRICAL, .sample = sample, .samples = 4},
                                   {.kind = DISTRIBUTION_DISCRETE, .count = 4, .argument = {1, 2, 3, 4}, .weight = {0.25, 0.25, 0.25, 0.25}}};
    for (int k = 0; k < 2; k++) {
        struct distribution d = truncate_to(&steps[k], 2, 3);
        struct random_quantile q = prepare(&d);
        cr_expect_eq(draw(&q, 0.4), 2);
        cr_expect_eq(draw(&q, 0.6), 3);
        cr_expect_float_eq(random_quantile_mean(&q), 2.5, 1e-15);
        random_quantile_free(&q);
    }
}

static void expect_refused(struct distribution d, const char *wanted)
{
    struct random_quantile q;
    struct report report;
    report_init(&report);
    cr_expect_eq(random_quantile_init(&q, &d, nowhere, "venture.overrun", &report), STATUS_INPUT);
    cr_assert_eq(report.shown, 1);
    cr_expect(strstr(report.message[0], wanted) && strstr(report.message[0], "venture.overrun"), "%s", report.message[0]);
    random_quantile_free(&q);
    report_free(&report);
}

Test(quantile, errors)
{
    struct distribution normal = {.kind = DISTRIBUTION_NORMAL, .argument = {0, 1}};
    expect_refused((struct distribution){.kind = DISTRIBUTION_NORMAL, .argument = {0, -1}}, "sd >= 0");
    expect_refused((struct distribution){.kind = DISTRIBUTION_NORMAL, .argument = {0, NAN}}, "sd >= 0");
    expect_refused((struct distribution){.kind = DISTRIBUTION_UNIFORM, .argument = {2, 1}}, "low <= high");
    expect_refused((struct distribution){.kind = DISTRIBUTION_GAMMA, .argument = {1e9, 1}}, "shape in");
    expect_refused((struct distribution){.kind = DISTRIBUTION_STUDENT, .argument = {0, 1, 1}}, "df in");
    expect_refused((struct distribution){.kind = DISTRIBUTION_BETA, .argument = {1, 1, 1, 1}}, "low < high");
    expect_refused(truncate_to(&normal, 2, 1), "low <= high");
    expect_refused(truncate_to(&normal, 9, 10), "keep at least");
    expect_refused((struct distribution){.kind = DISTRIBUTION_DISCRETE, .count = 1, .argument = {1}, .weight = {0}}, "sum to 1");
    expect_refused((struct distribution){.kind = DISTRIBUTION_EMPIRICAL}, "at least one value");
    struct distribution deep[20];
    for (int i = 0; i < 20; i++) deep[i] = truncate_to(i ? &deep[i - 1] : &normal, -3, 3);
    expect_refused(deep[19], "nested too deep");
}

/* The mean of a cut lognormal lies where its weight does, sigma scores above its probability. */
Test(quantile, truncated_wide_lognormal_has_its_mean)
{
    struct distribution wide = {.kind = DISTRIBUTION_LOGNORMAL, .argument = {1, 3}}, cut = truncate_to(&wide, 0.5, 1e12);
    struct random_quantile q = prepare(&cut);
    double low = log(0.5) / 3, high = log(1e12) / 3;
    double want = exp(4.5) * (gsl_cdf_ugaussian_Q(low - 3) - gsl_cdf_ugaussian_Q(high - 3)) / (gsl_cdf_ugaussian_Q(low) - gsl_cdf_ugaussian_Q(high));
    cr_expect_float_eq(random_quantile_mean(&q) / want, 1, 1e-12);
    random_quantile_free(&q);
}

Test(quantile, pareto_without_a_mean_errors)
{
    struct distribution heavy = {.kind = DISTRIBUTION_PARETO, .argument = {1, 0.9}}, cut = truncate_to(&heavy, 1, 10);
    struct random_quantile q = prepare(&heavy), finite = prepare(&cut);
    cr_expect_eq(random_quantile_mean(&q), INFINITY);
    cr_expect_float_eq(random_quantile_mean(&finite), 0.9 / 0.1 * (pow(10, 0.1) - 1) / (1 - pow(10, -0.9)), 1e-12);
    random_quantile_free(&q);
    random_quantile_free(&finite);
}

Test(quantile, bits_are_the_same_on_every_level)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int k = 0; k < KNOWN; k++) {
        struct distribution inner = known[k].d, cut = truncate_to(&inner, known[k].mean - 0.1, known[k].mean + 0.3);
        for (int truncated = 0; truncated < 2; truncated++) {
            struct random_quantile q = prepare(truncated ? &cut : &inner);
            double mean = random_quantile_mean(&q);
            draw_many(&q, 1);
            x[0] = mean;
            for (int i = 0; i < DRAWS; i++) {
                uint64_t bits;
                memcpy(&bits, &x[i], sizeof bits);
                hash = (hash ^ bits) * UINT64_C(1099511628211);
            }
            random_quantile_free(&q);
        }
    }
    cr_expect_eq(hash, UINT64_C(0x5a533c03f2a3306a), "0x%016llx", (unsigned long long)hash);
}
