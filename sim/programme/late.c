/* A product that comes later than planned sells less: others took the customers. docs/model.md (4.3). */
#include "base/lanes_math.h"
#include "programme/programme.h"

void programme_late_begin(struct programme_block *block)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) block->begun[i] = all_lanes(-1.0);
}

void programme_late_clock(const struct programme_plan *plan, struct programme_block *block)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags on = (flags)(block->begun[i] >= 0.0), begins = (flags)(block->clock[i] >= 0.0);
        lanes first = choose(begins, all_lanes(0.0), all_lanes(-1.0));
        block->begun[i] = choose(on, block->begun[i] + plan->market->years_per_step, first);
    }
}

void programme_late_step(const struct programme_plan *plan, const struct programme_block *block, const struct programme_block *own,
                         int partner, const lanes *drawn, int step, lanes *restrict factor)
{
    const double d = plan->market->years_per_step, now = (double)step * d;
    PARAMETER(penalty, drawn, plan->config->late_penalty);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes years = own ? least(block->production[i], own->production[i]) : block->production[i];
        lanes begun = plan->later ? block->begun[i] : all_lanes(now);
        factor[i] = -at(penalty, i) * programme_late_years(begun - years, plan->due_sale[partner], d);
    }
    if (plan->before && plan->before->tardy) { /* what its customers waited for the venture's they do not come back for */
        PARAMETER(venture, drawn, plan->before->config->late_penalty);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            flags sold = (flags)(block->age[i] > block->begun[i] + 0.5 * d);
            lanes late = programme_late_years(now - block->age[i], plan->before->due_sale[partner], d);
            factor[i] -= choose(sold, at(venture, i) * late, all_lanes(0.0));
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) factor[i] = exp_lanes(factor[i]);
}
