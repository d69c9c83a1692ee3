/* What the value hangs on: a deal in which it is a straight line in two drawn numbers, of which all is known. */
#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *const neutral = TESTS_DIR "/reference/deals/neutral.yaml";
static const char *const battery = PROJECT_DIR "/scenarios/battery-jv/deal.yaml";
static struct pactolus_deal *deal;
static struct pactolus_result *result;

static void tear_down(void)
{
    pactolus_result_destroy(result);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_drivers, .init = fixture_enter, .fini = tear_down);

static void load(const char *path)
{
    pactolus_deal_destroy(deal);
    deal = NULL;
    cr_assert_eq(pactolus_deal_load(path, messages, &deal), PACTOLUS_OK);
}

static void set(const char *name, const char *text)
{
    cr_assert_eq(pactolus_deal_set(deal, name, text, messages), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
}

static void tell(uint64_t paths, int threads)
{
    struct pactolus_run_options options = fixture_options();
    options.paths = paths;
    options.threads = threads;
    pactolus_result_destroy(result);
    int status = pactolus_drivers(deal, &options, NULL, NULL, messages, &result);
    cr_assert_eq(status, PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
}

/* A cell of partner and driver; of a row without partners the partner is 0. */
static double told(const char *row, size_t partner, const char *driver)
{
    struct pactolus_row r;
    cr_assert_eq(pactolus_result_row(result, row, 0, messages, &r), PACTOLUS_OK);
    const ptrdiff_t at = pactolus_result_find(result, "driver", driver);
    cr_assert_geq(at, 0, "no driver %s", driver);
    return r.values[partner * r.size[r.dimensions - 1] + (size_t)at];
}

/* What a captures where the two numbers are certain. */
static double captured(const char *fixed, const char *overrun)
{
    struct pactolus_run_options options = fixture_options();
    options.paths = 1;
    load(neutral);
    set("venture.fixed_cost", fixed);
    set("venture.capex.overrun", overrun);
    struct pactolus_result *run = fixture_run(deal, &options);
    const double value = fixture_value(run, "captured_mean", 0, "a");
    pactolus_result_destroy(run);
    return value;
}

static void expect_near(const char *row, const char *driver, double want, double also)
{
    char error[64];
    snprintf(error, sizeof error, "%s_standard_error", row);
    const double got = told(row, 0, driver), allowed = 4.0 * told(error, 0, driver) + also;
    cr_expect_lt(fabs(got - want), allowed, "%s of %s: %g, want %g within %g", row, driver, got, want, allowed);
}

Test(api_drivers, of_a_straight_line_are_known)
{
    const double middle = captured("40", "1.2");
    const double a = captured("50", "1.2") - captured("30", "1.2"), b = captured("40", "1.4") - captured("40", "1.0");
    cr_assert_float_eq(captured("50", "1.4") - captured("30", "1.0"), a + b, 1e-4, "a straight line");
    cr_assert(a < -1.0 && b < -1.0);
    load(neutral);
    set("venture.fixed_cost", "uniform(30, 50)");
    set("venture.capex.overrun", "uniform(1.0, 1.4)");
    tell(40000, 2);
    const double all = a * a + b * b, coarse = 1.0 / 625.0; /* of classes of a 25th */
    expect_near("explained", "venture.fixed_cost", a * a / all, coarse);
    expect_near("explained", "venture.capex.overrun", b * b / all, coarse);
    /* the fifths of a uniform number lie 0.4 of its range from the middle */
    expect_near("low", "venture.fixed_cost", middle - 0.4 * a, 0.0);
    expect_near("high", "venture.fixed_cost", middle + 0.4 * a, 0.0);
    expect_near("low", "venture.capex.overrun", middle - 0.4 * b, 0.0);
    expect_near("high", "venture.capex.overrun", middle + 0.4 * b, 0.0);
    cr_expect_float_eq(told("driver_low", 0, "venture.fixed_cost"), 32.0, 0.05);
    cr_expect_float_eq(told("driver_high", 0, "venture.capex.overrun"), 1.36, 0.004);
}

Test(api_drivers, are_the_same_on_any_number_of_threads)
{
    static const char *const rows[] = {"low", "high_standard_error", "explained", "explained_standard_error"};
    double one[4][2];
    load(battery);
    for (int threads = 1; threads <= 3; threads++) {
        tell(1000, threads);
        for (size_t k = 0; k < 4; k++) {
            for (size_t p = 0; p < 2; p++) {
                const double x = told(rows[k], p, "market.subsidy.credit_45x");
                if (threads == 1) one[k][p] = x;
                cr_expect_eq(x, one[k][p], "%s on %d threads", rows[k], threads);
            }
        }
    }
}

Test(api_drivers, go_with_the_value_of_a_run)
{
    struct pactolus_run_options options = fixture_options();
    options.paths = 1000;
    load(battery);
    tell(1000, 1);
    struct pactolus_result *run = fixture_run(deal, &options);
    cr_expect_eq(fixture_value(result, "captured_mean", 0, "automaker"), fixture_value(run, "captured_mean", 0, "automaker"));
    cr_expect_eq(fixture_value(result, "joint_mean", 0, NULL), fixture_value(run, "joint_mean", 0, NULL));
    cr_expect_gt(told("high", 0, "market.subsidy.credit_45x"), told("low", 0, "market.subsidy.credit_45x"), "a credit is worth something");
    cr_expect_gt(told("joint_explained", 0, "market.subsidy.credit_45x"), 0.1);
    pactolus_result_destroy(run);
}

/* A number that is drawn in one scenario only, and weights: a page for each row, none for their mixture. */
Test(api_drivers, of_scenarios_stand_side_by_side)
{
    struct pactolus_row r;
    load(battery);
    fixture_write("t.csv", "scenario,weight,contract.exit.fee\ncertain,1,50\nopen,3,\"uniform(0, 100)\"\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "t.csv", messages), PACTOLUS_OK);
    tell(1000, 1);
    cr_expect(isnan(told("explained", 0, "contract.exit.fee")), "it has no numbers where it is certain");
    cr_assert_eq(pactolus_result_row(result, "explained", 1, messages, &r), PACTOLUS_OK);
    cr_expect(isfinite(r.values[(size_t)pactolus_result_find(result, "driver", "contract.exit.fee")]));
    cr_expect_eq(pactolus_result_scenarios(result), 2, "no mixture");
}

Test(api_drivers, errors)
{
    struct pactolus_run_options options = fixture_options();
    load(neutral);
    cr_expect_eq(pactolus_drivers(deal, &options, NULL, NULL, messages, &result), PACTOLUS_INPUT);
    fixture_said("nothing in this deal is left to chance");
    load(battery);
    options.memory = 1 << 20;
    options.paths = 1000000;
    cr_expect_eq(pactolus_drivers(deal, &options, NULL, NULL, messages, &result), PACTOLUS_MEMORY);
    fixture_said("--memory");
    options.paths = 0;
    cr_expect_eq(pactolus_drivers(deal, &options, NULL, NULL, messages, &result), PACTOLUS_USAGE);
    cr_expect_null(result);
}
