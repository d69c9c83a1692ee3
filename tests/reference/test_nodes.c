/* What staying and leaving promise at the signing, and what then comes, in deals without chance: what a node of a projection makes of the
   steps in it. test_promise.c has the clauses. docs/model.md (7.3). */
#include <criterion/criterion.h>
#include <math.h>

#include "support/paths.h"

struct promised_case {
    const char *what;
    const char *const *sets;
};
/* a leaves in three years, by notice of the first step. With no rate of discount a year is worth what its steps are. */
#define COMMON                                                                                                                   \
    "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100", "contract.triggers.first.partner", "a", \
        "contract.triggers.first.opens", "exit", "contract.exit.notice_years", "3", "contract.renegotiation.split", "nash",          \
        "partners.a.tax_rate", "0.25", "partners.b.tax_rate", "0.2", "valuation.terminal_multiple", "0.5", "venture.fixed_cost", "10"
#define CASE(what, steps, rate, ...)                                                                                             \
    {what, (const char *const[]){COMMON, "steps_per_year", steps, "partners.a.discount_rate", rate, "partners.b.discount_rate", rate, __VA_ARGS__, NULL}}
#define YEARS(what, ...) CASE(what, "1", "0.08", __VA_ARGS__)
#define QUARTERS(what, ...) CASE(what, "4", "0", __VA_ARGS__)
#define SCALE                                                                                                                    \
    "venture.common_share", "0.6", "venture.material.scale_exponent", "0.1", "venture.conversion.cost", "0.4", "venture.conversion.scale_exponent", \
        "0.05", "venture.reference_volume", "100"
#define RAMP "partners.a.plan.home", "[5, 20, 60]", "partners.b.plan.home", "[10, 40, 90]", SCALE
#define SUCCESS "venture.success.rate", "100", "venture.success.from", "2", "venture.capex.plan", "[100, 100]", "venture.production_start", "1"
static const struct promised_case cases[] = {
    /* G moves with what a node makes */
    YEARS("volume that ramps up", RAMP),
    YEARS("volume that ramps up, learning", RAMP, "venture.learning_rate", "0.15", "venture.first_experience", "100", "projection.experience",
          "expected"),
    YEARS("volume that ramps up to capacity", RAMP, "venture.capacity", "110"),
    YEARS("volume that ramps up, one exponent", RAMP, "venture.conversion.scale_exponent", "0"),
    YEARS("a product that begins later", SCALE, "own.b.capex.plan", "[5]", "own.b.production_start", "3"),
    YEARS("volume that ramps up, builds afterwards", "partners.a.plan.home", "[5, 20, 60]", "after.a.mode", "build", "after.a.material.cost",
          "1.1", "after.a.production_start", "1", "after.a.material.scale_exponent", "0.1", "after.a.conversion.cost", "0.2",
          "after.a.conversion.scale_exponent", "0.05", "after.a.reference_volume", "50"),
    /* terms of broken years are rounded to steps */
    YEARS("supply and licence", "contract.exit.supply_years", "1.4", "contract.exit.supply_markup", "0.2", "contract.exit.licence_years", "2.6",
          "contract.exit.licence_per_unit", "0.05", "after.a.mode", "build", "after.a.material.cost", "1.1"),
    QUARTERS("supply and licence, by quarters", "contract.exit.supply_years", "1.4", "contract.exit.supply_markup", "0.2",
             "contract.exit.licence_years", "2.6", "contract.exit.licence_per_unit", "0.05", "after.a.mode", "build", "after.a.material.cost", "1.1"),
    YEARS("supply of less than half a step", "contract.exit.supply_years", "0.4", "after.a.mode", "buy", "after.a.buy_price", "1.3"),
    /* what is spent in a step is depreciated from that step on */
    QUARTERS("spending", "venture.capex.plan", "[400, 400, 100]", "valuation.depreciation_rate", "0.3"),
    QUARTERS("spending beside it", "venture.capex.plan", "[100, 100]", "own.a.capex.plan", "[100, 300, 100]", "own.b.capex.plan", "[200, 200, 100, 100]",
             "valuation.depreciation_rate", "0.3"),
    QUARTERS("spending, builds afterwards", "venture.capex.plan", "[100, 100]", "after.a.mode", "build", "after.a.capex.plan", "[200, 100]",
             "after.a.material.cost", "1.1", "valuation.depreciation_rate", "0.3"),
    /* terms that count from the start of production */
    YEARS("a loan, a success that is certain to come", SUCCESS, "contract.debt.share", "0.5", "contract.debt.rate", "0.03",
          "contract.debt.market_rate", "0.2", "contract.debt.years", "4"),
    YEARS("claw-back in its term, a success that is certain to come", SUCCESS, "venture.capex.grant", "[40, 40]", "contract.exit.clawback", "0.5",
          "contract.exit.clawback_years", "2"),
};

