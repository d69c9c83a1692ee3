/* An indexed transfer price along the nodes of an outlook. docs/model.md (5.2), (7.3). */
#include "decision/prospect.h"

#define READ(number) known_number(c->k, number)

void decision_transfer_run(const struct course_view *c, lanes price[])
{
    const struct contract_price_config *config = &c->plan->contract->config->price;
    const struct market_plan *market = c->plan->market;
    struct parameter level = {&c->o->one, 0};
    if (config->index_region >= 0) level = outlook_levels(c->o, market, MARKET_PRICE, config->index_region);
    if (config->index_input >= 0) level = outlook_levels(c->o, market, MARKET_INPUT, config->index_input);
    lanes start = READ(config->price), floor = READ(config->floor), cap = READ(config->cap);
    for (int k = 0; k < c->grid->nodes; k++) {
        const double inflation = c->grid->node[k].prices;
        lanes asked = start * at(level, (size_t)k) * (config->index_region >= 0 ? 1.0 : inflation);
        price[k] = least(most(asked, floor * inflation), cap * inflation);
    }
}
#undef READ
