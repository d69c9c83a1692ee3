/* contract/contract.h - who pays and who gets. Equations: docs/model.md, 5 and 6. */
#ifndef PACTOLUS_CONTRACT_CONTRACT_H
#define PACTOLUS_CONTRACT_CONTRACT_H
#include "contract/ledger.h"
#include "programme/programme.h"

#define CONTRACT_NO_CAP 1e9 /* M{currency}: the neutral cap and funding limit, never reached */

enum contract_share_rule { SHARE_EQUITY, SHARE_FIXED, SHARE_USE };

struct contract_capex_config {
    int rule;                                 /* enum contract_share_rule */
    struct param_list share[PARAM_PARTNERS];  /* SHARE_FIXED: by programme year, the last holds; renormalised */
    int overrun_lead;                         /* partner that bears what exceeds the plan, -1: shared */
    struct param_number cap[PARAM_PARTNERS];  /* M{currency}, paid at most in all; the others take the rest by equity */
};

struct contract_royalty_config { /* from a payer to a receiver */
    struct param_number per_unit;   /* M{currency}/{volume} */
    struct param_number of_revenue; /* share of the payer's revenue */
    struct param_number minimum;    /* M{currency} a contract year of production */
};

struct contract_take_or_pay_config {
    struct param_number least_share;   /* of the plan of a contract year */
    struct param_number shortfall_fee; /* share of the transfer price */
};

struct contract_coordination_config {
    struct param_number interface_cost; /* M{currency}/year for one interface and workstream */
    struct param_number workstreams;
    struct param_number annual_fall;    /* share saved a year by practice */
    struct param_number intensity;      /* of governance, [0,1] */
    struct param_number intensity_cost; /* share added at intensity 1 */
    struct param_number deadlock_cost;  /* M{currency}/year while a deadlock lasts */
};

struct contract_departure_config { /* what binds a partner that has left */
    double supply_years;                  /* the venture goes on making for it */
    struct param_number supply_markup;    /* on the transfer price, to the owners */
    double licence_years;
    struct param_number licence_per_unit; /* M{currency}/{volume} of its own programme, to the owners */
};

enum contract_missed_call { MISSED_DILUTE, MISSED_LOAN };
enum contract_dilution { DILUTION_CREDIT, DILUTION_CUT };

/* What follows where a partner cannot pay a call; docs/model.md (5.10). */
struct contract_call_config {
    struct param_number limit[PARAM_PARTNERS]; /* M{currency} that a partner can put into the venture in all, before grants */
    int missed;                                /* enum contract_missed_call */
    int rule;                                  /* enum contract_dilution */
    struct param_number factor;                /* of what others paid, in the new shares; 1: plain */
    double loan_rate;                          /* 1/year, MISSED_LOAN */
};

/* A loan to the venture. It enters as what it saves, since partners discount at a cost of capital that knows the market's price of
   debt; docs/model.md (5.9). */
struct contract_debt_config {
    struct param_number share;       /* of capital spending net of grants that is drawn; the constant 0: none */
    struct param_number rate;        /* 1/year, of the loan */
    struct param_number market_rate; /* 1/year, of a loan without the lender's favour */
    double years;                    /* of repayment, in equal parts from the start of production */
    int non_recourse;                /* 1: the lender has the proceeds of a winding up and nobody else to ask */
};
enum contract_size_rule { SIZE_FIXED, SIZE_SHARE };

enum contract_price_rule { PRICE_COST_PLUS, PRICE_INDEXED };

/* The transfer price: unit cost and a markup, or a price that follows the market; docs/model.md (5.2). */
struct contract_price_config {
    int rule;                      /* enum contract_price_rule */
    struct param_number price;     /* M{currency}/{volume} at the start */
    int index_region, index_input; /* whose price level it follows, -1: none */
    struct param_number floor, cap; /* M{currency}/{volume} at the start's prices */
};

