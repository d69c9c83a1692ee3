/* decision/decision.h - what the partners do at the start of a step: governance that drifts and deadlocks, triggers, reviews on
   projections that never see the future, renegotiation, exit. It reads the columns of all earlier stages as step n - 1 left them
   and fills the ports that they read in step n: programme_drive, contract_terms, value's drive of the lone partner.
   Equations: docs/model.md, 6 and 7. */
#ifndef PACTOLUS_DECISION_DECISION_H
#define PACTOLUS_DECISION_DECISION_H
#include "value/value.h"

/* ---- Numbers of the deal ---------------------------------------------------------------------------------------------- */

struct decision_governance_config {
    struct param_number goal_gap;            /* of goals before preparation, [0,1] */
    struct param_number gap_reversion;       /* 1/year, back to the gap after preparation */
    struct param_number gap_regime;          /* added when trade policy changes its regime or a crisis comes or goes */
    struct param_number gap_gate;            /* added when the venture missed a gate */
    struct param_number gap_held;            /* added when a partner wants to leave and may not */
    struct param_number gap_unequal;         /* added at a review, times the inequality of cash against plan */
    struct param_number gap_cut;             /* share that a review takes away at readiness 1 */
    struct param_number not_invented_here;   /* share of commonality lost at a gap of 1 */
    struct param_number withheld;            /* share of contributions withheld at a gap of 1 */
    struct param_number readiness;           /* [0,1] */
};

struct decision_preparation_config {
    struct param_number scale; /* M{currency} of preparation that cut the gap to 1/e; spend stands in contract_config */
};

struct decision_deadlock_config {
    struct param_number rate;             /* 1/year at no gap, matched governance, no readiness */
    struct param_number gap_effect, scope_effect, readiness_effect; /* in the exponent */
    struct param_number resolution_rate;  /* 1/year */
    struct param_number intensity_effect; /* share added to the resolution rate at intensity 1 */
    struct param_number volume_loss;      /* share of wanted volume lost while it lasts */
    double limit_years;                   /* then the partners renegotiate or part; 0: no limit */
};

struct decision_breakup_config { /* log-logistic hazard of parting for reasons that are not modelled */
    struct param_number share; /* eta: of the hazard */
    double median_years, shape;
};

enum decision_split { SPLIT_OUTSIDE_OPTION, SPLIT_NASH };
enum decision_form { FORM_ANNUITY, FORM_LUMP_SUM };

struct decision_renegotiation_config {
    int split, form;             /* enum decision_split, decision_form */
    struct param_number cost;    /* M{currency}, by equity */
    int attempts;                /* 0: none */
    struct param_number success; /* chance at readiness 0 */
    double lag_years, lag_intensity; /* of any joint decision: at intensity 0, added at intensity 1 */
    double standstill_years;     /* no wish is tested after an agreement */
};

struct decision_exit_config {
    int right[PARAM_PARTNERS];           /* 0, 1: may leave at a review */
    double notice_years;
    struct param_number multiple;        /* of the book, with another use for the plant */
    struct param_number recovery;        /* share of the book, without one */
    struct param_number fee;             /* M{currency} from the leaver to the others by equity */
    struct param_number restructuring[PARAM_PARTNERS];   /* M{currency} when it leaves or the venture is wound up */
    struct param_number switching_cost[PARAM_PARTNERS];  /* M{currency}: what leaving must gain at least */
    struct param_number clawback;        /* share of its grants that a leaver pays back */
    double clawback_years;               /* of production in which it is due, then also from a winding up; 0: for ever, from leavers */
    int put_giver[PARAM_PARTNERS];       /* partner that must buy at multiple x book, -1: none */
    double put_until_years;              /* from signing: notice given later has no put; 0: always */
    int ends[PARAM_PARTNERS];            /* 1: with this partner's exit the venture is wound up */
    double wind_down_years;
    struct param_number wind_down_cost;  /* M{currency}/year, by equity */
};

struct decision_scope_config {
    struct param_number expand_by, expand_gap; /* at a review: added to scope where the gap is at most expand_gap and it gains */
    struct param_number narrow_by, narrow_gap; /* taken away where the gap is at least narrow_gap */
};

enum decision_trigger_kind {
    TRIGGER_NEVER, TRIGGER_TARIFF, TRIGGER_VOLUME, TRIGGER_CAPEX, TRIGGER_LATE, TRIGGER_VALUE, TRIGGER_DEADLOCK, TRIGGER_CONTROL
};
enum decision_opens { OPENS_REVIEW, OPENS_RENEGOTIATION, OPENS_EXIT };

