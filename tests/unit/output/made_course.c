#include "unit/output/made_course.h"

#include <math.h>

#include "unit/output/made.h"

enum { PARTNERS = 2, REVIEW = 8, WOUND_UP = MADE_CAUSES - 1 };

struct course {
    int exit[PARTNERS], cause[PARTNERS]; /* step in which it leaves, MADE_STEPS: never */
    double paid[MADE_STEPS];             /* from the second partner to the first, 0: nothing agreed */
    int failed[MADE_STEPS];
    double deadlock_years;
};

/* A partner leaves at an exponential time, more often where tariffs are high; every second time the other one cannot go on. */
static void draw_exit(struct course *c, double tariff, uint64_t *state)
{
    double years = -log(made_uniform(state)) / (0.012 + 0.1 * tariff);
    int leaver = made_uniform(state) < 0.7, step = 1 + (int)(years < 100 ? 4 * years : 400);
    double u = made_uniform(state), alone = made_uniform(state);
    if (step >= MADE_STEPS) return;
    c->exit[leaver] = step;
    c->cause[leaver] = u < 0.5 ? 0 : u < 0.75 ? 1 : u < 0.92 ? 2 : 3;
    if (alone < 0.5) c->exit[!leaver] = step, c->cause[!leaver] = WOUND_UP;
}

static struct course course_of(double tariff, uint64_t path)
{
    struct course c = {.exit = {MADE_STEPS, MADE_STEPS}};
    uint64_t state = path * 31337 + 5;
    draw_exit(&c, tariff, &state);
    for (int step = REVIEW; step < c.exit[0] && step < c.exit[1] && step < MADE_STEPS; step += REVIEW) {
        double u = made_uniform(&state), size = 0.5 + made_uniform(&state);
        if (u < tariff) c.paid[step] = (u < 0.8 * tariff ? 6 : -4) * size;
        c.failed[step] = u > 0.95;
    }
    c.deadlock_years = made_uniform(&state) < 0.1 ? 2 * made_uniform(&state) : 0;
    return c;
}

void made_course_path(double tariff, uint64_t path, double *const *column, size_t i)
{
    struct course c = course_of(tariff, path);
    double agreements = 0;
    int k = 0;
    for (int step = 0; step < MADE_STEPS; step++) agreements += c.paid[step] != 0;
    for (int p = 0; p < PARTNERS; p++) {
        for (int cause = 0; cause < MADE_CAUSES; cause++) column[k++][i] = c.exit[p] < MADE_STEPS && c.cause[p] == cause;
    }
    for (int p = 0; p < PARTNERS; p++) column[k++][i] = c.exit[p] < MADE_STEPS;
    column[k++][i] = c.exit[0] == MADE_STEPS && c.exit[1] == MADE_STEPS;
    column[k++][i] = agreements;
    column[k][i] = c.deadlock_years;
}

void made_course_step(double tariff, uint64_t path, int step, double *const *column, size_t i)
{
    struct course c = course_of(tariff, path);
    uint64_t state = path * 131 + 7;
    double spread = made_uniform(&state), years = 0.25 * step;
    int k = 0;
    column[k++][i] = spread > 0.85 && years >= 4 ? 0.6 : spread < 0.1 && years >= 6 ? 1.0 : 0.8;
    column[k++][i] = 0.15 + 0.25 * exp(-0.4 * years) + 0.2 * spread * (1 - exp(-0.3 * years));
    for (int p = 0; p < PARTNERS; p++) column[k++][i] = step < c.exit[p];
    column[k++][i] = step < c.exit[0] && step < c.exit[1];
    for (int p = 0; p < PARTNERS; p++) {
        for (int cause = 0; cause < MADE_CAUSES; cause++) column[k++][i] = step == c.exit[p] && c.cause[p] == cause;
    }
    column[k++][i] = c.paid[step] != 0;
    column[k++][i] = c.failed[step];
    column[k++][i] = c.paid[step];
    column[k][i] = -c.paid[step];
}
