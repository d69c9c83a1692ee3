#include "cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int fail(int code)
{
    if (code == EPIPE) return CLI_READER_LEFT;
    return cli_print_file_error("standard output", code ? code : EIO);
}

int cli_print_text(const char *text)
{
    errno = 0;
    return fputs(text, stdout) == EOF || fflush(stdout) ? fail(errno) : PACTOLUS_OK;
}

int cli_print_bytes(const char *text, size_t size)
{
    errno = 0;
    return fwrite(text, 1, size, stdout) != size || fflush(stdout) ? fail(errno) : PACTOLUS_OK;
}

int cli_print_finish(void)
{
    errno = 0;
    return ferror(stdout) || fflush(stdout) || fclose(stdout) ? fail(errno) : PACTOLUS_OK;
}

int cli_print_usage(const char *name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("pactolus: error: ", stderr);
    if (name) fprintf(stderr, "%s: ", name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return PACTOLUS_USAGE;
}

int cli_print_file_error(const char *name, int code)
{
    char escaped[PACTOLUS_ESCAPED];
    fprintf(stderr, "pactolus: error: %s: %s\n", pactolus_text_escape(escaped, name), strerror(code));
    return PACTOLUS_FILE;
}

int cli_print_memory(void)
{
    fprintf(stderr, "pactolus: error: %s\n", pactolus_status_text(PACTOLUS_MEMORY));
    return PACTOLUS_MEMORY;
}

void cli_print_hint(const struct cli_command *command)
{
    if (command) fprintf(stderr, "Try 'pactolus %s --help'.\n", command->name);
    else fputs("Try 'pactolus --help'.\n", stderr);
}

void cli_print_messages(const struct pactolus_messages *messages)
{
    const size_t count = pactolus_messages_count(messages), seen = pactolus_messages_seen(messages);
    for (size_t k = 0; k < count; k++) fprintf(stderr, "%s\n", pactolus_messages_text(messages, k));
    if (!messages || (seen && !count)) { /* not even a sentence could be kept */
        cli_print_memory();
    } else if (seen > count) {
        fprintf(stderr, "pactolus: and %zu more\n", seen - count);
    }
}

void cli_print_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}
