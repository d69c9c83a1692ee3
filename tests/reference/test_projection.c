/* How far the partners' projections are from what comes: the deal battery-jv with reviews at which nobody may leave, so that what is
   projected is what happens. docs/model.md (7.3) says what a projection leaves out. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support/paths.h"

enum { PATHS = 16384, STEPS = 48, BINS = 8, LOOKS = 5 };

struct watched { /* a deal of two partners, and the steps at whose start they look */
    const char *deal;
    const char *const *sets;
    int look[LOOKS];
};

/* By partner and look: what was projected, and the value of what came. */
struct course {
    double *projected[2][LOOKS], *came[2][LOOKS];
};
struct recorder {
    const int *look;
    double cash[2][STEPS][BLOCK_PATHS], staying[2][LOOKS][BLOCK_PATHS];
};

static void record_step(void *context, const struct engine_block *block, int step)
{
    struct recorder *r = context;
    for (int p = 0; p < 2; p++) {
        for (int l = 0; l < BLOCK_PATHS; l++) r->cash[p][step][l] = plain(block->value.cash[p])[l];
        for (int k = 0; k < LOOKS; k++) {
            for (int l = 0; r->look[k] == step && l < BLOCK_PATHS; l++) r->staying[p][k][l] = plain(block->decision.staying[p])[l];
        }
    }
}

/* Value at the middle of step n of the flows from n on, the book sold at the horizon included. */
static double value_of(const struct recorder *r, const struct paths *run, int p, int n, int l)
{
    const double *discount = run->bench.plan.value.discount[p];
    double sum = plain(run->block.value.ledger[p][LINE_TERMINAL])[l];
    for (int m = n; m < run->bench.plan.steps; m++) sum += r->cash[p][m][l] * discount[m];
    return sum / discount[n];
}

static void make(struct course *course, const struct watched *watched)
{
    struct paths run;
    struct recorder *r = calloc(1, sizeof *r);
    paths_open(&run, watched->deal, watched->sets);
    cr_assert(r && run.bench.plan.steps <= STEPS);
    r->look = watched->look;
    for (int k = 0; k < 2 * LOOKS; k++) {
        course->projected[k / LOOKS][k % LOOKS] = calloc(PATHS, sizeof(double));
        course->came[k / LOOKS][k % LOOKS] = calloc(PATHS, sizeof(double));
    }
    for (int first = 0; first < PATHS; first += BLOCK_PATHS) {
        paths_run(&run, (uint64_t)first, record_step, r);
        for (int c = 0; c < 2 * LOOKS * BLOCK_PATHS; c++) {
            const int p = c % 2, k = c / 2 % LOOKS, l = c / 2 / LOOKS;
            course->projected[p][k][first + l] = r->staying[p][k][l];
            course->came[p][k][first + l] = value_of(r, &run, p, watched->look[k], l);
        }
    }
    free(r);
    paths_close(&run);
}

static void drop(struct course *course)
{
    for (int k = 0; k < 2 * LOOKS; k++) {
        free(course->projected[k / LOOKS][k % LOOKS]);
        free(course->came[k / LOOKS][k % LOOKS]);
    }
}

struct pair {
    double projected, came;
};
static int by_projection(const void *a, const void *b)
{
    const double x = ((const struct pair *)a)->projected, y = ((const struct pair *)b)->projected;
    return (x > y) - (x < y);
}

struct fit {
    double mean_projected, mean_came, spread, error; /* spread: sd of what came over paths; error: standard error of the difference */
    double slope, bin[BINS][2];
};

/* Paths in eight bins by what was projected: the mean that came is to be the mean projected, bin by bin. */
static struct fit fit_of(const double *projected, const double *came)
{
    struct fit fit = {0};
    struct pair *pair = calloc(PATHS, sizeof *pair);
    double xx = 0, xy = 0;
    cr_assert_not_null(pair);
    for (int k = 0; k < PATHS; k++) pair[k] = (struct pair){projected[k], came[k]};
    qsort(pair, PATHS, sizeof *pair, by_projection);
    for (int k = 0; k < PATHS; k++) {
        fit.bin[k / (PATHS / BINS)][0] += pair[k].projected / (PATHS / BINS);
        fit.bin[k / (PATHS / BINS)][1] += pair[k].came / (PATHS / BINS);
    }
    fit.mean_projected = estimate_of(projected, NULL, PATHS).mean;
    fit.mean_came = estimate_of(came, NULL, PATHS).mean;
    fit.spread = estimate_of(came, NULL, PATHS).error * sqrt(PATHS);
    fit.error = estimate_of(projected, came, PATHS).error;
    for (int k = 0; k < PATHS; k++) {
        const double x = projected[k] - fit.mean_projected;
        xx += x * x;
        xy += x * (came[k] - fit.mean_came);
    }
    fit.slope = xy / xx;
    free(pair);
    return fit;
}

