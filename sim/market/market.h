/* market/market.h - what nobody in the deal controls: demand, price, exchange rates, input costs, market share, trade policy,
   support. Shared by both arms. Equations: docs/model.md, 3. */
#ifndef PACTOLUS_MARKET_MARKET_H
#define PACTOLUS_MARKET_MARKET_H
#include "base/lanes_math.h"
#include "base/status.h"
#include "param/descriptor.h"
#include "param/drawn.h"
#include "random/random.h"

/* Of the drift of levels: as it is, or lowered by a price of risk (docs/model.md, 3.7). */
enum market_measure { MEASURE_REAL, MEASURE_RISK_ADJUSTED };

/* A level around a trend: log-Ornstein-Uhlenbeck, Brownian where mean_reversion is 0. */
struct market_factor_config {
    struct param_number growth;     /* 1/year, of the trend */
    struct param_number volatility; /* 1/sqrt(year) */
    struct param_number start_gap;  /* log of the level over its trend at the start */
    struct param_number jump_rate;  /* 1/year; only where mean_reversion is 0 */
    struct param_number jump_mean, jump_volatility; /* of the log of a jump */
    double price_of_risk;           /* 1/sqrt(year): under the risk-adjusted measure drift falls by this times volatility */
    double mean_reversion;          /* 1/year */
};

/* A trade-policy chain: regimes in continuous time, each with an ad-valorem rate per corridor origin -> destination. */
struct market_chain_config {
    int start;                                          /* regime at the start */
    char group[PARAM_TEXT];                             /* chains of one group share one uniform a step; MARKET_NO_GROUP: its own */
    double rate[PARAM_REGIMES][PARAM_REGIMES];          /* 1/year, from -> to; the diagonal is implied */
    double tariff[PARAM_REGIONS][PARAM_REGIONS][PARAM_REGIMES]; /* share of customs value */
};

#define MARKET_NO_GROUP "none"

/* A support per unit produced, with a schedule by calendar year and a hazard of repeal. */
struct market_subsidy_config {
    struct param_number per_unit;    /* M{currency}/{volume} */
    struct param_number repeal_rate; /* 1/year */
    struct param_list schedule;      /* share paid in calendar year first_year + k; the last one holds; empty: always 1 */
    int first_year;
    int region;  /* only for plants in this region; -1: everywhere */
    int taxable; /* 0, 1 */
    struct param_number haircut; /* share lost when credits are sold */
};

struct market_pair_config { /* correlation of two factors' normals */
    char first[PARAM_TEXT], second[PARAM_TEXT];
    double value;
};

/* Whether somebody else has a use for the venture's plant: decides what an exit brings. */
struct market_use_config {
    int start;                            /* 0, 1 */
    struct param_number appears, vanishes; /* 1/year */
};

/* A crisis of the whole deal, which comes and goes; demand is then below what a plan without it says. */
struct market_crisis_config {
    int start;                                  /* 0, 1 */
    struct param_number entry_rate, exit_rate;  /* 1/year */
    struct param_number depth[PARAM_REGIONS];   /* share of demand lost while it lasts */
};

/* A newcomer to a region, at most one, that takes price and volume from those who are there. */
struct market_entrant_config {
    double arrival_rate;                        /* 1/year */
    struct param_number price_cut, share_loss;  /* shares of price and volume lost to it in the end */
    struct param_number cost_advantage;         /* over those who are there: a duty this high leaves nothing of its effect */
    double phase_years, localise_years;         /* from its arrival: until its effect is full, until it makes in the region */
    int origin;                                 /* region of its plant until then, -1: no duty */
};

struct market_config {
    struct market_use_config use;
    struct market_crisis_config crisis;
    struct market_entrant_config entrant[PARAM_REGIONS];
    double fragmentation;    /* 1/year: growth of the number of variants that a product needs, in logs */
    int measure;             /* enum market_measure */
    double risk_free;        /* 1/year: discounts everything under the risk-adjusted measure */
    double inflation; /* 1/year */
    struct market_factor_config demand[PARAM_REGIONS], price[PARAM_REGIONS], fx[PARAM_REGIONS], input[PARAM_INPUTS],
        share[PARAM_PARTNERS];
    double fx_rate[PARAM_REGIONS]; /* deal currency per local unit at the start */
    struct market_chain_config chain[PARAM_CHAINS];
    struct market_subsidy_config subsidy[PARAM_SUBSIDIES];
    struct market_pair_config pair[PARAM_PAIRS];
};

extern const struct param_table market_tables[];
extern const size_t market_table_count;

enum {
    MARKET_FACTORS = 3 * PARAM_REGIONS + PARAM_INPUTS + PARAM_PARTNERS,
    MARKET_CORRIDORS = PARAM_REGIONS * PARAM_REGIONS,
    MARKET_STEPS = PARAM_YEARS * 12
};

