/* What is made of what is ordered, under a drive that the partners changed. */
#include "support/ports.h"

static double kept;

static void lose_volume_in_step_2(struct engine_block *block, int step)
{
    ports_set(block->contract.volume, step == 2 ? kept : 1.0);
}

Test(programme_volume, capacity_rations_what_a_deadlock_leaves)
{
    static const double share[2] = {0.99, 0.5}; /* of 117.742363 ordered; the plant makes 115 */
    for (int k = 0; k < 2; k++) {
        struct ports p;
        kept = share[k];
        ports_load(&p);
        ports_run(&p, lose_volume_in_step_2);
        EXPECT_NEAR(p.seen[2].ordered[0] + p.seen[2].ordered[1], 117.742363, 1e-5);
        EXPECT_NEAR(p.seen[2].made[0] + p.seen[2].made[1], fmin(115, kept * 117.742363), 1e-5);
        EXPECT_NEAR(p.seen[2].made[0] / p.seen[2].ordered[0], p.seen[2].made[1] / p.seen[2].ordered[1], 1e-12);
        ports_free(&p);
    }
}

static void unshared_from_step_2(struct engine_block *block, int step)
{
    if (step == 2) ports_set(block->contract.sharing, 0.0);
}

/* Without sharing the cost in step 2 is that of going alone at the volumes made: 6 (v/100)^-0.03 + 4 (v/100)^-0.06 (1 + Q/100)^-b. */
Test(programme_cost, follows_sharing_and_not_scope)
{
    struct ports p;
    ports_load(&p);
    ports_run(&p, unshared_from_step_2);
    const double v = 32.857143 / 100, learnt = pow(1 + 24.730909 / 100, -0.234465);
    EXPECT_NEAR(p.seen[2].transfer_price[1], 1.05 * (6 * pow(v, -0.03) + 4 * pow(v, -0.06) * learnt), 1e-4);
    EXPECT_NEAR(p.seen[2].flow[0][LINE_FRICTION], -3.0345, 1e-5); /* coordination follows scope */
    ports_free(&p);
}
