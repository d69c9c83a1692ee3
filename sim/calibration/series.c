#include "calibration/series.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/text.h"
#include "calibration/date.h"
#include "input/csv.h"
#include "numeric/diffusion.h"
#include "param/number.h"

/* A file on its way to a series. */
struct reading {
    const struct calibration_source *source;
    struct input_csv csv;
    int date, value; /* columns */
    int from, to;    /* months, both included */
    int *month;      /* of each row that is taken */
    double *number;
    int *line;
    int count;
    struct report *report;
    int status;
};

static struct place line_of(const struct reading *r, size_t row)
{
    return (struct place){r->source->path, r->csv.line[row], 0};
}

static void note(struct reading *r, int status)
{
    if (!r->status) r->status = status;
}

const char *calibration_series_frequency(int step)
{
    return step == 1 ? "monthly" : step == 3 ? "quarterly" : "annual";
}

static int step_of(const char *frequency)
{
    static const int steps[] = {1, 3, 12};
    for (int k = 0; k < 3; k++) {
        if (strcmp(frequency, calibration_series_frequency(steps[k])) == 0) return steps[k];
    }
    return 0;
}

/* ---- Columns ---- */

static int same_start(const char *name, const char *start, int whole)
{
    size_t k = 0;
    for (; start[k]; k++) {
        if (tolower((unsigned char)name[k]) != tolower((unsigned char)start[k])) return 0;
    }
    return !whole || !name[k];
}

/* The column called `text`, or the only one that begins so; -1 none, -2 several. */
static int find_column(const struct reading *r, const char *text)
{
    int found = -1;
    for (int whole = 1; whole >= 0; whole--) {
        for (int k = 0; k < r->csv.columns; k++) {
            if (k == r->date || !same_start(input_csv_cell(&r->csv, 0, k), text, whole)) continue;
            found = found == -1 ? k : -2;
        }
        if (found != -1) return found;
    }
    return found;
}

/* "'a', 'b' and 3 more", for a message. */
static void list_columns(const struct reading *r, char *text, size_t size)
{
    char escaped[TEXT_ESCAPED];
    size_t n = 0;
    int told = 0;
    *text = 0;
    for (int k = 0; k < r->csv.columns && told < 8; k++) {
        if (k == r->date) continue;
        n +=
            (size_t)snprintf(text + n, size - n, "%s'%s'", told ? ", " : "", text_escape(escaped, input_csv_cell(&r->csv, 0, k)));
        told++;
    }
    if (r->csv.columns - 1 > told) snprintf(text + n, size - n, " and %d more", r->csv.columns - 1 - told);
}

static int choose_columns(struct reading *r)
{
    char escaped[TEXT_ESCAPED], all[800];
    const char *wanted = r->source->column;
    r->date = input_csv_column(&r->csv, "date");
    if (r->date < 0) r->date = input_csv_column(&r->csv, "year");
    if (r->date < 0) r->date = 0;
    list_columns(r, all, sizeof all);
    if (r->csv.columns < 2)
        return report_error(r->report, STATUS_INPUT, line_of(r, 0), NULL, "one column, want a date and a value in each row");
    if (!wanted && r->csv.columns == 2) r->value = 1 - r->date;
    else if (!wanted)
        return report_error(r->report, STATUS_USAGE, (struct place){0}, "--column", "%.200s has several columns, want one of %s",
                            r->source->path, all);
    else r->value = find_column(r, wanted);
    if (r->value >= 0) return STATUS_OK;
    return report_error(r->report, STATUS_USAGE, (struct place){0}, "--column", "%s in %.200s, got '%s', want one of %s",
                        r->value == -1 ? "no such column" : "more than one begins so", r->source->path,
                        text_escape(escaped, wanted), all);
}

/* ---- Rows ---- */

/* -1 where it is not given. */
static int read_bound(const char *option, const char *text, int last, int *month, struct report *report)
{
    struct calibration_date date;
    char escaped[TEXT_ESCAPED];
    if (!text) return STATUS_OK;
    if (calibration_date_read(text, &date)) {
        return report_error(report, STATUS_USAGE, (struct place){0}, option,
                            "not a date, got '%s', want 2005, 2005-07 or 2005-07-01", text_escape(escaped, text));
    }
    *month = calibration_date_month(date, last);
    return STATUS_OK;
}

/* One row: 1 if it is in the window and has a value. An empty one is passed over here; a gap shows in the dates. */
static int read_row(struct reading *r, size_t row, int *month, double *number)
{
    const char *when = input_csv_cell(&r->csv, row, r->date), *text = input_csv_cell(&r->csv, row, r->value),
               *header = input_csv_cell(&r->csv, 0, r->value);
    struct calibration_date date;
    char escaped[TEXT_ESCAPED], name[TEXT_ESCAPED];
    if (calibration_date_read(when, &date)) {
        note(r, report_error(r->report, STATUS_INPUT, line_of(r, row), text_escape(name, input_csv_cell(&r->csv, 0, r->date)),
                             "not a date, got '%s', want 2005, 2005-07 or 2005-07-01", text_escape(escaped, when)));
        return 0;
    }
    *month = calibration_date_month(date, 0);
    if (*month < r->from || *month > r->to || !*text) return 0;
    const char *fault = param_number_read(param_reading_trim((struct param_span){text, strlen(text)}), number, NULL);
    if (!fault && !(*number > 0.0)) fault = "not above 0, its logarithm is wanted";
    if (!fault) return 1;
    note(r, report_error(r->report, STATUS_INPUT, line_of(r, row), text_escape(name, header),
                         "%s, got '%s', want a number above 0", fault, text_escape(escaped, text)));
    return 0;
}

