#include "statistics/sum.h"

#include <string.h>

#include "base/lanes.h"

/* Sums run in eight ways, so that each adds up eight values at most. */
enum { WAYS = 8, REGISTERS = WAYS / LANES };
static const double MAGIC = 0x1.8p32; /* adding it rounds to multiples of 2^-20 (base/money.h) */
static const double LARGEST = 0x1p30; /* eight values below it add up exactly in a double */

/* Values as they pass: how far off the grid, how large, and their sums, exact where they are on it and small. */
struct passed {
    lanes residue[REGISTERS], largest[REGISTERS], sum[REGISTERS];
};

LANE_FUNCTION lanes magnitude(lanes x)
{
    return (lanes)((words)x & 0x7fffffffffffffffull);
}

LANE_FUNCTION void pass(const double *x, struct passed *passed)
{
    for (size_t k = 0; k < REGISTERS; k++) {
        lanes v, size;
        memcpy(&v, x + k * LANES, sizeof v); /* a column may begin anywhere */
        size = magnitude(v);
        passed->residue[k] += magnitude(((v + MAGIC) - MAGIC) - v); /* NaN stays */
        passed->largest[k] = most(size, passed->largest[k]);
        passed->sum[k] += v;
    }
}

/* The sum in units; *fine 0 where a value is not on the grid or too large. */
static long long units_of(const struct passed *passed, int *fine)
{
    long long units = 0;
    *fine = 1;
    for (size_t k = 0; k < REGISTERS; k++) {
        for (int l = 0; l < LANES; l++) {
            *fine &= (passed->residue[k][l] == 0) & (passed->largest[k][l] <= LARGEST);
        }
    }
    for (size_t k = 0; k < REGISTERS && *fine; k++) {
        for (int l = 0; l < LANES; l++) units += (long long)(passed->sum[k][l] * 0x1p20);
    }
    return units;
}

int statistics_sum_add(struct statistics_sum *sum, const double *x, size_t n, double *total)
{
    struct passed passed = {{{0}}, {{0}}, {{0}}};
    double rest[WAYS] = {0};
    int fine;
    for (; n >= WAYS; n -= WAYS, x += WAYS) pass(x, &passed);
    if (n) {
        memcpy(rest, x, n * sizeof *x);
        pass(rest, &passed);
    }
    const long long units = units_of(&passed, &fine);
    if (!fine) {
        sum->off_grid = 1;
        return 0;
    }
    sum->units += units;
    *total = (double)units * 0x1p-20;
    return 1;
}

void statistics_sum_merge(struct statistics_sum *all, const struct statistics_sum *part)
{
    all->units += part->units;
    all->off_grid |= part->off_grid;
}

double statistics_sum_mean(const struct statistics_sum *sum, double n)
{
    return (double)sum->units * 0x1p-20 / n;
}
