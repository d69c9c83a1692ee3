/* A partner on its own: after an exit with a programme that begins at the settlement, or in the stand-alone arm.
   docs/model.md (7.3). */
#include "decision/lone.h"

#define READ(number) known_number(c->k, number)

/* ---- Costs ------------------------------------------------------------------------------------------------------------- */

struct lone_costs { /* the same in all nodes */
    lanes fixed, unit, conversion, per_first, rate;
    struct outlook_basket inputs, converting; /* of `unit`, of `conversion` */
    lanes taxed[OUTLOOK_NODES], untaxed[OUTLOOK_NODES], local_taxed[OUTLOOK_NODES], local_untaxed[OUTLOOK_NODES];
    lanes better[2][OUTLOOK_NODES]; /* what gates make of material and conversion cost; where they do */
    int learns, grows; /* what is made in a node counts in it */
    struct course_scale scale;
    struct course_scaled scaled;
};

/* Gates to come, from the step on in which it makes for itself. */
RARE_FUNCTION void improve(const struct course_view *c, const struct lone *x, int from, lanes better[2][OUTLOOK_NODES])
{
    const int steps = c->plan->steps_per_year;
    lanes start = x->programme->succeeds ? all_lanes(0.0) : (most(x->wait + x->base, x->supplied) - x->base) * (double)steps;
    for (int k = 0; k < 2; k++) {
        decision_timing_better(&x->ahead->timing, c->k, c->grid, x->base_steps, start, k, from, c->grid->nodes, better[k]);
    }
}

static void read_making(const struct course_view *c, const struct lone *x, int from, struct lone_costs *costs)
{
    const struct programme_config *config = x->programme->config;
    costs->unit = READ(config->material.cost);
    costs->conversion = READ(config->conversion.cost);
    if (number_differs(config->complexity, 0.0) && !decision_outlook_fragments(c->plan, config)) { /* else made_at has it */
        lanes variety = decision_outlook_variety(config, c->k, 1.0);
        costs->unit *= variety;
        costs->conversion *= variety;
    }
    course_scale_read(c, config, &costs->scale);
    course_scale_begin(&costs->scaled);
    costs->fixed = READ(config->fixed_cost);
    if (x->programme->strong) {
        costs->unit *= decision_strength_of(c->k, x->programme, STRENGTH_MATERIAL);
        costs->conversion *= decision_strength_of(c->k, x->programme, STRENGTH_CONVERSION);
        costs->fixed *= decision_strength_of(c->k, x->programme, STRENGTH_PLANT);
    }
    costs->learns = number_differs(config->learning_rate, 0.0);
    costs->grows = c->plan->config->experience == EXPERIENCE_EXPECTED;
    costs->per_first = 1.0 / READ(config->first_experience);
    if (costs->learns) costs->rate = log_lanes(1.0 - READ(config->learning_rate)) * 0x1.71547652b82fep0; /* 1 / ln 2 */
    decision_outlook_basket(c->plan->market, config->material.input_share, c->k, &costs->inputs);
    decision_outlook_basket(c->plan->market, config->conversion.input_share, c->k, &costs->converting);
    decision_outlook_support(c->plan, c->k, c->grid, config->site, from, costs->taxed, costs->untaxed);
    if (x->programme->betters) improve(c, x, from, costs->better);
    if (!x->programme->localises) return;
    decision_localise_support(c->plan, c->k, c->grid, x->programme, from, costs->local_taxed, costs->local_untaxed);
}

static lanes made_at(const struct course_view *c, const struct lone *x, const struct lone_costs *costs, int k, lanes made)
{
    lanes material = costs->unit * costs->scaled.material, conversion = costs->conversion * costs->scaled.conversion;
    if (costs->learns) {
        const double part = costs->grows ? c->grid->node[k].ahead_of_start : 0.0;
        lanes experience = fused(x->made + part * made, costs->per_first, all_lanes(1.0));
        conversion *= exp_lanes(costs->rate * lanes_math_log_normal(experience, 0.0));
    }
    if (x->programme->betters) {
        material *= costs->better[0][k];
        conversion *= costs->better[1][k];
    }
    const struct programme_config *config = x->programme->config;
    if (decision_outlook_fragments(c->plan, config)) {
        lanes variety = decision_outlook_variety(config, c->k, c->grid->node[k].variety);
        material *= variety;
        conversion *= variety;
    }
    return (material * outlook_basket_price(&costs->inputs, c->o, k) +
            conversion * outlook_basket_price(&costs->converting, c->o, k)) * x->prices[c->grid->node[k].middle];
}

