/* unit/sweep/swept.h - what the tests of sweeps share: a folder, messages, bytes of files, journals with known numbers. */
#ifndef TESTS_UNIT_SWEEP_SWEPT_H
#define TESTS_UNIT_SWEEP_SWEPT_H
#include <criterion/criterion.h>

#include "sweep/journal.h"

extern char swept_folder[64]; /* of this test, made and removed by the two below */
extern struct report swept_report;
/* .init and .fini of a test. */
void swept_begin(void);
void swept_end(void);

/* A path in the folder, kept to the end of the test. */
const char *swept_in(const char *name);
/* A message with these words was given. All of them in one line, for the text of a failed check. */
int swept_told(const char *words);
const char *swept_messages(void);
/* The report is empty again. */
void swept_forget(void);

/* A whole file; *bytes is to be freed. */
size_t swept_read(const char *path, unsigned char **bytes);
void swept_write(const char *path, const void *bytes, size_t size);
/* Names in a folder, without . and .. */
int swept_entries(const char *path);

/* ---- Journals with numbers that are known ---- */

enum { SWEPT_DOUBLES = 3, SWEPT_POINTS = 40, SWEPT_HEAD = 48 + 22 /* bytes before the first record */ };
extern const struct sweep_journal_kind swept_kind;
/* What stands in the journals for a point: with `version`, so that records of one point can be told apart. */
void swept_numbers(double out[SWEPT_DOUBLES], uint64_t point, int version);
/* Nonzero if these are the numbers, bit by bit. */
int swept_same(const double *got, uint64_t point, int version);
/* Appends points [first, end) to a journal, which is made if it is not there. */
void swept_journal(const char *path, uint64_t first, uint64_t end, int version);
void swept_failure(const char *path, uint64_t point, const char *reason);

/* What a scan found. */
struct swept_found {
    struct sweep_journal_record record[SWEPT_POINTS * 4];
    int count, status;
    int64_t end;
};
void swept_scan(struct swept_found *found, const char *path);
/* Every record that was found holds what was written for its point. */
void swept_expect_true(const struct swept_found *found, const char *path, const char *what);
#endif
