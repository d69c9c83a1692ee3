/* Regimes: the tariff chain of three regimes (low, deal, high; rates a year) and chains with closed forms. */
#include "numeric/chain.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static const struct place nowhere;
static struct report report;
static void start(void) { report_init(&report); }
static void stop(void) { report_free(&report); }
TestSuite(chain, .init = start, .fini = stop);

static const double tariff_rates[9] = {0, 0.03, 0.07, 0.06, 0, 0.10, 0.05, 0.60, 0};
static const double tariff[3] = {0.025, 0.15, 0.275};

static void tariff_chain(double *generator)
{
    cr_assert_eq(numeric_chain_generator(3, tariff_rates, nowhere, "tariff", &report, generator), STATUS_OK);
}

Test(chain, generator_rows_sum_to_zero)
{
    double q[9];
    tariff_chain(q);
    cr_expect_float_eq(q[0], -0.10, 1e-16);
    cr_expect_float_eq(q[4], -0.16, 1e-16);
    cr_expect_float_eq(q[8], -0.65, 1e-16);
}

Test(chain, generator_errors)
{
    double rates[9], q[9];
    memcpy(rates, tariff_rates, sizeof rates);
    rates[1] = -0.03;
    cr_expect_eq(numeric_chain_generator(3, rates, nowhere, "tariff", &report, q), STATUS_INPUT);
    rates[1] = NAN;
    cr_expect_eq(numeric_chain_generator(3, rates, nowhere, "tariff", &report, q), STATUS_INPUT);
    cr_expect_eq(numeric_chain_generator(NUMERIC_CHAIN_MOST + 1, rates, nowhere, "tariff", &report, q), STATUS_INPUT);
    cr_expect_eq(report.errors, 3);
    cr_expect(strstr(report.message[0], "rate from regime 0 to 1, got '-0.03'"), "%s", report.message[0]);
}

Test(chain, tariff_moves_in_a_year)
{
    double q[9], step[9];
    tariff_chain(q);
    cr_assert_eq(numeric_chain_step(3, q, 1, &report, step), STATUS_OK);
    cr_expect_float_eq(step[3], 0.05507, 5e-6);
    cr_expect_float_eq(step[4], 0.87524, 5e-6);
    cr_expect_float_eq(step[5], 0.06968, 5e-6);
}

Test(chain, tariff_expected_from_the_deal)
{
    const double years[] = {1, 2, 3, 5, 10}, want[] = {0.15183, 0.15000, 0.14684, 0.14010, 0.12861};
    double q[9], step[9];
    tariff_chain(q);
    for (int k = 0; k < 5; k++) {
        cr_assert_eq(numeric_chain_step(3, q, years[k], &report, step), STATUS_OK);
        cr_expect_float_eq(step[3] * tariff[0] + step[4] * tariff[1] + step[5] * tariff[2], want[k], 5e-6, "%g years", years[k]);
    }
}

Test(chain, two_regimes_have_a_closed_form)
{
    const double rates[4] = {0, 0.7, 0.2, 0};
    double q[4], step[4];
    cr_assert_eq(numeric_chain_generator(2, rates, nowhere, "chain", &report, q), STATUS_OK);
    for (double years = 1.0 / 12; years < 200; years *= 3) {
        cr_assert_eq(numeric_chain_step(2, q, years, &report, step), STATUS_OK);
        double gone = exp(-0.9 * years);
        cr_expect_float_eq(step[1], 0.7 / 0.9 * (1 - gone), 1e-14);
        cr_expect_float_eq(step[2], 0.2 / 0.9 * (1 - gone), 1e-14);
    }
}

Test(chain, four_quarters_are_a_year)
{
    double q[9], year[9], quarter[9], half[9] = {0}, four[9] = {0};
    tariff_chain(q);
    cr_assert_eq(numeric_chain_step(3, q, 1, &report, year), STATUS_OK);
    cr_assert_eq(numeric_chain_step(3, q, 0.25, &report, quarter), STATUS_OK);
    for (int i = 0; i < 27; i++) half[i / 9 * 3 + i % 3] += quarter[i / 9 * 3 + i / 3 % 3] * quarter[i / 3 % 3 * 3 + i % 3];
    for (int i = 0; i < 27; i++) four[i / 9 * 3 + i % 3] += half[i / 9 * 3 + i / 3 % 3] * half[i / 3 % 3 * 3 + i % 3];
    for (int i = 0; i < 9; i++) cr_expect_float_eq(four[i], year[i], 1e-15);
}

