#include "cli/cli.h"

static const struct cli_option options[] = {
    {"median", 0, CLI_ONCE, "YEARS", "median life of the target (10)"},
    {"shape", 0, CLI_ONCE, "SHAPE", "its shape; above 1 the hazard rises, then falls (1.8)"},
    {"years", 0, CLI_ONCE, "YEARS", "when the target is to be met (at the horizon)"},
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"paths", 'n', CLI_ONCE, "PATHS", "simulated paths of each run (20000)"},
    {"seed", 0, CLI_ONCE, "SEED", "seed of the random numbers (1)"},
    {"threads", 't', CLI_ONCE, "THREADS", "threads (as many as there are processors)"},
    {"output", 'o', CLI_ONCE, "FILE", "write the fragment to FILE (shown on standard output)"},
    {"force", 0, CLI_FLAG, NULL, "let FILE replace an existing file"},
    {"json", 0, CLI_FLAG, NULL, "print what was found as JSON"},
    {"quiet", 'q', CLI_FLAG, NULL, "no line of progress"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] = "Partnerships end for reasons that a deal models (reviews, triggers, deadlock)\n"
                            "and for others. How long they last is known: half of them ten years\n"
                            "(log-logistic, shape 1.8). The share of that hazard that is to be added,\n"
                            "contract.breakup.share, is what lets ALL exits together meet the curve at one\n"
                            "time; it is found by running the deal some ten times on the same paths. It is 0\n"
                            "where the modelled exits alone part the partners sooner: the table shows by how\n"
                            "much.\n"
                            "Exit codes: as of run.\n"
                            "\n"
                            "Examples:\n"
                            "  pactolus calibrate survival deal.yaml\n"
                            "  pactolus calibrate survival deal.yaml --median 7 --years 8 -o breakup.yaml\n";

static int read_options(const struct cli_arguments *arguments, struct pactolus_survival_options *to)
{
    static const char *const names[] = {"median", "shape", "years"};
    double *const values[] = {&to->median, &to->shape, &to->years};
    const char *paths = cli_command_value(arguments, "paths"), *seed = cli_command_value(arguments, "seed");
    int bad = cli_calibrate_check(arguments);
    for (int k = 0; k < 3; k++) {
        const char *text = cli_command_value(arguments, names[k]);
        char option[16];
        snprintf(option, sizeof option, "--%s", names[k]);
        if (text) bad |= cli_calibrate_number(option, text, values[k]);
        if (text && *values[k] == 0.0) bad |= cli_print_usage(option, "got '%.60s', want a number above 0", text);
    }
    if (paths) bad |= cli_number_count("--paths", paths, 1, PACTOLUS_PATHS_MOST, &to->run.paths);
    if (seed) bad |= cli_number_digits("--seed", seed, 0, UINT64_MAX, &to->run.seed);
    bad |= cli_number_threads(cli_command_value(arguments, "threads"), &to->run.threads);
    to->run.output = cli_command_value(arguments, "output");
    to->run.force = cli_command_value(arguments, "force") != NULL;
    to->format = cli_command_value(arguments, "json") ? PACTOLUS_JSON : PACTOLUS_TEXT;
    return bad ? PACTOLUS_USAGE : PACTOLUS_OK;
}

static int search(const struct cli_arguments *arguments, const struct pactolus_survival_options *to, struct pactolus_deal *deal,
                  struct pactolus_messages *messages)
{
    struct cli_progress progress;
    char *text = NULL, *fragment = NULL;
    cli_process_watch();
    cli_progress_init(&progress, cli_command_value(arguments, "quiet") != NULL);
    int status = pactolus_calibrate_survival(deal, to, cli_progress_tell, &progress, messages, &text, &fragment);
    cli_progress_finish(&progress);
    if (!status) status = cli_calibrate_print(arguments, text, fragment);
    pactolus_text_free(text);
    pactolus_text_free(fragment);
    return status;
}

static int survival(const struct cli_arguments *arguments)
{
    struct pactolus_survival_options to;
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    pactolus_survival_options_init(&to);
    if (read_options(arguments, &to)) return PACTOLUS_USAGE;
    int status = pactolus_messages_create(&messages);
    if (!status) status = cli_deal_load(arguments, messages, &deal);
    if (!status) status = search(arguments, &to, deal, messages);
    cli_print_messages(messages);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_calibrate_survival_command = {
    "calibrate survival", "DEAL", "find contract.breakup.share from how long partnerships last", 1, 1, options, notes, survival};
