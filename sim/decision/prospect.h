/* decision/prospect.h - what going on, and what an exit, is worth to each partner, by the outlook of one moment. docs/model.md
   (7.3). Private to decision/. */
#ifndef PACTOLUS_DECISION_PROSPECT_H
#define PACTOLUS_DECISION_PROSPECT_H
#include "decision/outlook.h"

/* Millions of the currency, present values at the middle of step n after tax; of the paths of one look. */
struct prospect {
    lanes stay[PARAM_PARTNERS];    /* nobody ever leaves */
    lanes before[PARAM_PARTNERS];  /* of it, what falls before the settlement if notice is given now */
    lanes remain[PARAM_PARTNERS][PARAM_PARTNERS]; /* leaver, partner: the venture without the leaver, from the settlement on */
    lanes after[PARAM_PARTNERS];   /* a partner's own way from the settlement on, with know-how, supply and licence, without price
                                      and fees */
    lanes alone[PARAM_PARTNERS];   /* the same where the venture is wound up, which neither supplies nor licenses */
    lanes licence[PARAM_PARTNERS][OUTLOOK_NODES]; /* M{currency} that a leaver pays the owners by node */
    lanes book[PARAM_PARTNERS];    /* of the venture, at the settlement */
    lanes shield[PARAM_PARTNERS];  /* of 1 that enters the book at the settlement */
    lanes alive;                   /* chance that no adverse event has ended the venture by the settlement */
    lanes use;                     /* chance of another use of the plant at the settlement */
};
/* The venture along the nodes, with those who are in it. */
struct course {
    struct course_partner {
        lanes in, equity;
        lanes supplied; /* years from now until which a partner that left takes units */
        lanes book, own_book, loss, made, own_clock, paid, missed, grants, know_how, value;
    } of[PARAM_PARTNERS];
    lanes pooled, clock;
    lanes balance; /* of the loan; where the contract has one */
    lanes owing[TIMING_STARTS]; /* the same by when production starts; where the venture must succeed besides */
    lanes lent[PARAM_PARTNERS][PARAM_PARTNERS]; /* for missed calls; where the contract has it */
};
/* What the venture makes along the nodes. */
struct making {
    lanes share[PARAM_PARTNERS][OUTLOOK_NODES]; /* of what a partner wants that is made */
    lanes made[PARAM_PARTNERS][OUTLOOK_NODES], total[OUTLOOK_NODES], unit[PARAM_PARTNERS][OUTLOOK_NODES];
    lanes outside[OUTLOOK_NODES], outside_unit[OUTLOOK_NODES]; /* for outside customers, where the plan redirects */
    int some[OUTLOOK_NODES];                    /* somebody takes units; else only `total` is set, to 0 */
};
struct course_view { /* what stays the same along it */
    const struct decision_plan *plan;
    const struct known *k;
    const struct outlook_grid *grid;
    const struct outlook *o;
};
/* One look: what is known, the outlook, and what follows from it. */
struct look {
    struct course_view c; /* points into this struct */
    struct known known;   /* gathered by the caller */
    struct outlook outlook;
    struct making making, rest; /* if all stay; scratch: without a leaver */
    struct course settled; /* as it stands at the settlement */
    struct prospect prospect;
};
/* Staying, and what each partner would have on its own: all that a wish to leave needs. */
void decision_prospect_make(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look);
/* The same, and the sum over the owners of staying. */
lanes decision_prospect_owners(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look);
/* What an investment beside the plan, paid by equity in this step, costs the owners, scarce capital included; it enters their books. */
lanes decision_prospect_invest(const struct decision_plan *plan, struct known *known, lanes amount);
/* What a settlement on the day needs: all but staying. */
void decision_prospect_settle(const struct decision_plan *plan, const struct outlook_grid *grid, struct look *look);
/* What each has on its own if the venture is wound up: prospect.alone. Made where a sole owner looks, or an exit ends the venture;
   else before leave and price. */
