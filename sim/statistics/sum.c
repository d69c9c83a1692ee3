#include "statistics/sum.h"

void statistics_sum_merge(struct statistics_sum *all, const struct statistics_sum *part)
{
    all->units += part->units;
    all->off_grid |= part->off_grid;
}

double statistics_sum_mean(const struct statistics_sum *sum, double n)
{
    return (double)sum->units * 0x1p-20 / n;
}
