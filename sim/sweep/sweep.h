/* sweep/sweep.h - thousands of scenarios of one deal, on one machine or a cluster, of which no finished one is ever lost.

   Every process appends each point (a scenario) that it has finished to a journal of its own in the folder OUT.parts; when all
   points are there, the journals become the result file OUT. Whatever stopped a sweep (a signal, a killed job, a full disk), the
   same command goes on where it stood. Threads, ranks (of an MPI launch) and shards (tasks of a job array) differ only in who writes which
   journal: the result holds the same bits. */
#ifndef PACTOLUS_SWEEP_SWEEP_H
#define PACTOLUS_SWEEP_SWEEP_H
#include "study/run.h"
#include "sweep/communicator.h"

struct sweep_progress {
    uint64_t done, all; /* points: those with a record, and all that this process is to do */
    uint64_t failed;    /* of done */
    uint64_t here;      /* points that this process has run since it started */
    int merging;        /* nonzero: the journals are being joined, done of all */
};

struct sweep_config {
    struct study_run_config run; /* output must be given; its progress is not used */
    enum result_level level;     /* rows that are kept of each point */
    int shard, shards;           /* 1..shards: only every shards-th point; 0: all of them */
    double seconds;              /* begin no point after so long; 0: no limit */
    int retry;                   /* nonzero: points that failed are tried again */
    int partial;                 /* nonzero: merge although points are missing */
    const char *const *word;     /* the command line, so that sweep_command_read can repeat it */
    int words;
    struct communicator *communicator; /* all ranks run the sweep together; NULL: this process alone */
    /* Some times a second, by one thread at a time; nonzero stops at the next point. NULL: none. */
    int (*progress)(void *context, const struct sweep_progress *state);
    void *context;
};

/* What came of a sweep. */
struct sweep_outcome {
    uint64_t points, done, failed, here; /* of the deal; with a record; without numbers; run by this call */
    int merged;                          /* nonzero: the result file is there */
    double seconds;
};

/* Runs what is missing and, if then nothing is, merges. STATUS_STOPPED without a message if `progress` asked to; STATUS_PARTIAL with
   a message if points failed or time ran out; STATUS_REFUSED if the journals are of another sweep; STATUS_FILE if another process
   is at it. With a communicator every rank calls it with the same deal and config, and all return the same status and outcome; only the
   rank that met a failure reports it. Whatever the status, every point that was finished is in a journal or in the result. */
int sweep_run(struct study_deal *deal, const struct sweep_config *config, struct sweep_outcome *outcome, struct report *report);
/* Joins the journals of OUT.parts and of the folders `parts` (count of them, may be 0) into OUT: in any order, by whomever they
   were written. STATUS_PARTIAL if points are missing or failed: without config->partial nothing is written then. */
int sweep_merge(struct study_deal *deal, const struct sweep_config *config, const char *const *parts, int count,
                struct sweep_outcome *outcome, struct report *report);
#endif
