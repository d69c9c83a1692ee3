/* The legal moves, in one table, and what moves a path. docs/model.md (7.1). */
#include "base/money.h"
#include "decision/path.h"

/* Moves of the mode while the venture builds or makes. */
static const struct {
    enum decision_mode from, to;
} moves[] = {
    {MODE_NORMAL, MODE_DEADLOCK},      /* arrival */
    {MODE_NORMAL, MODE_RENEGOTIATE},   /* review or trigger: attempts left, something to gain */
    {MODE_NORMAL, MODE_NOTICE},        /* review or trigger without that; break-up; change of control */
    {MODE_DEADLOCK, MODE_NORMAL},      /* resolved */
    {MODE_DEADLOCK, MODE_RENEGOTIATE}, /* limit reached, attempts left */
    {MODE_DEADLOCK, MODE_NOTICE},      /* limit reached, none left, somebody free to leave */
    {MODE_RENEGOTIATE, MODE_NORMAL},   /* closed; or in vain, with attempts left or nobody free to leave */
    {MODE_RENEGOTIATE, MODE_NOTICE},   /* in vain for the last time */
    {MODE_NOTICE, MODE_NORMAL},        /* settled, others go on */
};

static int mode_moves(enum decision_mode from, enum decision_mode to)
{
    if (from == to) return 1;
    for (size_t k = 0; k < sizeof moves / sizeof *moves; k++) {
        if (moves[k].from == from && moves[k].to == to) return 1;
    }
    return 0;
}

int decision_state_legal(enum decision_phase phase, enum decision_mode mode, enum decision_phase to_phase, enum decision_mode to_mode)
{
    const int runs = phase == PHASE_DEVELOP || phase == PHASE_OPERATE;
    const int starts = phase == PHASE_DEVELOP && to_phase == PHASE_OPERATE, quiet = mode == MODE_NORMAL && to_mode == MODE_NORMAL;
    if (runs && (phase == to_phase || starts)) return mode_moves(mode, to_mode);
    if (runs) return to_phase == PHASE_WIND_DOWN && to_mode == MODE_NORMAL;
    if (phase == PHASE_WIND_DOWN) return quiet && (to_phase == PHASE_WIND_DOWN || to_phase == PHASE_ENDED);
    return quiet && to_phase == PHASE_ENDED;
}

int decision_block_verify(const struct decision_block *block)
{
    int broken = 0;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        broken += !decision_state_legal((enum decision_phase)path_get(block->phase_before, path),
                                        (enum decision_mode)path_get(block->mode_before, path),
                                        (enum decision_phase)path_get(block->phase, path),
                                        (enum decision_mode)path_get(block->mode, path));
    }
    return broken;
}

int decision_state_open(const struct decision_block *block, int path, enum decision_mode mode)
{
    return (int)(path_open(block, (size_t)path / LANES, mode)[path % LANES] & 1);
}

void decision_state_move(struct decision_block *block, int path, enum decision_mode mode, int timer)
{
    path_set(block->mode, path, (double)mode);
    path_set(block->timer, path, (double)timer);
}

int decision_state_owners(const struct decision_plan *plan, const struct decision_block *block, int path)
{
    int owners = 0;
    for (int p = 0; p < plan->partners; p++) owners += path_get(block->in[p], path) > 0.0;
    return owners;
}

static void add(lanes *column, int path, double amount)
{
    path_set(column, path, path_get(column, path) + amount);
}

void decision_state_pay(const struct decision_step *s, int path, int payer, int receiver, enum contract_line line, double amount)
{
    const double rounded = path_money(amount);
    s->block->acted = 1;
    add(s->view->contract->terms.due[payer][line], path, -rounded);
    add(s->view->contract->terms.due[receiver][line], path, rounded);
}

void decision_state_cost(const struct decision_step *s, int path, int payer, enum contract_line line, double amount)
{
    const double rounded = path_money(amount);
    s->block->acted = 1;
    add(s->view->contract->terms.due[payer][line], path, -rounded);
    add(s->view->contract->terms.outside[line], path, -rounded);
}
