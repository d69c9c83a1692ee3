#include "study/attribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/money.h"
#include "study/columns.h"
#include "study/file.h"
#include "study/values.h"

_Static_assert(STUDY_SWITCHES_MOST < 31, "sets are bit masks");

static const struct statistics_outcome outcomes[] = {
    {"captured", "M{currency}", "Present value of the deal to a partner over going alone, to whole units of money.", DETAIL_MEAN,
     {AXIS_PARTNER}},
    {"attribution", "M{currency}", "What a mechanism adds to the value captured; the bars add up to it.", DETAIL_MEAN,
     {AXIS_PARTNER, AXIS_BAR}},
    {"joint", "M{currency}", "Joint surplus over going alone, both arms at the common rate.", DETAIL_MEAN, {AXIS_NONE}},
    {"joint_attribution", "M{currency}", "What a mechanism adds to the joint surplus.", DETAIL_MEAN, {AXIS_BAR}},
};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

/* ---- Which switches ---- */

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for an attribution");
}

static int refuse_name(const char *name, const char *what, struct report *report)
{
    char want[256] = "";
    for (int k = 0; k < study_switches_count; k++) {
        snprintf(want + strlen(want), sizeof want - strlen(want), "%s%s", k ? ", " : "", study_switches[k].name);
    }
    return report_error(report, STATUS_USAGE, (struct place){0}, "--switches", "%s '%.64s', want some of %s", what, name, want);
}

/* Bits of study_switches. */
static int read_names(const char *const *names, size_t count, unsigned *wanted, struct report *report)
{
    *wanted = 0;
    for (size_t k = 0; k < count; k++) {
        const int found = study_switches_find(names[k]);
        if (found < 0) return refuse_name(names[k], "no switch", report);
        if (*wanted >> found & 1) return refuse_name(names[k], "given twice:", report);
        *wanted |= 1u << found;
    }
    return STATUS_OK;
}

/* Of each scenario the switches that it uses, as bits of study_switches. */
static int find_used(struct study_attribution *attribution, const struct study_deal *deal, unsigned *any, struct report *report)
{
    const size_t scenarios = study_deal_scenarios(deal);
    attribution->used = calloc(scenarios, sizeof *attribution->used);
    if (!attribution->used) return out_of_memory(report);
    for (size_t s = 0; s < scenarios; s++) {
        struct study_scenario scenario;
        const int silent = report->silent;
        report->silent = 1;
        int status = study_scenario_init(&scenario, deal, s, report);
        report->silent = silent;
        for (int k = 0; !status && k < study_switches_count; k++) {
            if (study_switches[k].used(scenario.deal, &deal->registry.scope)) attribution->used[s] |= 1u << k;
        }
        *any |= attribution->used[s];
        study_scenario_free(&scenario);
        if (status) return status;
    }
    return STATUS_OK;
}

/* From bits of study_switches to bits of `which`; what is named is run whether it is used or not. */
static void place_used(struct study_attribution *attribution, size_t scenarios, int named)
{
    for (size_t s = 0; s < scenarios; s++) {
        unsigned used = 0;
        for (int k = 0; k < attribution->switches; k++) {
            if (named || attribution->used[s] >> attribution->which[k] & 1) used |= 1u << k;
        }
        attribution->used[s] = used;
        attribution->runs += (uint64_t)1 << __builtin_popcount(used);
    }
}

int study_attribution_init(struct study_attribution *attribution, struct study_deal *deal, const char *const *names, size_t count,
                           uint64_t seed, struct report *report)
{
    unsigned wanted = 0, any = 0;
    memset(attribution, 0, sizeof *attribution);
    int status = read_names(names, count, &wanted, report);
    if (!status) status = study_scenario_check_all(deal, seed, report);
    if (!status) status = find_used(attribution, deal, &any, report);
    if (status) return status;
    for (int k = 0; k < study_switches_count; k++) {
        if ((count ? wanted : any) >> k & 1) attribution->which[attribution->switches++] = k;
    }
    place_used(attribution, study_deal_scenarios(deal), count > 0);
    return STATUS_OK;
}

void study_attribution_free(struct study_attribution *attribution)
{
    free(attribution->used);
    memset(attribution, 0, sizeof *attribution);
}

/* ---- The run ---- */

struct work {
    const struct study_attribution *attribution;
    struct study_deal *deal;
    const struct study_run_config *config;
    struct study_result *result;
    struct report *report;
    const struct engine_level *level;
    struct study_file file;
    struct statistics_run statistics;
    struct study_values values;
    struct study_bars bars; /* of the scenario under way; columns: partners, then the joint surplus */
    int partners;
    size_t scenario;
    uint64_t done; /* runs */
};

static int tell(void *context, uint64_t paths)
{
    const struct work *w = context;
    return study_run_tell(w->config, w->done, paths, w->scenario);
}

