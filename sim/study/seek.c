#include "study/seek.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "numeric/root.h"
#include "output/console.h"
#include "param/number.h"
#include "study/point.h"

static const struct place vary_place = {"--vary", 0, 0};

/* ---- What is sought and wanted ---- */

static int read_vary(struct study_seek *seek, const char *vary, struct report *report)
{
    if (!vary) return report_error(report, STATUS_USAGE, (struct place){0}, "--vary", "missing, want NAME=LOW:HIGH");
    const char *equals = strchr(vary, '='), *colon = equals ? strchr(equals, ':') : NULL;
    char escaped[TEXT_ESCAPED];
    if (!colon || (size_t)(equals - vary) >= sizeof seek->name || equals == vary ||
        param_number_read((struct param_span){equals + 1, (size_t)(colon - equals - 1)}, &seek->low, NULL) ||
        param_number_read((struct param_span){colon + 1, strlen(colon + 1)}, &seek->high, NULL) || !(seek->low < seek->high)) {
        return report_error(report, STATUS_USAGE, (struct place){0}, "--vary", "got '%s', want NAME=LOW:HIGH, two numbers that rise",
                            text_escape(escaped, vary));
    }
    memcpy(seek->name, vary, (size_t)(equals - vary));
    seek->name[equals - vary] = '\0';
    return STATUS_OK;
}

static const char *label_of(const struct output_table *table, enum statistics_axis axis, int k, char text[64])
{
    if (axis != AXIS_QUANTILE) return table->names[axis].name ? output_table_name(table, axis, k) : NULL;
    snprintf(text, 64, "%.12g", table->quantile[k]);
    return text;
}

static int refuse_label(const struct output_table *table, enum statistics_axis axis, const char *row, const char *rest, struct report *report)
{
    char want[512] = "", escaped[TEXT_ESCAPED], text[64];
    for (int k = 0; k < table->shape.size[axis]; k++) {
        const char *label = label_of(table, axis, k, text);
        snprintf(want + strlen(want), sizeof want - strlen(want), "%s%s", k ? ", " : "", label ? label : "");
    }
    return report_error(report, STATUS_USAGE, (struct place){0}, "--want", "%s: no %s '%s', want one of %s", row, output_axis_name(axis),
                        text_escape(escaped, rest), want);
}

/* The member of an axis that `*rest` begins with, and moves it behind. A label may hold a point. -1: none. */
static int take_label(const struct output_table *table, enum statistics_axis axis, const char **rest)
{
    char text[64];
    for (int k = 0; k < table->shape.size[axis]; k++) {
        const char *label = label_of(table, axis, k, text);
        const size_t n = label ? strlen(label) : 0;
        if (!label || strncmp(*rest, label, n) || ((*rest)[n] && (*rest)[n] != '.')) continue;
        *rest += n + ((*rest)[n] == '.');
        return k;
    }
    return -1;
}

/* The row of a cell's standard error: captured_mean has captured_standard_error. */
static void name_error(const struct output_table *table, struct study_seek_cell *cell)
{
    static const char *const suffix[] = {"_mean", "_probability"};
    for (size_t k = 0; k < sizeof suffix / sizeof *suffix; k++) {
        const size_t n = strlen(cell->row), tail = strlen(suffix[k]);
        if (n <= tail || strcmp(cell->row + n - tail, suffix[k])) continue;
        snprintf(cell->error, sizeof cell->error, "%.*s_standard_error", (int)(n - tail), cell->row);
        if (!output_table_row(table, cell->error)) cell->error[0] = '\0';
    }
}

static int read_cell(const struct output_table *table, const char *text, size_t length, struct study_seek_cell *cell, struct report *report)
{
    char escaped[TEXT_ESCAPED];
    snprintf(cell->text, sizeof cell->text, "%.*s", (int)length, text);
    const char *rest = cell->text + strcspn(cell->text, ".");
    snprintf(cell->row, sizeof cell->row, "%.*s", (int)(rest - cell->text), cell->text);
    rest += *rest == '.';
    const struct result_row *row = output_table_row(table, cell->row);
    if (!row) {
        return report_error(report, STATUS_USAGE, (struct place){0}, "--want", "the result has no row '%s'; as captured_mean.PARTNER, "
                            "docs/results.md has all", text_escape(escaped, cell->row));
    }
    for (int a = 0; a < 3; a++) {
        if (row->axis[a] == AXIS_NONE) continue;
        const int k = take_label(table, row->axis[a], &rest);
        if (k < 0) return refuse_label(table, row->axis[a], cell->row, rest, report);
        cell->at = cell->at * (size_t)table->shape.size[row->axis[a]] + (size_t)k;
    }
    name_error(table, cell);
    if (!*rest) return STATUS_OK;
    return report_error(report, STATUS_USAGE, (struct place){0}, "--want", "%s: '%s' is too much", cell->row, text_escape(escaped, rest));
}

