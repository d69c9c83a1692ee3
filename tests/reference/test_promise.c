/* What leaving, winding up and staying promise at one look, and what then comes: mostly deals without chance, one for each clause.
   docs/model.md (7.3). */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "support/paths.h"

#define LEAVES                                                                                                                   \
    "steps_per_year", "1", "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100",           \
        "contract.triggers.first.partner", "a", "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "3",      \
        "contract.renegotiation.split", "nash", /* then all values of an exit are worked out, whoever wishes what */              \
        "partners.a.tax_rate", "0.25", "partners.b.tax_rate", "0.2", "partners.b.discount_rate", "0.1", "venture.capex.plan",     \
        "[50, 50, 20]", "contract.transfer_price.markup", "0.1", "venture.fixed_cost", "10", "market.inflation", "0.02",          \
        "valuation.terminal_multiple", "0.5"

struct leaving_case {
    const char *what;
    const char *const *sets;
};
#define COMMON                                                                                                                   \
    "venture.common_share", "0.6", "venture.material.scale_exponent", "0.1", "venture.conversion.cost", "0.4", "venture.conversion.scale_exponent", \
        "0.05", "venture.learning_rate", "0.1", "venture.first_experience", "100", "venture.reference_volume", "100", "projection.experience", "expected"
#define CASE(what, ...) {what, (const char *const[]){LEAVES, __VA_ARGS__, NULL}}
#define CONTRIBUTE                                                                                                               \
    "venture.need.engineering", "100", "partners.a.contribution.engineering", "50", "partners.b.contribution.engineering", "30", \
        "partners.a.opportunity_cost.engineering", "0.1", "partners.b.opportunity_cost.engineering", "0.2",                      \
        "contract.contribution_price.engineering", "0.15", "partners.b.price.home", "4" /* it would go on without a */
#define NEW_PRODUCT                                                                                                              \
    "partners.a.plan.home", "[20, 60, 100, 120, 90]", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1"
