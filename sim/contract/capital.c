/* Scarce capital: what a partner could do with the money elsewhere, beyond its discount rate; docs/model.md (1.4). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "contract/contract.h"

void contract_capital_step(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn)
{
    for (int p = 0; p < plan->partners; p++) {
        const lanes *recovered = block->terms.recovered[p], *capex = block->flow[p][LINE_CAPEX];
        if (!plan->scarce[p]) continue;
        PARAMETER(premium, drawn, plan->config->premium[p]);
        for (size_t i = 0; i < BLOCK_LANES; i++) {
            lanes net = recovered ? capex[i] + recovered[i] : capex[i];
            block->flow[p][LINE_CAPITAL][i] = money(at(premium, i) * net);
        }
    }
}
