#include "output/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGE = 1024, SECONDS = 10, BYTES_A_SECOND = 10 << 20 };

/* Longer than any good file of this size takes. */
static unsigned patience(const char *path)
{
    struct stat there;
    if (stat(path, &there) != 0) return SECONDS;
    return SECONDS + (unsigned)(there.st_size / BYTES_A_SECOND);
}

static void run_child(int to, const char *path, int (*read_file)(void *context, struct report *report), void *context)
{
    struct report own;
    int quiet = open("/dev/null", O_WRONLY);
    if (quiet >= 0) dup2(quiet, STDERR_FILENO);
    alarm(patience(path));
    report_init(&own);
    int status = read_file(context, &own);
    const char *text = own.shown > 0 ? own.message[0] : "";
    const char *start = strstr(text, "error: "); /* the parent puts place and kind before it again */
    start = start ? start + 7 : text;
    if (write(to, start, strlen(start)) < 0) _exit(-STATUS_INTERNAL);
    _exit(-status);
}

/* Returns the length; ends at the end of the pipe or of the room. */
static size_t take_message(int from, char text[MESSAGE])
{
    size_t n = 0;
    ssize_t got;
    do {
        got = read(from, text + n, MESSAGE - 1 - n);
        if (got > 0) n += (size_t)got;
    } while ((got > 0 && n < MESSAGE - 1) || (got < 0 && errno == EINTR));
    text[n] = '\0';
    return n;
}

int output_probe(const char *path, int (*read_file)(void *context, struct report *report), void *context,
                 struct report *report)
{
    char text[MESSAGE];
    int end[2], code = 0;
    if (pipe(end) != 0) return read_file(context, report);
    pid_t child = fork();
    if (child < 0) {
        close(end[0]);
        close(end[1]);
        return read_file(context, report);
    }
    if (child == 0) run_child(end[1], path, read_file, context);
    close(end[1]);
    size_t length = take_message(end[0], text);
    close(end[0]);
    while (waitpid(child, &code, 0) < 0 && errno == EINTR) continue;
    if (WIFEXITED(code) && WEXITSTATUS(code) == 0) return STATUS_OK;
    int known = WIFEXITED(code) && length > 0;
    return report_error(report, known ? -WEXITSTATUS(code) : STATUS_REFUSED, (struct place){path, 0, 0}, NULL, "%s",
                        known ? text : "damaged: HDF5 cannot read it");
}
