/* What is no journal of this sweep is refused, says why, and is not touched. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "sweep/journal_parts.h"
#include "unit/sweep/swept.h"

TestSuite(journal_refused, .init = swept_begin, .fini = swept_end, .timeout = 60);

enum { RECORD = 24 + SWEPT_DOUBLES * 8 + 4 };

static int open_as(const char *path, const struct sweep_journal_kind *kind)
{
    struct sweep_journal journal;
    swept_forget();
    const int status = sweep_journal_open(&journal, path, kind, &swept_report);
    cr_expect_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK);
    cr_expect_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK, "twice is legal");
    cr_expect_eq(swept_report.errors > 0, status != STATUS_OK, "%s", swept_messages());
    return status;
}

/* ---- Another sweep ---- */

static int open_with(const char *path, const char *identity)
{
    const struct sweep_journal_kind other = {identity, SWEPT_DOUBLES, SWEPT_POINTS};
    return open_as(path, &other);
}

Test(journal_refused, another_sweep_is_refused_with_the_names_that_differ_and_both_values)
{
    const char *path = swept_in("a.journal");
    swept_journal(path, 0, 2, 0);
    cr_expect_eq(open_with(path, "alpha: 1\nbeta: 2nd\n"), STATUS_REFUSED);
    cr_expect(swept_told("beta: the journal is of another sweep: 'second' there, '2nd' now"), "%s", swept_messages());
    cr_expect_eq(swept_report.errors, 1, "alpha is the same: %s", swept_messages());
    cr_expect_eq(open_with(path, "alpha: 10\nbeta: second\n"), STATUS_REFUSED);
    cr_expect(swept_told("alpha: the journal is of another sweep: '1' there, '10' now"), "%s", swept_messages());
    cr_expect_eq(open_with(path, "alpha: 1\nbeta: second\ngamma: 3\n"), STATUS_REFUSED);
    cr_expect(swept_told("gamma: the journal is of another sweep: 'nothing' there, '3' now"), "%s", swept_messages());
    cr_expect_eq(open_with(path, "alpha: 1\n"), STATUS_REFUSED);
    cr_expect(swept_told("the deal has fewer names now"), "%s", swept_messages());
    cr_expect_eq(open_as(path, &swept_kind), STATUS_OK, "and its own is still taken: %s", swept_messages());
}

Test(journal_refused, of_many_differences_the_first_five_are_told_and_long_or_odd_values_are_cut_and_escaped)
{
    const char *path = swept_in("a.journal");
    char line[400] = "alpha: 1\nbeta: \x1b[31m", *end = line + strlen(line);
    memset(end, 'y', 300);
    strcpy(end + 300, "\n");
    swept_journal(path, 0, 0, 0);
    cr_expect_eq(open_with(path, "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\n"), STATUS_REFUSED);
    cr_expect_eq(swept_report.errors, 5, "%s", swept_messages());
    cr_expect(swept_told("e: the") && !swept_told("f: the"));
    cr_expect_eq(open_with(path, line), STATUS_REFUSED);
    cr_expect(swept_told("beta: ") && strlen(swept_messages()) < 400 && !strchr(swept_messages(), '\x1b'), "%s",
              swept_messages());
}

Test(journal_refused, records_of_another_shape_are_refused)
{
    const char *path = swept_in("a.journal");
    const struct sweep_journal_kind wider = {swept_kind.identity, SWEPT_DOUBLES + 1, SWEPT_POINTS};
    const struct sweep_journal_kind shorter = {swept_kind.identity, SWEPT_DOUBLES, SWEPT_POINTS - 1};
    swept_journal(path, 0, 2, 0);
    cr_expect_eq(open_as(path, &wider), STATUS_REFUSED);
    cr_expect(swept_told("another shape"));
    cr_expect_eq(open_as(path, &shorter), STATUS_REFUSED);
    cr_expect(swept_told("another shape"));
}

/* ---- Headers ---- */

/* Writes the header anew, its check right. */
static void write_head(const char *path, struct journal_head head)
{
    unsigned char *bytes;
    const size_t size = swept_read(path, &bytes);
    head.own = 0;
    head.own = (uint32_t)crc32_z(0, (const void *)&head, sizeof head);
    memcpy(bytes, &head, sizeof head);
    swept_write(path, bytes, size);
    free(bytes);
}

