/* A made-up study for the tests of runs: two partners, five steps, any number of paths, batches in any grouping. */
#ifndef TESTS_UNIT_STATISTICS_FIXTURE_H
#define TESTS_UNIT_STATISTICS_FIXTURE_H
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "draws.h"
#include "statistics/run.h"

enum { STEPS = 5, PARTNERS = 2, COLUMNS = 7 };
enum { CAPTURED, LEDGER, GAIN };

static const struct statistics_outcome STUDY_OUTCOME[] = {
    {"captured", "M{currency}", "Value captured.", DETAIL_MEAN | DETAIL_SPREAD | DETAIL_QUANTILE | DETAIL_TAIL, {AXIS_PARTNER}},
    {"ledger", "M{currency}", "Ledger line.", DETAIL_MEAN, {AXIS_PARTNER, AXIS_LEDGER}},
    {"all_gain", "1", "All partners gain.", DETAIL_PROBABILITY, {AXIS_NONE}},
};
static const struct statistics_series STUDY_SERIES[] = {{"cash", "M{currency}", "Cash flow.", {AXIS_PARTNER}}};

static inline void study_plan(struct statistics_plan *plan, uint64_t paths, size_t memory, struct report *report)
{
    struct statistics_config config = {.outcome = STUDY_OUTCOME, .outcomes = 3, .series = STUDY_SERIES, .series_count = 1,
                                       .level = RESULT_FULL, .paths = paths, .memory = memory};
    config.shape.size[AXIS_PARTNER] = PARTNERS;
    config.shape.size[AXIS_LEDGER] = 2;
    config.shape.size[AXIS_STEP] = STEPS;
    cr_assert_eq(statistics_plan_init(plan, &config, report), STATUS_OK);
}

/* What happens on a path: a function of its number and of the seed alone. */
static inline void study_path(uint64_t path, uint64_t seed, double out[COLUMNS], double cash[PARTNERS])
{
    uint64_t state = path * 7919 + seed;
    double a = 100 * draw_normal(&state), b = 30 * exp(draw_normal(&state)) - 40;
    for (int k = 0; k < 4; k++) out[PARTNERS + k] = ((a + b * k) + 0x1.8p32) - 0x1.8p32; /* on the grid of money */
    out[0] = out[2] + out[3];
    out[1] = b;
    out[6] = out[0] > 0 && out[1] > 0;
    cash[0] = a;
    cash[1] = path % 3 == 0 ? NAN : b;
}

static inline void study_batch(struct statistics_batch *batch, struct statistics_run *run, uint64_t first, uint64_t paths,
                               uint64_t seed)
{
    static double column[COLUMNS][64], cash[PARTNERS][64];
    double *outcome[COLUMNS], *series[PARTNERS];
    for (int k = 0; k < COLUMNS; k++) outcome[k] = column[k];
    for (int p = 0; p < PARTNERS; p++) series[p] = cash[p];
    statistics_batch_begin(batch, run, first);
    for (uint64_t done = 0; done < STATISTICS_BATCH && first + done < paths; done += 64) {
        size_t n = paths - first - done < 64 ? (size_t)(paths - first - done) : 64;
        for (size_t i = 0; i < n; i++) {
            double out[COLUMNS], flow[PARTNERS];
            study_path(first + done + i, seed, out, flow);
            for (int k = 0; k < COLUMNS; k++) column[k][i] = out[k];
            for (int p = 0; p < PARTNERS; p++) cash[p][i] = flow[p];
        }
        for (int step = 0; step < STEPS; step++) {
            statistics_block_series(batch, step, n, series);
            for (int p = 0; p < PARTNERS; p++) {
                for (size_t i = 0; i < n; i++) cash[p][i] += 1;
            }
        }
        statistics_block_outcomes(batch, n, outcome);
    }
}

static inline void study_run(struct statistics_run *run, uint64_t paths, uint64_t seed, struct report *report)
{
    struct statistics_batch batch;
    cr_assert_eq(statistics_batch_init(&batch, run->plan, report), STATUS_OK);
    for (uint64_t first = 0; first < paths; first += STATISTICS_BATCH) {
        study_batch(&batch, run, first, paths, seed);
        statistics_run_merge(run, &batch);
    }
    statistics_batch_free(&batch);
}

static inline const double *study_row(const struct statistics_plan *plan, const double *flat, const char *name)
{
    const struct result_row *row = statistics_plan_row(plan, name);
    cr_assert(row, "%s", name);
    return flat + row->offset;
}
#endif
