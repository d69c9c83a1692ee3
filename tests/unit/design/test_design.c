#include "design/design.h"

#include <criterion/criterion.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "input/table.h"
#include "random/random.h"
#include "unit/design/varied.h"

/* Column `column` (from 0) of a table without quotes, as numbers. */
static size_t numbers(const char *text, int column, double *out)
{
    size_t n = 0;
    for (text = strchr(text, '\n') + 1; *text; text = strchr(text, '\n') + 1, n++) {
        const char *cell = text;
        for (int k = 0; k < column; k++) cell = strchr(cell, ',') + 1;
        out[n] = strtod(cell, NULL);
    }
    return n;
}

/* ---- Grid ---- */

Test(design, grid_is_every_combination)
{
    static const char *const specs[] = {"contract.multiple=0:0.3:4", "contract.rule=[use, equity]", "copula.family=1:9:2", NULL};
    struct varied v;
    varied_open(&v, specs);
    char *text = varied_table(&v, INPUT_SWEEP_OPEN, 0, 1);
    cr_assert_eq(v.design.kind, INPUT_SWEEP_GRID, "the default where all have values");
    cr_assert_eq(v.design.points, 16);
    cr_assert_str_eq(text, "contract.multiple,contract.rule,copula.family\n"
                           "0,use,1\n0,use,9\n0,equity,1\n0,equity,9\n"
                           "0.1,use,1\n0.1,use,9\n0.1,equity,1\n0.1,equity,9\n"
                           "0.2,use,1\n0.2,use,9\n0.2,equity,1\n0.2,equity,9\n"
                           "0.3,use,1\n0.3,use,9\n0.3,equity,1\n0.3,equity,9\n");
    free(text);
    text = varied_table(&v, INPUT_SWEEP_GRID, 16, 99);
    free(text);
    varied_close(&v);
}

Test(design, steps_meet_both_ends_and_zero)
{
    static const char *const specs[] = {"contract.price=-0.3:0.6:10", NULL}, *const other[] = {"contract.price=-0.1:0.2:4", NULL};
    struct varied v;
    varied_open(&v, specs);
    char *text = varied_table(&v, INPUT_SWEEP_GRID, 0, 1);
    cr_assert_str_eq(text, "contract.price\n-0.3\n-0.2\n-0.1\n0\n0.1\n0.2\n0.3\n0.4\n0.5\n0.6\n");
    free(text);
    varied_close(&v);
    varied_open(&v, other);
    text = varied_table(&v, INPUT_SWEEP_GRID, 0, 1);
    cr_assert_str_eq(text, "contract.price\n-0.1\n0\n0.1\n0.2\n", "-0.1 + 0.3 / 3 is not 0 in binary");
    free(text);
    varied_close(&v);
}

Test(design, quotes_what_csv_would_misread)
{
    static const char *const specs[] = {"contract.multiple=[uniform(1, 2), 3]", "venture.capex.plan=[[\"uniform(1, 2)\", 3], [4]]", NULL};
    struct varied v;
    varied_open(&v, specs);
    char *text = varied_table(&v, INPUT_SWEEP_GRID, 0, 1);
    cr_assert_str_eq(text, "contract.multiple,venture.capex.plan\n"
                           "\"uniform(1, 2)\",\"[\"\"uniform(1, 2)\"\", 3]\"\n\"uniform(1, 2)\",[4]\n"
                           "3,\"[\"\"uniform(1, 2)\"\", 3]\"\n3,[4]\n");
    free(text);
    varied_forget(&v);
    cr_assert_eq(varied_add_unknown(&v, "x=[\"a, b\", say\"h,i\"o, -]"), 0);
    text = varied_table(&v, INPUT_SWEEP_GRID, 0, 1);
    cr_assert_str_eq(text, "x\n\"a, b\"\n\"say\"\"h,i\"\"o\"\n-\n");
    free(text);
    varied_close(&v);
}

/* ---- Marginals ---- */

