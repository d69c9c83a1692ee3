#include "decision/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"

struct memory { /* what is left to be cut into arrays */
    struct outlook_node *node;
    double *number;
};

static double *take(struct memory *memory, int count)
{
    double *numbers = memory->number;
    memory->number += count;
    return numbers;
}

/* docs/model.md (1.2): what is spent in a step is depreciated from that step on. */
static double spared(const struct decision_plan *plan, int steps)
{
    double sum = 0.0;
    for (int s = 1; s <= steps; s++) sum += plan->kept[s] - plan->kept[steps];
    return sum / (double)steps;
}

static void add_node(const struct decision_plan *plan, struct outlook_grid *grid, int first, int end)
{
    struct outlook_node *node = &grid->node[grid->nodes++];
    const int now = grid->now;
    node->first = first;
    node->end = end;
    node->from = (double)(first - now) * plan->years_per_step;
    node->to = (double)(end - now) * plan->years_per_step;
    node->years = (double)(end - first) * plan->years_per_step;
    node->ahead_of_start = 0.5 * (1.0 - 1.0 / (double)(end - first));
    node->half = first + end - 2 * now - 1;
    node->middle = first + end;
    node->ahead = now ? first + end - 2 * now + 1 : first + end;
    node->kept = plan->kept[end - first];
    node->spared = spared(plan, end - first);
    node->prices = plan->prices[node->middle];
    node->venture_prices = plan->venture_prices[node->middle];
    node->variety = elementary_exp(plan->market->config->fragmentation * 0.5 * (double)node->middle * plan->years_per_step);
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
        sum += rate * left * (1.0 - node->kept) * grid->discount[p][k];
        left *= node->kept;
    }
    grid->shields[p] = sum;
    grid->left[p] = left * plan->discount[p][2 * (plan->steps - grid->now) - 1];
}

/* docs/model.md (7.3): E level = scale exp(g t + X e^{-kappa tau} - sigma^2 v e^{-2 kappa tau} / 2) for X = 0. */
static void set_factor(const struct decision_plan *plan, struct outlook_grid *grid, int f, struct memory *memory)
{
    const struct market_factor *factor = &plan->market->factor[f];
    const struct param_number growth = factor->config->growth, sigma = factor->config->volatility;
    const double spread = grid->now ? 0.5 * sigma.value * sigma.value * factor->variance[grid->now - 1] : 0.0;
    grid->decay[f] = take(memory, grid->nodes);
    if (factor->lowered) grid->lowered[f] = take(memory, grid->nodes);
    if (growth.draw < 0 && sigma.draw < 0) grid->trend[f] = take(memory, grid->nodes);
    for (int k = 0; k < grid->nodes; k++) {
        const double decay = plan->decay[f][grid->node[k].ahead], time = 0.5 * (double)grid->node[k].middle * plan->years_per_step;
        double less = spread * decay * decay;
        grid->decay[f][k] = decay;
        if (grid->lowered[f]) {
            const double kappa = factor->config->mean_reversion, from_start = plan->decay[f][grid->node[k].middle];
            grid->lowered[f][k] = factor->price_of_risk * (kappa > 0.0 ? (1.0 - from_start) / kappa : time);
            less += sigma.value * grid->lowered[f][k];
        }
        if (grid->trend[f]) grid->trend[f][k] = factor->scale * elementary_exp(growth.value * time - less);
    }
}

static void set_support(const struct decision_plan *plan, struct outlook_grid *grid, int s, struct memory *memory)
{
    const double *survival = plan->survival[s];
    const int repealed = number_differs(plan->market->subsidy[s].config->repeal_rate, 0.0);
    grid->support[s] = take(memory, grid->nodes);
    for (int k = 0; k < grid->nodes; k++) {
        const struct outlook_node *node = &grid->node[k];
        const double paid = (plan->schedule[s][node->end] - plan->schedule[s][node->first]) / (double)(node->end - node->first);
        grid->support[s][k] = repealed && survival ? paid * survival[node->first + node->end + 1 - 2 * grid->now] : paid;
    }
}

static void set_grid(const struct decision_plan *plan, int now, int notice_steps, struct memory *memory, struct outlook_grid *grid)
{
    int settle = now + notice_steps;
    grid->now = now;
    grid->node = memory->node;
    if (settle > plan->steps) settle = plan->steps;
    grid->settle_steps = settle - now;
    add_nodes(plan, grid, now, settle);
    grid->settle = grid->nodes;
    add_nodes(plan, grid, settle, plan->steps);
    memory->node += grid->nodes;
    for (int p = 0; p < plan->partners; p++) {
        grid->discount[p] = take(memory, grid->nodes);
        for (int k = 0; k < grid->nodes; k++) grid->discount[p][k] = plan->discount[p][grid->node[k].half];
        set_shield(plan, grid, p);
    }
    for (int f = 0; f < plan->market->factors; f++) set_factor(plan, grid, f, memory);
    for (int s = 0; s < plan->market->subsidies; s++) set_support(plan, grid, s, memory);
}

/* No grid has more nodes than years left and two shorter ones. */
static size_t most_nodes(const struct decision_plan *plan)
{
    size_t nodes = 0;
    for (int n = 0; n < plan->steps; n++) nodes += (size_t)((plan->steps - n) / plan->steps_per_year + 2);
    return 2 * nodes;
}

int decision_grid_init(struct decision_plan *plan, struct report *report)
{
    const size_t nodes = most_nodes(plan), steps = (size_t)plan->steps;
    const size_t numbers = (size_t)(plan->partners + 3 * plan->market->factors + plan->market->subsidies);
    struct memory memory;
    plan->grids = calloc(2 * steps, sizeof *plan->grids);
    plan->nodes = memory.node = malloc(nodes * sizeof *plan->nodes);
    plan->numbers = memory.number = malloc((nodes * numbers + 1) * sizeof *plan->numbers);
    if (!plan->grids || !plan->nodes || !plan->numbers) {
        return report_error(report, STATUS_MEMORY, (struct place){0}, NULL, "out of memory");
    }
    for (int n = 0; n < plan->steps; n++) {
        set_grid(plan, n, plan->notice_steps, &memory, &plan->grids[n]);
        set_grid(plan, n, 0, &memory, &plan->grids[plan->steps + n]);
    }
    plan->with_notice = plan->grids;
    plan->at_once = plan->grids + plan->steps;
    return STATUS_OK;
}

void decision_grid_free(struct decision_plan *plan)
{
    free(plan->grids);
    free(plan->nodes);
    free(plan->numbers);
}
