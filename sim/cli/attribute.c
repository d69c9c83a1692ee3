#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static const struct cli_option options[] = {
    {"switches", 0, CLI_ONCE, "NAME[,NAME]", "only these mechanisms: strengths, pooling, capital, trade, friction, renegotiation, exit "
                                             "(all that the deal uses)"},
    {"scenarios", 0, CLI_ONCE, "TABLE.csv", "a row is a scenario, a column a name of the deal; each has bars of its own"},
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"paths", 'n', CLI_ONCE, "PATHS", "simulated paths of each run (10000)"},
    {"seed", 0, CLI_ONCE, "SEED", "0 to 2^64-1; equal seeds give equal bits (1)"},
    {"threads", 't', CLI_ONCE, "THREADS", "1 to 1024; changes no result (as in run)"},
    {"output", 'o', CLI_ONCE, "OUT.h5", "leave a result file"},
    {"memory", 0, CLI_ONCE, "SIZE", "for the values of all paths, as 500M or 2G (2G)"},
    {"json", 0, CLI_FLAG, NULL, "print the bars as JSON"},
    {"quiet", 'q', CLI_FLAG, NULL, "no progress, no closing note"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "The ledger of a run is an account; this is an attribution of causes. Each\n"
    "mechanism is switched off, alone and together with any others, on the same\n"
    "paths, and the partners decide anew. A bar is what a mechanism adds on average\n"
    "over all orders in which they could be added (Shapley value), so that no order\n"
    "favours one; the bars add up exactly to the value captured. `Terms` is what is\n"
    "left with all of them off. N mechanisms take 2^N runs.\n"
    "\n"
    "  strengths      each partner's part costs by its own, not the lead's\n"
    "  pooling        common parts cost as if each made its own\n"
    "  capital        each spends what it would alone, when it would be ready\n"
    "  trade          the duties of the start for ever, in both arms\n"
    "  friction       no coordination cost, no preparation, one goal, no deadlock\n"
    "  renegotiation  none\n"
    "  exit           nobody ever leaves\n"
    "\n"
    "Exit codes: 0 done; 2 command line; 3 input; 4 file; 5 memory or size;\n"
    "7 non-finite result; 130 and 143 stopped.\n"
    "\n"
    "Examples:\n"
    "  pactolus attribute deal.yaml\n"
    "  pactolus attribute deal.yaml --switches pooling,exit -n 1e5\n"
    "  pactolus attribute deal.yaml -o bars.h5 && scripts/plot.py bars.h5 -o pictures\n";

enum { SWITCHES = 32, WORDS = 1024 };

struct names {
    char text[WORDS];
    const char *name[SWITCHES];
    size_t count;
};

/* "a,b" taken apart; whether the names are known the library says. */
static int read_switches(const struct cli_arguments *arguments, struct names *names, struct pactolus_attribution_options *out)
{
    const char *given = cli_command_value(arguments, "switches");
    char *at = names->text;
    if (!given) return PACTOLUS_OK;
    if (strlen(given) >= WORDS) return cli_print_usage("--switches", "too long");
    strcpy(names->text, given);
    for (char *comma; at; at = comma) {
        if ((comma = strchr(at, ','))) *comma++ = 0;
        if (!*at) return cli_print_usage("--switches", "an empty name, want NAME or NAME,NAME");
        if (names->count == SWITCHES) return cli_print_usage("--switches", "too many names");
        names->name[names->count++] = at;
    }
    out->switches = names->name;
    out->switches_count = names->count;
    return PACTOLUS_OK;
}

/* Every option is read, so that all faulty ones are told at once. */
static int read_options(const struct cli_arguments *arguments, struct names *names, struct pactolus_attribution_options *out)
{
    pactolus_attribution_options_init(out);
    int bad = read_switches(arguments, names, out);
    bad |= cli_result_options(arguments, &out->run);
    if (!bad) return PACTOLUS_OK;
    cli_print_hint(arguments->command);
    return PACTOLUS_USAGE;
}

static int attribute(const struct cli_arguments *arguments, const void *options_of, struct pactolus_deal *deal,
                     struct pactolus_messages *messages)
{
    const struct pactolus_attribution_options *wanted = options_of;
    struct pactolus_result *result = NULL;
    struct cli_progress progress;
    cli_process_watch();
    cli_progress_init(&progress, cli_command_value(arguments, "quiet") != NULL);
    int status = pactolus_attribute(deal, wanted, cli_progress_tell, &progress, messages, &result);
    return cli_result_end(arguments, &wanted->run, &progress, status, result, messages);
}

static int run(const struct cli_arguments *arguments)
{
    struct pactolus_attribution_options wanted;
    struct names names = {.count = 0};
    const int status = read_options(arguments, &names, &wanted);
    return status ? status : cli_result_study(arguments, &wanted.run, attribute, &wanted);
}

const struct cli_command cli_attribute_command = {
    "attribute", "DEAL", "tell how much of the value captured each mechanism of a deal brings", 1, 1, options, notes, run};
