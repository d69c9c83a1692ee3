/* The rows of the market (param/descriptor.h). */
#include "market/market.h"

#define FACTOR(member) .offset = offsetof(struct market_factor_config, member)
static const struct param_row factor_rows[] = {
    {"growth", PARAM_NUMBER, "1/year", -1, 1, 0, "0",
     "Growth, in logs, of the trend of a level that is 1 at the start and multiplies volume in a region (demand), prices there "
     "(price), "
     "its exchange rate (fx), an input's price (input) or all volume of a partner (share: its luck in the market, not a stake).",
     PARAM_BY_PATH, FACTOR(growth)},
    {"volatility", PARAM_NUMBER, "1/sqrt(year)", 0, 3, 0, "0", "Volatility of the level around its trend.", PARAM_BY_PATH,
     FACTOR(volatility)},
    {"mean_reversion", PARAM_NUMBER, "1/year", 0, 50, 0, "0", "Speed of return to the trend; 0 is a random walk.",
     PARAM_BY_SCENARIO, FACTOR(mean_reversion)},
    {"start_gap", PARAM_NUMBER, "1", -3, 3, 0, "0", "Log of the level over its trend at the start.", PARAM_BY_PATH,
     FACTOR(start_gap)},
    {"jump_rate", PARAM_NUMBER, "1/year", 0, 20, 0, "0", "Jumps a year, on the mean; only without mean_reversion.", PARAM_BY_PATH,
     FACTOR(jump_rate)},
    {"jump_mean", PARAM_NUMBER, "1", -3, 3, 0, "0",
     "Mean of the log of a jump; the level's mean stays that of its trend.", PARAM_BY_PATH,
     FACTOR(jump_mean)},
    {"jump_volatility", PARAM_NUMBER, "1", 0, 3, 0, "0", "Standard deviation of the log of a jump.", PARAM_BY_PATH,
     FACTOR(jump_volatility)},
    {"price_of_risk", PARAM_NUMBER, "1/sqrt(year)", -3, 3, 0, "0",
     "Under measure risk_adjusted the drift of the log falls by this times volatility.",
     PARAM_BY_SCENARIO, FACTOR(price_of_risk)},
};
#undef FACTOR

#define ENTRANT(member) .offset = offsetof(struct market_entrant_config, member)
static const struct param_row entrant_rows[] = {
    {"arrival_rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0",
     "Hazard that a newcomer enters the region, once; 0: never.", PARAM_BY_SCENARIO,
     ENTRANT(arrival_rate)},
    {"price_cut", PARAM_NUMBER, "1", 0, 0.99, 0, "0",
     "Share that it takes off the price level of the region in the end.", PARAM_BY_PATH,
     ENTRANT(price_cut)},
    {"share_loss", PARAM_NUMBER, "1", 0, 0.99, 0, "0", "Share of the region's demand that it takes from the partners in the end.",
     PARAM_BY_PATH, ENTRANT(share_loss)},
    {"phase_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Years from its arrival until its effect is full; it grows linearly.",
     PARAM_BY_SCENARIO, ENTRANT(phase_years)},
    {"origin", PARAM_MEMBER, "", 0, 0, 0, "none", "Region from which it pays the duty until it makes locally; none: no duty.",
     PARAM_BY_SCENARIO, .member_of = PARAM_SET_REGION, ENTRANT(origin)},
    {"cost_advantage", PARAM_NUMBER, "1", 0, 10, 1, "0.25",
     "Its advantage in cost: a duty this high leaves nothing of its effect.",
     PARAM_BY_PATH, ENTRANT(cost_advantage)},
    {"localise_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Years from its arrival until it makes locally and pays no duty.",
     PARAM_BY_SCENARIO, ENTRANT(localise_years)},
};
#undef ENTRANT

