#include "decision/outlook.h"

/* docs/model.md (7.3): the log of a level is known at the middle of step n - 1 (at the signing: its start), then
   E level = scale exp(g t + X e^{-kappa tau} - sigma^2 v e^{-2 kappa tau} / 2). */
static lanes gap_of(const struct decision_plan *plan, const struct known *known, int f, lanes growth, lanes sigma, lanes spread)
{
    const struct market_factor *factor = &plan->market->factor[f];
    if (!known->n) return known_number(known, factor->config->start_gap);
    lanes level = known->level[f] / factor->scale;
    if (plan->market->shocked) level /= decision_shock_known(plan->market, known, f);
    if (factor->lowered) spread += sigma * (factor->price_of_risk * factor->lowered[known->n - 1]);
    return log_lanes(level) - growth * ((double)(2 * known->n - 1) * 0.5 * plan->years_per_step) + spread;
}

/* The usual case: all but X is the same on every path. X fades, and near 0 its exponential costs less. */
static void expect_common(const struct outlook_grid *grid, int f, lanes x, lanes level[])
{
    const double *decay = grid->decay[f], *trend = grid->trend[f];
    int k = 0;
    for (; k < grid->nodes && any(lanes_math_unreduced(x * decay[k])); k++) level[k] = trend[k] * exp_lanes(x * decay[k]);
    for (; k < grid->nodes; k++) level[k] = trend[k] * lanes_math_exp_reduced(x * decay[k]);
}

static void expect_levels(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    const struct market_plan *market = plan->market;
    const double half = 0.5 * plan->years_per_step;
    for (int f = 0; f < market->factors; f++) {
        const struct market_factor *factor = &market->factor[f];
        lanes growth = known_number(known, factor->config->growth), sigma = known_number(known, factor->config->volatility);
        lanes spread = all_lanes(0.0);
        if (known->n) spread = sigma * sigma * (0.5 * factor->variance[known->n - 1]);
        lanes x = gap_of(plan, known, f, growth, sigma, spread);
        if (grid->trend[f]) {
            expect_common(grid, f, x, o->level[f]);
            continue;
        }
        for (int k = 0; k < grid->nodes; k++) {
            const double decay = grid->decay[f][k], time = (double)grid->node[k].middle * half;
            lanes exponent = growth * time + (x - spread * decay) * decay;
            if (grid->lowered[f]) exponent -= sigma * grid->lowered[f][k];
            o->level[f][k] = factor->scale * exp_lanes(exponent);
        }
    }
    if (market->shocked) decision_shock_expect(plan, known, grid, o);
}

void decision_outlook_basket(const struct market_plan *market, const struct param_number share[], const struct known *known,
                             struct outlook_basket *basket)
{
    basket->inputs = 0;
    basket->rest = all_lanes(1.0);
    for (int k = 0; k < market->scope->set[PARAM_SET_INPUT].count; k++) {
        const int slot = market->slot[MARKET_INPUT][k];
        if (slot < 0 || !number_differs(share[k], 0.0)) continue;
        lanes part = known_number(known, share[k]);
        basket->rest -= part;
        basket->share[basket->inputs] = part;
        basket->slot[basket->inputs++] = slot;
    }
}

lanes decision_outlook_inputs(const struct market_plan *market, const struct param_number share[], const struct known *known,
                              const struct outlook *o, int node)
{
    struct outlook_basket basket;
    decision_outlook_basket(market, share, known, &basket);
    return outlook_basket_price(&basket, o, node);
}

int decision_outlook_duty(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int origin,
                          int destination, int from, lanes rate[])
{
    const int slot = origin < 0 ? -1 : plan->market->corridor_slot[origin][destination], now = known->n;
    if (slot < 0) return 0;
    const struct market_corridor *corridor = &plan->market->corridor[slot];
    for (int k = from; k < grid->nodes; k++) rate[k] = all_lanes(0.0);
    for (int j = 0; j < corridor->chains; j++) {
        const struct decision_duty *duty = &plan->duty[slot][j];
        const double(*sum)[8] = now ? duty->sum : duty->from_start;
        lanes regime = known->regime[corridor->chain[j]], before = lookup(sum[grid->node[from].first - now], regime);
        for (int k = from; k < grid->nodes; k++) {
            const struct outlook_node *node = &grid->node[k];
            lanes after = lookup(sum[node->end - now], regime);
            rate[k] += (after - before) * (1.0 / (double)(node->end - node->first));
            before = after;
        }
    }
    return 1;
}

