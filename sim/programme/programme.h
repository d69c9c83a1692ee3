/* programme/programme.h - what is built, in every arm: the venture, each partner's own programme beside it, and each partner's
   stand-alone programme are the same code with different numbers. Pooling is the gap between two points of one curve.
   Equations: docs/model.md, 4. */
#ifndef PACTOLUS_PROGRAMME_PROGRAMME_H
#define PACTOLUS_PROGRAMME_PROGRAMME_H
#include "market/market.h"
#include "programme/config.h"
#include "random/random.h"

/* Clock of an instance that has not begun, where it stands: so far back that nothing is spent and production never starts. */
#define PROGRAMME_NOT_BEGUN -0x1p20
#define PROGRAMME_LEAST_DELAY 0.05 /* of the planned time: nothing is built faster */
#define PROGRAMME_SLACK 0x1p-30 /* years: steps of 1/12 do not add up to whole years exactly */

/* A gate that a programme has. */
struct programme_gate {
    const struct programme_gate_config *config;
    int name;          /* index in the set of gates, and of its columns */
    int bars;          /* production waits for it */
    int retry_steps;   /* between two attempts */
    struct random_key key; /* the same in all programmes; one number by attempt */
};

/* How a gate stands; a column. */
enum programme_gate_status { GATE_FAILED = -1, GATE_OPEN, GATE_PASSED /* at the end of the last step */, GATE_DUE /* paid in this step */, GATE_PAST };
/* Why a programme is over; a column. */
enum programme_end { END_NONE, END_GATE, END_ADVERSE };

/* One instance, ready for the kernels: who is in it and what it makes. */
struct programme_plan {
    const struct programme_config *config;
    const struct programme_product_config *product; /* array by partner */
    const struct market_plan *market;
    int members, member[PARAM_PARTNERS];            /* partners that may sell what it makes; none: it only builds (own) */
    int sellers, seller[PARAM_PARTNERS];            /* those of them that have a plan of sales */
    int sells[PARAM_PARTNERS];                      /* the same by partner */
    int regions;                                    /* declared */
    int pooled;                                     /* 0: common share is the constant 0 */
    int limited;                                    /* capacity can bind */
    int redirects;                                  /* the venture's plant may make for outside customers */
    int localises;                                  /* may build a plant where it sells */
    int passes;                                     /* some price follows the duty: */
    int follows[PARAM_PARTNERS][PARAM_REGIONS];     /* that of the partner in the region */
    double pass_left[PARAM_PARTNERS];               /* e^{-pass_speed d}: what a step leaves of the distance to a new duty */
    double start_duty[PARAM_REGIONS];               /* from `site`, in the first regimes */
    int strong;                                     /* some strength is not the constant 1, or is lost on the way */
    int each;                                       /* strong, and what is made for a partner costs by its own strengths */
    int master;                                     /* partner of a programme of one, -1: the venture's */
    int ables, able[PARAM_PARTNERS];                /* partners whose strengths it can have */
    int brands;                                     /* commonality costs some partner a part of its price */
    int cannibal[PARAM_PARTNERS];                   /* what is made takes sales from the partner's other products */
    int later;                                      /* begins only when its clock is set: an `after` */
    const struct programme_standalone_config *bought; /* NULL: it makes; else it buys, and spends and fixes nothing */
    const struct param_list *sales[PARAM_PARTNERS][PARAM_REGIONS]; /* plan in force; NULL: not sold there */
    int gates;                                      /* in the order of the clock, then of names; none where it buys */
    struct programme_gate gate[PARAM_MILESTONES];
    int ends;                                       /* a gate or an event can end it */
    int succeeds;                                   /* production waits for a success */
    int adverse;                                    /* an adverse event can fall */
    int develops;                                   /* it costs something before production beside capital */
    int adverse_steps;                              /* of standstill */
    int needs, need[NEEDS];                         /* of contributions: the venture's that are not the constant 0 */
    double needed_until;                            /* programme years of its plan of spending, grants and gates */
    struct random_key success, misfortune;          /* the same in all programmes */
    int sure;                                       /* the run without chance: every gate is passed */
    int betters;                                    /* a gate that is passed makes units cheaper, or dearer */
    int achieves;                                   /* commonality costs something to achieve */
    double saving;                                  /* M{currency}/year by commonality, by plan, at scope 1 and prices of the start */
    int tardy;                                      /* what it makes, or takes over, sells less for being late */
    double due;                                     /* steps from its beginning to production where all goes by plan */
    double due_sale[PARAM_PARTNERS];                /* the same to the sale of a partner's product: it waits for own programmes */
    const struct programme_plan *before;            /* of an `after`: the venture whose product it takes over */
    struct programme_config *curved;                /* owned: the config with its plan of spending filled from a curve; NULL: none */
    double *inflation;                              /* with escalation, at mid-step, by step; owned */
};

