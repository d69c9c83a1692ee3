/* The lone partner's own right to stop: looked at once a year, on dates that the contract does not move. docs/model.md (7.7). */
#include "decision/path.h"

/* `must`: its programme has come to its end, whatever it would like. */
static void look_at(const struct decision_step *s, int p, uint64_t set, int must)
{
    const struct outlook_grid *grid = &s->plan->at_once[s->n];
    struct known known;
    struct outlook outlook;
    const struct course_view c = {s->plan, &known, grid, &outlook};
    struct value_block *value = s->view->value;
    lanes going_on, price, closing, stopping;
    while (set) {
        decision_known_gather(s->plan, s->block, s->view, s->n, &set, s->block->drawn, &known);
        decision_outlook_look(s->plan, &known, grid, &outlook);
        decision_lone_stop(&c, p, &going_on, &price, &closing, &stopping);
        for (int l = 0; l < known.count; l++) {
            if (!must && !(stopping[l] > going_on[l])) continue;
            path_set(value->alone_sale[p], (int)known.path[l], path_money(price[l]));
            path_set(value->alone_closing[p], (int)known.path[l], path_money(closing[l]));
            path_set(value->alone_stopped[p], (int)known.path[l], 1.0);
        }
    }
}

void decision_alone_step(const struct decision_step *s)
{
    const int looks = s->n && s->n % s->plan->steps_per_year == 0;
    for (int p = 0; p < s->plan->partners; p++) {
        uint64_t running = 0, ended = 0;
        if (!s->plan->lone[p] || !s->view->alone[p]) continue;
        const lanes *end = s->view->alone[p]->ended;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            s->view->value->alone_sale[p][i] = s->view->value->alone_closing[p][i] = all_lanes(0.0);
            flags on = (flags)(s->view->value->alone_stopped[p][i] < 0.5), over = end ? on & (flags)(end[i] > 0.5) : (flags){0};
            running |= path_bits(on & ~over, i);
            ended |= path_bits(over, i);
        }
        if (ended) look_at(s, p, ended, 1);
        if (looks && s->plan->config->stops[p]) look_at(s, p, running, 0);
    }
}
