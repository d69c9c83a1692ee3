/* support/example.h - the worked example with some values set, for tests of one rule at a time. */
#ifndef TESTS_SUPPORT_EXAMPLE_H
#define TESTS_SUPPORT_EXAMPLE_H
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "support/deal.h"

/* Runs the example with pairs name, value, ended by NULL. */
#define example_with(...) support_run(TESTS_DIR "/reference/deals/example1.yaml", (const char *const[]){__VA_ARGS__, NULL}, 64, 1)

static inline double by_step(const struct pactolus_result *result, const char *row, const char *partner, int n)
{
    char name[64], step[16];
    snprintf(name, sizeof name, "%s_by_step", row);
    snprintf(step, sizeof step, "%d", n);
    return partner ? support_cell(result, name, 0, partner, step, NULL) : support_cell(result, name, 0, step, NULL);
}

/* Checks a row over the four steps, to 1e-5. */
static inline void expect_steps(const struct pactolus_result *result, const char *row, const char *partner, const double want[4])
{
    for (int n = 0; n < 4; n++) {
        const double got = by_step(result, row, partner, n);
        cr_expect(isnan(want[n]) || fabs(got - want[n]) <= 1e-5, "%s %s step %d: got %.7f, want %.7f", row,
                  partner ? partner : "", n, got, want[n]);
    }
}
#define STEPS(...) ((const double[4]){__VA_ARGS__})
#endif
