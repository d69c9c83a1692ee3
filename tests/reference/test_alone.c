/* What a partner alone foresees of its own end: the same in both arms, and the same as what then comes. docs/model.md (7.7). */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "support/paths.h"

/* Going on is worth more than stopping on every path: a partner that may stop then does what one that may not does. */
static const struct goes_on {
    const char *what;
    const char *const *sets;
} goes_on[] = {
    /* 50 a year, and 1000 again twice, at an adverse event or at the horizon, now or then */
    {"scarce capital, an adverse event", (const char *const[]){"partners.a.capital_premium", "1", "standalone.a.adverse.rate", "0.2", NULL}},
    /* what a stop loses is carried, and lost: 1 a year is better */
    {"losses carried forward", (const char *const[]){"partners.a.tax_losses", "carry_forward", "partners.a.tax_rate", "0.3",
                                                     "standalone.a.material.cost", "9.9", "valuation.depreciation_rate", "0.1",
                                                     "valuation.terminal_multiple", "0", "contract.exit.multiple", "0", NULL}},
    /* what is lost at an adverse event too: 200 at once, taxed on nothing, or a book that brings its own depreciation, and 51 a year */
    {"losses carried forward, an adverse event", (const char *const[]){"partners.a.tax_losses", "carry_forward", "partners.a.tax_rate", "0.3",
                                                     "standalone.a.material.cost", "5", "standalone.a.adverse.rate", "0.1",
                                                     "contract.exit.multiple", "0.2", "valuation.terminal_multiple", "0.2", NULL}},
};

static void run_alone(const struct goes_on *one, const char *stops, double value[BLOCK_PATHS])
{
    const char *with[40];
    size_t n = 0;
    struct paths run;
    for (; one->sets[n]; n++) with[n] = one->sets[n];
    with[n++] = "standalone.a.stops";
    with[n++] = stops;
    with[n] = NULL;
    paths_open(&run, TESTS_DIR "/reference/deals/stops.yaml", with);
    paths_run(&run, 0, NULL, NULL);
    memcpy(value, plain(run.block.value.alone_value[0]), BLOCK_PATHS * sizeof *value);
    paths_close(&run);
}

Test(reference_alone, goes_on_where_that_is_worth_more)
{
    for (size_t k = 0; k < sizeof goes_on / sizeof *goes_on; k++) {
        double may[BLOCK_PATHS], may_not[BLOCK_PATHS];
        run_alone(&goes_on[k], "yes", may);
        run_alone(&goes_on[k], "no", may_not);
        for (int l = 0; l < BLOCK_PATHS; l++) cr_expect_eq(may[l], may_not[l], "%s, path %d: %g and %g", goes_on[k].what, l, may[l], may_not[l]);
    }
}

/* The neutral deal, dearer or cheaper than planned, that an adverse event ends in both arms: strangers pay the same for its books. */
#define DREW(programme) programme ".adverse.rate", "0.2", programme ".capex.overrun", "uniform(0.5, 2)"
Test(reference_alone, is_paid_what_the_venture_is)
{
    static const char *const sets[] = {DREW("venture"), DREW("standalone.a"), DREW("standalone.b"), NULL};
    struct paths run;
    int ended = 0;
    paths_open(&run, TESTS_DIR "/reference/deals/neutral.yaml", sets);
    for (uint64_t first = 0; first < 1024; first += BLOCK_PATHS) {
        paths_run(&run, first, NULL, NULL);
        for (int l = 0; l < BLOCK_PATHS; l++) ended += plain(run.block.decision.exit_cause[0])[l] == (double)CAUSE_ADVERSE;
        for (int p = 0; p < 2; p++) {
            for (int l = 0; l < BLOCK_PATHS; l++) {
                const double captured = plain(run.block.value.captured[p])[l];
                cr_expect(fabs(captured) < 1e-4, "path %d, partner %s: %g", (int)first + l, p ? "b" : "a", captured);
            }
        }
    }
    paths_close(&run);
    cr_expect(ended > 200, "%d paths", ended);
}
