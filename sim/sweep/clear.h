/* sweep/clear.h - what a sweep leaves beside its result, taken away. */
#ifndef PACTOLUS_SWEEP_CLEAR_H
#define PACTOLUS_SWEEP_CLEAR_H

/* The journals of a finished sweep. The folder `parts` is renamed to OUT.done first, so that it is whole or gone for whoever comes
   after a kill. Only what is ours is removed; a folder with something else in it stays. */
void sweep_clear_parts(const char *output, const char *parts);
/* OUT.done, if a process was killed while it removed it. */
void sweep_clear_done(const char *output);
/* OUT.tmp.PID of a process that is no more on this host. Only while OUT is locked: no other process writes there then. */
void sweep_clear_stale(const char *output);
#endif