struct contract_config {
    struct param_number milestone[PARAM_MILESTONES][PARAM_PARTNERS][PARAM_PARTNERS]; /* M{currency} by gate, payer, receiver */
    double equity[PARAM_PARTNERS];
    int apart[PARAM_PARTNERS];                /* 1: no member, alone from the start: deal_members has made its equity 0 */
    int needed[PARAM_PARTNERS];               /* 1: without it there is no venture */
    int size_rule;                            /* enum contract_size_rule: the venture of some of the partners */
    struct contract_capex_config capex;
    struct param_number markup;               /* transfer price = unit cost x (1 + markup) */
    struct contract_royalty_config royalty[PARAM_PARTNERS][PARAM_PARTNERS]; /* payer, receiver */
    struct contract_take_or_pay_config take_or_pay[PARAM_PARTNERS];
    int subsidy_rule;                         /* enum contract_share_rule */
    double subsidy_share[PARAM_PARTNERS];     /* SHARE_FIXED; renormalised */
    struct param_number scope;                /* of the partnership at the start, [0,1] */
    struct contract_coordination_config coordination;
    struct contract_departure_config departure;
    struct param_number preparation;          /* M{currency} spent at signing to align goals, by equity */
    struct contract_debt_config debt;
    struct param_list fee[PARAM_PARTNERS][PARAM_PARTNERS]; /* M{currency}/year by contract year, payer, receiver */
    struct param_list cost_share[PARAM_PARTNERS];          /* of fixed cost by contract year; the last holds; none: equity */
    struct contract_price_config price;
    struct contract_call_config call;
    struct param_number contribution_price[NEEDS]; /* M{currency} for one that is delivered, at the start, from the owners */
    struct param_number premium[PARAM_PARTNERS]; /* imputed cost of 1 of capital, beyond the discount rate */
};

extern const struct param_table contract_tables[];
extern const size_t contract_table_count;

struct contract_royalty { /* one that is on */
    int payer, receiver;
    const struct contract_royalty_config *config;
    int guaranteed; /* there is a minimum */
};

struct contract_fee { /* one that is on */
    int payer, receiver;
    const struct param_list *plan;
};

struct contract_milestone { /* a payment that hangs on a gate */
    int gate, payer, receiver;
    const struct param_number *amount;
};

/* The terms in force in a step: the port of decision/, which writes the columns (and those of contract_block that stand behind the
   cells) at the start of each step; contract and value read it. Where nothing can change (contract_plan.changing 0) it holds
   constant cells, and the columns are NULL. */
struct contract_terms {
    struct parameter in[PARAM_PARTNERS];     /* 1: owner, 0: has left */
    struct parameter equity[PARAM_PARTNERS]; /* adds to 1 over the owners, 0 for those that left; all 0 where wound up */
    struct parameter running;                /* 1: the venture builds and makes, 0: wound up */
    lanes *supplied[PARAM_PARTNERS];         /* 1: has left, and the venture makes for it */
    lanes *licensed[PARAM_PARTNERS];         /* 1: has left, and pays the licence */
    lanes *deadlocked;                       /* 1 in a deadlock */
    lanes *barred;                           /* 1: the last step was one of a notice, in which a gate brings no payment; NULL where
                                                none hangs on a gate */
    lanes *agreed[PARAM_PARTNERS][PARAM_PARTNERS]; /* M{currency} a step from payer to payee, renegotiated; on the grid */
    lanes *due[PARAM_PARTNERS][LINES];       /* M{currency} decided at the start of this step, + received, on the grid; lines
                                                exit, renegotiation, obligations, know_how, debt where it is forgiven; else NULL */
    lanes *outside[LINES];                   /* M{currency}: the part of `due` that does not go to or come from a partner, summed
                                                over partners: costs, claw-back, a stranger's price; of exit, renegotiation,
                                                obligations */
    lanes *sold[PARAM_PARTNERS];             /* M{currency}: book of the venture that the partner sold at the start of this step */
    lanes *bought[PARAM_PARTNERS];           /* M{currency}: price that enters its book */
    lanes *recovered[PARAM_PARTNERS];        /* M{currency}: prices of books received less paid, less grants paid back; NULL where the
                                                partner's capital has no premium */
    lanes *departed[PARAM_PARTNERS];         /* 1: its `after` programme has begun */
    lanes *invested;                         /* M{currency} that the owners spend in this step to redirect the plant; NULL where
                                                nothing redirects */
    /* of some path of the block; 0 spares work */
    int departures;                          /* a partner has left */
    int dues;                                /* in this step: due, outside, sold, bought or invested is not 0 */
    int agreements;                          /* agreed is not 0 */
};

