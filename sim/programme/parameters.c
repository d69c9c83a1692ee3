/* The rows of programmes and products (param/descriptor.h). One set of rows serves venture, own and stand-alone programmes;
   their draws share one uniform per path and purpose (stream "programme."). */
#include "programme/programme.h"

#define PROGRAMME(member) .offset = offsetof(struct programme_config, member)
/* What is built and when: every programme. */
static const struct param_row building_rows[] = {
    {"capex.plan", PARAM_LIST, "M{currency}", 0, 1e7, 0, "", "Capital spending by programme year, in money of the year.",
     PARAM_BY_PATH, PROGRAMME(capex_plan)},
    {"capex.total", PARAM_NUMBER, "M{currency}", 0, 1e7, 0, "0",
     "Capital spending in all, by an S-curve in place of capex.plan; 0: by the plan.", PARAM_BY_SCENARIO, PROGRAMME(capex_total)},
    {"capex.duration", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Programme years of that curve.", PARAM_BY_SCENARIO,
     PROGRAMME(capex_duration)},
    {"capex.shape_a", PARAM_NUMBER, "1", 1, 50, 0, "2",
     "First shape of the curve, a cumulative beta distribution; the greater the later.",
     PARAM_BY_SCENARIO, PROGRAMME(capex_shape[0])},
    {"capex.shape_b", PARAM_NUMBER, "1", 1, 50, 0, "3", "Second shape; the greater the earlier.", PARAM_BY_SCENARIO, PROGRAMME(capex_shape[1])},
    {"capex.overrun", PARAM_NUMBER, "1", 0, 1000, 1, "1", "Multiple of planned spending.", PARAM_BY_PATH,
     PARAM_LEARNT_PROGRESS, PROGRAMME(capex_overrun)},
    {"capex.input_share.<input>", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of spending that moves with an input's price over inflation.",
     PARAM_BY_PATH, PROGRAMME(capex_input_share), .stride = {sizeof(struct param_number)}},
    {"capex.grant", PARAM_LIST, "M{currency}", 0, 1e7, 0, "", "Grants by programme year; they do not grow with overruns.",
     PARAM_BY_PATH, PROGRAMME(capex_grant)},
    {"capex.software_share", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of spending that goes with the strength in software; the rest goes with that in plant.",
     PARAM_BY_PATH, PROGRAMME(software_share)},
    {"delay", PARAM_NUMBER, "1", 0, 100, 1, "1",
     "Multiple of the planned time; below 0.05 counts as 0.05.", PARAM_BY_PATH, PARAM_LEARNT_PROGRESS,
     PROGRAMME(delay)},
    {"production_start", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Programme years before production starts.",
     PARAM_BY_SCENARIO, PROGRAMME(production_start)},
};

