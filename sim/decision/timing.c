#include "decision/timing.h"

#include "decision/grid.h"

static const double NEVER = 0x1p20; /* steps */

void decision_timing_begin(struct timing *t, const struct programme_plan *programme, const struct known_clock *clock, lanes delay)
{
    t->programme = programme;
    t->then = NULL;
    t->clock = clock->clock;
    t->pace = programme->market->years_per_step / delay;
    t->stand = programme->adverse ? clock->standing : all_lanes(0.0);
    for (int k = 0; k < programme->gates; k++) {
        const int g = programme->gate[k].name;
        t->gate[g] = clock->gate[g];
        t->wait[g] = clock->wait[g];
        t->attempts[g] = clock->attempts[g];
        t->passed[g] = choose((flags)(t->gate[g] >= (double)GATE_PASSED), all_lanes(1.0), all_lanes(0.0));
    }
}

/* Whole steps from one clock to another. */
static lanes steps_between(const struct timing *t, lanes from, lanes to)
{
    return most(-whole(-((to - PROGRAMME_SLACK - from) / t->pace)), all_lanes(0.0));
}

/* Steps from the clock at the gate before it, or at the start, until the clock leaves the gate: the attempt is made at the end of a
   step, one at the least. */
static lanes steps_at(const struct timing *t, const struct programme_gate *gate, lanes clock)
{
    return most(steps_between(t, clock, all_lanes(gate->config->at)), most(t->wait[gate->name], all_lanes(1.0)));
}

static int holds(const struct programme_gate *gate)
{
    return !gate->config->independent;
}

/* By this pace alone. `at` not NULL: gets gates and waits as they are then. */
static lanes clock_at(const struct timing *t, lanes steps, struct timing *at)
{
    lanes clock = t->clock, left = most(steps - t->stand, all_lanes(0.0));
    for (int k = 0; k < t->programme->gates; k++) {
        const struct programme_gate *gate = &t->programme->gate[k];
        if (!holds(gate)) continue;
        flags open = (flags)(t->gate[gate->name] < (double)GATE_PASSED);
        lanes need = steps_at(t, gate, clock), there = most(clock, all_lanes(gate->config->at));
        flags stays = open & (flags)(left < need);
        clock = choose(stays, least(clock + left * t->pace, there), choose(open, there, clock));
        if (at) at->gate[gate->name] = choose(open & ~stays, all_lanes((double)GATE_PAST), t->gate[gate->name]);
        if (at) at->wait[gate->name] = most(t->wait[gate->name] - left, all_lanes(0.0));
        left = choose(stays, all_lanes(0.0), choose(open, left - need, left));
    }
    return clock + left * t->pace;
}

void decision_timing_slow(struct timing *t, lanes rate)
{
    flags runs = (flags)(rate > 0.0);
    t->pace *= choose(runs, rate, all_lanes(1.0));
    t->stand += choose(runs, all_lanes(0.0), all_lanes(NEVER));
}

void decision_timing_turn(struct timing *t, double steps, struct timing *then)
{
    *then = *t;
    then->clock = clock_at(t, all_lanes(steps), then);
    then->stand = most(t->stand - steps, all_lanes(0.0));
    t->then = then;
    t->turn = steps;
}

lanes decision_timing_clock(const struct timing *t, lanes steps)
{
    lanes clock = clock_at(t, steps, NULL);
    if (!t->then) return clock;
    return choose((flags)(steps > t->turn), clock_at(t->then, steps - t->turn, NULL), clock);
}

/* What comes before the turn by one pace, and what comes after it by the other: steps from now. */
static lanes join(const struct timing *t, lanes before, lanes after)
{
    return choose((flags)(before > t->turn), t->turn + after, before);
}

static lanes reach(const struct timing *t, lanes target, int through)
{
    const lanes last = target + (through ? PROGRAMME_SLACK : -PROGRAMME_SLACK);
    lanes clock = t->clock, steps = all_lanes(0.0);
    for (int k = 0; k < t->programme->gates; k++) {
        const struct programme_gate *gate = &t->programme->gate[k];
        if (!holds(gate)) continue;
        flags open = (flags)(t->gate[gate->name] < (double)GATE_PASSED) & (flags)(last >= gate->config->at);
        steps += choose(open, steps_at(t, gate, clock), all_lanes(0.0));
        clock = choose(open, most(clock, all_lanes(gate->config->at)), clock);
    }
    steps += steps_between(t, clock, target);
    return choose((flags)(steps > 0.0), steps + t->stand, steps);
}

lanes decision_timing_reach(const struct timing *t, lanes target, int through)
{
    lanes steps = reach(t, target, through);
    return t->then ? join(t, steps, reach(t->then, target, through)) : steps;
}

/* That of the nodes from `from` on. */
static lanes pace_from(const struct timing *t, double from)
{
    return t->then && from >= t->turn ? t->then->pace : t->pace;
}