#define NOBODY_LEAVES(a, b) "contract.review_every_years", "1", "contract.exit.right." a, "no", "contract.exit.right." b, "no"

#define TOGETHER_FOR_EVER                                                                                                        \
    NOBODY_LEAVES("automaker", "cellmaker"), "contract.lock_in_years", "0", "contract.renegotiation.attempts", "0",                \
        "contract.deadlock.rate", "0", "contract.breakup.share", "0", "contract.triggers.volume.kind", "never",                    \
        "contract.triggers.budget.kind", "never", "contract.triggers.lateness.kind", "never", "contract.triggers.hardship.kind",   \
        "never", "contract.triggers.stuck.kind", "never", "contract.triggers.owner.kind", "never"
static const struct watched battery = {PROJECT_DIR "/scenarios/battery-jv/deal.yaml", (const char *const[]){TOGETHER_FOR_EVER, NULL}, {4, 12, 20, 28, 40}};
/* The same without chance. */
static const struct watched still = {
    PROJECT_DIR "/scenarios/battery-jv/deal.yaml",
    (const char *const[]){TOGETHER_FOR_EVER, "partners.automaker.launch", "0.9", "venture.delay", "1.1", "venture.capex.overrun", "1.2",
                          "partners.automaker.share.volatility", "0", "market.demand.us.volatility", "0", "market.price.us.volatility", "0",
                          "market.input.lithium.volatility", "0", "market.input.nickel.volatility", "0", "venture.material.cost", "64",
                          "market.subsidy.credit_45x.repeal_rate", "0", "market.trade.us_korea.rates.low.deal", "0",
                          "market.trade.us_korea.rates.low.high", "0", NULL},
    {4, 12, 20, 28, 40}};

/* What is left is that nodes are years and steps quarters, over which volume ramps up. */
Test(reference_projection, is_what_comes_within_a_hundredth_without_chance)
{
    struct course course;
    make(&course, &still);
    for (int p = 0; p < 2; p++) {
        for (int k = 0; k < LOOKS; k++) {
            const double projected = course.projected[p][k][0], came = course.came[p][k][0];
            cr_log_info("partner %d step %d: projected %.2f, came %.2f", p, still.look[k], projected, came);
            cr_expect(fabs(projected - came) < 0.01 * came, "partner %d step %d: projected %.2f, came %.2f", p, still.look[k], projected, came);
        }
    }
    drop(&course);
}

/* Bounds in standard deviations of what came. Before production the launch is not known, and capacity makes the mean volume less
   than the volume of the mean: there the projection is too high by up to a fifth, in the ramp by a tenth, later by a sixteenth and less. */
Test(reference_projection, is_near_what_comes_in_the_mean_and_bin_by_bin)
{
    struct course course;
    make(&course, &battery);
    for (int p = 0; p < 2; p++) {
        for (int k = 0; k < LOOKS; k++) {
            const struct fit f = fit_of(course.projected[p][k], course.came[p][k]);
            const double off = (f.mean_projected - f.mean_came) / f.spread;
            cr_log_info("partner %d step %d: projected %.1f, came %.1f +- %.1f (sd %.0f): %.3f sd, slope %.3f", p, battery.look[k],
                        f.mean_projected, f.mean_came, f.error, f.spread, off, f.slope);
            cr_expect(f.error < 0.01 * f.spread, "the check is sharp: %g", f.error / f.spread);
            cr_expect(fabs(off) < (k > 1 ? 0.08 : k ? 0.1 : 0.22), "partner %d step %d: off by %.3f sd", p, battery.look[k], off);
            cr_expect(fabs(f.slope - 1) < (k ? 0.08 : 0.15), "partner %d step %d: slope %.3f", p, battery.look[k], f.slope);
            for (int b = 0; b < BINS; b++) {
                cr_expect(fabs(f.bin[b][0] - f.bin[b][1]) < (k ? 0.2 : 0.4) * f.spread, "partner %d step %d bin %d: %.0f and %.0f", p,
                          battery.look[k], b, f.bin[b][0], f.bin[b][1]);
            }
        }
    }
    drop(&course);
}

