/* What must hold on every path whatever is decided: neutral mechanisms move no bit, partners' payments cancel, the ledger adds up, the
   table of moves is kept, the future is not seen; and what rights, notice and switching cost do to exits and values. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/paths.h"

static const char *const quarrel = TESTS_DIR "/reproduce/deals/quarrel.yaml";
enum { BLOCKS = 24 };

/* The deal without any mechanism, and with one of them. */
#define CALM                                                                                                                       \
    "contract.deadlock.rate", "0", "contract.breakup.share", "0", "contract.review_every_years", "0", "contract.term_years", "0",  \
        "contract.governance.goal_gap", "0", "contract.governance.gap_regime", "0", "contract.triggers.duty.kind", "never",        \
        "contract.triggers.volume.kind", "never", "contract.triggers.budget.kind", "never", "contract.triggers.lateness.kind",     \
        "never", "contract.triggers.value.kind", "never", "contract.triggers.stuck.kind", "never", "contract.triggers.sold.kind",  \
        "never", "standalone.rho.stops", "no", "standalone.delta.stops", "no"
#define NOBODY_LEAVES "contract.exit.right.rho", "no", "contract.exit.right.sigma", "no", "contract.exit.right.delta", "no"
/* What a review does besides: it moves scope, gap and what the plant makes. */
#define KEEP_SCOPE                                                                                                                 \
    "contract.scope_rule.expand_by", "0", "contract.scope_rule.narrow_by", "0", "contract.governance.gap_unequal", "0",            \
        "contract.governance.gap_held", "0", "contract.redirect.volume", "0"
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* ---- Neutral mechanisms ---- */

static void expect_same(const struct ends *a, const char *const *sets, const char *what)
{
    struct ends b;
    ends_make(&b, quarrel, sets, a->paths);
    for (int p = 0; p < a->partners; p++) {
        cr_expect_eq(memcmp(a->captured[p], b.captured[p], a->paths * sizeof(double)), 0, "%s moves partner %d", what, p);
    }
    ends_free(&b);
}

Test(decision_invariants, a_mechanism_that_is_off_or_never_acts_moves_no_bit)
{
    struct ends calm;
    ends_make(&calm, quarrel, SETS(CALM), 640);
    expect_same(&calm, SETS(CALM, "contract.renegotiation.attempts", "0", "contract.deadlock.resolution_rate", "0"), "no attempts");
    expect_same(&calm, SETS(CALM, "contract.breakup.share", "1e-200"), "a hazard of nearly nothing");
    expect_same(&calm, SETS(CALM, "contract.deadlock.rate", "1e-200"), "deadlocks that never arrive");
    expect_same(&calm, SETS(CALM, "contract.review_every_years", "1", "contract.renegotiation.attempts", "0", NOBODY_LEAVES, KEEP_SCOPE),
                "reviews at which nobody may do anything");
    expect_same(&calm, SETS(CALM, "contract.review_every_years", "1", "contract.exit.switching_cost.rho", "1e6",
                            "contract.exit.switching_cost.sigma", "1e6", "contract.exit.switching_cost.delta", "1e6", KEEP_SCOPE),
                "reviews at which nobody wants to");
    expect_same(&calm, SETS(CALM, "contract.triggers.duty.kind", "tariff_above", "contract.triggers.duty.threshold", "9",
                            "contract.triggers.volume.kind", "volume_below", "contract.triggers.volume.threshold", "1e-9",
                            "contract.triggers.budget.kind", "capex_above", "contract.triggers.budget.threshold", "1e5",
                            "contract.triggers.lateness.kind", "late", "contract.triggers.lateness.threshold", "90",
                            "contract.triggers.value.kind", "value_below", "contract.triggers.value.threshold", "1e6",
                            "contract.triggers.stuck.kind", "deadlock_above", "contract.triggers.sold.kind", "change_of_control",
                            "contract.triggers.sold.rate", "1e-200"),
                "triggers out of reach");
    expect_same(&calm, SETS(CALM, "contract.term_years", "30"), "a term beyond the horizon");
    expect_same(&calm, SETS(CALM, "contract.governance.goal_gap", "0.5", "contract.governance.not_invented_here", "0"), "a gap without effect");
    expect_same(&calm, SETS(CALM, "contract.exit.notice_years", "3", "contract.exit.fee", "99", "contract.exit.wind_down_cost", "99"),
                "terms of an exit that nobody takes");
    expect_same(&calm, SETS(CALM, "after.delta.buy_price", "1", "after.rho.capacity", "1"), "ways after an exit that nobody takes");
    ends_free(&calm);
}

