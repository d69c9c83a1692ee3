#include "design/sobol.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};

static struct design_points made(size_t n, size_t d, const char *const *name, uint64_t seed)
{
    struct design_points points;
    struct report report;
    report_init(&report);
    cr_assert_eq(design_points_init(&points, n, d, &report), 0);
    cr_assert_eq(design_sobol_fill(&points, name, seed, &report), 0);
    return points;
}

/* /usr/bin/python3 -c 'from scipy.stats import qmc
   x = qmc.Sobol(1024, scramble=False, bits=24).random(1 << 12)
   for r in [1, 2, 3, 5, 100, 1000, 4095]: print(r, [int(x[r, c] * 2**24) for c in [0, 1, 2, 3, 7, 39, 40, 41, 500, 1023]])
   print(int(sum((k + 1) * x[777, k] * 2**24 for k in range(1024))))'     (scipy 1.10.1) */
Test(sobol, digits_are_those_of_scipy)
{
    static const size_t column[] = {0, 1, 2, 3, 7, 39, 40, 41, 500, 1023}, row[] = {1, 2, 3, 5, 100, 1000, 4095};
    static const uint32_t want[7][10] = {
        {8388608, 8388608, 8388608, 8388608, 8388608, 8388608, 8388608, 8388608, 8388608, 8388608},
        {12582912, 4194304, 4194304, 4194304, 12582912, 4194304, 4194304, 12582912, 4194304, 12582912},
        {4194304, 12582912, 12582912, 12582912, 4194304, 12582912, 12582912, 4194304, 12582912, 4194304},
        {14680064, 14680064, 2097152, 6291456, 6291456, 6291456, 6291456, 2097152, 14680064, 6291456},
        {6946816, 4325376, 12976128, 12189696, 7995392, 2228224, 11927552, 11141120, 3014656, 15859712},
        {3686400, 1622016, 8699904, 11354112, 15089664, 8044544, 15319040, 4276224, 12173312, 11976704},
        {4096, 15790080, 5607424, 15126528, 6557696, 3813376, 3371008, 176128, 7335936, 5951488},
    };
    uint32_t digits[4096];
    uint64_t sum = 0;
    for (size_t c = 0; c < 10; c++) {
        design_sobol_digits(column[c], 4096, digits);
        cr_assert_eq(digits[0], 0);
        for (size_t r = 0; r < 7; r++) cr_assert_eq(digits[row[r]], want[r][c], "point %zu, coordinate %zu", row[r], column[c]);
    }
    for (size_t k = 0; k < 1024; k++) {
        design_sobol_digits(k, 778, digits);
        sum += (k + 1) * digits[777];
    }
    cr_assert_eq(sum, 4427948621824u);
}

/* Points first .. first + 2^m - 1 have one in each of the 2^m strata. */
static void assert_balanced(const double *column, size_t first, int m)
{
    unsigned char *seen = calloc((size_t)1 << m, 1);
    for (size_t i = first; i < first + ((size_t)1 << m); i++) {
        cr_assert(column[i] > 0 && column[i] < 1);
        const size_t stratum = (size_t)(column[i] * (double)(1 << m));
        cr_assert(!seen[stratum], "block of 2^%d from %zu", m, first);
        seen[stratum] = 1;
    }
    free(seen);
}

Test(sobol, every_block_is_balanced_in_each_coordinate)
{
    enum { N = 4096 };
    struct design_points points = made(N, 8, names, 5);
    for (size_t k = 0; k < 8; k++)
        for (int m = 0; m <= 12; m++)
            for (size_t first = 0; first < N; first += (size_t)1 << m) assert_balanced(points.unit + k * N, first, m);
    design_points_free(&points);
}

Test(sobol, far_coordinates_are_balanced_too)
{
    enum { N = 1024, D = DESIGN_SOBOL_NUMBERS_DIMENSIONS };
    static char text[D][8];
    const char *name[D];
    for (size_t k = 0; k < D; k++) {
        snprintf(text[k], sizeof text[k], "p%04zu", k);
        name[k] = text[k];
    }
    struct design_points points = made(N, D, name, 5);
    for (size_t k = 0; k < D; k++) assert_balanced(points.unit + k * N, 0, 10);
    design_points_free(&points);
}

/* The first two coordinates are a (0, m, 2)-net: each box of 2^-j by 2^-(m-j) holds one of 2^m points. Scrambling keeps that. */
Test(sobol, first_pair_is_a_net)
{
    enum { M = 10, N = 1 << M };
    struct design_points points = made(N, 2, names, 17);
    for (int j = 0; j <= M; j++) {
        unsigned char seen[N] = {0};
        for (size_t i = 0; i < N; i++) {
            const size_t x = (size_t)(points.unit[i] * (double)(1 << j)), y = (size_t)(points.unit[N + i] * (double)(1 << (M - j)));
            const size_t box = (x << (M - j)) + y;
            cr_assert(!seen[box]++, "two in a box of 2^-%d by 2^-%d", j, M - j);
        }
    }
    design_points_free(&points);
}

