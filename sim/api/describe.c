#include "api/describe.h"

#include <string.h>

#include "output/console.h"

enum { LABEL = 11, WIDTH = 100 };

/* ---- Names -------------------------------------------------------------------------------------------------------------- */

static void write_names(FILE *stream, const char *what, const struct param_names *names, const struct deal_label_config *label)
{
    fprintf(stream, "%-*s", LABEL, what);
    for (int k = 0; k < names->count; k++) {
        const int at = names->declared[k];
        fprintf(stream, "%s%s", k ? ", " : "", names->name[at]);
        if (label && *label[at].label) fprintf(stream, " (%s)", label[at].label);
    }
    fputc('\n', stream);
}

/* ---- What is planned, in the deal's own units: a slip of a thousand is seen here ------------------------------------------ */

/* 3,350 and 25.77 and 0.026. */
static const char *amount(char out[OUTPUT_NUMBER], double x)
{
    if (x >= 1000.0) return output_console_number(out, x, 0);
    snprintf(out, OUTPUT_NUMBER, "%.4g", x);
    return out;
}

/* Volume of a partner in a year of production, and what it brings at prices and exchange rates of the start. */
static double year_of(const struct study_scenario *scenario, int regions, int p, int year, double *revenue)
{
    const struct programme_product_config *product = &scenario->deal->programme.product[p];
    double volume = 0.0;
    *revenue = 0.0;
    for (int r = 0; r < regions; r++) {
        const struct param_list *plan = &product->plan[r];
        const double x = plan->count ? plan->item[year < plan->count ? year : plan->count - 1].value : 0.0;
        volume += x;
        *revenue += x * product->price[r].value * scenario->deal->market.fx_rate[r];
    }
    return volume;
}

static void write_plan(FILE *stream, const struct study_deal *deal, const struct study_scenario *scenario, int p)
{
    const struct deal_frame_config *frame = &scenario->deal->frame;
    const char *name = *frame->partner[p].label ? frame->partner[p].label : study_deal_names(deal, PARAM_SET_PARTNER)->name[p];
    char number[3][OUTPUT_NUMBER];
    double best = 0.0, brought = 0.0, revenue;
    for (int year = 0; year < frame->horizon_years; year++) {
        const double volume = year_of(scenario, study_deal_names(deal, PARAM_SET_REGION)->count, p, year, &revenue);
        if (volume > best) best = volume, brought = revenue;
    }
    if (!(best > 0.0)) {
        fprintf(stream, "%s sells nothing\n", name);
        return;
    }
    fprintf(stream, "%s: %s %s in its best year at %s million %s/%s: %s million %s a year\n", name, amount(number[0], best), frame->volume_unit,
            amount(number[1], brought / best), frame->currency, frame->volume_unit, amount(number[2], brought), frame->currency);
}

static void write_plans(FILE *stream, const struct study_deal *deal, const struct study_scenario *scenario)
{
    const struct param_names *names = study_deal_names(deal, PARAM_SET_PARTNER);
    for (int k = 0; k < names->count; k++) {
        fprintf(stream, "%-*s", LABEL, k ? "" : "plan");
        write_plan(stream, deal, scenario, names->declared[k]);
    }
}

/* Capital by plan, without overruns and grants. */
static double capital_of(const struct programme_config *programme)
{
    double sum = programme->capex_total;
    for (int k = 0; k < programme->capex_plan.count; k++) sum += programme->capex_plan.item[k].value;
    return sum;
}

static void write_venture(FILE *stream, const struct study_scenario *scenario)
{
    const struct deal_frame_config *frame = &scenario->deal->frame;
    const struct programme_config *venture = &scenario->deal->programme.venture;
    const double cost = venture->material.cost.value + venture->conversion.cost.value;
    char number[OUTPUT_NUMBER];
    fprintf(stream, "%-*scapital of %s million %s by plan", LABEL, "venture", amount(number, capital_of(venture)), frame->currency);
    if (cost > 0.0) fprintf(stream, "; unit cost %s million %s/%s", amount(number, cost), frame->currency, frame->volume_unit);
    if (number_differs(venture->capacity, PROGRAMME_NO_LIMIT)) {
        fprintf(stream, "; capacity %s %s a year", amount(number, venture->capacity.value), frame->volume_unit);
    }
    fputc('\n', stream);
}

/* ---- What is uncertain ---------------------------------------------------------------------------------------------------- */

static void write_draws(FILE *stream, const struct param_draws *draws)
{
    enum { SHOWN = 8 };
    fprintf(stream, "%-*s%zu parameter%s", LABEL, "drawn once", draws->count, draws->count == 1 ? "" : "s");
    for (size_t k = 0; k < draws->count && k < SHOWN; k++) fprintf(stream, "%s\n%-*s%s", k ? "," : ":", LABEL, "", draws->draw[k].name);
    if (draws->count > SHOWN) fprintf(stream, ",\n%-*sand %zu more (pactolus check --echo shows all)", LABEL, "", draws->count - SHOWN);
    fputc('\n', stream);
}