/* Without capacity, scale or learning, by years, with demand and price that move apart from each other, values are linear in what is
   random: the projection is then the expectation itself. */
static const struct watched linear = {
    TESTS_DIR "/reference/deals/hazards.yaml",
    (const char *const[]){NOBODY_LEAVES("a", "b"), "steps_per_year", "1", "market.demand.home.volatility", "0.2", "market.demand.home.mean_reversion",
                          "0.3", "market.demand.home.growth", "0.02", "market.price.home.volatility", "0.1", "market.price.home.mean_reversion",
                          "0.5", "partners.a.tax_rate", "0.25", "partners.a.share.volatility", "0.15", "contract.transfer_price.markup", "0.1",
                          "venture.fixed_cost", "10", "venture.capex.plan", "[50, 50, 20]", "market.inflation", "0.02",
                          "valuation.terminal_multiple", "0.5", NULL},
    {1, 2, 4, 6, 9}};

static void expect_expectation(const struct watched *watched, const char *what)
{
    struct course course;
    make(&course, watched);
    for (int p = 0; p < 2; p++) {
        for (int k = 0; k < LOOKS; k++) {
            const struct fit f = fit_of(course.projected[p][k], course.came[p][k]);
            const double z = (f.mean_projected - f.mean_came) / f.error;
            cr_log_info("%s, partner %d step %d: projected %.3f, came %.3f +- %.3f, slope %.4f", what, p, watched->look[k],
                        f.mean_projected, f.mean_came, f.error, f.slope);
            cr_expect(fabs(z) <= 4 && f.error < 0.012 * f.spread, "%s, partner %d step %d: z = %.2f, error %g", what, p, watched->look[k], z,
                      f.error / f.spread);
            cr_expect(fabs(f.slope - 1) < 0.05, "%s, partner %d step %d: slope %.3f", what, p, watched->look[k], f.slope);
        }
    }
    drop(&course);
}

Test(reference_projection, is_the_expectation_where_values_are_linear)
{
    expect_expectation(&linear, "linear");
}

/* The same with what comes over the market by itself: it moves the demand of a region, and nothing that demand is multiplied by. */
static const struct watched shaken = {
    TESTS_DIR "/reference/deals/hazards.yaml",
    (const char *const[]){NOBODY_LEAVES("a", "b"), "steps_per_year", "1", "market.demand.home.volatility", "0.15", "market.demand.home.growth", "0.02",
                          "market.price.home.volatility", "0.1", "market.price.home.mean_reversion", "0.5", "partners.a.tax_rate", "0.25",
                          "contract.transfer_price.markup", "0.1", "venture.fixed_cost", "10", "venture.capex.plan", "[50, 50, 20]",
                          "market.crisis.entry_rate", "0.3", "market.crisis.exit_rate", "0.6", "market.crisis.depth.home", "0.4",
                          "market.demand.home.jump_rate", "0.5", "market.demand.home.jump_mean", "-0.1", "market.demand.home.jump_volatility", "0.1",
                          "market.entrant.home.arrival_rate", "0.15", "market.entrant.home.share_loss", "0.3", "market.entrant.home.phase_years", "3",
                          NULL},
    {1, 2, 4, 6, 9}};

Test(reference_projection, is_the_expectation_where_shocks_move_demand)
{
    expect_expectation(&shaken, "shaken");
}

/* Under the risk-adjusted measure partners expect what its paths bring, also of a volatility that is drawn. */
static const struct watched priced = {
    TESTS_DIR "/reference/deals/hazards.yaml",
    (const char *const[]){NOBODY_LEAVES("a", "b"), "steps_per_year", "1", "market.demand.home.volatility", "uniform(0.1, 0.25)",
                          "market.demand.home.growth", "0.02", "market.price.home.volatility", "0.1", "market.price.home.mean_reversion", "0.5",
                          "market.demand.home.price_of_risk", "0.5", "market.price.home.price_of_risk", "0.8", "valuation.measure", "risk_adjusted",
                          "valuation.risk_free", "0.03", "contract.transfer_price.markup", "0.1", "venture.capex.plan", "[50, 50, 20]", NULL},
    {1, 2, 4, 6, 9}};

