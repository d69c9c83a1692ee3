#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

static const struct cli_option options[] = {
    {"output", 'o', CLI_ONCE, "FILE.csv", "write to FILE.csv (standard output)"},
    {"force", 0, CLI_FLAG, NULL, "let FILE.csv replace an existing file"},
    {"wide", 0, CLI_FLAG, NULL, "a line for each scenario, a column for each number, as captured_mean.automaker"},
    {"rows", 0, CLI_ONCE, "NAME[,NAME]", "only these rows, in this order; pactolus info lists them (the headline)"},
    {"full", 0, CLI_FLAG, NULL, "all rows: intervals, series by step and other details too"},
    {"scenarios", 0, CLI_ONCE, "NAME[,NAME]", "only these scenarios, in the order of the file (all)"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "Tidy data, a line for each number: its scenario, what varies between scenarios,\n"
    "the row (variable), partner, ledger line, quantile, step, cause and region where\n"
    "rows have them, the value and its unit. --wide has what a regression of results\n"
    "on varied parameters wants. A missing number is an empty field: NA in R, NaN in\n"
    "pandas. The others read back to the same bits.\n"
    "Exit codes: 0 done; 2 command line; 4 file; 5 memory; 6 damaged, or no result.\n"
    "\n"
    "Examples:\n"
    "  pactolus export battery-jv.h5 -o battery-jv.csv\n"
    "  pactolus export sweep.h5 --wide --rows captured_mean,survival_probability\n"
    "  pactolus export battery-jv.h5 --full --scenarios base | gzip >base.csv.gz\n";

/* What was left of standard output: the status that cli_print_bytes gave. */
static int write_output(void *context, const char *text, size_t size)
{
    int *printed = context;
    *printed = cli_print_bytes(text, size);
    return *printed;
}

static int stop_by_signal(void *context, size_t done, size_t all)
{
    (void)context, (void)done, (void)all;
    return cli_process_signal();
}

/* The names of `text`, parted by commas: pointers into *copy, both to be freed. NULL text: none. */
static int split(const char *text, char **copy, const char ***names, size_t *count)
{
    if (!text) return PACTOLUS_OK;
    *copy = strdup(text);
    *names = calloc(strlen(text) + 1, sizeof **names);
    if (!*copy || !*names) return cli_print_memory();
    for (char *at = *copy, *next; at; at = next) {
        next = strchr(at, ',');
        if (next) *next++ = 0;
        (*names)[(*count)++] = at;
    }
    return PACTOLUS_OK;
}

static int check_options(const struct cli_arguments *arguments)
{
    int status = PACTOLUS_OK;
    if (cli_command_value(arguments, "rows") && cli_command_value(arguments, "full")) {
        status = cli_print_usage("--rows", "not together with --full");
    }
    if (cli_command_value(arguments, "force") && !cli_command_value(arguments, "output")) {
        status = cli_print_usage("--force", "only together with --output");
    }
    if (status) cli_print_hint(arguments->command);
    return status;
}

static int write_export(const struct cli_arguments *arguments, struct pactolus_export_options *to)
{
    struct pactolus_messages *messages = NULL;
    int printed = PACTOLUS_OK;
    to->output = cli_command_value(arguments, "output");
    to->force = cli_command_value(arguments, "force") != NULL;
    to->wide = cli_command_value(arguments, "wide") != NULL;
    to->full = cli_command_value(arguments, "full") != NULL;
    to->write = write_output;
    to->progress = stop_by_signal;
    to->context = &printed;
    cli_process_watch();
    int status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_file_export(arguments->operand[0], to, messages);
    if (status == PACTOLUS_STOPPED && printed) status = printed;
    cli_print_messages(messages);
    pactolus_messages_destroy(messages);
    return status;
}

static int export(const struct cli_arguments *arguments)
{
    struct pactolus_export_options to;
    char *rows = NULL, *scenarios = NULL;
    const char **row = NULL, **scenario = NULL;
    pactolus_export_options_init(&to);
    int status = check_options(arguments);
    if (!status) status = split(cli_command_value(arguments, "rows"), &rows, &row, &to.rows_count);
    if (!status) status = split(cli_command_value(arguments, "scenarios"), &scenarios, &scenario, &to.scenarios_count);
    to.rows = row;
    to.scenarios = scenario;
    if (!status) status = write_export(arguments, &to);
    free(row);
    free(rows);
    free(scenario);
    free(scenarios);
    return status;
}

const struct cli_command cli_export_command = {
    "export", "RESULT", "write a result file as CSV for R, pandas and spreadsheets", 1, 1, options, notes, export};