/* From the switches that are on, bits of those run in this scenario, to those that are off, bits of study_switches. */
static unsigned off_of(const struct study_attribution *attribution, unsigned used, unsigned on)
{
    unsigned off = 0;
    for (int k = 0, bit = 0; k < attribution->switches; k++) {
        if (!(used >> k & 1)) continue;
        if (!(on >> bit++ & 1)) off |= 1u << attribution->which[k];
    }
    return off;
}

static int run_set(struct work *w, unsigned used, unsigned on)
{
    const struct study_point_config point = {w->config->paths, w->config->seed, w->config->threads, w->level, tell, w, NULL, NULL, NULL};
    struct study_scenario scenario;
    const int silent = w->report->silent;
    w->report->silent = 1;
    int status = study_scenario_init(&scenario, w->deal, w->scenario, w->report);
    if (!status) status = study_switches_plan(&scenario, w->deal, w->config->seed, off_of(w->attribution, used, on), w->report);
    w->report->silent = silent;
    if (!status) status = study_values_run(&w->values, &scenario.plan, &point, w->report);
    for (int p = 0; !status && p < w->partners; p++) study_bars_add(&w->bars, on, p, study_values_captured(&w->values, p));
    if (!status) study_bars_add(&w->bars, on, w->partners, study_values_joint(&w->values));
    study_scenario_free(&scenario);
    w->done++;
    return status;
}

/* Bar k of the result, 0 being `terms`, on paths first .. first + n - 1; `which` of the bars that are run: -1 terms, -2 none. */
static void fill_bar(const struct work *w, int which, int column, uint64_t first, size_t n, double *out)
{
    const double *none = w->bars.none + (size_t)column * (size_t)w->bars.paths;
    for (size_t k = 0; k < n; k++) {
        out[k] = which == -1 ? none[first + k] : which < 0 ? 0.0 : study_bars_path(&w->bars, which, column, first + k);
    }
}

static int place_of(const struct work *w, int bar)
{
    const unsigned used = w->attribution->used[w->scenario];
    if (bar == 0) return -1;
    if (!(used >> (bar - 1) & 1)) return -2;
    return __builtin_popcount(used & ((1u << (bar - 1)) - 1));
}

static void fill(void *context, uint64_t first, size_t n, double *const *column)
{
    const struct work *w = context;
    const int bars = w->attribution->switches + 1;
    for (int c = 0; c <= w->partners; c++) {
        const int captured = c < w->partners ? c : w->partners * (1 + bars);
        const int from = c < w->partners ? w->partners + c * bars : captured + 1;
        memcpy(column[captured], w->bars.all + (size_t)c * (size_t)w->bars.paths + first, n * sizeof(double));
        for (int b = 0; b < bars; b++) fill_bar(w, place_of(w, b), c, first, n, column[from + b]);
    }
}

/* ---- Means that add up bit for bit ---- */

static double *row_of(const struct work *w, const char *name, double *flat)
{
    return flat + output_table_row(&w->result->table, name)->offset;
}

/* Means of the bars in whole units of money that add up to the mean of the value, in whole units too. */
static void settle(double *value, double *bar, int bars)
{
    double number[STUDY_SWITCHES_MOST + 1];
    const double total = floor(*value / MONEY_UNIT + 0.5);
    for (int b = 0; b < bars; b++) number[b] = bar[b] / MONEY_UNIT;
    study_bars_settle(number, bars, total);
    for (int b = 0; b < bars; b++) bar[b] = number[b] * MONEY_UNIT;
    *value = total * MONEY_UNIT;
}

static void settle_all(const struct work *w, double *flat)
{
    const int bars = w->attribution->switches + 1;
    double *captured = row_of(w, "captured_mean", flat), *bar = row_of(w, "attribution_mean", flat);
    for (int p = 0; p < w->partners; p++) settle(captured + p, bar + p * bars, bars);
    settle(row_of(w, "joint_mean", flat), row_of(w, "joint_attribution_mean", flat), bars);
}

/* The means of what was summed exactly. */
static void put_means(const struct work *w, double *flat)
{
    const int bars = w->attribution->switches + 1;
    for (int c = 0; c <= w->partners; c++) {
        double *bar = c < w->partners ? row_of(w, "attribution_mean", flat) + c * bars : row_of(w, "joint_attribution_mean", flat);
        for (int b = 1; b < bars; b++) {
            const int which = place_of(w, b);
            bar[b] = which < 0 ? 0.0 : study_bars_mean(&w->bars, which, c) * MONEY_UNIT;
        }
    }
}

