#include "statistics/plan.h"

#include <stdlib.h>
#include <string.h>

#include "statistics/bins.h"
#include "statistics/interval.h"

static const double LEVELS[] = {0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99};
static const size_t MEMORY = (size_t)2 << 30;
enum { MADE = 16, SERIES_ROWS = 2, COMMON_ROWS = 2 };

static int size_of(const struct statistics_plan *plan, enum statistics_axis axis)
{
    return plan->shape.size[axis];
}

int statistics_plan_cells(const struct statistics_plan *plan, int outcome)
{
    const enum statistics_axis *axis = plan->outcome[outcome].axis;
    return size_of(plan, axis[0]) * size_of(plan, axis[1]);
}

const struct result_row *statistics_plan_row(const struct statistics_plan *plan, const char *name)
{
    for (int r = 0; r < plan->rows; r++) {
        if (strcmp(plan->row[r].name, name) == 0) return &plan->row[r];
    }
    return NULL;
}

/* Appends a row; returns its index. Axes end at the first AXIS_NONE. */
static int add_row(struct statistics_plan *plan, const char *name, const char *suffix, const char *unit, const char *sentence,
                   const char *what, enum result_level level, const enum statistics_axis axis[3])
{
    struct result_row *row = &plan->row[plan->rows];
    int length = (int)strlen(sentence);
    if (length > 0 && sentence[length - 1] == '.') length--;
    if (length > 110) length = 110;
    snprintf(row->name, sizeof row->name, "%.36s%.27s", name, suffix);
    snprintf(row->unit, sizeof row->unit, "%.31s", unit);
    snprintf(row->sentence, sizeof row->sentence, "%.*s%s%.78s", length, sentence, *what ? ": " : "", what);
    row->level = level;
    row->offset = plan->doubles;
    row->count = 1;
    for (int a = 0, put = 0; a < 3; a++) {
        if (axis[a] == AXIS_NONE) continue;
        row->axis[put++] = axis[a];
        row->count *= (size_t)size_of(plan, axis[a]);
    }
    plan->doubles += row->count;
    return plan->rows++;
}

/* One statistic of an outcome; `levels` adds the axis of quantiles. */
static int add(struct statistics_plan *plan, const struct statistics_outcome *o, const char *suffix, const char *unit,
               const char *what, int levels)
{
    enum statistics_axis axis[3] = {o->axis[0], o->axis[1], levels ? AXIS_QUANTILE : AXIS_NONE};
    return add_row(plan, o->name, suffix, unit, o->sentence, what, o->detail & DETAIL_FULL ? RESULT_FULL : RESULT_HEADLINE,
                   axis);
}

/* Nothing is made of its column: `made` does not know of its rows. */
static void add_study(struct statistics_plan *plan, const struct statistics_outcome *o)
{
    add(plan, o, "", o->unit, "", 0);
    if (o->detail & DETAIL_MEAN) add(plan, o, "_standard_error", o->unit, "standard error", 0);
}

static void add_outcome(struct statistics_plan *plan, const struct statistics_outcome *o, struct statistics_made *m)
{
    if (o->detail & DETAIL_PROBABILITY) {
        m->probability = add(plan, o, "_probability", "1", "share of the paths", 0);
        m->error = add(plan, o, "_standard_error", "1", "standard error of the share", 0);
        m->probability_low = add(plan, o, "_probability_low", "1", "share, lower end of the interval", 0);
        m->probability_high = add(plan, o, "_probability_high", "1", "share, upper end of the interval", 0);
    } else if (o->detail & DETAIL_MEAN) {
        m->mean = add(plan, o, "_mean", o->unit, "mean over the paths", 0);
        m->error = add(plan, o, "_standard_error", o->unit, "standard error of the mean", 0);
    }
    if (o->detail & DETAIL_SPREAD) {
        m->deviation = add(plan, o, "_sd", o->unit, "standard deviation over the paths", 0);
        m->skewness = add(plan, o, "_skewness", "1", "skewness over the paths", 0);
    }
    if (o->detail & DETAIL_QUANTILE) {
        m->quantile = add(plan, o, "_quantile", o->unit, "quantiles", 1);
        m->quantile_low = add(plan, o, "_quantile_low", o->unit, "quantiles, lower ends of the intervals", 1);
        m->quantile_high = add(plan, o, "_quantile_high", o->unit, "quantiles, upper ends of the intervals", 1);
    }
    if (o->detail & DETAIL_TAIL) {
        m->var = add(plan, o, "_var", o->unit, "the quantile that begins the tail", 0);
        m->var_low = add(plan, o, "_var_low", o->unit, "tail quantile, lower end of the interval", 0);
        m->var_high = add(plan, o, "_var_high", o->unit, "tail quantile, upper end of the interval", 0);
        m->cvar = add(plan, o, "_cvar", o->unit, "mean of the tail, the worst share of the paths", 0);
        m->cvar_low = add(plan, o, "_cvar_low", o->unit, "mean of the tail, lower end of the interval", 0);
        m->cvar_high = add(plan, o, "_cvar_high", o->unit, "mean of the tail, upper end of the interval", 0);
    }
}

