/* bench_kernels - nanoseconds per number of what every path is made of, beside what a user would write instead: GSL's
   generators and libm. One thread, best of several runs in turn; ratios hold where absolute times drift. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "base/lanes_math.h"
#include "random/random.h"

enum { ROUNDS = 4000, REPEATS = 15, CASES = 12 };

static lanes x[BLOCK_LANES], y[BLOCK_LANES];
static gsl_rng *mersenne;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Each case fills y from x once; the barrier keeps every round. */
#define KERNEL(name, expression)                                                                                       \
    static void name(uint32_t round)                                                                                   \
    {                                                                                                                  \
        (void)round;                                                                                                   \
        for (size_t i = 0; i < BLOCK_LANES; i++) y[i] = expression;                                                    \
    }
#define LIBRARY(name, expression)                                                                                      \
    static void name(uint32_t round)                                                                                   \
    {                                                                                                                  \
        const double *from = (const double *)(const void *)x;                                                          \
        double *to = (double *)(void *)y;                                                                              \
        (void)round;                                                                                                   \
        for (int l = 0; l < BLOCK_PATHS; l++) to[l] = expression;                                                      \
        (void)from;                                                                                                    \
    }
KERNEL(exp_own, exp_lanes(x[i]))
KERNEL(log_own, log_lanes(x[i]))
KERNEL(pow_own, pow_lanes(x[i], all_lanes(0.37)))
KERNEL(quantile_own, normal_quantile_lanes(x[i]))
LIBRARY(exp_libm, exp(from[l]))
LIBRARY(log_libm, log(from[l]))
LIBRARY(pow_libm, pow(from[l], 0.37))
LIBRARY(uniform_gsl, gsl_rng_uniform_pos(mersenne))
LIBRARY(normal_gsl, gsl_ran_gaussian_ziggurat(mersenne, 1.0))
LIBRARY(polar_gsl, gsl_ran_gaussian(mersenne, 1.0))

static void uniform_own(uint32_t round)
{
    random_uniform_pair((struct random_key){{1, 2}}, 0, round, x, y);
    for (size_t i = 0; i < BLOCK_LANES; i++) x[i] = least(most(x[i], all_lanes(0.001)), all_lanes(0.999));
}
static void normal_own(uint32_t round)
{
    lanes even[BLOCK_LANES];
    random_normals((struct random_key){{1, 2}}, 0, round, even, y);
}

static const struct {
    const char *name;
    void (*run)(uint32_t round);
    int numbers; /* per round */
} cases[CASES] = {
    {"uniform, Philox4x32-10 on lanes", uniform_own, 2 * BLOCK_PATHS},
    {"uniform, GSL mt19937", uniform_gsl, BLOCK_PATHS},
    {"normal, Philox and Box-Muller on lanes", normal_own, 2 * BLOCK_PATHS},
    {"normal, GSL mt19937 and ziggurat", normal_gsl, BLOCK_PATHS},
    {"normal, GSL mt19937 and polar", polar_gsl, BLOCK_PATHS},
    {"exp on lanes", exp_own, BLOCK_PATHS},
    {"exp, libm", exp_libm, BLOCK_PATHS},
    {"log on lanes", log_own, BLOCK_PATHS},
    {"log, libm", log_libm, BLOCK_PATHS},
    {"pow on lanes", pow_own, BLOCK_PATHS},
    {"pow, libm", pow_libm, BLOCK_PATHS},
    {"normal quantile on lanes", quantile_own, BLOCK_PATHS},
};

int main(void)
{
    double best[CASES];
    mersenne = gsl_rng_alloc(gsl_rng_mt19937);
    for (int k = 0; k < CASES; k++) best[k] = 1e300;
    for (int r = 0; r < REPEATS; r++) {
        for (int k = 0; k < CASES; k++) {
            const double start = now();
            for (uint32_t n = 0; n < ROUNDS; n++) {
                cases[k].run(n);
                __asm__ volatile("" ::"r"(y) : "memory");
            }
            const double t = (now() - start) / ROUNDS / cases[k].numbers;
            if (t < best[k]) best[k] = t;
        }
    }
    printf("level of this build: %d lanes\n%-40s %10s\n", LANES, "one number", "ns");
    for (int k = 0; k < CASES; k++) printf("%-40s %10.2f\n", cases[k].name, 1e9 * best[k]);
    gsl_rng_free(mersenne);
    return 0;
}
