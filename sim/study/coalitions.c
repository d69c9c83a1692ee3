#include "study/coalitions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int out_of_memory(struct report *report)
{
    return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for the coalitions");
}

static int is_in(unsigned coalition, int partner)
{
    return (int)(coalition >> partner & 1u);
}

static int size_of(unsigned coalition)
{
    int size = 0;
    for (int p = 0; p < GAME_PARTNERS; p++) size += is_in(coalition, p);
    return size;
}

static const char *name_of(const struct study_deal *deal, int k)
{
    const struct param_names *names = study_deal_names(deal, PARAM_SET_PARTNER);
    return names->name[names->declared[k]];
}

/* ---- The table ---- */

/* "a+b"; numbered where names are too long for a table. */
static void write_label(FILE *stream, const struct study_deal *deal, int partners, unsigned coalition)
{
    size_t length = 0;
    for (int p = 0; p < partners; p++) length += is_in(coalition, p) ? strlen(name_of(deal, p)) + 1 : 0;
    if (length > INPUT_TABLE_LABEL) {
        fprintf(stream, "coalition_%u", coalition);
        return;
    }
    for (int p = 0, some = 0; p < partners; p++) {
        if (!is_in(coalition, p)) continue;
        fprintf(stream, "%s%s", some ? "+" : "", name_of(deal, p));
        some = 1;
    }
}

static int forms(const struct study_coalitions *c, unsigned coalition)
{
    for (int p = 0; p < c->partners; p++) {
        if (c->needed[p] && !is_in(coalition, p)) return 0;
    }
    return size_of(coalition) >= 2;
}

static void write_table(FILE *stream, const struct study_deal *deal, struct study_coalitions *c)
{
    const unsigned all = (1u << c->partners) - 1u;
    fputs("scenario", stream);
    for (int p = 0; p < c->partners; p++) fprintf(stream, ",partners.%s.member", name_of(deal, p));
    fputs("\n", stream);
    for (int size = 2; size <= c->partners; size++) {
        for (unsigned s = 1; s <= all; s++) {
            if (size_of(s) != size || !forms(c, s)) continue;
            c->row[s] = c->runs++;
            write_label(stream, deal, c->partners, s);
            for (int p = 0; p < c->partners; p++) fputs(is_in(s, p) ? ",yes" : ",no", stream);
            fputs("\n", stream);
        }
    }
}

/* What the deal says of all its scenarios. */
static int read_deal(const struct study_deal *deal, struct study_coalitions *c, struct report *report)
{
    struct study_scenario scenario;
    const struct param_names *names = study_deal_names(deal, PARAM_SET_PARTNER);
    int status = study_scenario_init(&scenario, deal, 0, report);
    c->partners = names->count;
    for (int k = 0; !status && k < c->partners; k++) {
        c->needed[k] = scenario.deal->contract.needed[names->declared[k]];
        c->power[k] = scenario.deal->decision.power[names->declared[k]];
    }
    study_scenario_free(&scenario);
    return status;
}

int study_coalitions_open(struct study_deal *deal, struct study_coalitions *c, struct report *report)
{
    char *text = NULL;
    size_t length;
    memset(c, 0, sizeof *c);
    for (unsigned s = 0; s < GAME_COALITIONS; s++) c->row[s] = -1;
    if (deal->setting) {
        return report_error(report, STATUS_USAGE, (struct place){0}, NULL,
                            "coalitions are scenarios themselves: the deal must have no table");
    }
    int status = study_deal_refresh(deal, report);
    if (!status) status = read_deal(deal, c, report);
    if (status) return status;
    FILE *stream = open_memstream(&text, &length);
    if (stream) write_table(stream, deal, c);
    const int failed = !stream || fclose(stream) || !text;
    status = failed ? out_of_memory(report) : study_deal_read_table_text(deal, "coalitions", text, report);
    free(text);
    return status;
}

/* ---- Means and their errors, from the same paths ---- */

