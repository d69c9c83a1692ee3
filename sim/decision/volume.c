/* What the venture's products are wanted, earn, pay duty on and cost their partners along the nodes. docs/model.md (7.3). */
#include "decision/outlook.h"

/* Volumes and revenue in one region, added to those of others: what is the same in all nodes. */
struct outlook_region {
    struct parameter demand, share, level, fx;
    struct outlook_list list;
    lanes age, launch, price;
    int dutiable, follows, local;
};

/* Where prices follow duties or a plant stands in the region. */
RARE_FUNCTION void sell_changed(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p, int r,
                         const struct outlook_region *x, const lanes *rate, struct outlook *o)
{
    struct outlook_price following;
    lanes before = outlook_list_sum(&x->list, x->age);
    if (x->follows) decision_price_read(known, plan->venture, p, r, known->felt.own[p][r], known->felt.rivals[p][r], &following);
    for (int k = 0; k < grid->nodes; k++) {
        const size_t n = (size_t)k;
        lanes after = outlook_list_sum(&x->list, x->age + grid->node[k].to), planned = after - before;
        lanes want = planned * x->launch * at(x->demand, n) * at(x->share, n), there = all_lanes(0.0), earned = x->price;
        if (x->local) there = decision_localise_share(plan, plan->venture, known->venture.localised, x->age, &grid->node[k]);
        if (x->follows) {
            lanes factor, volume;
            if (k == grid->settle) {
                o->felt.own[p][r] = following.own;
                o->felt.rivals[p][r] = following.rivals;
            }
            decision_price_node(&following, &grid->node[k], rate[k], rate[k] * (1.0 - there), &factor, &volume);
            want *= volume;
            earned *= factor;
        }
        o->planned[p][k] += planned;
        o->want[p][k] += want;
        o->revenue[p][k] += want * earned * at(x->level, n) * at(x->fx, n);
        before = after;
        if (x->local) o->local[p][k] += want * there;
        if (x->dutiable) o->duty[p][k] += want * (1.0 - there) * rate[k];
    }
}

static void sell_region(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p, int r,
                        struct outlook *o)
{
    const struct market_plan *market = plan->market;
    const struct programme_product_config *product = &plan->venture->product[p];
    const struct parameter demand = outlook_levels(o, market, MARKET_DEMAND, r), share = outlook_levels(o, market, MARKET_SHARE, p);
    const struct parameter level = outlook_levels(o, market, MARKET_PRICE, r), fx = outlook_levels(o, market, MARKET_FX, r);
    const int follows = plan->venture->follows[p][r], local = plan->venture->localises && r == plan->venture->config->localise.to;
    struct outlook_list list;
    lanes seen = choose((flags)(o->age[p] > 0.0), all_lanes(1.0), all_lanes(0.0)), rate[OUTLOOK_NODES], age = o->age[p];
    lanes launch = known_belief(known, product->launch, seen), price = known_number(known, product->price[r]);
    outlook_list_read(plan->venture->sales[p][r], known, &list);
    if (plan->venture->tardy) launch *= outlook_late(plan, known, p, age);
    const int taxed = (follows || number_differs(product->dutiable_share, 0.0)) &&
                      decision_outlook_duty(plan, known, grid, plan->venture->config->site, r, 0, rate);
    const int dutiable = taxed && number_differs(product->dutiable_share, 0.0);
    o->pays_duty[p] |= dutiable;
    if (follows || local) {
        const struct outlook_region x = {demand, share, level, fx, list, age, launch, price, dutiable, follows, local};
        sell_changed(plan, known, grid, p, r, &x, rate, o);
        return;
    }
    lanes before = outlook_list_sum(&list, age);
    for (int k = 0; k < grid->nodes; k++) {
        const size_t n = (size_t)k;
        lanes after = outlook_list_sum(&list, age + grid->node[k].to), planned = after - before;
        lanes want = planned * launch * at(demand, n) * at(share, n);
        o->planned[p][k] += planned;
        o->want[p][k] += want;
        o->revenue[p][k] += want * price * at(level, n) * at(fx, n);
        before = after;
        if (dutiable) o->duty[p][k] += want * rate[k];
    }
}