static const struct leaving_case cases[] = {
    CASE("nothing else", "market.demand.home.growth", "0"),
    CASE("growth", "market.demand.home.growth", "0.03", "market.price.home.growth", "-0.01"),
    CASE("buys afterwards", "after.a.mode", "buy", "after.a.buy_price", "1.3"),
    CASE("builds afterwards", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1", "after.a.fixed_cost", "3"),
    CASE("builds afterwards, later", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1",
         "after.a.production_start", "2"),
    CASE("fee, restructuring", "contract.exit.fee", "7", "contract.exit.restructuring.a", "5"),
    CASE("recovery", "market.alternative_use.start", "no", "contract.exit.recovery", "0.4"),
    CASE("put", "market.alternative_use.start", "no", "contract.exit.put_giver.a", "b", "contract.exit.multiple", "1.1"),
    CASE("grants and claw-back", "venture.capex.grant", "[10, 10]", "contract.exit.clawback", "0.5"),
    CASE("supply", "contract.exit.supply_years", "2", "contract.exit.supply_markup", "0.2"),
    CASE("supply, then buys", "contract.exit.supply_years", "2", "contract.exit.supply_markup", "0.2", "after.a.mode", "buy", "after.a.buy_price", "1.3"),
    CASE("supply, builds meanwhile", "contract.exit.supply_years", "2", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]",
         "after.a.material.cost", "1.1", "after.a.production_start", "2"),
    /* a product that is not yet sold at the settlement; the venture sells it first, its own plant is ready first, or never the venture */
    CASE("supply of a new product, builds meanwhile", NEW_PRODUCT, "venture.production_start", "3", "contract.exit.supply_years", "3",
         "after.a.production_start", "2"),
    CASE("supply of a new product, builds later", NEW_PRODUCT, "venture.production_start", "4", "contract.exit.supply_years", "2",
         "after.a.production_start", "4"),
    CASE("supply of a new product, its own plant waits", NEW_PRODUCT, "venture.production_start", "5", "contract.exit.supply_years", "4",
         "after.a.production_start", "1"),
    CASE("supply that never comes, its own plant waits", NEW_PRODUCT, "venture.production_start", "6", "contract.exit.supply_years", "2"),
    CASE("supply of a new product, late", NEW_PRODUCT, "venture.production_start", "3", "venture.delay", "1.3", "contract.exit.supply_years", "3",
         "after.a.production_start", "2", "venture.late_penalty", "0.1", "after.a.late_penalty", "0.2", "after.a.delay", "1.5"),
    CASE("supply of a new product after a success that is certain to come", NEW_PRODUCT, "venture.production_start", "1",
         "venture.success.rate", "100", "venture.success.from", "4", "contract.exit.supply_years", "4", "after.a.production_start", "2"),
    CASE("licence", "contract.exit.licence_years", "3", "contract.exit.licence_per_unit", "0.05", "after.a.mode", "build",
         "after.a.material.cost", "1.1"),
    CASE("know-how credited", "partners.a.know_how.kept", "0.2", "partners.a.know_how.decay", "0.1", "venture.common_share", "0.5",
         "partners.b.know_how.kept", "0.1", "venture.production_start", "2"),
    CASE("know-how in an own programme", "partners.a.know_how.kept", "0.2", "venture.common_share", "0.5", "after.a.mode", "build",
         "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1", "venture.production_start", "2"),
    CASE("know-how of an own programme beside, in part of its own part", "partners.a.know_how.kept", "0.2", "partners.b.know_how.kept", "0.3",
         "venture.common_share", "0.5", "own.a.capex.plan", "[10, 10, 10]", "own.a.production_start", "2", "own.b.capex.plan", "[5, 5]",
         "partners.b.know_how.decay", "0.1", "venture.production_start", "1", "partners.a.equity", "0.6", "partners.b.equity", "0.4"),
    CASE("own programme", "own.a.capex.plan", "[10, 10]", "own.b.capex.plan", "[5]"),
    CASE("royalty", "contract.royalty.b.a.per_unit", "0.1", "contract.royalty.a.b.of_revenue", "0.02"),
    CASE("coordination", "contract.governance.interface_cost", "4", "contract.governance.annual_fall", "0.1"),
    CASE("support by equity", "market.subsidy.credit.per_unit", "0.2", "contract.subsidy.rule", "equity"),
    /* b's not: what it pays for the book counts as if its shield were used at once */
    CASE("losses carried forward", "partners.a.tax_losses", "carry_forward"),
    CASE("supply, builds, then sells", "contract.exit.supply_years", "3", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]",
         "after.a.material.cost", "1.1", "after.a.production_start", "1", "after.a.fixed_cost", "5"),
    CASE("supply and licence", "contract.exit.supply_years", "2", "contract.exit.licence_years", "4", "contract.exit.licence_per_unit",
         "0.05", "after.a.mode", "buy", "after.a.buy_price", "1.3"),
    CASE("plans by year", "partners.a.plan.home", "[20, 60, 100, 120, 90]", "after.a.mode", "buy", "after.a.buy_price", "1.3"),
    CASE("inputs and escalation", "venture.escalation", "0.02", "venture.capex.overrun", "1.3", "venture.delay", "1"),
    CASE("late", "venture.delay", "2", "venture.production_start", "1"),
    CASE("a term", "contract.term_years", "20"),
    CASE("scope and governance", "contract.scope", "0.6", "contract.governance.interface_cost", "4", "contract.governance.intensity", "0.5",
         "contract.governance.intensity_cost", "0.4", "contract.governance.goal_gap", "0.4", "contract.governance.not_invented_here", "0.5",
         "venture.common_share", "0.5"),
    CASE("take or pay", "partners.a.launch", "0.6", "contract.take_or_pay.a.least_share", "0.9", "contract.take_or_pay.a.shortfall_fee", "0.3"),
    CASE("an entrant", "market.entrant.home.arrival_rate", "100", "market.entrant.home.price_cut", "0.1", "market.entrant.home.share_loss", "0.2",
         "market.entrant.home.phase_years", "5", "after.a.mode", "buy", "after.a.buy_price", "1.2", "after.a.buy_price_region", "home"),
    CASE("variants that multiply", "market.fragmentation", "0.08", "venture.complexity", "0.3", "venture.variants", "2", "after.a.mode", "build",
         "after.a.material.cost", "1.1", "after.a.complexity", "0.4", "after.a.variants", "1.5"),
    CASE("a crisis that lasts", "market.crisis.start", "yes", "market.crisis.depth.home", "0.3", "market.demand.home.growth", "0.02",
         "after.a.mode", "buy", "after.a.buy_price", "1.3"),
    CASE("a loan", "contract.debt.share", "0.5", "contract.debt.rate", "0.03", "contract.debt.market_rate", "0.08", "contract.debt.years",
         "6", "venture.capex.grant", "[10, 10]"),
    CASE("a royalty with a minimum", "contract.royalty.b.a.per_unit", "0.05", "contract.royalty.b.a.minimum", "7", "venture.production_start", "1"),
    CASE("fees by contract year", "contract.fee.a.b.plan", "[8, 2, 0, 4]", "contract.fee.b.a.plan", "[0, 0, 0, 0, 3, 3]"),
    CASE("split of fixed cost", "contract.cost.share.a", "[0.75, 0.75, 0.5, 0.25]", "contract.cost.share.b", "[0.25, 0.25, 0.5, 0.75]"),
    CASE("split of fixed cost, calls that are lent", "contract.cost.share.a", "[0.75, 0.5]", "contract.cost.share.b", "[0.25, 0.5]",
         "partners.b.funding_limit", "40", "contract.missed_call", "default_loan", "contract.default_loan_rate", "0.1"),
    CASE("claw-back in its term", "venture.capex.grant", "[10, 10]", "contract.exit.clawback", "0.5", "contract.exit.clawback_years", "3.5"),
    CASE("claw-back after its term", "venture.capex.grant", "[10, 10]", "contract.exit.clawback", "0.5", "contract.exit.clawback_years", "3"),
    CASE("indexed price", "contract.transfer_price.rule", "indexed", "contract.transfer_price.price", "1.2",
         "contract.transfer_price.index_region", "home", "market.price.home.growth", "-0.02", "contract.transfer_price.floor", "1.05",
         "contract.exit.supply_years", "2", "contract.exit.supply_markup", "0.2"),
    CASE("indexed price, capped, take or pay", "contract.transfer_price.rule", "indexed", "contract.transfer_price.price", "1.2",
         "contract.transfer_price.cap", "1.1", "partners.a.launch", "0.6", "contract.take_or_pay.a.least_share", "0.9",
         "contract.take_or_pay.a.shortfall_fee", "0.3", "partners.b.funding_limit", "40", "contract.missed_call", "default_loan",
         "contract.default_loan_rate", "0.1"),
    CASE("scarce capital", "partners.a.capital_premium", "0.2", "partners.b.capital_premium", "0.1", "own.a.capex.plan", "[10, 10]",
         "venture.capex.grant", "[10, 10]", "contract.exit.clawback", "0.5"),
    CASE("scarce capital, builds afterwards", "partners.a.capital_premium", "0.2", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]",
         "after.a.material.cost", "1.1", "after.a.fixed_cost", "3"),
    CASE("calls that dilute", "partners.b.funding_limit", "40", "contract.dilution_factor", "1.5", "contract.subsidy.rule", "equity",
         "market.subsidy.credit.per_unit", "0.1"),
    CASE("calls that dilute the leaver", "partners.a.funding_limit", "60", "contract.dilution_factor", "1.5", "contract.dilution_rule", "cut",
         "venture.capex.plan", "[50, 50, 50, 50, 50]"),
    CASE("calls by fixed shares that dilute", "partners.b.funding_limit", "40", "contract.dilution_factor", "1.5", "contract.capex.rule", "fixed",
         "contract.capex.share.a", "[0.4]", "contract.capex.share.b", "[0.6]", "venture.capex.plan", "[50, 50, 50, 50]"),
    CASE("calls by use and a lead that dilute", "partners.b.funding_limit", "70", "contract.capex.rule", "use", "partners.a.plan.home", "[50]",
         "contract.capex.overrun_lead", "b", "venture.capex.overrun", "1.3", "contract.dilution_rule", "cut", "venture.capex.plan", "[50, 50, 50]"),
    CASE("calls that are lent", "partners.b.funding_limit", "40", "contract.missed_call", "default_loan", "contract.default_loan_rate", "0.1",
         "venture.fixed_cost", "15"),
    CASE("calls of the leaver that are lent", "partners.a.funding_limit", "30", "contract.missed_call", "default_loan",
         "contract.default_loan_rate", "0.1", "venture.capex.plan", "[50, 50, 50, 50, 50]", "venture.fixed_cost", "18"),
    CASE("a cap, calls that are lent", "contract.capex.cap.b", "50", "partners.b.funding_limit", "40", "contract.missed_call", "default_loan",
         "contract.default_loan_rate", "0.1", "venture.capex.plan", "[50, 50, 50, 50, 50]"),
    CASE("capital by fixed shares", "contract.capex.rule", "fixed", "contract.capex.share.a", "[0.7]", "contract.capex.share.b", "[0.3]",
         "venture.capex.plan", "[50, 50, 50, 50, 50, 50]"),
    /* 1.5 steps to each: the rest of the second step is lost at the gate */
    CASE("gates on the way", "venture.gates.sample.at", "1", "venture.gates.ready.at", "2", "venture.delay", "1.5", "venture.production_start", "2",
         "contract.milestone.sample.a.b", "12", "contract.milestone.ready.b.a", "5"),
    CASE("two gates at once", "venture.gates.sample.at", "1", "venture.gates.ready.at", "1", "venture.production_start", "1",
         "contract.milestone.ready.a.b", "5", "contract.milestone.sample.b.a", "3"),
    CASE("a payment that holds nothing", "venture.gates.sample.at", "1.5", "venture.gates.sample.independent", "yes",
         "contract.milestone.sample.a.b", "12"),
    CASE("a payment behind a gate", "venture.gates.sample.at", "1.5", "venture.gates.sample.independent", "yes", "venture.gates.ready.at", "1",
         "venture.delay", "1.2", "contract.milestone.sample.a.b", "12"),
    CASE("gates of an own programme", "venture.gates.sample.at", "2", "venture.gates.ready.at", "9", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]", "after.a.material.cost",
         "1.1", "after.a.production_start", "2", "after.a.gates.ready.at", "1", "after.a.delay", "1.2"),
    CASE("success that is certain to come", "venture.success.rate", "100", "venture.success.from", "2", "venture.production_start", "1"),
    CASE("spending by a curve", "venture.capex.plan", "[]", "venture.capex.total", "120", "venture.capex.duration", "3.5", "venture.delay", "1.5"),
    CASE("development", "venture.development_cost", "[5, 8]", "venture.production_start", "3", "venture.standing_cost", "4",
         "venture.gates.sample.at", "1", "venture.delay", "1.5"),
    CASE("development by fixed shares", "contract.capex.rule", "fixed", "contract.capex.share.a", "[0.7, 0.5]", "contract.capex.share.b",
         "[0.3, 0.5]", "venture.development_cost", "[6]", "venture.production_start", "4"),
    CASE("development by fixed shares, a step that stands in part", "contract.capex.rule", "fixed", "contract.capex.share.a", "[0.7, 0.5]",
         "contract.capex.share.b", "[0.3, 0.5]", "venture.development_cost", "[6]", "venture.production_start", "2", "venture.standing_cost", "9",
         "venture.gates.sample.at", "1", "venture.delay", "1.5"),
    CASE("development by use", "contract.capex.rule", "use", "partners.a.plan.home", "[50]", "venture.development_cost", "[6]",
         "venture.production_start", "4"),
    CASE("an adverse event that stops the clock", "venture.adverse.rate", "100", "venture.adverse.ends", "no",
         "venture.adverse.standstill_years", "2", "venture.production_start", "2", "venture.standing_cost", "3"),
    CASE("development of an own programme", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1",
         "after.a.production_start", "1", "after.a.success.rate", "100", "after.a.success.from", "2", "after.a.development_cost", "[4, 6]"),
    /* a year late, sold meanwhile by the venture, then by an own programme that is a year late too */
    CASE("late", "venture.late_penalty", "0.1", "venture.production_start", "1", "venture.delay", "2", "after.a.mode", "build",
         "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1", "after.a.production_start", "1", "after.a.delay", "1.5",
         "after.a.late_penalty", "0.3"),
    CASE("late after an exit only", "venture.late_penalty", "0.1", "venture.production_start", "4", "venture.delay", "1.5", "after.a.mode", "build",
         "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1", "after.a.production_start", "1", "after.a.delay", "2",
         "after.a.late_penalty", "0.3"),
    CASE("late for its own programme, then bought", "venture.late_penalty", "0.1", "own.a.production_start", "1", "own.a.delay", "3", "after.a.mode",
         "buy", "after.a.buy_price", "1.3"),
    CASE("late by a success", "venture.late_penalty", "0.1", "venture.success.rate", "100", "venture.success.from", "2", "venture.production_start", "1"),
    CASE("a cost to achieve", COMMON, "venture.cost_to_achieve", "1.5", "venture.production_start", "1", "venture.ramp_years", "3", "contract.scope",
         "0.8"),
    CASE("a cost to achieve, shared as fixed cost is", COMMON, "venture.cost_to_achieve", "2", "contract.cost.share.a", "[0.75, 0.5]",
         "contract.cost.share.b", "[0.25, 0.5]"),
    CASE("a better product", "venture.gates.sample.at", "3.5", "venture.gates.sample.independent", "yes", "venture.gates.sample.material_factor", "0.8",
         "venture.gates.ready.at", "5", "venture.gates.ready.conversion_factor", "0.5", "venture.conversion.cost", "0.4", "venture.delay", "1.2",
         "after.a.mode", "build", "after.a.material.cost", "1.1", "after.a.gates.ready.at", "1", "after.a.gates.ready.material_factor", "0.9",
         "after.a.gates.ready.conversion_factor", "2", "after.a.conversion.cost", "0.2"),
    CASE("a better product that goes along", "venture.gates.sample.at", "2", "venture.gates.sample.material_factor", "0.8", "venture.production_start",
         "2", "after.a.mode", "build", "after.a.material.cost", "1.1", "after.a.gates.sample.at", "2", "after.a.gates.sample.material_factor", "0.9"),
    /* at rate 0.8^0.8 production would start in step 4; without a's, at 0.3^0.8 from step 3 on, it does in step 5 */
    CASE("contributions that lack", CONTRIBUTE, "venture.production_start", "3"),
    CASE("contributions beyond the need", CONTRIBUTE, "venture.need.engineering", "60", "venture.production_start", "3", "venture.delay", "1.2"),
    CASE("contributions until the plan is spent", CONTRIBUTE, "venture.capex.plan", "[50, 50, 20, 20, 20, 20]"),
    CASE("contributions withheld", CONTRIBUTE, "venture.need.validation", "10", "partners.a.contribution.validation", "12",
         "partners.b.contribution.validation", "9", "partners.b.opportunity_cost.validation", "0.3", "contract.governance.goal_gap", "0.5",
         "contract.governance.withheld", "0.4", "venture.production_start", "4"),
    CASE("contributions that are drawn", CONTRIBUTE, "venture.need.engineering", "uniform(60, 120)", "partners.a.contribution.engineering",
         "uniform(30, 50)", "partners.b.opportunity_cost.engineering", "uniform(0.1, 0.5)", "contract.contribution_price.engineering",
         "uniform(0.1, 0.5)", "venture.need.exponent", "uniform(0.5, 1)", "contract.governance.goal_gap", "uniform(0.2, 0.5)",
         "contract.governance.withheld", "uniform(0.2, 0.5)", "venture.production_start", "2"),
    CASE("contributions and gates", CONTRIBUTE, "venture.gates.sample.at", "1", "venture.gates.ready.at", "3", "venture.production_start", "3",
         "contract.milestone.sample.a.b", "12", "contract.milestone.ready.b.a", "5", "venture.standing_cost", "4"),
    CASE("contributions and a payment for a gate without the leaver", CONTRIBUTE, "venture.gates.ready.at", "3.5", "venture.production_start", "4",
         "venture.gates.sample.at", "1.5", "venture.gates.sample.independent", "yes", "contract.milestone.sample.a.b", "12"),
    CASE("contributions, supply, builds afterwards", CONTRIBUTE, "venture.production_start", "3", "contract.exit.supply_years", "3", "after.a.mode",
         "build", "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1.1", "after.a.production_start", "3", "contract.exit.licence_years",
         "8", "contract.exit.licence_per_unit", "0.05"),
    CASE("contributions and development", CONTRIBUTE, "venture.production_start", "3", "venture.development_cost", "[5, 8]", "venture.standing_cost",
         "4", "venture.delay", "1.1"),
    CASE("contributions and a success that is certain to come", CONTRIBUTE, "venture.success.rate", "100", "venture.success.from", "2", "venture.delay", "0.5",
         "venture.production_start", "1", "venture.development_cost", "[5, 8]"),
    CASE("contributions, calls that dilute", CONTRIBUTE, "venture.production_start", "3", "partners.b.funding_limit", "40"),
    CASE("contributions, capital by fixed shares", CONTRIBUTE, "contract.capex.rule", "fixed", "contract.capex.share.a", "[0.7, 0.4]",
         "contract.capex.share.b", "[0.3, 0.6]", "venture.capex.plan", "[50, 50, 50, 50, 50, 50]", "venture.capex.grant", "[10, 10, 10, 10]"),
    CASE("contributions of the leaver alone", CONTRIBUTE, "venture.need.release", "1", "partners.a.contribution.release", "1",
         "partners.a.opportunity_cost.release", "2", "venture.production_start", "4", "venture.standing_cost", "4", "venture.development_cost", "[5]",
         "contract.exit.put_giver.a", "b"),
};

