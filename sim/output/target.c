#define _GNU_SOURCE /* renameat2 */
#include "output/target.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int refuse(struct report *report, const char *path, const char *why)
{
    return report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", why);
}

int output_target_check(const char *path, int force, struct report *report)
{
    struct stat link, target;
    if (!path || !*path) return refuse(report, "output", "an empty file name");
    if (lstat(path, &link) != 0) {
        return errno == ENOENT ? STATUS_OK : refuse(report, path, strerror(errno));
    }
    if (stat(path, &target) != 0) return refuse(report, path, "a symbolic link that leads nowhere");
    if (S_ISDIR(target.st_mode)) return refuse(report, path, "is a directory, want a file name");
    if (!S_ISREG(target.st_mode)) return refuse(report, path, "is not a regular file");
    if (!force) return refuse(report, path, "exists already; --force replaces it");
    if (access(path, W_OK) != 0) return refuse(report, path, strerror(errno));
    return STATUS_OK;
}

/* The real file behind a link, and a name beside it that no other process uses. */
static int take_names(struct output_target *target, struct report *report)
{
    size_t room;
    target->path = realpath(target->given, NULL);
    if (!target->path) target->path = strdup(target->given);
    if (!target->path) goto none;
    room = strlen(target->path) + 32;
    target->temporary = malloc(room);
    if (!target->temporary) goto none;
    snprintf(target->temporary, room, "%s.tmp.%ld", target->path, (long)getpid());
    return STATUS_OK;
none:
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "no memory for a file name");
}

/* Made by open() first: its errno says more than HDF5, and the owner can read the result under any umask. */
static int make_temporary(struct output_target *target, struct report *report)
{
    struct stat made;
    unlink(target->temporary); /* of an earlier process with our number, if any */
    int fd = open(target->temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0 || fstat(fd, &made) != 0 || fchmod(fd, made.st_mode | S_IRUSR | S_IWUSR) != 0) {
        int reason = errno;
        if (fd >= 0) {
            close(fd);
            unlink(target->temporary);
        }
        free(target->temporary); /* nothing of ours to remove */
        target->temporary = NULL;
        return refuse(report, target->given, strerror(reason));
    }
    close(fd);
    return STATUS_OK;
}

int output_target_init(struct output_target *target, const char *path, int force, struct report *report)
{
    *target = (struct output_target){.given = path, .force = force};
    int status = take_names(target, report);
    return status ? status : make_temporary(target, report);
}

static int sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    if (fd < 0) return errno;
    int reason = fsync(fd) == 0 ? 0 : errno;
    if (close(fd) != 0 && reason == 0) reason = errno;
    return reason;
}

/* Without force a file that came meanwhile is kept; file systems without RENAME_NOREPLACE are asked first. */
static int take_place(struct output_target *target)
{
    struct stat there;
    if (target->force) return rename(target->temporary, target->path) == 0 ? 0 : errno;
    if (renameat2(AT_FDCWD, target->temporary, AT_FDCWD, target->path, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return errno;
    if (lstat(target->path, &there) == 0) return EEXIST;
    return rename(target->temporary, target->path) == 0 ? 0 : errno;
}

int output_target_sync_directory(const char *path)
{
    char *copy = strdup(path);
    if (!copy) return ENOMEM;
    int reason = sync_path(dirname(copy), O_RDONLY | O_DIRECTORY);
    free(copy);
    return reason == EINVAL || reason == ENOTSUP || reason == EACCES ? 0 : reason; /* where directories cannot be synced */
}

static int fail(const struct output_target *target, struct report *report, const char *what, int reason)
{
    return report_error(report, STATUS_FILE, (struct place){target->given, 0, 0}, NULL, "%s: %s", what, strerror(reason));
}

int output_target_commit(struct output_target *target, struct report *report)
{
    int reason = sync_path(target->temporary, O_RDONLY);
    if (reason != 0) return fail(target, report, "cannot reach the disk", reason);
    reason = take_place(target);
    target->done = 1; /* the temporary file is whole: if it cannot take its name, it stays, and the message says where */
    if (reason != 0) {
        report_warning(report, (struct place){target->given, 0, 0}, NULL, "the result is kept as %s", target->temporary);
        return fail(target, report, "cannot take its name", reason);
    }
    reason = output_target_sync_directory(target->path);
    return reason ? fail(target, report, "its directory cannot reach the disk", reason) : STATUS_OK;
}

void output_target_free(struct output_target *target)
{
    if (!target->done && target->temporary) unlink(target->temporary);
    free(target->path);
    free(target->temporary);
    target->path = target->temporary = NULL;
}
