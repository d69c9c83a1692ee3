/* Checks across rows: the worked example with one thing wrong each time, and what the message must say. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <pactolus.h>

struct fault {
    const char *set[10]; /* pairs */
    const char *phrase;
    int status;
};

static const struct fault faults[] = {
    {{"partners.a.equity", "0.69"}, "partners.*.equity: shares do not add to 1, got 0.69 + 0.3 = 0.99, want 1; set the others too", PACTOLUS_INPUT},
    {{"partners.a.equity", "0.700000000000003"}, "got 0.700000000000003 + 0.3 = 1.000000000000003, want 1; set", PACTOLUS_INPUT},
    {{"partners.a.member", "no"}, "partners.*.member: 1 of 2 partners, want 2 at the least", PACTOLUS_INPUT},
    {{"contract.needed.a", "yes", "partners.a.member", "no"}, "partners.a.member: is no, but contract.needed.a is yes", PACTOLUS_INPUT},
    {{"steps_per_year", "3"}, "want 1, 2, 4 or 12", PACTOLUS_INPUT},
    {{"contract.capex.rule", "fixed"}, "rule is fixed but no share is given", PACTOLUS_INPUT},
    {{"contract.capex.rule", "fixed", "contract.capex.share.a", "[1, 0]"}, "the shares of programme year 1 add to 0", PACTOLUS_INPUT},
    {{"contract.capex.rule", "fixed", "contract.capex.share.a", "[1, 0]", "venture.capex.plan", "[]", "venture.capex.total", "300", "venture.capex.duration", "2"},
     "the shares of programme year 1 add to 0", PACTOLUS_INPUT},
    {{"contract.capex.cap.a", "5", "contract.capex.cap.b", "5"}, "every partner with equity has a cap", PACTOLUS_INPUT},
    {{"contract.subsidy.share.a", "0", "contract.subsidy.share.b", "0"}, "rule is fixed but the shares add to 0", PACTOLUS_INPUT},
    {{"contract.royalty.a.a.per_unit", "1"}, "'a' pays itself", PACTOLUS_INPUT},
    {{"partners.a.price.home", "0"}, "partners.a.price.home: missing", PACTOLUS_INPUT},
    {{"standalone.b.buy_price", "0"}, "standalone.b.buy_price: missing", PACTOLUS_INPUT},
    {{"standalone.b.mode", "best", "standalone.b.buy_price", "0"}, "standalone.b: mode build (or best) at no cost at all", PACTOLUS_INPUT},
    {{"standalone.b.mode", "build"}, "standalone.b: mode build (or best) at no cost at all", PACTOLUS_INPUT},
    {{"market.subsidy.credit.schedule", "[1, 0.5]"}, "market.subsidy.credit.first_year: missing", PACTOLUS_INPUT},
    {{"own.b.fixed_cost", "10"}, "unknown", PACTOLUS_INPUT},
    {{"venture.plan.home", "[10]"}, "unknown", PACTOLUS_INPUT},
    {{"venture.first_experience", "normal(100, 60)"}, "it can be 0 or less", PACTOLUS_INPUT},
    {{"contract.capex.share.a", "[0.5]"}, "warning: contract.capex.share.a: not used", PACTOLUS_OK},
    {{"contract.take_or_pay.a.shortfall_fee", "0"}, "warning: contract.take_or_pay.a: moves nothing", PACTOLUS_OK},
    {{"valuation.depreciation_rate", "0"}, "warning: valuation.depreciation_rate: is 0", PACTOLUS_OK},
    {{"venture.site", "none"}, "warning: venture.site: is none", PACTOLUS_OK},
    /* exits and what follows them */
    {{"after.a.mode", "buy"}, "after.a.buy_price: missing: mode buy needs", PACTOLUS_INPUT},
    {{"after.a.mode", "build"}, "after.a: mode build at no cost at all", PACTOLUS_INPUT},
    {{"contract.exit.put_giver.a", "a"}, "contract.exit.put_giver.a: 'a' would buy from itself", PACTOLUS_INPUT},
    {{"contract.exit.notice_years", "1"}, "warning: contract.exit.notice_years: moves nothing", PACTOLUS_OK},
    {{"contract.exit.put_giver.a", "b"}, "warning: contract.exit.put_giver: moves nothing", PACTOLUS_OK},
    {{"contract.exit.put_giver.a", "b", "contract.exit.ends.a", "yes"}, "put_giver.a: nothing is left to buy: contract.exit.ends.a is yes", PACTOLUS_INPUT},
    {{"contract.exit.ends.a", "yes"}, "warning: contract.exit.ends: moves nothing", PACTOLUS_OK},
    {{"contract.exit.put_until_years", "2"}, "warning: contract.exit.put_until_years: moves nothing: no partner has", PACTOLUS_OK},
    {{"contract.exit.put_giver.a", "b", "contract.exit.put_until_years", "2", "contract.lock_in_years", "3"}, "the put lapses before contract.lock_in_years", PACTOLUS_OK},
    {{"after.a.mode", "buy", "after.a.buy_price", "11"}, "warning: after: moves nothing", PACTOLUS_OK},
    {{"contract.exit.notice_years", "4", "contract.term_years", "2"}, "notice_years: no exit is settled before the horizon", PACTOLUS_OK},
    {{"contract.lock_in_years", "4", "contract.review_every_years", "1"}, "lock_in_years: nobody may leave at a review", PACTOLUS_OK},
    {{"contract.exit.supply_markup", "0.1"}, "contract.exit.supply_markup: moves nothing", PACTOLUS_OK},
    {{"contract.exit.licence_years", "2"}, "licence_years and licence_per_unit work together", PACTOLUS_OK},
    {{"contract.exit.licence_years", "2", "contract.exit.licence_per_unit", "1"}, "no partner has an after.PARTNER.mode but none", PACTOLUS_OK},
    {{"contract.exit.wind_down_cost", "2"}, "contract.exit.wind_down_cost: moves nothing", PACTOLUS_OK},
    {{"contract.exit.clawback", "0.5", "venture.capex.grant", "[]"}, "contract.exit.clawback: moves nothing", PACTOLUS_OK},
    {{"contract.lock_in_years", "2"}, "--set: warning: contract.lock_in_years: moves nothing: nothing ever opens an exit", PACTOLUS_OK},
    /* numbers that fit no other */
    {{"venture.production_start", "4"}, "venture.production_start: nothing is ever sold: production starts after 4 years, horizon_years is 4", PACTOLUS_OK},
    {{"standalone.a.production_start", "5"}, "standalone.a.production_start: nothing is ever sold", PACTOLUS_OK},
    {{"standalone.b.production_start", "4"}, "standalone.b.production_start: nothing is ever sold", PACTOLUS_OK},
    {{"venture.capacity", "59"}, "venture.capacity: less than half of what is planned, got 59, want some 120,", PACTOLUS_OK},
    {{"venture.capacity", "601"}, "venture.capacity: more than five times what is planned, got 601, want some 120,", PACTOLUS_OK},
    {{"partners.a.price.home", "14000"}, "partners.a.price.home: 1273 times the unit cost, got 14000, and cost 11 (", PACTOLUS_OK},
    {{"partners.b.price.abroad", "0.5"}, "partners.b.price.abroad: 0.0463 times the unit cost", PACTOLUS_OK},
    {{"market.fx.home.rate", "1000"}, "partners.a.price.home: 1273 times the unit cost, got 14000,", PACTOLUS_OK},
    /* debt */
    {{"contract.debt.share", "0.3", "contract.debt.market_rate", "0.08"}, "contract.debt.years: missing", PACTOLUS_INPUT},
    {{"contract.debt.share", "0.3", "contract.debt.years", "5"}, "contract.debt.market_rate: missing", PACTOLUS_INPUT},
    {{"contract.debt.rate", "0.04"}, "contract.debt: moves nothing: contract.debt.share is 0", PACTOLUS_OK},
    {{"contract.debt.share", "0.3", "contract.debt.years", "5", "contract.debt.market_rate", "0.08", "venture.capex.plan", "[]"},
     "contract.debt.share: moves nothing: the venture spends no capital", PACTOLUS_OK},
    /* calls */
    {{"partners.a.funding_limit", "5", "partners.b.funding_limit", "5"}, "every partner with equity has a limit", PACTOLUS_INPUT},
    {{"partners.b.funding_limit", "5", "contract.missed_call", "default_loan"}, "contract.default_loan_rate: missing", PACTOLUS_INPUT},
    {{"partners.b.funding_limit", "5", "contract.default_loan_rate", "0.1"}, "contract.default_loan_rate: not used", PACTOLUS_OK},
    {{"contract.dilution_factor", "1.5"}, "contract.missed_call: moves nothing: no partner has a funding_limit", PACTOLUS_OK},
    /* transfer price */
    {{"contract.transfer_price.rule", "indexed"}, "contract.transfer_price.price: missing", PACTOLUS_INPUT},
    {{"contract.transfer_price.rule", "indexed", "contract.transfer_price.price", "10", "contract.transfer_price.cap", "9"},
     "warning: contract.transfer_price.markup: not used", PACTOLUS_OK},
    {{"contract.transfer_price.floor", "12", "contract.transfer_price.rule", "indexed", "contract.transfer_price.cap", "9"},
     "contract.transfer_price.floor: lies above the cap, got 12, want at most 9", PACTOLUS_INPUT},
    {{"contract.transfer_price.floor", "12"}, "contract.transfer_price: price, index, floor and cap are not used", PACTOLUS_OK},
    /* fees and costs */
    {{"contract.fee.a.a.plan", "[5]"}, "contract.fee: 'a' pays itself", PACTOLUS_INPUT},
    {{"contract.royalty.a.a.minimum", "1"}, "'a' pays itself", PACTOLUS_INPUT},
    {{"contract.cost.share.a", "[1, 0]"}, "contract.cost.share: the shares of contract year 1 add to 0", PACTOLUS_INPUT},
    {{"contract.cost.share.a", "[1]", "venture.fixed_cost", "0"}, "contract.cost.share: moves nothing", PACTOLUS_OK},
    {{"contract.exit.clawback_years", "3"}, "contract.exit.clawback_years: moves nothing", PACTOLUS_OK},
    /* goals, deadlocks, reviews, renegotiation */
    {{"contract.governance.goal_gap", "0.5"}, "contract.governance.goal_gap: the gap of goals moves nothing", PACTOLUS_OK},
    {{"contract.governance.gap_cut", "0.5"}, "contract.governance.gap_cut: moves nothing", PACTOLUS_OK},
    {{"contract.governance.gap_unequal", "0.5", "venture.capex.plan", "[]"}, "there is no budget to compare with", PACTOLUS_OK},
    {{"contract.preparation.spend", "5"}, "contract.preparation.spend: is spent for nothing", PACTOLUS_OK},
    {{"contract.deadlock.cost", "5"}, "contract.deadlock.cost: moves nothing: contract.deadlock.rate is 0", PACTOLUS_OK},
    {{"contract.scope_rule.narrow_by", "0.1"}, "contract.scope_rule.narrow_by: moves nothing", PACTOLUS_OK},
    {{"contract.redirect.volume", "5", "contract.review_every_years", "1"}, "contract.redirect.price: missing", PACTOLUS_INPUT},
    {{"contract.redirect.price", "5"}, "contract.redirect.price: moves nothing: contract.redirect.volume is 0", PACTOLUS_OK},
    {{"contract.redirect.capex", "5"}, "contract.redirect.capex: moves nothing: contract.redirect.volume is 0", PACTOLUS_OK},
    {{"contract.redirect.volume", "5", "contract.redirect.price", "12"}, "contract.redirect.volume: moves nothing: no review", PACTOLUS_OK},
    {{"contract.redirect.volume", "5", "contract.redirect.price", "12", "market.alternative_use.start", "no"},
     "the plant never has another use", PACTOLUS_OK},
    {{"contract.renegotiation.cost", "5"}, "contract.renegotiation: moves nothing", PACTOLUS_OK},
    {{"contract.renegotiation.attempts", "5"}, "no review, trigger, term or deadlock ever opens one", PACTOLUS_OK},
    {{"contract.renegotiation.attempts", "5", "contract.renegotiation.form", "lump_sum", "contract.renegotiation.standstill_years", "0"},
     "standstill_years: is 0 with a lump sum", PACTOLUS_OK},
    /* contributions */
    {{"venture.need.tooling", "5"}, "venture.need.tooling: nobody offers any: the venture's clock", PACTOLUS_INPUT},
    {{"venture.need.tooling", "-1"}, "venture.need.tooling: out of range", PACTOLUS_INPUT},
    {{"venture.need.exponent", "0"}, "venture.need.exponent: out of range", PACTOLUS_INPUT},
    {{"contract.governance.withheld", "1.5"}, "contract.governance.withheld: out of range", PACTOLUS_INPUT},
    {{"partners.a.contribution.release", "5"}, "partners.a.contribution.release: moves nothing: venture.need.release",
     PACTOLUS_OK},
    {{"partners.a.opportunity_cost.plant", "5"}, "partners.a.opportunity_cost.plant: moves nothing: partners.a.contribution.plant",
     PACTOLUS_OK},
    {{"venture.need.tooling", "5", "partners.b.contribution.tooling", "5"}, "partners.b.opportunity_cost.tooling: is 0: what",
     PACTOLUS_OK},
    {{"contract.contribution_price.plant", "5"}, "contract.contribution_price.plant: moves nothing: venture.need.plant",
     PACTOLUS_OK},
    {{"venture.need.exponent", "1"}, "venture.need.exponent: moves nothing: venture.need is 0", PACTOLUS_OK},
    {{"contract.governance.withheld", "0.5"}, "contract.governance.withheld: moves nothing: venture.need is 0", PACTOLUS_OK},
    {{"venture.need.plant", "5", "partners.b.contribution.plant", "5", "contract.governance.withheld", "0.5"},
     "contract.governance.withheld: moves nothing: nothing opens a gap of goals", PACTOLUS_OK},
    /* what is sold, at which cost and from where */
    {{"venture.localisation.rule", "npv", "venture.localisation.capex", "5"}, "venture.localisation.to: missing", PACTOLUS_INPUT},
    {{"venture.localisation.rule", "npv", "venture.localisation.to", "abroad"}, "venture.localisation.capex: missing", PACTOLUS_INPUT},
    {{"standalone.a.localisation.rule", "threshold", "standalone.a.localisation.to", "home", "standalone.a.localisation.capex", "5"},
     "standalone.a.localisation.threshold: missing", PACTOLUS_INPUT},
    {{"standalone.a.localisation.rule", "npv", "standalone.a.localisation.to", "home"},
     "standalone.a.localisation.to: is the programme's site", PACTOLUS_INPUT},
    {{"venture.localisation.capex", "5"}, "venture.localisation.rule: is none", PACTOLUS_OK},
    {{"venture.localisation.rule", "npv", "venture.localisation.to", "abroad", "venture.localisation.capex", "5"},
     "venture.localisation.rule: never acts: no review and no trigger", PACTOLUS_OK},
    {{"standalone.b.localisation.rule", "npv", "standalone.b.localisation.to", "home", "standalone.b.localisation.capex", "5"},
     "standalone.b.localisation.rule: never acts: the partner does not build", PACTOLUS_OK},
    {{"standalone.b.localisation.rule", "npv", "standalone.b.localisation.to", "home", "standalone.b.localisation.capex", "5"},
     "standalone.b.localisation: gains no duty", PACTOLUS_OK},
    {{"partners.a.pass_through.first", "0.2", "partners.a.pass_through.long", "0.2"}, "partners.a.customs_share: missing", PACTOLUS_INPUT},
    {{"partners.a.pass_through.first", "0.2", "partners.a.customs_share", "0.6"}, "partners.a.pass_through.speed: missing", PACTOLUS_INPUT},
    {{"partners.a.customs_share", "0.6"}, "partners.a.customs_share: moves nothing: pass_through is 0", PACTOLUS_OK},
    {{"partners.a.elasticity", "3"}, "partners.a.elasticity: moves nothing: pass_through is 0", PACTOLUS_OK},
    {{"partners.a.rivals_exposed", "1"}, "partners.a.rivals_exposed: moves nothing: elasticity is 0", PACTOLUS_OK},
    {{"venture.transfer_loss", "0.1"}, "venture.transfer_loss: moves nothing: venture.ramp_years is 0", PACTOLUS_OK},
    {{"venture.lead.plant", "a"}, "venture.lead.plant: moves nothing", PACTOLUS_OK},
    {{"partners.a.cannibal.b", "0.1"}, "partners.a.margin_other: missing", PACTOLUS_INPUT},
    {{"partners.a.margin_other", "2"}, "partners.a.margin_other: moves nothing", PACTOLUS_OK},
    {{"partners.a.brand_cost", "0.02", "venture.common_share", "0"}, "partners.a.brand_cost: moves nothing", PACTOLUS_OK},
    {{"venture.late_penalty", "0.1"}, "warning: venture.late_penalty: moves nothing: nothing makes the programme late", PACTOLUS_OK},
    {{"venture.late_penalty", "-0.1"}, "venture.late_penalty: out of range", PACTOLUS_INPUT},
    {{"own.a.late_penalty", "0.1"}, "unknown", PACTOLUS_INPUT},
    {{"after.b.late_penalty", "0.1"}, "warning: after.b.late_penalty: moves nothing: after.b.mode is none", PACTOLUS_OK},
    {{"venture.cost_to_achieve", "1", "venture.common_share", "0"}, "venture.cost_to_achieve: moves nothing: venture.common_share is 0", PACTOLUS_OK},
    {{"standalone.a.cost_to_achieve", "1"}, "unknown", PACTOLUS_INPUT},
    {{"partners.a.bargaining_power", "2"}, "partners.*.bargaining_power: not used but by pactolus coalitions", PACTOLUS_OK},
};

