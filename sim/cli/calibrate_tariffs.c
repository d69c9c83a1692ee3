#include "cli/cli.h"

static const struct cli_option options[] = {
    {"as", 0, CLI_ONCE, "NAME", "the chain of a deal: market.trade.CHAIN"},
    {"importer", 0, CLI_ONCE, "WORD", "only rows of this importer (all)"},
    {"origin", 0, CLI_ONCE, "WORD", "only rows of this origin (all)"},
    {"product", 0, CLI_ONCE, "WORD", "only rows of this product (all)"},
    {"regimes", 0, CLI_ONCE, "LIST", "names from low to high with the duty below which each lies (low:0.05,deal:0.2,high)"},
    {"from", 0, CLI_ONCE, "DATE", "watched from: 2005, 2005-07 or 2005-07-01 (as the rows say)"},
    {"to", 0, CLI_ONCE, "DATE", "watched until; needed where a duty has no end"},
    {"output", 'o', CLI_ONCE, "FILE", "write the fragment to FILE (shown on standard output)"},
    {"force", 0, CLI_FLAG, NULL, "let FILE replace an existing file"},
    {"json", 0, CLI_FLAG, NULL, "print what was found as JSON"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] = "SCHEDULE.csv has the columns importer, origin, product, rate (a share: 0.25),\n"
                            "from and to (the last day; empty: in force). Each row is the whole duty of its\n"
                            "lane, an importer, origin and product, in that time. A change from one regime to\n"
                            "another is counted over the years watched in the first, of all lanes together;\n"
                            "the rate comes with its standard error and the exact 95% interval of a Poisson\n"
                            "count (Garwood 1936). Lanes that change on one day are no independent evidence:\n"
                            "then it says so.\n"
                            "Exit codes: 0 done; 2 command line; 3 content of the file; 4 file; 5 memory.\n"
                            "\n"
                            "Example:\n"
                            "  pactolus calibrate tariffs tariff_schedule_vehicles.csv --importer US \\\n"
                            "      --origin Japan --to 2026-06 --as market.trade.us_japan -o us_japan.yaml\n";

static int tariffs(const struct cli_arguments *arguments)
{
    struct pactolus_tariff_options to;
    struct pactolus_messages *messages = NULL;
    char *text = NULL, *fragment = NULL;
    pactolus_tariff_options_init(&to);
    to.path = arguments->operand[0];
    to.importer = cli_command_value(arguments, "importer");
    to.origin = cli_command_value(arguments, "origin");
    to.product = cli_command_value(arguments, "product");
    to.from = cli_command_value(arguments, "from");
    to.to = cli_command_value(arguments, "to");
    to.regimes = cli_command_value(arguments, "regimes");
    to.name = cli_command_value(arguments, "as");
    to.output = cli_command_value(arguments, "output");
    to.force = cli_command_value(arguments, "force") != NULL;
    to.format = cli_command_value(arguments, "json") ? PACTOLUS_JSON : PACTOLUS_TEXT;
    if (cli_calibrate_check(arguments)) return PACTOLUS_USAGE;
    int status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_calibrate_tariffs(&to, messages, &text, &fragment);
    cli_print_messages(messages);
    if (!status) status = cli_calibrate_print(arguments, text, fragment);
    pactolus_text_free(text);
    pactolus_text_free(fragment);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_calibrate_tariffs_command = {
    "calibrate tariffs", "SCHEDULE", "rates of change between duties, from a dated schedule", 1, 1, options, notes, tariffs};
