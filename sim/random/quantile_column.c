/* Kernel: draws from uniforms. Once per path and name, so clarity goes before speed. */
#include "random/forms.h"
#include "random/quantile.h"

LANE_FUNCTION lanes column_draw(const struct random_quantile_part *part, lanes u)
{
    lanes x;
    switch (forms_variable_of(part->kind)) {
    case FORMS_SCORE: x = forms_at_score(part, forms_score(part, u)); break;
    case FORMS_HAZARD: x = forms_at_hazard(part, forms_hazard(part, u)); break;
    default: x = forms_at_probability(part, forms_probability(part, u)); break;
    }
    return least(most(x, all_lanes(part->low)), all_lanes(part->high));
}

/* The uniforms that fall to this part take its draws, stretched to (0, 1); those before it keep what they have. */
static void column_take(const struct random_quantile_part *part, const lanes *restrict u, lanes *restrict x)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags mine = (flags)(u[i] >= part->weight_below);
        if (!any(mine)) continue;
        lanes own = (u[i] - part->weight_below) / part->weight;
        own = least(most(own, all_lanes(0x1p-53)), all_lanes(1.0 - 0x1p-53));
        x[i] = choose(mine, column_draw(part, own), x[i]);
    }
}

void random_quantile_column(const struct random_quantile *quantile, const lanes *restrict uniform, lanes *restrict x)
{
    for (size_t i = 0; i < BLOCK_LANES; i++) x[i] = column_draw(&quantile->part[0], uniform[i]);
    if (quantile->parts == 1) return;
    for (int j = 0; j < quantile->parts; j++) column_take(&quantile->part[j], uniform, x);
}
