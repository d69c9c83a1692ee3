/* decision/outlook.h - what partners expect at the start of a step: levels of the market given what they know, volumes and prices
   on annual nodes. It sees no column beyond step n - 1. docs/model.md (7.3). Private to decision/. */
#ifndef PACTOLUS_DECISION_OUTLOOK_H
#define PACTOLUS_DECISION_OUTLOOK_H
#include "decision/grid.h"
#include "decision/known.h"
#include "decision/timing.h"

struct outlook {
    lanes one;
    lanes level[MARKET_FACTORS][OUTLOOK_NODES];   /* expected, by factor that moves */
    /* of partners that sell what the venture makes (venture->seller); the others' are not set */
    lanes want[PARAM_PARTNERS][OUTLOOK_NODES];    /* {volume} in the node */
    lanes planned[PARAM_PARTNERS][OUTLOOK_NODES];
    lanes revenue[PARAM_PARTNERS][OUTLOOK_NODES]; /* M{currency}, if all that is wanted is made */
    lanes duty[PARAM_PARTNERS][OUTLOOK_NODES];    /* sum over regions of rate x volume, from the venture's site; where `pays_duty` */
    lanes own_unit[PARAM_PARTNERS][OUTLOOK_NODES], own_fixed[PARAM_PARTNERS][OUTLOOK_NODES]; /* where `own_costs` */
    lanes paying[OUTLOOK_NODES];                  /* steps in which what is agreed is paid: while it makes, until the term ends */
    lanes producing[OUTLOOK_NODES];               /* share of the node in which the venture makes */
    /* of the venture in a node, whoever is in it: M{currency}/{volume} of each component at scale 1 without learning, commonality,
       support for a unit (taxed, not), M{currency} of fixed cost, of coordination for one interface at today's practice */
    lanes material[OUTLOOK_NODES], conversion[OUTLOOK_NODES], common[OUTLOOK_NODES], taxed[OUTLOOK_NODES], untaxed[OUTLOOK_NODES],
        fixed[OUTLOOK_NODES], coordination[OUTLOOK_NODES];
    /* where the venture localises: share of what a partner wants that is made in its second plant, unit cost of all over that at
       the site, support for a unit made there less that for one made at the site */
    lanes local[PARAM_PARTNERS][OUTLOOK_NODES], local_cost[PARAM_PARTNERS][OUTLOOK_NODES];
    lanes local_taxed[OUTLOOK_NODES], local_untaxed[OUTLOOK_NODES];
    /* where the venture must succeed, develops or needs contributions: its clock ahead, and when production may start; `later`: without
       a leaver's, from the settlement on */
    struct timing timing, later;
    struct timing_start starts;
    /* where an adverse event can end it: chance that it runs in the node, that it ends at its start, that it runs at the settlement and
       at the horizon */
    lanes alive[OUTLOOK_NODES], falls[OUTLOOK_NODES], alive_settle, alive_end;
    int pays_duty[PARAM_PARTNERS], own_costs[PARAM_PARTNERS];
    /* cost multipliers of the venture, of what is made in the node, and of its capital spending, made or not; where it is strong */
    lanes strength[STRENGTHS][OUTLOOK_NODES], build[OUTLOOK_NODES];
    struct known_felt felt;                       /* what prices feel of duties at the settlement, where the venture's follow them */
    lanes use[2];                                 /* chance of another use now, at the settlement */
    lanes start;                                  /* years of production of the venture now; before it, minus the years to it */
    lanes age[PARAM_PARTNERS];                    /* years of sales of the partner now; before them, minus the years to them */
};
void decision_outlook_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o);
/* The same if a partner left at the settlement and took its contributions along: where the venture needs any. Right from there on. */
void decision_outlook_without(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                              int leaver, struct outlook *o);
/* Years of sales of a partner's product now, before them minus the years to them, if production starts at one of o->starts. */
lanes decision_outlook_age(const struct decision_plan *plan, const struct known *known, const struct outlook *o, int p, int start);

/* With a success to come: the share of a node in which the venture makes, in the mean of its starts; returns what the ramp is of it, at
   the node's middle less half a step. */
lanes decision_outlook_ramp(const struct decision_plan *plan, const struct outlook *o, const struct outlook_node *node, lanes *made);