static void add_outcomes(struct statistics_plan *plan, enum result_level level)
{
    for (int o = 0; o < plan->outcomes; o++) {
        const struct statistics_outcome *outcome = &plan->outcome[o];
        const int cells = statistics_plan_cells(plan, o), wanted = level == RESULT_FULL || !(outcome->detail & DETAIL_FULL);
        const int study = (outcome->detail & DETAIL_STUDY) != 0;
        memset(&plan->made[o], 0xff, sizeof plan->made[o]);
        plan->column[o] = plan->columns;
        for (int c = 0; c < cells; c++) {
            plan->used[plan->columns + c] = (char)(wanted && !study ? 1 + !!(outcome->detail & DETAIL_SPREAD) : 0);
            plan->kept[plan->columns + c] = -1;
            if (wanted && outcome->detail & (DETAIL_QUANTILE | DETAIL_TAIL)) plan->kept[plan->columns + c] = plan->samples++;
        }
        plan->columns += cells;
        if (wanted && study) add_study(plan, outcome);
        else if (wanted) add_outcome(plan, outcome, &plan->made[o]);
    }
    plan->column[plan->outcomes] = plan->columns;
}

static void add_series(struct statistics_plan *plan)
{
    for (int s = 0; s < plan->series_count; s++) {
        const struct statistics_series *series = &plan->series[s];
        enum statistics_axis mean[3] = {series->axis[0], series->axis[1], AXIS_STEP};
        enum statistics_axis fan[3] = {series->axis[0], AXIS_QUANTILE, AXIS_STEP};
        plan->series_column[s] = plan->series_columns;
        plan->series_columns += size_of(plan, series->axis[0]) * size_of(plan, series->axis[1]);
        plan->series_row[s] = add_row(plan, series->name, "_by_step", series->unit, series->sentence,
                                      "mean over all paths, by step", RESULT_FULL, mean);
        if (series->mean_only) continue;
        plan->fan_columns = plan->series_columns;
        add_row(plan, series->name, "_fan", series->unit, series->sentence, "quantiles of the first 4,096 paths, by step",
                RESULT_FULL, fan);
    }
    plan->series_column[plan->series_count] = plan->series_columns;
}

static int check_levels(struct statistics_plan *plan, struct report *report)
{
    for (int q = 0; q < plan->quantiles; q++) {
        double p = plan->quantile[q];
        if (!(p > 0 && p < 1) || (q > 0 && p <= plan->quantile[q - 1])) {
            return report_error(report, STATUS_INPUT, (struct place){0}, "quantiles", "want rising levels inside (0, 1), got '%g'",
                                p);
        }
    }
    return STATUS_OK;
}

static int take_settings(struct statistics_plan *plan, const struct statistics_config *config, struct report *report)
{
    plan->shape = config->shape;
    plan->outcomes = config->outcomes;
    plan->series_count = config->level == RESULT_FULL ? config->series_count : 0;
    plan->paths = config->paths;
    plan->confidence = config->confidence > 0 ? config->confidence : 0.95;
    plan->tail = config->tail > 0 ? config->tail : 0.05;
    plan->z = statistics_interval_z(plan->confidence);
    plan->quantiles = config->quantile ? config->quantiles : (int)(sizeof LEVELS / sizeof *LEVELS);
    if (plan->quantiles > STATISTICS_LEVELS) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, "quantiles", "at most %d levels, got %d",
                            STATISTICS_LEVELS, plan->quantiles);
    }
    memcpy(plan->quantile, config->quantile ? config->quantile : LEVELS, (size_t)plan->quantiles * sizeof *LEVELS);
    plan->shape.size[AXIS_NONE] = 1;
    plan->shape.size[AXIS_QUANTILE] = plan->quantiles;
    return check_levels(plan, report);
}