/* Capital spending net of grants in a node. */
static lanes invest(const struct course_view *c, struct lone *x, int k)
{
    const struct programme_config *config = x->programme->config;
    lanes to = x->clock + c->grid->node[k].years / x->delay, retry = all_lanes(0.0);
    if (timing_stops(x->programme)) {
        const int steps = c->grid->node[k].end - c->grid->now - x->base_steps;
        to = decision_timing_clock(&x->ahead->timing, all_lanes((double)steps));
    }
    if (x->programme->gates && c->grid->node[k].first == c->grid->now + x->base_steps) retry = x->retry;
    lanes capex = decision_capital_spent(c, &config->capex_plan, x->clock, to);
    lanes grant = decision_capital_spent(c, &config->capex_grant, x->clock, to);
    x->clock = to;
    capex *= decision_strength_capex(c->k, x->programme);
    return capex * x->overrun * decision_outlook_inputs(c->plan->market, config->capex_input_share, c->k, c->o, k) - grant + retry;
}

static lanes licence_of(const struct course_view *c, const struct lone *x, int k, lanes made)
{
    const struct contract_departure_config *departure = &c->plan->contract->config->departure;
    const struct outlook_node *node = &c->grid->node[k];
    const double part = (x->base + c->plan->licence_years - node->from) / node->years;
    return made * READ(departure->licence_per_unit) * ((part < 0.0 ? 0.0 : part > 1.0 ? 1.0 : part) * c->plan->prices[node->middle]);
}

/* Share of what is wanted that its plant can make. */
static lanes ration_of(const struct course_view *c, const struct lone *x, const struct lone_sales *sales, int k)
{
    if (!x->programme->limited) return all_lanes(1.0);
    lanes limit = READ(x->programme->config->capacity) * c->grid->node[k].years * sales->share[k];
    flags over = (flags)(sales->want[k] > limit);
    return choose(over, limit / choose(over, sales->want[k], all_lanes(1.0)), all_lanes(1.0));
}

/* Flows by node: income before tax, support that is not taxed, spending. */
struct lone_flows {
    lanes income[OUTLOOK_NODES], untaxed[OUTLOOK_NODES], invested[OUTLOOK_NODES];
};

/* What is made along the nodes and what a unit costs. */
struct lone_output {
    lanes made[OUTLOOK_NODES], unit[OUTLOOK_NODES];
    lanes ration[OUTLOOK_NODES]; /* of what is wanted; where the programme is limited */
};

/* Own costs beside the unit cost. */
RARE_FUNCTION void bear_own(const struct course_view *c, const struct lone_sales *sales, const lanes made[], int from, lanes income[])
{
    for (int k = from; k < c->grid->nodes; k++) {
        const double prices = c->plan->prices[c->grid->node[k].middle];
        income[k] -= sales->own_unit * prices * made[k] + sales->own_fixed * (prices * c->grid->node[k].years) * sales->share[k];
    }
}

/* Income by node: what is sold less its cost, own costs, duty and licence. `ration` of what is wanted; NULL: all of it. */
static void earn(const struct course_view *c, const struct lone *x, int from, const struct lone_sales *sales, const lanes made[],
                 const lanes unit[], const lanes *ration, lanes income[])
{
    const int nodes = c->grid->nodes;
    for (int k = from; k < nodes; k++) income[k] = (ration ? sales->revenue[k] * ration[k] : sales->revenue[k]) - unit[k] * made[k];
    for (int k = from; sales->dutiable && k < nodes; k++) {
        lanes duty = sales->duty_share * unit[k] * sales->duty[k];
        income[k] -= ration ? duty * ration[k] : duty;
    }
    if (sales->own_costs) bear_own(c, sales, made, from, income);
    for (int k = from; x->programme->cannibal[x->partner] && k < nodes; k++) {
        income[k] -= sales->taken * c->plan->prices[c->grid->node[k].middle] * made[k];
    }
    for (int k = from; x->licence && k < nodes; k++) income[k] -= x->licence[k] = licence_of(c, x, k, made[k]);
}