/* What the notice of a, at signing, promised each of them. */
static void read_promise(void *context, const struct engine_block *block, int step)
{
    for (int p = 0; !step && p < 2; p++) ((double *)context)[p] = plain(block->decision.leaving_value[0][p])[0];
}

Test(reference_projection, of_leaving_is_what_comes_where_nothing_is_random)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct paths run;
        double promised[2];
        paths_open(&run, TESTS_DIR "/reference/deals/hazards.yaml", cases[k].sets);
        paths_run(&run, 0, read_promise, promised);
        cr_assert_eq(plain(run.block.decision.exit_cause[0])[0], (double)CAUSE_CONTROL);
        cr_assert_eq(plain(run.block.decision.in[1])[0], 1.0, "%s: %g", cases[k].what, plain(run.block.decision.exit_cause[1])[0]);
        for (int p = 0; p < 2; p++) {
            const double projected = promised[p] * run.bench.plan.value.discount[p][0], came = plain(run.block.value.partnership[p])[0];
            cr_expect(fabs(projected - came) < 1e-3, "%s, partner %s: projected %.4f, came %.4f", cases[k].what, p ? "b" : "a", projected, came);
        }
        paths_close(&run);
    }
}

/* Whether a venture that must succeed sells a product before the leaver does is chance: what leaving promised is what comes in the mean. */
#define HOPED NEW_PRODUCT, "venture.production_start", "1", "venture.success.rate", "0.3", "after.a.production_start", "2"
static const struct leaving_case hoped[] = {
    CASE("success to come, builds", HOPED, "partners.a.price.home", "2"),
    CASE("success to come, builds what it sold", HOPED, "partners.a.plan.home", "[100]"),
    CASE("success to come, supply, builds meanwhile", HOPED, "contract.exit.supply_years", "4"),
};

