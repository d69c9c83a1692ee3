#include "statistics/sort.h"

#include <stdint.h>
#include <string.h>

enum { DIGIT = 11, DIGITS = 6, BUCKETS = 1 << DIGIT, FEW = 32 };

/* Bits as an unsigned number in the order of the doubles. */
static uint64_t key_of(double x)
{
    uint64_t b;
    memcpy(&b, &x, sizeof b);
    return b >> 63 ? ~b : b | 0x8000000000000000u;
}

static void insert(double *x, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double v = x[i];
        size_t j = i;
        for (; j > 0 && key_of(x[j - 1]) > key_of(v); j--) x[j] = x[j - 1];
        x[j] = v;
    }
}

/* One pass by one digit; returns 0 where all values share it (nothing to do). */
static int pass(const double *from, double *to, size_t n, uint32_t *count, int digit)
{
    int shift = digit * DIGIT;
    if (count[(key_of(from[0]) >> shift) & (BUCKETS - 1)] == n) return 0;
    uint32_t sum = 0;
    for (size_t b = 0; b < BUCKETS; b++) {
        uint32_t c = count[b];
        count[b] = sum;
        sum += c;
    }
    for (size_t i = 0; i < n; i++) to[count[(key_of(from[i]) >> shift) & (BUCKETS - 1)]++] = from[i];
    return 1;
}

void statistics_sort(double *x, double *spare, size_t n)
{
    if (n <= FEW) {
        insert(x, n);
        return;
    }
    uint32_t count[DIGITS][BUCKETS];
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++) {
        uint64_t k = key_of(x[i]);
        for (int d = 0; d < DIGITS; d++) count[d][(k >> (d * DIGIT)) & (BUCKETS - 1)]++;
    }
    double *from = x, *to = spare;
    for (int d = 0; d < DIGITS; d++) {
        if (!pass(from, to, n, count[d], d)) continue;
        double *t = from;
        from = to;
        to = t;
    }
    if (from != x) memcpy(x, from, n * sizeof *x);
}