/* Ready for the kernels. */
struct contract_plan {
    const struct contract_config *config;
    const struct programme_plan *venture;
    const struct programme_plan *own; /* array by partner */
    const struct market_plan *market;
    int changing;                         /* decision/ fills the terms: partners can leave or renegotiate */
    int partners;
    double equity[PARAM_PARTNERS];        /* sums to 1 */
    double use[PARAM_PARTNERS];           /* planned use of the venture, sums to 1 */
    double subsidy_share[PARAM_PARTNERS]; /* sums to 1 */
    int royalties;
    struct contract_royalty royalty[PARAM_PARTNERS * PARAM_PARTNERS];
    int milestones;
    struct contract_milestone milestone[PARAM_MILESTONES * PARAM_PARTNERS * PARAM_PARTNERS];
    int fees;
    struct contract_fee fee[PARAM_PARTNERS * PARAM_PARTNERS];
    int splits_cost;                      /* fixed cost is not shared by equity */
    double to_achieve;                    /* M{currency} that commonality saves in a year by plan, where achieving it costs; else 0 */
    int taken[PARAM_PARTNERS];            /* take-or-pay is on */
    int capped;                           /* some cap binds */
    int redirects;                        /* the plant may be redirected */
    int indexed;                          /* the transfer price follows the market */
    int scarce[PARAM_PARTNERS];           /* its capital has a premium */
    int contributes;                      /* the venture's clock needs contributions */
    int contribution_paid;                /* the owners pay for some of them */
    int misses, dilutes, defaults;        /* some partner may miss a call; it is diluted for that; it owes the others a loan */
    int uneven;                           /* it is diluted, and calls need not follow equity */
    double loan_factor, loan_log;         /* (1 + rate)^d of such a loan, ln(1 + rate) */
    int moving;                           /* equity can change: partners can leave, or be diluted */
    int lends, forgives;                  /* there is a loan; what a winding up leaves of it may be forgiven */
    int active[PARAM_PARTNERS][LINES];    /* lines that can be other than 0 */
    double years_per_step;
    int steps_per_year;
};

/* Columns of one block, BLOCK_LANES lanes each. */
struct contract_block {
    struct programme_drive drive;           /* decided for this step */
    struct contract_terms terms;            /* likewise */
    int idle[LINES];                        /* 1: the line is 0 on all paths in this step */
    /* The columns behind the cells of drive and terms: begun with all in and nothing stopped, then written by decision/. NULL
       where plan->changing is 0, but for scope and equity. */
    lanes *progress, *volume, *scope, *sharing, *running;
    lanes *redirected; /* NULL where plan->redirects is 0 */
    /* NULL where plan->contributes is 0, with which `progress` is there where nothing changes too */
    lanes *given;        /* share of what is offered that comes: less where goals are apart; written by decision/ */
    lanes *contribution; /* rate of the clock for what partners that are in contribute */
    lanes *served[PARAM_PARTNERS], *in[PARAM_PARTNERS], *equity[PARAM_PARTNERS];
    /* Kept for decision/ and the programmes after an exit; NULL where plan->changing is 0. */
    lanes *sales_age[PARAM_PARTNERS];       /* years since the partner first sold, in either programme, at the start of the
                                               step; -1 never */
    lanes *grants[PARAM_PARTNERS];          /* M{currency}, its part of the venture's grants so far */
    lanes *flow[PARAM_PARTNERS][LINES];     /* M{currency} in the step, pre-tax, + received */
    lanes *taxable_support[PARAM_PARTNERS]; /* the taxable part of line subsidy */
    lanes *transfer_price[PARAM_PARTNERS];  /* M{currency}/{volume} */
    lanes *revenue[PARAM_PARTNERS];         /* M{currency} in the step */
    lanes *paid[PARAM_PARTNERS];            /* venture capex net of grants in the step: what enters the book */
    lanes *paid_before[PARAM_PARTNERS];     /* venture capex so far, gross of grants, for the cap */
    lanes *own_capex[PARAM_PARTNERS];       /* own capex net of grants in the step */
    lanes *ordered_year[PARAM_PARTNERS];    /* {volume} ordered since the contract year began */
    lanes *planned_year[PARAM_PARTNERS];
    lanes *royalty[PARAM_PARTNERS];         /* M{currency} in the step, paid to partners */
    lanes *take_or_pay[PARAM_PARTNERS];     /* M{currency} in the step, due to the owners, the payer's own part included */
    /* by royalty: M{currency} since the contract year began, paid and guaranteed; NULL where there is no minimum */
    lanes *royalty_year[PARAM_PARTNERS * PARAM_PARTNERS], *royalty_least[PARAM_PARTNERS * PARAM_PARTNERS];
    lanes *practice;                        /* coordination cost over that at the start, at the start of the step */
    lanes *practice_step;                   /* its factor from one step to the next */
    lanes *joint_profit;                    /* M{currency} in the step, J */
    /* NULL where plan->misses is 0: M{currency} in the step, of its calls that the partner did not pay, that it paid for others */
    lanes *missed[PARAM_PARTNERS], *covered[PARAM_PARTNERS];
    lanes *worth[PARAM_PARTNERS];           /* equity that 1 of the partner's call in the step stands for, over 1 of capital; NULL where
                                               !plan->uneven: 1 */
    lanes *missed_before[PARAM_PARTNERS];   /* M{currency} missed so far, which counts towards a cap; NULL where there is none too */
    lanes *lent[PARAM_PARTNERS][PARAM_PARTNERS]; /* M{currency} that the first owes the second; NULL where plan->defaults is 0 */
    /* NULL where plan->lends is 0 */
    lanes *balance;                         /* M{currency}, of the loan at the end of the step */
    lanes *interest, *saved;                /* M{currency} in the step, before tax: of the loan; of what the market would ask more */
};

