/* What a loan of the venture is worth to its owners, and their cash if they count with it; docs/model.md (5.9), (8.2). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "value/value.h"

/* Line debt, after tax: what the market's interest is above the loan's, by equity. */
void value_debt_step(const struct value_plan *plan, const struct contract_block *contract, int partner)
{
    const double after_tax = 1.0 - plan->config->tax_rate[partner];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes part = at(contract->terms.equity[partner], i) * after_tax;
        contract->flow[partner][LINE_DEBT][i] += money(part * contract->saved[i]);
    }
}

/* Cash with principal drawn and repaid and interest paid, in place of the advantage. Who buys a share owes its part of the loan, who
   sells does not any more; what the lender forgives stands in line debt. */
void value_geared_step(const struct value_plan *plan, struct value_block *block, const struct contract_block *contract, int partner)
{
    const double after_tax = 1.0 - plan->config->tax_rate[partner];
    lanes *geared = block->geared[partner], *owed = block->owed[partner];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes equity = at(contract->terms.equity[partner], i), now = equity * contract->balance[i];
        lanes interest = equity * after_tax * (contract->interest[i] + contract->saved[i]);
        geared[i] += block->cash[partner][i] + money(now - owed[i]) - money(interest);
        owed[i] = now;
        block->geared_lowest[partner][i] = least(block->geared_lowest[partner][i], geared[i]);
    }
}
