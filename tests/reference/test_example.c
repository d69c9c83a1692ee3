/* The worked example of docs/model.md (9): every cell, through a deal file, to 1e-5. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "support/deal.h"

static const double within = 1e-5;
static const char *const deal = TESTS_DIR "/reference/deals/example1.yaml";

static void expect(double got, double want, const char *row, const char *partner, int step)
{
    cr_expect(fabs(got - want) <= within, "%s %s step %d: got %.7f, want %.7f", row, partner, step, got, want);
}

struct line { /* one row of the example: a value for each step */
    const char *row, *partner;
    double value[4];
};
#define NONE NAN /* the example gives no value */

static const struct line lines[] = {
    {"ordered", "a", {0, 61.827272, 84.101688, 85.800655}},
    {"ordered", "b", {0, 24.730909, 33.640675, 34.320262}},
    {"volume", "a", {0, 61.827272, 82.142857, 82.142857}},
    {"volume", "b", {0, 24.730909, 32.857143, 32.857143}},
    {"unit_cost", "a", {NONE, 10.132545, 9.526492, 9.178134}},
    {"unit_cost", "b", {NONE, 10.333712, 9.832995, 9.542221}},
    {"take_or_pay", "a", {0, 0, 0, 0}},
    {"take_or_pay", "b", {0, 6.155135, 6.089798, 4.207464}},
    {"royalty", "b", {0, 4.946182, 6.571429, 6.571429}},
    {"book", "a", {225.75, 232.3125, 174.234375, 130.675781}},
    {"book", "b", {96.75, 99.5625, 74.671875, 56.003906}},
    {"own_book", "b", {15, 11.25, 8.4375, 6.328125}},
    {"own_margin", "a", {0, 133.076707, 217.803594, 236.689281}},
    {"joint_profit", "a", {0, 2.871040, 10.696610, 9.360690}},
    {"subsidy", "a", {0, 12.983727, 17.25, 17.25}},
    {"transfers", "a", {0, 9.254776, 10.834287, 9.516653}},
    {"friction", "a", {-4.2, -3.57, -3.0345, -2.579325}},
    {"capex", "a", {-301, -84, 0, 0}},
    {"tariff", "a", {0, 0, 0, 0}},
    {"tax", "a", {19.8625, -16.048756, -44.555467, -52.357176}},
    {"cash", "a", {-285.3375, 54.567494, 208.994525, 217.880123}},
    {"standalone_cash", "a", {-337.5, 42.898034, 209.915570, 223.432687}},
    {"standalone_unit_cost", "a", {NONE, 10.204255, 9.641655, 9.296662}},
    {"standalone_volume", "a", {0, 61.827272, 84.101688, 85.800655}},
    {"own_margin", "b", {0, 40.771716, 67.095555, 72.822643}},
    {"joint_profit", "b", {0, 1.230446, 4.584261, 4.011724}},
    {"tariff", "b", {0, -10.733608, -13.569534, -13.168265}},
    {"subsidy", "b", {0, 12.983727, 17.25, 17.25}},
    {"transfers", "b", {0, -9.254776, -10.834287, -9.516653}},
    {"friction", "b", {-1.8, -1.53, -1.3005, -1.105425}},
    {"capex", "b", {-149, -36, 0, 0}},
    {"tax", "b", {7.81, 3.290745, -3.654474, -6.453336}},
    {"cash", "b", {-142.99, 0.758249, 59.571021, 63.840689}},
    {"standalone_cash", "b", {0, 13.829745, 15.250901, 11.961932}},
};

/* Rows of the venture as a whole. */
static const struct line venture[] = {
    {"pooled_volume", "", {0, 86.558181, 115, 115}},
    {"venture_profit", "", {0, 4.101485, 15.280871, 13.372415}},
    {"venture_capex", "", {480, 120, 0, 0}}, /* the example's 430 is net of the grant of 50 */
};