int contract_plan_init(struct contract_plan *plan, const struct contract_config *config,
                       const struct programme_plan *venture, const struct programme_plan *own, int partners,
                       int steps_per_year, int changing, struct report *report);
void contract_plan_free(struct contract_plan *plan);
size_t contract_block_doubles(const struct contract_plan *plan);
double *contract_block_place(struct contract_block *block, const struct contract_plan *plan, double *memory);

/* Kernels, in the order of a step (docs/model.md, 8a). `own` holds the partners' own programmes. */
void contract_block_begin(const struct contract_plan *plan, struct contract_block *block, const struct market_block *market,
                          const lanes *drawn);
/* Part of it: the ports as they stand at signing. */
void contract_terms_begin(const struct contract_plan *plan, struct contract_block *block, const struct market_block *market);
void contract_flow_clear(const struct contract_plan *plan, struct contract_block *block);
void contract_capex_step(const struct contract_plan *plan, struct contract_block *block,
                         const struct programme_block *venture, struct programme_block *const own[], const lanes *drawn,
                         int step);
/* Part of it: joint profit with `fixed` cost split by the contract's own shares. */
void contract_fee_split(const struct contract_plan *plan, struct contract_block *block, const lanes *restrict fixed,
                        const lanes *drawn, int step);
/* Part of contract_transfer_step: flat fees; what a royalty, paid in the step, lacks of its minimum at the end of a year. */
void contract_fee_step(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn, int step);
void contract_fee_guarantee(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                            int royalty, const lanes *restrict paid, const lanes *drawn, int step);
/* Part of it: the transfer price where it follows the market, the same for all. */
void contract_price_step(const struct contract_plan *plan, struct contract_block *block, const struct market_block *market,
                         const lanes *drawn, int step);
/* Part of it: what partners cannot pay of their calls is paid by others. */
void contract_call_fund(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn,
                        lanes called[PARAM_PARTNERS][BLOCK_LANES]);
void contract_trade_step(const struct contract_plan *plan, struct contract_block *block,
                         const struct programme_block *venture, struct programme_block *const own[],
                         const struct market_block *market, const lanes *drawn, int step);
void contract_support_step(const struct contract_plan *plan, struct contract_block *block,
                           const struct programme_block *venture, const struct market_block *market, int step);
void contract_transfer_step(const struct contract_plan *plan, struct contract_block *block,
                            const struct programme_block *venture, const lanes *drawn, int step);
/* Development and standing cost of the venture: out of J, by the shares of capital spending. After contract_trade_step. */
void contract_development_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                               const lanes *drawn);
/* ---- contribution.c: where plan->contributes ---- */
/* At signing, all that is offered comes. */
void contract_contribution_begin(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn);
/* The rate of the step, from who is in and what comes. */
void contract_contribution_rate(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn);
/* Part of contract_trade_step: what is delivered costs its partner what it would have been worth elsewhere; the owners pay for it. */
void contract_contribution_step(const struct contract_plan *plan, struct contract_block *block,
                                const struct programme_block *venture, const lanes *drawn, int step);
/* Part of it: payments for gates that the venture passed at the end of the last step. */
void contract_milestone_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                             const lanes *drawn);
void contract_coordination_step(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn,
                                int step);