/* One support over the nodes; with a constant hazard its survival is in the grid. */
static void add_support(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int s, int from,
                        lanes amount[])
{
    const struct market_subsidy_config *config = plan->market->subsidy[s].config;
    const double half = 0.5 * plan->years_per_step, *paid = grid->support[s];
    const int drawn = number_differs(config->repeal_rate, 0.0) && !plan->survival[s];
    lanes rate = known_number(known, config->repeal_rate);
    lanes unit = known_number(known, config->per_unit) * (1.0 - known_number(known, config->haircut));
    flags alive = (flags)(rate * ((double)known->n * plan->years_per_step) < known->repeal[s]);
    unit = choose(alive, unit, all_lanes(0.0));
    for (int k = from; k < grid->nodes; k++) {
        lanes part = unit * paid[k];
        if (drawn) part *= exp_lanes(-rate * (half * (double)(grid->node[k].first + grid->node[k].end + 1 - 2 * known->n)));
        amount[k] += part;
    }
}

void decision_outlook_support(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int site,
                              int from, lanes taxed[], lanes untaxed[])
{
    const struct market_plan *market = plan->market;
    for (int k = from; k < grid->nodes; k++) taxed[k] = untaxed[k] = all_lanes(0.0);
    for (int s = 0; s < market->subsidies; s++) {
        const struct market_subsidy_config *config = market->subsidy[s].config;
        if (config->region >= 0 && config->region != site) continue;
        add_support(plan, known, grid, s, from, config->taxable ? taxed : untaxed);
    }
}

lanes decision_outlook_progress(const struct programme_plan *programme, const struct known_clock *clock)
{
    const double start = programme->config->production_start;
    if (!(start > 0.0)) return all_lanes(1.0);
    return outlook_between(clock->clock / start, 0.0, 1.0);
}

lanes decision_outlook_delay(const struct known *known, const struct programme_plan *programme, lanes progress)
{
    return most(known_belief(known, programme->config->delay, progress), all_lanes(PROGRAMME_LEAST_DELAY));
}

void decision_outlook_timing(const struct decision_plan *plan, const struct known *known, const struct outlook *o, struct timing *timing)
{
    const struct programme_plan *venture = plan->venture;
    lanes delay = decision_outlook_delay(known, venture, decision_outlook_progress(venture, &known->venture));
    if (venture->needs) *timing = o->timing;
    else decision_timing_begin(timing, venture, &known->venture, delay);
}

lanes decision_outlook_years(const struct decision_plan *plan, const struct known *known, const struct programme_plan *programme,
                             const struct known_clock *clock)
{
    const double d = plan->years_per_step;
    lanes delay = decision_outlook_delay(known, programme, decision_outlook_progress(programme, clock));
    lanes missing = (programme->config->production_start - PROGRAMME_SLACK - clock->clock) * delay / d;
    lanes wait = most(-whole(-missing), all_lanes(0.0)); /* whole steps, upwards */
    if (timing_stops(programme)) {
        struct timing timing;
        decision_timing_begin(&timing, programme, clock, delay);
        wait = decision_timing_reach(&timing, all_lanes(programme->config->production_start), 1);
    }
    return choose((flags)(clock->production >= 0.0), clock->production + d, 0.0 - wait * d);
}

/* Years of production of the venture, as its partners' contributions let it. */
static lanes contributed_years(const struct decision_plan *plan, const struct known *known, const struct outlook *o)
{
    const double d = plan->years_per_step;
    lanes wait = decision_timing_reach(&o->timing, all_lanes(plan->venture->config->production_start), 1);
    return choose((flags)(known->venture.production >= 0.0), known->venture.production + d, 0.0 - wait * d);
}

