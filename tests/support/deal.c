#include "support/deal.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static void demand(int status, const struct pactolus_messages *messages)
{
    if (status == PACTOLUS_OK) return;
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) cr_log_error("%s", pactolus_messages_text(messages, k));
    cr_assert_fail("status %d", status);
}

struct pactolus_result *support_run(const char *deal, const char *const *sets, uint64_t paths, uint64_t seed)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *loaded = NULL;
    struct pactolus_result *result = NULL;
    struct pactolus_run_options options;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    pactolus_run_options_init(&options);
    options.paths = paths;
    options.seed = seed;
    demand(pactolus_deal_load(deal, messages, &loaded), messages);
    for (; sets && *sets; sets += 2) demand(pactolus_deal_set(loaded, sets[0], sets[1], messages), messages);
    demand(pactolus_run(loaded, &options, NULL, NULL, messages, &result), messages);
    pactolus_deal_destroy(loaded);
    pactolus_messages_destroy(messages);
    return result;
}

static size_t find(const struct pactolus_result *result, const struct pactolus_row *row, int dimension, const char *label)
{
    if (!strcmp(row->dimension[dimension], "step")) return strtoul(label, NULL, 10);
    ptrdiff_t at = pactolus_result_find(result, row->dimension[dimension], label);
    cr_assert_geq(at, 0, "no %s '%s'", row->dimension[dimension], label);
    return (size_t)at;
}

double support_cell(const struct pactolus_result *result, const char *name, size_t scenario, ...)
{
    struct pactolus_row row;
    size_t at = 0;
    cr_assert_eq(pactolus_result_row(result, name, scenario, NULL, &row), PACTOLUS_OK, "no row '%s'", name);
    va_list labels;
    va_start(labels, scenario);
    for (int d = 0; d < row.dimensions; d++) {
        const char *label = va_arg(labels, const char *);
        cr_assert_not_null(label, "row %s wants %d labels", name, row.dimensions);
        at = at * row.size[d] + find(result, &row, d, label);
    }
    va_end(labels);
    cr_assert_lt(at, row.count);
    return row.values[at];
}