/* What decision/ put into the terms, and deadlock, supply, licence; `after` holds the partners' programmes after exit, NULL where
   there is none. Nothing where plan->changing is 0. */
void contract_agreed_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                          struct programme_block *const after[], const lanes *drawn, int step);
/* Flows of the programmes after exit, added to the partners' lines. Nothing where terms.departures is 0. `plans` is an array by
   partner. */
void contract_after_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_plan *plans,
                         struct programme_block *const after[], const struct market_block *market, const lanes *drawn, int step);
/* Line capital; called after all that is spent. */
void contract_capital_step(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn);
/* Loans for missed calls: paid back from joint profit, settled where one of the two has left and in the last step. */
void contract_call_step(const struct contract_plan *plan, struct contract_block *block, int step);
/* The new shares after missed calls; called after all that reads those of the step. */
void contract_call_dilute(const struct contract_plan *plan, struct contract_block *block, const lanes *drawn);
/* The loan's balance and its interest. */
void contract_debt_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                        const lanes *drawn);
/* Counts the years of sale; called after all that reads them. */
void contract_age_step(const struct contract_plan *plan, struct contract_block *block, const struct programme_block *venture,
                       struct programme_block *const own[], struct programme_block *const after[]);
/* Programme years that have a development cost or shares of their own. */
static inline int contract_development_years(const struct contract_plan *plan)
{
    int years = plan->venture->config->progress.development.count;
    for (int p = 0; p < plan->partners; p++) {
        if (plan->config->capex.share[p].count > years) years = plan->config->capex.share[p].count;
    }
    return years;
}
/* In debug builds: transfers of every path sum to exactly 0, and what is decided sums to what came from outside. Returns the
   number of paths that break it. */
int contract_block_verify(const struct contract_plan *plan, const struct contract_block *block);

/* The only way money moves between partners: -a and +a of the same rounded a, so transfers sum to exactly zero. */
void contract_transfer_book(struct contract_block *block, int payer, int receiver, enum contract_line line,
                            const lanes *restrict amount);
/* A payment to the venture is one to its owners by equity: the payer keeps its own part. */
void contract_transfer_owners(const struct contract_plan *plan, struct contract_block *block, int payer, enum contract_line line,
                              const lanes *restrict amount);
/* Dilution, the same rule on a path and in a projection. What was called in all, K, missed and paid for others, M, factor f:
     credit: n_i = max(0, w_i K - missed_i), w_i' = (n_i + f paid_i) / sum;
     cut:    n_i = max(0, w_i - f missed_i / K), w_i' = n_i + (1 - sum of n) paid_i / M.
   Where calls do not follow equity 1 that is missed counts as its worth, which goes to those who pay for it: docs/model.md (5.10). */
struct contract_dilution_sums {
    lanes missed, covered, total, factor;
    lanes all; /* sum of n */
};
/* Equity over capital of 1 that a partner was called for: of its part of all that is called in the step. */
LANE_FUNCTION lanes contract_dilution_worth(lanes equity, lanes all, lanes called)
{
    flags some = (flags)(called > 0.0);
    return choose(some, equity * all / choose(some, called, all_lanes(1.0)), all_lanes(1.0));
}
LANE_FUNCTION lanes contract_dilution_left(int rule, const struct contract_dilution_sums *s, lanes equity, lanes missed)
{
    if (rule == DILUTION_CREDIT) return most(equity * s->total - missed, all_lanes(0.0));
    return most(equity - s->factor * missed / choose((flags)(s->total > 0.0), s->total, all_lanes(1.0)), all_lanes(0.0));
}
LANE_FUNCTION lanes contract_dilution_share(int rule, const struct contract_dilution_sums *s, lanes left, lanes covered)
{
    const lanes one = all_lanes(1.0);
    lanes paid = choose((flags)(s->covered > 0.0), s->covered, one);
    if (rule == DILUTION_CUT) return left + (1.0 - s->all) * covered / paid;
    lanes sum = s->all + s->factor * s->covered;
    return (left + s->factor * covered) / choose((flags)(sum > 0.0), sum, one);
}
/* Scales shares to add to 1 over the partners that are in; by equity where all of theirs are 0. */
void contract_terms_scale(const struct contract_plan *plan, const struct contract_terms *terms, lanes share[][BLOCK_LANES]);
#endif