/* Number of a row without axes, or of one by partner. */
static double number(const struct study_result *result, size_t scenario, const char *name, int k)
{
    const struct result_row *row = output_table_row(&result->table, name);
    return row && (size_t)k < row->count ? result->flat[scenario][row->offset + (size_t)k] : (double)NAN;
}

struct paths {
    const struct study_coalitions *c;
    const double *joint, *parts; /* parts: [partner, byte order][path] */
    const int *declared;
    uint64_t paths;
};

/* sum of weight x joint surplus, by scenario; then of minus the weights of the partners' parts. */
static double weighed(const struct paths *x, uint64_t path, const double *weight)
{
    double sum = 0.0;
    for (int r = 0; r < x->c->runs; r++) sum += weight[r] * x->joint[(uint64_t)r * x->paths + path];
    for (int k = 0; k < x->c->partners; k++) sum -= weight[x->c->runs + k] * x->parts[(uint64_t)x->declared[k] * x->paths + path];
    return sum;
}

/* Standard error of its mean. */
static double error_of(const struct paths *x, const double *weight)
{
    const double n = (double)x->paths;
    double mean = 0.0, square = 0.0;
    if (x->paths < 2) return (double)NAN;
    for (uint64_t k = 0; k < x->paths; k++) mean += weighed(x, k, weight) / n;
    for (uint64_t k = 0; k < x->paths; k++) {
        const double apart = weighed(x, k, weight) - mean;
        square += apart * apart;
    }
    const double error = sqrt(square / (n - 1.0) / n);
    return error > 1e-12 * (fabs(mean) + 1.0) ? error : 0.0; /* else the rounding of the sums alone */
}

enum { WEIGHTS = GAME_COALITIONS + GAME_PARTNERS };

/* The Shapley value is linear in the values; a coalition that does not form is worth 0 whatever happens near its mean. */
static double shapley_error(const struct paths *x, int partner)
{
    double weight[WEIGHTS] = {0};
    for (unsigned s = 1; s <= bargaining_game_all(&x->c->game); s++) {
        if (x->c->row[s] >= 0 && x->c->mean[s] > 0.0) weight[x->c->row[s]] = bargaining_game_weight(x->c->partners, partner, s);
    }
    return error_of(x, weight);
}

static double part_error(const struct paths *x, int partner)
{
    double weight[WEIGHTS] = {0};
    weight[x->c->runs + partner] = 1.0;
    return error_of(x, weight);
}

/* Of what a coalition would have above its members' parts of the deal. */
static double excess_error(const struct paths *x, unsigned coalition)
{
    double weight[WEIGHTS] = {0};
    if (x->c->row[coalition] >= 0 && x->c->mean[coalition] > 0.0) weight[x->c->row[coalition]] = 1.0;
    for (int k = 0; k < x->c->partners; k++) weight[x->c->runs + k] = is_in(coalition, k);
    return error_of(x, weight);
}

static void take_values(struct study_coalitions *c, const struct study_result *result)
{
    c->game.partners = c->partners;
    for (unsigned s = 1; s <= bargaining_game_all(&c->game); s++) {
        c->mean[s] = c->error[s] = (double)NAN;
        if (c->row[s] < 0) continue;
        c->mean[s] = number(result, (size_t)c->row[s], "joint_mean", 0);
        c->error[s] = number(result, (size_t)c->row[s], "joint_standard_error", 0);
        c->game.value[s] = c->mean[s] > 0.0 ? c->mean[s] : 0.0;
    }
    for (int k = 0; k < c->partners; k++) {
        c->captured[k] = number(result, (size_t)c->runs - 1, "captured_mean", k);
        c->captured_error[k] = number(result, (size_t)c->runs - 1, "captured_standard_error", k);
    }
}

/* ---- Divisions ---- */

