/* What partners put at the venture's disposal limits its clock: the need that is met least. docs/model.md (4.13). */
#include "base/lanes_math.h"
#include "programme/programme.h"

void programme_contribution_step(const struct programme_plan *plan, const struct parameter in[], const lanes *given,
                                 const lanes *drawn, lanes *restrict rate)
{
    lanes offered[BLOCK_LANES];
    PARAMETER(exponent, drawn, plan->config->need_exponent);
    for (size_t i = 0; i < BLOCK_LANES; i++) rate[i] = all_lanes(1.0);
    for (int n = 0; n < plan->needs; n++) {
        const int k = plan->need[n];
        PARAMETER(need, drawn, plan->config->need[k]);
        for (size_t i = 0; i < BLOCK_LANES; i++) offered[i] = all_lanes(0.0);
        for (int m = 0; m < plan->ables; m++) {
            const int p = plan->able[m];
            PARAMETER(contribution, drawn, plan->product[p].contribution[k]);
            for (size_t i = 0; i < BLOCK_LANES; i++) offered[i] += at(in[p], i) * at(contribution, i);
        }
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            rate[i] = least(rate[i], programme_contribution_met(offered[i], given[i], at(need, i)));
        }
    }
    for (size_t i = 0; i < BLOCK_LANES; i++) rate[i] = programme_contribution_rate(rate[i], at(exponent, i));
}
