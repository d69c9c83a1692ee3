/* deals/deals.h - shipped deals against what was published: some rows of a deal's own scenario table, at a few paths.

   A deal is one file, test_NAME.c, and its name in CMakeLists.txt. Each check names the source of its bounds beside them; what
   a deal's inputs already contain is no check. Where the model cannot meet a published number the README of the deal says why. */
#ifndef TESTS_DEALS_H
#define TESTS_DEALS_H
#include <criterion/criterion.h>

#include "support/deal.h"

enum { DEALS_PATHS = 1024, DEALS_STEPS_MOST = 12 * 40, STEPS_A_YEAR = 4 };

/* Runs the named rows (ended by NULL) of scenarios/DEAL/scenarios.csv on scenarios/DEAL/deal.yaml, or fails the test. */
#define deals_run(deal, ...) deals_run_rows(deal, (const char *const[]){__VA_ARGS__, NULL})
struct pactolus_result *deals_run_rows(const char *deal, const char *const *rows);
/* The same of scenarios/DEAL/FILE.csv on scenarios/DEAL/FILE.yaml. */
#define deals_run_file(deal, file, ...) deals_run_table(deal, file, file, (const char *const[]){__VA_ARGS__, NULL})
struct pactolus_result *deals_run_table(const char *deal, const char *file, const char *table, const char *const *rows);
/* A number of one row for each partner. */
double deals_partner(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner);
/* A number of one row. */
double deals_number(const struct pactolus_result *result, const char *scenario, const char *name);
/* A line of the ledger: present value at the partner's rate, mean over the paths. */
double deals_ledger(const struct pactolus_result *result, const char *scenario, const char *partner, const char *line);
/* NAME_by_step of a partner (NULL: of the venture), mean over the paths. Returns the number of steps. */
int deals_steps(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner,
                double steps[DEALS_STEPS_MOST]);
/* Sum of steps first to last - 1; of a year from the start of the deal, 0 the first. */
double deals_sum(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner, int first, int last);
double deals_year(const struct pactolus_result *result, const char *scenario, const char *name, const char *partner, int year);

/* Present value of flows in the middle of their steps; the rate at which it is 0 (of money out, then back), within (-0.99, 1). */
double deals_worth(const double *flows, int steps, double rate);
double deals_return(const double *flows, int steps);

/* Expects low <= got <= high; the words say what it is. */
#define deals_between(got, low, high, ...) deals_expect(__LINE__, got, low, high, __VA_ARGS__)
void deals_expect(int line, double got, double low, double high, const char *format, ...) __attribute__((format(printf, 5, 6)));
#endif
