/* What commands that have a result do with it. */
#include "cli/cli.h"

int cli_result_print(const struct cli_arguments *arguments, const struct pactolus_result *result, struct pactolus_messages *messages)
{
    char *text = NULL;
    int status = cli_command_value(arguments, "json") ? pactolus_result_json(result, messages, &text)
                                                      : pactolus_result_summary(result, messages, &text);
    if (!status) status = cli_print_text(text);
    pactolus_text_free(text);
    return status;
}

void cli_result_close(const struct pactolus_run_options *run, const struct cli_progress *progress, double seconds)
{
    char escaped[PACTOLUS_ESCAPED];
    cli_print_note("%llu paths in %.2f s on %d %s%s%s", (unsigned long long)progress->paths, seconds, run->threads,
                   run->threads == 1 ? "thread" : "threads", run->output ? "; result file: " : "",
                   run->output ? pactolus_text_escape(escaped, run->output) : "");
}
