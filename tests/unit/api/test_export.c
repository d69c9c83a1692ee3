/* pactolus_file_export, and `pactolus export` as users have it: files, full devices, readers that leave, damaged results. */
#include "unit/api/fixture.h"

#include "support/command.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct command_outcome o;
static struct pactolus_export_options options;
static char text[1 << 20];
static size_t size, stop_after;

static int keep(void *context, const char *piece, size_t n)
{
    cr_assert_eq(context, text);
    if (size + n >= sizeof text || size >= stop_after) return 1;
    memcpy(text + size, piece, n);
    size += n;
    text[size] = 0;
    return 0;
}

static void set_up(void)
{
    fixture_enter();
    struct pactolus_deal *deal = fixture_deal();
    struct pactolus_run_options run = fixture_options();
    fixture_write("t.csv", "scenario,weight,market.inflation,venture.delay\ncalm,1,0.01,1\nwild,3,0.05,\"uniform(1, 2)\"\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "t.csv", messages), PACTOLUS_OK);
    run.output = "a.h5";
    pactolus_result_destroy(fixture_run(deal, &run));
    pactolus_deal_destroy(deal);
    pactolus_export_options_init(&options);
    options.write = keep;
    options.context = text;
    size = 0;
    stop_after = SIZE_MAX;
}
TestSuite(api_export, .init = set_up, .fini = fixture_leave);

Test(api_export, gives_the_headline_piece_by_piece)
{
    cr_assert_eq(pactolus_file_export("a.h5", &options, messages), PACTOLUS_OK);
    static const char head[] = "scenario,market.inflation,venture.delay,weight,variable,partner,ledger,quantile,cause,value,unit\ncalm,0.01,1,0.25,captured_mean,alpha,,,,";
    cr_expect_eq(strncmp(text, head, strlen(head)), 0, "%.200s", text);
    cr_expect_not_null(strstr(text, "\nwild,0.05,\"uniform(1, 2)\",0.75,joint_mean,,,,,"));
    cr_expect_not_null(strstr(text, "\nweighted,,,,captured_quantile,beta,,0.5,,"));
    cr_expect_null(strstr(text, "_by_step"));
}

Test(api_export, gives_rows_and_scenarios_that_are_named)
{
    static const char *const rows[] = {"cash_by_step", "joint_mean"}, *const scenarios[] = {"wild", "calm"};
    options.rows = rows;
    options.rows_count = 2;
    options.scenarios = scenarios;
    options.scenarios_count = 2;
    cr_assert_eq(pactolus_file_export("a.h5", &options, messages), PACTOLUS_OK);
    cr_expect_eq(strncmp(text, "scenario,market.inflation,venture.delay,weight,variable,partner,step,value,unit\ncalm,0.01,1,0.25,cash_by_step,alpha,0,", 113), 0, "%.200s", text);
    cr_expect_null(strstr(text, "weighted"));
    options.wide = 1;
    size = 0;
    cr_assert_eq(pactolus_file_export("a.h5", &options, messages), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, ",cash_by_step.alpha.0,cash_by_step.alpha.0.25,"), "%.300s", text);
    cr_expect_not_null(strstr(text, ",joint_mean\ncalm,"));
}

Test(api_export, of_all_rows_has_series)
{
    options.full = 1;
    options.write = NULL;
    options.output = "full.csv";
    cr_assert_eq(pactolus_file_export("a.h5", &options, messages), PACTOLUS_OK);
    command_run(&o, "cut -d, -f6 full.csv | sort -u | grep -c _by_step; wc -l <full.csv; ls");
    cr_expect_gt(atoi(o.output), 10, "%s", o.output);
    cr_expect_not_null(strstr(o.output, "\na.h5\ndeal.yaml\nfull.csv\nt.csv\n"), "%s", o.output);
}

Test(api_export, tells_unknown_names_errors)
{
    static const char *const rows[] = {"captured_men", "captured", "joint_mean", "joint_mean", "zzz"};
    static const char *const scenarios[] = {"wilt", "calm", "calm"};
    options.rows = rows;
    options.rows_count = 5;
    options.scenarios = scenarios;
    options.scenarios_count = 3;
    options.output = "out.csv";
    cr_expect_eq(pactolus_file_export("a.h5", &options, messages), PACTOLUS_USAGE);
    static const char *const said[] = {"no row 'captured_men'; did you mean 'captured_mean'?", "no row 'captured'; did you mean 'captured_mean'?",
                                       "row 'joint_mean' is wanted twice", "no row 'zzz'", "scenario 'calm' is wanted twice",
                                       "no scenario 'wilt'; did you mean 'wild'?"};
    cr_assert_eq(pactolus_messages_count(messages), 6);
    for (size_t k = 0; k < 6; k++) cr_expect_not_null(strstr(pactolus_messages_text(messages, k), said[k]), "%s", pactolus_messages_text(messages, k));
    command_run(&o, "ls");
    cr_expect_null(strstr(o.output, "out.csv"));
}

Test(api_export, ends_when_the_caller_stops_it)
{
    stop_after = 1;
    cr_expect_eq(pactolus_file_export("a.h5", &options, messages), PACTOLUS_STOPPED);
    cr_expect_lt(size, 100000);
    options.write = NULL;
    cr_expect_eq(pactolus_file_export("a.h5", &options, messages), PACTOLUS_USAGE);
    fixture_said("want a file or a function");
}

#define EXPORT PACTOLUS " export a.h5"