/* The market's mechanisms, on a deal of two regions and two chains. */
static const struct fault market_faults[] = {
    {{"market.trade.cars.group", "a bloc"}, "market.trade.cars.group: not a name, got 'a bloc'", PACTOLUS_INPUT},
    {{"market.trade.cars.group", "bloc"}, "market.trade.cars.group: moves nothing: no other chain is in group 'bloc'", PACTOLUS_OK},
    {{"market.crisis.entry_rate", "0.2"}, "market.crisis.depth: missing: a crisis that costs no region any demand", PACTOLUS_INPUT},
    {{"market.crisis.start", "yes"}, "market.crisis.depth: missing", PACTOLUS_INPUT},
    {{"market.crisis.start", "maybe"}, "want one of no, yes", PACTOLUS_INPUT},
    {{"market.crisis.depth.west", "1"}, "market.crisis.depth.west: out of range", PACTOLUS_INPUT},
    {{"market.crisis.depth.west", "0.3"}, "market.crisis.depth: moves nothing", PACTOLUS_OK},
    {{"market.crisis.exit_rate", "1"}, "market.crisis.exit_rate: moves nothing", PACTOLUS_OK},
    {{"market.crisis.entry_rate", "0.2", "market.crisis.depth.west", "0.3"}, "market.crisis.exit_rate: is 0: a crisis never ends", PACTOLUS_OK},
    {{"market.price.west.jump_rate", "0.5", "market.price.west.jump_mean", "-0.2", "market.price.west.mean_reversion", "0.3"},
     "market.price.west.jump_rate: jumps need a random walk, got market.price.west.mean_reversion 0.3, want 0", PACTOLUS_INPUT},
    {{"partners.a.share.jump_rate", "0.5"}, "partners.a.share.jump_rate: jumps of no size", PACTOLUS_INPUT},
    {{"market.input.steel.jump_mean", "0.5"}, "market.input.steel.jump_rate: is 0: jump_mean and jump_volatility move nothing", PACTOLUS_OK},
    {{"market.entrant.west.arrival_rate", "0.2"}, "market.entrant.west: arrives and takes nothing", PACTOLUS_INPUT},
    {{"market.entrant.west.price_cut", "0.2"}, "market.entrant.west.arrival_rate: is 0: the entrant never comes", PACTOLUS_OK},
    {{"market.entrant.west.price_cut", "1"}, "market.entrant.west.price_cut: out of range", PACTOLUS_INPUT},
    {{"market.entrant.west.cost_advantage", "0"}, "market.entrant.west.cost_advantage: out of range", PACTOLUS_INPUT},
    {{"market.entrant.west.origin", "north"}, "market.entrant.west.origin: not declared", PACTOLUS_INPUT},
    {{"market.entrant.west.origin", "east"}, "market.entrant.west.origin: moves nothing: localise_years is 0", PACTOLUS_OK},
    {{"market.entrant.west.localise_years", "2"}, "market.entrant.west.localise_years: moves nothing: origin is none", PACTOLUS_OK},
    {{"market.fragmentation", "0.02"}, "market.fragmentation: moves nothing: complexity is 0", PACTOLUS_OK},
    {{"valuation.measure", "risky"}, "want one of real, risk_adjusted", PACTOLUS_INPUT},
    {{"valuation.measure", "risk_adjusted"}, "valuation.measure: risk_adjusted and no level has a price of risk", PACTOLUS_INPUT},
    {{"valuation.risk_free", "0.03"}, "valuation.risk_free: not used: valuation.measure is real", PACTOLUS_OK},
    {{"market.demand.west.price_of_risk", "0.3"}, "market.demand.west.price_of_risk: not used: valuation.measure is real", PACTOLUS_OK},
    {{"market.demand.west.price_of_risk", "0.3", "valuation.measure", "risk_adjusted"},
     "market.demand.west.price_of_risk: moves nothing: the level has no volatility", PACTOLUS_OK},
    {{"market.demand.west.price_of_risk", "0.3", "valuation.measure", "risk_adjusted", "valuation.common_rate", "0.05"},
     "valuation.common_rate: not used", PACTOLUS_OK},
    {{"market.fx.east.jump_rate", "21"}, "market.fx.east.jump_rate: out of range", PACTOLUS_INPUT},
};

