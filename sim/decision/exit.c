/* Notice, settlement, winding up, and what begins after it. docs/model.md (7.6). */
#include "decision/path.h"

static void set_lane(lanes *column, int path, double x)
{
    if (column) path_set(column, path, x);
}

/* Prices at the middle of step n of what was stated at the start. */
static double prices(const struct decision_step *s)
{
    return s->plan->prices[2 * s->n + 1];
}

static int is_in(const struct decision_step *s, int path, int p)
{
    return path_get(s->block->in[p], path) > 0.0;
}

/* ---- What begins when a partner is out ---- */

/* A gate that the venture failed for good, and the partner's own programme would have to pass: it cannot be built. */
static int closed(const struct decision_step *s, int path, int p)
{
    const struct programme_plan *after = &s->plan->after[p];
    int closed = 0;
    for (int k = 0; s->plan->after_mode[p] == STANDALONE_BUILD && k < after->gates; k++) {
        const lanes *status = s->view->venture->gate[after->gate[k].name];
        closed |= status && !after->gate[k].config->independent && path_get(status, path) < (double)GATE_OPEN;
    }
    return closed;
}

/* Gates that the venture has passed count as passed. */
static void begin_gates(const struct decision_step *s, int path, int p)
{
    const struct programme_plan *after = &s->plan->after[p];
    for (int k = 0; k < after->gates; k++) {
        const int g = after->gate[k].name;
        const lanes *status = s->view->venture->gate[g];
        if (status && path_get(status, path) >= (double)GATE_PASSED) path_set(s->view->after[p]->gate[g], path, (double)GATE_PAST);
    }
}

/* The event of its first step acts at once, as it would alone. */
static void fall(const struct decision_step *s, int path, const struct programme_plan *after, struct programme_block *own)
{
    const struct programme_progress_config *config = &after->config->progress;
    if (PATH_READ(s, config->adverse_rate) * s->plan->years_per_step < path_get(own->adverse_at, path)) return;
    path_set(own->adverse_at, path, LANES_MATH_INFINITY);
    if (config->adverse_ends) path_set(own->ended, path, (double)END_ADVERSE);
    else path_set(own->standing, path, (double)after->adverse_steps);
}

/* Events happen once: what has come to the venture has come, and what is left of their thresholds is what its own programme begins with. */
static void begin_events(const struct decision_step *s, int path, int p)
{
    const struct programme_plan *after = &s->plan->after[p], *venture = s->plan->venture;
    struct programme_block *own = s->view->after[p], *joint = s->view->venture;
    if (after->succeeds && venture->succeeds) {
        const struct programme_progress_config *config = &venture->config->progress;
        const double clock = path_get(joint->clock, path), success = path_get(joint->success_at, path);
        const double years = clock > config->success_from ? clock - config->success_from : 0.0, fade = config->success_fade;
        const double felt = fade > 0.0 ? log_lanes(all_lanes(1.0 + fade * years))[0] / fade : years;
        const double done = felt * PATH_READ(s, config->success_rate);
        const double from = after->config->progress.success_from, left = path_get(own->success_at, path) - from;
        const double rate = PATH_READ(s, after->config->progress.success_rate);
        path_set(own->success_at, path, clock >= success ? 0.0 : from + left - done / rate);
    }
    if (!after->adverse) return;
    if (venture->adverse) path_set(own->adverse_at, path, path_get(joint->adverse_at, path) - path_get(joint->hazard, path));
    fall(s, path, after, own);
}

/* Know-how: an own programme is built on it, else it is credited once. */
static void keep_know_how(const struct decision_step *s, int path, int p)
{
    const struct value_know_how_config *config = &s->plan->value->config->know_how[p];
    if (!number_differs(config->kept, 0.0)) return;
    path_set(s->view->value->credited[p], path, 1.0);
    if (s->plan->after_mode[p] == STANDALONE_BUILD && !closed(s, path, p)) return;
    const double stock = PATH_READ(s, config->kept) * path_get(s->view->value->know_how[p], path), cap = PATH_READ(s, config->cap);
    lanes *due = s->view->contract->terms.due[p][LINE_KNOW_HOW];
    path_set(due, path, path_get(due, path) + path_money(stock < cap ? stock : cap));
}

