/* The command lines of the three calibrations, against the fake library, whose text tells what it was given. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(cli_calibrate, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

static void gives(const char *line, const char *output)
{
    command_run(&o, PACTOLUS " calibrate %s", line);
    cr_expect_eq(o.code, 0, "%s: %d %s", line, o.code, o.error);
    cr_expect_str_eq(o.output, output, "%s: %s", line, o.output);
}

static void refuses(const char *line, int code, const char *words)
{
    command_run(&o, PACTOLUS " calibrate %s", line);
    cr_expect_eq(o.code, code, "%s: %d", line, o.code);
    cr_expect_not_null(strstr(o.error, words), "%s: no '%s' in %s", line, words, o.error);
    cr_expect_str_empty(o.output, "%s", line);
    cr_expect_null(strstr(o.error, "memory"), "%s", o.error);
}

#define PLAIN "- - - - annual=0 averaged=0 uncorrected=0 growth=0:0 output=- force=0 format=0\n"
Test(cli_calibrate, takes_series_of_one_file_or_of_several)
{
    gives("a.csv", "a.csv|-|-|0\n" PLAIN "\nfragment: 1\n");
    gives("a.csv --as market.fx.eu --column EUR --invert market.fx.eu", "a.csv|EUR|market.fx.eu|1\n" PLAIN "\nfragment: 1\n");
    gives("a.csv --column A --as market.input.a --as market.input.b --column B",
          "a.csv|A|market.input.a|0\na.csv|B|market.input.b|0\n" PLAIN "\nfragment: 1\n");
    gives("a.csv --column A --column B", "a.csv|A|-|0\na.csv|B|-|0\n" PLAIN "\nfragment: 1\n");
    gives("a.csv b.csv --as market.input.a --as market.demand.b",
          "a.csv|-|market.input.a|0\nb.csv|-|market.demand.b|0\n" PLAIN "\nfragment: 1\n");
    gives("a.csv --from 2000 --to 2020-06 --frequency monthly --model jumps --annual --averaged --uncorrected --growth -0.5 -o "
          "f.yaml --force --json",
          "a.csv|-|-|0\n2000 2020-06 monthly jumps annual=1 averaged=1 uncorrected=1 growth=1:-0.5 output=f.yaml force=1 "
          "format=2\n");
}

Test(cli_calibrate, takes_series_of_one_file_or_of_several_errors)
{
    refuses("", 2, "want SERIES...");
    refuses("input.csv", 3, "input.csv:3: error: value: not a number\n");
    refuses("a.csv b.csv --as market.input.a", 2, "pactolus: error: --as: 1 of them for 2 files, want one for each file");
    refuses("a.csv --as market.input.a --as market.input.b --column A", 2,
            "pactolus: error: --column: got 1 of them for 2 series, want one for each");
    refuses("a.csv --as market.fx.eu --invert market.fx.us", 2,
            "pactolus: error: --invert: no --as has that name, got 'market.fx.us'");
    refuses("a.csv --growth 2%", 2, "pactolus: error: --growth: not a number, got '2%', want one such as 0.02");
    refuses("a.csv --force", 2, "pactolus: error: --force: only together with --output");
    refuses("a.csv --averages", 2, "unknown option '--averages'");
}

Test(cli_calibrate, takes_a_schedule)
{
    gives("tariffs s.csv --importer US --origin Japan --product 'passenger vehicle' --from 2000 --to 2026 --regimes low:0.1,high "
          "--as market.trade.a --json",
          "s.csv US Japan passenger vehicle 2000 2026 low:0.1,high market.trade.a - force=0 format=2\n");
    gives("tariffs s.csv", "s.csv - - - - - - - - force=0 format=0\n\nfragment: 1\n");
    gives("./tariffs", "./tariffs|-|-|0\n" PLAIN "\nfragment: 1\n"); /* a file of that name */
}

Test(cli_calibrate, takes_a_schedule_errors)
{
    refuses("tariffs", 2, "pactolus: error: calibrate tariffs: want SCHEDULE");
    refuses("tariffs a b", 2, "'b' is one word too many");
    refuses("tariffs a --force", 2, "only together with --output");
}

Test(cli_calibrate, takes_a_deal)
{
    gives("survival deal.yaml -t 3",
          "deal.yaml [] 10 1.8 0 paths=20000 seed=1 threads=3 output=- force=0 format=0\n\nfragment: 1\n");
    gives("survival deal.yaml --median 7 --shape 1.5 --years 8 -n 1e5 --seed 9 -t 1 -o b.yaml --json -q",
          "deal.yaml [] 7 1.5 8 paths=100000 seed=9 threads=1 output=b.yaml force=0 format=2\n");
}

Test(cli_calibrate, takes_a_deal_errors)
{
    refuses("survival", 2, "want DEAL");
    refuses("survival input.yaml", 3, "input.yaml");
    refuses("survival deal.yaml --median ten", 2, "pactolus: error: --median: not a number, got 'ten'");
    refuses("survival deal.yaml --years 0", 2, "pactolus: error: --years: got '0', want a number above 0");
    refuses("survival deal.yaml -n many", 2, "--paths");
}
