#include "cli/cli.h"

static const struct cli_option options[] = {
    {"like", 0, CLI_ONCE, "NAME", "start from a shipped deal, for instance battery-jv"},
    {"output", 'o', CLI_ONCE, "FILE", "write to FILE, which must not exist yet (standard output)"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "Without --like: a small deal of two partners with comments, which runs as it is.\n"
    "\n"
    "Examples:\n"
    "  pactolus init -o deal.yaml\n"
    "  pactolus init --like battery-jv -o mine.yaml\n";

static int init(const struct cli_arguments *arguments)
{
    const char *output = cli_command_value(arguments, "output");
    struct pactolus_messages *messages = NULL;
    char *text = NULL;
    int status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_deal_template(cli_command_value(arguments, "like"), messages, &text);
    if (!status) status = output ? cli_file_write(output, text) : cli_print_text(text);
    cli_print_messages(messages);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_init_command = {
    "init", "", "write a commented deal file to start from", 0, 0, options, notes, init};
