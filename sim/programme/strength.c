/* What partners are good at, as multipliers of cost. docs/model.md (4.11). */
#include "base/lanes_math.h"
#include "programme/programme.h"

/* Of the lead, of the best, or of the one partner that there is. */
static void find(const struct programme_plan *plan, enum programme_strength k, const lanes *drawn, lanes *restrict strength)
{
    const int lead = plan->master >= 0 ? -1 : plan->config->lead[k];
    PARAMETER(first, drawn, plan->product[lead < 0 ? plan->able[0] : lead].strength[k]);
    for (size_t i = 0; i < BLOCK_LANES; i++) strength[i] = at(first, i);
    for (int m = 1; lead < 0 && m < plan->ables; m++) {
        PARAMETER(other, drawn, plan->product[plan->able[m]].strength[k]);
        for (size_t i = 0; i < BLOCK_LANES; i++) strength[i] = least(strength[i], at(other, i));
    }
}

/* Of what is common where each has its own: the mean by parts, to the bit where all are equal. */
RARE_FUNCTION void blend(const struct programme_plan *plan, enum programme_strength k, const lanes *drawn, lanes *restrict strength)
{
    double sum = 0.0;
    for (int m = 0; m < plan->ables; m++) sum += plan->product[plan->able[m]].part;
    PARAMETER(first, drawn, plan->product[plan->able[0]].strength[k]);
    for (size_t i = 0; i < BLOCK_LANES; i++) strength[i] = at(first, i);
    for (int m = 1; m < plan->ables; m++) {
        const double part = plan->product[plan->able[m]].part / sum;
        PARAMETER(other, drawn, plan->product[plan->able[m]].strength[k]);
        for (size_t i = 0; i < BLOCK_LANES; i++) strength[i] += part * (at(other, i) - at(first, i));
    }
}

void programme_strength_own(const struct programme_plan *plan, int partner, enum programme_strength k, const lanes *drawn,
                            lanes *restrict strength)
{
    PARAMETER(own, drawn, plan->product[partner].strength[k]);
    for (size_t i = 0; i < BLOCK_LANES; i++) strength[i] = at(own, i);
}

/* s (1 + transfer loss x (1 - ramp)) in the venture. */
void programme_strength_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn)
{
    PARAMETER(loss, drawn, plan->config->transfer_loss);
    const double years = plan->config->ramp_years;
    const int loses = plan->master < 0 && years > 0.0 && number_differs(plan->config->transfer_loss, 0.0);
    for (int k = 0; plan->each && k < STRENGTHS; k++) blend(plan, (enum programme_strength)k, drawn, block->strength[k]);
    for (int k = 0; !plan->each && k < STRENGTHS; k++) {
        find(plan, (enum programme_strength)k, drawn, block->strength[k]);
        for (size_t i = 0; loses && i < BLOCK_LANES; i++) {
            lanes ramp = least(most(block->production[i] / years, all_lanes(0.0)), all_lanes(1.0));
            block->strength[k][i] *= 1.0 + at(loss, i) * (1.0 - ramp);
        }
    }
}
