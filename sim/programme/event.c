/* Events that happen once: technical success and an adverse event; and what development costs until production. docs/model.md (4.10). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "programme/programme.h"

/* Where the hazard of the step that begins now reaches the threshold. Nothing falls on a programme that has not begun. */
static void mark(const struct programme_plan *plan, struct programme_block *block, lanes next, size_t i)
{
    flags falls = (flags)(block->hazard[i] + next >= block->adverse_at[i]) & (flags)(block->clock[i] >= 0.0);
    if (!any(falls)) return;
    block->adverse_at[i] = choose(falls, all_lanes(LANES_MATH_INFINITY), block->adverse_at[i]);
    if (plan->ends) {
        lanes end = all_lanes((double)END_ADVERSE);
        if (plan->config->progress.adverse_ends) block->ended[i] = choose(falls, end, block->ended[i]);
    }
    if (!plan->config->progress.adverse_ends) {
        block->standing[i] = choose(falls, all_lanes((double)plan->adverse_steps), block->standing[i]);
    }
}

/* The threshold of an event, -ln u; in the run without chance success comes when it is expected, and nothing adverse ever. */
static void draw(const struct programme_plan *plan, struct random_key key, uint64_t first_path, double sure, lanes *restrict threshold)
{
    if (!plan->sure) random_uniforms(key, first_path, 0, threshold);
    for (size_t i = 0; i < BLOCK_LANES; i++) threshold[i] = plan->sure ? all_lanes(sure) : -log_lanes(threshold[i]);
}

/* Years from `from` to success: a hazard r / (1 + f x) adds to E at x = (e^{f E / r} - 1) / f, E / r where f = 0. */
static lanes years_to(double fade, lanes x)
{
    return fade > 0.0 ? (exp_lanes(fade * x) - 1.0) / fade : x;
}

void programme_event_begin(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn)
{
    const struct programme_progress_config *config = &plan->config->progress;
    const double d = plan->market->years_per_step;
    PARAMETER(success, drawn, config->success_rate);
    PARAMETER(adverse, drawn, config->adverse_rate);
    if (plan->ends) {
        for (size_t i = 0; i < BLOCK_LANES; i++) block->ended[i] = all_lanes((double)END_NONE);
    }
    if (plan->succeeds) {
        draw(plan, plan->success, block->first_path, 1.0, block->success_at);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            block->success_at[i] = config->success_from + years_to(config->success_fade, block->success_at[i] / at(success, i));
        }
    }
    if (!plan->adverse) return;
    draw(plan, plan->misfortune, block->first_path, LANES_MATH_INFINITY, block->adverse_at);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        block->hazard[i] = block->standing[i] = all_lanes(0.0);
        mark(plan, block, at(adverse, i) * d, i);
    }
}

void programme_event_hold(struct programme_block *block, struct parameter progress, lanes *restrict moves)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        moves[i] = choose((flags)(block->standing[i] > 0.5), all_lanes(0.0), at(progress, i));
        block->standing[i] = most(block->standing[i] - 1.0, all_lanes(0.0));
    }
}

/* An event of step n + 1 is known at its start. */
void programme_event_fall(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn)
{
    const double d = plan->market->years_per_step;
    PARAMETER(adverse, drawn, plan->config->progress.adverse_rate);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes more = at(adverse, i) * d;
        block->hazard[i] += choose((flags)(block->clock[i] >= 0.0), more, all_lanes(0.0));
        mark(plan, block, more, i);
    }
}

/* Delay, over the rate of contributions, x the rates between the clocks, which is the rate x the time in which the clock moves; standing
   cost for the rest of the step. */
void programme_development_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                                struct parameter progress, int step)
{
    const struct programme_progress_config *config = &plan->config->progress;
    const double d = plan->market->years_per_step;
    PARAMETER(delay, drawn, plan->config->delay);
    PARAMETER(standing, drawn, config->standing);
    lanes cost[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) cost[i] = all_lanes(0.0);
    for (int year = 0; year < config->development.count; year++) {
        PARAMETER(amount, drawn, config->development.item[year]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            cost[i] += at(amount, i) * programme_part_of_years(block->clock_before[i], block->clock[i], year, config->development.count);
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes pace = most(at(delay, i), all_lanes(PROGRAMME_LEAST_DELAY)), rate = at(progress, i);
        pace /= choose((flags)(rate > 0.0), rate, all_lanes(1.0));
        lanes stands = most(d - (block->clock[i] - block->clock_before[i]) * pace, all_lanes(0.0));
        lanes idle = at(standing, i) * plan->inflation[step] * choose((flags)(stands > PROGRAMME_SLACK), stands, all_lanes(0.0));
        flags runs = (flags)(block->production[i] < 0.0) & (flags)(block->clock_before[i] >= 0.0);
        block->development[i] = money(choose(runs, cost[i] * pace + idle, all_lanes(0.0)));
        block->idle[i] = choose((flags)(cost[i] > 0.0), choose(runs, idle, all_lanes(0.0)), block->development[i]);
    }
}