/* Prices go on from what they feel of duties in the venture. */
static void keep_prices(const struct decision_step *s, int path, int p)
{
    const struct programme_plan *plan = &s->plan->after[p];
    const struct programme_block *venture = s->view->venture, *after = s->view->after[p];
    for (int r = 0; r < plan->regions; r++) {
        if (!plan->follows[p][r]) continue;
        const int known = s->plan->venture->follows[p][r];
        path_set(after->rivals_felt[p][r], path, known ? path_get(venture->rivals_felt[p][r], path) : 0.0);
        path_set(after->duty_felt[p][r], path, known ? path_get(venture->duty_felt[p][r], path) : 0.0);
    }
}

static void begin_after(const struct decision_step *s, int path, int p)
{
    const struct decision_plan *plan = s->plan;
    const struct value_know_how_config *config = &plan->value->config->know_how[p];
    struct programme_block *after = s->view->after[p];
    path_set(s->view->contract->terms.departed[p], path, 1.0);
    s->view->contract->terms.departures = 1;
    if (!after || closed(s, path, p)) return;
    begin_gates(s, path, p);
    if (plan->after[p].passes) keep_prices(s, path, p);
    begin_events(s, path, p);
    double clock = 0.0, made = 0.0;
    if (plan->after_mode[p] == STANDALONE_BUILD && number_differs(config->kept, 0.0)) {
        const double stock = PATH_READ(s, config->kept) * path_get(s->view->value->know_how[p], path);
        struct known known;
        uint64_t set = (uint64_t)1 << path;
        decision_known_gather(plan, s->block, s->view, s->n, &set, s->block->drawn, &known);
        clock = decision_lone_head_start(plan, &known, p, all_lanes(stock))[0];
    }
    if (plan->after_mode[p] == STANDALONE_BUILD) {
        made = PATH_READ(s, config->experience) * path_get(s->view->venture->pooled_made, path);
    }
    path_set(after->clock, path, clock);
    path_set(after->pooled_made, path, made);
    path_set(after->made_before[p], path, made);
}

/* Takes a partner out: what it still owes, what it keeps, what it does then. `goes_on`: others keep the venture. */
static void take_out(const struct decision_step *s, int path, int p, int goes_on, enum decision_cause cause)
{
    const double closing = PATH_READ(s, s->plan->config->exit.restructuring[p]) * prices(s);
    path_set(s->block->closing[p], path, path_money(closing));
    decision_state_cost(s, path, p, LINE_EXIT, closing);
    keep_know_how(s, path, p);
    begin_after(s, path, p);
    path_set(s->block->in[p], path, 0.0);
    path_set(s->block->left[p], path, 1.0);
    path_set(s->block->exit_cause[p], path, (double)cause);
    path_set(s->block->left_cause, path, (double)cause);
    const int supplied = goes_on && s->plan->venture->sells[p]; /* who takes no units is supplied with none */
    path_set(s->block->supply[p], path, supplied ? (double)s->plan->supply_steps : 0.0);
    path_set(s->block->licence[p], path, goes_on ? (double)s->plan->licence_steps : 0.0);
    for (int q = 0; q < s->plan->partners; q++) {
        set_lane(s->block->agreed_step[p][q], path, 0.0);
        set_lane(s->block->agreed_step[q][p], path, 0.0);
    }
}

static double sell_book(const struct decision_step *s, int path, int p)
{
    const double book = path_get(s->view->value->book[p], path);
    path_set(s->view->contract->terms.sold[p], path, book);
    return book;
}

/* ---- Winding up ---- */

