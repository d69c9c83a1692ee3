/* What a gate that is passed makes of unit cost, and what lateness costs behind an exit and by chance. docs/model.md (4.3), (4.9). */
#include <criterion/criterion.h>
#include <math.h>

#include "support/paths.h"

static const char *const small = TESTS_DIR "/reference/deals/hazards.yaml"; /* two partners, ten years, 100 each; gates sample and ready */
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
enum { STEPS = 10 };

/* Path 0, step by step. */
static struct {
    double unit[STEPS], alone_unit[STEPS], after_unit[STEPS], made[STEPS], planned[STEPS], after_made[STEPS];
} seen;

static double first(const lanes *column)
{
    return column ? plain(column)[0] : NAN;
}

static void see(void *context, const struct engine_block *block, int n)
{
    (void)context;
    seen.unit[n] = first(block->venture.unit_cost[0]);
    seen.made[n] = first(block->venture.made[0]);
    seen.planned[n] = first(block->venture.planned[0]);
    seen.alone_unit[n] = block->alone_running[0] ? first(block->alone[0].unit_cost[0]) : NAN;
    seen.after_unit[n] = block->after_running[0] ? first(block->after[0].unit_cost[0]) : NAN;
    seen.after_made[n] = block->after_running[0] ? first(block->after[0].made[0]) : NAN;
}

static void run(const char *const *sets)
{
    struct paths paths;
    paths_open(&paths, small, sets);
    paths_run(&paths, 0, see, NULL);
    paths_close(&paths);
}

static void expect(const double *got, int from, int count, const double *want, const char *what)
{
    for (int k = 0; k < count; k++) cr_expect(fabs(got[from + k] - want[k]) < 1e-9, "%s in step %d: got %.12g, want %.12g", what, from + k, got[from + k], want[k]);
}
#define EXPECT(column, from, ...) expect(seen.column, from, (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)), (const double[]){__VA_ARGS__}, #column)

#define CELLS(programme) programme ".material.cost", "1", programme ".conversion.cost", "0.5"
#define BETTER(programme, at)                                                                                                    \
    programme ".gates.sample.at", at, programme ".gates.sample.material_factor", "0.8", programme ".gates.sample.conversion_factor", "0.5"
#define YEARLY "steps_per_year", "1"
#define LEAVES                                                                                                                   \
    "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100", "contract.triggers.first.partner", "a",  \
        "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "3"

/* Passed at the end of the second step: from the third on units are 0.8 + 0.25; alone, where the gate is a year later, from the fourth. */
Test(decision_better, units_are_cheaper_from_the_step_after_the_gate)
{
    run(SETS(YEARLY, CELLS("venture"), BETTER("venture", "2"), "standalone.a.mode", "build", CELLS("standalone.a"), BETTER("standalone.a", "3")));
    EXPECT(unit, 0, 1.5, 1.5, 1.05, 1.05);
    EXPECT(alone_unit, 0, 1.5, 1.5, 1.5, 1.05);
    run(SETS(YEARLY, CELLS("venture"), BETTER("venture", "2"), "venture.gates.sample.success", "0", "venture.gates.sample.independent", "yes"));
    EXPECT(unit, 0, 1.5, 1.5, 1.5, 1.5, 1.5);
}

/* Strengths multiply too, and what two gates bring. */
Test(decision_better, factors_multiply)
{
    run(SETS(YEARLY, CELLS("venture"), BETTER("venture", "1"), "venture.gates.ready.at", "3", "venture.gates.ready.material_factor", "1.5",
             "partners.a.strength.material", "0.9", "partners.b.strength.conversion", "0.8", "market.inflation", "0.02"));
    for (int n = 0; n < 5; n++) {
        const double material = 0.9 * (n < 1 ? 1 : 0.8) * (n < 3 ? 1 : 1.5), conversion = 0.8 * 0.5 * (n < 1 ? 1 : 0.5);
        EXPECT(unit, n, (material + conversion) * exp(0.02 * (n + 0.5)));
    }
}

/* The chance of a gate that holds nothing is drawn path by path; what is cheaper is what was paid for it. */
Test(decision_better, follows_the_gate_path_by_path)
{
    struct paths paths;
    int passed = 0;
    paths_open(&paths, small, SETS(YEARLY, CELLS("venture"), BETTER("venture", "1"), "venture.gates.sample.success", "0.5",
                                   "venture.gates.sample.independent", "yes"));
    paths_run(&paths, 0, NULL, NULL);
    const lanes *status = paths.block.venture.gate[paths.bench.plan.venture.gate[0].name];
    for (int l = 0; l < BLOCK_PATHS; l++) {
        const int does = plain(status)[l] > 0;
        passed += does;
        cr_expect(fabs(plain(paths.block.venture.unit_cost[0])[l] - (does ? 1.05 : 1.5)) < 1e-12, "path %d", l);
    }
    cr_expect(passed > 16 && passed < 48, "%d of 64", passed);
    paths_close(&paths);
}

