/* Gates of the programmes' clocks: when they are tried, what a miss costs, what hangs on them, what ends. docs/model.md (4.8). */
#include <criterion/criterion.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/paths.h"

static const char *const small = TESTS_DIR "/reference/deals/hazards.yaml"; /* two partners, ten years; gates sample and ready */
#define YEARLY "steps_per_year", "1", "venture.capex.plan", "[10, 10, 10, 10]", "venture.production_start", "3"
#define SAMPLE(programme, at, success) programme ".gates.sample.at", at, programme ".gates.sample.success", success
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
enum { STEPS = 10 };

/* Path 0, step by step. */
static struct {
    double joint, line[2], alone_cash, clock, capex, phase, gap, scope, production, transfers[2], after_capex, after_production, alone_capex, alone_stopped, alone_sale,
        capex_line;
} seen[STEPS];

static double first(const lanes *column)
{
    return column ? plain(column)[0] : -7.0;
}

static void see(void *context, const struct engine_block *block, int n)
{
    (void)context;
    seen[n].joint = first(block->contract.joint_profit);
    for (int p = 0; p < 2; p++) seen[n].line[p] = first(block->contract.flow[p][LINE_JOINT_PROFIT]);
    seen[n].alone_cash = first(block->value.alone_cash[0]);
    seen[n].clock = first(block->venture.clock);
    seen[n].capex = first(block->venture.capex);
    seen[n].production = first(block->venture.production);
    seen[n].phase = first(block->decision.phase);
    seen[n].gap = first(block->decision.gap);
    seen[n].scope = first(block->decision.scope);
    for (int p = 0; p < 2; p++) seen[n].transfers[p] = first(block->contract.flow[p][LINE_TRANSFERS]);
    seen[n].after_capex = block->after_running[0] ? first(block->after[0].capex) : 0.0;
    seen[n].after_production = block->after_running[0] ? first(block->after[0].production) : -1.0;
    seen[n].capex_line = first(block->contract.flow[0][LINE_CAPEX]);
    seen[n].alone_capex = block->alone_running[0] ? first(block->alone[0].capex) : 0.0;
    seen[n].alone_stopped = first(block->value.alone_stopped[0]);
    seen[n].alone_sale = first(block->value.alone_sale[0]);
}

static void run(struct paths *paths, const char *const *sets)
{
    paths_open(paths, small, sets);
    paths_run(paths, 0, see, NULL);
}

#define EXPECT(member, ...)                                                                                             \
    do {                                                                                                                \
        const double want[] = {__VA_ARGS__};                                                                            \
        for (size_t k = 0; k < sizeof want / sizeof *want; k++)                                                         \
            cr_expect(fabs(seen[k].member - want[k]) < 1e-6, #member " in step %zu: got %g, want %g", k, seen[k].member, want[k]); \
    } while (0)

/* Year 2 is reached in step 1 and missed; step 2 pays for another attempt and stands; that is missed, and step 3 winds up. */
Test(decision_gate, a_miss_costs_time_and_money_and_the_last_one_ends_the_venture)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, SAMPLE("venture", "2", "0"), "venture.gates.sample.attempts", "2", "venture.gates.sample.retry_cost", "7"));
    EXPECT(clock, 1, 2, 2, 2);
    EXPECT(capex, 10, 10, 7, 0, 0);
    EXPECT(phase, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_WIND_DOWN, PHASE_ENDED);
    for (int p = 0; p < 2; p++) cr_expect_eq(first(paths.block.decision.exit_cause[p]), (double)CAUSE_MILESTONE);
    paths_close(&paths);
}

/* Two years of standstill before each attempt; what is missed once and passed then only comes later. */
Test(decision_gate, a_standstill_lasts_as_long_as_it_is_said)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, SAMPLE("venture", "2", "0"), "venture.gates.sample.attempts", "3", "venture.gates.sample.retry_years", "2",
                     "venture.gates.sample.retry_cost", "7"));
    EXPECT(capex, 10, 10, 7, 0, 7, 0, 0);
    EXPECT(phase, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_WIND_DOWN);
    paths_close(&paths);
}

/* Production waits for a gate at its very start, too. */
Test(decision_gate, production_waits_for_the_gate)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, SAMPLE("venture", "3", "0"), "venture.gates.sample.attempts", "20"));
    EXPECT(production, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    paths_close(&paths);
}

