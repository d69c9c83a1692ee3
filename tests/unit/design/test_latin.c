/* The source is included to reach what a swap is said to change. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "random/random.h"
#include "design/latin.c"

static const char *const names[] = {"h", "g", "f", "e", "d", "c", "b", "a"};

static struct design_points made(size_t n, size_t d, const char *const *name, uint64_t seed)
{
    struct design_points points;
    struct report report;
    report_init(&report);
    cr_assert_eq(design_points_init(&points, n, d, &report), 0);
    cr_assert_eq(design_latin_fill(&points, name, seed, &report), 0);
    return points;
}

static void assert_one_in_each_stratum(const struct design_points *points)
{
    const size_t n = points->points;
    unsigned char *seen = malloc(n);
    for (size_t k = 0; k < points->dimensions; k++) {
        memset(seen, 0, n);
        for (size_t i = 0; i < n; i++) {
            const double u = points->unit[k * n + i];
            cr_assert(u > 0 && u < 1);
            const size_t stratum = (size_t)(u * (double)n);
            cr_assert(stratum < n && !seen[stratum], "%zu of %zu twice", stratum, n);
            seen[stratum] = 1;
        }
    }
    free(seen);
}

Test(latin, has_one_point_in_each_stratum)
{
    static const size_t sizes[] = {1, 2, 3, 7, 10, 97, 100, 1000, 4099, 300000};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        struct design_points points = made(sizes[s], 3, names, 11 + s);
        assert_one_in_each_stratum(&points);
        design_points_free(&points);
    }
}

static double correlation(const struct design_points *points, size_t a, size_t b)
{
    const size_t n = points->points;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        sum += (points->unit[a * n + i] - 0.5) * (points->unit[b * n + i] - 0.5);
        squares += (points->unit[a * n + i] - 0.5) * (points->unit[a * n + i] - 0.5);
    }
    return sum / squares;
}

/* Random permutations of 100 strata correlate by 0.1 (one standard error); the search leaves a fifth of that at most. */
Test(latin, columns_hardly_correlate)
{
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct design_points points = made(100, 5, names, seed);
        double squares = 0;
        for (size_t a = 0; a < 5; a++)
            for (size_t b = 0; b < a; b++) squares += correlation(&points, a, b) * correlation(&points, a, b);
        cr_assert(sqrt(squares / 10) < 0.02, "%g", sqrt(squares / 10));
        design_points_free(&points);
    }
}

/* The strata and places of a column are those of its name, whatever the search did; random pairing is far worse. */
Test(latin, search_lowers_the_discrepancy)
{
    struct design_points points = made(100, 5, names, 3), drawn;
    struct report report;
    report_init(&report);
    cr_assert_eq(design_points_init(&drawn, 100, 5, &report), 0);
    for (size_t k = 0; k < 5; k++) {
        struct design_points alone = made(100, 1, &names[k], 3); /* one column is not searched */
        memcpy(drawn.unit + 100 * k, alone.unit, 100 * sizeof(double));
        design_points_free(&alone);
    }
    cr_assert(design_points_discrepancy(&points) < 0.5 * design_points_discrepancy(&drawn), "%g against %g",
              design_points_discrepancy(&points), design_points_discrepancy(&drawn));
    for (size_t k = 0; k < 5; k++) {
        double sum = 0, squares = 0;
        for (size_t i = 0; i < 100; i++) {
            sum += points.unit[100 * k + i] - drawn.unit[100 * k + i];
            squares += points.unit[100 * k + i] * points.unit[100 * k + i] - drawn.unit[100 * k + i] * drawn.unit[100 * k + i];
        }
        cr_assert(fabs(sum) < 1e-12 && fabs(squares) < 1e-12, "another set of values in column %zu", k);
    }
    design_points_free(&points);
    design_points_free(&drawn);
}

Test(latin, change_by_a_swap_is_that_of_the_discrepancy)
{
    double first[30], second[30];
    size_t order[4] = {2, 0, 3, 1};
    struct design_points points = made(30, 4, names, 3);
    const struct search search = {&points, order, first, second};
    for (size_t t = 0; t < 100; t++) {
        const size_t column = t % 4, a = 7 * t % 30, b = (11 * t + 1) % 30;
        double *x = &points.unit[30 * column + a], *y = &points.unit[30 * column + b], moved = *x;
        if (a == b) continue;
        const double before = design_points_discrepancy(&points), change = change_by_swap(&search, column, a, b);
        *x = *y;
        *y = moved;
        cr_assert(fabs(design_points_discrepancy(&points) - before - change) < 1e-14, "%g for %g", change, design_points_discrepancy(&points) - before);
    }
    design_points_free(&points);
}

Test(latin, order_of_names_moves_nothing)
{
    static const char *const ahead[] = {"a", "b", "c", "d"}, *const back[] = {"d", "c", "b", "a"};
    struct design_points one = made(50, 4, ahead, 3), other = made(50, 4, back, 3);
    for (size_t k = 0; k < 4; k++) cr_assert_eq(memcmp(one.unit + 50 * k, other.unit + 50 * (3 - k), 50 * sizeof(double)), 0);
    design_points_free(&one);
    design_points_free(&other);
}

/* Above the bound of the search the columns are those of their names alone. */
Test(latin, without_search_a_new_name_moves_nothing)
{
    enum { N = 200000 };
    cr_assert_eq(design_latin_trials(N, 3), 0);
    struct design_points one = made(N, 2, names, 3), other = made(N, 3, names, 3);
    cr_assert_eq(memcmp(one.unit, other.unit, 2 * N * sizeof(double)), 0);
    design_points_free(&one);
    design_points_free(&other);
}

Test(latin, search_is_bounded)
{
    for (size_t n = 1; n <= 10000000; n *= 10)
        for (size_t d = 1; d <= 1000; d *= 10) cr_assert(2.0 * (double)n * (double)d * (double)design_latin_trials(n, d) <= DESIGN_LATIN_STEPS);
    cr_assert_eq(design_latin_trials(100, 5), 25000);
    cr_assert_eq(design_latin_trials(1000000, 20), 0);
}

/* The same bits on every machine: FNV-1a of the coordinates. */
Test(latin, has_the_stored_hash)
{
    struct design_points points = made(64, 8, names, 12345);
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < 64 * 8 * sizeof(double); i++) hash = (hash ^ ((unsigned char *)points.unit)[i]) * 1099511628211u;
    cr_assert_eq(hash, 0x3e7d8d408e6da1b6u, "%#llx", (unsigned long long)hash);
    design_points_free(&points);
}