Test(api_export, program_writes_equal_text_to_output_and_file)
{
    command_run(&o, EXPORT " >one.csv && " EXPORT " -o two.csv && cmp one.csv two.csv && wc -l <one.csv && " EXPORT " --wide | wc -l");
    cr_expect_eq(o.code, 0, "%s", o.error);
    cr_expect_str_empty(o.error);
    cr_expect_not_null(strstr(o.output, "\n4\n"), "%s", o.output);
}

Test(api_export, program_never_writes_over_a_file)
{
    command_run(&o, "echo mine >out.csv; " EXPORT " -o out.csv; echo $?; cat out.csv; " EXPORT " -o a.h5 --force; echo $?; "
                    EXPORT " -o none/out.csv; echo $?; " EXPORT " -o /dev/full; echo $?; " PACTOLUS " info a.h5 --digest >/dev/null; echo $?; ls");
    cr_expect_str_eq(o.output, "4\nmine\n2\n4\n4\n0\na.h5\ndeal.yaml\nout.csv\nt.csv\n");
    cr_expect_not_null(strstr(o.error, "out.csv: error: exists already; --force replaces it\n"), "%s", o.error);
    cr_expect_not_null(strstr(o.error, "a.h5: error: is the result itself"), "%s", o.error);
    command_run(&o, EXPORT " -o out.csv --force && head -c 9 out.csv");
    cr_expect_str_eq(o.output, "scenario,");
}

/* A limit of the file size stands for a full disk. */
Test(api_export, program_leaves_nothing_on_a_full_disk)
{
    static const int limits[] = {1, 20, 200}; /* kB; at 0 not even the message could be kept */
    for (size_t k = 0; k < 3; k++) {
        command_run(&o, "echo mine >out.csv; (ulimit -f %d; " EXPORT " --full -o out.csv --force); code=$?; cat out.csv; ls; exit $code", limits[k]);
        cr_expect_eq(o.code, 4, "%d: %s", o.code, o.error);
        cr_expect_str_eq(o.output, "mine\na.h5\ndeal.yaml\nout.csv\nt.csv\n");
        cr_expect_str_eq(o.error, "out.csv: error: File too large\n");
    }
    command_run(&o, "mkdir full && mount -t tmpfs -o size=100k tmpfs full 2>/dev/null || exit 99; "
                    EXPORT " --full -o full/out.csv; code=$?; ls full; umount -l full; exit $code");
    if (o.code == 99) cr_skip_test("no right to mount");
    cr_expect_eq(o.code, 4, "%d: %s", o.code, o.error);
    cr_expect_str_empty(o.output);
    cr_expect_not_null(strstr(o.error, "full/out.csv: error: No space left on device\n"), "%s", o.error);
}

Test(api_export, program_tells_a_full_device_once_and_is_quiet_when_the_reader_leaves)
{
    command_run(&o, EXPORT " >/dev/full");
    cr_expect_eq(o.code, 4);
    cr_expect_str_eq(o.error, "pactolus: error: standard output: No space left on device\n");
    command_run(&o, EXPORT " --rows paths >/dev/full");
    cr_expect_eq(o.code, 4, "less than a buffer");
    command_run(&o, "{ sleep 0.2; " EXPORT " --full; echo $? >code; } | true; cat code");
    cr_expect_str_eq(o.output, "141\n");
    cr_expect_str_empty(o.error);
}

Test(api_export, program_refuses_a_damaged_result)
{
    command_run(&o, "head -c 20000 a.h5 >cut.h5; echo text >text.h5; " PACTOLUS " export cut.h5 -o out.csv; echo $?; "
                    PACTOLUS " export text.h5 -o out.csv; echo $?; " PACTOLUS " export none.h5 -o out.csv; echo $?; ls out.csv*");
    cr_expect_str_eq(o.output, "6\n6\n4\n");
    for (int at = 3; at < 30; at += 3) { /* a run of bytes in the middle: refused, or of no effect */
        command_run(&o, "cp a.h5 b.h5; printf 'XXXXXXXXXXXXXXXX' | dd of=b.h5 bs=1 conv=notrunc seek=$(($(stat -c %%s a.h5) * %d / 31)) 2>/dev/null; "
                        PACTOLUS " export b.h5 -o b.csv; code=$?; ls b.csv* >&2; rm -f b.csv; exit $code", at);
        cr_expect(o.code == 6 || o.code == 0, "%d: %s", o.code, o.error);
        if (o.code) cr_expect_null(strstr(o.error, "\nb.csv"), "%s", o.error);
    }
}

/* Thousands of scenarios: info keeps to a screen, JSON and export have all. */
Test(api_export, many_scenarios_are_told_in_short)
{
    command_run(&o, "(echo scenario,market.inflation; for k in $(seq 101 230); do echo p_$k,0.0$k; done) >many.csv; "
                    PACTOLUS " run deal.yaml --scenarios many.csv -n 1 -q -o many.h5 | tail -1; " PACTOLUS " info many.h5");
    cr_expect_eq(o.code, 0, "%s", o.error);
    static const char *const words[] = {"and 30 more scenarios\nA platform", "p_120 ", "and 110 more scenarios\n(pactolus export",
                                        "  scenario 130: p_101, p_102", "p_120, ... and 110 more\n"};
    for (size_t k = 0; k < 5; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s", words[k]);
    cr_expect_null(strstr(o.output, "p_121"));
    command_run(&o, PACTOLUS " info many.h5 --json | grep -c '\"p_230\"'; " PACTOLUS " export many.h5 --rows paths --wide | tail -1");
    cr_expect_str_eq(o.output, "1\np_230,0.023,1\n");
}