/* The same on a deal with triggers. */
static const struct fault trigger_faults[] = {
    {{"contract.triggers.sold.rate", "0"}, "warning: contract.triggers.sold.rate: never acts: the hazard is 0", PACTOLUS_OK},
    {{"contract.triggers.sold.kind", "volume_below"}, "contract.triggers.sold.threshold: missing: kind volume_below", PACTOLUS_INPUT},
    {{"contract.triggers.sold.kind", "volume_below", "contract.triggers.sold.threshold", "0.5", "contract.triggers.sold.partner", "b",
      "contract.triggers.sold.rate", "0", "partners.b.plan.abroad", "[]"},
     "warning: contract.triggers.sold: never fires: nothing that it watches is planned", PACTOLUS_OK},
    {{"contract.triggers.sold.kind", "capex_above"}, "contract.triggers.sold.threshold: missing: kind capex_above", PACTOLUS_INPUT},
    /* values that are none */
    {{"contract.triggers.sold.kind", "volume_bellow"}, "not a known word, got 'volume_bellow', want one of never, tariff_above", PACTOLUS_INPUT},
    {{"contract.triggers.sold.opens", "exits"}, "want one of review, renegotiation, exit", PACTOLUS_INPUT},
    {{"contract.triggers.sole.kind", "late"}, "no trigger 'sole' is declared", PACTOLUS_INPUT},
    {{"contract.triggers.sold.threshold", "nan"}, "contract.triggers.sold.threshold", PACTOLUS_INPUT},
    {{"contract.triggers.sold.rate", "-1"}, "contract.triggers.sold.rate: out of range", PACTOLUS_INPUT},
    {{"contract.triggers.sold.for_years", "uniform(1, 2)"}, "does not vary by path", PACTOLUS_INPUT},
    {{"contract.triggers.sold.partner", "c"}, "not declared (there are a, b)", PACTOLUS_INPUT},
    {{"contract.exit.notice_years", "41"}, "contract.exit.notice_years: out of range", PACTOLUS_INPUT},
    {{"contract.exit.multiple", "11"}, "contract.exit.multiple: out of range", PACTOLUS_INPUT},
    {{"contract.exit.right.a", "maybe"}, "want one of no, yes", PACTOLUS_INPUT},
    {{"contract.exit.put_giver.a", "d"}, "want the name of a partner, or none", PACTOLUS_INPUT},
    {{"contract.renegotiation.attempts", "1.5"}, "not an integer", PACTOLUS_INPUT},
    {{"contract.governance.goal_gap", "1.5"}, "contract.governance.goal_gap: out of range", PACTOLUS_INPUT},
    {{"contract.breakup.median_years", "0"}, "contract.breakup.median_years: out of range", PACTOLUS_INPUT},
    {{"after.a.mode", "best"}, "want one of none, build, buy", PACTOLUS_INPUT},
    /* what is missing or idle */
    {{"contract.triggers.sold.kind", "never"}, "warning: contract.triggers.sold: never fires: its kind is never", PACTOLUS_OK},
    {{"contract.triggers.sold.kind", "late"}, "warning: contract.triggers.sold.rate: not used", PACTOLUS_OK},
    {{"contract.triggers.sold.kind", "late"}, "warning: contract.triggers.sold.partner: not used", PACTOLUS_OK},
    {{"contract.triggers.sold.threshold", "1"}, "warning: contract.triggers.sold.threshold: not used", PACTOLUS_OK},
    {{"contract.triggers.sold.kind", "deadlock_above"}, "never fires: contract.deadlock.rate is 0", PACTOLUS_OK},
    {{"contract.triggers.sold.kind", "tariff_above", "venture.site", "none"}, "never fires: the venture pays no duty", PACTOLUS_OK},
    {{"contract.triggers.sold.opens", "renegotiation"}, "contract.triggers.sold.opens: opens nothing", PACTOLUS_OK},
};

