/* Philox word for word, uniforms and normals. The kernel's source is included to reach its rounds. */
#include <Random123/philox.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random/random.c"

static struct counters counters_of(const uint32_t word[4])
{
    struct counters c;
    for (int k = 0; k < 4; k++)
        for (int g = 0; g < GROUPS; g++) c.word[k][g] = (words){0} + word[k];
    return c;
}

static void expect_words(const struct counters *c, const uint32_t want[4])
{
    for (int k = 0; k < 4; k++)
        for (int g = 0; g < GROUPS; g++)
            for (int l = 0; l < LANES; l++) cr_assert_eq((uint32_t)c->word[k][g][l], want[k], "word %d", k);
}

Test(random, philox_gives_the_known_answers)
{
    char line[512];
    int rows = 0;
    FILE *file = fopen(TESTS_DIR "/data/philox4x32_kat.csv", "r");
    cr_assert_not_null(file);
    while (fgets(line, sizeof line, file)) {
        uint32_t c[4], k[2], out[4];
        int rounds;
        if (sscanf(line, "%d,%x,%x,%x,%x,%x,%x,%x,%x,%x,%x", &rounds, c, c + 1, c + 2, c + 3, k, k + 1, out, out + 1, out + 2,
                   out + 3) != 11 || rounds != 10)
            continue;
        struct counters counters = counters_of(c);
        counters_encrypt(&counters, (struct random_key){{k[0], k[1]}});
        expect_words(&counters, out);
        rows++;
    }
    fclose(file);
    cr_expect_eq(rows, 3);
}

Test(random, philox_is_that_of_random123)
{
    uint32_t w[6] = {1, 2, 3, 4, 5, 6};
    for (int i = 0; i < 1000; i++) {
        for (int k = 0; k < 6; k++) w[k] = w[k] * 1664525u + 1013904223u + (uint32_t)i;
        philox4x32_ctr_t in = {{w[0], w[1], w[2], w[3]}}, out = philox4x32_R(10, in, (philox4x32_key_t){{w[4], w[5]}});
        struct counters c = counters_of(w);
        counters_encrypt(&c, (struct random_key){{w[4], w[5]}});
        expect_words(&c, out.v);
    }
}

static double uniform_by_random123(struct random_key key, uint64_t path, uint32_t step)
{
    philox4x32_ctr_t in = {{(uint32_t)path, (uint32_t)(path >> 32), step / 2, RANDOM_PART_UNIFORM}};
    philox4x32_ctr_t out = philox4x32_R(10, in, (philox4x32_key_t){{key.word[0], key.word[1]}});
    uint64_t bits = (uint64_t)out.v[2 * (step % 2)] << 32 | out.v[2 * (step % 2) + 1];
    return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

Test(random, uniforms_are_numbers_of_path_and_step)
{
    struct random_key key = random_stream_key(7, "name");
    const uint64_t firsts[] = {0, 64, (UINT64_C(1) << 32) - 32, UINT64_C(1) << 63};
    double u[BLOCK_PATHS] __attribute__((aligned(64)));
    for (int f = 0; f < 4; f++)
        for (uint32_t step = 0; step < 6; step++) {
            random_uniforms(key, firsts[f], step, (lanes *)u);
            for (uint64_t i = 0; i < BLOCK_PATHS; i++) {
                cr_assert_eq(u[i], uniform_by_random123(key, firsts[f] + i, step));
                cr_assert_eq(random_uniform_single(key, firsts[f] + i, step), u[i]);
            }
        }
}

Test(random, uniform_errors)
{
    lanes least_u = uniform_of((words){0}, (words){0}), most_u = uniform_of(~(words){0}, ~(words){0});
    cr_expect_eq(least_u[0], 0x1p-53, "never 0");
    cr_expect_eq(most_u[0], 1.0 - 0x1p-53, "never 1");
    lanes dirty = uniform_of((words){0} + UINT64_C(0xffffffff00000000), (words){0} + UINT64_C(0xffffffff00000000));
    cr_expect_eq(dirty[0], 0x1p-53, "the upper halves do not count");
}

static double normal_cdf(double z)
{
    return 0.5 * erfc(-z * sqrt(0.5));
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Kolmogorov's statistic of n values against the normal distribution, times sqrt(n). */
static double kolmogorov(double *z, size_t n)
{
    double worst = 0;
    qsort(z, n, sizeof *z, compare);
    for (size_t i = 0; i < n; i++) {
        double f = normal_cdf(z[i]);
        worst = fmax(worst, fmax(f - (double)i / (double)n, (double)(i + 1) / (double)n - f));
    }
    return worst * sqrt((double)n);
}

#define DRAWS 256000
static double even[DRAWS] __attribute__((aligned(64))), odd[DRAWS] __attribute__((aligned(64)));

static void draw_normals(uint64_t seed)
{
    struct random_key key = random_stream_key(seed, "normal");
    for (uint64_t i = 0; i < DRAWS; i += BLOCK_PATHS) random_normals(key, i, 3, (lanes *)(even + i), (lanes *)(odd + i));
}

Test(random, normals_are_normal_and_independent)
{
    double product = 0, squares = 0;
    draw_normals(11);
    for (int i = 0; i < DRAWS; i++) {
        product += even[i] * odd[i];
        squares += (even[i] * even[i] - 1) * (odd[i] * odd[i] - 1);
    }
    cr_expect_lt(fabs(product) / sqrt(DRAWS), 3.5);
    cr_expect_lt(fabs(squares) / (2 * sqrt(DRAWS)), 3.5);
    double first = kolmogorov(even, DRAWS), second = kolmogorov(odd, DRAWS); /* 1.95 has probability 0.001 */
    cr_expect_lt(first, 1.95);
    cr_expect_lt(second, 1.95);
    cr_expect_gt(first, 0.3, "closer than chance allows");
    cr_expect_gt(second, 0.3);
}

Test(random, normals_are_not_the_uniforms_in_disguise)
{
    struct random_key key = random_stream_key(5, "name");
    lanes u[BLOCK_LANES], v[BLOCK_LANES], a[BLOCK_LANES], b[BLOCK_LANES];
    random_uniform_pair(key, 0, 0, u, v);
    random_normals(key, 0, 0, a, b);
    for (size_t i = 0; i < BLOCK_LANES; i++)
        for (int l = 0; l < LANES; l++) cr_assert_float_neq(a[i][l], sqrt(-2 * log(u[i][l])) * cos(2 * M_PI * v[i][l]), 1e-9);
}

Test(random, bits_are_the_same_on_every_level)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    draw_normals(2);
    for (int i = 0; i < DRAWS; i++) {
        uint64_t bits;
        memcpy(&bits, &even[i], sizeof bits);
        hash = (hash ^ bits) * UINT64_C(1099511628211);
        memcpy(&bits, &odd[i], sizeof bits);
        hash = (hash ^ bits) * UINT64_C(1099511628211);
    }
    cr_expect_eq(hash, UINT64_C(0x8aa238d2a63e3cf1), "0x%016llx", (unsigned long long)hash);
}
