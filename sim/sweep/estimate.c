#define _GNU_SOURCE
#include "sweep/estimate.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "sweep/worker.h"

enum {
    PROBES = 5,         /* points that are run, */
    FEW = 64,           /* with few paths */
    MANY = 8192,        /* and with many */
    LOOKS = 1000,       /* points that are only set up */
    STORE = 2 << 20,    /* bytes: HDF5's own part of a file */
    THREAD = 8 << 20,   /* bytes of a thread besides its samples, */
    POINT = 640,        /* and of a point while the result is written (docs/performance.md) */
    CACHE = 1 << 20     /* bytes that HDF5 keeps of each row while the result is written (its default) */
};

/* Seconds of `paths` paths of a point on one thread. A point that fails takes as long as it takes. */
static double time_point(const struct sweep_plan *plan, struct sweep_worker *worker, size_t point, uint64_t paths, double *flat)
{
    struct report unheard;
    const struct study_point_config config = {paths, plan->config->run.seed, 1, plan->level, NULL, NULL, NULL, NULL, NULL};
    report_init(&unheard);
    const double start = clock_now();
    study_point_run(plan->deal, point, &config, &worker->statistics, NULL, flat, &unheard);
    report_free(&unheard);
    return clock_now() - start;
}

/* Some points spread over the sweep, once with few paths and once with many: from the two, set-up and rate. The first point is
   run once more before, so that tables which all share are not counted for each. */
static void probe(const struct sweep_plan *plan, struct sweep_worker *worker, struct sweep_estimate *estimate)
{
    const uint64_t paths = plan->config->run.paths, many = paths < MANY ? paths : MANY, few = many < FEW ? many : FEW;
    const size_t count = plan->points < PROBES ? plan->points : PROBES;
    double short_time = 0.0, long_time = 0.0;
    time_point(plan, worker, 0, few, worker->record);
    for (size_t k = 0; k < count; k++) {
        const size_t point = k * plan->points / count;
        short_time += time_point(plan, worker, point, few, worker->record) / (double)count;
        long_time += time_point(plan, worker, point, many, worker->record) / (double)count;
    }
    if (many > few && long_time > short_time) estimate->path = (long_time - short_time) / (double)(many - few);
    estimate->setup = long_time - (double)many * estimate->path;
    if (estimate->setup >= 0.0) return;
    estimate->setup = 0.0; /* so few paths that their share cannot be told: the sum is right */
    estimate->path = long_time / (double)many;
}

/* Points that cannot run, among LOOKS spread over the sweep, with the reason of the first. */
static void find_unsound(const struct sweep_plan *plan, struct sweep_estimate *estimate, struct report *report)
{
    estimate->looked = plan->points < LOOKS ? plan->points : LOOKS;
    for (uint64_t k = 0; k < estimate->looked; k++) {
        struct study_scenario scenario;
        struct report found;
        const size_t point = (size_t)(k * plan->points / estimate->looked);
        report_init(&found);
        if (study_point_open(plan->deal, point, plan->config->run.seed, 0, &scenario, &found) && !estimate->unsound++) {
            report_warning(report, (struct place){0}, NULL, "a point cannot be run: %s", found.shown ? found.message[0] : "");
        }
        study_scenario_free(&scenario);
        report_free(&found);
    }
}

/* What the process took so far, and the more of: the samples of each thread's point; the rows while they are written. The names and marks
   of all points stay in both. */
static uint64_t memory_of(const struct sweep_plan *plan, uint64_t file)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    const uint64_t each = plan->result.plan.bytes + plan->doubles * sizeof(double) + THREAD;
    const uint64_t points = each * (uint64_t)plan->config->run.threads, cache = (uint64_t)plan->result.plan.rows * CACHE;
    const uint64_t writing = 2 * STORE + (file < cache ? file : cache);
    return (uint64_t)usage.ru_maxrss * 1024 + (points > writing ? points : writing) + plan->points * POINT;
}

int sweep_estimate_run(struct study_deal *deal, const struct sweep_config *config, struct sweep_estimate *estimate,
                       struct report *report)
{
    struct sweep_plan plan;
    struct sweep_worker worker = {0};
    memset(estimate, 0, sizeof *estimate);
    int status = sweep_plan_init(&plan, deal, config, report);
    if (!status) status = sweep_worker_init(&worker, &plan, report);
    if (!status) {
        probe(&plan, &worker, estimate);
        find_unsound(&plan, estimate, report);
        const double each = estimate->setup + estimate->path * (double)config->run.paths;
        estimate->points = plan.points;
        estimate->paths = plan.points * config->run.paths;
        estimate->file = plan.points * (plan.doubles * sizeof(double) + 64) + STORE;
        estimate->memory = memory_of(&plan, estimate->file);
        estimate->seconds = each * (double)plan.points / config->run.threads;
    }
    sweep_worker_free(&worker);
    sweep_plan_free(&plan);
    return status;
}
