/* Every allocation of a sweep's files fails in turn, as in ../input/test_memory.c: it is told, and nothing is lost by it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/scarce.h"
#include "sweep/command.h"
#include "sweep/index.h"
#include "sweep/lock.h"
#include "sweep/status.h"
#include "unit/sweep/swept.h"

char *__real_strdup(const char *text);
char *__wrap_strdup(const char *text);

char *__wrap_strdup(const char *text)
{
    return scarce_fails() ? NULL : __real_strdup(text);
}

TestSuite(memory, .init = swept_begin, .fini = swept_end, .timeout = 100);

/* ---- What is done, each with all its allocations ---- */

static const char *path, *parts, *output;

static int do_journal(void)
{
    struct sweep_journal journal;
    double numbers[SWEPT_DOUBLES] = {0};
    int status = sweep_journal_open(&journal, path, &swept_kind, &swept_report);
    if (!status) status = sweep_journal_append(&journal, 1, numbers, &swept_report);
    const int closed = sweep_journal_close(&journal, &swept_report);
    return status ? status : closed;
}

static int do_index(void)
{
    struct sweep_index index;
    double got[SWEPT_DOUBLES];
    int status = sweep_index_init(&index, &swept_kind, &swept_report);
    if (!status) status = sweep_index_add(&index, parts, &swept_report);
    if (!status) status = sweep_index_read(&index, 2, got, sizeof got, &swept_report);
    sweep_index_free(&index);
    return status;
}

static int do_lock(void)
{
    struct sweep_lock lock;
    int status = sweep_lock_take(&lock, output, &swept_report);
    sweep_lock_release(&lock);
    return status;
}

static int do_command(void)
{
    char **word, *folder;
    int count;
    int status = sweep_command_read(parts, &word, &count, &folder, &swept_report);
    free(word);
    free(folder);
    return status;
}

static int do_status(void)
{
    char text[4096];
    FILE *stream = fmemopen(text, sizeof text, "w");
    int status = stream ? sweep_status_write(stream, output, 1, &swept_report) : STATUS_MEMORY;
    if (stream) fclose(stream);
    return status;
}

static void expect_told(int (*run)(void), const char *what)
{
    scarce_left = -1;
    scarce_used = 0;
    cr_assert_eq(run(), STATUS_OK, "%s: %s", what, swept_messages());
    const long all = scarce_used;
    cr_assert_geq(all, 1, "%s allocates nothing", what);
    for (long k = 0; k < all; k++) {
        swept_forget();
        scarce_left = k;
        const int status = run();
        scarce_left = -1;
        cr_expect(status == STATUS_MEMORY, "%s: allocation %ld of %ld: status %d", what, k, all, status);
        cr_expect_gt(swept_report.errors, 0, "%s: allocation %ld of %ld: nothing is said", what, k, all);
    }
    cr_assert_eq(run(), STATUS_OK, "%s, after all: %s", what, swept_messages());
}

Test(memory, every_failure_is_told_and_what_was_written_stays)
{
    const char *const word[] = {"pactolus", "sweep"};
    struct swept_found found;
    parts = swept_in("out.h5.parts");
    path = swept_in("out.h5.parts/a.journal");
    output = swept_in("out.h5");
    cr_assert_eq(mkdir(parts, 0777), 0);
    swept_journal(path, 0, 3, 0);
    cr_assert_eq(sweep_command_write(parts, word, 2, &swept_report), STATUS_OK);
    expect_told(do_index, "index");
    expect_told(do_lock, "lock");
    expect_told(do_command, "command");
    expect_told(do_status, "status");
    expect_told(do_journal, "journal");
    swept_scan(&found, path);
    cr_expect_geq(found.count, 5);
    for (int k = 0; k < 3; k++) cr_expect_eq(found.record[k].point, (uint64_t)k);
}
