/* bargaining/game.h - what each coalition of partners is worth, and the ways to divide what all of them are worth together.
   docs/model.md (8.4). Partner i is bit i of a coalition. Everything here is small and runs once: no allocation, no lanes. */
#ifndef PACTOLUS_BARGAINING_GAME_H
#define PACTOLUS_BARGAINING_GAME_H

enum { GAME_PARTNERS = 8, GAME_COALITIONS = 1 << GAME_PARTNERS };

struct bargaining_game {
    int partners;                  /* 1 to GAME_PARTNERS */
    double value[GAME_COALITIONS]; /* by bit mask; [0] is 0 */
};

/* The coalition of all. */
static inline unsigned bargaining_game_all(const struct bargaining_game *game)
{
    return (1u << game->partners) - 1u;
}

/* Nash's solution with weights and outside options: x_i = d_i + w_i (total - sum of d), weights scaled to add to 1, equal where
   all are 0 (Nash 1950; Harsanyi and Selten 1972). Without a surplus nobody agrees: x = d. Returns the surplus. */
double bargaining_game_nash(int partners, double total, const double outside[], const double weight[], double share[]);
/* Weight of a in the bargaining of alternating offers with discount factors below 1 a round: where a makes the first offer, and
   in the limit of short rounds (Rubinstein 1982; Binmore, Rubinstein and Wolinsky 1986). */
double bargaining_game_first_offer(double factor_a, double factor_b);
double bargaining_game_short_rounds(double factor_a, double factor_b);

/* What the value of a coalition counts in the Shapley value of a partner, which is linear in the values (Shapley 1953): with s
   members of n, (s - 1)! (n - s)! / n! for one of them, - s! (n - s - 1)! / n! for any other. */
double bargaining_game_weight(int partners, int partner, unsigned coalition);
void bargaining_game_shapley(const struct bargaining_game *game, double share[]);

/* Excess of a coalition under a division: what it would have alone above what it gets. */
double bargaining_game_excess(const struct bargaining_game *game, const double share[], unsigned coalition);
/* The coalition with the greatest excess, of equal ones the first; `most` is that excess. The coalition of all is meant only
   where it has an excess above 0: less is divided than there is. The division is in the core where nobody has one
   (Gillies 1959). */
unsigned bargaining_game_objects(const struct bargaining_game *game, const double share[], double *most);
/* Amounts below this are rounding: 1e-9 of the greatest value of the game. */
double bargaining_game_slack(const struct bargaining_game *game);

/* ---- core.c, by linear programmes; 1 where all together are worth less than the sum of each alone: nothing to divide ---- */

struct bargaining_core {
    int empty;
    double least; /* least core: the excess that the worst treated coalition has at best; above 0: the core is empty */
    /* what a partner gets in the core at least and at most; NaN where it is empty */
    double low[GAME_PARTNERS], high[GAME_PARTNERS];
};
/* The core, and the least core (Maschler, Peleg and Shapley 1979), of divisions that leave nobody less than it is worth alone. */
int bargaining_core_find(const struct bargaining_game *game, struct bargaining_core *core);
/* The nucleolus: of all such divisions that which makes the greatest excess as small as can be, then the next, and so on
   (Schmeidler 1969). It is in the core where there is one. */
int bargaining_core_nucleolus(const struct bargaining_game *game, double share[]);
#endif