/* Halves of any pair of coordinates: a quarter of 2^m points each (D6 was chosen for its pairs). */
Test(sobol, pairs_are_balanced)
{
    enum { N = 256 };
    struct design_points points = made(N, 8, names, 9);
    for (size_t a = 0; a < 8; a++) {
        for (size_t b = 0; b < a; b++) {
            int quarter[4] = {0};
            for (size_t i = 0; i < N; i++) quarter[2 * (points.unit[a * N + i] > 0.5) + (points.unit[b * N + i] > 0.5)]++;
            for (int q = 0; q < 4; q++) cr_assert_eq(quarter[q], N / 4);
        }
    }
    design_points_free(&points);
}

Test(sobol, discrepancy_is_far_below_random)
{
    struct design_points points = made(256, 8, names, 2), drawn = made(256, 8, names, 2);
    struct report report;
    report_init(&report);
    cr_assert_eq(design_points_random(&drawn, names, 2, &report), 0);
    cr_assert(design_points_discrepancy(&points) < 0.2 * design_points_discrepancy(&drawn), "%g against %g",
              design_points_discrepancy(&points), design_points_discrepancy(&drawn));
    design_points_free(&points);
    design_points_free(&drawn);
}

/* Owen's scrambling: every digit of a coordinate is a fair coin, given those above it, over seeds; and points that share d digits
   before it share d after it and no more. */
Test(sobol, scrambling_is_nested_and_fair)
{
    enum { N = 64, SEEDS = 4000 };
    uint32_t digits[N];
    int ones[12] = {0}, equal = 0, far = 0;
    design_sobol_digits(0, N, digits);
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct design_points points = made(N, 1, names, seed);
        for (int d = 0; d < 12; d++) ones[d] += (int)(points.unit[0] * (double)(2 << d)) & 1;
        const uint32_t zero = (uint32_t)(points.unit[0] * 0x1p24), other = (uint32_t)(points.unit[37] * 0x1p24);
        cr_assert_eq(__builtin_clz(zero ^ other), __builtin_clz(digits[0] ^ digits[37]));
        const int below = 31 - __builtin_clz(digits[0] ^ digits[37]) - 1;
        equal += !((zero ^ other) >> below & 1);
        far += !((zero ^ (uint32_t)(points.unit[1] * 0x1p24)) >> 15 & 1); /* both are 0 before: the ninth digit of 0 and 1/2 */
        design_points_free(&points);
    }
    cr_assert(abs(far - SEEDS / 2) < 2 * sqrt((double)SEEDS), "digits far below the parting are not independent: %d of %d", far, SEEDS);
    for (int d = 0; d < 12; d++) cr_assert(abs(ones[d] - SEEDS / 2) < 2 * sqrt((double)SEEDS), "digit %d: %d of %d", d, ones[d], SEEDS);
    cr_assert(abs(equal - SEEDS / 2) < 2 * sqrt((double)SEEDS), "digits below the parting are not independent: %d of %d", equal, SEEDS);
}

Test(sobol, integrates_better_than_its_root)
{
    enum { N = 1024, SEEDS = 20 };
    double squares = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct design_points points = made(N, 5, names, seed);
        double sum = 0;
        for (size_t i = 0; i < N; i++) {
            double product = 1;
            for (size_t k = 0; k < 5; k++) product *= 1 + (points.unit[k * N + i] - 0.5) / (double)(k + 1);
            sum += product - 1;
        }
        squares += sum / (double)N * (sum / (double)N);
        design_points_free(&points);
    }
    /* Standard deviation of the product about 0.36: random points would give an error of 0.011. */
    cr_assert(sqrt(squares / (double)SEEDS) < 0.0011, "%g", sqrt(squares / (double)SEEDS));
}

Test(sobol, more_points_keep_the_earlier_and_order_moves_nothing)
{
    static const char *const back[] = {"c", "b", "a"};
    struct design_points few = made(100, 3, names, 4), many = made(300, 3, back, 4), other = made(100, 3, names, 5);
    for (size_t k = 0; k < 3; k++) cr_assert_eq(memcmp(few.unit + 100 * k, many.unit + 300 * (2 - k), 100 * sizeof(double)), 0);
    cr_assert_neq(memcmp(few.unit, other.unit, 100 * sizeof(double)), 0, "the seed counts");
    design_points_free(&few);
    design_points_free(&many);
    design_points_free(&other);
}

Test(sobol, has_the_stored_hash)
{
    struct design_points points = made(64, 8, names, 12345);
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < 64 * 8 * sizeof(double); i++) hash = (hash ^ ((unsigned char *)points.unit)[i]) * 1099511628211u;
    cr_assert_eq(hash, 0xe8a77f046a450accu, "%#llx", (unsigned long long)hash);
    design_points_free(&points);
}