/* ---- On every step of every path ---- */

struct watched {
    double paid[LINES]; /* sums of absolute amounts between partners */
    int unequal, illegal, states[MODES], phases[PHASES];
};

static void watch_step(void *context, const struct engine_block *block, int step)
{
    static const enum contract_line between[] = {LINE_TRANSFERS, LINE_RENEGOTIATION, LINE_EXIT, LINE_OBLIGATIONS};
    struct watched *w = context;
    (void)step;
    w->illegal += decision_block_verify(&block->decision);
    for (int path = 0; path < BLOCK_PATHS; path++) {
        w->states[(int)plain(block->decision.mode)[path]]++;
        w->phases[(int)plain(block->decision.phase)[path]]++;
        for (size_t k = 0; k < sizeof between / sizeof *between; k++) {
            const enum contract_line line = between[k];
            double sum = 0;
            for (int p = 0; p < 3; p++) {
                sum += plain(block->contract.flow[p][line])[path];
                w->paid[line] += fabs(plain(block->contract.flow[p][line])[path]);
            }
            if (block->contract.terms.outside[line]) sum -= plain(block->contract.terms.outside[line])[path];
            w->unequal += sum != 0.0;
        }
    }
}

static void expect_sums(const struct paths *run)
{
    for (int path = 0; path < BLOCK_PATHS; path++) {
        for (int p = 0; p < 3; p++) {
            double sum = 0;
            for (int line = 0; line < LINES; line++) sum += plain(run->block.value.ledger[p][line])[path];
            cr_assert_eq(sum, plain(run->block.value.captured[p])[path], "path %d partner %d", path, p);
        }
    }
}

/* Tax rates of 25, 21 and 30%, discount rates of 9, 10 and 8%: what one partner pays another gets, to the last unit of the grid. */
Test(decision_invariants, payments_cancel_the_ledger_adds_up_and_moves_are_legal)
{
    struct paths run;
    struct watched w;
    memset(&w, 0, sizeof w);
    paths_open(&run, quarrel, NULL);
    for (uint64_t k = 0; k < BLOCKS; k++) {
        paths_run(&run, k * BLOCK_PATHS, watch_step, &w);
        expect_sums(&run);
    }
    paths_close(&run);
    cr_expect_eq(w.unequal, 0, "%d times what partners paid each other did not cancel", w.unequal);
    cr_expect_eq(w.illegal, 0, "%d moves that are not in the table", w.illegal);
    cr_expect(w.paid[LINE_TRANSFERS] > 0 && w.paid[LINE_RENEGOTIATION] > 0 && w.paid[LINE_EXIT] > 0 && w.paid[LINE_OBLIGATIONS] > 0);
    for (int k = 0; k < MODES; k++) cr_expect_gt(w.states[k], 0, "never in %s", decision_mode_names[k]);
    for (int k = 0; k < PHASES; k++) cr_expect_gt(w.phases[k], 0, "never in %s", decision_phase_names[k]);
}

/* With all costs to strangers at 0 the lines themselves add to 0, without a look at what went outside. */
static void watch_closed(void *context, const struct engine_block *block, int step)
{
    double *worst = context;
    (void)step;
    for (int path = 0; path < BLOCK_PATHS; path++) {
        double sum[2] = {0, 0};
        for (int p = 0; p < 3; p++) {
            sum[0] += plain(block->contract.flow[p][LINE_RENEGOTIATION])[path];
            sum[1] += plain(block->contract.flow[p][LINE_EXIT])[path] + plain(block->contract.flow[p][LINE_OBLIGATIONS])[path];
            worst[2] += fabs(plain(block->contract.flow[p][LINE_EXIT])[path]);
        }
        for (int k = 0; k < 2; k++) worst[k] = fmax(worst[k], fabs(sum[k]));
    }
}