/* Gates, on a deal that declares two and uses none. */
static const struct fault gate_faults[] = {
    {{"venture.gates.sampel.at", "1"}, "no milestone 'sampel' is declared", PACTOLUS_INPUT},
    {{"venture.gates.sample.success", "1.5"}, "venture.gates.sample.success: out of range", PACTOLUS_INPUT},
    {{"venture.gates.sample.attempts", "0"}, "venture.gates.sample.attempts: out of range", PACTOLUS_INPUT},
    {{"venture.gates.sample.at", "1", "contract.milestone.sample.a.a", "5"}, "contract.milestone.sample.a: 'a' pays itself", PACTOLUS_INPUT},
    {{"venture.gates.sample.success", "0.5"}, "warning: venture.gates.sample.at: is -1", PACTOLUS_OK},
    {{"standalone.a.gates.ready.attempts", "2"}, "warning: standalone.a.gates.ready.at: is -1", PACTOLUS_OK},
    {{"venture.gates.sample.at", "10"}, "warning: venture.gates.sample.at: is beyond the horizon", PACTOLUS_OK},
    {{"venture.gates.sample.at", "1", "venture.gates.sample.retry_cost", "3"}, "retry_cost: moves nothing: attempts is 1", PACTOLUS_OK},
    {{"contract.milestone.sample.a.b", "5"}, "warning: contract.milestone.sample: is never paid", PACTOLUS_OK},
    {{"venture.gates.sample.at", "1", "venture.gates.sample.independent", "yes"}, "independent: moves nothing: no payment", PACTOLUS_OK},
    {{"venture.gates.sample.material_factor", "0.8"}, "warning: venture.gates.sample.at: is -1", PACTOLUS_OK},
    {{"venture.gates.sample.at", "1", "venture.gates.sample.conversion_factor", "0.8"},
     "warning: venture.gates.sample.conversion_factor: moves nothing: conversion.cost is 0", PACTOLUS_OK},
    {{"venture.gates.sample.material_factor", "-1"}, "venture.gates.sample.material_factor: out of range", PACTOLUS_INPUT},
    {{"venture.cost_to_achieve", "1", "venture.common_share", "0.5"}, "cost_to_achieve: moves nothing: commonality saves no unit cost", PACTOLUS_OK},
    {{"venture.capex.total", "10", "venture.capex.duration", "3"}, "venture.capex.total: is given beside capex.plan", PACTOLUS_INPUT},
    {{"standalone.a.capex.total", "10"}, "standalone.a.capex.duration: missing", PACTOLUS_INPUT},
    {{"own.a.capex.duration", "3"}, "warning: own.a.capex.duration: moves nothing", PACTOLUS_OK},
    {{"venture.success.from", "2"}, "warning: venture.success.from: moves nothing", PACTOLUS_OK},
    {{"venture.success.fade", "2"}, "warning: venture.success.fade: moves nothing", PACTOLUS_OK},
    {{"after.a.success.rate", "0.1", "after.a.success.fade", "2"}, "after.a.success.fade: is not for a programme after an exit", PACTOLUS_INPUT},
    {{"venture.success.fade", "-1"}, "venture.success.fade: out of range", PACTOLUS_INPUT},
    {{"venture.success.rate", "-1"}, "venture.success.rate: out of range", PACTOLUS_INPUT},
    {{"venture.adverse.ends", "no"}, "warning: venture.adverse.ends: moves nothing: adverse.rate is 0", PACTOLUS_OK},
    {{"venture.adverse.rate", "0.1", "venture.adverse.standstill_years", "2"}, "standstill_years: not used: the event ends", PACTOLUS_OK},
    {{"standalone.a.adverse.rate", "0.1", "standalone.a.adverse.ends", "no"}, "the event moves nothing", PACTOLUS_OK},
    {{"contract.governance.gap_gate", "0.1"}, "warning: contract.governance.gap_gate: moves nothing", PACTOLUS_OK},
};