Test(decision_gate, what_hangs_on_it_is_paid_when_it_is_passed_and_never_otherwise)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, SAMPLE("venture", "2", "1"), "contract.milestone.sample.a.b", "12", "contract.milestone.ready.b.a", "5",
                     "venture.gates.ready.at", "1.5", "venture.gates.ready.independent", "yes", "venture.gates.ready.success", "0"));
    EXPECT(transfers[0], 0, 0, -12, 0, 0, 0, 0, 0, 0, 0);
    EXPECT(transfers[1], 0, 0, 12, 0, 0, 0, 0, 0, 0, 0);
    EXPECT(production, -1, -1, -1, 0, 1); /* the one that was missed holds nothing */
    paths_close(&paths);
    run(&paths, SETS(YEARLY, SAMPLE("venture", "2", "0"), "contract.milestone.sample.a.b", "12"));
    EXPECT(transfers[0], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    paths_close(&paths);
}

/* ---- What the partners make of a miss ---- */

Test(decision_gate, a_miss_widens_the_gap_and_stops_expansion_until_the_next_review)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, SAMPLE("venture", "1", "0"), "venture.gates.sample.attempts", "20", "venture.gates.sample.retry_years", "3",
                     "contract.governance.gap_gate", "0.25", "contract.governance.gap_reversion", "0.5"));
    EXPECT(gap, 0, 0.25, 0.25 * exp(-0.5), 0.25 * exp(-1.0), 0.25 * exp(-1.5) + 0.25);
    paths_close(&paths);
    /* reviews every year; more scope gains, as two make what one would: it grows at once but for the review behind the miss */
    run(&paths, SETS(YEARLY, SAMPLE("venture", "2", "0"), "venture.gates.sample.attempts", "20", "venture.gates.sample.retry_years", "5",
                     "contract.review_every_years", "1", "contract.scope", "0.2", "contract.scope_rule.expand_by", "0.1",
                     "venture.common_share", "0.5", "venture.material.scale_exponent", "0.1", "venture.reference_volume", "100"));
    EXPECT(scope, 0.2, 0.3, 0.3, 0.4, 0.5);
    paths_close(&paths);
}

/* ---- Other programmes ---- */

#define A_LEAVES "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100", "contract.triggers.first.partner", \
    "a", "contract.triggers.first.opens", "exit", "after.a.mode", "build", "after.a.capex.plan", "[20, 20]", "after.a.production_start", "2",  \
    "after.a.material.cost", "1"

Test(decision_gate, what_the_venture_passed_its_partner_need_not_pass_again)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, SAMPLE("venture", "1", "1"), SAMPLE("after.a", "1", "0"), A_LEAVES, "contract.exit.notice_years", "3"));
    EXPECT(after_capex, 0, 0, 0, 20, 20, 0);
    EXPECT(after_production, -1, -1, -1, -1, -1, 0);
    paths_close(&paths);
    run(&paths, SETS(YEARLY, SAMPLE("venture", "9", "1"), SAMPLE("after.a", "1", "0"), A_LEAVES, "contract.exit.notice_years", "3"));
    EXPECT(after_capex, 0, 0, 0, 20, 0, 0); /* it fails its own */
    EXPECT(after_production, -1, -1, -1, -1, -1, -1);
    paths_close(&paths);
}

/* The venture fails in year 1 and is wound up in step 1: who would build the same cannot, and its know-how is credited. */
Test(decision_gate, what_the_venture_failed_closes_the_way)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, SAMPLE("venture", "1", "0"), SAMPLE("after.a", "1", "1"), "after.a.mode", "build", "after.a.capex.plan", "[20, 20]",
                     "after.a.material.cost", "1", "partners.a.know_how.kept", "0.5", "venture.common_share", "1"));
    EXPECT(after_capex, 0, 0, 0, 0);
    cr_expect_float_eq(first(paths.block.value.ledger[0][LINE_KNOW_HOW]), 5.0 / pow(1.08, 1.5), 1e-5);
    paths_close(&paths);
    run(&paths, SETS(YEARLY, SAMPLE("venture", "1", "0"), "after.a.mode", "build", "after.a.capex.plan", "[20, 20]", "after.a.material.cost", "1"));
    EXPECT(after_capex, 0, 20, 20, 0); /* without such a gate it can */
    paths_close(&paths);
}

