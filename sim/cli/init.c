#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct cli_option options[] = {
    {"like", 0, CLI_ONCE, "NAME", "start from a shipped deal, for instance battery-jv"},
    {"output", 'o', CLI_ONCE, "FILE", "write to FILE, which must not exist yet, and what the deal includes beside it (standard output)"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "Without --like: a small deal of two partners with comments, which runs as it is.\n"
    "\n"
    "Examples:\n"
    "  pactolus init -o deal.yaml\n"
    "  pactolus init --like battery-jv -o mine.yaml\n";

/* Files written so far; all are taken back where a later one fails. */
enum { FILES = 32 };
struct written {
    char *path[FILES];
    size_t count;
};

static int write_file(struct written *written, const char *path, const char *text)
{
    char *copy = written->count < FILES ? strdup(path) : NULL;
    if (!copy) return cli_print_memory();
    const int status = cli_file_write(path, text);
    if (status) free(copy);
    else written->path[written->count++] = copy;
    return status;
}

/* `name` in the folder of `output`. */
static int write_beside(struct written *written, const char *output, const char *name, const char *text)
{
    const char *slash = strrchr(output, '/');
    const size_t n = slash ? (size_t)(slash - output) + 1 : 0, m = strlen(name);
    char *path = malloc(n + m + 1);
    if (!path) return cli_print_memory();
    memcpy(path, output, n);
    memcpy(path + n, name, m + 1);
    const int status = write_file(written, path, text);
    free(path);
    return status;
}

/* What the deal includes, before the deal itself: a deal that stands there can be run. Without an output only told. */
static int write_includes(struct written *written, const char *like, const char *output, struct pactolus_messages *messages)
{
    int status = PACTOLUS_OK, more = 1;
    for (size_t k = 0; !status && more; k++) {
        char *name = NULL, *text = NULL, escaped[PACTOLUS_ESCAPED];
        status = pactolus_deal_template_include(like, k, messages, &name, &text);
        more = name != NULL;
        if (more && output) status = write_beside(written, output, name, text);
        else if (more) cli_print_note("includes %s, which is written beside the deal with --output", pactolus_text_escape(escaped, name));
        pactolus_text_free(name);
        pactolus_text_free(text);
    }
    return status;
}

static void close_files(struct written *written, int status)
{
    char escaped[PACTOLUS_ESCAPED];
    for (size_t k = 0; k < written->count; k++) {
        if (status) unlink(written->path[k]);
        else if (written->count > 1) cli_print_note("%s written", pactolus_text_escape(escaped, written->path[k]));
        free(written->path[k]);
    }
}

static int init(const struct cli_arguments *arguments)
{
    const char *output = cli_command_value(arguments, "output"), *like = cli_command_value(arguments, "like");
    struct pactolus_messages *messages = NULL;
    struct written written = {.count = 0};
    char *text = NULL;
    int status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_deal_template(like, messages, &text);
    if (!status) status = write_includes(&written, like, output, messages);
    if (!status) status = output ? write_file(&written, output, text) : cli_print_text(text);
    close_files(&written, status);
    cli_print_messages(messages);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_init_command = {
    "init", "", "write a commented deal file to start from", 0, 0, options, notes, init};
