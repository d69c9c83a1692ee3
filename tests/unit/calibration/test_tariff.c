/* A schedule by hand: what is counted, over which years. */
#include "calibration/tariff.h"
#include "support/command.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct report report;
static struct calibration_tariff t;

static void set_up(void)
{
    command_enter();
    report_init(&report);
}
static void tear_down(void)
{
    report_free(&report);
    command_leave();
}
TestSuite(tariff, .init = set_up, .fini = tear_down);

static int count(const char *rows, struct calibration_tariff_choice choice)
{
    static struct calibration_tariff_choice kept;
    FILE *file = fopen("s.csv", "w");
    fprintf(file, "importer,origin,product,rate,from,to\n%s", rows);
    fclose(file);
    report_free(&report);
    report_init(&report);
    kept = choice;
    kept.path = "s.csv";
    return calibration_tariff_count(&kept, &report, &t);
}

#define LOW "US,Japan,car,0.025,2000-01-01,2009-12-31\n"
#define HIGH "US,Japan,car,0.275,2010-01-01,2010-12-31\n"
#define HIGHER "US,Japan,car,0.30,2011-01-01,2011-12-31\n"
#define DEAL "US,Japan,car,0.15,2012-01-01,\n"
#define OTHER "US,EU,car,0.025,2000-01-01,2009-12-31\nUS,EU,car,0.25,2010-01-01,2015-12-31\n"

Test(tariff, counts_changes_over_years_watched)
{
    cr_assert_eq(count(HIGH LOW DEAL HIGHER, (struct calibration_tariff_choice){.to = "2015"}), STATUS_OK, "%s",
                 report.message[0]); /* in any order */
    cr_expect_eq(t.changes, 2, "from 0.275 to 0.30 is no change of regime");
    cr_expect_eq(t.rate[0][2].count, 1);
    cr_expect_eq(t.rate[2][1].count, 1);
    cr_expect_eq(t.start, 1);
    cr_expect_float_eq(t.regime[0].years, 3653 / 365.2425, 1e-12);
    cr_expect_float_eq(t.regime[2].years, 730 / 365.2425, 1e-12);
    cr_expect_float_eq(t.regime[2].duty, 0.2875, 1e-12);
    cr_expect_float_eq(t.rate[2][1].rate, 365.2425 / 730, 1e-12);
    cr_expect_float_eq(t.rate[2][1].high, 5.5716 * 365.2425 / 730, 1e-4, "Garwood: 1 event, up to 5.5716");
    cr_expect_float_eq(t.rate[0][1].high, 3.6889 * 365.2425 / 3653, 1e-4, "none seen is no rate of 0");
}

Test(tariff, pools_lanes_and_says_that_they_move_together)
{
    cr_assert_eq(count(LOW HIGH HIGHER DEAL OTHER, (struct calibration_tariff_choice){.importer = "us", .to = "2015-12-31"}),
                 STATUS_OK, "%s", report.message[0]);
    cr_expect_eq(t.lanes, 2);
    cr_expect_eq(t.changes, 3);
    cr_expect_eq(t.days, 2);
    cr_expect_eq(t.start, -1, "one ends in high, the other in deal");
    cr_assert_eq(
        count(LOW HIGH HIGHER DEAL OTHER, (struct calibration_tariff_choice){.origin = "EU", .from = "2005", .to = "2010"}),
        STATUS_OK);
    cr_expect_eq(t.lanes, 1);
    cr_expect_float_eq(t.regime[0].years, 1826 / 365.2425, 1e-12, "%g", t.regime[0].years);
    cr_expect_float_eq(t.regime[2].years, 365 / 365.2425, 1e-12);
    cr_assert_eq(count(LOW DEAL, (struct calibration_tariff_choice){.to = "2015"}), STATUS_OK);
    cr_expect_eq(t.gaps, 1);
    cr_expect_eq(t.changes, 0);
}

Test(tariff, has_regimes_of_its_own)
{
    cr_assert_eq(count(LOW HIGH HIGHER DEAL,
                       (struct calibration_tariff_choice){.to = "2015", .regimes = "a:0.28,b", .chain = "market.trade.x"}),
                 STATUS_OK);
    cr_expect_eq(t.regimes, 2);
    cr_expect_eq(t.rate[0][1].count, 1);
    cr_expect_eq(t.rate[1][0].count, 1);
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    calibration_tariff_write_fragment(stream, &t);
    fclose(stream);
    cr_expect_not_null(strstr(text, "\nmarket.trade.x.regimes: [a, b]\nmarket.trade.x.start: a  # in force at the "
                                    "end\nmarket.trade.x.rates.a.b: 0.06666  # 1 in 15.00 years, "),
                       "%s", text);
    free(text);
}

