/* The section of a deal file, through the study: form, use, and that nothing else sees it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/deal.h"
#include "study/scenario.h"
#include "design/design.h"

static char folder[64], path[128];
static struct report report;
static struct study_deal deal;

/* A file `name` of the folder, `text` and then the shipped deal. */
static void write_file(const char *name, const char *text, int with_deal)
{
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w"), *shipped = fopen(PROJECT_DIR "/scenarios/battery-jv/deal.yaml", "r");
    cr_assert(file && shipped);
    fputs(text, file);
    for (int c; with_deal && (c = fgetc(shipped)) != EOF;) fputc(c, file);
    fclose(file);
    fclose(shipped);
}

static int load(const char *text)
{
    write_file("deal.yaml", text, 1);
    study_deal_free(&deal);
    report_free(&report);
    report_init(&report);
    return study_deal_init(&deal, path, &report);
}

static const char *message(int k)
{
    const char *text = k < report.shown ? report.message[k] : "";
    const size_t n = strlen(folder);
    return strncmp(text, folder, n) == 0 ? text + n + 1 : text;
}

static void setup(void)
{
    snprintf(folder, sizeof folder, "%s/pactolus_sweep_XXXXXX", P_tmpdir);
    cr_assert_not_null(mkdtemp(folder));
    report_init(&report);
}

static void teardown(void)
{
    study_deal_free(&deal);
    report_free(&report);
    for (const char *const *name = (const char *const[]){"deal.yaml", "base.yaml", NULL}; *name; name++) {
        snprintf(path, sizeof path, "%s/%s", folder, *name);
        unlink(path);
    }
    rmdir(folder);
}

TestSuite(section, .init = setup, .fini = teardown);

static const char example[] = "sweep:\n"
                              "  design: sobol\n"
                              "  points: 512\n"
                              "  seed: 18446744073709551615\n"
                              "  vary:\n"
                              "    market.inflation: 0.01:0.04\n"
                              "    venture.capex.overrun: lognormal(1.1, 0.2)\n"
                              "    venture: {learning_rate: [0.1, \"uniform(0.1, 0.2)\"]}\n";

Test(section, says_how_to_sweep)
{
    cr_assert_eq(load(example), 0, "%s", message(0));
    const struct input_sweep *s = &deal.sweep;
    cr_assert(s->place.file && s->place.line == 2);
    cr_assert(s->design == INPUT_SWEEP_SOBOL && s->points == 512 && s->has_seed && s->seed == UINT64_MAX);
    cr_assert_eq(s->count, 3);
    cr_assert_str_eq(s->vary[0].name, "market.inflation");
    cr_assert_str_eq(s->vary[0].values, "0.01:0.04");
    cr_assert_str_eq(s->vary[1].values, "lognormal(1.1, 0.2)");
    cr_assert_str_eq(s->vary[2].name, "venture.learning_rate");
    cr_assert_str_eq(s->vary[2].values, "[0.1, uniform(0.1, 0.2)]");
    cr_assert(s->vary[1].place.line == 7 && s->vary[1].place.column == 28);
}

/* Records, registry and echo are those of the deal without it. */
Test(section, leaves_the_deal_alone)
{
    char *with = NULL, *without = NULL;
    cr_assert_eq(load(example), 0);
    const size_t records = deal.file_records;
    cr_assert_eq(study_scenario_echo(&deal, 0, 0, &with, &report), 0);
    cr_assert_eq(load(""), 0);
    cr_assert_eq(study_scenario_echo(&deal, 0, 0, &without, &report), 0);
    cr_assert_eq(deal.file_records, records);
    cr_assert_str_eq(with, without);
    cr_assert_null(deal.sweep.place.file);
    free(with);
    free(without);
}

Test(section, becomes_scenarios)
{
    struct design design = {0};
    struct design_varied varied = {0};
    char *text = NULL, label[INPUT_TABLE_LABEL];
    cr_assert_eq(load(example), 0);
    cr_assert_eq(design_take(&design, &varied, &deal.sweep, &deal.registry, &report), 0, "%s", message(0));
    cr_assert_eq(design_settle(&design, &varied, &report), 0, "%s", message(0));
    cr_assert(design.kind == INPUT_SWEEP_SOBOL && design.points == 512 && design.seed == UINT64_MAX);
    cr_assert_eq(design_write(&design, &varied, &text, &report), 0, "%s", message(0));
    cr_assert_eq(study_deal_read_table_text(&deal, "--vary", text, &report), 0, "%s", message(0));
    cr_assert_eq(study_deal_scenarios(&deal), 512);
    cr_assert_str_eq(study_deal_scenario(&deal, 511, label), "row_512");
    cr_assert_str_eq(deal.table_text, text, "kept for the result");
    free(text);
    design_vary_free(&varied);
}