static int says(const struct pactolus_messages *messages, const char *phrase)
{
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) {
        if (strstr(pactolus_messages_text(messages, k), phrase)) return 1;
    }
    return 0;
}

static void check_in(const char *file, const struct fault *fault)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_load(file, messages, &deal), PACTOLUS_OK);
    int status = PACTOLUS_OK;
    for (int k = 0; k < 10 && fault->set[k] && !status; k += 2) status = pactolus_deal_set(deal, fault->set[k], fault->set[k + 1], messages);
    if (!status) status = pactolus_deal_check(deal, messages);
    cr_expect_eq(status, fault->status, "%s: status %d", fault->phrase, status);
    cr_expect(says(messages, fault->phrase), "'%s' not in '%s'", fault->phrase,
              pactolus_messages_count(messages) ? pactolus_messages_text(messages, 0) : "");
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
}

static void check(const struct fault *fault)
{
    check_in(TESTS_DIR "/reference/deals/example1.yaml", fault);
}

Test(deal_check_errors, each_fault_is_named)
{
    for (size_t k = 0; k < sizeof faults / sizeof *faults; k++) check(&faults[k]);
}

Test(deal_check_errors, each_fault_of_a_trigger_is_named)
{
    for (size_t k = 0; k < sizeof trigger_faults / sizeof *trigger_faults; k++) {
        check_in(TESTS_DIR "/reference/deals/example2.yaml", &trigger_faults[k]);
    }
}

