/* support/acted.h - a deal in which the partners decide, run through the engine block by block; a test looks at the columns of
   each step. The config (bench.deal) may be changed before the run. */
#ifndef TESTS_SUPPORT_ACTED_H
#define TESTS_SUPPORT_ACTED_H
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "bench.h"

struct acted {
    struct bench_deal bench;
    struct engine_block block;
};

void acted_load(struct acted *acted, const char *path);
/* Runs one block from `first_path` on. After each step the invariants are asked, then `see` (may be NULL). */
void acted_run(struct acted *acted, uint64_t first_path, void (*see)(const struct engine_block *block, int step));
void acted_free(struct acted *acted);

/* A path of a column. */
double acted_at(const lanes *column, int path);
/* A constant. */
struct param_number acted_number(double value);
/* A change of control of `partner` in the first step, that opens `opens` at once. */
void acted_sold(struct acted *acted, int trigger, int partner, int opens);
#endif
