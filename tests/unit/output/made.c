#include "unit/output/made.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "unit/output/made_course.h"

enum { PARTNERS = 2, STILL = PARTNERS + PARTNERS * MADE_LEDGER + PARTNERS + 2, STILL_SERIES = 7 };
enum { COLUMNS = STILL + MADE_COURSE_COLUMNS, SERIES = STILL_SERIES + MADE_COURSE_SERIES };
enum { STILL_OUTCOMES = 5, STILL_ROWS = 4 };

static const struct statistics_outcome OUTCOME[] = {
    {"captured", "M{currency}", "Value captured by the partner, against staying alone.",
     DETAIL_MEAN | DETAIL_SPREAD | DETAIL_QUANTILE | DETAIL_TAIL, {AXIS_PARTNER}},
    {"ledger", "M{currency}", "Present value of a line of the ledger.", DETAIL_MEAN, {AXIS_PARTNER, AXIS_LEDGER}},
    {"captured_loss", "1", "The partner captures less than nothing.", DETAIL_PROBABILITY, {AXIS_PARTNER}},
    {"joint", "M{currency}", "Joint surplus at the common rate.", DETAIL_MEAN, {AXIS_NONE}},
    {"all_gain", "1", "All partners gain.", DETAIL_PROBABILITY, {AXIS_NONE}},
    {"exit", "1", "Chance that a partner leaves, by cause.", DETAIL_PROBABILITY, {AXIS_PARTNER, AXIS_CAUSE}},
    {"leaves", "1", "Chance that a partner leaves.", DETAIL_PROBABILITY, {AXIS_PARTNER}},
    {"survival", "1", "Chance that the partnership stands.", DETAIL_PROBABILITY, {AXIS_NONE}},
    {"renegotiations", "1", "Renegotiations agreed.", DETAIL_MEAN, {AXIS_NONE}},
    {"deadlock_years", "year", "Years in a deadlock.", DETAIL_MEAN, {AXIS_NONE}},
};
static const struct statistics_series SERIES_ROW[] = {
    {"cash", "M{currency}", "Cash flow of the partner.", {AXIS_PARTNER}},
    {"volume", "{volume}", "Volume taken by the partner.", {AXIS_PARTNER}},
    {"unit_cost", "M{currency}/{volume}", "Unit cost landed.", {AXIS_PARTNER}},
    {"tariff_rate", "1", "Tariff rate on parts.", {AXIS_NONE}},
    {"scope", "1", "Scope of the partnership.", {AXIS_NONE}},
    {"gap", "1", "Gap between the partners' goals.", {AXIS_NONE}},
    {"in", "1", "Partner is an owner.", {AXIS_PARTNER}, 1},
    {"survival", "1", "The partnership stands.", {AXIS_NONE}, 1},
    {"exits", "1", "Partner leaves, by cause.", {AXIS_PARTNER, AXIS_CAUSE}, 1},
    {"renegotiated", "1", "A renegotiation is agreed.", {AXIS_NONE}, 1},
    {"renegotiation_failed", "1", "A renegotiation is in vain.", {AXIS_NONE}, 1},
    {"agreed", "M{currency}", "Payment agreed, + received.", {AXIS_PARTNER}, 1},
};
static const char *const PARTNER[] = {"cellmaker", "automaker"}, *const PARTNER_LABEL[] = {"Hanbit Cells", "M\u00e9t\u00e9or Motors"};
static const int DECLARED[] = {1, 0};
static const char *const LEDGER[] = {"own_margin", "joint_profit", "tariff", "subsidy", "transfers", "capex", "tax",
                                     "standalone_forgone"};
static const char *const LEDGER_LABEL[] = {"Own margin", "Joint profit", "Tariffs", "Subsidies", "Transfers", "Capital expenditure",
                                           "Tax", "Stand-alone forgone"};
static const char *const CAUSE[] = {"review", "deadlock", "failed", "breakup", "wound_up"};
static const char *const CAUSE_LABEL[] = {"Better off outside, no terms could keep it", "Deadlock at its limit",
                                          "The last renegotiation failed", "Break-up for reasons not modelled",
                                          "Wound up, nobody went on"};
static const char *const SCENARIO[] = {"base", "tariff_10", "tariff_20", "tariff_30", "tariff_40", "tariff_50", "tariff_60",
                                       "tariff_70"};
static const char *const REGIME[] = {"low", "low", "high", "high", "high", "high", "high", "high"};

double made_uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) * 0x1p-53;
}

static double normal(uint64_t *state)
{
    double r = sqrt(-2 * log(made_uniform(state)));
    return r * cos(6.283185307179586 * made_uniform(state));
}

static double grid(double x)
{
    return (x + 0x1.8p32) - 0x1.8p32;
}

