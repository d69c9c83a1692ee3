/* Hazards against closed forms (docs/model.md, 6 and 7): how long a partnership stands under one cause at a time. |z| at most 4 with
   the exact standard error of a share, sqrt(S (1 - S) / n); numbers of paths are such that it stays below 0.0025. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/example.h"
#include "support/paths.h"

static const char *const deal = TESTS_DIR "/reference/deals/hazards.yaml";
enum { PATHS = 50000 };

static void expect_share(double got, double want, const char *what, double when)
{
    const double error = sqrt(want * (1 - want) / (double)PATHS), z = (got - want) / error;
    cr_expect_leq(error, 0.0025);
    cr_expect(fabs(z) <= 4, "%s at %g: got %.5f, want %.5f, z = %.2f", what, when, got, want, z);
}

static double survival(const struct pactolus_result *result, double years, double steps_per_year)
{
    return by_step(result, "survival", NULL, (int)(years * steps_per_year + 0.5) - 1);
}

/* The whole hazard and nothing else: S(t) = 1 / (1 + (t / 10)^1.8) at the end of each step. */
Test(reference_hazards, break_up_is_log_logistic)
{
    const char *const sets[] = {"contract.breakup.share", "1", "horizon_years", "15", NULL};
    const double years[] = {3, 5, 10, 15}, known[] = {0.8973, 0.7769, 0.5000, 0.3252};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 1);
    for (int k = 0; k < 4; k++) {
        const double want = 1 / (1 + pow(years[k] / 10, 1.8));
        cr_assert(fabs(want - known[k]) < 5e-5);
        expect_share(survival(result, years[k], 4), want, "break-up", years[k]);
    }
    cr_expect(support_cell(result, "exit_probability", 0, "a", "breakup", NULL) > 0.1);
    cr_expect_eq(support_cell(result, "exit_probability", 0, "a", "review", NULL), 0.0);
    pactolus_result_destroy(result);
}

/* A share of the hazard is a power of the survival. */
Test(reference_hazards, a_share_of_break_up_is_a_share_of_its_hazard)
{
    const char *const sets[] = {"contract.breakup.share", "0.4", "contract.breakup.median_years", "7", NULL};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 2);
    expect_share(survival(result, 10, 4), pow(1 + pow(10.0 / 7, 1.8), -0.4), "0.4 of break-up", 10);
    pactolus_result_destroy(result);
}

#define CONTROL(name, partner, rate) \
    "contract.triggers." name ".kind", "change_of_control", "contract.triggers." name ".opens", "exit", \
        "contract.triggers." name ".partner", partner, "contract.triggers." name ".rate", rate

Test(reference_hazards, change_of_control_is_exponential)
{
    const char *const sets[] = {CONTROL("first", "a", "0.0693147180559945"), "horizon_years", "15", NULL};
    const double years[] = {5, 10, 15}, known[] = {0.7071, 0.5, 0.3536};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 1);
    for (int k = 0; k < 3; k++) {
        const double want = exp(-log(2.0) / 10 * years[k]);
        cr_assert(fabs(want - known[k]) < 5e-5);
        expect_share(survival(result, years[k], 4), want, "change of control", years[k]);
    }
    cr_expect_eq(support_cell(result, "exit_probability", 0, "b", "control", NULL), 0.0, "only a has a new owner");
    pactolus_result_destroy(result);
}

/* The notice comes first: nobody is out before it is over. */
Test(reference_hazards, notice_moves_the_survival_by_its_length)
{
    const char *const sets[] = {CONTROL("first", "a", "0.0693147180559945"), "contract.exit.notice_years", "1", NULL};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 1);
    cr_expect_eq(survival(result, 1, 4), 1.0);
    expect_share(survival(result, 10, 4), exp(-log(2.0) / 10 * 9), "change of control with notice", 10);
    pactolus_result_destroy(result);
}

/* Who left first, by path. */
struct first {
    int exits[2];
    int out[BLOCK_PATHS];
};

static void watch_first(void *context, const struct engine_block *block, int step)
{
    struct first *first = context;
    for (int l = 0; l < BLOCK_PATHS; l++) {
        if (!step) first->out[l] = 0;
        if (first->out[l]) continue;
        for (int p = 0; p < 2; p++) {
            if (!(plain(block->decision.left[p])[l] > 0)) continue;
            first->exits[p]++;
            first->out[l] = 1;
        }
    }
}

/* Two owners that may change, at 0.024 and 0.045 a year: S(10) = 0.5016, and of those that end the first ends 0.024 / 0.069 = 0.3478. By
   months a tie is rare (0.0013 of the exits): it goes to the first name, which is in the exact share. */
