/* One mechanism at a time, on small deals without chance or nearly so: when it acts, what it opens, what is paid. */
#include <math.h>

#include "support/example.h"
#include "support/paths.h"

static const char *const small = TESTS_DIR "/reference/deals/hazards.yaml"; /* two partners, quarters, ten years */
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define RUN(...) support_run(small, SETS(__VA_ARGS__), 64, 1)

static double exits(const struct pactolus_result *result, const char *partner, const char *cause, int step)
{
    char text[16];
    snprintf(text, sizeof text, "%d", step);
    return support_cell(result, "exits_by_step", 0, partner, cause, text, NULL);
}

/* ---- Deadlock ---- */

#define STUCK "contract.deadlock.rate", "100", "contract.deadlock.resolution_rate", "0", "contract.deadlock.limit_years", "0.5"

Test(decision_deadlock, at_its_limit_somebody_leaves_who_may)
{
    struct pactolus_result *result = RUN(STUCK);
    cr_expect_eq(by_step(result, "deadlocked", NULL, 0), 1.0);
    cr_expect_eq(by_step(result, "deadlocked", NULL, 1), 1.0);
    cr_expect_eq(by_step(result, "survival", NULL, 1), 1.0);
    cr_expect_eq(exits(result, "a", "deadlock", 2) + exits(result, "b", "deadlock", 2), 1.0, "two steps of it are the limit");
    pactolus_result_destroy(result);
    result = RUN(STUCK, "contract.exit.right.a", "no", "contract.exit.right.b", "no");
    cr_expect_eq(by_step(result, "survival", NULL, 39), 1.0);
    cr_expect_eq(by_step(result, "deadlocked", NULL, 39), 1.0);
    cr_expect_eq(support_cell(result, "deadlock_years_mean", 0, NULL), 10.0, "the last step counts too");
    pactolus_result_destroy(result);
}

Test(decision_deadlock, at_its_limit_attempts_come_first)
{
    struct pactolus_result *result = RUN(STUCK, "contract.renegotiation.attempts", "1");
    cr_expect_eq(by_step(result, "deadlocked", NULL, 2), 0.0, "they talk");
    cr_expect_eq(by_step(result, "renegotiated", NULL, 3) + by_step(result, "renegotiation_failed", NULL, 3), 1.0);
    pactolus_result_destroy(result);
}

Test(decision_deadlock, costs_volume_and_time)
{
    struct pactolus_result *free = RUN("venture.capex.plan", "[10, 10]"), *stuck = RUN(STUCK, "contract.deadlock.limit_years", "0",
        "contract.deadlock.volume_loss", "0.25", "contract.deadlock.cost", "8", "venture.capex.plan", "[10, 10]");
    cr_expect(fabs(by_step(stuck, "pooled_volume", NULL, 5) - 0.75 * by_step(free, "pooled_volume", NULL, 5)) < 1e-9);
    cr_expect_eq(by_step(stuck, "friction", "a", 5), -1.0, "8 a year, a quarter, a half");
    cr_expect_eq(by_step(stuck, "venture_capex", NULL, 5), 0.0, "the clock stands");
    cr_expect_gt(by_step(free, "venture_capex", NULL, 5), 0.0);
    pactolus_result_destroy(free);
    pactolus_result_destroy(stuck);
}

/* ---- Triggers: the step in which each opens the exit of a, which would rather buy at 0.1 ---- */

#define OUTSIDE "after.a.mode", "buy", "after.a.buy_price", "0.1", "contract.exit.right.a", "no", "contract.exit.right.b", "no"
#define OPENS(kind, threshold) \
    "contract.triggers.first.kind", kind, "contract.triggers.first.threshold", threshold, "contract.triggers.first.opens", "exit"

