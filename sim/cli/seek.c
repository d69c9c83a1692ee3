#include "cli/cli.h"

#include <math.h>
#include <stdlib.h>

static const struct cli_option options[] = {
    {"vary", 0, CLI_ONCE, "NAME=LOW:HIGH", "the number of the deal that is sought, and between which ends"},
    {"want", 0, CLI_ONCE, "CELL=WANTED", "ROW.PARTNER of the result, and the number or the other ROW.PARTNER that it is to equal"},
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"paths", 'n', CLI_ONCE, "PATHS", "simulated paths of each run (20000)"},
    {"seed", 0, CLI_ONCE, "SEED", "0 to 2^64-1; equal seeds give equal bits (1)"},
    {"threads", 't', CLI_ONCE, "THREADS", "1 to 1024; changes no result (as in run)"},
    {"output", 'o', CLI_ONCE, "OUT.h5", "leave the result file of the run at what was found"},
    {"memory", 0, CLI_ONCE, "SIZE", "for exact quantiles, as in run (2G)"},
    {"json", 0, CLI_FLAG, NULL, "print what was found and the result there as JSON"},
    {"quiet", 'q', CLI_FLAG, NULL, "no progress, no closing note"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "Where do both gain the same? At which price does one of them lose in one case\n"
    "of twenty? The deal is run again and again, on the same paths, with one number\n"
    "moved between two ends until a row of the result is what is wanted. Told are\n"
    "the runs, what was found with its standard error, and the summary there.\n"
    "\n"
    "A cell is the name of a row and a label for each of its dimensions, as\n"
    "captured_mean.alpha, captured_loss_probability.beta, captured_quantile.beta.0.1,\n"
    "captured_cvar.beta, all_gain_probability; `pactolus info OUT.h5` lists the rows.\n"
    "The ends must lie on both sides of what is wanted.\n"
    "\n"
    "Exit codes: 0 done; 2 command line; 3 input, or the ends lie on one side;\n"
    "4 file; 5 memory or size; 7 non-finite result; 130 and 143 stopped.\n"
    "\n"
    "Examples:\n"
    "  pactolus seek deal.yaml --vary contract.transfer_price.markup=0:0.5 \\\n"
    "      --want captured_mean.alpha=captured_mean.beta\n"
    "  pactolus seek deal.yaml --vary standalone.beta.buy_price=8:14 \\\n"
    "      --want captured_loss_probability.beta=0.05\n";

static int read_options(const struct cli_arguments *arguments, struct pactolus_seek_options *out)
{
    pactolus_seek_options_init(out);
    out->vary = cli_command_value(arguments, "vary");
    out->want = cli_command_value(arguments, "want");
    int bad = cli_result_options(arguments, &out->run);
    if (!out->vary) bad |= cli_print_usage("--vary", "missing, want NAME=LOW:HIGH");
    if (!out->want) bad |= cli_print_usage("--want", "missing, want ROW.PARTNER=NUMBER or ROW.PARTNER=ROW.PARTNER");
    if (!bad) return PACTOLUS_OK;
    cli_print_hint(arguments->command);
    return PACTOLUS_USAGE;
}

/* JSON has no word for what is not known but null. */
static const char *write_number(char text[64], double x)
{
    if (isfinite(x)) snprintf(text, 64, "%.17g", x);
    else snprintf(text, 64, "null");
    return text;
}

/* What was found, before the result there. */
static int print_found(const struct pactolus_seek_outcome *o)
{
    char line[512], a[64], b[64], c[64], d[64];
    snprintf(line, sizeof line, "{\"found\": %s, \"standard_error\": %s, \"value\": %s, \"wanted\": %s, \"runs\": %d,\n\"result\": ",
             write_number(a, o->found), write_number(b, o->error), write_number(c, o->value), write_number(d, o->wanted), o->runs);
    return cli_print_text(line);
}

static int seek(const struct cli_arguments *arguments, const void *options_of, struct pactolus_deal *deal,
                struct pactolus_messages *messages)
{
    const struct pactolus_seek_options *wanted = options_of;
    struct pactolus_result *result = NULL;
    struct pactolus_seek_outcome outcome;
    struct cli_progress progress;
    char *text = NULL;
    cli_process_watch();
    cli_progress_init(&progress, cli_command_value(arguments, "quiet") != NULL);
    int status = pactolus_seek(deal, wanted, cli_progress_tell, &progress, messages, &outcome, &text, &result);
    const int json = !status && cli_command_value(arguments, "json");
    if (json) status = print_found(&outcome);
    else if (!status) status = cli_print_text(text);
    pactolus_text_free(text);
    status = cli_result_end(arguments, &wanted->run, &progress, status, result, messages);
    return json && !status ? cli_print_text("}\n") : status;
}

static int run(const struct cli_arguments *arguments)
{
    struct pactolus_seek_options wanted;
    const int status = read_options(arguments, &wanted);
    return status ? status : cli_result_study(arguments, &wanted.run, seek, &wanted);
}

const struct cli_command cli_seek_command = {
    "seek", "DEAL", "find the value of a number at which the result is what is wanted", 1, 1, options, notes, run};