/* Mean within four standard errors of random draws; a range's ends are kept. */
Test(design, marginals_are_those_asked_for)
{
    static const char *const specs[] = {"contract.multiple=0.5:2", "contract.fee=triangular(0, 3, 9)", "market.demand.us.growth=normal(0.02, 0.01)",
                                        "contract.price=discrete(1:0.25, 5:0.75)", "copula.family=0:9", "contract.scope=0:1:3", NULL};
    static const double mean[] = {1.25, 4, 0.02, 4, 4.5, 0.5};
    static const double sd[] = {0.4330127, 1.870829, 0.01, 1.732051, 2.872281, 0.4082483};
    static const enum input_sweep_design kinds[] = {INPUT_SWEEP_RANDOM, INPUT_SWEEP_LHS, INPUT_SWEEP_SOBOL};
    enum { N = 4096 };
    struct varied v;
    double column[N];
    varied_open(&v, specs);
    for (size_t d = 0; d < 3; d++) {
        char *text = varied_table(&v, kinds[d], N, 3);
        for (int k = 0; k < 6; k++) {
            double sum = 0, squares = 0;
            cr_assert_eq(numbers(text, k, column), N);
            for (size_t i = 0; i < N; i++) sum += column[i] - mean[k], squares += (column[i] - mean[k]) * (column[i] - mean[k]);
            const double se = sd[k] / sqrt((double)N) / (d ? 10 : 1); /* strata: far better */
            cr_assert(fabs(sum / (double)N) < 4 * se, "%s, column %d: %g s.e.", input_sweep_word(kinds[d]), k, sum / (double)N / se);
            cr_assert(fabs(sqrt(squares / (double)N) / sd[k] - 1) < 0.05, "%s, column %d: %g", input_sweep_word(kinds[d]), k, sqrt(squares / (double)N));
        }
        free(text);
    }
    varied_close(&v);
}

Test(design, whole_numbers_are_evenly_likely)
{
    static const char *const specs[] = {"copula.family=3:6", "contract.rule=[use, equity, fixed]", NULL};
    struct varied v;
    enum { N = 12000 };
    double column[N];
    int count[10] = {0}, word[3] = {0};
    varied_open(&v, specs);
    char *text = varied_table(&v, INPUT_SWEEP_LHS, N, 3);
    numbers(text, 0, column);
    for (size_t i = 0; i < N; i++) count[(int)column[i]]++;
    for (int k = 3; k <= 6; k++) cr_assert_eq(count[k], N / 4, "%d: %d", k, count[k]);
    for (const char *c = strchr(text, ','); c; c = strchr(c + 1, ',')) word[c[1] == 'u' ? 0 : c[1] == 'e' ? 1 : 2]++;
    cr_assert(word[0] == N / 3 && word[1] == N / 3 && word[2] == N / 3 + 1, "%d %d %d: the header's comma is one", word[0], word[1], word[2]);
    free(text);
    varied_close(&v);
}

/* A normal runs out of [-1, 1] of growth, a range with more digits than are written could be rounded beyond its end. */
Test(design, values_stay_in_their_range)
{
    static const char *const specs[] = {"market.demand.us.growth=normal(0.9, 0.5)", "contract.scope=0.33333333333333326:0.33333333333333331",
                                        "contract.price=0:1e-307", NULL};
    struct varied v;
    enum { N = 1000 };
    double column[N];
    int ends = 0;
    varied_open(&v, specs);
    char *text = varied_table(&v, INPUT_SWEEP_RANDOM, N, 3);
    numbers(text, 0, column);
    for (size_t i = 0; i < N; i++) {
        cr_assert(column[i] >= -1 && column[i] <= 1);
        ends += column[i] == 1;
    }
    cr_assert(ends > N / 3, "P(Z > 0.2) = 0.42");
    numbers(text, 1, column);
    for (size_t i = 0; i < N; i++) cr_assert(column[i] >= 0.33333333333333326 && column[i] <= 0.33333333333333331);
    numbers(text, 2, column);
    for (size_t i = 0; i < N; i++) cr_assert(column[i] == 0 || column[i] >= DBL_MIN, "%g: the grammar refuses it", column[i]);
    free(text);
    varied_close(&v);
}

/* ---- What it depends on ---- */

Test(design, reorder_moves_no_column)
{
    static const char *const ahead[] = {"contract.multiple=0:1", "contract.fee=0:1", "contract.scope=0:1", NULL};
    static const char *const back[] = {"contract.scope=0:1", "contract.fee=0:1", "contract.multiple=0:1", NULL};
    static const enum input_sweep_design kinds[] = {INPUT_SWEEP_RANDOM, INPUT_SWEEP_LHS, INPUT_SWEEP_SOBOL};
    double one[64], other[64];
    for (size_t d = 0; d < 3; d++) {
        struct varied a, b;
        varied_open(&a, ahead);
        varied_open(&b, back);
        char *x = varied_table(&a, kinds[d], 64, 3), *y = varied_table(&b, kinds[d], 64, 3);
        for (int k = 0; k < 3; k++) {
            numbers(x, k, one);
            numbers(y, 2 - k, other);
            cr_assert_eq(memcmp(one, other, sizeof one), 0, "%s", input_sweep_word(kinds[d]));
        }
        free(x);
        free(y);
        varied_close(&a);
        varied_close(&b);
    }
}

