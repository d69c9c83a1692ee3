/* value/value.h - books, taxes, discounting, and the value captured by each partner. Equations: docs/model.md, 1 and 8. */
#ifndef PACTOLUS_VALUE_VALUE_H
#define PACTOLUS_VALUE_VALUE_H
#include "contract/contract.h"
#include "statistics/table.h"

/* Know-how that a partner keeps of a programme when the programme ends, or at the horizon; in both arms. */
struct value_know_how_config {
    struct param_number kept;       /* share of the stock that it is worth to the partner, rho */
    struct param_number decay;      /* 1/year */
    struct param_number cap;        /* M{currency}, of what is imputed */
    struct param_number experience; /* share of the venture's experience that an `after` programme starts with */
};

enum value_losses { LOSSES_IMMEDIATE, LOSSES_CARRY_FORWARD };

struct value_config {
    double discount_rate[PARAM_PARTNERS]; /* 1/year */
    double tax_rate[PARAM_PARTNERS];
    int losses[PARAM_PARTNERS];           /* enum value_losses */
    double depreciation_rate;             /* declining balance, 1/year */
    struct param_number terminal_multiple; /* of the book at the horizon */
    double common_rate;                   /* for the joint surplus; -1: mean of the partners' by equity */
    struct value_know_how_config know_how[PARAM_PARTNERS];
};

extern const struct param_table value_tables[];
extern const size_t value_table_count;

/* Rounding of a path's flows to the grid of money: less than this is nothing gained and nothing lost (about a thousand
   dollars; docs/model.md, 8.2). */
#define VALUE_NOTHING 0x1p-10

struct value_plan {
    const struct value_config *config;
    const struct contract_plan *contract;
    const struct programme_plan *alone; /* array by partner */
    int partners, steps;
    double years_per_step;
    double rate[PARAM_PARTNERS];                /* 1/year, discounts the partner's flows: its own, or the risk-free one */
    double depreciation;                        /* of a step, delta_d */
    const double *discount[PARAM_PARTNERS];     /* by step; [steps] is that of the horizon */
    const double *common_discount;
    int mode[PARAM_PARTNERS];                   /* enum programme_standalone_mode, best resolved */
    int stops[PARAM_PARTNERS];                  /* the lone partner may stop; set before a block is placed, 0 by init */
    int know_how[PARAM_PARTNERS];               /* the partner keeps some */
    int prepared;                               /* something is spent at signing */
    int parted; /* the joint surplus is kept by partner too; set before a block is placed, 0 by init */
    double *tables;                             /* owned */
};

/* Columns of one block. */
struct value_block {
    lanes *ledger[PARAM_PARTNERS][LINES];  /* M{currency}, present value so far */
    lanes *book[PARAM_PARTNERS];           /* venture book of the partner, K_i */
    lanes *own_book[PARAM_PARTNERS];
    lanes *loss[PARAM_PARTNERS];           /* carried forward */
    lanes *cash[PARAM_PARTNERS];           /* M{currency} in the step, after tax, partnership arm */
    lanes *cumulative[PARAM_PARTNERS];     /* undiscounted */
    lanes *lowest[PARAM_PARTNERS];         /* least cumulative cash so far */
    lanes *payback[PARAM_PARTNERS];        /* years, end of the last step with negative cumulative cash */
    lanes *transferred[PARAM_PARTNERS];    /* undiscounted transfers so far */
    lanes *alone_book[PARAM_PARTNERS];
    lanes *alone_loss[PARAM_PARTNERS];
    lanes *alone_cash[PARAM_PARTNERS];     /* M{currency} in the step */
    lanes *alone_value[PARAM_PARTNERS];    /* present value so far */
    /* NULL where the lone partner cannot stop; begun with 0 */
    lanes *alone_stopped[PARAM_PARTNERS];  /* 1: the lone partner has stopped its programme; filled by decision/ */
    lanes *alone_sale[PARAM_PARTNERS];     /* M{currency}: price of its book in the step in which it stops, else 0 */
    lanes *alone_closing[PARAM_PARTNERS];  /* M{currency}: cost of stopping in that step */
    /* NULL where the partner keeps none, credited also where nothing changes; begun with 0 */
    lanes *know_how[PARAM_PARTNERS];       /* M{currency}: stock of the partnership arm at the end of the step */
    lanes *alone_know_how[PARAM_PARTNERS]; /* of the stand-alone arm */
    lanes *credited[PARAM_PARTNERS];       /* 1: know-how of the venture was credited at exit; filled by decision/ */
    /* NULL where nothing is spent at signing */
    lanes *signing[PARAM_PARTNERS], *signing_tax[PARAM_PARTNERS]; /* M{currency}: spent at signing, tax due on it (below 0) */
    /* NULL where the venture has no loan */
    lanes *owed[PARAM_PARTNERS];           /* M{currency}: the partner's part of the loan at the end of the step */
    lanes *geared[PARAM_PARTNERS];         /* cumulative cash with the loan's principal and interest, undiscounted */
    lanes *geared_lowest[PARAM_PARTNERS];
    lanes *geared_risk[PARAM_PARTNERS];    /* capital at risk after debt */
    lanes *common;                         /* joint surplus at the common rate so far */
    lanes *part[PARAM_PARTNERS];           /* what a partner adds to it; NULL where plan->parted is 0 */
    /* at the end of the path */
    lanes *captured[PARAM_PARTNERS], *partnership[PARAM_PARTNERS], *standalone[PARAM_PARTNERS];
    lanes *risk[PARAM_PARTNERS];           /* capital at risk */
    lanes *loses[PARAM_PARTNERS], *fails[PARAM_PARTNERS]; /* 1 where captured, where partnership is below -VALUE_NOTHING */
    lanes *all_gain;
};

