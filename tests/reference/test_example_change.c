/* The worked example of docs/model.md (9) where it changes: a partner leaves (2), the terms are reopened (3), and what both expect.
   Every cell, through deal files, to 1e-5; the numbers were computed beforehand by two other programs. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/example.h"
#include "support/paths.h"

static const char *const first = TESTS_DIR "/reference/deals/example1.yaml";
static const char *const leaves = TESTS_DIR "/reference/deals/example2.yaml";
static const char *const reopens = TESTS_DIR "/reference/deals/example3.yaml";

static void expect_cell(double got, double want, const char *row, const char *partner, int step)
{
    cr_expect(fabs(got - want) <= 1e-5, "%s %s step %d: got %.7f, want %.7f", row, partner, step, got, want);
}

/* All rows by step of `deal` before `step` are those of example 1. */
static void expect_as_example_1(const struct pactolus_result *result, int step)
{
    struct pactolus_result *still = support_run(first, NULL, 64, 1);
    int rows = 0;
    for (size_t k = 0; k < pactolus_result_rows(still); k++) {
        struct pactolus_row a, b;
        cr_assert_eq(pactolus_result_row_at(still, k, 0, &a), PACTOLUS_OK);
        if (!strstr(a.name, "_by_step") || strstr(a.name, "staying") || strstr(a.name, "leaving")) continue;
        cr_assert_eq(pactolus_result_row(result, a.name, 0, NULL, &b), PACTOLUS_OK);
        cr_assert_eq(a.count, b.count);
        for (size_t c = 0; c < a.count; c++) {
            if (c % 4 >= (size_t)step || (isnan(a.values[c]) && isnan(b.values[c]))) continue;
            cr_expect_eq(a.values[c], b.values[c], "%s cell %zu: %.17g and %.17g", a.name, c, a.values[c], b.values[c]);
        }
        rows++;
    }
    cr_expect_geq(rows, 30);
    pactolus_result_destroy(still);
}

struct cell {
    const char *row, *partner;
    int step;
    double value;
};

static void expect_cells(const struct pactolus_result *result, const struct cell *cell, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        const double got = by_step(result, cell[k].row, *cell[k].partner ? cell[k].partner : NULL, cell[k].step);
        expect_cell(got, cell[k].value, cell[k].row, cell[k].partner, cell[k].step);
    }
}
#define EXPECT_CELLS(result, cells) expect_cells(result, cells, sizeof(cells) / sizeof *(cells))

static void expect_total(const struct pactolus_result *result, const char *row, const char *partner, const char *line, double want)
{
    expect_cell(support_cell(result, row, 0, partner, line, NULL), want, line ? line : row, partner, -1);
}

static const struct cell left[] = {
    {"own_margin", "a", 3, 243.149304}, {"joint_profit", "a", 3, -0.431233}, {"subsidy", "a", 3, 25.740196},
    {"tax", "a", 3, -46.372877},        {"exit", "a", 3, -69.671875},        {"cash", "a", 3, 152.413515},
    {"own_margin", "b", 3, 14.952416},  {"joint_profit", "b", 3, 0},         {"subsidy", "b", 3, 0},
    {"tax", "b", 3, -0.968608},         {"exit", "b", 3, 66.671875},         {"cash", "b", 3, 80.655682},
    {"transfers", "a", 3, 0},           {"transfers", "b", 3, 0},            {"tariff", "b", 3, 0},
    {"friction", "a", 3, 0},            {"friction", "b", 3, 0},             {"capex", "a", 3, 0},
    {"capex", "b", 3, 0},               {"obligations", "a", 3, 0},          {"obligations", "b", 3, 0},
    {"renegotiation", "a", 3, 0},       {"know_how", "b", 3, 0},             {"royalty", "b", 3, 0},
    {"take_or_pay", "b", 3, 0},         {"volume", "a", 3, 85.800655},       {"volume", "b", 3, 0},
    {"unit_cost", "a", 3, 9.223419},    {"venture_profit", "", 3, -0.431233}, {"pooled_volume", "", 3, 85.800655},
    {"book", "a", 2, 174.234375},       {"book", "b", 2, 74.671875},         {"book", "a", 3, 186.679688},
    {"book", "b", 3, 0},                {"own_book", "b", 3, 6.328125},      {"in", "a", 3, 1},
    {"in", "b", 2, 1},                  {"in", "b", 3, 0},                   {"survival", "", 2, 1},
    {"survival", "", 3, 0},             {"standalone_cash", "a", 3, 223.432687}, {"standalone_cash", "b", 3, 11.961932},
};

