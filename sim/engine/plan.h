/* engine/plan.h - one scenario, ready to run: the plans of all stages, the draws, and what is published. Read-only while
   paths run, shared by all threads. */
#ifndef PACTOLUS_ENGINE_PLAN_H
#define PACTOLUS_ENGINE_PLAN_H
#include "deal/deal.h"
#include "param/registry.h"
#include "random/copula.h"
#include "random/quantile.h"

/* A parameter that is drawn once per path. Parameters of one stream share its uniform (docs/model.md, common draws). */
struct engine_draw {
    int uniform; /* index into engine_plan.uniform */
    struct random_quantile quantile;
    double low, high; /* range of the parameter: a draw beyond an end is set to it */
    double mean;
    double scale;     /* multiplies what is drawn: 1 but in a venture of fewer partners */
};

struct engine_plan {
    const struct deal *deal;         /* not owned */
    const struct param_scope *scope; /* not owned */
    uint64_t seed, own_seed; /* of the market, which several deals may share; of all else */
    int partners, regions, steps;
    struct market_plan market;
    struct programme_plan venture, own[PARAM_PARTNERS], alone[PARAM_PARTNERS];
    struct programme_plan after[PARAM_PARTNERS]; /* what a partner does once it left */
    int after_runs[PARAM_PARTNERS];              /* it can leave, and then does something */
    int own_runs[PARAM_PARTNERS]; /* the partner has a programme of its own beside the venture */
    struct contract_plan contract;
    struct value_plan value;
    struct decision_plan decision;
    double *budget;  /* owned: tables of decision.budget */
    int at_means;    /* drawn parameters are at their means: the run without chance */
    int uniforms; /* streams of drawn parameters, each once */
    struct random_key *uniform;
    int draws;
    struct engine_draw *draw;
    int tied; /* uniforms in the copula; 0: all are independent */
    int tie[2 * PARAM_PAIRS];
    struct random_copula copula;
    struct random_key mixing;
};

/* `mode[p]` overrides standalone.p.mode (best must be resolved before); NULL: the deal's own. Keeps `deal`, `scope`. Errors:
   correlations, unknown names, memory. Free with engine_plan_free, legal after a failure. */
int engine_plan_init(struct engine_plan *plan, const struct deal *deal, const struct param_scope *scope,
                     const struct param_draws *draws, uint64_t seed, const int mode[], struct place place,
                     struct report *report);
/* The same with a choice: `chance` 0 is the deal without it (docs/model.md, 6.2). */
int engine_plan_init_with(struct engine_plan *plan, const struct deal *deal, const struct param_scope *scope,
                          const struct param_draws *draws, uint64_t seed, const int mode[], int chance, struct place place,
                          struct report *report);
void engine_plan_free(struct engine_plan *plan);

/* Part of engine_plan_init: runs the deal without chance where partners can act, for what they hold their partners to. */
int engine_budget_init(struct engine_plan *plan, const struct param_draws *draws, const int mode[], struct place place,
                       struct report *report);

#define ENGINE_MIXING "copula/mixing" /* stream of the t copula's common factor */
/* Refuses streams of different names and one hash (STATUS_INPUT). Part of engine_plan_init. */
int engine_streams_check(const struct engine_plan *plan, const struct param_draws *draws, struct place place,
                         struct report *report);
#endif
