/* What staying and leaving promise where something comes later than the look: a success, the end of a term, shares that calls dilute;
   and what one bears that takes no units. As test_promise.c. docs/model.md (7.3). */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "support/paths.h"

enum { ALL = 8192, MOST_SETS = 80 };
#define HAZARDS TESTS_DIR "/reference/deals/hazards.yaml"
#define TRIO TESTS_DIR "/reference/deals/trio.yaml"
/* a leaves at signing; all values of an exit are worked out */
#define LOOKS                                                                                                                    \
    "steps_per_year", "1", "contract.triggers.first.kind", "change_of_control", "contract.triggers.first.rate", "100",           \
        "contract.triggers.first.partner", "a", "contract.triggers.first.opens", "exit", "contract.renegotiation.split", "nash",  \
        "partners.a.tax_rate", "0.25", "partners.b.tax_rate", "0.2", "partners.b.discount_rate", "0.1",                           \
        "contract.transfer_price.markup", "0.1", "market.inflation", "0.02", "valuation.terminal_multiple", "0.5"
#define TWO LOOKS, "contract.exit.notice_years", "3", "venture.capex.plan", "[50, 50, 20]", "venture.fixed_cost", "10"
#define CERTAIN "venture.success.rate", "100", "venture.success.from", "4", "venture.production_start", "1"
#define LOSES                                                                                                                    \
    "venture.ramp_years", "4", "venture.transfer_loss", "0.2", "partners.a.strength.material", "0.9", "partners.b.strength.plant", "0.8", \
        "partners.a.strength.software", "0.7", "venture.capex.software_share", "0.4", "venture.capex.plan", "[50, 50, 20, 20, 20, 20, 20]"
#define LATER                                                                                                                    \
    LOOKS, "venture.need.engineering", "0", "venture.capex.plan", "[20, 20, 50, 50, 50]", "partners.b.funding_limit", "40"
struct promise_case {
    const char *what, *deal;
    const char *const *sets;
};
#define CASE(what, deal, ...) {what, deal, (const char *const[]){__VA_ARGS__, NULL}}
static const struct promise_case certain[] = {
    CASE("what is lost on the way, success that is certain to come", HAZARDS, TWO, CERTAIN, LOSES),
    CASE("what is lost on the way, success with production", HAZARDS, TWO, "venture.success.rate", "100", LOSES),
    CASE("development, calls that dilute", HAZARDS, TWO, "venture.development_cost", "[5, 8]", "venture.production_start", "5",
         "venture.standing_cost", "3", "venture.gates.sample.at", "2", "venture.delay", "1.3", "partners.b.funding_limit", "40"),
    CASE("development by fixed shares, calls that dilute", HAZARDS, TWO, "venture.development_cost", "[6]", "venture.production_start", "5",
         "venture.standing_cost", "3", "venture.gates.sample.at", "2", "venture.delay", "1.5", "contract.capex.rule", "fixed",
         "contract.capex.share.a", "[0.7, 0.5]", "contract.capex.share.b", "[0.3, 0.5]", "partners.b.funding_limit", "40"),
    CASE("shares of fixed cost that leave, calls that dilute after the settlement", TRIO, LATER, "contract.cost.share.a", "[1]"),
    CASE("a licence, calls that dilute after the settlement", TRIO, LATER, "after.a.mode", "build", "after.a.material.cost", "1.1",
         "contract.exit.licence_years", "7", "contract.exit.licence_per_unit", "0.3"),
    CASE("own fixed cost of one that sells nothing", HAZARDS, TWO, "partners.a.plan.home", "[]", "partners.a.own_fixed_cost", "10",
         "venture.production_start", "2", "own.a.production_start", "4", "own.a.capex.plan", "[5]"),
    CASE("own fixed cost of another that sells nothing", HAZARDS, TWO, "partners.b.plan.home", "[]", "partners.b.own_fixed_cost", "3",
         "partners.b.know_how.kept", "0.1", "venture.production_start", "2", "venture.fixed_cost", "2", "contract.exit.put_giver.a", "b"),
    CASE("own fixed cost of one that sells nothing, success that is certain to come", HAZARDS, TWO, CERTAIN, "partners.a.plan.home", "[]",
         "partners.a.own_fixed_cost", "10"),
    CASE("what one that sells nothing has in spite of a supply", HAZARDS, TWO, "partners.a.plan.home", "[]", "contract.exit.supply_years", "2",
         "after.a.mode", "build", "after.a.plan.home", "[100]", "after.a.material.cost", "1.1", "after.a.capex.plan", "[20]"),
    CASE("own fixed cost of one that sells nothing and is supplied", HAZARDS, TWO, "partners.a.plan.home", "[]", "partners.a.own_fixed_cost",
         "10", "contract.exit.supply_years", "2"),
};