/* Adds to what a partner has of the joint surplus. */
static inline void value_common_add(struct value_block *block, int partner, const lanes *amount, double factor)
{
    for (size_t i = 0; block->part[partner] && i < BLOCK_LANES; i++) block->part[partner][i] += amount[i] * factor;
}

/* Discounts a partner's part of the joint surplus in a step, or at the horizon; one that stays apart has none. */
static inline double value_common_factor(const struct value_plan *plan, int partner, int step)
{
    return plan->contract->config->apart[partner] ? 0.0 : plan->common_discount[step];
}

int value_plan_init(struct value_plan *plan, const struct value_config *config, const struct contract_plan *contract,
                    const struct programme_plan *alone, const int mode[], struct report *report);
void value_plan_free(struct value_plan *plan);
size_t value_block_doubles(const struct value_plan *plan);
double *value_block_place(struct value_block *block, const struct value_plan *plan, double *memory);

/* Kernels, in order. */
void value_block_begin(const struct value_plan *plan, struct value_block *block, const lanes *drawn);
void value_partnership_step(const struct value_plan *plan, struct value_block *block, const struct contract_block *contract,
                            int step);
void value_alone_step(const struct value_plan *plan, struct value_block *block, struct programme_block *const alone[],
                      const struct market_block *market, const lanes *drawn, int step);
/* Parts of value_partnership_step where the venture has a loan: line debt, before the partner's flows are booked; its cash with the
   loan, after that. */
void value_debt_step(const struct value_plan *plan, const struct contract_block *contract, int partner);
void value_geared_step(const struct value_plan *plan, struct value_block *block, const struct contract_block *contract, int partner);
/* Stocks of know-how grow by what the step spent on development, in both arms. */
void value_know_how_step(const struct value_plan *plan, struct value_block *block, const struct contract_block *contract,
                         const struct programme_block *venture, struct programme_block *const own[],
                         struct programme_block *const alone[], const lanes *drawn);
/* What a partner learns from 1 of the venture's development: all of what is common, its part by equity of the rest. */
LANE_FUNCTION lanes value_know_how_base(lanes common, lanes equity)
{
    return common + (1.0 - common) * equity;
}
void value_block_end(const struct value_plan *plan, struct value_block *block, const lanes *drawn);
/* Part of it: what the partner's know-how is worth at the horizon. */
void value_know_how_end(const struct value_plan *plan, struct value_block *block, int partner, const lanes *drawn);

/* What drives a partner's programme alone: nothing but its own stop. `running` holds the column that the drive reads. */
struct programme_drive value_alone_drive(const struct value_block *block, const struct market_block *market, int partner,
                                         lanes running[BLOCK_LANES]);

/* docs/model.md (1.2), one owner and book: depreciation of the step, K' and the tax on `income` less depreciation. */
struct value_tax {
    double rate, depreciation;
    int losses; /* enum value_losses */
};
void value_tax_step(const struct value_tax *tax, const lanes *restrict income, const lanes *restrict dep,
                    lanes *restrict loss, lanes *restrict due);
void value_book_step(double depreciation, const lanes *restrict invested, lanes *restrict book, lanes *restrict dep);
#endif
