/* The commands behind a sweep: merge and resume repeat its line in its folder, status asks. A sweep of the fake library leaves
   its words where the test has made the folder OUT.parts. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct command_outcome o;
static char here[512];

static void set_up(void)
{
    command_enter();
    cr_assert_not_null(getcwd(here, sizeof here));
    command_run(&o, "mkdir -p first/x.h5.parts second/parts third && cd first && " PACTOLUS
                    " sweep ../deals/deal.yaml --vary a=1:2 --vary b=3:4 --points 5 --design-seed 6 --set c=1 -n 7 --seed 8 -t 2 "
                    "-o x.h5 --full "
                    "--samples 9 --shard 2/3 --max-time 1h -q");
    cr_assert_eq(o.code, 0, "%s", o.error);
}
TestSuite(cli_merge, .init = set_up, .fini = command_leave);

static void expect(const char *format, const char *argument)
{
    char words[1024];
    snprintf(words, sizeof words, format, argument);
    cr_expect_not_null(strstr(o.output, words), "no '%s' in: %s%s", words, o.output, o.error);
}

/* ---- merge ---- */

Test(cli_merge, repeats_the_line_of_the_sweep_in_its_folder)
{
    command_run(&o, PACTOLUS " merge first/x.h5");
    cr_expect_eq(o.code, 0, "%s", o.error);
    expect("merge deal=../deals/deal.yaml sets=[c|1] table=design=- points=5 seed=6! [a=1:2] [b=3:4] paths=7 seed=8 samples=9 %s",
           "");
    expect("output=%s/first/x.h5 force=0 full=1 ", here);
    expect(" partial=0 ranks=0 folder=%s/first ", here);
    expect("line=pactolus merge first/x.h5 words= parts=\n%s", "");
    cr_expect_not_null(strstr(o.error, "10 points; result file: /"), "%s", o.error);
    cr_expect_not_null(strstr(o.error, "/first/x.h5\n"), "%s", o.error);
}

Test(cli_merge, joins_all_shards_whatever_that_of_the_line_was)
{
    command_run(&o, PACTOLUS " merge first/x.h5");
    expect("shard=0/0 %s", "");
}

Test(cli_merge, has_options_of_its_own)
{
    command_run(&o, PACTOLUS " merge --partial first/x.h5 --force");
    expect(" force=1 full=1 %s", "");
    expect(" partial=1 %s", "");
    command_run(&o, PACTOLUS " merge -q first/x.h5");
    cr_expect_eq(o.code, 0);
    cr_expect_str_empty(o.error, "%s", o.error);
}

/* --force of the sweep was for the sweep. */
Test(cli_merge, forces_nothing_because_the_sweep_did)
{
    command_run(&o, "mkdir first/f.h5.parts; cd first; " PACTOLUS " sweep deal.yaml -o f.h5 --force; " PACTOLUS " merge f.h5");
    expect("output=%s/first/f.h5 force=0 ", here);
}

Test(cli_merge, reads_folders_from_where_it_is_called)
{
    command_run(&o, "cd second; " PACTOLUS " merge ../first/x.h5 parts ../third/");
    cr_expect_eq(o.code, 0, "%s", o.error);
    expect("parts=[%s/second/parts]", here);
    expect("[%s/third]\n", here);
    expect("output=%s/first/x.h5 ", here);
    command_run(&o, "cd first; " PACTOLUS " merge x.h5");
    expect("output=%s/first/x.h5 ", here);
}

Test(cli_merge, takes_the_line_of_the_first_folder_that_has_one)
{
    command_run(&o,
                "mkdir there; mv first/x.h5.parts there/moved; cd second; " PACTOLUS " merge ../first/x.h5 parts ../there/moved");
    cr_expect_eq(o.code, 0, "%s", o.error);
    expect("output=%s/first/x.h5 ", here);
    expect("folder=%s/first ", here);
    expect("parts=[%s/second/parts]", here);
    expect("[%s/there/moved]\n", here);
    cr_expect_null(strstr(o.error, "no sweep"), "what is behind is no error: %s", o.error);
}

/* It would begin anew under its old name. */
Test(cli_merge, a_renamed_sweep_is_not_resumed)
{
    command_run(&o, "mv first/x.h5.parts first/y.h5.parts; " PACTOLUS " resume first/y.h5");
    cr_expect_eq(o.code, 2, "%d", o.code);
    cr_expect_not_null(strstr(o.error, "/first/y.h5: was renamed: its sweep writes '"), "%s", o.error);
    cr_expect_str_empty(o.output, "%s", o.output);
}

/* So that "until pactolus resume" comes to an end. */
Test(cli_merge, of_a_finished_sweep_resume_has_nothing_to_do)
{
    command_run(&o, "touch first/done.h5; " PACTOLUS " resume first/done.h5");
    cr_expect_eq(o.code, 0, "%d", o.code);
    cr_expect_str_eq(o.error, "finished: the result is there\n");
    command_run(&o, "touch first/x.h5; " PACTOLUS " resume first/x.h5");
    expect("output=x.h5 %s", "");
}