/* Ledger lines of one path; the captured value is their sum. */
static void fill_path(uint64_t *state, double tariff, double *const *column, size_t i)
{
    static const double SIZE[PARTNERS][MADE_LEDGER] = {{180, 140, -30, 60, 95, -250, -40, -120},
                                                       {520, 260, -60, 110, -95, -310, -150, -180}};
    double demand = exp(0.35 * normal(state)), overrun = exp(0.25 * normal(state)), joint = 0;
    int gain = 1;
    for (size_t p = 0; p < PARTNERS; p++) {
        double sum = 0;
        for (size_t l = 0; l < MADE_LEDGER; l++) {
            double x = SIZE[p][l] * (l == 5 ? overrun : l == 2 ? tariff / 0.1 : demand) * (1 + 0.05 * normal(state));
            x = grid(l == 4 ? (p ? -1 : 1) * 95 * demand : x);
            column[PARTNERS + p * MADE_LEDGER + l][i] = x;
            sum += x;
        }
        column[p][i] = sum;
        column[PARTNERS + PARTNERS * MADE_LEDGER + p][i] = sum < 0;
        joint += sum;
        gain &= sum > 0;
    }
    column[STILL - 2][i] = joint;
    column[STILL - 1][i] = gain;
}

static void fill_series(uint64_t *state, double tariff, int step, double *const *column, size_t i)
{
    double years = 0.25 * step, ramp = years < 2 ? 0 : 1 - exp(-(years - 2)), noise = exp(0.1 * sqrt(years) * normal(state));
    for (size_t p = 0; p < PARTNERS; p++) {
        double volume = (p ? 60 : 25) * ramp * noise;
        column[p][i] = years < 2 ? -30.0 * (p ? 1.2 : 1) * noise : 0.9 * volume - 4;
        column[2 + p][i] = volume;
        column[4 + p][i] = volume > 0 ? (p ? 9.5 : 11) * exp(-0.03 * years) * noise : (double)NAN;
    }
    column[6][i] = tariff * (made_uniform(state) < 0.02 * years ? 2.5 : 1);
}

static void run_scenario(struct made *made, struct statistics_run *run, struct statistics_batch *batch, size_t s, uint64_t seed)
{
    static double cell[COLUMNS][64], series[SERIES][64];
    double *column[COLUMNS], *flow[SERIES];
    for (int k = 0; k < COLUMNS; k++) column[k] = cell[k];
    for (int k = 0; k < SERIES; k++) flow[k] = series[k];
    statistics_run_reset(run);
    for (uint64_t first = 0; first < made->paths; first += STATISTICS_BATCH) {
        statistics_batch_begin(batch, run, first);
        for (uint64_t at = first; at < made->paths && at < first + STATISTICS_BATCH; at += 64) {
            size_t n = made->paths - at < 64 ? (size_t)(made->paths - at) : 64;
            for (int step = 0; step < MADE_STEPS; step++) {
                for (size_t i = 0; i < n; i++) {
                    uint64_t state = seed + (at + i) * 1000 + (uint64_t)step;
                    fill_series(&state, made->tariff[s], step, flow, i);
                    if (made->moving) made_course_step(made->tariff[s], seed + at + i, step, flow + STILL_SERIES, i);
                }
                statistics_block_series(batch, step, n, flow);
            }
            for (size_t i = 0; i < n; i++) {
                uint64_t state = seed + (at + i) * 7777;
                fill_path(&state, made->tariff[s], column, i);
                if (made->moving) made_course_path(made->tariff[s], seed + at + i, column + STILL, i);
            }
            statistics_block_outcomes(batch, n, column);
        }
        statistics_run_merge(run, batch);
    }
}

static void fill_table(struct made *made)
{
    struct output_table *t = &made->table;
    *t = (struct output_table){.title = "Battery-cell venture", .currency = "USD", .volume = "thousand vehicles",
                               .row = made->plan.row, .rows = made->plan.rows, .doubles = made->plan.doubles,
                               .shape = made->plan.shape, .quantile = made->plan.quantile, .step = made->step,
                               .scenario = SCENARIO, .scenarios = made->scenarios, .confidence = 0.95, .tail = 0.05};
    t->names[AXIS_PARTNER] = (struct output_names){PARTNERS, PARTNER, PARTNER_LABEL, DECLARED};
    t->names[AXIS_LEDGER] = (struct output_names){MADE_LEDGER, LEDGER, LEDGER_LABEL, NULL};
    if (made->moving) t->names[AXIS_CAUSE] = (struct output_names){MADE_CAUSES, CAUSE, CAUSE_LABEL, NULL};
    made->varied[0] = (struct output_varied){"market.trade.us_korea.rate.korea.us.high", "1", made->tariff, NULL};
    made->varied[1] = (struct output_varied){"market.trade.us_korea.start", NULL, NULL, made->regime};
    made->text[0] = (struct output_text){"deal_text", "The deal file as it was read.", "deal: Battery-cell venture\n# \u00e9\n"};
    made->text[1] = (struct output_text){"echo", "Every parameter that was used.", "market.horizon = 10\n"};
    made->sample = (struct output_sample){"captured_sample", "M{currency}", "Value captured on each path.", {AXIS_PARTNER}};
}

