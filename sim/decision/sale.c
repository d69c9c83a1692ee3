/* What a partner on its own sells along the nodes. docs/model.md (7.3). */
#include "decision/lone.h"

#define READ(number) known_number(c->k, number)

/* Years from now to the first sale of a product that is not sold by the settlement: of the venture's while that makes for it, or
   where its own plant is ready before, whether that may sell yet or not (contract_age_step). */
static lanes first_sale(const struct lone *x)
{
    lanes own = x->wait + x->base;
    return choose((flags)(x->supplied > -x->age), least(-x->age, own), own);
}

/* Of what is sold in a node from `first` on, the share after `begins`, before which the venture makes it. */
static lanes share_made(const struct outlook_node *node, lanes first, lanes begins)
{
    lanes sold = node->to - most(first, all_lanes(node->from));
    flags sells = (flags)(sold > 0.0);
    return choose(sells, outlook_between((node->to - begins) / choose(sells, sold, all_lanes(1.0)), 0.0, 1.0), all_lanes(0.0));
}

/* The operations and their order are those of the outlook (sell_region), so that sell_same gives the same bits. */
static void sell_region(const struct course_view *c, const struct lone *x, int r, int from, struct lone_sales *sales)
{
    const struct market_plan *market = c->plan->market;
    const struct programme_product_config *product = &x->programme->product[x->partner];
    flags goes_on = (flags)(x->age + x->base > 0.0);
    lanes first = first_sale(x), begins = most(x->wait + x->base, x->supplied), rate[OUTLOOK_NODES];
    lanes start = choose(goes_on, x->age, -first);
    const flags served = ~goes_on & (flags)(begins > first); /* sold before it makes for itself */
    const int waits = any(served);
    lanes launch = known_belief(c->k, product->launch, choose((flags)(x->age > 0.0), all_lanes(1.0), all_lanes(0.0)));
    if (x->programme->tardy) launch *= x->late;
    /* a plan that begins within the node is spread over its active part already */
    lanes price = READ(product->price[r]), least_share = choose(goes_on, all_lanes(0.0), all_lanes(1.0));
    struct outlook_list list;
    outlook_list_read(x->programme->sales[x->partner][r], c->k, &list);
    const int follows = x->programme->follows[x->partner][r], p = x->partner;
    const int taxed = (follows || number_differs(product->dutiable_share, 0.0)) &&
                      decision_outlook_duty(c->plan, c->k, c->grid, x->programme->config->site, r, from, rate);
    const int dutiable = taxed && number_differs(product->dutiable_share, 0.0);
    struct outlook_price following;
    const lanes zero = all_lanes(0.0);
    if (follows) {
        decision_price_read(c->k, x->programme, p, r, x->felt ? x->felt->own[p][r] : zero, x->felt ? x->felt->rivals[p][r] : zero,
                            &following);
    }
    const struct parameter demand = outlook_levels(c->o, market, MARKET_DEMAND, r), fx = outlook_levels(c->o, market, MARKET_FX, r);
    const struct parameter own = outlook_levels(c->o, market, MARKET_SHARE, x->partner), level = outlook_levels(c->o, market, MARKET_PRICE, r);
    const int local = x->programme->localises && r == x->programme->config->localise.to;
    lanes before = outlook_list_sum(&list, start + c->grid->node[from].from);
    for (int k = from; k < c->grid->nodes; k++) {
        const size_t n = (size_t)k;
        lanes after = outlook_list_sum(&list, start + c->grid->node[k].to), share = most(sales->share[k], least_share);
        if (waits) share = choose(served, share_made(&c->grid->node[k], first, begins), share);
        lanes want = (after - before) * launch * at(demand, n) * at(own, n), earned = price, there = zero;
        if (local) there = decision_localise_share(c->plan, x->programme, x->localised, start, &c->grid->node[k]);
        if (follows) {
            lanes factor, volume;
            decision_price_node(&following, &c->grid->node[k], rate[k], rate[k] * (1.0 - there), &factor, &volume);
            want *= volume;
            earned *= factor;
        }
        lanes revenue = want * earned * at(level, n) * at(fx, n);
        sales->want[k] += want * share;
        sales->revenue[k] += revenue * share;
        before = after;
        if (local) {
            lanes made = want * share * there;
            sales->local[k] += made;
            if (dutiable) sales->duty[k] += (want * share - made) * rate[k];
        } else if (dutiable) {
            sales->duty[k] += want * share * rate[k];
        }
    }
    sales->dutiable |= dutiable;
}