Test(cli_merge, resume_adds_its_options_to_the_line)
{
    command_run(&o, PACTOLUS " resume first/x.h5 --force --retry-failed");
    cr_expect_eq(o.code, 0, "%s", o.error);
    expect("force=1 %s", "");
    expect("retry=1 %s", "");
    command_run(&o, PACTOLUS " resume first/x.h5");
    expect("force=0 %s", "");
    expect("retry=0 %s", "");
}

Test(cli_merge, refuses_what_is_not_there)
{
    command_run(&o, PACTOLUS " merge lost.h5");
    cr_expect_eq(o.code, 4);
    cr_expect_str_eq(o.error, "lost.h5: error: no sweep is under way here\n");
    command_run(&o, PACTOLUS " merge first/x.h5 nowhere");
    cr_expect_eq(o.code, 4);
    cr_expect_str_eq(o.error, "pactolus: error: nowhere: No such file or directory\n");
    command_run(&o, PACTOLUS " merge nowhere/x.h5");
    cr_expect_eq(o.code, 4);
    cr_expect_str_eq(o.error, "pactolus: error: nowhere/x.h5: No such file or directory\n");
    command_run(&o, "mv first/x.h5.parts second/x.h5.parts; rmdir first; " PACTOLUS " merge second/x.h5");
    cr_expect_eq(o.code, 4, "the folder of the line is gone: %d", o.code);
    cr_expect_not_null(strstr(o.error, "/first: No such file or directory\n"), "%s", o.error);
    cr_expect_str_empty(o.output, "%s", o.output);
}

Test(cli_merge, tells_what_the_joining_met)
{
    command_run(&o, "cd first && mkdir p.h5.parts l.h5.parts s.h5.parts && " PACTOLUS " sweep part.yaml -q -o p.h5; " PACTOLUS
                    " sweep late.yaml -q -o l.h5; " PACTOLUS " merge p.h5");
    cr_expect_eq(o.code, 8);
    cr_expect_not_null(strstr(o.error, "10 points; result file: "), "%s", o.error);
    command_run(&o, "cd first; " PACTOLUS " merge l.h5");
    cr_expect_eq(o.code, 8);
    cr_expect_not_null(strstr(o.error, "3 of 10 points are in "), "%s", o.error);
    command_run(&o, "cd first; " PACTOLUS " sweep stop.yaml -q -o s.h5; " PACTOLUS " merge s.h5");
    cr_expect_eq(o.code, 143, "%d", o.code);
}

Test(cli_merge, has_usage_errors)
{
    command_run(&o, PACTOLUS " merge");
    cr_expect_eq(o.code, 2);
    cr_expect_str_eq(o.error, "pactolus: error: merge: want OUT.h5 [PARTS]...\nTry 'pactolus merge --help'.\n");
    command_run(&o, PACTOLUS " resume a.h5 b.h5");
    cr_expect_eq(o.code, 2);
    command_run(&o, PACTOLUS " status --what x.h5");
    cr_expect_eq(o.code, 2);
    cr_expect_not_null(strstr(o.error, "Try 'pactolus status --help'.\n"), "%s", o.error);
}

/* ---- resume ---- */

Test(cli_merge, is_not_needed_by_resume_which_repeats_all_of_the_line)
{
    command_run(&o, "cd second; " PACTOLUS " resume ../first/x.h5");
    cr_expect_eq(o.code, 0, "%s", o.error);
    expect("sweep deal=../deals/deal.yaml sets=[c|1] table=design=- points=5 seed=6! [a=1:2] [b=3:4] paths=7 seed=8 samples=9 %s",
           "");
    expect("output=x.h5 force=0 full=1 shard=2/3 seconds=3600 %s", "");
    expect("folder=%s/first ", here);
    expect("words=[%s][sweep][../deals/deal.yaml][--vary]", PACTOLUS);
    cr_expect_str_empty(o.error, "the line was quiet: %s", o.error);
}

Test(cli_merge, keeps_the_exit_code_of_what_resume_repeats)
{
    command_run(&o, "mkdir s.h5.parts; " PACTOLUS " sweep usr.yaml -o s.h5 -q; " PACTOLUS " resume s.h5");
    cr_expect_eq(o.code, 138, "%d", o.code);
    command_run(&o, PACTOLUS " resume lost.h5");
    cr_expect_eq(o.code, 4);
    cr_expect_str_eq(o.error, "lost.h5: error: no sweep is under way here\n");
}

/* ---- status ---- */

Test(cli_merge, leaves_how_far_it_is_to_status)
{
    command_run(&o, PACTOLUS " status x.h5");
    cr_expect_eq(o.code, 0);
    cr_expect_str_eq(o.output, "3 of 10 points\n");
    command_run(&o, PACTOLUS " status --json x.h5");
    cr_expect_eq(o.code, 0);
    cr_expect_str_eq(o.output, "{}\n");
    cr_expect_str_empty(o.error);
    command_run(&o, PACTOLUS " status lost.h5");
    cr_expect_eq(o.code, 4);
    cr_expect_str_empty(o.output);
    cr_expect_str_eq(o.error, "lost.h5: error: no sweep is under way here\n");
    command_run(&o, PACTOLUS " status x.h5 >/dev/full");
    cr_expect_eq(o.code, 4);
}
