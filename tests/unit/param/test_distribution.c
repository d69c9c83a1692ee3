#include "param/distribution.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "param/mean.h"
#include "param/support.h"
#include "unit/param/toy.h"

static const struct param_row any_row = {"x", PARAM_NUMBER, "1", -1e9, 1e9, 0, "0", "Any.", PARAM_BY_PATH};

/* Parses under the name x; the report keeps what was said. */
struct bench {
    struct report report;
    struct param_store store;
    struct param_reading reading;
};

static int five(void *context, const char *file, const char *column, struct place place, const char *name, struct param_store *store,
                double **sample, int *count, struct report *report)
{
    (void)context, (void)place, (void)name, (void)report;
    cr_assert_str_eq(file, "a b.csv");
    cr_assert_str_eq(column, "price");
    *sample = param_store_take(store, 5 * sizeof **sample);
    *count = 5;
    for (int k = 0; k < 5; k++) (*sample)[k] = 5 - k;
    return STATUS_OK;
}
static const struct param_column_reader columns = {five, NULL};

static void start(struct bench *b, const struct param_row *row)
{
    memset(b, 0, sizeof *b);
    b->reading = (struct param_reading){"x", NULL, {"deal.yaml", 3, 9}, row, &b->store, &columns, &b->report};
}

static void stop(struct bench *b)
{
    param_store_free(&b->store);
    report_free(&b->report);
}

static int parse(struct bench *b, const char *text, const struct distribution **d)
{
    return param_distribution_parse(&b->reading, (struct param_span){text, strlen(text)}, d);
}

Test(distribution, reads_positions_and_names)
{
    struct bench b;
    const struct distribution *d;
    start(&b, &any_row);
    cr_assert_eq(parse(&b, "uniform(1, 1.5)", &d), 0);
    cr_assert_eq(d->kind, DISTRIBUTION_UNIFORM);
    cr_assert(d->argument[0] == 1 && d->argument[1] == 1.5 && d->count == 2);
    cr_assert_eq(parse(&b, "lognormal(sigma=0.417, median=1.1)", &d), 0);
    cr_assert(d->argument[0] == 1.1 && d->argument[1] == 0.417);
    cr_assert_eq(parse(&b, "pert( 1 ,2, high = 3)", &d), 0);
    cr_assert(d->argument[3] == 4 && d->count == 4);
    cr_assert_eq(parse(&b, "beta(2,3)", &d), 0);
    cr_assert(d->argument[2] == 0 && d->argument[3] == 1);
    cr_assert_eq(parse(&b, "t(0, 1, df=5)", &d), 0);
    cr_assert_eq(d->kind, DISTRIBUTION_STUDENT);
    cr_assert_eq(parse(&b, "normal(3, 0)", &d), 0);
    cr_assert_eq(parse(&b, "discrete(1:0.7, 0:0.3)", &d), 0);
    cr_assert(d->count == 2 && d->argument[0] == 0 && d->weight[0] == 0.3 && d->argument[1] == 1, "sorted by value");
    cr_assert_eq(parse(&b, "mixture(0.8: normal(1,.1e1), 0.2: pareto(1.5,1.378))", &d), STATUS_INPUT, "no .1 anywhere");
    cr_assert_eq(parse(&b, "mixture(0.8: normal(1,0.1), 0.1: pareto(1.5,1.378), 0.1: 3)", &d), 0);
    cr_assert(d->count == 3 && d->part[1]->kind == DISTRIBUTION_PARETO && d->part[2]->kind == DISTRIBUTION_CONSTANT && d->weight[0] == 0.8);
    cr_assert_eq(parse(&b, "truncated(normal(1,0.2), 0, 2)", &d), 0);
    cr_assert(d->argument[0] == 0 && d->argument[1] == 2 && d->part[0]->kind == DISTRIBUTION_NORMAL);
    cr_assert_eq(parse(&b, "truncated(normal(1,0.2), high=2, low=-1)", &d), 0);
    cr_assert(d->argument[0] == -1);
    cr_assert_eq(parse(&b, "empirical(\"a b.csv\", column=price)", &d), 0);
    cr_assert(d->samples == 5 && d->sample[0] == 1 && d->sample[4] == 5, "sorted");
    cr_assert_eq(parse(&b, "discrete(1:0.1,2:0.1,3:0.1,4:0.1,5:0.1,6:0.1,7:0.1,8:0.1,9:0.1,10:0.1)", &d), 0, "ten tenths");
    stop(&b);
}

