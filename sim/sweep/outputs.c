#include "sweep/outputs.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "param/number.h"
#include "study/file.h"
#include "sweep/plan.h"

struct outputs {
    const char *path;
    struct input_csv csv;
    struct result_row *row; /* an output each */
    int *column;            /* of each, its place in the csv */
    int rows;
    double *flat;           /* of one point */
};

static struct place line_of(const struct outputs *outputs, size_t csv_row)
{
    return (struct place){outputs->path, outputs->csv.line[csv_row], 0};
}

/* ---- Header ---- */

/* What can be the name of a variable and is none that the file has anyway. */
static const char *name_fault(const struct outputs *outputs, const struct study_deal *deal, const char *name)
{
    static const char *const taken[] = {"weight", "failure", "deal_text", "table_text", "echo", "provenance", "path"};
    if (!isalpha((unsigned char)*name) || strlen(name) >= sizeof outputs->row->name) return "want a letter first, less than 64 in all";
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-")]) return "want letters, digits, _ . -";
    for (size_t k = 0; k < sizeof taken / sizeof *taken; k++) {
        if (!strcmp(name, taken[k])) return "is a name of the result file itself";
    }
    for (enum statistics_axis axis = AXIS_PARTNER; axis < AXIS_COUNT; axis++) {
        if (!strcmp(name, output_axis_name(axis))) return "is a name of the result file itself";
    }
    for (int k = 0; deal->setting && k < deal->table.parameters; k++) {
        if (!strcmp(name, input_table_name(&deal->table, k))) return "is a parameter that the points vary";
    }
    for (int k = 0; k < outputs->rows; k++) {
        if (!strcmp(name, outputs->row[k].name)) return "is the name of two columns";
    }
    return NULL;
}

static int read_header(struct outputs *outputs, const struct study_deal *deal, struct report *report)
{
    int status = STATUS_OK;
    char shown[TEXT_ESCAPED];
    outputs->row = calloc((size_t)outputs->csv.columns, sizeof *outputs->row);
    outputs->column = calloc((size_t)outputs->csv.columns, sizeof *outputs->column);
    outputs->flat = calloc((size_t)outputs->csv.columns, sizeof *outputs->flat);
    if (!outputs->row || !outputs->column || !outputs->flat) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for outputs");
    }
    for (int k = 0; k < outputs->csv.columns; k++) {
        const char *name = input_csv_cell(&outputs->csv, 0, k), *fault;
        const int label = !strcmp(name, "scenario");
        if (label && k == input_csv_column(&outputs->csv, name)) continue;
        fault = label ? "is the name of two columns" : name_fault(outputs, deal, name);
        if (fault) status = report_error(report, STATUS_INPUT, line_of(outputs, 0), NULL, "column '%s': %s", text_escape(shown, name), fault);
        if (fault) continue;
        struct result_row *row = &outputs->row[outputs->rows];
        *row = (struct result_row){.unit = "1", .level = RESULT_HEADLINE, .offset = (size_t)outputs->rows, .count = 1};
        snprintf(row->name, sizeof row->name, "%s", name);
        snprintf(row->sentence, sizeof row->sentence, "Output of another program.");
        outputs->column[outputs->rows++] = k;
    }
    if (!status && !outputs->rows) status = report_error(report, STATUS_INPUT, line_of(outputs, 0), NULL, "no column of outputs");
    return status;
}

/* ---- Rows ---- */

static int read_cell(const struct outputs *outputs, size_t row, int k, double *x, struct report *report)
{
    const char *cell = input_csv_cell(&outputs->csv, row, outputs->column[k]), *fault;
    char shown[TEXT_ESCAPED];
    *x = (double)NAN;
    if (!*cell || !strcmp(cell, "NA") || !strcmp(cell, "NaN") || !strcmp(cell, "nan")) return STATUS_OK;
    fault = param_number_read((struct param_span){cell, strlen(cell)}, x, NULL);
    return fault ? report_error(report, STATUS_INPUT, line_of(outputs, row), outputs->row[k].name, "%s, got '%s'", fault,
                                text_escape(shown, cell))
                 : STATUS_OK;
}

static int check_rows(struct outputs *outputs, const struct study_deal *deal, struct report *report)
{
    const size_t points = study_deal_scenarios(deal), rows = outputs->csv.rows - 1;
    const int label = input_csv_column(&outputs->csv, "scenario");
    char buffer[INPUT_TABLE_LABEL], shown[TEXT_ESCAPED];
    int status = STATUS_OK;
    if (rows != points) {
        return report_error(report, STATUS_INPUT, (struct place){outputs->path, 0, 0}, NULL, "%zu rows, want one for each of %zu points",
                            rows, points);
    }
    for (size_t row = 1; row <= rows; row++) {
        const char *name = study_deal_scenario(deal, row - 1, buffer), *got = label < 0 ? name : input_csv_cell(&outputs->csv, row, label);
        if (strcmp(name, got)) {
            status = report_error(report, STATUS_INPUT, line_of(outputs, row), "scenario", "got '%s', want '%s': the points in their order",
                                  text_escape(shown, got), name);
        }
        for (int k = 0; k < outputs->rows; k++) {
            int one = read_cell(outputs, row, k, &outputs->flat[k], report);
            if (one) status = one;
        }
    }
    return status;
}

static int write_rows(struct outputs *outputs, struct study_file *file, const struct study_deal *deal, struct report *report)
{
    int status = STATUS_OK;
    for (size_t point = 0; point < study_deal_scenarios(deal) && !status; point++) {
        for (int k = 0; k < outputs->rows && !status; k++) status = read_cell(outputs, point + 1, k, &outputs->flat[k], report);
        if (!status) status = study_file_write(file, point, outputs->flat, NULL, report);
    }
    return status;
}

/* The frame is that of the deal; the rows are the outputs. */
static int write_file(struct outputs *outputs, struct sweep_plan *plan, struct report *report)
{
    struct study_file file = {0};
    struct output_table *table = &plan->result.table;
    struct study_run_config run = plan->config->run;
    const struct output_table own = *table;
    run.samples = 0;
    table->row = outputs->row;
    table->rows = outputs->rows;
    table->doubles = (size_t)outputs->rows;
    int status = study_file_init(&file, plan->deal, &plan->result, NULL, &run, report);
    if (!status) status = write_rows(outputs, &file, plan->deal, report);
    if (!status) status = study_file_commit(&file, &run, "none", 0.0, report);
    study_file_free(&file);
    *table = own;
    return status;
}

int sweep_outputs_write(struct study_deal *deal, const struct sweep_config *config, const char *path,
                        struct sweep_outcome *outcome, struct report *report)
{
    struct sweep_plan plan;
    struct outputs outputs = {.path = path};
    memset(outcome, 0, sizeof *outcome);
    int status = sweep_plan_init(&plan, deal, config, report);
    if (!status) status = input_csv_read(path, &outputs.csv, report);
    if (!status) status = read_header(&outputs, deal, report);
    if (!status || (status == STATUS_INPUT && outputs.flat)) { /* rows are looked at beside a faulty header, too */
        const int checked = check_rows(&outputs, deal, report);
        if (!status) status = checked;
    }
    if (!status) status = write_file(&outputs, &plan, report);
    outcome->points = plan.points;
    outcome->done = status ? 0 : plan.points;
    outcome->merged = !status;
    input_csv_free(&outputs.csv);
    free(outputs.row);
    free(outputs.column);
    free(outputs.flat);
    sweep_plan_free(&plan);
    return status;
}
