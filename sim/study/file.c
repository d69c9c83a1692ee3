#include "study/file.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "param/echo.h"
#include "param/number.h"

static int out_of_memory(const struct study_run_config *config, struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){config->output, 0, 0}, NULL, "out of memory for the file");
}

/* ---- What varies between the scenarios ---- */

static const char *cell_of(const struct study_deal *deal, int parameter, size_t row)
{
    return input_csv_cell(&deal->table.csv, row + 1, deal->table.column[parameter]);
}

static int differs(const struct study_deal *deal, int parameter)
{
    for (size_t row = 1; row < deal->table.rows; row++) {
        if (strcmp(cell_of(deal, parameter, row), cell_of(deal, parameter, 0))) return 1;
    }
    return 0;
}

/* A column of plain numbers. The mixture of all rows, if there is one, has none. */
static int read_numbers(const struct study_deal *deal, int parameter, size_t all, double *number)
{
    for (size_t row = 0; row < all; row++) {
        const char *cell = row < deal->table.rows ? cell_of(deal, parameter, row) : NULL;
        number[row] = (double)NAN;
        if (cell && param_number_read((struct param_span){cell, strlen(cell)}, &number[row], NULL)) return 0;
    }
    return 1;
}

static int add_varied(struct study_file *file, const struct study_deal *deal, int parameter, size_t all)
{
    struct output_varied *varied = &file->varied[file->varied_count++];
    const char **text;
    double *number = calloc(all, sizeof *number);
    varied->name = input_table_name(&deal->table, parameter);
    varied->number = number;
    if (!number) return STATUS_MEMORY;
    if (read_numbers(deal, parameter, all, number)) {
        varied->unit = deal->setting[parameter].slot->row->unit;
        return STATUS_OK;
    }
    free(number);
    varied->number = NULL;
    varied->text = text = calloc(all, sizeof *text);
    if (!text) return STATUS_MEMORY;
    for (size_t row = 0; row < all; row++) text[row] = row < deal->table.rows ? cell_of(deal, parameter, row) : "";
    return STATUS_OK;
}

static int find_varied(struct study_file *file, const struct study_deal *deal, const char *const *failure, size_t all)
{
    const int parameters = deal->setting ? deal->table.parameters : 0;
    file->varied = calloc((size_t)parameters + 1, sizeof *file->varied);
    if (!file->varied) return STATUS_MEMORY;
    for (int k = 0; k < parameters; k++) {
        if (differs(deal, k) && add_varied(file, deal, k, all)) return STATUS_MEMORY;
    }
    file->failures = failure != NULL;
    if (failure) file->varied[file->varied_count++] = (struct output_varied){.name = "failure", .text = failure};
    return STATUS_OK;
}

/* ---- Texts and samples ---- */

static int make_texts(struct study_file *file, const struct study_deal *deal, struct report *report)
{
    int status = param_echo_write(&deal->registry, NULL, 0, 0, &file->echo, report);
    file->text[0] = (struct output_text){"deal_text", "The deal file as it was read.", deal->text};
    file->text[1] = (struct output_text){"echo", "Every name of the deal with its value, before the table.", file->echo};
    file->text[2] = (struct output_text){"table_text", "The scenario table as it was read.", deal->table_text};
    return status;
}

static void make_samples(struct study_file *file)
{
    file->sample[0] = (struct output_sample){"captured_sample", "M{currency}", "Value captured on each path.", {AXIS_PARTNER}};
    file->sample[1] = (struct output_sample){
        "ledger_sample", "M{currency}", "Lines of the ledger on each path; they add up to the value captured.", {AXIS_PARTNER, AXIS_LEDGER}};
    file->sample[2] = (struct output_sample){
        "transfer_sample", "M{currency}", "Payments from other partners less payments to them on each path, not discounted.", {AXIS_PARTNER}};
}

int study_file_init(struct study_file *file, const struct study_deal *deal, const struct study_result *result,
                    const char *const *failure, const struct study_run_config *config, struct report *report)
{
    memset(file, 0, sizeof *file);
    if (!config->output) return STATUS_OK;
    if (find_varied(file, deal, failure, result->table.scenarios)) return out_of_memory(config, report);
    int status = make_texts(file, deal, report);
    if (status) return status;
    make_samples(file);
    const struct output_file_config output = {.path = config->output,
                                              .force = config->force,
                                              .table = &result->table,
                                              .weight = result->weight,
                                              .varied = file->varied,
                                              .varied_count = file->varied_count,
                                              .text = file->text,
                                              .texts = 3,
                                              .sample = file->sample,
                                              .samples = config->samples ? 3 : 0,
                                              .paths = config->samples};
    return output_file_create(&file->file, &output, report);
}

static int write_samples(struct study_file *file, size_t scenario, const struct engine_samples *samples, struct report *report)
{
    const double *const column[3] = {samples->captured, samples->ledger, samples->transfers};
    const size_t partners = (size_t)samples->partners, cells[3] = {partners, partners * LINES, partners};
    for (int k = 0; k < 3; k++) {
        for (size_t cell = 0; cell < cells[k]; cell++) {
            const double *x = column[k] + cell * samples->limit;
            int status = output_file_samples(file->file, k, scenario, cell, 0, x, (size_t)samples->limit, report);
            if (status) return status;
        }
    }
    return STATUS_OK;
}

int study_file_write(struct study_file *file, size_t scenario, const double *flat, const struct engine_samples *samples,
                     struct report *report)
{
    if (!file->file) return STATUS_OK;
    int status = output_file_scenario(file->file, scenario, flat, report);
    return status || !samples || !samples->limit ? status : write_samples(file, scenario, samples, report);
}

/* ---- Provenance ---- */

static void write_time(char *text, size_t size)
{
    const time_t now = time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc) || !strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &utc)) snprintf(text, size, "unknown");
}

int study_file_commit(struct study_file *file, const struct study_run_config *config, const char *level, double seconds,
                      struct report *report)
{
    char when[32], host[256], seed[24], paths[24], threads[16], took[32];
    if (!file->file) return STATUS_OK;
    write_time(when, sizeof when);
    if (gethostname(host, sizeof host)) snprintf(host, sizeof host, "unknown");
    host[sizeof host - 1] = 0;
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)config->seed);
    snprintf(paths, sizeof paths, "%llu", (unsigned long long)config->paths);
    snprintf(threads, sizeof threads, "%d", config->threads);
    snprintf(took, sizeof took, "%.3f", seconds);
    const struct output_provenance entries[] = {
        {"time", when},
        {"host", host},
        {"command", config->command ? config->command : ""},
        {"version", config->build.version},
        {"revision", config->build.revision},
        {"compiler", config->build.compiler},
        {"flags", config->build.flags},
        {"libraries", config->build.libraries},
        {"level", level},
        {"threads", threads},
        {"seed", seed},
        {"paths", paths},
        {"seconds", took},
    };
    return output_file_commit(file->file, entries, sizeof entries / sizeof *entries, report);
}

void study_file_free(struct study_file *file)
{
    output_file_destroy(file->file);
    for (int k = 0; k < file->varied_count - file->failures; k++) {
        free((void *)file->varied[k].number);
        free((void *)file->varied[k].text);
    }
    free(file->varied);
    free(file->echo);
    memset(file, 0, sizeof *file);
}