Test(decision_gate, a_lone_partner_that_fails_stops_for_good)
{
    struct paths paths;
    run(&paths, SETS("steps_per_year", "1", "standalone.a.mode", "build", "standalone.a.capex.plan", "[30, 30, 30]", "standalone.a.material.cost", "1",
                     "standalone.a.production_start", "3", SAMPLE("standalone.a", "2", "0"), "standalone.a.gates.sample.attempts", "2",
                     "standalone.a.gates.sample.retry_cost", "4"));
    EXPECT(alone_capex, 30, 30, 4, 0, 0);
    EXPECT(alone_stopped, 0, 0, 0, 1, 1);
    EXPECT(alone_sale, 0, 0, 0, (30 * 0.9 * 0.9 + 30 * 0.9 + 4) * 0.9, 0);
    paths_close(&paths);
}

/* It misses the gate at the end of step 0 and stops at the start of step 1: for another attempt that never comes nothing is spent. */
Test(decision_gate, a_lone_partner_that_stops_pays_for_no_other_attempt)
{
    struct paths paths;
    run(&paths, SETS("steps_per_year", "1", "standalone.a.mode", "build", "standalone.a.capex.plan", "[30, 30, 30]", "standalone.a.material.cost", "1",
                     "standalone.a.production_start", "3", "standalone.a.fixed_cost", "1000", "standalone.a.stops", "yes",
                     SAMPLE("standalone.a", "1", "0"), "standalone.a.gates.sample.attempts", "3", "standalone.a.gates.sample.retry_cost", "4"));
    EXPECT(alone_stopped, 0, 1, 1);
    EXPECT(alone_capex, 30, 0, 0, 0);
    paths_close(&paths);
}

/* One draw for all programmes: whoever needs less luck passes wherever the other does. */
Test(decision_gate, luck_is_the_same_alone)
{
    struct paths paths;
    int passed[2] = {0, 0}, only_alone = 0;
    paths_open(&paths, small, SETS(YEARLY, SAMPLE("venture", "2", "0.6"), "standalone.a.mode", "build", "standalone.a.capex.plan", "[30]",
                                   "standalone.a.material.cost", "1", SAMPLE("standalone.a", "1", "0.3")));
    for (uint64_t block = 0; block < 16; block++) {
        paths_run(&paths, block * BLOCK_PATHS, NULL, NULL);
        for (int l = 0; l < BLOCK_PATHS; l++) {
            const int venture = plain(paths.block.venture.gate[1])[l] > 0, alone = plain(paths.block.alone[0].gate[1])[l] > 0;
            passed[0] += venture;
            passed[1] += alone;
            only_alone += alone && !venture;
        }
    }
    cr_expect_eq(only_alone, 0);
    cr_expect(abs(passed[0] - 614) < 4 * 16 && abs(passed[1] - 307) < 4 * 15, "%d and %d of 1024", passed[0], passed[1]);
    paths_close(&paths);
}

/* A gate that is passed at the first attempt on a whole step moves no bit. */
static void gather(struct paths *paths, double *captured)
{
    paths_run(paths, 0, NULL, NULL);
    for (int p = 0; p < 2; p++) memcpy(captured + p * BLOCK_PATHS, paths->block.value.captured[p], BLOCK_PATHS * sizeof(double));
    paths_close(paths);
}

Test(decision_gate, one_that_is_passed_moves_nothing)
{
    double with[2 * BLOCK_PATHS], without[2 * BLOCK_PATHS];
    struct paths paths;
#define MOVING "contract.review_every_years", "1", "market.demand.home.volatility", "0.3", "venture.capex.plan", "[40, 40]", \
    "venture.production_start", "2", "after.a.mode", "buy", "after.a.buy_price", "1.2"
    paths_open(&paths, small, SETS(MOVING));
    gather(&paths, without);
    paths_open(&paths, small, SETS(MOVING, SAMPLE("venture", "0.5", "1"), "venture.gates.ready.at", "2"));
    gather(&paths, with);
    cr_expect(memcmp(with, without, sizeof with) == 0);
}

/* ---- Events that happen once, and what development costs (4.9) ---- */

