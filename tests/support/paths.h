/* support/paths.h - a deal path by path, through the engine: single paths of any column, and what happens between steps. */
#ifndef TESTS_SUPPORT_PATHS_H
#define TESTS_SUPPORT_PATHS_H
#include "bench.h"

struct paths {
    struct bench_deal bench;
    struct engine_block block;
    const struct engine_level *level;
};

/* `sets`: pairs name, value, ended by NULL; may be NULL. Ends the program with the messages where anything fails. */
void paths_open(struct paths *paths, const char *deal, const char *const *sets);
void paths_close(struct paths *paths);
/* Runs the block of 64 paths that begins at path `first`; the columns then stand in paths->block. */
void paths_run(struct paths *paths, uint64_t first, engine_step_hook *hook, void *context);

/* A column of the block as plain doubles. */
static inline const double *plain(const lanes *column)
{
    return (const double *)(const void *)column;
}

/* What can be said of every path at its end: value captured and whether the partner left. */
struct ends {
    int partners;
    size_t paths;
    double *captured[PARAM_PARTNERS], *left[PARAM_PARTNERS]; /* by path */
};
void ends_make(struct ends *ends, const char *deal, const char *const *sets, size_t paths);
void ends_free(struct ends *ends);

/* Mean and its standard error of n numbers, or of x - y where y is not NULL. */
struct estimate {
    double mean, error;
};
struct estimate estimate_of(const double *x, const double *y, size_t n);
#endif
