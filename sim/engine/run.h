/* engine/run.h - all paths of one scenario on all threads: blocks of 64 paths, batches of 4,096 merged in their order, so that
   the result is the same bits for any number of threads. */
#ifndef PACTOLUS_ENGINE_RUN_H
#define PACTOLUS_ENGINE_RUN_H
#include "engine/driver.h"
#include "engine/publish.h"
#include "statistics/run.h"

/* A set of kernels for one kind of processor. */
struct engine_level {
    const char *name; /* "v4", "v3", "portable" */
    engine_block_function *run;
    engine_series_function *series;
    statistics_sums *sums;
    statistics_adds *adds;
};
extern const struct engine_level engine_level_v4, engine_level_v3, engine_level_portable; /* engine/door.c */
/* The level that the environment variable PACTOLUS_ISA names, else the fastest that this processor has. STATUS_USAGE with a
   message where the name is unknown or the processor lacks it. */
int engine_level_choose(const struct engine_level **level, struct report *report);

/* Samples by path that are kept for the result file: the first `limit` paths of a scenario. */
struct engine_samples {
    uint64_t limit;    /* 0: none */
    int partners;
    double *captured;  /* [partner][limit] */
    double *ledger;    /* [partner][line][limit] */
    double *transfers; /* [partner][limit] */
};
int engine_samples_init(struct engine_samples *samples, int partners, uint64_t limit, struct report *report);
void engine_samples_free(struct engine_samples *samples);

/* Called after each merged batch with the paths done so far, never by two threads at once; nonzero stops the run. */
typedef int engine_progress(void *context, uint64_t paths_done);

struct engine_run_config {
    uint64_t paths;
    int threads;
    const struct engine_level *level;
    engine_progress *progress; /* may be NULL */
    void *context;
    double *joint; /* [path]: joint surplus of every path; NULL: not kept */
    double *parts; /* [partner][path]: what each partner has of it, where plan->value.parted; NULL: not kept */
    struct engine_drivers *drivers; /* of as many paths; NULL: not kept */
};

/* Starts the team of threads once, before any file is opened. */
void engine_threads_start(int threads);
/* Calls `each` once on each of `threads` threads at a time, thread 0 being the caller; inside, engine_run takes one thread. */
void engine_threads_each(int threads, void (*each)(void *context, int thread), void *context);
/* Fills `run` (empty before) and, where given, `samples`. *stopped: the progress call stopped it. Errors: memory; a result
   that is not finite (STATUS_NONFINITE names the quantity and the path). */
int engine_run(const struct engine_plan *plan, const struct engine_run_config *config, struct statistics_run *run,
               struct engine_samples *samples, int *stopped, struct report *report);
/* The modes to run: standalone.p.mode, with best replaced by the mode with the greatest mean present value over the first 4,096 paths, the same for
   every path (docs/model.md, 0). */
int engine_pilot(const struct deal *deal, const struct param_scope *scope, const struct param_draws *draws, uint64_t seed,
                 struct place place, int mode[PARAM_PARTNERS], struct report *report);
#endif
