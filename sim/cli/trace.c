/* `pactolus run --trace`: the life of single paths instead of a run. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* "0,17,1e5" as numbers. */
static int read_paths(const char *text, uint64_t path[PACTOLUS_TRACES_MOST], size_t *count)
{
    const char *start = text;
    for (*count = 0;; start++) {
        char word[32];
        const size_t length = strcspn(start, ",");
        if (*count == PACTOLUS_TRACES_MOST) return cli_print_usage("--trace", "too many paths, want at most %d", PACTOLUS_TRACES_MOST);
        if (length >= sizeof word) return cli_number_count("--trace", start, 0, PACTOLUS_PATHS_MOST - 1, &path[0]);
        memcpy(word, start, length);
        word[length] = 0;
        if (cli_number_count("--trace", word, 0, PACTOLUS_PATHS_MOST - 1, &path[*count])) return PACTOLUS_USAGE;
        ++*count;
        start += length;
        if (!*start) return PACTOLUS_OK;
    }
}

/* A trace leaves no file, so that an option which asks for one is a mistake. */
static int check_options(const struct cli_arguments *arguments)
{
    const char *output = cli_command_value(arguments, "output");
    if (output && strcmp(output, "none")) return cli_print_usage("--output", "a trace writes no file; leave it out or say none");
    if (cli_command_value(arguments, "samples")) return cli_print_usage("--samples", "not together with --trace, which writes no file");
    return PACTOLUS_OK;
}

int cli_trace_options(const struct cli_arguments *arguments, struct cli_trace *trace)
{
    const char *paths = cli_command_value(arguments, "trace");
    trace->count = 0;
    if (!paths) {
        if (!cli_command_value(arguments, "trace-scenario")) return PACTOLUS_OK;
        return cli_print_usage("--trace-scenario", "says of which scenario --trace tells, and there is no --trace");
    }
    int status = read_paths(paths, trace->path, &trace->count);
    return status ? status : check_options(arguments);
}

int cli_trace_print(const struct cli_arguments *arguments, const struct cli_trace *trace, uint64_t seed, struct pactolus_deal *deal,
                    struct pactolus_messages *messages)
{
    const char *name = cli_command_value(arguments, "trace-scenario");
    const enum pactolus_format format = cli_command_value(arguments, "json") ? PACTOLUS_JSON : PACTOLUS_TEXT;
    char *text = NULL;
    size_t scenario = 0;
    int status = name ? cli_deal_scenario("--trace-scenario", deal, name, &scenario) : PACTOLUS_OK;
    if (!status) status = pactolus_trace(deal, scenario, seed, trace->path, trace->count, format, messages, &text);
    if (!status) status = cli_print_text(text);
    pactolus_text_free(text);
    return status;
}