/* What the partners decide for a step, filled before the programme steps. */
struct programme_drive {
    struct parameter progress; /* of the clock: 1 normal, less where contributions lack, 0 while it stands */
    struct parameter volume;   /* share of what is ordered that is made: below 1 in a deadlock */
    struct parameter scope;    /* of the partnership, [0,1] */
    struct parameter sharing;  /* share of commonality that scope and goals let through, [0,1] */
    struct parameter served[PARAM_PARTNERS]; /* 1: the programme makes for this partner, 0: not any more */
    struct parameter redirected; /* 1: what capacity is left makes for outside customers; read where the plan redirects */
};

/* Columns of one instance, BLOCK_LANES lanes each; arrays by partner are placed for members only, and stay 0 for one without a plan
   of sales. */
struct programme_block {
    lanes *clock;          /* programme years done; PROGRAMME_NOT_BEGUN where an `after` has not begun */
    lanes *clock_before;   /* the same at the start of the step */
    lanes *begun;          /* years since its clock began, -1 before; NULL but where an `after` is tardy */
    lanes *production;     /* years since the start of production at the start of the step, -1 before */
    lanes *capex;          /* M{currency} in the step, with overrun and input prices */
    lanes *capex_planned;  /* the same at plan */
    lanes *grant;          /* M{currency} in the step */
    const lanes *age;      /* years that the product has been sold, -1: never, which its plan goes on from; NULL: the plan starts
                              with the programme's own production */
    lanes *learning;       /* b = -log2(1 - learning rate), set at the start */
    lanes *pooled_made;    /* {volume} made so far by all and for outside customers, Q_V */
    lanes *volume;         /* {volume} made in the step by all partners, V */
    lanes *external;       /* {volume} made in the step for outside customers, and its unit cost; NULL where nothing redirects */
    lanes *external_cost;
    lanes *common;              /* phi of the step; NULL where plan->brands is 0 */
    lanes *strength[STRENGTHS]; /* cost multipliers of the step (plan->each: of what is common); NULL where plan->strong is 0 */
    /* NULL where plan->follows is 0 */
    lanes *duty_felt[PARAM_PARTNERS][PARAM_REGIONS];   /* s: change of duty, as far as it is passed on in the long run */
    lanes *rivals_felt[PARAM_PARTNERS][PARAM_REGIONS]; /* the same of rivals; that of the partner itself where nothing has ever localised */
    lanes *price_factor[PARAM_PARTNERS][PARAM_REGIONS]; /* of the price in the step */
    /* NULL where the plan does not localise */
    lanes *localised;      /* years since it was decided to make in localise.to, at the start of the step; -1: never */
    lanes *local_capex;    /* M{currency} spent on it in the step, on the grid; filled by decision/ */
    lanes *local_volume;   /* {volume} made there in the step */
    lanes *local_made[PARAM_PARTNERS];           /* the same for a partner */
    lanes *local_cost[PARAM_PARTNERS];           /* unit cost of all that is made for it over that of what is made at `site` */
    lanes *made_before[PARAM_PARTNERS];          /* Q_i */
    lanes *ordered[PARAM_PARTNERS];              /* {volume} wanted in the step, before a deadlock's loss and rationing */
    lanes *planned[PARAM_PARTNERS];              /* {volume} of the plan in the step */
    lanes *made[PARAM_PARTNERS];                 /* {volume} in the step, after both */
    lanes *sold[PARAM_PARTNERS][PARAM_REGIONS];  /* the same by region; NULL where nothing is sold */
    lanes *unit_cost[PARAM_PARTNERS];            /* M{currency}/{volume} */
    /* NULL where the plan has no gates */
    uint64_t first_path;              /* set by the caller before it begins */
    lanes *gate[PARAM_MILESTONES];    /* enum programme_gate_status, by name, as are the next two */
    lanes *attempts[PARAM_MILESTONES];/* left */
    lanes *wait[PARAM_MILESTONES];    /* steps to the next attempt, after a miss */
    lanes *missed;                    /* 1: a gate was missed at the end of the last step */
    lanes *retry;                     /* M{currency} to be spent in the next step for that */
    lanes *ended;                     /* enum programme_end, from the end of the step in which it is decided; NULL where !plan->ends */
    lanes *over;                      /* of an `after`: 1 where it had ended when the step began; NULL where it cannot end */
    /* NULL where the plan has no such thing */
    lanes *success_at;  /* programme year of success */
    lanes *hazard;      /* of the adverse event, accumulated */
    lanes *adverse_at;  /* at which it falls; infinite once it has */
    lanes *standing;    /* steps left of its standstill */
    lanes *development; /* M{currency} in the step, on the grid */
    lanes *idle;        /* M{currency}: what of it is for the time in which the clock stands */
};