struct decision_trigger_config {
    int kind, opens;               /* enum decision_trigger_kind, decision_opens */
    struct param_number threshold;
    double for_years;              /* it must persist */
    int partner;                   /* whose duty, value or owner; -1: any */
    struct param_number rate;      /* 1/year, change of control */
};

enum decision_experience { EXPERIENCE_EXPECTED, EXPERIENCE_FROZEN };

struct decision_config {
    struct decision_governance_config governance;
    struct decision_preparation_config preparation;
    struct decision_deadlock_config deadlock;
    struct decision_breakup_config breakup;
    struct decision_renegotiation_config renegotiation;
    double power[PARAM_PARTNERS];  /* bargaining power; scaled to add to 1 */
    struct decision_exit_config exit;
    struct decision_scope_config scope;
    struct decision_trigger_config trigger[PARAM_TRIGGERS];
    double review_every_years;     /* 0: none */
    double lock_in_years;
    double term_years;             /* from the start of production; 0: none */
    int experience;                /* enum decision_experience, in projections */
    int stops[PARAM_PARTNERS];     /* the lone partner may stop its own programme */
};

extern const struct param_table decision_tables[];
extern const size_t decision_table_count;

/* ---- States ------------------------------------------------------------------------------------------------------------ */

enum decision_phase { PHASE_DEVELOP, PHASE_OPERATE, PHASE_WIND_DOWN, PHASE_ENDED, PHASES };
enum decision_mode { MODE_NORMAL, MODE_DEADLOCK, MODE_RENEGOTIATE, MODE_NOTICE, MODES };

/* Why a partner left or the venture ended. */
enum decision_cause {
    CAUSE_REVIEW,    /* a partner was better off outside, and no terms could keep it */
    CAUSE_TRIGGER,   /* a trigger opened the exit */
    CAUSE_CONTROL,   /* change of control */
    CAUSE_DEADLOCK,  /* deadlock at its limit */
    CAUSE_FAILED,    /* the last renegotiation failed */
    CAUSE_BREAKUP,   /* residual hazard */
    CAUSE_TERM,      /* the term ended without renewal */
    CAUSE_WOUND_UP,  /* nobody went on */
    CAUSE_MILESTONE, /* the last attempt at a gate failed */
    CAUSE_ADVERSE,   /* an adverse event */
    CAUSES
};

/* Why the partners looked at a path in a step. */
enum decision_occasion { OCCASION_NONE, OCCASION_REVIEW, OCCASION_TRIGGER, OCCASION_TERM };

struct decision_cause_text {
    const char *name;     /* label in results */
    const char *sentence; /* for people */
};
extern const struct decision_cause_text decision_cause_texts[CAUSES];
extern const char *const decision_phase_names[PHASES];
extern const char *const decision_mode_names[MODES];

/* One step from one state to another; every other is an error (docs/model.md, 7.1). */
int decision_state_legal(enum decision_phase phase, enum decision_mode mode, enum decision_phase to_phase,
                         enum decision_mode to_mode);

/* ---- Plan and block ----------------------------------------------------------------------------------------------------- */

/* The deal without chance: volatility 0, first regimes, no events, drawn numbers at their means, nobody decides. Made once per
   scenario by engine/, owned by it. */
struct decision_budget {
    const double *book;                 /* M{currency} of the whole venture, by step, at its start; steps + 1 entries */
    const double *part[PARAM_PARTNERS], *equity[PARAM_PARTNERS]; /* the partner's book of it, and its equity then; likewise */
    const double *alone[PARAM_PARTNERS]; /* the book of what it builds alone; likewise */
    const double *cash[PARAM_PARTNERS]; /* M{currency}, cumulative at the end of each step */
    double capex;                       /* M{currency}, gross */
};

/* Expected duty of a corridor by one of its chains: sums over the steps ahead, by the regime that is known. */
struct decision_duty {
    const double (*sum)[8];       /* [steps + 1][regime], from a step's middle */
    const double (*from_start)[8]; /* the same from the signing */
};

/* Of an entrant: sums over steps of its phase, `dutied` only while it pays a duty; by steps since its arrival, and as expected by
   steps from now while it has not arrived. steps + 1 entries. */
struct decision_arrival {
    const double *phase, *dutied, *phase_ahead, *dutied_ahead;
};

struct outlook_node;
struct outlook_grid;