static int allocate(struct statistics_plan *plan, const struct statistics_config *config)
{
    size_t n = (size_t)plan->outcomes + 1, s = (size_t)plan->series_count + 1, columns = 1;
    struct statistics_outcome *outcome = malloc(n * sizeof *outcome);
    struct statistics_series *series = malloc(s * sizeof *series);
    plan->outcome = outcome;
    plan->series = series;
    plan->made = calloc(n, sizeof *plan->made);
    plan->column = calloc(n, sizeof *plan->column);
    plan->series_column = calloc(s, sizeof *plan->series_column);
    plan->series_row = calloc(s, sizeof *plan->series_row);
    plan->row = calloc(n * MADE + s * SERIES_ROWS + COMMON_ROWS, sizeof *plan->row);
    if (!outcome || !series || !plan->made || !plan->column || !plan->series_column || !plan->series_row || !plan->row) {
        return STATUS_MEMORY;
    }
    if (n > 1) memcpy(outcome, config->outcome, (n - 1) * sizeof *outcome);
    if (s > 1) memcpy(series, config->series, (s - 1) * sizeof *series);
    for (int k = 0; k < plan->series_count; k++) series[k].mean_only |= series[k].axis[1] != AXIS_NONE;
    for (int o = 0; o < plan->outcomes; o++) columns += (size_t)statistics_plan_cells(plan, o);
    plan->used = calloc(columns, sizeof *plan->used);
    plan->kept = calloc(columns, sizeof *plan->kept);
    return plan->used && plan->kept ? STATUS_OK : STATUS_MEMORY;
}

/* Samples are kept as they are while they fit; else each column takes one set of bins. */
static void choose_memory(struct statistics_plan *plan, size_t memory)
{
    size_t fan = (size_t)plan->fan_columns * (size_t)size_of(plan, AXIS_STEP) * STATISTICS_BATCH * sizeof(double);
    size_t kept = (size_t)plan->samples * sizeof(double), room = memory > 0 ? memory : MEMORY;
    plan->exact = kept == 0 || plan->paths <= room / kept;
    plan->bytes = fan + (plan->exact ? kept * plan->paths
                                     : (size_t)plan->samples * BINS_COUNT * (sizeof(struct statistics_bin) + sizeof(int16_t)));
}

int statistics_plan_init(struct statistics_plan *plan, const struct statistics_config *config, struct report *report)
{
    static const enum statistics_axis NONE[3] = {AXIS_NONE, AXIS_NONE, AXIS_NONE};
    int status;
    memset(plan, 0, sizeof *plan);
    if ((status = take_settings(plan, config, report)) != STATUS_OK) return status;
    if ((status = allocate(plan, config)) != STATUS_OK) {
        return report_error(report, status, (struct place){0}, NULL, "no memory for the table of results");
    }
    add_outcomes(plan, config->level);
    add_series(plan);
    plan->row_paths = add_row(plan, "paths", "", "1", "Paths that the numbers of this scenario rest on.", "", RESULT_HEADLINE,
                              NONE);
    plan->row_error = add_row(plan, "quantile_error", "", "1",
                              "Largest error of a quantile by binning, as a share of its standard error; 0 when exact.", "",
                              RESULT_HEADLINE, NONE);
    choose_memory(plan, config->memory);
    return STATUS_OK;
}

void statistics_plan_free(struct statistics_plan *plan)
{
    free((void *)plan->outcome);
    free((void *)plan->series);
    free(plan->made);
    free(plan->column);
    free(plan->series_column);
    free(plan->series_row);
    free(plan->row);
    free(plan->used);
    free(plan->kept);
    memset(plan, 0, sizeof *plan);
}
