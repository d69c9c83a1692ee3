/* docs/model.md (8.4): what coalitions are worth, on deals small enough to be done by hand, and the deal of some of the partners
   against the deal that never had the others. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pactolus.h>

static const char *const platform = TESTS_DIR "/reference/deals/platform.yaml";
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})
enum { A, B, C }; /* by name; the report has the order of the file: c, a, b */
static const int place[] = {1, 2, 0};

/* ---- Reading a report ---- */

static int make(const char *deal, const char *const *sets, const struct pactolus_run_options *options,
                enum pactolus_format format, char **text, char message[512])
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *loaded = NULL;
    message[0] = 0;
    *text = NULL;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    int status = pactolus_deal_load(deal, messages, &loaded);
    for (; !status && sets && *sets; sets += 2) status = pactolus_deal_set(loaded, sets[0], sets[1], messages);
    if (!status) status = pactolus_coalitions(loaded, options, NULL, NULL, format, messages, text);
    for (size_t k = 0; k < pactolus_messages_count(messages); k++) {
        snprintf(message + strlen(message), 512 - strlen(message), "%s\n", pactolus_messages_text(messages, k));
    }
    if (!status) cr_expect_eq(pactolus_deal_scenarios(loaded), 1, "the deal is as it was");
    pactolus_deal_destroy(loaded);
    pactolus_messages_destroy(messages);
    return status;
}

static char *report(const char *const *sets, uint64_t paths)
{
    struct pactolus_run_options options;
    char *text, message[512];
    pactolus_run_options_init(&options);
    options.paths = paths;
    cr_assert_eq(make(platform, sets, &options, PACTOLUS_JSON, &text, message), PACTOLUS_OK, "%s", message);
    return text;
}

/* The number behind the k-th comma of what follows `key` behind `section`. */
static double number(const char *text, const char *section, const char *key, int k)
{
    const char *at = strstr(text, section);
    cr_assert_not_null(at, "no %s in %s", section, text);
    at = strstr(at, key);
    cr_assert_not_null(at, "no %s in %s", key, text);
    at += strlen(key);
    for (; k; k--) at = strchr(at, ',') + 1;
    while (*at == ' ' || *at == '[' || *at == ':') at++;
    return !strncmp(at, "null", 4) ? (double)NAN : strtod(at, NULL);
}

static void expect_near(double got, double want, const char *what)
{
    cr_expect(fabs(got - want) <= 1e-5, "%s: got %.9g, want %.9g", what, got, want);
}

static void expect_shares(const char *text, const char *division, double a, double b, double c)
{
    const double want[] = {a, b, c};
    for (int p = 0; p < 3; p++) expect_near(number(text, division, "\"share\"", place[p]), want[p], division);
}

static double value(const char *text, const char *members)
{
    return number(text, members, "\"value\"", 0);
}

/* ---- The platform, by hand ---- */

/* c 0.1, a 0.7, b 0.2 of 1500 + 300: a has 1500 - 1260, b 1500 - 360, c 1500 - 180. a and b have 1380 and could have 1400. */
Test(coalitions, a_platform_of_three_is_worth_what_it_saves)
{
    char *text = report(NULL, 64);
    expect_near(value(text, "[\"c\",\"a\"]"), 1400, "c and a");
    expect_near(value(text, "[\"c\",\"b\"]"), 1400, "c and b");
    expect_near(value(text, "[\"a\",\"b\"]"), 1400, "a and b");
    expect_near(value(text, "\"coalitions\": [\n  {\"members\": [\"c\",\"a\"]"), 1400, "the order of the file");
    expect_near(number(text, "[\"c\",\"a\",\"b\"], \"value\"", "\"value\"", 0), 2700, "all");
    expect_shares(text, "\"contract\"", 240, 1140, 1320);
    expect_shares(text, "\"nash\"", 1350, 675, 675);
    expect_shares(text, "\"shapley\"", 900, 900, 900);
    expect_shares(text, "\"nucleolus\"", 900, 900, 900);
    cr_expect_not_null(strstr(text, "\"in_core\": false, \"objects\": [\"a\",\"b\"]"));
    expect_near(number(text, "\"contract\"", "\"excess\"", 0), 20, "what they gain");
    expect_near(number(text, "\"nucleolus\"", "\"excess\"", 0), -400, "two of them have 1800");
    cr_expect_not_null(strstr(text, "\"empty\": false"));
    for (int k = 0; k < 3; k++) {
        expect_near(number(text, "\"core\"", "\"low\"", k), 100,
                    "the two others have 1400 at the least, so at most 2600 is not needed");
        expect_near(number(text, "\"core\"", "\"high\"", k), 1300, "2700 - 1400");
    }
    expect_near(number(text, "\"captured\"", "\"mean\"", place[A]), 240, "captured, the same without discounting");
    pactolus_text_free(text);
}

