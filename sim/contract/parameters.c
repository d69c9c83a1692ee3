/* The rows of the contract (param/descriptor.h). */
#include "contract/contract.h"

static const char *const yes_no[] = {"yes", "no", NULL}; /* no: 1, so that what is not written is a member */
static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const size_rules[] = {"fixed", "share", NULL};
static const char *const share_rules[] = {"equity", "fixed", "use", NULL};
static const char *const missed_calls[] = {"dilute", "default_loan", NULL};
static const char *const dilution_rules[] = {"credit", "cut", NULL};
static const char *const price_rules[] = {"cost_plus", "indexed", NULL};

#define CONTRACT(member) .offset = offsetof(struct contract_config, member)
#define PER_PARTNER .stride = {sizeof(struct param_number)}
static const struct param_row partner_rows[] = {
    {"partners.<partner>.equity", PARAM_NUMBER, "1", 0, 1, 0, NULL, "Share of the venture; all shares add to 1.",
     PARAM_BY_SCENARIO, CONTRACT(equity), .stride = {sizeof(double)}},
    {"partners.<partner>.funding_limit", PARAM_NUMBER, "M{currency}", 0, CONTRACT_NO_CAP, 0, "1e9",
     "Most that the partner can put into the venture, before grants; it misses calls beyond it; 1e9 is no limit.", PARAM_BY_PATH,
     CONTRACT(call.limit), PER_PARTNER},
    {"partners.<partner>.member", PARAM_WORD, "", 0, 0, 0, "yes",
     "Whether the partner is in the deal; if not it goes alone from the start, and equity of the others is scaled to add to 1.",
     PARAM_BY_SCENARIO, .words = yes_no, CONTRACT(apart), .stride = {sizeof(int)}},
    {"venture.size_rule", PARAM_WORD, "", 0, 0, 0, "fixed",
     "Venture of some of the partners: as for all, or capex, grants, capacity, fixed cost and needs by the equity that they "
     "have in all.",
     PARAM_BY_SCENARIO, .words = size_rules, CONTRACT(size_rule)},
    {"contract.needed.<partner>", PARAM_WORD, "", 0, 0, 0, "no",
     "In coalitions: without this partner there is no venture (for an exit that ends it see contract.exit.ends).",
     PARAM_BY_SCENARIO,
     .words = no_yes, CONTRACT(needed), .stride = {sizeof(int)}},
    {"partners.<partner>.capital_premium", PARAM_NUMBER, "1", 0, 10, 0, "0",
     "Imputed cost of each unit of capital that the partner spends, and worth of each that it recovers; no cash.", PARAM_BY_PATH,
     CONTRACT(premium), PER_PARTNER},
};

