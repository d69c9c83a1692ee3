#include "statistics/moments.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draws.h"

enum { MOST = 6000, BLOCK = 64 };

/* Reads tests/data/nist/NAME.csv: a comment, a heading, numbers. */
static size_t read_data(const char *name, double *x)
{
    char path[512], line[256];
    size_t n = 0;
    snprintf(path, sizeof path, "%s/data/nist/%s.csv", TESTS_DIR, name);
    FILE *f = fopen(path, "r");
    cr_assert(f, "%s", path);
    while (fgets(line, sizeof line, f)) {
        char *end;
        double v = strtod(line, &end);
        if (end != line && n < MOST) x[n++] = v;
    }
    fclose(f);
    return n;
}

static struct statistics_moments by_blocks(const double *x, size_t n)
{
    struct statistics_moments all = {0};
    for (size_t i = 0; i < n; i += BLOCK) {
        struct statistics_moments part = statistics_moments_of(x + i, n - i < BLOCK ? n - i : BLOCK);
        statistics_moments_merge(&all, &part);
    }
    return all;
}

static double digits(double got, double want)
{
    double error = fabs(got - want) / fabs(want);
    return error == 0 ? 16 : -log10(error);
}

/* Certified values of the NIST Statistical Reference Datasets (itl.nist.gov/div898/strd). The digits wanted are those that
   the data allow once they are stored as doubles: NumAcc3, NumAcc4, Mavro and Michelso lose the rest before any sum. */
Test(statistics_moments, meet_the_certified_values_of_nist)
{
    static const struct {
        const char *name;
        size_t n;
        double mean, sd, digits;
    } CASE[] = {{"Lottery", 218, 518.958715596330, 291.699727470969, 14.5}, {"NumAcc1", 3, 10000002, 1, 15},
                {"NumAcc2", 1001, 1.2, 0.1, 14.5},          {"NumAcc3", 1001, 1000000.2, 0.1, 9.4},
                {"NumAcc4", 1001, 10000000.2, 0.1, 8.2},    {"Lew", 200, -177.435, 277.332168044316, 14.5},
                {"Mavro", 50, 2.001856, 0.000429123454003053, 12},
                {"Michelso", 100, 299.8524, 0.0790105478190518, 12.3},
                {"PiDigits", 5000, 4.5348, 2.86733906028871, 14}};
    static double x[MOST];
    for (size_t c = 0; c < sizeof CASE / sizeof *CASE; c++) {
        size_t n = read_data(CASE[c].name, x);
        cr_assert_eq(n, CASE[c].n, "%s: %zu", CASE[c].name, n);
        struct statistics_moments whole = statistics_moments_of(x, n), merged = by_blocks(x, n);
        cr_expect_geq(digits(whole.mean, CASE[c].mean), 14.5, "%s mean %.17g", CASE[c].name, whole.mean);
        cr_expect_geq(digits(merged.mean, CASE[c].mean), 14.5, "%s merged mean %.17g", CASE[c].name, merged.mean);
        double sd = statistics_moments_deviation(&whole), sd_merged = statistics_moments_deviation(&merged);
        cr_expect_geq(digits(sd, CASE[c].sd), CASE[c].digits, "%s sd %.17g: %.2f", CASE[c].name, sd, digits(sd, CASE[c].sd));
        cr_expect_geq(digits(sd_merged, CASE[c].sd), CASE[c].digits - 0.2, "%s merged sd %.17g: %.2f", CASE[c].name, sd_merged,
                      digits(sd_merged, CASE[c].sd));
    }
}

Test(statistics_moments, of_a_constant_have_no_spread_at_all)
{
    double x[BLOCK * 3 + 5];
    for (size_t i = 0; i < sizeof x / sizeof *x; i++) x[i] = 0.1;
    struct statistics_moments m = by_blocks(x, sizeof x / sizeof *x);
    cr_expect(m.mean == 0.1);
    cr_expect(statistics_moments_deviation(&m) == 0);
    cr_expect(statistics_moments_error(&m) == 0);
    cr_expect(statistics_moments_skewness(&m) == 0);
}

Test(statistics_moments, of_one_value_have_an_undefined_spread)
{
    double x = 7;
    struct statistics_moments m = statistics_moments_of(&x, 1), none = statistics_moments_of(&x, 0);
    cr_expect(m.mean == 7);
    cr_expect(isnan(statistics_moments_deviation(&m)));
    cr_expect(isnan(statistics_moments_error(&m)));
    cr_expect(isnan(statistics_moments_skewness(&m)));
    cr_expect(none.n == 0 && isnan(statistics_moments_deviation(&none)));
}

Test(statistics_moments, skewness_of_a_small_sample_by_hand)
{
    double x[] = {1, 2, 6}; /* mean 3, m2 = 4 + 1 + 9, m3 = -8 - 1 + 27 */
    struct statistics_moments m = statistics_moments_of(x, 3);
    cr_expect_float_eq(m.m2, 14, 1e-15);
    cr_expect_float_eq(m.m3, 18, 1e-14);
    cr_expect_float_eq(statistics_moments_skewness(&m), (18.0 / 3) / pow(14.0 / 3, 1.5), 1e-15);
}

Test(statistics_moments, merge_in_another_order_to_rounding)
{
    static double x[MOST];
    struct statistics_moments part[MOST / BLOCK + 1], up = {0}, down = {0};
    uint64_t state = 5;
    int parts = 0;
    for (size_t i = 0; i < MOST; i++) x[i] = 100 + exp(draw_normal(&state));
    for (size_t i = 0; i < MOST; i += BLOCK) part[parts++] = statistics_moments_of(x + i, MOST - i < BLOCK ? MOST - i : BLOCK);
    for (int k = 0; k < parts; k++) statistics_moments_merge(&up, &part[k]);
    for (int k = parts; k-- > 0;) statistics_moments_merge(&down, &part[k]);
    struct statistics_moments whole = statistics_moments_of(x, MOST);
    cr_expect_float_eq(up.mean, down.mean, 1e-13 * whole.mean);
    cr_expect_float_eq(up.m2, whole.m2, 1e-12 * whole.m2);
    cr_expect_float_eq(down.m2, whole.m2, 1e-12 * whole.m2);
    cr_expect_float_eq(up.m3, whole.m3, 1e-11 * whole.m3);
    cr_expect_float_eq(down.m3, whole.m3, 1e-11 * whole.m3);
    cr_expect(up.n == (double)MOST);
}
