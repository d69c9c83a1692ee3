/* output/result.h - reads a result file. A file that is not ours, damaged or newer is STATUS_REFUSED with the reason; one that
   cannot be opened at all is STATUS_FILE. */
#ifndef PACTOLUS_OUTPUT_RESULT_H
#define PACTOLUS_OUTPUT_RESULT_H
#include "base/status.h"
#include "output/table.h"

enum { RESULT_DIGEST = 33 };

struct output_result;

/* Reads and verifies all summaries once in a process of its own (output/probe.h), then opens. */
int output_result_open(struct output_result **result, const char *path, struct report *report);
/* Legal with NULL. */
void output_result_close(struct output_result *result);
/* Rows, labels and scenarios as the file has them (declared order); lives as long as the result. */
const struct output_table *output_result_table(const struct output_result *result);
/* What stands by scenario beside the rows: the parameters that differ between scenarios, and `weight` where there is one. */
struct output_coordinate {
    char *name;             /* "market.demand.us.volatility" */
    char unit[OUTPUT_UNIT]; /* of numbers; "" for texts */
    int text;               /* nonzero: values are texts, else numbers; the mixture of all scenarios has NaN or "" */
};
/* In the order of the file; they live as long as the result. */
size_t output_result_varied(const struct output_result *result, const struct output_coordinate **varied);
/* Values of the `index`-th one for scenarios [first, first + count): into x, or as texts that output_result_texts_free takes
   back (nothing to free after a failure). */
int output_result_varied_numbers(struct output_result *result, size_t index, size_t first, size_t count, double *x,
                                 struct report *report);
int output_result_varied_texts(struct output_result *result, size_t index, size_t first, size_t count, char **text,
                               struct report *report);
void output_result_texts_free(char **text, size_t count);
/* How many scenarios to read at a time if `doubles` numbers of each are wanted: whole chunks of the file, 16 MB at most. */
size_t output_result_room(const struct output_result *result, size_t doubles);
/* One row (its index in the table) of scenarios [first, first + count): count times row->count numbers. */
int output_result_slab(struct output_result *result, int row, size_t first, size_t count, double *values, struct report *report);
/* All rows of scenarios [first, first + count), table->doubles numbers of each. */
int output_result_scenarios(struct output_result *result, size_t first, size_t count, double *flat, struct report *report);
/* All rows of one scenario: table->doubles numbers. */
int output_result_scenario(struct output_result *result, size_t scenario, double *flat, struct report *report);
/* One row of one scenario, row->count numbers of `values`. STATUS_REFUSED if there is no such row. */
int output_result_row(struct output_result *result, const char *name, size_t scenario, double *values,
                      struct report *report);
/* A long text (deal_text, echo, provenance/command): the caller frees *text; NULL if there is none. */
int output_result_text(struct output_result *result, const char *name, char **text, struct report *report);
/* Calls back for each entry of /provenance in the order of writing. */
int output_result_provenance(struct output_result *result,
                             void (*entry)(const char *name, const char *value, void *context), void *context,
                             struct report *report);
/* The digest of everything outside /provenance; with `samples` the variables of single paths too. */
int output_result_digest(struct output_result *result, int samples, char out[RESULT_DIGEST], struct report *report);
/* Compares the stored digest with the content: STATUS_REFUSED if a bit is wrong. */
int output_result_verify(struct output_result *result, struct report *report);
#endif
