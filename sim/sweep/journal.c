#define _GNU_SOURCE
#include "sweep/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "output/target.h"
#include "sweep/journal_parts.h"

#define SYNC_SECONDS 5.0

static int fail(const struct sweep_journal *journal, int reason, struct report *report)
{
    return report_error(report, STATUS_FILE, (struct place){journal->path, 0, 0}, NULL, "%s", strerror(reason));
}

/* All of it, or an errno. */
static int write_all(int file, const void *bytes, size_t size)
{
    const char *at = bytes;
    while (size > 0) {
        const ssize_t n = write(file, at, size);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return n < 0 ? errno : EIO;
        at += n;
        size -= (size_t)n;
    }
    return 0;
}

/* ---- Opening ---- */

/* Written beside its place and renamed, so that a header is whole or is not there. */
static int make(const struct sweep_journal *journal, const struct sweep_journal_kind *kind, struct report *report)
{
    struct journal_head head = journal_head_of(kind);
    char *temporary = NULL;
    if (asprintf(&temporary, "%s.%ld", journal->path, (long)getpid()) < 0) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a journal");
    }
    int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666), reason = file < 0 ? errno : 0;
    if (!reason) reason = write_all(file, &head, sizeof head);
    if (!reason) reason = write_all(file, kind->identity, strlen(kind->identity));
    if (!reason && fsync(file)) reason = errno;
    if (file >= 0 && close(file) && !reason) reason = errno;
    if (!reason && rename(temporary, journal->path)) reason = errno;
    if (reason) unlink(temporary);
    else reason = output_target_sync_directory(journal->path);
    free(temporary);
    return reason ? fail(journal, reason, report) : STATUS_OK;
}

static void pass(void *context, const struct sweep_journal_record *record)
{
    (void)context;
    (void)record;
}

int sweep_journal_open(struct sweep_journal *journal, const char *path, const struct sweep_journal_kind *kind, struct report *report)
{
    memset(journal, 0, sizeof *journal);
    journal->file = -1;
    journal->doubles = kind->doubles;
    journal->path = strdup(path);
    journal->buffer = malloc(journal_record_size(kind->doubles * sizeof(double)) + JOURNAL_REASON + 1);
    if (!journal->path || !journal->buffer) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a journal");
    int status = access(path, F_OK) ? make(journal, kind, report) : STATUS_OK;
    if (!status) status = sweep_journal_scan(path, kind, pass, NULL, &journal->end, report);
    if (status) return status;
    journal->file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (journal->file < 0 || ftruncate(journal->file, journal->end)) return fail(journal, errno, report);
    journal->synced = clock_now();
    return STATUS_OK;
}

/* ---- Appending ---- */

static int sync_now(struct sweep_journal *journal, struct report *report)
{
    journal->synced = clock_now();
    return fdatasync(journal->file) ? fail(journal, errno, report) : STATUS_OK;
}

static int append(struct sweep_journal *journal, uint64_t point, int status, const void *payload, size_t size, struct report *report)
{
    const size_t all = journal_record_size(size);
    journal_record_put(journal->buffer, point, status, payload, size);
    const int reason = write_all(journal->file, journal->buffer, all);
    if (reason) {
        if (ftruncate(journal->file, journal->end)) return fail(journal, reason, report); /* cut when it is opened again */
        return fail(journal, reason, report);
    }
    journal->end += (int64_t)all;
    return clock_now() - journal->synced > SYNC_SECONDS ? sync_now(journal, report) : STATUS_OK;
}

int sweep_journal_append(struct sweep_journal *journal, uint64_t point, const double *record, struct report *report)
{
    return append(journal, point, STATUS_OK, record, journal->doubles * sizeof *record, report);
}

int sweep_journal_append_failure(struct sweep_journal *journal, uint64_t point, int status, const char *reason,
                                 struct report *report)
{
    return append(journal, point, status, reason, strnlen(reason, JOURNAL_REASON), report);
}

int sweep_journal_close(struct sweep_journal *journal, struct report *report)
{
    int status = STATUS_OK;
    if (journal->path && journal->file >= 0) {
        status = sync_now(journal, report);
        if (close(journal->file) && !status) status = fail(journal, errno, report);
    }
    free(journal->path);
    free(journal->buffer);
    memset(journal, 0, sizeof *journal);
    journal->file = -1;
    return status;
}