static int read_rows(struct reading *r)
{
    const size_t rows = r->csv.rows;
    r->month = calloc(rows, sizeof *r->month);
    r->line = calloc(rows, sizeof *r->line);
    r->number = calloc(rows, sizeof *r->number);
    if (!r->month || !r->line || !r->number)
        return report_error(r->report, STATUS_MEMORY, (struct place){r->source->path, 0, 0}, NULL, "out of memory");
    for (size_t row = 1; row < rows; row++) {
        if (!read_row(r, row, &r->month[r->count], &r->number[r->count])) continue;
        if (r->source->inverse) r->number[r->count] = 1.0 / r->number[r->count];
        r->line[r->count++] = r->csv.line[row];
    }
    return r->status;
}

/* ---- Spacing ---- */

static int check_spacing(struct reading *r, int step)
{
    for (int k = 1; k < r->count; k++) {
        char now[CALIBRATION_DATE_TEXT], before[CALIBRATION_DATE_TEXT];
        const int apart = r->month[k] - r->month[k - 1];
        if (apart == step) continue;
        note(r,
             report_error(r->report, STATUS_INPUT, (struct place){r->source->path, r->line[k], 0}, NULL,
                          "%s comes %s%s, want %s values without a gap%s", calibration_date_write(now, r->month[k], step == 12),
                          apart > 0 ? "after " : "behind ", calibration_date_write(before, r->month[k - 1], step == 12),
                          calibration_series_frequency(step), apart > 0 ? " (--from and --to choose a part)" : ", oldest first"));
    }
    return r->status;
}

/* The smallest distance that there is, unless it is said. */
static int find_spacing(struct reading *r, const struct calibration_window *window, int *step)
{
    char escaped[TEXT_ESCAPED];
    int least = 1 << 20;
    for (int k = 1; k < r->count; k++) {
        const int apart = abs(r->month[k] - r->month[k - 1]);
        if (apart < least) least = apart;
    }
    *step = window->frequency ? step_of(window->frequency) : least;
    if (!*step && window->frequency) {
        return report_error(r->report, STATUS_USAGE, (struct place){0}, "--frequency",
                            "got '%s', want monthly, quarterly or annual", text_escape(escaped, window->frequency));
    }
    if (!*step)
        return report_error(r->report, STATUS_INPUT, (struct place){r->source->path, 0, 0}, NULL,
                            "several values in one month, want monthly, quarterly or annual ones");
    if (*step == 1 || *step == 3 || *step == 12) return check_spacing(r, *step);
    return report_error(
        r->report, STATUS_INPUT, (struct place){r->source->path, 0, 0}, NULL,
        "values %d months apart, want monthly, quarterly or annual ones (--frequency says which, where some are missing)", *step);
}

/* Means of whole calendar years take the place of the rows. */
static void take_annual_means(struct reading *r, int step)
{
    const int each = 12 / step;
    int years = 0;
    for (int k = 0; k + each <= r->count;) {
        const int year = r->month[k] / 12;
        double sum = 0.0;
        int n = 0;
        while (k + n < r->count && r->month[k + n] / 12 == year) sum += r->number[k + n++];
        k += n;
        if (n < each) continue;
        r->month[years] = 12 * year;
        r->number[years++] = sum / each;
    }
    r->count = years;
}

static int finish(struct reading *r, struct calibration_series *series)
{
    if (r->count < NUMERIC_DIFFUSION_LEAST) {
        return report_error(r->report, STATUS_INPUT, (struct place){r->source->path, 0, 0}, NULL,
                            "%d %s in column '%.100s', want %d at least", r->count,
                            series->annual_means ? "whole years" : "values", series->column, NUMERIC_DIFFUSION_LEAST);
    }
    series->log = malloc((size_t)r->count * sizeof *series->log);
    if (!series->log) return report_error(r->report, STATUS_MEMORY, (struct place){r->source->path, 0, 0}, NULL, "out of memory");
    for (int k = 0; k < r->count; k++) series->log[k] = elementary_log(r->number[k]);
    series->count = r->count;
    series->first = r->month[0];
    return STATUS_OK;
}

static int read_file(struct reading *r, const struct calibration_window *window, struct calibration_series *series)
{
    int status = input_csv_read(r->source->path, &r->csv, r->report);
    if (!status) status = choose_columns(r);
    if (!status) text_escape(series->column, input_csv_cell(&r->csv, 0, r->value));
    if (!status) status = read_rows(r);
    if (!status && r->count < 2) status = finish(r, series);
    if (!status) status = find_spacing(r, window, &series->step);
    if (status) return status;
    series->annual_means = window->annual && series->step != 12;
    if (series->annual_means) take_annual_means(r, series->step);
    if (series->annual_means) series->step = 12;
    return finish(r, series);
}

int calibration_series_read(const struct calibration_source *source, const struct calibration_window *window,
                            struct report *report, struct calibration_series *series)
{
    struct reading r = {.source = source, .from = 0, .to = 1 << 20, .report = report};
    *series = (struct calibration_series){.path = source->path, .name = source->name, .inverse = source->inverse};
    int status = read_bound("--from", window->from, 0, &r.from, report), late = read_bound("--to", window->to, 1, &r.to, report);
    if (!status) status = late;
    if (!status && r.from > r.to)
        status = report_error(report, STATUS_USAGE, (struct place){0}, "--from", "got '%.40s', want no later than --to, '%.40s'",
                              window->from, window->to);
    if (!status) status = read_file(&r, window, series);
    input_csv_free(&r.csv);
    free(r.month);
    free(r.line);
    free(r.number);
    return status;
}

void calibration_series_free(struct calibration_series *series)
{
    free(series->log);
    series->log = NULL;
}
