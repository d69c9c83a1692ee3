#include "design/vary.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "random/random.h"
#include "unit/design/varied.h"

Test(vary, reads_all_four_forms)
{
    static const char *const specs[] = {"contract.multiple=0.5:2", " contract.fee = 1 : 5e0 : 3 ", "contract.rule=[use, equity]",
                                        "market.demand.us.growth=triangular(0, 0.01, 0.05)", NULL};
    struct varied v;
    varied_open(&v, specs);
    const struct design_vary *vary = v.varied.vary;
    cr_assert_eq(v.varied.count, 4);
    cr_assert(vary[0].kind == DESIGN_VARY_RANGE && vary[0].low == 0.5 && vary[0].high == 2 && !vary[0].whole);
    cr_assert_str_eq(vary[1].name, "contract.fee");
    cr_assert(vary[1].kind == DESIGN_VARY_STEPS && vary[1].low == 1 && vary[1].high == 5 && vary[1].count == 3);
    cr_assert(vary[2].kind == DESIGN_VARY_LIST && vary[2].count == 2);
    cr_assert_str_eq(vary[2].value[0], "use");
    cr_assert(vary[3].kind == DESIGN_VARY_DISTRIBUTION && vary[3].distribution->kind == DISTRIBUTION_TRIANGULAR);
    cr_assert(vary[3].low == -1 && vary[3].high == 1, "the range of the parameter");
    varied_close(&v);
}

/* Words, members, distributions as values, lists as values, elements of lists, texts in quotes. */
Test(vary, lists_hold_any_kind_of_value)
{
    static const char *const specs[] = {"contract.lead=[a, none]", "contract.multiple=[1, uniform(1, 2), \"normal(2, 0.1)\"]",
                                        "contract.schedule=[[1, 0.5], [], [0.25]]", "venture.capex.plan=[[\"uniform(1, 2)\", 3]]", NULL};
    struct varied v;
    varied_open(&v, specs);
    cr_assert_str_eq(v.varied.vary[1].value[1], "uniform(1, 2)");
    cr_assert_str_eq(v.varied.vary[1].value[2], "normal(2, 0.1)", "without its quotes");
    cr_assert_str_eq(v.varied.vary[2].value[1], "[]");
    cr_assert_eq(v.varied.vary[2].count, 3);
    cr_assert_str_eq(v.varied.vary[3].value[0], "[\"uniform(1, 2)\", 3]");
    varied_forget(&v);
    cr_assert_eq(varied_add_unknown(&v, "x=[\"a, b\", \"c)\", d]"), 0);
    cr_assert_str_eq(v.varied.vary[0].value[0], "a, b");
    cr_assert_str_eq(v.varied.vary[0].value[1], "c)");
    varied_close(&v);
}

Test(vary, integers_are_known_as_whole)
{
    static const char *const specs[] = {"copula.family=0:9", NULL};
    struct varied v;
    varied_open(&v, specs);
    cr_assert(v.varied.vary[0].whole);
    varied_forget(&v);
    cr_assert_eq(varied_add(&v, "copula.family=0:9:4"), 0, "%s", varied_message(&v, 0));
    varied_close(&v);
}

