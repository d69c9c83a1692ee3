#include <criterion/criterion.h>
#include <string.h>

#include "statistics/select.h"
#include "statistics/sort.h"

enum { N = 4096 };

static void check(const double *given, size_t n, const size_t *rank, int ranks)
{
    static double chosen[N], sorted[N], spare[N];
    memcpy(chosen, given, n * sizeof *given);
    memcpy(sorted, given, n * sizeof *given);
    statistics_sort(sorted, spare, n);
    statistics_select(chosen, n, rank, ranks);
    for (int k = 0; k < ranks; k++) cr_expect_eq(chosen[rank[k]], sorted[rank[k]], "rank %zu of %zu", rank[k], n);
    statistics_sort(chosen, spare, n);
    cr_expect_eq(memcmp(chosen, sorted, n * sizeof *chosen), 0, "values were lost");
}

Test(statistics_select, places_the_ranks_of_any_order)
{
    static double x[N];
    const size_t rank[] = {0, 1, 40, 204, 2047, 2048, 4000, N - 2, N - 1};
    for (int shape = 0; shape < 6; shape++) {
        for (size_t i = 0; i < N; i++) {
            const double mixed = (double)((i * 2654435761u + 12345u) % 1000003u);
            x[i] = shape == 0 ? (double)i : shape == 1 ? -(double)i : shape == 2 ? 3.0 : shape == 3 ? mixed
                 : shape == 4 ? (double)(i % 7) : (double)(i < N / 2 ? i : N - i);
        }
        check(x, N, rank, 9);
    }
}

Test(statistics_select, takes_small_samples)
{
    const double x[] = {5, 3, 9, 1, 1, 7};
    const size_t rank[] = {0, 2, 5}, only[] = {0};
    check(x, 6, rank, 3);
    check(x, 1, only, 1);
    check(x, 6, NULL, 0);
}