/* a is out at the start of step 3, and builds: what the venture has passed counts, with the factors of its own programme; what it has not
   it must pass itself, a year later. */
Test(decision_better, goes_along_with_who_leaves)
{
    run(SETS(YEARLY, LEAVES, CELLS("venture"), BETTER("venture", "2"), "after.a.mode", "build", CELLS("after.a"), BETTER("after.a", "5")));
    EXPECT(after_unit, 3, 1.05, 1.05);
    run(SETS(YEARLY, LEAVES, CELLS("venture"), BETTER("venture", "4"), "after.a.mode", "build", CELLS("after.a"), BETTER("after.a", "1")));
    EXPECT(after_unit, 3, 1.5, 1.05);
}

/* ---- Late ---- */

/* The venture's product is a year late; then a's own programme is, due after a year and in production after two. */
Test(decision_late, what_customers_waited_for_is_lost_for_good)
{
#define LATE YEARLY, LEAVES, "venture.late_penalty", "0.1", "venture.production_start", "1", "after.a.mode", "build", CELLS("after.a")
    run(SETS(LATE, "venture.delay", "2", "after.a.production_start", "1", "after.a.delay", "1.5", "after.a.late_penalty", "0.3"));
    EXPECT(made, 0, 0, 0, 100 * exp(-0.1), 0);
    EXPECT(planned, 0, 0, 0, 100);
    EXPECT(after_made, 3, 0, 0, 100 * exp(-0.4), 100 * exp(-0.4));
    run(SETS(LATE, "venture.delay", "2")); /* it is on time, and the product is as late as it was */
    EXPECT(after_made, 3, 100 * exp(-0.1), 100 * exp(-0.1));
    run(SETS(LATE, "venture.delay", "2", "contract.exit.supply_years", "2")); /* supplied meanwhile */
    EXPECT(made, 3, 100 * exp(-0.1), 100 * exp(-0.1), 0);
    EXPECT(after_made, 3, 0, 0, 100 * exp(-0.1));
}

/* What the venture has never sold begins anew, and is late by the programme's own plan. */
Test(decision_late, a_product_that_was_never_sold_begins_anew)
{
    run(SETS(LATE, "venture.delay", "6"));
    EXPECT(after_made, 3, 100, 100);
    run(SETS(LATE, "venture.delay", "6", "after.a.production_start", "1", "after.a.delay", "2", "after.a.late_penalty", "0.3"));
    EXPECT(after_made, 3, 0, 0, 100 * exp(-0.3), 100 * exp(-0.3));
}

/* Gates that are passed at once are part of the plan, though the clock loses the rest of a step at each; a miss is not. */
Test(decision_late, a_gate_that_is_passed_makes_nothing_late)
{
#define GATES                                                                                                                    \
    "steps_per_year", "1", "venture.production_start", "2.5", "venture.gates.sample.at", "0.5", "venture.gates.ready.at", "1.2",          \
        "venture.late_penalty", "0.1"
    run(SETS(GATES));
    EXPECT(made, 0, 0, 0, 0, 0, 100); /* 0.5, 1.2, 2.2, 3.2 */
    run(SETS(GATES, "venture.gates.ready.success", "0", "venture.gates.ready.attempts", "20"));
    EXPECT(made, 0, 0, 0, 0, 0, 0, 0);
    run(SETS(GATES, "venture.adverse.rate", "100", "venture.adverse.ends", "no", "venture.adverse.standstill_years", "2"));
    EXPECT(made, 0, 0, 0, 0, 0, 0, 0, 100 * exp(-0.2));
}

/* Success at rate r, production with the year behind it: what is sold in the last step of ten is in the mean
   sum over j of (e^{-r j} - e^{-r (j + 1)}) e^{-p (j + 1)}, j = 0 .. 8. */