Test(reference_hazards, competing_risks_share_the_exits)
{
    const char *const sets[] = {CONTROL("first", "a", "0.024"), CONTROL("second", "b", "0.045"), "steps_per_year", "12", NULL};
    struct paths run;
    struct first first = {{0}, {0}};
    paths_open(&run, deal, sets);
    const int blocks = PATHS / BLOCK_PATHS;
    for (int k = 0; k < blocks; k++) paths_run(&run, (uint64_t)k * BLOCK_PATHS, watch_first, &first);
    paths_close(&run);
    const double paths = (double)blocks * (double)BLOCK_PATHS, exits = first.exits[0] + first.exits[1];
    const double a = 1 - exp(-0.024 / 12), both = 1 - exp(-0.069 / 12), share = a / both;
    cr_assert(fabs(share - 0.3478) < 0.001 && fabs(exp(-0.69) - 0.5016) < 5e-5);
    expect_share(1 - exits / paths, exp(-0.69), "survival", 10);
    const double error = sqrt(share * (1 - share) / exits), z = (first.exits[0] / exits - share) / error;
    cr_expect(error < 0.0035 && fabs(z) <= 4, "share of a: got %.5f, want %.5f, z = %.2f", first.exits[0] / exits, share, z);
}

/* A rate that differs between paths: those that stand are the steady ones. Rate uniform(0, 0.12): S(10) = (1 - e^{-1.2}) / 1.2, above
   e^{-0.6} at the mean rate. */
Test(reference_hazards, a_drawn_rate_lets_the_steady_stand)
{
    const char *const sets[] = {CONTROL("first", "a", "uniform(0, 0.12)"), NULL};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 1);
    const double want = (1 - exp(-1.2)) / 1.2;
    expect_share(survival(result, 10, 4), want, "drawn rate", 10);
    cr_expect(survival(result, 10, 4) - exp(-0.6) > 8 * 0.0022, "and not that of the mean rate");
    pactolus_result_destroy(result);
}

/* Share of paths that ever were in a deadlock: none is resolved, so it is that of the last step. */
static double deadlocked(const char *gap, uint64_t seed)
{
    const char *const sets[] = {"contract.deadlock.rate", "0.03", "contract.deadlock.gap_effect", "2", "contract.deadlock.resolution_rate", "0",
                                "contract.governance.goal_gap", gap, NULL};
    struct pactolus_result *result = support_run(deal, sets, PATHS, seed);
    const double share = by_step(result, "deadlocked", NULL, 39);
    pactolus_result_destroy(result);
    return share;
}

/* Within ten years at 0.03 e^{2 g} a year: 26, 56, 89% (judgement on the parameters, arithmetic on the rest). */
Test(reference_hazards, deadlocks_arrive_at_the_rate_of_the_gap)
{
    const char *const gap[] = {"0", "0.5", "1"};
    const double known[] = {0.26, 0.56, 0.89};
    for (int k = 0; k < 3; k++) {
        const double want = 1 - exp(-0.3 * exp(0.5 * 2 * k));
        cr_assert(fabs(want - known[k]) < 0.005);
        expect_share(deadlocked(gap[k], 1), want, "deadlock", 0.5 * k);
    }
}

/* Gap uniform(0, 1): 0.4347 never have one, against 0.4424 at the mean gap (frailty; reference computed by integration). */
Test(reference_hazards, a_drawn_gap_is_a_frailty)
{
    double want = 0;
    const int nodes = 2000;
    for (int k = 0; k < nodes; k++) want += exp(-0.3 * exp(2 * (k + 0.5) / nodes)) / nodes;
    cr_assert(fabs(want - 0.4347) < 5e-5 && fabs(exp(-0.3 * exp(1)) - 0.4424) < 5e-5);
    expect_share(1 - deadlocked("uniform(0, 1)", 3), want, "no deadlock", 10);
}

/* A deadlock lasts: at rate 2 a year by quarters the share that is stuck settles at a / (1 - (1 - a) (1 - r)) in the two-state chain. */
Test(reference_hazards, deadlocks_are_resolved_at_their_rate)
{
    const char *const sets[] = {"contract.deadlock.rate", "1", "contract.deadlock.resolution_rate", "2", "horizon_years", "5", NULL};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 1);
    const double a = 1 - exp(-0.25), r = 1 - exp(-0.5);
    double stuck = 0, steps = 0;
    for (int n = 0; n < 20; n++) {
        stuck = stuck * (1 - r) + (1 - stuck) * a; /* resolved and struck again in one step: one move a step */
        expect_share(by_step(result, "deadlocked", NULL, n), stuck, "in deadlock", n);
        steps += by_step(result, "deadlocked", NULL, n);
    }
    const double years = support_cell(result, "deadlock_years_mean", 0, NULL);
    cr_expect(fabs(years - steps / 4) < 1e-9, "years in deadlock: %g on paths, %g by step", years, steps / 4);
    pactolus_result_destroy(result);
}