static void buy(const struct course_view *c, const struct lone *x, int from, const struct lone_sales *sales, struct lone_flows *f)
{
    const struct programme_standalone_config *bought = x->programme->bought;
    const int slot = bought->buy_price_region < 0 ? -1 : c->plan->market->slot[MARKET_PRICE][bought->buy_price_region];
    lanes price = READ(bought->buy_price);
    lanes unit[OUTLOOK_NODES];
    struct outlook_basket inputs;
    decision_outlook_basket(c->plan->market, bought->buy_input_share, c->k, &inputs);
    for (int k = from; k < c->grid->nodes; k++) {
        unit[k] = price * x->prices[c->grid->node[k].middle];
        f->untaxed[k] = f->invested[k] = all_lanes(0.0);
    }
    for (int k = from; slot >= 0 && k < c->grid->nodes; k++) unit[k] *= c->o->level[slot][k];
    for (int k = from; inputs.inputs && k < c->grid->nodes; k++) unit[k] *= outlook_basket_price(&inputs, c->o, k);
    earn(c, x, from, sales, sales->want, unit, NULL, f->income);
}

/* What it makes: experience moves on with it. */
static void produce(const struct course_view *c, struct lone *x, int from, const struct lone_sales *sales, struct lone_costs *costs,
                    struct lone_output *out)
{
    for (int k = from; k < c->grid->nodes; k++) {
        out->ration[k] = ration_of(c, x, sales, k);
        out->made[k] = sales->want[k] * out->ration[k];
        if (costs->scale.moves) {
            lanes years = sales->share[k] * c->grid->node[k].years;
            course_scale_at(&costs->scale, out->made[k] / choose((flags)(years > 0.0), years, all_lanes(1.0)), years, &costs->scaled);
        }
        out->unit[k] = made_at(c, x, costs, k, out->made[k]);
        if (x->programme->localises) out->unit[k] *= sales->local_cost[k];
        if (costs->grows) x->made += out->made[k];
    }
}

static void make(const struct course_view *c, struct lone *x, int from, const struct lone_sales *sales, struct lone_flows *f)
{
    struct lone_costs costs;
    struct lone_output out;
    read_making(c, x, from, &costs);
    produce(c, x, from, sales, &costs, &out);
    earn(c, x, from, sales, out.made, out.unit, x->programme->limited ? out.ration : NULL, f->income);
    for (int k = from; k < c->grid->nodes; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        lanes made = out.made[k];
        f->income[k] = f->income[k] + costs.taxed[k] * made - costs.fixed * (x->prices[node->middle] * node->years) * sales->share[k];
        f->untaxed[k] = costs.untaxed[k] * made;
        if (x->programme->localises) {
            f->income[k] += costs.local_taxed[k] * made * sales->local[k];
            f->untaxed[k] += costs.local_untaxed[k] * made * sales->local[k];
        }
        f->invested[k] = invest(c, x, k);
    }
}

/* Development and standing cost of a node. */
static lanes develop(const struct course_view *c, const struct lone *x, int k)
{
    const struct programme_progress_config *config = &x->programme->config->progress;
    const struct outlook_node *node = &c->grid->node[k];
    const int base = c->grid->now + x->base_steps;
    const double from = (double)(node->first - base), to = (double)(node->end - base);
    lanes sum = READ(config->standing) * x->prices[node->middle] * decision_timing_standing(&x->ahead->timing, &x->ahead->starts, from, to);
    for (int year = 0; year < config->development.count; year++) {
        sum += decision_timing_burn(&x->ahead->timing, &x->ahead->starts, c->k, from, to, year, config->development.count);
    }
    return sum;
}

static void flow(const struct course_view *c, struct lone *x, int from, struct lone_flows *f)
{
    struct lone_sales sales;
    for (int k = from; !x->programme && k < c->grid->nodes; k++) f->income[k] = f->untaxed[k] = f->invested[k] = all_lanes(0.0);
    if (!x->programme) return;
    decision_sale_run(c, x, from, &sales);
    if (x->programme->bought) buy(c, x, from, &sales, f);
    else make(c, x, from, &sales, f);
    for (int k = from; x->programme->develops && k < c->grid->nodes; k++) f->income[k] -= develop(c, x, k);
}

