/* Means against GSL's densities, integrated by another rule, and against closed forms. */
#include "param/mean.h"

#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

static void assert_close(double got, double want, double tolerance, const char *what)
{
    cr_assert(fabs(got - want) <= tolerance * (fabs(want) + 1e-300), "%s: got %.17g, want %.17g, relative error %.2g", what, got, want,
              (got - want) / want);
}

Test(mean, of_plain_distributions)
{
    struct distribution d = {.kind = DISTRIBUTION_UNIFORM, .argument = {1, 2}};
    cr_assert(param_mean_of(&d) == 1.5);
    d = (struct distribution){.kind = DISTRIBUTION_TRIANGULAR, .argument = {1, 2, 6}};
    cr_assert(param_mean_of(&d) == 3);
    d = (struct distribution){.kind = DISTRIBUTION_PERT, .argument = {0, 3, 6, 4}};
    cr_assert(param_mean_of(&d) == 3);
    d = (struct distribution){.kind = DISTRIBUTION_LOGNORMAL, .argument = {1.1, 0.417}};
    assert_close(param_mean_of(&d), 1.1 * exp(0.5 * 0.417 * 0.417), 1e-15, "lognormal");
    d = (struct distribution){.kind = DISTRIBUTION_BETA, .argument = {2, 3, 10, 20}};
    assert_close(param_mean_of(&d), 14, 1e-15, "beta");
    d = (struct distribution){.kind = DISTRIBUTION_GAMMA, .argument = {2, 3}};
    cr_assert(param_mean_of(&d) == 6);
    d = (struct distribution){.kind = DISTRIBUTION_WEIBULL, .argument = {1.7, 3}};
    assert_close(param_mean_of(&d), 3 * tgamma(1 + 1 / 1.7), 1e-14, "weibull");
    d = (struct distribution){.kind = DISTRIBUTION_PARETO, .argument = {1.5, 1.378}};
    assert_close(param_mean_of(&d), 1.5 * 1.378 / 0.378, 1e-15, "pareto");
    d = (struct distribution){.kind = DISTRIBUTION_DISCRETE, .count = 3, .argument = {0, 1, 4}, .weight = {.25, .5, .25}};
    cr_assert(param_mean_of(&d) == 1.5);
    double sample[] = {1, 2, 6};
    d = (struct distribution){.kind = DISTRIBUTION_EMPIRICAL, .sample = sample, .samples = 3};
    cr_assert(param_mean_of(&d) == 3);
    struct distribution a = {.kind = DISTRIBUTION_NORMAL, .argument = {1, 2}}, b = {.kind = DISTRIBUTION_CONSTANT, .argument = {9}};
    d = (struct distribution){.kind = DISTRIBUTION_MIXTURE, .count = 2, .weight = {.75, .25}, .part = {&a, &b}};
    cr_assert(param_mean_of(&d) == 3);
}

Test(mean, of_plain_distributions_errors)
{
    struct distribution d = {.kind = DISTRIBUTION_LOGNORMAL, .argument = {1, 1e300}};
    cr_assert(!isfinite(param_mean_of(&d)));
    d = (struct distribution){.kind = DISTRIBUTION_WEIBULL, .argument = {0.005, 1}};
    cr_assert(!isfinite(param_mean_of(&d)));
    struct distribution part = {.kind = DISTRIBUTION_NORMAL, .argument = {0, 1}};
    d = (struct distribution){.kind = DISTRIBUTION_TRUNCATED, .argument = {10, 11}, .part = {&part}};
    cr_assert(isnan(param_mean_of(&d)));
}

Test(mean, gamma_function)
{
    for (double x = 0.06; x < 170; x *= 1.03) assert_close(param_mean_gamma(x), tgamma(x), x < 100 ? 1e-13 : 3e-13, "gamma");
    cr_assert(isinf(param_mean_gamma(171)));
}

/* Oracle: GSL's adaptive integration of GSL's density, or of the quantile where the density has a pole. */
struct oracle {
    const struct distribution *d;
    double (*cdf_inverse)(const struct distribution *, double);
    double (*cdf)(const struct distribution *, double);
};

