/* base/status.h - the error contract of the whole program.
   Every function that can fail returns `enum status` as int: 0 done, negative failed; -status is the exit code
   (docs/errors.md). Messages are collected in a `struct report`; a function that fails has added at least one. */
#ifndef PACTOLUS_BASE_STATUS_H
#define PACTOLUS_BASE_STATUS_H
#include <stddef.h>
#include <stdio.h>

enum status {
    STATUS_OK = 0,
    STATUS_USAGE = -2,     /* command line or environment */
    STATUS_INPUT = -3,     /* content of a deal file, table or option value */
    STATUS_FILE = -4,      /* unreadable, exists, full, locked */
    STATUS_MEMORY = -5,    /* out of memory, beyond a bound */
    STATUS_REFUSED = -6,   /* result damaged, of another run, or newer */
    STATUS_NONFINITE = -7, /* a result that is not a number */
    STATUS_PARTIAL = -8,   /* done in part */
    STATUS_STOPPED = -9,   /* the caller asked to stop; the program ends with 128 + the signal */
    STATUS_INTERNAL = -70  /* our fault */
};

/* Where a value was written. `file` NULL: nowhere; line 0: an option or a whole file. The text is not owned. */
struct place {
    const char *file;
    int line, column;
};

enum { REPORT_SHOWN = 20 }; /* messages kept; later ones are only counted */

struct report {
    char *message[REPORT_SHOWN];
    int told[REPORT_SHOWN]; /* how often a warning was given; 0 for an error */
    int shown;    /* messages kept */
    int errors;   /* errors seen in all */
    int warnings; /* warnings seen in all */
    int status;   /* the first failure, STATUS_OK if none */
    int silent;   /* warnings are not told: a check before this one has told them */
};

/* In place; no allocation. */
void report_init(struct report *report);
/* Legal after report_init and after any failure. */
void report_free(struct report *report);
/* Adds `FILE:LINE:COL: error: NAME: what` (place and name left out where absent) and returns `status`. The one function
   through which every error passes: stop a debugger here. */
int report_error(struct report *report, int status, struct place place, const char *name, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The same with `warning:`; never fails a call. One that was told before (for another row of a table) is not told again. */
void report_warning(struct report *report, struct place place, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Drops the warnings behind the first `from` messages that were given less than `times`: of the rows of a table, what is idle in
   some and not in all is no slip. */
void report_keep_common(struct report *report, int from, int times);
/* Writes all kept messages, one a line, and how many more there were. */
void report_write(const struct report *report, FILE *stream);
/* One sentence for a status; never NULL. */
const char *status_text(int status);
#endif
