#include "cli/cli.h"

static const struct cli_option options[] = {
    {"digest", 0, CLI_FLAG, NULL, "only a fingerprint: equal for equal runs, whatever the machine, time and threads"},
    {"json", 0, CLI_FLAG, NULL, "as JSON"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "The deal, the run, and every row: dimensions, unit, meaning. The file is HDF5\n"
    "in the form of netCDF-4: xarray, h5py, R (ncdf4), ncdump and h5ls open it too.\n"
    "Exit codes: 0 done; 4 it cannot be read; 6 damaged, or not a result.\n"
    "\n"
    "Examples:\n"
    "  pactolus info battery-jv.h5\n"
    "  pactolus info battery-jv.h5 --digest\n";

static int info(const struct cli_arguments *arguments)
{
    struct pactolus_messages *messages = NULL;
    char *text = NULL;
    int json = cli_command_value(arguments, "json") != NULL, digest = cli_command_value(arguments, "digest") != NULL;
    if (json && digest) return cli_print_usage("--json", "not together with --digest");
    int status = pactolus_messages_create(&messages);
    if (!status && digest) status = pactolus_file_digest(arguments->operand[0], messages, &text);
    else if (!status) status = pactolus_file_info(arguments->operand[0], json ? PACTOLUS_JSON : PACTOLUS_TEXT, messages, &text);
    if (!status) status = cli_print_text(text);
    if (!status && digest) status = cli_print_text("\n");
    cli_print_messages(messages);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_info_command = {"info", "RESULT", "tell what a result file holds", 1, 1, options, notes, info};