/* Who is needed: v(ac) = v(ab) = 1400, v(bc) = 0; a 0 + 1400/6 + 1400/6 + 2700/3, the others 1400/6 + 1300/3. */
Test(coalitions, without_a_partner_that_is_needed_there_is_no_venture)
{
    char *text = report(SETS("contract.needed.a", "yes"), 64);
    expect_near(value(text, "[\"c\",\"b\"]"), 0, "c and b");
    cr_expect(isnan(number(text, "[\"c\",\"b\"]", "\"mean\"", 0)), "they do not run");
    expect_shares(text, "\"shapley\"", 1366.666667, 666.666667, 666.666667);
    pactolus_text_free(text);
    text = report(SETS("contract.needed.a", "yes", "contract.needed.b", "yes", "contract.needed.c", "yes"), 64);
    expect_near(value(text, "[\"a\",\"b\"]"), 0, "a and b");
    expect_shares(text, "\"nucleolus\"", 900, 900, 900);
    pactolus_text_free(text);
}

/* A venture by equity: of c and a 0.8 x 1500, of c and b 0.3 x 1500, of a and b 0.9 x 1500. */
Test(coalitions, the_venture_of_some_is_smaller_where_the_deal_says_so)
{
    char *text = report(SETS("venture.size_rule", "share"), 64);
    expect_near(value(text, "[\"c\",\"a\"]"), 1700, "c and a");
    expect_near(value(text, "[\"c\",\"b\"]"), 2450, "c and b");
    expect_near(value(text, "[\"a\",\"b\"]"), 1550, "a and b");
    expect_near(number(text, "[\"c\",\"a\",\"b\"], \"value\"", "\"value\"", 0), 2700, "all");
    /* 1700 + 2450 + 1550 = 5700 over twice 2700: each pair is (5700 - 5400) / 3 short whatever is agreed */
    cr_expect_not_null(strstr(text, "\"empty\": true"));
    expect_near(number(text, "\"core\"", "\"least_excess\"", 0), 100, "least core");
    cr_expect(isnan(number(text, "\"core\"", "\"low\"", 0)));
    pactolus_text_free(text);
}

/* At 1600 a pair two lose 100 and need not form; three lose 1800. */
Test(coalitions, what_loses_is_not_formed)
{
    char *text = report(SETS("contract.governance.interface_cost", "1600"), 64);
    expect_near(value(text, "[\"a\",\"b\"]"), 0, "a and b");
    expect_near(number(text, "[\"a\",\"b\"]", "\"mean\"", 0), -100, "their mean");
    expect_near(number(text, "[\"c\",\"a\",\"b\"], \"value\"", "\"mean\"", 0), -1800, "mean of all");
    expect_shares(text, "\"shapley\"", 0, 0, 0);
    expect_shares(text, "\"contract\"", 1500 - 0.7 * 6300, 1500 - 0.2 * 6300, 1500 - 0.1 * 6300);
    pactolus_text_free(text);
}

