#include "deals/deals.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_MOST = 8192, NAME_MOST = 512 };

static void demand(int status, const struct pactolus_messages *messages)
{
    if (status == PACTOLUS_OK) return;
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) cr_log_error("%s", pactolus_messages_text(messages, k));
    cr_assert_fail("status %d", status);
}

static int is_row(const char *line, const char *const *rows)
{
    const size_t length = strcspn(line, ",");
    for (; *rows; rows++) {
        if (strlen(*rows) == length && !strncmp(*rows, line, length)) return 1;
    }
    return 0;
}

/* The head of a table and the named rows of it, as a file of its own. */
static void pick_rows(const char *table, const char *const *rows, char *picked)
{
    char line[LINE_MOST];
    size_t wanted = 0, found = 0;
    FILE *from = fopen(table, "r");
    const int file = mkstemp(picked);
    cr_assert(from && file >= 0, "%s, %s", table, picked);
    FILE *to = fdopen(file, "w");
    cr_assert_not_null(to);
    for (int head = 1; fgets(line, sizeof line, from); head = 0) {
        const int is = is_row(line, rows);
        if (head || is) fputs(line, to);
        found += (size_t)is;
    }
    while (rows[wanted]) wanted++;
    fclose(from);
    cr_assert_eq(fclose(to), 0);
    cr_assert_eq(found, wanted, "%s has %zu of %zu rows", table, found, wanted);
}

struct pactolus_result *deals_run_rows(const char *deal, const char *const *rows)
{
    return deals_run_table(deal, "deal", "scenarios", rows);
}

struct pactolus_result *deals_run_table(const char *name, const char *file, const char *csv, const char *const *rows)
{
    char path[NAME_MOST], table[NAME_MOST], picked[] = "/tmp/pactolus-deals-XXXXXX";
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    struct pactolus_result *result = NULL;
    struct pactolus_run_options options;
    snprintf(path, sizeof path, PROJECT_DIR "/scenarios/%s/%s.yaml", name, file);
    snprintf(table, sizeof table, PROJECT_DIR "/scenarios/%s/%s.csv", name, csv);
    pick_rows(table, rows, picked);
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    pactolus_run_options_init(&options);
    options.paths = DEALS_PATHS;
    demand(pactolus_deal_load(path, messages, &deal), messages);
    const int read = pactolus_deal_load_scenarios(deal, picked, messages);
    unlink(picked);
    demand(read, messages);
    demand(pactolus_run(deal, &options, NULL, NULL, messages, &result), messages);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
    return result;
}

static size_t find(const struct pactolus_result *result, const char *scenario)
{
    for (size_t k = 0; k < pactolus_result_scenarios(result); k++) {
        if (!strcmp(pactolus_result_scenario(result, k), scenario)) return k;
    }
    cr_assert_fail("no scenario '%s'", scenario);
    return 0;
}

double deals_partner(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner)
{
    return support_cell(result, name, find(result, scenario), partner, NULL);
}

double deals_number(const struct pactolus_result *result, const char *scenario, const char *name)
{
    return support_cell(result, name, find(result, scenario), NULL);
}

double deals_ledger(const struct pactolus_result *result, const char *scenario, const char *partner, const char *line)
{
    return support_cell(result, "ledger_mean", find(result, scenario), partner, line, NULL);
}

int deals_steps(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner,
                double steps[DEALS_STEPS_MOST])
{
    char row_name[64];
    struct pactolus_row row;
    snprintf(row_name, sizeof row_name, "%s_by_step", name);
    cr_assert_eq(pactolus_result_row(result, row_name, find(result, scenario), NULL, &row), PACTOLUS_OK, "no row '%s'", row_name);
    const int last = row.dimensions - 1, of_partners = partner != NULL;
    cr_assert(last == of_partners && !strcmp(row.dimension[last], "step"), "%s is not by %s", row_name, partner ? "partner" : "step alone");
    const ptrdiff_t p = partner ? pactolus_result_find(result, "partner", partner) : 0;
    cr_assert(p >= 0 && row.size[last] <= DEALS_STEPS_MOST, "no partner '%s'", partner);
    memcpy(steps, row.values + (size_t)p * row.size[last], row.size[last] * sizeof *steps);
    return (int)row.size[last];
}

double deals_sum(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner, int first, int last)
{
    double steps[DEALS_STEPS_MOST], sum = 0.0;
    cr_assert_leq(last, deals_steps(result, scenario, name, partner, steps));
    for (int n = first; n < last; n++) sum += steps[n];
    return sum;
}

double deals_year(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner, int year)
{
    return deals_sum(result, scenario, name, partner, STEPS_A_YEAR * year, STEPS_A_YEAR * (year + 1));
}

double deals_worth(const double *flows, int steps, double rate)
{
    double worth = 0.0;
    for (int n = 0; n < steps; n++) worth += flows[n] * pow(1.0 + rate, -((double)n + 0.5) / (double)STEPS_A_YEAR);
    return worth;
}

double deals_return(const double *flows, int steps)
{
    double low = -0.99, high = 1.0;
    for (int k = 0; k < 60; k++) {
        const double middle = 0.5 * (low + high);
        if (deals_worth(flows, steps, middle) > 0.0) low = middle;
        else high = middle;
    }
    return low;
}

void deals_expect(int line, double got, double low, double high, const char *format, ...)
{
    char what[NAME_MOST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    cr_expect(got >= low && got <= high, "line %d: %s: got %g, want %g to %g", line, what, got, low, high);
}
