#include "engine/trace.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct recorder {
    const struct engine_plan *plan;
    struct engine_trace *trace;
    size_t lane;
};

/* The path's number of a column; `absent` where the block has no such column. */
static double get(const struct recorder *r, const lanes *column, double absent)
{
    return column ? ((const double *)(const void *)column)[r->lane] : absent;
}

static int get_int(const struct recorder *r, const lanes *column, int absent)
{
    return (int)get(r, column, (double)absent);
}

static double get_cell(const struct recorder *r, struct parameter cell)
{
    return ((const double *)(const void *)cell.cell)[cell.mask ? r->lane : 0];
}

/* A column by step, which holds all steps one after another. */
static double get_step(const struct recorder *r, const lanes *column, int step)
{
    return get(r, column + (size_t)step * BLOCK_LANES, 0.0);
}

static void record_market(const struct recorder *r, const struct market_block *market, int n, struct engine_trace_step *s)
{
    const struct market_plan *plan = &r->plan->market;
    for (int k = 0; k < r->plan->regions; k++) {
        s->demand[k] = get_cell(r, column_at(market_level(plan, market, MARKET_DEMAND, k), n));
        s->price[k] = get_cell(r, column_at(market_level(plan, market, MARKET_PRICE, k), n));
    }
    for (int c = 0; c < plan->chains; c++) s->regime[c] = (int)get_step(r, market->regime[c], n);
    s->crisis = plan->crisis && get_step(r, market->crisis, n) > 0.0;
    for (int k = 0; k < r->plan->regions; k++) s->entrant[k] = plan->entrant[k].on ? n - get_int(r, market->arrival[k], n + 1) : -1;
    for (int c = 0; c < plan->corridors; c++) s->tariff[c] = get_step(r, market->tariff[c], n);
    for (int k = 0; k < plan->subsidies; k++) {
        s->support[k] = get_step(r, market->support[k], n);
        const int can_end = number_differs(plan->subsidy[k].config->repeal_rate, 0.0);
        s->repealed[k] = can_end && plan->subsidy[k].schedule[n] > 0.0 && !(s->support[k] > 0.0);
    }
    /* what is known at the start of the step, as a settlement sees it */
    s->use = n ? get_cell(r, column_at(market_use(plan, market), n - 1)) : (double)plan->use->start;
}

static void record_venture(const struct recorder *r, const struct programme_block *venture, struct engine_trace_step *s)
{
    s->production = get(r, venture->production, -1.0);
    s->pooled = get(r, venture->volume, 0.0);
    s->external = get(r, venture->external, 0.0);
    s->localised = get(r, venture->localised, -1.0);
    s->local_capex = get(r, venture->local_capex, 0.0);
    s->capex = get(r, venture->capex, 0.0);
    s->capex_planned = get(r, venture->capex_planned, 0.0);
    for (int g = 0; g < PARAM_MILESTONES; g++) {
        s->gate[g] = get(r, venture->gate[g], (double)GATE_OPEN);
        s->gate_attempts[g] = get(r, venture->attempts[g], 0.0);
    }
    s->succeeded = venture->success_at && get(r, venture->clock, 0.0) >= get(r, venture->success_at, 0.0);
    s->standing = get(r, venture->standing, 0.0);
    s->missed = get(r, venture->missed, 0.0);
    s->retry = get(r, venture->retry, 0.0);
}