/* A partner sells from the later of both starts of production. */
static void set_ages(const struct decision_plan *plan, const struct known *known, struct outlook *o)
{
    if (plan->venture->needs) o->start = contributed_years(plan, known, o);
    else o->start = decision_outlook_years(plan, known, plan->venture, &known->venture);
    for (int p = 0; p < plan->partners; p++) {
        o->age[p] = o->start;
        if (plan->own_runs[p]) o->age[p] = least(o->start, decision_outlook_years(plan, known, &plan->own[p], &known->own[p]));
    }
}

/* It waits for its own programme too. */
lanes decision_outlook_age(const struct decision_plan *plan, const struct known *known, const struct outlook *o, int p, int start)
{
    if (!plan->own_runs[p]) return o->starts.age[start];
    return least(o->starts.age[start], decision_outlook_years(plan, known, &plan->own[p], &known->own[p]));
}

lanes decision_outlook_ramp(const struct decision_plan *plan, const struct outlook *o, const struct outlook_node *node, lanes *made)
{
    const double years = plan->venture->config->ramp_years, middle = 0.5 * (node->from + node->to - plan->years_per_step);
    lanes ramped = *made = all_lanes(0.0);
    for (int j = 0; j < o->starts.points; j++) {
        lanes part = o->starts.weight[j] * outlook_between((o->starts.age[j] + node->to) / node->years, 0.0, 1.0);
        ramped += part * outlook_between((o->starts.age[j] + middle) / years, 0.0, 1.0);
        *made += part;
    }
    return ramped;
}

/* Commonality in a node; the ramp at its middle less half a step, as a step counts it from its start. */
static lanes common_share(const struct decision_plan *plan, const struct known *known, const struct outlook *o,
                          const struct outlook_node *node)
{
    const struct programme_config *config = plan->venture->config;
    lanes seen = choose((flags)(o->start > 0.0), all_lanes(1.0), all_lanes(0.0));
    lanes phi = known_number(known, config->common_share) * known->sharing *
                known_belief(known, config->realisation, seen);
    if (!(config->ramp_years > 0.0)) return phi;
    if (plan->venture->succeeds) {
        lanes made, ramped = decision_outlook_ramp(plan, o, node, &made);
        return phi * ramped / choose((flags)(made > 0.0), made, all_lanes(1.0));
    }
    lanes y = o->start + 0.5 * (node->from + node->to - plan->years_per_step);
    return phi * outlook_between(y / config->ramp_years, 0.0, 1.0);
}

lanes decision_outlook_variety(const struct programme_config *config, const struct known *known, double growth)
{
    if (!number_differs(config->complexity, 0.0)) return all_lanes(1.0);
    lanes variety = pow_lanes(known_number(known, config->variants) * growth, all_lanes(0.4)) - 1.0;
    return 1.0 + known_number(known, config->complexity) * variety;
}

/* Cost of one interface a year at today's practice; its fall with practice is followed along the nodes. */
static lanes interface_cost(const struct decision_plan *plan, const struct known *known)
{
    const struct contract_coordination_config *config = &plan->contract->config->coordination;
    return known_number(known, config->interface_cost) * known_number(known, config->workstreams) *
           known->scope *
           (1.0 + known_number(known, config->intensity_cost) * known_number(known, config->intensity));
}

/* Coordination of one interface, as practice makes it cheaper step by step; whole years add up to the same. */
static void set_coordination(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                             struct outlook *o)
{
    const int steps = plan->steps_per_year;
    lanes interface = interface_cost(plan, known), factor = known->practice_step, left = known->practice, sum = all_lanes(0.0);
    lanes year = all_lanes(0.0), power = all_lanes(1.0);
    for (int n = 0; n < steps; n++, power *= factor) year += power;
    for (int k = 0; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        if (node->end - node->first == steps) {
            sum = left * year;
            left *= power;
        } else {
            sum = all_lanes(0.0);
            for (int n = node->first; n < node->end; n++, left *= factor) sum += left;
        }
        o->coordination[k] = interface * sum * (plan->years_per_step * node->prices);
    }
}

/* Share of the cost to achieve commonality that falls into a node. */
static lanes achieved_in(const struct decision_plan *plan, const struct outlook *o, const struct outlook_node *node)
{
    const struct programme_config *config = plan->venture->config;
    if (!plan->venture->succeeds) return programme_achieve_part(config, o->start + node->from, o->start + node->to);
    lanes sum = all_lanes(0.0);
    for (int j = 0; j < o->starts.points; j++) {
        sum += o->starts.weight[j] * programme_achieve_part(config, o->starts.age[j] + node->from, o->starts.age[j] + node->to);
    }
    return sum;
}

