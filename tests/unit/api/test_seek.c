/* Where a row is what is wanted: of a deal in which the value is a straight line in the number sought, the place is known. */
#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

static const char *const neutral = TESTS_DIR "/reference/deals/neutral.yaml";
static struct pactolus_deal *deal;
static struct pactolus_result *result;
static struct pactolus_seek_options options;
static struct pactolus_seek_outcome outcome;
static char *text;

static void set_up(void)
{
    fixture_enter();
    pactolus_seek_options_init(&options);
    options.run.threads = 1;
    options.run.paths = 500;
}

static void tear_down(void)
{
    pactolus_text_free(text);
    pactolus_result_destroy(result);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_seek, .init = set_up, .fini = tear_down);

static void load(const char *path)
{
    cr_assert_eq(pactolus_deal_load(path, messages, &deal), PACTOLUS_OK);
}

static void set(const char *name, const char *value)
{
    cr_assert_eq(pactolus_deal_set(deal, name, value, messages), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
}

static int seek(const char *vary, const char *want)
{
    pactolus_text_free(text);
    pactolus_result_destroy(result);
    options.vary = vary;
    options.want = want;
    return pactolus_seek(deal, &options, NULL, NULL, messages, &outcome, &text, &result);
}

/* A neutral deal is worth 0; dearer by x it is worth -slope x. */
Test(api_seek, finds_what_is_known)
{
    load(neutral);
    options.run.paths = 1;
    options.tolerance = 1e-9;
    cr_assert_eq(seek("venture.fixed_cost=30:55", "captured_mean.a=0"), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_expect_float_eq(outcome.found, 40.0, 1e-5, "the fixed cost of both alone: %.9g", outcome.found);
    cr_expect_float_eq(outcome.value, 0.0, 1e-4);
    cr_expect(isnan(outcome.error), "one path has no error");
    cr_expect_eq(fixture_value(result, "captured_mean", 0, "a"), outcome.value, "the result is that of the run there");
    cr_expect_not_null(strstr(text, "found: venture.fixed_cost = 40"), "%s", text);
}

/* Its error is that of the mean over the slope: against what other seeds find. */
Test(api_seek, knows_its_error)
{
    enum { SEEDS = 20 };
    double sum = 0.0, square = 0.0, stated = 0.0;
    load(neutral);
    set("venture.capex.overrun", "uniform(1.0, 1.4)");
    for (int seed = 1; seed <= SEEDS; seed++) {
        options.run.seed = (uint64_t)seed;
        cr_assert_eq(seek("venture.fixed_cost=20:60", "captured_mean.a=5"), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
        sum += outcome.found;
        square += outcome.found * outcome.found;
        stated += outcome.error / SEEDS;
    }
    const double spread = sqrt((square - sum * sum / SEEDS) / (SEEDS - 1));
    cr_expect(spread > 0.5 * stated && spread < 1.7 * stated, "spread %g, stated %g", spread, stated);
}

Test(api_seek, takes_two_cells_and_other_rows)
{
    deal = fixture_deal();
    cr_assert_eq(seek("standalone.beta.buy_price=9:12", "captured_mean.beta=captured_mean.alpha"), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_expect_float_eq(outcome.value, outcome.wanted, 0.5);
    cr_expect_eq(outcome.wanted, fixture_value(result, "captured_mean", 0, "alpha"));
    cr_expect_gt(outcome.runs, 3);
    cr_assert_eq(seek("standalone.beta.buy_price=8:14", "captured_quantile.beta.0.1=0"), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_expect_float_eq(outcome.value, 0.0, 1.0, "a label may hold a point");
    cr_assert_eq(seek("standalone.beta.buy_price=8:14", "all_gain_probability=0.5"), PACTOLUS_OK, "%s", pactolus_messages_text(messages, 0));
    cr_expect_float_eq(outcome.value, 0.5, 0.01, "a row without dimensions");
}

/* After a failure the deal is what it was. */
Test(api_seek, leaves_the_deal_alone_where_it_fails)
{
    struct pactolus_run_options run = fixture_options();
    double value[2];
    load(neutral);
    for (int after = 0; after < 2; after++) {
        struct pactolus_result *made = fixture_run(deal, &run);
        value[after] = fixture_value(made, "captured_mean", 0, "a");
        pactolus_result_destroy(made);
        if (!after) cr_assert_eq(seek("venture.fixed_cost=45:55", "captured_mean.a=0"), PACTOLUS_INPUT);
    }
    cr_expect_eq(value[0], value[1]);
    cr_expect_eq(pactolus_seek(deal, NULL, NULL, NULL, messages, &outcome, NULL, &result), PACTOLUS_USAGE);
    fixture_said("--vary: missing");
}

Test(api_seek, errors)
{
    static const struct {
        const char *vary, *want, *said;
        int status;
    } cases[] = {{"x", "captured_mean.alpha=0", "want NAME=LOW:HIGH", PACTOLUS_USAGE},
                 {"venture.fixed_cost=3:2", "captured_mean.alpha=0", "two numbers that rise", PACTOLUS_USAGE},
                 {"venture.fixed_cast=1:2", "captured_mean.alpha=0", "venture.fixed_cost", PACTOLUS_INPUT},
                 {"venture.fixed_cost=1:2", "captured_mean.alpha", "want ROW.PARTNER=NUMBER", PACTOLUS_USAGE},
                 {"venture.fixed_cost=1:2", "mean.alpha=0", "no row 'mean'", PACTOLUS_USAGE},
                 {"venture.fixed_cost=1:2", "captured_mean.gamma=0", "want one of alpha, beta", PACTOLUS_USAGE},
                 {"venture.fixed_cost=1:2", "captured_mean=0", "want one of alpha, beta", PACTOLUS_USAGE},
                 {"venture.fixed_cost=1:2", "captured_mean.alpha.x=0", "is too much", PACTOLUS_USAGE},
                 {"venture.fixed_cost=1:2", "captured_mean.alpha=captured_mean.x", "want one of alpha, beta", PACTOLUS_USAGE},
                 {"venture.fixed_cost=-5:2", "captured_mean.alpha=0", "--vary: error: venture.fixed_cost", PACTOLUS_INPUT},
                 {"standalone.beta.buy_price=9:12", "captured_mean.beta=99999", "does not lie between the ends", PACTOLUS_INPUT}};
    deal = fixture_deal();
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        cr_expect_eq(seek(cases[k].vary, cases[k].want), cases[k].status, "%s %s", cases[k].vary, cases[k].want);
        fixture_said(cases[k].said);
        cr_expect_null(result);
    }
    fixture_write("t.csv", "scenario,venture.fixed_cost\none,1\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "t.csv", messages), PACTOLUS_OK);
    cr_expect_eq(seek("venture.fixed_cost=1:2", "captured_mean.alpha=0"), PACTOLUS_USAGE);
    fixture_said("a deal with scenarios");
}