Test(distribution, reads_positions_and_names_errors)
{
    static const struct { const char *text, *phrase; } wrong[] = {
        {"uniform(1)", "argument high is missing"}, {"uniform(1,2,3)", "too many arguments"}, {"uniform()", "argument low is missing"},
        {"uniform(2,1)", "want low < high"}, {"uniform(1,1)", "want low < high"}, {"uniform(low=1, 2)", "after those without"},
        {"uniform(1, low=2)", "low given twice"}, {"uniform(1, wide=2)", "no argument 'wide', it has low and high, got"}, {"uniform(1, =2)", "no argument '='"},
        {"uniform(1,)", "high has no value"}, {"uniform(1, nan)", "high: not finite"}, {"uniform(1, 1e400)", "beyond"},
        {"triangular(1, 3, 2)", "low <= mode <= high"}, {"pert(1,2,3,0)", "shape"}, {"normal(1,-1)", "sd >= 0"},
        {"lognormal(mean=1, sd=0.15)", "no argument 'mean', it has median and sigma, got"}, {"pert(1, 2, top=3)", "it has low, mode, high and shape"},
        {"lognormal(0, 1)", "median > 0"}, {"lognormal(1, -0.1)", "sigma >= 0"}, {"lognormal(1, 1e300)", "mean is not finite"},
        {"lognormal(1, nan)", "not finite"}, {"beta(0, 1)", "a and b"}, {"beta(1,1,2,1)", "low < high"}, {"gamma(0, 1)", "shape"},
        {"gamma(1, 0)", "scale > 0"}, {"weibull(0.01, 1)", "shape"}, {"t(0, 0, 5)", "scale > 0"}, {"t(0, 1, 1)", "df"},
        {"pareto(0, 2)", "least > 0"}, {"pareto(1, 1)", "alpha > 1"}, {"discrete(0:0.3, 1:0.69)", "sum to 0.99, want 1"},
        {"discrete(0:0.5, 0:0.5)", "given twice"}, {"discrete(0:-0.5, 1:1.5)", "[0, 1]"}, {"discrete(0)", "value:probability"},
        {"discrete()", "sum to 0"}, {"mixture(0.5: normal(1,1), 0.6: normal(1,1))", "sum to 1.1"}, {"mixture(normal(1,1))", "probability:distribution"},
        {"mixture(1: 2: 3)", "base 60"}, {"mixture(1: same(x))", "stands alone"}, {"truncated(normal(0,1), 1, 0)", "low < high"},
        {"truncated(normal(0,1), 0)", "want truncated("}, {"truncated(normal(0,1), 50, 60)", "less than 1e-9"}, {"gauss(0,1)", "no distribution 'gauss', there are uniform"},
        {"Uniform(0,1)", "no distribution 'Uniform'"}, {"uniform(1,2", "bracket"}, {"uniform(1,2))", "bracket"}, {"uniform(1,2]", "bracket"},
        {"uniform(1,2) + 1", "not a number"}, {"truncated(truncated(truncated(truncated(normal(0,1),-1,1),-1,1),-1,1),-1,1)", "deeper than 4"},
        {"empirical(f.csv)", "want empirical("}};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct bench b;
        const struct distribution *d;
        start(&b, &any_row);
        cr_assert_eq(parse(&b, wrong[k].text, &d), STATUS_INPUT, "%s", wrong[k].text);
        cr_assert_null(d);
        cr_assert_eq(b.report.errors, 1, "%s", wrong[k].text);
        cr_assert_not_null(strstr(b.report.message[0], wrong[k].phrase), "%s", b.report.message[0]);
        cr_assert_eq(strncmp(b.report.message[0], "deal.yaml:3:9: error: x: ", 25), 0, "%s", b.report.message[0]);
        cr_assert_not_null(strstr(b.report.message[0], ", want a number in [-1000000000, 1000000000]"), "%s", b.report.message[0]);
        stop(&b);
    }
}

Test(distribution, counts_are_bounded_errors)
{
    struct bench b;
    const struct distribution *d;
    char text[4000] = "discrete(0:0";
    start(&b, &any_row);
    for (int k = 1; k < 17; k++) snprintf(text + strlen(text), sizeof text - strlen(text), ",%d:0", k);
    strcat(text, ")");
    cr_assert_eq(parse(&b, text, &d), STATUS_INPUT);
    cr_assert_not_null(strstr(b.report.message[0], "more than 16 values"));
    strcpy(text, "mixture(0:1");
    for (int k = 1; k < 9; k++) strcat(text, ",0:1");
    strcat(text, ")");
    cr_assert_eq(parse(&b, text, &d), STATUS_INPUT);
    cr_assert_not_null(strstr(b.report.message[1], "more than 8 parts"));
    stop(&b);
}

