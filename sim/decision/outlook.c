#include "decision/outlook.h"

static void add_node(const struct decision_plan *plan, struct outlook_grid *grid, int first, int end)
{
    struct outlook_node *node = &grid->node[grid->nodes++];
    const int now = grid->now;
    node->first = first;
    node->end = end;
    node->from = (double)(first - now) * plan->years_per_step;
    node->to = (double)(end - now) * plan->years_per_step;
    node->years = (double)(end - first) * plan->years_per_step;
    node->half = first + end - 2 * now - 1;
    node->middle = first + end;
    node->ahead = now ? first + end - 2 * now + 1 : first + end;
}

/* Annual nodes up to `end`, the last one shorter where needed. */
static void add_nodes(const struct decision_plan *plan, struct outlook_grid *grid, int from, int to)
{
    for (int first = from; first < to; first += plan->steps_per_year) {
        const int end = first + plan->steps_per_year;
        add_node(plan, grid, first, end < to ? end : to);
    }
}

/* docs/model.md (7.3): 1 of book brings theta x depreciation in each node, and its rest at the horizon. */
static void set_shield(const struct decision_plan *plan, struct outlook_grid *grid, int p)
{
    const double rate = plan->value->config->tax_rate[p];
    double left = 1.0, sum = 0.0;
    for (int k = grid->settle; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        const double kept = plan->kept[node->end - node->first];
        sum += rate * left * (1.0 - kept) * plan->discount[p][node->half];
        left *= kept;
    }
    grid->shields[p] = sum;
    grid->left[p] = left * plan->discount[p][2 * (plan->steps - grid->now) - 1];
}

void decision_outlook_grid(const struct decision_plan *plan, int now, int notice_steps, struct outlook_grid *grid)
{
    int settle = now + notice_steps;
    grid->now = now;
    grid->nodes = 0;
    if (settle > plan->steps) settle = plan->steps;
    grid->settle_steps = settle - now;
    add_nodes(plan, grid, now, settle);
    grid->settle = grid->nodes;
    add_nodes(plan, grid, settle, plan->steps);
    for (int p = 0; p < plan->partners; p++) set_shield(plan, grid, p);
}

/* docs/model.md (7.3): the log of a level is known at the middle of step n - 1 (at the signing: its start), then
   E level = scale exp(g t + X e^{-kappa tau} - sigma^2 v e^{-2 kappa tau} / 2). */
static void expect_levels(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    const struct market_plan *market = plan->market;
    const double half = 0.5 * plan->years_per_step;
    for (int f = 0; f < market->factors; f++) {
        const struct market_factor *factor = &market->factor[f];
        lanes growth = known_number(known, factor->config->growth), sigma = known_number(known, factor->config->volatility);
        lanes x = known_number(known, factor->config->start_gap), spread = all_lanes(0.0);
        if (known->n) {
            spread = sigma * sigma * (0.5 * factor->variance[known->n - 1]);
            x = log_lanes(known->level[f] / factor->scale) - growth * ((double)(2 * known->n - 1) * half) + spread;
        }
        for (int k = 0; k < grid->nodes; k++) {
            const double decay = plan->decay[f][grid->node[k].ahead], time = (double)grid->node[k].middle * half;
            o->level[k][f] = factor->scale * exp_lanes(growth * time + (x - spread * decay) * decay);
        }
    }
}

lanes decision_outlook_inputs(const struct market_plan *market, const struct param_number share[], const struct known *known,
                              const struct outlook *o, int node)
{
    lanes factor = all_lanes(1.0);
    for (int k = 0; k < market->scope->set[PARAM_SET_INPUT].count; k++) {
        if (!number_differs(share[k], 0.0)) continue;
        factor += known_number(known, share[k]) * (outlook_level(o, market, MARKET_INPUT, k, node) - 1.0);
    }
    return factor;
}

lanes decision_outlook_sum(const struct param_list *list, const struct known *known, lanes years)
{
    lanes sum = all_lanes(0.0);
    for (int year = 0; year < list->count; year++) {
        lanes part = most(years - (double)year, all_lanes(0.0));
        if (year + 1 < list->count) part = least(part, all_lanes(1.0));
        sum += known_number(known, list->item[year]) * part;
    }
    return sum;
}

