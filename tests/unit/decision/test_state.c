/* docs/model.md (7.1): the table of legal moves, written here once more, and the check that notices any other. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "decision/path.h"

/* The rows of the table: from, to. `same` in a row's target phase or mode: as it was. */
enum { SAME = -1, ANY = -2, RUNS = -3 };
static const struct {
    int phase, mode, to_phase, to_mode;
} row[] = {
    {PHASE_DEVELOP, MODE_NORMAL, PHASE_OPERATE, SAME},      /* the clock reached the start of production */
    {PHASE_DEVELOP, MODE_RENEGOTIATE, PHASE_OPERATE, SAME},
    {PHASE_DEVELOP, MODE_NOTICE, PHASE_OPERATE, SAME},
    {RUNS, MODE_NORMAL, SAME, MODE_DEADLOCK},               /* arrival */
    {RUNS, MODE_DEADLOCK, SAME, MODE_NORMAL},               /* resolved */
    {RUNS, MODE_DEADLOCK, SAME, MODE_RENEGOTIATE},          /* limit, attempts left */
    {RUNS, MODE_DEADLOCK, SAME, MODE_NOTICE},               /* limit, none left, right to leave */
    {RUNS, MODE_NORMAL, SAME, MODE_RENEGOTIATE},            /* review or trigger */
    {RUNS, MODE_NORMAL, SAME, MODE_NOTICE},                 /* review, trigger, break-up, change of control */
    {RUNS, MODE_RENEGOTIATE, SAME, MODE_NORMAL},            /* closed, or failed and they go on */
    {RUNS, MODE_RENEGOTIATE, SAME, MODE_NOTICE},            /* failed for the last time */
    {RUNS, MODE_NOTICE, SAME, MODE_NORMAL},                 /* settled, others go on */
    {RUNS, ANY, PHASE_WIND_DOWN, MODE_NORMAL},              /* settled and nobody goes on; all want out; term */
    {PHASE_WIND_DOWN, MODE_NORMAL, PHASE_ENDED, MODE_NORMAL}, /* time over */
};

static int fits(int pattern, int value, int same)
{
    if (pattern == RUNS) return value == PHASE_DEVELOP || value == PHASE_OPERATE;
    return pattern == ANY || (pattern == SAME ? value == same : value == pattern);
}

/* Staying where one is is legal wherever one may be: not in another mode than normal once it is wound up. */
static int may_stay(int phase, int mode)
{
    return phase == PHASE_DEVELOP || phase == PHASE_OPERATE || mode == MODE_NORMAL;
}

/* One move of the phase and one of the mode may fall into one step: both must be in the table. */
static int in_table(int phase, int mode, int to_phase, int to_mode)
{
    if (phase == to_phase && mode == to_mode) return may_stay(phase, mode);
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        if (!fits(row[k].phase, phase, 0) || !fits(row[k].mode, mode, 0)) continue;
        if (fits(row[k].to_phase, to_phase, phase) && fits(row[k].to_mode, to_mode, mode)) return 1;
    }
    return 0;
}

static int expected(int phase, int mode, int to_phase, int to_mode)
{
    if (phase == PHASE_DEVELOP && to_phase == PHASE_OPERATE) { /* with any move of the mode that is legal by itself */
        return mode == to_mode || in_table(phase, mode, phase, to_mode);
    }
    return in_table(phase, mode, to_phase, to_mode);
}

Test(decision_state, every_pair_of_states_is_judged_by_the_table)
{
    int legal = 0;
    const int phases = PHASES, modes = MODES;
    for (int k = 0; k < phases * modes * phases * modes; k++) {
        const int phase = k % PHASES, mode = k / PHASES % MODES, to_phase = k / PHASES / MODES % PHASES, to_mode = k / PHASES / MODES / PHASES;
        const int got = decision_state_legal((enum decision_phase)phase, (enum decision_mode)mode, (enum decision_phase)to_phase,
                                             (enum decision_mode)to_mode);
        cr_expect_eq(!!got, expected(phase, mode, to_phase, to_mode), "%s %s to %s %s", decision_phase_names[phase],
                     decision_mode_names[mode], decision_phase_names[to_phase], decision_mode_names[to_mode]);
        legal += got;
    }
    /* 13 by mode (4 stay, 9 move) for develop, operate and from one to the other; 4 to winding up from each; 2 and 1 behind */
    cr_expect_eq(legal, 3 * 13 + 2 * 4 + 3);
}

enum { COLUMNS = 4 };

static void place(struct decision_block *block, double *memory)
{
    lanes **column[COLUMNS] = {&block->phase, &block->mode, &block->phase_before, &block->mode_before};
    memset(block, 0, sizeof *block);
    for (int k = 0; k < COLUMNS; k++) {
        *column[k] = (lanes *)(void *)(memory + k * BLOCK_PATHS);
        for (int path = 0; path < BLOCK_PATHS; path++) path_set(*column[k], path, 0.0);
    }
}

Test(decision_state, a_step_that_breaks_the_table_is_noticed)
{
    double *memory = aligned_alloc(64, COLUMNS * BLOCK_PATHS * sizeof *memory);
    struct decision_block block;
    place(&block, memory);
    cr_expect_eq(decision_block_verify(&block), 0, "nothing moved");
    path_set(block.phase, 5, PHASE_ENDED);
    cr_expect_eq(decision_block_verify(&block), 1, "develop to ended");
    path_set(block.phase_before, 63, PHASE_ENDED);
    path_set(block.phase, 63, PHASE_OPERATE);
    cr_expect_eq(decision_block_verify(&block), 2, "ended is final");
    path_set(block.mode_before, 0, MODE_NOTICE);
    path_set(block.mode, 0, MODE_RENEGOTIATE);
    cr_expect_eq(decision_block_verify(&block), 3, "a notice is not withdrawn");
    path_set(block.mode, 0, MODE_NORMAL);
    cr_expect_eq(decision_block_verify(&block), 2);
    free(memory);
}

/* An exit that is settled in the step in which it begins leaves the mode as it was: nothing else may follow in that step. */
Test(decision_state, a_path_on_which_somebody_left_is_not_open_again_in_that_step)
{
    double *memory = aligned_alloc(64, (COLUMNS + 2) * BLOCK_PATHS * sizeof *memory);
    struct decision_block block;
    place(&block, memory);
    for (int p = 0; p < 2; p++) {
        block.left[p] = (lanes *)(void *)(memory + (COLUMNS + p) * BLOCK_PATHS);
        for (int path = 0; path < BLOCK_PATHS; path++) path_set(block.left[p], path, 0.0);
    }
    cr_expect(decision_state_open(&block, 7, MODE_NORMAL));
    path_set(block.left[1], 7, 1.0);
    cr_expect_not(decision_state_open(&block, 7, MODE_NORMAL));
    cr_expect(decision_state_open(&block, 8, MODE_NORMAL));
    path_set(block.mode_before, 8, MODE_DEADLOCK);
    cr_expect_not(decision_state_open(&block, 8, MODE_NORMAL), "moved in this step already");
    free(memory);
}