/* With an overrun o of the venture alone each coalition has 1500 (1 - o) more: of that each has a third by Shapley, its equity by
   contract, and a and b, who bear 0.9 of it together, a tenth less than on their own. So are the errors, path by path. */
Test(coalitions, standard_errors_come_from_the_same_paths)
{
    char *text = report(SETS("venture.capex.overrun", "uniform(0.9, 1.1)"), 4096);
    const double error = number(text, "[\"c\",\"a\",\"b\"], \"value\"", "\"standard_error\"", 0);
    cr_expect(fabs(error / (1500 * 0.2 / sqrt(12.0 * 4096)) - 1) < 0.05, "%g", error);
    expect_near(number(text, "[\"a\",\"b\"]", "\"standard_error\"", 0), error, "two");
    for (int p = 0; p < 3; p++) {
        static const double equity[] = {0.7, 0.2, 0.1}, power[] = {0.5, 0.25, 0.25};
        expect_near(number(text, "\"shapley\"", "\"standard_error\"", place[p]), error / 3, "Shapley");
        expect_near(number(text, "\"contract\"", "\"standard_error\"", place[p]), equity[p] * error, "contract");
        expect_near(number(text, "\"nash\"", "\"standard_error\"", place[p]), power[p] * error, "Nash");
        cr_expect(isnan(number(text, "\"nucleolus\"", "\"standard_error\"", place[p])));
    }
    expect_near(number(text, "\"contract\"", "\"excess_standard_error\"", 0), 0.1 * error, "excess");
    pactolus_text_free(text);
}

Test(coalitions, the_report_for_people)
{
    char *text, message[512];
    struct pactolus_run_options options;
    static const char *const words[] = {"Platform of three: what coalitions are worth, in millions of USD",
                                        "c + a + b                                  2,700.0\n", "needs a\n",
                                        "as the deal has it: not in the core: a + b would gain 20.0 on their own\n",
                                        "nucleolus: in the core; nearest to leaving it, "};
    pactolus_run_options_init(&options);
    options.paths = 64;
    cr_assert_eq(make(platform, SETS("contract.needed.a", "yes"), &options, PACTOLUS_TEXT, &text, message), PACTOLUS_OK, "%s",
                 message);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        cr_expect_not_null(strstr(text, words[k]), "no '%s' in:\n%s", words[k], text);
    }
    pactolus_text_free(text);
    cr_assert_eq(make(platform, SETS("contract.governance.interface_cost", "1600"), &options, PACTOLUS_TEXT, &text, message),
                 PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "is not formed: the mean is -100.0\n"), "%s", text);
    pactolus_text_free(text);
    cr_assert_eq(make(platform, SETS("venture.size_rule", "share"), &options, PACTOLUS_TEXT, &text, message), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "the core is empty: in any division some coalition would gain 100.0 or more"), "%s", text);
    pactolus_text_free(text);
}

Test(coalitions, equal_bits_for_any_number_of_threads)
{
    const char *const *drawn = SETS("venture.capex.overrun", "lognormal(1, 0.2)");
    char *text[2], message[512];
    for (int k = 0; k < 2; k++) {
        struct pactolus_run_options options;
        pactolus_run_options_init(&options);
        options.paths = 10000;
        options.threads = k ? 3 : 1;
        cr_assert_eq(make(platform, drawn, &options, PACTOLUS_JSON, &text[k], message), PACTOLUS_OK);
    }
    cr_expect_str_eq(text[0], text[1]);
    for (int k = 0; k < 2; k++) pactolus_text_free(text[k]);
}

Test(coalitions, are_scenarios_of_a_result_file)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_run_options options;
    char *text, message[512], path[] = "/tmp/coalitions_XXXXXX";
    close(mkstemp(path));
    pactolus_run_options_init(&options);
    options.paths = 64;
    options.output = path;
    options.force = 1;
    cr_assert_eq(make(platform, NULL, &options, PACTOLUS_TEXT, &text, message), PACTOLUS_OK, "%s", message);
    pactolus_text_free(text);
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_file_info(path, PACTOLUS_TEXT, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "scenario 4: c+a, c+b, a+b, c+a+b\n"), "%s", text);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    remove(path);
}

