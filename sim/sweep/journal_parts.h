/* sweep/journal_parts.h - the bytes of a journal: what journal.c writes and journal_read.c reads. */
#ifndef PACTOLUS_SWEEP_JOURNAL_PARTS_H
#define PACTOLUS_SWEEP_JOURNAL_PARTS_H
#include "sweep/journal.h"

enum { JOURNAL_FORMAT = 1, JOURNAL_REASON = 4000 };
#define JOURNAL_MARK "PACTOLUS"
#define JOURNAL_ORDER UINT32_C(0x01020304) /* reads otherwise on a machine of another byte order */

/* 48 bytes without holes. */
struct journal_head {
    char mark[8];
    uint32_t format, order;
    uint64_t length;  /* of the identity behind */
    uint64_t doubles, points;
    uint32_t check;   /* CRC-32 of the identity */
    uint32_t own;     /* of this head with `own` 0 */
};

/* 24 bytes, then the payload, then the CRC-32 of both. */
struct journal_record {
    uint32_t mark, reserved;
    uint64_t point;
    uint32_t size;
    int32_t status;
};
#define JOURNAL_RECORD UINT32_C(0x5ec02d00)

struct journal_head journal_head_of(const struct sweep_journal_kind *kind);
/* STATUS_REFUSED if it is not sound in itself; the identity behind it is not looked at. */
int journal_head_read(const char *path, int file, struct journal_head *head, struct report *report);
size_t journal_record_size(size_t payload);
/* Fills journal_record_size(size) bytes. */
void journal_record_put(unsigned char *buffer, uint64_t point, int status, const void *payload, size_t size);
#endif