/* It is shared as fixed cost is. */
RARE_FUNCTION void add_achievement(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                                   struct outlook *o)
{
    lanes amount = known_number(known, plan->venture->config->cost_to_achieve) * plan->contract->to_achieve;
    for (int k = 0; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        o->fixed[k] += amount * node->venture_prices * achieved_in(plan, o, node);
    }
}

/* Gates to come make units cheaper. With a success to come the mean is over all steps of a node. */
RARE_FUNCTION void improve(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                           struct outlook *o)
{
    const struct programme_plan *venture = plan->venture;
    struct timing timing;
    lanes factor[OUTLOOK_NODES];
    lanes start = venture->succeeds ? all_lanes(0.0) : most(-o->start, all_lanes(0.0)) * (double)plan->steps_per_year;
    decision_outlook_timing(plan, known, o, &timing);
    for (int component = 0; component < 2; component++) {
        lanes *cost = component ? o->conversion : o->material;
        decision_timing_better(&timing, known, grid, 0, start, component, 0, grid->nodes, factor);
        for (int k = 0; k < grid->nodes; k++) cost[k] *= factor[k];
    }
}

static void set_costs(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    const struct programme_config *config = plan->venture->config;
    const int fragments = decision_outlook_fragments(plan, config);
    lanes variety = decision_outlook_variety(config, known, 1.0), material = known_number(known, config->material.cost) * variety;
    lanes conversion = known_number(known, config->conversion.cost) * variety, fixed = known_number(known, config->fixed_cost);
    struct outlook_basket materials, conversions;
    decision_outlook_basket(plan->market, config->material.input_share, known, &materials);
    decision_outlook_basket(plan->market, config->conversion.input_share, known, &conversions);
    for (int k = 0; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        const double own = node->venture_prices;
        if (fragments) {
            variety = decision_outlook_variety(config, known, node->variety);
            material = known_number(known, config->material.cost) * variety;
            conversion = known_number(known, config->conversion.cost) * variety;
        }
        o->material[k] = material * own * outlook_basket_price(&materials, o, k);
        o->conversion[k] = conversion * own * outlook_basket_price(&conversions, o, k);
        o->fixed[k] = fixed * (own * node->years) * o->producing[k];
        if (plan->venture->pooled) o->common[k] = common_share(plan, known, o, node);
    }
    decision_outlook_support(plan, known, grid, config->site, 0, o->taxed, o->untaxed);
    if (plan->venture->betters) improve(plan, known, grid, o);
    for (int k = 0; plan->venture->strong && k < grid->nodes; k++) {
        if (!plan->venture->each) { /* else by partner, making.c */
            o->material[k] *= o->strength[STRENGTH_MATERIAL][k];
            o->conversion[k] *= o->strength[STRENGTH_CONVERSION][k];
        }
        o->fixed[k] *= o->strength[STRENGTH_PLANT][k];
    }
    if (plan->contract->to_achieve > 0.0) add_achievement(plan, known, grid, o);
    if (plan->venture->localises) decision_localise_support(plan, known, grid, plan->venture, 0, o->local_taxed, o->local_untaxed);
    for (int k = 0; k < grid->nodes; k++) o->coordination[k] = all_lanes(0.0);
    if (number_differs(plan->contract->config->coordination.interface_cost, 0.0)) set_coordination(plan, known, grid, o);
}

/* The same where success is still to come: each start of production has its own end of the term. */
RARE_FUNCTION void set_mixed_paying(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                                    struct outlook *o)
{
    for (int k = 0; k < grid->nodes; k++) {
        const double first = (double)grid->node[k].first, last = (double)grid->node[k].end;
        o->paying[k] = all_lanes(0.0);
        for (int j = 0; j < o->starts.points; j++) {
            lanes begins = (double)grid->now - o->starts.age[j] / plan->years_per_step;
            lanes end = choose((flags)(known->renewed >= 0.0), known->renewed, begins) + (double)plan->term_steps;
            lanes paid = least(end, all_lanes(last)) - most(begins, all_lanes(first));
            o->paying[k] += o->starts.weight[j] * most(paid, all_lanes(0.0));
        }
    }
}

