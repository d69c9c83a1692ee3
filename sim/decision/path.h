/* decision/path.h - rare work on single paths: what happens to few of them is done one by one, in plain doubles, with the same
   operations whatever the width of a lane. docs/model.md (7). Private to decision/. */
#ifndef PACTOLUS_DECISION_PATH_H
#define PACTOLUS_DECISION_PATH_H
#include "base/money.h"
#include "decision/prospect.h"

LANE_FUNCTION double path_get(const lanes *column, int path)
{
    return column[(size_t)path / LANES][(size_t)path % LANES];
}
LANE_FUNCTION void path_set(lanes *column, int path, double x)
{
    column[(size_t)path / LANES][(size_t)path % LANES] = x;
}
LANE_FUNCTION double path_number(struct param_number number, const lanes *drawn, int path)
{
    return number.draw < 0 ? number.value : path_get(drawn + (size_t)number.draw * BLOCK_LANES, path);
}
LANE_FUNCTION double path_money(double amount)
{
    return (amount + MONEY_MAGIC) - MONEY_MAGIC;
}

/* All that the functions of one step need. */
struct decision_step {
    const struct decision_plan *plan;
    struct decision_block *block;
    const struct decision_view *view;
    int n;
};
#define PATH_READ(s, number) path_number(number, (s)->view->drawn, path)

/* Sets of paths, one bit each, in the order of the paths: found on lanes, worked through one by one. */
LANE_FUNCTION uint64_t path_bits(flags f, size_t i)
{
    uint64_t bits = 0;
    if (!any(f)) return 0;
    for (int l = 0; l < LANES; l++) bits |= (uint64_t)(f[l] & 1) << l;
    return bits << (i * LANES);
}
/* The paths of one register in a set. */
LANE_FUNCTION flags path_flags(uint64_t set, size_t i)
{
    const uint64_t all = ((uint64_t)1 << LANES) - 1, here = set >> (i * LANES) & all;
    flags f = {0};
    if (!here) return f;
    if (here == all) return ~f;
    for (int l = 0; l < LANES; l++) f[l] = -(int64_t)(here >> l & 1);
    return f;
}
/* The first path of a set that is not empty, taken out of it. */
LANE_FUNCTION int path_next(uint64_t *set)
{
    const int path = __builtin_ctzll(*set);
    *set &= *set - 1;
    return path;
}
/* Paths on which the venture builds or makes, in a mode that nothing has moved in this step. */
LANE_FUNCTION flags path_open(const struct decision_block *block, size_t i, enum decision_mode mode)
{
    flags open = (flags)(block->phase[i] <= (double)PHASE_OPERATE) & (flags)(block->mode[i] == (double)mode) &
                 (flags)(block->mode_before[i] == (double)mode);
    /* an exit without notice is settled at once: it is this step's move too */
    for (int p = 0; p < PARAM_PARTNERS && block->left[p]; p++) open &= (flags)(block->left[p][i] < 0.5);
    return open;
}

/* How many own the venture. */
LANE_FUNCTION lanes path_owners(const struct decision_step *s, size_t i)
{
    lanes owners = all_lanes(0.0);
    for (int p = 0; p < s->plan->partners; p++) owners += s->block->in[p][i];
    return owners;
}

/* ---- state.c ---- */
LANE_FUNCTION int path_is(const struct decision_block *block, int path, enum decision_mode mode)
{
    return (int)path_get(block->mode, path) == (int)mode;
}
/* The venture builds or makes, and nothing has moved the path's mode in this step. */
int decision_state_open(const struct decision_block *block, int path, enum decision_mode mode);
void decision_state_move(struct decision_block *block, int path, enum decision_mode mode, int timer);
int decision_state_owners(const struct decision_plan *plan, const struct decision_block *block, int path);
/* Books between partners, both sides the same rounded amount, and from a partner to strangers. */
void decision_state_pay(const struct decision_step *s, int path, int payer, int receiver, enum contract_line line, double amount);
void decision_state_cost(const struct decision_step *s, int path, int payer, enum contract_line line, double amount);

/* ---- step.c ---- */
/* Writes scope and gap into the drive: what projections of this step read. */
void decision_terms_scope(const struct decision_step *s);
/* ---- event.c ---- */
/* Winds up what has come to its end; where the venture can. */
void decision_event_step(const struct decision_step *s);
/* ---- governance.c ---- */
void decision_governance_step(const struct decision_step *s);
/* ---- trigger.c ---- */
void decision_trigger_step(const struct decision_step *s);
/* The trigger of a path that opens something now, -1: none. */
int decision_trigger_fired(const struct decision_step *s, int path);
void decision_trigger_use(const struct decision_step *s, int path, int trigger);
/* ---- review.c ---- */
/* Nonzero in the steps of formal reviews. */
int decision_review_due(const struct decision_step *s);
void decision_review_step(const struct decision_step *s);
/* Wish to leave of a partner that is in: what leaving gains over staying and the cost of switching. */
double decision_review_wish(const struct decision_step *s, int path, int p);
/* The partner with the greatest wish among those that may leave (`may` NULL: all), -1: none. */
int decision_review_leaver(const struct decision_step *s, int path, const int may[]);
/* A sole owner is bound to nobody. */
void decision_review_rights(const struct decision_step *s, int path, int may[PARAM_PARTNERS]);
/* Projections of a set of paths: staying, leaving_value, weight. What the others would have without a leaver is known only where
   somebody would rather leave, and on the paths of `whole`. Not a number where unknown. */
void decision_review_look(const struct decision_step *s, uint64_t set, uint64_t whole);
/* ---- redirect.c ---- */
/* Paths of the set on which nobody wants to leave: redirects the plant where it has another use, is not redirected, and that gains. */
void decision_redirect_step(const struct decision_step *s, uint64_t set);
/* ---- localise.c ---- */
/* Builds a plant where a programme sells, by the rule of each programme that may. */
void decision_localise_step(const struct decision_step *s);
/* ---- renegotiation.c ---- */
/* Surplus of agreeing over the exit of `leaver`, in units of the payment; u by partner where not NULL. */
double decision_renegotiation_surplus(const struct decision_step *s, int path, int leaver, double u[]);
/* `leaver`: who may leave should it fail, whatever the contract says then; -1: nobody. */
void decision_renegotiation_open(const struct decision_step *s, int path, int leaver);
void decision_renegotiation_step(const struct decision_step *s);
/* ---- exit.c ---- */
void decision_exit_notice(const struct decision_step *s, int path, int leaver, enum decision_cause cause);
void decision_exit_wind_down(const struct decision_step *s, int path, int leaver, enum decision_cause cause);
void decision_exit_step(const struct decision_step *s);
/* ---- alone.c ---- */
void decision_alone_step(const struct decision_step *s);
#endif
