#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static const struct cli_option options[] = {
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"paths", 'n', CLI_ONCE, "PATHS", "simulated paths of each coalition, the same for all (100000)"},
    {"seed", 0, CLI_ONCE, "SEED", "0 to 2^64-1; equal seeds give equal bits (1)"},
    {"threads", 't', CLI_ONCE, "THREADS", "1 to 1024; changes no result (OMP_NUM_THREADS, SLURM_CPUS_PER_TASK, "
                                          "or the processors this process may use)"},
    {"output", 'o', CLI_ONCE, "OUT.h5", "also leave a result file, in which each coalition is a scenario (none)"},
    {"memory", 0, CLI_ONCE, "SIZE", "for all coalitions' paths, and for exact quantiles, as 500M or 2G (2G)"},
    {"json", 0, CLI_FLAG, NULL, "print the report as JSON"},
    {"quiet", 'q', CLI_FLAG, NULL, "no progress, no closing note"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "The deal is run once for each coalition of two partners or more, on the same\n"
    "paths: the others go alone (partners.NAME.member: no). A coalition is worth its\n"
    "mean joint surplus over going alone, and 0 where that is below 0. The report\n"
    "sets what the deal gives each partner beside what bargaining would (Nash), what\n"
    "each adds (Shapley value) and what is stable (nucleolus, core), and names the\n"
    "coalition that would gain most by going its own way.\n"
    "\n"
    "contract.needed.NAME: yes says that without this partner there is no venture.\n"
    "venture.size_rule: share makes the venture of some of the partners smaller.\n"
    "\n"
    "Exit codes: 0 done; 2 command line; 3 input; 4 file; 5 memory or size;\n"
    "7 non-finite result; 130 and 143 stopped.\n"
    "\n"
    "Examples:\n"
    "  pactolus coalitions deal.yaml\n"
    "  pactolus coalitions deal.yaml -n 1e6 --set contract.needed.licensor=yes\n"
    "  pactolus coalitions deal.yaml -o coalitions.h5 --json\n";

static int simulate(const struct cli_arguments *arguments, const void *options_of, struct pactolus_deal *deal,
                    struct pactolus_messages *messages)
{
    const struct pactolus_run_options *run = options_of;
    const enum pactolus_format format = cli_command_value(arguments, "json") ? PACTOLUS_JSON : PACTOLUS_TEXT;
    const int quiet = cli_command_value(arguments, "quiet") != NULL;
    struct cli_progress progress;
    char *text = NULL;
    cli_process_watch();
    cli_progress_init(&progress, quiet);
    int status = pactolus_coalitions(deal, run, cli_progress_tell, &progress, format, messages, &text);
    const double seconds = cli_progress_finish(&progress);
    if (!status) status = cli_print_text(text);
    if (!status && !quiet) cli_result_note(run, &progress, seconds);
    if (status == PACTOLUS_STOPPED && !quiet) cli_print_note("pactolus: stopped; no result was written");
    pactolus_text_free(text);
    return status;
}

static int run(const struct cli_arguments *arguments)
{
    struct pactolus_run_options wanted;
    pactolus_run_options_init(&wanted);
    if (cli_result_options(arguments, &wanted)) {
        cli_print_hint(arguments->command);
        return PACTOLUS_USAGE;
    }
    return cli_result_study(arguments, &wanted, simulate, &wanted);
}

const struct cli_command cli_coalitions_command = {
    "coalitions", "DEAL", "what each coalition of partners is worth, and how it could be divided", 1, 1, options, notes, run};
