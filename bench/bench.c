#include "bench.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void demand(struct bench_deal *bench, int status)
{
    if (!status) return;
    report_write(&bench->report, stderr);
    exit(-status);
}

void bench_deal_load(struct bench_deal *bench, const char *path)
{
    bench_deal_load_with(bench, path, NULL, 0);
}

void bench_deal_load_with(struct bench_deal *bench, const char *path, const struct input_override *overrides, size_t n)
{
    size_t tables;
    const struct param_table *table = deal_tables(&tables);
    memset(bench, 0, sizeof *bench);
    report_init(&bench->report);
    bench->deal = calloc(1, sizeof *bench->deal);
    demand(bench, bench->deal ? STATUS_OK : STATUS_MEMORY);
    demand(bench, input_deal_read(path, overrides, n, &bench->records, NULL, &bench->report));
    demand(bench, param_registry_read(&bench->registry, table, tables, &bench->records, NULL, path, &bench->report));
    demand(bench, param_registry_fill(&bench->registry, NULL, 0, bench->deal, &bench->draws, &bench->report));
    const struct place place = {path, 0, 0};
    const struct deal_source source = {&bench->registry, NULL, 0, path, place};
    int mode[PARAM_PARTNERS];
    demand(bench, deal_check(bench->deal, &source, &bench->report));
    demand(bench, deal_members(bench->deal, &bench->registry.scope, &bench->draws, &bench->report));
    demand(bench, engine_pilot(bench->deal, &bench->registry.scope, &bench->draws, 1, place, mode, &bench->report));
    demand(bench, engine_plan_init(&bench->plan, bench->deal, &bench->registry.scope, &bench->draws, 1, mode, place, &bench->report));
}

void bench_deal_free(struct bench_deal *bench)
{
    engine_plan_free(&bench->plan);
    param_registry_release(&bench->draws);
    param_registry_free(&bench->registry);
    param_record_free(&bench->records);
    report_free(&bench->report);
    free(bench->deal);
}

double bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

const struct engine_level *bench_level(const char *name)
{
    const struct engine_level *level = NULL;
    struct report report;
    report_init(&report);
    setenv("PACTOLUS_ISA", name, 1);
    int status = engine_level_choose(&level, &report);
    report_free(&report);
    return status ? NULL : level;
}