struct decision_plan {
    const struct decision_config *config;
    const struct value_plan *value;
    const struct contract_plan *contract;
    const struct programme_plan *venture, *own, *after, *alone; /* all but the first: arrays by partner */
    const struct market_plan *market;
    struct decision_budget budget;
    int on;         /* some mechanism can act; else nothing here runs */
    int lone_stops; /* some lone partner may stop, or its programme may end */
    int lone[PARAM_PARTNERS]; /* this one */
    int apart;      /* capital is called by other shares than equity */
    int redirects;  /* the plant may be redirected */
    int bears[PARAM_PARTNERS], some_bear; /* takes no units of the venture and has a fixed cost of its own; somebody does */
    int localises;  /* some programme may build a plant where it sells */
    int after_localises[PARAM_PARTNERS], alone_looks[PARAM_PARTNERS]; /* what `after` and the lone partner know is needed */
    int partners, steps, steps_per_year, triggers, draws;
    int own_runs[PARAM_PARTNERS]; /* the partner has a programme of its own beside the venture */
    double years_per_step, market_inflation;
    int review_steps, lock_in_steps, term_steps, notice_steps, limit_steps, standstill_steps, wind_down_steps; /* 0: none */
    int put_steps; /* notice given later has no put */
    int supply_steps, licence_steps;    /* after an exit; 0: none */
    double supply_years, licence_years; /* the same in years */
    int ends;      /* some partner's exit winds the venture up */
    int after_mode[PARAM_PARTNERS];          /* enum programme_standalone_mode */
    int lasts[PARAM_TRIGGERS];               /* steps that a trigger must persist, 1 at the least */
    double power[PARAM_PARTNERS];            /* adds to 1 */
    struct random_key deadlock, resolution, success, breakup, control[PARAM_TRIGGERS];
    /* tables by half steps, 2 steps + 2 entries each */
    const double *discount[PARAM_PARTNERS];  /* (1 + k)^(-h d/2) */
    const double *decay[MARKET_FACTORS];     /* e^(-kappa h d/2) */
    const double *prices;                    /* e^(inflation h d/2) */
    const double *venture_prices, *after_prices[PARAM_PARTNERS], *alone_prices[PARAM_PARTNERS]; /* with escalation */
    const double *schedule[PARAM_SUBSIDIES]; /* sums over steps, steps + 1 entries */
    const double *survival[PARAM_SUBSIDIES]; /* e^(-hazard of repeal x h d/2), by half steps; NULL where the hazard is drawn */
    const double *kept;                      /* share of a book that a number of steps leaves, (1 - delta)^(s d) */
    struct decision_duty duty[MARKET_CORRIDORS][PARAM_CHAINS];
    struct decision_arrival arrival[PARAM_REGIONS]; /* where the market has an entrant */
    const struct outlook_grid *with_notice, *at_once; /* nodes of projections by step: a notice given now, an exit settled now */
    double *tables;                          /* owned, as the three below */
    struct outlook_grid *grids;              /* 2 steps */
    struct outlook_node *nodes;
    double *numbers;                         /* by node */
};

/* What a block of the stage reads of others, and the ports that it fills. */
struct decision_view {
    const struct market_block *market;
    struct programme_block *venture;              /* its experience is read; a second plant is begun */
    struct programme_block *const *own, *const *after, *const *alone; /* by partner, NULL where none; `after` is begun here, a second
                                                                         plant in any */
    struct contract_block *contract;              /* drive and terms are filled */
    struct value_block *value;                    /* the lone partner's stop and `credited` are filled */
    const lanes *drawn;
    uint64_t first_path;
};

