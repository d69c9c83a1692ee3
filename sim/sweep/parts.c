#define _GNU_SOURCE
#include "sweep/parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "output/target.h"
#include "sweep/lock.h"

static const char all[] = "all.journal", shard_start[] = "shard-", lock_end[] = ".lock";

int sweep_parts_make(const char *parts, struct report *report)
{
    int reason = mkdir(parts, 0777) ? errno : 0;
    if (reason == EEXIST) return STATUS_OK;
    if (!reason) reason = output_target_sync_directory(parts);
    return reason ? report_error(report, STATUS_FILE, (struct place){parts, 0, 0}, NULL, "%s", strerror(reason)) : STATUS_OK;
}

char *sweep_parts_journal(const char *parts, int shard, int shards, int rank)
{
    char *path = NULL;
    int made;
    if (shard) made = asprintf(&path, "%s/%s%06d-of-%06d.journal", parts, shard_start, shard, shards);
    else if (rank) made = asprintf(&path, "%s/rank-%06d.journal", parts, rank);
    else made = asprintf(&path, "%s/%s", parts, all);
    return made < 0 ? NULL : path;
}

/* The lock of a process that does all, or of a shard. */
static int is_other(const char *name, int shards)
{
    const size_t n = strlen(name), e = strlen(lock_end);
    if (n < e || strcmp(name + n - e, lock_end)) return 0;
    return shards ? !strncmp(name, all, strlen(all)) : !strncmp(name, shard_start, strlen(shard_start));
}

int sweep_parts_check(const char *parts, int shards, struct report *report)
{
    char holder[TEXT_ESCAPED], *path;
    int status = STATUS_OK;
    DIR *folder = opendir(parts);
    for (struct dirent *entry; folder && !status && (entry = readdir(folder));) {
        if (!is_other(entry->d_name, shards) || asprintf(&path, "%s/%s", parts, entry->d_name) < 0) continue;
        if (sweep_lock_look(path, holder)) {
            status = report_error(report, STATUS_FILE, (struct place){path, 0, 0}, NULL, "%s is at this sweep %s: %s",
                                  shards ? "a process" : "a shard", shards ? "as a whole" : "already", holder);
        }
        free(path);
    }
    if (folder) closedir(folder);
    return status;
}
