/* output/probe.h - runs a reader of a file that may be damaged in a process of its own: HDF5 1.10 can be made to crash or loop
   by a flipped bit, and that must end as a message, not as a signal. */
#ifndef PACTOLUS_OUTPUT_PROBE_H
#define PACTOLUS_OUTPUT_PROBE_H
#include "base/status.h"

/* Calls read(context, report) in a child without stderr. Its status comes back, with its first message; a child that dies is
   STATUS_REFUSED. Where no process can be made, read is called here. */
int output_probe(const char *path, int (*read)(void *context, struct report *report), void *context,
                 struct report *report);
#endif