/* Region of a plan that is the venture's, in one region alone: where it goes on it sells what the venture would. -1: no such. */
static int same_region(const struct course_view *c, const struct lone *x)
{
    int same = -1;
    for (int r = 0; r < x->programme->regions; r++) {
        if (x->programme->sales[x->partner][r] != c->plan->venture->sales[x->partner][r]) return -1;
        if (!x->programme->sales[x->partner][r]) continue;
        if (same >= 0) return -1;
        same = r;
    }
    return same;
}

static void sell_same(const struct course_view *c, const struct lone *x, int r, int from, struct lone_sales *sales)
{
    const struct programme_product_config *product = &x->programme->product[x->partner];
    lanes rate[OUTLOOK_NODES];
    sales->dutiable = number_differs(product->dutiable_share, 0.0) &&
                      decision_outlook_duty(c->plan, c->k, c->grid, x->programme->config->site, r, from, rate);
    for (int k = from; k < c->grid->nodes; k++) {
        sales->want[k] = c->o->want[x->partner][k] * sales->share[k];
        sales->revenue[k] = c->o->revenue[x->partner][k] * sales->share[k];
        if (sales->dutiable) sales->duty[k] = sales->want[k] * rate[k];
    }
}

static void sell_once(const struct course_view *c, const struct lone *x, int from, struct lone_sales *sales)
{
    const struct programme_product_config *product = &x->programme->product[x->partner];
    const struct programme_plan *venture = c->plan->venture;
    const int differs = x->programme->tardy || x->programme->localises || x->programme->passes || venture->passes || venture->brands ||
                        venture->succeeds; /* whose sales are a mean over its starts */
    const int same = differs ? -1 : same_region(c, x);
    sales->dutiable = 0;
    sales->own_costs = number_differs(product->own_unit_cost, 0.0) || number_differs(product->own_fixed_cost, 0.0);
    sales->own_unit = READ(product->own_unit_cost);
    if (x->programme->strong) sales->own_unit *= decision_strength_of(c->k, x->programme, STRENGTH_ACCESS);
    sales->own_fixed = READ(product->own_fixed_cost);
    sales->duty_share = READ(product->dutiable_share);
    lanes begins = most(x->wait + x->base, x->supplied);
    for (int k = from; k < c->grid->nodes; k++) {
        const struct outlook_node *node = &c->grid->node[k];
        sales->share[k] = outlook_between((node->to - begins) * (1.0 / node->years), 0.0, 1.0);
        sales->want[k] = sales->revenue[k] = sales->duty[k] = all_lanes(0.0);
        if (x->programme->localises) sales->local[k] = all_lanes(0.0);
    }
    if (same >= 0 && x->programme->later && !any((flags)(x->age + x->base <= 0.0))) {
        sell_same(c, x, same, from, sales);
        return;
    }
    for (int r = 0; r < x->programme->regions; r++) {
        if (x->programme->sales[x->partner][r]) sell_region(c, x, r, from, sales);
    }
}

static void add_sales(const struct course_view *c, const struct lone *x, int from, lanes weight, const struct lone_sales *one,
                      struct lone_sales *sales)
{
    lanes *const sum[5] = {sales->share, sales->want, sales->revenue, sales->duty, sales->local};
    const lanes *const part[5] = {one->share, one->want, one->revenue, one->duty, one->local};
    for (int n = 0; n < (x->programme->localises ? 5 : 4); n++) {
        for (int k = from; k < c->grid->nodes; k++) sum[n][k] += weight * part[n][k];
    }
    sales->dutiable = one->dutiable;
    sales->own_costs = one->own_costs;
    sales->own_unit = one->own_unit;
    sales->own_fixed = one->own_fixed;
    sales->duty_share = one->duty_share;
}

