/* The rows that the stages show: names, units, sentences. */
#include "engine/publish.h"

/* In the order of engine_publish_outcomes. */
const struct statistics_outcome engine_outcomes[] = {
    {"captured", "M{currency}", "Present value of the deal to a partner over going alone.",
     DETAIL_MEAN | DETAIL_SPREAD | DETAIL_QUANTILE | DETAIL_TAIL, {AXIS_PARTNER}},
    {"captured_loss", "1", "Chance that the deal is worth less than going alone.", DETAIL_PROBABILITY, {AXIS_PARTNER}},
    {"ledger", "M{currency}", "Where the value captured comes from; the lines add up to it.", DETAIL_MEAN,
     {AXIS_PARTNER, AXIS_LEDGER}},
    {"partnership", "M{currency}", "Present value of all flows that the deal causes.", DETAIL_MEAN | DETAIL_SPREAD | DETAIL_QUANTILE,
     {AXIS_PARTNER}},
    {"partnership_loss", "1", "Chance that the flows of the deal are worth less than nothing.", DETAIL_PROBABILITY,
     {AXIS_PARTNER}},
    {"standalone", "M{currency}", "Present value of going alone on the same path.", DETAIL_MEAN | DETAIL_SPREAD, {AXIS_PARTNER}},
    {"capital_at_risk", "M{currency}", "Deepest cumulative outlay in the deal, not discounted.", DETAIL_MEAN | DETAIL_QUANTILE,
     {AXIS_PARTNER}},
    {"payback", "year", "End of the last step with negative cumulative cash; the horizon where it never pays back.", DETAIL_MEAN, {AXIS_PARTNER}},
    {"transferred", "M{currency}", "Payments from other partners less payments to them, not discounted.", DETAIL_MEAN | DETAIL_FULL,
     {AXIS_PARTNER}},
    {"joint", "M{currency}", "Joint surplus over going alone, both arms at the common rate.",
     DETAIL_MEAN | DETAIL_SPREAD | DETAIL_QUANTILE, {AXIS_NONE}},
    {"all_gain", "1", "Chance that every partner gains.", DETAIL_PROBABILITY, {AXIS_NONE}},
    {"exit", "1", "Chance that a partner leaves before the horizon, by cause.", DETAIL_PROBABILITY, {AXIS_PARTNER, AXIS_CAUSE}},
    {"leaves", "1", "Chance that a partner leaves before the horizon, for whatever cause.", DETAIL_PROBABILITY, {AXIS_PARTNER}},
    {"survival", "1", "Chance that at the horizon all partners are owners and the venture goes on.", DETAIL_PROBABILITY,
     {AXIS_NONE}},
    {"renegotiations", "1", "Renegotiations that were agreed on a path.", DETAIL_MEAN, {AXIS_NONE}},
    {"deadlock_years", "year", "Years that the partners spend in a deadlock.", DETAIL_MEAN, {AXIS_NONE}},
    {"redirected", "1", "Chance that the plant is redirected to outside customers.", DETAIL_PROBABILITY, {AXIS_NONE}},
    {"localised", "1", "Chance that the venture builds a plant where it sells.", DETAIL_PROBABILITY, {AXIS_NONE}},
    {"standalone_localised", "1", "Chance that a partner alone builds a plant where it sells.", DETAIL_PROBABILITY, {AXIS_PARTNER}},
    {"capital_at_risk_after_debt", "M{currency}", "The same where the loan is drawn and repaid, with its interest.", DETAIL_MEAN, {AXIS_PARTNER}},
};
const int engine_outcome_count = sizeof engine_outcomes / sizeof *engine_outcomes;