static void expect_exit(const char *const *sets, int step, const char *what)
{
    struct pactolus_result *result = support_run(small, sets, 64, 1);
    for (int n = 0; n < 40; n++) cr_expect_eq(exits(result, "a", "trigger", n), n == step ? 1.0 : 0.0, "%s, step %d", what, n);
    pactolus_result_destroy(result);
}

Test(decision_trigger, opens_in_the_step_after_its_condition)
{
    expect_exit(SETS(OUTSIDE, OPENS("volume_below", "0.9"), "partners.a.launch", "0.7"), 1, "volume below plan");
    expect_exit(SETS(OUTSIDE, OPENS("volume_below", "0.9"), "partners.a.launch", "0.7", "contract.triggers.first.for_years", "0.75"), 3,
                "volume below plan for three steps");
    expect_exit(SETS(OUTSIDE, OPENS("volume_below", "0.8"), "partners.a.launch", "0.7"), -1, "volume above the threshold");
    expect_exit(SETS(OUTSIDE, OPENS("capex_above", "1.4"), "venture.capex.overrun", "1.5"), 1, "capex above budget");
    expect_exit(SETS(OUTSIDE, OPENS("capex_above", "1.6"), "venture.capex.overrun", "1.5"), -1, "capex within budget");
    /* one year of plan takes two; 1.75 - 1 is the first lateness above 0.5 */
    expect_exit(SETS(OUTSIDE, OPENS("late", "0.5"), "venture.production_start", "1", "venture.delay", "2"), 7, "late");
    expect_exit(SETS(OUTSIDE, OPENS("value_below", "1")), 4, "value below the outside option, looked at once a year");
    expect_exit(SETS(OUTSIDE, OPENS("value_below", "1"), "contract.triggers.first.partner", "b"), -1, "not b's");
    expect_exit(SETS(OUTSIDE, OPENS("never", "1")), -1, "never");
    expect_exit(SETS(OUTSIDE, OPENS("volume_below", "0.8"), "partners.a.launch", "0.7", "contract.triggers.first.partner", "a"), 1, "a's volume");
    expect_exit(SETS(OUTSIDE, OPENS("volume_below", "0.9"), "partners.a.launch", "0.7", "contract.triggers.first.partner", "b"), -1, "not b's");
}

static void watch_stuck(void *context, const struct engine_block *block, int step)
{
    int *seen = context;
    for (int l = 0; l < BLOCK_PATHS; l++) {
        const double years = plain(block->decision.deadlock_steps)[l] / 4;
        if (!(plain(block->decision.left[0])[l] > 0)) continue;
        seen[years <= 0.5]++;
    }
    (void)step;
}

Test(decision_trigger, years_in_deadlock_add_up)
{
    struct paths run;
    int seen[2] = {0, 0};
    paths_open(&run, small, SETS(OUTSIDE, OPENS("deadlock_above", "0.5"), "contract.deadlock.rate", "1", "contract.deadlock.resolution_rate", "3"));
    for (uint64_t k = 0; k < 8; k++) paths_run(&run, k * BLOCK_PATHS, watch_stuck, seen);
    cr_expect_gt(seen[0], 50);
    cr_expect_eq(seen[1], 0, "%d left too early", seen[1]);
    paths_close(&run);
}

/* What is open stays open: a trigger acts once, and again only after its condition has ended. */
Test(decision_trigger, acts_once_while_its_condition_lasts)
{
    struct pactolus_result *result = RUN("contract.triggers.first.kind", "volume_below", "contract.triggers.first.threshold", "0.9",
                                         "contract.triggers.first.opens", "renegotiation", "partners.a.launch", "0.7",
                                         "contract.renegotiation.attempts", "9", "contract.renegotiation.split", "nash",
                                         "contract.renegotiation.standstill_years", "0");
    cr_expect_eq(support_cell(result, "renegotiations_mean", 0, NULL), 1.0);
    pactolus_result_destroy(result);
}

/* ---- Exit ---- */

#define SOLD "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100", "contract.triggers.first.partner", "a", \
    "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "1"