Test(journal_refused, newer_formats_and_other_orders_of_bytes_are_refused_by_name)
{
    const char *path = swept_in("a.journal");
    struct journal_head head = journal_head_of(&swept_kind);
    swept_journal(path, 0, 2, 0);
    head.format = 2;
    write_head(path, head);
    cr_expect_eq(open_as(path, &swept_kind), STATUS_REFUSED);
    cr_expect(swept_told("another version"), "%s", swept_messages());
    head.format = 1;
    head.order = UINT32_C(0x04030201);
    write_head(path, head);
    cr_expect_eq(open_as(path, &swept_kind), STATUS_REFUSED);
    cr_expect(swept_told("another order of bytes"), "%s", swept_messages());
    write_head(path, journal_head_of(&swept_kind));
    cr_expect_eq(open_as(path, &swept_kind), STATUS_OK, "%s", swept_messages());
}

Test(journal_refused, huge_lengths_in_a_header_are_refused)
{
    static const uint64_t lengths[] = {23, 1 << 20, 1 << 30, (1 << 30) + 1, UINT64_C(1) << 32, UINT64_C(1) << 63, UINT64_MAX};
    const char *path = swept_in("a.journal");
    swept_journal(path, 0, 2, 0);
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++) {
        struct journal_head head = journal_head_of(&swept_kind);
        head.length = lengths[k];
        write_head(path, head);
        cr_expect_eq(open_as(path, &swept_kind), STATUS_REFUSED, "length %llu", (unsigned long long)lengths[k]);
        cr_expect(swept_told("damaged"), "%s", swept_messages());
    }
}

/* ---- Records ---- */

/* A journal of two whole records with `bytes` between them. */
static void write_between(const char *path, const void *between, size_t size)
{
    unsigned char *bytes, *all;
    swept_journal(path, 0, 2, 0);
    const size_t n = swept_read(path, &bytes), first = SWEPT_HEAD + RECORD;
    cr_assert_not_null(all = malloc(n + size));
    memcpy(all, bytes, first);
    memcpy(all + first, between, size);
    memcpy(all + first + size, bytes + first, n - first);
    swept_write(path, all, n + size);
    free(bytes);
    free(all);
}

static void expect_passed_over(const char *path, const char *what)
{
    struct swept_found found;
    swept_forget();
    swept_scan(&found, path);
    cr_assert(found.status == STATUS_OK && found.count == 2, "%s: %d records, %s", what, found.count, swept_messages());
    cr_expect(found.record[0].point == 0 && found.record[1].point == 1, "%s", what);
    cr_expect(swept_report.warnings == 1 && swept_told("passed over"), "%s: %s", what, swept_messages());
    swept_expect_true(&found, path, what);
}

Test(journal_refused, huge_sizes_points_beyond_the_bound_and_wrong_counts_are_passed_over)
{
    static const struct { uint32_t size; uint64_t point; int32_t status; const char *what; } bad[] = {
        {UINT32_MAX, 3, STATUS_OK, "size"},         {UINT32_C(1) << 31, 3, STATUS_INPUT, "size of a reason"},
        {SWEPT_DOUBLES * 8, SWEPT_POINTS, STATUS_OK, "one point too many"}, {SWEPT_DOUBLES * 8, UINT64_MAX, STATUS_OK, "point"},
        {SWEPT_DOUBLES * 8 - 8, 3, STATUS_OK, "too few numbers"},
        {SWEPT_DOUBLES * 8 + 8, 3, STATUS_OK, "too many numbers"}};
    const char *path = swept_in("a.journal");
    const double numbers[SWEPT_DOUBLES + 1] = {1, 2, 3, 4};
    unsigned char buffer[128];
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        const size_t size = bad[k].size < sizeof numbers + 1 ? bad[k].size : 8;
        journal_record_put(buffer, bad[k].point, bad[k].status, numbers, size);
        memcpy(buffer + 16, &bad[k].size, sizeof bad[k].size); /* the check is right unless the size is a lie */
        unlink(path);
        write_between(path, buffer, journal_record_size(size));
        expect_passed_over(path, bad[k].what);
    }
}

