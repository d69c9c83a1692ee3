#define _GNU_SOURCE
#include "sweep/status.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sweep/index.h"
#include "sweep/journal_parts.h"
#include "sweep/lock.h"

enum { SHOWN = 5 }; /* reasons, processes: the first of them */

/* What the header of a journal says of the sweep; the identity is to be freed. */
static int read_kind(const char *path, struct sweep_journal_kind *kind, char **identity, struct report *report)
{
    struct journal_head head = {0};
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    int status = file < 0 ? report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s", strerror(errno))
                          : journal_head_read(path, file, &head, report);
    if (!status && !(*identity = calloc(1, (size_t)head.length + 1))) {
        status = report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a journal");
    } else if (!status && pread(file, *identity, (size_t)head.length, (off_t)sizeof head) != (ssize_t)head.length) {
        status = report_error(report, STATUS_REFUSED, (struct place){path, 0, 0}, NULL, "its header is damaged");
    }
    *kind = (struct sweep_journal_kind){*identity, (size_t)head.doubles, head.points};
    if (file >= 0) close(file);
    return status;
}

/* The first journal of a folder; NULL if there is none. */
static char *find_journal(const char *parts)
{
    DIR *folder = opendir(parts);
    char *path = NULL;
    struct dirent *entry;
    while (folder && !path && (entry = readdir(folder))) {
        const size_t n = strlen(entry->d_name), e = strlen(SWEEP_JOURNAL_ENDING);
        if (n > e && !strcmp(entry->d_name + n - e, SWEEP_JOURNAL_ENDING) && asprintf(&path, "%s/%s", parts, entry->d_name) < 0) path = NULL;
    }
    if (folder) closedir(folder);
    return path;
}

static void write_text(FILE *stream, const struct sweep_index *index, double age)
{
    const uint64_t there = index->done + index->failed, points = index->kind.points;
    fprintf(stream, "%" PRIu64 " of %" PRIu64 " points (%.1f%%) in %d journal%s", there, points, 100.0 * (double)there / (double)points,
            index->journals, index->journals == 1 ? "" : "s");
    if (index->failed) fprintf(stream, ", of which %" PRIu64 " failed", index->failed);
    fprintf(stream, "; last saved %.0f s ago\n", age);
}

static void write_holder(FILE *stream, const char *path, int json, int *count)
{
    char holder[TEXT_ESCAPED];
    if (!sweep_lock_look(path, holder)) return;
    if (json) fprintf(stream, "%s\"%s\"", *count ? ", " : "", holder); /* host names hold no quote, control characters are escaped */
    else if (*count < SHOWN) fprintf(stream, "  at it: %s\n", holder);
    ++*count;
}

/* The processes that are at it: each holds a lock. */
static void write_holders(FILE *stream, const char *output, const char *parts, int json)
{
    static const char ending[] = ".lock";
    char *path = NULL;
    int count = 0;
    if (asprintf(&path, "%s%s", output, ending) >= 0) write_holder(stream, path, json, &count);
    free(path);
    DIR *folder = opendir(parts);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        const size_t n = strlen(entry->d_name), e = strlen(ending);
        if (n < e || strcmp(entry->d_name + n - e, ending) || asprintf(&path, "%s/%s", parts, entry->d_name) < 0) continue;
        write_holder(stream, path, json, &count);
        free(path);
    }
    if (folder) closedir(folder);
    if (!json && count > SHOWN) fprintf(stream, "  and %d more processes\n", count - SHOWN);
    if (!json && !count) fputs("  no process is at it: the same command goes on, or pactolus resume\n", stream);
}

/* When a point was saved last. A process brings its journal up to date with every point. */
static double age_of(const char *parts)
{
    double age = INFINITY;
    DIR *folder = opendir(parts);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        struct stat there;
        if (!strstr(entry->d_name, SWEEP_JOURNAL_ENDING) || fstatat(dirfd(folder), entry->d_name, &there, 0)) continue;
        const double seconds = difftime(time(NULL), there.st_mtime);
        if (seconds < age) age = seconds;
    }
    if (folder) closedir(folder);
    return age > 0.0 ? age : 0.0;
}

/* The first reasons, so that a fault common to all is seen early. */
static int write_failures(FILE *stream, const struct sweep_index *index, struct report *report)
{
    char reason[JOURNAL_REASON + 1];
    int shown = 0, status = STATUS_OK;
    for (uint64_t k = 0; k < index->kind.points && shown < SHOWN && !status; k++) {
        if (sweep_index_state_of(index, k) != SWEEP_FAILED) continue;
        status = sweep_index_read(index, k, reason, sizeof reason, report);
        if (!status) fprintf(stream, "  point %" PRIu64 ": %s\n", k + 1, reason);
        shown++;
    }
    return status;
}

static int write_index(FILE *stream, const struct sweep_journal_kind *kind, const char *output, const char *parts, int json,
                       struct report *report)
{
    struct sweep_index index = {0};
    int status = sweep_index_init(&index, kind, report);
    if (!status) status = sweep_index_add(&index, parts, report);
    if (!status && json) {
        fprintf(stream, "{\"finished\": false, \"points\": %" PRIu64 ", \"done\": %" PRIu64 ", \"failed\": %" PRIu64 ", \"journals\": %d, "
                "\"seconds_since_saved\": %.0f, \"processes\": [", kind->points, index.done + index.failed, index.failed, index.journals,
                age_of(parts));
        write_holders(stream, output, parts, 1);
        fputs("]}\n", stream);
    } else if (!status) {
        write_text(stream, &index, age_of(parts));
        status = write_failures(stream, &index, report);
        write_holders(stream, output, parts, 0);
    }
    sweep_index_free(&index);
    return status;
}

int sweep_status_write(FILE *stream, const char *output, int json, struct report *report)
{
    struct sweep_journal_kind kind;
    char *parts = NULL, *identity = NULL;
    if (asprintf(&parts, "%s.parts", output) < 0) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    char *journal = find_journal(parts);
    int status = STATUS_OK;
    if (!journal && access(output, F_OK)) {
        status = report_error(report, STATUS_FILE, (struct place){output, 0, 0}, NULL, "no sweep is under way here, and there is no result");
    } else if (!journal) {
        fputs(json ? "{\"finished\": true}\n" : "finished: the result is there\n", stream);
    } else {
        status = read_kind(journal, &kind, &identity, report);
        if (!status) status = write_index(stream, &kind, output, parts, json, report);
    }
    free(journal);
    free(identity);
    free(parts);
    return status;
}