/* a's part of 10 is depreciated for four quarters. */
Test(decision_exit, the_price_is_the_contracts_or_what_a_stranger_pays)
{
    const double paid = 10.0 / 4, kept = pow(0.9, 0.25); /* by quarter; the clock runs for one year */
    double book = 0;
    for (int n = 0; n < 4; n++) book = (book + 0.5 * paid) * kept;
    struct pactolus_result *result = RUN(SOLD);
    cr_expect(fabs(by_step(result, "exit", "a", 4) - book) < 1e-5, "%g, want %g", by_step(result, "exit", "a", 4), book);
    cr_expect_eq(by_step(result, "exit", "a", 4), -by_step(result, "exit", "b", 4));
    pactolus_result_destroy(result);
    result = RUN(SOLD, "contract.exit.multiple", "0.8", "contract.exit.fee", "1");
    cr_expect(fabs(by_step(result, "exit", "a", 4) - (0.8 * book - 1)) < 1e-5);
    pactolus_result_destroy(result);
    result = RUN(SOLD, "market.alternative_use.start", "no", "contract.exit.recovery", "0.3");
    cr_expect(fabs(by_step(result, "exit", "a", 4) - 0.3 * book) < 1e-5, "no other use: recovery");
    pactolus_result_destroy(result);
    result = RUN(SOLD, "market.alternative_use.start", "no", "contract.exit.recovery", "0.3", "contract.exit.put_giver.a", "b");
    cr_expect(fabs(by_step(result, "exit", "a", 4) - book) < 1e-5, "a put must be honoured");
    pactolus_result_destroy(result);
}

/* Step 7 opens the exit of a, which only a put at 10 times its book makes it wish; the put may have lapsed by then. */
#define PUT "contract.exit.right.a", "no", "contract.exit.right.b", "no", OPENS("late", "0.5"), "venture.production_start", "1", "venture.delay", \
    "2", "market.alternative_use.start", "no", "contract.exit.put_giver.a", "b", "contract.exit.multiple", "10", "venture.capex.plan", "[900]"

Test(decision_exit, a_put_may_have_a_last_day)
{
    expect_exit(SETS(PUT), 7, "a put without a last day");
    expect_exit(SETS(PUT, "contract.exit.put_until_years", "1.75"), 7, "the last day");
    expect_exit(SETS(PUT, "contract.exit.put_until_years", "1.5"), -1, "the day after");
    struct pactolus_result *late = RUN(PUT, "contract.exit.put_until_years", "1.75", "contract.exit.notice_years", "0.5");
    expect_exit(SETS(PUT, "contract.exit.put_until_years", "1.75", "contract.exit.notice_years", "0.5"), 9, "settled later");
    cr_expect_gt(by_step(late, "exit", "a", 9), 100.0, "who gave notice in time is paid");
    cr_expect_eq(by_step(late, "exit", "a", 9), -by_step(late, "exit", "b", 9));
    pactolus_result_destroy(late);
}

/* The plant is a's own: b would buy it and go on, but cannot. */
Test(decision_exit, the_exit_of_who_has_the_plant_ends_the_venture)
{
    struct pactolus_result *bought = RUN(SOLD), *ended = RUN(SOLD, "contract.exit.ends.a", "yes"), *other = RUN(SOLD, "contract.exit.ends.b", "yes");
    cr_expect_eq(exits(bought, "b", "wound_up", 4), 0.0);
    cr_expect_eq(by_step(bought, "in", "b", 4), 1.0);
    cr_expect_eq(exits(ended, "a", "control", 4), 1.0);
    cr_expect_eq(exits(ended, "b", "wound_up", 4), 1.0);
    cr_expect_eq(by_step(ended, "in", "b", 4), 0.0);
    cr_expect_gt(by_step(bought, "pooled_volume", NULL, 5), 0.0);
    cr_expect_eq(by_step(ended, "pooled_volume", NULL, 5), 0.0);
    cr_expect_eq(by_step(other, "exit", "b", 4), by_step(bought, "exit", "b", 4), "the exit of a is none of b");
    cr_expect_gt(by_step(ended, "exit", "b", 4), 0.0, "b sells its book too, to a stranger");
    pactolus_result_destroy(bought);
    pactolus_result_destroy(ended);
    pactolus_result_destroy(other);
}

