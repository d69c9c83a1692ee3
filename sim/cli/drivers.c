#include "cli/cli.h"

static const struct cli_option options[] = {
    {"scenarios", 0, CLI_ONCE, "TABLE.csv", "a row is a scenario, a column a name of the deal; each has a page of its own"},
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"paths", 'n', CLI_ONCE, "PATHS", "simulated paths of each scenario (100000)"},
    {"seed", 0, CLI_ONCE, "SEED", "0 to 2^64-1; equal seeds give equal bits (1)"},
    {"threads", 't', CLI_ONCE, "THREADS", "1 to 1024; changes no result (as in run)"},
    {"output", 'o', CLI_ONCE, "OUT.h5", "leave a result file"},
    {"memory", 0, CLI_ONCE, "SIZE", "for the numbers of all paths, as 500M or 2G (2G)"},
    {"json", 0, CLI_FLAG, NULL, "print the numbers as JSON"},
    {"quiet", 'q', CLI_FLAG, NULL, "no progress, no closing note"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "A driver is a number that chance brings from outside: one that the deal draws,\n"
    "a level of the market (its mean over the years, 1 at the start), the share of\n"
    "the time in a regime of trade policy, the years until a support is repealed or\n"
    "an entrant arrives, whether a gate is passed. One run tells of all of them, with\n"
    "everything else as it happens to be: on the fifth of the paths where a driver is\n"
    "lowest and on that where it is highest, what is captured in the mean? And what\n"
    "share of its variance does the driver tell by itself? So it says which number to\n"
    "find out more about, or to write a clause on. `attribute` tells of mechanisms of\n"
    "the deal instead, and `sweep` of values that you choose.\n"
    "\n"
    "Exit codes: 0 done; 2 command line; 3 input; 4 file; 5 memory or size;\n"
    "7 non-finite result; 130 and 143 stopped.\n"
    "\n"
    "Examples:\n"
    "  pactolus drivers deal.yaml\n"
    "  pactolus drivers deal.yaml --set contract.exit.notice_years=2 -n 1e6\n"
    "  pactolus drivers deal.yaml -o drivers.h5 && scripts/plot.py drivers.h5 -o out\n";

static int tell_drivers(const struct cli_arguments *arguments, const void *options_of, struct pactolus_deal *deal,
                        struct pactolus_messages *messages)
{
    const struct pactolus_run_options *wanted = options_of;
    struct pactolus_result *result = NULL;
    struct cli_progress progress;
    cli_process_watch();
    cli_progress_init(&progress, cli_command_value(arguments, "quiet") != NULL);
    int status = pactolus_drivers(deal, wanted, cli_progress_tell, &progress, messages, &result);
    return cli_result_end(arguments, wanted, &progress, status, result, messages);
}

static int run(const struct cli_arguments *arguments)
{
    struct pactolus_run_options wanted;
    pactolus_run_options_init(&wanted);
    if (cli_result_options(arguments, &wanted)) {
        cli_print_hint(arguments->command);
        return PACTOLUS_USAGE;
    }
    return cli_result_study(arguments, &wanted, tell_drivers, &wanted);
}

const struct cli_command cli_drivers_command = {
    "drivers", "DEAL", "tell which uncertain numbers the value captured hangs on", 1, 1, options, notes, run};
