#include "study/drivers.h"

#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "statistics/dependence.h"
#include "study/columns.h"
#include "study/file.h"
#include "study/values.h"

static const struct statistics_outcome outcomes[] = {
    {"captured", "M{currency}", "Present value of the deal to a partner over going alone.", DETAIL_MEAN, {AXIS_PARTNER}},
    {"joint", "M{currency}", "Joint surplus over going alone, both arms at the common rate.", DETAIL_MEAN, {AXIS_NONE}},
    {"low", "M{currency}", "Mean of the value captured where a driver is in its lowest fifth.", DETAIL_STUDY | DETAIL_MEAN,
     {AXIS_PARTNER, AXIS_DRIVER}},
    {"high", "M{currency}", "Mean of the value captured where a driver is in its highest fifth.", DETAIL_STUDY | DETAIL_MEAN,
     {AXIS_PARTNER, AXIS_DRIVER}},
    {"explained", "1", "Share of the variance of the value captured that a driver tells by itself.", DETAIL_STUDY | DETAIL_MEAN,
     {AXIS_PARTNER, AXIS_DRIVER}},
    {"joint_low", "M{currency}", "Mean of the joint surplus where a driver is in its lowest fifth.", DETAIL_STUDY | DETAIL_MEAN,
     {AXIS_DRIVER}},
    {"joint_high", "M{currency}", "Mean of the joint surplus where a driver is in its highest fifth.", DETAIL_STUDY | DETAIL_MEAN,
     {AXIS_DRIVER}},
    {"joint_explained", "1", "Share of the variance of the joint surplus that a driver tells by itself.", DETAIL_STUDY | DETAIL_MEAN,
     {AXIS_DRIVER}},
    {"driver_low", "1", "Mean of a driver in its lowest fifth, in its own unit.", DETAIL_STUDY, {AXIS_DRIVER}},
    {"driver_high", "1", "Mean of a driver in its highest fifth, in its own unit.", DETAIL_STUDY, {AXIS_DRIVER}},
};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the drivers");
}

/* ---- Which there are in any scenario ---- */

static int find_name(const struct study_drivers *drivers, const char *name)
{
    for (int k = 0; k < drivers->count; k++) {
        if (!strcmp(drivers->name[k], name)) return k;
    }
    return -1;
}

