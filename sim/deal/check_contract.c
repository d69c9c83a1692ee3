/* Checks across rows: terms of the contract that work together. */
#include "deal/check.h"

static void check_debt(struct check *c)
{
    const struct contract_debt_config *debt = &c->deal->contract.debt;
    const int priced = number_differs(debt->rate, 0.0) || number_differs(debt->market_rate, 0.0);
    if (!number_differs(debt->share, 0.0)) {
        if (priced || debt->years > 0.0 || debt->non_recourse) WARN(c, "contract.debt", "moves nothing: contract.debt.share is 0");
        return;
    }
    if (!(debt->years > 0.0)) FAIL(c, "contract.debt.years", "missing: a loan needs a time of repayment");
    if (!number_differs(debt->market_rate, 0.0)) {
        FAIL(c, "contract.debt.market_rate", "missing: a loan is worth what the market would ask above its rate");
    }
    if (!c->deal->programme.venture.capex_plan.count) WARN(c, "contract.debt.share", "moves nothing: venture.capex.plan is empty");
    if (debt->non_recourse && !deal_check_parts(c)) {
        WARN(c, "contract.debt.non_recourse", "moves nothing: nothing ever winds the venture up");
    }
}

void deal_check_contract(struct check *c)
{
    check_debt(c);
}
