/* Core, least core and nucleolus. With u(S) = v(S) - sum of v(i) over S and y_i = x_i - v(i) >= 0, scaled to the order of 1, a
   step is

       minimise e   where   y(S) + e >= u(S) for the coalitions that are free,   y(T) = u(T) - e_T for those that are settled,

   and is solved by its dual, which has one row a partner and one for e: maximise sum of l_S u(S) + sum of m_T (u(T) - e_T) where
   for each partner the sum of l and m over its coalitions is at most 0, and the l add to 1. The prices of that are y and e. A
   coalition with l > 0 has excess e in every optimum (complementary slackness): it is settled, and so is whatever follows from
   what is settled. At least one of them is new each time, so that after n - 1 steps at most nothing is free (Kopelowitz 1967;
   Maschler, Peleg and Shapley 1979). */
#include <math.h>
#include <string.h>

#include "bargaining/game.h"
#include "bargaining/simplex.h"

#define NOTHING 1e-9

struct steps {
    const struct bargaining_game *game;
    int partners;
    unsigned all;
    double scale, gain[GAME_COALITIONS]; /* u / scale */
    int settled;                         /* independent ones, the coalition of all first */
    unsigned coalition[GAME_PARTNERS];
    double amount[GAME_PARTNERS];        /* y(T) */
    double row[GAME_PARTNERS][GAME_PARTNERS + 1]; /* the same, eliminated: pivot row by partner; .. [partners] is the amount */
    int pivot[GAME_PARTNERS];            /* partner of each row */
    struct bargaining_simplex programme;
    struct bargaining_optimum optimum;
    unsigned of_column[SIMPLEX_COLUMNS]; /* free coalition */
};

static int is_in(unsigned coalition, int partner)
{
    return (int)(coalition >> partner & 1u);
}

static int begin(struct steps *s, const struct bargaining_game *game)
{
    memset(s, 0, sizeof *s);
    s->game = game;
    s->partners = game->partners;
    s->all = bargaining_game_all(game);
    for (unsigned c = 1; c <= s->all; c++) {
        s->gain[c] = game->value[c];
        for (int p = 0; p < s->partners; p++) s->gain[c] -= is_in(c, p) ? game->value[1u << p] : 0.0;
        if (fabs(s->gain[c]) > s->scale) s->scale = fabs(s->gain[c]);
    }
    if (s->gain[s->all] < -bargaining_game_slack(game)) return 1;
    if (!(s->scale > 0.0)) s->scale = 1.0;
    for (unsigned c = 1; c <= s->all; c++) s->gain[c] /= s->scale;
    if (s->gain[s->all] < 0.0) s->gain[s->all] = 0.0;
    return 0;
}

/* What is left of a coalition's row when the settled ones are taken out: nothing where it follows from them. */
static int reduce(const struct steps *s, unsigned coalition, double amount, double row[GAME_PARTNERS + 1])
{
    int found = -1;
    for (int p = 0; p < s->partners; p++) row[p] = is_in(coalition, p) ? 1.0 : 0.0;
    row[s->partners] = amount;
    for (int k = 0; k < s->settled; k++) {
        const double times = row[s->pivot[k]];
        for (int p = 0; p <= s->partners; p++) row[p] -= times * s->row[k][p];
        row[s->pivot[k]] = 0.0;
    }
    for (int p = 0; p < s->partners; p++) {
        if (fabs(row[p]) > NOTHING && (found < 0 || fabs(row[p]) > fabs(row[found]))) found = p;
    }
    return found;
}

/* Gauss and Jordan: earlier rows are cleared of the new pivot, so that in the end each row has one partner and its amount. */
static void settle(struct steps *s, unsigned coalition, double amount)
{
    double row[GAME_PARTNERS + 1];
    const int pivot = reduce(s, coalition, amount, row);
    if (pivot < 0) return;
    const double by = row[pivot];
    for (int p = 0; p <= s->partners; p++) row[p] /= by;
    for (int k = 0; k < s->settled; k++) {
        const double times = s->row[k][pivot];
        for (int p = 0; p <= s->partners; p++) s->row[k][p] -= times * row[p];
    }
    memcpy(s->row[s->settled], row, sizeof row);
    s->pivot[s->settled] = pivot;
    s->coalition[s->settled] = coalition;
    s->amount[s->settled++] = amount;
}