Test(decision_invariants, without_strangers_payments_add_to_nothing)
{
    const char *const *sets = SETS("contract.renegotiation.cost", "0", "contract.exit.restructuring.rho", "0", "contract.exit.restructuring.sigma",
                                   "0", "contract.exit.restructuring.delta", "0", "contract.exit.clawback", "0", "contract.exit.wind_down_cost",
                                   "0", "contract.exit.recovery", "0", "market.alternative_use.start", "no",
                                   "market.alternative_use.appears", "0");
    struct paths run;
    double worst[3] = {0, 0, 0};
    paths_open(&run, quarrel, sets);
    for (uint64_t k = 0; k < BLOCKS; k++) paths_run(&run, k * BLOCK_PATHS, watch_closed, worst);
    paths_close(&run);
    cr_expect(worst[0] == 0.0 && worst[1] == 0.0, "up to %g and %g", worst[0], worst[1]);
    cr_expect_gt(worst[2], 0.0, "prices and fees were paid");
}

/* ---- The future is not seen ---- */

enum { SEEN = 32, STEPS = 40 };

struct course_record {
    int until, scrambled; /* steps that are compared; -1: the future is left alone */
    double *seen;         /* [step][column][path] */
    int differs;          /* behind the step at which the future was changed */
    const double *other;
};

/* All that is decided, and what partners expect, as columns. */
static int list_seen(const struct decision_block *d, const double *column[SEEN])
{
    int n = 0;
    const lanes *common[] = {d->phase, d->mode, d->timer, d->leaver, d->attempts, d->standstill, d->gap, d->scope, d->agreed, d->failed, d->left_cause};
    for (size_t k = 0; k < sizeof common / sizeof *common; k++) column[n++] = plain(common[k]);
    for (int p = 0; p < 3; p++) {
        const lanes *own[] = {d->in[p], d->left[p], d->moved[p], d->staying[p], d->leaving[p], d->exit_cause[p]};
        for (size_t k = 0; k < sizeof own / sizeof *own; k++) column[n++] = plain(own[k]);
    }
    cr_assert_leq(n, SEEN);
    return n;
}

static void multiply(lanes *column, int step, int steps, double by)
{
    double *x = (double *)(void *)column;
    for (int k = (step + 1) * BLOCK_PATHS; column && k < steps * BLOCK_PATHS; k++) x[k] *= by * (1 + 0.01 * (k % 7));
}

/* Another future from the step behind `step` on: levels, duties, regimes, support, the other use of the plant, repeals to come. */
static void scramble(struct market_block *market, const struct market_plan *plan, int step)
{
    for (int f = 0; f < plan->factors; f++) multiply(market->level[f], step, plan->steps, f % 2 ? 1.6 : 0.6);
    for (int c = 0; c < plan->corridors; c++) multiply(market->tariff[c], step, plan->steps, 3);
    for (int s = 0; s < plan->subsidies; s++) multiply(market->support[s], step, plan->steps, 0);
    for (int c = 0; c < plan->chains; c++) {
        double *regime = (double *)(void *)market->regime[c];
        for (int k = (step + 1) * BLOCK_PATHS; k < plan->steps * BLOCK_PATHS; k++) regime[k] = 1 - regime[k];
    }
    double *use = (double *)(void *)market->use;
    for (int k = (step + 1) * BLOCK_PATHS; k < plan->steps * BLOCK_PATHS; k++) use[k] = 1 - use[k];
    double *crisis = (double *)(void *)market->crisis;
    for (int k = (step + 1) * BLOCK_PATHS; plan->crisis && k < plan->steps * BLOCK_PATHS; k++) crisis[k] = 1 - crisis[k];
    for (int r = 0; r < PARAM_REGIONS; r++) {
        double *arrival = (double *)(void *)market->arrival[r];
        if (!plan->entrant[r].on) continue;
        multiply(market->entrant[r], step, plan->steps, 0.5);
        for (int l = 0; l < BLOCK_PATHS; l++) arrival[l] += arrival[l] > step ? 3 : 0;
    }
    for (int s = 0; s < plan->subsidies; s++) {
        double *repeal = (double *)(void *)market->repeal[s];
        for (int l = 0; l < BLOCK_PATHS; l++) repeal[l] += repeal[l] > 0.05 * (step + 1) * plan->years_per_step ? 5 : 0;
    }
}

