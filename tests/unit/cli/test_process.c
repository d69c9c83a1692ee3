/* Row 83 of the hostile inputs, and signals. */
#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(cli_process, .init = command_enter, .fini = command_leave);
static struct command_outcome o;

Test(cli_process, works_with_closed_descriptors)
{
    static const char *const closed[] = {"<&-", ">&-", "2>&-", "<&- >&- 2>&-", "<&- 2>&-"};
    for (size_t k = 0; k < sizeof closed / sizeof *closed; k++) {
        command_run(&o, PACTOLUS " init -o out%zu %s; code=$?; cat out%zu; exit $code", k, closed[k], k);
        cr_expect_eq(o.code, 0, "%s ended with %d", closed[k], o.code);
        cr_expect_str_eq(o.output, "template\n", "%s", closed[k]);
    }
    command_run(&o, PACTOLUS " run input.yaml <&- >&- 2>&-");
    cr_expect_eq(o.code, 3);
}

Test(cli_process, stops_cleanly_on_a_signal)
{
    static const struct {
        const char *deal;
        int code;
    } cases[] = {{"int.yaml", 130}, {"stop.yaml", 143}, {"hup.yaml", 129}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        command_run(&o, PACTOLUS " run %s", cases[k].deal);
        cr_expect_eq(o.code, cases[k].code, "%s ended with %d", cases[k].deal, o.code);
        cr_expect_str_empty(o.output);
        cr_expect_str_eq(o.error, "pactolus: stopped; no result was written\n");
    }
}

Test(cli_process, leaves_a_signal_ignored_that_its_parent_ignores)
{
    command_run(&o, "trap '' HUP; " PACTOLUS " run hup.yaml");
    cr_expect_eq(o.code, 0, "%d", o.code);
}