/* Where nobody can act, the venture builds until it makes, and nothing else moves. */
static void record_state(const struct recorder *r, const struct engine_block *block, struct engine_trace_step *s)
{
    const struct decision_block *d = &block->decision;
    s->phase = get_int(r, d->phase, s->production >= 0.0 ? PHASE_OPERATE : PHASE_DEVELOP);
    s->mode = get_int(r, d->mode, MODE_NORMAL);
    s->timer = get_int(r, d->timer, 0);
    s->leaver = get_int(r, d->leaver, -1);
    s->cause = get_int(r, d->cause, 0);
    s->occasion = get_int(r, d->occasion, OCCASION_NONE);
    s->trigger = s->occasion == OCCASION_NONE ? -1 : get_int(r, d->trigger, -1);
    s->against = get_int(r, d->against, -1);
    s->surplus = s->against < 0 ? (double)NAN : get(r, d->surplus, (double)NAN);
    s->agreed = get_int(r, d->agreed, 0);
    s->failed = get_int(r, d->failed, 0);
    s->attempts = get_int(r, d->attempts, 0);
    s->standstill = get_int(r, d->standstill, 0);
    s->held = get_int(r, d->held, 0);
    s->gap = get(r, d->gap, (double)NAN);
    s->scope = d->scope ? get(r, d->scope, 0.0) : get_cell(r, block->contract.drive.scope);
    s->renewed = get(r, d->renewed, -1.0);
    s->redirected = get_int(r, d->redirected, 0);
    s->invested = get(r, block->contract.terms.invested, 0.0);
    for (int line = 0; line < LINES; line++) s->outside[line] = get(r, block->contract.terms.outside[line], 0.0);
}

static void record_flows(const struct recorder *r, const struct engine_block *block, int p, struct engine_trace_partner *x)
{
    const struct contract_block *contract = &block->contract;
    const struct value_block *value = &block->value;
    x->made = get(r, block->venture.made[p], 0.0);
    x->unit_cost = x->made > 0.0 ? get(r, block->venture.unit_cost[p], (double)NAN) : (double)NAN;
    x->cash = get(r, value->cash[p], 0.0);
    x->cumulative = get(r, value->cumulative[p], 0.0);
    x->book = get(r, value->book[p], 0.0);
    x->equity = get_cell(r, contract->terms.equity[p]);
    x->sold = get(r, contract->terms.sold[p], 0.0);
    x->bought = get(r, contract->terms.bought[p], 0.0);
    for (int line = 0; line < LINES; line++) {
        x->flow[line] = get(r, contract->flow[p][line], 0.0);
        x->due[line] = get(r, contract->terms.due[p][line], 0.0);
    }
    if (!block->after_running[p]) x->after_production = (double)NAN;
    else x->after_production = get(r, contract->terms.departed[p], 0.0) > 0.0 ? get(r, block->after[p].production, -1.0) : -1.0;
}

/* The stand-alone arm; its cumulative cash is kept by no column. */
static void record_alone(const struct recorder *r, const struct engine_block *block, int p, int n, struct engine_trace_partner *x)
{
    const struct value_block *value = &block->value;
    x->alone_cash = get(r, value->alone_cash[p], 0.0);
    x->alone_cumulative = x->alone_cash + (n ? r->trace->step[n - 1].partner[p].alone_cumulative : 0.0);
    x->alone_made = block->alone_running[p] ? get(r, block->alone[p].made[p], 0.0) : 0.0;
    x->alone_production = block->alone_running[p] ? get(r, block->alone[p].production, -1.0) : (double)NAN;
    x->alone_localised = block->alone_running[p] ? get(r, block->alone[p].localised, -1.0) : -1.0;
    x->alone_local_capex = block->alone_running[p] ? get(r, block->alone[p].local_capex, 0.0) : 0.0;
    x->after_localised = block->after_running[p] ? get(r, block->after[p].localised, -1.0) : -1.0;
    x->after_local_capex = block->after_running[p] ? get(r, block->after[p].local_capex, 0.0) : 0.0;
    x->alone_stopped = get(r, value->alone_stopped[p], 0.0);
    x->alone_sale = get(r, value->alone_sale[p], 0.0);
    x->alone_closing = get(r, value->alone_closing[p], 0.0);
}

