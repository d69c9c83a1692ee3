#include "study/values.h"

#include <stdlib.h>
#include <string.h>

/* The rows of the engine in their order, all but two of them idle: an outcome of level full is not read at level headline. */
static int init_plan(struct study_values *values, const struct engine_plan *plan, uint64_t paths, size_t memory, struct report *report)
{
    struct statistics_outcome *outcome = malloc((size_t)engine_outcome_count * sizeof *outcome);
    if (!outcome) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    memcpy(outcome, engine_outcomes, (size_t)engine_outcome_count * sizeof *outcome);
    for (int k = 0; k < engine_outcome_count; k++) {
        const int captured = !strcmp(outcome[k].name, "captured"), joint = !strcmp(outcome[k].name, "joint");
        outcome[k].detail = captured || joint ? DETAIL_QUANTILE : DETAIL_FULL; /* quantiles keep the paths */
        if (captured) values->captured = k;
        if (joint) values->joint = k;
    }
    const struct statistics_config config = {.outcome = outcome,
                                             .outcomes = engine_outcome_count,
                                             .shape = engine_shape(plan->partners, plan->regions, plan->steps),
                                             .level = RESULT_HEADLINE,
                                             .paths = paths,
                                             .memory = memory};
    int status = statistics_plan_init(&values->plan, &config, report);
    free(outcome);
    return status;
}

int study_values_init(struct study_values *values, const struct engine_plan *plan, uint64_t paths, size_t memory,
                      struct report *report)
{
    memset(values, 0, sizeof *values);
    int status = init_plan(values, plan, paths, memory, report);
    if (!status && !values->plan.exact) {
        status = report_error(report, STATUS_MEMORY, (struct place){0}, "--memory",
                              "the values of %llu paths take %llu bytes, got %zu: raise it or take fewer --paths",
                              (unsigned long long)paths,
                              (unsigned long long)paths * (unsigned long long)values->plan.samples * sizeof(double), memory);
    }
    return status ? status : statistics_run_init(&values->run, &values->plan, report);
}

void study_values_free(struct study_values *values)
{
    if (values->run.plan) statistics_run_free(&values->run);
    statistics_plan_free(&values->plan);
    memset(values, 0, sizeof *values);
}

int study_values_run(struct study_values *values, const struct engine_plan *plan, const struct study_point_config *config,
                     struct report *report)
{
    const struct engine_run_config engine = {.paths = config->paths, .threads = config->threads, .level = config->level,
                                             .progress = config->progress, .context = config->context, .drivers = config->drivers};
    int stopped = 0;
    statistics_run_reset(&values->run);
    int status = engine_run(plan, &engine, &values->run, NULL, &stopped, report);
    return !status && stopped ? STATUS_STOPPED : status;
}

const double *study_values_captured(const struct study_values *values, int partner)
{
    return statistics_run_sample(&values->run, values->captured, partner);
}

const double *study_values_joint(const struct study_values *values)
{
    return statistics_run_sample(&values->run, values->joint, 0);
}
