/* The journal: what is written comes back, bit for bit, whatever tore it; nothing else ever does. */
#define _GNU_SOURCE
#include "sweep/journal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sweep/journal_parts.h"
#include "unit/sweep/swept.h"

TestSuite(journal, .init = swept_begin, .fini = swept_end, .timeout = 120);

enum { RECORD = 24 + SWEPT_DOUBLES * 8 + 4 };

Test(journal, what_is_written_is_found_in_order_bit_by_bit)
{
    const char *path = swept_in("a.journal");
    struct swept_found found;
    unsigned char *bytes;
    swept_journal(path, 5, 9, 0);
    swept_scan(&found, path);
    cr_assert_eq(found.status, STATUS_OK, "%s", swept_messages());
    cr_assert_eq(found.count, 4);
    for (int k = 0; k < 4; k++) {
        cr_expect_eq(found.record[k].point, 5u + (unsigned)k);
        cr_expect_eq(found.record[k].status, STATUS_OK);
        cr_expect_eq(found.record[k].at, SWEPT_HEAD + k * RECORD);
        cr_expect_eq(found.record[k].size, SWEPT_DOUBLES * sizeof(double));
    }
    swept_expect_true(&found, path, "written");
    cr_expect_eq(found.end, (int64_t)swept_read(path, &bytes));
    cr_expect_eq(swept_report.shown, 0, "%s", swept_messages());
    cr_expect_eq(swept_entries(swept_folder), 1, "nothing but the journal is left");
    free(bytes);
}

Test(journal, one_that_is_opened_again_goes_on_and_is_the_same_as_one_written_at_once)
{
    const char *one = swept_in("one.journal"), *two = swept_in("two.journal");
    unsigned char *a, *b;
    swept_journal(one, 0, 6, 0);
    swept_journal(two, 0, 0, 0);
    swept_journal(two, 0, 2, 0);
    swept_journal(two, 2, 6, 0);
    const size_t n = swept_read(one, &a);
    cr_assert_eq(swept_read(two, &b), n);
    cr_assert_arr_eq(a, b, n);
    free(a);
    free(b);
}

/* ---- Torn and damaged ---- */

/* Whole records that stand before `cut`. */
static int whole_before(size_t cut)
{
    return cut < SWEPT_HEAD ? 0 : (int)((cut - SWEPT_HEAD) / RECORD);
}

static void expect_refused_and_kept(const char *path, const unsigned char *bytes, size_t cut)
{
    struct sweep_journal journal;
    unsigned char *after;
    cr_assert_eq(sweep_journal_open(&journal, path, &swept_kind, &swept_report), STATUS_REFUSED, "cut at %zu", cut);
    cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK);
    cr_assert_gt(swept_report.errors, 0, "cut at %zu: nothing is said", cut);
    cr_assert_eq(swept_read(path, &after), cut, "cut at %zu: a file that was refused has changed", cut);
    cr_assert(memcmp(after, bytes, cut) == 0);
    free(after);
}

Test(journal, cut_at_every_byte_it_keeps_the_whole_records_and_goes_on_to_the_same_bytes)
{
    enum { ALL = 4 };
    const char *path = swept_in("a.journal");
    struct swept_found found;
    unsigned char *bytes, *after;
    swept_journal(path, 0, ALL, 0);
    const size_t size = swept_read(path, &bytes);
    for (size_t cut = 0; cut <= size; cut++) {
        swept_forget();
        swept_write(path, bytes, cut);
        if (cut < SWEPT_HEAD) {
            expect_refused_and_kept(path, bytes, cut);
            continue;
        }
        const int kept = whole_before(cut);
        swept_scan(&found, path);
        cr_assert(found.status == STATUS_OK && found.count == kept, "cut at %zu: %d records, want %d", cut, found.count, kept);
        cr_assert_eq(found.end, SWEPT_HEAD + kept * RECORD, "cut at %zu", cut);
        swept_journal(path, (uint64_t)kept, ALL, 0);
        cr_assert_eq(swept_read(path, &after), size, "cut at %zu", cut);
        cr_assert(memcmp(after, bytes, size) == 0, "cut at %zu: other bytes", cut);
        cr_assert_eq(swept_report.shown, 0, "cut at %zu: %s", cut, swept_messages());
        free(after);
    }
    free(bytes);
}