/* A list that is broken into lines. */
struct moving {
    FILE *stream;
    int count, column;
};

static void add(struct moving *m, const char *kind, const char *name)
{
    const int length = (int)(strlen(kind) + strlen(name)) + 3;
    if (!m->count++) m->column = fprintf(m->stream, "%-*severy step: ", LABEL, "moves");
    else fputc(',', m->stream);
    if (m->count > 1 && m->column + length > WIDTH) m->column = fprintf(m->stream, "\n%-*s", LABEL, "") - 1;
    else if (m->count > 1) fputc(' ', m->stream);
    fprintf(m->stream, "%s%s%s", kind, *kind && *name ? "." : "", name);
    m->column += length;
}

static void add_levels(struct moving *m, const struct study_deal *deal, const struct market_config *market)
{
    const struct {
        const char *kind;
        enum param_set set;
        const struct market_factor_config *level;
    } kinds[] = {{"demand", PARAM_SET_REGION, market->demand}, {"price", PARAM_SET_REGION, market->price},
                 {"fx", PARAM_SET_REGION, market->fx},         {"input", PARAM_SET_INPUT, market->input},
                 {"share", PARAM_SET_PARTNER, market->share}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const struct param_names *names = study_deal_names(deal, kinds[k].set);
        for (int n = 0; n < names->count; n++) {
            const struct market_factor_config *level = &kinds[k].level[names->declared[n]];
            const int moves = number_differs(level->volatility, 0.0) || number_differs(level->jump_rate, 0.0);
            if (moves) add(m, kinds[k].kind, names->name[names->declared[n]]);
        }
    }
}

static int chain_moves(const struct market_chain_config *chain, int regimes)
{
    int moves = 0;
    for (int a = 0; a < regimes; a++) {
        for (int b = 0; b < regimes; b++) moves |= a != b && chain->rate[a][b] > 0.0;
    }
    return moves;
}

static void add_events(struct moving *m, const struct study_deal *deal, const struct market_config *market)
{
    const struct param_names *chains = study_deal_names(deal, PARAM_SET_CHAIN), *regions = study_deal_names(deal, PARAM_SET_REGION);
    const struct param_names *subsidies = study_deal_names(deal, PARAM_SET_SUBSIDY);
    for (int k = 0; k < chains->count; k++) {
        const int at = chains->declared[k];
        if (chain_moves(&market->chain[at], deal->registry.scope.regimes[at].count)) add(m, "trade", chains->name[at]);
    }
    for (int k = 0; k < subsidies->count; k++) {
        const int at = subsidies->declared[k];
        if (number_differs(market->subsidy[at].repeal_rate, 0.0)) add(m, "subsidy", subsidies->name[at]);
    }
    for (int k = 0; k < regions->count; k++) {
        const int at = regions->declared[k];
        if (market->entrant[at].arrival_rate > 0.0) add(m, "entrant", regions->name[at]);
    }
    if (number_differs(market->use.appears, 0.0) || number_differs(market->use.vanishes, 0.0)) add(m, "alternative_use", "");
    if (number_differs(market->crisis.entry_rate, 0.0) || (market->crisis.start && number_differs(market->crisis.exit_rate, 0.0))) add(m, "crisis", "");
}

static void write_moving(FILE *stream, const struct study_deal *deal, const struct market_config *market)
{
    struct moving m = {stream, 0, 0};
    add_levels(&m, deal, market);
    add_events(&m, deal, market);
    if (!m.count) fprintf(stream, "%-*snothing of the market", LABEL, "moves");
    fputc('\n', stream);
}

/* ---- All of it ------------------------------------------------------------------------------------------------------------ */

void api_describe_write(FILE *stream, const struct study_deal *deal, const struct study_scenario *scenario)
{
    const struct deal_frame_config *frame = &scenario->deal->frame;
    const int end = frame->start + 12 * frame->horizon_years - 1;
    fprintf(stream, "%s\n", frame->title);
    write_names(stream, "partners", study_deal_names(deal, PARAM_SET_PARTNER), frame->partner);
    write_names(stream, "regions", study_deal_names(deal, PARAM_SET_REGION), frame->region);
    fprintf(stream, "%-*smillion %s; volume in %s\n", LABEL, "money", frame->currency, frame->volume_unit);
    fprintf(stream, "%-*s%d-%02d to %d-%02d in %d steps\n", LABEL, "time", frame->start / 12, frame->start % 12 + 1, end / 12,
            end % 12 + 1, frame->horizon_years * frame->steps_per_year);
    write_plans(stream, deal, scenario);
    write_venture(stream, scenario);
    write_draws(stream, &scenario->draws);
    write_moving(stream, deal, &scenario->deal->market);
    if (deal->setting) {
        fprintf(stream, "%-*s%zu, %d column%s of parameters\n", LABEL, "scenarios", study_deal_scenarios(deal), deal->table.parameters,
                deal->table.parameters == 1 ? "" : "s");
    }
}