Test(reference_projection, of_leaving_is_the_expectation_of_a_success_to_come)
{
    enum { ALL = 8192 };
    static double promised[ALL], came[ALL];
    for (size_t k = 0; k < sizeof hoped / sizeof *hoped; k++) {
        double projected[2];
        struct paths run;
        paths_open(&run, TESTS_DIR "/reference/deals/hazards.yaml", hoped[k].sets);
        for (size_t first = 0; first < ALL; first += BLOCK_PATHS) {
            paths_run(&run, first, read_promise, projected);
            for (size_t l = 0; l < BLOCK_PATHS; l++) {
                promised[first + l] = projected[0] * run.bench.plan.value.discount[0][0];
                came[first + l] = plain(run.block.value.partnership[0])[l];
            }
        }
        const struct estimate e = estimate_of(promised, came, ALL);
        cr_log_info("%s: projected %.3f less came %.3f +- %.3f", hoped[k].what, promised[0], e.mean, e.error);
        cr_expect(fabs(e.mean) <= 4 * e.error && e.error < 1, "%s: z = %.2f", hoped[k].what, e.mean / e.error);
        paths_close(&run);
    }
}

/* Of three, a leaves, and the clock of the others is slower: what hangs on gates between them is paid later. */
static void read_promises(void *context, const struct engine_block *block, int step)
{
    for (int p = 0; !step && p < 3; p++) ((double *)context)[p] = plain(block->decision.leaving_value[0][p])[0];
}

