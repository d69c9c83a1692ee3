/* docs/model.md (8.4): values of a division in closed form, and what must hold in any game. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bargaining/game.h"

enum { A = 1, B = 2, C = 4 };

static void expect_near(double got, double want, double slack, const char *what)
{
    cr_expect(fabs(got - want) <= slack, "%s: got %.12g, want %.12g", what, got, want);
}

static void expect_shares(const double got[], const double want[], int n, const char *what)
{
    for (int p = 0; p < n; p++) expect_near(got[p], want[p], 1e-9 * 1000, what);
}

static struct bargaining_game three(double a, double b, double c, double ab, double ac, double bc, double abc)
{
    struct bargaining_game game = {.partners = 3};
    const double value[] = {0, a, b, ab, c, ac, bc, abc};
    memcpy(game.value, value, sizeof value);
    return game;
}

/* ---- Closed forms ---- */

Test(bargaining_game, nash_divides_what_is_above_the_outside_options)
{
    const struct {
        double total, outside[2], weight[2], want[2];
    } game[] = {{1000, {350, 450}, {0.6, 0.4}, {470, 530}},
                {1000, {350, 450}, {0.5, 0.5}, {450, 550}},
                {960, {520, 400}, {0.6, 0.4}, {544, 416}},
                {1000, {350, 450}, {3, 2}, {470, 530}},
                {700, {350, 450}, {1, 1}, {350, 450}}}; /* nothing to divide */
    for (size_t k = 0; k < sizeof game / sizeof *game; k++) {
        double share[2];
        const double surplus = bargaining_game_nash(2, game[k].total, game[k].outside, game[k].weight, share);
        expect_shares(share, game[k].want, 2, "nash");
        expect_near(surplus, game[k].total - game[k].outside[0] - game[k].outside[1], 1e-9, "surplus");
    }
    const double outside[] = {100, 50, 0}, weight[] = {0.5, 0.3, 0.2}, none[] = {0, 0, 0}, want[] = {475, 275, 150},
                 even[] = {350, 300, 250};
    double share[3];
    bargaining_game_nash(3, 900, outside, weight, share);
    expect_shares(share, want, 3, "three with weights");
    bargaining_game_nash(3, 900, outside, none, share);
    expect_shares(share, even, 3, "without any weight parts are equal");
}

Test(bargaining_game, weights_of_alternating_offers)
{
    expect_near(bargaining_game_first_offer(0.95, 0.90), 0.6897, 5e-5, "first mover");
    expect_near(bargaining_game_short_rounds(0.95, 0.90), 0.6726, 5e-5, "short rounds");
    expect_near(bargaining_game_first_offer(0.9, 0.9), 0.5263, 5e-5, "equals");
    expect_near(bargaining_game_short_rounds(0.9, 0.9), 0.5, 1e-12, "equals, short rounds");
    const double h = 1e-4; /* the second is the limit of the first */
    expect_near(bargaining_game_first_offer(pow(0.95, h), pow(0.90, h)), bargaining_game_short_rounds(0.95, 0.90), 1e-5, "limit");
}

static void expect_game(const struct bargaining_game *game, const double shapley[], const double nucleolus[], const char *what)
{
    double share[GAME_PARTNERS];
    bargaining_game_shapley(game, share);
    expect_shares(share, shapley, game->partners, what);
    cr_assert_eq(bargaining_core_nucleolus(game, share), 0, "%s: no nucleolus", what);
    expect_shares(share, nucleolus, game->partners, what);
}

Test(bargaining_game, shapley_and_nucleolus_of_known_games)
{
    const struct bargaining_game pairs = three(0, 0, 0, 600, 400, 200, 900);
    expect_game(&pairs, (const double[]){400, 300, 200}, (const double[]){475, 275, 150}, "pairs");
    /* a runway: who needs more pays more (Littlechild and Owen 1973) */
    const struct bargaining_game airport = three(-900, -1200, -2000, -1200, -2000, -2000, -2000);
    expect_game(&airport, (const double[]){-300, -450, -1250}, (const double[]){-400, -400, -1200}, "airport");
    const struct bargaining_game gloves = three(0, 0, 0, 1, 1, 0, 1);
    expect_game(&gloves, (const double[]){2.0 / 3, 1.0 / 6, 1.0 / 6}, (const double[]){1, 0, 0}, "gloves");
    /* a platform of 1500 built once and not by each, less 100 for each pair that must talk */
    const struct bargaining_game platform = three(0, 0, 0, 1400, 1400, 1400, 2700);
    expect_game(&platform, (const double[]){900, 900, 900}, (const double[]){900, 900, 900}, "platform");
}

