/* How far a sweep is, from its journals alone: for people, and as JSON. */
#define _GNU_SOURCE
#include "sweep/lock.h"
#include "sweep/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "sweep/journal_parts.h"
#include "unit/sweep/swept.h"

static char *text;

static void begin(void)
{
    swept_begin();
    cr_assert_eq(mkdir(swept_in("out.h5.parts"), 0777), 0);
}

static void end(void)
{
    free(text);
    swept_end();
}

TestSuite(status, .init = begin, .fini = end, .timeout = 60);

static int write_status(int json)
{
    size_t size;
    swept_forget();
    free(text);
    FILE *stream = open_memstream(&text, &size);
    const int status = sweep_status_write(stream, swept_in("out.h5"), json, &swept_report);
    cr_assert_eq(fclose(stream), 0);
    cr_expect_eq(swept_report.errors > 0, status != STATUS_OK, "%s", swept_messages());
    return status;
}

/* Without the age of what was saved last, which must be told, and without the end, which must be `end`. */
static void expect_ending(const char *want, const char *end)
{
    static const char since[] = "; last saved ", ago[] = " s ago";
    cr_assert_eq(write_status(0), STATUS_OK, "%s", swept_messages());
    char *age = strstr(text, since);
    cr_assert_not_null(age, "%s", text);
    char *behind = strstr(age, ago);
    cr_assert(behind && behind - age <= (ptrdiff_t)strlen(since) + 2, "%s", text);
    memmove(age, behind + strlen(ago), strlen(behind + strlen(ago)) + 1);
    const size_t length = strlen(text), tail = strlen(end);
    cr_assert(length > tail && !strcmp(text + length - tail, end), "%s", text);
    text[length - tail] = 0;
    cr_expect_str_eq(text, want);
}

static void expect_text(const char *want)
{
    expect_ending(want, "  no process is at it: the same command goes on, or pactolus resume\n");
}

/* Python reads it and finds what a line of Python says of `s`. */
static void expect_json(const char *claim)
{
    char line[512];
    cr_assert_eq(write_status(1), STATUS_OK, "%s", swept_messages());
    swept_write(swept_in("status.json"), text, strlen(text));
    snprintf(line, sizeof line, "python3 -c \"import json; s = json.load(open('%s')); assert %s, s\"", swept_in("status.json"),
             claim);
    cr_expect_eq(system(line), 0, "%s: %s", claim, text);
}

Test(status, of_a_sweep_half_done_the_counts_are_right)
{
    swept_journal(swept_in("out.h5.parts/a.journal"), 0, 13, 0);
    expect_text("13 of 40 points (32.5%) in 1 journal\n");
    expect_json("s.pop('seconds_since_saved') < 60 and s == {'finished': False, 'points': 40, 'done': 13, 'failed': 0, 'journals': 1, 'processes': []}");
    swept_journal(swept_in("out.h5.parts/b.journal"), 10, 20, 0);
    expect_text("20 of 40 points (50.0%) in 2 journals\n");
    expect_json("s['points'] == 40 and s['done'] == 20 and s['failed'] == 0 and s['journals'] == 2");
    swept_journal(swept_in("out.h5.parts/c.journal"), 0, 40, 0);
    expect_text("40 of 40 points (100.0%) in 3 journals\n");
}

Test(status, tells_the_processes_that_are_at_it)
{
    struct sweep_lock straight, shard;
    char want[200];
    swept_journal(swept_in("out.h5.parts/a.journal"), 0, 1, 0);
    cr_assert_eq(sweep_lock_take(&straight, swept_in("out.h5.lock"), &swept_report), STATUS_OK);
    cr_assert_eq(sweep_lock_take(&shard, swept_in("out.h5.parts/a.journal.lock"), &swept_report), STATUS_OK);
    snprintf(want, sizeof want, "len(s['processes']) == 2 and s['processes'][0].startswith('process %ld on ')", (long)getpid());
    expect_json(want);
    sweep_lock_release(&straight);
    cr_assert_eq(write_status(0), STATUS_OK);
    snprintf(want, sizeof want, "\n  at it: process %ld on ", (long)getpid());
    cr_expect_not_null(strstr(text, want), "%s", text);
    sweep_lock_release(&shard);
    expect_text("1 of 40 points (2.5%) in 1 journal\n");
}

Test(status, one_that_has_just_begun_has_none)
{
    swept_journal(swept_in("out.h5.parts/a.journal"), 0, 0, 0);
    expect_text("0 of 40 points (0.0%) in 1 journal\n");
    expect_json("s['done'] == 0 and s['points'] == 40");
}