Test(reference_projection, of_leaving_is_what_comes_to_three)
{
    const char *const *const sets[] = {
        (const char *const[]){NULL},
        (const char *const[]){"partners.a.contribution.engineering", "90", "venture.delay", "1.3", NULL},
        (const char *const[]){"venture.gates.sample.at", "3", "venture.gates.sample.independent", "yes", "contract.exit.supply_years", "4", NULL},
    };
    for (size_t k = 0; k < sizeof sets / sizeof *sets; k++) {
        struct paths run;
        double promised[3];
        paths_open(&run, TESTS_DIR "/reference/deals/trio.yaml", sets[k]);
        paths_run(&run, 0, read_promises, promised);
        for (int p = 0; p < 3; p++) {
            const double projected = promised[p] * run.bench.plan.value.discount[p][0], came = plain(run.block.value.partnership[p])[0];
            cr_assert_eq(plain(run.block.decision.in[p])[0], p ? 1.0 : 0.0);
            cr_expect(fabs(projected - came) < 1e-3, "case %zu, partner %d: projected %.4f, came %.4f", k, p, projected, came);
        }
        paths_close(&run);
    }
}

/* What winding up promised is what came: the others do not go on with what loses money. */
static const struct leaving_case ends[] = {
    CASE("nothing else", "venture.fixed_cost", "300"),
    CASE("scarce capital", "venture.fixed_cost", "300", "partners.a.capital_premium", "0.2", "partners.b.capital_premium", "0.1",
         "venture.capex.grant", "[10, 10]", "contract.exit.clawback", "0.5", "contract.exit.clawback_years", "5"),
    CASE("claw-back at winding up", "venture.fixed_cost", "300", "venture.capex.grant", "[10, 10]", "contract.exit.clawback", "0.5",
         "contract.exit.clawback_years", "5"),
    CASE("claw-back after its term", "venture.fixed_cost", "300", "venture.capex.grant", "[10, 10]", "contract.exit.clawback", "0.5",
         "contract.exit.clawback_years", "2"),
    CASE("calls that are lent", "venture.fixed_cost", "300", "partners.b.funding_limit", "40", "contract.missed_call", "default_loan",
         "contract.default_loan_rate", "0.1"),
    CASE("a loan without recourse", "venture.fixed_cost", "300", "contract.debt.share", "0.8", "contract.debt.rate", "0.08",
         "contract.debt.market_rate", "0.08", "contract.debt.years", "10", "contract.debt.non_recourse", "yes"),
    /* of a venture that b alone would gladly go on with */
    CASE("an exit that ends it", "contract.exit.ends.a", "yes"),
    CASE("an exit that ends it, supply that does not come, own ways", "contract.exit.ends.a", "yes", "contract.exit.supply_years", "2",
         "contract.exit.wind_down_cost", "4", "contract.exit.wind_down_years", "1", "contract.exit.restructuring.b", "5", "after.a.mode", "buy",
         "after.a.buy_price", "1.3", "after.b.mode", "build", "after.b.capex.plan", "[20, 20]", "after.b.material.cost", "1.1"),
};

