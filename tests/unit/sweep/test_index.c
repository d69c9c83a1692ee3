/* The index: which record of a point counts, over any number of journals. */
#define _GNU_SOURCE
#include "sweep/index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sweep/journal_parts.h"
#include "unit/sweep/swept.h"

const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1"; /* more_points_than_memory_are_told */
}

TestSuite(index, .init = swept_begin, .fini = swept_end, .timeout = 60);

static void open_index(struct sweep_index *index)
{
    swept_forget();
    cr_assert_eq(sweep_index_init(index, &swept_kind, &swept_report), STATUS_OK);
    cr_assert_eq(sweep_index_add(index, swept_folder, &swept_report), STATUS_OK, "%s", swept_messages());
}

static void expect_numbers(const struct sweep_index *index, uint64_t point, int version)
{
    double got[SWEPT_DOUBLES];
    cr_assert_eq(sweep_index_state_of(index, point), SWEEP_DONE, "point %d", (int)point);
    cr_assert_eq(sweep_index_read(index, point, got, sizeof got, &swept_report), STATUS_OK, "%s", swept_messages());
    cr_expect(swept_same(got, point, version), "point %d is not of version %d", (int)point, version);
}

static void expect_reason(const struct sweep_index *index, uint64_t point, const char *want)
{
    char got[JOURNAL_REASON + 1];
    cr_assert_eq(sweep_index_state_of(index, point), SWEEP_FAILED, "point %d", (int)point);
    cr_assert_eq(sweep_index_read(index, point, got, sizeof got, &swept_report), STATUS_OK, "%s", swept_messages());
    cr_expect_str_eq(got, want);
}

Test(index, the_first_record_with_numbers_counts_else_the_last_failure)
{
    const char *a = swept_in("a.journal"), *b = swept_in("b.journal"), *c = swept_in("c.journal");
    struct sweep_index index;
    swept_failure(c, 3, "third"); /* journals are taken in the order of their names, not of their making */
    swept_journal(c, 4, 5, 3);
    swept_failure(c, 2, "too late");
    swept_failure(a, 3, "first");
    swept_journal(a, 1, 3, 1);
    swept_failure(b, 3, "second");
    swept_failure(b, 4, "not yet");
    swept_journal(b, 1, 3, 2);
    swept_journal(b, 1, 2, 4);
    open_index(&index);
    cr_expect(index.done == 3 && index.failed == 1, "%d done, %d failed", (int)index.done, (int)index.failed);
    cr_expect_eq(index.journals, 3);
    cr_expect_eq(sweep_index_state_of(&index, 0), SWEEP_MISSING);
    expect_numbers(&index, 1, 1);
    expect_numbers(&index, 2, 1);
    expect_reason(&index, 3, "third");
    expect_numbers(&index, 4, 3);
    sweep_index_free(&index);
}

Test(index, several_journals_under_any_names_give_the_same_numbers)
{
    static const char *const names[4][3] = {{"a", "b", "c"}, {"c", "a", "b"}, {"b", "c", "a"}, {"z", "B", "\xc3\xa4 b"}};
    char name[32];
    for (int turn = 0; turn < 4; turn++) {
        struct sweep_index index;
        for (int k = 0; k < 3; k++) {
            snprintf(name, sizeof name, "%s.journal", names[turn][k]);
            swept_journal(swept_in(name), (uint64_t)k * 13, k < 2 ? (uint64_t)(k + 1) * 13 : SWEPT_POINTS, 0);
        }
        open_index(&index);
        cr_assert(index.done == SWEPT_POINTS && index.failed == 0);
        for (uint64_t point = 0; point < SWEPT_POINTS; point++) expect_numbers(&index, point, 0);
        sweep_index_free(&index);
        for (int k = 0; k < 3; k++) {
            snprintf(name, sizeof name, "%s.journal", names[turn][k]);
            unlink(swept_in(name));
        }
    }
}

Test(index, more_folders_add_to_it_and_other_files_are_not_looked_at)
{
    struct sweep_index index;
    char folder[80];
    cr_assert(snprintf(folder, sizeof folder, "%s/apart", swept_folder) > 0);
    cr_assert_eq(system(strcat(strcpy((char[128]){0}, "mkdir "), folder)), 0);
    swept_write(swept_in("a.journal.123"), "half", 4);
    swept_write(swept_in("command"), "words", 5);
    swept_write(swept_in(".journal"), "no name", 7);
    swept_journal(swept_in("a.journal"), 0, 2, 0);
    swept_journal(swept_in("apart/a.journal"), 1, 4, 7);
    open_index(&index);
    cr_expect(index.done == 2 && index.journals == 1, "%d of %d", (int)index.done, index.journals);
    cr_assert_eq(sweep_index_add(&index, folder, &swept_report), STATUS_OK);
    cr_expect(index.done == 4 && index.journals == 2);
    expect_numbers(&index, 1, 0);
    expect_numbers(&index, 3, 7);
    sweep_index_free(&index);
}