static int add_names(struct study_drivers *drivers, const struct engine_drivers *found, struct report *report)
{
    char (*name)[ENGINE_DRIVER] = realloc(drivers->name, (size_t)(drivers->count + found->count + 1) * sizeof *name);
    if (!name) return out_of_memory(report);
    drivers->name = name;
    for (int k = 0; k < found->count; k++) {
        if (find_name(drivers, found->driver[k].name) < 0) strcpy(name[drivers->count++], found->driver[k].name);
    }
    return STATUS_OK;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

int study_drivers_init(struct study_drivers *drivers, struct study_deal *deal, uint64_t seed, struct report *report)
{
    memset(drivers, 0, sizeof *drivers);
    int status = study_scenario_check_all(deal, seed, report);
    for (size_t s = 0; !status && s < study_deal_scenarios(deal); s++) {
        struct study_scenario scenario;
        struct engine_drivers found = {0};
        status = study_point_open(deal, s, seed, 0, &scenario, report);
        if (!status) status = engine_drivers_init(&found, &scenario.plan, &scenario.draws, 0, report);
        if (!status) status = add_names(drivers, &found, report);
        engine_drivers_free(&found);
        study_scenario_free(&scenario);
    }
    if (drivers->count) qsort(drivers->name, (size_t)drivers->count, sizeof *drivers->name, compare_names);
    if (status || drivers->count) return status;
    return report_error(report, STATUS_INPUT, (struct place){0}, NULL, "nothing in this deal is left to chance: it has no drivers");
}

void study_drivers_free(struct study_drivers *drivers)
{
    free(drivers->name);
    memset(drivers, 0, sizeof *drivers);
}

/* ---- The run ---- */

struct work {
    const struct study_drivers *drivers;
    struct study_deal *deal;
    const struct study_run_config *config;
    struct study_result *result;
    struct report *report;
    const struct engine_level *level;
    struct study_file file;
    struct statistics_run statistics;
    struct study_values values;
    struct statistics_dependence *order; /* one by thread */
    struct engine_drivers kept;          /* of the scenario under way */
    int partners;
    size_t scenario;
    atomic_int next; /* driver that no thread has taken */
};

static int tell(void *context, uint64_t paths)
{
    const struct work *w = context;
    return study_run_tell(w->config, w->scenario, paths, w->scenario);
}

/* Columns of partners, then of the joint surplus; those of a study stay untouched. */
static void fill(void *context, uint64_t first, size_t n, double *const *column)
{
    const struct work *w = context;
    for (int p = 0; p < w->partners; p++) memcpy(column[p], study_values_captured(&w->values, p) + first, n * sizeof(double));
    memcpy(column[w->partners], study_values_joint(&w->values) + first, n * sizeof(double));
}

static void put(const struct work *w, const char *name, int cell, double mean, double error)
{
    double *flat = w->result->flat[w->scenario];
    char text[64];
    flat[output_table_row(&w->result->table, name)->offset + (size_t)cell] = mean;
    snprintf(text, sizeof text, "%s_standard_error", name);
    flat[output_table_row(&w->result->table, text)->offset + (size_t)cell] = error;
}

static void put_driver(const struct work *w, const struct statistics_dependence *order, int kept, int driver)
{
    const double *number = w->kept.value + (uint64_t)kept * w->kept.paths;
    const int all = w->drivers->count;
    struct statistics_dependence_told told;
    double *flat = w->result->flat[w->scenario];
    for (int p = 0; p < w->partners; p++) {
        statistics_dependence_tell(order, study_values_captured(&w->values, p), &told);
        put(w, "low", p * all + driver, told.low.mean, told.low.error);
        put(w, "high", p * all + driver, told.high.mean, told.high.error);
        put(w, "explained", p * all + driver, told.share, told.share_error);
    }
    statistics_dependence_tell(order, study_values_joint(&w->values), &told);
    put(w, "joint_low", driver, told.low.mean, told.low.error);
    put(w, "joint_high", driver, told.high.mean, told.high.error);
    put(w, "joint_explained", driver, told.share, told.share_error);
    flat[output_table_row(&w->result->table, "driver_low")->offset + (size_t)driver] = statistics_dependence_low(order, number).mean;
    flat[output_table_row(&w->result->table, "driver_high")->offset + (size_t)driver] = statistics_dependence_high(order, number).mean;
}

/* Every driver by one thread, so that the sums are the same for any number of them; there may be fewer than were asked for. */
static void tell_drivers(void *context, int thread)
{
    struct work *w = context;
    struct statistics_dependence *order = &w->order[thread];
    for (int k; (k = atomic_fetch_add(&w->next, 1)) < w->kept.count;) {
        statistics_dependence_order(order, w->kept.value + (uint64_t)k * w->kept.paths);
        if (order->classes > 1) put_driver(w, order, k, find_name(w->drivers, w->kept.driver[k].name));
    }
}

/* What a scenario has not, or what does not vary in it, has no numbers. */
static void clear(const struct work *w)
{
    double *flat = w->result->flat[w->scenario];
    for (size_t k = 0; k < w->result->table.doubles; k++) flat[k] = (double)NAN;
}

static int run_scenario(struct work *w, size_t index)
{
    const struct study_point_config point = {.paths = w->config->paths, .seed = w->config->seed, .threads = w->config->threads,
                                             .level = w->level, .progress = tell, .context = w, .drivers = &w->kept};
    struct study_scenario scenario;
    w->scenario = index;
    clear(w);
    int status = study_point_open(w->deal, index, w->config->seed, 1, &scenario, w->report);
    if (!status) status = engine_drivers_init(&w->kept, &scenario.plan, &scenario.draws, w->config->paths, w->report);
    if (!status) status = study_values_run(&w->values, &scenario.plan, &point, w->report);
    if (!status) status = study_columns_count(&w->statistics, w->config->paths, fill, w, w->result->flat[index], w->report);
    if (!status) {
        atomic_store(&w->next, 0);
        engine_threads_each(w->config->threads, tell_drivers, w);
        status = study_file_write(&w->file, index, w->result->flat[index], NULL, w->report);
    }
    engine_drivers_free(&w->kept);
    study_scenario_free(&scenario);
    return status;
}

/* Values, drivers, and the order of paths of each thread have to fit. */
static int check_memory(const struct work *w)
{
    const uint64_t columns = (uint64_t)w->partners + 1 + (uint64_t)w->drivers->count + (uint64_t)w->config->threads;
    const uint64_t bytes = columns * sizeof(double);
    if (w->config->paths <= w->config->memory / bytes) return STATUS_OK;
    return report_error(w->report, STATUS_MEMORY, (struct place){0}, "--memory",
                        "%llu paths of %llu bytes each do not fit %zu bytes: raise it or take fewer --paths",
                        (unsigned long long)w->config->paths, (unsigned long long)bytes, w->config->memory);
}

static int name_drivers(struct work *w)
{
    struct study_result *result = w->result;
    const int count = w->drivers->count;
    result->driver = calloc((size_t)count, sizeof *result->driver);
    result->driver_text = malloc((size_t)count * ENGINE_DRIVER);
    if (!result->driver || !result->driver_text) return out_of_memory(w->report);
    memcpy(result->driver_text, w->drivers->name, (size_t)count * ENGINE_DRIVER);
    for (int k = 0; k < count; k++) result->driver[k] = result->driver_text + k * ENGINE_DRIVER;
    result->table.names[AXIS_DRIVER] = (struct output_names){count, result->driver, NULL, NULL};
    return STATUS_OK;
}

static int init_order(struct work *w)
{
    w->order = calloc((size_t)w->config->threads, sizeof *w->order);
    if (!w->order) return out_of_memory(w->report);
    for (int t = 0; t < w->config->threads; t++) {
        int status = statistics_dependence_init(&w->order[t], (size_t)w->config->paths, w->report);
        if (status) return status;
    }
    return STATUS_OK;
}

static int init_result(struct work *w)
{
    struct study_scenario first;
    const struct study_result_config config = {.paths = w->config->paths, .memory = w->config->memory, .level = RESULT_FULL, .whole = 1,
                                               .unmixed = 1, .outcome = outcomes, .outcomes = OUTCOMES, .drivers = w->drivers->count};
    int status = study_point_open(w->deal, 0, w->config->seed, 0, &first, w->report);
    w->partners = status ? 0 : first.plan.partners;
    if (!status) status = check_memory(w);
    if (!status) status = study_result_init(w->result, w->deal, &first, &config, w->report);
    if (!status) status = name_drivers(w);
    if (!status) status = study_values_init(&w->values, &first.plan, w->config->paths, w->config->memory, w->report);
    if (!status) status = statistics_run_init(&w->statistics, &w->result->plan, w->report);
    if (!status) status = init_order(w);
    study_scenario_free(&first);
    return status;
}

static int run_all(struct work *w)
{
    const double start = clock_now();
    int status = STATUS_OK;
    for (size_t s = 0; !status && s < w->result->rows; s++) status = run_scenario(w, s);
    if (!status) status = study_file_commit(&w->file, w->config, w->level->name, clock_now() - start, w->report);
    return status ? status : study_result_order(w->result, w->report);
}

static void free_all(struct work *w)
{
    for (int t = 0; w->order && t < w->config->threads; t++) statistics_dependence_free(&w->order[t]);
    free(w->order);
    if (w->statistics.plan) statistics_run_free(&w->statistics);
    study_values_free(&w->values);
    study_file_free(&w->file);
}

int study_drivers_run(const struct study_drivers *drivers, struct study_deal *deal, const struct study_run_config *config,
                      struct study_result *result, struct report *report)
{
    struct work w = {.drivers = drivers, .deal = deal, .config = config, .result = result, .report = report};
    memset(result, 0, sizeof *result);
    int status = study_run_check(report);
    if (!status) status = engine_level_choose(&w.level, report);
    if (!status) status = init_result(&w);
    if (!status) status = study_run_start(config->threads, report);
    if (!status) status = study_file_init(&w.file, deal, result, NULL, config, report);
    if (!status) status = run_all(&w);
    free_all(&w);
    return status;
}