/* What a stranger pays for a lone partner's book at the start of a step: as for the venture's (docs/model.md, 7.6). */
static lanes stop_price(const struct course_view *c, int p, int step, lanes recovery, lanes book)
{
    lanes claim = READ(c->plan->config->exit.multiple) * least(book, all_lanes(c->plan->budget.alone[p][step]));
    return choose((flags)(c->o->use[0] > 0.5), claim, recovery * book);
}

/* What it has of it after tax, and after what stopping costs; a loss that is carried meets nothing any more. */
static lanes stop_value(const struct course_view *c, int p, lanes price, lanes book, lanes closing, lanes loss)
{
    const struct course_account account = {c->plan->value->config->tax_rate[p], c->plan->value->config->losses[p], 1.0};
    lanes stops = price - closing - course_tax(&account, price - book - closing, &loss);
    return c->plan->contract->scarce[p] ? stops + course_premium(c, p) * price : stops;
}

/* The same where an adverse event ends it in a node. */
RARE_FUNCTION lanes ended_value(const struct course_view *c, int p, const struct outlook_node *node, lanes book, lanes loss)
{
    const struct decision_exit_config *exit = &c->plan->config->exit;
    lanes price = stop_price(c, p, node->first, all_lanes(exit->recovery.value), book);
    return stop_value(c, p, price, book, READ(exit->restructuring[p]) * node->prices, loss);
}

/* Value at the middle of step n of all its nodes, with the book sold at the horizon. */
static lanes run(const struct course_view *c, struct lone *x, int from)
{
    const struct value_config *value = c->plan->value->config;
    const int p = x->partner, half = 2 * (c->plan->steps - c->grid->now) - 1;
    struct lone_flows f;
    const lanes zero = all_lanes(0.0);
    const int perishes = x->programme && outlook_perishes(x->programme);
    lanes sum = zero, book = x->book, loss = x->loss, multiple = READ(value->terminal_multiple), hazard = zero;
    lanes dear = 1.0 + course_premium(c, p);
    if (perishes) hazard = READ(x->programme->config->progress.adverse_rate) * c->plan->years_per_step;
    flow(c, x, from, &f);
    for (int k = from; k < c->grid->nodes; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        const struct course_account account = {value->tax_rate[p], value->losses[p], c->plan->discount[p][node->half]};
        lanes start = book, carried = loss, dep = course_depreciate(&book, f.invested[k], node);
        lanes cash = (f.income[k] + f.untaxed[k] - f.invested[k] * dear - course_tax(&account, f.income[k] - dep, &loss)) * account.discount;
        if (perishes) {
            const int first = node->first - c->grid->now - x->base_steps, last = node->end - c->grid->now - x->base_steps;
            lanes stops = x->programme->later ? zero : ended_value(c, p, node, start, carried) * account.discount;
            cash = cash * outlook_alive(hazard, first, last) + stops * outlook_falls(hazard, first, last);
        }
        sum += cash;
    }
    const struct course_account end = {value->tax_rate[p], value->losses[p], c->plan->discount[p][half]};
    lanes proceeds = course_terminal(&end, book, multiple, &loss);
    if (c->plan->contract->scarce[p]) proceeds += course_premium(c, p) * multiple * book;
    lanes terminal = proceeds * end.discount;
    if (perishes) terminal *= exp_lanes(-hazard * (double)(c->plan->steps - c->grid->now - x->base_steps - 1));
    return sum + terminal;
}

/* Years from the base to production of a programme whose clock stands at x->clock. */
static lanes time_to_production(const struct course_view *c, const struct lone *x)
{
    const double d = c->plan->years_per_step;
    if (timing_stops(x->programme)) return decision_timing_reach(&x->ahead->timing, all_lanes(x->programme->config->production_start), 1) * d;
    lanes missing = (x->programme->config->production_start - PROGRAMME_SLACK - x->clock) * x->delay / d;
    return most(-whole(-missing), all_lanes(0.0)) * d;
}

lanes decision_lone_head_start(const struct decision_plan *plan, const struct known *known, int p, lanes saved)
{
    const struct programme_config *config = plan->after[p].config;
    lanes clock = all_lanes(0.0), strength = decision_strength_capex(known, &plan->after[p]);
    for (int year = 0; year < config->capex_plan.count; year++) {
        lanes amount = known_number(known, config->capex_plan.item[year]) * strength;
        flags costs = (flags)(amount > 0.0);
        lanes part = choose(costs, saved / choose(costs, amount, all_lanes(1.0)), all_lanes(1.0));
        part = choose((flags)(saved > 0.0), outlook_between(part, 0.0, 1.0), all_lanes(0.0));
        clock = choose((flags)(clock >= (double)year), clock + part, clock);
        saved -= amount * part;
    }
    return clock;
}

