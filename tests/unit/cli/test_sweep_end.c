/* How a sweep ends: exit codes, the closing notes, and what of it many ranks say. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(cli_sweep_end, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

static int ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), e = strlen(end);
    return n >= e && !strcmp(text + n - e, end);
}

Test(cli_sweep_end, closes_with_what_was_done)
{
    command_run(&o, PACTOLUS " sweep deal.yaml -o x.h5 -t 1");
    cr_expect_eq(o.code, 0);
    cr_expect(ends_with(o.error, "10 points in 2.00 s on 1 thread (5.0 points/s)\n10 points; result file: x.h5\n"), "%s",
              o.error);
    command_run(&o, PACTOLUS " sweep deal.yaml -o $'x\\n.h5' -t 4");
    cr_expect(ends_with(o.error, " on 4 threads (5.0 points/s)\n10 points; result file: x\\x0a.h5\n"), "%s", o.error);
}

Test(cli_sweep_end, stops_on_a_signal_and_says_how_to_go_on)
{
    static const struct {
        const char *deal;
        int code;
    } cases[] = {{"int.yaml", 130}, {"stop.yaml", 143}, {"usr.yaml", 138}, {"hup.yaml", 129}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        command_run(&o, PACTOLUS " sweep %s -t 2 -o x.h5", cases[k].deal);
        cr_expect_eq(o.code, cases[k].code, "%s ended with %d", cases[k].deal, o.code);
        cr_expect(ends_with(o.error, "3 points in 2.00 s on 2 threads (1.5 points/s)\n"
                                     "3 of 10 points are in x.h5.parts; the same command goes on, or: pactolus resume x.h5\n"),
                  "%s", o.error);
    }
}

Test(cli_sweep_end, tells_points_that_failed)
{
    command_run(&o, PACTOLUS " sweep part.yaml -t 1 -o x.h5");
    cr_expect_eq(o.code, 8);
    cr_expect_not_null(strstr(o.error, "4 points in 2.00 s on 1 thread (2.0 points/s)\n10 points; result file: x.h5\n"), "%s",
                       o.error);
    cr_expect_not_null(strstr(o.error, "pactolus: error: 1 of 10 points failed\n"), "%s", o.error);
}

Test(cli_sweep_end, tells_that_time_ran_out)
{
    command_run(&o, PACTOLUS " sweep late.yaml -o x.h5");
    cr_expect_eq(o.code, 8);
    cr_expect_not_null(strstr(o.error, "3 of 10 points are in x.h5.parts; the same command goes on"), "%s", o.error);
    cr_expect_null(strstr(o.error, "points in "), "nothing was run: %s", o.error);
}

Test(cli_sweep_end, promises_nothing_of_journals_of_another_sweep)
{
    command_run(&o, PACTOLUS " sweep refused.yaml -o x.h5");
    cr_expect_eq(o.code, 6);
    cr_expect_null(strstr(o.error, "goes on"), "%s", o.error);
    cr_expect(ends_with(o.error, "pactolus: error: the journals are of another sweep\n"), "%s", o.error);
}

Test(cli_sweep_end, says_only_errors_when_quiet)
{
    command_run(&o, PACTOLUS " sweep deal.yaml -q");
    cr_expect_eq(o.code, 0);
    cr_expect_str_empty(o.error, "%s", o.error);
    command_run(&o, PACTOLUS " sweep stop.yaml --quiet");
    cr_expect_eq(o.code, 143);
    cr_expect_str_empty(o.error, "%s", o.error);
    command_run(&o, PACTOLUS " sweep part.yaml --quiet");
    cr_expect_eq(o.code, 8);
    cr_expect_str_eq(o.error, "pactolus: error: 1 of 10 points failed\n");
}

Test(cli_sweep_end, leaves_lines_in_a_log)
{
    command_run(&o, PACTOLUS " sweep deal.yaml -o x.h5 -t 1");
    cr_expect_not_null(strstr(o.error, "[######..............]  30%  3 of 10 points  "), "%s", o.error);
    cr_expect_null(strchr(o.error, '\r'), "no terminal: %s", o.error);
}

/* ---- Ranks ---- */

Test(cli_sweep_end, tells_how_many_ranks_there_were)
{
    command_run(&o, "FAKE_RANKS=4 " PACTOLUS " sweep deal.yaml -o x.h5 -t 2");
    cr_expect_eq(o.code, 0);
    cr_expect_not_null(strstr(o.error, "10 points in 2.00 s on 4 ranks of 2 threads (5.0 points/s)\n"), "%s", o.error);
}

Test(cli_sweep_end, is_told_by_the_first_rank_alone)
{
    command_run(&o, "FAKE_RANKS=4 FAKE_RANK=2 " PACTOLUS " sweep deal.yaml -o x.h5");
    cr_expect_eq(o.code, 0);
    cr_expect_str_empty(o.error, "%s", o.error);
    command_run(&o, "FAKE_RANKS=4 FAKE_RANK=2 " PACTOLUS " sweep deal.yaml --dry-run; FAKE_RANKS=4 FAKE_RANK=2 " PACTOLUS
                    " sweep deal.yaml --write-design d.csv; ls");
    cr_expect_str_empty(o.output, "%s", o.output);
}

Test(cli_sweep_end, tells_a_fault_of_another_rank_once_with_its_number)
{
    command_run(&o, "FAKE_RANKS=4 FAKE_RANK=2 FAKE_SPEAKER=2 " PACTOLUS " sweep input.yaml");
    cr_expect_eq(o.code, 3);
    cr_expect_str_eq(o.error, "pactolus: rank 2:\ninput.yaml:3:1: error: years: what\n");
    command_run(&o, "FAKE_RANKS=4 FAKE_RANK=3 FAKE_SPEAKER=2 " PACTOLUS " sweep input.yaml");
    cr_expect_eq(o.code, 3);
    cr_expect_str_empty(o.error, "%s", o.error);
    command_run(&o, "FAKE_RANKS=4 FAKE_RANK=2 " PACTOLUS " sweep deal.yaml -n 0");
    cr_expect_eq(o.code, 2);
    cr_expect_str_empty(o.error, "rank 0 says it: %s", o.error);
}