struct recorder {
    const struct market_plan *market;
    struct course_record *record;
};

static void record_step(void *context, const struct engine_block *block, int step)
{
    const struct recorder *r = context;
    const double *column[SEEN];
    const int n = list_seen(&block->decision, column);
    for (int k = 0; k < n; k++) {
        double *to = r->record->seen + (size_t)(step * SEEN + k) * BLOCK_PATHS;
        memcpy(to, column[k], BLOCK_PATHS * sizeof(double));
    }
    if (step == r->record->scrambled) scramble((struct market_block *)(size_t)&block->market, r->market, step);
}

static void record(struct paths *run, struct course_record *record, int scrambled)
{
    struct recorder recorder = {&run->bench.plan.market, record};
    record->scrambled = scrambled;
    record->seen = calloc((size_t)STEPS * SEEN * BLOCK_PATHS, sizeof(double));
    paths_run(run, 0, record_step, &recorder);
}

static void expect_blind(const char *const *sets)
{
    struct paths run;
    struct course_record as_it_is, changed;
    paths_open(&run, quarrel, sets);
    const int steps = run.bench.plan.steps;
    cr_assert_leq(steps, STEPS);
    record(&run, &as_it_is, -1);
    for (int n = 0; n < steps - 2; n += 3) {
        record(&run, &changed, n);
        /* what is decided at the start of step n + 1 may know step n, and no more */
        const size_t known = (size_t)(n + 2) * SEEN * BLOCK_PATHS, all = (size_t)steps * SEEN * BLOCK_PATHS;
        cr_expect_eq(memcmp(as_it_is.seen, changed.seen, known * sizeof(double)), 0, "what comes after step %d was seen before", n);
        cr_expect_neq(memcmp(as_it_is.seen + known, changed.seen + known, (all - known) * sizeof(double)), 0, "nothing moved after step %d", n);
        free(changed.seen);
    }
    free(as_it_is.seen);
    paths_close(&run);
}

Test(decision_invariants, no_decision_sees_the_future)
{
    expect_blind(NULL);
    expect_blind(SETS("market.crisis.entry_rate", "0.4", "market.crisis.exit_rate", "0.7", "market.crisis.depth.south", "0.3",
                      "market.entrant.north.arrival_rate", "0.3", "market.entrant.north.share_loss", "0.3", "market.entrant.north.price_cut", "0.1",
                      "market.entrant.north.phase_years", "2", "market.entrant.north.origin", "south", "market.entrant.north.localise_years", "2"));
}

/* What is learnt at the start of production or on the way is not known before: with nothing else random all expect the same. */
static void spread_of_staying(void *context, const struct engine_block *block, int step)
{
    double *spread = context, low = INFINITY, high = -INFINITY;
    for (int l = 0; l < BLOCK_PATHS; l++) {
        const double x = plain(block->decision.staying[0])[l];
        low = fmin(low, x);
        high = fmax(high, x);
    }
    spread[step] = high - low;
}

#define LOOKING                                                                                                                    \
    "contract.review_every_years", "0.25", "contract.exit.right.a", "no", "contract.exit.right.b", "no", "venture.production_start", "2"

Test(decision_invariants, what_is_drawn_is_known_when_it_is_learnt)
{
    const char *const deal = TESTS_DIR "/reference/deals/hazards.yaml";
    struct paths run;
    double launch[40], overrun[40];
    paths_open(&run, deal, SETS(LOOKING, "partners.a.launch", "uniform(0.5, 1.5)"));
    paths_run(&run, 0, spread_of_staying, launch);
    paths_close(&run);
    for (int n = 1; n < 40; n++) { /* production starts with step 8: its first step shows the launch */
        if (n <= 8) cr_expect_eq(launch[n], 0.0, "the launch was known at step %d: %g", n, launch[n]);
        else cr_expect_gt(launch[n], 1.0, "the launch is not known at step %d: %g", n, launch[n]);
    }
    paths_open(&run, deal, SETS(LOOKING, "venture.capex.overrun", "uniform(0.5, 3)", "venture.capex.plan", "[10, 0, 0, 1000]"));
    paths_run(&run, 0, spread_of_staying, overrun);
    paths_close(&run);
    /* of what is spent in the fourth year an eighth more is known with each quarter until production starts */
    for (int n = 2; n <= 8; n++) {
        const double known = overrun[n] / overrun[8] * pow(1.08, (8 - n) / 4.0); /* values are those of their day */
        cr_expect(fabs(known - n / 8.0) < 0.005, "step %d: %g of the overrun is known", n, known);
    }
}

