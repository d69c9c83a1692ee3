/* Checks across rows and stages: what one row alone cannot know. */
#include <math.h>
#include <string.h>

#include "deal/check.h"

static void check_sets(struct check *c)
{
    if (partners(c)->count < 2) {
        FAIL(c, "partners", "too few, got %d, want 2 to %d", partners(c)->count, PARAM_PARTNERS);
    }
    if (!c->scope->set[PARAM_SET_REGION].count) FAIL(c, "regions", "none declared, want 1 to %d", PARAM_REGIONS);
}

/* Tolerance: the rounding of as many shares as there are, written in decimal. */
static void check_equity(struct check *c)
{
    double sum = 0.0;
    for (int p = 0; p < partners(c)->count; p++) sum += c->deal->contract.equity[p];
    const double tolerance = 4.0 * 0x1p-52 * (double)(partners(c)->count ? partners(c)->count : 1);
    if (fabs(sum - 1.0) > tolerance) {
        FAIL(c, "partners.*.equity", "shares do not add to 1, got %.17g, want 1 within %.2g", sum, tolerance);
    }
}

static void check_frame(struct check *c)
{
    const int m = c->deal->frame.steps_per_year;
    if (m != 1 && m != 2 && m != 4 && m != 12) FAIL(c, "steps_per_year", "not usable, got '%d', want 1, 2, 4 or 12", m);
}

static void check_capex(struct check *c)
{
    const struct contract_capex_config *capex = &c->deal->contract.capex;
    int given = 0, uncapped = 0;
    double open = 0.0;
    for (int p = 0; p < partners(c)->count; p++) {
        given += capex->share[p].count > 0;
        if (number_differs(capex->cap[p], CONTRACT_NO_CAP)) continue;
        uncapped++;
        open += c->deal->contract.equity[p];
    }
    if (capex->rule == SHARE_FIXED && !given) {
        FAIL(c, "contract.capex.share", "rule is fixed but no share is given, want contract.capex.share.PARTNER");
    }
    if (partners(c)->count && (!uncapped || !(open > 0.0))) {
        FAIL(c, "contract.capex.cap", "every partner with equity has a cap, want one without to pay the rest");
    }
}

/* Fixed capex shares must not all be 0 in some year of the plan. */
static void check_capex_years(struct check *c)
{
    const struct contract_capex_config *capex = &c->deal->contract.capex;
    const struct programme_config *venture = &c->deal->programme.venture;
    const int years = venture->capex_total > 0.0 ? (int)ceil(venture->capex_duration) : venture->capex_plan.count;
    if (capex->rule != SHARE_FIXED) return;
    for (int year = 0; year < years; year++) {
        double sum = 0.0;
        for (int p = 0; p < partners(c)->count; p++) {
            const struct param_list *list = &capex->share[p];
            const int last = list->count - 1;
            if (list->count) sum += list->item[year < last ? year : last].value;
        }
        if (!(sum > 0.0)) {
            FAIL(c, "contract.capex.share", "the shares of programme year %d add to %g, want more than 0", year, sum);
            return;
        }
    }
}

static void check_subsidy(struct check *c)
{
    double sum = 0.0;
    for (int p = 0; p < partners(c)->count; p++) sum += c->deal->contract.subsidy_share[p];
    if (c->deal->contract.subsidy_rule == SHARE_FIXED && !(sum > 0.0)) {
        FAIL(c, "contract.subsidy.share", "rule is fixed but the shares add to %g, want more than 0", sum);
    }
}

static void check_royalty(struct check *c)
{
    for (int p = 0; p < partners(c)->count; p++) {
        const struct contract_royalty_config *own = &c->deal->contract.royalty[p][p];
        if (number_differs(own->per_unit, 0.0) || number_differs(own->of_revenue, 0.0) || number_differs(own->minimum, 0.0)) {
            const char *name = partners(c)->name[p];
            FAIL(c, "contract.royalty", "'%s' pays itself, want two different partners", name);
        }
    }
}