void decision_prospect_alone(struct look *look);
/* What the others would have without `leaver`: prospect.remain[leaver]. Needed where somebody wants to leave. */
void decision_prospect_exit(struct look *look, int leaver);
/* Present value of 1 of book at the settlement: its shields, and what is left at the horizon. */
lanes decision_prospect_shield(const struct course_view *c, int p);
/* ---- settlement.c: what an exit comes to ---- */
/* After-tax value now of 1 agreed now, in the form of the contract: once, or in every step of production until the term. */
lanes decision_settlement_weight(const struct look *look, int p);
/* What `leaver` has if it gives notice now and the others buy at the claim: the most that it can hope for. */
lanes decision_settlement_wish(const struct look *look, int leaver);
/* What each partner has then, by the rule of the settlement at expected values. */
void decision_settlement_leave(struct look *look, int leaver, lanes value[PARAM_PARTNERS]);
/* At a settlement now, as recovery and use turn out: the price of the leaver's book, SETTLEMENT_ENDS where the others would rather end it.
   A book below 0, where grants came before the spending, has a price below 0. */
#define SETTLEMENT_ENDS (-LANES_MATH_INFINITY)
lanes decision_settlement_price(struct look *look, int leaver);
/* What an owner has at the start of a node: its books, equity, grants so far, what others owe it for missed calls. */
struct course_end {
    lanes book, equity, grants, owed;
};
/* After-tax worth, in a node, of an owner's book if the venture is wound up at the node's start, less what that costs and what falls due
   with it; and the price that a stranger pays. */
lanes decision_settlement_quit(const struct course_view *c, const struct course_end *end, int p, int k, lanes *paid);
/* What a stranger pays for an owner's book now. M{currency}. */
lanes decision_settlement_stranger(const struct decision_plan *plan, const struct known *known, int owner);
/* A partner's part among those who stay when one leaves; and of the price at the settlement in `step`, all of which the giver of a
   put pays. */
lanes decision_settlement_part(const struct decision_plan *plan, const struct known *known, int leaver, int p);
lanes decision_settlement_buys(const struct decision_plan *plan, const struct known *known, int leaver, int p, int step);
/* ---- course.c ---- */
void decision_course_begin(const struct course_view *c, struct course *course);
/* Of the partners that there are: a course has room for many. */
void decision_course_copy(const struct course_view *c, const struct course *course, struct course *copy);
/* What volumes leave at the settlement: experience, and who is in. decision_course_earn sets the rest. */
void decision_course_settle(const struct course_view *c, const struct course *course, struct course *settled);
/* Volumes and unit costs of the nodes [from, to); experience goes on to the end of them. */
void decision_making_run(const struct course_view *c, struct course *course, int from, int to, struct making *making);
/* Adds the flows of the nodes [from, to) to the values; at the last node the terminal values too. `settled` not NULL: gets all but
   experience as it stands at the settlement. `licence` not NULL: what one that has left pays the owners, M{currency} by node. */
void decision_course_earn(const struct course_view *c, struct course *course, const struct making *making, int from, int to,
                          const lanes *licence, struct course *settled);
/* After-tax worth of payments that hang on gates before the settlement, which a notice given now would stop. */
void decision_flow_tranches(const struct course_view *c, lanes worth[PARAM_PARTNERS]);
/* What `leaver` earns from the settlement to node `to` on units that the venture still makes for it. */
lanes decision_course_supplied(const struct course_view *c, const struct course *settled, const struct making *making, int leaver, int to);
/* Takes `leaver` out of a course, from the settlement on. */
void decision_course_leave(const struct course_view *c, struct course *course, int leaver);

/* A partner on its own from node `from` on, with a programme that begins there (or none) and what its other books still give.
   `licence` not NULL: the venture goes on, supplies it and takes its licence, M{currency} by node; NULL: it is wound up. */
lanes decision_lone_value(const struct course_view *c, const struct course *at_settlement, int p, int from, lanes *licence);
/* A partner's stand-alone programme from now on, and the price and after-tax value of stopping it now. */
void decision_lone_stop(const struct course_view *c, int p, lanes *going_on, lanes *price, lanes *closing, lanes *stopping);
/* What the stand-alone programme, and that of a partner that has left, is worth from now on: with a second plant that was decided
   on so many years ago (-1: never), `spent` of which falls into this step. */
lanes decision_lone_alone(const struct course_view *c, int p, lanes localised, lanes spent);
lanes decision_lone_after(const struct course_view *c, int p, lanes localised, lanes spent);
/* Programme year at which the plan of an `after` programme has spent what know-how worth `saved` saves. */
lanes decision_lone_head_start(const struct decision_plan *plan, const struct known *known, int p, lanes saved);