/* Of a loan of 0.8 x (50, 50, 20), a tenth, a ninth and an eighth repaid, what a tenth of the books (94.95) leaves is forgiven. */
static const double forgiven = ((40 * 0.9 + 40) * 8 / 9 + 16) * 7 / 8 - 0.1 * 94.95;

Test(reference_projection, of_winding_up_is_what_comes_where_nothing_is_random)
{
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
        const char *with[80];
        size_t n = 0;
        struct paths run;
        double promised[2];
        for (; ends[k].sets[n]; n++) with[n] = ends[k].sets[n];
        const char *const poor[] = {"market.alternative_use.start", "no", "contract.exit.recovery", "0.1", NULL};
        for (size_t m = 0; m < sizeof poor / sizeof *poor; m++) with[n++] = poor[m];
        paths_open(&run, TESTS_DIR "/reference/deals/hazards.yaml", with);
        paths_run(&run, 0, read_promise, promised);
        for (int p = 0; p < 2; p++) {
            const double projected = promised[p] * run.bench.plan.value.discount[p][0], came = plain(run.block.value.partnership[p])[0];
            const double line = plain(run.block.value.ledger[p][LINE_DEBT])[0] / run.bench.plan.value.discount[p][3];
            const int claws = run.bench.deal->decision.exit.clawback_years > 3;
            const double back = plain(run.block.value.ledger[p][LINE_OBLIGATIONS])[0] / run.bench.plan.value.discount[p][3];
            cr_expect(fabs(back - (claws ? -5 : 0)) < 1e-5, "%s: pays back %.6f", ends[k].what, back);
            cr_expect_eq(plain(run.block.decision.in[p])[0], 0.0);
            cr_expect(fabs(line - (run.bench.plan.contract.forgives ? 0.5 * forgiven : 0.0)) < 1e-5, "%s: forgiven %.6f, want %.6f", ends[k].what, line, 0.5 * forgiven);
            cr_expect(fabs(projected - came) < 1e-3, "%s, partner %s: projected %.4f, came %.4f", ends[k].what, p ? "b" : "a", projected, came);
        }
        paths_close(&run);
    }
}

