/* sweep/status.h - how far a sweep is, from its journals alone. */
#ifndef PACTOLUS_SWEEP_STATUS_H
#define PACTOLUS_SWEEP_STATUS_H
#include "base/status.h"

/* Of OUT, whose journals stand in OUT.parts: a few lines, or JSON. STATUS_FILE if there is neither. */
int sweep_status_write(FILE *stream, const char *output, int json, struct report *report);
#endif