/* Years of tax, book and discount in one node: adds `income` less depreciation less tax to the value. */
struct course_account {
    double tax_rate;
    int losses; /* enum value_losses */
    double discount;
};
LANE_FUNCTION lanes course_depreciate(lanes *book, lanes invested, const struct outlook_node *node)
{
    lanes total = *book + invested;
    *book = fused(invested, all_lanes(node->spared), total * node->kept);
    return total - *book;
}
LANE_FUNCTION lanes course_tax(const struct course_account *account, lanes taxable, lanes *loss)
{
    if (account->losses == LOSSES_CARRY_FORWARD) {
        lanes y = taxable - *loss, zero = all_lanes(0.0);
        *loss = most(-y, zero);
        taxable = most(y, zero);
    }
    return account->tax_rate * taxable;
}
/* Book sold at the horizon: X less the tax on X - K, X = multiple x K; docs/model.md (1.3). */
LANE_FUNCTION lanes course_terminal(const struct course_account *account, lanes book, lanes multiple, lanes *loss)
{
    lanes price = multiple * book;
    return price - course_tax(account, price - book, loss);
}

/* Contract terms of a course, the same in all its nodes. */
struct course_trade { /* by unit cost or price, of a partner that takes units */
    const lanes *price;             /* transfer price by node where it is indexed, else NULL: unit cost x markup */
    lanes markup, pays;             /* transfer price; what it pays */
    lanes dutiable;                 /* customs value */
    lanes shortfall, least_share;   /* of take-or-pay */
};
struct course_terms {
    struct course_trade trade[PARAM_PARTNERS];
    lanes support[PARAM_PARTNERS];  /* share of it, where the rule is not use */
    lanes agreed[PARAM_PARTNERS];   /* M{currency} a step, + received */
    lanes interfaces;               /* between owners */
    lanes price[OUTLOOK_NODES];     /* where it is indexed */
};
/* Share of a node in which the venture makes for a partner: an owner always, one that left while it is supplied. */
LANE_FUNCTION lanes course_served(const struct course_view *c, const struct course *s, int p, int k)
{
    const struct outlook_node *node = &c->grid->node[k];
    if (!(c->plan->supply_years > 0.0)) return s->of[p].in;
    return most(s->of[p].in, outlook_between((s->of[p].supplied - node->from) / node->years, 0.0, 1.0));
}
/* Makes the shares of those who are in add to 1; by equity where they add to 0. */
void decision_capital_scale(const struct course_view *c, const struct course *course, lanes share[PARAM_PARTNERS]);
/* What a plan of spending or grants by year has between two times of the programme's clock; at the prices of the start. */
lanes decision_capital_spent(const struct course_view *c, const struct param_list *list, lanes from, lanes to);
/* Calls of capital along nodes: what is the same in all of them. */
struct capital_call {
    int years, by_year; /* of the plan of spending; shares go by its years */
    lanes delay, overrun, share[PARAM_PARTNERS];
    lanes missed[PARAM_PARTNERS], covered[PARAM_PARTNERS]; /* of the last node, where calls may be missed */
    lanes worth[PARAM_PARTNERS];                           /* of a call in it, where plan->uneven */
    struct outlook_basket basket;
    struct timing timing; /* where the venture has gates */
};
/* Something is still to be spent on some path from node k on. */
int decision_capital_open(const struct course_view *c, const struct course *course, int k);
void decision_capital_read(const struct course_view *c, const struct course *course, struct capital_call *call);
/* What each partner pays into the venture in a node, net of grants; *gross: the whole spending. */
void decision_capital_call(const struct course_view *c, struct course *course, struct capital_call *call, int k, lanes net[], lanes *gross);
/* Premium on a partner's capital, 0 where it has none. */
LANE_FUNCTION lanes course_premium(const struct course_view *c, int p)
{
    return c->plan->contract->scarce[p] ? known_number(c->k, c->plan->contract->config->premium[p]) : all_lanes(0.0);
}
/* ---- transfer.c: where the transfer price is indexed ---- */
void decision_transfer_run(const struct course_view *c, lanes price[]);
/* ---- fee.c ---- */
/* What a fee by contract year comes to in a node. M{currency}. */
lanes decision_fee_paid(const struct course_view *c, const struct param_list *plan, int k);
/* Shares of fixed cost in a node, where the contract splits it. */
void decision_fee_shares(const struct course_view *c, const struct course *course, int k, lanes share[PARAM_PARTNERS]);
/* ---- call.c: where partners may miss calls ---- */
/* What they cannot pay is paid by others: `called` changes, `call` gets what was missed and covered. */
void decision_call_fund(const struct course_view *c, const struct course *course, struct capital_call *call, lanes called[]);
/* The shares that follow. */
void decision_call_dilute(const struct course_view *c, struct course *course, const struct capital_call *call);
/* Loans for missed calls in a node, `profit`: their parts of the venture's: M{currency} received by partner. */
void decision_call_repay(const struct course_view *c, struct course *course, const lanes missed[], const lanes covered[],
                         const lanes profit[], int k, lanes received[]);
