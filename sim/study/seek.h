/* study/seek.h - the value of one number of a deal at which a row of the result is what is wanted: runs on the same paths, between two
   ends, by Brent's method. docs/model.md (8.8). */
#ifndef PACTOLUS_STUDY_SEEK_H
#define PACTOLUS_STUDY_SEEK_H
#include "study/run.h"

struct study_seek_cell { /* "captured_quantile.beta.0.1": a row, and a label for each of its dimensions */
    char text[256];          /* as given */
    char row[64], error[80]; /* names of the row and of that of its standard error, "" where it has none */
    size_t at;               /* in the row, members in declared order */
};

struct study_seek {
    char name[PARAM_TEXT];       /* of the number that is sought */
    double low, high, tolerance; /* its ends; how near it is sought */
    struct study_seek_cell cell, other;
    int compared;                /* wanted is the value of `other`, else `target` */
    double target;
};

struct study_seek_point {
    double x, value, wanted, error; /* the number; the row, what is wanted of it; standard error of their difference, NaN where unknown */
};

enum { STUDY_SEEK_RUNS = 12 }; /* as a rule */
struct study_seek_outcome {
    struct study_seek_point point[128]; /* in the order of the runs; the last is what was found */
    int runs;
    double error; /* of the number found, from the slope there; NaN where unknown */
};

/* Takes `vary`, NAME=LOW:HIGH, and `want`, CELL=NUMBER or CELL=CELL, apart and holds them against the deal, which must be in order and
   have no scenarios. STATUS_USAGE, STATUS_INPUT. */
int study_seek_init(struct study_seek *seek, struct study_deal *deal, const char *vary, const char *want, double tolerance,
                    uint64_t seed, struct report *report);
/* `result`, and config->output where given, are those of the run at what was found; the deal keeps it, and after a failure what it had. As study_run; STATUS_INPUT where
   the ends lie on one side of what is wanted, and says on which. */
int study_seek_run(const struct study_seek *seek, struct study_deal *deal, const struct study_run_config *config,
                   struct study_seek_outcome *outcome, struct study_result *result, struct report *report);
/* The runs and what was found, for people. */
void study_seek_text(FILE *stream, const struct study_seek *seek, const struct study_seek_outcome *outcome);
#endif
