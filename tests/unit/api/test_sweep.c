/* Sweeps through the library, on a small deal: the result is that of a run with the same table, however it came about. */
#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct pactolus_deal *deal;
static struct pactolus_sweep_options options;
static struct pactolus_sweep_outcome outcome;

/* Four points; the sweep keeps all that a run does, so that the digests are equal. */
static void set_up(void)
{
    fixture_enter();
    deal = fixture_deal();
    fixture_write("points.csv", "market.inflation,standalone.beta.mode\n0.01,buy\n0.02,best\n0.03,none\n0.04,build\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "points.csv", messages), PACTOLUS_OK);
    pactolus_sweep_options_init(&options);
    options.run.paths = 256;
    options.run.threads = 2;
    options.run.samples = 100;
    options.run.output = "out.h5";
    options.full = 1;
    memset(&outcome, 255, sizeof outcome);
}
static void tear_down(void)
{
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_sweep, .init = set_up, .fini = tear_down);

static void expect_digest_of(const char *output, const char *other)
{
    char *one = NULL, *two = NULL;
    cr_assert_eq(pactolus_file_digest(output, messages, &one), PACTOLUS_OK);
    cr_assert_eq(pactolus_file_digest(other, messages, &two), PACTOLUS_OK);
    cr_expect_str_eq(one, two);
    pactolus_text_free(one);
    pactolus_text_free(two);
}

static void expect_the_bits_of_a_run(const char *output)
{
    struct pactolus_run_options run = options.run;
    run.output = "run.h5";
    pactolus_result_destroy(fixture_run(deal, &run));
    expect_digest_of(output, "run.h5");
}

static int sweep(pactolus_sweep_function *progress, void *context)
{
    return pactolus_sweep(deal, &options, progress, context, messages, &outcome);
}

static void expect_outcome(uint64_t done, uint64_t failed, uint64_t here, int merged)
{
    cr_expect_eq(outcome.points, 4);
    cr_expect_eq(outcome.done, done, "%d done", (int)outcome.done);
    cr_expect_eq(outcome.failed, failed, "%d failed", (int)outcome.failed);
    cr_expect_eq(outcome.here, here, "%d here", (int)outcome.here);
    cr_expect_eq(outcome.merged, merged);
    cr_expect(outcome.seconds >= 0.0 && outcome.seconds < 300.0);
}

/* ---- Whole sweeps ---- */

Test(api_sweep, has_defaults)
{
    struct pactolus_sweep_options defaults;
    memset(&defaults, 255, sizeof defaults);
    pactolus_sweep_options_init(&defaults);
    cr_expect(defaults.run.paths == 10000 && defaults.run.seed == 1 && !defaults.run.samples && !defaults.run.threads);
    cr_expect(!defaults.run.output && defaults.run.memory == UINT64_C(2) << 30 && !defaults.run.force && !defaults.run.command);
    cr_expect(!defaults.full && !defaults.shard && !defaults.shards && defaults.seconds == 0.0 && !defaults.retry_failed);
    cr_expect(!defaults.partial && !defaults.words && !defaults.word_count && !defaults.ranks);
}

Test(api_sweep, gives_the_bits_of_a_run_with_the_same_table)
{
    cr_assert_eq(sweep(NULL, NULL), PACTOLUS_OK);
    expect_outcome(4, 0, 4, 1);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    expect_the_bits_of_a_run("out.h5");
    cr_expect_neq(access("out.h5.parts", F_OK), 0);
    cr_expect_neq(access("out.h5.lock", F_OK), 0);
}

Test(api_sweep, keeps_less_where_less_is_wanted)
{
    char *text = NULL;
    options.full = 0;
    options.run.samples = 0;
    cr_assert_eq(sweep(NULL, NULL), PACTOLUS_OK);
    cr_assert_eq(pactolus_file_info("out.h5", PACTOLUS_JSON, messages, &text), PACTOLUS_OK);
    cr_expect_not_null(strstr(text, "captured_mean"));
    cr_expect_null(strstr(text, "_fan"));
    pactolus_text_free(text);
}

Test(api_sweep, makes_its_points_from_a_design)
{
    struct pactolus_design_options design;
    static const char *const vary[] = {"market.inflation=0.01:0.04"};
    pactolus_design_options_init(&design);
    design.vary = vary;
    design.vary_count = 1;
    design.points = 4;
    cr_assert_eq(pactolus_deal_design(deal, &design, messages), PACTOLUS_OK);
    cr_assert_eq(sweep(NULL, NULL), PACTOLUS_OK);
    expect_the_bits_of_a_run("out.h5");
}

Test(api_sweep, leaves_a_file_that_is_there)
{
    cr_assert_eq(sweep(NULL, NULL), PACTOLUS_OK);
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_FILE);
    fixture_said("out.h5: error: exists already");
    options.run.force = 1;
    options.run.seed = 2;
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_OK);
    expect_the_bits_of_a_run("out.h5");
}

