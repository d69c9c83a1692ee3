#include "bargaining/game.h"

#include <math.h>

#include "base/elementary.h"

double bargaining_game_nash(int partners, double total, const double outside[], const double weight[], double share[])
{
    double surplus = total, all = 0.0;
    for (int p = 0; p < partners; p++) {
        surplus -= outside[p];
        all += weight[p];
    }
    const double divided = surplus > 0.0 ? surplus : 0.0;
    for (int p = 0; p < partners; p++) {
        share[p] = outside[p] + divided * (all > 0.0 ? weight[p] / all : 1.0 / (double)partners);
    }
    return surplus;
}

double bargaining_game_first_offer(double factor_a, double factor_b)
{
    return (1.0 - factor_b) / (1.0 - factor_a * factor_b);
}

double bargaining_game_short_rounds(double factor_a, double factor_b)
{
    const double a = elementary_log(factor_a), b = elementary_log(factor_b);
    return b / (a + b);
}

static double factorial(int n)
{
    double product = 1.0;
    for (int k = 2; k <= n; k++) product *= (double)k;
    return product;
}

double bargaining_game_weight(int partners, int partner, unsigned coalition)
{
    int size = 0;
    for (int p = 0; p < partners; p++) size += (int)(coalition >> p & 1u);
    if (coalition >> partner & 1u) return factorial(size - 1) * factorial(partners - size) / factorial(partners);
    return -factorial(size) * factorial(partners - size - 1) / factorial(partners);
}

void bargaining_game_shapley(const struct bargaining_game *game, double share[])
{
    const unsigned all = bargaining_game_all(game);
    for (int p = 0; p < game->partners; p++) {
        share[p] = 0.0;
        for (unsigned s = 1; s <= all; s++) share[p] += bargaining_game_weight(game->partners, p, s) * game->value[s];
    }
}

double bargaining_game_excess(const struct bargaining_game *game, const double share[], unsigned coalition)
{
    double excess = game->value[coalition];
    for (int p = 0; p < game->partners; p++) {
        if (coalition >> p & 1u) excess -= share[p];
    }
    return excess;
}

unsigned bargaining_game_objects(const struct bargaining_game *game, const double share[], double *most)
{
    const unsigned all = bargaining_game_all(game);
    const double slack = bargaining_game_slack(game), of_all = bargaining_game_excess(game, share, all);
    unsigned found = 1;
    *most = bargaining_game_excess(game, share, 1);
    for (unsigned s = 2; s < all; s++) {
        const double excess = bargaining_game_excess(game, share, s);
        if (!(excess > *most + slack)) continue;
        *most = excess;
        found = s;
    }
    if (!(of_all > slack) || of_all <= *most) return found;
    *most = of_all;
    return all;
}

double bargaining_game_slack(const struct bargaining_game *game)
{
    const unsigned all = bargaining_game_all(game);
    double greatest = 0.0;
    for (unsigned s = 1; s <= all; s++) greatest = fabs(game->value[s]) > greatest ? fabs(game->value[s]) : greatest;
    return 1e-9 * greatest;
}