Test(vary, form_errors)
{
    static const struct { const char *spec, *message; } wrong[] = {
        {"", "--vary: error: no '=', got '', want NAME=VALUES, as market.inflation=0.01:0.04"},
        {"contract.multiple", "--vary: error: no '=', got 'contract.multiple', want NAME=VALUES"},
        {"=", "--vary: error: no name, got '', want NAME=VALUES"},
        {"=1:2", "--vary: error: no name, got '1:2', want NAME=VALUES"},
        {"contract.multiple=", "--vary: error: contract.multiple: no values, got '', want LOW:HIGH, LOW:HIGH:COUNT, [a, b, ..] or a distribution"},
        {"contract.multiple=  ", "--vary: error: contract.multiple: no values"},
        {"contract.multiple=3", "--vary: error: contract.multiple: one value does not vary, got '3', want LOW:HIGH"},
        {"contract.multiple=1:2:3:4", "--vary: error: contract.multiple: too many colons, got '1:2:3:4', want LOW:HIGH or LOW:HIGH:COUNT"},
        {"contract.multiple=:", "--vary: error: contract.multiple: LOW: no value, got ':', want LOW:HIGH"},
        {"contract.multiple=1:", "--vary: error: contract.multiple: HIGH: no value, got '1:'"},
        {"contract.multiple=1:+2", "--vary: error: contract.multiple: HIGH: a number is written without a +, got '1:+2'"},
        {"contract.multiple=nan:1", "--vary: error: contract.multiple: LOW: not finite, got 'nan:1'"},
        {"contract.price=0:2e300", "--vary: error: contract.price: HIGH: beyond 1e300, got '0:2e300'"},
        {"contract.multiple=2:1", "--vary: error: contract.multiple: LOW is not below HIGH, got '2:1'"},
        {"contract.multiple=1:1:3", "--vary: error: contract.multiple: LOW is not below HIGH"},
        {"contract.multiple=1:2:1", "--vary: error: contract.multiple: COUNT, got '1:2:1', want a whole COUNT from 2 to 10000000"},
        {"contract.multiple=1:2:2.5", "--vary: error: contract.multiple: COUNT, got '1:2:2.5'"},
        {"contract.multiple=1:2:1e8", "--vary: error: contract.multiple: COUNT, got '1:2:1e8'"},
        {"contract.multiple=1:2:", "--vary: error: contract.multiple: COUNT, got '1:2:'"},
        {"contract.multiple=[]", "--vary: error: contract.multiple: an empty list, got '[]', want [a, b, ..]"},
        {"contract.multiple=[1, ]", "--vary: error: contract.multiple: value 2 of the list is empty, got '[1, ]'"},
        {"contract.multiple=[1, \"\"]", "--vary: error: contract.multiple: value 2 of the list is empty"},
        {"contract.multiple=[1, 2, 1]", "--vary: error: contract.multiple: values 1 and 3 of the list are the same, got '1'"},
        {"contract.multiple=[1, 2", "--vary: error: contract.multiple: a bracket or quote is not closed, got '[1, 2'"},
        {"contract.multiple=[1](2)", "--vary: error: contract.multiple: a bracket or quote is not closed"},
        {"contract.multiple=[1], [2]", "--vary: error: contract.multiple: a bracket or quote is not closed"},
        {"contract.multiple=[1, (2]", "--vary: error: contract.multiple: a bracket or quote is not closed"},
        {"contract.multiple=[1, \"2]", "--vary: error: contract.multiple: a bracket or quote is not closed"},
        {"contract.multiple=[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]", "--vary: error: contract.multiple: a bracket or quote is not closed"},
        {"contract.multiple=uniform(2, 1)", "--vary: error: contract.multiple: uniform: want low < high, got 'uniform(2, 1)', want a number in [0, 5]"},
        {"contract.multiple=unifrom(1, 2)", "--vary: error: contract.multiple: no distribution 'unifrom', there are uniform, triangular"},
        {"contract.multiple=uniform(1, 2", "--vary: error: contract.multiple: "},
        {"contract. multiple=1:2", "--vary: error: contract. multiple: a blank, a control character or a byte beyond ASCII in a name, got '1:2'"},
        {"caf\xc3\xa9=1:2", "--vary: error: caf\\u00e9: a blank, a control character or a byte beyond ASCII"},
        {"scenario=[a, b]", "--vary: error: scenario: no parameter has this name"},
        {"weight=1:2", "--vary: error: weight: no parameter has this name"},
        {"contract.multiple=[1\n2]", "--vary: error: contract.multiple: a control character, got '[1\\n2]'"},
    };
    struct varied v;
    varied_open(&v, NULL);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        cr_assert_eq(varied_add(&v, wrong[k].spec), STATUS_INPUT, "%s", wrong[k].spec);
        cr_assert(strncmp(varied_message(&v, 0), wrong[k].message, strlen(wrong[k].message)) == 0, "%s\n%s", wrong[k].message, varied_message(&v, 0));
        cr_assert_eq(v.varied.count, 0);
        varied_forget(&v);
    }
    varied_close(&v);
}

