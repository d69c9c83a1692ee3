/* What partners put at the venture's disposal: how fast its clock runs for it, what it costs them and who pays. docs/model.md (4.13). */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "support/paths.h"

static const char *const small = TESTS_DIR "/reference/deals/hazards.yaml"; /* two partners, half each, ten years */
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define YEARLY \
    "steps_per_year", "1", "venture.capex.plan", "[10, 10]", "venture.production_start", "2", "market.inflation", "0.02"
/* 64 of 100 */
#define LACKS \
    "venture.need.engineering", "100", "partners.a.contribution.engineering", "40", "partners.b.contribution.engineering", "24", \
        "partners.a.opportunity_cost.engineering", "0.5", "partners.b.opportunity_cost.engineering", "0.25", \
        "contract.contribution_price.engineering", "0.3"
enum { STEPS = 10 };

/* Path 0, step by step: the clock at the end of the step; own margin at the prices of the start; transfers likewise. */
static struct {
    double clock, capex, production, margin[2], transfers[2], joint, gap, alone_clock, after_clock;
} seen[STEPS];

static double first(const lanes *column)
{
    return column ? plain(column)[0] : NAN;
}

static void see(void *context, const struct engine_block *block, int n)
{
    const double prices = exp(0.02 * (n + 0.5));
    (void)context;
    seen[n].clock = first(block->venture.clock);
    seen[n].capex = first(block->venture.capex);
    seen[n].production = first(block->venture.production);
    seen[n].joint = first(block->contract.joint_profit);
    seen[n].gap = block->decision.gap ? first(block->decision.gap) : 0.0;
    seen[n].alone_clock = block->alone_running[0] ? first(block->alone[0].clock) : -1.0;
    seen[n].after_clock = block->after_running[0] ? first(block->after[0].clock) : -1.0;
    for (int p = 0; p < 2; p++) {
        seen[n].margin[p] = first(block->contract.flow[p][LINE_OWN_MARGIN]) / prices;
        seen[n].transfers[p] = first(block->contract.flow[p][LINE_TRANSFERS]) / prices;
    }
    for (int l = 0; l < BLOCK_PATHS; l++) {
        cr_assert_eq(plain(block->contract.flow[0][LINE_TRANSFERS])[l] + plain(block->contract.flow[1][LINE_TRANSFERS])[l], 0.0);
    }
}

static void run(struct paths *paths, const char *const *sets)
{
    paths_open(paths, small, sets);
    paths_run(paths, 0, see, NULL);
}

static void run_only(const char *const *sets)
{
    struct paths paths;
    run(&paths, sets);
    paths_close(&paths);
}

#define EXPECT(member, ...) \
    do { \
        const double want[] = {__VA_ARGS__}; \
        for (size_t k = 0; k < sizeof want / sizeof *want; k++) \
            cr_expect(fabs(seen[k].member - want[k]) < 2e-6, #member " in step %zu: got %.9g, want %.9g", k, seen[k].member, \
                      want[k]); \
    } while (0)

/* 64 of 100 engineers: 0.64^0.8 of a programme year a year, so that production starts in step 3 and not 2. Each engineer is charged
   to its partner, 20 and 6 a year; the owners pay 19.2, half each, of which a gets 12 and b 7.2. Once it sells (200 in all, at 1 a unit)
   nobody is needed. */
