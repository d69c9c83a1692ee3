#include "decision/timing.h"

#include "decision/grid.h"

void decision_timing_begin(struct timing *t, const struct programme_plan *programme, const struct known_clock *clock, lanes delay)
{
    t->programme = programme;
    t->clock = clock->clock;
    t->pace = programme->market->years_per_step / delay;
    for (int k = 0; k < programme->gates; k++) {
        const int g = programme->gate[k].name;
        t->gate[g] = clock->gate[g];
        t->wait[g] = clock->wait[g];
    }
}

/* Whole steps from one clock to another. */
static lanes steps_between(const struct timing *t, lanes from, double to)
{
    return most(-whole(-((to - PROGRAMME_SLACK - from) / t->pace)), all_lanes(0.0));
}

/* Steps from the clock at the gate before it, or at the start, until the clock leaves the gate: the attempt is made at the end of a
   step, one at the least. */
static lanes steps_at(const struct timing *t, const struct programme_gate *gate, lanes clock)
{
    return most(steps_between(t, clock, gate->config->at), most(t->wait[gate->name], all_lanes(1.0)));
}

static int holds(const struct programme_gate *gate)
{
    return !gate->config->independent;
}

lanes decision_timing_clock(const struct timing *t, double steps)
{
    lanes clock = t->clock, left = all_lanes(steps);
    for (int k = 0; k < t->programme->gates; k++) {
        const struct programme_gate *gate = &t->programme->gate[k];
        if (!holds(gate)) continue;
        flags open = (flags)(t->gate[gate->name] < (double)GATE_PASSED);
        lanes need = steps_at(t, gate, clock), there = most(clock, all_lanes(gate->config->at));
        flags stays = open & (flags)(left < need);
        clock = choose(stays, least(clock + left * t->pace, there), choose(open, there, clock));
        left = choose(stays, all_lanes(0.0), choose(open, left - need, left));
    }
    return clock + left * t->pace;
}

lanes decision_timing_reach(const struct timing *t, double target, int through)
{
    const double last = through ? target + PROGRAMME_SLACK : target - PROGRAMME_SLACK;
    lanes clock = t->clock, steps = all_lanes(0.0);
    for (int k = 0; k < t->programme->gates; k++) {
        const struct programme_gate *gate = &t->programme->gate[k];
        if (!holds(gate) || gate->config->at > last) continue;
        flags open = (flags)(t->gate[gate->name] < (double)GATE_PASSED);
        steps += choose(open, steps_at(t, gate, clock), all_lanes(0.0));
        clock = choose(open, most(clock, all_lanes(gate->config->at)), clock);
    }
    return steps + steps_between(t, clock, target);
}

/* Adds `chance` to the node in which a step so many ahead lies. */
static void add(const struct outlook_grid *grid, lanes steps, lanes chance, int from, int to, lanes share[])
{
    for (int k = from; k < to; k++) {
        const double first = (double)(grid->node[k].first - grid->now), end = (double)(grid->node[k].end - grid->now);
        share[k] += choose((flags)(steps >= first) & (flags)(steps < end), chance, all_lanes(0.0));
    }
}

/* Steps until the clock has reached a gate that does not hold it, or until its next attempt; and the chances of the attempts. */
static void add_attempts(const struct timing *t, const struct known *known, const struct outlook_grid *grid,
                         const struct programme_gate *gate, int from, int to, lanes share[])
{
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0);
    lanes success = known_number(known, gate->config->success), wait = t->wait[gate->name], left = known->venture.attempts[gate->name];
    lanes steps = most(decision_timing_reach(t, gate->config->at, 0), most(wait, one)), open = one;
    open = choose((flags)(t->gate[gate->name] == (double)GATE_OPEN), one, zero);
    for (int made = 0; made < gate->config->attempts; made++) {
        open = choose((flags)(left > (double)made), open, zero);
        add(grid, steps, open * success, from, to, share);
        open *= 1.0 - success;
        steps += (double)gate->retry_steps;
    }
}

void decision_timing_gate(const struct timing *t, const struct known *known, const struct outlook_grid *grid, int k, int from, int to,
                          lanes share[])
{
    const struct programme_gate *gate = &t->programme->gate[k];
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0), status = t->gate[gate->name];
    for (int n = from; n < to; n++) share[n] = zero;
    add(grid, zero, choose((flags)(status == (double)GATE_PASSED), one, zero), from, to, share);
    if (!holds(gate)) {
        add_attempts(t, known, grid, gate, from, to, share);
        return;
    }
    lanes steps = zero, clock = t->clock;
    for (int j = 0; j <= k; j++) { /* one after another, also where they stand at one time */
        const struct programme_gate *before = &t->programme->gate[j];
        flags open = (flags)(t->gate[before->name] < (double)GATE_PASSED);
        if (!holds(before)) continue;
        steps += choose(open, steps_at(t, before, clock), zero);
        clock = choose(open, most(clock, all_lanes(before->config->at)), clock);
    }
    add(grid, steps, choose((flags)(status == (double)GATE_OPEN), one, zero), from, to, share);
}
