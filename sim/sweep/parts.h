/* sweep/parts.h - OUT.parts, the folder of the journals of a sweep: names in it, and who is at work there. */
#ifndef PACTOLUS_SWEEP_PARTS_H
#define PACTOLUS_SWEEP_PARTS_H
#include "base/status.h"

/* Makes the folder, if it is not there, and brings its name to the disk: else a power cut could take away all that is in it. */
int sweep_parts_make(const char *parts, struct report *report);
/* The journal of a shard (1, 2, ..; 0: none), of a rank above 0, or of the one process; malloc'ed, NULL without memory. */
char *sweep_parts_journal(const char *parts, int shard, int shards, int rank);
/* Shards may work side by side, but not beside a process that does all: STATUS_FILE if another kind than ours is at it. */
int sweep_parts_check(const char *parts, int shards, struct report *report);
#endif