/* Production may begin with the step that begins now: the clock is there, no gate before it is open, and what must succeed has. */
LANE_FUNCTION flags programme_ready(const struct programme_plan *plan, const struct programme_block *block, size_t i)
{
    flags ready = (flags)(block->clock[i] >= plan->config->production_start - PROGRAMME_SLACK);
    for (int k = 0; k < plan->gates; k++) {
        if (plan->gate[k].bars) ready &= (flags)(block->gate[plan->gate[k].name][i] > 0.5);
    }
    if (plan->succeeds) ready &= (flags)(block->clock[i] >= block->success_at[i]);
    return ready;
}

/* What a rate by year comes to in year `year` between clocks a and b, in programme years; the last of `years` goes on for ever. */
LANE_FUNCTION lanes programme_part_of_years(lanes a, lanes b, int year, int years)
{
    const lanes zero = all_lanes(0.0), from = most(a - (double)year, zero), to = most(b - (double)year, zero);
    if (year + 1 >= years) return to - from;
    return least(to, all_lanes(1.0)) - least(from, all_lanes(1.0));
}

/* Share of year y that lies between clocks a and b: a plan is spent evenly within a year. */
LANE_FUNCTION lanes programme_part_of_year(lanes a, lanes b, double year)
{
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    return least(most(b - year, zero), one) - least(most(a - year, zero), one);
}

/* Fills a plan by year from the curve of a config: total x I_x(a, b) at the ends of the years, x = year / duration. */
void programme_curve_fill(const struct programme_config *config, struct param_list *plan);
/* 1 where capital is spent at all. */
LANE_FUNCTION int programme_config_spends(const struct programme_config *config)
{
    return config->capex_plan.count || config->capex_total > 0.0;
}

/* Errors: none but memory. `alone` is the partner of an own or stand-alone programme, -1 for the venture. `bought` not NULL:
   the partner buys instead of making. `partners` 0: an own programme, which makes nothing. */
int programme_plan_init(struct programme_plan *plan, const struct programme_config *config,
                        const struct programme_product_config *product, const struct market_plan *market, int partners,
                        int regions, int alone, const struct programme_standalone_config *bought, struct report *report);
/* Sets what its events are drawn from. `sure` 1: the run without chance. */
void programme_plan_chance(struct programme_plan *plan, uint64_t seed, int sure);
/* Names of streams that programmes draw from beside their parameters. */
enum { PROGRAMME_STREAM = PARAM_NAME + 32 };
int programme_plan_streams(const struct programme_plan *venture);
const char *programme_plan_stream(const struct programme_plan *venture, int k, char name[PROGRAMME_STREAM]);
/* 1 if some programme of the deal can end or stand by chance. */
int programme_deal_risks(const struct programme_deal *deal, int partners, int gates);
void programme_plan_free(struct programme_plan *plan);
size_t programme_block_doubles(const struct programme_plan *plan);
/* Returns the first double behind the block's columns. */
double *programme_block_place(struct programme_block *block, const struct programme_plan *plan, double *memory);

/* Kernels, in the order of a step. `own` is the partner's own programme that must be ready too, NULL: none. */
void programme_block_begin(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn);
void programme_clock_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                          const struct market_block *market, struct parameter progress, int step);
/* Parts of the clock's step where the plan has gates: what is paid for and spent now; where the clock stops; what is tried. */
void programme_gate_begin(const struct programme_plan *plan, struct programme_block *block);
void programme_gate_turn(const struct programme_plan *plan, struct programme_block *block);
void programme_gate_hold(const struct programme_plan *plan, const struct programme_block *block, lanes *restrict next);
void programme_gate_try(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn, struct parameter progress);
/* Where plan->betters; part of the step of costs. */
void programme_gate_better(const struct programme_plan *plan, const struct programme_block *block, int conversion,
                           const lanes *drawn, lanes *restrict cost);