/* The event falls at the start: two years of standstill, then three programme years to production. */
Test(decision_event, a_standstill_costs_and_development_goes_on_behind_it)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, "venture.adverse.rate", "100", "venture.adverse.ends", "no", "venture.adverse.standstill_years", "2",
                     "venture.standing_cost", "6", "venture.development_cost", "[5, 3]"));
    EXPECT(clock, 0, 0, 1, 2, 3, 4);
    EXPECT(joint, -6, -6, -5, -3, -3, 0);
    EXPECT(production, -1, -1, -1, -1, -1, 0);
    paths_close(&paths);
}

/* 8 a year: 75 to 25 in the first programme year, then in equal parts; as capital would be. */
Test(decision_event, development_goes_by_the_shares_of_capital)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, "venture.development_cost", "[8]", "contract.capex.rule", "fixed", "contract.capex.share.a", "[0.75, 0.5]",
                     "contract.capex.share.b", "[0.25, 0.5]", "venture.delay", "1.5"));
    EXPECT(line[0], -6, -(6 + 4) / 2.0, -4, -4, -4, 0);
    EXPECT(line[1], -2, -(2 + 4) / 2.0, -4, -4, -4, 0);
    paths_close(&paths);
}

/* Half of step 1 is lost at the gate: what stands is borne by equity, what moves by the shares of its year. */
Test(decision_event, of_a_step_that_stands_in_part_that_part_goes_by_equity)
{
    struct paths paths;
    run(&paths, SETS(YEARLY, "venture.development_cost", "[8]", "venture.standing_cost", "6", "contract.capex.rule", "fixed", "contract.capex.share.a",
                     "[0.75, 0.5]", "contract.capex.share.b", "[0.25, 0.5]", "venture.delay", "1.5", SAMPLE("venture", "1", "1")));
    EXPECT(joint, -8, -4 - 3, -8);
    EXPECT(line[0], -6, -3 - 1.5, -4);
    EXPECT(line[1], -2, -1 - 1.5, -4);
    paths_close(&paths);
}

Test(decision_event, alone_it_is_the_same)
{
    struct paths paths;
    run(&paths, SETS("steps_per_year", "1", "standalone.a.mode", "build", "standalone.a.capex.plan", "[30]", "standalone.a.material.cost", "1",
                     "standalone.a.production_start", "2", "standalone.a.development_cost", "[5, 3]", "standalone.a.success.rate", "100",
                     "standalone.a.success.from", "3"));
    EXPECT(alone_cash, -35, -3, -3, -3, 100);
    paths_close(&paths);
    run(&paths, SETS("steps_per_year", "1", "standalone.a.mode", "build", "standalone.a.capex.plan", "[30]", "standalone.a.material.cost", "1",
                     "standalone.a.adverse.rate", "0.000001", "venture.adverse.rate", "100"));
    EXPECT(alone_stopped, 0, 0, 0); /* one threshold, two rates */
    EXPECT(phase, PHASE_WIND_DOWN, PHASE_ENDED);
    cr_expect_eq(first(paths.block.decision.exit_cause[0]), (double)CAUSE_ADVERSE);
    paths_close(&paths);
}

/* The event that ends its own programme falls: from then on nothing is spent. */
Test(decision_event, an_own_programme_that_has_ended_spends_nothing)
{
    struct paths paths;
    run(&paths, SETS("steps_per_year", "1", A_LEAVES, "contract.exit.notice_years", "3", "after.a.capex.plan", "[20, 20, 20, 20]",
                     "after.a.production_start", "3", "after.a.adverse.rate", "100"));
    cr_assert_eq(first(paths.block.after[0].ended), (double)END_ADVERSE);
    for (int n = 4; n < STEPS; n++) {
        cr_expect_eq(seen[n].after_capex, 0.0, "step %d: %g", n, seen[n].after_capex);
        cr_expect_eq(seen[n].capex_line, 0.0, "step %d: %g", n, seen[n].capex_line);
    }
    paths_close(&paths);
}

/* The same programme alone and after an exit at signing, with a gate and an event that may end it, also at once: nothing is captured. */
#define SAME(programme)                                                                                                          \
    programme ".mode", "build", programme ".capex.plan", "[30, 30, 30, 30]", programme ".capex.grant", "[5, 5]",                  \
        programme ".material.cost", "1", programme ".fixed_cost", "7", programme ".production_start", "3", programme ".adverse.rate", "0.25",      \
        programme ".development_cost", "[5, 3]", programme ".standing_cost", "4", SAMPLE(programme, "1.5", "0.5"),                \
        programme ".gates.sample.attempts", "2", programme ".gates.sample.retry_cost", "4"
