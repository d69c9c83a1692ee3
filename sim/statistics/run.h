/* statistics/run.h - the statistics of one scenario: filled by batches merged in the order of their paths, read out as one
   flat array of doubles (positions: statistics/plan.h). The same bits for any number of threads.

   One batch per thread, one run per scenario:
       statistics_batch_begin(&batch, &run, first_path);
       for each block: statistics_block_series(...) for each step, then statistics_block_outcomes(...)
       under a lock, batches in order: statistics_run_merge(&run, &batch);
   Batches write samples into the run at places of their own, so begin and block need no lock. */
#ifndef PACTOLUS_STATISTICS_RUN_H
#define PACTOLUS_STATISTICS_RUN_H
#include "statistics/bins.h"
#include "statistics/column.h"
#include "statistics/moments.h"
#include "statistics/plan.h"
#include "statistics/sum.h"

struct statistics_tally {
    struct statistics_moments moments;
    struct statistics_sum sum;
};

/* The first value that is not finite; column -1: none. */
struct statistics_bad {
    int column;
    uint64_t path;
};

struct statistics_run {
    const struct statistics_plan *plan; /* not owned */
    uint64_t paths;                     /* merged so far */
    struct statistics_bad bad;
    struct statistics_tally *tally; /* by column; owned, as all below */
    double *sample;                 /* exact plans: samples x plan->paths */
    struct statistics_bins *bins;   /* binned plans: by sample */
    double *spare;                  /* two batches of doubles */
    double *step_sum, *step_count;  /* steps x series columns: a block goes through them step by step */
    double *fan;                    /* series columns x steps x STATISTICS_BATCH */
    uint64_t replayed;              /* paths of the second pass */
    int replaying;
    double quantile_error; /* of the last statistics_run_result or statistics_run_precise */
};

struct statistics_batch {
    const struct statistics_plan *plan; /* not owned */
    struct statistics_run *run;         /* of the present batch, not owned */
    uint64_t first;
    size_t paths; /* in the batch so far */
    struct statistics_bad bad;
    struct statistics_tally *tally;
    double *sample; /* binned plans: samples x STATISTICS_BATCH */
    double *step_sum, *step_count;
    statistics_sums *sums; /* set by init; those of a level give the same bits */
    statistics_adds *adds;
};

/* STATUS_MEMORY with a message. */
int statistics_run_init(struct statistics_run *run, const struct statistics_plan *plan, struct report *report);
void statistics_run_free(struct statistics_run *run);
/* Empties a run for the next scenario. */
void statistics_run_reset(struct statistics_run *run);

int statistics_batch_init(struct statistics_batch *batch, const struct statistics_plan *plan, struct report *report);
void statistics_batch_free(struct statistics_batch *batch);
/* first_path: a multiple of STATISTICS_BATCH. */
void statistics_batch_begin(struct statistics_batch *batch, struct statistics_run *run, uint64_t first_path);
/* One step of a block of n <= STATISTICS_BLOCK paths: column[k], k over series, then C order of the axis. NaN: no value
   at this step (no car made yet), left out of mean and fan; a NULL column: on no path. Before the block's outcomes. */
void statistics_block_series(struct statistics_batch *batch, int step, size_t n, double *const *column);
/* Ends a block: column[k], k over outcomes, then C order of their axes; NULL is legal where plan->used[k] is 0. */
void statistics_block_outcomes(struct statistics_batch *batch, size_t n, double *const *column);

/* In the order of first_path, without gaps. */
void statistics_run_merge(struct statistics_run *run, const struct statistics_batch *batch);
/* Mean and standard error of a column at any time: what a stopping rule needs. */
void statistics_run_mean(const struct statistics_run *run, int column, double *mean, double *error);
/* Writes plan->doubles numbers. May be called at any time, changes nothing that counts. STATUS_MEMORY with a message. */
int statistics_run_result(struct statistics_run *run, double *flat, struct report *report);
/* The sample of an outcome's cell in path order (run->paths values) or NULL where none is kept. */
const double *statistics_run_sample(const struct statistics_run *run, int outcome, int cell);

/* A binned run: nonzero while every quantile's error is below 1/20 of its standard error (always so for exact runs).
   If it is 0, statistics_run_replay_begin, then give the same batches again in order (same calls, merge included; nothing
   is counted twice), then statistics_run_result: every quantile is exact. */
int statistics_run_precise(struct statistics_run *run);
int statistics_run_replay_begin(struct statistics_run *run, struct report *report);

/* Mixture of scenarios: `weight` (positive, any sum). Means, shares and standard deviations from flat arrays of one plan;
   quantiles, tails and fans from the runs, where `run` is not NULL (else NaN). `common`: the scenarios share random numbers,
   so errors add up (an upper bound, reached when they move together); else they are independent. */
int statistics_mixture(const struct statistics_plan *plan, int scenarios, const double *weight, const double *const *flat,
                       struct statistics_run *const *run, int common, double *out, struct report *report);
#endif