/* The same for events: drawn at the start; whether the clock moves in this step; what has fallen by the end of the next one. */
void programme_event_begin(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn);
void programme_event_hold(struct programme_block *block, struct parameter progress, lanes *restrict moves);
void programme_event_fall(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn);
/* What development, and standing still, cost in the step, between the clocks. */
void programme_development_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                                struct parameter progress, int step);
void programme_volume_step(const struct programme_plan *plan, struct programme_block *block,
                           struct programme_block *const own[], const lanes *drawn, const struct market_block *market,
                           const struct programme_drive *drive, int step);
void programme_cost_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                         const struct market_block *market, const struct programme_drive *drive, int step);
/* ---- contribution.c: where plan->needs ---- */
/* Offered a year by those that are in, a share `given` of which comes: the clock's rate over that at planned contributions. */
void programme_contribution_step(const struct programme_plan *plan, const struct parameter in[], const lanes *given,
                                 const lanes *drawn, lanes *restrict rate);
/* A year, of one need: what of `offered` by all, of which a share comes, is taken, over `offered`. */
LANE_FUNCTION lanes programme_contribution_taken(lanes offered, lanes given, lanes need)
{
    lanes comes = offered * given;
    return choose((flags)(comes > need), need / choose((flags)(offered > 0.0), offered, all_lanes(1.0)), given);
}
/* How far what comes meets the need; the least of all needs gives the rate. */
LANE_FUNCTION lanes programme_contribution_met(lanes offered, lanes given, lanes need)
{
    flags needed = (flags)(need > 0.0);
    return choose(needed, offered * given / choose(needed, need, all_lanes(1.0)), all_lanes(1.0));
}
LANE_FUNCTION lanes programme_contribution_rate(lanes met, lanes exponent)
{
    return choose((flags)(met < 1.0), pow_lanes(met, exponent), all_lanes(1.0));
}
/* Contributions are taken in a step that begins with the clock there, `production` being the years of production in it. */
LANE_FUNCTION flags programme_contribution_due(const struct programme_plan *plan, lanes clock, lanes production)
{
    return (flags)(production < 0.0) | (flags)(clock < plan->needed_until - PROGRAMME_SLACK);
}

/* ---- strength.c: where plan->strong; part of the clock's step ---- */
void programme_strength_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn);
/* Where plan->each: a partner's own. */
void programme_strength_own(const struct programme_plan *plan, int partner, enum programme_strength k, const lanes *drawn,
                            lanes *restrict strength);
/* A strength as kernels read it; `one` holds 1, for where no strength is kept. */
LANE_FUNCTION struct parameter programme_strength(const struct programme_block *block, enum programme_strength k, const lanes *one)
{
    return block->strength[k] ? (struct parameter){block->strength[k], ~(size_t)0} : (struct parameter){one, 0};
}

/* ---- late.c: where plan->tardy ---- */
void programme_late_begin(struct programme_block *block);
/* Time since its clock began. */
void programme_late_clock(const struct programme_plan *plan, struct programme_block *block);
/* Multiplies what a partner wants by what being late leaves of it. */
void programme_late_step(const struct programme_plan *plan, const struct programme_block *block, const struct programme_block *own,
                         int partner, const lanes *drawn, int step, lanes *restrict factor);
/* Years that something is late that took so many years, `due` steps by plan; both are whole steps. */
LANE_FUNCTION lanes programme_late_years(lanes years, double due, double years_per_step)
{
    return most(whole(years * (1.0 / years_per_step) + 0.5) - due, all_lanes(0.0)) * years_per_step;
}

/* ---- due.c, achieve.c: parts of programme_plan_init ---- */
/* Sets when its products are due, and whether lateness costs; once more where they wait for `own` programmes, or are those of
   `before`. */
void programme_due_plan(struct programme_plan *plan, const struct programme_plan own[], const int own_runs[],
                        const struct programme_plan *before);
/* Sets plan->saving and plan->achieves. */
void programme_achieve_plan(struct programme_plan *plan);
/* Share of the cost to achieve that falls between two ages of production, years. */
LANE_FUNCTION lanes programme_achieve_part(const struct programme_config *config, lanes from, lanes to)
{
    const lanes zero = all_lanes(0.0), all = all_lanes(config->ramp_years > 0.0 ? config->ramp_years : 1.0);
    return (least(most(to, zero), all) - least(most(from, zero), all)) / all;
}

/* ---- brand.c ---- */
/* Where plan->cannibal of the partner: what its other products lose by all that is made comes off its margin. On the grid. */
void programme_brand_lose(const struct programme_plan *plan, int partner, const struct programme_block *block, const lanes *drawn,
                          int step, lanes *restrict margin);