/* What it makes and at which cost: the venture and going alone. */
static const struct param_row making_rows[] = {
    {"site", PARAM_MEMBER, "", 0, 0, 0, "none", "Region of the plant; none: no duty anywhere.", PARAM_BY_SCENARIO,
     .member_of = PARAM_SET_REGION, PROGRAMME(site)},
    {"capacity", PARAM_NUMBER, "{volume}/year", 0, 1e9, 0, "1e9", "Most that can be made in a year; 1e9 never binds.",
     PARAM_BY_PATH, PROGRAMME(capacity)},
    {"fixed_cost", PARAM_NUMBER, "M{currency}/year", 0, 1e7, 0, "0", "Fixed cost from the start of production.",
     PARAM_BY_PATH, PROGRAMME(fixed_cost)},
    {"material.cost", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0", "Material cost of a unit at the reference volume.",
     PARAM_BY_PATH, PROGRAMME(material.cost)},
    {"material.scale_exponent", PARAM_NUMBER, "1", 0, 1, 0, "0", "Material cost falls with volume to this power.",
     PARAM_BY_PATH, PROGRAMME(material.scale_exponent)},
    {"material.input_share.<input>", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of material cost that moves with an input's price over inflation.",
     PARAM_BY_PATH, PROGRAMME(material.input_share), .stride = {sizeof(struct param_number)}},
    {"conversion.cost", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0",
     "Conversion cost of a unit at the reference volume, before learning.", PARAM_BY_PATH, PROGRAMME(conversion.cost)},
    {"conversion.scale_exponent", PARAM_NUMBER, "1", 0, 1, 0, "0", "Conversion cost falls with volume to this power.",
     PARAM_BY_PATH, PROGRAMME(conversion.scale_exponent)},
    {"conversion.input_share.<input>", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of conversion cost that moves with an input's price over inflation.",
     PARAM_BY_PATH, PROGRAMME(conversion.input_share),
     .stride = {sizeof(struct param_number)}},
    {"reference_volume", PARAM_NUMBER, "{volume}/year", 0, 1e9, 1, "1", "Volume at which unit costs are stated.",
     PARAM_BY_PATH, PROGRAMME(reference_volume)},
    {"least_volume", PARAM_NUMBER, "1", 0, 1, 1, "0.1", "Below this share of the reference volume cost rises no further.",
     PARAM_BY_PATH, PROGRAMME(least_volume)},
    {"learning_rate", PARAM_NUMBER, "1", 0, 0.9, 0, "0", "Share of conversion cost saved by each doubling of experience.",
     PARAM_BY_PATH, PROGRAMME(learning_rate)},
    {"first_experience", PARAM_NUMBER, "{volume}", 0, 1e9, 1, "1", "Experience at the start, to which what is made adds.",
     PARAM_BY_PATH, PROGRAMME(first_experience)},
    {"complexity", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share of cost added by variants.", PARAM_BY_PATH, PROGRAMME(complexity)},
    {"variants", PARAM_NUMBER, "1", 0, 1e4, 1, "1", "Number of variants, as a multiple of today's.", PARAM_BY_PATH,
     PROGRAMME(variants)},
    {"escalation", PARAM_NUMBER, "1/year", -1, 1, 0, "0", "Growth of unit and fixed costs above market inflation, in logs.",
     PARAM_BY_SCENARIO, PROGRAMME(escalation)},
    {"late_penalty", PARAM_NUMBER, "1/year", 0, 100, 0, "0",
     "What is sold falls to plan x e^(-late_penalty x years by which it comes later than planned), for good.", PARAM_BY_PATH,
     PROGRAMME(late_penalty)},
};

/* What the partners have in common: the venture. */
static const struct param_row common_rows[] = {
    {"common_share", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of the product that partners have in common; the scale of that part is that of all volume.", PARAM_BY_PATH,
     PROGRAMME(common_share)},
    {"realisation", PARAM_NUMBER, "1", 0, 1, 0, "1", "Share of the planned commonality that is reached.", PARAM_BY_PATH,
     PARAM_LEARNT_SOP, PROGRAMME(realisation)},
    {"ramp_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Years of production until commonality is reached.",
     PARAM_BY_SCENARIO, PROGRAMME(ramp_years)},
    {"lead.material", PARAM_MEMBER, "", 0, 0, 0, "none",
     "Partner whose strength in material the venture has; none: the best one's.",
     PARAM_BY_SCENARIO, .member_of = PARAM_SET_PARTNER, PROGRAMME(lead[STRENGTH_MATERIAL])},
    {"lead.conversion", PARAM_MEMBER, "", 0, 0, 0, "none", "The same in conversion.", PARAM_BY_SCENARIO, .member_of = PARAM_SET_PARTNER,
     PROGRAMME(lead[STRENGTH_CONVERSION])},
    {"lead.software", PARAM_MEMBER, "", 0, 0, 0, "none", "The same in software.", PARAM_BY_SCENARIO, .member_of = PARAM_SET_PARTNER,
     PROGRAMME(lead[STRENGTH_SOFTWARE])},
    {"lead.plant", PARAM_MEMBER, "", 0, 0, 0, "none", "The same in plant.", PARAM_BY_SCENARIO, .member_of = PARAM_SET_PARTNER,
     PROGRAMME(lead[STRENGTH_PLANT])},
    {"lead.access", PARAM_MEMBER, "", 0, 0, 0, "none", "The same in access to the market.", PARAM_BY_SCENARIO,
     .member_of = PARAM_SET_PARTNER, PROGRAMME(lead[STRENGTH_ACCESS])},
    {"cost_to_achieve", PARAM_NUMBER, "1", 0, 100, 0, "0",
     "Spent until commonality is reached, as a multiple of the plan's saving by it in a full year.", PARAM_BY_PATH,
     PROGRAMME(cost_to_achieve)},
    {"transfer_loss", PARAM_NUMBER, "1", 0, 10, 0, "0", "What a strength costs more in the venture until ramp_years are over.",
     PARAM_BY_PATH, PROGRAMME(transfer_loss)},
};

/* What its clock needs of the partners: the venture. */
static const struct param_row need_rows[] = {
    {"engineering", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0",
     "Engineers that its clock needs of the partners; 0: not limiting. In any unit in which partners contribute.", PARAM_BY_PATH,
     PROGRAMME(need[NEED_ENGINEERING])},
    {"validation", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of slots for validation.", PARAM_BY_PATH,
     PROGRAMME(need[NEED_VALIDATION])},
    {"tooling", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of tooling.", PARAM_BY_PATH, PROGRAMME(need[NEED_TOOLING])},
    {"plant", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of slots in plants.", PARAM_BY_PATH, PROGRAMME(need[NEED_PLANT])},
    {"release", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of software releases.", PARAM_BY_PATH,
     PROGRAMME(need[NEED_RELEASE])},
    {"exponent", PARAM_NUMBER, "1", 0, 5, 1, "0.8",
     "Its clock runs at (offered / needed)^exponent, of the need that is met least; 1: in proportion.", PARAM_BY_PATH,
     PROGRAMME(need_exponent)},
};

/* What a review may switch its idle capacity to: the venture. */
static const struct param_row redirect_rows[] = {
    {"capex", PARAM_NUMBER, "M{currency}", 0, 1e7, 0, "0", "Spent once, by equity, to make for outside customers.", PARAM_BY_PATH,
     PROGRAMME(redirect.capex)},
    {"price", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0",
     "What they pay at the start; it grows as the venture's costs do.",
     PARAM_BY_PATH, PROGRAMME(redirect.price)},
    {"volume", PARAM_NUMBER, "{volume}/year", 0, 1e9, 0, "0",
     "Most that they take of the capacity that partners leave; 0: never.",
     PARAM_BY_PATH, PROGRAMME(redirect.volume)},
};

/* A plant where it sells, built when duties are high: the venture, going alone, after leaving. */
static const char *const localise_rules[] = {"none", "threshold", "npv", NULL};
static const struct param_row localise_rows[] = {
    {"rule", PARAM_WORD, "", 0, 0, 0, "none",
     "When a plant is built in `to`, once: never, at a duty of threshold or more, or where projections gain more than its capex.",
     PARAM_BY_SCENARIO, .words = localise_rules, PROGRAMME(localise.rule)},
    {"to", PARAM_MEMBER, "", 0, 0, 0, "none",
     "Region in which it then makes what it sells there, free of duty.", PARAM_BY_SCENARIO,
     .member_of = PARAM_SET_REGION, PROGRAMME(localise.to)},
    {"capex", PARAM_NUMBER, "M{currency}", 0, 1e7, 0, "0", "Spent once, in the step in which it is decided; sunk.", PARAM_BY_PATH,
     PROGRAMME(localise.capex)},
    {"years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "From that decision until the plant makes.", PARAM_BY_SCENARIO,
     PROGRAMME(localise.years)},
    {"cost_penalty", PARAM_NUMBER, "1", 0, 100, 1, "1", "Unit cost of what is made there over that at the site.", PARAM_BY_PATH,
     PROGRAMME(localise.cost_penalty)},
    {"threshold", PARAM_NUMBER, "1", 0, 100, 0, "0", "Duty of the corridor from the site at which it is built (rule threshold).",
     PARAM_BY_PATH, PROGRAMME(localise.threshold)},
};

/* What must be shown on the way: the venture and going alone. */
static const char *const no_yes[] = {"no", "yes", NULL};
#define GATE(member) .offset = offsetof(struct programme_config, gate[0].member), .stride = {sizeof(struct programme_gate_config)}
static const struct param_row gate_rows[] = {
    {"gates.<milestone>.at", PARAM_NUMBER, "year", -1, PARAM_YEARS, 0, "-1",
     "Programme year at which the clock stops for the gate; -1: this programme has no such gate.", PARAM_BY_SCENARIO, GATE(at)},
    {"gates.<milestone>.success", PARAM_NUMBER, "1", 0, 1, 0, "1",
     "Chance that one attempt passes the gate.", PARAM_BY_PATH, GATE(success)},
    {"gates.<milestone>.attempts", PARAM_INTEGER, "1", 1, 20, 0, "1",
     "Attempts at the gate; where none is left the programme ends.",
     PARAM_BY_SCENARIO, GATE(attempts)},
    {"gates.<milestone>.retry_cost", PARAM_NUMBER, "M{currency}", 0, 1e7, 0, "0",
     "Capital spent on one more attempt, in the step after a miss, beyond the plan.", PARAM_BY_PATH, GATE(retry_cost)},
    {"gates.<milestone>.retry_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Time to the next attempt, the clock standing; one step at the least.", PARAM_BY_SCENARIO, GATE(retry_years)},
    {"gates.<milestone>.independent", PARAM_WORD, "", 0, 0, 0, "no",
     "With yes a miss neither stops the clock nor ends the programme: payments and factors alone hang on the gate.",
     PARAM_BY_SCENARIO, .words = no_yes, GATE(independent)},
    {"gates.<milestone>.material_factor", PARAM_NUMBER, "1", 0, 10, 0, "1",
     "Multiple of material cost from the step after the gate is passed.", PARAM_BY_PATH, GATE(material_factor)},
    {"gates.<milestone>.conversion_factor", PARAM_NUMBER, "1", 0, 10, 0, "1", "The same of conversion cost.", PARAM_BY_PATH,
     GATE(conversion_factor)},
};
#undef GATE

#define PROGRESS(member) .offset = offsetof(struct programme_config, progress.member)
static const struct param_row progress_rows[] = {
    {"success.rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0",
     "Hazard of technical success by programme year, without which there is no production; 0: production needs none.",
     PARAM_BY_PATH,
     PROGRESS(success_rate)},
    {"success.from", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Programme year from which success may come.", PARAM_BY_SCENARIO,
     PROGRESS(success_from)},
    {"success.fade", PARAM_NUMBER, "1/year", 0, 100, 0, "0",
     "How fast the hazard falls as success fails to come: to rate / (1 + fade x years since `from`), as belief in an unknown "
     "rate does.",
     PARAM_BY_SCENARIO, PROGRESS(success_fade)},
    {"adverse.rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Hazard of an adverse event, which falls once.", PARAM_BY_PATH,
     PROGRESS(adverse_rate)},
    {"adverse.ends", PARAM_WORD, "", 0, 0, 0, "yes",
     "Whether the adverse event ends the programme; no: its clock stands.", PARAM_BY_SCENARIO,
     .words = no_yes, PROGRESS(adverse_ends)},
    {"adverse.standstill_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Time that the clock stands after an adverse event.",
     PARAM_BY_SCENARIO, PROGRESS(adverse_standstill)},
    {"development_cost", PARAM_LIST, "M{currency}/year", 0, 1e7, 0, "",
     "Expensed by programme year while the clock moves before production, in money of the year; the last holds.", PARAM_BY_PATH,
     PROGRESS(development)},
    {"standing_cost", PARAM_NUMBER, "M{currency}/year", 0, 1e7, 0, "0",
     "Expensed while the clock stands before production, at the start's prices.",
     PARAM_BY_PATH, PROGRESS(standing)},
};
#undef PROGRESS

/* Another plan than the product's: going alone, after leaving. */
static const struct param_row plan_rows[] = {
    {"plan.<region>", PARAM_LIST, "{volume}/year", 0, 1e9, 0, "",
     "Planned volume by year of production when alone, or after leaving; absent: the product's plan.",
     PARAM_BY_PATH, PROGRAMME(plan),
     .stride = {sizeof(struct param_list)}},
};
#undef PROGRAMME

#define PRODUCT(member) .offset = offsetof(struct programme_product_config, member)
static const struct param_row product_rows[] = {
    {"plan.<region>", PARAM_LIST, "{volume}/year", 0, 1e9, 0, "",
     "Planned volume by year of production; the last holds. Sold is plan x launch x level of demand x level of share: growth "
     "stands in one "
     "of them.", PARAM_BY_PATH,
     PRODUCT(plan), .stride = {sizeof(struct param_list)}},
    {"price.<region>", PARAM_NUMBER, "Mlocal/{volume}", 0, 1e6, 0, "0",
     "Price received at the start, in the region's currency; it moves with the level of price.",
     PARAM_BY_PATH, PRODUCT(price), .stride = {sizeof(struct param_number)}},
    {"own_unit_cost", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0",
     "All that the partner adds itself to a unit, the same in every region; it grows with inflation.",
     PARAM_BY_PATH, PRODUCT(own_unit_cost)},
    {"own_fixed_cost", PARAM_NUMBER, "M{currency}/year", 0, 1e7, 0, "0",
     "The partner's own fixed cost from its start of sales on, also if it takes no units.", PARAM_BY_PATH, PRODUCT(own_fixed_cost)},
    {"launch", PARAM_NUMBER, "1", 0, 20, 0, "1", "Multiple of planned volume, seen at the start of production.",
     PARAM_BY_PATH, PARAM_LEARNT_SOP, PRODUCT(launch)},
    {"dutiable_share", PARAM_NUMBER, "1", 0, 5, 0, "1", "Customs value over transfer price (over unit cost when alone).",
     PARAM_BY_PATH, PRODUCT(dutiable_share)},
    {"brand_cost", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of the price that is lost where all of the product is common.", PARAM_BY_PATH,
     PRODUCT(brand_cost)},
    {"cannibal.<partner>", PARAM_NUMBER, "1", 0, 100, 0, "0",
     "Units of its other products lost for each unit of that partner's product.",
     PARAM_BY_PATH, PRODUCT(cannibal), .stride = {sizeof(struct param_number)}},
    {"margin_other", PARAM_NUMBER, "M{currency}/{volume}", -1e6, 1e6, 0, "0", "Margin of such a unit at the start.", PARAM_BY_PATH,
     PRODUCT(margin_other)},
    {"strength.material", PARAM_NUMBER, "1", 0, 10, 1, "1",
     "Material cost over the average: below 1 is a strength.", PARAM_BY_PATH,
     PRODUCT(strength[STRENGTH_MATERIAL])},
    {"strength.conversion", PARAM_NUMBER, "1", 0, 10, 1, "1", "The same of conversion cost.", PARAM_BY_PATH,
     PRODUCT(strength[STRENGTH_CONVERSION])},
    {"strength.software", PARAM_NUMBER, "1", 0, 10, 1, "1", "The same of software_share of capital spending.", PARAM_BY_PATH,
     PRODUCT(strength[STRENGTH_SOFTWARE])},
    {"strength.plant", PARAM_NUMBER, "1", 0, 10, 1, "1",
     "The same of the rest of it, and of the plant's fixed cost.", PARAM_BY_PATH,
     PRODUCT(strength[STRENGTH_PLANT])},
    {"strength.access", PARAM_NUMBER, "1", 0, 10, 1, "1", "The same of own_unit_cost.", PARAM_BY_PATH, PRODUCT(strength[STRENGTH_ACCESS])},
    {"contribution.engineering", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0",
     "Engineers that the partner puts at the venture's disposal.", PARAM_BY_PATH, PRODUCT(contribution[NEED_ENGINEERING])},
    {"contribution.validation", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of slots for validation.", PARAM_BY_PATH,
     PRODUCT(contribution[NEED_VALIDATION])},
    {"contribution.tooling", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of tooling.", PARAM_BY_PATH,
     PRODUCT(contribution[NEED_TOOLING])},
    {"contribution.plant", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of slots in plants.", PARAM_BY_PATH,
     PRODUCT(contribution[NEED_PLANT])},
    {"contribution.release", PARAM_NUMBER, "1/year", 0, 1e9, 0, "0", "The same of software releases.", PARAM_BY_PATH,
     PRODUCT(contribution[NEED_RELEASE])},
    {"opportunity_cost.engineering", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0",
     "What one of them that is delivered would have been worth to the partner elsewhere, at the start's prices.", PARAM_BY_PATH,
     PRODUCT(opportunity_cost[NEED_ENGINEERING])},
    {"opportunity_cost.validation", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of validation.", PARAM_BY_PATH,
     PRODUCT(opportunity_cost[NEED_VALIDATION])},
    {"opportunity_cost.tooling", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of tooling.", PARAM_BY_PATH,
     PRODUCT(opportunity_cost[NEED_TOOLING])},
    {"opportunity_cost.plant", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of slots in plants.", PARAM_BY_PATH,
     PRODUCT(opportunity_cost[NEED_PLANT])},
    {"opportunity_cost.release", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of a release.", PARAM_BY_PATH,
     PRODUCT(opportunity_cost[NEED_RELEASE])},
    {"customs_share", PARAM_NUMBER, "1", 0, 1, 0, "0", "Customs value over retail price: what a change of duty is of the price.",
     PARAM_BY_PATH, PRODUCT(customs_share)},
    {"pass_through.first", PARAM_NUMBER, "1", 0, 2, 0, "0",
     "Share of a change of duty since the start that the price passes on at once.",
     PARAM_BY_PATH, PRODUCT(pass_first)},
    {"pass_through.long", PARAM_NUMBER, "1", 0, 2, 0, "0", "The same in the long run.", PARAM_BY_PATH, PRODUCT(pass_long)},
    {"pass_through.speed", PARAM_NUMBER, "1/year", 0, 100, 0, "0",
     "Speed from the one to the other; 0: never.", PARAM_BY_SCENARIO,
     PRODUCT(pass_speed)},
    {"elasticity", PARAM_NUMBER, "1", 0, 20, 0, "0",
     "Volume goes with (own price / rivals' price)^-elasticity, as far as duties move them.",
     PARAM_BY_PATH, PRODUCT(elasticity)},
    {"rivals_exposed", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of that rise that rivals' prices have too: as far as they pay the same duty.",
     PARAM_BY_PATH, PRODUCT(rivals_exposed)},
};
#undef PRODUCT

static const char *const modes[] = {"none", "build", "buy", "best", NULL};
#define STANDALONE(member) .offset = offsetof(struct programme_standalone_config, member)
static const struct param_row standalone_rows[] = {
    {"mode", PARAM_WORD, "", 0, 0, 0, "none",
     "Without the deal: none, build, buy (no spending or fixed cost of its own), or best (greatest mean value in a pilot run).",
     PARAM_BY_SCENARIO, .words = modes, STANDALONE(mode)},
};

static const char *const departed_modes[] = {"none", "build", "buy", NULL};
static const struct param_row departed_rows[] = {
    {"mode", PARAM_WORD, "", 0, 0, 0, "none", "After leaving: none, build, buy (no spending or fixed cost of its own).",
     PARAM_BY_SCENARIO, .words = departed_modes, STANDALONE(mode)},
};

/* In both. */
static const struct param_row buying_rows[] = {
    {"buy_price", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0",
     "Supplier's price at the start when buying; 0: no supplier, so that mode best chooses between build and none.",
     PARAM_BY_PATH, STANDALONE(buy_price)},
    {"buy_input_share.<input>", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of the supplier's price that moves with an input's price over inflation.",
     PARAM_BY_PATH, STANDALONE(buy_input_share), .stride = {sizeof(struct param_number)}},
    {"buy_price_region", PARAM_MEMBER, "", 0, 0, 0, "none",
     "Region whose price level the supplier's price follows; none: it does not.",
     PARAM_BY_SCENARIO, .member_of = PARAM_SET_REGION, STANDALONE(buy_price_region)},
};
#undef STANDALONE

#define ROWS(rows) rows, sizeof rows / sizeof *rows
const struct param_table programme_tables[] = {
    {"partners.<partner>.", NULL, ROWS(product_rows), offsetof(struct programme_deal, product),
     {sizeof(struct programme_product_config)}},
    {"venture.", "programme.", ROWS(building_rows), offsetof(struct programme_deal, venture), {0}},
    {"venture.", "programme.", ROWS(making_rows), offsetof(struct programme_deal, venture), {0}},
    {"venture.", "programme.", ROWS(common_rows), offsetof(struct programme_deal, venture), {0}},
    {"venture.need.", "programme.need.", ROWS(need_rows), offsetof(struct programme_deal, venture), {0}},
    {"venture.", "programme.", ROWS(progress_rows), offsetof(struct programme_deal, venture), {0}},
    {"venture.", "programme.", ROWS(gate_rows), offsetof(struct programme_deal, venture), {0}},
    {"own.<partner>.", "programme.", ROWS(building_rows), offsetof(struct programme_deal, own),
     {sizeof(struct programme_config)}},
    {"standalone.<partner>.", "programme.", ROWS(building_rows), offsetof(struct programme_deal, alone),
     {sizeof(struct programme_config)}},
    {"standalone.<partner>.", "programme.", ROWS(making_rows), offsetof(struct programme_deal, alone),
     {sizeof(struct programme_config)}},
    {"standalone.<partner>.", "programme.", ROWS(plan_rows), offsetof(struct programme_deal, alone),
     {sizeof(struct programme_config)}},
    {"standalone.<partner>.", "programme.", ROWS(progress_rows), offsetof(struct programme_deal, alone), {sizeof(struct programme_config)}},
    {"standalone.<partner>.", "programme.", ROWS(gate_rows), offsetof(struct programme_deal, alone),
     {sizeof(struct programme_config)}},
    {"standalone.<partner>.", NULL, ROWS(standalone_rows), offsetof(struct programme_deal, standalone),
     {sizeof(struct programme_standalone_config)}},
    {"standalone.<partner>.", NULL, ROWS(buying_rows), offsetof(struct programme_deal, standalone),
     {sizeof(struct programme_standalone_config)}},
    {"after.<partner>.", "programme.", ROWS(building_rows), offsetof(struct programme_deal, after),
     {sizeof(struct programme_config)}},
    {"after.<partner>.", "programme.", ROWS(making_rows), offsetof(struct programme_deal, after),
     {sizeof(struct programme_config)}},
    {"after.<partner>.", "programme.", ROWS(plan_rows), offsetof(struct programme_deal, after),
     {sizeof(struct programme_config)}},
    {"after.<partner>.", "programme.", ROWS(progress_rows), offsetof(struct programme_deal, after), {sizeof(struct programme_config)}},
    {"after.<partner>.", "programme.", ROWS(gate_rows), offsetof(struct programme_deal, after),
     {sizeof(struct programme_config)}},
    {"after.<partner>.", NULL, ROWS(departed_rows), offsetof(struct programme_deal, departed),
     {sizeof(struct programme_standalone_config)}},
    {"after.<partner>.", NULL, ROWS(buying_rows), offsetof(struct programme_deal, departed),
     {sizeof(struct programme_standalone_config)}},
    {"venture.localisation.", "programme.localisation.", ROWS(localise_rows), offsetof(struct programme_deal, venture), {0}},
    {"standalone.<partner>.localisation.", "programme.localisation.", ROWS(localise_rows), offsetof(struct programme_deal, alone),
     {sizeof(struct programme_config)}},
    {"after.<partner>.localisation.", "programme.localisation.", ROWS(localise_rows), offsetof(struct programme_deal, after),
     {sizeof(struct programme_config)}},
    {"contract.redirect.", NULL, ROWS(redirect_rows), offsetof(struct programme_deal, venture), {0}},
};
const size_t programme_table_count = sizeof programme_tables / sizeof *programme_tables;