Test(design, random_columns_stay_where_one_is_added)
{
    static const char *const few[] = {"contract.multiple=0:1", NULL};
    static const char *const many[] = {"contract.fee=0:1", "contract.multiple=0:1", NULL};
    double one[64], other[64];
    struct varied a, b;
    varied_open(&a, few);
    varied_open(&b, many);
    char *x = varied_table(&a, INPUT_SWEEP_RANDOM, 64, 3), *y = varied_table(&b, INPUT_SWEEP_RANDOM, 64, 3);
    numbers(x, 0, one);
    numbers(y, 1, other);
    cr_assert_eq(memcmp(one, other, sizeof one), 0);
    free(x);
    free(y);
    varied_close(&a);
    varied_close(&b);
}

static uint64_t hash_of(const char *text)
{
    return random_stream_hash(text);
}

/* The same text on every machine and compiler. */
Test(design, tables_have_their_stored_hashes)
{
    static const char *const specs[] = {"contract.multiple=0.5:2", "contract.fee=pert(0, 3, 9)", "contract.rule=[use, equity]", "copula.family=0:9",
                                        "market.demand.us.growth=truncated(normal(0.02, 0.01), 0, 0.1)", NULL};
    static const struct { enum input_sweep_design kind; uint64_t hash; } want[] = {
        {INPUT_SWEEP_RANDOM, 0xd7a9da30eb6115c0u}, {INPUT_SWEEP_LHS, 0x89c0f1340d3e641bu}, {INPUT_SWEEP_SOBOL, 0x88fe078646560d3cu}};
    struct varied v;
    varied_open(&v, specs);
    for (size_t d = 0; d < 3; d++) {
        char *text = varied_table(&v, want[d].kind, 128, 2026), *again = varied_table(&v, want[d].kind, 128, 2027);
        cr_expect_eq(hash_of(text), want[d].hash, "%s: %#llx", input_sweep_word(want[d].kind), (unsigned long long)hash_of(text));
        cr_expect_neq(hash_of(text), hash_of(again), "another seed");
        free(text);
        free(again);
    }
    varied_close(&v);
}

/* The table is read back by the door for tables, every value by its parameter. */
Test(design, is_a_scenario_table)
{
    static const char *const specs[] = {"contract.multiple=[1, uniform(1, 2)]", "contract.fee=0:9", "contract.schedule=[[1, 0.5], []]", "copula.family=0:9", NULL};
    struct varied v;
    struct input_table table;
    struct param_setting settings[4];
    struct param_store store = {0};
    char buffer[INPUT_TABLE_LABEL];
    varied_open(&v, specs);
    char *text = varied_table(&v, INPUT_SWEEP_OPEN, 0, 1);
    cr_assert(v.design.kind == INPUT_SWEEP_LHS && v.design.points == DESIGN_POINTS, "the defaults where not all have values");
    cr_assert_eq(input_table_read_text("--vary", text, &table, &v.report), 0, "%s", varied_message(&v, 0));
    cr_assert(table.rows == 100 && table.parameters == 4 && table.label < 0);
    cr_assert_str_eq(input_table_label(&table, 99, buffer), "row_100");
    cr_assert_eq(input_table_resolve(&table, &v.registry, settings, &v.report), 0);
    for (size_t row = 0; row < table.rows; row++) cr_assert_eq(input_table_settings(&table, row, &v.registry, &store, settings, &v.report), 0, "%s", varied_message(&v, 0));
    param_store_free(&store);
    input_table_free(&table);
    free(text);
    varied_close(&v);
}

/* ---- Settling ---- */

static int settle(struct varied *v, enum input_sweep_design kind, uint64_t points)
{
    v->design = (struct design){.kind = kind, .points = points, .kind_place = {"--design", 0, 0}, .points_place = {"--points", 0, 0}};
    return design_settle(&v->design, &v->varied, &v->report);
}

Test(design, nothing_varies_errors)
{
    struct varied v;
    varied_open(&v, NULL);
    cr_assert_eq(settle(&v, INPUT_SWEEP_OPEN, 0), STATUS_USAGE);
    cr_assert_not_null(strstr(varied_message(&v, 0), "error: nothing varies, want --vary NAME=VALUES, a table (--scenarios) or a section"));
    varied_close(&v);
}

