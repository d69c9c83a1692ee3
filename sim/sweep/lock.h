/* sweep/lock.h - one process at a time: a file that says who holds it. */
#ifndef PACTOLUS_SWEEP_LOCK_H
#define PACTOLUS_SWEEP_LOCK_H
#include "base/status.h"
#include "base/text.h"

struct sweep_lock {
    char *path;
    int file; /* -1: not held */
};

/* STATUS_FILE, naming host, process and start of the holder, if another process holds it. What a dead process of any host has left is
   taken over: the kernel (or the file server) gives its lock back. */
int sweep_lock_take(struct sweep_lock *lock, const char *path, struct report *report);
/* Nonzero if a process holds it now; `text`: which ("process 123 on node7 since ..."), escaped. Changes nothing. */
int sweep_lock_look(const char *path, char text[TEXT_ESCAPED]);
/* Legal if it is not held. The file goes away. */
void sweep_lock_release(struct sweep_lock *lock);
#endif
