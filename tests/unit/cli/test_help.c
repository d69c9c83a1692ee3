#include "support/command.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(cli_help, .init = command_enter, .fini = command_leave);
static struct command_outcome o;
static const char *const pages[] = {"--help", "-h", "run --help", "check -h", "init --help", "params --help", "info --help", "export --help"};

Test(cli_help, fits_into_eighty_columns)
{
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        command_run(&o, PACTOLUS " %s", pages[k]);
        cr_expect_eq(o.code, 0);
        cr_expect_str_empty(o.error);
        for (char *line = strtok(o.output, "\n"); line; line = strtok(NULL, "\n")) {
            cr_expect_leq(strlen(line), 80, "%s: %s", pages[k], line);
            cr_expect(line[strlen(line) - 1] != ' ', "%s: blank at the end of '%s'", pages[k], line);
        }
    }
}

Test(cli_help, teaches_every_option_of_run_with_examples)
{
    static const char *const words[] = {"--scenarios TABLE.csv", "--set NAME=VALUE", "-n, --paths PATHS", "--seed SEED",
                                        "-t, --threads THREADS", "-o, --output OUT.h5", "--samples none|all|N",
                                        "--memory SIZE", "--trace PATH[,PATH]", "--trace-scenario NAME", "--json", "-q, --quiet", "--force", "-h, --help", "Examples:\n"};
    command_run(&o, PACTOLUS " run --help");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s", words[k]);
}

Test(cli_help, teaches_every_option_of_export_with_examples)
{
    static const char *const words[] = {"-o, --output FILE.csv", "--force", "--wide", "--rows NAME[,NAME]", "--full",
                                        "--scenarios NAME[,NAME]", "Examples:\n"};
    command_run(&o, PACTOLUS " export --help");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s", words[k]);
}

Test(cli_help, lists_every_command)
{
    static const char *const words[] = {"run DEAL", "check DEAL", "init", "params [FILTER]", "info RESULT", "export RESULT", "--version"};
    command_run(&o, PACTOLUS " --help");
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) cr_expect_not_null(strstr(o.output, words[k]), "%s", words[k]);
}

Test(cli_help, is_given_even_beside_missing_operands)
{
    command_run(&o, PACTOLUS " run --seed 5 --help");
    cr_expect_eq(o.code, 0);
    cr_expect_eq(strncmp(o.output, "Usage: pactolus run DEAL", 24), 0);
}