Test(design, grid_errors)
{
    static const char *const specs[] = {"contract.multiple=0:1", "contract.fee=uniform(0, 1)", "contract.scope=0:1:5", NULL};
    static const char *const huge[] = {"contract.multiple=0:1:10000000", "contract.fee=0:1:10000000", NULL};
    struct varied v;
    varied_open(&v, specs);
    cr_assert_eq(settle(&v, INPUT_SWEEP_GRID, 0), STATUS_INPUT);
    cr_assert_eq(v.report.errors, 2, "both are told");
    cr_assert_str_eq(varied_message(&v, 0), "--vary: error: contract.multiple: a grid needs values, got '0:1', want LOW:HIGH:COUNT or [a, b, ..]");
    cr_assert_str_eq(varied_message(&v, 1), "--vary: error: contract.fee: a grid needs values, got 'uniform(0, 1)', want a list [a, b, ..]");
    varied_forget(&v);
    cr_assert_eq(varied_add(&v, specs[2]), 0);
    cr_assert_eq(settle(&v, INPUT_SWEEP_GRID, 6), STATUS_INPUT);
    cr_assert_str_eq(varied_message(&v, 0), "--points: error: the grid has 5 points, got '6': leave the number out or take another design");
    varied_forget(&v);
    for (int k = 0; k < 2; k++) cr_assert_eq(varied_add(&v, huge[k]), 0);
    cr_assert_eq(settle(&v, INPUT_SWEEP_GRID, 0), STATUS_MEMORY);
    cr_assert_str_eq(varied_message(&v, 0), "--design: error: a grid of 100000000000000 points, want at most 10000000, the bound of this program");
    varied_close(&v);
}

Test(design, bound_errors)
{
    static const char *const specs[] = {"contract.multiple=0:1", NULL};
    struct varied v;
    char spec[40];
    varied_open(&v, specs);
    cr_assert_eq(settle(&v, INPUT_SWEEP_LHS, 10000001), STATUS_MEMORY);
    cr_assert_str_eq(varied_message(&v, 0), "--points: error: a design of 10000001 points, want at most 10000000, the bound of this program");
    cr_assert_eq(settle(&v, INPUT_SWEEP_LHS, 10000000), 0);
    for (int k = 0; k < 20; k++) {
        snprintf(spec, sizeof spec, "p%d=1:2", k);
        cr_assert_eq(varied_add_unknown(&v, spec), 0);
    }
    cr_assert_eq(settle(&v, INPUT_SWEEP_LHS, 10000000), STATUS_MEMORY);
    cr_assert_not_null(strstr(varied_message(&v, 1), "10000000 points of 21 parameters, want a product of at most 134217728"));
    varied_close(&v);
}

Test(design, sobol_warns_of_other_counts)
{
    static const char *const specs[] = {"contract.multiple=0:1", NULL};
    struct varied v;
    varied_open(&v, specs);
    cr_assert_eq(settle(&v, INPUT_SWEEP_SOBOL, 0), 0);
    cr_assert_eq(v.design.points, DESIGN_SOBOL_POINTS);
    cr_assert_eq(settle(&v, INPUT_SWEEP_SOBOL, 1), 0);
    cr_assert_eq(settle(&v, INPUT_SWEEP_SOBOL, 4096), 0);
    cr_assert_eq(v.report.warnings, 0);
    cr_assert_eq(settle(&v, INPUT_SWEEP_SOBOL, 100), 0);
    cr_assert_str_eq(varied_message(&v, 0), "--points: warning: 100 Sobol' points are less balanced than a power of two: take 64 or 128");
    varied_close(&v);
}

#if defined __OPTIMIZE__ && !defined __SANITIZE_ADDRESS__
/* A million points of twenty parameters: some seconds, most of them for printing 20 million numbers. */
Test(design, a_million_points_are_quick, .timeout = 280)
{
    struct varied v;
    char spec[40];
    struct timespec begin, end;
    varied_open(&v, NULL);
    for (int k = 0; k < 20; k++) {
        snprintf(spec, sizeof spec, "p%d=1:2", k);
        cr_assert_eq(varied_add_unknown(&v, spec), 0);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    char *text = varied_table(&v, INPUT_SWEEP_LHS, 1000000, 1);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    const double took = (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    printf("design of 1,000,000 x 20: %.1f s\n", took);
    cr_assert(took < 60, "%.1f s", took);
    free(text);
    varied_close(&v);
}
#endif
