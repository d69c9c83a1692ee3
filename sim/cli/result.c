/* What commands that have a result share: their options, and what they do with it. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

int cli_result_options(const struct cli_arguments *arguments, struct pactolus_run_options *out)
{
    const char *paths = cli_command_value(arguments, "paths"), *seed = cli_command_value(arguments, "seed");
    const char *memory = cli_command_value(arguments, "memory"), *output = cli_command_value(arguments, "output");
    int bad = 0;
    if (paths) bad |= cli_number_count("--paths", paths, 1, PACTOLUS_PATHS_MOST, &out->paths);
    if (seed) bad |= cli_number_digits("--seed", seed, 0, UINT64_MAX, &out->seed);
    if (memory) bad |= cli_number_size("--memory", memory, &out->memory);
    bad |= cli_number_threads(cli_command_value(arguments, "threads"), &out->threads);
    out->force = cli_command_value(arguments, "force") != NULL;
    out->output = output && strcmp(output, "none") ? output : NULL;
    return bad;
}

static int print_result(const struct cli_arguments *arguments, const struct pactolus_result *result, struct pactolus_messages *messages)
{
    char *text = NULL;
    int status = cli_command_value(arguments, "json") ? pactolus_result_json(result, messages, &text)
                                                      : pactolus_result_summary(result, messages, &text);
    if (!status) status = cli_print_text(text);
    pactolus_text_free(text);
    return status;
}

void cli_result_note(const struct pactolus_run_options *run, const struct cli_progress *progress, double seconds)
{
    char escaped[PACTOLUS_ESCAPED];
    cli_print_note("%llu paths in %.2f s on %d %s%s%s", (unsigned long long)progress->paths, seconds, run->threads,
                   run->threads == 1 ? "thread" : "threads", run->output ? "; result file: " : "",
                   run->output ? pactolus_text_escape(escaped, run->output) : "");
}

int cli_result_end(const struct cli_arguments *arguments, const struct pactolus_run_options *run, struct cli_progress *progress, int status,
                   struct pactolus_result *result, struct pactolus_messages *messages)
{
    const int quiet = cli_command_value(arguments, "quiet") != NULL;
    const double seconds = cli_progress_finish(progress);
    if (!status || status == PACTOLUS_PARTIAL) {
        const int printed = print_result(arguments, result, messages);
        if (printed) status = printed;
        if (!quiet) cli_result_note(run, progress, seconds);
    } else if (status == PACTOLUS_STOPPED && !quiet) {
        cli_print_note("pactolus: stopped; no result was written");
    }
    pactolus_result_destroy(result);
    return status;
}

int cli_result_study(const struct cli_arguments *arguments, struct pactolus_run_options *run, cli_study *study, const void *wanted)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    char *line = NULL;
    int status = pactolus_messages_create(&messages);
    if (!status) status = cli_deal_load(arguments, messages, &deal);
    if (!status) {
        line = cli_command_line(arguments);
        run->command = line;
        status = study(arguments, wanted, deal, messages);
    }
    cli_print_messages(messages);
    free(line);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
    return status;
}