Test(status, the_first_five_failures_are_told_with_their_reasons)
{
    const char *path = swept_in("out.h5.parts/a.journal");
    char reason[32];
    swept_journal(path, 0, 2, 0);
    for (uint64_t k = 8; k > 2; k--) {
        snprintf(reason, sizeof reason, "reason %d", (int)k);
        swept_failure(path, k, reason);
    }
    expect_text("8 of 40 points (20.0%) in 1 journal, of which 6 failed\n  point 4: reason 3\n  point 5: reason 4\n"
                "  point 6: reason 5\n  point 7: reason 6\n  point 8: reason 7\n");
    expect_json("s['done'] == 8 and s['failed'] == 6 and s['journals'] == 1");
}

Test(status, a_sweep_that_is_through_or_never_was_says_so)
{
    cr_expect_eq(write_status(0), STATUS_FILE);
    cr_expect(swept_told("no sweep is under way here, and there is no result"), "%s", swept_messages());
    cr_expect_eq(*text, 0);
    cr_assert_eq(rmdir(swept_in("out.h5.parts")), 0);
    cr_expect_eq(write_status(1), STATUS_FILE);
    cr_expect_eq(*text, 0);
    swept_write(swept_in("out.h5"), "result", 6);
    cr_expect_eq(write_status(0), STATUS_OK);
    cr_expect_str_eq(text, "finished: the result is there\n");
    expect_json("s == {'finished': True}");
}

Test(status, of_a_journal_torn_at_any_byte_it_counts_the_whole_records_or_refuses)
{
    const char *path = swept_in("out.h5.parts/a.journal");
    unsigned char *bytes;
    char want[64];
    swept_journal(path, 0, 2, 0);
    const size_t size = swept_read(path, &bytes);
    for (size_t cut = 0; cut <= size; cut++) {
        swept_write(path, bytes, cut);
        const int status = write_status(0);
        cr_assert_eq(status, cut < SWEPT_HEAD ? STATUS_REFUSED : STATUS_OK, "cut at %zu: %d", cut, status);
        snprintf(want, sizeof want, "%d of 40", (int)(cut - SWEPT_HEAD) / 52);
        if (!status) cr_assert(strncmp(text, want, strlen(want)) == 0, "cut at %zu: %s", cut, text);
        else cr_assert_eq(*text, 0);
    }
    free(bytes);
}

/* The header alone says how many points there are: a wrong bit must not make it believe in more than there is memory for. */
Test(status, every_flipped_bit_of_a_header_is_refused)
{
    const char *path = swept_in("out.h5.parts/a.journal");
    unsigned char *bytes;
    swept_journal(path, 0, 2, 0);
    const size_t size = swept_read(path, &bytes);
    for (size_t bit = 0; bit < (size_t)SWEPT_HEAD * 8; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        swept_write(path, bytes, size);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        cr_assert_eq(write_status((int)bit % 2), STATUS_REFUSED, "bit %zu", bit);
        cr_assert_eq(*text, 0);
    }
    free(bytes);
}

Test(status, newer_and_foreign_journals_are_refused_by_name)
{
    const char *path = swept_in("out.h5.parts/a.journal");
    struct journal_head head = journal_head_of(&swept_kind);
    head.format = 2;
    head.own = 0;
    head.own = (uint32_t)crc32_z(0, (const void *)&head, sizeof head);
    swept_write(path, &head, sizeof head);
    cr_expect_eq(write_status(0), STATUS_REFUSED);
    cr_expect(swept_told("another version of this program"), "%s", swept_messages());
    swept_write(path, swept_in("a text that is longer than the header of any journal, of somebody else"), 60);
    cr_expect_eq(write_status(0), STATUS_REFUSED);
    cr_expect(swept_told("is no journal of a sweep"), "%s", swept_messages());
}

Test(status, journals_of_two_sweeps_in_one_folder_are_refused)
{
    const struct sweep_journal_kind other = {"alpha: 2\nbeta: second\n", SWEPT_DOUBLES, SWEPT_POINTS};
    struct sweep_journal journal;
    swept_journal(swept_in("out.h5.parts/a.journal"), 0, 2, 0);
    cr_assert_eq(sweep_journal_open(&journal, swept_in("out.h5.parts/b.journal"), &other, &swept_report), STATUS_OK);
    cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK);
    cr_expect_eq(write_status(1), STATUS_REFUSED);
    cr_expect(swept_told("another sweep") && swept_told("alpha"), "%s", swept_messages());
    cr_expect_eq(*text, 0);
}

Test(status, it_changes_nothing)
{
    const char *path = swept_in("out.h5.parts/a.journal");
    unsigned char *before, *after;
    swept_journal(path, 0, 3, 0);
    size_t size = swept_read(path, &before) - 7;
    swept_write(path, before, size); /* torn: a writer may be at it */
    cr_assert_eq(write_status(0), STATUS_OK);
    cr_assert_eq(swept_read(path, &after), size);
    cr_expect_arr_eq(before, after, size);
    cr_expect_eq(swept_entries(swept_in("out.h5.parts")), 1);
    free(before);
    free(after);
}
