#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const struct cli_option options[] = {
    {"like", 0, CLI_ONCE, "NAME", "start from a shipped deal, for instance battery-jv"},
    {"output", 'o', CLI_ONCE, "FILE", "write to FILE, which must not exist yet (standard output)"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char notes[] =
    "Without --like: a small deal of two partners with comments, which runs as it is.\n"
    "\n"
    "Examples:\n"
    "  pactolus init -o deal.yaml\n"
    "  pactolus init --like battery-jv -o mine.yaml\n";

static int write_all(int file, const char *text, size_t size)
{
    while (size > 0) {
        ssize_t n = write(file, text, size);
        if (n < 0 && errno != EINTR) return errno;
        if (n > 0) text += n, size -= (size_t)n;
    }
    return fsync(file) && errno != EINVAL ? errno : 0; /* EINVAL: a device without fsync */
}

static int write_file(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0) return cli_print_file_error(path, errno);
    int code = write_all(file, text, strlen(text));
    if (close(file) && !code) code = errno;
    if (!code) return PACTOLUS_OK;
    unlink(path);
    return cli_print_file_error(path, code);
}

static int init(const struct cli_arguments *arguments)
{
    const char *output = cli_command_value(arguments, "output");
    struct pactolus_messages *messages = NULL;
    char *text = NULL;
    int status = pactolus_messages_create(&messages);
    if (!status) status = pactolus_deal_template(cli_command_value(arguments, "like"), messages, &text);
    if (!status) status = output ? write_file(output, text) : cli_print_text(text);
    cli_print_messages(messages);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_init_command = {
    "init", "", "write a commented deal file to start from", 0, 0, options, notes, init};