static void add_column(struct steps *s, unsigned coalition, double sign, double counts, double cost)
{
    struct bargaining_simplex *lp = &s->programme;
    for (int p = 0; p < s->partners; p++) lp->entry[p][lp->columns] = is_in(coalition, p) ? sign : 0.0;
    lp->entry[s->partners][lp->columns] = counts;
    lp->cost[lp->columns] = cost;
    s->of_column[lp->columns++] = coalition;
}

/* Settled coalitions (their multiplier has either sign) and what makes "at most". */
static void add_settled(struct steps *s)
{
    for (int k = 0; k < s->settled; k++) {
        add_column(s, s->coalition[k], 1.0, 0.0, s->amount[k]);
        add_column(s, s->coalition[k], -1.0, 0.0, -s->amount[k]);
    }
    for (int p = 0; p < s->partners; p++) add_column(s, 1u << p, 1.0, 0.0, 0.0);
}

/* One step. Returns how many coalitions are free. */
static int minimise(struct steps *s)
{
    double row[GAME_PARTNERS + 1];
    int free = 0;
    memset(&s->programme, 0, sizeof s->programme);
    s->programme.rows = s->partners + 1;
    s->programme.right[s->partners] = 1.0;
    for (unsigned c = 1; c < s->all; c++) {
        if (reduce(s, c, 0.0, row) < 0) continue;
        add_column(s, c, 1.0, 1.0, s->gain[c]);
        free++;
    }
    add_settled(s);
    if (!free || bargaining_simplex_solve(&s->programme, &s->optimum)) return 0;
    return free;
}

int bargaining_core_nucleolus(const struct bargaining_game *game, double share[])
{
    struct steps s;
    if (begin(&s, game)) return 1;
    settle(&s, s.all, s.gain[s.all]);
    while (s.settled < s.partners) {
        const int free = minimise(&s), before = s.settled;
        for (int k = 0; k < free; k++) {
            if (s.optimum.z[k] > NOTHING) settle(&s, s.of_column[k], s.gain[s.of_column[k]] - s.optimum.value);
        }
        if (s.settled == before) return 1; /* never: one of them is new */
    }
    for (int k = 0; k < s.settled; k++) {
        const int p = s.pivot[k];
        share[p] = game->value[1u << p] + s.scale * s.row[k][s.partners];
    }
    return 0;
}

/* What partner p gets in the core at least (sign 1) or at most (-1): minimise sign y_p where y(S) >= u(S), y(all) = u(all), by
   the dual. */
static double bound(struct steps *s, int partner, double sign, double relief)
{
    memset(&s->programme, 0, sizeof s->programme);
    s->programme.rows = s->partners;
    s->programme.right[partner] = sign;
    for (unsigned c = 1; c < s->all; c++) add_column(s, c, 1.0, 0.0, s->gain[c] - relief);
    add_settled(s);
    if (bargaining_simplex_solve(&s->programme, &s->optimum)) return (double)NAN;
    return s->game->value[1u << partner] + s->scale * sign * s->optimum.value;
}

int bargaining_core_find(const struct bargaining_game *game, struct bargaining_core *core)
{
    struct steps s;
    memset(core, 0, sizeof *core);
    if (begin(&s, game)) return 1;
    settle(&s, s.all, s.gain[s.all]);
    if (minimise(&s)) core->least = s.scale * s.optimum.value;
    core->empty = core->least > bargaining_game_slack(game);
    /* a core of one point must not be lost by rounding */
    const double relief = core->least > -bargaining_game_slack(game) ? 1e-9 : 0.0;
    for (int p = 0; p < s.partners; p++) {
        core->low[p] = core->empty ? (double)NAN : bound(&s, p, 1.0, relief);
        core->high[p] = core->empty ? (double)NAN : bound(&s, p, -1.0, relief);
    }
    return 0;
}
