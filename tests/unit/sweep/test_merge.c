/* Journals of several folders joined by hand. */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sweep/lock.h"
#include "sweep/sweep.h"
#include "unit/sweep/swept_deal.h"

TestSuite(merge, .init = swept_deal_begin, .fini = swept_deal_end, .timeout = 200);

/* One of three shards, alone in OUT.parts. */
static void run_shard(const char *name, int shard)
{
    swept_config.shards = 3;
    swept_config.shard = shard;
    cr_assert_eq(swept_run(name), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(swept_outcome.merged, 0);
    swept_config.shards = swept_config.shard = 0;
}

static int merge(const char *name, const char *const *folder, int count)
{
    const char *parts[4];
    for (int k = 0; k < count; k++) parts[k] = swept_in(folder[k]);
    swept_forget();
    memset(&swept_outcome, 0, sizeof swept_outcome);
    swept_config.run.output = swept_in(name);
    const int status = sweep_merge(&swept_deal, &swept_config, parts, count, &swept_outcome, &swept_report);
    cr_expect(!swept_there("out.h5.lock"));
    return status;
}

Test(merge, folders_in_any_order_give_the_same_as_at_one_go)
{
    static const char *const orders[3][3] = {{"b.h5.parts", "c.h5.parts", "a.h5.parts"},
                                             {"c.h5.parts", "a.h5.parts", "b.h5.parts"},
                                             {"a.h5.parts", "b.h5.parts", "c.h5.parts"}};
    char straight[RESULT_DIGEST];
    strcpy(straight, swept_straight());
    run_shard("a.h5", 1);
    run_shard("b.h5", 2);
    run_shard("c.h5", 3);
    for (int k = 0; k < 3; k++) {
        cr_assert_eq(merge("out.h5", orders[k], 3), STATUS_OK, "%s", swept_messages());
        cr_expect(swept_outcome.done == SWEPT_ROWS && swept_outcome.merged && !swept_outcome.failed &&
                  swept_outcome.points == SWEPT_ROWS);
        swept_expect_result("out.h5", straight);
        unlink(swept_in("out.h5"));
    }
    cr_expect(swept_there("a.h5.parts"), "the journals of other results are not ours to remove");
}

Test(merge, missing_points_are_told_and_nothing_is_written_unless_that_is_wanted)
{
    const char *const one[] = {"b.h5.parts"};
    run_shard("out.h5", 1);
    run_shard("b.h5", 3);
    cr_expect_eq(merge("out.h5", one, 1), STATUS_PARTIAL);
    cr_expect(swept_told("4 of 12 points are missing; run them, or merge --partial"), "%s", swept_messages());
    cr_expect(swept_outcome.done == 8 && !swept_outcome.merged && !swept_there("out.h5") && swept_there("out.h5.parts"));
    swept_config.partial = 1;
    cr_expect_eq(merge("out.h5", one, 1), STATUS_PARTIAL);
    cr_expect(swept_told("4 of 12 points have no numbers; the first is p1: not run"), "%s", swept_messages());
    cr_expect(swept_outcome.merged && swept_there("out.h5") && swept_there("out.h5.parts"));
    cr_expect_eq(merge("out.h5", one, 1), STATUS_FILE, "the result is there: %s", swept_messages());
}

Test(merge, what_is_missing_has_no_number_and_the_rest_has_those_of_the_whole)
{
    struct output_result *part = NULL, *whole = NULL;
    swept_straight();
    run_shard("out.h5", 2);
    swept_config.partial = 1;
    cr_assert_eq(merge("out.h5", NULL, 0), STATUS_PARTIAL);
    cr_assert_eq(output_result_open(&part, swept_in("out.h5"), &swept_report), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(output_result_open(&whole, swept_in("straight.h5"), &swept_report), STATUS_OK, "%s", swept_messages());
    const size_t n = output_result_table(whole)->doubles;
    double *got = calloc(n, sizeof *got), *want = calloc(n, sizeof *want);
    for (size_t k = 0; k < SWEPT_ROWS; k++) {
        cr_assert_eq(output_result_scenario(part, k, got, &swept_report), STATUS_OK);
        cr_assert_eq(output_result_scenario(whole, k, want, &swept_report), STATUS_OK);
        if (k % 3 == 1) cr_expect(memcmp(got, want, n * sizeof *got) == 0, "point %zu", k);
        else for (size_t c = 0; c < n; c++) cr_assert(isnan(got[c]), "point %zu has a number", k);
    }
    output_result_close(part);
    output_result_close(whole);
    free(got);
    free(want);
}

Test(merge, journals_of_another_sweep_are_refused)
{
    const char *const one[] = {"b.h5.parts"};
    run_shard("out.h5", 1);
    swept_config.run.seed = 2;
    run_shard("b.h5", 2);
    swept_config.run.seed = 1;
    swept_config.partial = 1;
    cr_expect_eq(merge("out.h5", one, 1), STATUS_REFUSED);
    cr_expect(swept_told("--seed"), "%s", swept_messages());
    cr_expect(!swept_outcome.merged && !swept_there("out.h5"));
}

Test(merge, while_a_sweep_is_at_it_nothing_is_joined)
{
    struct sweep_lock lock;
    run_shard("out.h5", 1);
    cr_assert_eq(sweep_lock_take(&lock, swept_in("out.h5.lock"), &swept_report), STATUS_OK);
    swept_forget();
    swept_config.partial = 1;
    cr_expect_eq(sweep_merge(&swept_deal, &swept_config, NULL, 0, &swept_outcome, &swept_report), STATUS_FILE);
    cr_expect(swept_told("another process"), "%s", swept_messages());
    cr_expect(!swept_there("out.h5") && swept_there("out.h5.lock"));
    sweep_lock_release(&lock);
}

Test(merge, the_outcome_is_told_whatever_stood_in_it_before)
{
    memset(&swept_outcome, 0x55, sizeof swept_outcome);
    swept_config.run.output = swept_in("nowhere/out.h5");
    cr_expect_eq(sweep_merge(&swept_deal, &swept_config, NULL, 0, &swept_outcome, &swept_report), STATUS_FILE);
    cr_expect(!swept_outcome.merged && !swept_outcome.here && !swept_outcome.done && !swept_outcome.failed,
              "it says that it was merged");
}