/* ---- What is refused ---- */

static void expect_refused(const char *const *sets, const struct pactolus_run_options *options, int format, int status,
                           const char *phrase)
{
    char *text, message[512];
    cr_expect_eq(make(platform, sets, options, (enum pactolus_format)format, &text, message), status, "%s: %s", phrase, message);
    cr_expect_not_null(strstr(message, phrase), "no '%s' in %s", phrase, message);
    cr_expect_null(text);
}

Test(coalitions, coalitions_errors)
{
    struct pactolus_run_options options;
    pactolus_run_options_init(&options);
    options.paths = 100000;
    options.memory = 1 << 20;
    expect_refused(NULL, &options, PACTOLUS_JSON, PACTOLUS_MEMORY, "--memory: 100000 paths of 4 coalitions take 56 bytes each");
    options.paths = 64;
    expect_refused(NULL, &options, 99, PACTOLUS_USAGE, "format: want text or JSON");
    expect_refused(SETS("partners.a.member", "no"), &options, PACTOLUS_JSON, PACTOLUS_USAGE,
                   "partners.a.member: also a column of coalitions");
    expect_refused(SETS("partners.a.member", "no", "partners.b.member", "no"), &options, PACTOLUS_JSON, PACTOLUS_INPUT,
                   "1 of 3 partners, want 2");
    options.output = "/nowhere/x.h5";
    expect_refused(NULL, &options, PACTOLUS_JSON, PACTOLUS_FILE, "/nowhere");
    options.paths = 0;
    expect_refused(NULL, &options, PACTOLUS_JSON, PACTOLUS_USAGE, "paths: out of range");
}

/* A deal that has scenarios keeps them. */
Test(coalitions, a_table_is_refused_and_kept)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    struct pactolus_run_options options;
    char *text, path[] = "/tmp/coalitions_XXXXXX";
    const int file = mkstemp(path);
    FILE *stream = fdopen(file, "w");
    fputs("scenario,market.inflation\nlow,0.01\nhigh,0.03\n", stream);
    fclose(stream);
    pactolus_run_options_init(&options);
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_load(platform, messages, &deal), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_load_scenarios(deal, path, messages), PACTOLUS_OK);
    cr_expect_eq(pactolus_coalitions(deal, &options, NULL, NULL, PACTOLUS_TEXT, messages, &text), PACTOLUS_USAGE);
    cr_expect_not_null(strstr(pactolus_messages_text(messages, 0), "the deal must have no table"));
    cr_expect_eq(pactolus_deal_scenarios(deal), 2);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
    remove(path);
}

static int stop(void *context, const struct pactolus_progress *state)
{
    int *told = context;
    cr_expect_eq(state->scenarios, 4);
    cr_expect_eq(state->paths_all, 4 * 64);
    cr_expect_str_eq(state->scenario_name, "c+a");
    return ++*told;
}

Test(coalitions, a_caller_may_stop_it)
{
    struct pactolus_messages *messages = NULL;
    struct pactolus_deal *deal = NULL;
    struct pactolus_run_options options;
    char *text;
    int told = 0;
    pactolus_run_options_init(&options);
    options.paths = 64;
    cr_assert_eq(pactolus_messages_create(&messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_deal_load(platform, messages, &deal), PACTOLUS_OK);
    cr_expect_eq(pactolus_coalitions(deal, &options, stop, &told, PACTOLUS_TEXT, messages, &text), PACTOLUS_STOPPED);
    cr_expect_eq(told, 1);
    cr_expect_null(text);
    pactolus_deal_destroy(deal);
    pactolus_messages_destroy(messages);
}
