#include "statistics/column.h"

#include <string.h>

#include "base/lanes.h"

/* A sum runs in eight ways whatever the width of a lane, so that its order is the same on every level. */
enum { WAYS = 8, REGISTERS = WAYS / LANES };

struct ways {
    lanes part[REGISTERS];
};

/* A column may begin anywhere. */
LANE_FUNCTION lanes load(const double *x)
{
    lanes r;
    memcpy(&r, x, sizeof r);
    return r;
}

LANE_FUNCTION double folded(const struct ways *ways)
{
    double a[WAYS];
    memcpy(a, ways, sizeof a);
    return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
}

/* What is left behind the last eight, filled up with zeros: no sum here is ever -0. */
static void take_rest(const double *x, size_t n, double rest[WAYS])
{
    for (size_t k = 0; k < WAYS; k++) rest[k] = k < n ? x[k] : 0.0;
}

LANE_FUNCTION void add(const double *x, struct ways *ways)
{
    for (size_t k = 0; k < REGISTERS; k++) ways->part[k] += load(x + k * LANES);
}

/* Of a whole block, as nearly all are: the compiler knows how many, and unrolls. */
static double sum_of_block(const double *x)
{
    struct ways ways = {{{0}}};
#pragma GCC unroll 8
    for (size_t i = 0; i < BLOCK_PATHS; i += WAYS) add(x + i, &ways);
    return folded(&ways);
}

static double sum_of(const double *x, size_t n)
{
    struct ways ways = {{{0}}};
    double rest[WAYS];
    if (n == BLOCK_PATHS) return sum_of_block(x);
    for (; n >= WAYS; n -= WAYS, x += WAYS) add(x, &ways);
    if (n) {
        take_rest(x, n, rest);
        add(rest, &ways);
    }
    return folded(&ways);
}

LANE_FUNCTION void add_present(const double *x, struct ways *ways, struct ways *present)
{
    for (size_t k = 0; k < REGISTERS; k++) {
        lanes value = load(x + k * LANES);
        flags some = (flags)(value == value);
        ways->part[k] += choose(some, value, all_lanes(0.0));
        present->part[k] += choose(some, all_lanes(1.0), all_lanes(0.0));
    }
}

static double sum_present(const double *x, size_t n, double *count)
{
    struct ways ways = {{{0}}}, present = {{{0}}};
    double rest[WAYS];
    const size_t missing = (WAYS - n % WAYS) % WAYS;
    for (; n >= WAYS; n -= WAYS, x += WAYS) add_present(x, &ways, &present);
    if (n) {
        take_rest(x, n, rest);
        add_present(rest, &ways, &present);
    }
    *count = folded(&present) - (double)missing;
    return folded(&ways);
}

void statistics_column_sums(int columns, size_t n, double *const *column, double *sum, double *count)
{
    const double *shared = NULL; /* one column may be shown for many that nothing moves */
    double shared_count = 0, shared_sum = 0, counted = 0, added = 0;
    for (int k = 0; k < columns; k++) {
        if (!column[k]) continue;
        if (column[k] == shared) {
            counted = shared_count;
            added = shared_sum;
        } else if (k > 0 && column[k] == column[k - 1]) {
            shared = column[k];
            shared_count = counted;
            shared_sum = added;
        } else {
            counted = (double)n;
            added = sum_of(column[k], n);
            if (added != added) added = sum_present(column[k], n, &counted);
        }
        sum[k] += added;
        count[k] += counted;
    }
}

/* ---- Exact sums of what lies on the grid ---- */

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
        lanes v = load(x + k * LANES), size = magnitude(v);
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

int statistics_column_add(struct statistics_sum *sum, const double *x, size_t n, double *total)
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