/* docs/model.md (7.5): until the term's end, which is counted from the start of production or the last renewal. */
static void set_paying(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    if (plan->venture->succeeds && plan->term_steps) {
        set_mixed_paying(plan, known, grid, o);
        return;
    }
    lanes renewed = known->renewed, begins = (double)grid->now - o->start / plan->years_per_step;
    lanes end = choose((flags)(renewed >= 0.0), renewed, begins) + (double)plan->term_steps;
    for (int k = 0; k < grid->nodes; k++) {
        const double steps = (double)(grid->node[k].end - grid->node[k].first);
        o->paying[k] = steps * o->producing[k];
        if (plan->term_steps) o->paying[k] = outlook_between(end - (double)grid->node[k].first, 0.0, steps) * o->producing[k];
    }
}

static void set_starts(const struct decision_plan *plan, const struct known *known, struct outlook *o)
{
    if (!plan->venture->needs) decision_outlook_timing(plan, known, o, &o->timing);
    decision_timing_start(&o->timing, known, &known->venture, o->start, plan->steps - known->n, &o->starts);
}

static void set_alive(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    const int now = grid->now;
    lanes hazard = known_number(known, plan->venture->config->progress.adverse_rate) * plan->years_per_step;
    for (int k = 0; k < grid->nodes; k++) {
        o->alive[k] = outlook_alive(hazard, grid->node[k].first - now, grid->node[k].end - now);
        o->falls[k] = outlook_falls(hazard, grid->node[k].first - now, grid->node[k].end - now);
    }
    o->alive_settle = exp_lanes(-hazard * (double)grid->settle_steps);
    o->alive_end = exp_lanes(-hazard * (double)(plan->steps - now - 1));
}

/* `leaver`: takes its contributions along at the settlement; -1: nobody does. */
static void look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int leaver,
                 struct outlook *o)
{
    o->one = all_lanes(1.0);
    expect_levels(plan, known, grid, o);
    if (plan->venture->needs) decision_contribution_look(plan, known, grid, leaver, o);
    set_ages(plan, known, o);
    const int mixed = plan->venture->succeeds, perishes = outlook_perishes(plan->venture);
    if (mixed || plan->venture->develops || plan->venture->needs) set_starts(plan, known, o);
    if (perishes) set_alive(plan, known, grid, o);
    for (int k = 0; mixed && k < grid->nodes; k++) {
        o->producing[k] = all_lanes(0.0);
        for (int j = 0; j < o->starts.points; j++) {
            lanes part = outlook_between((o->starts.age[j] + grid->node[k].to) * (1.0 / grid->node[k].years), 0.0, 1.0);
            o->producing[k] += o->starts.weight[j] * part;
        }
    }
    for (int k = 0; !mixed && k < grid->nodes; k++) {
        o->producing[k] = outlook_between((o->start + grid->node[k].to) * (1.0 / grid->node[k].years), 0.0, 1.0);
    }
    if (plan->venture->strong) decision_strength_look(plan, known, grid, o);
    for (int q = 0; q < plan->venture->sellers; q++) decision_volume_look(plan, known, grid, plan->venture->seller[q], o);
    if (plan->some_bear) decision_volume_bear(plan, known, grid, o);
    set_costs(plan, known, grid, o);
    if (plan->venture->brands) decision_brand_look(plan, known, grid, o);
    set_paying(plan, known, grid, o);
    o->use[0] = known->use;
    /* the state is that of a step's middle; a settlement at the start of step s takes the middle of s - 1 */
    o->use[1] = market_use_chance(o->use[0], known_number(known, plan->market->use->appears),
                                  known_number(known, plan->market->use->vanishes),
                                  (double)grid->settle_steps * plan->years_per_step);
}

void decision_outlook_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                           struct outlook *o)
{
    look(plan, known, grid, -1, o);
}

void decision_outlook_without(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid,
                              int leaver, struct outlook *o)
{
    look(plan, known, grid, leaver, o);
}
