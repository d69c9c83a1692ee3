/* The lone partner's own right to stop: looked at once a year, on dates that the contract does not move. docs/model.md (7.7). */
#include "decision/path.h"

static void look(const struct decision_step *s, int p, size_t i, const struct outlook_grid *grid)
{
    struct outlook outlook;
    const struct course_view c = {s->plan, s->block, s->view, grid, &outlook, i};
    const struct decision_exit_config *exit = &s->plan->config->exit;
    struct value_block *value = s->view->value;
    lanes going_on, stopping;
    decision_outlook_look(s->plan, s->view, grid, i, &outlook);
    decision_alone_values(&c, s->view->alone[p], value, p, &going_on, &stopping);
    flags stops = (flags)(stopping > going_on) & ~(flags)(value->alone_stopped[p][i] > 0.0);
    lanes share = choose((flags)(outlook.use[0] > 0.5), outlook_number(exit->multiple, s->view->drawn, i),
                         outlook_number(exit->recovery, s->view->drawn, i));
    lanes closing = outlook_number(exit->restructuring[p], s->view->drawn, i) * s->plan->prices[2 * s->n + 1], zero = all_lanes(0.0);
    value->alone_sale[p][i] = choose(stops, money(share * value->alone_book[p][i]), zero);
    value->alone_closing[p][i] = choose(stops, money(closing), zero);
    value->alone_stopped[p][i] = choose(stops, all_lanes(1.0), value->alone_stopped[p][i]);
}

void decision_alone_step(const struct decision_step *s)
{
    struct outlook_grid grid;
    decision_outlook_grid(s->plan, s->n, 0, &grid);
    for (int p = 0; p < s->plan->partners; p++) {
        if (!s->plan->config->stops[p] || !s->view->alone[p]) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            s->view->value->alone_sale[p][i] = s->view->value->alone_closing[p][i] = all_lanes(0.0);
            if (s->n && s->n % s->plan->steps_per_year == 0) look(s, p, i, &grid);
        }
    }
}
