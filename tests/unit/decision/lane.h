/* One lane of a run of localise.yaml, step by step: costs, margins and what partners expect. Shared by the tests of strengths and brands. */
#ifndef PACTOLUS_TESTS_DECISION_LANE_H
#define PACTOLUS_TESTS_DECISION_LANE_H
#include <criterion/criterion.h>
#include <math.h>

#include "support/paths.h"

#define DEAL TESTS_DIR "/unit/decision/localise.yaml"
#define EXPECT_NEAR(got, want, within) cr_expect(fabs((got) - (want)) <= (within), #got ": got %.9g, want %.9g", (double)(got), (double)(want))

enum { STEPS = 10 };
#define SETS(...) (const char *const[]){__VA_ARGS__, NULL}

static struct {
    double unit[STEPS], external[STEPS], joint[STEPS], margin[2][STEPS], capex[STEPS], alone_unit[STEPS], alone_capex[STEPS], alone_cash[STEPS],
        own_capex[STEPS], staying[2][STEPS], leaving[2][STEPS], cash[2][STEPS], mode[STEPS], book[2], captured[2];
} seen;
static int lane;

static double cell(const lanes *column)
{
    return column ? plain(column)[lane] : NAN;
}

static void see(void *context, const struct engine_block *block, int n)
{
    (void)context;
    if (n >= STEPS) return;
    seen.mode[n] = cell(block->decision.mode);
    seen.unit[n] = cell(block->venture.unit_cost[0]);
    seen.external[n] = cell(block->venture.external_cost);
    seen.joint[n] = cell(block->contract.joint_profit);
    seen.capex[n] = cell(block->venture.capex);
    seen.own_capex[n] = cell(block->contract.own_capex[0]);
    seen.alone_unit[n] = cell(block->alone[0].unit_cost[0]);
    seen.alone_capex[n] = cell(block->alone[0].capex);
    seen.alone_cash[n] = cell(block->value.alone_cash[0]);
    for (int p = 0; p < 2; p++) {
        seen.margin[p][n] = cell(block->contract.flow[p][LINE_OWN_MARGIN]);
        seen.cash[p][n] = cell(block->value.cash[p]);
        seen.staying[p][n] = cell(block->decision.staying[p]);
        seen.leaving[p][n] = cell(block->decision.leaving_value[0][p]);
    }
}
#endif