Test(reference_projection, is_the_expectation_under_the_risk_adjusted_measure)
{
    expect_expectation(&priced, "priced");
}

/* ---- Leaving, where nothing is random: what was projected on the day of the notice is what came ---- */

/* Success and an adverse event to come: what is projected is what comes in the mean. Where the venture has ended nobody looks. */
static const struct watched events = {
    TESTS_DIR "/reference/deals/hazards.yaml",
    (const char *const[]){NOBODY_LEAVES("a", "b"), "steps_per_year", "1", "partners.a.tax_rate", "0.25", "contract.transfer_price.markup", "0.1",
                          "venture.fixed_cost", "10", "venture.capex.plan", "[50, 50, 20]", "valuation.terminal_multiple", "0.5",
                          "partners.b.plan.home", "[20, 60, 100]", "venture.development_cost", "[20, 40, 30]", "venture.production_start", "2",
                          "venture.success.rate", "0.2", "venture.success.from", "1", "venture.adverse.rate", "0.08",
                          "contract.exit.restructuring.a", "9", "market.alternative_use.start", "no", "contract.exit.recovery", "0.3", NULL},
    {1, 2, 4, 6, 9}};

/* The same where hope fades, lateness costs, and a gate may make units cheaper. */
static const struct watched fading = {
    TESTS_DIR "/reference/deals/hazards.yaml",
    (const char *const[]){NOBODY_LEAVES("a", "b"), "steps_per_year", "1", "partners.a.tax_rate", "0.25", "contract.transfer_price.markup", "0.1",
                          "venture.fixed_cost", "10", "venture.capex.plan", "[50, 50, 20]", "valuation.terminal_multiple", "0.5",
                          "partners.b.plan.home", "[20, 60, 100]", "venture.development_cost", "[20, 40, 30]", "venture.production_start", "2",
                          "venture.success.rate", "0.4", "venture.success.fade", "0.8", "venture.success.from", "1", "venture.adverse.rate", "0.08",
                          "contract.exit.restructuring.a", "9", "market.alternative_use.start", "no", "contract.exit.recovery", "0.3", "venture.late_penalty", "0.1",
                          "venture.gates.sample.at", "3", "venture.gates.sample.independent", "yes", "venture.gates.sample.success", "0.4",
                          "venture.gates.sample.attempts", "3", "venture.gates.sample.material_factor", "0.6", NULL},
    {1, 2, 4, 6, 9}};

static void expect_means(const struct watched *watched, const char *what)
{
    struct course course;
    make(&course, watched);
    for (int c = 0; c < 2 * LOOKS; c++) {
        double *projected = course.projected[c / LOOKS][c % LOOKS], *came = course.came[c / LOOKS][c % LOOKS];
        int looked = 0;
        for (int k = 0; k < PATHS; k++) {
            if (isnan(projected[k])) projected[k] = came[k] = 0.0;
            else looked++;
        }
        const struct estimate e = estimate_of(projected, came, PATHS);
        cr_log_info("%s, partner %d step %d: projected less came %.3f +- %.3f on %d paths",
                    what, c / LOOKS, watched->look[c % LOOKS], e.mean, e.error,
                    looked);
        cr_expect(looked > PATHS / 20, "%s: %d paths", what, looked);
        cr_expect(fabs(e.mean) <= 4 * e.error + 1e-5, "%s, partner %d step %d: z = %.2f", what, c / LOOKS, watched->look[c % LOOKS], e.mean / e.error);
    }
    drop(&course);
}

/* Events together with what else a path may have: loans of default, dilution, debt with and without recourse. */
#define EVENTS                                                                                                                   \
    NOBODY_LEAVES("a", "b"), "steps_per_year", "1", "contract.transfer_price.markup", "0.1", "venture.fixed_cost", "10",            \
        "venture.capex.plan", "[50, 50, 20]", "valuation.terminal_multiple", "0.5", "venture.adverse.rate", "0.08",                \
        "contract.exit.restructuring.a", "9", "market.alternative_use.start", "no", "contract.exit.recovery", "0.3"