/* The price is capped by the budgeted book: who built dearer than planned bears the difference. */
static void watch_price(void *context, const struct engine_block *block, int step)
{
    const struct engine_plan *plan = context;
    for (int l = 0; step == 4 && l < BLOCK_PATHS; l++) {
        const double sold = plain(block->contract.terms.sold[0])[l], budget = 0.5 * plan->decision.budget.book[4];
        const double price = plain(block->contract.flow[0][LINE_EXIT])[l];
        cr_expect(fabs(price - fmin(sold, budget)) < 1e-5, "path %d: %g for a book of %g", l, price, sold);
    }
}

Test(decision_exit, the_price_is_capped_by_the_budget)
{
    struct paths run;
    paths_open(&run, small, SETS(SOLD, "venture.capex.overrun", "discrete(1:0.5, 3:0.5)"));
    paths_run(&run, 0, watch_price, &run.bench.plan);
    paths_close(&run);
}

/* Nobody wants a plant that only loses: it is wound up, everybody is out, and then it has ended. */
static void watch_end(void *context, const struct engine_block *block, int step)
{
    ((int *)context)[step] = (int)plain(block->decision.phase)[0];
}

Test(decision_exit, a_venture_that_nobody_wants_is_wound_up)
{
    const char *const *sets = SETS("contract.review_every_years", "1", "venture.fixed_cost", "500", "contract.exit.wind_down_years", "0.5",
                                   "contract.exit.wind_down_cost", "4");
    struct paths run;
    int phase[40];
    paths_open(&run, small, sets);
    paths_run(&run, 0, watch_end, phase);
    paths_close(&run);
    cr_expect(phase[3] == PHASE_OPERATE && phase[4] == PHASE_WIND_DOWN && phase[5] == PHASE_WIND_DOWN && phase[6] == PHASE_ENDED && phase[39] == PHASE_ENDED);
    struct pactolus_result *result = support_run(small, sets, 64, 1);
    cr_expect_eq(by_step(result, "in", "a", 4) + by_step(result, "in", "b", 4), 0.0);
    cr_expect_eq(by_step(result, "pooled_volume", NULL, 4), 0.0);
    cr_expect_eq(by_step(result, "book", "a", 4) + by_step(result, "book", "b", 4), 0.0, "books are sold");
    cr_expect_eq(by_step(result, "cash", "a", 7), 0.0);
    pactolus_result_destroy(result);
}

/* Without notice an exit is settled at once; what was bought in a step is not sold again in the same one. */
static void watch_moves(void *context, const struct engine_block *block, int step)
{
    int *seen = context;
    (void)step;
    for (int l = 0; l < BLOCK_PATHS; l++) {
        int left = 0, bought = 0;
        for (int p = 0; p < 3; p++) {
            left += plain(block->decision.left[p])[l] > 0;
            bought += plain(block->contract.terms.bought[p])[l] > 0;
        }
        seen[0] += left == 1;
        seen[1] += bought && left > 1;
    }
}

Test(decision_exit, without_notice_there_is_one_move_a_step)
{
    struct paths run;
    int seen[2] = {0, 0};
    paths_open(&run, TESTS_DIR "/reproduce/deals/quarrel.yaml",
               SETS("contract.exit.notice_years", "0", "contract.breakup.share", "3", "contract.renegotiation.attempts", "0",
                    "contract.exit.switching_cost.rho", "60", "contract.exit.switching_cost.sigma", "60",
                    "contract.exit.switching_cost.delta", "60"));
    for (uint64_t k = 0; k < 32; k++) paths_run(&run, k * BLOCK_PATHS, watch_moves, seen);
    paths_close(&run);
    cr_expect_gt(seen[0], 300, "%d exits", seen[0]);
    cr_expect_eq(seen[1], 0, "%d times somebody bought and another left in one step", seen[1]);
}