static double beta_x(const struct distribution *d, double u)
{
    const double *a = d->argument;
    return a[2] + (a[3] - a[2]) * gsl_cdf_beta_Pinv(u, a[0], a[1]);
}
static double beta_p(const struct distribution *d, double x)
{
    const double *a = d->argument;
    return gsl_cdf_beta_P((x - a[2]) / (a[3] - a[2]), a[0], a[1]);
}
static double pert_shapes(const double *a, double *p)
{
    *p = 1 + a[3] * (a[1] - a[0]) / (a[2] - a[0]);
    return 1 + a[3] * (a[2] - a[1]) / (a[2] - a[0]);
}
static double pert_x(const struct distribution *d, double u)
{
    double p, q = pert_shapes(d->argument, &p);
    return d->argument[0] + (d->argument[2] - d->argument[0]) * gsl_cdf_beta_Pinv(u, p, q);
}
static double pert_p(const struct distribution *d, double x)
{
    double p, q = pert_shapes(d->argument, &p);
    return gsl_cdf_beta_P((x - d->argument[0]) / (d->argument[2] - d->argument[0]), p, q);
}
static double gamma_x(const struct distribution *d, double u) { return gsl_cdf_gamma_Pinv(u, d->argument[0], d->argument[1]); }
static double gamma_p(const struct distribution *d, double x) { return gsl_cdf_gamma_P(x, d->argument[0], d->argument[1]); }
static double t_x(const struct distribution *d, double u) { return d->argument[0] + d->argument[1] * gsl_cdf_tdist_Pinv(u, d->argument[2]); }
static double t_p(const struct distribution *d, double x) { return gsl_cdf_tdist_P((x - d->argument[0]) / d->argument[1], d->argument[2]); }
static double normal_x(const struct distribution *d, double u) { return d->argument[0] + gsl_cdf_gaussian_Pinv(u, d->argument[1]); }
static double normal_p(const struct distribution *d, double x) { return gsl_cdf_gaussian_P(x - d->argument[0], d->argument[1]); }
static double lognormal_x(const struct distribution *d, double u) { return gsl_cdf_lognormal_Pinv(u, log(d->argument[0]), d->argument[1]); }
static double lognormal_p(const struct distribution *d, double x) { return x > 0 ? gsl_cdf_lognormal_P(x, log(d->argument[0]), d->argument[1]) : 0; }
static double weibull_x(const struct distribution *d, double u) { return gsl_cdf_weibull_Pinv(u, d->argument[1], d->argument[0]); }
static double weibull_p(const struct distribution *d, double x) { return x > 0 ? gsl_cdf_weibull_P(x, d->argument[1], d->argument[0]) : 0; }
static double pareto_x(const struct distribution *d, double u) { return gsl_cdf_pareto_Pinv(u, d->argument[1], d->argument[0]); }
static double pareto_p(const struct distribution *d, double x) { return x > d->argument[0] ? gsl_cdf_pareto_P(x, d->argument[1], d->argument[0]) : 0; }
static double triangular_x(const struct distribution *d, double u)
{
    const double a = d->argument[0], c = d->argument[1], b = d->argument[2], f = (c - a) / (b - a);
    return u < f ? a + sqrt(u * (b - a) * (c - a)) : b - sqrt((1 - u) * (b - a) * (b - c));
}
static double triangular_p(const struct distribution *d, double x)
{
    const double a = d->argument[0], c = d->argument[1], b = d->argument[2];
    if (x <= a || x >= b) return x >= b;
    return x < c ? (x - a) * (x - a) / ((b - a) * (c - a)) : 1 - (b - x) * (b - x) / ((b - a) * (b - c));
}

static double integrand(double u, void *context)
{
    const struct oracle *o = context;
    return o->cdf_inverse(o->d, u);
}

static double oracle_mean(struct oracle *o, double low, double high)
{
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(4000);
    gsl_function f = {integrand, o};
    double from = o->cdf(o->d, low), to = o->cdf(o->d, high), result, error;
    gsl_set_error_handler_off();
    gsl_integration_qags(&f, from, to, 0, 1e-11, 4000, w, &result, &error);
    gsl_integration_workspace_free(w);
    return result / (to - from);
}