/* ---- Rights, notice, switching cost ---- */

#define REVIEWS                                                                                                                       \
    CALM, "contract.review_every_years", "1", "contract.renegotiation.attempts", "0", KEEP_SCOPE, "contract.lock_in_years", "1",      \
        "contract.exit.notice_years", "0.5", "contract.exit.restructuring.rho", "0", "contract.exit.restructuring.sigma", "0",        \
        "contract.exit.restructuring.delta", "0", "contract.exit.switching_cost.rho", "0", "contract.exit.switching_cost.sigma", "0", \
        "contract.exit.switching_cost.delta", "0"
enum { PAIRS = 4096 };

/* Exits of all partners on a path. */
static void count_exits(struct ends *ends)
{
    for (size_t k = 0; k < ends->paths; k++) ends->left[0][k] += ends->left[1][k] + ends->left[2][k];
}

static void expect_fewer_exits(const struct ends *free_to_go, const char *const *sets, const char *what)
{
    struct ends bound;
    ends_make(&bound, quarrel, sets, PAIRS);
    count_exits(&bound);
    const struct estimate fewer = estimate_of(free_to_go->left[0], bound.left[0], PAIRS);
    cr_expect(fewer.mean > 4 * fewer.error, "%s: %.4f fewer exits on a path, standard error %.4f", what, fewer.mean, fewer.error);
    ends_free(&bound);
}

Test(decision_invariants, notice_switching_cost_and_lack_of_right_lower_exits)
{
    struct ends free_to_go, bound;
    ends_make(&free_to_go, quarrel, SETS(REVIEWS), PAIRS);
    count_exits(&free_to_go);
    expect_fewer_exits(&free_to_go, SETS(REVIEWS, "contract.exit.notice_years", "3"), "longer notice");
    expect_fewer_exits(&free_to_go, SETS(REVIEWS, "contract.exit.switching_cost.rho", "60", "contract.exit.switching_cost.sigma", "60",
                                         "contract.exit.switching_cost.delta", "60"), "switching cost");
    expect_fewer_exits(&free_to_go, SETS(REVIEWS, "contract.lock_in_years", "6"), "lock-in");
    ends_make(&bound, quarrel, SETS(REVIEWS, NOBODY_LEAVES), PAIRS);
    for (size_t k = 0; k < PAIRS; k++) cr_assert(bound.left[0][k] == 0 && bound.left[1][k] == 0 && bound.left[2][k] == 0);
    ends_free(&bound);
    ends_free(&free_to_go);
}

/* The others may not leave, so their policy is the same with and without the right of the holder. */
Test(decision_invariants, a_free_right_to_leave_is_worth_something_to_its_holder)
{
    static const char *const right[] = {"contract.exit.right.delta", "contract.exit.right.rho", "contract.exit.right.sigma"}; /* by name */
    struct ends none, one;
    ends_make(&none, quarrel, SETS(REVIEWS, NOBODY_LEAVES), PAIRS);
    for (int p = 0; p < 3; p++) {
        ends_make(&one, quarrel, SETS(REVIEWS, NOBODY_LEAVES, right[p], "yes"), PAIRS);
        const struct estimate gain = estimate_of(one.captured[p], none.captured[p], PAIRS);
        const struct estimate leaves = estimate_of(one.left[p], NULL, PAIRS);
        cr_expect(gain.mean > -4 * gain.error, "%s: %.3f, standard error %.3f", right[p], gain.mean, gain.error);
        cr_expect_gt(leaves.mean, 0.01, "%s is used on %.4f of the paths", right[p], leaves.mean);
        cr_log_info("%s: worth %.2f +- %.2f, used on %.3f", right[p], gain.mean, gain.error, leaves.mean);
        ends_free(&one);
    }
    ends_free(&none);
}