#define CHAIN(member) .offset = offsetof(struct market_chain_config, member)
static const struct param_row chain_rows[] = {
    {"regimes", PARAM_NAMES, "", 0, 0, 0, NULL, "Names of the regimes, low to high.", PARAM_STRUCTURE,
     .member_of = PARAM_SET_REGIME},
    {"start", PARAM_MEMBER, "", 0, 0, 0, NULL, "Regime at the start.", PARAM_BY_SCENARIO, .member_of = PARAM_SET_REGIME,
     CHAIN(start)},
    {"group", PARAM_STRING, "", 0, 0, 0, MARKET_NO_GROUP,
     "Chains of one group are moved by one political factor: they share one random number a step; none: its own.",
     PARAM_STRUCTURE,
     CHAIN(group)},
    {"rates.<regime>.<regime>", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Rate of change from one regime to another.",
     PARAM_BY_SCENARIO, CHAIN(rate), .stride = {sizeof(double[PARAM_REGIMES]), sizeof(double)}},
    {"tariff.<region>.<region>.<regime>", PARAM_NUMBER, "1", 0, 10, 0, "0",
     "Duty on customs value from the first region to the second, in a regime.", PARAM_BY_SCENARIO, CHAIN(tariff),
     .stride = {sizeof(double[PARAM_REGIONS][PARAM_REGIMES]), sizeof(double[PARAM_REGIMES]), sizeof(double)}},
};
#undef CHAIN

static const char *const no_yes[] = {"no", "yes", NULL};
#define SUBSIDY(member) .offset = offsetof(struct market_subsidy_config, member)
static const struct param_row subsidy_rows[] = {
    {"per_unit", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0", "Support for each unit made, before its schedule.",
     PARAM_BY_PATH, SUBSIDY(per_unit)},
    {"first_year", PARAM_INTEGER, "calendar year", 0, 2200, 0, "0",
     "Calendar year of the schedule's first entry; needed with a schedule.",
     PARAM_BY_SCENARIO, SUBSIDY(first_year)},
    {"schedule", PARAM_LIST, "1", 0, 1, 0, "",
     "Share paid by calendar year from first_year; the last holds, before the first year the first; absent: always all.",
     PARAM_BY_SCENARIO, SUBSIDY(schedule)},
    {"repeal_rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Hazard that the support is repealed for good.", PARAM_BY_PATH,
     SUBSIDY(repeal_rate)},
    {"haircut", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share lost when credits are sold for cash.", PARAM_BY_PATH,
     SUBSIDY(haircut)},
    {"region", PARAM_MEMBER, "", 0, 0, 0, "none", "Only for plants in this region; none: for every plant.", PARAM_BY_SCENARIO,
     .member_of = PARAM_SET_REGION, SUBSIDY(region)},
    {"taxable", PARAM_WORD, "", 0, 0, 0, "no", "Whether the support is taxed as income.", PARAM_BY_SCENARIO,
     .words = no_yes, SUBSIDY(taxable)},
};
#undef SUBSIDY

#define PAIR(member) .offset = offsetof(struct market_pair_config, member)
static const struct param_row pair_rows[] = {
    {"first", PARAM_STRING, "", 0, 0, 0, NULL, "A factor: demand.REGION, price.REGION, fx.REGION, input.INPUT, share.PARTNER.",
     PARAM_STRUCTURE, PAIR(first)},
    {"second", PARAM_STRING, "", 0, 0, 0, NULL, "Another factor.", PARAM_STRUCTURE, PAIR(second)},
    {"correlation", PARAM_NUMBER, "1", -1, 1, 0, "0", "Correlation of the two factors' shocks.", PARAM_BY_SCENARIO,
     PAIR(value)},
};
#undef PAIR