Test(mean, of_truncations_against_gsl)
{
    struct test {
        struct distribution d;
        double low, high;
        double (*x)(const struct distribution *, double);
        double (*p)(const struct distribution *, double);
        double tolerance;
    } tests[] = {
        {{.kind = DISTRIBUTION_NORMAL, .argument = {1, 0.2}}, 0, 2, normal_x, normal_p, 1e-9},
        {{.kind = DISTRIBUTION_NORMAL, .argument = {1, 0.2}}, 1.5, 2, normal_x, normal_p, 1e-9},
        {{.kind = DISTRIBUTION_LOGNORMAL, .argument = {1.1, 0.417}}, 0.5, 3, lognormal_x, lognormal_p, 1e-9},
        {{.kind = DISTRIBUTION_LOGNORMAL, .argument = {1.1, 0.417}}, -1, 1, lognormal_x, lognormal_p, 1e-9},
        {{.kind = DISTRIBUTION_BETA, .argument = {0.3, 3, 0, 1}}, 0, 0.5, beta_x, beta_p, 1e-7},
        {{.kind = DISTRIBUTION_BETA, .argument = {3, 0.3, 10, 20}}, 12, 20, beta_x, beta_p, 1e-7},
        {{.kind = DISTRIBUTION_BETA, .argument = {400, 700, 0, 1}}, 0.36, 0.9, beta_x, beta_p, 1e-9},
        {{.kind = DISTRIBUTION_PERT, .argument = {1, 1.5, 4, 4}}, 1, 2, pert_x, pert_p, 1e-9},
        {{.kind = DISTRIBUTION_PERT, .argument = {1, 1, 4, 4}}, 1.2, 9, pert_x, pert_p, 1e-9},
        {{.kind = DISTRIBUTION_GAMMA, .argument = {0.4, 2}}, 0, 1, gamma_x, gamma_p, 1e-7},
        {{.kind = DISTRIBUTION_GAMMA, .argument = {1e4, 1e-4}}, 0.5, 1.01, gamma_x, gamma_p, 1e-9},
        {{.kind = DISTRIBUTION_STUDENT, .argument = {1, 0.5, 3}}, 0, 4, t_x, t_p, 1e-9},
        {{.kind = DISTRIBUTION_STUDENT, .argument = {0, 1, 1.5}}, -1, 1000, t_x, t_p, 1e-9},
        {{.kind = DISTRIBUTION_WEIBULL, .argument = {1.7, 3}}, 1, 4, weibull_x, weibull_p, 1e-9},
        {{.kind = DISTRIBUTION_WEIBULL, .argument = {0.6, 3}}, 0, 4, weibull_x, weibull_p, 1e-8},
        {{.kind = DISTRIBUTION_PARETO, .argument = {1.5, 1.378}}, 0, 10, pareto_x, pareto_p, 1e-9},
        {{.kind = DISTRIBUTION_PARETO, .argument = {1.5, 1.378}}, 3, 100, pareto_x, pareto_p, 1e-9},
        {{.kind = DISTRIBUTION_TRIANGULAR, .argument = {1, 1.1, 1.6}}, 1.05, 1.3, triangular_x, triangular_p, 1e-9},
        {{.kind = DISTRIBUTION_TRIANGULAR, .argument = {1, 1, 1.6}}, 0, 1.3, triangular_x, triangular_p, 1e-9},
    };
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++) {
        struct test *t = &tests[k];
        struct oracle o = {&t->d, t->x, t->p};
        struct distribution cut = {.kind = DISTRIBUTION_TRUNCATED, .argument = {t->low, t->high}, .part = {&t->d}};
        char what[32];
        double p, e;
        snprintf(what, sizeof what, "case %zu", k);
        assert_close(param_mean_of(&cut), oracle_mean(&o, t->low, t->high), t->tolerance, what);
        param_mean_partial(&t->d, t->low, t->high, &p, &e);
        assert_close(p, t->p(&t->d, t->high) - t->p(&t->d, t->low), 1e-9, what);
    }
}

Test(mean, of_a_wide_truncation_is_the_plain_mean)
{
    struct distribution d[] = {{.kind = DISTRIBUTION_BETA, .argument = {0.3, 0.4, 0, 1}},   {.kind = DISTRIBUTION_GAMMA, .argument = {0.1, 2}},
                               {.kind = DISTRIBUTION_WEIBULL, .argument = {0.7, 2}},        {.kind = DISTRIBUTION_PERT, .argument = {0, 1, 9, 4}},
                               {.kind = DISTRIBUTION_LOGNORMAL, .argument = {1, 0.5}},      {.kind = DISTRIBUTION_UNIFORM, .argument = {1, 3}},
                               {.kind = DISTRIBUTION_TRIANGULAR, .argument = {0, 0.5, 2}},  {.kind = DISTRIBUTION_STUDENT, .argument = {5, 1, 30}}};
    for (size_t k = 0; k < sizeof d / sizeof *d; k++) {
        struct distribution cut = {.kind = DISTRIBUTION_TRUNCATED, .argument = {-1e6, 1e6}, .part = {&d[k]}};
        struct distribution twice = {.kind = DISTRIBUTION_TRUNCATED, .argument = {-1e5, 1e5}, .part = {&cut}};
        assert_close(param_mean_of(&twice), param_mean_of(&d[k]), 1e-10, "wide");
    }
}

Test(mean, of_mixtures_and_points_cut)
{
    struct distribution points = {.kind = DISTRIBUTION_DISCRETE, .count = 3, .argument = {0, 1, 4}, .weight = {.2, .3, .5}};
    struct distribution even = {.kind = DISTRIBUTION_UNIFORM, .argument = {0, 4}};
    struct distribution mixture = {.kind = DISTRIBUTION_MIXTURE, .count = 2, .weight = {.5, .5}, .part = {&points, &even}};
    struct distribution cut = {.kind = DISTRIBUTION_TRUNCATED, .argument = {1, 4}, .part = {&mixture}};
    /* points 1 (.15), 4 (.25); uniform 3/4 of .5 with mean 2.5 */
    assert_close(param_mean_of(&cut), (.15 * 1 + .25 * 4 + .375 * 2.5) / (.15 + .25 + .375), 1e-14, "mixture");
}
