/* Files into series and series into models: what is refused, with which words. */
#include "calibration/fit.h"
#include "support/command.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "calibration/write.h"

static struct report report;
static struct calibration_series series;

static void set_up(void)
{
    command_enter();
    report_init(&report);
}
static void tear_down(void)
{
    calibration_series_free(&series);
    report_free(&report);
    command_leave();
}
TestSuite(series, .init = set_up, .fini = tear_down);

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

/* 24 months from 2000-01 with the values 1.0, 1.1, ... and a second column. */
static void write_months(const char *name)
{
    FILE *file = fopen(name, "w");
    fprintf(file, "date,Nickel (USD/t),other\n");
    for (int k = 0; k < 24; k++)
        fprintf(file, "%d-%02d-01,%g,%s\n", 2000 + k / 12, k % 12 + 1, 1.0 + 0.1 * k, k < 3 ? "" : k % 2 ? "2" : "3");
    fclose(file);
}

static int read_column(const char *path, const char *column, struct calibration_window window)
{
    const struct calibration_source source = {path, column, NULL, 0};
    calibration_series_free(&series);
    report_free(&report);
    report_init(&report);
    return calibration_series_read(&source, &window, &report, &series);
}

Test(series, knows_its_frequency_window_and_columns)
{
    write_months("m.csv");
    cr_assert_eq(read_column("m.csv", "nick", (struct calibration_window){0}), STATUS_OK);
    cr_expect_eq(series.step, 1);
    cr_expect_eq(series.count, 24);
    cr_expect_eq(series.first, 12 * 2000);
    cr_expect_str_eq(series.column, "Nickel (USD/t)");
    cr_expect_float_eq(series.log[10], log(2.0), 1e-14);
    cr_assert_eq(read_column("m.csv", "other", (struct calibration_window){0}), STATUS_OK, "leading blanks are passed over");
    cr_expect_eq(series.count, 21);
    cr_assert_eq(read_column("m.csv", "other", (struct calibration_window){.from = "2000-07", .to = "2001-09"}), STATUS_OK);
    cr_expect_eq(series.count, 15);
    cr_expect_eq(series.first, 12 * 2000 + 6);
}

Test(series, takes_means_of_whole_years)
{
    FILE *file = fopen("q.csv", "w");
    fprintf(file, "date,value\n1999-10-01,50\n");
    for (int k = 0; k < 42; k++) fprintf(file, "%d-%02d-01,%d\n", 2000 + k / 4, k % 4 * 3 + 1, 1 + k);
    fclose(file);
    cr_assert_eq(read_column("q.csv", NULL, (struct calibration_window){.annual = 1}), STATUS_OK);
    cr_expect_eq(series.count, 10, "neither 1999 nor 2010 is whole: %d", series.count);
    cr_expect_eq(series.first, 12 * 2000);
    cr_expect_eq(series.step, 12);
    cr_expect_float_eq(series.log[0], log(2.5), 1e-14);
    cr_expect_float_eq(series.log[9], log(38.5), 1e-14);
}

static void refuses(const char *text, const char *column, struct calibration_window window, int status, const char *words)
{
    write_file("bad.csv", text);
    cr_expect_eq(read_column("bad.csv", column, window), status, "%s", words);
    cr_expect(report.shown > 0 && strstr(report.message[0], words), "'%s' is not in '%s'", words,
              report.shown ? report.message[0] : "");
}