Test(journal_refused, rubbish_between_records_and_marks_without_records_are_passed_over)
{
    const char *path = swept_in("a.journal");
    unsigned char rubbish[1000];
    const uint32_t mark = JOURNAL_RECORD;
    for (size_t k = 0; k < sizeof rubbish; k += 4) memcpy(rubbish + k, &mark, 4);
    write_between(path, rubbish, sizeof rubbish);
    expect_passed_over(path, "marks");
    unlink(path);
    for (size_t k = 0; k < sizeof rubbish; k++) rubbish[k] = (unsigned char)(k * k * 7 + k);
    write_between(path, rubbish, 1);
    expect_passed_over(path, "a byte");
    unlink(path);
    write_between(path, rubbish, sizeof rubbish);
    expect_passed_over(path, "bytes");
}

Test(journal_refused, a_reason_longer_than_any_is_passed_over_though_its_check_is_right)
{
    enum { LONG = 1 << 18 };
    const char *path = swept_in("a.journal");
    char *reason = calloc(LONG, 1);
    unsigned char *buffer = malloc(journal_record_size(LONG));
    cr_assert(reason && buffer);
    memset(reason, 'r', LONG);
    journal_record_put(buffer, 3, STATUS_INPUT, reason, LONG);
    write_between(path, buffer, journal_record_size(LONG));
    expect_passed_over(path, "a long reason");
    free(reason);
    free(buffer);
}

/* ---- No journal at all ---- */

static void expect_no_journal(const char *path, const void *bytes, size_t size)
{
    unsigned char *after;
    swept_write(path, bytes, size);
    cr_expect_eq(open_as(path, &swept_kind), STATUS_REFUSED, "%zu bytes", size);
    cr_expect(swept_told("is no journal of a sweep"), "%s", swept_messages());
    cr_assert_eq(swept_read(path, &after), size);
    cr_expect(memcmp(after, bytes, size) == 0, "it was changed");
    free(after);
}

Test(journal_refused, empty_and_foreign_files_and_folders_are_refused_and_left_as_they_are)
{
    static const char text[] = "name,value\nThis is a table of somebody else, which is longer than the header of a journal.\n";
    const char *path = swept_in("a.journal"), *folder = swept_in("b.journal");
    expect_no_journal(path, "", 0);
    expect_no_journal(path, "PACTOLUS", 8);
    expect_no_journal(path, text, sizeof text - 1);
    cr_assert_eq(mkdir(folder, 0777), 0);
    cr_expect_eq(open_as(folder, &swept_kind), STATUS_REFUSED);
    cr_expect(swept_told("is no journal of a sweep"), "%s", swept_messages());
}

Test(journal_refused, what_cannot_be_opened_or_made_says_why)
{
    const char *path = swept_in("a.journal");
    swept_journal(path, 0, 1, 0);
    cr_expect_eq(open_as(swept_in("nowhere/a.journal"), &swept_kind), STATUS_FILE);
    cr_expect(swept_told("No such file"), "%s", swept_messages());
    cr_assert(chmod(swept_folder, 0755) == 0 && chmod(path, 0000) == 0);
    if (geteuid() == 0) cr_assert_eq(seteuid(65534), 0); /* nobody: root may read all */
    cr_expect_eq(open_as(path, &swept_kind), STATUS_FILE);
    cr_expect(swept_told("Permission denied"), "%s", swept_messages());
    cr_expect_eq(open_as(swept_in("new.journal"), &swept_kind), geteuid() == getuid() ? STATUS_OK : STATUS_FILE);
    if (getuid() == 0) cr_assert_eq(seteuid(0), 0);
    chmod(path, 0444); /* read but not written */
    if (geteuid() == 0) cr_assert_eq(seteuid(65534), 0);
    cr_expect_eq(open_as(path, &swept_kind), STATUS_FILE);
    cr_expect(swept_told("Permission denied"), "%s", swept_messages());
    if (getuid() == 0) cr_assert_eq(seteuid(0), 0);
}
