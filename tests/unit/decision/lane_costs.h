/* Costs, margins and what partners expect of one lane, step by step. Shared by the tests of strengths and brands. */
#ifndef PACTOLUS_TESTS_DECISION_LANE_COSTS_H
#define PACTOLUS_TESTS_DECISION_LANE_COSTS_H
#include "lane.h"

static struct {
    double unit[STEPS], external[STEPS], joint[STEPS], margin[2][STEPS], capex[STEPS], alone_unit[STEPS], alone_capex[STEPS], alone_cash[STEPS],
        own_capex[STEPS], staying[2][STEPS], leaving[2][STEPS], cash[2][STEPS], mode[STEPS], book[2], captured[2];
} seen;

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
