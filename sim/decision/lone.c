/* A partner on its own: after an exit with a programme that begins at the settlement, or in the stand-alone arm.
   docs/model.md (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

/* A programme of one partner along the nodes. */
struct lone {
    const struct programme_plan *programme;
    const double *prices; /* of its costs, by half step */
    int partner;
    double base;          /* years from now to its first node */
    lanes clock, wait;    /* programme years done at the base, years from it to production */
    lanes delay, overrun; /* as believed */
    lanes age;            /* years of sales of the product now, from which its plan goes on; below -base: its own */
    lanes made, book, loss;
    lanes supplied;       /* years from now until which the venture still makes for it */
    lanes *licence;       /* M{currency} by node that it pays the venture's owners; NULL: none */
};

/* Share of a node in which it makes for itself. */
static lanes active(const struct lone *x, const struct outlook_node *node)
{
    lanes until = node->to - most(x->wait + x->base, x->supplied);
    return outlook_between(until / node->years, 0.0, 1.0);
}

struct lone_sales {
    lanes want, revenue, duty;
};

static void sell(const struct course_view *c, const struct lone *x, int k, struct lone_sales *sales)
{
    const struct market_plan *market = c->plan->market;
    const struct programme_product_config *product = &x->programme->product[x->partner];
    const struct outlook_node *node = &c->grid->node[k];
    flags goes_on = (flags)(x->age + x->base > 0.0);
    lanes start = choose(goes_on, x->age, -(x->wait + x->base)), share = active(x, node);
    lanes seen = choose((flags)(x->age > 0.0), all_lanes(1.0), all_lanes(0.0));
    lanes launch = known_belief(c->k, product->launch, seen) * outlook_level(c->o, market, MARKET_SHARE, x->partner, k);
    sales->want = sales->revenue = sales->duty = all_lanes(0.0);
    for (int r = 0; r < x->programme->regions; r++) {
        const struct param_list *list = x->programme->sales[x->partner][r];
        if (!list) continue;
        lanes planned = decision_outlook_sum(list, c->k, start + node->to) -
                        decision_outlook_sum(list, c->k, start + node->from);
        /* a plan that begins within the node is spread over its active part already */
        lanes want = planned * choose(goes_on, share, all_lanes(1.0)) * launch * outlook_level(c->o, market, MARKET_DEMAND, r, k);
        sales->want += want;
        sales->revenue += want * READ(product->price[r]) * outlook_level(c->o, market, MARKET_PRICE, r, k) *
                          outlook_level(c->o, market, MARKET_FX, r, k);
        sales->duty += want * decision_outlook_duty(c->plan, c->k, x->programme->config->site, r, node);
    }
}

static lanes bought_at(const struct course_view *c, const struct lone *x, int k)
{
    const struct programme_standalone_config *bought = x->programme->bought;
    const int region = bought->buy_price_region;
    lanes level = region < 0 ? all_lanes(1.0) : outlook_level(c->o, c->plan->market, MARKET_PRICE, region, k);
    return READ(bought->buy_price) * level * decision_outlook_inputs(c->plan->market, bought->buy_input_share, c->k, c->o, k) *
           x->prices[c->grid->node[k].middle];
}

/* G at the volume of the first node in which it makes for itself. */
static void set_scale(const struct course_view *c, const struct lone *x, int from, lanes *material, lanes *conversion)
{
    const struct programme_config *config = x->programme->config;
    lanes volume = all_lanes(0.0), capacity = READ(config->capacity);
    flags found = (flags)(all_lanes(0.0) > 1.0);
    for (int k = from; k < c->grid->nodes && any(~found); k++) {
        struct lone_sales sales;
        lanes share = active(x, &c->grid->node[k]);
        flags now = (flags)(share > 0.0) & ~found;
        if (!any(now)) continue;
        sell(c, x, k, &sales);
        lanes years = choose(now, share, all_lanes(1.0)) * c->grid->node[k].years;
        volume = choose(now, least(sales.want / years, capacity), volume);
        found |= now;
    }
    decision_course_scale(config, c->k, volume, material, conversion);
    if (!number_differs(config->complexity, 0.0)) return;
    lanes variety = 1.0 + READ(config->complexity) * (pow_lanes(READ(config->variants), all_lanes(0.4)) - 1.0);
    *material *= variety;
    *conversion *= variety;
}

