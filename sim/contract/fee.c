/* Flat payments between partners, the minimum of a royalty, and fixed cost that is not shared by equity; docs/model.md (5.2), (5.3),
   (5.11). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

/* While both are in, in equal parts over the steps of a contract year; nothing after the plan. */
void contract_fee_step(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn, int step)
{
    const int year = step / plan->steps_per_year;
    lanes amount[BLOCK_LANES];
    for (int k = 0; k < plan->fees; k++) {
        const struct contract_fee *fee = &plan->fee[k];
        const struct parameter *in = block->terms.in;
        if (year >= fee->plan->count) continue;
        PARAMETER(paid, drawn, fee->plan->item[year]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            amount[i] = at(in[fee->payer], i) * at(in[fee->receiver], i) * at(paid, i) * plan->years_per_step;
        }
        contract_transfer_book(block, fee->payer, fee->receiver, LINE_TRANSFERS, amount);
    }
}

/* What is guaranteed runs while the venture produces and both are in; whoever leaves in a year owes nothing for it. */
void contract_fee_guarantee(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                            int royalty, const lanes *restrict paid, const lanes *drawn, int step)
{
    const struct contract_royalty *terms = &plan->royalty[royalty];
    const struct parameter *in = block->terms.in;
    const double scale = plan->market->inflation[step] * plan->years_per_step;
    const int last = (step + 1) % plan->steps_per_year == 0;
    lanes *year = block->royalty_year[royalty], *guaranteed = block->royalty_least[royalty], missing[BLOCK_LANES];
    PARAMETER(minimum, drawn, terms->config->minimum);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes both = at(in[terms->payer], i) * at(in[terms->receiver], i);
        lanes runs = choose((flags)(venture->production[i] >= 0.0), all_lanes(scale), all_lanes(0.0));
        year[i] = (year[i] + money(paid[i])) * both;
        guaranteed[i] = (guaranteed[i] + at(minimum, i) * runs) * both;
    }
    if (!last) return;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        missing[i] = most(guaranteed[i] - year[i], all_lanes(0.0));
        block->royalty[terms->payer][i] += money(missing[i]);
        year[i] = guaranteed[i] = all_lanes(0.0);
    }
    contract_transfer_book(block, terms->payer, terms->receiver, LINE_TRANSFERS, missing);
}

/* w_i (J + F) - s_i F. */
void contract_fee_split(const struct contract_plan *plan, struct contract_block *block, const lanes *restrict fixed,
                        const lanes *drawn, int step)
{
    const int year = step / plan->steps_per_year;
    lanes share[PARAM_PARTNERS][BLOCK_LANES];
    for (int p = 0; p < plan->partners; p++) {
        const struct param_list *list = &plan->config->cost_share[p];
        const struct param_number none = {0.0, -1};
        const int last = list->count - 1;
        PARAMETER(value, drawn, last < 0 ? none : list->item[year < last ? year : last]);
        for (size_t i = 0; i < BLOCK_LANES; i++) share[p][i] = at(value, i);
    }
    contract_terms_scale(plan, &block->terms, share);
    for (int p = 0; p < plan->partners; p++) {
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes earned = at(block->terms.equity[p], i) * (block->joint_profit[i] + fixed[i]);
            block->flow[p][LINE_JOINT_PROFIT][i] = money(earned - share[p][i] * fixed[i]);
        }
    }
}