Test(bargaining_game, the_core_its_bounds_and_who_objects)
{
    struct bargaining_game game = three(0, 0, 0, 600, 400, 200, 900);
    struct bargaining_core core;
    double most, share[3];
    cr_assert_eq(bargaining_core_find(&game, &core), 0);
    cr_expect_not(core.empty);
    /* x_c <= 900 - 600, x_b <= 500, x_a <= 700; each may get nothing but a, whose partners have 200 without it and at most
       500 + 300 */
    expect_shares(core.high, (const double[]){700, 500, 300}, 3, "high");
    expect_shares(core.low, (const double[]){100, 0, 0}, 3, "low");
    expect_near(core.least, -150, 1e-6, "least core"); /* c's 150 and what a and b get above 600 add to 300 */
    bargaining_game_shapley(&game, share);
    cr_expect_eq(bargaining_game_objects(&game, share, &most), A | B, "a and b have 700 and could have 600; c has 200");
    expect_near(most, -100, 1e-9, "excess");
    cr_expect_eq(bargaining_game_objects(&game, (const double[]){300, 250, 350}, &most), A | B);
    expect_near(most, 50, 1e-9, "excess");
    cr_expect_eq(bargaining_game_objects(&game, (const double[]){500, 200, 100}, &most), A | B | C,
                 "100 are divided with nobody");
    expect_near(most, 100, 1e-9, "excess of all");
    /* any two of three have all: whatever is agreed, two gain by something else */
    game = three(0, 0, 0, 1, 1, 1, 1);
    cr_assert_eq(bargaining_core_find(&game, &core), 0);
    cr_expect(core.empty && isnan(core.low[0]) && isnan(core.high[2]));
    expect_near(core.least, 1.0 / 3, 1e-9, "least core");
    /* one point */
    game = three(0, 0, 0, 1, 1, 0, 1);
    cr_assert_eq(bargaining_core_find(&game, &core), 0);
    cr_expect_not(core.empty);
    for (int p = 0; p < 3; p++) {
        expect_near(core.low[p], p ? 0 : 1, 1e-8, "low");
        expect_near(core.high[p], p ? 0 : 1, 1e-8, "high");
    }
    /* worth less together than apart */
    game = three(5, 5, 5, 0, 0, 0, 9);
    cr_expect_eq(bargaining_core_find(&game, &core), 1);
    cr_expect_eq(bargaining_core_nucleolus(&game, share), 1);
}

Test(bargaining_game, one_and_two_partners_and_a_game_of_nothing)
{
    struct bargaining_game game = {.partners = 1, .value = {0, 7}};
    struct bargaining_core core;
    double share[3];
    cr_assert_eq(bargaining_core_nucleolus(&game, share), 0);
    expect_near(share[0], 7, 1e-12, "alone");
    game = (struct bargaining_game){.partners = 2, .value = {0, 10, 30, 100}};
    expect_game(&game, (const double[]){40, 60}, (const double[]){40, 60}, "two halve what they gain");
    game = three(0, 0, 0, 0, 0, 0, 0);
    expect_game(&game, (const double[]){0, 0, 0}, (const double[]){0, 0, 0}, "nothing");
    cr_assert_eq(bargaining_core_find(&game, &core), 0);
    cr_expect_not(core.empty);
    for (int p = 0; p < 3; p++) cr_expect(fabs(core.low[p]) <= 1e-8 && fabs(core.high[p]) <= 1e-8);
}

/* ---- What holds in any game ---- */

static double next(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (double)(*state >> 8) / 16777216.0;
}

static int count(unsigned coalition)
{
    return __builtin_popcount(coalition);
}

/* Values that grow with the coalition, whole numbers so that many excesses are equal; `steep` makes cores likely. */
static struct bargaining_game random_game(int n, unsigned *state, int steep)
{
    struct bargaining_game game = {.partners = n};
    for (unsigned s = 1; s <= bargaining_game_all(&game); s++) {
        const double size = (double)count(s);
        game.value[s] = count(s) < 2 ? floor(3 * next(state)) : floor(10 * next(state) * size + (steep ? 10 * size * size : 0));
    }
    const double least = steep ? game.value[bargaining_game_all(&game)] + 30 : 3 * n; /* no less than each alone */
    if (game.value[bargaining_game_all(&game)] < least) game.value[bargaining_game_all(&game)] = least;
    return game;
}