#define TOGETHER(what, ...)                                                                                                      \
    {what, {TESTS_DIR "/reference/deals/hazards.yaml", (const char *const[]){EVENTS, __VA_ARGS__, NULL}, {1, 2, 4, 6, 9}}}
static const struct {
    const char *what;
    struct watched watched;
} together[] = {
    TOGETHER("calls that are lent, an adverse event", "partners.b.funding_limit", "30", "contract.missed_call", "default_loan",
             "contract.default_loan_rate", "0.1", "partners.a.tax_rate", "0.25"),
    TOGETHER("calls that are lent, success to come", "partners.b.funding_limit", "30", "contract.missed_call", "default_loan",
             "contract.default_loan_rate", "0.1", "venture.success.rate", "0.3"),
    TOGETHER("calls that dilute, an adverse event", "partners.b.funding_limit", "30", "contract.dilution_factor", "1.5", "partners.a.tax_rate", "0.25"),
    TOGETHER("a loan, an adverse event", "contract.debt.share", "1", "contract.debt.rate", "0", "contract.debt.market_rate", "0.5",
             "contract.debt.years", "10"),
    TOGETHER("a loan without recourse, an adverse event", "contract.debt.share", "1", "contract.debt.rate", "0.08", "contract.debt.market_rate",
             "0.08", "contract.debt.years", "10", "contract.debt.non_recourse", "yes", "venture.capex.plan", "[150, 150, 20]"),
    TOGETHER("a loan, an adverse event, success to come", "contract.debt.share", "1", "contract.debt.rate", "0", "contract.debt.market_rate",
             "0.5", "contract.debt.years", "4", "venture.success.rate", "0.3"),
    TOGETHER("grants to be paid back, an adverse event, success to come", "venture.capex.grant", "[50, 50]", "contract.exit.clawback", "1",
             "contract.exit.clawback_years", "1", "venture.success.rate", "0.2"),
    TOGETHER("grants to be paid back, an adverse event", "venture.capex.grant", "[50, 50]", "contract.exit.clawback", "1",
             "contract.exit.clawback_years", "5"),
};

Test(reference_projection, is_the_expectation_of_events_with_other_mechanisms)
{
    for (size_t k = 0; k < sizeof together / sizeof *together; k++) expect_means(&together[k].watched, together[k].what);
}

/* A plant behind a duty that is decided on at the first review, of a venture that must succeed, and may end. */
#define BEHIND(what, ...)                                                                                                        \
    {what, {TESTS_DIR "/unit/decision/localise.yaml", (const char *const[]){NOBODY_LEAVES("a", "b"), "contract.lock_in_years", "0", "contract.transfer_price.markup", "0.1", \
        "market.subsidy.here.per_unit", "2", "market.subsidy.there.per_unit", "1", "venture.localisation.to", "us",                \
        "venture.localisation.capex", "400", "venture.localisation.years", "3", "venture.localisation.cost_penalty", "1.2",        \
        "venture.localisation.threshold", "0.2", "venture.localisation.rule", "threshold", __VA_ARGS__, NULL}, {2, 3, 4, 6, 9}}}
static const struct {
    const char *what;
    struct watched watched;
} behind[] = {
    BEHIND("success to come", "venture.success.rate", "0.3"),
    BEHIND("success to come, from year 2", "venture.success.rate", "0.4", "venture.success.from", "2", "venture.production_start", "1",
           "venture.development_cost", "[50]"),
    BEHIND("success that fades", "venture.success.rate", "0.5", "venture.success.fade", "0.5"),
    BEHIND("success to come, an adverse event", "venture.success.rate", "0.3", "venture.adverse.rate", "0.08"),
};

Test(reference_projection, is_the_expectation_of_success_with_a_plant_behind_a_duty)
{
    for (size_t k = 0; k < sizeof behind / sizeof *behind; k++) expect_means(&behind[k].watched, behind[k].what);
}

Test(reference_projection, is_the_expectation_of_events_to_come)
{
    expect_means(&events, "events");
}

Test(reference_projection, is_the_expectation_of_a_success_that_fades)
{
    expect_means(&fading, "fading");
}
