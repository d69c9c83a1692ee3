/* Series of numbers into the names of a deal; what `calibrate tariffs` and `calibrate survival` share with it. */
#include "cli/cli.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct cli_option options[] = {
    {"as", 0, CLI_MANY, "NAME",
     "the level of a deal that a series is for: market.demand.REGION, market.price.REGION, "
     "market.fx.REGION, market.input.INPUT, partners.PARTNER.share"},
    {"column", 0, CLI_MANY, "COLUMN", "its column, or the beginning of its name (the only one beside the dates)"},
    {"invert", 0, CLI_MANY, "NAME", "take 1 / value for this level: currency per dollar into dollars per currency"},
    {"from", 0, CLI_ONCE, "DATE", "first date: 2005, 2005-07 or 2005-07-01 (all there are)"},
    {"to", 0, CLI_ONCE, "DATE", "last date"},
    {"annual", 0, CLI_FLAG, NULL, "take means of whole calendar years, for values full of short noise"},
    {"averaged", 0, CLI_FLAG, NULL,
     "values are averages over their month, quarter or year: undo what that hides, 1/3 of "
     "the variance of a random walk (Working 1960)"},
    {"frequency", 0, CLI_ONCE, "WORD", "monthly, quarterly or annual (as the dates say)"},
    {"model", 0, CLI_ONCE, "MODEL",
     "brownian: a random walk; reverting: back to a trend; jumps: a random walk with jumps "
     "(Merton 1976); best of them by AICc (best)"},
    {"growth", 0, CLI_ONCE, "RATE", "take this growth a year, as 0 for a level that returns to a constant (estimated)"},
    {"uncorrected", 0, CLI_FLAG, NULL, "leave the bias of small samples in mean reversion, which makes it too fast"},
    {"output", 'o', CLI_ONCE, "FILE", "write the fragment to FILE (shown on standard output)"},
    {"force", 0, CLI_FLAG, NULL, "let FILE replace an existing file"},
    {"json", 0, CLI_FLAG, NULL, "print what was found as JSON"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] = "A CSV has a header, dates in the column date or year (else the first) and values\n"
                            "above 0. Of one file come as many series as there are --as, each with its\n"
                            "--column, in the same order; of several files one series each. Two or more give\n"
                            "the correlations of their shocks too. All with standard errors, from least\n"
                            "squares or likelihood; the models with log-likelihood and AICc.\n"
                            "\n"
                            "The fragment is YAML for the line `include:` of a deal, whose own numbers win.\n"
                            "docs/calibration.md has the equations and what they do not tell;\n"
                            "scenarios/data has series to try.\n"
                            "Exit codes: 0 done; 2 command line; 3 content of a file; 4 file; 5 memory.\n"
                            "\n"
                            "Examples:\n"
                            "  pactolus calibrate sales.csv --annual --growth 0 --as market.demand.us\n"
                            "  pactolus calibrate metals.csv --from 2000 --averaged -o metals.yaml \\\n"
                            "      --column Nickel --as market.input.nickel \\\n"
                            "      --column Copper --as market.input.copper\n"
                            "  pactolus calibrate fx.csv --column EUR --as market.fx.eu --invert market.fx.eu\n"
                            "  pactolus calibrate tariffs --help\n"
                            "  pactolus calibrate survival --help\n";

int cli_calibrate_check(const struct cli_arguments *arguments)
{
    if (!cli_command_value(arguments, "force") || cli_command_value(arguments, "output")) return PACTOLUS_OK;
    cli_print_usage("--force", "only together with --output");
    cli_print_hint(arguments->command);
    return PACTOLUS_USAGE;
}

int cli_calibrate_print(const struct cli_arguments *arguments, const char *text, const char *fragment)
{
    const int shown = fragment && !cli_command_value(arguments, "output") && !cli_command_value(arguments, "json");
    int status = cli_print_text(text);
    if (!status && shown) status = cli_print_text("\n");
    return !status && shown ? cli_print_text(fragment) : status;
}

int cli_calibrate_number(const char *name, const char *text, double *number)
{
    char escaped[PACTOLUS_ESCAPED], *end = NULL;
    const size_t n = strlen(text);
    if (n && strspn(text, "0123456789.eE+-") == n) *number = strtod(text, &end);
    if (end && !*end && isfinite(*number)) return PACTOLUS_OK;
    return cli_print_usage(name, "not a number, got '%s', want one such as 0.02", pactolus_text_escape(escaped, text));
}

