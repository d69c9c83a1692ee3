#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/text.h"
#include "sweep/journal_parts.h"

static uint32_t check_of(const void *bytes, size_t size)
{
    return (uint32_t)crc32_z(0, bytes, size);
}

struct journal_head journal_head_of(const struct sweep_journal_kind *kind)
{
    struct journal_head head = {.format = JOURNAL_FORMAT, .order = JOURNAL_ORDER, .length = strlen(kind->identity),
                                .doubles = kind->doubles, .points = kind->points};
    memcpy(head.mark, JOURNAL_MARK, sizeof head.mark);
    head.check = check_of(kind->identity, strlen(kind->identity));
    head.own = check_of(&head, sizeof head);
    return head;
}

size_t journal_record_size(size_t payload)
{
    return sizeof(struct journal_record) + payload + sizeof(uint32_t);
}

void journal_record_put(unsigned char *buffer, uint64_t point, int status, const void *payload, size_t size)
{
    const struct journal_record record = {JOURNAL_RECORD, 0, point, (uint32_t)size, status};
    memcpy(buffer, &record, sizeof record);
    memcpy(buffer + sizeof record, payload, size);
    const uint32_t check = check_of(buffer, sizeof record + size);
    memcpy(buffer + sizeof record + size, &check, sizeof check);
}

/* ---- Header ---- */

static int refuse(const char *path, struct report *report, const char *what)
{
    return report_error(report, STATUS_REFUSED, (struct place){path, 0, 0}, NULL, "%s", what);
}

/* The value of the line called `name` (length bytes up to the colon), of at most a few bytes. */
static const char *find_line(const char *text, const char *name, size_t length)
{
    for (const char *line = text; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        if (!strncmp(line, name, length) && line[length] == ':') return line + length + 1;
    }
    return NULL;
}

static void copy_value(const char *value, char out[TEXT_ESCAPED])
{
    char part[64];
    const char *start = value ? value + (*value == ' ') : ""; /* behind "name:" stands a blank */
    const size_t length = strcspn(start, "\n");
    snprintf(part, sizeof part, "%.*s", (int)(length < sizeof part ? length : sizeof part - 1), start);
    text_escape(out, value ? part : "nothing");
}

/* The first lines that differ, by name: what was changed since the journal was begun. */
static int tell_difference(const char *path, const char *there, const char *here, struct report *report)
{
    enum { SHOWN = 5 };
    int shown = 0, status = STATUS_REFUSED;
    for (const char *line = here; *line && shown < SHOWN; line += strcspn(line, "\n"), line += *line == '\n') {
        const size_t length = strcspn(line, ":\n");
        const char *value = line + length + (line[length] == ':'), *other = find_line(there, line, length);
        char now[TEXT_ESCAPED], before[TEXT_ESCAPED], name[128];
        if (other && strcspn(other, "\n") == strcspn(value, "\n") && !strncmp(other, value, strcspn(value, "\n"))) continue;
        snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), line);
        copy_value(value, now);
        copy_value(other, before);
        status = report_error(report, STATUS_REFUSED, (struct place){path, 0, 0}, name,
                              "the journal is of another sweep: '%s' there, '%s' now", before, now);
        shown++;
    }
    return shown ? status : refuse(path, report, "the journal is of another sweep: the deal has fewer names now");
}

int journal_head_read(const char *path, int file, struct journal_head *head, struct report *report)
{
    if (pread(file, head, sizeof *head, 0) != (ssize_t)sizeof *head || memcmp(head->mark, JOURNAL_MARK, sizeof head->mark)) {
        return refuse(path, report, "is no journal of a sweep");
    }
    if (head->order != JOURNAL_ORDER) return refuse(path, report, "was written on a machine with another order of bytes");
    if (head->format != JOURNAL_FORMAT) return refuse(path, report, "was written by another version of this program, want journal format 1");
    struct journal_head zero = *head;
    zero.own = 0;
    if (head->own != check_of(&zero, sizeof zero) || head->length > (1u << 30)) return refuse(path, report, "its header is damaged");
    return STATUS_OK;
}

static int check_head(const char *path, int file, const struct sweep_journal_kind *kind, int64_t *start, struct report *report)
{
    struct journal_head head;
    int status = journal_head_read(path, file, &head, report);
    if (status) return status;
    char *identity = calloc(1, (size_t)head.length + 1);
    if (!identity) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a journal");
    if (pread(file, identity, (size_t)head.length, (off_t)sizeof head) != (ssize_t)head.length ||
        check_of(identity, (size_t)head.length) != head.check) {
        status = refuse(path, report, "its header is damaged");
    } else if (strcmp(identity, kind->identity)) {
        status = tell_difference(path, identity, kind->identity, report);
    } else if (head.doubles != kind->doubles || head.points != kind->points) {
        status = refuse(path, report, "has records of another shape");
    }
    free(identity);
    *start = (int64_t)sizeof head + (int64_t)head.length;
    return status;
}