Test(series, says_what_is_wrong_errors)
{
    const struct calibration_window all = {0};
    refuses("date,value\n2000,1\n2001,x\n2002,3\n", NULL, all, STATUS_INPUT,
            "bad.csv:3: error: value: not a number, got 'x', want a number above 0");
    refuses("date,value\n2000,1\n2001,0\n", NULL, all, STATUS_INPUT,
            "bad.csv:3: error: value: not above 0, its logarithm is wanted, got '0'");
    refuses("date,value\n2000,1\n2001,5%\n", NULL, all, STATUS_INPUT, "percent signs are not accepted");
    refuses("date,value\n2000,1\nmay,2\n", NULL, all, STATUS_INPUT,
            "bad.csv:3: error: date: not a date, got 'may', want 2005, 2005-07 or 2005-07-01");
    refuses("date,value\n2000-01,1\n2000-02,1\n2000-04,2\n", NULL, all, STATUS_INPUT,
            "bad.csv:4: error: 2000-04 comes after 2000-02, want monthly values without a gap");
    refuses("date,value\n2001,1\n2000,1\n", NULL, all, STATUS_INPUT,
            "bad.csv:3: error: 2000 comes behind 2001, want annual values without a gap, oldest first");
    refuses("date,value\n2000-01-01,1\n2000-01-08,1\n", NULL, all, STATUS_INPUT, "several values in one month");
    refuses("date,value\n2000,1\n2002,1\n", NULL, all, STATUS_INPUT, "values 24 months apart");
    refuses("date,value\n2000,1\n2002,1\n", NULL, (struct calibration_window){.frequency = "annual"}, STATUS_INPUT,
            "2002 comes after 2000, want annual values");
    refuses("date,value\n2000,1\n2001,1\n", NULL, (struct calibration_window){.frequency = "daily"}, STATUS_USAGE,
            "--frequency: got 'daily'");
    refuses("date,value\n2000,1\n2001,1\n", NULL, all, STATUS_INPUT,
            "bad.csv: error: 2 values in column 'value', want 10 at least");
    refuses("date,a,b\n2000,1,1\n", NULL, all, STATUS_USAGE, "--column: bad.csv has several columns, want one of 'a', 'b'");
    refuses("date,a,b\n2000,1,1\n", "c", all, STATUS_USAGE, "--column: no such column in bad.csv, got 'c', want one of 'a', 'b'");
    refuses("date,ab,ac\n2000,1,1\n", "a", all, STATUS_USAGE, "--column: more than one begins so in bad.csv");
    refuses("value\n1\n", NULL, all, STATUS_INPUT, "bad.csv:1: error: one column");
    refuses("date,value\n2000,1\n", NULL, (struct calibration_window){.from = "x"}, STATUS_USAGE, "--from: not a date, got 'x'");
    refuses("date,value\n2000,1\n", NULL, (struct calibration_window){.from = "2001", .to = "2000"}, STATUS_USAGE,
            "--from: got '2001', want no later than --to");
    cr_expect_eq(read_column("none.csv", NULL, all), STATUS_FILE);
}

Test(series, tells_all_faulty_rows)
{
    write_file("bad.csv", "date,value\n2000,a\n2001,b\n2002,c\n");
    read_column("bad.csv", NULL, (struct calibration_window){0});
    cr_expect_eq(report.errors, 3);
}

/* ---- several series ---- */

static int fit(const struct calibration_source *source, size_t count, struct calibration_choice choice, struct calibration **out)
{
    report_free(&report);
    report_init(&report);
    return calibration_fit_create(out, source, count, &choice, &report);
}

Test(series, correlates_what_stands_at_the_same_time)
{
    static const double shock[] = {0.3, -0.2, 0.1, 0.4, -0.5, 0.2, 0.1, -0.3, 0.2, -0.1, 0.3, 0.1, -0.2, 0.2};
    const struct calibration_source source[] = {
        {"a.csv", NULL, "market.input.a", 0}, {"b.csv", NULL, "market.demand.b", 0}, {"b.csv", NULL, "market.fx.c", 1}};
    struct calibration *c;
    double a = 1.0, b = 1.0;
    FILE *first = fopen("a.csv", "w"), *second = fopen("b.csv", "w");
    fprintf(first, "year,v\n2000,1\n");
    fprintf(second, "year,v\n");
    for (int k = 0; k < 14; k++) {
        fprintf(first, "%d,%.17g\n", 2001 + k, a *= exp(shock[k]));
        if (k >= 2) fprintf(second, "%d,%.17g\n", 2001 + k, b);
        if (k >= 1 && k < 13) b *= exp(0.5 * shock[k + 1]);
    }
    fclose(first);
    fclose(second);
    cr_assert_eq(fit(source, 3, (struct calibration_choice){.model = NUMERIC_BROWNIAN}, &c), STATUS_OK, "%s", report.message[0]);
    cr_expect_eq(c->pairs, 3);
    cr_expect_eq(c->pair[0].common, 11, "%d", c->pair[0].common);
    cr_expect_gt(c->pair[0].correlation.value, 0.999, "%g", c->pair[0].correlation.value);
    cr_expect_float_eq(c->pair[2].correlation.value, -1.0, 1e-12, "the same series the other way round");
    calibration_fit_destroy(c);
}