/* A journal of 4 records with one byte changed by `flip`. */
static void expect_flip_seen(const char *path, unsigned char *bytes, size_t size, size_t at, unsigned char flip)
{
    struct swept_found found;
    char what[64];
    snprintf(what, sizeof what, "byte %zu ^ %02x", at, flip);
    swept_forget();
    bytes[at] ^= flip;
    swept_write(path, bytes, size);
    bytes[at] ^= flip;
    swept_scan(&found, path);
    if (at < SWEPT_HEAD) {
        cr_assert(found.status == STATUS_REFUSED && found.count == 0 && swept_report.errors, "%s: taken", what);
        return;
    }
    const int hit = (int)((at - SWEPT_HEAD) / RECORD);
    cr_assert(found.status == STATUS_OK && found.count == 3, "%s: status %d, %d records", what, found.status, found.count);
    for (int k = 0; k < 3; k++) cr_assert_eq(found.record[k].point, (uint64_t)(k + (k >= hit)), "%s", what);
    cr_assert_eq(swept_report.warnings, hit < 3, "%s: %s", what, swept_messages()); /* the last one is taken for a torn one */
    swept_expect_true(&found, path, what);
}

/* What was found before it was damaged is not read as something else. */
static void expect_damage_read(const char *path, size_t at)
{
    const int file = open(path, O_RDONLY);
    char got[4096];
    if (at >= SWEPT_HEAD) {
        const int64_t start = (int64_t)(SWEPT_HEAD + (at - SWEPT_HEAD) / RECORD * RECORD);
        cr_assert_eq(sweep_journal_read(path, file, start, got, sizeof got, &swept_report), STATUS_REFUSED, "byte %zu", at);
    }
    close(file);
}

Test(journal, every_flipped_bit_is_refused_or_passed_over_with_a_warning)
{
    const char *path = swept_in("a.journal");
    unsigned char *bytes;
    swept_journal(path, 0, 4, 0);
    const size_t size = swept_read(path, &bytes);
    for (size_t at = 0; at < size; at++) {
        for (int bit = 0; bit < 9; bit++) {
            expect_flip_seen(path, bytes, size, at, (unsigned char)(bit < 8 ? 1 << bit : 0xff));
            expect_damage_read(path, at);
        }
    }
    free(bytes);
}

Test(journal, after_a_damaged_record_the_rest_is_kept_when_it_is_opened_again)
{
    const char *path = swept_in("a.journal");
    struct swept_found found;
    unsigned char *bytes;
    swept_journal(path, 0, 4, 0);
    const size_t size = swept_read(path, &bytes);
    bytes[SWEPT_HEAD + RECORD + 30] ^= 4; /* a number of the second */
    swept_write(path, bytes, size);
    free(bytes);
    swept_journal(path, 1, 2, 0);
    swept_scan(&found, path);
    cr_assert_eq(found.count, 4, "%d records", found.count);
    const uint64_t want[] = {0, 2, 3, 1};
    for (int k = 0; k < 4; k++) cr_expect_eq(found.record[k].point, want[k]);
    swept_expect_true(&found, path, "after damage");
    cr_expect(swept_told("a damaged record at byte 122 is passed over"), "%s", swept_messages());
}

/* A power cut may leave a file that is longer than what was written: zeros, or what stood on the disk before. */
Test(journal, a_tail_of_zeros_or_of_old_bytes_is_cut_off)
{
    const char *path = swept_in("a.journal");
    unsigned char *bytes, *after;
    swept_journal(path, 0, 3, 0);
    const size_t size = swept_read(path, &bytes);
    for (int turn = 0; turn < 2; turn++) {
        struct sweep_journal journal;
        memset(bytes + size, 0, 20000);
        for (size_t k = 0; turn && k < 20000; k++) bytes[size + k] = (unsigned char)(k * k + k / 7);
        swept_write(path, bytes, size + 20000);
        cr_assert_eq(sweep_journal_open(&journal, path, &swept_kind, &swept_report), STATUS_OK, "%s", swept_messages());
        cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK);
        cr_assert_eq(swept_read(path, &after), size);
        cr_assert(memcmp(after, bytes, size) == 0);
        free(after);
    }
    cr_expect_eq(swept_report.shown, 0, "%s", swept_messages());
    free(bytes);
}

/* ---- Failures ---- */

