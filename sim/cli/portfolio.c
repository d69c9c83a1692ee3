/* `pactolus run DEAL DEAL ...`: several deals on the same market. */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

/* What says something of one deal only is a mistake. */
int cli_portfolio_check(const struct cli_arguments *arguments)
{
    static const char *const single[] = {"scenarios", "trace", "trace-scenario"};
    int bad = 0;
    for (size_t k = 0; k < sizeof single / sizeof *single; k++) {
        char name[32];
        if (!cli_command_value(arguments, single[k])) continue;
        snprintf(name, sizeof name, "--%s", single[k]);
        bad |= cli_print_usage(name, "is of one deal, and there are %d", arguments->operands);
    }
    if (arguments->operands > PACTOLUS_DEALS_MOST) {
        bad |= cli_print_usage(NULL, "%d deals, want at most %d", arguments->operands, PACTOLUS_DEALS_MOST);
    }
    return bad ? PACTOLUS_USAGE : PACTOLUS_OK;
}

struct deals {
    struct pactolus_deal *deal[PACTOLUS_DEALS_MOST];
    char name[PACTOLUS_DEALS_MOST][CLI_PATH];
    const char *names[PACTOLUS_DEALS_MOST];
    size_t count;
};

/* --set holds for each of them. All faulty files are told at once, what is wrong with the command line once. */
static int load(const struct cli_arguments *arguments, struct deals *deals, struct pactolus_messages *messages)
{
    int status = PACTOLUS_OK;
    for (int k = 0; k < arguments->operands && status != PACTOLUS_USAGE; k++) {
        struct cli_arguments one = *arguments;
        const size_t d = deals->count;
        one.operand = arguments->operand + k;
        const int failed = cli_deal_load(&one, messages, &deals->deal[d]);
        cli_deal_output(arguments->operand[k], deals->name[d]);
        char *end = strrchr(deals->name[d], '.'); /* of NAME.h5 */
        if (end) *end = 0;
        deals->names[d] = deals->name[d];
        deals->count++;
        if (!status) status = failed;
    }
    return status;
}

static int simulate(const struct cli_arguments *arguments, const struct pactolus_run_options *run, const struct deals *deals,
                    struct pactolus_messages *messages)
{
    struct pactolus_result *result = NULL;
    struct cli_progress progress;
    cli_process_watch();
    cli_progress_init(&progress, cli_command_value(arguments, "quiet") != NULL);
    int status = pactolus_portfolio(deals->deal, deals->names, deals->count, run, cli_progress_tell, &progress, messages, &result);
    return cli_result_end(arguments, run, &progress, status, result, messages);
}

int cli_portfolio_run(const struct cli_arguments *arguments, const struct pactolus_run_options *wanted)
{
    struct pactolus_run_options run = *wanted;
    struct pactolus_messages *messages = NULL;
    struct deals *deals = calloc(1, sizeof *deals);
    char *line = cli_command_line(arguments);
    int status = deals ? pactolus_messages_create(&messages) : cli_print_memory();
    run.command = line;
    if (!cli_command_value(arguments, "output")) run.output = NULL; /* no deal's name is that of all */
    if (!status) status = load(arguments, deals, messages);
    if (!status) status = simulate(arguments, &run, deals, messages);
    cli_print_messages(messages);
    for (size_t d = 0; deals && d < deals->count; d++) pactolus_deal_destroy(deals->deal[d]);
    pactolus_messages_destroy(messages);
    free(deals);
    free(line);
    return status;
}
