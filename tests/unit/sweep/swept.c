#include "unit/sweep/swept.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char swept_folder[64];
struct report swept_report;

void swept_begin(void)
{
    strcpy(swept_folder, P_tmpdir "/pactolus_swept_XXXXXX");
    cr_assert_not_null(mkdtemp(swept_folder));
    report_init(&swept_report);
}

void swept_end(void)
{
    char line[128];
    snprintf(line, sizeof line, "rm -rf '%s'", swept_folder);
    cr_expect_eq(system(line), 0);
    report_free(&swept_report);
}

const char *swept_in(const char *name)
{
    enum { NAMES = 512 };
    static char *path[NAMES];
    int k = 0;
    for (; k < NAMES && path[k]; k++) {
        if (!strcmp(path[k] + strlen(swept_folder) + 1, name)) return path[k];
    }
    cr_assert_lt(k, NAMES);
    const size_t room = strlen(swept_folder) + strlen(name) + 2;
    cr_assert_not_null(path[k] = malloc(room));
    snprintf(path[k], room, "%s/%s", swept_folder, name);
    return path[k];
}

int swept_told(const char *words)
{
    for (int k = 0; k < swept_report.shown; k++) {
        if (strstr(swept_report.message[k], words)) return 1;
    }
    return 0;
}

const char *swept_messages(void)
{
    static char all[4096];
    size_t n = 0;
    all[0] = 0;
    for (int k = 0; k < swept_report.shown && n < sizeof all; k++) {
        n += (size_t)snprintf(all + n, sizeof all - n, "[%s]", swept_report.message[k]);
    }
    return all;
}

void swept_forget(void)
{
    report_free(&swept_report);
    report_init(&swept_report);
}

size_t swept_read(const char *path, unsigned char **bytes)
{
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    *bytes = malloc(1 << 20);
    const size_t n = fread(*bytes, 1, 1 << 20, file);
    cr_assert_lt(n, (size_t)1 << 20);
    fclose(file);
    return n;
}

void swept_write(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    cr_assert(!size || fwrite(bytes, size, 1, file) == 1);
    cr_assert_eq(fclose(file), 0);
}

int swept_entries(const char *path)
{
    DIR *folder = opendir(path);
    int count = 0;
    if (!folder) return -1;
    for (struct dirent *entry; (entry = readdir(folder));) count += strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    closedir(folder);
    return count;
}

/* ---- Journals ---- */

const struct sweep_journal_kind swept_kind = {"alpha: 1\nbeta: second\n", SWEPT_DOUBLES, SWEPT_POINTS};

/* The last one is no number, with a payload of its own that must be kept. */
void swept_numbers(double out[SWEPT_DOUBLES], uint64_t point, int version)
{
    const uint64_t odd = UINT64_C(0x7ff8000000000000) + 256 * point + (uint64_t)version;
    out[0] = 1.0 / (double)(point + 3) + version;
    out[1] = point % 2 ? -0.0 : 5e-324;
    memcpy(&out[2], &odd, sizeof odd);
}

int swept_same(const double *got, uint64_t point, int version)
{
    double want[SWEPT_DOUBLES];
    swept_numbers(want, point, version);
    return memcmp(got, want, sizeof want) == 0;
}

void swept_journal(const char *path, uint64_t first, uint64_t end, int version)
{
    struct sweep_journal journal;
    double numbers[SWEPT_DOUBLES];
    cr_assert_eq(sweep_journal_open(&journal, path, &swept_kind, &swept_report), STATUS_OK, "%s", swept_messages());
    for (uint64_t point = first; point < end; point++) {
        swept_numbers(numbers, point, version);
        cr_assert_eq(sweep_journal_append(&journal, point, numbers, &swept_report), STATUS_OK, "%s", swept_messages());
    }
    cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK, "%s", swept_messages());
}

void swept_failure(const char *path, uint64_t point, const char *reason)
{
    struct sweep_journal journal;
    cr_assert_eq(sweep_journal_open(&journal, path, &swept_kind, &swept_report), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(sweep_journal_append_failure(&journal, point, STATUS_INPUT, reason, &swept_report), STATUS_OK);
    cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK, "%s", swept_messages());
}

static void keep(void *context, const struct sweep_journal_record *record)
{
    struct swept_found *found = context;
    cr_assert_lt(found->count, SWEPT_POINTS * 4);
    found->record[found->count++] = *record;
}

void swept_scan(struct swept_found *found, const char *path)
{
    found->count = 0;
    found->end = -1;
    found->status = sweep_journal_scan(path, &swept_kind, keep, found, &found->end, &swept_report);
}

void swept_expect_true(const struct swept_found *found, const char *path, const char *what)
{
    const int file = open(path, O_RDONLY);
    double got[SWEPT_DOUBLES];
    for (int k = 0; k < found->count; k++) {
        const struct sweep_journal_record *record = &found->record[k];
        if (record->status) continue;
        cr_assert_eq(sweep_journal_read(path, file, record->at, got, sizeof got, &swept_report), STATUS_OK, "%s: record %d",
                     what, k);
        cr_assert(swept_same(got, record->point, 0), "%s: record %d has other numbers", what, k);
    }
    close(file);
}