/* ---- volume.c ---- */
/* Share of a node in which the product of partner p sells. */
lanes decision_volume_selling(const struct decision_plan *plan, const struct known *known, const struct outlook *o, int p,
                              const struct outlook_node *node);
/* Of partner p, whose age and the starts are set: want, planned, revenue, duty, own costs; with a second plant what is made there. */
void decision_volume_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p,
                          struct outlook *o);
/* Own costs of those that take no units: where plan->some_bear. */
void decision_volume_bear(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o);
/* ---- contribution.c: where the venture needs contributions ---- */
/* Its clock ahead at today's gap; `leaver` -1: nobody leaves. */
void decision_contribution_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                                int leaver, struct outlook *o);

/* An adverse event can end the programme. */
LANE_FUNCTION int outlook_perishes(const struct programme_plan *programme)
{
    return programme->adverse && programme->config->progress.adverse_ends;
}
/* Chance that it runs in steps [first, end) from now, in the mean, or that the event falls in one of them; the one that begins is certain. */
LANE_FUNCTION lanes outlook_alive(lanes hazard, int first, int end)
{
    return exp_lanes(-hazard * (0.5 * (double)(first + end - 1)));
}
LANE_FUNCTION lanes outlook_falls(lanes hazard, int first, int end)
{
    return exp_lanes(-hazard * (double)(first ? first - 1 : 0)) - exp_lanes(-hazard * (double)(end - 1));
}
LANE_FUNCTION lanes outlook_between(lanes x, double low, double high)
{
    return least(most(x, all_lanes(low)), all_lanes(high));
}
/* Expected levels of a factor, to be read by at(levels, node); 1 where it never moves. */
LANE_FUNCTION struct parameter outlook_levels(const struct outlook *o, const struct market_plan *market, enum market_kind kind,
                                              int member)
{
    const int slot = market->slot[kind][member];
    if (slot < 0) return (struct parameter){&o->one, 0};
    return (struct parameter){o->level[slot], ~(size_t)0};
}
/* 1 + sum of share (price - 1) over the inputs that move: rest + sum of share x price. */
struct outlook_basket {
    int inputs, slot[PARAM_INPUTS];
    lanes share[PARAM_INPUTS], rest;
};
void decision_outlook_basket(const struct market_plan *market, const struct param_number share[], const struct known *known,
                             struct outlook_basket *basket);
LANE_FUNCTION lanes outlook_basket_price(const struct outlook_basket *basket, const struct outlook *o, int node)
{
    lanes price = basket->rest;
    for (int k = 0; k < basket->inputs; k++) price = fused(basket->share[k], o->level[basket->slot[k]][node], price);
    return price;
}
/* The same where it is needed once. */
lanes decision_outlook_inputs(const struct market_plan *market, const struct param_number share[], const struct known *known,
                              const struct outlook *o, int node);
/* A list by year, ready to be added up. */
struct outlook_list {
    int years;
    lanes item[PARAM_YEARS];
};
LANE_FUNCTION void outlook_list_read(const struct param_list *list, const struct known *known, struct outlook_list *read)
{
    read->years = list->count;
    for (int year = 0; year < list->count; year++) read->item[year] = known_number(known, list->item[year]);
}
/* What it adds up to from 0 to `years`, its last value holding after its end. */
LANE_FUNCTION lanes outlook_list_sum(const struct outlook_list *list, lanes years)
{
    const lanes zero = all_lanes(0.0), one = all_lanes(1.0);
    lanes sum = zero;
    for (int year = 0; year + 1 < list->years; year++) {
        sum = fused(list->item[year], least(most(years - (double)year, zero), one), sum);
    }
    const int last = list->years - 1;
    return last < 0 ? sum : fused(list->item[last], most(years - (double)last, zero), sum);
}
/* ---- shock.c: where market->shocked ---- */
/* Share of a factor's level, as it is known, that shocks have left; 1 at the signing. */
lanes decision_shock_known(const struct market_plan *market, const struct known *known, int f);
/* Multiplies the expected levels by what shocks are expected to leave of them. */
void decision_shock_expect(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                           struct outlook *o);
/* Expected mean rate of a corridor in the nodes [from, nodes). Returns 0 where it is free of duty for ever, and `rate` is not set. */
int decision_outlook_duty(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int origin,
                          int destination, int from, lanes rate[]);