/* M{currency} before tax that p receives when it settles with q, or with all (q -1), in the step of the settlement. */
lanes decision_call_settle(const struct course_view *c, const struct course *course, int p, int q);
/* What each owner pays of the venture's development and standing cost in a node. */
void decision_capital_develop(const struct course_view *c, const struct course *course, int k, lanes paid[PARAM_PARTNERS]);
/* A partner's own programme beside the venture, while it is in: spending net of grants; *gross before them. */
lanes decision_capital_own(const struct course_view *c, struct course *course, int p, int k, lanes *gross);

/* Scale along the nodes: G of a programme, docs/model.md (4.4), at what each of them makes a year; where experience is frozen G is too, at
   what the first producing one makes. */
struct course_scale {
    int moves; /* some exponent is not 0; else G is 1 */
    int frozen;
    int exponents[2]; /* of material, of conversion: not 0 */
    lanes exponent[2], per_volume, least_share;
};
struct course_scaled { /* of the last node */
    lanes volume, material, conversion;
};
LANE_FUNCTION void course_scale_read(const struct course_view *c, const struct programme_config *config, struct course_scale *scale)
{
    const struct known *known = c->k;
    const struct param_number exponent[2] = {config->material.scale_exponent, config->conversion.scale_exponent};
    for (int k = 0; k < 2; k++) scale->exponents[k] = number_differs(exponent[k], 0.0);
    scale->moves = scale->exponents[0] || scale->exponents[1];
    scale->frozen = c->plan->config->experience == EXPERIENCE_FROZEN;
    for (int k = 0; k < 2; k++) scale->exponent[k] = -known_number(known, exponent[k]);
    scale->per_volume = 1.0 / known_number(known, config->reference_volume);
    scale->least_share = known_number(known, config->least_volume);
}
LANE_FUNCTION void course_scale_begin(struct course_scaled *scaled)
{
    scaled->volume = all_lanes(-1.0);
    scaled->material = scaled->conversion = all_lanes(1.0);
}
/* At a volume a year, of a node in which it makes for so many `years`; nothing is done where it is that of the last node. Where the scale
   moves. */
LANE_FUNCTION void course_scale_at(const struct course_scale *scale, lanes volume, lanes years, struct course_scaled *scaled)
{
    if (scale->frozen) volume = choose((flags)(scaled->volume >= 0.0) | (flags)(years <= 0.0), scaled->volume, volume);
    if (!any((flags)(volume != scaled->volume))) return;
    scaled->volume = volume;
    lanes log_volume = log_lanes(most(volume * scale->per_volume, scale->least_share));
    if (scale->exponents[0]) scaled->material = exp_lanes(scale->exponent[0] * log_volume);
    if (scale->exponents[1]) scaled->conversion = exp_lanes(scale->exponent[1] * log_volume);
}

/* ---- debt.c: where the contract has a loan ---- */
/* What it saves in node k over the market's loan, before tax, M{currency}; `invested`: spending net of grants. Moves the balance on. */
lanes decision_debt_saves(const struct course_view *c, struct course *course, int k, lanes invested);
/* The balance as a known one, and copied. */
void decision_debt_begin(const struct course_view *c, struct course *course);
void decision_debt_copy(const struct course_view *c, const struct course *course, struct course *copy);
/* ---- brand.c: where plan->cannibal ---- */
/* M{currency} that the other products of partner p lose by a unit of partner j's, at the prices of the start. */
lanes decision_brand_unit(const struct course_view *c, int p, int j);
/* By all that the venture makes in a node; `but`: without that partner's units, -1: with all. */
lanes decision_brand_lost(const struct course_view *c, const struct making *making, int p, int but, int k);

/* ---- redirect.c: where the plan redirects ---- */
/* {volume} that a redirected plant makes for outside customers in `years` of production, beside `made` for the partners. */
lanes decision_redirect_units(const struct course_view *c, lanes made, lanes years);
/* What they bring the owners in a node. M{currency}. */
lanes decision_redirect_profit(const struct course_view *c, const struct making *making, int k);
#endif