struct promised {
    int partners;
    double staying[3][BLOCK_PATHS], leaving[3];
};

static void read_promised(void *context, const struct engine_block *block, int step)
{
    struct promised *promised = context;
    for (int p = 0; !step && p < promised->partners; p++) {
        memcpy(promised->staying[p], plain(block->decision.staying[p]), sizeof promised->staying[p]);
        promised->leaving[p] = plain(block->decision.leaving_value[0][p])[0];
    }
}

/* The same deal where nobody may leave; `more`: pairs, ended by NULL. */
static void join(const char *const *sets, const char *const *more, const char *joined[MOST_SETS])
{
    size_t n = 0;
    for (size_t k = 0; sets[k]; k++) joined[n++] = sets[k];
    for (size_t k = 0; more[k]; k++) joined[n++] = more[k];
    joined[n] = NULL;
}

static const char *const remain[] = {"contract.triggers.first.opens", "review", "contract.exit.right.a", "no", "contract.exit.right.b", "no",
                                     "contract.exit.notice_years", "20", NULL};

static double value_of(const struct paths *run, int p)
{
    return plain(run->block.value.partnership[p])[0] / run->bench.plan.value.discount[p][0];
}

Test(reference_projection, of_what_comes_later_is_met_by_who_stays_and_by_who_leaves)
{
    for (size_t k = 0; k < 2 * sizeof certain / sizeof *certain; k++) {
        const struct promise_case *x = &certain[k / 2];
        const int leaves = k % 2;
        const char *with[MOST_SETS];
        struct paths run;
        join(x->sets, leaves ? (const char *const[]){NULL} : remain, with);
        paths_open(&run, x->deal, with);
        struct promised promised = {.partners = run.bench.plan.partners};
        paths_run(&run, 0, read_promised, &promised);
        for (int p = 0; p < promised.partners; p++) {
            const double projected = leaves ? promised.leaving[p] : promised.staying[p][0], came = value_of(&run, p);
            cr_expect_eq(plain(run.block.decision.in[p])[0], leaves && !p ? 0.0 : 1.0, "%s", x->what);
            cr_expect(fabs(projected - came) < 1e-3, "%s, partner %d %s: projected %.4f, came %.4f", x->what, p, leaves ? "leaves" : "stays",
                      projected, came);
        }
        paths_close(&run);
    }
}

/* What is lost on the way is the less the longer it makes: a mean over the times at which success may come. */
Test(reference_projection, of_what_is_lost_on_the_way_is_the_expectation_of_a_success_to_come)
{
    static double staying[2][ALL], came[2][ALL];
    const char *const sets[] = {TWO, LOSES, "venture.success.rate", "0.3", "venture.production_start", "1", NULL};
    const char *with[MOST_SETS];
    struct paths run;
    struct promised promised = {.partners = 2};
    join(sets, remain, with);
    paths_open(&run, HAZARDS, with);
    for (size_t first = 0; first < ALL; first += BLOCK_PATHS) {
        paths_run(&run, first, read_promised, &promised);
        for (size_t l = 0; l < BLOCK_PATHS; l++) {
            for (int p = 0; p < 2; p++) staying[p][first + l] = promised.staying[p][l] * run.bench.plan.value.discount[p][0];
            for (int p = 0; p < 2; p++) came[p][first + l] = plain(run.block.value.partnership[p])[l];
        }
    }
    for (int p = 0; p < 2; p++) {
        const struct estimate e = estimate_of(staying[p], came[p], ALL);
        cr_log_info("partner %d: projected %.3f less came %.3f +- %.3f", p, staying[p][0], e.mean, e.error);
        cr_expect(fabs(e.mean) <= 4 * e.error && e.error < 3, "partner %d: z = %.2f", p, e.mean / e.error);
    }
    paths_close(&run);
}

/* ---- A term: from the start of production ---- */

#define TERM                                                                                                                     \
    "steps_per_year", "1", "contract.review_every_years", "1", "contract.renegotiation.attempts", "2", "contract.renegotiation.split", "nash", \
        "partners.a.price.home", "12", "partners.b.price.home", "12", "venture.material.cost", "8", "after.a.mode", "buy",        \
        "after.a.buy_price", "10.3", "venture.fixed_cost", "160", "contract.term_years", "4"