static void check_line(const struct pactolus_result *result, const struct line *line)
{
    char row[64], step[16];
    snprintf(row, sizeof row, "%s_by_step", line->row);
    for (int n = 0; n < 4; n++) {
        snprintf(step, sizeof step, "%d", n);
        const double got = *line->partner ? support_cell(result, row, 0, line->partner, step, NULL)
                                          : support_cell(result, row, 0, step, NULL);
        if (isnan(line->value[n])) cr_expect(isnan(got), "%s %s step %d shows %g", row, line->partner, n, got);
        else expect(got, line->value[n], row, line->partner, n);
    }
}

Test(reference_example, meets_every_cell_by_step)
{
    struct pactolus_result *result = support_run(deal, NULL, 64, 1);
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) check_line(result, &lines[k]);
    for (size_t k = 0; k < sizeof venture / sizeof *venture; k++) check_line(result, &venture[k]);
    pactolus_result_destroy(result);
}

struct total {
    const char *row, *partner, *line;
    double value;
};
static const struct total totals[] = {
    {"ledger_mean", "a", "own_margin", 456.527379},  {"ledger_mean", "a", "joint_profit", 17.622882},
    {"ledger_mean", "a", "subsidy", 37.203888},      {"ledger_mean", "a", "transfers", 23.376416},
    {"ledger_mean", "a", "friction", -11.337806},    {"ledger_mean", "a", "capex", -359.802110},
    {"ledger_mean", "a", "tariff", 0},               {"ledger_mean", "a", "renegotiation", 0},
    {"ledger_mean", "a", "tax", -67.587816},         {"ledger_mean", "a", "terminal", 55.783323},
    {"ledger_mean", "a", "standalone_forgone", -106.769758},
    {"ledger_mean", "b", "own_margin", 147.305315},  {"ledger_mean", "b", "joint_profit", 7.942610},
    {"ledger_mean", "b", "tariff", -30.816654},      {"ledger_mean", "b", "subsidy", 38.975637},
    {"ledger_mean", "b", "transfers", -24.453207},   {"ledger_mean", "b", "friction", -5.012514},
    {"ledger_mean", "b", "capex", -175.450332},      {"ledger_mean", "b", "tax", 2.502810},
    {"ledger_mean", "b", "terminal", 27.489542},     {"ledger_mean", "b", "standalone_forgone", -34.040838},
    {"partnership_mean", "a", NULL, 151.786157},     {"partnership_mean", "b", NULL, -11.516792},
    {"standalone_mean", "a", NULL, 106.769758},      {"standalone_mean", "b", NULL, 34.040838},
    {"captured_mean", "a", NULL, 45.016399},         {"captured_mean", "b", NULL, -45.557631},
    {"capital_at_risk_mean", "a", NULL, 285.3375},   {"capital_at_risk_mean", "b", NULL, 142.99},
};

Test(reference_example, meets_every_present_value)
{
    struct pactolus_result *result = support_run(deal, NULL, 64, 1);
    for (size_t k = 0; k < sizeof totals / sizeof *totals; k++) {
        const struct total *t = &totals[k];
        expect(support_cell(result, t->row, 0, t->partner, t->line, NULL), t->value, t->row, t->partner, -1);
    }
    expect(support_cell(result, "joint_mean", 0, NULL), -2.990207, "joint_mean", "", -1);
    pactolus_result_destroy(result);
}

/* Without volatility every path is the same: spreads are exactly 0, all quantiles equal the mean. */
Test(reference_example, has_no_spread_without_volatility)
{
    struct pactolus_result *result = support_run(deal, NULL, 4096, 1);
    const double mean = support_cell(result, "captured_mean", 0, "a", NULL);
    cr_expect_eq(support_cell(result, "captured_sd", 0, "a", NULL), 0.0);
    cr_expect_eq(support_cell(result, "captured_standard_error", 0, "a", NULL), 0.0);
    cr_expect_eq(support_cell(result, "captured_quantile", 0, "a", "0.05", NULL), mean);
    cr_expect_eq(support_cell(result, "captured_cvar", 0, "a", NULL), mean);
    pactolus_result_destroy(result);
}