Test(bargaining_game, shapley_is_efficient_symmetric_additive_and_gives_a_dummy_what_it_has)
{
    unsigned state = 11;
    for (int trial = 0; trial < 200; trial++) {
        const int n = 2 + trial % 7;
        struct bargaining_game x = random_game(n, &state, 0), y = random_game(n, &state, 1), sum = {.partners = n},
                               swapped = {.partners = n}, dummy = {.partners = n};
        double of_x[GAME_PARTNERS], of_y[GAME_PARTNERS], of_sum[GAME_PARTNERS], of_swapped[GAME_PARTNERS],
            of_dummy[GAME_PARTNERS], all = 0;
        for (unsigned s = 1; s <= bargaining_game_all(&x); s++) {
            const unsigned other = (s & ~3u) | (s & 1u) << 1 | (s >> 1 & 1u), rest = s & ~(1u << (n - 1));
            sum.value[s] = 2 * x.value[s] + y.value[s];
            swapped.value[other] = x.value[s];
            dummy.value[s] = x.value[rest] + (rest == s ? 0 : 5);
        }
        bargaining_game_shapley(&x, of_x);
        bargaining_game_shapley(&y, of_y);
        bargaining_game_shapley(&sum, of_sum);
        bargaining_game_shapley(&swapped, of_swapped);
        bargaining_game_shapley(&dummy, of_dummy);
        for (int p = 0; p < n; p++) {
            all += of_x[p];
            expect_near(of_sum[p], 2 * of_x[p] + of_y[p], 1e-9, "additive");
            expect_near(of_swapped[p], of_x[p < 2 ? 1 - p : p], 1e-9, "symmetric");
        }
        expect_near(all, x.value[bargaining_game_all(&x)], 1e-9, "efficient");
        expect_near(of_dummy[n - 1], 5, 1e-9, "dummy");
    }
}

