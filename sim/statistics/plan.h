/* statistics/plan.h - from what the stages publish to the rows of a result: which columns come in, which samples are kept,
   where each number lies in the flat array of one scenario. */
#ifndef PACTOLUS_STATISTICS_PLAN_H
#define PACTOLUS_STATISTICS_PLAN_H
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "statistics/table.h"

enum {
    STATISTICS_LEVELS = 32,      /* quantile levels at most */
    STATISTICS_BATCH = 4096,     /* paths of a batch; also the paths of a fan */
    STATISTICS_BLOCK = 64        /* paths of a block */
};

/* Zero or NULL: the default in the comment. Strings of outcomes and series are not copied and must outlive the plan. */
struct statistics_config {
    const struct statistics_outcome *outcome;
    int outcomes;
    const struct statistics_series *series;
    int series_count;
    struct statistics_shape shape; /* sizes of partner, ledger, step, cause, region; the rest is filled by the plan */
    enum result_level level;       /* RESULT_HEADLINE leaves out outcomes with DETAIL_FULL and all series */
    const double *quantile;        /* rising, inside (0, 1); .01 .05 .10 .25 .50 .75 .90 .95 .99 */
    int quantiles;
    double confidence; /* 0.95 */
    double tail;       /* 0.05 */
    uint64_t paths;    /* the most that one scenario can have */
    size_t memory;     /* bytes for samples of one scenario; 2 GB */
};

/* What is made of one outcome: index of its rows, -1 none. */
struct statistics_made {
    int mean, error, deviation, skewness;
    int quantile, quantile_low, quantile_high;
    int var, var_low, var_high, cvar, cvar_low, cvar_high;
    int probability, probability_low, probability_high;
};

struct statistics_plan {
    struct statistics_shape shape;
    const struct statistics_outcome *outcome; /* a copy, owned */
    int outcomes;
    struct statistics_made *made; /* by outcome */
    int *column;                  /* first column of an outcome, and the number of all columns at the end */
    int columns;
    char *used;    /* by column: 0 is never read, its pointer may be NULL; 2: with skewness */
    int *kept;     /* by column: index of its sample, -1 none */
    int samples;   /* kept columns */
    int exact;     /* samples fit the memory; else binned (statistics/bins.h) */
    const struct statistics_series *series; /* a copy, owned; none at level RESULT_HEADLINE */
    int series_count;
    int *series_column; /* first column of a series, number of all at the end */
    int series_columns;
    int fan_columns;    /* the first ones, which have a fan */
    int *series_row;    /* row <name>_by_step of a series; <name>_fan follows it where there is one */
    double quantile[STATISTICS_LEVELS];
    int quantiles;
    double confidence, z, tail;
    uint64_t paths;
    size_t bytes; /* what one scenario's statistics take */
    struct result_row *row;
    int rows;
    int row_paths, row_error; /* rows `paths` and `quantile_error` */
    size_t doubles;           /* length of the flat array of one scenario */
};

/* STATUS_MEMORY or STATUS_INPUT (levels) with a message. */
int statistics_plan_init(struct statistics_plan *plan, const struct statistics_config *config, struct report *report);
void statistics_plan_free(struct statistics_plan *plan);
/* NULL if there is none. */
const struct result_row *statistics_plan_row(const struct statistics_plan *plan, const char *name);
/* Cells of an outcome: the product of its axes. */
int statistics_plan_cells(const struct statistics_plan *plan, int outcome);
#endif