/* A level that starts at 1, drift of the level 0.02, volatility 0.25, looked at once a year: below 0.7 of plan it opens the exit. The
   first level is that of half a year: 0.389149 by integration of the density from look to look (a grid of 2,000 points between the
   barrier and e^3, midpoint rule; the same program gives the known 0.4157 for looks after 1, 2, .. 5 years). */
Test(reference_hazards, a_barrier_is_hit_at_its_looks)
{
    const char *const sets[] = {"market.demand.home.growth", "0.02", "market.demand.home.volatility", "0.25", "steps_per_year", "1",
                                "horizon_years", "6", "contract.triggers.first.kind", "volume_below", "contract.triggers.first.threshold",
                                "0.7", "contract.triggers.first.opens", "exit", "contract.exit.right.a", "no", "contract.exit.right.b", "no",
                                "after.a.mode", "buy", "after.a.buy_price", "0.1", NULL};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 1);
    expect_share(1 - survival(result, 6, 1), 0.389149, "below the barrier", 5);
    cr_expect_eq(survival(result, 1, 1), 1.0, "nothing is known at signing");
    expect_share(1 - survival(result, 2, 1), 0.5 * erfc((-log(0.7) + (0.02 - 0.03125) * 0.5) / (0.25 * sqrt(0.5)) / sqrt(2.0)),
                 "at the first look", 0.5);
    pactolus_result_destroy(result);
}

/* It must last: two looks running below. P(two in a row) is checked against the paths of the market themselves. */
struct barrier {
    int hits, last[BLOCK_PATHS], done[BLOCK_PATHS], wrong;
};
static void watch_barrier(void *context, const struct engine_block *block, int step)
{
    struct barrier *b = context;
    const double *made = plain(block->venture.volume), *left = plain(block->decision.left[0]);
    for (int l = 0; l < BLOCK_PATHS; l++) {
        if (!step) b->last[l] = b->done[l] = 0;
        if (!b->done[l] && (left[l] > 0) != (b->last[l] >= 2)) b->wrong++;
        if (left[l] > 0) b->done[l] = 1;
        if (b->done[l]) continue;
        b->last[l] = made[l] < 0.7 * 200 ? b->last[l] + 1 : 0;
        b->hits += b->last[l] == 2;
    }
}

Test(reference_hazards, a_trigger_waits_as_long_as_it_must)
{
    const char *const sets[] = {"market.demand.home.volatility", "0.25", "steps_per_year", "1", "contract.triggers.first.kind",
                                "volume_below", "contract.triggers.first.threshold", "0.7", "contract.triggers.first.opens", "exit",
                                "contract.triggers.first.for_years", "2", "contract.exit.right.a", "no", "contract.exit.right.b", "no",
                                "after.a.mode", "buy", "after.a.buy_price", "0.1", NULL};
    struct paths run;
    struct barrier barrier = {0};
    paths_open(&run, deal, sets);
    for (uint64_t k = 0; k < 16; k++) paths_run(&run, k * BLOCK_PATHS, watch_barrier, &barrier);
    paths_close(&run);
    cr_expect_gt(barrier.hits, 100);
    cr_expect_eq(barrier.wrong, 0, "%d exits too early or too late", barrier.wrong);
}

/* Two attempts of 0.4 at one gate: 1 - 0.6^2 pass. */
Test(reference_hazards, attempts_at_a_gate_are_independent)
{
    const char *const sets[] = {"steps_per_year", "1", "venture.gates.sample.at", "2", "venture.gates.sample.success", "0.4",
                                "venture.gates.sample.attempts", "2", NULL};
    struct pactolus_result *result = support_run(deal, sets, PATHS, 1);
    cr_expect_eq(survival(result, 3, 1), 1.0);
    expect_share(survival(result, 10, 1), 0.64, "passed", 10);
    cr_expect_float_eq(support_cell(result, "exit_probability", 0, "a", "milestone", NULL), 1 - survival(result, 10, 1), 1e-12);
    pactolus_result_destroy(result);
}

/* A hazard 0.5 / (1 + x) adds to 0.5 ln(1 + x): the chance that success has not come is (1 + x)^-0.5. */
Test(reference_hazards, hope_of_success_fades)
{
    const char *const fades[] = {"venture.success.rate", "0.5", "venture.success.from", "2", "venture.success.fade", "1", NULL};
    struct pactolus_result *result = support_run(deal, fades, PATHS, 1);
    cr_expect_eq(by_step(result, "pooled_volume", NULL, 8), 0.0);
    for (int n = 12; n < 40; n += 9) expect_share(by_step(result, "pooled_volume", NULL, n) / 50, 1 - pow(n / 4.0 - 1, -0.5), "success", n / 4.0);
    pactolus_result_destroy(result);
}