/* ---- Stopped ---- */

struct told {
    uint64_t done, stop_at;
    int calls, ordered, merging;
};

/* A sweep asks some times a second: one that takes its time is asked at each point. */
static int tell(void *context, const struct pactolus_sweep_progress *state)
{
    usleep(60000);
    struct told *told = context;
    told->ordered &= state->done <= state->all && state->all == 4 &&
                     (state->merging || (state->done >= told->done && state->here <= state->done));
    told->calls++;
    told->merging |= state->merging;
    if (!state->merging) told->done = state->done;
    return told->stop_at && !state->merging && state->done >= told->stop_at;
}

Test(api_sweep, tells_its_progress)
{
    struct told told = {.ordered = 1};
    cr_assert_eq(sweep(tell, &told), PACTOLUS_OK);
    cr_expect(told.ordered);
    cr_expect_eq(told.done, 4);
    cr_expect_geq(told.calls, 4);
    cr_expect(told.merging);
}

Test(api_sweep, stops_when_asked_and_goes_on)
{
    struct told told = {.ordered = 1, .stop_at = 2};
    options.run.threads = 1;
    cr_assert_eq(sweep(tell, &told), PACTOLUS_STOPPED);
    cr_expect_eq(pactolus_messages_seen(messages), 0);
    expect_outcome(2, 0, 2, 0);
    cr_expect_neq(access("out.h5", F_OK), 0);
    cr_expect_eq(access("out.h5.parts", F_OK), 0);
    told = (struct told){.ordered = 1};
    options.run.threads = 2;
    cr_assert_eq(sweep(tell, &told), PACTOLUS_OK);
    expect_outcome(4, 0, 2, 1);
    expect_the_bits_of_a_run("out.h5");
}

Test(api_sweep, begins_no_point_after_its_time)
{
    options.seconds = 1e-9;
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_PARTIAL);
    fixture_said("time");
    cr_expect_lt(outcome.done, 4);
    cr_expect_eq(outcome.merged, 0);
    options.seconds = 1e9;
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_OK);
    expect_the_bits_of_a_run("out.h5");
}

Test(api_sweep, is_refused_by_journals_of_another)
{
    struct told told = {.ordered = 1, .stop_at = 1};
    cr_assert_eq(sweep(tell, &told), PACTOLUS_STOPPED);
    options.run.seed = 2;
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_REFUSED);
    fixture_said("seed");
}

/* ---- Points that fail ---- */

Test(api_sweep, records_points_that_fail_and_stops_none)
{
    fixture_write("points.csv", "partners.alpha.equity\n0.5\n0.6\n0.5\n0.7\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "points.csv", messages), PACTOLUS_OK);
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_PARTIAL);
    fixture_said("2 of 4 points have no numbers");
    expect_outcome(4, 2, 4, 1);
    cr_expect_eq(access("out.h5", F_OK), 0);
    options.run.force = 1;
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_PARTIAL);
    expect_outcome(4, 2, 0, 1);
    options.retry_failed = 1;
    cr_expect_eq(sweep(NULL, NULL), PACTOLUS_PARTIAL);
    expect_outcome(4, 2, 2, 1);
}

