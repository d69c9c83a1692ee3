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
    if (!programme_config_spends(&c->deal->programme.venture)) WARN(c, "contract.debt.share", "moves nothing: the venture spends no capital");
    if (debt->non_recourse && !deal_check_parts(c)) {
        WARN(c, "contract.debt.non_recourse", "moves nothing: nothing ever winds the venture up");
    }
}

/* Somebody must be able to pay what others miss. */
static void check_calls(struct check *c)
{
    const struct contract_call_config *call = &c->deal->contract.call;
    int limited = 0;
    double open = 0.0;
    for (int p = 0; p < partners(c)->count; p++) {
        if (number_differs(call->limit[p], CONTRACT_NO_CAP)) limited++;
        else open += c->deal->contract.equity[p];
    }
    if (!limited) {
        const int written = call->missed != MISSED_DILUTE || call->rule != DILUTION_CREDIT || number_differs(call->factor, 1.0) ||
                            call->loan_rate > 0.0;
        if (written) WARN(c, "contract.missed_call", "moves nothing: no partner has a funding_limit");
        return;
    }
    if (!(open > 0.0)) FAIL(c, "partners.*.funding_limit", "every partner with equity has a limit, want one without to pay the rest");
    if (call->missed == MISSED_LOAN && !(call->loan_rate > 0.0)) {
        FAIL(c, "contract.default_loan_rate", "missing: contract.missed_call is default_loan");
    }
    if (call->missed == MISSED_LOAN && number_differs(call->factor, 1.0)) {
        WARN(c, "contract.dilution_factor", "not used: contract.missed_call is default_loan");
    }
    if (call->missed == MISSED_DILUTE && call->loan_rate > 0.0) {
        WARN(c, "contract.default_loan_rate", "not used: contract.missed_call is dilute");
    }
}

/* A price that follows the market needs one at the start, and a cap above its floor. */
static void check_price(struct check *c)
{
    const struct contract_price_config *price = &c->deal->contract.price;
    const int limits = number_differs(price->floor, 0.0) || number_differs(price->cap, CONTRACT_NO_CAP);
    if (price->rule == PRICE_COST_PLUS) {
        if (number_differs(price->price, 0.0) || limits || price->index_region >= 0 || price->index_input >= 0) {
            WARN(c, "contract.transfer_price", "price, index, floor and cap are not used: contract.transfer_price.rule is cost_plus");
        }
        return;
    }
    if (!number_differs(price->price, 0.0)) FAIL(c, "contract.transfer_price.price", "missing: contract.transfer_price.rule is indexed");
    if (price->index_region >= 0 && price->index_input >= 0) {
        FAIL(c, "contract.transfer_price", "follows a region and an input, want index_region or index_input");
    }
    if (price->floor.value > price->cap.value) {
        FAIL(c, "contract.transfer_price.floor", "lies above the cap, got %g, want at most %g", price->floor.value, price->cap.value);
    }
    if (number_differs(c->deal->contract.markup, 0.0)) {
        WARN(c, "contract.transfer_price.markup", "not used: contract.transfer_price.rule is indexed");
    }
}

static void check_fees(struct check *c)
{
    for (int p = 0; p < partners(c)->count; p++) {
        if (c->deal->contract.fee[p][p].count) FAIL(c, "contract.fee", "'%s' pays itself, want two different partners", partner_name(c, p));
    }
}

/* The years in which the shares can differ; then the last holds. */
static void check_cost_share(struct check *c)
{
    const struct param_list *share = c->deal->contract.cost_share;
    int years = 0;
    for (int p = 0; p < partners(c)->count; p++) years = share[p].count > years ? share[p].count : years;
    const struct programme_config *venture = &c->deal->programme.venture;
    if (years && !number_differs(venture->fixed_cost, 0.0) && !number_differs(venture->cost_to_achieve, 0.0)) {
        WARN(c, "contract.cost.share", "moves nothing: venture.fixed_cost is 0");
    }
    for (int year = 0; year < years; year++) {
        double sum = 0.0;
        for (int p = 0; p < partners(c)->count; p++) {
            const int last = share[p].count - 1;
            if (last >= 0) sum += share[p].item[year < last ? year : last].value;
        }
        if (sum > 0.0) continue;
        FAIL(c, "contract.cost.share", "the shares of contract year %d add to %g, want more than 0", year, sum);
        return;
    }
}

void deal_check_contract(struct check *c)
{
    check_fees(c);
    check_cost_share(c);
    check_price(c);
    check_debt(c);
    check_calls(c);
}