static void refuses(const char *rows, struct calibration_tariff_choice choice, int status, const char *words)
{
    cr_expect_eq(count(rows, choice), status, "%s", words);
    cr_expect(report.shown > 0 && strstr(report.message[0], words), "'%s' is not in '%s'", words,
              report.shown ? report.message[0] : "");
}

Test(tariff, says_what_is_wrong_errors)
{
    const struct calibration_tariff_choice all = {.to = "2020"};
    refuses(LOW DEAL, (struct calibration_tariff_choice){0}, STATUS_INPUT,
            "s.csv:3: error: to: in force without an end, got '', want a last day here, or --to DATE");
    refuses(LOW "US,Japan,car,0.1,2009-12-31,2010\n", all, STATUS_INPUT,
            "s.csv:3: error: from: begins before the period of line 2 ends");
    refuses("US,Japan,car,25,2000,2001\n", all, STATUS_INPUT,
            "s.csv:2: error: rate: out of range, got '25', want a duty as a share from 0 to 10");
    refuses("US,Japan,car,25%,2000,2001\n", all, STATUS_INPUT, "percent signs are not accepted");
    refuses("US,Japan,car,0.1,x,2001\n", all, STATUS_INPUT, "s.csv:2: error: from: not a date, got 'x'");
    refuses("US,Japan,car,0.1,2001,2000\n", all, STATUS_INPUT, "s.csv:2: error: to: before it begins");
    refuses(LOW "EU,Japan,car,0.1,2000,2001\neu,Japan,car,0.1,2002,2003\n", (struct calibration_tariff_choice){.importer = "USA"}, STATUS_USAGE,
            "s.csv: error: --importer: no row has it, got 'USA', there are 'US', 'EU'");
    refuses(LOW "EU,Korea,car,0.1,2000,2001\n", (struct calibration_tariff_choice){.importer = "EU", .origin = "japan"}, STATUS_USAGE,
            "no row has that --importer, --origin and --product together");
    char many[1024];
    for (int k = 0, n = 0; k < 13; k++) n += sprintf(many + n, "i%d,Japan,car,0.1,2000,2001\n", k);
    refuses(many, (struct calibration_tariff_choice){.importer = "USA"}, STATUS_USAGE, "'i8', 'i9' and 3 more");
    refuses(LOW, (struct calibration_tariff_choice){.from = "2015"}, STATUS_USAGE,
            "no duty was in force between --from and --to");
    refuses(LOW, (struct calibration_tariff_choice){.regimes = "low,high:0.2"}, STATUS_USAGE,
            "--regimes: a regime without its upper end, got 'low,high:0.2'");
    refuses(LOW, (struct calibration_tariff_choice){.regimes = "low:0.3,deal:0.2,high"}, STATUS_USAGE,
            "--regimes: upper ends that do not rise");
    refuses(LOW, (struct calibration_tariff_choice){.regimes = "low"}, STATUS_USAGE, "--regimes: one regime");
    refuses(LOW, (struct calibration_tariff_choice){.regimes = "low:0.3,low"}, STATUS_USAGE, "--regimes: a name given twice");
    refuses(LOW, (struct calibration_tariff_choice){.regimes = "a:1,b:2,c:3,d:4,e:5,f:6,g"}, STATUS_USAGE,
            "--regimes: more than 6 regimes");
    refuses(LOW, (struct calibration_tariff_choice){.chain = "us_japan"}, STATUS_USAGE,
            "--as: no chain has that name, got 'us_japan', want market.trade.CHAIN");
    FILE *file = fopen("s.csv", "w");
    fprintf(file, "importer,origin,rate\nUS,Japan,0.1\n");
    fclose(file);
    const struct calibration_tariff_choice here = {.path = "s.csv"};
    report_free(&report);
    report_init(&report);
    cr_expect_eq(calibration_tariff_count(&here, &report, &t), STATUS_INPUT);
    cr_expect_str_eq(report.message[0], "s.csv:1: error: no column 'product', want importer, origin, product, rate, from and to");
}