/* ---- Shards, merging ---- */

static void sweep_shard(const char *output, int shard)
{
    options.run.output = output;
    options.shard = shard;
    options.shards = 2;
    const int status = sweep(NULL, NULL);
    cr_assert_eq(status, PACTOLUS_OK, "shard %d: %d", shard, status);
    expect_outcome(2, 0, 2, 0);
    options.shard = options.shards = 0;
}

Test(api_sweep, merges_parts_of_other_folders)
{
    static const char *const parts[] = {"other.h5.parts"};
    sweep_shard("out.h5", 2);
    sweep_shard("other.h5", 1);
    options.run.output = "out.h5";
    cr_expect_eq(pactolus_sweep_merge(deal, &options, NULL, 0, NULL, NULL, messages, &outcome), PACTOLUS_PARTIAL);
    fixture_said("2 of 4 points");
    expect_outcome(2, 0, 0, 0);
    cr_expect_neq(access("out.h5", F_OK), 0);
    struct told told = {.ordered = 1};
    cr_expect_eq(pactolus_sweep_merge(deal, &options, parts, 1, tell, &told, messages, &outcome), PACTOLUS_OK);
    expect_outcome(4, 0, 0, 1);
    cr_expect(told.ordered && told.merging);
    expect_the_bits_of_a_run("out.h5");
}

Test(api_sweep, merges_what_is_there_if_that_is_wanted)
{
    sweep_shard("out.h5", 2);
    options.partial = 1;
    cr_expect_eq(pactolus_sweep_merge(deal, &options, NULL, 0, NULL, NULL, messages, &outcome), PACTOLUS_PARTIAL);
    fixture_said("2 of 4 points have no numbers");
    cr_expect_eq(outcome.merged, 1);
    cr_expect_eq(access("out.h5", F_OK), 0);
    cr_expect_eq(access("out.h5.parts", F_OK), 0, "what is there is needed still");
}

Test(api_sweep, merges_nothing_of_nothing)
{
    static const char *const parts[] = {"nowhere"};
    cr_expect_lt(pactolus_sweep_merge(deal, &options, parts, 1, NULL, NULL, messages, &outcome), 0);
    cr_expect_gt(pactolus_messages_seen(messages), 0);
    cr_expect_eq(outcome.merged, 0);
    cr_expect_neq(access("out.h5", F_OK), 0);
}

/* ---- Outputs of other programs ---- */

Test(api_sweep, puts_outputs_beside_the_points)
{
    char *text = NULL;
    fixture_write("theirs.csv", "profit,risk\n1,0.1\n2,0.2\n3,NA\n4,0.4\n");
    cr_assert_eq(pactolus_sweep_outputs(deal, &options, "theirs.csv", messages, &outcome), PACTOLUS_OK);
    expect_outcome(4, 0, 0, 1);
    cr_assert_eq(pactolus_file_info("out.h5", PACTOLUS_JSON, messages, &text), PACTOLUS_OK);
    cr_expect(strstr(text, "\"profit\"") && strstr(text, "\"risk\""), "%s", text);
    pactolus_text_free(text);
}

Test(api_sweep, puts_outputs_beside_the_points_errors)
{
    fixture_write("theirs.csv", "profit\n1\n2\n3\n");
    cr_expect_eq(pactolus_sweep_outputs(deal, &options, "theirs.csv", messages, &outcome), PACTOLUS_INPUT);
    fixture_said("3 rows, want one for each of 4 points");
    fixture_write("theirs.csv", "profit,deal_text\n1,1\nx,2\n3,3\n4,4\n");
    cr_expect_eq(pactolus_sweep_outputs(deal, &options, "theirs.csv", messages, &outcome), PACTOLUS_INPUT);
    fixture_said("deal_text");
    cr_expect_eq(pactolus_sweep_outputs(deal, &options, "nowhere.csv", messages, &outcome), PACTOLUS_FILE);
    fixture_said("nowhere.csv");
    cr_expect_neq(access("out.h5", F_OK), 0);
}