/* In the order of engine_publish_series; the last field: no fan. */
const struct statistics_series engine_series[] = {
    {"cash", "M{currency}", "Cash of the deal in a step, after tax.", {AXIS_PARTNER}, 0},
    {"volume", "{volume}", "Units made for a partner in a step.", {AXIS_PARTNER}, 0},
    {"unit_cost", "M{currency}/{volume}", "Unit cost in the venture, while it makes something.", {AXIS_PARTNER}, 0},
    {"book", "M{currency}", "A partner's book in the venture at the end of a step.", {AXIS_PARTNER}, 0},
    {"standalone_cash", "M{currency}", "Cash of going alone in a step, after tax.", {AXIS_PARTNER}, 0},
    {"pooled_volume", "{volume}", "Units made by the venture for the partners in a step.", {AXIS_NONE}, 0},
    {"venture_profit", "M{currency}", "Profit of the venture in a step, before support and tax.", {AXIS_NONE}, 0},
    {"venture_capex", "M{currency}", "Capital spending of the venture in a step by its plan, before grants.", {AXIS_NONE}, 0},
    {"demand", "1", "Demand over that at the start.", {AXIS_REGION}, 0},
    {"tariff", "M{currency}", "Duties of a step, paid with minus.", {AXIS_PARTNER}, 0},
    {"scope", "1", "Scope of the partnership.", {AXIS_NONE}, 0},
    {"gap", "1", "Gap between the partners' goals, while two or more are in.", {AXIS_NONE}, 0},
    {"ordered", "{volume}", "Units ordered in a step, before rationing.", {AXIS_PARTNER}, 1},
    {"transfer_price", "M{currency}/{volume}", "Transfer price, while something is made.", {AXIS_PARTNER}, 1},
    {"own_margin", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"joint_profit", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"subsidy", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"transfers", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"friction", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"capex", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"tax", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"renegotiation", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"exit", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"obligations", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"know_how", "M{currency}", "Ledger line of a step.", {AXIS_PARTNER}, 1},
    {"royalty", "M{currency}", "Royalties that a partner pays in a step.", {AXIS_PARTNER}, 1},
    {"take_or_pay", "M{currency}", "Shortfall fees of a partner in a step, its own part as owner included.", {AXIS_PARTNER}, 1},
    {"own_book", "M{currency}", "A partner's book of its own programme at the end of a step.", {AXIS_PARTNER}, 1},
    {"standalone_volume", "{volume}", "Units sold alone in a step.", {AXIS_PARTNER}, 1},
    {"standalone_unit_cost", "M{currency}/{volume}", "Unit cost alone, while something is sold.", {AXIS_PARTNER}, 1},
    {"price", "1", "Price over that at the start.", {AXIS_REGION}, 1},
    {"in", "1", "Share of the paths on which a partner is an owner at the end of a step.", {AXIS_PARTNER}, 1},
    {"survival", "1", "Share of the paths on which all partners are owners and the venture goes on.", {AXIS_NONE}, 1},
    {"exits", "1", "Share of the paths on which a partner leaves in a step, by cause.", {AXIS_PARTNER, AXIS_CAUSE}, 1},
    {"renegotiated", "1", "Share of the paths on which a renegotiation is agreed in a step.", {AXIS_NONE}, 1},
    {"renegotiation_failed", "1", "Share of the paths on which a renegotiation is in vain in a step.", {AXIS_NONE}, 1},
    {"agreed", "M{currency}", "Payment agreed in a step, + received; an annuity's amount by step.", {AXIS_PARTNER}, 1},
    {"deadlocked", "1", "Share of the paths that are in a deadlock in a step.", {AXIS_NONE}, 1},
    {"staying", "M{currency}", "Projected value of staying at the start of a step, where partners looked.", {AXIS_PARTNER}, 1},
    {"leaving", "M{currency}", "Projected value if the partner nearest to leaving left, where partners looked.", {AXIS_PARTNER}, 1},
    {"external_volume", "{volume}", "Units made for outside customers in a step.", {AXIS_NONE}, 1},
    {"localised", "1", "Share of the paths on which the venture has decided on a plant where it sells.", {AXIS_NONE}, 1},
    {"standalone_localised", "1", "Share of the paths on which a partner alone has decided on one.", {AXIS_PARTNER}, 1},
};
const int engine_series_count = sizeof engine_series / sizeof *engine_series;

struct statistics_shape engine_shape(int partners, int regions, int steps)
{
    struct statistics_shape shape;
    for (int a = 0; a < AXIS_COUNT; a++) shape.size[a] = 1;
    shape.size[AXIS_BAR] = shape.size[AXIS_DEAL] = shape.size[AXIS_DRIVER] = 0;
    shape.size[AXIS_PARTNER] = partners;
    shape.size[AXIS_LEDGER] = LINES;
    shape.size[AXIS_CAUSE] = CAUSES;
    shape.size[AXIS_REGION] = regions;
    shape.size[AXIS_STEP] = steps;
    return shape;
}