static int read_want(struct study_seek *seek, const struct output_table *table, const char *want, struct report *report)
{
    const char *equals = want ? strchr(want, '=') : NULL;
    char escaped[TEXT_ESCAPED];
    if (!equals || !equals[1]) {
        return report_error(report, STATUS_USAGE, (struct place){0}, "--want", "got '%s', want ROW.PARTNER=NUMBER or ROW.PARTNER=ROW.PARTNER",
                            text_escape(escaped, want ? want : ""));
    }
    int status = read_cell(table, want, (size_t)(equals - want), &seek->cell, report);
    seek->compared = param_number_read((struct param_span){equals + 1, strlen(equals + 1)}, &seek->target, NULL) != NULL;
    if (!status && seek->compared) status = read_cell(table, equals + 1, strlen(equals + 1), &seek->other, report);
    return status;
}

/* A number of the deal that may differ between scenarios, and both ends inside its range. */
static int check_ends(const struct study_seek *seek, const struct param_registry *registry, struct report *report)
{
    const double end[2] = {seek->low, seek->high};
    char text[PARAM_NUMBER_TEXT];
    int status = STATUS_OK;
    for (int k = 0; !status && k < 2; k++) {
        struct param_setting setting = {0};
        struct param_store store = {0};
        status = param_registry_resolve(registry, seek->name, vary_place, 1, &setting, report);
        if (!status) status = param_registry_parse(registry, param_number_write(text, end[k]), vary_place, &store, &setting, report);
        param_store_free(&store);
    }
    return status;
}

int study_seek_init(struct study_seek *seek, struct study_deal *deal, const char *vary, const char *want, double tolerance,
                    uint64_t seed, struct report *report)
{
    struct study_scenario scenario;
    struct study_result result = {0};
    const struct study_result_config config = {.paths = 1, .level = RESULT_HEADLINE, .whole = 1};
    memset(seek, 0, sizeof *seek);
    if (deal->setting) return report_error(report, STATUS_USAGE, vary_place, NULL, "a deal with scenarios has no one value to be sought");
    int status = read_vary(seek, vary, report);
    if (!status) status = study_deal_refresh(deal, report);
    if (!status) status = check_ends(seek, &deal->registry, report);
    if (!status) status = study_scenario_check_all(deal, seed, report);
    if (status) return status;
    seek->tolerance = tolerance > 0.0 ? tolerance : (seek->high - seek->low) / 10000.0;
    status = study_point_open(deal, 0, seed, 0, &scenario, report);
    if (!status) status = study_result_init(&result, deal, &scenario, &config, report);
    if (!status) status = read_want(seek, &result.table, want, report);
    study_result_free(&result);
    study_scenario_free(&scenario);
    return status;
}

/* ---- The search ---- */

struct search {
    const struct study_seek *seek;
    struct study_deal *deal;
    struct study_run_config config;       /* of the runs on the way */
    const struct study_run_config *outer; /* as it was given */
    struct study_seek_outcome *outcome;
    struct report *report;
    size_t settings; /* of the deal before the search */
};

/* Paths of all runs so far; how many there will be nobody knows. */
static int tell(void *context, uint64_t paths, size_t scenario)
{
    const struct search *s = context;
    const uint64_t all = STUDY_SEEK_RUNS * s->outer->paths, done = (uint64_t)s->outcome->runs * s->outer->paths + paths;
    return s->outer->progress(s->outer->context, done < all ? done : all, scenario);
}

static double read(const struct study_result *result, const char *row, size_t at)
{
    const struct result_row *found = *row ? output_table_row(&result->table, row) : NULL;
    return found ? result->flat[0][found->offset + at] : (double)NAN;
}

/* Runs with the number at x; `result` is to be freed. */
static int run_at(struct search *s, double x, const struct study_run_config *config, struct study_result *result)
{
    const struct study_seek *seek = s->seek;
    struct study_seek_point *point = &s->outcome->point[s->outcome->runs];
    char text[PARAM_NUMBER_TEXT];
    memset(result, 0, sizeof *result);
    study_setting_forget(s->deal, s->settings); /* the last value tried */
    int status = study_setting_add(s->deal, seek->name, param_number_write(text, x), s->report);
    if (!status) status = study_run(s->deal, config, result, s->report);
    if (status) return status;
    s->report->silent = 1; /* what there is to warn of has been told */
    const double error = read(result, seek->cell.error, seek->cell.at);
    *point = (struct study_seek_point){x, read(result, seek->cell.row, seek->cell.at), seek->target, error};
    if (seek->compared) {
        point->wanted = read(result, seek->other.row, seek->other.at);
        point->error = hypot(error, read(result, seek->other.error, seek->other.at));
    }
    s->outcome->runs++;
    return STATUS_OK;
}

