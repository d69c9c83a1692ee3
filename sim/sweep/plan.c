#include "sweep/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "param/echo.h"

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the sweep");
}

/* The first point that is sound. Of those before it nothing is told: they are recorded as failed when their turn comes. */
static int open_sound(const struct sweep_plan *plan, struct study_scenario *scenario, struct report *report)
{
    const uint64_t seed = plan->config->run.seed;
    for (size_t k = 0; k < plan->points; k++) {
        struct report unheard;
        report_init(&unheard);
        int status = study_point_open(plan->deal, k, seed, 0, scenario, &unheard);
        report_free(&unheard);
        if (!status) return STATUS_OK;
        study_scenario_free(scenario);
    }
    return study_point_open(plan->deal, 0, seed, 0, scenario, report);
}

static int init_result(struct sweep_plan *plan, struct report *report)
{
    const struct study_run_config *run = &plan->config->run;
    const struct study_result_config config = {.paths = run->paths, .memory = run->memory, .level = plan->config->level};
    struct study_scenario first;
    int status = open_sound(plan, &first, report);
    if (!status) status = study_result_init(&plan->result, plan->deal, &first, &config, report);
    study_scenario_free(&first);
    return status;
}

static int init_record(struct sweep_plan *plan, struct report *report)
{
    const size_t each = (size_t)sweep_plan_partners(plan) * (LINES + 2);
    const struct study_run_config *run = &plan->config->run;
    if (run->samples > run->memory / (each * sizeof(double))) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, "--samples",
                            "%" PRIu64 " paths of %zu bytes each are beyond --memory, got %zu bytes", run->samples,
                            each * sizeof(double), run->memory);
    }
    plan->doubles = plan->result.plan.doubles + each * (size_t)run->samples;
    return STATUS_OK;
}

/* FNV-1a: a table is too long to stand in the identity itself. */
static uint64_t check_of(const char *text)
{
    uint64_t check = UINT64_C(14695981039346656037);
    for (; text && *text; text++) check = (check ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return check;
}

/* The version counts: another one may have other bits. Threads, ranks and levels do not. */
static int init_identity(struct sweep_plan *plan, struct report *report)
{
    const struct study_run_config *run = &plan->config->run;
    char *echo = NULL;
    size_t size;
    int status = param_echo_write(&plan->deal->registry, NULL, 0, 0, &echo, report);
    FILE *stream = status ? NULL : open_memstream(&plan->identity, &size);
    if (stream) {
        fprintf(stream, "pactolus: %s\n--paths: %" PRIu64 "\n--seed: %" PRIu64 "\n--samples: %" PRIu64 "\n--memory: %zu\n--rows: %s\n",
                run->build.version, run->paths, run->seed, run->samples, run->memory,
                plan->config->level == RESULT_FULL ? "full" : "headline");
        fprintf(stream, "points: %zu\ntable: %016" PRIx64 "\n%s", plan->points, check_of(plan->deal->table_text), echo);
        if (fclose(stream) || !plan->identity) status = out_of_memory(report);
    } else if (!status) {
        status = out_of_memory(report);
    }
    free(echo);
    return status;
}

static int init_parts(struct sweep_plan *plan, struct report *report)
{
    const char *output = plan->config->run.output;
    const size_t room = strlen(output) + sizeof ".parts";
    plan->parts = malloc(room);
    if (!plan->parts) return out_of_memory(report);
    snprintf(plan->parts, room, "%s.parts", output);
    return STATUS_OK;
}

int sweep_plan_init(struct sweep_plan *plan, struct study_deal *deal, const struct sweep_config *config, struct report *report)
{
    memset(plan, 0, sizeof *plan);
    plan->deal = deal;
    plan->config = config;
    int status = study_run_check(report);
    if (!status) status = engine_level_choose(&plan->level, report);
    if (!status) status = study_deal_refresh(deal, report);
    plan->points = study_deal_scenarios(deal);
    if (!status) status = init_result(plan, report);
    if (!status) status = init_record(plan, report);
    if (!status) status = init_identity(plan, report);
    if (!status) status = init_parts(plan, report);
    return status;
}

void sweep_plan_free(struct sweep_plan *plan)
{
    study_result_free(&plan->result);
    free(plan->identity);
    free(plan->parts);
    memset(plan, 0, sizeof *plan);
}

int sweep_plan_partners(const struct sweep_plan *plan)
{
    return plan->result.plan.shape.size[AXIS_PARTNER];
}