Test(reference_example_change, a_partner_leaves_and_every_cell_is_met)
{
    struct pactolus_result *result = support_run(leaves, NULL, 64, 1);
    expect_as_example_1(result, 3);
    EXPECT_CELLS(result, left);
    /* terminal after tax, at 1.1^-4 and 1.08^-4 */
    expect_total(result, "ledger_mean", "a", "terminal", 116.674805 / (1.1 * 1.1 * 1.1 * 1.1));
    expect_total(result, "ledger_mean", "b", "terminal", 3.796875 / (1.08 * 1.08 * 1.08 * 1.08));
    expect_total(result, "ledger_mean", "a", "exit", -69.671875 * pow(1.1, -3.5));
    expect_total(result, "ledger_mean", "b", "exit", 66.671875 * pow(1.08, -3.5));
    expect_total(result, "partnership_mean", "a", NULL, 128.796255);
    expect_total(result, "partnership_mean", "b", NULL, -23.371126);
    expect_total(result, "captured_mean", "a", NULL, 22.026497);
    expect_total(result, "captured_mean", "b", NULL, -57.411964);
    expect_cell(support_cell(result, "joint_mean", 0, NULL), -37.981935, "joint_mean", "", -1);
    cr_expect_eq(support_cell(result, "exits_by_step", 0, "b", "control", "3", NULL), 1.0);
    pactolus_result_destroy(result);
}

/* The only cell that no row shows: what B buys after it left. */
static void read_after(void *context, const struct engine_block *block, int step)
{
    if (step == 3) *(double *)context = plain(block->after[1].made[1])[0];
}

Test(reference_example_change, the_partner_that_left_buys_what_it_sells)
{
    struct paths run;
    double made = 0;
    paths_open(&run, leaves, NULL);
    paths_run(&run, 0, read_after, &made);
    expect_cell(made, 34.320262, "after made", "b", 3);
    paths_close(&run);
}

static const struct cell reopened[] = {
    {"agreed", "a", 2, -14.218658},  {"agreed", "b", 2, 14.218658}, {"cash", "a", 0, -285.3375},  {"cash", "a", 1, 54.567494},
    {"cash", "a", 2, 196.230531},    {"cash", "a", 3, 207.216129},  {"cash", "b", 0, -142.99},    {"cash", "b", 1, 0.758249},
    {"cash", "b", 2, 69.985947},     {"cash", "b", 3, 75.215615},   {"staying", "a", 2, 458.345910}, {"staying", "b", 2, 144.633927},
    {"leaving", "a", 2, 397.083414}, {"leaving", "b", 2, 123.825301}, {"staying", "a", 3, 285.087672}, {"staying", "b", 3, 111.203030},
    {"leaving", "a", 3, 263.658577}, {"leaving", "b", 3, 84.309227}, {"renegotiated", "", 2, 1},   {"renegotiated", "", 3, 0},
    /* the payment, and in the closing step the cost of 4 by equity */
    {"renegotiation", "a", 2, -14.218658 - 0.7 * 4}, {"renegotiation", "b", 2, 14.218658 - 0.3 * 4},
    {"renegotiation", "a", 3, -14.218658},           {"renegotiation", "b", 3, 14.218658},
    {"survival", "", 3, 1},
};