enum market_kind { MARKET_DEMAND, MARKET_PRICE, MARKET_FX, MARKET_INPUT, MARKET_SHARE, MARKET_KINDS };

/* A factor that moves, ready for the kernel. */
struct market_factor {
    char name[PARAM_NAME + 16]; /* "demand.us" */
    struct random_key key;
    enum market_kind kind;
    int member;
    const struct market_factor_config *config;
    double scale;                      /* level at the start */
    double decay_first, decay;         /* e^{-kappa d/2}, e^{-kappa d} */
    double spread_first, spread;       /* sd of the update over sigma */
    const double *variance;            /* Var[X] / sigma^2 at mid-step, by step */
    double price_of_risk;              /* 0 under the real measure */
    const double *lowered;             /* (1 - e^{-kappa t}) / kappa at mid-step, t where kappa is 0; NULL without a price of risk */
    int jumps, jump_slot;              /* it jumps; its place in the block's draws of jumps */
    struct random_key jump_key;
    int random;                        /* 0: volatility is the constant 0, no normals are drawn */
    int links;                         /* correlated factors before it: z = sum weight z[link] */
    int link[MARKET_FACTORS];
    double weight[MARKET_FACTORS];
};

struct market_chain {
    struct random_key key;
    int regimes, start;
    int leader; /* the chain whose uniforms it reads: the first of its group that moves */
    int still; /* no rates: stays at start */
    double first[PARAM_REGIMES][8], later[PARAM_REGIMES][8]; /* [k][s]: chance of a regime <= k after a step from s */
};

struct market_entrant {
    struct random_key key;
    int on;             /* it can arrive, and then takes something */
    int localise_steps; /* from its arrival */
};

struct market_corridor { /* origin -> destination with a rate that is not always 0 */
    int origin, destination;
    int chains;
    int chain[PARAM_CHAINS];
    double tariff[PARAM_CHAINS][8]; /* by regime */
};

struct market_subsidy {
    struct random_key key;
    const struct market_subsidy_config *config;
    double *schedule; /* by step, months averaged */
};

/* All that the kernels need for one scenario; read-only while paths run. Owns its tables. */
struct market_plan {
    int steps;
    double years_per_step;
    const struct param_scope *scope;
    const struct market_config *config;
    int factors;
    struct market_factor factor[MARKET_FACTORS]; /* in byte order of names */
    int jumpers;                                 /* factors that jump */
    int slot[MARKET_KINDS][PARAM_PARTNERS];      /* kind, member -> factor, -1 where the level is 1 for ever */
    int chains;
    struct market_chain chain[PARAM_CHAINS];
    int corridors;
    struct market_corridor corridor[MARKET_CORRIDORS];
    int corridor_slot[PARAM_REGIONS][PARAM_REGIONS]; /* -1: free of duty for ever */
    int subsidies;
    struct market_subsidy subsidy[PARAM_SUBSIDIES];
    struct random_key use_key;
    int use_moves;     /* rates of another use are not all 0 */
    const struct market_use_config *use;
    struct random_key crisis_key;
    int crisis;        /* there is one at the start, or one can come */
    struct market_entrant entrant[PARAM_REGIONS];
    int shocked;       /* a crisis or an entrant moves some level */
    int certain;       /* the run at plan: no event ever happens */
    double *inflation; /* price of a constant basket at mid-step, by step */
    double *variety;   /* growth of the number of variants by then */
    double *tables;    /* owned: variance, schedule, inflation */
};

/* Columns of one block; `steps` x BLOCK_LANES lanes each where they move. Memory from market_block_lanes lanes. */
struct market_block {
    lanes *one, *zero;                           /* a cell of 1, of 0 */
    lanes *level[MARKET_FACTORS];
    lanes *tariff[MARKET_CORRIDORS];
    lanes *support[PARAM_SUBSIDIES];             /* M{currency}/{volume}, after schedule, repeal, haircut */
    lanes *repeal[PARAM_SUBSIDIES];              /* threshold of the accumulated hazard of repeal, BLOCK_LANES lanes */
    lanes *regime[PARAM_CHAINS];                 /* index of the regime at mid-step */
    lanes *use;                                  /* 1: the plant has another use; read by market_use */
    lanes *crisis;                               /* 1: there is a crisis; where the plan has one */
    /* where the plan has an entrant: step of its arrival, BLOCK_LANES lanes; share of its full effect that is felt, by step */
    lanes *arrival[PARAM_REGIONS], *entrant[PARAM_REGIONS];
    lanes *normal;                               /* scratch: 2 x factors x BLOCK_LANES */
    lanes *state;                                /* scratch: factors x BLOCK_LANES */
    lanes *jump;                                 /* scratch: by factor that jumps 2 x uniforms, 2 x normals */
};

