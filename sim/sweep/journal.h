/* sweep/journal.h - the journal of one process: points as they are finished, one after the other, never changed.

   The file is a header (mark, format, order of bytes, length and check of the identity, numbers of a record, the identity itself)
   and records (length, point, status, payload, CRC-32 of all of it). A record is appended by one write, so that a killed process
   loses at most the point that it was writing; what was torn is cut off when the journal is opened again. Every few seconds, and at
   the end, the file is brought to the disk, so that a power cut loses no more than that. Not for two threads at a time. */
#ifndef PACTOLUS_SWEEP_JOURNAL_H
#define PACTOLUS_SWEEP_JOURNAL_H
#include <stdint.h>

#include "base/status.h"

#define SWEEP_JOURNAL_ENDING ".journal"

/* What is in a journal and what must be the same in all of a sweep. */
struct sweep_journal_kind {
    const char *identity; /* lines `name: value` */
    size_t doubles;       /* of a record that succeeded */
    uint64_t points;
};

struct sweep_journal {
    char *path;
    int file;
    size_t doubles;
    int64_t end; /* behind the last whole record */
    double synced; /* when, in seconds */
    unsigned char *buffer;
};

/* Makes the journal, or goes on with one that is there: cuts a torn end off. STATUS_REFUSED, with the names that differ, for that of
   another sweep, and for what is damaged, newer or no journal; STATUS_FILE. */
int sweep_journal_open(struct sweep_journal *journal, const char *path, const struct sweep_journal_kind *kind, struct report *report);
/* After a failure (STATUS_FILE) the file ends behind the last whole record. */
int sweep_journal_append(struct sweep_journal *journal, uint64_t point, const double *record, struct report *report);
/* `status`: why; `reason`: one line, of which at most 4,000 bytes are kept. */
int sweep_journal_append_failure(struct sweep_journal *journal, uint64_t point, int status, const char *reason,
                                 struct report *report);
/* Brings all to the disk and closes. Legal after a failed open and twice. */
int sweep_journal_close(struct sweep_journal *journal, struct report *report);

/* One whole record, as it is found. */
struct sweep_journal_record {
    uint64_t point;
    int status;       /* STATUS_OK: numbers */
    int64_t at;       /* where it starts in the file */
    size_t size;      /* bytes of the payload */
};
/* Calls back for every whole record in order, also while a process appends. *end (may be NULL): behind the last one. A record that is
   damaged, with whole ones behind it, is passed over with a warning. Statuses as sweep_journal_open. */
int sweep_journal_scan(const char *path, const struct sweep_journal_kind *kind,
                       void (*found)(void *context, const struct sweep_journal_record *record), void *context, int64_t *end,
                       struct report *report);
/* Reads the payload of a record that was found: doubles, or the reason and a NUL behind. `room` bytes are there. STATUS_REFUSED if
   it is no longer what it was; STATUS_MEMORY. */
int sweep_journal_read(const char *path, int file, int64_t at, void *payload, size_t room, struct report *report);
#endif