Test(reference_example_change, the_terms_are_reopened_and_every_cell_is_met)
{
    struct pactolus_result *result = support_run(reopens, NULL, 64, 1);
    expect_as_example_1(result, 2);
    EXPECT_CELLS(result, reopened);
    /* gains over the disagreement point are the bargaining power's parts of the surplus, in units of the payment */
    const double of_a = 1.431818, of_b = 1.540741, surplus = 54.202360;
    const double a = by_step(result, "staying", "a", 2) - 0.75 * 0.7 * 4 - 14.218658 * of_a - by_step(result, "leaving", "a", 2);
    const double b = by_step(result, "staying", "b", 2) - 0.80 * 0.3 * 4 + 14.218658 * of_b - by_step(result, "leaving", "b", 2);
    cr_expect(fabs(a - 0.5 * surplus * of_a) < 1e-4 && fabs(a - 38.803962) < 1e-4, "a gains %.6f", a);
    cr_expect(fabs(b - 0.5 * surplus * of_b) < 1e-4 && fabs(b - 41.755892) < 1e-4, "b gains %.6f", b);
    expect_total(result, "ledger_mean", "a", "terminal", 81.672363 / (1.1 * 1.1 * 1.1 * 1.1));
    expect_total(result, "ledger_mean", "b", "terminal", 37.399219 / (1.08 * 1.08 * 1.08 * 1.08));
    expect_total(result, "partnership_mean", "a", NULL, 134.089156);
    expect_total(result, "partnership_mean", "b", NULL, 5.764171);
    expect_total(result, "captured_mean", "a", NULL, 27.319398);
    expect_total(result, "captured_mean", "b", NULL, -28.276667);
    expect_cell(support_cell(result, "joint_mean", 0, NULL), -4.358167, "joint_mean", "", -1);
    pactolus_result_destroy(result);
}

/* Reviews that find nothing to do show what both expect. */
static const struct cell expected[] = {
    {"staying", "a", 2, 458.345910}, {"staying", "b", 2, 144.633927}, {"leaving", "a", 2, 397.083414}, {"leaving", "b", 2, 123.825301},
    {"staying", "a", 3, 295.751666}, {"staying", "b", 3, 99.828104},  {"leaving", "a", 3, 263.658577}, {"leaving", "b", 3, 84.309227},
};

Test(reference_example_change, projections_are_met)
{
    const char *const sets[] = {"contract.renegotiation.attempts", "0", "contract.exit.right.a", "no", "contract.exit.right.b", "no", NULL};
    struct pactolus_result *result = support_run(reopens, sets, 64, 1);
    expect_as_example_1(result, 4);
    EXPECT_CELLS(result, expected);
    cr_expect(isnan(by_step(result, "staying", "a", 0)), "nobody looks at signing");
    pactolus_result_destroy(result);
}

/* At the day of closing both are above their outside option, so nobody's threat is credible: what they agree is nothing, and only
   its cost is paid. */
Test(reference_example_change, without_a_credible_threat_nothing_is_agreed)
{
    const char *const sets[] = {"contract.renegotiation.split", "outside_option", NULL};
    struct pactolus_result *result = support_run(reopens, sets, 64, 1);
    for (int n = 0; n < 4; n++) {
        cr_expect_eq(by_step(result, "agreed", "a", n), 0.0);
        expect_cell(by_step(result, "renegotiation", "a", n), n == 2 ? -2.8 : 0, "renegotiation", "a", n);
        expect_cell(by_step(result, "renegotiation", "b", n), n == 2 ? -1.2 : 0, "renegotiation", "b", n);
    }
    cr_expect_eq(by_step(result, "renegotiated", NULL, 2), 1.0);
    pactolus_result_destroy(result);
}

/* Grants that came before the spending leave books of -5 each when ann, sold, leaves after a year: a price below 0 is a price, and bob
   goes on. By hand: bob has 200 in the middle of each of ten years, 5 of grants in the first, 200 of spending in the second, and is
   paid 5 then. */
Test(reference_example_change, a_book_below_nothing_is_bought)
{
    struct pactolus_result *result = support_run(TESTS_DIR "/reference/deals/grant_ahead.yaml", NULL, 64, 1);
    double bob = 5.0 / pow(1.1, 0.5) - 200.0 / pow(1.1, 1.5) + 5.0 / pow(1.1, 1.5);
    for (int year = 0; year < 10; year++) bob += 200.0 / pow(1.1, year + 0.5);
    const double ann = 205.0 / pow(1.1, 0.5) - 5.0 / pow(1.1, 1.5);
    expect_cell(support_cell(result, "captured_mean", 0, "bob", NULL), bob, "captured", "bob", -1);
    expect_cell(support_cell(result, "captured_mean", 0, "ann", NULL), ann, "captured", "ann", -1);
    cr_expect_eq(support_cell(result, "leaves_probability", 0, "bob", NULL), 0.0);
    pactolus_result_destroy(result);
}