Test(series, refuses_names_and_models_errors)
{
    struct calibration_source source[] = {{"m.csv", "Nickel", "market.input.a", 0}, {"m.csv", "Nickel", "market.input.a", 0}};
    struct calibration *c;
    write_months("m.csv");
    cr_expect_eq(fit(source, 2, (struct calibration_choice){0}, &c), STATUS_USAGE);
    cr_expect_str_eq(report.message[0], "pactolus: error: --as: given twice, got 'market.input.a'");
    source[0].name = "market.inputs.a";
    cr_expect_eq(fit(source, 1, (struct calibration_choice){0}, &c), STATUS_USAGE);
    cr_expect_not_null(strstr(report.message[0], "no level has that name, got 'market.inputs.a'"));
    source[0].name = "market.input.a";
    cr_expect_eq(fit(source, 1, (struct calibration_choice){.model = NUMERIC_JUMPS, .averaged = 1}, &c), STATUS_INPUT);
    cr_expect_not_null(strstr(report.message[0], "m.csv: error: Nickel (USD/t): a jump spreads over two averages"), "%s",
                       report.message[0]);
    cr_expect_null(c);
}

Test(series, knows_the_names_of_levels)
{
    static const char *const good[] = {"market.demand.us", "market.price.a_1", "market.fx.eu", "market.input.steel",
                                       "partners.alpha.share"};
    static const char *const bad[] = {
        "market.demand.",  "market.demand.US",   "market.demand.us.growth", "demand.us",
        "partners..share", "partners.a.b.share", "market.fx.a-b",           "market.input.a23456789012345678901234567890123"};
    for (size_t k = 0; k < sizeof good / sizeof *good; k++) cr_expect(calibration_fit_is_level(good[k]), "%s", good[k]);
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) cr_expect_not(calibration_fit_is_level(bad[k]), "%s", bad[k]);
}

Test(series, is_refused_beyond_what_a_deal_takes_errors)
{
    struct calibration c = {.count = 1};
    char *text = NULL;
    size_t size;
    c.fitted[0].series = (struct calibration_series){.path = "x.csv", .name = "market.input.x", .count = 20, .step = 12};
    c.fitted[0].candidate[0] = (struct numeric_diffusion_fit){.growth = {0.1, 0.1}, .volatility = {3.5, 0.1}};
    FILE *stream = open_memstream(&text, &size);
    cr_expect_eq(calibration_write_fragment(stream, &c, &report), STATUS_INPUT);
    fclose(stream);
    free(text);
    cr_expect_str_eq(
        report.message[0],
        "x.csv: error: market.input.x: the estimate of volatility is beyond what a deal takes, got '3.5', want 0 to 3");
}

/* Levels and pairs as a deal names them. */
Test(series, writes_names_that_a_deal_has)
{
    struct calibration c = {.count = 2, .pairs = 1};
    char *text = NULL;
    size_t size;
    c.fitted[0].series = (struct calibration_series){.path = "x.csv", .name = "partners.alpha.share", .count = 20, .step = 12};
    c.fitted[0].candidate[NUMERIC_BROWNIAN] = (struct numeric_diffusion_fit){.growth = {0.1, 0.05}, .volatility = {0.2, 0.01}};
    c.fitted[1].series = (struct calibration_series){.path = "y\n.csv", .name = "market.fx.eu", .count = 20, .step = 12};
    c.fitted[1].chosen = NUMERIC_JUMPS;
    c.fitted[1].candidate[NUMERIC_JUMPS] =
        (struct numeric_diffusion_fit){.model = NUMERIC_JUMPS, .growth = {0.0, 0.05}, .volatility = {0.3, 0.01}, .jump_rate = {2.0, 1.0},
                                       .jump_mean = {0.1, 0.01}, .jump_volatility = {0.2, 0.02}};
    c.pair[0] = (struct calibration_pair){0, 1, 19, {0.5, 0.1}, 0.5};
    FILE *stream = open_memstream(&text, &size);
    cr_expect_eq(calibration_write_fragment(stream, &c, &report), STATUS_OK);
    fclose(stream);
    cr_expect_not_null(strstr(text, "\npartners.alpha.share.volatility: 0.2  # +- 0.01\npartners.alpha.share.mean_reversion: 0\n"), "%s", text);
    cr_expect_not_null(strstr(text, "\nmarket.fx.eu.volatility: 0.3  # +- 0.01\nmarket.fx.eu.jump_rate: 2  # +- 1\n"), "%s", text);
    cr_expect_not_null(strstr(text, "\nmarket.fx.eu.jump_volatility: 0.2  # +- 0.02\nmarket.fx.eu.mean_reversion: 0\n"), "%s", text);
    cr_expect_not_null(strstr(text, "{first: share.alpha, second: fx.eu, correlation: 0.5000}"), "%s", text);
    cr_expect_null(strstr(text, "\n.csv"), "a path ends no comment: %s", text);
    free(text);
}
