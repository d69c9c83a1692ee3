/* The rows of governance, reviews, triggers, renegotiation and exit (param/descriptor.h). */
#include "decision/decision.h"

static const char *const no_yes[] = {"no", "yes", NULL};
static const char *const splits[] = {"outside_option", "nash", NULL};
static const char *const forms[] = {"annuity", "lump_sum", NULL};
static const char *const kinds[] = {"never", "tariff_above", "volume_below", "capex_above", "late", "value_below", "deadlock_above",
                                    "change_of_control", NULL};
static const char *const opens[] = {"review", "renegotiation", "exit", NULL};
static const char *const experiences[] = {"expected", "frozen", NULL};

#define DECISION(member) .offset = offsetof(struct decision_config, member)
#define PER_PARTNER(type) .stride = {sizeof(type)}
static const struct param_row governance_rows[] = {
    {"goal_gap", PARAM_NUMBER, "1", 0, 1, 0, "0", "Gap between the partners' goals before preparation.", PARAM_BY_PATH,
     DECISION(governance.goal_gap)},
    {"gap_reversion", PARAM_NUMBER, "1/year", 0, 50, 0, "0", "Speed at which the gap returns to that after preparation.",
     PARAM_BY_PATH, DECISION(governance.gap_reversion)},
    {"gap_regime", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Added to the gap when trade policy changes its regime or a crisis begins or ends, once a step.", PARAM_BY_PATH,
     DECISION(governance.gap_regime)},
    {"gap_gate", PARAM_NUMBER, "1", 0, 1, 0, "0", "Added to the gap when the venture misses a gate.", PARAM_BY_PATH,
     DECISION(governance.gap_gate)},
    {"gap_held", PARAM_NUMBER, "1", 0, 1, 0, "0", "Added to the gap when a partner wants to leave and may not.", PARAM_BY_PATH,
     DECISION(governance.gap_held)},
    {"gap_unequal", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Added to the gap at a review, times how unequally the partners' cash departs from plan.", PARAM_BY_PATH,
     DECISION(governance.gap_unequal)},
    {"gap_cut", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share of the gap that a review takes away at readiness 1.", PARAM_BY_PATH,
     DECISION(governance.gap_cut)},
    {"not_invented_here", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share of commonality lost at a gap of 1.", PARAM_BY_PATH,
     DECISION(governance.not_invented_here)},
    {"withheld", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share of what partners contribute that is withheld at a gap of 1.",
     PARAM_BY_PATH, DECISION(governance.withheld)},
    {"readiness", PARAM_NUMBER, "1", 0, 1, 0, "1",
     "How well the partners work together; helps reviews, deadlocks, renegotiation.",
     PARAM_BY_PATH, DECISION(governance.readiness)},
};

