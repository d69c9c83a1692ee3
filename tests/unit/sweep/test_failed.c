/* Points that fail, and sweeps that are refused: no other point is lost. */
#define _GNU_SOURCE
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sweep/lock.h"
#include "sweep/merge.h"
#include "unit/sweep/swept_deal.h"

TestSuite(failed, .init = swept_deal_begin, .fini = swept_deal_end, .timeout = 200);

/* Where the rows of a scenario of a result stand in memory; to be freed. */
static double *rows_of(const char *name, size_t scenario, size_t *count)
{
    struct output_result *result = NULL;
    cr_assert_eq(output_result_open(&result, swept_in(name), &swept_report), STATUS_OK, "%s", swept_messages());
    *count = output_result_table(result)->doubles;
    double *flat = calloc(*count, sizeof *flat);
    cr_assert_eq(output_result_scenario(result, scenario, flat, &swept_report), STATUS_OK, "%s", swept_messages());
    output_result_close(result);
    return flat;
}

/* The text beside each scenario that says why it has no numbers. */
static void failures_of(const char *name, char *failure[SWEPT_ROWS])
{
    struct output_result *result = NULL;
    const struct output_coordinate *varied;
    cr_assert_eq(output_result_open(&result, swept_in(name), &swept_report), STATUS_OK, "%s", swept_messages());
    const size_t n = output_result_varied(result, &varied);
    size_t k = 0;
    while (k < n && strcmp(varied[k].name, "failure")) k++;
    cr_assert_lt(k, n, "the result does not say what failed");
    cr_assert_eq(output_result_varied_texts(result, k, 0, SWEPT_ROWS, failure, &swept_report), STATUS_OK);
    output_result_close(result);
}

static int is_bad(size_t point)
{
    return point == SWEPT_FIRST_BAD || point == SWEPT_SECOND_BAD;
}

Test(failed, points_that_contradict_themselves_are_recorded_and_stop_no_other)
{
    char *failure[SWEPT_ROWS];
    cr_assert_eq(swept_run("good.h5"), STATUS_OK, "%s", swept_messages());
    swept_deal_table(SWEPT_BAD);
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL, "%s", swept_messages());
    cr_expect(swept_told("2 of 12 points have no numbers; the first is p2: "), "%s", swept_messages());
    cr_expect(swept_outcome.done == SWEPT_ROWS && swept_outcome.failed == 2 && swept_outcome.here == SWEPT_ROWS &&
              swept_outcome.merged);
    failures_of("out.h5", failure);
    for (size_t k = 0; k < SWEPT_ROWS; k++) {
        size_t n, m;
        double *got = rows_of("out.h5", k, &n), *want = rows_of("good.h5", k, &m);
        cr_assert(n == m && n > 10);
        if (is_bad(k)) cr_expect(strstr(failure[k], "equity"), "point %zu: %s", k, failure[k]);
        else cr_expect(!*failure[k] && memcmp(got, want, n * sizeof *got) == 0, "point %zu: other numbers, '%s'", k, failure[k]);
        for (size_t c = 0; c < n && is_bad(k); c++) cr_assert(isnan(got[c]), "point %zu has numbers", k);
        free(got);
        free(want);
    }
    output_result_texts_free(failure, SWEPT_ROWS);
    cr_expect(swept_there("out.h5.parts/all.journal"), "they may be tried again");
}

Test(failed, in_shards_on_threads_and_after_a_stop_the_same_points_fail)
{
    swept_deal_table(SWEPT_BAD);
    char straight[RESULT_DIGEST];
    strcpy(straight, swept_straight());
    cr_assert_eq(swept_run_some("out.h5", 4), STATUS_STOPPED);
    cr_expect(swept_outcome.done == 4 && swept_outcome.failed == 1, "%d failed", (int)swept_outcome.failed);
    swept_config.run.threads = 3;
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL);
    cr_expect(swept_outcome.here == 8 && swept_outcome.failed == 2);
    cr_expect_str_eq(swept_digest("out.h5"), straight);
    swept_config.shards = 2;
    for (int shard = 2; shard > 0; shard--) {
        swept_config.shard = shard;
        cr_assert_eq(swept_run("shards.h5"), shard == 2 ? STATUS_OK : STATUS_PARTIAL, "%s", swept_messages());
    }
    cr_expect_str_eq(swept_digest("shards.h5"), straight);
}

Test(failed, where_no_point_is_sound_nothing_is_begun)
{
    const char *text = "partners.b.equity\n0.4\n0.5\n";
    cr_assert_eq(study_deal_read_table_text(&swept_deal, "table", text, &swept_report), STATUS_OK);
    cr_expect_eq(swept_run("out.h5"), STATUS_INPUT);
    cr_expect(swept_told("equity"), "%s", swept_messages());
    cr_expect_eq(swept_entries(swept_folder), 0);
}

/* ---- Tried again ---- */