/* Capital that comes back to a partner, or goes out with minus; counted where it is scarce. */
static void recover(const struct decision_step *s, int path, int p, double amount)
{
    lanes *column = s->view->contract->terms.recovered[p];
    if (column) path_set(column, path, path_get(column, path) + path_money(amount));
}

/* Grants are paid back to their giver: by a leaver, and with a term for it also where the venture is wound up within that. */
static void pay_back(const struct decision_step *s, int path, int p)
{
    const struct decision_exit_config *config = &s->plan->config->exit;
    const double age = path_get(s->view->venture->production, path), years = age < 0.0 ? 0.0 : age + s->plan->years_per_step;
    const double back = PATH_READ(s, config->clawback) * path_get(s->view->contract->grants[p], path);
    if (config->clawback_years > 0.0 && s->n && years > config->clawback_years - PROGRAMME_SLACK) return;
    decision_state_cost(s, path, p, LINE_OBLIGATIONS, back);
    recover(s, path, p, -back);
}

/* All of it, at the prices of its beginning. */
static double wind_down_cost(const struct decision_step *s, int path)
{
    const struct decision_exit_config *config = &s->plan->config->exit;
    return PATH_READ(s, config->wind_down_cost) * config->wind_down_years * prices(s);
}

/* What the proceeds leave of a loan without recourse is the lender's loss, by equity; docs/model.md (5.9). */
static void forgive(const struct decision_step *s, int path, double proceeds)
{
    const double left = path_get(s->view->contract->balance, path) - proceeds;
    for (int p = 0; p < s->plan->partners && left > 0.0; p++) {
        path_set(s->view->contract->terms.due[p][LINE_DEBT], path, path_money(left * path_get(s->view->contract->equity[p], path)));
    }
}

/* Each owner sells its book to a stranger and goes its own way; the cost of winding up is booked where it begins. */
void decision_exit_wind_down(const struct decision_step *s, int path, int leaver, enum decision_cause cause)
{
    const double cost = wind_down_cost(s, path);
    double proceeds = 0.0;
    struct known known;
    uint64_t set = (uint64_t)1 << path;
    decision_known_gather(s->plan, s->block, s->view, s->n, &set, s->block->drawn, &known);
    for (int p = 0; p < s->plan->partners; p++) {
        if (!is_in(s, path, p)) continue;
        const double price = decision_settlement_stranger(s->plan, &known, p)[0];
        path_set(s->block->sale[p], path, path_money(price));
        proceeds += price;
        recover(s, path, p, price);
        if (s->plan->config->exit.clawback_years > 0.0) pay_back(s, path, p);
        decision_state_cost(s, path, p, LINE_EXIT, -price);
        decision_state_cost(s, path, p, LINE_EXIT, cost * path_get(s->view->contract->equity[p], path));
        sell_book(s, path, p);
        take_out(s, path, p, 0, p == leaver || cause != CAUSE_REVIEW ? cause : CAUSE_WOUND_UP);
    }
    if (s->plan->contract->forgives) forgive(s, path, proceeds);
    for (int p = 0; p < s->plan->partners; p++) {
        path_set(s->view->contract->equity[p], path, 0.0);
        path_set(s->block->supply[p], path, 0.0);
        path_set(s->block->licence[p], path, 0.0);
    }
    path_set(s->block->phase, path, (double)PHASE_WIND_DOWN);
    decision_state_move(s->block, path, MODE_NORMAL, s->plan->wind_down_steps);
}

/* ---- Settlement ---- */

