/* statistics/table.h - what the stages publish and what comes out, as rows: statistics, HDF5, JSON, `info`, the journal and
   docs/results.md are loops over them. */
#ifndef PACTOLUS_STATISTICS_TABLE_H
#define PACTOLUS_STATISTICS_TABLE_H
#include <stddef.h>

enum statistics_axis { /* dimensions of a published quantity and of a result */
    AXIS_NONE,
    AXIS_PARTNER,
    AXIS_LEDGER,
    AXIS_QUANTILE,
    AXIS_STEP,
    AXIS_CAUSE,
    AXIS_REGION,
    AXIS_BAR,  /* mechanisms that a value is attributed to; as the next two of size 0 in a run */
    AXIS_DEAL, /* of a portfolio */
    AXIS_DRIVER, /* what chance brings from outside (engine/driver.h) */
    AXIS_PATH,
    AXIS_COUNT
};

enum statistics_detail { /* flags: what is made of an outcome */
    DETAIL_MEAN = 1,      /* <name>_mean, <name>_standard_error */
    DETAIL_SPREAD = 2,    /* <name>_sd, <name>_skewness */
    DETAIL_QUANTILE = 4,  /* <name>_quantile, <name>_quantile_low, <name>_quantile_high; keeps its samples */
    DETAIL_TAIL = 8,      /* <name>_var, <name>_cvar with _low and _high, worst 5%; keeps its samples */
    DETAIL_PROBABILITY = 16, /* a 0/1 outcome: <name>_probability, _standard_error instead of mean */
    DETAIL_FULL = 32,     /* level full: left out of sweeps unless asked for */
    DETAIL_STUDY = 64     /* a study fills its rows itself: <name>, and with DETAIL_MEAN <name>_standard_error; no column is read */
};

/* One number per path (and partner, ledger line): known at the end of the path. */
struct statistics_outcome {
    const char *name; /* "captured" */
    const char *unit; /* "M{currency}" */
    const char *sentence;
    unsigned detail;
    enum statistics_axis axis[2]; /* AXIS_NONE where unused */
};

/* One number per path and step (and partner, region, cause): a fan. Gives <name>_by_step (mean, all paths; level full) and
   <name>_fan (exact quantiles of the first 4,096 paths; level full), last axis step. Series with a fan stand first in
   their table. */
struct statistics_series {
    const char *name; /* "cash" */
    const char *unit;
    const char *sentence;
    enum statistics_axis axis[2]; /* AXIS_NONE where unused; two of them leave no room for quantiles: no fan */
    int mean_only;                /* nonzero: no fan */
};

/* Sizes of the dimensions in one run. */
struct statistics_shape {
    int size[AXIS_COUNT]; /* by axis; 1 for AXIS_NONE, quantile levels for AXIS_QUANTILE, steps, ... */
};

enum result_level { RESULT_HEADLINE, RESULT_FULL };

/* A row of the result of one scenario: `count` doubles from `offset` of a flat array. */
struct result_row {
    char name[64];
    char unit[32];
    char sentence[192];
    enum result_level level;
    enum statistics_axis axis[3]; /* AXIS_NONE where unused; C order, last runs fastest */
    size_t offset, count;
};
#endif
