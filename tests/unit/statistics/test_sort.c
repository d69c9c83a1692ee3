#include "statistics/sort.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draws.h"

enum { MANY = 10000 };

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

Test(statistics_sort, agrees_with_qsort)
{
    static double x[MANY], y[MANY], spare[MANY];
    static const size_t SIZE[] = {0, 1, 2, 31, 32, 33, 1000, MANY};
    uint64_t state = 11;
    for (size_t s = 0; s < sizeof SIZE / sizeof *SIZE; s++) {
        for (size_t i = 0; i < SIZE[s]; i++) x[i] = y[i] = draw_normal(&state) * exp(40 * draw_normal(&state));
        statistics_sort(x, spare, SIZE[s]);
        qsort(y, SIZE[s], sizeof *y, by_value);
        cr_expect_eq(memcmp(x, y, SIZE[s] * sizeof *x), 0, "size %zu", SIZE[s]);
    }
}

Test(statistics_sort, orders_zeros_infinities_and_equal_values)
{
    double spare[40], x[40];
    for (int i = 0; i < 40; i++) x[i] = i % 2 ? 0.0 : -0.0;
    x[3] = -INFINITY;
    x[4] = INFINITY;
    x[5] = -1;
    statistics_sort(x, spare, 40);
    cr_expect(x[0] == -INFINITY && x[39] == INFINITY && x[1] == -1);
    for (int i = 2; i < 38; i++) cr_expect(signbit(x[i]) >= signbit(x[i + 1]), "%d", i);
    for (int i = 0; i < 40; i++) x[i] = 4;
    statistics_sort(x, spare, 40);
    cr_expect(x[0] == 4 && x[39] == 4);
}