/* Reviews in the lock-in may move the scope, but nobody leaves; a trigger that opens a review does not free anybody either. */
Test(decision_exit, nobody_leaves_in_the_lock_in)
{
    struct pactolus_result *result = RUN("after.a.mode", "buy", "after.a.buy_price", "0.1", "contract.review_every_years", "1",
                                         "contract.lock_in_years", "3", "contract.scope_rule.narrow_by", "0.1", "contract.scope_rule.narrow_gap",
                                         "1", "contract.triggers.first.kind", "value_below", "contract.triggers.first.opens", "review");
    for (int n = 0; n < 40; n++) cr_expect_eq(exits(result, "a", "review", n), n == 12 ? 1.0 : 0.0, "step %d", n);
    pactolus_result_destroy(result);
}

/* ---- The lone partner ---- */

#define LOSING "standalone.a.mode", "build", "standalone.a.capex.plan", "[10]", "standalone.a.material.cost", "1", "standalone.a.fixed_cost", "150"

Test(decision_alone, stops_what_only_loses_and_sells_the_plant)
{
    struct pactolus_result *goes_on = RUN(LOSING), *stops = RUN(LOSING, "standalone.a.stops", "yes");
    double book = 0;
    for (int n = 0; n < 4; n++) book = (book + 10.0 / 4) * pow(0.9, 0.25);
    cr_expect(fabs(by_step(goes_on, "standalone_cash", "a", 6) - -12.5) < 1e-5, "100 - 150 a year");
    cr_expect(fabs(by_step(stops, "standalone_cash", "a", 4) - book) < 1e-5, "%g, want %g", by_step(stops, "standalone_cash", "a", 4), book);
    for (int n = 5; n < 40; n++) cr_expect_eq(by_step(stops, "standalone_cash", "a", n), 0.0);
    cr_expect_gt(support_cell(stops, "standalone_mean", 0, "a", NULL), support_cell(goes_on, "standalone_mean", 0, "a", NULL));
    cr_expect_eq(support_cell(stops, "partnership_mean", 0, "a", NULL), support_cell(goes_on, "partnership_mean", 0, "a", NULL));
    pactolus_result_destroy(goes_on);
    pactolus_result_destroy(stops);
    goes_on = RUN(LOSING, "standalone.a.fixed_cost", "50");
    stops = RUN(LOSING, "standalone.a.fixed_cost", "50", "standalone.a.stops", "yes");
    cr_expect_eq(support_cell(stops, "captured_mean", 0, "a", NULL), support_cell(goes_on, "captured_mean", 0, "a", NULL), "what gains goes on");
    pactolus_result_destroy(goes_on);
    pactolus_result_destroy(stops);
}

/* ---- Another use of the plant ---- */

Test(decision_redirect_results, what_is_made_for_strangers_is_shown)
{
    for (int off = 0; off < 2; off++) {
        const char *const sets[] = {"contract.redirect.volume", off ? "0" : "30", NULL};
        struct pactolus_result *result = support_run(TESTS_DIR "/unit/decision/redirect.yaml", sets, 64, 1);
        cr_expect_eq(support_cell(result, "redirected_probability", 0, NULL), off ? 0.0 : 1.0);
        cr_expect_eq(support_cell(result, "external_volume_by_step", 0, "0", NULL), 0.0);
        cr_expect_eq(support_cell(result, "external_volume_by_step", 0, "3", NULL), off ? 0.0 : 20.0);
        cr_expect_eq(support_cell(result, "pooled_volume_by_step", 0, "3", NULL), 80.0);
        pactolus_result_destroy(result);
    }
}
