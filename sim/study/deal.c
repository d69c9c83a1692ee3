#include "study/deal.h"

#include <stdlib.h>
#include <string.h>

#include "input/file.h"

/* The registry of the records as they stand. */
static int read_registry(struct study_deal *deal, struct report *report)
{
    size_t count;
    const struct param_table *tables = deal_tables(&count);
    const struct param_column_reader columns = {input_column_read, &deal->columns};
    param_registry_free(&deal->registry);
    memset(&deal->registry, 0, sizeof deal->registry);
    deal->stale = 0;
    return param_registry_read(&deal->registry, tables, count, &deal->records, &columns, deal->path, report);
}

/* The text of a file as it is kept in the result: one that cannot be read has been told by the reader before. */
static char *read_text(const char *path)
{
    struct report unheard;
    struct input_file file = {0};
    report_init(&unheard);
    char *text = NULL;
    if (!input_file_load(path, &file, &unheard)) text = strdup(file.text);
    input_file_free(&file);
    report_free(&unheard);
    return text;
}

int study_deal_init(struct study_deal *deal, const char *path, struct report *report)
{
    int complete = 0;
    memset(deal, 0, sizeof *deal);
    deal->path = strdup(path);
    if (!deal->path) return report_error(report, STATUS_MEMORY, (struct place){path, 0, 0}, NULL, "out of memory");
    deal->columns.deal_path = deal->path;
    int status = input_deal_read(path, NULL, 0, &deal->records, &complete, report);
    const int section = input_sweep_take(&deal->records, &deal->sweep, report);
    if (!status) status = section;
    deal->file_records = deal->records.count;
    if (complete) {
        int failed = read_registry(deal, report);
        if (!status) status = failed;
    }
    if (!status) deal->text = read_text(path);
    return status;
}

void study_deal_forget_table(struct study_deal *deal)
{
    input_table_free(&deal->table);
    memset(&deal->table, 0, sizeof deal->table);
    free(deal->setting);
    free(deal->table_text);
    deal->setting = NULL;
    deal->table_text = NULL;
}

void study_deal_free(struct study_deal *deal)
{
    study_deal_forget_table(deal);
    param_registry_free(&deal->registry);
    input_sweep_free(&deal->sweep);
    param_record_free(&deal->records);
    input_column_free(&deal->columns);
    free(deal->text);
    free(deal->path);
    memset(deal, 0, sizeof *deal);
}

/* A table column and a setting of one name contradict each other. */
static int check_settings(const struct study_deal *deal, struct report *report)
{
    int status = STATUS_OK;
    for (size_t k = deal->file_records; k < deal->records.count; k++) {
        const struct input_override setting = {deal->records.record[k].name, deal->records.record[k].text};
        int one = input_table_check_overrides(&deal->table, &setting, 1, report);
        if (!status) status = one;
    }
    return status;
}

/* Every value of the table is read once here, so that all faults are told before anything runs. */
static int check_rows(struct study_deal *deal, struct report *report)
{
    int status = STATUS_OK;
    for (size_t row = 0; row < deal->table.rows; row++) {
        struct param_store store = {0};
        int one = input_table_settings(&deal->table, row, &deal->registry, &store, deal->setting, report);
        if (!status) status = one;
        param_store_free(&store);
    }
    return status;
}

/* `text` NULL: the file of this path. */
static int take_table(struct study_deal *deal, const char *path, const char *text, struct report *report)
{
    study_deal_forget_table(deal);
    int status = study_deal_refresh(deal, report);
    if (!status) status = text ? input_table_read_text(path, text, &deal->table, report) : input_table_read(path, &deal->table, report);
    if (!status) status = check_settings(deal, report);
    if (!status) {
        deal->setting = calloc((size_t)deal->table.parameters + 1, sizeof *deal->setting);
        if (!deal->setting) status = report_error(report, STATUS_MEMORY, (struct place){path, 0, 0}, NULL, "out of memory");
    }
    if (!status) status = input_table_resolve(&deal->table, &deal->registry, deal->setting, report);
    if (!status) status = check_rows(deal, report);
    if (!status) deal->table_text = text ? strdup(text) : read_text(path);
    if (status) study_deal_forget_table(deal);
    return status;
}

int study_deal_read_table(struct study_deal *deal, const char *path, struct report *report)
{
    return take_table(deal, path, NULL, report);
}

int study_deal_read_table_text(struct study_deal *deal, const char *name, const char *text, struct report *report)
{
    return take_table(deal, name, text, report);
}

int study_deal_refresh(struct study_deal *deal, struct report *report)
{
    if (!deal->stale) return STATUS_OK;
    int status = read_registry(deal, report);
    if (!status && deal->setting) status = input_table_resolve(&deal->table, &deal->registry, deal->setting, report);
    return status;
}

size_t study_deal_scenarios(const struct study_deal *deal)
{
    return deal->setting ? deal->table.rows : 1;
}

const char *study_deal_scenario(const struct study_deal *deal, size_t index, char buffer[INPUT_TABLE_LABEL])
{
    return deal->setting ? input_table_label(&deal->table, index, buffer) : "base";
}
