#include "api/export.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { EDITS = 2, HINT = 160 };

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the names of an export");
}

/* A name at most two typing errors away, or else one that goes on where the unknown one ends; "" if there is none. */
struct hint {
    const char *name, *nearest;
    int least;
};

static void consider(struct hint *hint, const char *known)
{
    const size_t n = strlen(hint->name);
    int distance = text_distance(hint->name, known, EDITS);
    if (distance <= EDITS && (size_t)distance >= n) return; /* every name is near a name of one letter */
    if (distance > EDITS && n > 0 && strncmp(known, hint->name, n) == 0 && (known[n] == '_' || known[n] == '.')) distance = EDITS + 1;
    else if (distance > EDITS) return;
    if (distance < hint->least) hint->least = distance, hint->nearest = known;
}

static int refuse(const struct hint *hint, const char *path, const char *what, struct report *report)
{
    char escaped[TEXT_ESCAPED], nearest[TEXT_ESCAPED], words[HINT] = "";
    if (hint->nearest) snprintf(words, sizeof words, "; did you mean '%s'?", text_escape(nearest, hint->nearest));
    return report_error(report, STATUS_USAGE, (struct place){path, 0, 0}, NULL, "the result has no %s '%s'%s", what,
                        text_escape(escaped, hint->name), words);
}

static int refuse_twice(const char *path, const char *what, const char *name, struct report *report)
{
    char escaped[TEXT_ESCAPED];
    return report_error(report, STATUS_USAGE, (struct place){path, 0, 0}, NULL, "the %s '%s' is wanted twice", what,
                        text_escape(escaped, name));
}

/* ---- Rows ---- */

static int add_row(struct api_choice *choice, const struct output_table *table, const char *name, const char *path,
                   struct report *report)
{
    struct hint hint = {name, NULL, EDITS + 2};
    const struct result_row *row = output_table_row(table, name);
    for (int r = 0; r < table->rows && !row; r++) consider(&hint, table->row[r].name);
    if (!row) return refuse(&hint, path, "row", report);
    for (int r = 0; r < choice->rows; r++) {
        if (choice->row[r] == (int)(row - table->row)) return refuse_twice(path, "row", name, report);
    }
    choice->row[choice->rows++] = (int)(row - table->row);
    return STATUS_OK;
}

static int choose_rows(struct api_choice *choice, const struct output_table *table, const struct pactolus_export_options *options,
                       const char *path, struct report *report)
{
    int status = STATUS_OK;
    choice->row = calloc((size_t)table->rows + 1, sizeof *choice->row);
    if (!choice->row) return out_of_memory(report);
    for (size_t k = 0; options->rows && k < options->rows_count; k++) { /* all faulty names are told */
        int failed = add_row(choice, table, options->rows[k], path, report);
        if (failed) status = failed;
    }
    for (int r = 0; r < table->rows && !options->rows; r++) {
        if (options->full || table->row[r].level == RESULT_HEADLINE) choice->row[choice->rows++] = r;
    }
    return status;
}

/* ---- Scenarios: sorted by name, since there may be a million of them ---- */

struct name {
    const char *text;
    int found;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

static int tell_missing(const struct name *name, size_t count, const struct output_table *table, const char *path,
                        struct report *report)
{
    int status = STATUS_OK;
    for (size_t k = 0; k < count; k++) {
        struct hint hint = {name[k].text, NULL, EDITS + 2};
        if (k > 0 && !strcmp(name[k - 1].text, name[k].text)) continue; /* told already */
        if (k + 1 < count && !strcmp(name[k + 1].text, name[k].text)) status = refuse_twice(path, "scenario", name[k].text, report);
        else if (!name[k].found) {
            for (size_t s = 0; s < table->scenarios && report->shown < REPORT_SHOWN; s++) consider(&hint, table->scenario[s]);
            status = refuse(&hint, path, "scenario", report);
        }
    }
    return status;
}

static int choose_scenarios(struct api_choice *choice, const struct output_table *table, const struct pactolus_export_options *options,
                            const char *path, struct report *report)
{
    const size_t count = options->scenarios_count;
    struct name *name = calloc(count + 1, sizeof *name);
    choice->wanted = calloc(table->scenarios + 1, 1);
    if (!name || !choice->wanted) {
        free(name);
        return out_of_memory(report);
    }
    for (size_t k = 0; k < count; k++) name[k].text = options->scenarios[k];
    qsort(name, count, sizeof *name, by_text);
    for (size_t s = 0; s < table->scenarios; s++) {
        const struct name key = {table->scenario[s], 0};
        struct name *found = bsearch(&key, name, count, sizeof *name, by_text);
        if (!found) continue;
        found->found = 1;
        choice->wanted[s] = 1;
    }
    int status = tell_missing(name, count, table, path, report);
    free(name);
    return status;
}

int api_choice_init(struct api_choice *choice, const struct output_table *table, const struct pactolus_export_options *options,
                    const char *path, struct report *report)
{
    *choice = (struct api_choice){0};
    int status = choose_rows(choice, table, options, path, report);
    if (options->scenarios && status != STATUS_MEMORY) {
        int failed = choose_scenarios(choice, table, options, path, report);
        if (failed) status = failed;
    }
    return status;
}

void api_choice_free(struct api_choice *choice)
{
    free(choice->row);
    free(choice->wanted);
    *choice = (struct api_choice){0};
}