static const struct param_row contract_rows[] = {
    {"scope", PARAM_NUMBER, "1", 0, 1, 0, "1", "Scope of the partnership at the start; commonality and coordination follow it.",
     PARAM_BY_PATH, CONTRACT(scope)},
    {"capex.rule", PARAM_WORD, "", 0, 0, 0, "equity", "Who pays capital spending: by equity, fixed shares, or planned use.",
     PARAM_BY_SCENARIO, .words = share_rules, CONTRACT(capex.rule)},
    {"capex.share.<partner>", PARAM_LIST, "1", 0, 1, 0, "",
     "Fixed share by programme year (rule fixed); the last holds; shares are scaled to add to 1.", PARAM_BY_PATH,
     CONTRACT(capex.share), .stride = {sizeof(struct param_list)}},
    {"capex.overrun_lead", PARAM_MEMBER, "", 0, 0, 0, "none", "Partner that pays what exceeds the plan; none: shared.",
     PARAM_BY_SCENARIO, .member_of = PARAM_SET_PARTNER, CONTRACT(capex.overrun_lead)},
    {"capex.cap.<partner>", PARAM_NUMBER, "M{currency}", 0, CONTRACT_NO_CAP, 0, "1e9",
     "Most that a partner pays in all, before grants; partners without a cap pay the rest by equity; 1e9 is no cap.",
     PARAM_BY_PATH, CONTRACT(capex.cap), PER_PARTNER},
    {"missed_call", PARAM_WORD, "", 0, 0, 0, "dilute",
     "What a missed call costs a partner: part of its equity, or a loan that it owes.",
     PARAM_BY_SCENARIO, .words = missed_calls, CONTRACT(call.missed)},
    {"dilution_rule", PARAM_WORD, "", 0, 0, 0, "credit",
     "New shares by capital paid in, that for others credited with the factor, or a cut of the factor's share.",
     PARAM_BY_SCENARIO,
     .words = dilution_rules, CONTRACT(call.rule)},
    {"dilution_factor", PARAM_NUMBER, "1", 1, 10, 0, "1",
     "Of what others paid for a partner, in the new shares; 1 is plain dilution.",
     PARAM_BY_PATH, CONTRACT(call.factor)},
    {"default_loan_rate", PARAM_NUMBER, "1/year", 0, 1, 0, "0", "Interest on what a partner owes those who paid its call.",
     PARAM_BY_SCENARIO, CONTRACT(call.loan_rate)},
    {"transfer_price.markup", PARAM_NUMBER, "1", -1, 10, 0, "0",
     "Transfer price over unit cost (material and conversion; no fixed cost, no capital), less 1.", PARAM_BY_PATH,
     CONTRACT(markup)},
    {"transfer_price.rule", PARAM_WORD, "", 0, 0, 0, "cost_plus",
     "Whether the transfer price is unit cost and a markup, or a price that follows the market.",
     PARAM_BY_SCENARIO, .words = price_rules,
     CONTRACT(price.rule)},
    {"transfer_price.price", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0", "Transfer price at the start (rule indexed).",
     PARAM_BY_PATH, CONTRACT(price.price)},
    {"transfer_price.index_region", PARAM_MEMBER, "", 0, 0, 0, "none", "Region whose price level it follows.", PARAM_BY_SCENARIO,
     .member_of = PARAM_SET_REGION, CONTRACT(price.index_region)},
    {"transfer_price.index_input", PARAM_MEMBER, "", 0, 0, 0, "none",
     "Input whose price it follows, with inflation; no index: inflation alone.",
     PARAM_BY_SCENARIO, .member_of = PARAM_SET_INPUT, CONTRACT(price.index_input)},
    {"transfer_price.floor", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0",
     "Least transfer price (rule indexed), at the start's prices.",
     PARAM_BY_PATH, CONTRACT(price.floor)},
    {"transfer_price.cap", PARAM_NUMBER, "M{currency}/{volume}", 0, CONTRACT_NO_CAP, 0, "1e9",
     "Greatest transfer price (rule indexed), at the start's prices.", PARAM_BY_PATH, CONTRACT(price.cap)},
    {"subsidy.rule", PARAM_WORD, "", 0, 0, 0, "use", "Who gets support for units made: by equity, fixed shares, or use.",
     PARAM_BY_SCENARIO, .words = share_rules, CONTRACT(subsidy_rule)},
    {"subsidy.share.<partner>", PARAM_NUMBER, "1", 0, 1, 0, "0", "Fixed share of support (rule fixed); scaled to add to 1.",
     PARAM_BY_SCENARIO, CONTRACT(subsidy_share), .stride = {sizeof(double)}},
};

/* What the owners pay for what partners contribute. */
static const struct param_row contribution_rows[] = {
    {"engineering", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0",
     "Paid to a partner for each engineer that it delivers, by the owners by equity, at the start's prices.", PARAM_BY_PATH,
     CONTRACT(contribution_price[NEED_ENGINEERING])},
    {"validation", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of validation.", PARAM_BY_PATH,
     CONTRACT(contribution_price[NEED_VALIDATION])},
    {"tooling", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of tooling.", PARAM_BY_PATH,
     CONTRACT(contribution_price[NEED_TOOLING])},
    {"plant", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of slots in plants.", PARAM_BY_PATH,
     CONTRACT(contribution_price[NEED_PLANT])},
    {"release", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "The same of a release.", PARAM_BY_PATH,
     CONTRACT(contribution_price[NEED_RELEASE])},
};