Test(chain, no_time_and_no_rates_stay)
{
    double q[9], step[9], none[9] = {0};
    tariff_chain(q);
    cr_assert_eq(numeric_chain_step(3, q, 0, &report, step), STATUS_OK);
    for (int i = 0; i < 9; i++) cr_expect_eq(step[i], i % 4 == 0);
    cr_assert_eq(numeric_chain_step(3, none, 0.25, &report, step), STATUS_OK);
    for (int i = 0; i < 9; i++) cr_expect_eq(step[i], i % 4 == 0);
}

Test(chain, step_errors)
{
    double q[9], step[9];
    tariff_chain(q);
    q[0] = NAN;
    cr_expect_eq(numeric_chain_step(3, q, 1, &report, step), STATUS_INTERNAL);
    cr_expect_eq(report.errors, 1);
}

Test(chain, cumulative_ends_at_one)
{
    const double step[9] = {0.1, 0.2, 0.7, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0.7, 0.2, 0.1};
    double c[9];
    numeric_chain_cumulative(3, step, c);
    for (int i = 0; i < 3; i++) {
        cr_expect_eq(c[i * 3 + 2], 1);
        cr_expect(c[i * 3] >= 0 && c[i * 3] <= c[i * 3 + 1] && c[i * 3 + 1] <= 1);
    }
    cr_expect_eq(c[0], 0.1);
    cr_expect_eq(c[1], 0.1 + 0.2);
}

Test(chain, cumulative_never_draws_what_cannot_be_errors)
{
    /* 0.7 + 0.2 + 0.1 is 1 - 2^-53 in this order: the last regime would get what is missing. */
    const double step[16] = {0.7, 0.2, 0.1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0.7, 0.2, 0.1, 0};
    double c[16];
    numeric_chain_cumulative(4, step, c);
    cr_expect_eq(c[2], 1);
    cr_expect_eq(c[3], 1);
    cr_expect_eq(c[4], 1);
    cr_expect_eq(c[10], 0);
}

Test(chain, fast_rates_forget_the_start)
{
    double fast[9], q[9], step[9], share[3];
    for (int i = 0; i < 9; i++) fast[i] = 1e5 * tariff_rates[i];
    cr_assert_eq(numeric_chain_generator(3, fast, nowhere, "tariff", &report, q), STATUS_OK);
    cr_assert_eq(numeric_chain_stationary(3, q, nowhere, "tariff", &report, share), STATUS_OK);
    cr_assert_eq(numeric_chain_step(3, q, 1, &report, step), STATUS_OK);
    for (int i = 0; i < 9; i++) cr_expect_float_eq(step[i], share[i % 3], 1e-12);
}

Test(chain, tariff_stationary)
{
    double q[9], share[3], flow;
    tariff_chain(q);
    cr_assert_eq(numeric_chain_stationary(3, q, nowhere, "tariff", &report, share), STATUS_OK);
    cr_expect_float_eq(share[0], 0.3676, 5e-5);
    cr_expect_float_eq(share[1], 0.5138, 5e-5);
    cr_expect_float_eq(share[2], 0.1186, 5e-5);
    for (int j = 0; j < 3; j++) {
        flow = 0;
        for (int i = 0; i < 3; i++) flow += share[i] * q[i * 3 + j];
        cr_expect_float_eq(flow, 0, 1e-16, "flows balance");
    }
}

Test(chain, stationary_errors)
{
    const double absorbing[4] = {0, 0, 0.5, 0}, apart[4] = {0, 0, 0, 0}, left[4] = {0, 0.5, 0, 0};
    double q[4], share[2];
    numeric_chain_generator(2, absorbing, nowhere, "chain", &report, q);
    cr_expect_eq(numeric_chain_stationary(2, q, nowhere, "chain", &report, share), STATUS_OK, "all end in the first");
    cr_expect_eq(share[0], 1);
    numeric_chain_generator(2, apart, nowhere, "chain", &report, q);
    cr_expect_eq(numeric_chain_stationary(2, q, nowhere, "chain", &report, share), STATUS_INPUT, "depends on the start");
    numeric_chain_generator(2, left, nowhere, "chain", &report, q);
    cr_expect_eq(numeric_chain_stationary(2, q, nowhere, "chain", &report, share), STATUS_OK, "all end in the second");
    cr_expect_eq(share[1], 1);
}