/* ---- price.c: where plan->passes; parts of the steps above ---- */
void programme_price_begin(const struct programme_plan *plan, struct programme_block *block);
/* Prices follow the duty of the step. */
void programme_price_step(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn,
                          const struct market_block *market, int step);
/* Where plan->follows: what is wanted at that price against that of rivals. */
void programme_price_react(const struct programme_plan *plan, const struct programme_block *block, int partner, int region,
                           const lanes *drawn, const struct market_block *market, int step, lanes *restrict wanted);
/* Price over that at the duty of the start, `change` of which is felt so far. No price falls to nothing. */
LANE_FUNCTION lanes programme_price_of(lanes customs_share, lanes first, lanes lasting, lanes change, lanes felt)
{
    return most(1.0 + customs_share * (first * change + (lasting - first) * felt), all_lanes(0.01));
}
/* Volume over that at equal prices; `own`, `rivals` as programme_price_of has them. */
LANE_FUNCTION lanes programme_price_volume(lanes own, lanes rivals, lanes exposed, lanes elasticity)
{
    return exp_lanes(elasticity * (log_lanes(1.0 + exposed * (rivals - 1.0)) - log_lanes(own)));
}

/* ---- localise.c: where the plan localises; parts of the steps above ---- */
void programme_localise_begin(const struct programme_plan *plan, struct programme_block *block);
/* What of the step's volume is made in the region where it is sold. */
void programme_localise_make(const struct programme_plan *plan, struct programme_block *block);
/* What that costs: unit_cost becomes the mean of both plants. */
void programme_localise_price(const struct programme_plan *plan, struct programme_block *block, const lanes *drawn);
void programme_localise_age(const struct programme_plan *plan, struct programme_block *block);
/* 1 where what it sells in its region is made there. */
LANE_FUNCTION flags programme_localise_on(const struct programme_plan *plan, const struct programme_block *block, size_t i)
{
    return (flags)(block->localised[i] >= plan->config->localise.years - PROGRAMME_SLACK) & (flags)(block->localised[i] >= 0.0);
}
/* {volume} of `made` that a support for plants in a region (-1: everywhere) is paid for, `local` of it made in the other plant. */
LANE_FUNCTION lanes programme_supported(const struct programme_plan *plan, int region, lanes made, lanes local)
{
    if (region < 0) return made;
    lanes units = all_lanes(0.0);
    if (region == plan->config->site) units += made - local;
    if (region == plan->config->localise.to) units += local;
    return units;
}
/* A plant of the programme stands, or may stand, where such a support is paid. */
LANE_FUNCTION int programme_reaches(const struct programme_plan *plan, int region)
{
    return region < 0 || region == plan->config->site || (plan->localises && region == plan->config->localise.to);
}
/* 1 if some programme of the deal can localise: then decision/ must act. */
int programme_deal_localises(const struct programme_deal *deal, int partners);

/* Experience grows by what was made; called last. */
void programme_experience_step(const struct programme_plan *plan, struct programme_block *block);

/* ---- What a partner makes of its units, in every arm (docs/model.md, 4.6, 4.7, 5.1) ------------------------------------ */

/* Price that a partner receives for a unit sold in a region, in the deal's currency. */
struct programme_price {
    struct parameter price, level, fx;
};
LANE_FUNCTION lanes programme_price_at(const struct programme_price *p, size_t i)
{
    return at(p->price, i) * at(p->level, i) * at(p->fx, i);
}

struct programme_sale {
    const lanes *unit_price; /* M{currency}/{volume} that the partner pays for a unit: transfer price, or unit cost alone */
    const lanes *sells;      /* 1 where it sells in the step: then it has its fixed cost */
    int plant;               /* 1: the programme's fixed cost is the partner's */
    int by_cost;             /* 1: the price holds what a second plant adds to unit cost */
};
/* Where the partner sells: the programme is in production, so is its own (NULL: none), and it is served. 0 or 1. */
void programme_sells(const struct programme_block *block, const struct programme_block *own, struct parameter served,
                     lanes *restrict sells);
/* M{currency} in the step: revenue; margin = revenue - unit costs - fixed cost; duty, paid; the last two on the grid. */
void programme_sale_step(const struct programme_plan *plan, int partner, const struct programme_block *block,
                         const struct programme_sale *sale, const struct market_block *market, const lanes *drawn, int step,
                         lanes *restrict revenue, lanes *restrict margin, lanes *restrict duty);
/* M{currency} of support in the step for all that a programme of one partner makes; on the grid. */
void programme_support_step(const struct programme_plan *plan, const struct programme_block *block,
                            const struct market_block *market, int step, lanes *restrict taxed, lanes *restrict untaxed);
#endif