/* Terms agreed before a success that is certain to come weigh what they do before production that begins on the same day. */
Test(reference_projection, of_terms_until_the_end_of_a_term_is_that_of_the_same_start)
{
    const char *const *const sets[] = {
        (const char *const[]){TERM, "venture.production_start", "5", NULL},
        (const char *const[]){TERM, "venture.success.rate", "100", "venture.success.from", "4", NULL},
    };
    double value[2][2], agreed[2];
    for (int k = 0; k < 2; k++) {
        struct paths run;
        paths_open(&run, HAZARDS, sets[k]);
        paths_run(&run, 0, NULL, NULL);
        for (int p = 0; p < 2; p++) value[k][p] = value_of(&run, p);
        agreed[k] = plain(run.block.value.ledger[0][LINE_RENEGOTIATION])[0];
        paths_close(&run);
    }
    cr_expect(fabs(agreed[0]) > 1, "something is agreed: %.4f", agreed[0]);
    cr_expect(fabs(agreed[0] - agreed[1]) < 1e-3, "agreed %.4f and %.4f", agreed[0], agreed[1]);
    for (int p = 0; p < 2; p++) cr_expect(fabs(value[0][p] - value[1][p]) < 1e-3, "partner %d: %.4f and %.4f", p, value[0][p], value[1][p]);
}

/* Who has agreed before a success that may come expects what the payments bring in the mean. */
enum { STEPS = 10, LOOK = 3 };
struct terms {
    const struct paths *run;
    double staying[2][BLOCK_PATHS], came[2][BLOCK_PATHS];
};

static void record(void *context, const struct engine_block *block, int step)
{
    struct terms *terms = context;
    for (int p = 0; step >= LOOK && p < 2; p++) {
        const double discount = terms->run->bench.plan.value.discount[p][step] / terms->run->bench.plan.value.discount[p][LOOK];
        if (step == LOOK) memcpy(terms->staying[p], plain(block->decision.staying[p]), sizeof terms->staying[p]);
        for (int l = 0; l < BLOCK_PATHS; l++) {
            terms->came[p][l] = (step > LOOK ? terms->came[p][l] : 0.0) + plain(block->value.cash[p])[l] * discount;
        }
    }
}

Test(reference_projection, of_terms_agreed_is_the_expectation_of_a_success_to_come)
{
    static double staying[2][ALL], came[2][ALL];
    struct paths run;
    struct terms terms = {.run = &run};
    double moved = 0;
    const char *const sets[] = {"steps_per_year", "1", "contract.triggers.first.kind", "late", "contract.triggers.first.threshold", "0.5",
                                "contract.triggers.first.opens", "renegotiation", "contract.renegotiation.split", "nash",
                                "contract.renegotiation.attempts", "1", "contract.renegotiation.standstill_years", "0", "partners.a.bargaining_power", "0.8", "partners.b.bargaining_power", "0.2",
                                "contract.review_every_years", "1", "contract.exit.right.a", "no", "contract.exit.right.b", "no",
                                "contract.exit.switching_cost.a", "10000", "contract.exit.switching_cost.b", "10000", "contract.term_years", "3",
                                "venture.success.rate", "0.2", "valuation.terminal_multiple", "0", NULL};
    paths_open(&run, HAZARDS, sets);
    cr_assert_eq(run.bench.plan.steps, STEPS);
    for (size_t first = 0; first < ALL; first += BLOCK_PATHS) {
        paths_run(&run, first, record, &terms);
        for (size_t l = 0; l < BLOCK_PATHS; l++) {
            for (int p = 0; p < 2; p++) staying[p][first + l] = terms.staying[p][l];
            for (int p = 0; p < 2; p++) came[p][first + l] = terms.came[p][l];
            moved += fabs(plain(run.block.value.ledger[0][LINE_RENEGOTIATION])[l]) > 1;
            cr_assert_eq(plain(run.block.decision.in[0])[l], 1.0);
        }
    }
    cr_expect(moved > ALL / 3, "terms are agreed: %g", moved);
    for (int p = 0; p < 2; p++) {
        const struct estimate e = estimate_of(staying[p], came[p], ALL);
        cr_log_info("partner %d: projected less came %.3f +- %.3f", p, e.mean, e.error);
        cr_expect(fabs(e.mean) <= 4 * e.error && e.error < 3, "partner %d: z = %.2f", p, e.mean / e.error);
    }
    paths_close(&run);
}
