/* support/ports.h - a deal whose ports of decisions are open and written by a test, step by step, in place of the stage that
   decides: what happens then is up to programme, contract and value alone. All paths of the block are the same. */
#ifndef TESTS_SUPPORT_PORTS_H
#define TESTS_SUPPORT_PORTS_H
#include <criterion/criterion.h>
#include <math.h>

#include "bench.h"

enum { PORTS_STEPS = 4, PORTS_PARTNERS = 2 };

/* What the first path showed at the end of a step. */
struct ports_seen {
    double flow[PORTS_PARTNERS][LINES], cash[PORTS_PARTNERS], book[PORTS_PARTNERS], alone_cash[PORTS_PARTNERS];
    double ordered[PORTS_PARTNERS], made[PORTS_PARTNERS], transfer_price[PORTS_PARTNERS], take_or_pay[PORTS_PARTNERS];
    double after_made[PORTS_PARTNERS], after_capex[PORTS_PARTNERS], after_clock[PORTS_PARTNERS];
    double clock, capex, joint_profit;
};

struct ports {
    struct bench_deal bench;
    struct engine_block block;
    struct ports_seen seen[PORTS_STEPS];
    void (*write)(struct engine_block *block, int step); /* before step 1, 2, .. */
    int stops;                                           /* 1: the lone partners may stop */
};

/* Loads the worked example; its config (bench.deal) may be changed before the run. */
void ports_load(struct ports *ports);
/* Runs one block with the ports open. `write` may be NULL. */
void ports_run(struct ports *ports, void (*write)(struct engine_block *block, int step));
void ports_free(struct ports *ports);

/* Sets a column on all paths; the first path of one. */
void ports_set(lanes *column, double value);
double ports_get(const lanes *column);
/* Partner b leaves; a owns all, b is not served. Its settlement is up to the caller. */
void ports_leave(struct engine_block *block);

#define EXPECT_NEAR(got, want, tolerance)                                                                              \
    do {                                                                                                               \
        const double got_ = (got), want_ = (want);                                                                     \
        cr_expect(fabs(got_ - want_) <= (tolerance), #got ": got %.7f, want %.7f", got_, want_);                       \
    } while (0)
#endif