static lanes made_at(const struct course_view *c, const struct lone *x, int k, lanes material, lanes conversion, lanes made)
{
    const struct programme_config *config = x->programme->config;
    if (number_differs(config->learning_rate, 0.0)) {
        const double part = c->plan->config->experience == EXPERIENCE_EXPECTED
                                ? 0.5 * (1.0 - c->plan->years_per_step / c->grid->node[k].years) : 0.0;
        lanes rate = -log_lanes(1.0 - READ(config->learning_rate)) * 0x1.71547652b82fep0; /* 1 / ln 2 */
        conversion *= exp_lanes(-rate * log_lanes(1.0 + (x->made + part * made) / READ(config->first_experience)));
    }
    return (READ(config->material.cost) * material *
                decision_outlook_inputs(c->plan->market, config->material.input_share, c->k, c->o, k) +
            READ(config->conversion.cost) * conversion *
                decision_outlook_inputs(c->plan->market, config->conversion.input_share, c->k, c->o, k)) *
           x->prices[c->grid->node[k].middle];
}

/* Capital spending net of grants in a node. */
static lanes invest(const struct course_view *c, struct lone *x, int k)
{
    const struct programme_config *config = x->programme->config;
    lanes to = x->clock + c->grid->node[k].years / x->delay, capex = all_lanes(0.0), grant = all_lanes(0.0);
    for (int year = 0; year < config->capex_plan.count; year++) {
        capex += READ(config->capex_plan.item[year]) * programme_part_of_year(x->clock, to, (double)year);
    }
    for (int year = 0; year < config->capex_grant.count; year++) {
        grant += READ(config->capex_grant.item[year]) * programme_part_of_year(x->clock, to, (double)year);
    }
    x->clock = to;
    return capex * x->overrun * decision_outlook_inputs(c->plan->market, config->capex_input_share, c->k, c->o, k) - grant;
}

static lanes licence_of(const struct course_view *c, const struct lone *x, int k, lanes made)
{
    const struct contract_departure_config *departure = &c->plan->contract->config->departure;
    const struct outlook_node *node = &c->grid->node[k];
    const double part = (x->base + departure->licence_years - node->from) / node->years;
    return made * READ(departure->licence_per_unit) * ((part < 0.0 ? 0.0 : part > 1.0 ? 1.0 : part) * c->plan->prices[node->middle]);
}

/* Income of a node before tax; *untaxed support, *invested. */
static lanes earn(const struct course_view *c, struct lone *x, int k, lanes material, lanes conversion, lanes *untaxed, lanes *invested)
{
    const struct programme_config *config = x->programme->config;
    const struct programme_product_config *product = &x->programme->product[x->partner];
    const struct outlook_node *node = &c->grid->node[k];
    const double prices = c->plan->prices[node->middle];
    struct lone_sales sales;
    lanes share = active(x, node), ration = all_lanes(1.0), unit, taxed = all_lanes(0.0);
    sell(c, x, k, &sales);
    *untaxed = *invested = all_lanes(0.0);
    if (x->programme->bought) {
        unit = bought_at(c, x, k);
    } else {
        lanes limit = READ(config->capacity) * node->years * share;
        if (x->programme->limited) {
            flags over = (flags)(sales.want > limit);
            ration = choose(over, limit / choose(over, sales.want, all_lanes(1.0)), all_lanes(1.0));
        }
        unit = made_at(c, x, k, material, conversion, sales.want * ration);
        *invested = invest(c, x, k);
        decision_outlook_support(c->plan, c->k, config->site, node, &taxed, untaxed);
    }
    lanes made = sales.want * ration, plant = x->programme->bought ? all_lanes(0.0) : READ(config->fixed_cost) * x->prices[node->middle];
    lanes income = (sales.revenue - READ(product->dutiable_share) * unit * sales.duty) * ration -
                   (READ(product->own_unit_cost) * prices + unit) * made -
                   (READ(product->own_fixed_cost) * prices + plant) * node->years * share + taxed * made;
    *untaxed *= made;
    if (c->plan->config->experience == EXPERIENCE_EXPECTED) x->made += made;
    if (x->licence) income -= x->licence[k] = licence_of(c, x, k, made);
    return income;
}

/* Value at the middle of step n of all its nodes, with the book sold at the horizon. */
static lanes run(const struct course_view *c, struct lone *x, int from)
{
    const struct value_config *value = c->plan->value->config;
    const int p = x->partner, half = 2 * (c->plan->steps - c->grid->now) - 1;
    lanes sum = all_lanes(0.0), material = sum, conversion = sum;
    if (x->programme && !x->programme->bought) set_scale(c, x, from, &material, &conversion);
    for (int k = from; k < c->grid->nodes; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        const struct course_account account = {value->tax_rate[p], c->plan->kept[node->end - node->first], value->losses[p],
                                               c->plan->discount[p][node->half]};
        lanes income = all_lanes(0.0), untaxed = income, invested = income;
        if (x->programme) income = earn(c, x, k, material, conversion, &untaxed, &invested);
        lanes dep = course_depreciate(&x->book, invested, account.kept);
        sum += (income + untaxed - invested - course_tax(&account, income - dep, &x->loss)) * account.discount;
    }
    const struct course_account end = {value->tax_rate[p], 1.0, value->losses[p], c->plan->discount[p][half]};
    return sum + course_terminal(&end, x->book, READ(value->terminal_multiple), &x->loss) * end.discount;
}

