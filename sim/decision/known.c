#include "decision/path.h"

/* `whole`: a register of the block, which costs a load. All that follows is inlined for either case. */
LANE_FUNCTION lanes take(const struct known *known, int whole, const lanes *column)
{
    const double *cell = (const double *)(const void *)column;
    lanes x = all_lanes(0.0);
    if (whole) return column[known->row];
    for (int l = 0; l < LANES; l++) x[l] = cell[known->path[l]];
    return x;
}

LANE_FUNCTION lanes take_cell(const struct known *known, int whole, struct parameter cell)
{
    if (!cell.mask) return cell.cell[0];
    return take(known, whole, cell.cell);
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

LANE_FUNCTION void take_market(const struct decision_plan *plan, const struct decision_view *view, int whole, struct known *known)
{
    const struct market_plan *market = plan->market;
    const size_t step = (size_t)(known->n - 1) * BLOCK_LANES;
    for (int f = 0; f < market->factors; f++) {
        known->level[f] = known->n ? take(known, whole, view->market->level[f] + step) : all_lanes(1.0);
    }
    for (int c = 0; c < market->chains; c++) {
        known->regime[c] = known->n ? take(known, whole, view->market->regime[c] + step) : all_lanes((double)market->chain[c].start);
    }
    for (int s = 0; s < market->subsidies; s++) known->repeal[s] = take(known, whole, view->market->repeal[s]);
    for (int r = 0; r < PARAM_REGIONS && market->shocked; r++) {
        if (!market->entrant[r].on) continue;
        lanes arrival = take(known, whole, view->market->arrival[r]);
        known->arrival[r] = choose((flags)(arrival < (double)known->n), arrival, all_lanes(LANES_MATH_INFINITY));
        known->entrant[r] = known->n ? take(known, whole, view->market->entrant[r] + step) : all_lanes(0.0);
    }
    known->crisis = all_lanes((double)market->config->crisis.start);
    if (known->n && market->crisis) known->crisis = take(known, whole, view->market->crisis + step);
    known->use = all_lanes((double)market->use->start);
    if (known->n && market->use_moves) known->use = take(known, whole, view->market->use + step);
}

/* At the start of the step, from what it was in the last one: below 0 it begins now. */
LANE_FUNCTION lanes begun_now(const struct programme_plan *plan, lanes begun)
{
    return choose((flags)(begun >= 0.0), begun + plan->market->years_per_step, all_lanes(0.0));
}

LANE_FUNCTION void take_clock(const struct known *known, int whole, const struct programme_plan *plan, const struct programme_block *programme,
                              struct known_clock *clock)
{
    if (!programme) return;
    clock->clock = take(known, whole, programme->clock);
    clock->production = take(known, whole, programme->production);
    clock->localised = programme->localised ? take(known, whole, programme->localised) : all_lanes(-1.0);
    if (programme->begun) clock->begun = begun_now(plan, take(known, whole, programme->begun));
    if (plan->adverse) clock->standing = take(known, whole, programme->standing);
    if (plan->succeeds) {
        flags has = (flags)(clock->clock >= take(known, whole, programme->success_at));
        clock->succeeded = choose(has, all_lanes(1.0), all_lanes(0.0));
    }
    if (!plan->gates) return;
    clock->retry = take(known, whole, programme->retry);
    for (int g = 0; g < PARAM_MILESTONES; g++) clock->gate[g] = clock->wait[g] = all_lanes(0.0);
    for (int k = 0; k < plan->gates; k++) {
        const int g = plan->gate[k].name;
        clock->gate[g] = take(known, whole, programme->gate[g]);
        clock->wait[g] = take(known, whole, programme->wait[g]);
        clock->attempts[g] = take(known, whole, programme->attempts[g]);
    }
}

/* What prices feel of duties, of one partner in a programme. */
LANE_FUNCTION void take_felt(const struct programme_plan *plan, const struct programme_block *programme, int p, int whole,
                             const struct known *known, struct known_felt *felt)
{
    for (int r = 0; plan->passes && programme && r < plan->regions; r++) {
        if (!plan->follows[p][r]) continue;
        felt->own[p][r] = take(known, whole, programme->duty_felt[p][r]);
        felt->rivals[p][r] = take(known, whole, programme->rivals_felt[p][r]);
    }
}

LANE_FUNCTION void take_partner(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                                int p, int whole, struct known *known)
{
    const struct contract_block *contract = view->contract;
    const struct value_block *value = view->value;
    take_clock(known, whole, &plan->own[p], view->own[p], &known->own[p]);
    known->made[p] = take(known, whole, view->venture->made_before[p]);
    known->equity[p] = take_cell(known, whole, contract->terms.equity[p]);
    known->paid[p] = take(known, whole, contract->paid_before[p]);
    known->missed[p] = contract->missed_before[p] ? take(known, whole, contract->missed_before[p]) : all_lanes(0.0);
    known->grants[p] = take(known, whole, contract->grants[p]);
    known->book[p] = take(known, whole, value->book[p]);
    known->own_book[p] = take(known, whole, value->own_book[p]);
    known->loss[p] = take(known, whole, value->loss[p]);
    known->know_how[p] = value->know_how[p] ? take(known, whole, value->know_how[p]) : all_lanes(0.0);
    known->in[p] = take(known, whole, block->in[p]);
    known->supply[p] = take(known, whole, block->supply[p]);
    for (int q = 0; q < plan->partners; q++) {
        if (q != p) known->agreed[p][q] = take(known, whole, block->agreed_step[p][q]);
        if (q != p && plan->contract->defaults) known->lent[p][q] = take(known, whole, contract->lent[p][q]);
    }
    take_felt(plan->venture, view->venture, p, whole, known, &known->felt);
    if (plan->after_localises[p]) {
        take_felt(&plan->after[p], view->after[p], p, whole, known, &known->after_felt);
        take_clock(known, whole, &plan->after[p], view->after[p], &known->after[p]);
        known->after_made[p] = take(known, whole, view->after[p]->made_before[p]);
        known->sales_age[p] = take(known, whole, contract->sales_age[p]);
    }
    if (!plan->alone_looks[p] || !view->alone[p]) return;
    take_felt(&plan->alone[p], view->alone[p], p, whole, known, &known->alone_felt);
    take_clock(known, whole, &plan->alone[p], view->alone[p], &known->alone[p]);
    known->alone_made[p] = take(known, whole, view->alone[p]->made_before[p]);
    known->alone_book[p] = take(known, whole, value->alone_book[p]);
    known->alone_loss[p] = take(known, whole, value->alone_loss[p]);
}

LANE_FUNCTION void gather(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view, int whole,
                          lanes *scratch, struct known *known)
{
    for (int k = 0; k < plan->draws; k++) scratch[k] = take(known, whole, view->drawn + (size_t)k * BLOCK_LANES);
    known->drawn = scratch;
    take_market(plan, view, whole, known);
    take_clock(known, whole, plan->venture, view->venture, &known->venture);
    known->pooled = take(known, whole, view->venture->pooled_made);
    known->learning = take(known, whole, view->venture->learning);
    known->scope = take_cell(known, whole, view->contract->drive.scope);
    known->sharing = take_cell(known, whole, view->contract->drive.sharing);
    if (plan->contract->contributes) known->given = take(known, whole, view->contract->given);
    known->practice = take(known, whole, view->contract->practice);
    known->practice_step = take(known, whole, view->contract->practice_step);
    known->redirected = plan->redirects ? take(known, whole, block->redirected) : all_lanes(0.0);
    if (plan->contract->lends) known->balance = take(known, whole, view->contract->balance);
    known->renewed = take(known, whole, block->renewed);
    if (plan->contract->milestones) {
        flags noticed = (flags)(take(known, whole, block->mode_before) == (double)MODE_NOTICE);
        known->barred = choose(noticed, all_lanes(1.0), all_lanes(0.0));
    }
    known->agreements = any((flags)(take(known, whole, block->agreements) > 0.0));
    for (int p = 0; p < plan->partners; p++) take_partner(plan, block, view, p, whole, known);
}

void decision_known_gather(const struct decision_plan *plan, const struct decision_block *block, const struct decision_view *view,
                           int n, uint64_t *set, lanes *scratch, struct known *known)
{
    known->n = n;
    choose_paths(set, known);
    if (known->row >= 0) gather(plan, block, view, 1, scratch, known);
    else gather(plan, block, view, 0, scratch, known);
}
