/* Rows 76, 80, 81 of the hostile inputs, and the way of every option into the run. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(cli_command, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

static void expect_usage(const char *line, const char *words)
{
    command_run(&o, PACTOLUS " %s", line);
    cr_expect_eq(o.code, 2, "'%s' ended with %d", line, o.code);
    cr_expect_str_empty(o.output, "'%s'", line);
    cr_expect_not_null(strstr(o.error, words), "'%s' said: %s", line, o.error);
    cr_expect_eq(strncmp(o.error, "pactolus: error: ", 17), 0);
}

static void expect_run(const char *line, const char *words)
{
    command_run(&o, "OMP_NUM_THREADS=3 " PACTOLUS " run --json %s", line);
    cr_expect_eq(o.code, 0, "'%s' ended with %d: %s", line, o.code, o.error);
    cr_expect_not_null(strstr(o.output, words), "'%s' printed %s", line, o.output);
}

Test(cli_command, passes_the_defaults)
{
    expect_run("deal.yaml", "paths=100000 seed=1 samples=0 memory=2147483648 threads=3 output=deal.h5 force=0 sets= table= ");
}

Test(cli_command, passes_every_option)
{
    expect_run("deal.yaml -n 5e3 --seed 18446744073709551615 -t 7 -o x.h5 --samples all --memory 500M --force "
               "--scenarios t.csv --set a.b=1 --set 'c=uniform(1, 2)'",
               "paths=5000 seed=18446744073709551615 samples=18446744073709551615 memory=524288000 threads=7 output=x.h5 "
               "force=1 sets=[a.b|1][c|uniform(1, 2)] table=t.csv ");
    expect_run("--paths=7 --output=none --samples=12 deal.yaml --threads=1024", "paths=7 seed=1 samples=12");
    cr_expect_not_null(strstr(o.output, "threads=1024 output=- "));
}

Test(cli_command, passes_several_deals)
{
    expect_run("a/deal.yaml b.yaml -n 5 --set x=1", "paths=5 seed=1 samples=0 memory=2147483648 threads=3 output=- force=0 "
                                                    "sets=[x|1] table=[a[x|1]][b[x|1]] line=");
    expect_run("b.yaml b.yaml b.yaml -o all.h5 --force", "output=all.h5 force=1 sets= table=[b][b][b] ");
}

Test(cli_command, passes_several_deals_errors)
{
    expect_usage("run a.yaml b.yaml --scenarios t.csv", "--scenarios: is of one deal, and there are 2");
    expect_usage("run a.yaml b.yaml --trace 3", "--trace: is of one deal");
    expect_usage("run $(yes a.yaml | head -33)", "33 deals, want at most 32");
    command_run(&o, PACTOLUS " run a.yaml input.yaml b.yaml file.yaml");
    cr_expect_eq(o.code, 3);
    cr_expect_not_null(strstr(o.error, "input.yaml:3:1: error"));
    cr_expect_not_null(strstr(o.error, "file.yaml: error"), "all faulty files are told");
    command_run(&o, PACTOLUS " run stop.yaml b.yaml");
    cr_expect_eq(o.code, 128 + 15);
}

Test(cli_command, passes_the_options_of_an_attribution)
{
    command_run(&o, "OMP_NUM_THREADS=3 " PACTOLUS " attribute --json deal.yaml");
    cr_expect_not_null(strstr(o.output, "paths=10000 seed=1 samples=0 memory=2147483648 threads=3 output=- force=0 sets= table= "), "%s", o.output);
    command_run(&o, PACTOLUS " attribute --json deal.yaml --switches exit,pooling -n 7 --seed 5 -t 2 -o x.h5 --force --memory 1G --set a.b=1");
    cr_expect_not_null(strstr(o.output, "paths=7 seed=5 samples=0 memory=1073741824 threads=2 output=x.h5 force=1 sets=[a.b|1] "
                                        "table=[exit][pooling] "), "%s", o.output);
    command_run(&o, PACTOLUS " attribute stop.yaml");
    cr_expect_eq(o.code, 128 + 15);
}

Test(cli_command, passes_the_options_of_an_attribution_errors)
{
    expect_usage("attribute a.yaml --switches a,,b", "--switches: an empty name");
    expect_usage("attribute a.yaml --switches ,", "--switches: an empty name");
    expect_usage("attribute a.yaml --switches unknown", "--switches: no switch");
    expect_usage("attribute a.yaml --switches $(seq -s, 1 40)", "--switches: too many names");
    expect_usage("attribute a.yaml --switches $(seq -s, 1000 2000)", "--switches: too long");
    expect_usage("attribute a.yaml b.yaml", "'b.yaml' is one word too many");
    expect_usage("attribute", "DEAL");
    expect_usage("attribute a.yaml --samples all", "unknown option");
}

Test(cli_command, passes_the_options_of_drivers)
{
    command_run(&o, "OMP_NUM_THREADS=3 " PACTOLUS " drivers --json deal.yaml");
    cr_expect_not_null(strstr(o.output, "paths=100000 seed=1 samples=0 memory=2147483648 threads=3 output=- force=0 sets= table= "), "%s", o.output);
    command_run(&o, PACTOLUS " drivers --json deal.yaml -n 7 --seed 5 -t 2 -o x.h5 --force --memory 1G --set a.b=1");
    cr_expect_not_null(strstr(o.output, "paths=7 seed=5 samples=0 memory=1073741824 threads=2 output=x.h5 force=1 sets=[a.b|1] "), "%s", o.output);
    command_run(&o, PACTOLUS " drivers stop.yaml");
    cr_expect_eq(o.code, 128 + 15);
    expect_usage("drivers a.yaml -n 0 --seed x", "--paths: ");
    expect_usage("drivers a.yaml -n 0 --seed x", "--seed: ");
    expect_usage("drivers a.yaml b.yaml", "'b.yaml' is one word too many");
    expect_usage("drivers a.yaml --samples all", "unknown option");
}

Test(cli_command, passes_the_options_of_a_seek)
{
    command_run(&o, "OMP_NUM_THREADS=3 " PACTOLUS " seek --json deal.yaml --vary a.b=0:1 --want x.y=0.5");
    cr_expect_not_null(strstr(o.output, "paths=20000 seed=1 samples=0 memory=2147483648 threads=3 output=- force=0 sets= table=[a.b=0:1][x.y=0.5] "),
                       "%s", o.output);
    cr_expect_eq(strncmp(o.output, "{\"found\": 0.5, ", 15), 0, "%s", o.output);
    cr_expect_str_eq(o.output + strlen(o.output) - 2, "}\n");
    command_run(&o, PACTOLUS " seek deal.yaml --vary a.b=0:1 --want x.y=z -n 7 -o x.h5");
    cr_expect_eq(strncmp(o.output, "found\n", 6), 0, "%s", o.output);
    command_run(&o, PACTOLUS " seek stop.yaml --vary a.b=0:1 --want x.y=0.5");
    cr_expect_eq(o.code, 128 + 15);
    expect_usage("seek a.yaml", "--vary: missing");
    expect_usage("seek a.yaml", "--want: missing");
    expect_usage("seek a.yaml --vary a=0:1 --vary b=0:1 --want x=1", "--vary: given twice");
    expect_usage("seek a.yaml --vary a=0:1 --want x=1 --scenarios t.csv", "unknown option");
}

Test(cli_command, passes_the_paths_to_trace)
{
    static const char *const cases[][2] = {
        {"deal.yaml --trace 0", "trace scenario=0 seed=1 format=0 sets= paths=0;"},
        {"deal.yaml --trace 3,1e6,999999999999 --seed 7 --json --set a.b=1", "trace scenario=0 seed=7 format=2 sets=[a.b|1] paths=3;1000000;999999999999;"},
        {"deal.yaml --trace 5 --trace-scenario base -o none -n 10 -q", "paths=5;"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        command_run(&o, PACTOLUS " run %s", cases[k][0]);
        cr_expect_eq(o.code, 0, "'%s' ended with %d: %s", cases[k][0], o.code, o.error);
        cr_expect_not_null(strstr(o.output, cases[k][1]), "%s", o.output);
        cr_expect_str_empty(o.error);
    }
}

Test(cli_command, passes_the_paths_to_trace_errors)
{
    expect_usage("run a.yaml --trace ''", "--trace: empty value");
    expect_usage("run a.yaml --trace x", "--trace: not a whole number");
    expect_usage("run a.yaml --trace 1,", "--trace: not a whole number");
    expect_usage("run a.yaml --trace 1,,2", "--trace: not a whole number");
    expect_usage("run a.yaml --trace -1", "--trace: not a whole number");
    expect_usage("run a.yaml --trace 1.5", "--trace: not a whole number");
    expect_usage("run a.yaml --trace 1e12", "want 0 to 999999999999");
    expect_usage("run a.yaml --trace 123456789012345678901234567890123456789", "--trace: not a whole number");
    expect_usage("run a.yaml --trace $(seq -s, 0 63),64", "--trace: too many paths, want at most 64");
    expect_usage("run a.yaml --trace 1 --trace 2", "--trace: given twice");
    expect_usage("run a.yaml --trace 1 -o x.h5", "--output: a trace writes no file");
    expect_usage("run a.yaml --trace 1 --samples all", "--samples: not together with --trace");
    expect_usage("run a.yaml --trace 1 --trace-scenario other", "--trace-scenario: no scenario 'other'");
    expect_usage("run a.yaml --trace-scenario base", "--trace-scenario: says of which scenario");
}

Test(cli_command, passes_its_options_to_coalitions)
{
    static const char *const cases[][2] = {
        {"deal.yaml -t 2 -q",
         "coalitions paths=100000 seed=1 memory=2147483648 threads=2 output=- force=0 format=0 sets= line=pactolus coalitions"},
        {"deal.yaml -n 1e4 --seed 7 -t 1 -o c.h5 --force --memory 1G --json --set a.b=1 -q",
         "coalitions paths=10000 seed=7 memory=1073741824 threads=1 output=c.h5 force=1 format=2 sets=[a.b|1] line="},
        {"deal.yaml -o none -q", "output=- "}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        command_run(&o, PACTOLUS " coalitions %s", cases[k][0]);
        cr_expect_eq(o.code, 0, "'%s' ended with %d: %s", cases[k][0], o.code, o.error);
        cr_expect_not_null(strstr(o.output, cases[k][1]), "%s", o.output);
        cr_expect_str_empty(o.error);
    }
    command_run(&o, PACTOLUS " coalitions deal.yaml -t 1");
    cr_expect_not_null(strstr(o.error, "50000 paths in "), "%s", o.error);
    command_run(&o, PACTOLUS " coalitions int.yaml -t 1");
    cr_expect_eq(o.code, 130);
    cr_expect_not_null(strstr(o.error, "pactolus: stopped; no result was written"), "%s", o.error);
}

Test(cli_command, passes_its_options_to_coalitions_errors)
{
    expect_usage("coalitions", "DEAL");
    expect_usage("coalitions a.yaml -n 0", "--paths: ");
    expect_usage("coalitions a.yaml --seed x", "--seed: not a whole number");
    expect_usage("coalitions a.yaml --memory x", "--memory: ");
    expect_usage("coalitions a.yaml -t 0", "--threads: ");
    expect_usage("coalitions a.yaml --scenarios t.csv", "--scenarios");
}

Test(cli_command, keeps_the_command_line_for_the_provenance)
{
    expect_run("deal.yaml --set 'a=x y' --set \"b=it's\"", "line=pactolus run --json deal.yaml --set $'a=x y' --set $'b=it\\'s'\n");
}

Test(cli_command, names_the_result_after_the_deal_or_its_folder)
{
    expect_run("some/where/ford_sk.yaml", "output=ford_sk.h5 ");
    expect_run("scenarios/battery-jv/deal.yaml", "output=battery-jv.h5 ");
    expect_run("./deal.yaml", "output=deal.h5 ");
    expect_run("../deal.yaml", "output=deal.h5 ");
    expect_run("/deal.yaml", "output=deal.h5 ");
    expect_run("plain", "output=plain.h5 ");
    expect_run("a/.hidden", "output=.hidden.h5 ");
}

Test(cli_command, takes_operands_after_two_dashes_as_they_are)
{
    expect_run("-- -deal.yaml", "output=-deal.h5 ");
    command_run(&o, PACTOLUS " run --json -- $'line\\nfeed\\xff.yaml'");
    cr_expect_eq(o.code, 0);
}

Test(cli_command, tells_usage_errors)
{
    expect_usage("", "no command, want run, drivers, attribute, seek, coalitions, sweep, resume, status, merge, check, init, params, info, export or calibrate");
    expect_usage("rnu deal.yaml", "unknown command 'rnu'");
    expect_usage("$'\\x1b[31m'", "unknown command '\\x1b[31m'");
    expect_usage("--verion", "unknown option '--verion'");
    expect_usage("run", "run: want DEAL");
    expect_usage("run a.yaml --what", "unknown option '--what'");
    expect_usage("run a.yaml -z", "unknown option '-z'");
    expect_usage("run a.yaml --seed", "--seed: needs a value");
    expect_usage("run a.yaml -n", "-n: needs a value");
    expect_usage("run a.yaml --json=yes", "--json=yes: takes no value");
    expect_usage("run a.yaml --seed 1 --seed 2", "--seed: given twice");
    expect_usage("run a.yaml -q --quiet", "--quiet: given twice");
    expect_usage("run a.yaml -n 5 --paths=5", "--paths: given twice");
    expect_usage("run a.yaml -o ''", "--output: empty value");
    expect_usage("run a.yaml --set nothing", "--set: got 'nothing', want name=value");
    expect_usage("run a.yaml --set =1", "--set: got '=1', want name=value");
    expect_usage("run a.yaml --set ab=1 --set a=1 --set ab=2", "--set: 'ab' given twice, want each name once");
    expect_usage("check a.yaml --set a=1 --set a=1", "--set: 'a' given twice");
    expect_usage("params nothing", "no such name");
    expect_usage("params --json --markdown", "not together");
    expect_usage("info x.h5 --json --digest", "not together");
    expect_usage("check a.yaml --echo other", "no scenario 'other'");
    expect_usage("init --like nothing", "no shipped deal");
    expect_usage("init extra", "one word too many");
}

Test(cli_command, points_to_the_help_of_the_command)
{
    expect_usage("run a.yaml --what", "Try 'pactolus run --help'.");
    expect_usage("", "Try 'pactolus --help'.");
}

Test(cli_command, tells_all_faulty_options_at_once)
{
    expect_usage("run a.yaml -n 0 --seed x -t 0", "--paths: ");
    cr_expect(strstr(o.error, "--seed: ") && strstr(o.error, "--threads: "));
}

Test(cli_command, bears_very_long_lines)
{
    command_run(&o, "words=$(seq -f --set=a%%.0f=1 20000); " PACTOLUS " run --json -o none d.yaml $words");
    cr_expect_eq(o.code, 0, "%d", o.code);
    command_run(&o, PACTOLUS " run $(yes x | head -100000)");
    cr_expect_eq(o.code, 2, "%d", o.code);
    command_run(&o, PACTOLUS " run \"$(head -c 130000 /dev/zero | tr '\\0' x)\" -t y");
    cr_expect_eq(o.code, 2, "%d", o.code);
    cr_expect_lt(strlen(o.error), 1000);
    command_run(&o, PACTOLUS " run -o none -q --json --set \"a=$(head -c 130000 /dev/zero | tr '\\0' x)\" d.yaml");
    cr_expect_eq(o.code, 0, "%d", o.code);
}

Test(cli_command, gives_the_exit_code_of_the_failure)
{
    static const struct {
        const char *line;
        int code;
    } cases[] = {{"run input.yaml", 3},   {"check input.yaml", 3},     {"run file.yaml", 4},         {"run internal.yaml", 70},
                 {"check unsound.yaml", 3}, {"info damaged.h5", 6},    {"params nothing", 2},        {"check fine.yaml", 0},
                 {"run fine.yaml", 0},    {"run a.yaml --set unknown=1", 3}, {"info fine.h5", 0},    {"params", 0}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        command_run(&o, PACTOLUS " %s", cases[k].line);
        cr_expect_eq(o.code, cases[k].code, "'%s' ended with %d", cases[k].line, o.code);
        cr_expect(cases[k].code == 0 || strlen(o.output) == 0);
    }
}

Test(cli_command, prints_all_messages_and_how_many_more_there_are)
{
    command_run(&o, PACTOLUS " check many.yaml");
    cr_expect_eq(o.code, 3);
    cr_expect_not_null(strstr(o.error, "pactolus: and 5 more\n"));
}
