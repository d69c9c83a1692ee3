/* Row 82 of the hostile inputs, and what goes where. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(cli_print, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

Test(cli_print, tells_a_full_device)
{
    static const char *const lines[] = {"--version", "--help", "run d.yaml", "run d.yaml --json", "run --help", "params",
                                        "check d.yaml", "info r.h5", "info r.h5 --digest", "init", "export r.h5", "export long.h5"};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        command_run(&o, PACTOLUS " %s >/dev/full", lines[k]);
        cr_expect_eq(o.code, 4, "'%s' ended with %d", lines[k], o.code);
        cr_expect_not_null(strstr(o.error, "pactolus: error: standard output: No space left on device\n"), "%s", o.error);
        cr_expect_null(strstr(strstr(o.error, "standard output") + 1, "standard output"), "told twice: %s", o.error);
    }
}

Test(cli_print, is_quiet_when_the_reader_has_left)
{
    command_run(&o, "{ sleep 0.2; " PACTOLUS " run --help; echo $? >code; } | true; cat code");
    cr_expect_str_eq(o.output, "141\n");
    cr_expect_str_empty(o.error);
    command_run(&o, "{ sleep 0.2; " PACTOLUS " params; echo $? >code; } | true; cat code");
    cr_expect_str_eq(o.output, "141\n");
    cr_expect_str_empty(o.error);
    command_run(&o, "{ sleep 0.2; " PACTOLUS " run d.yaml -t 1; echo $? >code; } | true; cat code");
    cr_expect_str_eq(o.output, "141\n");
    cr_expect_not_null(strstr(o.error, "result file: d.h5"), "where the file is, is told all the same: %s", o.error);
    command_run(&o, PACTOLUS " --version | head -c1");
    cr_expect_str_eq(o.output, "p");
    cr_expect_str_empty(o.error);
}

Test(cli_print, keeps_results_on_output_and_notes_on_error)
{
    command_run(&o, PACTOLUS " run d.yaml -t 2 -o none");
    cr_expect_str_eq(o.output, "a table\n");
    cr_expect_not_null(strstr(o.error, "50000 paths in "));
    cr_expect_not_null(strstr(o.error, " s on 2 threads\n"));
    command_run(&o, PACTOLUS " run d.yaml -t 1 -o $'r\\n.h5'");
    cr_expect_not_null(strstr(o.error, " s on 1 thread; result file: r\\x0a.h5\n"), "%s", o.error);
    command_run(&o, PACTOLUS " run d.yaml -q");
    cr_expect_str_eq(o.output, "a table\n");
    cr_expect_str_empty(o.error);
}

Test(cli_print, draws_no_progress_where_there_is_no_terminal)
{
    command_run(&o, PACTOLUS " run d.yaml");
    cr_expect_null(strchr(o.error, '\r'));
    cr_expect_null(strchr(o.error, '['));
}

Test(cli_print, writes_a_new_file_only)
{
    command_run(&o, "echo mine >old; " PACTOLUS " init -o old; echo $?; cat old");
    cr_expect_str_eq(o.output, "4\nmine\n");
    cr_expect_str_eq(o.error, "pactolus: error: old: File exists\n");
    command_run(&o, PACTOLUS " init --like battery-jv -o none/new");
    cr_expect_eq(o.code, 4);
    command_run(&o, "ulimit -f 0; " PACTOLUS " init -o new; code=$?; test -e new && echo there; exit $code");
    cr_expect_eq(o.code, 4, "%d", o.code);
    cr_expect_str_empty(o.output);
}

Test(cli_print, writes_what_a_deal_includes_beside_it)
{
    command_run(&o, "mkdir new; " PACTOLUS " init --like twins -o new/deal.yaml; cat new/deal.yaml new/market.yaml new/old");
    cr_expect_str_eq(o.output, "battery\nincluded\nincluded\n");
    cr_expect_str_eq(o.error, "new/market.yaml written\nnew/old written\nnew/deal.yaml written\n");
    command_run(&o, "echo mine >old; " PACTOLUS " init --like twins -o deal.yaml; echo $?; cat old; test -e deal.yaml -o -e market.yaml || echo none");
    cr_expect_str_eq(o.output, "4\nmine\nnone\n");
    cr_expect_str_eq(o.error, "pactolus: error: old: File exists\n");
    command_run(&o, "echo mine >deal.yaml; rm old; " PACTOLUS " init --like twins -o deal.yaml; echo $?; test -e old -o -e market.yaml || echo none");
    cr_expect_str_eq(o.output, "4\nnone\n");
    command_run(&o, PACTOLUS " init --like twins");
    cr_expect_str_eq(o.output, "battery\n");
    cr_expect(strstr(o.error, "includes market.yaml, which is written beside the deal with --output\n"), "%s", o.error);
}

Test(cli_print, writes_an_export_as_it_comes)
{
    command_run(&o, PACTOLUS " export r.h5 --rows b,a --scenarios 'x y,z' --wide -o f.csv --force; " PACTOLUS " export r.h5 --full; "
                    PACTOLUS " export long.h5 | wc -l");
    cr_expect_str_eq(o.output, "output=f.csv force=1 wide=1 full=0 rows=[b][a] scenarios=[x y][z]\n"
                               "output=- force=0 wide=0 full=1 rows= scenarios=\n10000\n");
    cr_expect_str_empty(o.error);
    command_run(&o, PACTOLUS " export long.h5 | head -1; echo ${PIPESTATUS[0]}");
    cr_expect_not_null(strstr(o.output, "\n141\n"), "%s", o.output);
    cr_expect_str_empty(o.error);
}

Test(cli_print, writes_an_export_as_it_comes_errors)
{
    static const char *const lines[] = {"export r.h5 --rows a --full", "export r.h5 --force", "export", "export a.h5 b.h5", "export r.h5 --rows ''"};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        command_run(&o, PACTOLUS " %s", lines[k]);
        cr_expect_eq(o.code, 2, "%s ended with %d", lines[k], o.code);
        cr_expect_str_empty(o.output);
        cr_expect_not_null(strstr(o.error, "Try 'pactolus export --help'."), "%s", o.error);
    }
    command_run(&o, PACTOLUS " export damaged.h5");
    cr_expect_eq(o.code, 6);
    command_run(&o, PACTOLUS " export stop.h5");
    cr_expect_eq(o.code, 143);
}

Test(cli_print, passes_format_and_filter)
{
    command_run(&o, PACTOLUS " params --markdown demand");
    cr_expect_str_eq(o.output, "format 1 filter demand\n");
    command_run(&o, PACTOLUS " params --json; " PACTOLUS " info x.h5 --json; " PACTOLUS " info x.h5 --digest");
    cr_expect_str_eq(o.output, "format 2 filter -\n{}\n0123456789abcdef\n");
}