/* ---- Records ---- */

struct scan {
    const struct sweep_journal_kind *kind;
    int file;
    int64_t size, at;
    unsigned char *buffer;
    size_t room;
};

/* Nonzero if a whole, sound record stands at `at`. */
static int sound(struct scan *scan, int64_t at, struct journal_record *record)
{
    if (at + (int64_t)journal_record_size(0) > scan->size) return 0;
    if (pread(scan->file, record, sizeof *record, (off_t)at) != (ssize_t)sizeof *record || record->mark != JOURNAL_RECORD) return 0;
    const size_t all = journal_record_size(record->size);
    if (record->size > scan->room || at + (int64_t)all > scan->size || record->point >= scan->kind->points) return 0;
    if (record->status == STATUS_OK && record->size != scan->kind->doubles * sizeof(double)) return 0;
    if (pread(scan->file, scan->buffer, all, (off_t)at) != (ssize_t)all) return 0;
    uint32_t check;
    memcpy(&check, scan->buffer + all - sizeof check, sizeof check);
    return check == check_of(scan->buffer, all - sizeof check);
}

/* Behind a damaged record: the next place where a sound one stands, -1 if there is none, so that the rest was torn. */
static int64_t find_next(struct scan *scan, int64_t from)
{
    struct journal_record record;
    for (int64_t at = from; at + (int64_t)journal_record_size(0) <= scan->size; at++) {
        if (sound(scan, at, &record)) return at;
    }
    return -1;
}

static void scan_records(struct scan *scan, const char *path, void (*found)(void *, const struct sweep_journal_record *), void *context,
                         struct report *report)
{
    struct journal_record record;
    while (scan->at < scan->size) {
        if (!sound(scan, scan->at, &record)) {
            const int64_t next = find_next(scan, scan->at + 1);
            if (next < 0) return;
            report_warning(report, (struct place){path, 0, 0}, NULL, "a damaged record at byte %" PRId64 " is passed over", scan->at);
            scan->at = next;
            continue;
        }
        const struct sweep_journal_record out = {record.point, record.status, scan->at, record.size};
        found(context, &out);
        scan->at += (int64_t)journal_record_size(record.size);
    }
}

int sweep_journal_scan(const char *path, const struct sweep_journal_kind *kind,
                       void (*found)(void *context, const struct sweep_journal_record *record), void *context, int64_t *end,
                       struct report *report)
{
    struct scan scan = {.kind = kind, .file = open(path, O_RDONLY | O_CLOEXEC)};
    struct stat there;
    int status = STATUS_OK;
    if (scan.file < 0 || fstat(scan.file, &there)) {
        status = report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", strerror(errno));
        goto out;
    }
    if (!S_ISREG(there.st_mode)) {
        status = refuse(path, report, "is no journal of a sweep");
        goto out;
    }
    scan.size = there.st_size;
    scan.room = kind->doubles * sizeof(double) > JOURNAL_REASON ? kind->doubles * sizeof(double) : JOURNAL_REASON;
    scan.buffer = malloc(journal_record_size(scan.room));
    if (!scan.buffer) status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a journal");
    if (!status) status = check_head(path, scan.file, kind, &scan.at, report);
    if (!status) scan_records(&scan, path, found, context, report);
    if (end) *end = scan.at;
out:
    if (scan.file >= 0) close(scan.file);
    free(scan.buffer);
    return status;
}

int sweep_journal_read(const char *path, int file, int64_t at, void *payload, size_t room, struct report *report)
{
    struct journal_record record = {0};
    int sane = pread(file, &record, sizeof record, (off_t)at) == (ssize_t)sizeof record && record.mark == JOURNAL_RECORD;
    const size_t all = journal_record_size(record.size);
    const size_t wanted = record.size + (size_t)(record.status != STATUS_OK); /* a reason has a NUL behind */
    unsigned char *buffer = sane && wanted <= room ? malloc(all) : NULL;
    uint32_t check = 0;
    if (sane && wanted <= room && !buffer) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a journal");
    }
    sane = buffer && pread(file, buffer, all, (off_t)at) == (ssize_t)all;
    if (sane) memcpy(&check, buffer + all - sizeof check, sizeof check);
    sane = sane && check == check_of(buffer, all - sizeof check);
    if (sane) memcpy(payload, buffer + sizeof record, record.size);
    if (sane && wanted > record.size) ((char *)payload)[record.size] = 0;
    free(buffer);
    return sane ? STATUS_OK : refuse(path, report, "a record is no longer what it was");
}
