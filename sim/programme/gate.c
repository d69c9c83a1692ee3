/* Gates: programme years at which something must be shown before the clock goes on. docs/model.md (4.9). */
#include "base/lanes_math.h"
#include "programme/programme.h"

static void fill(lanes *restrict column, double x)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) column[i] = all_lanes(x);
}

void programme_gate_begin(const struct programme_plan *plan, struct programme_block *block)
{
    fill(block->missed, 0.0);
    fill(block->retry, 0.0);
    for (int k = 0; k < plan->gates; k++) {
        const int g = plan->gate[k].name;
        fill(block->gate[g], (double)GATE_OPEN);
        fill(block->wait[g], 0.0);
        fill(block->attempts[g], (double)plan->gate[k].config->attempts);
    }
}

/* What was passed at the end of the last step falls due in this one. */
void programme_gate_turn(const struct programme_plan *plan, struct programme_block *block)
{
    fill(block->missed, 0.0);
    for (int k = 0; k < plan->gates; k++) {
        lanes *status = block->gate[plan->gate[k].name];
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            flags passed = (flags)(status[i] >= (double)GATE_PASSED);
            status[i] = choose(passed, least(status[i] + 1.0, all_lanes((double)GATE_PAST)), status[i]);
        }
    }
}

/* The clock stops at the first gate that is not passed. */
void programme_gate_hold(const struct programme_plan *plan, const struct programme_block *block, lanes *restrict next)
{
    for (int k = 0; k < plan->gates; k++) {
        const struct programme_gate_config *config = plan->gate[k].config;
        const lanes *status = block->gate[plan->gate[k].name];
        if (config->independent) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes stop = least(next[i], most(block->clock[i], all_lanes(config->at)));
            next[i] = choose((flags)(status[i] < (double)GATE_PASSED), stop, next[i]);
        }
    }
}

/* One attempt on one path. */
static void attempt(const struct programme_plan *plan, struct programme_block *block, const struct programme_gate *gate, double success,
                    double cost, size_t i, int l)
{
    const int g = gate->name, left = (int)block->attempts[g][i][l], made = gate->config->attempts - left;
    const uint64_t path = block->first_path + i * LANES + (uint64_t)l;
    if (plan->sure || random_uniform_single(gate->key, path, (uint32_t)made) < success) {
        block->gate[g][i][l] = (double)GATE_PASSED;
        return;
    }
    block->missed[i][l] = 1.0;
    block->attempts[g][i][l] = (double)(left - 1);
    block->wait[g][i][l] = (double)gate->retry_steps;
    if (left > 1) {
        block->retry[i][l] += cost;
        return;
    }
    block->gate[g][i][l] = (double)GATE_FAILED;
    if (!gate->config->independent) block->ended[i][l] = (double)END_GATE;
}

static void try_gate(const struct programme_plan *plan, struct programme_block *block, const struct programme_gate *gate,
                     const lanes *drawn, struct parameter progress, flags *restrict held)
{
    PARAMETER(success, drawn, gate->config->success);
    PARAMETER(cost, drawn, gate->config->retry_cost);
    lanes *status = block->gate[gate->name], *wait = block->wait[gate->name];
    const double at_least = gate->config->at - PROGRAMME_SLACK;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags runs = (flags)(at(progress, i) > 0.0), open = (flags)(status[i] == (double)GATE_OPEN);
        wait[i] = choose(runs, most(wait[i] - 1.0, all_lanes(0.0)), wait[i]);
        flags tried = open & runs & (flags)(block->clock[i] >= at_least) & (flags)(wait[i] < 0.5);
        if (!gate->config->independent) {
            tried &= ~held[i];
            held[i] |= (flags)(status[i] < (double)GATE_PASSED);
        }
        for (int l = 0; any(tried) && l < LANES; l++) {
            if (tried[l]) attempt(plan, block, gate, at(success, i)[l], at(cost, i)[l], i, l);
        }
    }
}

/* At the end of a step: the first gate that holds the clock, and those that hold nothing. */
void programme_gate_try(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn, struct parameter progress)
{
    flags held[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) held[i] = (flags){0};
    for (int k = 0; k < plan->gates; k++) try_gate(plan, block, &plan->gate[k], drawn, progress, held);
}

/* Multiplies a cost of each path by the factors of the gates that it has passed. */
void programme_gate_better(const struct programme_plan *plan, const struct programme_block *block, int conversion,
                           const lanes *drawn, lanes *restrict cost)
{
    for (int k = 0; k < plan->gates; k++) {
        const struct programme_gate_config *config = plan->gate[k].config;
        const struct param_number number = conversion ? config->conversion_factor : config->material_factor;
        PARAMETER(factor, drawn, number);
        const lanes *status = block->gate[plan->gate[k].name];
        for (size_t i = 0; number_differs(number, 1.0) && i < BLOCK_LANES; i++) {
            cost[i] *= choose((flags)(status[i] >= (double)GATE_DUE), at(factor, i), all_lanes(1.0));
        }
    }
}
