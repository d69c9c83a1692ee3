/* A run as the study sees it: samples, stops, faults. Exact sums on every path, whatever the mechanisms. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "bench.h"

enum { PATHS = 5000, LIMIT = 4500 };

struct prepared {
    struct bench_deal bench;
    struct statistics_plan statistics;
    struct statistics_run run;
    struct engine_run_config config;
};

static void prepare(struct prepared *p, const char *deal, uint64_t paths)
{
    bench_deal_load(&p->bench, deal);
    const struct engine_plan *plan = &p->bench.plan;
    struct statistics_config config = {0};
    config.outcome = engine_outcomes;
    config.outcomes = engine_outcome_count;
    config.shape = engine_shape(plan->partners, plan->regions, plan->steps);
    config.paths = paths;
    cr_assert_eq(statistics_plan_init(&p->statistics, &config, &p->bench.report), STATUS_OK);
    cr_assert_eq(statistics_run_init(&p->run, &p->statistics, &p->bench.report), STATUS_OK);
    p->config = (struct engine_run_config){paths, 2, NULL, NULL, NULL};
    cr_assert_eq(engine_level_choose(&p->config.level, &p->bench.report), STATUS_OK);
}

static void release(struct prepared *p)
{
    statistics_run_free(&p->run);
    statistics_plan_free(&p->statistics);
    bench_deal_free(&p->bench);
}

Test(engine_run, ledger_adds_up_and_transfers_cancel_exactly_on_every_path)
{
    struct prepared p;
    struct engine_samples samples;
    int stopped;
    prepare(&p, TESTS_DIR "/reproduce/deals/five.yaml", PATHS);
    const int partners = p.bench.plan.partners;
    cr_assert_eq(engine_samples_init(&samples, partners, LIMIT, &p.bench.report), STATUS_OK);
    cr_assert_eq(engine_run(&p.bench.plan, &p.config, &p.run, &samples, &stopped, &p.bench.report), STATUS_OK);
    int moved = 0;
    for (size_t path = 0; path < LIMIT; path++) {
        double transfers = 0;
        for (int k = 0; k < partners; k++) {
            double sum = 0;
            for (int line = 0; line < LINES; line++) sum += samples.ledger[(size_t)(k * LINES + line) * LIMIT + path];
            cr_assert_eq(sum, samples.captured[(size_t)k * LIMIT + path], "path %zu partner %d", path, k);
            transfers += samples.transfers[(size_t)k * LIMIT + path];
            moved |= samples.transfers[(size_t)k * LIMIT + path] > 0.0;
        }
        cr_assert_eq(transfers, 0.0, "path %zu", path);
    }
    cr_expect(moved, "no transfer was ever paid");
    engine_samples_free(&samples);
    release(&p);
}

static int stop_at_once(void *context, uint64_t paths_done)
{
    (void)paths_done;
    ++*(int *)context;
    return 1;
}

Test(engine_run, stops_when_asked)
{
    struct prepared p;
    int stopped = 0, calls = 0;
    prepare(&p, TESTS_DIR "/reference/deals/example1.yaml", 100000);
    p.config.progress = stop_at_once;
    p.config.context = &calls;
    cr_assert_eq(engine_run(&p.bench.plan, &p.config, &p.run, NULL, &stopped, &p.bench.report), STATUS_OK);
    cr_expect(stopped);
    cr_expect_eq(calls, 1);
    cr_expect_lt(p.run.paths, 100000);
    release(&p);
}

Test(engine_run_errors, a_result_that_is_not_finite_names_quantity_and_path)
{
    struct prepared p;
    int stopped;
    prepare(&p, TESTS_DIR "/reference/deals/example1.yaml", 200);
    p.bench.deal->programme.product[0].own_unit_cost.value = 1e308;
    cr_assert_eq(engine_run(&p.bench.plan, &p.config, &p.run, NULL, &stopped, &p.bench.report), STATUS_NONFINITE);
    cr_expect_eq(p.bench.report.errors, 1);
    cr_expect(strstr(p.bench.report.message[0], "captured") && strstr(p.bench.report.message[0], "path 0"), "%s",
              p.bench.report.message[0]);
    release(&p);
}

Test(engine_level_errors, an_unknown_level_is_named)
{
    const struct engine_level *level = NULL;
    struct report report;
    report_init(&report);
    setenv("PACTOLUS_ISA", "v9", 1);
    cr_expect_eq(engine_level_choose(&level, &report), STATUS_USAGE);
    cr_expect(strstr(report.message[0], "PACTOLUS_ISA") && strstr(report.message[0], "'v9'"), "%s", report.message[0]);
    report_free(&report);
}
