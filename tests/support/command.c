#include "support/command.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], files[64];

void command_enter(void)
{
    strcpy(folder, "/tmp/pactolus-test-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    strcpy(files, "/tmp/pactolus-said-XXXXXX");
    cr_assert_not_null(mkdtemp(files));
    cr_assert_eq(chdir(folder), 0);
}

void command_leave(void)
{
    char line[256];
    snprintf(line, sizeof line, "chmod -R u+rwX '%s'; rm -rf '%s' '%s'", folder, folder, files);
    cr_assert_eq(chdir("/"), 0);
    cr_assert_eq(system(line), 0);
}

static int open_file(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", files, name);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    cr_assert_geq(file, 0);
    return file;
}

static void read_file(int file, char text[COMMAND_TEXT])
{
    ssize_t n = pread(file, text, COMMAND_TEXT - 1, 0);
    text[n > 0 ? n : 0] = 0;
    close(file);
}

void command_run(struct command_outcome *outcome, const char *format, ...)
{
    char line[8192];
    int status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    int output = open_file("output"), error = open_file("error");
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        dup2(output, 1);
        dup2(error, 2);
        execl("/bin/bash", "bash", "-c", line, (char *)NULL);
        _exit(127);
    }
    cr_assert_eq(waitpid(child, &status, 0), child);
    outcome->code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    read_file(output, outcome->output);
    read_file(error, outcome->error);
}
