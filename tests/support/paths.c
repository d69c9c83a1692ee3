#include "support/paths.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SETS = 64 };

static void demand(struct paths *paths, int status)
{
    if (!status) return;
    report_write(&paths->bench.report, stderr);
    exit(3);
}

void paths_open(struct paths *paths, const char *deal, const char *const *sets)
{
    struct input_override override[MOST_SETS];
    size_t n = 0;
    for (; sets && sets[2 * n] && n < MOST_SETS; n++) override[n] = (struct input_override){sets[2 * n], sets[2 * n + 1]};
    bench_deal_load_with(&paths->bench, deal, override, n);
    memset(&paths->block, 0, sizeof paths->block);
    demand(paths, engine_level_choose(&paths->level, &paths->bench.report));
    demand(paths, engine_block_init(&paths->block, &paths->bench.plan, &paths->bench.report));
}

void paths_close(struct paths *paths)
{
    engine_block_free(&paths->block);
    bench_deal_free(&paths->bench);
}

void paths_run(struct paths *paths, uint64_t first, engine_step_hook *hook, void *context)
{
    paths->level->run(&paths->bench.plan, &paths->block, first, hook, context);
}

void ends_make(struct ends *ends, const char *deal, const char *const *sets, size_t paths)
{
    struct paths run;
    paths_open(&run, deal, sets);
    *ends = (struct ends){.partners = run.bench.plan.partners, .paths = paths};
    for (int p = 0; p < ends->partners; p++) {
        ends->captured[p] = calloc(paths + BLOCK_PATHS, sizeof(double));
        ends->left[p] = calloc(paths + BLOCK_PATHS, sizeof(double));
        if (!ends->captured[p] || !ends->left[p]) exit(5);
    }
    for (size_t first = 0; first < paths; first += BLOCK_PATHS) {
        paths_run(&run, first, NULL, NULL);
        for (int p = 0; p < ends->partners; p++) {
            memcpy(ends->captured[p] + first, plain(run.block.value.captured[p]), BLOCK_PATHS * sizeof(double));
            if (!run.bench.plan.decision.on) continue;
            const double *cause = plain(run.block.decision.exit_cause[p]);
            for (int l = 0; l < BLOCK_PATHS; l++) ends->left[p][first + (size_t)l] = cause[l] >= 0.0;
        }
    }
    paths_close(&run);
}

void ends_free(struct ends *ends)
{
    for (int p = 0; p < ends->partners; p++) {
        free(ends->captured[p]);
        free(ends->left[p]);
    }
}

struct estimate estimate_of(const double *x, const double *y, size_t n)
{
    double sum = 0, square = 0;
    for (size_t k = 0; k < n; k++) sum += x[k] - (y ? y[k] : 0.0);
    const double mean = sum / (double)n;
    for (size_t k = 0; k < n; k++) {
        const double apart = x[k] - (y ? y[k] : 0.0) - mean;
        square += apart * apart;
    }
    return (struct estimate){mean, sqrt(square / ((double)n * (double)(n - 1)))};
}
