/* study/run.h - a run: every scenario of a deal through the engine, into a result and, if wanted, a file. */
#ifndef PACTOLUS_STUDY_RUN_H
#define PACTOLUS_STUDY_RUN_H
#include "study/result.h"

/* What a file says about who wrote it. */
struct study_build {
    const char *version, *revision, *compiler, *flags, *libraries;
};

enum { STUDY_THREADS = 1024 };

struct study_run_config {
    uint64_t paths, seed, samples; /* samples: paths kept one by one, at most `paths` */
    size_t memory;                 /* bytes for samples of all kinds */
    int threads;
    const char *output; /* NULL: no file */
    int force;
    const char *command; /* NULL: none */
    struct study_build build;
    /* Paths done over all scenarios, and the scenario under way; nonzero stops. NULL: none. */
    int (*progress)(void *context, uint64_t paths, size_t scenario);
    void *context;
    double *joint; /* [scenario][path]: joint surplus of every path; NULL: not kept */
    double *parts; /* [partner, byte order][path]: what each partner has of it in the last scenario; NULL: not kept */
};

/* All checks come first, then threads, then the file, then the paths. STATUS_STOPPED, without a message, if `progress` asked
   to stop; then and after every failure no file is left. `result` is in declared order; free it even after a failure. */
int study_run(struct study_deal *deal, const struct study_run_config *config, struct study_result *result,
              struct report *report);
/* Tells config->progress, if there is one, of `runs` of config->paths that are over and of `paths` of the one under way; nonzero stops. */
int study_run_tell(const struct study_run_config *config, uint64_t runs, uint64_t paths, size_t scenario);
/* Another rounding mode or flushing of small numbers would give other bits without a word: STATUS_USAGE. */
int study_run_check(struct report *report);
/* Starts the threads that runs then use: an OpenMP runtime that cannot start one ends the process, so this is tried before any
   file is opened. STATUS_MEMORY. */
int study_run_start(int threads, struct report *report);
/* Processors that the process may use, 1 to STUDY_THREADS. */
int study_run_processors(void);
#endif
