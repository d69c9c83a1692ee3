/* bench_run DEAL [PATHS [REPEATS]] - whole runs of a deal: paths per second by level and threads, with and without what is
   recorded by step. The best of the repeats, taken in turn, so that a machine that drifts hurts all alike. */
#include <stdlib.h>
#include <string.h>

#include "bench.h"

enum { CASES = 6 };
struct timed {
    const char *level;
    int threads;
    enum result_level detail;
    double best;
};

static double time_run(const struct bench_deal *bench, const struct timed *c, const struct engine_level *level, uint64_t paths)
{
    const struct engine_plan *plan = &bench->plan;
    struct statistics_plan statistics;
    struct statistics_run run;
    struct report report;
    report_init(&report);
    struct statistics_config config = {engine_outcomes, engine_outcome_count, engine_series, engine_series_count,
                                       engine_shape(plan->partners, plan->regions, plan->steps), c->detail, NULL, 0, 0, 0, paths, 0};
    double *flat = NULL;
    int stopped, status = statistics_plan_init(&statistics, &config, &report);
    if (!status) status = statistics_run_init(&run, &statistics, &report);
    if (!status) flat = malloc(statistics.doubles * sizeof *flat);
    const struct engine_run_config engine = {.paths = paths, .threads = c->threads, .level = level};
    const double start = bench_now();
    if (!status) status = engine_run(plan, &engine, &run, NULL, &stopped, &report);
    if (!status) status = statistics_run_result(&run, flat, &report);
    const double seconds = bench_now() - start;
    report_write(&report, stderr);
    if (status) exit(-status);
    statistics_run_free(&run);
    statistics_plan_free(&statistics);
    free(flat);
    return seconds;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bench_run DEAL [PATHS [REPEATS]]\n");
        return 2;
    }
    const uint64_t paths = argc > 2 ? strtoull(argv[2], NULL, 10) : 100000;
    const int repeats = argc > 3 ? atoi(argv[3]) : 5;
    struct timed cases[CASES] = {{"v4", 1, RESULT_FULL, 1e300},     {"v3", 1, RESULT_FULL, 1e300}, {"v3", 1, RESULT_HEADLINE, 1e300},
                                 {"v3", 2, RESULT_FULL, 1e300},     {"v3", 2, RESULT_HEADLINE, 1e300},
                                 {"portable", 1, RESULT_HEADLINE, 1e300}};
    struct bench_deal bench;
    bench_deal_load(&bench, argv[1]);
    for (int r = 0; r < repeats; r++) {
        for (int k = 0; k < CASES; k++) {
            const struct engine_level *level = bench_level(cases[k].level);
            const uint64_t n = strcmp(cases[k].level, "portable") ? paths : paths / 20 + 1;
            if (!level) continue;
            const double t = time_run(&bench, &cases[k], level, n) / (double)n;
            if (t < cases[k].best) cases[k].best = t;
        }
    }
    printf("%s: %d partners, %d steps, %llu paths, best of %d\n", argv[1], bench.plan.partners, bench.plan.steps,
           (unsigned long long)paths, repeats);
    printf("level      threads  rows        paths/s  ns/path  ns/(path step)\n");
    for (int k = 0; k < CASES; k++) {
        if (cases[k].best > 1e299) {
            printf("%-10s %7d  %-8s      (not on this processor)\n", cases[k].level, cases[k].threads,
                   cases[k].detail == RESULT_FULL ? "all" : "headline");
            continue;
        }
        printf("%-10s %7d  %-8s %10.0f %8.0f %8.2f\n", cases[k].level, cases[k].threads,
               cases[k].detail == RESULT_FULL ? "all" : "headline", 1.0 / cases[k].best, 1e9 * cases[k].best,
               1e9 * cases[k].best / bench.plan.steps);
    }
    bench_deal_free(&bench);
    return 0;
}