/* Where nobody may leave all stay: what staying promised is what came. */
static const char *const remain[] = {"contract.triggers.first.opens", "review", "contract.exit.right.a", "no", "contract.exit.right.b", "no",
                                     "contract.exit.notice_years", "20", NULL};
static void read_staying(void *context, const struct engine_block *block, int step)
{
    for (int p = 0; !step && p < 2; p++) ((double *)context)[p] = plain(block->decision.staying[p])[0];
}

/* Capital that is scarce is no cash: of the whole partnership, at the signing, on paths that do not end there. What is spent, what a
   stranger pays and what is paid back when the event falls. */
static const struct leaving_case scarce = CASE("scarce capital, an adverse event", "venture.adverse.rate", "0.15", "partners.a.capital_premium",
                                               "1", "partners.b.capital_premium", "0.5", "venture.capex.grant", "[50, 50]",
                                               "contract.exit.clawback", "1", "contract.exit.clawback_years", "4",
                                               "contract.exit.notice_years", "20", "market.alternative_use.start", "no",
                                               "contract.exit.recovery", "0.6");
static void read_column(void *context, const struct engine_block *block, int step)
{
    for (int p = 0; !step && p < 2; p++) memcpy((double *)context + p * BLOCK_PATHS, plain(block->decision.staying[p]), BLOCK_PATHS * sizeof(double));
}

