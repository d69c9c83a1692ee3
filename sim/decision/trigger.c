/* Triggers: conditions that are watched, and what they open. docs/model.md (7.2). */
#include "decision/path.h"

enum { USED = -1 }; /* in `lasted`: it has opened something, and waits for its condition to end */

/* Greatest duty of the last step on what an owner sells. */
static void watch_tariff(const struct decision_step *s, const struct decision_trigger_config *config, struct parameter threshold,
                         flags *restrict holds)
{
    const struct programme_plan *venture = s->plan->venture;
    for (int p = 0; p < s->plan->partners; p++) {
        if (config->partner >= 0 && config->partner != p) continue;
        for (int r = 0; r < venture->regions; r++) {
            if (!venture->sales[p][r]) continue;
            const struct column column = market_tariff(s->plan->market, s->view->market, venture->config->site, r);
            const struct parameter rate = column_at(column, s->n - 1);
            const int local = venture->localises && r == venture->config->localise.to; /* by now its clock is that of step n */
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                flags over = (flags)(at(rate, i) > at(threshold, i)) & (flags)(s->block->in[p][i] > 0.0);
                holds[i] |= local ? over & ~programme_localise_on(venture, s->view->venture, i) : over;
            }
        }
    }
}

/* Of one partner while it is in, or of all together. */
static void watch_volume(const struct decision_step *s, const struct decision_trigger_config *config, struct parameter threshold,
                         flags *restrict holds)
{
    const struct programme_block *venture = s->view->venture;
    const int p = config->partner;
    for (size_t i = 0; p >= 0 && i < BLOCK_LANES; i++) {
        flags plans = (flags)(venture->planned[p][i] > 0.0) & (flags)(s->block->in[p][i] > 0.0);
        holds[i] = (flags)(venture->made[p][i] < at(threshold, i) * venture->planned[p][i]) & plans;
    }
    if (p >= 0) return;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes planned = all_lanes(0.0);
        for (int q = 0; q < s->plan->partners; q++) planned += venture->planned[q][i];
        holds[i] = (flags)(venture->volume[i] < at(threshold, i) * planned) & (flags)(planned > 0.0);
    }
}

static void watch_lateness(const struct decision_step *s, struct parameter threshold, flags *restrict holds)
{
    const double late = (double)s->n * s->plan->years_per_step - s->plan->venture->config->production_start;
    for (size_t i = 0; i < BLOCK_LANES; i++) { /* nor does production start in this step */
        holds[i] = (flags)(s->block->phase[i] == (double)PHASE_DEVELOP) & (flags)(late > at(threshold, i));
    }
}

/* Once a year, on values that are looked at for the purpose (`looked`); between two looks nothing is known and the last one
   holds. */
static void watch_value(const struct decision_step *s, const struct decision_trigger_config *config, struct parameter threshold,
                        uint64_t looked, const lanes *restrict lasted, flags *restrict holds)
{
    for (int p = 0; looked && p < s->plan->partners; p++) {
        if (config->partner >= 0 && config->partner != p) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes short_by = s->block->leaving_value[p][p][i] - s->block->staying[p][i];
            holds[i] |= (flags)(short_by > at(threshold, i)) & (flags)(s->block->in[p][i] > 0.0);
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags known = looked ? path_flags(looked, i) : holds[i];
        holds[i] = (known & holds[i]) | (~known & (flags)(lasted[i] != 0.0));
    }
}

static void watch(const struct decision_step *s, int t, uint64_t looked, flags *restrict holds)
{
    const struct decision_trigger_config *config = &s->plan->config->trigger[t];
    const double years = s->plan->years_per_step;
    PARAMETER(threshold, s->view->drawn, config->threshold);
    PARAMETER(rate, s->view->drawn, config->rate);
    for (size_t i = 0; i < BLOCK_LANES; i++) holds[i] = (flags){0};
    switch (s->n || config->kind == TRIGGER_CONTROL ? config->kind : TRIGGER_NEVER) {
    case TRIGGER_TARIFF: watch_tariff(s, config, threshold, holds); break;
    case TRIGGER_VOLUME: watch_volume(s, config, threshold, holds); break;
    case TRIGGER_LATE: watch_lateness(s, threshold, holds); break;
    case TRIGGER_VALUE: watch_value(s, config, threshold, looked, s->block->lasted[t], holds); break;
    case TRIGGER_CAPEX:
        for (size_t i = 0; i < BLOCK_LANES; i++) holds[i] = (flags)(s->block->spent[i] > at(threshold, i) * s->block->spent_planned[i]);
        break;
    case TRIGGER_DEADLOCK:
        for (size_t i = 0; i < BLOCK_LANES; i++) holds[i] = (flags)(s->block->deadlock_steps[i] * years > at(threshold, i));
        break;
    case TRIGGER_CONTROL:
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            holds[i] = (flags)(at(rate, i) * ((double)(s->n + 1) * years) >= s->block->threshold[t][i]);
        }
        break;
    default: break;
    }
}

static int watches_values(const struct decision_step *s)
{
    for (int t = 0; t < s->plan->triggers; t++) {
        if (s->plan->config->trigger[t].kind == TRIGGER_VALUE && s->n && s->n % s->plan->steps_per_year == 0) return 1;
    }
    return 0;
}

/* Returns the paths that were looked at. */
static uint64_t look_at_values(const struct decision_step *s)
{
    uint64_t looked = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        looked |= path_bits(path_open(s->block, i, MODE_NORMAL) & (flags)(s->block->standstill[i] <= 0.0), i);
    }
    decision_review_look(s, looked, 0);
    return looked;
}

/* How long a condition has held. Returns the paths on which that opens something; in a standstill only a change of control does. */
static uint64_t count(const struct decision_step *s, int t, const flags *restrict holds)
{
    const int control = s->plan->config->trigger[t].kind == TRIGGER_CONTROL;
    lanes *lasted = s->block->lasted[t];
    uint64_t fired = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        if (!any(holds[i] | (flags)(lasted[i] != 0.0))) continue;
        flags used = (flags)(lasted[i] == (double)USED);
        lanes longer = choose(used, lasted[i], lasted[i] + 1.0);
        lasted[i] = choose(holds[i], longer, all_lanes(0.0));
        flags fires = (flags)(lasted[i] >= (double)s->plan->lasts[t]);
        if (any(fires)) fired |= path_bits(control ? fires : fires & (flags)(s->block->standstill[i] <= 0.0), i);
    }
    return fired;
}

void decision_trigger_step(const struct decision_step *s)
{
    flags holds[BLOCK_LANES];
    const uint64_t looked = watches_values(s) ? look_at_values(s) : 0;
    s->block->fired = 0;
    for (int t = 0; t < s->plan->triggers; t++) {
        if (s->plan->config->trigger[t].kind == TRIGGER_NEVER) continue;
        watch(s, t, looked, holds);
        s->block->fired |= count(s, t, holds);
    }
}

int decision_trigger_fired(const struct decision_step *s, int path)
{
    for (int t = 0; t < s->plan->triggers; t++) {
        const int kind = s->plan->config->trigger[t].kind, still = path_get(s->block->standstill, path) > 0.0;
        if (kind == TRIGGER_NEVER || (still && kind != TRIGGER_CONTROL)) continue;
        if (path_get(s->block->lasted[t], path) >= (double)s->plan->lasts[t]) return t;
    }
    return -1;
}

void decision_trigger_use(const struct decision_step *s, int path, int trigger)
{
    path_set(s->block->lasted[trigger], path, (double)USED);
}
