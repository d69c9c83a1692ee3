/* The words of base/lanes.h, each against its meaning in plain C. */
#include <criterion/criterion.h>

#include "base/lanes.h"

static lanes ramp(double first, double step)
{
    lanes x = {0};
    for (int l = 0; l < LANES; l++) x[l] = first + step * l;
    return x;
}

Test(lanes, fused_rounds_once)
{
    lanes a = all_lanes(1.0 + 0x1p-30), r = fused(a, a, all_lanes(-1.0 - 0x1p-29));
    for (int l = 0; l < LANES; l++) cr_expect_eq(r[l], 0x1p-60);
}

Test(lanes, least_most_and_choose_work_lane_by_lane)
{
    lanes a = ramp(-1.0, 1.0), b = all_lanes(0.5);
    lanes low = least(a, b), high = most(a, b), chosen = choose((flags)(a < b), a, b);
    for (int l = 0; l < LANES; l++) {
        cr_expect_eq(low[l], a[l] < 0.5 ? a[l] : 0.5);
        cr_expect_eq(high[l], a[l] > 0.5 ? a[l] : 0.5);
        cr_expect_eq(chosen[l], low[l]);
    }
}

Test(lanes, least_and_most_errors)
{
    lanes none = all_lanes(__builtin_nan("")), one = all_lanes(1.0);
    cr_expect_eq(least(none, one)[0], 1.0, "the second where not ordered");
    cr_expect_eq(most(none, one)[0], 1.0);
    cr_expect(isnan(least(one, none)[0]));
    cr_expect(isnan(most(one, none)[0]));
    cr_expect(signbit(least(all_lanes(0.0), all_lanes(-0.0))[0]), "the second where equal");
    cr_expect(!signbit(most(all_lanes(-0.0), all_lanes(0.0))[0]));
}

Test(lanes, any_sees_one_lane)
{
    for (int l = 0; l < LANES; l++) {
        lanes a = all_lanes(0.0);
        a[l] = 2.0;
        cr_expect(any((flags)(a > 1.0)));
        cr_expect(!any((flags)(a > 2.0)));
    }
}

Test(lanes, square_root_and_whole_are_exact)
{
    lanes x = ramp(-1.25, 0.5), floors = whole(x), roots = square_root(x * x);
    for (int l = 0; l < LANES; l++) {
        cr_expect_eq(floors[l], floor(x[l]));
        cr_expect_eq(roots[l], fabs(x[l]));
    }
}

Test(lanes, lookup_finds_every_entry)
{
    const double table[8] = {1, 2, 4, 8, 16, 32, 64, 128};
    for (int first = 0; first < 8; first++) {
        lanes index = {0};
        for (int l = 0; l < LANES; l++) index[l] = (first + l) % 8;
        lanes found = lookup(table, index);
        for (int l = 0; l < LANES; l++) cr_expect_eq(found[l], table[(first + l) % 8]);
    }
}

Test(lanes, product_takes_the_low_words)
{
    words a = {0};
    for (int l = 0; l < LANES; l++) a[l] = UINT64_C(0x123456789abcdef0) + (uint64_t)l;
    words p = product(a, 0xD2511F53u);
    for (int l = 0; l < LANES; l++) cr_expect_eq(p[l], (uint64_t)(uint32_t)a[l] * 0xD2511F53u);
}

Test(lanes, parameter_is_a_cell_or_a_column)
{
    lanes column[3] = {all_lanes(1.0), all_lanes(2.0), all_lanes(3.0)};
    struct parameter constant = {column, 0}, drawn = {column, ~(size_t)0};
    cr_expect_eq(at(constant, 2)[0], 1.0);
    cr_expect_eq(at(drawn, 2)[0], 3.0);
}
