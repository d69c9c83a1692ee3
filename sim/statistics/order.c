#include "statistics/order.h"

#include <math.h>

double statistics_order_value(const struct statistics_order *order, uint64_t rank)
{
    return order->sorted ? order->sorted[rank] : statistics_bins_value(order->bins, rank);
}

/* Rank below the quantile and how far it lies towards the next one. */
static uint64_t place(uint64_t n, double p, double *part)
{
    double h = (double)(n - 1) * p, k = floor(h);
    *part = h - k;
    return (uint64_t)k;
}

double statistics_order_quantile(const struct statistics_order *order, double p)
{
    if (order->n == 0) return (double)NAN;
    double part, x;
    uint64_t k = place(order->n, p, &part);
    x = statistics_order_value(order, k);
    return part > 0 ? x + part * (statistics_order_value(order, k + 1) - x) : x;
}

double statistics_order_bound(const struct statistics_order *order, uint64_t rank)
{
    return rank == 0 ? (double)NAN : statistics_order_value(order, rank - 1);
}

double statistics_order_error(const struct statistics_order *order, double p, struct statistics_ranks ranks, double z)
{
    if (order->sorted || order->n < 2) return 0;
    double part, width, next;
    uint64_t k = place(order->n, p, &part);
    width = statistics_bins_width(order->bins, k);
    next = part > 0 ? statistics_bins_width(order->bins, k + 1) : 0;
    if (next > width) width = next;
    if (width == 0) return 0;
    double low = statistics_order_bound(order, ranks.low), high = statistics_order_bound(order, ranks.high);
    double share = width * 2 * z / (high - low);
    return share >= 0 ? share : (double)INFINITY; /* no interval: no error is small against it */
}

/* Sums over the m least values, of x - pivot and its square. */
static void least(const struct statistics_order *order, uint64_t m, double pivot, double *sum, double *square)
{
    *sum = *square = 0;
    if (!order->sorted) { /* the bins keep theirs about their own center: move them to the pivot */
        double step = order->bins->center - pivot, s, q;
        statistics_bins_least(order->bins, m, &s, &q);
        *sum = s + (double)m * step;
        *square = q + 2 * step * s + (double)m * step * step;
        return;
    }
    for (uint64_t i = 0; i < m; i++) {
        double d = order->sorted[i] - pivot;
        *sum += d;
        *square += d * d;
    }
}

/* Acerbi and Tasche 2002, eq. 4.12 for the mean of the worst share; standard error from its influence function
   (Manistre and Hancock 2005): var = [variance inside the tail + (1 - share) (VaR - CVaR)^2] / (n share). */
struct statistics_tail statistics_order_tail(const struct statistics_order *order, double share)
{
    struct statistics_tail tail = {(double)NAN, (double)NAN, (double)NAN};
    if (order->n == 0) return tail;
    double n = (double)order->n, size = n * share, whole = floor(size), sum, square;
    uint64_t m = (uint64_t)whole;
    tail.var = statistics_order_quantile(order, share);
    least(order, m, tail.var, &sum, &square);
    if (size > whole) {
        double d = statistics_order_value(order, m) - tail.var, part = size - whole;
        sum += part * d;
        square += part * d * d;
    }
    double gap = sum / size, variance = square / size - gap * gap;
    if (size > 1) variance *= size / (size - 1);
    tail.cvar = tail.var + gap;
    if (order->n >= 2) tail.standard_error = sqrt(((variance > 0 ? variance : 0) + (1 - share) * gap * gap) / size);
    return tail;
}

int statistics_order_needs(uint64_t n, double p, struct statistics_ranks ranks, uint64_t *rank)
{
    double part;
    int count = 0;
    uint64_t k = place(n, p, &part);
    rank[count++] = k;
    if (part > 0) rank[count++] = k + 1;
    if (ranks.low) rank[count++] = ranks.low - 1;
    if (ranks.high) rank[count++] = ranks.high - 1;
    return count;
}

int statistics_order_tail_needs(uint64_t n, double share, uint64_t *rank)
{
    double part, size = floor((double)n * share);
    rank[0] = place(n, share, &part);
    rank[1] = rank[0] + 1 < n ? rank[0] + 1 : rank[0];
    rank[2] = (uint64_t)size < n ? (uint64_t)size : n - 1;
    return 3;
}