/* An option for design, points or seed replaces that one; one --vary replaces all of `vary`. */
Test(section, options_come_first)
{
    struct design design = {.points = 64};
    struct design_varied varied = {0};
    cr_assert_eq(load(example), 0);
    cr_assert_eq(design_vary_add(&varied, "market.inflation=0.02:0.03", (struct place){"--vary", 0, 0}, &deal.registry, &report), 0);
    cr_assert_eq(design_take(&design, &varied, &deal.sweep, &deal.registry, &report), 0, "%s", message(0));
    cr_assert(design.kind == INPUT_SWEEP_SOBOL && design.points == 64 && varied.count == 1 && varied.vary[0].low == 0.02);
    design_vary_free(&varied);
    varied = (struct design_varied){0};
    design = (struct design){.kind = INPUT_SWEEP_LHS, .has_seed = 1, .seed = 5};
    cr_assert_eq(design_take(&design, &varied, &deal.sweep, &deal.registry, &report), 0, "%s", message(0));
    cr_assert(design.kind == INPUT_SWEEP_LHS && design.points == 512 && design.seed == 5 && varied.count == 3);
    design_vary_free(&varied);
    varied = (struct design_varied){0};
    design = (struct design){.kind = INPUT_SWEEP_GRID};
    cr_assert_eq(design_take(&design, &varied, &deal.sweep, &deal.registry, &report), 0, "%s", message(0));
    cr_assert(design.kind == INPUT_SWEEP_GRID && !design.points, "the points are those of the section's own design");
    design_vary_free(&varied);
}

/* A file wins over what it includes, entry by entry. */
Test(section, is_joined_from_included_files)
{
    write_file("base.yaml", "sweep: {points: 8, design: lhs, vary: {market.inflation: \"[0.01, 0.02]\", venture.capex.overrun: \"1:2\"}}\n", 0);
    cr_assert_eq(load("include: base.yaml\nsweep: {points: 9, vary: {market.inflation: 0.01:0.04}}\n"), 0, "%s", message(0));
    cr_assert(deal.sweep.points == 9 && deal.sweep.design == INPUT_SWEEP_LHS && deal.sweep.count == 2);
    cr_assert_str_eq(deal.sweep.vary[0].values, "0.01:0.04");
    cr_assert_str_eq(deal.sweep.vary[1].values, "1:2");
}

/* Elements of a YAML list that a comma would part are put in quotes again. */
Test(section, lists_become_lists)
{
    cr_assert_eq(load("sweep: {vary: {a: [own, \"x, y\", \"uniform(1, 2)\", \"[1, 2]\", \" b\", \"c)\", 'say \"d\"', 3]}}\n"), 0, "%s", message(0));
    cr_assert_str_eq(deal.sweep.vary[0].values, "[own, \"x, y\", uniform(1, 2), [1, 2], \" b\", \"c)\", say \"d\", 3]");
}

