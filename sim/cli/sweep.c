#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>

static const struct cli_option options[] = {
    {"vary", 0, CLI_MANY, "NAME=VALUES", "what varies: LOW:HIGH, LOW:HIGH:COUNT, [a,b,c] or a distribution as triangular(0.1,0.2,0.5); "
                                         "may be repeated (the deal's section sweep:)"},
    {"design", 0, CLI_ONCE, "grid|random|lhs|sobol", "how points are chosen: all combinations, at random, an optimised Latin hypercube, "
                                                     "scrambled Sobol' points (grid if all that varies is a list, else lhs)"},
    {"points", 0, CLI_ONCE, "POINTS", "of a design other than grid (100; 128 of sobol)"},
    {"design-seed", 0, CLI_ONCE, "SEED", "of the design (that of the paths)"},
    {"scenarios", 0, CLI_ONCE, "TABLE.csv", "the points come from a table instead: a row is one, a column a name of the deal"},
    {"write-design", 0, CLI_ONCE, "FILE.csv", "run nothing: write the points as a table, for --scenarios and other programs"},
    {"read-outputs", 0, CLI_ONCE, "FILE", "run nothing: put the columns of this CSV, one row a point, beside the points into the "
                                          "result file"},
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"paths", 'n', CLI_ONCE, "PATHS", "simulated paths of each point (10000)"},
    {"seed", 0, CLI_ONCE, "SEED", "of the paths: all points run on the same ones (1)"},
    {"threads", 't', CLI_ONCE, "THREADS", "of this process; changes no result (OMP_NUM_THREADS, SLURM_CPUS_PER_TASK, or the "
                                          "processors it may use)"},
    {"output", 'o', CLI_ONCE, "OUT.h5", "the result; journals stand in OUT.h5.parts until it is whole (as in run)"},
    {"full", 0, CLI_FLAG, NULL, "keep all rows of each point, not only the headline"},
    {"samples", 0, CLI_ONCE, "none|all|N", "paths of each point stored one by one (none)"},
    {"memory", 0, CLI_ONCE, "SIZE", "for exact quantiles of a point; beyond it they come from fine bins (2G)"},
    {"shard", 0, CLI_ONCE, "I/N", "only the points I, I+N, I+2N, ...: one of N processes that know nothing of each other"},
    {"max-time", 0, CLI_ONCE, "SECONDS", "begin no point after so long (also 30m, 2h)"},
    {"retry-failed", 0, CLI_FLAG, NULL, "run points that failed before once more"},
    {"dry-run", 0, CLI_FLAG, NULL, "run a few points and tell points, paths, memory, file size and time; write nothing"},
    {"emit-slurm", 0, CLI_ONCE, "array=N|mpi=N", "print the job script that runs this sweep as N tasks of Slurm, or as a job of N MPI ranks"},
    {"quiet", 'q', CLI_FLAG, NULL, "no progress, no closing note"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "A point is saved as soon as it is finished. Whatever ends a sweep (Ctrl-C, a\n"
    "killed job, a full disk), the same command, or pactolus resume OUT.h5, goes on\n"
    "where it stood; pactolus status OUT.h5 tells how far it is. A point that fails\n"
    "is recorded with its reason and stops no other. Tasks of a job array take\n"
    "--shard. Under mpirun or srun the ranks share the points. Threads, ranks and\n"
    "shards change no bit of the result.\n"
    "\n"
    "The result file has the points as dimension scenario and what varies as\n"
    "coordinates. The first Ctrl-C, SIGTERM or SIGUSR1 finishes the points under way\n"
    "and saves, a second one ends at once.\n"
    "Exit codes: 0 done; 2 command line; 3 input; 4 file, or another process is at\n"
    "it; 5 memory; 6 the journals are of another sweep; 8 points failed or time ran\n"
    "out; 130, 143 and 138 stopped.\n"
    "\n"
    "Examples:\n"
    "  pactolus sweep deal.yaml --vary venture.capex.overrun=0.8:1.4 --dry-run\n"
    "  pactolus sweep deal.yaml --vary contract.term_years=[5,8,12] \\\n"
    "      --vary market.inflation=0.01:0.04:4\n"
    "  pactolus sweep deal.yaml --scenarios points.csv -n 1e5 -o out.h5\n"
    "  mpirun -n 4 pactolus sweep deal.yaml --scenarios points.csv -o out.h5\n"
    "  pactolus sweep deal.yaml --scenarios points.csv -o out.h5 --shard 3/20\n"
    "  pactolus sweep deal.yaml --scenarios points.csv --emit-slurm array=20\n";

static int print_estimate(const struct pactolus_sweep_options *wanted, struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    char *text = NULL;
    int status = pactolus_sweep_estimate(deal, wanted, messages, &text);
    if (!status) status = cli_print_text(text);
    pactolus_text_free(text);
    return status;
}

void cli_sweep_close(const struct pactolus_sweep_options *wanted, const struct pactolus_sweep_outcome *outcome, int status)
{
    char escaped[PACTOLUS_ESCAPED];
    const char *output = pactolus_text_escape(escaped, wanted->run.output);
    const double rate = outcome->seconds > 0.0 ? (double)outcome->here / outcome->seconds : 0.0;
    if (outcome->here) {
        char ranks[32] = "";
        const int count = wanted->ranks ? pactolus_ranks_count(wanted->ranks) : 1;
        if (count > 1) snprintf(ranks, sizeof ranks, "%d ranks of ", count);
        cli_print_note("%llu point%s in %.2f s on %s%d %s (%.1f points/s)", (unsigned long long)outcome->here,
                       outcome->here == 1 ? "" : "s", outcome->seconds, ranks,
                       wanted->run.threads, wanted->run.threads == 1 ? "thread" : "threads", rate);
    }
    if (outcome->merged) {
        cli_print_note("%llu point%s; result file: %s", (unsigned long long)outcome->points, outcome->points == 1 ? "" : "s", output);
    } else if (!status && outcome->done == outcome->points) {
        cli_print_note("all %llu points are there; another process joins them into %s", (unsigned long long)outcome->points, output);
    } else if (!status && wanted->shards) {
        cli_print_note("this shard is through; %llu of %llu points are in %s.parts", (unsigned long long)outcome->done,
                       (unsigned long long)outcome->points, output);
    } else if (status == PACTOLUS_STOPPED || status == PACTOLUS_PARTIAL || !status) {
        cli_print_note("%llu of %llu points are in %s.parts; the same command goes on, or: pactolus resume %s",
                       (unsigned long long)outcome->done, (unsigned long long)outcome->points, output, output);
    }
}

static int read_outputs(const struct cli_arguments *arguments, const char *path, struct pactolus_sweep_options *wanted,
                        struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    struct pactolus_sweep_outcome outcome = {0};
    char *line = cli_command_line(arguments);
    wanted->run.command = line;
    int status = pactolus_sweep_outputs(deal, wanted, path, messages, &outcome);
    if (!cli_command_value(arguments, "quiet")) cli_sweep_close(wanted, &outcome, status);
    free(line);
    return status;
}

static int simulate(const struct cli_arguments *arguments, struct pactolus_sweep_options *wanted, struct pactolus_deal *deal,
                    struct pactolus_messages *messages)
{
    struct pactolus_sweep_outcome outcome = {0};
    struct cli_progress progress;
    const int quiet = cli_command_value(arguments, "quiet") != NULL;
    char *line = cli_command_line(arguments);
    wanted->run.command = line;
    wanted->words = (const char *const *)arguments->argv;
    wanted->word_count = arguments->argc;
    cli_process_watch();
    cli_progress_init(&progress, quiet);
    int status = pactolus_sweep(deal, wanted, cli_progress_sweep, &progress, messages, &outcome);
    cli_progress_finish(&progress);
    if (!quiet) cli_sweep_close(wanted, &outcome, status);
    free(line);
    return status;
}

/* What one process does for all: nothing of it takes long. */
static int do_alone(const struct cli_arguments *arguments, struct pactolus_sweep_options *wanted, struct pactolus_deal *deal,
                    struct pactolus_messages *messages)
{
    const char *design = cli_command_value(arguments, "write-design"), *outputs = cli_command_value(arguments, "read-outputs");
    if (design) return cli_file_write(design, pactolus_deal_table(deal));
    if (outputs) return read_outputs(arguments, outputs, wanted, deal, messages);
    if (cli_command_value(arguments, "dry-run")) return print_estimate(wanted, deal, messages);
    return cli_slurm_print(arguments, wanted, deal, messages);
}

static int sweep_with(const struct cli_arguments *arguments, struct cli_ranks *ranks, struct pactolus_messages *messages)
{
    struct pactolus_sweep_options wanted;
    struct pactolus_deal *deal = NULL;
    char path[CLI_PATH];
    int status = cli_sweep_options(arguments, path, &wanted);
    if (!status) status = cli_design_load(arguments, wanted.run.seed, messages, &deal);
    status = cli_ranks_agree(ranks, status);
    if (!status) {
        wanted.ranks = ranks->ranks;
        if (!cli_sweep_alone(arguments)) status = simulate(arguments, &wanted, deal, messages);
        else if (!ranks->rank) status = do_alone(arguments, &wanted, deal, messages);
    }
    pactolus_deal_destroy(deal);
    return status;
}

static int sweep(const struct cli_arguments *arguments)
{
    struct pactolus_messages *messages = NULL;
    struct cli_ranks ranks;
    int status = cli_ranks_join(&ranks);
    if (!status) status = pactolus_messages_create(&messages);
    if (!status) status = sweep_with(arguments, &ranks, messages);
    cli_print_messages(messages);
    pactolus_messages_destroy(messages);
    cli_ranks_leave(&ranks, status);
    return status;
}

const struct cli_command cli_sweep_command = {
    "sweep", "DEAL", "run thousands of scenarios, on one machine or a cluster; resumes", 1, 1, options, notes, sweep};
