#include "statistics/select.h"

#include <stdint.h>

enum { SMALL = 16 };

static void swap(double *a, double *b)
{
    const double t = *a;
    *a = *b;
    *b = t;
}

static void insertion_sort(double *x, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        for (size_t k = i; k > 0 && x[k] < x[k - 1]; k--) swap(&x[k], &x[k - 1]);
    }
}

static double median_of_three(double a, double b, double c)
{
    if (a < b) return b < c ? b : a < c ? c : a;
    return a < c ? a : b < c ? c : b;
}

/* Splits x[0..n), n > 2: returns k with x[0..k) <= pivot <= x[k..n), 0 < k < n. */
static size_t split(double *x, size_t n)
{
    const double pivot = median_of_three(x[n / 4], x[n / 2], x[n - 1 - n / 4]);
    size_t i = 0, k = n - 1;
    for (;;) {
        while (x[i] < pivot) i++;
        while (x[k] > pivot) k--;
        if (i >= k) return i > 0 ? i : 1;
        swap(&x[i++], &x[k--]);
    }
}

/* The ranks are counted from the start of the whole sample; x starts at `first`. */
static void select_part(double *x, size_t first, size_t n, const size_t *rank, int ranks)
{
    while (ranks > 0 && n > SMALL) {
        const size_t k = split(x, n);
        int left = 0;
        while (left < ranks && rank[left] < first + k) left++;
        if (left) select_part(x, first, k, rank, left);
        x += k;
        first += k;
        n -= k;
        rank += left;
        ranks -= left;
    }
    if (ranks > 0) insertion_sort(x, n);
}

void statistics_select(double *x, size_t n, const size_t *rank, int ranks)
{
    select_part(x, 0, n, rank, ranks);
}