static void must(int ok)
{
    if (ok) return;
    fprintf(stderr, "made: out of memory\n");
    abort();
}

static void init(struct made *made, size_t scenarios, uint64_t paths, uint64_t seed, int moving)
{
    struct report report;
    struct statistics_run run;
    struct statistics_batch batch;
    struct statistics_config config = {.outcome = OUTCOME, .outcomes = STILL_OUTCOMES, .series = SERIES_ROW,
                                       .series_count = STILL_ROWS, .level = RESULT_FULL, .paths = paths};
    memset(made, 0, sizeof *made);
    made->moving = moving;
    if (moving) {
        config.outcomes = sizeof OUTCOME / sizeof *OUTCOME;
        config.series_count = sizeof SERIES_ROW / sizeof *SERIES_ROW;
        config.shape.size[AXIS_CAUSE] = MADE_CAUSES;
    }
    made->scenarios = scenarios;
    made->paths = paths;
    config.shape.size[AXIS_PARTNER] = PARTNERS;
    config.shape.size[AXIS_LEDGER] = MADE_LEDGER;
    config.shape.size[AXIS_STEP] = MADE_STEPS;
    for (size_t s = 0; s < MADE_SCENARIOS; s++) made->tariff[s] = 0.1 * (double)(s + 1), made->regime[s] = REGIME[s];
    for (size_t s = 0; s < MADE_SCENARIOS; s++) made->weight[s] = 1.0 / (double)scenarios;
    for (int t = 0; t < MADE_STEPS; t++) made->step[t] = 0.25 * t;
    report_init(&report);
    must(statistics_plan_init(&made->plan, &config, &report) == STATUS_OK);
    must(statistics_run_init(&run, &made->plan, &report) == STATUS_OK);
    must(statistics_batch_init(&batch, &made->plan, &report) == STATUS_OK);
    for (size_t s = 0; s < scenarios; s++) {
        run_scenario(made, &run, &batch, s, seed);
        made->flat[s] = malloc(made->plan.doubles * sizeof(double));
        made->captured[s] = malloc(PARTNERS * paths * sizeof(double));
        must(made->flat[s] && made->captured[s] && statistics_run_result(&run, made->flat[s], &report) == STATUS_OK);
        for (int p = 0; p < PARTNERS; p++) {
            memcpy(made->captured[s] + (uint64_t)p * paths, statistics_run_sample(&run, 0, p), paths * sizeof(double));
        }
    }
    fill_table(made);
    statistics_batch_free(&batch);
    statistics_run_free(&run);
    report_free(&report);
}

void made_init(struct made *made, size_t scenarios, uint64_t paths, uint64_t seed)
{
    init(made, scenarios, paths, seed, 0);
}

void made_moving_init(struct made *made, size_t scenarios, uint64_t paths, uint64_t seed)
{
    init(made, scenarios, paths, seed, 1);
}

void made_free(struct made *made)
{
    for (size_t s = 0; s < made->scenarios; s++) {
        free(made->flat[s]);
        free(made->captured[s]);
    }
    statistics_plan_free(&made->plan);
}

struct output_file_config made_config(const struct made *made, const char *path, int samples)
{
    struct output_file_config config = {.path = path, .table = &made->table, .varied = made->varied,
                                        .varied_count = made->scenarios > 1 ? 2 : 0, .text = made->text, .texts = 2,
                                        .weight = made->scenarios > 1 ? made->weight : NULL};
    if (samples) config.sample = &made->sample, config.samples = 1, config.paths = made->paths;
    return config;
}

int made_write(const struct made *made, const struct output_file_config *config, const char *time, struct report *report)
{
    struct output_file *file;
    const struct output_provenance provenance[] = {{"time", time}, {"host", "example"}, {"version", "0.1.0"}};
    int status = output_file_create(&file, config, report);
    for (size_t s = 0; s < made->scenarios && status == STATUS_OK; s++) {
        status = output_file_scenario(file, s, made->flat[s], report);
        for (size_t p = 0; p < PARTNERS && config->samples && status == STATUS_OK; p++) {
            status = output_file_samples(file, 0, s, p, 0, made->captured[s] + p * made->paths, made->paths, report);
        }
    }
    if (status == STATUS_OK) status = output_file_commit(file, provenance, 3, report);
    output_file_destroy(file);
    return status;
}
