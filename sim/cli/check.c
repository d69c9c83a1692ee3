#include "cli/cli.h"

static const struct cli_option options[] = {
    {"scenarios", 0, CLI_ONCE, "TABLE.csv", "check every row of a scenario table as well"},
    {"set", 0, CLI_MANY, "NAME=VALUE", "replace a value of the deal file; may be repeated"},
    {"echo", 0, CLI_ONCE, "SCENARIO", "print all names with the values a run would use and where each comes from "
                                      "(without a table the scenario is called base)"},
    {"quiet", 'q', CLI_FLAG, NULL, "print nothing but errors and warnings"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "All errors of a file are told at once, with line and column, on standard error.\n"
    "Exit codes: 0 it would run; 3 it would not; 4 a file cannot be read.\n"
    "\n"
    "Examples:\n"
    "  pactolus check deal.yaml\n"
    "  pactolus check deal.yaml --scenarios scenarios.csv\n"
    "  pactolus check deal.yaml --set steps_per_year=12 --echo base\n";

static int print_deal(const struct cli_arguments *arguments, struct pactolus_deal *deal, struct pactolus_messages *messages)
{
    const char *echo = cli_command_value(arguments, "echo");
    char *text = NULL;
    size_t scenario = 0;
    int status = PACTOLUS_OK;
    if (echo) {
        status = cli_deal_scenario("--echo", deal, echo, &scenario);
        if (!status) status = pactolus_deal_echo(deal, scenario, messages, &text);
    } else if (!cli_command_value(arguments, "quiet")) {
        status = pactolus_deal_describe(deal, messages, &text);
    }
    if (!status && text) status = cli_print_text(text);
    pactolus_text_free(text);
    return status;
}

static int check(const struct cli_arguments *arguments)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    int status = pactolus_messages_create(&messages);
    if (!status) status = cli_deal_load(arguments, messages, &deal);
    if (!status) status = pactolus_deal_check(deal, messages);
    if (!status) status = print_deal(arguments, deal, messages);
    cli_print_messages(messages);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_check_command = {
    "check", "DEAL", "read and check a deal without running it", 1, 1, options, notes, check};