Test(index, a_folder_that_is_not_there_has_no_journals_and_a_file_is_no_folder)
{
    struct sweep_index index;
    cr_assert_eq(sweep_index_init(&index, &swept_kind, &swept_report), STATUS_OK);
    cr_expect_eq(sweep_index_add(&index, swept_in("nowhere"), &swept_report), STATUS_OK);
    cr_expect_eq(swept_report.shown, 0);
    swept_write(swept_in("file"), "", 0);
    cr_expect_eq(sweep_index_add(&index, swept_in("file"), &swept_report), STATUS_FILE);
    cr_expect(swept_told("Not a directory"), "%s", swept_messages());
    cr_expect(index.journals == 0 && index.done == 0);
    sweep_index_free(&index);
}

Test(index, a_journal_of_another_sweep_is_refused_and_all_such_are_told)
{
    const struct sweep_journal_kind other = {"alpha: 2\nbeta: second\n", SWEPT_DOUBLES, SWEPT_POINTS};
    struct sweep_index index;
    struct sweep_journal journal;
    for (int k = 0; k < 2; k++) {
        cr_assert_eq(sweep_journal_open(&journal, swept_in(k ? "d.journal" : "b.journal"), &other, &swept_report), STATUS_OK);
        cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK);
    }
    swept_journal(swept_in("a.journal"), 0, 2, 0);
    cr_assert_eq(sweep_index_init(&index, &swept_kind, &swept_report), STATUS_OK);
    cr_expect_eq(sweep_index_add(&index, swept_folder, &swept_report), STATUS_REFUSED);
    cr_expect(swept_report.errors == 2 && swept_told("b.journal: error: alpha") && swept_told("d.journal: error: alpha"), "%s",
              swept_messages());
    sweep_index_free(&index);
}

Test(index, a_point_beyond_the_bound_and_a_damaged_one_are_missing)
{
    const char *path = swept_in("a.journal");
    const double numbers[SWEPT_DOUBLES] = {1, 2, 3};
    unsigned char *bytes, record[128];
    struct sweep_index index;
    swept_journal(path, 0, 3, 0);
    const size_t size = swept_read(path, &bytes), all = journal_record_size(sizeof numbers);
    journal_record_put(record, SWEPT_POINTS, STATUS_OK, numbers, sizeof numbers);
    memcpy(bytes + SWEPT_HEAD + all, record, all);
    swept_write(path, bytes, size);
    free(bytes);
    open_index(&index);
    cr_expect(index.done == 2 && swept_report.warnings == 1, "%s", swept_messages());
    cr_expect_eq(sweep_index_state_of(&index, 1), SWEEP_MISSING);
    expect_numbers(&index, 2, 0);
    sweep_index_free(&index);
}

Test(index, what_changes_after_it_was_found_is_refused)
{
    const char *path = swept_in("a.journal");
    unsigned char *bytes;
    double got[SWEPT_DOUBLES] = {0};
    struct sweep_index index;
    swept_journal(path, 0, 3, 0);
    open_index(&index);
    const size_t size = swept_read(path, &bytes);
    bytes[size - 10] ^= 1;
    swept_write(path, bytes, size);
    free(bytes);
    cr_expect_eq(sweep_index_read(&index, 2, got, sizeof got, &swept_report), STATUS_REFUSED);
    cr_expect(swept_told("no longer what it was"), "%s", swept_messages());
    cr_expect_eq(got[0], 0.0);
    cr_expect_eq(sweep_index_read(&index, 1, got, sizeof got - 1, &swept_report), STATUS_REFUSED, "no room");
    expect_numbers(&index, 1, 0);
    sweep_index_free(&index);
}

Test(index, hundreds_of_journals_are_taken_in)
{
    struct sweep_index index;
    char name[32];
    for (int k = 0; k < 300; k++) {
        snprintf(name, sizeof name, "%d.journal", k);
        swept_journal(swept_in(name), (uint64_t)k % SWEPT_POINTS, (uint64_t)k % SWEPT_POINTS + 1, 0);
    }
    open_index(&index);
    cr_expect(index.journals == 300 && index.done == SWEPT_POINTS);
    for (uint64_t point = 0; point < SWEPT_POINTS; point++) expect_numbers(&index, point, 0);
    sweep_index_free(&index);
}

Test(index, more_points_than_memory_are_told)
{
    static const uint64_t points[] = {UINT64_C(1) << 56, (UINT64_C(1) << 60) + 1, UINT64_C(1) << 63, UINT64_MAX};
    for (size_t k = 0; k < sizeof points / sizeof *points; k++) {
        const struct sweep_journal_kind kind = {"a: 1\n", 1, points[k]};
        struct sweep_index index;
        swept_forget();
        cr_expect_eq(sweep_index_init(&index, &kind, &swept_report), STATUS_MEMORY, "%llu points", (unsigned long long)points[k]);
        cr_expect_eq(swept_report.errors, 1);
        sweep_index_free(&index);
    }
}
