/* docs/model.md (7.5): splits over one disagreement point. Values: the worked example, and the economics of bargaining. */
#include <criterion/criterion.h>
#include <math.h>

#include "bargaining/split.h"

enum { MOST = 4 };
static const int all[MOST] = {1, 1, 1, 1};

static void expect_near(double got, double want, const char *what)
{
    cr_expect(fabs(got - want) <= 1e-9, "%s: got %.12f, want %.12f", what, got, want);
}

static double sum_of(const double *x, int n)
{
    double sum = 0;
    for (int k = 0; k < n; k++) sum += x[k];
    return sum;
}

/* Lump sum, no tax, cost 4 in halves: stay 100 and 40, leaving 60 and 55, so u is 38 and -17. */
Test(bargaining_split, the_unit_example_is_met)
{
    const double u[] = {38, -17}, power[] = {0.5, 0.5};
    double nash[2], outside[2];
    bargaining_split_nash(2, all, u, power, nash);
    bargaining_split_outside(2, all, u, outside);
    expect_near(nash[0], -27.5, "nash");
    expect_near(nash[1], 27.5, "nash");
    expect_near(outside[0], -17, "outside option");
    expect_near(outside[1], 17, "outside option");
    expect_near(100 - 2 + nash[0], 70.5, "a after nash");
    expect_near(40 - 2 + nash[1], 65.5, "b after nash");
    expect_near(100 - 2 + outside[0], 81, "a after outside option");
    expect_near(40 - 2 + outside[1], 55, "b after outside option");
}

/* S = 1000 to divide, d = (350, 450): weights .6 and .5; then c = 40, d = (520, 400). */
Test(bargaining_split, weights_divide_what_is_above_the_disagreement_point)
{
    const struct {
        double d[2], cost, power[2], want[2];
    } game[] = {{{350, 450}, 0, {0.6, 0.4}, {470, 530}},
                {{350, 450}, 0, {0.5, 0.5}, {450, 550}},
                {{520, 400}, 40, {0.6, 0.4}, {544, 416}},
                {{350, 450}, 0, {3, 2}, {470, 530}}};
    for (size_t k = 0; k < sizeof game / sizeof *game; k++) {
        const double share = (1000 - game[k].cost) / 2; /* what each has before it pays the other */
        const double u[] = {share - game[k].d[0], share - game[k].d[1]};
        double payment[2];
        bargaining_split_nash(2, all, u, game[k].power, payment);
        for (int p = 0; p < 2; p++) expect_near(share + payment[p], game[k].want[p], "split");
        expect_near(sum_of(payment, 2), 0, "sum");
    }
}

/* A small generator of its own, so that the sums are met for any numbers. */
static double next(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 16777216.0;
}

static void expect_outside(int n, const int in[], const double u[])
{
    double payment[MOST], below = 0, above = 0;
    bargaining_split_outside(n, in, u, payment);
    for (int p = 0; p < n; p++) {
        if (!in[p]) cr_expect_eq(payment[p], 0.0, "who is out is paid nothing");
        else if (u[p] < 0) cr_expect_eq(payment[p], -u[p], "lifted exactly to 0");
        else cr_expect(payment[p] <= 0.0 && u[p] + payment[p] >= -1e-12 * u[p], "pays from what is above, not more");
        if (in[p] && u[p] < 0) below -= u[p];
        if (in[p] && u[p] > 0) above += u[p];
    }
    cr_expect(fabs(sum_of(payment, n)) <= 1e-12 * (below + above), "payments add to %g", sum_of(payment, n));
}

Test(bargaining_split, payments_add_to_nothing_and_whoever_is_below_is_lifted_exactly_to_it)
{
    unsigned state = 7;
    for (int trial = 0; trial < 20000; trial++) {
        const int n = 2 + trial % 3;
        double u[MOST], power[MOST], payment[MOST], surplus = 0;
        int in[MOST], members = 0;
        for (int p = 0; p < n; p++) {
            u[p] = 100 * next(&state) - 40;
            power[p] = next(&state);
            in[p] = n == 2 || next(&state) < 0.8;
            if (in[p]) surplus += u[p];
            members += in[p];
        }
        if (!(surplus > 0) || members < 2) continue;
        expect_outside(n, in, u);
        bargaining_split_nash(n, in, u, power, payment);
        cr_expect(fabs(sum_of(payment, n)) <= 1e-10, "payments add to %g", sum_of(payment, n));
        for (int p = 0; p < n; p++) {
            if (in[p]) cr_expect_geq(u[p] + payment[p], -1e-10, "nobody ends below the disagreement point");
            else cr_expect_eq(payment[p], 0.0);
        }
    }
}

/* Three partners: the one below is lifted by the others in proportion to what they have above. */
Test(bargaining_split, several_payers_pay_in_proportion)
{
    const double u[] = {30, -12, 10};
    double payment[3];
    bargaining_split_outside(3, all, u, payment);
    expect_near(payment[0], -9, "first payer");
    expect_near(payment[1], 12, "receiver");
    expect_near(payment[2], -3, "second payer");
}

Test(bargaining_split, with_nobody_below_nothing_is_paid)
{
    const double u[] = {41.319838, 12.882522, 0};
    double payment[3];
    bargaining_split_outside(3, all, u, payment);
    for (int p = 0; p < 3; p++) cr_expect_eq(payment[p], 0.0);
}

/* A small move of one value moves no payment by more than a multiple of it, across 0 too. */
Test(bargaining_split, payments_are_continuous_in_the_values)
{
    const double h = 1e-7;
    for (double x = -9; x <= 9; x += 0.25) {
        const double u[] = {x, 10, 20}, moved[] = {x + h, 10, 20};
        double before[3], after[3];
        bargaining_split_outside(3, all, u, before);
        bargaining_split_outside(3, all, moved, after);
        for (int p = 0; p < 3; p++) cr_expect(fabs(after[p] - before[p]) <= 2 * h, "at %g: %g", x, after[p] - before[p]);
    }
    const double u[] = {-1e-12, 10, 20};
    double payment[3];
    bargaining_split_outside(3, all, u, payment);
    cr_expect(fabs(payment[1]) <= 1e-12 && fabs(payment[2]) <= 1e-12);
}

Test(bargaining_split, without_any_power_parts_are_equal)
{
    const double u[] = {9, 0, 0}, power[] = {0, 0, 0};
    double payment[3];
    bargaining_split_nash(3, all, u, power, payment);
    expect_near(payment[0], -6, "payer");
    expect_near(payment[1], 3, "receiver");
}
