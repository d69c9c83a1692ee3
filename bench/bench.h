/* bench/bench.h - what the benchmarks share: a deal made ready, a clock, the best of several runs. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H
#include "engine/run.h"
#include "input/column.h"
#include "input/deal.h"

struct bench_deal {
    struct param_records records;
    struct param_registry registry;
    struct param_draws draws;
    struct deal *deal;
    struct engine_plan plan;
    struct report report;
};
/* Leaves the program with the messages where the deal cannot be loaded. */
void bench_deal_load(struct bench_deal *bench, const char *path);
/* With values set over those of the file. */
void bench_deal_load_with(struct bench_deal *bench, const char *path, const struct input_override *overrides, size_t n);
void bench_deal_free(struct bench_deal *bench);
/* Seconds of a monotonic clock. */
double bench_now(void);
/* The level of that name, NULL where this processor lacks it. */
const struct engine_level *bench_level(const char *name);
#endif