static int run_scenario(struct work *w, size_t index)
{
    const unsigned used = w->attribution->used[index];
    const int switches = __builtin_popcount(used);
    double *flat = w->result->flat[index];
    w->scenario = index;
    int status = study_bars_init(&w->bars, switches, w->partners + 1, w->config->paths, w->report);
    for (unsigned on = 0; !status && on < 1u << switches; on++) status = run_set(w, used, on);
    if (!status) status = study_columns_count(&w->statistics, w->config->paths, fill, w, flat, w->report);
    if (!status) {
        put_means(w, flat);
        settle_all(w, flat);
        status = study_file_write(&w->file, index, flat, NULL, w->report);
    }
    study_bars_free(&w->bars);
    return status;
}

/* A table with weights: bars of the mixture are the mixture of the bars. */
static int mix(struct work *w)
{
    const size_t rows = w->result->rows;
    double *mixture = w->result->flat[rows], *weight = calloc(rows, sizeof *weight);
    const double **flat = calloc(rows, sizeof *flat);
    int n = 0, status = weight && flat ? STATUS_OK : out_of_memory(w->report);
    for (size_t s = 0; !status && s < rows; s++) {
        if (!(w->result->weight[s] > 0.0)) continue;
        weight[n] = w->result->weight[s];
        flat[n++] = w->result->flat[s];
    }
    if (!status) status = statistics_mixture(&w->result->plan, n, weight, flat, NULL, 1, mixture, w->report);
    if (!status) {
        settle_all(w, mixture);
        status = study_file_write(&w->file, rows, mixture, NULL, w->report);
    }
    free(weight);
    free(flat);
    return status;
}

static void name_bars(struct study_result *result, const struct study_attribution *attribution)
{
    result->name[AXIS_BAR][0] = STUDY_SWITCHES_TERMS;
    result->label[AXIS_BAR][0] = "Terms";
    for (int k = 0; k < attribution->switches; k++) {
        result->name[AXIS_BAR][k + 1] = study_switches[attribution->which[k]].name;
        result->label[AXIS_BAR][k + 1] = study_switches[attribution->which[k]].label;
    }
    result->table.names[AXIS_BAR] =
        (struct output_names){attribution->switches + 1, result->name[AXIS_BAR], result->label[AXIS_BAR], NULL};
}

/* What the threads need beside it is little: values and bars of all paths have to fit. */
static int check_memory(const struct work *w)
{
    const int columns = w->partners + 1;
    const uint64_t bytes = study_bars_bytes(w->attribution->switches, columns, 1) + sizeof(double) * (uint64_t)columns;
    if (w->config->paths <= w->config->memory / bytes) return STATUS_OK;
    return report_error(w->report, STATUS_MEMORY, (struct place){0}, "--memory",
                        "%llu paths of %llu bytes each do not fit %zu bytes: raise it or take fewer --paths",
                        (unsigned long long)w->config->paths, (unsigned long long)bytes, w->config->memory);
}

static int init_result(struct work *w)
{
    struct study_scenario first;
    const struct study_result_config config = {.paths = w->config->paths, .memory = w->config->memory, .level = RESULT_FULL, .whole = 1,
                                               .outcome = outcomes, .outcomes = OUTCOMES, .bars = w->attribution->switches + 1};
    int status = study_point_open(w->deal, 0, w->config->seed, 0, &first, w->report);
    w->partners = status ? 0 : first.plan.partners;
    if (!status) status = check_memory(w);
    if (!status) status = study_result_init(w->result, w->deal, &first, &config, w->report);
    if (!status) status = study_values_init(&w->values, &first.plan, w->config->paths, w->config->memory, w->report);
    if (!status) status = statistics_run_init(&w->statistics, &w->result->plan, w->report);
    if (!status) name_bars(w->result, w->attribution);
    study_scenario_free(&first);
    return status;
}

static int run_all(struct work *w)
{
    const double start = clock_now();
    int status = STATUS_OK;
    for (size_t s = 0; !status && s < w->result->rows; s++) status = run_scenario(w, s);
    if (!status && w->result->weight) status = mix(w);
    if (!status) status = study_file_commit(&w->file, w->config, w->level->name, clock_now() - start, w->report);
    return status ? status : study_result_order(w->result, w->report);
}

int study_attribution_run(const struct study_attribution *attribution, struct study_deal *deal, const struct study_run_config *config,
                          struct study_result *result, struct report *report)
{
    struct work w = {.attribution = attribution, .deal = deal, .config = config, .result = result, .report = report};
    memset(result, 0, sizeof *result);
    int status = study_run_check(report);
    if (!status) status = engine_level_choose(&w.level, report);
    if (!status) status = init_result(&w);
    if (!status) status = study_run_start(config->threads, report);
    if (!status) status = study_file_init(&w.file, deal, result, NULL, config, report);
    if (!status) status = run_all(&w);
    if (w.statistics.plan) statistics_run_free(&w.statistics);
    study_values_free(&w.values);
    study_file_free(&w.file);
    return status;
}