Test(journal, reasons_come_back_and_long_ones_are_cut)
{
    const char *path = swept_in("a.journal"), *reasons[] = {"", "point 3: a and b add to 1.1", "odd: \xff\x01 \xc3\xa4"};
    char reason[JOURNAL_REASON + 1], *longer = malloc(10001);
    struct swept_found found;
    memset(longer, 'x', 10000);
    longer[10000] = 0;
    for (int k = 0; k < 3; k++) swept_failure(path, 7, reasons[k]);
    swept_failure(path, 8, longer);
    swept_journal(path, 9, 10, 0);
    swept_scan(&found, path);
    cr_assert_eq(found.count, 5, "%s", swept_messages());
    const int file = open(path, O_RDONLY);
    for (int k = 0; k < 4; k++) {
        cr_expect_eq(found.record[k].status, STATUS_INPUT);
        memset(reason, '?', sizeof reason);
        cr_assert_eq(sweep_journal_read(path, file, found.record[k].at, reason, sizeof reason, &swept_report), STATUS_OK);
        if (k < 3) cr_expect_str_eq(reason, reasons[k]);
    }
    cr_expect_eq(strlen(reason), (size_t)JOURNAL_REASON);
    cr_expect(strncmp(reason, longer, JOURNAL_REASON) == 0);
    cr_expect_eq(sweep_journal_read(path, file, found.record[3].at, reason, JOURNAL_REASON, &swept_report), STATUS_REFUSED,
                 "no room for the NUL");
    close(file);
    free(longer);
}

/* ---- A disk that is full, and readers meanwhile ---- */

static void limit_files(rlim_t most)
{
    struct rlimit limit;
    cr_assert_eq(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = most;
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

Test(journal, where_the_disk_is_full_it_ends_behind_a_whole_record_and_goes_on_later)
{
    const char *path = swept_in("a.journal"), *whole = swept_in("whole.journal");
    struct sweep_journal journal;
    double numbers[SWEPT_DOUBLES];
    unsigned char *bytes, *want;
    signal(SIGXFSZ, SIG_IGN);
    swept_journal(whole, 0, 3, 0);
    cr_assert_eq(sweep_journal_open(&journal, path, &swept_kind, &swept_report), STATUS_OK);
    for (uint64_t point = 0; point < 3; point++) {
        swept_numbers(numbers, point, 0);
        if (point == 2) limit_files(SWEPT_HEAD + 2 * RECORD + 17);
        if (point == 2) cr_assert_eq(sweep_journal_append(&journal, point, numbers, &swept_report), STATUS_FILE);
        if (point == 2) cr_assert_eq(swept_read(path, &bytes), SWEPT_HEAD + 2u * RECORD, "a piece of a record is left");
        if (point == 2) free(bytes);
        limit_files(RLIM_INFINITY);
        cr_assert_eq(sweep_journal_append(&journal, point, numbers, &swept_report), STATUS_OK);
    }
    cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK);
    const size_t size = swept_read(whole, &want);
    cr_assert_eq(swept_read(path, &bytes), size);
    cr_expect_arr_eq(bytes, want, size);
    cr_expect(swept_told("too large"), "%s", swept_messages());
    free(bytes);
    free(want);
}

static void append_many(const char *path, int rounds)
{
    for (int k = 0; k < rounds; k++) {
        struct sweep_journal journal;
        double numbers[SWEPT_DOUBLES];
        if (sweep_journal_open(&journal, path, &swept_kind, &swept_report)) _exit(1);
        for (uint64_t point = 0; point < SWEPT_POINTS; point++) {
            swept_numbers(numbers, point, 0);
            if (sweep_journal_append(&journal, point, numbers, &swept_report)) _exit(2);
        }
        if (sweep_journal_close(&journal, &swept_report)) _exit(3);
    }
    _exit(0);
}

Test(journal, while_one_process_appends_another_reads_whole_records_only)
{
    enum { ROUNDS = 4 };
    const char *path = swept_in("a.journal");
    struct swept_found found = {0};
    int last = 0, scans = 0, status, ended = 0;
    swept_journal(path, 0, 0, 0);
    const pid_t child = fork();
    cr_assert_geq(child, 0);
    if (!child) append_many(path, ROUNDS);
    while (last < ROUNDS * SWEPT_POINTS && ended < 2) {
        ended += ended || waitpid(child, &status, WNOHANG) == child;
        swept_scan(&found, path);
        cr_assert_eq(found.status, STATUS_OK, "%s", swept_messages());
        cr_assert_geq(found.count, last, "records have gone");
        for (int k = 0; k < found.count; k++) cr_assert_eq(found.record[k].point, (uint64_t)k % SWEPT_POINTS);
        last = found.count;
        scans++;
    }
    swept_expect_true(&found, path, "read meanwhile");
    cr_expect_eq(last, ROUNDS * SWEPT_POINTS, "%d after %d scans", last, scans);
    cr_expect_eq(swept_report.warnings, 0, "%s", swept_messages());
}