Test(distribution, writes_a_text_that_reads_back)
{
    static const char *const texts[] = {
        "uniform(1, 1.5)", "triangular(1, 1.1, 1.6)", "pert(1, 2, 3, 4)", "normal(1, 0.1)", "lognormal(1.1, 0.417)", "beta(2, 3, 0, 1)",
        "gamma(2, 3)", "t(0, 1, 5)", "weibull(1.7, 3)", "pareto(1.5, 1.378)", "discrete(0:0.3, 1:0.7)", "truncated(normal(1, 0.2), 0, 2)",
        "mixture(0.8:normal(1, 0.1), 0.2:pareto(1.5, 1.378))", "mixture(0.5:1, 0.5:truncated(t(0, 1, 3), -1, 0.30000000000000004))",
        "empirical(a b.csv, price)"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        struct bench b;
        const struct distribution *d;
        char text[200];
        start(&b, &any_row);
        cr_assert_eq(parse(&b, texts[k], &d), 0, "%s", texts[k]);
        cr_assert_eq(param_distribution_write(text, sizeof text, d), strlen(texts[k]));
        cr_assert_str_eq(text, texts[k]);
        cr_assert_eq(param_distribution_write(text, 5, d), strlen(texts[k]), "counts what does not fit");
        cr_assert_eq(strlen(text), 4);
        stop(&b);
    }
}

Test(support, must_fit_the_row)
{
    static const struct param_row share = {"x", PARAM_NUMBER, "1", 0, 1, 0, "0", "Share.", PARAM_BY_PATH};
    static const struct param_row positive = {"x", PARAM_NUMBER, "1", 0, INFINITY, 1, "1", "Positive.", PARAM_BY_PATH};
    static const struct param_row tenth = {"x", PARAM_NUMBER, "1", 0.1, 100, 0, "1", "From a tenth.", PARAM_BY_PATH};
    static const struct { const struct param_row *row; const char *text, *phrase; } tests[] = {
        {&share, "uniform(0, 1)", NULL}, {&share, "normal(0.5, 0.4)", NULL}, {&share, "lognormal(0.5, 0.1)", NULL},
        {&share, "uniform(0, 1.5)", "greatest value, 1.5,"}, {&share, "uniform(-0.5, 1)", "least value, -0.5,"},
        {&share, "normal(1.5, 0.1)", "mean, 1.5,"}, {&share, "truncated(normal(0.5, 1), 0, 1)", NULL},
        {&share, "truncated(normal(0.5, 1), -1, 1)", "least value, -1,"}, {&share, "discrete(0:0.5, 1:0.5)", NULL},
        {&share, "discrete(0:0.5, 1.25:0.5)", "greatest value"}, {&share, "mixture(0.5:uniform(0,1), 0.5:1.25)", "greatest value, 1.25,"},
        {&share, "empirical(a b.csv, price)", "mean, 3,"}, {&positive, "uniform(0, 1)", NULL}, {&positive, "lognormal(1, 1)", NULL},
        {&positive, "discrete(0:0.5, 1:0.5)", "least value, 0,"}, {&positive, "mixture(0.5:uniform(0,1), 0.5:0)", "least value, 0,"},
        {&tenth, "lognormal(1, 0.5)", NULL}, {&tenth, "pareto(0.05, 20)", "mean, 0.0526"}, {&tenth, "pareto(0.09, 3)", "least value, 0.09,"},
        {&tenth, "truncated(lognormal(1, 0.5), 0.05, 4)", "least value, 0.05,"}, {&tenth, "mixture(0.5:gamma(2, 1), 0.5:weibull(2, 1))", NULL},
        {&tenth, "mixture(0.5:gamma(2, 1), 0.5:uniform(0, 1))", "least value, 0,"}, {&tenth, "mixture(0.5:gamma(2, 1), 0.5:uniform(0.05, 1))", "least value, 0.05,"},
        {&positive, "normal(0, 1)", "mean, 0,"}, {&positive, "beta(2, 2, -1, 8)", "least value, -1,"}};
    for (size_t k = 0; k < sizeof tests / sizeof *tests; k++) {
        struct bench b;
        const struct distribution *d;
        start(&b, tests[k].row);
        cr_assert_eq(parse(&b, tests[k].text, &d), 0);
        int status = param_support_fit(&b.reading, (struct param_span){tests[k].text, strlen(tests[k].text)}, d, param_mean_of(d));
        cr_assert_eq(status, tests[k].phrase ? STATUS_INPUT : 0, "%s: %s", tests[k].text, toy_message(&b.report, 0));
        if (tests[k].phrase) cr_assert_not_null(strstr(b.report.message[0], tests[k].phrase), "%s", b.report.message[0]);
        stop(&b);
    }
}
