/* engine/publish.h - what the stages show of a path: outcomes at its end, series by step, and where their columns lie. */
#ifndef PACTOLUS_ENGINE_PUBLISH_H
#define PACTOLUS_ENGINE_PUBLISH_H
#include "engine/block.h"
#include "statistics/table.h"

extern const struct statistics_outcome engine_outcomes[];
extern const int engine_outcome_count;
extern const struct statistics_series engine_series[];
extern const int engine_series_count;

/* Sizes of partner, ledger, cause, region and step in a deal. */
struct statistics_shape engine_shape(int partners, int regions, int steps);

/* Columns that are made for showing: by partner unit costs, prices and causes of exit; single ones and constants. */
enum { ENGINE_SCRATCH = (5 + CAUSES) * PARAM_PARTNERS + 9 };
/* Fill the columns in the order of statistics/run.h; `scratch` holds ENGINE_SCRATCH columns of BLOCK_PATHS doubles. */
void engine_publish_outcomes(const struct engine_plan *plan, const struct engine_block *block, double *scratch, double **column);
typedef void engine_series_function(const struct engine_plan *plan, const struct engine_block *block, int step, double *scratch,
                                    double **column);
engine_series_function engine_publish_series;
#endif