Test(deal_check_errors, each_fault_of_the_market_is_named)
{
    for (size_t k = 0; k < sizeof market_faults / sizeof *market_faults; k++) {
        check_in(TESTS_DIR "/unit/market/market.yaml", &market_faults[k]);
    }
}

Test(deal_check_errors, each_fault_of_a_gate_is_named)
{
    for (size_t k = 0; k < sizeof gate_faults / sizeof *gate_faults; k++) {
        check_in(TESTS_DIR "/reference/deals/hazards.yaml", &gate_faults[k]);
    }
}

static void expect_none(const char *file)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_load(file, messages, &deal), PACTOLUS_OK);
    cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_messages_seen(messages), 0, "%s: %s", file,
                 pactolus_messages_count(messages) ? pactolus_messages_text(messages, 0) : "");
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
}

Test(deal_check, deals_that_are_right_have_none)
{
    expect_none(TESTS_DIR "/reference/deals/example1.yaml");
    expect_none(TESTS_DIR "/reference/deals/example2.yaml");
    expect_none(TESTS_DIR "/reference/deals/example3.yaml");
    expect_none(TESTS_DIR "/reference/deals/hazards.yaml");
    static const char *const shipped[] = {"autonomy/deal", "battery-jv/deal", "localisation/deal", "mutual-supply/deal", "mutual-supply/return",
                                          "platform-sharing/deal", "software-codevelopment/deal", "stake-sale/deal"};
    for (size_t k = 0; k < sizeof shipped / sizeof *shipped; k++) {
        char file[256];
        snprintf(file, sizeof file, PROJECT_DIR "/scenarios/%s.yaml", shipped[k]);
        expect_none(file);
    }
}

