/* What a product takes from the other products of the partners. docs/model.md (4.12). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "programme/programme.h"

/* margin_other pi x sum over partners j of cannibal_j made_j. */
void programme_brand_lose(const struct programme_plan *plan, int partner, const struct programme_block *block, const lanes *drawn,
                          int step, lanes *restrict margin)
{
    const struct programme_product_config *product = &plan->product[partner];
    const double prices = plan->market->inflation[step];
    lanes lost[BLOCK_LANES];
    PARAMETER(worth, drawn, product->margin_other);
    for (size_t i = 0; i < BLOCK_LANES; i++) lost[i] = all_lanes(0.0);
    for (int m = 0; m < plan->sellers; m++) {
        PARAMETER(units, drawn, product->cannibal[plan->seller[m]]);
        const lanes *made = block->made[plan->seller[m]];
        for (size_t i = 0; i < BLOCK_LANES; i++) lost[i] += at(units, i) * made[i];
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) margin[i] -= money(at(worth, i) * prices * lost[i]);
}
