/* Know-how that a partner keeps: a stock built by development, worth something when a programme ends; docs/model.md (8.3). */
#include "base/lanes_math.h"
#include "base/money.h"
#include "value/value.h"

/* Kn' = Kn e^{-decay d} + spent. */
static void grow(const struct value_plan *plan, int p, const lanes *drawn, const lanes *restrict spent, lanes *restrict stock)
{
    PARAMETER(decay, drawn, plan->config->know_how[p].decay);
    const int fades = number_differs(plan->config->know_how[p].decay, 0.0);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        if (fades) stock[i] *= exp_lanes(-at(decay, i) * plan->years_per_step);
        stock[i] += spent[i];
    }
}

/* Spending before the start of production, M{currency} in the step. */
static lanes development(const struct programme_block *programme, size_t i)
{
    return choose((flags)(programme->production[i] >= 0.0), all_lanes(0.0), programme->capex[i]);
}

/* Each partner learns from all that the venture spends on common parts (know-how is not used up by sharing), from its own part, by
   equity, of the rest, as it would alone, and from its own programme until its product is made, while it is in. */
static void develop_together(const struct value_plan *plan, struct value_block *block, int p, const struct contract_block *contract,
                             const struct programme_block *venture, const struct programme_block *own, const lanes *drawn)
{
    PARAMETER(common, drawn, plan->contract->venture->config->common_share);
    lanes spent[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes base = value_know_how_base(at(common, i), at(contract->terms.equity[p], i));
        spent[i] = base * development(venture, i);
        flags made = (flags)(venture->production[i] >= 0.0);
        if (own) spent[i] += choose(made & (flags)(own->production[i] >= 0.0), all_lanes(0.0), own->capex[i]);
        spent[i] *= at(contract->terms.in[p], i);
    }
    grow(plan, p, drawn, spent, block->know_how[p]);
}

static void develop_alone(const struct value_plan *plan, struct value_block *block, int p, const struct programme_block *alone,
                          const lanes *drawn)
{
    lanes spent[BLOCK_LANES];
    for (size_t i = 0; i < BLOCK_LANES; i++) spent[i] = alone ? development(alone, i) : all_lanes(0.0);
    grow(plan, p, drawn, spent, block->alone_know_how[p]);
}

void value_know_how_step(const struct value_plan *plan, struct value_block *block, const struct contract_block *contract,
                         const struct programme_block *venture, struct programme_block *const own[],
                         struct programme_block *const alone[], const lanes *drawn)
{
    for (int p = 0; p < plan->partners; p++) {
        if (!plan->know_how[p]) continue;
        develop_together(plan, block, p, contract, venture, own[p], drawn);
        develop_alone(plan, block, p, alone[p], drawn);
    }
}

/* min(kept x Kn, cap), untaxed and no cash. What was credited at an exit is not credited again. */
void value_know_how_end(const struct value_plan *plan, struct value_block *block, int partner, const lanes *drawn)
{
    const struct value_know_how_config *config = &plan->config->know_how[partner];
    const double df = plan->discount[partner][plan->steps];
    const lanes *credited = block->credited[partner];
    PARAMETER(kept, drawn, config->kept);
    PARAMETER(cap, drawn, config->cap);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        lanes with = money(least(at(kept, i) * block->know_how[partner][i], at(cap, i)));
        lanes alone = money(least(at(kept, i) * block->alone_know_how[partner][i], at(cap, i)));
        if (credited) with = choose((flags)(credited[i] > 0.0), all_lanes(0.0), with);
        block->ledger[partner][LINE_KNOW_HOW][i] += with * df;
        block->alone_value[partner][i] += alone * df;
    }
}
