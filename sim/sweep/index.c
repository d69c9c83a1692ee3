#define _GNU_SOURCE
#include "sweep/index.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct sweep_index_entry {
    int64_t at;
    int journal; /* -1: no record */
    int status;
};

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the index of journals");
}

int sweep_index_init(struct sweep_index *index, const struct sweep_journal_kind *kind, struct report *report)
{
    memset(index, 0, sizeof *index);
    index->kind = *kind;
    const int fits = kind->points < PTRDIFF_MAX / sizeof *index->entry; /* the number stands in a file, for sweep_status_write */
    index->entry = fits ? malloc((size_t)kind->points * sizeof *index->entry + 1) : NULL;
    if (!index->entry) return out_of_memory(report);
    for (uint64_t k = 0; k < kind->points; k++) index->entry[k] = (struct sweep_index_entry){0, -1, 0};
    return STATUS_OK;
}

void sweep_index_free(struct sweep_index *index)
{
    for (int k = 0; k < index->journals; k++) {
        if (index->file[k] >= 0) close(index->file[k]);
        free(index->path[k]);
    }
    free(index->path);
    free(index->file);
    free(index->entry);
    memset(index, 0, sizeof *index);
}

static void take(void *context, const struct sweep_journal_record *record)
{
    struct sweep_index *index = context;
    struct sweep_index_entry *entry = &index->entry[record->point];
    if (entry->journal >= 0 && entry->status == STATUS_OK) return;
    if (entry->journal >= 0) index->failed--;
    *entry = (struct sweep_index_entry){record->at, index->present, record->status};
    if (record->status == STATUS_OK) index->done++;
    else index->failed++;
}

static int add_journal(struct sweep_index *index, const char *folder, const char *name, struct report *report)
{
    const size_t n = (size_t)index->journals + 1;
    char **path = realloc(index->path, n * sizeof *path);
    if (path) index->path = path;
    int *file = realloc(index->file, n * sizeof *file);
    if (file) index->file = file;
    if (!path || !file || asprintf(&path[n - 1], "%s/%s", folder, name) < 0) return out_of_memory(report);
    index->present = index->journals++;
    file[n - 1] = open(path[n - 1], O_RDONLY | O_CLOEXEC);
    if (file[n - 1] < 0) return report_error(report, STATUS_FILE, (struct place){path[n - 1], 0, 0}, NULL, "%s", strerror(errno));
    return sweep_journal_scan(path[n - 1], &index->kind, take, index, NULL, report);
}

static int is_journal(const struct dirent *entry)
{
    const size_t n = strlen(entry->d_name), e = strlen(SWEEP_JOURNAL_ENDING);
    return n > e && !strcmp(entry->d_name + n - e, SWEEP_JOURNAL_ENDING);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

int sweep_index_add(struct sweep_index *index, const char *folder, struct report *report)
{
    struct dirent **entry = NULL;
    int status = STATUS_OK;
    const int n = scandir(folder, &entry, is_journal, by_name);
    if (n < 0 && errno == ENOENT) return STATUS_OK;
    if (n < 0) {
        return report_error(report, errno == ENOMEM ? STATUS_MEMORY : STATUS_FILE, (struct place){folder, 0, 0}, NULL, "%s",
                            strerror(errno));
    }
    for (int k = 0; k < n; k++) {
        int one = status == STATUS_MEMORY ? status : add_journal(index, folder, entry[k]->d_name, report);
        if (!status) status = one;
        free(entry[k]);
    }
    free(entry);
    return status;
}

enum sweep_index_state sweep_index_state_of(const struct sweep_index *index, uint64_t point)
{
    const struct sweep_index_entry *entry = &index->entry[point];
    if (entry->journal < 0) return SWEEP_MISSING;
    return entry->status == STATUS_OK ? SWEEP_DONE : SWEEP_FAILED;
}

int sweep_index_read(const struct sweep_index *index, uint64_t point, void *payload, size_t room, struct report *report)
{
    const struct sweep_index_entry *entry = &index->entry[point];
    memset(payload, 0, room);
    return sweep_journal_read(index->path[entry->journal], index->file[entry->journal], entry->at, payload, room, report);
}