static const struct param_row course_rows[] = {
    {"preparation.scale", PARAM_NUMBER, "M{currency}", 0, 1e6, 1, "1",
     "Preparation that cuts the gap of goals to 0.37 of itself.",
     PARAM_BY_PATH, DECISION(preparation.scale)},
    {"deadlock.rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Arrival of deadlocks without gap or readiness; 0: none.",
     PARAM_BY_PATH, DECISION(deadlock.rate)},
    {"deadlock.gap_effect", PARAM_NUMBER, "1", 0, 20, 0, "0", "Log of the arrival rate added at a gap of 1.", PARAM_BY_PATH,
     DECISION(deadlock.gap_effect)},
    {"deadlock.scope_effect", PARAM_NUMBER, "1", 0, 20, 0, "0", "Log of the arrival rate added for scope above intensity.",
     PARAM_BY_PATH, DECISION(deadlock.scope_effect)},
    {"deadlock.readiness_effect", PARAM_NUMBER, "1", 0, 20, 0, "0", "Log of the arrival rate taken away at readiness 1.",
     PARAM_BY_PATH, DECISION(deadlock.readiness_effect)},
    {"deadlock.resolution_rate", PARAM_NUMBER, "1/year", 0, 100, 0, "2", "Rate at which a deadlock is resolved, at intensity 0.",
     PARAM_BY_PATH, DECISION(deadlock.resolution_rate)},
    {"deadlock.intensity_effect", PARAM_NUMBER, "1", 0, 100, 0, "0", "Share added to that rate at intensity 1.", PARAM_BY_PATH,
     DECISION(deadlock.intensity_effect)},
    {"deadlock.volume_loss", PARAM_NUMBER, "1", 0, 1, 0, "0",
     "Share of all that the venture makes that is lost while a deadlock lasts.", PARAM_BY_PATH,
     DECISION(deadlock.volume_loss)},
    {"deadlock.limit_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "A deadlock this long ends in renegotiation or exit; 0: no limit.", PARAM_BY_SCENARIO, DECISION(deadlock.limit_years)},
    {"breakup.share", PARAM_NUMBER, "1", 0, 10, 0, "0", "Share of the log-logistic hazard that no other mechanism stands for.",
     PARAM_BY_PATH, DECISION(breakup.share)},
    {"breakup.median_years", PARAM_NUMBER, "year", 0, 1000, 1, "10", "Median life under the whole hazard.", PARAM_BY_SCENARIO,
     DECISION(breakup.median_years)},
    {"breakup.shape", PARAM_NUMBER, "1", 0, 20, 1, "1.8", "Shape of the hazard; above 1 it rises, then falls.", PARAM_BY_SCENARIO,
     DECISION(breakup.shape)},
    {"review_every_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Time between formal reviews; 0: none.",
     PARAM_BY_SCENARIO, DECISION(review_every_years)},
    {"lock_in_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Years from signing in which nobody may leave at a review.",
     PARAM_BY_SCENARIO, DECISION(lock_in_years)},
    {"term_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Years from the start of production until the venture must be renewed; 0: no term.", PARAM_BY_SCENARIO,
     DECISION(term_years)},
    {"scope_rule.expand_by", PARAM_NUMBER, "1", 0, 1, 0, "0", "Added to scope at a review that finds it gains; 0: never.",
     PARAM_BY_PATH, DECISION(scope.expand_by)},
    {"scope_rule.expand_gap", PARAM_NUMBER, "1", 0, 1, 0, "1", "Greatest gap of goals at which scope is expanded.", PARAM_BY_PATH,
     DECISION(scope.expand_gap)},
    {"scope_rule.narrow_by", PARAM_NUMBER, "1", 0, 1, 0, "0", "Taken from scope at a review with a large gap; 0: never.",
     PARAM_BY_PATH, DECISION(scope.narrow_by)},
    {"scope_rule.narrow_gap", PARAM_NUMBER, "1", 0, 1, 0, "1", "Least gap of goals at which scope is narrowed.", PARAM_BY_PATH,
     DECISION(scope.narrow_gap)},
};

static const struct param_row renegotiation_rows[] = {
    {"split", PARAM_WORD, "", 0, 0, 0, "outside_option",
     "Terms agreed: whoever is below its outside option is lifted to it, or the surplus is split by bargaining power (nash).",
     PARAM_BY_SCENARIO, .words = splits, DECISION(renegotiation.split)},
    {"form", PARAM_WORD, "", 0, 0, 0, "annuity", "Payments agreed run while both stay, or are made once.", PARAM_BY_SCENARIO,
     .words = forms, DECISION(renegotiation.form)},
    {"cost", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0",
     "Cost of a renegotiation at the start's prices, by equity; also of one in vain.",
     PARAM_BY_PATH, DECISION(renegotiation.cost)},
    {"attempts", PARAM_INTEGER, "1", 0, 100, 0, "0", "Renegotiations that the partners will try; 0: none.", PARAM_BY_SCENARIO,
     DECISION(renegotiation.attempts)},
    {"success", PARAM_NUMBER, "1", 0, 1, 0, "1", "Chance that a renegotiation succeeds at readiness 0; at readiness 1 it is 1.",
     PARAM_BY_PATH, DECISION(renegotiation.success)},
    {"lag_years", PARAM_NUMBER, "year", 0, 10, 0, "0", "Time that a renegotiation takes at intensity 0; one step at the least.",
     PARAM_BY_SCENARIO, DECISION(renegotiation.lag_years)},
    {"lag_intensity", PARAM_NUMBER, "year", -10, 10, 0, "0", "Time added to that at intensity 1.", PARAM_BY_SCENARIO,
     DECISION(renegotiation.lag_intensity)},
    {"standstill_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "2",
     "Time after an agreement in which no wish to leave is tested.",
     PARAM_BY_SCENARIO, DECISION(renegotiation.standstill_years)},
};

static const struct param_row exit_rows[] = {
    {"right.<partner>", PARAM_WORD, "", 0, 0, 0, "yes", "Whether the partner may leave at a review.", PARAM_BY_SCENARIO,
     .words = no_yes, DECISION(exit.right), PER_PARTNER(int)},
    {"notice_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Time between notice and settlement.", PARAM_BY_SCENARIO,
     DECISION(exit.notice_years)},
    {"multiple", PARAM_NUMBER, "1", 0, 10, 0, "1", "Price of a leaver's book where the plant has another use.", PARAM_BY_PATH,
     DECISION(exit.multiple)},
    {"recovery", PARAM_NUMBER, "1", 0, 10, 0, "0", "Price of a book where the plant has no other use, learnt at settlement.",
     PARAM_BY_PATH, DECISION(exit.recovery)},
    {"fee", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0", "Paid by the leaver to the others by equity, at the start's prices.",
     PARAM_BY_PATH, DECISION(exit.fee)},
    {"restructuring.<partner>", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0",
     "The partner's own cost of leaving or winding up, at the start's prices.", PARAM_BY_PATH, DECISION(exit.restructuring),
     PER_PARTNER(struct param_number)},
    {"switching_cost.<partner>", PARAM_NUMBER, "M{currency}", 0, 1e6, 0, "0",
     "What leaving must promise to gain before the partner wishes it; not a payment.", PARAM_BY_PATH,
     DECISION(exit.switching_cost), PER_PARTNER(struct param_number)},
    {"clawback", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share of the grants received that a leaver pays back.", PARAM_BY_PATH,
     DECISION(exit.clawback)},
    {"clawback_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Years of production in which grants are paid back, by leavers and when winding up; 0: by leavers, for ever.",
     PARAM_BY_SCENARIO,
     DECISION(exit.clawback_years)},
    {"put_giver.<partner>", PARAM_MEMBER, "", 0, 0, 0, "none",
     "Partner that must buy the leaver's book at the multiple; none: no put.",
     PARAM_BY_SCENARIO, .member_of = PARAM_SET_PARTNER, DECISION(exit.put_giver), PER_PARTNER(int)},
    {"put_until_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0",
     "Last day of all puts, from signing: who gives notice later has none; 0: no last day. The first day is lock_in_years.",
     PARAM_BY_SCENARIO, DECISION(exit.put_until_years)},
    {"ends.<partner>", PARAM_WORD, "", 0, 0, 0, "no",
     "Whether the venture is wound up when this partner leaves, as where the plant is its own; no: the others buy it out and go "
     "on.",
     PARAM_BY_SCENARIO, .words = no_yes, DECISION(exit.ends), PER_PARTNER(int)},
    {"wind_down_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "Time that winding up takes; one step at the least.",
     PARAM_BY_SCENARIO, DECISION(exit.wind_down_years)},
    {"wind_down_cost", PARAM_NUMBER, "M{currency}/year", 0, 1e6, 0, "0", "Cost of winding up while it lasts, by equity.",
     PARAM_BY_PATH, DECISION(exit.wind_down_cost)},
};

#define TRIGGER(member) .offset = offsetof(struct decision_trigger_config, member)
static const struct param_row trigger_rows[] = {
    {"kind", PARAM_WORD, "", 0, 0, 0, "never",
     "What is watched: tariff_above, volume_below, capex_above, late, value_below, deadlock_above, change_of_control.",
     PARAM_BY_SCENARIO, .words = kinds, TRIGGER(kind)},
    {"threshold", PARAM_NUMBER, "1", -1e6, 1e6, 0, "0",
     "Duty rate; volume over plan; capex over plan; years late; M below leaving; years of deadlock.", PARAM_BY_PATH,
     TRIGGER(threshold)},
    {"for_years", PARAM_NUMBER, "year", 0, PARAM_YEARS, 0, "0", "It must last this long; one step at the least.",
     PARAM_BY_SCENARIO, TRIGGER(for_years)},
    {"opens", PARAM_WORD, "", 0, 0, 0, "review", "What it opens: review, renegotiation, or exit whatever the lock-in.",
     PARAM_BY_SCENARIO, .words = opens, TRIGGER(opens)},
    {"partner", PARAM_MEMBER, "", 0, 0, 0, "none",
     "Whose duty, volume, value or owner; none: any partner's, and the volume of all together.", PARAM_BY_SCENARIO,
     .member_of = PARAM_SET_PARTNER, TRIGGER(partner)},
    {"rate", PARAM_NUMBER, "1/year", 0, 100, 0, "0", "Hazard of a change of control.", PARAM_BY_PATH, TRIGGER(rate)},
};
#undef TRIGGER

static const struct param_row rest_rows[] = {
    {"partners.<partner>.bargaining_power", PARAM_NUMBER, "1", 0, 1e6, 0, "1",
     "Weight in a split by bargaining power; scaled to add to 1.",
     PARAM_BY_SCENARIO, DECISION(power), PER_PARTNER(double)},
    {"projection.experience", PARAM_WORD, "", 0, 0, 0, "expected",
     "In projections experience and scale follow the expected volumes, or stay as they are (frozen).", PARAM_BY_SCENARIO,
     .words = experiences, DECISION(experience)},
    {"standalone.<partner>.stops", PARAM_WORD, "", 0, 0, 0, "no",
     "Whether the partner alone may stop its programme when that gains.",
     PARAM_BY_SCENARIO, .words = no_yes, DECISION(stops), PER_PARTNER(int)},
};

#define ROWS(rows) rows, sizeof rows / sizeof *rows
const struct param_table decision_tables[] = {
    {"contract.governance.", NULL, ROWS(governance_rows), 0, {0}},
    {"contract.", NULL, ROWS(course_rows), 0, {0}},
    {"contract.renegotiation.", NULL, ROWS(renegotiation_rows), 0, {0}},
    {"contract.exit.", NULL, ROWS(exit_rows), 0, {0}},
    {"contract.triggers.<trigger>.", NULL, ROWS(trigger_rows), offsetof(struct decision_config, trigger),
     {sizeof(struct decision_trigger_config)}},
    {"", NULL, ROWS(rest_rows), 0, {0}},
};
const size_t decision_table_count = sizeof decision_tables / sizeof *decision_tables;