static int timed(const struct programme_plan *programme)
{
    return timing_stops(programme) || programme->succeeds || programme->develops;
}

/* What the venture has passed by the settlement its own programme need not pass again. */
static void take_gates(const struct course_view *c, struct timing *own)
{
    const struct programme_plan *venture = c->plan->venture;
    struct timing timing;
    decision_outlook_timing(c->plan, c->k, c->o, &timing);
    for (int k = 0; k < venture->gates; k++) {
        const int g = venture->gate[k].name;
        lanes chance = decision_timing_passed(&timing, c->k, k, (double)c->grid->settle_steps);
        own->gate[g] = choose((flags)(chance >= 1.0), all_lanes((double)GATE_PAST), all_lanes((double)GATE_OPEN));
        own->passed[g] = chance;
    }
}

/* Gates of a programme that begins after an exit. */
static void begin_timing(const struct course_view *c, struct lone *x)
{
    const struct programme_plan *venture = c->plan->venture;
    const lanes zero = all_lanes(0.0);
    const struct known_clock begins = {.clock = x->clock, .standing = zero, .succeeded = venture->succeeds ? c->k->venture.succeeded : zero};
    decision_timing_begin(&x->ahead->timing, x->programme, &begins, x->delay);
    if (x->programme->gates) take_gates(c, &x->ahead->timing);
    for (int k = 0; k < x->programme->gates; k++) {
        const struct programme_gate *gate = &x->programme->gate[k];
        x->ahead->timing.wait[gate->name] = zero;
        x->ahead->timing.attempts[gate->name] = all_lanes((double)gate->config->attempts);
    }
    x->retry = zero;
    lanes wait = decision_timing_reach(&x->ahead->timing, all_lanes(x->programme->config->production_start), 1);
    decision_timing_start(&x->ahead->timing, c->k, &begins, -wait * c->plan->years_per_step,
                          c->plan->steps - c->grid->now - x->base_steps, &x->ahead->starts);
}

/* Chance that the adverse event does not fall in the first step of a programme that begins at the settlement: one threshold rules it and
   the venture, which has borne its own hazard until then. */
RARE_FUNCTION lanes begins_alive(const struct course_view *c, const struct programme_plan *programme)
{
    const struct programme_plan *venture = c->plan->venture;
    lanes own = READ(programme->config->progress.adverse_rate);
    lanes borne = venture->adverse ? READ(venture->config->progress.adverse_rate) : all_lanes(0.0);
    return exp_lanes(-most(own - borne, all_lanes(0.0)) * c->plan->years_per_step);
}

lanes decision_lone_value(const struct course_view *c, const struct course *s, int p, int from, lanes *licence)
{
    const struct value_know_how_config *know_how = &c->plan->value->config->know_how[p];
    const int mode = c->plan->after_mode[p];
    const double base = (double)c->grid->settle_steps * c->plan->years_per_step;
    lanes zero = all_lanes(0.0), stock = READ(know_how->kept) * s->of[p].know_how;
    for (int k = from; licence && k < c->grid->nodes; k++) licence[k] = zero;
    if (mode == STANDALONE_NONE && c->plan->value->config->losses[p] != LOSSES_CARRY_FORWARD) {
        /* all that is left is its own book, which brings the same a unit as any other */
        const double discount = c->plan->discount[p][2 * c->grid->settle_steps];
        return s->of[p].own_book * decision_prospect_shield(c, p) + least(stock, READ(know_how->cap)) * discount;
    }
    struct lone_ahead ahead;
    struct lone x = {.ahead = &ahead, .programme = mode == STANDALONE_NONE ? NULL : &c->plan->after[p],
                     .prices = c->plan->after_prices[p], .partner = p,
                     .base = base, .base_steps = c->grid->settle_steps, .felt = c->plan->venture->passes ? &c->o->felt : NULL,
                     .localised = all_lanes(-1.0), .clock = zero, .wait = zero, .delay = all_lanes(1.0), .overrun = all_lanes(1.0),
                     .age = c->o->age[p], .made = zero, .book = s->of[p].own_book, .loss = s->of[p].loss, .licence = licence};
    x.supplied = all_lanes(base + (licence ? c->plan->supply_years : 0.0));
    if (x.programme) {
        /* what the venture's clock has shown of overrun and delay is known: the draws are common */
        lanes progress = decision_outlook_progress(c->plan->venture, &c->k->venture);
        x.delay = decision_outlook_delay(c->k, x.programme, progress);
        x.overrun = known_belief(c->k, x.programme->config->capex_overrun, progress);
        if (mode == STANDALONE_BUILD) {
            x.clock = decision_lone_head_start(c->plan, c->k, p, stock);
            x.made = READ(know_how->experience) * s->pooled;
        }
        if (timed(x.programme)) begin_timing(c, &x);
        x.wait = time_to_production(c, &x);
        x.begun = zero;
        if (x.programme->tardy) decision_sale_wait(c, &x, -x.wait);
    }
    lanes value = run(c, &x, from);
    if (x.programme && outlook_perishes(x.programme)) value *= begins_alive(c, x.programme);
    if (mode == STANDALONE_BUILD) return value;
    return value + least(stock, READ(know_how->cap)) * c->plan->discount[p][2 * c->grid->settle_steps];
}