Test(reference_projection, of_scarce_capital_is_the_expectation_of_events_to_come)
{
    enum { ALL = 8192 };
    static double promised[2][ALL], came[2][ALL];
    double staying[2][BLOCK_PATHS];
    size_t looked = 0;
    struct paths run;
    paths_open(&run, TESTS_DIR "/reference/deals/hazards.yaml", scarce.sets);
    for (size_t first = 0; first < ALL; first += BLOCK_PATHS) {
        paths_run(&run, first, read_column, staying);
        for (int l = 0; l < BLOCK_PATHS; l++) {
            if (isnan(staying[0][l])) continue;
            for (int p = 0; p < 2; p++) promised[p][looked] = staying[p][l] * run.bench.plan.value.discount[p][0];
            for (int p = 0; p < 2; p++) came[p][looked] = plain(run.block.value.partnership[p])[l];
            looked++;
        }
    }
    for (int p = 0; p < 2; p++) {
        const struct estimate e = estimate_of(promised[p], came[p], looked);
        cr_log_info("partner %d: projected %.3f less came %.3f +- %.3f", p, promised[p][0], e.mean, e.error);
        cr_expect(fabs(e.mean) <= 4 * e.error && e.error < 3, "partner %d: z = %.2f", p, e.mean / e.error);
    }
    paths_close(&run);
}

Test(reference_projection, of_staying_is_what_comes_where_nothing_is_random)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const char *with[80];
        size_t n = 0;
        struct paths run;
        double promised[2];
        for (; cases[k].sets[n]; n++) with[n] = cases[k].sets[n];
        for (size_t m = 0; m < sizeof remain / sizeof *remain; m++) with[n++] = remain[m];
        paths_open(&run, TESTS_DIR "/reference/deals/hazards.yaml", with);
        paths_run(&run, 0, read_staying, promised);
        for (int p = 0; p < 2; p++) {
            const double projected = promised[p] * run.bench.plan.value.discount[p][0], came = plain(run.block.value.partnership[p])[0];
            cr_expect_eq(plain(run.block.decision.in[p])[0], 1.0);
            cr_expect(fabs(projected - came) < 1e-3, "%s, partner %s: projected %.4f, came %.4f", cases[k].what, p ? "b" : "a", projected, came);
        }
        paths_close(&run);
    }
}