/* Years from the base to production of a programme whose clock stands at x->clock. */
static lanes time_to_production(const struct course_view *c, const struct lone *x)
{
    const double d = c->plan->years_per_step;
    lanes missing = (x->programme->config->production_start - PROGRAMME_SLACK - x->clock) * x->delay / d;
    return most(-whole(-missing), all_lanes(0.0)) * d;
}

lanes decision_lone_head_start(const struct decision_plan *plan, const struct known *known, int p, lanes saved)
{
    const struct programme_config *config = plan->after[p].config;
    lanes clock = all_lanes(0.0);
    for (int year = 0; year < config->capex_plan.count; year++) {
        lanes amount = known_number(known, config->capex_plan.item[year]);
        flags costs = (flags)(amount > 0.0);
        lanes part = choose(costs, saved / choose(costs, amount, all_lanes(1.0)), all_lanes(1.0));
        part = choose((flags)(saved > 0.0), outlook_between(part, 0.0, 1.0), all_lanes(0.0));
        clock = choose((flags)(clock >= (double)year), clock + part, clock);
        saved -= amount * part;
    }
    return clock;
}

lanes decision_lone_value(const struct course_view *c, const struct course *s, int p, int from, lanes *licence)
{
    const struct value_know_how_config *know_how = &c->plan->value->config->know_how[p];
    const int mode = c->plan->after_mode[p];
    const double base = (double)c->grid->settle_steps * c->plan->years_per_step;
    lanes zero = all_lanes(0.0), stock = READ(know_how->kept) * s->know_how[p];
    struct lone x = {.programme = mode == STANDALONE_NONE ? NULL : &c->plan->after[p], .prices = c->plan->after_prices[p], .partner = p,
                     .base = base, .clock = zero, .wait = zero, .delay = all_lanes(1.0), .overrun = all_lanes(1.0),
                     .age = c->o->age[p], .made = zero, .book = s->own_book[p], .loss = s->loss[p], .licence = licence};
    x.supplied = all_lanes(base + (licence ? c->plan->contract->config->departure.supply_years : 0.0));
    for (int k = from; licence && k < c->grid->nodes; k++) licence[k] = zero;
    if (x.programme) {
        /* what the venture's clock has shown of overrun and delay is known: the draws are common */
        lanes progress = decision_outlook_progress(c->plan->venture, &c->k->venture);
        x.delay = decision_outlook_delay(c->k, x.programme, progress);
        x.overrun = known_belief(c->k, x.programme->config->capex_overrun, progress);
        if (mode == STANDALONE_BUILD) {
            x.clock = decision_lone_head_start(c->plan, c->k, p, stock);
            x.made = READ(know_how->experience) * s->pooled;
        }
        x.wait = time_to_production(c, &x);
    }
    lanes value = run(c, &x, from);
    if (mode == STANDALONE_BUILD) return value;
    return value + least(stock, READ(know_how->cap)) * c->plan->discount[p][2 * c->grid->settle_steps];
}

void decision_lone_stop(const struct course_view *c, int p, lanes *going_on, lanes *price, lanes *closing, lanes *stopping)
{
    const struct programme_plan *programme = &c->plan->alone[p];
    const struct known_clock *clock = &c->k->alone[p];
    const struct decision_exit_config *exit = &c->plan->config->exit;
    const double rate = c->plan->value->config->tax_rate[p];
    lanes progress = decision_outlook_progress(programme, clock), book = c->k->alone_book[p];
    struct lone x = {.programme = programme, .prices = c->plan->alone_prices[p], .partner = p, .base = 0.0, .clock = clock->clock,
                     .made = c->k->alone_made[p], .book = book, .loss = c->k->alone_loss[p], .supplied = all_lanes(0.0)};
    x.delay = decision_outlook_delay(c->k, programme, progress);
    x.overrun = known_belief(c->k, programme->config->capex_overrun, progress);
    x.age = decision_outlook_years(c->plan, c->k, programme, clock);
    x.wait = most(-x.age, all_lanes(0.0));
    *going_on = run(c, &x, 0);
    *price = choose((flags)(c->o->use[0] > 0.5), READ(exit->multiple), READ(exit->recovery)) * book;
    *closing = READ(exit->restructuring[p]) * c->plan->prices[2 * c->grid->now + 1];
    *stopping = *price - rate * (*price - book) - (1.0 - rate) * *closing;
}
#undef READ