static int falls(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Excesses of all coalitions but that of all, the greatest first. */
static int sorted(const struct bargaining_game *game, const double share[], double excess[])
{
    int n = 0;
    for (unsigned s = 1; s < bargaining_game_all(game); s++) excess[n++] = bargaining_game_excess(game, share, s);
    qsort(excess, (size_t)n, sizeof *excess, falls);
    return n;
}

/* Below 0: the first vector is lexicographically less. Differences of rounding are none. */
static int order(const double a[], const double b[], int n)
{
    for (int k = 0; k < n; k++) {
        if (fabs(a[k] - b[k]) > 1e-7) return a[k] < b[k] ? -1 : 1;
    }
    return 0;
}

/* A move of the division in some direction, which leaves the sum; 0 if somebody falls below what it has alone. */
static int move(const struct bargaining_game *game, const double share[], unsigned *state, int trial, double moved[])
{
    const int n = game->partners, from = trial % n, to = (trial / n) % n;
    const double size = trial % 3 ? 0.05 : 1.0;
    double mean = 0;
    memcpy(moved, share, (size_t)n * sizeof *moved);
    if (trial < n * n && from == to) return 0;
    if (trial < n * n) {
        moved[from] -= size;
        moved[to] += size;
    } else {
        double step[GAME_PARTNERS];
        for (int p = 0; p < n; p++) mean += (step[p] = next(state)) / n;
        for (int p = 0; p < n; p++) moved[p] += size * (step[p] - mean);
    }
    for (int p = 0; p < n; p++) {
        if (moved[p] < game->value[1u << p]) return 0;
    }
    return 1;
}

/* Excesses are linear in the division, so that the sorted vector has no local optimum besides the nucleolus: whatever is close
   and better would be found. */
Test(bargaining_game, no_division_near_the_nucleolus_is_better_and_it_is_in_the_core_if_there_is_one)
{
    unsigned state = 5;
    int cores = 0, empty = 0, moves = 0;
    for (int trial = 0; trial < 120; trial++) {
        const int n = 3 + trial % 4;
        const struct bargaining_game game = random_game(n, &state, trial % 2);
        struct bargaining_core core;
        double share[GAME_PARTNERS], moved[GAME_PARTNERS], best[GAME_COALITIONS], other[GAME_COALITIONS], most, sum = 0;
        if (bargaining_core_nucleolus(&game, share)) continue;
        cr_assert_eq(bargaining_core_find(&game, &core), 0);
        const int excesses = sorted(&game, share, best);
        for (int p = 0; p < n; p++) {
            sum += share[p];
            cr_expect(share[p] >= game.value[1u << p] - 1e-9, "nobody gets less than it has alone");
            if (core.empty) continue;
            cr_expect(share[p] >= core.low[p] - 1e-6 && share[p] <= core.high[p] + 1e-6, "within the core's bounds");
        }
        expect_near(sum, game.value[bargaining_game_all(&game)], 1e-9, "all is divided");
        expect_near(best[0], core.least, 1e-6, "the greatest excess is that of the least core");
        bargaining_game_objects(&game, share, &most);
        cr_expect_eq(core.empty, most > 1e-6, "a core, and the nucleolus in it");
        cores += !core.empty;
        empty += core.empty;
        for (int k = 0; k < 150; k++) {
            if (!move(&game, share, &state, k, moved)) continue;
            sorted(&game, moved, other);
            moves++;
            cr_assert(order(best, other, excesses) < 0, "trial %d: a better division", trial);
        }
    }
    cr_expect(cores > 20 && empty > 20 && moves > 4000, "%d with a core, %d without, %d moves", cores, empty, moves);
}

Test(bargaining_game, the_nucleolus_is_symmetric_and_moves_with_the_units)
{
    unsigned state = 3;
    for (int trial = 0; trial < 60; trial++) {
        const int n = 3 + trial % 4;
        const struct bargaining_game game = random_game(n, &state, trial % 2);
        struct bargaining_game moved = {.partners = n};
        double share[GAME_PARTNERS], other[GAME_PARTNERS];
        for (unsigned s = 1; s <= bargaining_game_all(&game); s++) {
            const unsigned swapped = (s & ~3u) | (s & 1u) << 1 | (s >> 1 & 1u);
            moved.value[swapped] = 1000 * game.value[s];
            for (int p = 0; p < n; p++) moved.value[swapped] += swapped >> p & 1u ? 7.0 * p : 0.0;
        }
        cr_assert_eq(bargaining_core_nucleolus(&game, share), 0);
        cr_assert_eq(bargaining_core_nucleolus(&moved, other), 0);
        for (int p = 0; p < n; p++) {
            expect_near(other[p < 2 ? 1 - p : p], 1000 * share[p] + 7.0 * (p < 2 ? 1 - p : p), 1e-5, "moved");
        }
    }
}

/* The core's bounds are met by divisions of the core, and by none beyond: on a grid of three partners. */
Test(bargaining_game, the_bounds_of_the_core_are_those_of_a_grid)
{
    unsigned state = 19;
    int cores = 0;
    for (int trial = 0; trial < 40; trial++) {
        const struct bargaining_game game = random_game(3, &state, trial % 2);
        struct bargaining_core core;
        double low[3] = {1e9, 1e9, 1e9}, high[3] = {-1e9, -1e9, -1e9};
        const int total = (int)game.value[7];
        if (bargaining_core_find(&game, &core) || core.empty) continue;
        for (int a = 0; a <= total; a++) {
            for (int b = 0; a + b <= total; b++) {
                const double share[] = {a, b, total - a - b};
                double most;
                bargaining_game_objects(&game, share, &most);
                for (int p = 0; most <= 1e-9 && p < 3; p++) {
                    low[p] = fmin(low[p], share[p]);
                    high[p] = fmax(high[p], share[p]);
                }
            }
        }
        expect_shares(core.low, low, 3, "low"); /* whole numbers: the corners of a core of three are */
        expect_shares(core.high, high, 3, "high");
        cores++;
    }
    cr_expect(cores > 10, "%d cores", cores);
}

Test(bargaining_game, eight_partners_are_done_at_once)
{
    unsigned state = 2;
    const struct bargaining_game game = random_game(8, &state, 1);
    struct bargaining_core core;
    double share[8], moved[8], best[GAME_COALITIONS], other[GAME_COALITIONS];
    const clock_t start = clock();
    cr_assert_eq(bargaining_core_nucleolus(&game, share), 0);
    cr_assert_eq(bargaining_core_find(&game, &core), 0);
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    cr_expect(seconds < 1.0, "took %g s", seconds);
    const int excesses = sorted(&game, share, best);
    for (int k = 0; k < 400; k++) {
        if (!move(&game, share, &state, k, moved)) continue;
        sorted(&game, moved, other);
        cr_assert(order(best, other, excesses) < 0, "a better division");
    }
}