Test(decision_contribution, the_need_that_is_met_least_limits_the_clock)
{
    const double r = exp(0.8 * log(0.64)), half = exp(0.8 * log(0.5));
    run_only(SETS(YEARLY, LACKS));
    EXPECT(clock, r, 2 * r, 3 * r);
    EXPECT(capex, 10 * r, 10 * r, 20 - 20 * r, 0);
    EXPECT(production, -1, -1, -1, 0, 1);
    EXPECT(margin[0], -20, -20, -20);
    EXPECT(margin[1], -6, -6, -6);
    EXPECT(transfers[0], 12 - 9.6, 12 - 9.6, 12 - 9.6, 0, 0);
    EXPECT(transfers[1], 7.2 - 9.6, 7.2 - 9.6, 7.2 - 9.6, 0, 0);
    run_only(SETS(YEARLY, LACKS, "venture.need.validation", "8", "partners.b.contribution.validation", "4",
                  "partners.b.opportunity_cost.validation", "2", "venture.delay", "0.8"));
    EXPECT(clock, half / 0.8, 2 * half / 0.8);
    EXPECT(margin[0], -20, -20);
    EXPECT(margin[1], -14, -14);
    run_only(SETS(YEARLY, LACKS, "venture.need.exponent", "1"));
    EXPECT(clock, 0.64, 1.28, 1.92, 2.56);
    EXPECT(production, -1, -1, -1, -1, 0);
}

/* 160 and 40 for 100: each delivers half, and the clock runs as planned. */
Test(decision_contribution, what_is_beyond_the_need_stays_at_home)
{
    run_only(SETS(YEARLY, LACKS, "partners.a.contribution.engineering", "160", "partners.b.contribution.engineering", "40"));
    EXPECT(clock, 1, 2);
    EXPECT(margin[0], -40, -40);
    EXPECT(margin[1], -5, -5);
    EXPECT(transfers[0], 24 - 15, 24 - 15, 0);
}

/* The plan of spending runs beyond the start of production: so do contributions. */
Test(decision_contribution, it_lasts_until_the_plan_is_through)
{
    run_only(SETS(YEARLY, LACKS, "partners.a.contribution.engineering", "76", "venture.capex.plan", "[10, 10, 10]"));
    EXPECT(clock, 1, 2, 3);
    EXPECT(transfers[0], 22.8 - 15, 22.8 - 15, 22.8 - 15, 0, 0);
    run_only(SETS(YEARLY, LACKS, "partners.a.contribution.engineering", "76", "venture.gates.sample.at", "4"));
    EXPECT(transfers[0], 22.8 - 15, 22.8 - 15, 22.8 - 15, 22.8 - 15, 0);
}

/* With apart goals a share stays away, unpaid and uncharged: 0.5 x 0.4 of 64. Back together with reversion to no gap: not here. */
Test(decision_contribution, apart_goals_withhold_a_share)
{
    const double r = exp(0.8 * log(0.64 * 0.8));
    run_only(SETS(YEARLY, LACKS, "contract.governance.goal_gap", "0.5", "contract.governance.withheld", "0.4"));
    EXPECT(gap, 0.5, 0.5, 0.5);
    EXPECT(clock, r, 2 * r, 3 * r, 4 * r);
    EXPECT(margin[0], -16, -16, -16, -16);
    EXPECT(transfers[0], 0.8 * (12 - 9.6), 0.8 * (12 - 9.6), 0.8 * (12 - 9.6), 0.8 * (12 - 9.6), 0);
}

/* a gives a year's notice at once: from step 1 on b's 24 are all, it has one goal, and pays nobody. Alone, and afterwards, a needs no
   one. */
Test(decision_contribution, a_leaver_takes_its_own_along)
{
    const double r = exp(0.8 * log(0.8 * 0.64)), alone = exp(0.8 * log(0.24));
    run_only(SETS(YEARLY, LACKS, "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100",
                  "contract.triggers.first.partner", "a", "contract.triggers.first.opens", "exit", "contract.exit.notice_years",
                  "1", "contract.exit.put_giver.a", "b", "after.a.mode", "build", "after.a.capex.plan", "[5]",
                  "after.a.material.cost", "1", "standalone.a.mode", "build", "standalone.a.capex.plan", "[5]",
                  "standalone.a.material.cost", "1", "contract.governance.goal_gap", "0.5", "contract.governance.withheld",
                  "0.4"));
    EXPECT(clock, r, r + alone, r + 2 * alone);
    EXPECT(margin[1], -0.8 * 6, -6, -6);
    EXPECT(transfers[1], 0.8 * (7.2 - 9.6), 0, 0);
    EXPECT(alone_clock, 1, 2, 3);
    EXPECT(after_clock, PROGRAMME_NOT_BEGUN, 1, 2);
}