lanes decision_outlook_duty(const struct decision_plan *plan, const struct known *known, int origin, int destination,
                            const struct outlook_node *node)
{
    const int slot = origin < 0 ? -1 : plan->market->corridor_slot[origin][destination], now = known->n;
    lanes rate = all_lanes(0.0);
    if (slot < 0) return rate;
    const struct market_corridor *corridor = &plan->market->corridor[slot];
    for (int k = 0; k < corridor->chains; k++) {
        const struct decision_duty *duty = &plan->duty[slot][k];
        const double(*sum)[8] = now ? duty->sum : duty->from_start;
        lanes regime = known->regime[corridor->chain[k]];
        rate += lookup(sum[node->end - now], regime) - lookup(sum[node->first - now], regime);
    }
    return rate / (double)(node->end - node->first);
}

void decision_outlook_support(const struct decision_plan *plan, const struct known *known, int site, const struct outlook_node *node,
                              lanes *taxed, lanes *untaxed)
{
    const struct market_plan *market = plan->market;
    *taxed = *untaxed = all_lanes(0.0);
    for (int s = 0; s < market->subsidies; s++) {
        const struct market_subsidy_config *config = market->subsidy[s].config;
        if (config->region >= 0 && config->region != site) continue;
        const double steps = (double)(node->end - node->first);
        const double schedule = (plan->schedule[s][node->end] - plan->schedule[s][node->first]) / steps;
        if (!(schedule > 0.0)) continue;
        lanes rate = known_number(known, config->repeal_rate);
        lanes amount = known_number(known, config->per_unit) * (1.0 - known_number(known, config->haircut)) * schedule;
        flags alive = (flags)(rate * ((double)known->n * plan->years_per_step) < known->repeal[s]);
        if (number_differs(config->repeal_rate, 0.0)) {
            amount *= exp_lanes(-rate * (0.5 * plan->years_per_step * (double)(node->first + node->end + 1 - 2 * known->n)));
        }
        *(config->taxable ? taxed : untaxed) += choose(alive, amount, all_lanes(0.0));
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

lanes decision_outlook_years(const struct decision_plan *plan, const struct known *known, const struct programme_plan *programme,
                             const struct known_clock *clock)
{
    const double d = plan->years_per_step;
    lanes delay = decision_outlook_delay(known, programme, decision_outlook_progress(programme, clock));
    lanes missing = (programme->config->production_start - PROGRAMME_SLACK - clock->clock) * delay / d;
    lanes wait = most(-whole(-missing), all_lanes(0.0)); /* whole steps, upwards */
    return choose((flags)(clock->production >= 0.0), clock->production + d, 0.0 - wait * d);
}

/* A partner sells from the later of both starts of production. */
static void set_ages(const struct decision_plan *plan, const struct known *known, struct outlook *o)
{
    o->start = decision_outlook_years(plan, known, plan->venture, &known->venture);
    for (int p = 0; p < plan->partners; p++) {
        o->age[p] = o->start;
        if (plan->own_runs[p]) o->age[p] = least(o->start, decision_outlook_years(plan, known, &plan->own[p], &known->own[p]));
    }
}

static void sell_region(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p, int r,
                        struct outlook *o)
{
    const struct market_plan *market = plan->market;
    const struct programme_product_config *product = &plan->venture->product[p];
    const struct param_list *list = plan->venture->sales[p][r];
    lanes seen = choose((flags)(o->age[p] > 0.0), all_lanes(1.0), all_lanes(0.0));
    lanes launch = known_belief(known, product->launch, seen), price = known_number(known, product->price[r]);
    lanes before = decision_outlook_sum(list, known, o->age[p]);
    for (int k = 0; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        lanes after = decision_outlook_sum(list, known, o->age[p] + node->to), planned = after - before;
        lanes want = planned * launch * outlook_level(o, market, MARKET_DEMAND, r, k) * outlook_level(o, market, MARKET_SHARE, p, k);
        o->planned[k][p] += planned;
        o->want[k][p] += want;
        o->revenue[k][p] += want * price * outlook_level(o, market, MARKET_PRICE, r, k) * outlook_level(o, market, MARKET_FX, r, k);
        o->duty[k][p] += want * decision_outlook_duty(plan, known, plan->venture->config->site, r, node);
        before = after;
    }
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
    lanes y = o->start + 0.5 * (node->from + node->to - plan->years_per_step);
    return phi * outlook_between(y / config->ramp_years, 0.0, 1.0);
}

static lanes complexity(const struct programme_config *config, const struct known *known)
{
    if (!number_differs(config->complexity, 0.0)) return all_lanes(1.0);
    lanes variety = pow_lanes(known_number(known, config->variants), all_lanes(0.4)) - 1.0;
    return 1.0 + known_number(known, config->complexity) * variety;
}

/* Cost of one interface a year at today's practice; its fall with practice is followed along the nodes. */
static lanes interface_cost(const struct decision_plan *plan, const struct known *known)
{
    const struct contract_coordination_config *config = &plan->contract->config->coordination;
    if (!number_differs(config->interface_cost, 0.0)) return all_lanes(0.0);
    return known_number(known, config->interface_cost) * known_number(known, config->workstreams) *
           known->scope *
           (1.0 + known_number(known, config->intensity_cost) * known_number(known, config->intensity));
}

static void set_costs(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    const struct programme_config *config = plan->venture->config;
    lanes variety = complexity(config, known), material = known_number(known, config->material.cost) * variety;
    lanes conversion = known_number(known, config->conversion.cost) * variety, fixed = known_number(known, config->fixed_cost);
    lanes interface = interface_cost(plan, known), practice = known->practice, factor = known->practice_step;
    for (int k = 0; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        const double prices = plan->prices[node->middle], own = plan->venture_prices[node->middle];
        lanes sum = all_lanes(0.0);
        o->material[k] = material * own * decision_outlook_inputs(plan->market, config->material.input_share, known, o, k);
        o->conversion[k] = conversion * own * decision_outlook_inputs(plan->market, config->conversion.input_share, known, o, k);
        o->common[k] = plan->venture->pooled ? common_share(plan, known, o, node) : sum;
        o->fixed[k] = fixed * own * node->years * o->producing[k];
        decision_outlook_support(plan, known, config->site, node, &o->taxed[k], &o->untaxed[k]);
        for (int n = node->first; n < node->end; n++, practice *= factor) sum += practice;
        o->coordination[k] = interface * sum * (plan->years_per_step * prices);
        for (int p = 0; p < plan->partners; p++) {
            const struct programme_product_config *product = &plan->venture->product[p];
            o->own_unit[k][p] = known_number(known, product->own_unit_cost) * prices;
            o->own_fixed[k][p] = known_number(known, product->own_fixed_cost) * prices * node->years * o->selling[k][p];
        }
    }
}

void decision_outlook_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    expect_levels(plan, known, grid, o);
    set_ages(plan, known, o);
    for (int k = 0; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        o->producing[k] = outlook_between((o->start + node->to) / node->years, 0.0, 1.0);
        for (int p = 0; p < plan->partners; p++) {
            o->want[k][p] = o->planned[k][p] = o->revenue[k][p] = o->duty[k][p] = all_lanes(0.0);
            o->selling[k][p] = outlook_between((o->age[p] + node->to) / node->years, 0.0, 1.0);
        }
    }
    for (int p = 0; p < plan->partners; p++) {
        o->sells[p] = 0;
        for (int r = 0; r < plan->venture->regions; r++) {
            if (!plan->venture->sales[p][r]) continue;
            o->sells[p] = 1;
            sell_region(plan, known, grid, p, r, o);
        }
    }
    set_costs(plan, known, grid, o);
    o->use[0] = known->use;
    /* the state is that of a step's middle; a settlement at the start of step s takes the middle of s - 1 */
    o->use[1] = market_use_chance(o->use[0], known_number(known, plan->market->use->appears),
                                  known_number(known, plan->market->use->vanishes),
                                  (double)grid->settle_steps * plan->years_per_step);
}