static void record_choice(const struct recorder *r, const struct decision_block *d, int p, const struct engine_trace_step *s,
                          struct engine_trace_partner *x)
{
    x->in = get(r, d->in[p], 1.0);
    x->left = get(r, d->left[p], 0.0);
    x->cause = get(r, d->exit_cause[p], -1.0);
    x->moved = get(r, d->moved[p], 0.0);
    x->supply = get(r, d->supply[p], 0.0);
    x->licence = get(r, d->licence[p], 0.0);
    x->staying = get(r, d->staying[p], (double)NAN);
    x->leaving = get(r, d->leaving[p], (double)NAN);
    const int looked = !isnan(x->staying) && (x->in > 0.0 || x->left > 0.0);
    x->wish = looked ? get(r, d->wish[p], (double)NAN) : (double)NAN;
    x->own_leaving = looked ? get(r, d->leaving_value[p][p], (double)NAN) : (double)NAN;
    if (!looked) x->staying = x->leaving = (double)NAN;
    const int weighed = s->against >= 0 && x->in + x->left > 0.0;
    x->over = weighed ? get(r, d->over[p], (double)NAN) : (double)NAN;
    x->weight = weighed ? get(r, d->weight[p], (double)NAN) : (double)NAN;
    x->apart = weighed ? get(r, d->leaving_value[s->against][p], (double)NAN) : (double)NAN;
    x->sale = x->left > 0.0 ? get(r, d->sale[p], 0.0) : 0.0;
    x->closing = x->left > 0.0 ? get(r, d->closing[p], 0.0) : 0.0;
}

static void record_step(void *context, const struct engine_block *block, int n)
{
    const struct recorder *r = context;
    struct engine_trace_step *s = &r->trace->step[n];
    record_market(r, &block->market, n, s);
    record_venture(r, &block->venture, s);
    record_state(r, block, s);
    for (int p = 0; p < r->plan->partners; p++) {
        record_flows(r, block, p, &s->partner[p]);
        record_alone(r, block, p, n, &s->partner[p]);
        record_choice(r, &block->decision, p, s, &s->partner[p]);
    }
}

static void record_end(const struct recorder *r, const struct engine_block *block)
{
    const struct value_block *value = &block->value;
    for (int k = 0; k < r->plan->draws; k++) r->trace->drawn[k] = get_step(r, block->drawn, k);
    for (int p = 0; p < r->plan->partners; p++) {
        struct engine_trace_end *end = &r->trace->end[p];
        end->captured = get(r, value->captured[p], 0.0);
        end->partnership = get(r, value->partnership[p], 0.0);
        end->standalone = get(r, value->standalone[p], 0.0);
        end->risk = get(r, value->risk[p], 0.0);
        end->payback = get(r, value->payback[p], 0.0);
        end->signing = get(r, value->signing[p], 0.0);
        for (int line = 0; line < LINES; line++) end->ledger[line] = get(r, value->ledger[p][line], 0.0);
    }
}

int engine_trace_init(struct engine_trace *trace, const struct engine_plan *plan, const struct engine_level *level, uint64_t path,
                      struct report *report)
{
    struct engine_block block = {0};
    struct recorder recorder = {plan, trace, (size_t)(path % BLOCK_PATHS)};
    memset(trace, 0, sizeof *trace);
    trace->path = path;
    trace->steps = plan->steps;
    trace->draws = plan->draws;
    trace->drawn = calloc((size_t)plan->draws + 1, sizeof *trace->drawn);
    trace->step = calloc((size_t)plan->steps, sizeof *trace->step);
    if (!trace->drawn || !trace->step) return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory for a trace");
    int status = engine_block_init(&block, plan, report);
    if (!status) {
        level->run(plan, &block, path - path % BLOCK_PATHS, record_step, &recorder);
        record_end(&recorder, &block);
    }
    engine_block_free(&block);
    return status;
}

void engine_trace_free(struct engine_trace *trace)
{
    free(trace->drawn);
    free(trace->step);
    memset(trace, 0, sizeof *trace);
}
