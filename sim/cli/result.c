/* What commands that have a result do with it. */
#include "cli/cli.h"

static int print_result(const struct cli_arguments *arguments, const struct pactolus_result *result, struct pactolus_messages *messages)
{
    char *text = NULL;
    int status = cli_command_value(arguments, "json") ? pactolus_result_json(result, messages, &text)
                                                      : pactolus_result_summary(result, messages, &text);
    if (!status) status = cli_print_text(text);
    pactolus_text_free(text);
    return status;
}

static void close_result(const struct pactolus_run_options *run, const struct cli_progress *progress, double seconds)
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
        if (!quiet) close_result(run, progress, seconds);
    } else if (status == PACTOLUS_STOPPED && !quiet) {
        cli_print_note("pactolus: stopped; no result was written");
    }
    pactolus_result_destroy(result);
    return status;
}