static void clear_sales(const struct course_view *c, int from, struct lone_sales *sales)
{
    lanes *const sum[5] = {sales->share, sales->want, sales->revenue, sales->duty, sales->local};
    for (int n = 0; n < 5; n++) {
        for (int k = from; k < c->grid->nodes; k++) sum[n][k] = all_lanes(0.0);
    }
}

/* Where success is still to come: the mean over the times at which production may start. */
RARE_FUNCTION void sell_mixed(const struct course_view *c, const struct lone *x, int from, struct lone_sales *sales)
{
    struct lone at = *x;
    struct lone_sales one;
    const double base = x->programme->later ? 0.0 : 1.0; /* the product's age goes on after an exit, alone it is the programme's */
    clear_sales(c, from, sales);
    for (int j = 0; j < x->ahead->starts.points; j++) {
        at.wait = most(-x->ahead->starts.age[j], all_lanes(0.0));
        if (base > 0.0) at.age = x->ahead->starts.age[j];
        if (x->programme->tardy) decision_sale_wait(c, &at, x->ahead->starts.age[j]);
        sell_once(c, &at, from, &one);
        add_sales(c, x, from, x->ahead->starts.weight[j], &one, sales);
    }
}

static void sell(const struct course_view *c, const struct lone *x, int from, struct lone_sales *sales)
{
    if (x->programme->succeeds) sell_mixed(c, x, from, sales);
    else sell_once(c, x, from, sales);
}

/* After a venture that must succeed: the mean over the times at which the product is first sold. */
RARE_FUNCTION void sell_after(const struct course_view *c, const struct lone *x, int from, struct lone_sales *sales)
{
    const flags sold = (flags)(x->age > 0.0);
    struct lone at = *x;
    struct lone_sales one;
    clear_sales(c, from, sales);
    for (int j = 0; j < c->o->starts.points; j++) {
        at.age = choose(sold, x->age, decision_outlook_age(c->plan, c->k, c->o, x->partner, j));
        if (x->programme->tardy) {
            decision_sale_wait(c, &at, -x->wait);
            at.late = choose(sold, x->late, at.late);
        }
        sell(c, &at, from, &one);
        add_sales(c, x, from, c->o->starts.weight[j], &one, sales);
    }
}

/* Late against its own plan; and what the venture's lateness cost a product that was sold before goes on. */
void decision_sale_wait(const struct course_view *c, struct lone *x, lanes years)
{
    const struct programme_plan *programme = x->programme, *before = programme->before;
    const double d = c->plan->years_per_step;
    const int p = x->partner;
    lanes cost = READ(programme->config->late_penalty) * programme_late_years(x->begun - years, programme->due_sale[p], d);
    if (before && before->tardy) {
        flags sold = (flags)(x->age + x->base > x->begun + 0.5 * d);
        lanes late = programme_late_years((double)c->grid->now * d - x->age, before->due_sale[p], d);
        cost += choose(sold, READ(before->config->late_penalty) * late, all_lanes(0.0));
    }
    x->late = exp_lanes(-cost);
}

void decision_sale_run(const struct course_view *c, const struct lone *x, int from, struct lone_sales *sales)
{
    if (c->plan->venture->succeeds && any((flags)(x->supplied > 0.0) & (flags)(x->age <= 0.0))) sell_after(c, x, from, sales);
    else sell(c, x, from, sales);
    if (x->programme->cannibal[x->partner]) sales->taken = decision_brand_unit(c, x->partner, x->partner);
    for (int k = from; x->programme->localises && k < c->grid->nodes; k++) {
        decision_localise_cost(c->k, x->programme, 1, sales->want[k], &sales->local[k], &sales->local_cost[k], &sales->duty[k]);
    }
}
#undef READ
