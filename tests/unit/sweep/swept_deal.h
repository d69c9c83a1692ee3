/* unit/sweep/swept_deal.h - a small deal with points that run in a moment, and what came of a sweep of them. */
#ifndef TESTS_UNIT_SWEEP_SWEPT_DEAL_H
#define TESTS_UNIT_SWEEP_SWEPT_DEAL_H
#include "output/result.h"
#include "sweep/sweep.h"
#include "unit/sweep/swept.h"

/* One at a time: the deal of docs/model.md (9) with a price that is uncertain, and a table of points. */
extern struct study_deal swept_deal;
extern struct sweep_config swept_config;
extern struct sweep_outcome swept_outcome;

/* The points of a table; SWEPT_BAD: two of them contradict themselves. */
enum swept_table { SWEPT_GOOD, SWEPT_BAD };
enum { SWEPT_ROWS = 12, SWEPT_FIRST_BAD = 2, SWEPT_SECOND_BAD = 7 };
/* .init and .fini: a folder as swept_begin, the good table, 200 paths, seed 1, one thread. */
void swept_deal_begin(void);
void swept_deal_end(void);
void swept_deal_table(enum swept_table table);

/* sweep_run into `name` of the folder; its status. */
int swept_run(const char *name);
/* The same, stopped as soon as `points` were run by it. */
int swept_run_some(const char *name, uint64_t points);
/* The same, stopped when the journals are to be joined. */
int swept_run_unmerged(const char *name);
/* The digest, samples too, of the result `name`; it is verified. The last four are kept. */
const char *swept_digest(const char *name);
/* The digest of a sweep at one go with the present config. */
const char *swept_straight(void);
/* The result `name` is there, whole, has that digest, and nothing is left beside it. */
void swept_expect_result(const char *name, const char *digest);
int swept_there(const char *name);
#endif