static void expect_same(const char *const *sets, double late)
{
    struct paths paths;
    double least = 1e9, most = -1e9;
    run(&paths, sets);
    for (int l = 0; l < BLOCK_PATHS; l++) {
        const double captured = plain(paths.block.value.captured[0])[l], alone = plain(paths.block.value.standalone[0])[l];
        cr_expect(fabs(captured) < 1e-4, "path %d captures %g", l, captured);
        least = fmin(least, alone);
        most = fmax(most, alone);
    }
    cr_expect(least < late && most > 0, "alone from %g to %g", least, most);
    paths_close(&paths);
}

Test(decision_event, an_own_programme_ends_as_alone)
{
#define LEAVES_AT_ONCE "steps_per_year", "1", "partners.a.discount_rate", "0", "venture.capex.plan", "[]", A_LEAVES, "contract.exit.multiple", "0"
    expect_same(SETS(LEAVES_AT_ONCE, SAME("standalone.a"), SAME("after.a")), -50);
    expect_same(SETS(LEAVES_AT_ONCE, SAME("standalone.a"), SAME("after.a"), "standalone.a.adverse.ends", "no", "after.a.adverse.ends", "no",
                     "standalone.a.adverse.standstill_years", "2", "after.a.adverse.standstill_years", "2"), -50);
}

/* I_x(2, 3) = 6 x^2 - 8 x^3 + 3 x^4, at 1/4, 1/2, 3/4 by hand; a shape that is no whole number against GSL. */
Test(programme_curve, is_the_cumulative_beta_distribution)
{
    struct paths paths;
    const double x[] = {0.25, 0.5, 0.75, 1};
    run(&paths, SETS(YEARLY, "venture.capex.plan", "[]", "venture.capex.total", "256", "venture.capex.duration", "4", "venture.delay", "1"));
    EXPECT(capex, 67, 109, 67, 13, 0);
    paths_close(&paths);
    run(&paths, SETS(YEARLY, "venture.capex.plan", "[]", "venture.capex.total", "100", "venture.capex.duration", "4", "venture.capex.shape_a", "1.5",
                     "venture.capex.shape_b", "2.7", "venture.capex.overrun", "1.2"));
    for (int n = 0; n < 4; n++) {
        const double want = 120 * (gsl_cdf_beta_P(x[n], 1.5, 2.7) - (n ? gsl_cdf_beta_P(x[n - 1], 1.5, 2.7) : 0));
        cr_expect(fabs(seen[n].capex - want) < 1e-6, "step %d: got %.8f, want %.8f", n, seen[n].capex, want);
    }
    paths_close(&paths);
}

/* Development that is worth nothing in expectation is ended at a review by all; the same with a fair chance of success goes on. */
Test(decision_event, a_review_ends_what_is_not_worth_its_burn)
{
    struct paths paths;
#define BURNS YEARLY, "contract.review_every_years", "1", "venture.development_cost", "[60]", "venture.success.from", "1"
    run(&paths, SETS(BURNS, "venture.success.rate", "0.02"));
    EXPECT(phase, PHASE_DEVELOP, PHASE_WIND_DOWN, PHASE_ENDED);
    cr_expect_eq(first(paths.block.decision.exit_cause[0]), (double)CAUSE_REVIEW);
    paths_close(&paths);
    run(&paths, SETS(BURNS, "venture.success.rate", "0.9"));
    EXPECT(phase, PHASE_DEVELOP, PHASE_DEVELOP, PHASE_DEVELOP);
    paths_close(&paths);
}

/* a is out when the venture's clock has done 3 years, 2 of them with a hazard 0.05 / (1 + 0.8 x): 0.05 / 0.8 ln(1 + 0.8 x 2) of the
   threshold is used up, and its own programme begins with the rest, at its own rate. */
