/* Tables that are kept are the tables that are made. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/status.h"
#include "random/memo.h"

static double made[RANDOM_TABLE_SIZE], kept[RANDOM_TABLE_SIZE];

Test(random_memo, gives_the_bits_of_the_table_first_and_again_and_when_more_are_asked_for_than_are_kept)
{
    for (int round = 0; round < 2; round++) {
        for (int k = 0; k < RANDOM_MEMO_TABLES + 3; k++) {
            const double a = 0.5 + 0.125 * k, b = 40.0 - 0.5 * k;
            cr_assert_eq(random_memo_fill(DISTRIBUTION_BETA, a, b, kept), STATUS_OK);
            if (k % 16) continue;
            cr_assert_eq(random_table_fill(DISTRIBUTION_BETA, a, b, made), STATUS_OK);
            cr_expect_eq(memcmp(made, kept, sizeof made), 0, "beta(%g, %g), round %d", a, b, round);
        }
    }
}

Test(random_memo, tells_kinds_shapes_and_scores_apart)
{
    double reach = 0.0, again = 0.0;
    cr_assert_eq(random_table_fill_score(DISTRIBUTION_STUDENT, 4.0, 0.0, made, &reach), STATUS_OK);
    for (int round = 0; round < 2; round++) {
        cr_assert_eq(random_memo_fill(DISTRIBUTION_STUDENT, 4.0, 0.0, kept), STATUS_OK);
        cr_expect_neq(memcmp(made, kept, sizeof made), 0);
        cr_assert_eq(random_memo_fill_score(DISTRIBUTION_STUDENT, 4.0, 0.0, kept, &again), STATUS_OK);
        cr_expect_eq(memcmp(made, kept, sizeof made), 0);
        cr_expect_eq(again, reach);
    }
    cr_assert_eq(random_memo_fill(DISTRIBUTION_GAMMA, 4.0, 0.0, kept), STATUS_OK);
    cr_assert_eq(random_table_fill(DISTRIBUTION_GAMMA, 4.0, 0.0, made), STATUS_OK);
    cr_expect_eq(memcmp(made, kept, sizeof made), 0);
    cr_assert_eq(random_memo_fill(DISTRIBUTION_GAMMA, 5.0, 0.0, kept), STATUS_OK);
    cr_expect_neq(memcmp(made, kept, sizeof made), 0);
}
