/* Prices that follow a duty, along the nodes of a projection: at the expected duty, what is felt of it moving on. docs/model.md (4.3),
   (7.3). */
#include "decision/prospect.h"

void decision_price_read(const struct known *known, const struct programme_plan *programme, int partner,
                         int region, lanes own, lanes rivals, struct outlook_price *price)
{
    const struct programme_product_config *product = &programme->product[partner];
    price->customs_share = known_number(known, product->customs_share);
    price->first = known_number(known, product->pass_first);
    price->lasting = known_number(known, product->pass_long);
    price->elastic = number_differs(product->elasticity, 0.0);
    price->elasticity = known_number(known, product->elasticity);
    price->exposed = known_number(known, product->rivals_exposed);
    price->own = own;
    price->rivals = rivals;
    price->start = programme->start_duty[region];
    price->left = programme->pass_left[partner];
}

/* Mean of what is felt over the steps of a node with one change of duty; s goes on to its end. */
static lanes feel(const struct outlook_price *price, const struct outlook_node *node, lanes change, lanes *s)
{
    double power = 1.0, sum = 0.0;
    for (int n = node->first; n < node->end; n++) sum += power *= price->left;
    lanes mean = change + (*s - change) * (sum / (double)(node->end - node->first));
    *s = change + (*s - change) * power;
    return mean;
}

void decision_price_node(struct outlook_price *price, const struct outlook_node *node, lanes duty, lanes own, lanes *factor, lanes *volume)
{
    lanes change = own - price->start, felt = feel(price, node, change, &price->own);
    *factor = programme_price_of(price->customs_share, price->first, price->lasting, change, felt);
    *volume = all_lanes(1.0);
    change = duty - price->start;
    felt = feel(price, node, change, &price->rivals);
    if (!price->elastic) return;
    lanes rivals = programme_price_of(price->customs_share, price->first, price->lasting, change, felt);
    *volume = programme_price_volume(*factor, rivals, price->exposed, price->elasticity);
}