/* What the parameter behind the name says: told once for the spec, not for every point. */
Test(vary, parameter_errors)
{
    static const struct { const char *spec, *message; } wrong[] = {
        {"contract.multipel=1:2", "--vary: error: contract.multipel: unknown name; did you mean 'contract.multiple'?"},
        {"contract.multiple=1:6", "--vary: error: contract.multiple: out of range, got '6', want a number in [0, 5]"},
        {"contract.multiple=[1, x]", "--vary: error: contract.multiple: not a number, got 'x', want a number in [0, 5]"},
        {"horizon_years=5:9", "--vary: error: horizon_years: structural: make a second deal file"},
        {"regions=[[us], [korea]]", "--vary: error: regions: structural: make a second deal file"},
        {"contract.rule=0:1", "--vary: error: contract.rule: not a number: want [a, b, ..], each one of equity, fixed, use"},
        {"contract.rule=uniform(0, 1)", "--vary: error: contract.rule: not a number: want [a, b, ..]"},
        {"contract.rule=[use, own]", "--vary: error: contract.rule: not a known word, got 'own', want one of equity, fixed, use"},
        {"contract.lead=[a, z]", "--vary: error: contract.lead: not declared (there are b, a), got 'z'"},
        {"contract.schedule=0:1", "--vary: error: contract.schedule: not a number: want [a, b, ..], each a list [a, b, ..] of numbers in [0, 1]; or vary an element, as NAME[0]"},
        {"contract.multiple[0]=0:1", "--vary: error: contract.multiple[0]: not a list: it has no elements [k]"},
        {"contract.scope=[1, \"uniform(0, 1)\"]", "--vary: error: contract.scope: does not vary by path"},
        {"copula.family=0.5:2", "--vary: error: copula.family: not whole numbers, got '0.5:2', want whole LOW and HIGH of an integer"},
        {"copula.family=0:2.5", "--vary: error: copula.family: not whole numbers, got '0:2.5'"},
        {"copula.family=0:9:3", "--vary: error: copula.family: steps between whole numbers, got '0:9:3', want a COUNT with HIGH - LOW a multiple of COUNT - 1"},
        {"copula.family=0:1e10", "--vary: error: copula.family: beyond 2147483648"},
        {"copula.family=normal(3, 1)", "--vary: error: copula.family: an integer is not drawn, got 'normal(3, 1)', want LOW:HIGH, LOW:HIGH:COUNT or [a, b, ..]"},
        {"contract.multiple=uniform(1, 6)", "--vary: error: contract.multiple: "},
        {"market.demand.uss.growth=0:0.1", "--vary: error: market.demand.uss.growth: no region 'uss' is declared; did you mean 'us'?"},
    };
    struct varied v;
    varied_open(&v, NULL);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        cr_assert_eq(varied_add(&v, wrong[k].spec), STATUS_INPUT, "%s", wrong[k].spec);
        cr_assert(strncmp(varied_message(&v, 0), wrong[k].message, strlen(wrong[k].message)) == 0, "%s\n%s", wrong[k].message, varied_message(&v, 0));
        cr_assert_eq(v.varied.count, 0);
        varied_forget(&v);
    }
    varied_close(&v);
}

/* Both ends, every value: one message for each fault. */
Test(vary, all_faults_are_told_errors)
{
    struct varied v;
    varied_open(&v, NULL);
    cr_assert_eq(varied_add(&v, "contract.multiple=-1:6"), STATUS_INPUT);
    cr_assert_eq(v.report.errors, 2);
    cr_assert_eq(varied_add(&v, "contract.multiple=[7, x, 2, , 8]"), STATUS_INPUT);
    cr_assert_eq(v.report.errors, 6);
    cr_assert_eq(varied_add(&v, "contract.fe=+1:x"), STATUS_INPUT);
    cr_assert_eq(v.report.errors, 9, "an unknown name does not hide its values");
    varied_close(&v);
}

Test(vary, names_twice_errors)
{
    static const char *const specs[] = {"contract.multiple=1:2", "venture.capex.plan[1]=1:2", NULL};
    struct varied v;
    varied_open(&v, specs);
    cr_assert_eq(varied_add(&v, "contract.multiple=[1, 3]"), STATUS_INPUT);
    cr_assert_str_eq(varied_message(&v, 0), "--vary: error: contract.multiple: varied twice, got '[1, 3]', want each name once");
    cr_assert_eq(varied_add(&v, "venture.capex.plan=[[1], [3]]"), STATUS_INPUT);
    cr_assert_str_eq(varied_message(&v, 1), "--vary: error: venture.capex.plan: a list and an element of it are varied, got '[[1], [3]]', want one of them");
    cr_assert_eq(varied_add_unknown(&v, "venture.capex.plan[0]=1:2"), 0, "two elements");
    varied_close(&v);
}

