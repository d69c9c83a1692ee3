/* A sweep at one go, stopped, gone on with, in shards, on threads: the same bits; and points that fail. */
#include "sweep/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit/sweep/swept_deal.h"

TestSuite(run, .init = swept_deal_begin, .fini = swept_deal_end, .timeout = 200);

static void expect_outcome(uint64_t done, uint64_t failed, uint64_t here, int merged)
{
    cr_expect_eq(swept_outcome.points, (uint64_t)SWEPT_ROWS);
    cr_expect(swept_outcome.done == done && swept_outcome.failed == failed && swept_outcome.here == here &&
                  swept_outcome.merged == merged,
              "done %d, failed %d, here %d, merged %d", (int)swept_outcome.done, (int)swept_outcome.failed,
              (int)swept_outcome.here, swept_outcome.merged);
}

Test(run, at_one_go_it_leaves_the_result_alone_and_does_not_touch_one_that_is_there)
{
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    expect_outcome(SWEPT_ROWS, 0, SWEPT_ROWS, 1);
    cr_expect_gt(swept_outcome.seconds, 0.0);
    cr_expect_eq(swept_entries(swept_folder), 1, "something is left beside the result");
    char digest[RESULT_DIGEST];
    strcpy(digest, swept_digest("out.h5"));
    swept_config.run.seed = 2;
    cr_expect_eq(swept_run("out.h5"), STATUS_FILE);
    cr_expect(swept_told("exists already"), "%s", swept_messages());
    expect_outcome(0, 0, 0, 0);
    swept_expect_result("out.h5", digest);
    swept_config.run.force = 1;
    cr_expect_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    cr_expect_str_neq(swept_digest("out.h5"), digest, "another seed gives other numbers");
}

Test(run, of_all_rows_it_is_what_a_run_of_the_same_table_writes)
{
    struct study_result result = {0};
    struct study_run_config run = swept_config.run;
    swept_config.level = RESULT_FULL;
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    run.output = swept_in("run.h5");
    cr_assert_eq(study_run(&swept_deal, &run, &result, &swept_report), STATUS_OK, "%s", swept_messages());
    study_result_free(&result);
    cr_expect_str_eq(swept_digest("out.h5"), swept_digest("run.h5"));
}

/* ---- Stopped and gone on with ---- */

Test(run, stopped_and_given_again_until_it_is_through_it_is_the_same)
{
    const char *straight = swept_straight();
    uint64_t done = 0;
    for (int rounds = 0; done < SWEPT_ROWS; rounds++) {
        cr_assert_lt(rounds, 10);
        const uint64_t before = done;
        const int status = swept_run_some("out.h5", 5);
        done = swept_outcome.done;
        expect_outcome(done, 0, done - before, done == SWEPT_ROWS);
        cr_assert_eq(status, done < SWEPT_ROWS ? STATUS_STOPPED : STATUS_OK, "%s", swept_messages());
        cr_expect_eq(swept_report.shown, 0, "%s", swept_messages());
        cr_assert_eq(done, before + 5 < SWEPT_ROWS ? before + 5 : SWEPT_ROWS, "%d points", (int)done);
        cr_assert_eq(swept_there("out.h5"), done == SWEPT_ROWS);
    }
    swept_expect_result("out.h5", straight);
}

Test(run, where_time_runs_out_the_same_command_goes_on)
{
    const char *straight = swept_straight();
    swept_config.seconds = 1e-9;
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL);
    cr_expect(swept_told("time ran out at 0 of 12 points; the same command goes on"), "%s", swept_messages());
    expect_outcome(0, 0, 0, 0);
    cr_expect(!swept_there("out.h5.lock"));
    swept_config.seconds = 1000.0;
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    swept_expect_result("out.h5", straight);
}

Test(run, stopped_as_it_joins_it_joins_when_it_is_given_again)
{
    const char *straight = swept_straight();
    cr_assert_eq(swept_run_unmerged("out.h5"), STATUS_STOPPED);
    cr_expect(!swept_there("out.h5") && swept_there("out.h5.parts/all.journal"));
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    expect_outcome(SWEPT_ROWS, 0, 0, 1);
    swept_expect_result("out.h5", straight);
}

Test(run, a_damaged_record_is_run_again_with_a_warning)
{
    const char *straight = swept_straight();
    unsigned char *bytes;
    cr_assert_eq(swept_run_some("out.h5", 6), STATUS_STOPPED);
    const size_t size = swept_read(swept_in("out.h5.parts/all.journal"), &bytes);
    bytes[size / 2] ^= 64;
    swept_write(swept_in("out.h5.parts/all.journal"), bytes, size);
    free(bytes);
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    cr_expect(swept_report.warnings && swept_told("passed over"), "%s", swept_messages());
    expect_outcome(SWEPT_ROWS, 0, SWEPT_ROWS - 5, 1);
    swept_expect_result("out.h5", straight);
}

/* A process that was killed behind the rename leaves the result and the journals. */
static void copy(const char *from, const char *to)
{
    unsigned char *bytes;
    const size_t size = swept_read(swept_in(from), &bytes);
    swept_write(swept_in(to), bytes, size);
    free(bytes);
}

