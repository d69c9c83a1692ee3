/* Checks across rows: the worked example with one thing wrong each time, and what the message must say. */
#include <criterion/criterion.h>
#include <string.h>

#include <pactolus.h>

struct fault {
    const char *set[6]; /* pairs */
    const char *phrase;
    int status;
};

static const struct fault faults[] = {
    {{"partners.a.equity", "0.69"}, "partners.*.equity: shares do not add to 1, got 0.98999999999999999", PACTOLUS_INPUT},
    {{"steps_per_year", "3"}, "want 1, 2, 4 or 12", PACTOLUS_INPUT},
    {{"contract.capex.rule", "fixed"}, "rule is fixed but no share is given", PACTOLUS_INPUT},
    {{"contract.capex.rule", "fixed", "contract.capex.share.a", "[1, 0]"}, "the shares of programme year 1 add to 0", PACTOLUS_INPUT},
    {{"contract.capex.cap.a", "5", "contract.capex.cap.b", "5"}, "every partner with equity has a cap", PACTOLUS_INPUT},
    {{"contract.subsidy.share.a", "0", "contract.subsidy.share.b", "0"}, "rule is fixed but the shares add to 0", PACTOLUS_INPUT},
    {{"contract.royalty.a.a.per_unit", "1"}, "'a' pays itself", PACTOLUS_INPUT},
    {{"partners.a.price.home", "0"}, "partners.a.price.home: missing", PACTOLUS_INPUT},
    {{"standalone.b.buy_price", "0"}, "standalone.b.buy_price: missing", PACTOLUS_INPUT},
    {{"standalone.a.mode", "best"}, "standalone.a.buy_price: missing", PACTOLUS_INPUT},
    {{"standalone.b.mode", "build"}, "standalone.b: mode build (or best) at no cost at all", PACTOLUS_INPUT},
    {{"market.subsidy.credit.schedule", "[1, 0.5]"}, "market.subsidy.credit.first_year: missing", PACTOLUS_INPUT},
    {{"own.b.fixed_cost", "10"}, "unknown", PACTOLUS_INPUT},
    {{"venture.plan.home", "[10]"}, "unknown", PACTOLUS_INPUT},
    {{"venture.first_experience", "normal(100, 60)"}, "it can be 0 or less", PACTOLUS_INPUT},
    {{"contract.capex.share.a", "[0.5]"}, "warning: contract.capex.share.a: not used", PACTOLUS_OK},
    {{"contract.take_or_pay.a.shortfall_fee", "0"}, "warning: contract.take_or_pay.a: moves nothing", PACTOLUS_OK},
    {{"valuation.depreciation_rate", "0"}, "warning: valuation.depreciation_rate: is 0", PACTOLUS_OK},
    {{"venture.site", "none"}, "warning: venture.site: is none", PACTOLUS_OK},
};

static int says(const struct pactolus_messages *messages, const char *phrase)
{
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) {
        if (strstr(pactolus_messages_text(messages, k), phrase)) return 1;
    }
    return 0;
}

static void check(const struct fault *fault)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_load(TESTS_DIR "/reference/deals/example1.yaml", messages, &deal), PACTOLUS_OK);
    int status = PACTOLUS_OK;
    for (int k = 0; k < 6 && fault->set[k] && !status; k += 2) status = pactolus_deal_set(deal, fault->set[k], fault->set[k + 1], messages);
    if (!status) status = pactolus_deal_check(deal, messages);
    cr_expect_eq(status, fault->status, "%s: status %d", fault->phrase, status);
    cr_expect(says(messages, fault->phrase), "'%s' not in '%s'", fault->phrase,
              pactolus_messages_count(messages) ? pactolus_messages_text(messages, 0) : "");
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
}

Test(deal_check_errors, each_fault_is_named)
{
    for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) check(&faults[k]);
}

Test(deal_check, the_worked_example_has_none)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_load(TESTS_DIR "/reference/deals/example1.yaml", messages, &deal), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
}

/* Several faults are told in one go. */
Test(deal_check_errors, all_are_told_at_once)
{
    const struct fault two = {{"partners.a.equity", "0.5", "contract.royalty.a.a.per_unit", "1"}, "pays itself", PACTOLUS_INPUT};
    const struct fault other = {{"partners.a.equity", "0.5", "contract.royalty.a.a.per_unit", "1"}, "do not add to 1", PACTOLUS_INPUT};
    check(&two);
    check(&other);
}