static const char *const measures[] = {"real", "risk_adjusted", NULL};
#define MARKET(member) .offset = offsetof(struct market_config, member)
static const struct param_row market_rows[] = {
    {"inflation", PARAM_NUMBER, "1/year", -0.5, 1, 0, "0", "Growth of costs and fees stated at the start, in logs.",
     PARAM_BY_SCENARIO, MARKET(inflation)},
    {"fragmentation", PARAM_NUMBER, "1/year", -1, 1, 0, "0", "Growth of the number of variants that a product needs, in logs.",
     PARAM_BY_SCENARIO, MARKET(fragmentation)},
    {"alternative_use.start", PARAM_WORD, "", 0, 0, 0, "yes", "Whether the venture's plant has another use at the start.",
     PARAM_BY_SCENARIO, .words = no_yes, MARKET(use.start)},
    {"alternative_use.appears", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Rate at which another use appears.", PARAM_BY_PATH,
     MARKET(use.appears)},
    {"alternative_use.vanishes", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Rate at which it vanishes.", PARAM_BY_PATH,
     MARKET(use.vanishes)},
    {"crisis.start", PARAM_WORD, "", 0, 0, 0, "no", "Whether the deal starts in a crisis.", PARAM_BY_SCENARIO, .words = no_yes,
     MARKET(crisis.start)},
    {"crisis.entry_rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Rate at which a crisis begins; 0: never.", PARAM_BY_PATH,
     MARKET(crisis.entry_rate)},
    {"crisis.exit_rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Rate at which it ends.", PARAM_BY_PATH, MARKET(crisis.exit_rate)},
    {"crisis.depth.<region>", PARAM_NUMBER, "1", 0, 0.99, 0, "0",
     "Share of the region's demand that is lost in a crisis; not made up for outside it.", PARAM_BY_PATH, MARKET(crisis.depth),
     .stride = {sizeof(struct param_number)}},
    {"fx.<region>.rate", PARAM_NUMBER, "{currency}/local", 0, 1e6, 1, "1",
     "Deal currency for one unit of the region's, at the start.",
     PARAM_BY_SCENARIO, MARKET(fx_rate), .stride = {sizeof(double)}},
};

/* The measure moves the market's drift and every discount rate. */
static const struct param_row measure_rows[] = {
    {"measure", PARAM_WORD, "", 0, 0, 0, "real",
     "Paths as they are, discounted at the partners' rates; or drifts lowered by prices of risk, all discounted at risk_free.",
     PARAM_BY_SCENARIO, .words = measures, MARKET(measure)},
    {"risk_free", PARAM_NUMBER, "1/year", -0.5, 1, 0, "0",
     "Rate that discounts all flows of both arms under measure risk_adjusted.",
     PARAM_BY_SCENARIO, MARKET(risk_free)},
};
#undef MARKET

#define ROWS(rows) rows, sizeof rows / sizeof *rows
const struct param_table market_tables[] = {
    {"market.", NULL, ROWS(market_rows), 0, {0}},
    {"market.demand.<region>.", NULL, ROWS(factor_rows), offsetof(struct market_config, demand),
     {sizeof(struct market_factor_config)}},
    {"market.price.<region>.", NULL, ROWS(factor_rows), offsetof(struct market_config, price),
     {sizeof(struct market_factor_config)}},
    {"market.fx.<region>.", NULL, ROWS(factor_rows), offsetof(struct market_config, fx),
     {sizeof(struct market_factor_config)}},
    {"market.input.<input>.", NULL, ROWS(factor_rows), offsetof(struct market_config, input),
     {sizeof(struct market_factor_config)}},
    {"partners.<partner>.share.", NULL, ROWS(factor_rows), offsetof(struct market_config, share),
     {sizeof(struct market_factor_config)}},
    {"market.correlation.<pair>.", NULL, ROWS(pair_rows), offsetof(struct market_config, pair),
     {sizeof(struct market_pair_config)}},
    {"market.trade.<chain>.", NULL, ROWS(chain_rows), offsetof(struct market_config, chain),
     {sizeof(struct market_chain_config)}},
    {"market.entrant.<region>.", NULL, ROWS(entrant_rows), offsetof(struct market_config, entrant),
     {sizeof(struct market_entrant_config)}},
    {"valuation.", NULL, ROWS(measure_rows), 0, {0}},
    {"market.subsidy.<subsidy>.", NULL, ROWS(subsidy_rows), offsetof(struct market_config, subsidy),
     {sizeof(struct market_subsidy_config)}},
};
const size_t market_table_count = sizeof market_tables / sizeof *market_tables;