Test(decision_late, a_success_that_is_waited_for_is_late)
{
    enum { BLOCKS = 64, PATHS = BLOCKS * BLOCK_PATHS };
    static double made[PATHS];
    const double rate = 0.3, penalty = 0.2;
    struct paths paths;
    double want = 0;
    paths_open(&paths, small, SETS(YEARLY, "venture.success.rate", "0.3", "venture.late_penalty", "0.2"));
    for (int k = 0; k < PATHS; k++) {
        if (k % BLOCK_PATHS == 0) paths_run(&paths, (uint64_t)k, NULL, NULL);
        made[k] = plain(paths.block.venture.made[0])[k % BLOCK_PATHS];
    }
    for (int j = 0; j < 9; j++) want += 100 * (exp(-rate * j) - exp(-rate * (j + 1))) * exp(-penalty * (j + 1));
    const struct estimate e = estimate_of(made, NULL, PATHS);
    cr_expect(fabs(e.mean - want) <= 4 * e.error && e.error < 0.02 * want, "got %.3f +- %.3f, want %.3f", e.mean, e.error, want);
    paths_close(&paths);
}

/* ---- Payments in a notice ---- */

static double transfers[BLOCK_PATHS], notice[BLOCK_PATHS];

static void add_up(void *context, const struct engine_block *block, int n)
{
    (void)context;
    for (int l = 0; l < BLOCK_PATHS; l++) {
        if (!n) transfers[l] = 0, notice[l] = INFINITY;
        transfers[l] += plain(block->contract.flow[0][LINE_TRANSFERS])[l];
        if (plain(block->decision.mode)[l] == (double)MODE_NOTICE && n < notice[l]) notice[l] = n;
    }
}

/* The gate is passed at the end of step 1, and paid for in step 2: where notice is given in step 2 or later, not where it runs in step 1. */
Test(decision_tranche, a_gate_that_is_passed_in_a_notice_brings_nothing)
{
    struct paths paths;
    int before = 0, behind = 0;
    paths_open(&paths, small, SETS(YEARLY, LEAVES, "contract.triggers.first.rate", "0.4", "venture.gates.sample.at", "2", "venture.gates.sample.independent",
                                   "yes", "contract.milestone.sample.a.b", "12"));
    paths_run(&paths, 0, add_up, NULL);
    for (int l = 0; l < BLOCK_PATHS; l++) {
        cr_expect_eq(transfers[l], notice[l] < 2 ? 0.0 : -12.0, "path %d: %g, notice in step %g", l, transfers[l], notice[l]);
        before += notice[l] < 2;
        behind += notice[l] >= 2 && notice[l] <= 3;
    }
    cr_expect(before > 8 && behind > 4, "%d and %d of 64", before, behind);
    paths_close(&paths);
}

static void look(void *context, const struct engine_block *block, int n)
{
    double(*promised)[3] = context;
    for (int p = 0; !n && p < 3; p++) {
        promised[0][p] = plain(block->decision.leaving_value[0][p])[0];
        promised[1][p] = plain(block->decision.staying[p])[0];
    }
}

/* What b and c have when a gives notice, and if it did not, with a payment of 12 less without. */
static void expect_promised(const char *at, const double leaves[3], const double stays[3], double came)
{
    double promised[2][2][3], line = 0;
    for (int paid = 0; paid < 2; paid++) {
        struct paths paths;
        paths_open(&paths, TESTS_DIR "/unit/decision/tranche.yaml", SETS("venture.gates.proof.at", at, "contract.milestone.proof.b.c", paid ? "12" : "0"));
        paths_run(&paths, 0, look, promised[paid]);
        line = plain(paths.block.value.ledger[2][LINE_TRANSFERS])[0];
        paths_close(&paths);
    }
    cr_expect(fabs(line - came) < 1e-5, "at %s: c has received %.6f, want %.6f", at, line, came);
    for (int p = 0; p < 3; p++) {
        const double left = promised[1][0][p] - promised[0][0][p], stayed = promised[1][1][p] - promised[0][1][p];
        cr_expect(fabs(left - leaves[p]) < 1e-9, "at %s, partner %d: a leaves %.9f, want %.9f", at, p, left, leaves[p]);
        cr_expect(fabs(stayed - stays[p]) < 1e-9, "at %s, partner %d: all stay %.9f, want %.9f", at, p, stayed, stays[p]);
    }
}

/* Passed in steps 0 to 2, the last of the notice, it brings nothing; in step 3 the others are by themselves, and it does, in step 4. */
Test(decision_tranche, partners_foresee_what_a_notice_stops)
{
    static const double none[3] = {0};
    for (int year = 0; year < 4; year++) {
        const char *const at[] = {"0", "2", "3", "4"};
        const int due[] = {1, 2, 3, 4};
        const double b = -12 * 0.7 / pow(1.1, due[year]), c = 12 * 0.8 / pow(1.05, due[year]), stays[3] = {0, b, c};
        expect_promised(at[year], year == 3 ? stays : none, stays, year == 3 ? 12 / pow(1.05, 4.5) : 0);
    }
}