int deal_check_sells(const struct check *c, int partner)
{
    int sells = 0;
    for (int p = 0; p < partners(c)->count; p++) {
        for (int r = 0; r < c->scope->set[PARAM_SET_REGION].count; r++) {
            sells |= (partner < 0 || partner == p) && c->deal->programme.product[p].plan[r].count > 0;
        }
    }
    return sells;
}

/* A deal in which nobody plans to sell is a likely slip. */
static void check_sales(struct check *c)
{
    if (!deal_check_sells(c, -1)) WARN(c, "partners.*.plan", "no partner plans to sell anything in any region");
}

/* What is sold must have a price; a price of 0 is a forgotten one. */
static void check_price(struct check *c, int p, int r)
{
    const struct programme_deal *deal = &c->deal->programme;
    char name[PARAM_TEXT];
    if (!deal->product[p].plan[r].count && !deal->alone[p].plan[r].count && !deal->after[p].plan[r].count) return;
    if (number_differs(deal->product[p].price[r], 0.0)) return;
    snprintf(name, sizeof name, "partners.%s.price.%s", partner_name(c, p), c->scope->set[PARAM_SET_REGION].name[r]);
    FAIL(c, name, "missing: the partner plans to sell there");
}

int deal_check_costs(const struct programme_config *programme)
{
    return programme_config_spends(programme) || number_differs(programme->material.cost, 0.0) ||
           number_differs(programme->conversion.cost, 0.0) || number_differs(programme->fixed_cost, 0.0);
}

/* Going alone for nothing is a forgotten cost, not a gift. */
static void check_standalone(struct check *c, int p)
{
    const struct programme_standalone_config *alone = &c->deal->programme.standalone[p];
    const int buys = alone->mode == STANDALONE_BUY;
    const int builds = alone->mode == STANDALONE_BUILD || alone->mode == STANDALONE_BEST;
    char name[PARAM_TEXT];
    snprintf(name, sizeof name, "standalone.%s.buy_price", partner_name(c, p));
    if (buys && !number_differs(alone->buy_price, 0.0)) FAIL(c, name, "missing: mode buy needs a supplier's price");
    snprintf(name, sizeof name, "standalone.%s", partner_name(c, p));
    if (builds && !deal_check_costs(&c->deal->programme.alone[p])) {
        FAIL(c, name, "mode build (or best) at no cost at all, want capex.plan, material.cost, conversion.cost or fixed_cost");
    }
}

static void check_partners(struct check *c)
{
    for (int p = 0; p < partners(c)->count; p++) {
        for (int r = 0; r < c->scope->set[PARAM_SET_REGION].count; r++) check_price(c, p, r);
        check_standalone(c, p);
    }
}

/* A schedule by calendar year hangs in the air without its first year. */
static void check_schedules(struct check *c)
{
    const struct param_names *names = &c->scope->set[PARAM_SET_SUBSIDY];
    char name[PARAM_TEXT];
    for (int s = 0; s < names->count; s++) {
        const struct market_subsidy_config *subsidy = &c->deal->market.subsidy[s];
        if (!subsidy->schedule.count || subsidy->first_year) continue;
        snprintf(name, sizeof name, "market.subsidy.%s.first_year", names->name[s]);
        FAIL(c, name, "missing: the schedule is by calendar year");
    }
}

/* Terms that are written but move nothing are likely slips: said, not refused. */
static void warn_terms(struct check *c)
{
    const struct contract_config *contract = &c->deal->contract;
    char name[PARAM_TEXT];
    for (int p = 0; p < partners(c)->count; p++) {
        const struct contract_take_or_pay_config *take = &contract->take_or_pay[p];
        snprintf(name, sizeof name, "contract.capex.share.%s", partner_name(c, p));
        if (contract->capex.share[p].count && contract->capex.rule != SHARE_FIXED) {
            WARN(c, name, "not used: contract.capex.rule is not fixed");
        }
        snprintf(name, sizeof name, "contract.take_or_pay.%s", partner_name(c, p));
        if (number_differs(take->least_share, 0.0) != number_differs(take->shortfall_fee, 0.0)) {
            WARN(c, name, "moves nothing: least_share and shortfall_fee work together");
        }
    }
}