Test(section, form_errors)
{
    static const struct { const char *text, *message; } wrong[] = {
        {"sweep: 5\n", "deal.yaml:1:8: error: sweep: not a map, got '5', want a map of design, points, seed and vary"},
        {"sweep:\n", "deal.yaml:1:7: error: sweep: no value, want a map of design, points, seed and vary"},
        {"sweep: [lhs]\n", "deal.yaml:1:8: error: sweep: a list, want a map"},
        {"sweep: {desgin: lhs}\n", "deal.yaml:1:17: error: sweep.desgin: unknown name; did you mean 'sweep.design'?"},
        {"sweep: {samples: 5}\n", "deal.yaml:1:18: error: sweep.samples: unknown name, want design, points, seed or vary"},
        {"sweep: {design: latin}\n", "deal.yaml:1:17: error: sweep.design: not a known word, got 'latin', want one of grid, random, lhs, sobol"},
        {"sweep: {design: [lhs]}\n", "deal.yaml:1:17: error: sweep.design: a list, want one of grid, random, lhs, sobol"},
        {"sweep: {design: }\n", "deal.yaml:1:17: error: sweep.design: no value, want one of grid"},
        {"sweep: {points: 0}\n", "deal.yaml:1:17: error: sweep.points: not a number of points, got '0', want a whole number from 1 to 10000000, in plain digits"},
        {"sweep: {points: 10000001}\n", "deal.yaml:1:17: error: sweep.points: not a number of points, got '10000001'"},
        {"sweep: {points: 1e3}\n", "deal.yaml:1:17: error: sweep.points: not a number of points, got '1e3'"},
        {"sweep: {points: {n: 5}}\n", "deal.yaml:1:17: error: sweep.points: a map, want a whole number"},
        {"sweep: {seed: -1}\n", "deal.yaml:1:15: error: sweep.seed: not a seed, got '-1', want a whole number from 0 to 18446744073709551615"},
        {"sweep: {seed: 18446744073709551616}\n", "deal.yaml:1:15: error: sweep.seed: not a seed, got '18446744073709551616'"},
        {"sweep.vary[0]: 1:2\n", "deal.yaml:1:16: error: sweep.vary[0]: unknown name"},
        {"sweep[0]: 1:2\n", "deal.yaml:1:11: error: sweep[0]: unknown name, want design, points, seed or vary"},
        {"sweep: {vary: [a]}\n", "deal.yaml:1:15: error: sweep.vary: a list, want a map {NAME: VALUES, ..}"},
        {"sweep: {vary: 1:2}\n", "deal.yaml:1:15: error: sweep.vary: not a map, got '1:2', want a map {NAME: VALUES, ..}"},
        {"sweep: {vary: {market.inflation: }}\n", "deal.yaml:1:34: error: sweep.vary.market.inflation: no value, want LOW:HIGH"},
        {"sweep: {vary: {a: ['x\", y']}}\n", "deal.yaml:1:20: error: sweep.vary.a: a quote in a value with a comma, an open bracket or blanks at its ends"},
        {"sweep: {vary: {a: 1:2, a: 1:3}}\n", "deal.yaml:1:27: error: sweep.vary.a: given twice, first at line 1"},
    };
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        cr_assert_eq(load(wrong[k].text), STATUS_INPUT, "%s", wrong[k].text);
        cr_assert(strncmp(message(0), wrong[k].message, strlen(wrong[k].message)) == 0, "%s\n%s", wrong[k].message, message(0));
        cr_assert_eq(report.errors, 1, "%s\n%s", wrong[k].text, message(1));
    }
}

/* The values are told at their place in the file, under the name of the parameter. */
Test(section, value_errors)
{
    struct design design = {0};
    struct design_varied varied = {0};
    cr_assert_eq(load("sweep:\n  vary:\n    market.inflatoin: 0.01:0.04\n    market.inflation: 0.04:0.01\n    venture.capex.overrun: [1, x]\n"), 0, "%s", message(0));
    cr_assert_eq(design_take(&design, &varied, &deal.sweep, &deal.registry, &report), STATUS_INPUT);
    cr_assert_eq(report.errors, 3);
    cr_assert_str_eq(message(0), "deal.yaml:3:23: error: market.inflatoin: unknown name; did you mean 'market.inflation'?");
    cr_assert_str_eq(message(1), "deal.yaml:4:23: error: market.inflation: LOW is not below HIGH, got '0.04:0.01', want LOW:HIGH or LOW:HIGH:COUNT");
    cr_assert(strncmp(message(2), "deal.yaml:5:28: error: venture.capex.overrun: not a number, got 'x'", 60) == 0, "%s", message(2));
    design_vary_free(&varied);
}

/* All that is wrong is told at once, with what is wrong in the rest of the deal. */
Test(section, all_faults_are_told_errors)
{
    cr_assert_eq(load("sweep: {desgin: x, points: no, vary: 3}\nmarkett: {a: 1}\n"), STATUS_INPUT);
    cr_assert_eq(report.errors, 4, "%s", message(3));
}

Test(section, is_bounded_errors)
{
    enum { ENTRIES = 150000 };
    char *text = malloc(32 * ENTRIES), *at = text;
    at += sprintf(at, "sweep:\n  vary:\n");
    for (int k = 0; k < ENTRIES; k++) at += sprintf(at, "    market.p%d: 1:2\n", k);
    cr_assert_eq(load(text), STATUS_MEMORY);
    cr_assert_str_eq(message(0), "deal.yaml:1027:19: error: sweep.vary: more than 1024 parameters, the bound of this program");
    cr_assert_eq(report.errors, 1);
    free(text);
}