/* The partners' parts add to the joint surplus but for their rounding, which is spread over them. */
static void divide_by_contract(struct study_coalitions *c, const struct paths *x)
{
    struct coalitions_division *d = &c->division[RULE_CONTRACT];
    double left = c->mean[bargaining_game_all(&c->game)];
    for (int k = 0; k < c->partners; k++) {
        for (uint64_t path = 0; path < x->paths; path++) d->share[k] += x->parts[(uint64_t)x->declared[k] * x->paths + path];
        d->share[k] /= (double)x->paths;
        d->error[k] = part_error(x, k);
        left -= d->share[k];
    }
    for (int k = 0; k < c->partners; k++) d->share[k] += left / (double)c->partners;
}

static void divide_by_rules(struct study_coalitions *c, const struct paths *x)
{
    const unsigned all = bargaining_game_all(&c->game);
    const double outside[GAME_PARTNERS] = {0};
    struct coalitions_division *nash = &c->division[RULE_NASH], *shapley = &c->division[RULE_SHAPLEY];
    double weight = 0.0;
    bargaining_game_nash(c->partners, c->game.value[all], outside, c->power, nash->share);
    bargaining_game_shapley(&c->game, shapley->share);
    bargaining_core_nucleolus(&c->game, c->division[RULE_NUCLEOLUS].share); /* each alone has 0: there always is one */
    for (int k = 0; k < c->partners; k++) weight += c->power[k];
    for (int k = 0; k < c->partners; k++) {
        const double part = weight > 0.0 ? c->power[k] / weight : 1.0 / (double)c->partners;
        nash->error[k] = c->mean[all] > 0.0 ? part * c->error[all] : 0.0;
        shapley->error[k] = shapley_error(x, k);
        c->division[RULE_NUCLEOLUS].error[k] = (double)NAN;
    }
}

static void divide(struct study_coalitions *c, const struct paths *x)
{
    const double slack = bargaining_game_slack(&c->game);
    divide_by_contract(c, x);
    divide_by_rules(c, x);
    bargaining_core_find(&c->game, &c->core);
    for (int r = 0; r < RULES; r++) {
        struct coalitions_division *d = &c->division[r];
        d->objects = bargaining_game_objects(&c->game, d->share, &d->excess);
        d->in_core = d->excess <= slack;
        d->excess_error = r == RULE_CONTRACT ? excess_error(x, d->objects) : (double)NAN;
    }
}

/* ---- A run ---- */

static int take_memory(const struct study_run_config *config, const struct study_coalitions *c, double **memory,
                       struct report *report)
{
    const uint64_t each = (uint64_t)(c->runs + c->partners) * sizeof(double);
    if (config->paths > config->memory / each) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, "--memory",
                            "%llu paths of %d coalitions take %llu bytes each, beyond the %llu bytes allowed",
                            (unsigned long long)config->paths, c->runs, (unsigned long long)each,
                            (unsigned long long)config->memory);
    }
    *memory = malloc((size_t)(each * config->paths));
    return *memory ? STATUS_OK : out_of_memory(report);
}

int study_coalitions_run(struct study_deal *deal, const struct study_run_config *config, struct study_coalitions *c,
                         struct study_result *result, struct report *report)
{
    struct study_run_config with = *config;
    double *memory = NULL;
    memset(result, 0, sizeof *result);
    int status = take_memory(config, c, &memory, report);
    if (status) return status;
    with.joint = memory;
    with.parts = memory + (uint64_t)c->runs * config->paths;
    status = study_run(deal, &with, result, report);
    if (!status) {
        const struct paths x = {c, with.joint, with.parts, study_deal_names(deal, PARAM_SET_PARTNER)->declared, config->paths};
        c->paths = config->paths;
        c->seed = config->seed;
        c->title = result->title;
        c->currency = result->currency;
        for (int k = 0; k < c->partners; k++) c->name[k] = result->name[AXIS_PARTNER][k];
        take_values(c, result);
        divide(c, &x);
    }
    free(memory);
    return status;
}