/* Production may start from year 2 on with a hazard of success of 0.3; an adverse event ends what it finds. */
Test(reference_hazards, success_and_adverse_events_are_exponential)
{
    const char *const succeeds[] = {"venture.success.rate", "0.3", "venture.success.from", "2", NULL};
    const char *const ends[] = {"venture.adverse.rate", "0.0693147180559945", NULL};
    struct pactolus_result *result = support_run(deal, succeeds, PATHS, 1);
    cr_expect_eq(by_step(result, "pooled_volume", NULL, 8), 0.0);
    for (int n = 12; n < 40; n += 9) expect_share(by_step(result, "pooled_volume", NULL, n) / 50, 1 - exp(-0.3 * (n / 4.0 - 2)), "success", n / 4.0);
    pactolus_result_destroy(result);
    result = support_run(deal, ends, PATHS, 1);
    for (int year = 5; year <= 10; year += 5) expect_share(survival(result, year, 4), exp(-log(2.0) / 10 * year), "adverse event", year);
    cr_expect(support_cell(result, "exit_probability", 0, "b", "adverse", NULL) > 0.4);
    pactolus_result_destroy(result);
}

/* Risk is not counted twice (docs/model.md, 10): a rate of 9% stays 9% whatever may end the deal. 100 a year for ten years are worth 670.0;
   with an event at 5% a year, at the start of step n with chance 1 - e^{-0.05 (n + 1)}, sum of 100 e^{-0.05 (n + 1)} 1.09^{-n - 1/2} =
   532.3: the mean over paths, each of which has what its years bring at 9%, to the bit of the deal without the event. */
Test(reference_hazards, a_hazard_is_in_the_flows_and_not_in_the_rate)
{
    enum { YEARS = 10, ALL = 16384 };
    double worth[YEARS + 1] = {0}, mean = 0, square = 0, got = 0, whole;
    struct paths run;
    for (int n = 0; n < YEARS; n++) worth[n + 1] = worth[n] + 100 * pow(1.09, -n - 0.5);
    for (int n = 0; n <= YEARS; n++) { /* ends at the start of step n, or never */
        const double chance = exp(-0.05 * n) - (n < YEARS ? exp(-0.05 * (n + 1)) : 0.0);
        mean += chance * worth[n];
        square += chance * worth[n] * worth[n];
    }
    cr_assert(fabs(worth[YEARS] - 670.02) < 0.01 && fabs(mean - 532.30) < 0.01, "%.4f, %.4f", worth[YEARS], mean);
    const char *const sets[] = {"steps_per_year", "1", "partners.a.discount_rate", "0.09", "venture.adverse.rate", "0", NULL};
    const char *const risky[] = {"steps_per_year", "1", "partners.a.discount_rate", "0.09", "venture.adverse.rate", "0.05", NULL};
    paths_open(&run, deal, sets);
    paths_run(&run, 0, NULL, NULL);
    whole = plain(run.block.value.ledger[0][LINE_OWN_MARGIN])[0];
    cr_expect(fabs(whole - worth[YEARS]) < 1e-4, "%.6f", whole);
    paths_close(&run);
    paths_open(&run, deal, risky);
    for (uint64_t first = 0; first < ALL; first += BLOCK_PATHS) {
        paths_run(&run, first, NULL, NULL);
        for (int l = 0; l < BLOCK_PATHS; l++) {
            const double value = plain(run.block.value.ledger[0][LINE_OWN_MARGIN])[l];
            if (plain(run.block.decision.in[0])[l] > 0.5) cr_assert_eq(value, whole, "a path on which it never falls");
            got += value / (double)ALL;
        }
    }
    const double z = (got - mean) / sqrt((square - mean * mean) / (double)ALL);
    cr_expect(fabs(z) <= 4, "got %.3f, want %.3f, z = %.2f", got, mean, z);
    paths_close(&run);
}

/* A programme that begins at an exit can meet its event in its first step: 450 a year, each survived with e^-0.7 more. */
Test(reference_hazards, an_event_after_an_exit_is_foreseen_from_its_first_step)
{
    struct pactolus_result *result = support_run(TESTS_DIR "/reference/deals/after_adverse.yaml", NULL, 64, 1);
    double want = 0.0;
    for (int year = 1; year <= 5; year++) want += 450.0 * exp(-0.7 * year);
    const double got = support_cell(result, "leaving_by_step", 0, "a", "1", NULL);
    cr_expect(fabs(got - want) < 1e-6, "%.9g, want %.9g", got, want);
    pactolus_result_destroy(result);
}