/* Everything that is said of series, in the order of --as, or of the files where there is none. */
static int count_series(const struct cli_arguments *arguments, size_t *count)
{
    int at = 0, names = 0, columns = 0;
    while (cli_command_next(arguments, "as", &at)) names++;
    at = 0;
    while (cli_command_next(arguments, "column", &at)) columns++;
    *count = (size_t)(names ? names : columns > arguments->operands ? columns : arguments->operands);
    if (*count > PACTOLUS_SERIES_MOST)
        return cli_print_usage(names ? "--as" : "--column", "%zu series, want %d at most", *count, PACTOLUS_SERIES_MOST);
    if (columns && (size_t)columns != *count)
        return cli_print_usage("--column", "got %d of them for %zu series, want one for each", columns, *count);
    if (arguments->operands == 1 || (size_t)arguments->operands == *count) return PACTOLUS_OK;
    return cli_print_usage(names ? "--as" : "--column",
                           "%zu of them for %d files, want one for each file (name a file again for another column of it)",
                           *count, arguments->operands);
}

static int invert(const struct cli_arguments *arguments, struct pactolus_series *series, size_t count)
{
    char escaped[PACTOLUS_ESCAPED];
    const char *name;
    int at = 0;
    while ((name = cli_command_next(arguments, "invert", &at))) {
        int found = 0;
        for (size_t k = 0; k < count; k++) {
            if (series[k].name && !strcmp(series[k].name, name)) series[k].inverse = found = 1;
        }
        if (!found) return cli_print_usage("--invert", "no --as has that name, got '%s'", pactolus_text_escape(escaped, name));
    }
    return PACTOLUS_OK;
}

static int read_series(const struct cli_arguments *arguments, struct pactolus_series *series, size_t *count)
{
    int name = 0, column = 0;
    const int status = count_series(arguments, count);
    if (status) return status;
    for (size_t k = 0; k < *count; k++) {
        series[k] = (struct pactolus_series){.path = arguments->operand[arguments->operands == 1 ? 0 : k]};
        series[k].name = cli_command_next(arguments, "as", &name);
        series[k].column = cli_command_next(arguments, "column", &column);
    }
    return invert(arguments, series, *count);
}

static int read_options(const struct cli_arguments *arguments, struct pactolus_calibration_options *to)
{
    const char *growth = cli_command_value(arguments, "growth");
    to->from = cli_command_value(arguments, "from");
    to->to = cli_command_value(arguments, "to");
    to->frequency = cli_command_value(arguments, "frequency");
    to->model = cli_command_value(arguments, "model");
    to->annual = cli_command_value(arguments, "annual") != NULL;
    to->averaged = cli_command_value(arguments, "averaged") != NULL;
    to->uncorrected = cli_command_value(arguments, "uncorrected") != NULL;
    to->output = cli_command_value(arguments, "output");
    to->force = cli_command_value(arguments, "force") != NULL;
    to->format = cli_command_value(arguments, "json") ? PACTOLUS_JSON : PACTOLUS_TEXT;
    to->has_growth = growth != NULL;
    return growth ? cli_calibrate_number("--growth", growth, &to->growth) : PACTOLUS_OK;
}

static int calibrate(const struct cli_arguments *arguments)
{
    struct pactolus_series series[PACTOLUS_SERIES_MOST];
    struct pactolus_calibration_options to;
    struct pactolus_messages *messages = NULL;
    char *text = NULL, *fragment = NULL;
    pactolus_calibration_options_init(&to);
    to.series = series;
    int status = cli_calibrate_check(arguments), said = read_options(arguments, &to),
        listed = read_series(arguments, series, &to.series_count);
    if (!status) status = said ? said : listed;
    if (status) return status;
    status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_calibrate(&to, messages, &text, &fragment);
    cli_print_messages(messages);
    if (!status) status = cli_calibrate_print(arguments, text, fragment);
    pactolus_text_free(text);
    pactolus_text_free(fragment);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_calibrate_command = {
    "calibrate", "SERIES...", "estimate growth, volatility, reversion, jumps from series", 1, PACTOLUS_SERIES_MOST, options,
    notes,       calibrate};
