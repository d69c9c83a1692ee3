#define _GNU_SOURCE
#include "sweep/clear.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sweep/journal.h"

static void remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        const char *name = entry->d_name;
        const int ours = strstr(name, SWEEP_JOURNAL_ENDING) || !strncmp(name, "command", strlen("command"));
        if (ours) unlinkat(dirfd(folder), name, 0);
    }
    closedir(folder);
    rmdir(path);
}

void sweep_clear_parts(const char *output, const char *parts)
{
    char *done = NULL;
    if (asprintf(&done, "%s.done", output) < 0) return;
    remove_folder(rename(parts, done) ? parts : done);
    free(done);
}

static int is_stale(const char *name, const char *output)
{
    static const char mark[] = ".tmp.";
    const size_t length = strlen(output);
    if (strncmp(name, output, length) || strncmp(name + length, mark, strlen(mark))) return 0;
    const char *number = name + length + strlen(mark);
    return *number && !number[strspn(number, "0123456789")] && kill((pid_t)atol(number), 0) && errno == ESRCH;
}

void sweep_clear_done(const char *output)
{
    char *done = NULL;
    if (asprintf(&done, "%s.done", output) >= 0) remove_folder(done);
    free(done);
}

void sweep_clear_stale(const char *output)
{
    const char *slash = strrchr(output, '/'), *name = slash ? slash + 1 : output;
    char *path = slash ? strndup(output, (size_t)(slash - output) + 1) : strdup("./");
    DIR *folder = path ? opendir(path) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (is_stale(entry->d_name, name)) unlinkat(dirfd(folder), entry->d_name, 0);
    }
    if (folder) closedir(folder);
    free(path);
}
