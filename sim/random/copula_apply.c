/* Kernel: dependent uniforms. Once per path and name. */
#include "random/copula.h"
#include "random/forms.h"

/* A uniform that rounding has taken to an end of (0, 1). */
LANE_FUNCTION lanes inside(lanes u)
{
    return least(most(u, all_lanes(0x1p-53)), all_lanes(1.0 - 0x1p-53));
}

/* asinh, odd, from |x| so that nothing cancels. */
LANE_FUNCTION lanes inverse_sinh(lanes x)
{
    lanes size = most(x, -x), y = log_lanes(size + square_root(fused(size, size, all_lanes(1.0))));
    return choose((flags)(x < 0.0), -y, y);
}

static int row_is_free(const double *row, int column)
{
    for (int j = 0; j < column; j++)
        if (row[j] != 0.0) return 0;
    return 1;
}

LANE_FUNCTION lanes row_times(const double *row, int column, lanes score[][BLOCK_LANES], size_t i)
{
    lanes sum = row[column] * score[column][i];
    for (int j = 0; j < column; j++) sum = fused(all_lanes(row[j]), score[j][i], sum);
    return sum;
}

/* sqrt(W / degrees) */
static void student_divisor(const struct random_copula *copula, const lanes *restrict mixing, lanes *restrict divisor)
{
    random_quantile_column(&copula->mixing, mixing, divisor);
    for (size_t i = 0; i < BLOCK_LANES; i++) divisor[i] = square_root(divisor[i]);
}

LANE_FUNCTION lanes student_probability(const struct random_copula *copula, lanes t)
{
    lanes y = inverse_sinh(t / sqrt(copula->degrees));
    return normal_cdf_lanes(forms_table(copula->score, copula->reach, y));
}

void random_copula_apply(const struct random_copula *copula, const lanes *restrict mixing, lanes *const uniform[])
{
    lanes score[RANDOM_COPULA_MOST][BLOCK_LANES], divisor[BLOCK_LANES];
    if (copula->degrees > 0.0) student_divisor(copula, mixing, divisor);
    for (int k = 0; k < copula->columns; k++)
        for (size_t i = 0; i < BLOCK_LANES; i++) score[k][i] = normal_quantile_lanes(uniform[k][i]);
    for (int k = 0; k < copula->columns; k++) {
        const double *row = copula->factor + (size_t)k * (size_t)copula->columns;
        if (copula->degrees == 0.0 && row_is_free(row, k)) continue;
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes z = row_times(row, k, score, i);
            uniform[k][i] = inside(copula->degrees > 0.0 ? student_probability(copula, z / divisor[i]) : normal_cdf_lanes(z));
        }
    }
}