Test(vary, bound_errors)
{
    struct varied v;
    char spec[5000];
    varied_open(&v, NULL);
    for (int k = 0; k < INPUT_SWEEP_VARIED; k++) {
        snprintf(spec, sizeof spec, "p%d=1:2", k);
        cr_assert_eq(varied_add_unknown(&v, spec), 0);
    }
    cr_assert_eq(varied_add_unknown(&v, "more=1:2"), STATUS_MEMORY);
    varied_forget(&v);
    memset(spec, 'a', sizeof spec - 1);
    memcpy(spec + sizeof spec - 5, "=1:2", 5);
    cr_assert_eq(varied_add_unknown(&v, spec), STATUS_INPUT);
    cr_assert_not_null(strstr(varied_message(&v, 0), "a name of more than 511 bytes"));
    varied_forget(&v);
    memcpy(spec, "x=[", 3);
    memset(spec + 3, 'a', sizeof spec - 5);
    memcpy(spec + sizeof spec - 2, "]", 2);
    cr_assert_eq(varied_add_unknown(&v, spec), STATUS_INPUT);
    cr_assert_not_null(strstr(varied_message(&v, 0), "value 1 of the list has more than 4096 bytes"));
    varied_close(&v);
}

/* Random bytes after a name, and random specs of the characters of the grammar: a status, a message for each failure, no fault. */
Test(vary, random_bytes_errors)
{
    static const char alphabet[] = "[](),:\"=0123456789.e-abn uniformtriangular[0] \t\n\x7f\xff\xc3";
    enum { COUNT = 20000, LENGTH = 40 };
    double *u = malloc(COUNT * sizeof *u);
    struct varied v;
    lanes even[BLOCK_LANES], odd[BLOCK_LANES];
    varied_open(&v, NULL);
    for (uint64_t t = 0; t < COUNT; t++) {
        char spec[LENGTH + 24] = "contract.multiple=";
        double number[BLOCK_PATHS];
        random_uniform_pair(random_stream_key(t, "spec"), 0, 0, even, odd);
        memcpy(number, even, sizeof number);
        char *at = spec + (t % 2 ? strlen(spec) : 0);
        const int n = (int)(number[63] * (double)LENGTH);
        for (int k = 0; k < n; k++) {
            at[k] = t % 4 < 2 ? (char)(1 + (int)(number[k] * 255)) : alphabet[(size_t)(number[k] * (sizeof alphabet - 1))];
        }
        at[n] = 0;
        const int errors = v.report.errors, status = varied_add(&v, spec);
        cr_assert((status != 0) == (v.report.errors > errors), "%s", spec);
        if (t % 50 == 49) varied_forget(&v);
    }
    free(u);
    varied_close(&v);
}

Test(vary, a_huge_spec_is_quick)
{
    struct varied v;
    size_t n = 8000000;
    char *spec = malloc(n + 16), *at = spec;
    varied_open(&v, NULL);
    at += sprintf(at, "x=[");
    for (int k = 0; k < 1000000; k++) at += sprintf(at, "%d,", k);
    strcpy(at - 1, "]");
    cr_assert_eq(varied_add_unknown(&v, spec), 0, "%s", varied_message(&v, 0));
    cr_assert_eq(v.varied.vary[0].count, 1000000);
    memset(spec + 2, '[', n);
    spec[n + 2] = 0;
    cr_assert_eq(varied_add_unknown(&v, spec), STATUS_INPUT);
    memset(spec + 2, ':', n);
    cr_assert_eq(varied_add_unknown(&v, spec), STATUS_INPUT);
    memset(spec + 2, '"', n);
    cr_assert_eq(varied_add_unknown(&v, spec), STATUS_INPUT);
    memset(spec, '=', n);
    cr_assert_eq(varied_add_unknown(&v, spec), STATUS_INPUT);
    free(spec);
    varied_close(&v);
}
