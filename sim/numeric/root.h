/* numeric/root.h - where a function that may fail is 0. */
#ifndef PACTOLUS_NUMERIC_ROOT_H
#define PACTOLUS_NUMERIC_ROOT_H
#include "base/status.h"

/* A status; *y is the value at x. */
typedef int numeric_root_function(void *context, double x, double *y);

/* Brent's method (1973, GSL) in [low, high], to within `tolerance`. A failure of the function ends it with that status.
   STATUS_INPUT, at `place` and `name`, where the ends have the same sign; STATUS_MEMORY, STATUS_INTERNAL. */
int numeric_root_find(numeric_root_function *function, void *context, double low, double high, double tolerance,
                      struct place place, const char *name, struct report *report, double *root);
#endif