/* Chance that success has not come in j more programme years, x having been waited: e^{-rate j}, with a fading hazard
   ((1 + fade x) / (1 + fade (x + j)))^{rate / fade}. */
static lanes waits(const struct programme_progress_config *config, lanes rate, lanes x, double j)
{
    const double fade = config->success_fade;
    if (!(fade > 0.0)) return exp_lanes(-rate * j);
    return exp_lanes(-(rate / fade) * log_lanes(1.0 + fade * j / (1.0 + fade * x)));
}

/* docs/model.md (7.3): success falls in programme year j from now, or from its first one, with e^{-rate j} (1 - e^{-rate}) where its hazard
   does not fade; within it the mean step that begins behind it is (m + 1) / 2 of m. */
void decision_timing_start(const struct timing *t, const struct known *known, const struct known_clock *clock, lanes age, int steps,
                           struct timing_start *start)
{
    const struct programme_config *config = t->programme->config;
    const double d = t->programme->market->years_per_step, within = 0.5 * (1.0 + d);
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0), first = all_lanes(config->production_start);
    start->points = 1;
    start->weight[0] = one;
    start->steps[0] = choose((flags)(age > 0.0), zero, decision_timing_reach(t, first, 1));
    start->age[0] = age;
    if (!t->programme->succeeds) return;
    const lanes rate = known_number(known, config->progress.success_rate), from = most(t->clock, all_lanes(config->progress.success_from));
    const lanes waited = from - config->progress.success_from;
    flags done = (flags)(clock->succeeded > 0.0) | (flags)(age > 0.0);
    const int years = (int)((double)steps * d) + 1;
    start->points = years + 1;
    for (int j = 0; j < years; j++) {
        lanes reach = decision_timing_reach(t, most(first, from + ((double)j + within)), 1);
        lanes chance = waits(&config->progress, rate, waited, (double)j);
        chance -= waits(&config->progress, rate, waited, (double)j + 1.0);
        start->weight[j] = choose(done, j ? zero : one, chance);
        start->steps[j] = j ? reach : choose(done, start->steps[0], reach);
        start->age[j] = j ? -reach * d : choose(done, age, -reach * d);
    }
    start->weight[years] = choose(done, zero, waits(&config->progress, rate, waited, (double)years));
    start->steps[years] = all_lanes(NEVER);
    start->age[years] = all_lanes(-NEVER);
}

lanes decision_timing_burn(const struct timing *t, const struct timing_start *start, const struct known *known, double from, double to,
                           int year, int years)
{
    const struct param_list *list = &t->programme->config->progress.development;
    const double d = t->programme->market->years_per_step;
    lanes sum = all_lanes(0.0);
    if (!list->count) return sum;
    lanes amount = known_number(known, list->item[year < list->count ? year : list->count - 1]);
    for (int j = 0; j < start->points; j++) {
        lanes a = decision_timing_clock(t, least(start->steps[j], all_lanes(from)));
        lanes b = decision_timing_clock(t, least(start->steps[j], all_lanes(to)));
        sum += start->weight[j] * programme_part_of_years(a, b, year, years);
    }
    return amount * sum * (d / pace_from(t, from));
}

lanes decision_timing_standing(const struct timing *t, const struct timing_start *start, double from, double to)
{
    const double d = t->programme->market->years_per_step;
    lanes sum = all_lanes(0.0);
    for (int j = 0; j < start->points; j++) {
        lanes first = least(start->steps[j], all_lanes(from)), last = least(start->steps[j], all_lanes(to));
        lanes moved = (decision_timing_clock(t, last) - decision_timing_clock(t, first)) / pace_from(t, from);
        sum += start->weight[j] * most(last - first - moved, all_lanes(0.0));
    }
    return sum * d;
}

/* Adds `chance` to the node in which a step so many ahead lies. */
static void add(const struct outlook_grid *grid, lanes steps, lanes chance, int from, int to, lanes share[])
{
    for (int k = from; k < to; k++) {
        const double first = (double)(grid->node[k].first - grid->now), end = (double)(grid->node[k].end - grid->now);
        share[k] += choose((flags)(steps >= first) & (flags)(steps < end), chance, all_lanes(0.0));
    }
}

/* When a gate may be passed: steps to the first one behind it, and the chance of it. */
enum { TIMING_TRIES = 20 }; /* attempts at a gate at most, as its row allows */
struct tries {
    int count;
    lanes steps[TIMING_TRIES], chance[TIMING_TRIES];
};

/* Steps of one that does not hold the clock to its next attempt: none is made, nor waited for, while the clock stands. */
static lanes first_try(const struct timing *t, const struct programme_gate *gate)
{
    lanes reached = decision_timing_reach(t, all_lanes(gate->config->at), 0), wait = most(t->wait[gate->name], all_lanes(1.0));
    return choose((flags)(reached > 0.0), most(reached, wait), t->stand + wait);
}