/* The transfer price only moves profit between partners: before tax the sum of both is the same. */
Test(reference_example, transfer_price_cancels_in_the_sum)
{
    const char *const sides[2][5] = {{"contract.transfer_price.markup", "0.12", "market.trade.border.tariff.home.abroad.now", "0", NULL},
                                     {"contract.transfer_price.markup", "0.01", "market.trade.border.tariff.home.abroad.now", "0", NULL}};
    double sum[2][4];
    for (int k = 0; k < 2; k++) {
        struct pactolus_result *result = support_run(deal, sides[k], 64, 1);
        for (int n = 0; n < 4; n++) {
            char step[16];
            snprintf(step, sizeof step, "%d", n);
            sum[k][n] = 0;
            for (const char *p = "ab"; *p; p++) {
                const char partner[2] = {*p, 0};
                sum[k][n] += support_cell(result, "own_margin_by_step", 0, partner, step, NULL) +
                             support_cell(result, "joint_profit_by_step", 0, partner, step, NULL) +
                             support_cell(result, "transfers_by_step", 0, partner, step, NULL);
            }
        }
        pactolus_result_destroy(result);
    }
    for (int n = 0; n < 4; n++) cr_expect(fabs(sum[0][n] - sum[1][n]) <= 4 * 0x1p-20, "step %d: %g", n, sum[0][n] - sum[1][n]);
}

static const char *const neutral = TESTS_DIR "/reference/deals/neutral.yaml";

/* A deal that changes nothing is worth nothing: to one grid unit of money per flow. */
Test(reference_neutral, is_worth_nothing)
{
    struct pactolus_result *result = support_run(neutral, NULL, 64, 1);
    const double unit = 0x1p-20, flows = 4 * 16;
    const double alone[2] = {128.358839, 42.279151};
    for (int p = 0; p < 2; p++) {
        const char *partner = p ? "b" : "a";
        cr_expect(fabs(support_cell(result, "captured_mean", 0, partner, NULL)) <= unit * flows);
        expect(support_cell(result, "standalone_mean", 0, partner, NULL), alone[p], "standalone_mean", partner, -1);
        expect(support_cell(result, "partnership_mean", 0, partner, NULL), alone[p], "partnership_mean", partner, -1);
    }
    pactolus_result_destroy(result);
}

/* On every path of a random market too. */
/* Nothing is learnt from the other where nothing is common, and of its own part each learns what it would alone. */
Test(reference_neutral, is_worth_nothing_with_know_how)
{
    static const char *const sets[] = {"partners.a.know_how.kept", "0.5", "partners.b.know_how.kept", "0.5", NULL};
    struct pactolus_result *result = support_run(neutral, sets, 64, 1);
    for (const char *p = "ab"; *p; p++) {
        const char name[2] = {*p, 0};
        const double kept = support_cell(result, "ledger_mean", 0, name, "know_how", NULL), captured = support_cell(result, "captured_mean", 0, name, NULL);
        cr_expect(kept > 50, "%s: %g", name, kept);
        cr_expect(fabs(captured) < 1e-4, "%s: %g", name, captured);
    }
    pactolus_result_destroy(result);
}

Test(reference_neutral, is_worth_nothing_on_every_path)
{
    const char *const sets[] = {"market.demand.home.volatility", "0.2", "market.price.home.volatility", "0.1",
                                "venture.capacity", "1e9", "standalone.a.capacity", "1e9", "standalone.b.capacity", "1e9", NULL};
    struct pactolus_result *result = support_run(neutral, sets, 4096, 7);
    for (int p = 0; p < 2; p++) {
        const char *partner = p ? "b" : "a";
        cr_expect(support_cell(result, "standalone_sd", 0, partner, NULL) > 1.0);
        cr_expect(fabs(support_cell(result, "captured_quantile", 0, partner, "0.01", NULL)) <= 0x1p-20 * 64);
        cr_expect(fabs(support_cell(result, "captured_quantile", 0, partner, "0.99", NULL)) <= 0x1p-20 * 64);
    }
    pactolus_result_destroy(result);
}