/* Fills `plan` from the config (kept by reference). `start_month` = year * 12 + month - 1; `place` names the deal or its row in
   messages. Errors: correlations that are not a correlation matrix, unknown factor names. Free with market_plan_free, legal after a failure. */
int market_plan_init(struct market_plan *plan, const struct market_config *config, const struct param_scope *scope,
                     int steps, int steps_per_year, int start_month, uint64_t seed, struct place place, struct report *report);
void market_plan_free(struct market_plan *plan);
/* Makes the plan one without chance: no shocks, first regimes for ever, no events. Drawn parameters are not its business. */
void market_plan_still(struct market_plan *plan);
/* Number of random streams, and the name of the k-th. Returns `name`. */
enum { MARKET_STREAM = PARAM_NAME + 32 };
int market_plan_streams(const struct market_plan *plan);
const char *market_plan_stream(const struct market_plan *plan, int k, char name[MARKET_STREAM]);
/* Doubles (a multiple of 64) that a block needs; its pointers into `memory`, 64-byte aligned; returns the first double behind. */
size_t market_block_doubles(const struct market_plan *plan);
double *market_block_place(struct market_block *block, const struct market_plan *plan, double *memory);

/* Kernels: all steps of a block. `drawn` as in param/drawn.h. */
void market_block_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path);
void market_factor_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path);
/* Part of it: draws of steps 2 pair and 2 pair + 1; adds the jumps of a step, compensated, to the log of the level. */
void market_jump_draw(const struct market_plan *plan, struct market_block *block, uint64_t first_path, int pair);
void market_jump_step(const struct market_plan *plan, const struct market_factor *factor, const struct market_block *block,
                      const lanes *drawn, int step, lanes *restrict state);
void market_trade_run(const struct market_plan *plan, struct market_block *block, uint64_t first_path);
void market_subsidy_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path);
void market_use_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path);
void market_crisis_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path);
/* After all others: what crises and entrants do to the levels of factors. */
void market_shock_run(const struct market_plan *plan, struct market_block *block, const lanes *drawn, uint64_t first_path);
/* 1 where a crisis moves a region's demand. */
static inline int market_crisis_moves(const struct market_plan *plan, int region)
{
    return plan->crisis && number_differs(plan->config->crisis.depth[region], 0.0);
}
/* What an entrant takes of a level at its full effect; NULL: nothing, or there is none. */
static inline const struct param_number *market_entrant_takes(const struct market_plan *plan, int kind, int region)
{
    if (kind > MARKET_PRICE || !plan->entrant[region].on) return NULL;
    const struct market_entrant_config *config = &plan->config->entrant[region];
    const struct param_number *takes = kind == MARKET_DEMAND ? &config->share_loss : &config->price_cut;
    return number_differs(*takes, 0.0) ? takes : NULL;
}
/* Share of an entrant's full effect a time after its arrival: it phases in linearly. */
static inline double market_entrant_phase(const struct market_entrant_config *config, double years)
{
    return config->phase_years > years ? years / config->phase_years : 1.0;
}
/* What a duty leaves of an entrant's effect: a share of its cost advantage. */
LANE_FUNCTION lanes market_entrant_kept(lanes duty, lanes advantage)
{
    return most(1.0 - duty / advantage, all_lanes(0.0));
}

/* Level of a factor, rate of a corridor (both read by column_at); a cell of 1 or 0 where nothing moves. */
LANE_FUNCTION struct column market_level(const struct market_plan *plan, const struct market_block *block,
                                         enum market_kind kind, int member)
{
    int slot = plan->slot[kind][member];
    if (slot < 0) return (struct column){block->one, 0, 0};
    return (struct column){block->level[slot], BLOCK_LANES, ~(size_t)0};
}
/* Chance of another use, or of a crisis, a time `years` after it stood at `state` (0 or 1). */
LANE_FUNCTION lanes market_use_chance(lanes state, lanes appears, lanes vanishes, double years)
{
    lanes rate = appears + vanishes;
    lanes long_run = choose((flags)(rate > 0.0), appears / choose((flags)(rate > 0.0), rate, all_lanes(1.0)), state);
    return long_run + (state - long_run) * exp_lanes(-rate * years);
}
LANE_FUNCTION struct column market_use(const struct market_plan *plan, const struct market_block *block)
{
    if (!plan->use_moves) return (struct column){plan->use->start ? block->one : block->zero, 0, 0};
    return (struct column){block->use, BLOCK_LANES, ~(size_t)0};
}
LANE_FUNCTION struct column market_tariff(const struct market_plan *plan, const struct market_block *block, int origin,
                                          int destination)
{
    int slot = origin < 0 ? -1 : plan->corridor_slot[origin][destination];
    if (slot < 0) return (struct column){block->zero, 0, 0};
    return (struct column){block->tariff[slot], BLOCK_LANES, ~(size_t)0};
}
#endif