/* People stay where the clock stands: in a deadlock, and before a gate is tried again. */
Test(decision_contribution, it_costs_while_the_clock_stands)
{
    const double r = exp(0.8 * log(0.64));
    run_only(SETS(YEARLY, LACKS, "contract.deadlock.rate", "100", "contract.deadlock.resolution_rate", "0"));
    EXPECT(clock, 0, 0, 0, 0);
    EXPECT(margin[0], -20, -20, -20, -20);
    run_only(SETS(YEARLY, LACKS, "venture.gates.sample.at", "0.5", "venture.gates.sample.success", "0",
                  "venture.gates.sample.attempts", "20"));
    EXPECT(clock, 0.5, 0.5, 0.5, 0.5);
    EXPECT(margin[1], -6, -6, -6, -6);
    /* 5 a year while it moves, however slowly: all of the time; 3 while it stands */
    run_only(SETS(YEARLY, LACKS, "venture.development_cost", "[5]", "venture.standing_cost", "3"));
    EXPECT(joint, -5, -5, -5, 0);
    run_only(
        SETS(YEARLY, LACKS, "venture.development_cost", "[5]", "venture.standing_cost", "3", "venture.gates.sample.at", "1"));
    EXPECT(clock, r, 1, 1 + r);
    const double moves = (1 - r) / r;
    EXPECT(joint, -5, -(5 * moves + 3 * exp(0.03) * (1 - moves)), -5);
}

/* What is wound up needs nobody. */
Test(decision_contribution, it_ends_with_the_venture)
{
    run_only(SETS(YEARLY, LACKS, "venture.gates.sample.at", "0.5", "venture.gates.sample.success", "0"));
    EXPECT(margin[0], -20, 0, 0);
    EXPECT(transfers[0], 12 - 9.6, 0, 0);
}

/* What suffices and costs nothing moves no bit, also where partners look ahead and leave. */
Test(decision_contribution, one_that_suffices_moves_nothing)
{
    double captured[2][2 * BLOCK_PATHS];
    for (int with = 0; with < 2; with++) {
        struct paths paths;
#define MOVING \
    "contract.review_every_years", "1", "market.demand.home.volatility", "0.3", "venture.capex.plan", "[40, 40]", \
        "venture.production_start", "2", "venture.delay", "uniform(1, 1.5)", "after.a.mode", "buy", "after.a.buy_price", "1.2"
        if (with)
            paths_open(&paths, small,
                       SETS(MOVING, "venture.need.tooling", "5", "partners.a.contribution.tooling", "5",
                            "partners.b.contribution.tooling", "5"));
        else paths_open(&paths, small, SETS(MOVING));
        paths_run(&paths, 0, NULL, NULL);
        for (int p = 0; p < 2; p++) {
            memcpy(captured[with] + p * BLOCK_PATHS, paths.block.value.captured[p], BLOCK_PATHS * sizeof(double));
        }
        paths_close(&paths);
    }
    cr_expect(memcmp(captured[0], captured[1], sizeof captured[0]) == 0);
}

/* c stays apart and offers nothing; a venture that is smaller by its fifth needs a fifth less. */
Test(decision_contribution, of_members_and_for_what_they_build)
{
    static const char *const rule[] = {"fixed", "share"};
    for (int smaller = 0; smaller < 2; smaller++) {
        struct paths paths;
        paths_open(&paths, TESTS_DIR "/unit/decision/three.yaml",
                   SETS("partners.c.member", "no", "venture.size_rule", rule[smaller], "steps_per_year", "1",
                        "venture.need.plant", "100", "partners.a.contribution.plant", "30", "partners.b.contribution.plant", "34",
                        "partners.c.contribution.plant", "50"));
        paths_run(&paths, 0, see, NULL);
        EXPECT(clock, exp(0.8 * log(smaller ? 0.8 : 0.64)));
        paths_close(&paths);
    }
}
