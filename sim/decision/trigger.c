/* Triggers: conditions that are watched, and what they open. docs/model.md (7.2). */
#include "decision/path.h"

enum { USED = -1 }; /* in `lasted`: it has opened something, and waits for its condition to end */

#define TRUE_WHERE(condition) choose((flags)(condition), all_lanes(1.0), all_lanes(0.0))

/* Greatest duty of the last step on what an owner sells. */
static void watch_tariff(const struct decision_step *s, const struct decision_trigger_config *config, struct parameter threshold,
                         lanes *restrict holds)
{
    const struct programme_plan *venture = s->plan->venture;
    for (int p = 0; p < s->plan->partners; p++) {
        if (config->partner >= 0 && config->partner != p) continue;
        for (int r = 0; r < venture->regions; r++) {
            if (!venture->sales[p][r]) continue;
            const struct column column = market_tariff(s->plan->market, s->view->market, venture->config->site, r);
            const struct parameter rate = column_at(column, s->n - 1);
            for (size_t i = 0; i < BLOCK_LANES; i++) {
                lanes above = TRUE_WHERE(at(rate, i) > at(threshold, i));
                holds[i] = most(holds[i], above * s->block->in[p][i]);
            }
        }
    }
}

static void watch_volume(const struct decision_step *s, struct parameter threshold, lanes *restrict holds)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes planned = all_lanes(0.0);
        for (int p = 0; p < s->plan->partners; p++) planned += s->view->venture->planned[p][i];
        lanes below = TRUE_WHERE(s->view->venture->volume[i] < at(threshold, i) * planned);
        holds[i] = choose((flags)(planned > 0.0), below, all_lanes(0.0));
    }
}

static void watch_lateness(const struct decision_step *s, struct parameter threshold, lanes *restrict holds)
{
    const double late = (double)s->n * s->plan->years_per_step - s->plan->venture->config->production_start;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes waiting = TRUE_WHERE(s->block->phase[i] == (double)PHASE_DEVELOP); /* nor does production start in this step */
        holds[i] = waiting * TRUE_WHERE(late > at(threshold, i));
    }
}

/* Once a year, on values that are looked at for the purpose (`looked`); between two looks nothing is known and the last one
   holds. */
static void watch_value(const struct decision_step *s, const struct decision_trigger_config *config, struct parameter threshold,
                        const lanes *restrict looked, const lanes *restrict lasted, lanes *restrict holds)
{
    for (int p = 0; p < s->plan->partners; p++) {
        if (config->partner >= 0 && config->partner != p) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes short_by = s->block->leaving_value[p][p][i] - s->block->staying[p][i];
            holds[i] = most(holds[i], TRUE_WHERE(short_by > at(threshold, i)) * s->block->in[p][i]);
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) holds[i] = choose((flags)(looked[i] > 0.0), holds[i], TRUE_WHERE(lasted[i] != 0.0));
}

static void watch(const struct decision_step *s, int t, const lanes *restrict looked, lanes *restrict holds)
{
    const struct decision_trigger_config *config = &s->plan->config->trigger[t];
    const double years = s->plan->years_per_step;
    PARAMETER(threshold, s->view->drawn, config->threshold);
    PARAMETER(rate, s->view->drawn, config->rate);
    for (size_t i = 0; i < BLOCK_LANES; i++) holds[i] = all_lanes(0.0);
    switch (s->n || config->kind == TRIGGER_CONTROL ? config->kind : TRIGGER_NEVER) {
    case TRIGGER_TARIFF: watch_tariff(s, config, threshold, holds); break;
    case TRIGGER_VOLUME: watch_volume(s, threshold, holds); break;
    case TRIGGER_LATE: watch_lateness(s, threshold, holds); break;
    case TRIGGER_VALUE: watch_value(s, config, threshold, looked, s->block->lasted[t], holds); break;
    case TRIGGER_CAPEX:
        for (size_t i = 0; i < BLOCK_LANES; i++) holds[i] = TRUE_WHERE(s->block->spent[i] > at(threshold, i) * s->block->spent_planned[i]);
        break;
    case TRIGGER_DEADLOCK:
        for (size_t i = 0; i < BLOCK_LANES; i++) holds[i] = TRUE_WHERE(s->block->deadlock_steps[i] * years > at(threshold, i));
        break;
    case TRIGGER_CONTROL:
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            holds[i] = TRUE_WHERE(at(rate, i) * ((double)(s->n + 1) * years) >= s->block->threshold[t][i]);
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

static void look_at_values(const struct decision_step *s, lanes *restrict marked)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        marked[i] = TRUE_WHERE(path_open(s->block, i, MODE_NORMAL) & (flags)(s->block->standstill[i] <= 0.0));
    }
    decision_review_look(s, marked);
}

void decision_trigger_step(const struct decision_step *s)
{
    lanes holds[BLOCK_LANES], looked[BLOCK_LANES] = {{0}};
    if (watches_values(s)) look_at_values(s, looked);
    for (int t = 0; t < s->plan->triggers; t++) {
        if (s->plan->config->trigger[t].kind == TRIGGER_NEVER) continue;
        lanes *lasted = s->block->lasted[t];
        watch(s, t, looked, holds);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            flags used = (flags)(lasted[i] == (double)USED);
            lanes longer = choose(used, lasted[i], lasted[i] + 1.0);
            lasted[i] = choose((flags)(holds[i] > 0.0), longer, all_lanes(0.0));
        }
    }
}

flags decision_trigger_any(const struct decision_step *s, size_t i)
{
    flags fired = (flags)(all_lanes(0.0) > 1.0), quiet = (flags)(s->block->standstill[i] <= 0.0);
    for (int t = 0; t < s->plan->triggers; t++) {
        const int kind = s->plan->config->trigger[t].kind;
        flags lasts = (flags)(s->block->lasted[t][i] >= (double)s->plan->lasts[t]);
        if (kind != TRIGGER_NEVER) fired |= kind == TRIGGER_CONTROL ? lasts : lasts & quiet;
    }
    return fired;
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
