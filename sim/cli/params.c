#include "cli/cli.h"

static const struct cli_option options[] = {
    {"json", 0, CLI_FLAG, NULL, "as JSON"},
    {"markdown", 0, CLI_FLAG, NULL, "as the page docs/parameters.md"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "Each name with its unit, range, neutral default and meaning. FILTER keeps the\n"
    "names that contain it, then those whose meaning does. <partner>, <region> and so\n"
    "on stand for names that a deal declares: market.demand.us.volatility.\n"
    "\n"
    "Examples:\n"
    "  pactolus params demand\n"
    "  pactolus params --json | jq -r '.[].path'\n";

static int params(const struct cli_arguments *arguments)
{
    int json = cli_command_value(arguments, "json") != NULL, markdown = cli_command_value(arguments, "markdown") != NULL;
    enum pactolus_format format = json ? PACTOLUS_JSON : markdown ? PACTOLUS_MARKDOWN : PACTOLUS_TEXT;
    struct pactolus_messages *messages = NULL;
    char *text = NULL;
    int status;
    if (json && markdown) return cli_print_usage("--json", "not together with --markdown");
    status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_parameters(format, arguments->operands ? arguments->operand[0] : NULL, messages, &text);
    if (!status) status = cli_print_text(text);
    cli_print_messages(messages);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_params_command = {
    "params", "[FILTER]", "list all names that a deal file may hold", 0, 1, options, notes, params};