/* A programme that runs already, from now on. */
static lanes go_on(const struct course_view *c, struct lone *x, const struct known_clock *clock)
{
    struct lone_ahead ahead;
    lanes progress = decision_outlook_progress(x->programme, clock), own = decision_outlook_years(c->plan, c->k, x->programme, clock);
    x->ahead = &ahead;
    x->clock = clock->clock;
    x->delay = decision_outlook_delay(c->k, x->programme, progress);
    x->overrun = known_belief(c->k, x->programme->config->capex_overrun, progress);
    x->age = choose((flags)(x->age >= 0.0), x->age, choose((flags)(x->supplied > 0.0), c->o->age[x->partner], own));
    x->wait = most(-own, all_lanes(0.0));
    x->begun = x->programme->later ? clock->begun : all_lanes((double)c->grid->now * c->plan->years_per_step);
    if (x->programme->tardy) decision_sale_wait(c, x, own);
    if (timed(x->programme)) {
        decision_timing_begin(&ahead.timing, x->programme, clock, x->delay);
        decision_timing_start(&ahead.timing, c->k, clock, own, c->plan->steps - c->grid->now, &ahead.starts);
    }
    if (x->programme->gates) x->retry = clock->retry;
    return run(c, x, 0);
}

lanes decision_lone_alone(const struct course_view *c, int p, lanes localised, lanes spent)
{
    struct lone x = {.felt = &c->k->alone_felt, .programme = &c->plan->alone[p], .prices = c->plan->alone_prices[p], .partner = p,
                     .localised = localised, .age = all_lanes(-1.0), .made = c->k->alone_made[p], .book = c->k->alone_book[p] + spent,
                     .loss = c->k->alone_loss[p], .supplied = all_lanes(0.0)};
    return go_on(c, &x, &c->k->alone[p]) - spent * (1.0 + course_premium(c, p));
}

lanes decision_lone_after(const struct course_view *c, int p, lanes localised, lanes spent)
{
    struct lone x = {.felt = &c->k->after_felt, .programme = &c->plan->after[p], .prices = c->plan->after_prices[p], .partner = p,
                     .localised = localised, .age = c->k->sales_age[p], .made = c->k->after_made[p], .book = c->k->own_book[p] + spent,
                     .loss = c->k->loss[p], .supplied = c->k->supply[p] * c->plan->years_per_step};
    return go_on(c, &x, &c->k->after[p]) - spent * (1.0 + course_premium(c, p));
}

void decision_lone_stop(const struct course_view *c, int p, lanes *going_on, lanes *price, lanes *closing, lanes *stopping)
{
    const struct decision_exit_config *exit = &c->plan->config->exit;
    lanes book = c->k->alone_book[p];
    *going_on = decision_lone_alone(c, p, c->k->alone[p].localised, all_lanes(0.0));
    *price = stop_price(c, p, c->grid->now, READ(exit->recovery), book);
    *closing = READ(exit->restructuring[p]) * c->plan->prices[2 * c->grid->now + 1];
    *stopping = stop_value(c, p, *price, book, *closing, c->k->alone_loss[p]);
}
#undef READ
