#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_option options[] = {
    {"scenarios", 0, CLI_ONCE, "TABLE.csv", "a row is a scenario, a column a name of the deal; all rows run on the same paths"},
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"paths", 'n', CLI_ONCE, "PATHS", "simulated paths of each scenario (100000)"},
    {"seed", 0, CLI_ONCE, "SEED", "0 to 2^64-1; equal seeds give equal bits (1)"},
    {"threads", 't', CLI_ONCE, "THREADS", "1 to 1024; changes no result (OMP_NUM_THREADS, SLURM_CPUS_PER_TASK, "
                                          "or the processors this process may use)"},
    {"output", 'o', CLI_ONCE, "OUT.h5", "the result file, or none (NAME.h5 here, NAME that of the deal file, or of its "
                                        "folder for a deal.yaml)"},
    {"samples", 0, CLI_ONCE, "none|all|N", "paths stored one by one in the result file (none)"},
    {"memory", 0, CLI_ONCE, "SIZE", "for exact quantiles, as 500M or 2G; beyond it they come from fine bins (2G)"},
    {"trace", 0, CLI_ONCE, "PATH[,PATH]", "run nothing but these paths (0, 1, ...) and tell each step by step: what happens, "
                                          "who decides what and why, every number; no file"},
    {"trace-scenario", 0, CLI_ONCE, "NAME", "the scenario that --trace tells of (the first one)"},
    {"json", 0, CLI_FLAG, NULL, "print the results, or the trace, as JSON"},
    {"quiet", 'q', CLI_FLAG, NULL, "no progress, no closing note"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "The table on standard output tells, for each partner, what the partnership\n"
    "brings over going alone: mean, P10, P50 and P90, the chance of losing, the mean\n"
    "of the worst 5%, and where the value comes from. Money is in millions. The\n"
    "result file holds all of it and more: pactolus info OUT.h5 lists it.\n"
    "\n"
    "Path 17 of a seed is the same path in every run. --trace 17 tells its life: what\n"
    "it drew, when production starts, each quarrel, review, renegotiation and exit\n"
    "with what the partners expected and paid, and the ledger that adds up to the\n"
    "value captured. --seed, --set and --scenarios count as in the run.\n"
    "\n"
    "Several deals see the same market under the names that they share; partners of\n"
    "one name are one owner. Told is what each owner captures in all of them, added\n"
    "path by path, and what it is worth that they do not all go wrong at once: the\n"
    "spread and the worst 5% of the sum against the sums of the deals', and how the\n"
    "deals are correlated. --set holds for each; a file is left only with -o.\n"
    "\n"
    "Ctrl-C stops cleanly and leaves no file. Exit codes: 0 done; 2 command line;\n"
    "3 input; 4 file; 5 memory or size; 7 non-finite result; 130 and 143 stopped.\n"
    "\n"
    "Examples:\n"
    "  pactolus run deal.yaml\n"
    "  pactolus run deal.yaml -n 1e6 --seed 7 -o big.h5\n"
    "  pactolus run deal.yaml --scenarios scenarios.csv -t 2 --force\n"
    "  pactolus run deal.yaml --set market.inflation=0.03 -o none --json\n"
    "  pactolus run one.yaml two.yaml -o both.h5\n"
    "  pactolus run deal.yaml --trace 0,17 | less -S\n"
    "  pactolus run deal.yaml --scenarios s.csv --trace 3 --trace-scenario high\n";

/* Every option is read, so that all faulty ones are told at once. */
static int read_options(const struct cli_arguments *arguments, char path[CLI_PATH], struct pactolus_run_options *out,
                        struct cli_trace *trace)
{
    const char *samples = cli_command_value(arguments, "samples");
    pactolus_run_options_init(out);
    int bad = cli_result_options(arguments, out);
    if (samples) bad |= cli_number_samples("--samples", samples, &out->samples);
    bad |= arguments->operands > 1 ? cli_portfolio_check(arguments) : cli_trace_options(arguments, trace);
    if (!cli_command_value(arguments, "output")) {
        out->output = path;
        cli_deal_output(arguments->operand[0], path);
    }
    if (!bad) return PACTOLUS_OK;
    cli_print_hint(arguments->command);
    return PACTOLUS_USAGE;
}

static int simulate(const struct cli_arguments *arguments, const struct pactolus_run_options *run,
                    struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    struct pactolus_result *result = NULL;
    struct cli_progress progress;
    cli_process_watch();
    cli_progress_init(&progress, cli_command_value(arguments, "quiet") != NULL);
    int status = pactolus_run(deal, run, cli_progress_tell, &progress, messages, &result);
    return cli_result_end(arguments, run, &progress, status, result, messages);
}

static int run(const struct cli_arguments *arguments)
{
    struct pactolus_run_options run_options;
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    struct cli_trace trace;
    char path[CLI_PATH], *line = NULL;
    int status = read_options(arguments, path, &run_options, &trace);
    if (status) return status;
    if (arguments->operands > 1) return cli_portfolio_run(arguments, &run_options);
    status = pactolus_messages_create(&messages);
    if (!status) status = cli_deal_load(arguments, messages, &deal);
    if (status) goto out;
    if (trace.count) {
        status = cli_trace_print(arguments, &trace, run_options.seed, deal, messages);
        goto out;
    }
    line = cli_command_line(arguments);
    run_options.command = line;
    status = simulate(arguments, &run_options, deal, messages);
out:
    cli_print_messages(messages);
    free(line);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_run_command = {
    "run", "DEAL [DEAL]...", "simulate one deal, or several on one market: a summary, an HDF5 result", 1, 1000, options, notes, run};