struct decision_block {
    lanes *phase, *mode;        /* enum decision_phase, decision_mode */
    lanes *phase_before, *mode_before; /* at the start of the step, for decision_block_verify */
    lanes *timer;               /* steps left of a lag, a notice or a wind-down; steps spent in a deadlock */
    lanes *leaver, *cause;      /* partner under notice, or that may leave if a renegotiation fails; enum decision_cause */
    lanes *attempts;            /* renegotiations left */
    lanes *standstill;          /* steps left without a wish test */
    lanes *renewed;             /* step of the start of production or of the last renewal, -1 before */
    lanes *gap, *gap_start;     /* of goals, g, and after preparation */
    lanes *held;                /* 1: in the last step a partner wanted to leave and could not */
    lanes *scope;               /* [0,1] */
    lanes *missed;              /* 1: the venture missed a gate since the last formal review; NULL where it has none */
    lanes *redirected;          /* 1: the plant makes for outside customers too, for good; NULL where plan->redirects is 0 */
    lanes *in[PARAM_PARTNERS];  /* 1 owner, 0 left */
    lanes *supply[PARAM_PARTNERS], *licence[PARAM_PARTNERS]; /* steps left after an exit */
    lanes *lasted[PARAM_TRIGGERS];    /* steps that the trigger's condition has held; -1: used, until it ends */
    lanes *threshold[PARAM_TRIGGERS]; /* of the accumulated hazard of a change of control */
    lanes *breakup;                   /* of the residual hazard; infinite once it has acted */
    lanes *arrival;                   /* uniforms of the next step's deadlocks */
    uint64_t fired;                   /* paths on which some trigger opens something in this step */
    uint64_t known, known_whole;      /* paths looked at in this step; those whose others' values are known too */
    lanes *drawn;                     /* scratch of a look: a register for each draw */
    int acted, looked;                /* something is due, left, agreed or in vain, somebody looked: columns that the next step clears */
    lanes *spent, *spent_planned;     /* M{currency}, venture capex so far, and at plan */
    lanes *agreed_step[PARAM_PARTNERS][PARAM_PARTNERS]; /* = contract_terms.agreed */
    /* what the last step showed, for results: 0 or 1 each, M{currency} for the values */
    lanes *left[PARAM_PARTNERS];       /* leaves in this step */
    lanes *left_cause;                 /* its cause */
    lanes *agreed, *failed;            /* a renegotiation closed, was in vain */
    lanes *moved[PARAM_PARTNERS];      /* M{currency} a step or once: payment agreed in this step, + received */
    lanes *staying[PARAM_PARTNERS];    /* M{currency} at the start of the step, projected; NaN where nobody looked */
    lanes *leaving[PARAM_PARTNERS];    /* the same if the partner nearest to leaving left */
    lanes *leaving_value[PARAM_PARTNERS][PARAM_PARTNERS]; /* leaver, partner: scratch of a look */
    lanes *weight[PARAM_PARTNERS];     /* value of one agreed unit a step (annuity) or once: scratch of a look that asks the others */
    /* the same for the story of a single path; what is told with a condition is written only then, and else left as it was */
    lanes *occasion;                   /* enum decision_occasion */
    lanes *trigger;                    /* the trigger that acted, -1 none; with an occasion */
    lanes *against;                    /* partner over whose exit the others weighed an agreement, -1 where they did not */
    lanes *surplus;                    /* what agreeing gains over that exit, in units of the payment; with `against` */
    lanes *over[PARAM_PARTNERS];       /* a partner's part of it, below 0 where it is worse off inside; with `against` and `in` */
    lanes *wish[PARAM_PARTNERS];       /* M{currency}: what its own leaving gains over staying, less switching; where looked at */
    lanes *sale[PARAM_PARTNERS];       /* M{currency}: price that it got for its book in this step; with `left` */
    lanes *closing[PARAM_PARTNERS];    /* M{currency}: its cost of restructuring in this step; with `left` */
    /* over the path so far, for results */
    lanes *exit_cause[PARAM_PARTNERS]; /* enum decision_cause for which the partner left or was wound up with the others; -1: still
                                          in. Set in the step in which `left` is 1, never changed after; -1 just where `in` is 1 */
    lanes *agreements;                 /* renegotiations that closed */
    lanes *deadlock_steps;             /* steps spent in a deadlock */
};

/* Nothing is on unless value->contract->changing. `after_mode`: what each partner does after it left (enum
   programme_standalone_mode). The caller fills `budget` before paths run. STATUS_MEMORY. */
int decision_plan_init(struct decision_plan *plan, const struct decision_config *config, const struct value_plan *value,
                       const struct programme_plan *after, const int after_mode[], const int own_runs[], int draws, double inflation,
                       uint64_t seed, struct report *report);
void decision_plan_free(struct decision_plan *plan);
/* 1 if some mechanism of the deal can act. */
int decision_config_acts(const struct decision_config *config, int partners, int triggers);
enum { DECISION_STREAMS = 4 + PARAM_TRIGGERS, DECISION_STREAM = PARAM_NAME + 48 };
int decision_plan_streams(const struct decision_plan *plan);
const char *decision_plan_stream(const struct decision_plan *plan, int k, char name[DECISION_STREAM]);
size_t decision_block_doubles(const struct decision_plan *plan);
double *decision_block_place(struct decision_block *block, const struct decision_plan *plan, double *memory);

/* Kernels. */
void decision_block_begin(const struct decision_plan *plan, struct decision_block *block, const struct decision_view *view);
/* Steps 1 to 5 of docs/model.md (8a). */
void decision_block_step(const struct decision_plan *plan, struct decision_block *block, const struct decision_view *view, int step);
/* Number of paths that made a move which is not in the table. */
int decision_block_verify(const struct decision_block *block);
#endif