/* An attempt that would be made after a turn at which the clock stops for good never is. */
static lanes tried_at(const struct timing *t, lanes steps)
{
    if (!t->then) return steps;
    return choose((flags)(steps > t->turn) & (flags)(t->then->stand >= NEVER), all_lanes(NEVER), steps);
}

/* A gate that does not hold the clock: the chances of its attempts. */
static void try_often(const struct timing *t, const struct known *known, const struct programme_gate *gate, struct tries *tries)
{
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0);
    lanes success = known_number(known, gate->config->success), left = t->attempts[gate->name], steps = first_try(t, gate);
    lanes open = choose((flags)(t->gate[gate->name] == (double)GATE_OPEN), one - t->passed[gate->name], zero);
    tries->count = gate->config->attempts;
    for (int made = 0; made < gate->config->attempts; made++) {
        open = choose((flags)(left > (double)made), open, zero);
        tries->steps[made] = tried_at(t, steps);
        tries->chance[made] = open * success;
        open *= 1.0 - success;
        steps += (double)gate->retry_steps;
    }
}

/* Steps until it is passed: one after another, also where they stand at one time. */
static lanes passes(const struct timing *t, int k)
{
    lanes steps = t->stand, clock = t->clock;
    for (int j = 0; j <= k; j++) {
        const struct programme_gate *before = &t->programme->gate[j];
        flags open = (flags)(t->gate[before->name] < (double)GATE_PASSED);
        if (!holds(before)) continue;
        steps += choose(open, steps_at(t, before, clock), all_lanes(0.0));
        clock = choose(open, most(clock, all_lanes(before->config->at)), clock);
    }
    return steps;
}

static void find_tries(const struct timing *t, const struct known *known, int k, struct tries *tries)
{
    const struct programme_gate *gate = &t->programme->gate[k];
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0);
    if (!holds(gate)) {
        try_often(t, known, gate, tries);
        return;
    }
    tries->count = 1;
    tries->steps[0] = t->then ? join(t, passes(t, k), passes(t->then, k)) : passes(t, k);
    tries->chance[0] = choose((flags)(t->gate[gate->name] == (double)GATE_OPEN), one - t->passed[gate->name], zero);
}

void decision_timing_gate(const struct timing *t, const struct known *known, const struct outlook_grid *grid, int k, lanes least,
                          int from, int to, lanes share[])
{
    const lanes one = all_lanes(1.0), zero = all_lanes(0.0), status = t->gate[t->programme->gate[k].name];
    struct tries tries;
    for (int n = from; n < to; n++) share[n] = zero;
    add(grid, zero, choose((flags)(status == (double)GATE_PASSED) & (flags)(zero >= least), one, zero), from, to, share);
    find_tries(t, known, k, &tries);
    for (int j = 0; j < tries.count; j++) {
        add(grid, tries.steps[j], choose((flags)(tries.steps[j] >= least), tries.chance[j], zero), from, to, share);
    }
}

lanes decision_timing_passed(const struct timing *t, const struct known *known, int k, double steps)
{
    struct tries tries;
    lanes chance = t->passed[t->programme->gate[k].name];
    find_tries(t, known, k, &tries);
    for (int j = 0; j < tries.count; j++) chance += choose((flags)(tries.steps[j] <= steps), tries.chance[j], all_lanes(0.0));
    return chance;
}

/* Share of a node's steps from `start` on that lie behind the gate, with its chances. */
static lanes behind(const struct tries *tries, lanes passed, lanes start, double first, double end)
{
    const lanes begin = most(all_lanes(first), start), steps = end - begin;
    flags some = (flags)(steps > 0.0);
    lanes share = passed;
    for (int j = 0; j < tries->count; j++) {
        lanes part = most(end - most(tries->steps[j], begin), all_lanes(0.0)) / choose(some, steps, all_lanes(1.0));
        share += tries->chance[j] * part;
    }
    return share;
}

void decision_timing_better(const struct timing *t, const struct known *known, const struct outlook_grid *grid, int base,
                            lanes start, int conversion, int from, int to, lanes factor[])
{
    const int now = grid->now + base;
    for (int n = from; n < to; n++) factor[n] = all_lanes(1.0);
    for (int k = 0; k < t->programme->gates; k++) {
        const struct programme_gate *gate = &t->programme->gate[k];
        const struct param_number number = conversion ? gate->config->conversion_factor : gate->config->material_factor;
        struct tries tries;
        if (!number_differs(number, 1.0)) continue;
        find_tries(t, known, k, &tries);
        lanes less = 1.0 - known_number(known, number);
        for (int n = from; n < to; n++) {
            const double first = (double)(grid->node[n].first - now), end = (double)(grid->node[n].end - now);
            factor[n] *= 1.0 - less * behind(&tries, t->passed[gate->name], start, first, end);
        }
    }
}