int deal_check_duties(const struct check *c)
{
    const int regions = c->scope->set[PARAM_SET_REGION].count;
    for (int k = 0; k < c->scope->set[PARAM_SET_CHAIN].count; k++) {
        for (int o = 0; o < regions; o++) {
            for (int d = 0; d < regions; d++) {
                for (int s = 0; s < c->scope->regimes[k].count; s++) {
                    if (c->deal->market.chain[k].tariff[o][d][s] > 0.0) return 1;
                }
            }
        }
    }
    return 0;
}

static void warn_books(struct check *c)
{
    int taxed = 0;
    for (int p = 0; p < partners(c)->count; p++) taxed |= c->deal->value.tax_rate[p] > 0.0;
    if (taxed && programme_config_spends(&c->deal->programme.venture) && !(c->deal->value.depreciation_rate > 0.0)) {
        WARN(c, "valuation.depreciation_rate", "is 0: capital spending never lowers tax");
    }
    if (deal_check_duties(c) && c->deal->programme.venture.site < 0) {
        WARN(c, "venture.site", "is none: the venture pays no duty anywhere");
    }
}

static void check_inputs(struct check *c, const struct param_number *share, const char *name)
{
    double sum = 0.0;
    for (int k = 0; k < c->scope->set[PARAM_SET_INPUT].count; k++) sum += share[k].value;
    if (sum > 1.0 + 1e-12) FAIL(c, name, "shares of inputs add to %.17g, want at most 1", sum);
}

static void check_programme(struct check *c, const struct programme_config *programme, const char *prefix)
{
    char name[PARAM_TEXT + PARAM_NAME];
    snprintf(name, sizeof name, "%s.material.input_share", prefix);
    check_inputs(c, programme->material.input_share, name);
    snprintf(name, sizeof name, "%s.conversion.input_share", prefix);
    check_inputs(c, programme->conversion.input_share, name);
    snprintf(name, sizeof name, "%s.capex.input_share", prefix);
    check_inputs(c, programme->capex_input_share, name);
    deal_check_curve(c, programme, prefix);
}

static void check_programmes(struct check *c)
{
    char prefix[PARAM_TEXT];
    check_programme(c, &c->deal->programme.venture, "venture");
    for (int p = 0; p < partners(c)->count; p++) {
        snprintf(prefix, sizeof prefix, "own.%s.capex.input_share", partners(c)->name[p]);
        check_inputs(c, c->deal->programme.own[p].capex_input_share, prefix);
        snprintf(prefix, sizeof prefix, "own.%s", partners(c)->name[p]);
        deal_check_curve(c, &c->deal->programme.own[p], prefix);
        snprintf(prefix, sizeof prefix, "standalone.%s", partners(c)->name[p]);
        check_programme(c, &c->deal->programme.alone[p], prefix);
        snprintf(prefix, sizeof prefix, "after.%s", partners(c)->name[p]);
        check_programme(c, &c->deal->programme.after[p], prefix);
    }
}

int deal_check(const struct deal *deal, const struct param_scope *scope, struct place place, struct report *report)
{
    struct check c = {deal, scope, place, report, STATUS_OK};
    check_sets(&c);
    check_frame(&c);
    check_equity(&c);
    deal_check_members(&c);
    check_capex(&c);
    check_capex_years(&c);
    check_subsidy(&c);
    check_royalty(&c);
    check_sales(&c);
    check_programmes(&c);
    check_partners(&c);
    check_schedules(&c);
    warn_terms(&c);
    warn_books(&c);
    deal_check_contract(&c);
    deal_check_localisation(&c);
    deal_check_prices(&c);
    deal_check_strengths(&c);
    deal_check_brands(&c);
    deal_check_late(&c);
    deal_check_exits(&c);
    deal_check_governance(&c);
    deal_check_market(&c);
    deal_check_progress(&c);
    deal_check_contributions(&c);
    return c.status;
}