/* A failure of a sound point, as a lack of memory or of luck may leave it. */
static void fail_point(const char *name, uint64_t point)
{
    struct sweep_plan plan;
    struct sweep_journal journal;
    swept_config.run.output = swept_in(name);
    cr_assert_eq(sweep_plan_init(&plan, &swept_deal, &swept_config, &swept_report), STATUS_OK);
    const struct sweep_journal_kind kind = sweep_merge_kind(&plan);
    char path[256];
    snprintf(path, sizeof path, "%s/all.journal", plan.parts);
    cr_assert_eq(sweep_journal_open(&journal, path, &kind, &swept_report), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(sweep_journal_append_failure(&journal, point, STATUS_NONFINITE, "a number that is none", &swept_report),
                 STATUS_OK);
    cr_assert_eq(sweep_journal_close(&journal, &swept_report), STATUS_OK);
    sweep_plan_free(&plan);
}

Test(failed, points_are_tried_again_only_if_that_is_wanted)
{
    char straight[RESULT_DIGEST];
    strcpy(straight, swept_straight());
    cr_assert_eq(swept_run_some("out.h5", 3), STATUS_STOPPED);
    fail_point("out.h5", 5);
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL, "%s", swept_messages());
    cr_expect(swept_told("1 of 12 points have no numbers; the first is p5: a number that is none"), "%s", swept_messages());
    cr_expect(swept_outcome.here == 8 && swept_outcome.failed == 1 && swept_outcome.merged);
    cr_expect_eq(swept_run("out.h5"), STATUS_FILE, "the result is there: %s", swept_messages());
    swept_config.run.force = 1;
    cr_expect_eq(swept_run("out.h5"), STATUS_PARTIAL);
    cr_expect(swept_outcome.here == 0 && swept_outcome.failed == 1, "%d run", (int)swept_outcome.here);
    swept_config.retry = 1;
    cr_expect_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    cr_expect(swept_outcome.here == 1 && swept_outcome.failed == 0 && swept_outcome.done == SWEPT_ROWS, "%d run",
              (int)swept_outcome.here);
    swept_expect_result("out.h5", straight);
}

Test(failed, what_fails_again_keeps_its_reason_and_is_counted_once)
{
    swept_deal_table(SWEPT_BAD);
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL);
    swept_config.retry = swept_config.run.force = 1;
    cr_assert_eq(swept_run("out.h5"), STATUS_PARTIAL, "%s", swept_messages());
    cr_expect(swept_outcome.here == 2 && swept_outcome.failed == 2 && swept_outcome.done == SWEPT_ROWS);
    cr_expect(swept_told("2 of 12") && swept_told("equity"), "%s", swept_messages());
}

/* ---- Another sweep ---- */

static void expect_refused(const char *name, const char *values)
{
    cr_expect_eq(swept_run("out.h5"), STATUS_REFUSED, "%s: %s", name, swept_messages());
    cr_expect(swept_told(name) && swept_told(values), "no '%s' and '%s': %s", name, values, swept_messages());
    cr_expect_eq(swept_outcome.here, 0u);
}

Test(failed, what_changed_since_it_was_begun_is_refused_by_name_and_nothing_is_lost)
{
    const struct sweep_config begun = swept_config;
    char straight[RESULT_DIGEST];
    strcpy(straight, swept_straight());
    cr_assert_eq(swept_run_some("out.h5", 3), STATUS_STOPPED);
    swept_config.run.seed = 2;
    expect_refused("--seed", "'1' there, '2' now");
    swept_config = begun;
    swept_config.run.paths = 201;
    expect_refused("--paths", "'200' there, '201' now");
    swept_config = begun;
    swept_config.run.samples = 6;
    expect_refused("--samples", "'5' there, '6' now");
    swept_config = begun;
    swept_config.level = RESULT_FULL;
    expect_refused("--rows", "'headline' there, 'full' now");
    swept_config = begun;
    swept_config.run.build.version = "0.2.0";
    expect_refused("pactolus", "'0.1.0' there, '0.2.0' now");
    swept_config = begun;
    swept_deal_table(SWEPT_BAD);
    expect_refused("table", "' now");
    swept_deal_table(SWEPT_GOOD);
    swept_config.run.threads = 2;
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "threads are no other sweep: %s", swept_messages());
    cr_expect_eq(swept_outcome.here, SWEPT_ROWS - 3u);
    swept_expect_result("out.h5", straight);
}

Test(failed, a_setting_that_changed_is_refused_by_its_name)
{
    cr_assert_eq(swept_run_some("out.h5", 3), STATUS_STOPPED);
    cr_assert_eq(study_setting_add(&swept_deal, "market.price.home.volatility", "0.25", &swept_report), STATUS_OK);
    expect_refused("market.price.home.volatility", "now");
}

/* ---- Others at it, and no room ---- */

Test(failed, while_another_process_is_at_it_nothing_is_run)
{
    struct sweep_lock lock;
    cr_assert_eq(swept_run_some("out.h5", 3), STATUS_STOPPED);
    cr_assert_eq(sweep_lock_take(&lock, swept_in("out.h5.lock"), &swept_report), STATUS_OK);
    cr_expect_eq(swept_run("out.h5"), STATUS_FILE);
    cr_expect(swept_told("another process is at this sweep: process"), "%s", swept_messages());
    cr_expect(swept_outcome.here == 0 && swept_there("out.h5.lock"));
    sweep_lock_release(&lock);
    cr_assert_eq(sweep_lock_take(&lock, swept_in("out.h5.parts/shard-000002-of-000003.journal.lock"), &swept_report), STATUS_OK);
    swept_config.shards = 3;
    swept_config.shard = 2;
    cr_expect_eq(swept_run("out.h5"), STATUS_FILE, "the same shard");
    swept_config.shard = 3;
    cr_expect_eq(swept_run("out.h5"), STATUS_OK, "another shard: %s", swept_messages());
    sweep_lock_release(&lock);
}

Test(failed, samples_beyond_the_memory_and_folders_that_are_not_there_are_told)
{
    swept_config.run.memory = 1000;
    cr_expect_eq(swept_run("out.h5"), STATUS_MEMORY);
    cr_expect(swept_told("--samples") && swept_told("beyond --memory"), "%s", swept_messages());
    swept_config.run.memory = 1 << 28;
    cr_expect_eq(swept_run("nowhere/out.h5"), STATUS_FILE);
    cr_expect(swept_told("nowhere"), "%s", swept_messages());
    cr_expect_eq(swept_entries(swept_folder), 0);
}
