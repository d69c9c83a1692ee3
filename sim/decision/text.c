/* What states and causes are called, in results and for people. */
#include "decision/decision.h"

const struct decision_cause_text decision_cause_texts[CAUSES] = {
    [CAUSE_REVIEW] = {"review", "Better off outside, no terms could keep it"},
    [CAUSE_TRIGGER] = {"trigger", "A trigger opened the exit"},
    [CAUSE_CONTROL] = {"control", "Change of control"},
    [CAUSE_DEADLOCK] = {"deadlock", "Deadlock at its limit"},
    [CAUSE_FAILED] = {"failed", "The last renegotiation failed"},
    [CAUSE_BREAKUP] = {"breakup", "Break-up for reasons not modelled"},
    [CAUSE_TERM] = {"term", "The term ended"},
    [CAUSE_WOUND_UP] = {"wound_up", "Wound up, nobody went on"},
    [CAUSE_MILESTONE] = {"milestone", "Last attempt at a gate failed"},
    [CAUSE_ADVERSE] = {"adverse", "An adverse event"},
};

const char *const decision_phase_names[PHASES] = {
    [PHASE_DEVELOP] = "develop", [PHASE_OPERATE] = "operate", [PHASE_WIND_DOWN] = "wind_down", [PHASE_ENDED] = "ended"};

const char *const decision_mode_names[MODES] = {
    [MODE_NORMAL] = "normal", [MODE_DEADLOCK] = "deadlock", [MODE_RENEGOTIATE] = "renegotiate", [MODE_NOTICE] = "notice"};