Test(run, killed_as_it_cleared_up_it_clears_up_when_it_is_given_again)
{
    const char *straight = swept_straight();
    cr_assert_eq(swept_run_unmerged("out.h5"), STATUS_STOPPED);
    copy("straight.h5", "out.h5");
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    expect_outcome(SWEPT_ROWS, 0, 0, 1);
    swept_expect_result("out.h5", straight);
}

Test(run, beside_the_result_of_another_sweep_nothing_is_harmed)
{
    char other[RESULT_DIGEST];
    swept_config.run.seed = 2;
    strcpy(other, swept_straight());
    swept_config.run.seed = 1;
    cr_assert_eq(swept_run_unmerged("out.h5"), STATUS_STOPPED);
    copy("straight.h5", "out.h5");
    cr_expect_eq(swept_run("out.h5"), STATUS_FILE);
    cr_expect(swept_told("exists already"), "%s", swept_messages());
    cr_expect_str_eq(swept_digest("out.h5"), other);
    cr_expect(swept_there("out.h5.parts/all.journal") && !swept_there("out.h5.again"));
}

/* ---- Threads and shards ---- */

Test(run, threads_change_no_bit)
{
    const char *straight = swept_straight();
    static const int threads[] = {2, 3, 8}; /* 8: too many for 12 points, so that they share each of them */
    for (size_t k = 0; k < 3; k++) {
        swept_config.run.threads = threads[k];
        cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
        swept_expect_result("out.h5", straight);
        unlink(swept_in("out.h5"));
    }
}

Test(run, shards_in_any_order_give_the_same_and_the_last_one_joins)
{
    static const int orders[3][4] = {{1, 2, 3, 4}, {4, 3, 2, 1}, {3, 1, 4, 2}};
    const char *straight = swept_straight();
    swept_config.shards = 4;
    for (int turn = 0; turn < 3; turn++) {
        for (int k = 0; k < 4; k++) {
            swept_config.shard = orders[turn][k];
            swept_config.run.threads = 1 + k % 2;
            cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
            expect_outcome((uint64_t)(k + 1) * 3, 0, 3, k == 3);
            cr_assert_eq(swept_there("out.h5"), k == 3);
        }
        swept_expect_result("out.h5", straight);
        unlink(swept_in("out.h5"));
    }
}

Test(run, a_shard_given_again_runs_nothing_and_other_shards_go_on_with_what_is_there)
{
    const char *straight = swept_straight();
    swept_config.shards = 3;
    swept_config.shard = 2;
    cr_assert_eq(swept_run("out.h5"), STATUS_OK);
    cr_assert_eq(swept_run("out.h5"), STATUS_OK);
    expect_outcome(4, 0, 0, 0);
    swept_config.shards = swept_config.shard = 0;
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    expect_outcome(SWEPT_ROWS, 0, 8, 1);
    swept_expect_result("out.h5", straight);
}

/* ---- What is told meanwhile ---- */

struct told {
    struct sweep_progress last;
    int calls, merging, inside, broken;
};

static int listen(void *context, const struct sweep_progress *state)
{
    struct told *told = context;
    const struct sweep_progress *last = &told->last;
    if (__atomic_add_fetch(&told->inside, 1, __ATOMIC_SEQ_CST) != 1) told->broken++;
    if (!state->merging) {
        usleep(60000);
        told->broken += state->done < last->done || state->here < last->here || state->failed < last->failed;
        told->broken += state->done > state->all;
        told->last = *state;
    }
    told->calls++;
    told->merging += state->merging != 0;
    __atomic_sub_fetch(&told->inside, 1, __ATOMIC_SEQ_CST);
    return 0;
}

static void expect_told(uint64_t done, uint64_t here)
{
    struct told told = {0};
    swept_config.progress = listen;
    swept_config.context = &told;
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL);
    cr_expect(told.broken == 0 && told.merging > 0 && told.calls > (int)here, "%d calls, %d odd", told.calls, told.broken);
    cr_expect(told.last.all == SWEPT_ROWS && told.last.done == done && told.last.here == here && told.last.failed == 2,
              "%d of %d, %d here, %d failed", (int)told.last.done, (int)told.last.all, (int)told.last.here,
              (int)told.last.failed);
}

Test(run, progress_counts_up_to_all_points_by_one_thread_at_a_time)
{
    swept_deal_table(SWEPT_BAD);
    expect_told(SWEPT_ROWS, SWEPT_ROWS);
    unlink(swept_in("out.h5"));
    cr_assert_eq(rename(swept_in("out.h5.parts"), swept_in("old.parts")), 0);
    cr_assert_eq(swept_run_some("out.h5", 4), STATUS_STOPPED);
    expect_told(SWEPT_ROWS, SWEPT_ROWS - 4);
}

Test(run, progress_is_told_by_one_of_many_threads_at_a_time)
{
    swept_deal_table(SWEPT_BAD);
    struct told told = {0};
    swept_config.progress = listen;
    swept_config.context = &told;
    swept_config.run.threads = 3;
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL);
    cr_expect(told.broken == 0 && told.calls > 3, "%d calls, %d odd", told.calls, told.broken);
}