/* The others buy by equity (or the giver of a put alone); equity follows the book. `l`: the path's lane of what is known. */
static void sell_share(const struct decision_step *s, int path, int leaver, const struct known *known, int l, double price)
{
    struct contract_block *contract = s->view->contract;
    const double sold = path_get(contract->equity[leaver], path), fee = PATH_READ(s, s->plan->config->exit.fee) * prices(s);
    sell_book(s, path, leaver);
    path_set(s->block->sale[leaver], path, 0.0);
    for (int p = 0; p < s->plan->partners; p++) {
        if (p == leaver || !is_in(s, path, p)) continue;
        const double share = decision_settlement_buys(s->plan, known, leaver, p, s->n)[l], paid = path_money(share * price);
        decision_state_pay(s, path, p, leaver, LINE_EXIT, paid);
        decision_state_pay(s, path, leaver, p, LINE_EXIT, fee * decision_settlement_part(s->plan, known, leaver, p)[l]);
        path_set(contract->terms.bought[p], path, paid);
        recover(s, path, leaver, paid);
        recover(s, path, p, -paid);
        path_set(s->block->sale[leaver], path, path_get(s->block->sale[leaver], path) + paid);
        path_set(contract->equity[p], path, path_get(contract->equity[p], path) + share * sold);
    }
    path_set(contract->equity[leaver], path, 0.0);
}

/* `price` SETTLEMENT_ENDS: the others would rather end the venture. */
static void settle(const struct decision_step *s, int path, const struct known *known, int l, double price)
{
    const int leaver = (int)path_get(s->block->leaver, path);
    const enum decision_cause cause = (enum decision_cause)path_get(s->block->cause, path);
    if (!(price > SETTLEMENT_ENDS)) {
        decision_exit_wind_down(s, path, leaver, cause);
        for (int p = 0; p < s->plan->partners; p++) {
            if (p != leaver && path_get(s->block->left[p], path) > 0.0) path_set(s->block->exit_cause[p], path, (double)CAUSE_WOUND_UP);
        }
        return;
    }
    pay_back(s, path, leaver);
    sell_share(s, path, leaver, known, l, price);
    take_out(s, path, leaver, 1, cause);
    decision_state_move(s->block, path, MODE_NORMAL, 0);
}

/* Prices of the leavers of one look, lane by lane. */
static void price_all(const struct decision_step *s, struct look *look, double price[LANES])
{
    for (int p = 0; p < s->plan->partners; p++) {
        int due[LANES] = {0}, some = 0;
        for (int l = 0; l < look->known.count; l++) some |= due[l] = (int)path_get(s->block->leaver, (int)look->known.path[l]) == p;
        if (!some) continue;
        lanes all = decision_settlement_price(look, p);
        for (int l = 0; l < look->known.count; l++) price[l] = due[l] ? all[l] : price[l];
    }
}

/* Settles a set of paths, with what everybody expects of that day. All prices of a look come first: what follows a settlement
   gathers draws of its own, and the scratch for them is one. */
static void settle_all(const struct decision_step *s, uint64_t set)
{
    struct look look;
    double price[LANES] = {0};
    if (!set) return;
    while (set) {
        decision_known_gather(s->plan, s->block, s->view, s->n, &set, s->block->drawn, &look.known);
        decision_prospect_settle(s->plan, &s->plan->at_once[s->n], &look);
        price_all(s, &look, price);
        for (int l = 0; l < look.known.count; l++) settle(s, (int)look.known.path[l], &look.known, l, price[l]);
    }
}

void decision_exit_notice(const struct decision_step *s, int path, int leaver, enum decision_cause cause)
{
    path_set(s->block->leaver, path, (double)leaver);
    path_set(s->block->cause, path, (double)cause);
    decision_state_move(s->block, path, MODE_NOTICE, s->plan->notice_steps);
    if (s->plan->notice_steps) return;
    settle_all(s, (uint64_t)1 << path);
}

/* Settles the exits whose notice is over, ends what is wound up. */
void decision_exit_step(const struct decision_step *s)
{
    uint64_t settled = 0;
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        flags due = (flags)(s->block->timer[i] < 0.5), settles = due & path_open(s->block, i, MODE_NOTICE);
        flags ends = due & (flags)(s->block->phase[i] == (double)PHASE_WIND_DOWN);
        s->block->phase[i] = choose(ends, all_lanes((double)PHASE_ENDED), s->block->phase[i]);
        settled |= path_bits(settles, i);
    }
    settle_all(s, settled);
}