/* Numbers at the bounds are none that an analyst would hardly mean. */
Test(deal_check, numbers_that_may_be_meant_are_not_told)
{
    static const char *const sets[][2] = {{"venture.production_start", "3.9"}, {"venture.capacity", "60"}, {"venture.capacity", "600"},
                                          {"venture.capacity", "1000000000"}, {"partners.a.price.home", "219"}, {"partners.a.price.home", "0.56"}};
    for (size_t k = 0; k < sizeof sets / sizeof *sets; k++) {
        struct pactolus_messages *messages = NULL;
        struct pactolus_deal *deal = NULL;
        cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
        cr_assert_eq(pactolus_deal_load(TESTS_DIR "/reference/deals/example1.yaml", messages, &deal), PACTOLUS_OK);
        cr_expect_eq(pactolus_deal_set(deal, sets[k][0], sets[k][1], messages), PACTOLUS_OK);
        cr_expect_eq(pactolus_deal_check(deal, messages), PACTOLUS_OK);
        cr_expect_eq(pactolus_messages_seen(messages), 0, "%s %s", sets[k][0], sets[k][1]);
        pactolus_deal_destroy(deal);
        pactolus_messages_destroy(messages);
    }
}

/* Several faults are told in one go. */
Test(deal_check_errors, all_are_told_at_once)
{
    const struct fault two = {{"partners.a.equity", "0.5", "contract.royalty.a.a.per_unit", "1"}, "pays itself", PACTOLUS_INPUT};
    const struct fault other = {{"partners.a.equity", "0.5", "contract.royalty.a.a.per_unit", "1"}, "do not add to 1", PACTOLUS_INPUT};
    check(&two);
    check(&other);
}