Test(decision_event, an_own_programme_begins_with_what_fading_hope_has_left)
{
    struct paths paths;
    run(&paths, SETS("steps_per_year", "1", "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100",
                     "contract.triggers.first.partner", "a", "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "3",
                     "venture.success.rate", "0.05", "venture.success.from", "1", "venture.success.fade", "0.8", "after.a.mode", "build",
                     "after.a.capex.plan", "[20]", "after.a.material.cost", "1.1", "after.a.success.rate", "0.2", "after.a.success.from", "0.5"));
    const double success = first(paths.block.venture.success_at), threshold = 0.05 / 0.8 * log(1 + 0.8 * (success - 1));
    cr_assert(success > 3 && first(paths.block.decision.in[0]) < 0.5, "path 0 is not one for this test");
    const double want = 0.5 + (threshold - 0.05 / 0.8 * log(1 + 0.8 * 2)) / 0.2, got = first(paths.block.after[0].success_at);
    cr_expect(fabs(got - want) < 1e-9 * want, "got %.9f, want %.9f", got, want);
    paths_close(&paths);
}

/* Software: 82% of a body with mean 0.91, 18% of a Pareto tail with a stated cap of 10, late where it is dear. E of the tail, cut:
   alpha x_m^alpha / (alpha - 1) (x_m^(1 - alpha) - 10^(1 - alpha)) / (1 - (x_m / 10)^alpha). */
Test(programme_overrun, may_have_a_heavy_tail_with_a_cap_and_come_with_delay)
{
    enum { BLOCKS = 64, PATHS = BLOCKS * BLOCK_PATHS };
    static double dear[PATHS], late[PATHS], alone[PATHS];
    struct paths paths;
    const double alpha = 1.378, tail = alpha * pow(1.5, alpha) / (alpha - 1) * (pow(1.5, 1 - alpha) - pow(10, 1 - alpha)) / (1 - pow(0.15, alpha));
    double xy = 0, xx = 0, yy = 0, most = 0;
    paths_open(&paths, small, SETS("steps_per_year", "1", "venture.capex.plan", "[10, 10, 10]", "venture.delay", "lognormal(median=1.2, sigma=0.3)",
                                   "venture.capex.overrun", "mixture(0.82: uniform(0.72, 1.1), 0.18: truncated(pareto(1.5, 1.378), 1.5, 10))",
                                   "standalone.a.mode", "build", "standalone.a.material.cost", "1", "standalone.a.capex.plan", "[1]",
                                   "standalone.a.capex.overrun", "mixture(0.82: uniform(0.72, 1.1), 0.18: truncated(pareto(1.5, 1.378), 1.5, 10))"));
    const struct param_number overrun = paths.bench.deal->programme.venture.capex_overrun, delay = paths.bench.deal->programme.venture.delay;
    const struct param_number other = paths.bench.deal->programme.alone[0].capex_overrun;
    for (int k = 0; k < PATHS; k++) {
        if (k % BLOCK_PATHS == 0) paths_run(&paths, (uint64_t)k, NULL, NULL);
        const size_t at = (size_t)(k % BLOCK_PATHS);
        dear[k] = plain(paths.block.drawn + (size_t)overrun.draw * BLOCK_LANES)[at];
        alone[k] = plain(paths.block.drawn + (size_t)other.draw * BLOCK_LANES)[at];
        late[k] = log(plain(paths.block.drawn + (size_t)delay.draw * BLOCK_LANES)[at] / 1.2) / 0.3;
        most = fmax(most, dear[k]);
    }
    const struct estimate mean = estimate_of(dear, NULL, PATHS);
    const double want = 0.82 * 0.91 + 0.18 * tail;
    cr_expect(fabs(mean.mean - want) <= 4 * mean.error, "got %g, want %g", mean.mean, want);
    cr_expect(most > 8 && most <= 10, "%g", most);
    cr_expect(memcmp(dear, alone, sizeof dear) == 0, "one draw for both programmes");
    for (int k = 0; k < PATHS; k++) { /* of normal scores, by the rank of the overrun in its own distribution */
        int below = 0;
        for (int j = k % 8; j < PATHS; j += 8) below += dear[j] < dear[k];
        const double x = gsl_cdf_ugaussian_Pinv((below + 0.5) / (PATHS / 8 + 1.0));
        xy += x * late[k];
        xx += x * x;
        yy += late[k] * late[k];
    }
    cr_expect(fabs(xy / sqrt(xx * yy) - 0.6) < 0.05, "correlation %g, want 0.6", xy / sqrt(xx * yy));
    paths_close(&paths);
}
