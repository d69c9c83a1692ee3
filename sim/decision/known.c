#include "decision/path.h"

static lanes take(const struct known *known, const lanes *column)
{
    const double *cell = (const double *)(const void *)column;
    lanes x = all_lanes(0.0);
    if (known->row >= 0) return column[known->row];
    for (int l = 0; l < LANES; l++) x[l] = cell[known->path[l]];
    return x;
}

static lanes take_cell(const struct known *known, struct parameter cell)
{
    if (!cell.mask) return cell.cell[0];
    return take(known, cell.cell);
}

/* A register all of whose paths are in the set; -1: none. */
static int whole_row(uint64_t set)
{
    const uint64_t all = ((uint64_t)1 << LANES) - 1;
    for (int row = 0; row < BLOCK_LANES; row++) {
        if (((set >> (row * LANES)) & all) == all) return row;
    }
    return -1;
}

static void choose_paths(uint64_t *set, struct known *known)
{
    known->row = whole_row(*set);
    known->count = 0;
    if (known->row >= 0) {
        for (; known->count < LANES; known->count++) known->path[known->count] = (size_t)(known->row * LANES + known->count);
        *set &= ~((((uint64_t)1 << LANES) - 1) << (known->row * LANES));
        return;
    }
    while (*set && known->count < LANES) known->path[known->count++] = (size_t)path_next(set);
    for (int l = known->count; l < LANES; l++) known->path[l] = known->path[0];
}

static void take_market(const struct decision_plan *plan, const struct decision_view *view, struct known *known)
{
    const struct market_plan *market = plan->market;
    const size_t step = (size_t)(known->n - 1) * BLOCK_LANES;
    for (int f = 0; f < market->factors; f++) {
        known->level[f] = known->n ? take(known, view->market->level[f] + step) : all_lanes(1.0);
    }
    for (int c = 0; c < market->chains; c++) {
        known->regime[c] = known->n ? take(known, view->market->regime[c] + step) : all_lanes((double)market->chain[c].start);
    }
    for (int s = 0; s < market->subsidies; s++) known->repeal[s] = take(known, view->market->repeal[s]);
    known->use = all_lanes((double)market->use->start);
    if (known->n && market->use_moves) known->use = take(known, view->market->use + step);
}

static void take_clock(const struct known *known, const struct programme_block *programme, struct known_clock *clock)
{
    if (!programme) return;
    clock->clock = take(known, programme->clock);
    clock->production = take(known, programme->production);
}

static void take_partner(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view, int p,
                         struct known *known)
{
    const struct contract_block *contract = view->contract;
    const struct value_block *value = view->value;
    take_clock(known, view->own[p], &known->own[p]);
    known->made[p] = take(known, view->venture->made_before[p]);
    known->equity[p] = take_cell(known, contract->terms.equity[p]);
    known->paid[p] = take(known, contract->paid_before[p]);
    known->grants[p] = take(known, contract->grants[p]);
    known->book[p] = take(known, value->book[p]);
    known->own_book[p] = take(known, value->own_book[p]);
    known->loss[p] = take(known, value->loss[p]);
    known->know_how[p] = value->know_how[p] ? take(known, value->know_how[p]) : all_lanes(0.0);
    known->in[p] = take(known, block->in[p]);
    known->supply[p] = take(known, block->supply[p]);
    for (int q = 0; q < plan->partners; q++) {
        if (q != p) known->agreed[p][q] = take(known, block->agreed_step[p][q]);
    }
    if (!plan->lone_stops || !plan->config->stops[p] || !view->alone[p]) return;
    take_clock(known, view->alone[p], &known->alone[p]);
    known->alone_made[p] = take(known, view->alone[p]->made_before[p]);
    known->alone_book[p] = take(known, value->alone_book[p]);
    known->alone_loss[p] = take(known, value->alone_loss[p]);
}

void decision_known_gather(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                           int n, uint64_t *set, lanes *scratch, struct known *known)
{
    known->n = n;
    choose_paths(set, known);
    for (int k = 0; k < plan->draws; k++) scratch[k] = take(known, view->drawn + (size_t)k * BLOCK_LANES);
    known->drawn = scratch;
    take_market(plan, view, known);
    take_clock(known, view->venture, &known->venture);
    known->pooled = take(known, view->venture->pooled_made);
    known->learning = take(known, view->venture->learning);
    known->scope = take_cell(known, view->contract->drive.scope);
    known->sharing = take_cell(known, view->contract->drive.sharing);
    known->practice = take(known, view->contract->practice);
    known->practice_step = take(known, view->contract->practice_step);
    known->redirected = plan->redirects ? take(known, block->redirected) : all_lanes(0.0);
    known->renewed = take(known, block->renewed);
    known->agreements = any((flags)(take(known, block->agreements) > 0.0));
    for (int p = 0; p < plan->partners; p++) take_partner(plan, block, view, p, known);
}
