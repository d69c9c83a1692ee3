/* deal/check.h - what the checks across rows share. Private to deal/. */
#ifndef PACTOLUS_DEAL_CHECK_H
#define PACTOLUS_DEAL_CHECK_H
#include "deal/deal.h"

struct check { /* what every check needs */
    const struct deal *deal;
    const struct param_scope *scope;
    const struct deal_source *source;
    struct place place;
    struct report *report;
    int status;
};

/* At the row of a table, else where the value is written. */
#define FAIL(c, name, ...) ((c)->status = report_error((c)->report, STATUS_INPUT, deal_check_fault(c, name), name, __VA_ARGS__))
/* Warnings name no row of a table, so that the same one of many scenarios is told once (base/status.c). */
#define WARN(c, name, ...) \
    ((c)->report->silent ? (void)0 : report_warning((c)->report, deal_check_place(c, name), name, __VA_ARGS__))

static inline const struct param_names *partners(const struct check *c)
{
    return &c->scope->set[PARAM_SET_PARTNER];
}
static inline const char *partner_name(const struct check *c, int p)
{
    return partners(c)->name[p];
}

/* ---- check_place.c ---- */
/* Where a name is written, or the first that stands below it; * is any name. Of a column of a table only the table; nothing for
   what is written nowhere. */
struct place deal_check_place(const struct check *c, const char *name);
/* The same for an error: the row of a table where there is one, the deal file where nothing is written. */
struct place deal_check_fault(const struct check *c, const char *name);
/* ---- check.c ---- */
/* 1 if building costs anything. */
int deal_check_costs(const struct programme_config *programme);
/* 1 if some corridor has a duty in some regime. */
int deal_check_duties(const struct check *c);
/* 1 if the partner, or with -1 some partner, plans to sell what the venture makes. */
int deal_check_sells(const struct check *c, int partner);
/* ---- check_selling.c: what is sold, at which cost and from where ---- */
void deal_check_localisation(struct check *c);
void deal_check_prices(struct check *c);
void deal_check_strengths(struct check *c);
void deal_check_brands(struct check *c);
/* ---- check_late.c: lateness, and what commonality costs to achieve ---- */
void deal_check_late(struct check *c);
/* ---- check_exit.c: triggers, exits, what follows them ---- */
void deal_check_exits(struct check *c);
/* 1 if something ever asks the partners to leave, or makes them. */
int deal_check_parts(const struct check *c);
/* ---- check_contract.c: debt and who pays for what ---- */
void deal_check_contract(struct check *c);
/* ---- check_governance.c: goals, deadlocks, reviews, renegotiation ---- */
void deal_check_governance(struct check *c);
/* ---- check_market.c: trade policy, crisis, jumps, entrants, measure ---- */
void deal_check_market(struct check *c);
/* ---- check_idle.c: inputs and duties that nothing has to do with ---- */
void deal_check_idle(struct check *c);
/* ---- check_plausible.c: numbers that fit no other one ---- */
void deal_check_plausible(struct check *c);
/* ---- check_contribution.c: what the venture needs of its partners ---- */
void deal_check_contributions(struct check *c);
/* ---- check_progress.c: gates and what hangs on them ---- */
void deal_check_progress(struct check *c);
/* ---- members.c: partners that stay apart ---- */
void deal_check_members(struct check *c);
/* The curve of a programme's spending, or its plan. */
void deal_check_curve(struct check *c, const struct programme_config *programme, const char *prefix);
#endif