/* Support for one unit made at `site` in the nodes [from, nodes): taxed and untaxed. */
void decision_outlook_support(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int site,
                              int from, lanes taxed[], lanes untaxed[]);
/* ---- brand.c ---- */
/* Commonality lowers prices: where plan->venture->brands. */
void decision_brand_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o);

/* ---- strength.c ---- */
/* A programme's strength as it has it from its partner, its lead or the best, without loss; and the multiplier of its capital spending. */
lanes decision_strength_of(const struct known *known, const struct programme_plan *programme, enum programme_strength k);
lanes decision_strength_capex(const struct known *known, const struct programme_plan *programme);
/* Those of the venture along the nodes. */
void decision_strength_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o);

/* ---- price.c: a price that follows a duty, along the nodes ---- */
struct outlook_price {
    lanes customs_share, first, lasting, elasticity, exposed;
    lanes own, rivals;  /* change of duty that is felt at the start of the next node */
    double start, left; /* duty of the start; of what is not felt yet, what a step leaves */
    int elastic;
};
void decision_price_read(const struct known *known, const struct programme_plan *programme, int partner,
                         int region, lanes own, lanes rivals, struct outlook_price *price);
/* Mean price over that of the start in a node, and volume over that at equal prices; goes on to the next node. `duty`: expected, that
   rivals pay; `own`: that the partner pays. */
void decision_price_node(struct outlook_price *price, const struct outlook_node *node, lanes duty, lanes own, lanes *factor, lanes *volume);

/* ---- localise.c: of a programme that localises ---- */
/* Share of a node's sales in localise.to that is made there, by the years since it was decided (-1: never); `age`: years of sales
   now, before them minus the years to them. */
lanes decision_localise_share(const struct decision_plan *plan, const struct programme_plan *programme, lanes localised, lanes age,
                              const struct outlook_node *node);
/* From {volume} made there in a node to its share of `want` and to what it does to unit cost; `by_cost`: duty counts on the cost at
   the site, of what is priced by cost. */
void decision_localise_cost(const struct known *known, const struct programme_plan *programme, int by_cost, lanes want, lanes *local,
                            lanes *cost, lanes *duty);
/* Support for a unit made there less that for one made at the site. */
void decision_localise_support(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                               const struct programme_plan *programme, int from, lanes taxed[], lanes untaxed[]);
/* What variety of models multiplies unit cost by, docs/model.md (4.4), when the number of variants has grown by `growth`; 1 without
   `complexity`. */
lanes decision_outlook_variety(const struct programme_config *config, const struct known *known, double growth);
/* 1 where it grows, so that every node has its own. */
static inline int decision_outlook_fragments(const struct decision_plan *plan, const struct programme_config *config)
{
    const double rate = plan->market->config->fragmentation;
    return (rate < 0.0 || rate > 0.0) && number_differs(config->complexity, 0.0);
}
/* Share of the time to production that a programme has done: what is learnt of overrun and delay. */
lanes decision_outlook_progress(const struct programme_plan *programme, const struct known_clock *clock);
/* The delay that is believed then. */
lanes decision_outlook_delay(const struct known *known, const struct programme_plan *programme, lanes progress);
/* What lateness leaves of what the venture's product of a partner sells, docs/model.md (4.3): by its years of sales now, before
   them minus the years to them. Where it is tardy. */
LANE_FUNCTION lanes outlook_late(const struct decision_plan *plan, const struct known *known, int p, lanes age)
{
    const double d = plan->years_per_step;
    lanes late = programme_late_years((double)known->n * d - age, plan->venture->due_sale[p], d);
    return exp_lanes(-known_number(known, plan->venture->config->late_penalty) * late);
}
/* The venture's clock from now on; where it needs contributions, as they let it. */
void decision_outlook_timing(const struct decision_plan *plan, const struct known *known, const struct outlook *o, struct timing *timing);
/* Years of production of a programme at the start of the step; before it, minus the expected years to it. */
lanes decision_outlook_years(const struct decision_plan *plan, const struct known *known, const struct programme_plan *programme,
                             const struct known_clock *clock);
#endif