lanes decision_volume_selling(const struct decision_plan *plan, const struct known *known, const struct outlook *o, int p,
                              const struct outlook_node *node)
{
    lanes sum = all_lanes(0.0);
    if (!plan->venture->succeeds) return outlook_between((o->age[p] + node->to) / node->years, 0.0, 1.0);
    for (int j = 0; j < o->starts.points; j++) {
        sum += o->starts.weight[j] * outlook_between((decision_outlook_age(plan, known, o, p, j) + node->to) / node->years, 0.0, 1.0);
    }
    return sum;
}

/* Costs of a product that the venture does not bear. */
static void set_own_costs(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p,
                          struct outlook *o)
{
    const struct programme_product_config *product = &plan->venture->product[p];
    lanes unit = known_number(known, product->own_unit_cost), fixed = known_number(known, product->own_fixed_cost);
    o->own_costs[p] = number_differs(product->own_unit_cost, 0.0) || number_differs(product->own_fixed_cost, 0.0);
    for (int k = 0; k < grid->nodes && o->own_costs[p]; k++) {
        const struct outlook_node *node = &grid->node[k];
        const double prices = node->prices;
        lanes selling = decision_volume_selling(plan, known, o, p, node);
        o->own_unit[p][k] = unit * prices;
        if (plan->venture->each) o->own_unit[p][k] *= known_number(known, product->strength[STRENGTH_ACCESS]);
        else if (plan->venture->strong) o->own_unit[p][k] *= o->strength[STRENGTH_ACCESS][k];
        o->own_fixed[p][k] = fixed * (prices * node->years) * selling;
    }
}

/* Of one that takes no units there is at most a fixed cost of its own, docs/model.md (5.1). */
void decision_volume_bear(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, struct outlook *o)
{
    for (int p = 0; p < plan->partners; p++) {
        if (plan->bears[p]) set_own_costs(plan, known, grid, p, o);
    }
}

static void clear_sales(const struct decision_plan *plan, const struct outlook_grid *grid, int p, struct outlook *o)
{
    o->pays_duty[p] = 0;
    for (int r = 0; plan->venture->passes && r < plan->venture->regions; r++) o->felt.own[p][r] = o->felt.rivals[p][r] = all_lanes(0.0);
    for (int k = 0; k < grid->nodes; k++) o->want[p][k] = o->planned[p][k] = o->revenue[p][k] = o->duty[p][k] = all_lanes(0.0);
    for (int k = 0; plan->venture->localises && k < grid->nodes; k++) o->local[p][k] = all_lanes(0.0);
}

static void sell_regions(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p,
                         struct outlook *o)
{
    clear_sales(plan, grid, p, o);
    for (int r = 0; r < plan->venture->regions; r++) {
        if (plan->venture->sales[p][r]) sell_region(plan, known, grid, p, r, o);
    }
}

/* Where success is still to come: the mean over the times at which production may start. */
RARE_FUNCTION void set_mixed_sales(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p,
                            struct outlook *o)
{
    lanes *const column[5] = {o->want[p], o->planned[p], o->revenue[p], o->duty[p], o->local[p]}, age = o->age[p];
    const int columns = plan->venture->localises ? 5 : 4;
    lanes sum[5][OUTLOOK_NODES];
    for (int k = 0; k < grid->nodes; k++) sum[0][k] = sum[1][k] = sum[2][k] = sum[3][k] = sum[4][k] = all_lanes(0.0);
    for (int j = 0; j < o->starts.points; j++) {
        o->age[p] = decision_outlook_age(plan, known, o, p, j);
        sell_regions(plan, known, grid, p, o);
        for (int n = 0; n < columns; n++) {
            for (int k = 0; k < grid->nodes; k++) sum[n][k] += o->starts.weight[j] * column[n][k];
        }
    }
    o->age[p] = age;
    for (int n = 0; n < columns; n++) {
        for (int k = 0; k < grid->nodes; k++) column[n][k] = sum[n][k];
    }
}

void decision_volume_look(const struct decision_plan *plan, const struct known *known, const struct outlook_grid *grid, int p,
                          struct outlook *o)
{
    if (plan->venture->succeeds) set_mixed_sales(plan, known, grid, p, o);
    else sell_regions(plan, known, grid, p, o);
    for (int k = 0; plan->venture->localises && k < grid->nodes; k++) {
        decision_localise_cost(known, plan->venture, !plan->contract->indexed, o->want[p][k], &o->local[p][k], &o->local_cost[p][k],
                               &o->duty[p][k]);
    }
    set_own_costs(plan, known, grid, p, o);
}