#define PER_PAIR                                                                                                       \
    .stride = {sizeof(struct contract_royalty_config[PARAM_PARTNERS]), sizeof(struct contract_royalty_config)}
static const struct param_row transfer_rows[] = {
    {"royalty.<partner>.<partner>.per_unit", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0",
     "Paid by the first partner to the second for each unit it sells, at the start's prices. Taxed.",
     PARAM_BY_PATH, CONTRACT(royalty[0][0].per_unit),
     PER_PAIR},
    {"royalty.<partner>.<partner>.of_revenue", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of the first partner's revenue paid to the second.", PARAM_BY_PATH, CONTRACT(royalty[0][0].of_revenue), PER_PAIR},
    {"royalty.<partner>.<partner>.minimum", PARAM_NUMBER, "M{currency}/year", 0, 1e6, 0, "0",
     "Least royalty of a contract year of production; what is missing is paid at its end.",
     PARAM_BY_PATH, CONTRACT(royalty[0][0].minimum),
     PER_PAIR},
    {"fee.<partner>.<partner>.plan", PARAM_LIST, "M{currency}/year", 0, 1e6, 0, "",
     "Flat payment of the first partner to the second by contract year, while both are in; it ends with the list, as shares do "
     "not. Taxed.", PARAM_BY_PATH,
     CONTRACT(fee), .stride = {sizeof(struct param_list[PARAM_PARTNERS]), sizeof(struct param_list)}},
    {"cost.share.<partner>", PARAM_LIST, "1", 0, 1, 0, "",
     "Share of the venture's fixed cost by contract year; the last holds; scaled to add to 1; absent: by equity.", PARAM_BY_PATH,
     CONTRACT(cost_share), .stride = {sizeof(struct param_list)}},
    {"take_or_pay.<partner>.least_share", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of the plan of a contract year that the partner must order or pay for.", PARAM_BY_PATH,
     CONTRACT(take_or_pay[0].least_share), .stride = {sizeof(struct contract_take_or_pay_config)}},
    {"take_or_pay.<partner>.shortfall_fee", PARAM_NUMBER, "1", 0, 5, 0, "0",
     "Share of the transfer price paid to the venture's owners for each unit short.", PARAM_BY_PATH,
     CONTRACT(take_or_pay[0].shortfall_fee), .stride = {sizeof(struct contract_take_or_pay_config)}},
    {"milestone.<milestone>.<partner>.<partner>", PARAM_NUMBER, "M{currency}", 0, 1e7, 0, "0",
     "Paid by the first partner to the second in the step after the venture passed the gate, and never otherwise.", PARAM_BY_PATH,
     CONTRACT(milestone), .stride = {sizeof(struct param_number[PARAM_PARTNERS][PARAM_PARTNERS]),
                                     sizeof(struct param_number[PARAM_PARTNERS]), sizeof(struct param_number)}},
};

static const struct param_row governance_rows[] = {
    {"interface_cost", PARAM_NUMBER, "M{currency}/year", 0, 1e6, 0, "0",
     "Cost of one interface between two partners in one workstream.", PARAM_BY_PATH, CONTRACT(coordination.interface_cost)},
    {"workstreams", PARAM_NUMBER, "1", 0, 1000, 0, "1", "Workstreams that need coordination.", PARAM_BY_PATH,
     CONTRACT(coordination.workstreams)},
    {"annual_fall", PARAM_NUMBER, "1", 0, 0.99, 0, "0", "Share of coordination cost saved each year by practice.",
     PARAM_BY_PATH, CONTRACT(coordination.annual_fall)},
    {"intensity", PARAM_NUMBER, "1", 0, 1, 0, "0", "Intensity of governance, to be matched to scope.", PARAM_BY_PATH,
     CONTRACT(coordination.intensity)},
    {"intensity_cost", PARAM_NUMBER, "1", 0, 100, 0, "0", "Share added to coordination cost at intensity 1.", PARAM_BY_PATH,
     CONTRACT(coordination.intensity_cost)},
};

static const struct param_row course_rows[] = {
    {"preparation.spend", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0",
     "Spent at signing to align goals, by equity.", PARAM_BY_PATH,
     CONTRACT(preparation)},
    {"deadlock.cost", PARAM_NUMBER, "M{currency}/year", 0, 1e6, 0, "0", "Cost of a deadlock while it lasts, by equity.",
     PARAM_BY_PATH, CONTRACT(coordination.deadlock_cost)},
    {"exit.supply_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Time that the venture goes on making for a partner after it left.", PARAM_BY_SCENARIO, CONTRACT(departure.supply_years)},
    {"exit.supply_markup", PARAM_NUMBER, "1", -1, 10, 0, "0", "Paid by it on the transfer price, to the owners.", PARAM_BY_PATH,
     CONTRACT(departure.supply_markup)},
    {"exit.licence_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Time that a partner pays for each unit of its own programme after it left.", PARAM_BY_SCENARIO,
     CONTRACT(departure.licence_years)},
    {"exit.licence_per_unit", PARAM_NUMBER, "M{currency}/{volume}", 0, 1e6, 0, "0", "That payment, to the owners by equity.",
     PARAM_BY_PATH, CONTRACT(departure.licence_per_unit)},
};

#define DEBT(member) .offset = offsetof(struct contract_debt_config, member)
static const struct param_row debt_rows[] = {
    {"share", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share of the venture's capital spending, net of grants, that is drawn as a loan.",
     PARAM_BY_PATH, DEBT(share)},
    {"rate", PARAM_NUMBER, "1/year", 0, 1, 0, "0", "Interest on the loan.", PARAM_BY_PATH, DEBT(rate)},
    {"market_rate", PARAM_NUMBER, "1/year", 0, 1, 0, "0", "Interest that the market would ask for such a loan.", PARAM_BY_PATH,
     DEBT(market_rate)},
    {"years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Time of repayment in equal parts, from the start of production.",
     PARAM_BY_SCENARIO, DEBT(years)},
    {"non_recourse", PARAM_WORD, "", 0, 0, 0, "no",
     "Whether what the plant brings when it is wound up is all that the lender can ask for.",
     PARAM_BY_SCENARIO, .words = no_yes, DEBT(non_recourse)},
};

#define ROWS(rows) rows, sizeof rows / sizeof *rows
const struct param_table contract_tables[] = {
    {"", NULL, ROWS(partner_rows), 0, {0}},
    {"contract.", NULL, ROWS(contract_rows), 0, {0}},
    {"contract.", NULL, ROWS(transfer_rows), 0, {0}},
    {"contract.contribution_price.", NULL, ROWS(contribution_rows), 0, {0}},
    {"contract.governance.", NULL, ROWS(governance_rows), 0, {0}},
    {"contract.", NULL, ROWS(course_rows), 0, {0}},
    {"contract.debt.", NULL, ROWS(debt_rows), offsetof(struct contract_config, debt), {0}},
};
const size_t contract_table_count = sizeof contract_tables / sizeof *contract_tables;

const struct contract_line_text contract_line_texts[LINES] = {
    {"own_margin", "Sales less own cost and transfer price."},
    {"joint_profit", "Share of the venture's profit or loss."},
    {"tariff", "Duties paid."},
    {"subsidy", "Support for units made."},
    {"transfers", "Royalties, take-or-pay and other payments between partners."},
    {"renegotiation", "Cost of renegotiating and the payments agreed."},
    {"friction", "Cost of coordination and deadlock."},
    {"capex", "Capital spending less grants, venture and own."},
    {"tax", "Tax, with the shield of depreciation."},
    {"debt", "Advantage of cheap loans."},
    {"exit", "Price, fees and restructuring at exit."},
    {"obligations", "Supply, licence and other duties after exit."},
    {"know_how", "Know-how kept."},
    {"capital", "Imputed cost of scarce capital."},
    {"terminal", "Book sold at the horizon, after tax."},
    {"standalone_forgone", "Value of going alone, given up."},
};
