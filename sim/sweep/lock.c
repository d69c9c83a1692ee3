#define _GNU_SOURCE
#include "sweep/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Who holds it, for the message of the one that comes second. */
static void write_holder(int file)
{
    char host[128] = "", when[32] = "";
    const time_t now = time(NULL);
    struct tm utc;
    gethostname(host, sizeof host - 1);
    if (gmtime_r(&now, &utc)) strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
    if (ftruncate(file, 0) == 0) dprintf(file, "process %ld on %s since %s\n", (long)getpid(), host, when);
}

static void read_holder(int file, char shown[TEXT_ESCAPED])
{
    char text[256] = "";
    const ssize_t n = pread(file, text, sizeof text - 1, 0);
    text[n > 0 ? strcspn(text, "\n") : 0] = 0;
    text_escape(shown, *text ? text : "it does not say which");
}

static int tell_holder(const char *path, int file, struct report *report)
{
    char shown[TEXT_ESCAPED];
    read_holder(file, shown);
    return report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "another process is at this sweep: %s", shown);
}

int sweep_lock_look(const char *path, char text[TEXT_ESCAPED])
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    const int held = fcntl(file, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    if (held) read_holder(file, text);
    close(file);
    return held;
}

/* An open file description's lock (flock): it ends with the process, however that ends, and on NFS the server keeps it. */
int sweep_lock_take(struct sweep_lock *lock, const char *path, struct report *report)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat held, there;
    lock->file = -1;
    lock->path = strdup(path);
    if (!lock->path) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a lock");
    for (;;) {
        const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (file < 0) return report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", strerror(errno));
        if (fcntl(file, F_OFD_SETLK, &whole)) {
            const int reason = errno;
            int status = reason == EAGAIN || reason == EACCES
                             ? tell_holder(path, file, report)
                             : report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", strerror(reason));
            close(file);
            return status;
        }
        /* The one that held it may have taken the name away meanwhile: then this is a lock on nothing. */
        if (fstat(file, &held) == 0 && stat(path, &there) == 0 && held.st_ino == there.st_ino && held.st_dev == there.st_dev) {
            lock->file = file;
            write_holder(file);
            return STATUS_OK;
        }
        close(file);
    }
}

void sweep_lock_release(struct sweep_lock *lock)
{
    if (lock->path && lock->file >= 0) {
        unlink(lock->path);
        close(lock->file);
    }
    free(lock->path);
    lock->path = NULL;
    lock->file = -1;
}
