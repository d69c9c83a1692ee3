/* Payments that hang on a gate: made in the step after it was passed, and never otherwise, nor where it was passed in a notice.
   docs/model.md (5.3a). */
#include "base/lanes_math.h"
#include "contract/contract.h"

void contract_milestone_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                             const lanes *drawn)
{
    const struct parameter *in = block->terms.in;
    lanes paid[BLOCK_LANES];
    for (int k = 0; k < plan->milestones; k++) {
        const struct contract_milestone *milestone = &plan->milestone[k];
        const lanes *status = venture->gate[milestone->gate];
        PARAMETER(amount, drawn, *milestone->amount);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes both = at(in[milestone->payer], i) * at(in[milestone->receiver], i);
            if (block->terms.barred) both *= 1.0 - block->terms.barred[i];
            paid[i] = choose((flags)(status[i] == (double)GATE_DUE), both * at(amount, i), all_lanes(0.0));
        }
        contract_transfer_book(block, milestone->payer, milestone->receiver, LINE_TRANSFERS, paid);
    }
}
