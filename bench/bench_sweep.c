/* bench_sweep DEAL [POINTS [PATHS [REPEATS]]] - what a sweep costs over its points alone: points per second of the bare engine (each
   point set up, run and thrown away) and of a whole sweep (journals, fsync, merge into the result file), on 1 and 2 threads. The best
   of the repeats, taken in turn. The result is written in the current folder and removed. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "study/point.h"
#include "sweep/sweep.h"
#include "sweep/worker.h"

static const char output[] = "bench_sweep.h5";
enum { CASES = 4 };
struct timed {
    int threads, sweep;
    double best;
};
struct bare {
    const struct sweep_plan *plan;
    size_t next;
};

static void check(int status, struct report *report)
{
    if (status) report_write(report, stderr);
    if (status) exit(-status);
}

static char *make_table(int points)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    fputs("market.inflation\n", stream);
    for (int k = 0; k < points; k++) fprintf(stream, "%.9f\n", 0.01 + 0.03 * k / points);
    fclose(stream);
    return text;
}

static void run_bare(void *context, int thread)
{
    struct bare *bare = context;
    struct sweep_worker worker;
    struct report report;
    (void)thread;
    report_init(&report);
    check(sweep_worker_init(&worker, bare->plan, &report), &report);
    for (;;) {
        const size_t point = __atomic_fetch_add(&bare->next, 1, __ATOMIC_RELAXED);
        if (point >= bare->plan->points) break;
        check(sweep_worker_run(&worker, point, 1, NULL, NULL, &report), &report);
    }
    sweep_worker_free(&worker);
    report_free(&report);
}

static double time_case(struct study_deal *deal, const struct timed *c, uint64_t paths, struct report *report)
{
    const struct sweep_config config = {.run = {.paths = paths, .seed = 1, .memory = (size_t)1 << 30, .threads = c->threads, .output = output,
                                                .build = {"bench", "", "", "", ""}},
                                        .level = RESULT_HEADLINE};
    const double start = bench_now();
    if (c->sweep) {
        struct sweep_outcome outcome;
        check(sweep_run(deal, &config, &outcome, report), report);
        unlink(output);
    } else {
        struct sweep_plan plan;
        check(sweep_plan_init(&plan, deal, &config, report), report);
        struct bare bare = {&plan, 0};
        engine_threads_each(c->threads, run_bare, &bare);
        sweep_plan_free(&plan);
    }
    return bench_now() - start;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: bench_sweep DEAL [POINTS [PATHS [REPEATS]]]\n");
        return 2;
    }
    const int points = argc > 2 ? atoi(argv[2]) : 10000, repeats = argc > 4 ? atoi(argv[4]) : 3;
    const uint64_t paths = argc > 3 ? strtoull(argv[3], NULL, 10) : 64;
    struct timed cases[CASES] = {{1, 0, 1e300}, {1, 1, 1e300}, {2, 0, 1e300}, {2, 1, 1e300}};
    struct report report;
    struct study_deal deal;
    char *table = make_table(points);
    report_init(&report);
    check(study_deal_init(&deal, argv[1], &report), &report);
    check(study_deal_read_table_text(&deal, "bench", table, &report), &report);
    engine_threads_start(2);
    for (int r = 0; r < repeats; r++) {
        for (int k = 0; k < CASES; k++) {
            const double t = time_case(&deal, &cases[k], paths, &report);
            if (t < cases[k].best) cases[k].best = t;
        }
    }
    printf("%s: %d points of %llu paths, best of %d\n", argv[1], points, (unsigned long long)paths, repeats);
    printf("threads  what         seconds  points/s  over the bare engine\n");
    for (int k = 0; k < CASES; k++) {
        printf("%7d  %-10s %9.2f %9.0f", cases[k].threads, cases[k].sweep ? "sweep" : "bare", cases[k].best, points / cases[k].best);
        if (cases[k].sweep) printf("  %+.1f%%", 100.0 * (cases[k].best / cases[k - 1].best - 1.0));
        putchar('\n');
    }
    study_deal_free(&deal);
    report_free(&report);
    free(table);
    return 0;
}
