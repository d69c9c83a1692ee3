/* engine/trace.h - the life of one path, step by step, as plain numbers: what the block's columns held, nothing computed
   anew. Partners, regions and chains are in internal order; words are made of it in study/. */
#ifndef PACTOLUS_ENGINE_TRACE_H
#define PACTOLUS_ENGINE_TRACE_H
#include "engine/run.h"

/* Money is M{currency}. NaN: there is no such number in this step. */
struct engine_trace_partner {
    double in, equity;                  /* after the decisions of the step */
    double made, unit_cost;             /* in the venture; unit cost NaN while nothing is made */
    double cash, cumulative, book;      /* after tax, the deal's arm; book in the venture at the end of the step */
    double alone_cash, alone_cumulative, alone_made;
    double alone_stopped, alone_sale, alone_closing;
    double alone_localised, after_localised, alone_local_capex, after_local_capex; /* as localised and local_capex below */
    double alone_production, after_production; /* years since the start of production, -1 before, NaN without a programme */
    double flow[LINES];                 /* ledger lines of the step */
    double due[LINES];                  /* the part of them that was decided at its start */
    double staying, own_leaving, wish;  /* as projected at its start, NaN where nobody looked */
    double leaving;                     /* the same if the partner nearest to leaving left */
    double over, apart, weight;         /* of an agreement that was weighed, else NaN: what it gains over the exit that threatens, in
                                           units of the payment; value after that exit; value of one such unit */
    double moved;                       /* payment agreed in the step, + received */
    double left, cause;                 /* 1: leaves in this step, for enum decision_cause */
    double sold, bought, sale, closing; /* at its exit: book, price that enters a buyer's book, price got, restructuring */
    double supply, licence;             /* steps left after its exit */
};

struct engine_trace_step {
    int phase, mode, timer; /* as decided at the start of the step; phase by the clock where nobody decides */
    int leaver, cause;      /* partner under notice, enum decision_cause */
    int occasion, trigger;  /* enum decision_occasion; -1: none */
    int against;            /* -1: no agreement was weighed */
    int agreed, failed, attempts, standstill, held;
    int redirected; /* the plant makes for outside customers too */
    double surplus, gap, scope, use, renewed;
    double outside[LINES];  /* of what was decided, the part paid to or by strangers */
    double production;      /* of the venture, years since its start, -1 before */
    double pooled, capex, capex_planned; /* for the partners, by the plan */
    double localised, local_capex; /* years since a plant where it sells was decided on, -1: never; spent on it in the step */
    double gate[PARAM_MILESTONES], gate_attempts[PARAM_MILESTONES]; /* enum programme_gate_status at the end of the step, by name; GATE_OPEN where the
                                                                  venture has no such gate */
    double succeeded, standing; /* 1: what must succeed has, by the end of the step; steps left of an adverse event's standstill */
    double missed, retry; /* 1: a gate was missed at its end; M{currency} to be spent for that */
    double external, invested; /* units for outside customers, spent to make for them */
    double demand[PARAM_REGIONS], price[PARAM_REGIONS];
    int regime[PARAM_CHAINS], repealed[PARAM_SUBSIDIES], crisis;
    int entrant[PARAM_REGIONS]; /* steps since its arrival, below 0 before and where there is none */
    double tariff[MARKET_CORRIDORS], support[PARAM_SUBSIDIES];
    struct engine_trace_partner partner[PARAM_PARTNERS];
};

struct engine_trace_end { /* of one partner, present values */
    double captured, partnership, standalone, risk, payback;
    double ledger[LINES];
    double signing; /* spent at signing, not discounted */
};

struct engine_trace {
    uint64_t path;
    int steps, draws;
    double *drawn;                   /* by draw of the plan; owned, as the next */
    struct engine_trace_step *step;
    struct engine_trace_end end[PARAM_PARTNERS];
};

/* Runs the block of the path and keeps this path of it: the numbers are those of any run of the same seed. Numbers that are not
   finite are kept as they are. STATUS_MEMORY. Free is legal after a failure. */
int engine_trace_init(struct engine_trace *trace, const struct engine_plan *plan, const struct engine_level *level, uint64_t path,
                      struct report *report);
void engine_trace_free(struct engine_trace *trace);
#endif