static void read_leaving(void *context, const struct engine_block *block, int step)
{
    for (int p = 0; !step && p < 2; p++) ((double *)context)[p] = plain(block->decision.leaving_value[0][p])[0];
}
static void read_staying(void *context, const struct engine_block *block, int step)
{
    for (int p = 0; !step && p < 2; p++) ((double *)context)[p] = plain(block->decision.staying[p])[0];
}

static void add_sets(const char *const *sets, const char *const *more, const char *with[80])
{
    size_t n = 0;
    for (; sets[n]; n++) with[n] = sets[n];
    for (size_t m = 0; more && more[m]; m++) with[n++] = more[m];
    with[n] = NULL;
    cr_assert(n < 80);
}

static void expect_kept(const struct promised_case *one, const char *const *more, engine_step_hook *hook)
{
    const char *with[80];
    struct paths run;
    double promised[2];
    add_sets(one->sets, more, with);
    paths_open(&run, TESTS_DIR "/reference/deals/hazards.yaml", with);
    paths_run(&run, 0, hook, promised);
    for (int p = 0; p < 2; p++) {
        const double projected = promised[p] * run.bench.plan.value.discount[p][0], came = plain(run.block.value.partnership[p])[0];
        cr_expect_eq(plain(run.block.decision.in[1])[0], 1.0);
        cr_expect(fabs(projected - came) < 1e-3, "%s%s, partner %s: projected %.4f, came %.4f", one->what, more ? ", staying" : "", p ? "b" : "a",
                  projected, came);
    }
    paths_close(&run);
}

Test(reference_nodes, of_leaving_are_kept)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) expect_kept(&cases[k], NULL, read_leaving);
}

Test(reference_nodes, of_staying_are_kept)
{
    static const char *const remain[] = {"contract.triggers.first.opens", "review", "contract.exit.right.a", "no", "contract.exit.right.b", "no",
                                         "contract.exit.notice_years", "20", NULL};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) expect_kept(&cases[k], remain, read_staying);
}

/* A price by the book of a plan that is met is the book, whoever paid for it. */
static void read_sale(void *context, const struct engine_block *block, int step)
{
    double *sold = context;
    (void)step;
    for (int p = 0; p < 2; p++) {
        if (!(plain(block->decision.left[p])[0] > 0.0)) continue;
        sold[2 * p] = plain(block->decision.sale[p])[0];
        sold[2 * p + 1] = plain(block->contract.terms.sold[p])[0];
    }
}

#define DEAR "venture.capex.plan", "[100, 100, 50]"
static const struct promised_case apart[] = {
    YEARS("by equity", DEAR),
    YEARS("by fixed shares", DEAR, "contract.capex.rule", "fixed", "contract.capex.share.a", "[0.7]", "contract.capex.share.b", "[0.3]"),
    YEARS("by use", DEAR, "contract.capex.rule", "use", "partners.b.plan.home", "[50]"),
    YEARS("a cap", DEAR, "contract.capex.cap.b", "60"),
    YEARS("a lead", DEAR, "contract.capex.overrun_lead", "a", "venture.capex.overrun", "1.5"),
    YEARS("calls that dilute", DEAR, "partners.b.funding_limit", "60", "contract.dilution_factor", "1.5"),
    YEARS("calls that are lent", DEAR, "partners.b.funding_limit", "60", "contract.missed_call", "default_loan", "contract.default_loan_rate", "0.1"),
};

Test(reference_nodes, of_the_price_is_the_book_where_the_plan_is_met)
{
    static const char *const ends[] = {"contract.exit.ends.a", "yes", NULL}, *const none[] = {NULL};
    for (size_t k = 0; k < 2 * sizeof apart / sizeof *apart; k++) {
        const struct promised_case *one = &apart[k / 2];
        const char *with[80];
        struct paths run;
        double sold[4] = {0};
        add_sets(one->sets, k % 2 ? ends : none, with);
        paths_open(&run, TESTS_DIR "/reference/deals/hazards.yaml", with);
        paths_run(&run, 0, read_sale, sold);
        paths_close(&run);
        cr_expect(sold[1] > 20 && (k % 2 == 0 || sold[3] > 20));
        for (int p = 0; p < 2; p++) {
            cr_expect(fabs(sold[2 * p] - sold[2 * p + 1]) < 1e-5, "%s, partner %s: %g for a book of %g", one->what, p ? "b" : "a", sold[2 * p],
                      sold[2 * p + 1]);
        }
    }
}
