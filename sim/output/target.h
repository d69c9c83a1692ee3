/* output/target.h - a file that takes its name only when all of it is on the disk: it grows beside its place as PATH.tmp.PID.
   What stood there before is untouched until then, and after any failure.

       output_target_check(path, force, &report);          all that can be known before the work starts
       output_target_init(&target, path, force, &report);  an empty target.temporary, to be written by the caller
       output_target_commit(&target, &report);             fsync, rename, fsync of the directory
       output_target_free(&target);                        legal after a failed init; removes what is not committed */
#ifndef PACTOLUS_OUTPUT_TARGET_H
#define PACTOLUS_OUTPUT_TARGET_H
#include "base/status.h"

struct output_target {
    const char *given;      /* as the caller names it; not owned */
    char *path, *temporary; /* owned: the real file behind a link, and the name beside it */
    int force, done;
};

/* STATUS_FILE if the place is taken (without force), is no regular file or cannot be replaced. */
int output_target_check(const char *path, int force, struct report *report);
/* STATUS_FILE if no file can be made there; STATUS_MEMORY. `path` must outlive the target. */
int output_target_init(struct output_target *target, const char *path, int force, struct report *report);
/* The temporary file must be closed. STATUS_FILE; a whole file that cannot take its name stays, and a warning says where. */
int output_target_commit(struct output_target *target, struct report *report);
void output_target_free(struct output_target *target);
/* Brings the names in the folder of a file to the disk. An errno; 0: done, or the file system does not do it for folders. */
int output_target_sync_directory(const char *path);
#endif