/* What was run is not run again: the search asks for its ends. */
static int difference(void *context, double x, double *y)
{
    struct search *s = context;
    struct study_result result;
    int k = 0, status = STATUS_OK;
    while (k < s->outcome->runs && fabs(s->outcome->point[k].x - x) > 0.0) k++;
    if (k == s->outcome->runs) {
        status = run_at(s, x, &s->config, &result);
        study_result_free(&result);
    }
    if (!status) *y = s->outcome->point[k].value - s->outcome->point[k].wanted;
    return status;
}

/* The slope between the nearest runs on both sides of what was found. */
static double slope_of(const struct study_seek_outcome *outcome)
{
    const struct study_seek_point *found = &outcome->point[outcome->runs - 1], *below = NULL, *above = NULL;
    for (const struct study_seek_point *p = outcome->point; p < found; p++) {
        if (p->x < found->x && (!below || p->x > below->x)) below = p;
        if (p->x > found->x && (!above || p->x < above->x)) above = p;
    }
    if (!below || !above) return (double)NAN;
    return ((above->value - above->wanted) - (below->value - below->wanted)) / (above->x - below->x);
}

/* Both ends lie on one side. */
static int refuse_ends(const struct study_seek *seek, const struct study_seek_outcome *outcome, struct report *report)
{
    const struct study_seek_point *low = &outcome->point[0], *high = &outcome->point[1];
    return report_error(report, STATUS_INPUT, vary_place, seek->name,
                        "what is wanted does not lie between the ends: at %g %s is %.6g for %.6g, at %g %.6g for %.6g", low->x,
                        seek->cell.row, low->value, low->wanted, high->x, high->value, high->wanted);
}

int study_seek_run(const struct study_seek *seek, struct study_deal *deal, const struct study_run_config *config,
                   struct study_seek_outcome *outcome, struct study_result *result, struct report *report)
{
    struct search s = {.seek = seek, .deal = deal, .config = *config, .outcome = outcome, .report = report, .settings = deal->records.count};
    struct study_run_config last = *config;
    double found = 0.0;
    memset(outcome, 0, sizeof *outcome);
    memset(result, 0, sizeof *result);
    s.config.output = NULL;
    s.config.samples = 0;
    s.config.progress = last.progress = config->progress ? tell : NULL;
    s.config.context = last.context = &s;
    s.outer = config;
    const int silent = report->silent;
    int status = difference(&s, seek->low, &found);
    const double low = found;
    if (!status) status = difference(&s, seek->high, &found);
    if (!status && !(low * found <= 0.0)) status = refuse_ends(seek, outcome, report);
    if (!status) status = numeric_root_find(difference, &s, seek->low, seek->high, seek->tolerance, vary_place, seek->name, report, &found);
    if (!status) status = run_at(&s, found, &last, result);
    report->silent = silent;
    if (status) study_setting_forget(deal, s.settings);
    else outcome->error = outcome->point[outcome->runs - 1].error / fabs(slope_of(outcome));
    return status;
}

/* ---- For people ---- */

/* A number that was given is shown as it was given. */
static const char *text_wanted(char text[OUTPUT_NUMBER], const struct study_seek *seek, const struct study_seek_point *p)
{
    if (seek->compared) return output_console_number(text, p->wanted, output_console_decimals(p->error));
    snprintf(text, OUTPUT_NUMBER, "%.10g", p->wanted);
    return text;
}

static void put_point(FILE *stream, const struct study_seek *seek, const struct study_seek_point *p, const int width[3])
{
    char text[OUTPUT_NUMBER];
    fprintf(stream, "%-*.8g", width[0], p->x);
    fprintf(stream, "%*s", width[1], output_console_number(text, p->value, output_console_decimals(p->error)));
    fprintf(stream, "%*s\n", width[2], text_wanted(text, seek, p));
}

static int width_of(const char *text, int least)
{
    const int width = (int)strlen(text) + 3;
    return width > least ? width : least;
}

void study_seek_text(FILE *stream, const struct study_seek *seek, const struct study_seek_outcome *outcome)
{
    const struct study_seek_point *found = &outcome->point[outcome->runs - 1];
    const char *wanted = seek->compared ? seek->other.text : "wanted";
    const int width[3] = {width_of(seek->name, 14), width_of(seek->cell.text, 14), width_of(wanted, 14)};
    char text[OUTPUT_NUMBER];
    fprintf(stream, "%-*s%*s%*s\n", width[0], seek->name, width[1], seek->cell.text, width[2], wanted);
    for (const struct study_seek_point *p = outcome->point; p < found; p++) put_point(stream, seek, p, width);
    fprintf(stream, "\nfound: %s = %.6g", seek->name, found->x);
    if (isfinite(outcome->error)) fprintf(stream, " ± %.2g", outcome->error);
    fprintf(stream, ", where %s is %s", seek->cell.text, output_console_number(text, found->value, output_console_decimals(found->error)));
    if (seek->compared) fprintf(stream, ", as %s", seek->other.text);
    fputs("\n\n", stream);
}
