/* What is said of a sweep: estimates, job scripts, how far it is, the line that started it;
   options that are refused; ranks alone. */
#include "unit/api/fixture.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct pactolus_deal *deal;
static struct pactolus_sweep_options options;
static struct pactolus_sweep_outcome outcome;
static char *text;

static void set_up(void)
{
    fixture_enter();
    deal = fixture_deal();
    fixture_write("points.csv", "market.inflation\n0.01\n0.02\n0.03\n0.04\n0.05\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "points.csv", messages), PACTOLUS_OK);
    pactolus_sweep_options_init(&options);
    options.run.paths = 128;
    options.run.threads = 1;
    options.run.output = "some/where/out-1.b.h5";
}
static void tear_down(void)
{
    pactolus_text_free(text);
    pactolus_deal_destroy(deal);
    fixture_leave();
}
TestSuite(api_sweep_words, .init = set_up, .fini = tear_down);

static void expect(const char *words)
{
    cr_expect(text && strstr(text, words), "no '%s' in: %s", words, text);
}

/* ---- Options that are refused, by all that take them ---- */

static int call(int k)
{
    switch (k) {
    case 0: return pactolus_sweep(deal, &options, NULL, NULL, messages, &outcome);
    case 1: return pactolus_sweep_merge(deal, &options, NULL, 0, NULL, NULL, messages, &outcome);
    case 2: return pactolus_sweep_outputs(deal, &options, "points.csv", messages, &outcome);
    case 3: return pactolus_sweep_estimate(deal, &options, messages, &text);
    default: return pactolus_sweep_slurm(deal, &options, "pactolus sweep", PACTOLUS_JOB_ARRAY, 3, messages, &text);
    }
}

static void expect_refused(const char *name)
{
    char words[64];
    snprintf(words, sizeof words, "error: %s: out of range, want ", name);
    for (int k = 0; k < 5; k++) {
        text = (char *)"set";
        memset(&outcome, 255, sizeof outcome);
        cr_expect_eq(call(k), PACTOLUS_USAGE, "%s, function %d", name, k);
        if (k < 3) cr_expect(!outcome.points && !outcome.done && !outcome.here && !outcome.merged, "%s, function %d", name, k);
        else cr_expect_null(text, "%s, function %d", name, k);
        text = NULL;
        fixture_said(words);
    }
}

Test(api_sweep_words, refuse_options_out_of_range)
{
    const struct pactolus_sweep_options good = options;
    options.run.paths = 0;
    expect_refused("paths");
    options = good, options.run.paths = PACTOLUS_PATHS_MOST + 1;
    expect_refused("paths");
    options = good, options.run.threads = -1;
    expect_refused("threads");
    options = good, options.run.memory = 1000;
    expect_refused("memory");
    options = good, options.run.output = NULL;
    expect_refused("output");
    options = good, options.seconds = -1.0;
    expect_refused("seconds");
    options = good, options.seconds = (double)NAN;
    expect_refused("seconds");
}

Test(api_sweep_words, refuse_shards_out_of_range)
{
    static const int shards[][2] = {{3, 2}, {0, 2}, {1, 0}, {-1, 2}, {1, -1}, {-2, -1}};
    for (size_t k = 0; k < sizeof shards / sizeof *shards; k++) {
        options.shard = shards[k][0];
        options.shards = shards[k][1];
        expect_refused("shard");
    }
}

/* ---- Before a sweep ---- */

Test(api_sweep_words, estimate_points_paths_memory_file_and_time)
{
    cr_assert_eq(pactolus_sweep_estimate(deal, &options, messages, &text), PACTOLUS_OK);
    expect("points      5\n");
    expect("paths       128 a point, 640 in all\n");
    expect("file        at most ");
    expect("memory      about ");
    expect(" a process of 1 thread\n");
    expect("time        about ");
    expect(" on 1 thread here: ");
    cr_expect_neq(access("some", F_OK), 0, "nothing is written");
    pactolus_text_free(text);
    options.run.threads = 2;
    cr_assert_eq(pactolus_sweep_estimate(deal, &options, messages, &text), PACTOLUS_OK);
    expect(" a process of 2 threads\n");
}

Test(api_sweep_words, estimate_points_that_cannot_be_run)
{
    fixture_write("points.csv", "partners.alpha.equity\n0.5\n0.6\n");
    cr_assert_eq(pactolus_deal_load_scenarios(deal, "points.csv", messages), PACTOLUS_OK);
    cr_assert_eq(pactolus_sweep_estimate(deal, &options, messages, &text), PACTOLUS_OK);
    expect("points      2, of which 1 cannot be run and will be recorded as failed\n");
}

Test(api_sweep_words, make_a_job_script_of_an_array)
{
    char folder[512], words[600];
    cr_assert_eq(pactolus_sweep_slurm(deal, &options, "pactolus sweep deal.yaml", PACTOLUS_JOB_ARRAY, 3, messages, &text),
                 PACTOLUS_OK);
    cr_expect_eq(strncmp(text, "#!/bin/bash\n", 12), 0);
    expect("#SBATCH --job-name=out-1\n");
    expect("#SBATCH --array=1-3\n");
    expect("#SBATCH --cpus-per-task=1\n");
    expect(" pactolus sweep deal.yaml --shard \"$SLURM_ARRAY_TASK_ID/3\"\n");
    expect("pactolus merge some/where/out-1.b.h5\n");
    cr_assert_not_null(getcwd(folder, sizeof folder));
    snprintf(words, sizeof words, "cd %s ", folder);
    expect(words);
}

Test(api_sweep_words, make_a_job_script_of_ranks)
{
    options.run.threads = 7;
    options.run.output = "my results/.h5";
    cr_assert_eq(pactolus_sweep_slurm(deal, &options, "pactolus sweep deal.yaml", PACTOLUS_JOB_MPI, 20000, messages, &text),
                 PACTOLUS_OK);
    expect("#SBATCH --ntasks=20000\n");
    expect("#SBATCH --cpus-per-task=7\n");
    expect("#SBATCH --job-name=sweep\n");
    expect(" pactolus sweep deal.yaml\n");
    cr_expect_null(strstr(text, "--shard"));
    cr_expect_eq(pactolus_messages_seen(messages), 0);
}

Test(api_sweep_words, make_a_name_for_a_job_that_slurm_takes)
{
    options.run.output = "a b$(c)\xc3\xa4.h5";
    cr_assert_eq(pactolus_sweep_slurm(deal, &options, "pactolus", PACTOLUS_JOB_MPI, 1, messages, &text), PACTOLUS_OK);
    expect("#SBATCH --job-name=a_b__c___\n");
}

/* An array ends below MaxArraySize, which is 1001 where nobody says otherwise. */
Test(api_sweep_words, warn_of_more_tasks_than_an_array_takes)
{
    const char *path = getenv("PATH"); /* where a cluster would be asked */
    char *kept = strdup(path ? path : "");
    cr_assert_eq(setenv("PATH", "/nowhere", 1), 0);
    cr_assert_eq(pactolus_sweep_slurm(deal, &options, "pactolus", PACTOLUS_JOB_ARRAY, 5000, messages, &text), PACTOLUS_OK);
    cr_assert_eq(setenv("PATH", kept, 1), 0);
    free(kept);
    expect("#SBATCH --array=1-1000\n");
    expect("/1000\"\n");
    fixture_said("MaxArraySize allows 1000 tasks, not 5000");
}

Test(api_sweep_words, ask_the_cluster_how_many_tasks_it_takes)
{
    char path[4096];
    fixture_write("scontrol", "#!/bin/sh\necho 'MaxArraySize            = 51'\n");
    cr_assert_eq(chmod("scontrol", 0700), 0);
    snprintf(path, sizeof path, ".:%s", getenv("PATH") ? getenv("PATH") : "/bin:/usr/bin");
    cr_assert_eq(setenv("PATH", path, 1), 0);
    cr_assert_eq(pactolus_sweep_slurm(deal, &options, "pactolus", PACTOLUS_JOB_ARRAY, 60, messages, &text), PACTOLUS_OK);
    expect("#SBATCH --array=1-50\n");
    fixture_said("MaxArraySize allows 50 tasks, not 60");
}

/* ---- Behind a sweep ---- */

/* A sweep asks some times a second: one that takes its time is asked at each point. */
static int stop_at_two(void *context, const struct pactolus_sweep_progress *state)
{
    (void)context;
    usleep(60000);
    return state->done >= 2;
}

static void sweep_two(void)
{
    static const char *const words[] = {"pactolus", "sweep", "deal.yaml", "--set", "a=b c\n\xff", ""};
    options.run.output = "out.h5";
    options.words = words;
    options.word_count = 6;
    cr_assert_eq(pactolus_sweep(deal, &options, stop_at_two, NULL, messages, &outcome), PACTOLUS_STOPPED);
    cr_assert_eq(outcome.done, 2);
}

Test(api_sweep_words, tell_how_far_it_is)
{
    sweep_two();
    cr_assert_eq(pactolus_sweep_status("out.h5", PACTOLUS_TEXT, messages, &text), PACTOLUS_OK);
    cr_expect_eq(strstr(text, "2 of 5 points (40.0%) in 1 journal;"), text, "%s", text);
    pactolus_text_free(text);
    cr_assert_eq(pactolus_sweep_status("out.h5", PACTOLUS_JSON, messages, &text), PACTOLUS_OK);
    cr_expect_eq(*text, '{');
    expect("\"points\": 5, \"done\": 2, \"failed\": 0, \"journals\": 1, ");
    pactolus_text_free(text);
    cr_assert_eq(pactolus_sweep(deal, &options, NULL, NULL, messages, &outcome), PACTOLUS_OK);
    cr_assert_eq(pactolus_sweep_status("out.h5", PACTOLUS_TEXT, messages, &text), PACTOLUS_OK);
    expect("finished");
    pactolus_text_free(text);
    cr_assert_eq(pactolus_sweep_status("out.h5", PACTOLUS_JSON, messages, &text), PACTOLUS_OK);
    expect("\"finished\": true");
}

Test(api_sweep_words, tell_how_far_it_is_errors)
{
    text = (char *)"set";
    cr_expect_eq(pactolus_sweep_status("lost.h5", PACTOLUS_TEXT, messages, &text), PACTOLUS_FILE);
    cr_expect_null(text);
    fixture_said("lost.h5: error: no sweep is under way here");
}

Test(api_sweep_words, tell_the_line_that_started_it)
{
    char **words = NULL, *folder = NULL, here[512];
    int count = 0;
    sweep_two();
    cr_assert_not_null(getcwd(here, sizeof here));
    for (int k = 0; k < 2; k++) { /* of the result, and of the folder of its journals */
        cr_assert_eq(pactolus_sweep_words(k ? "out.h5.parts" : "out.h5", messages, &words, &count, &folder), PACTOLUS_OK);
        cr_assert_eq(count, 6);
        for (int j = 0; j < 6; j++) cr_expect_str_eq(words[j], options.words[j]);
        cr_expect_null(words[6]);
        cr_expect_str_eq(folder, here);
        pactolus_text_free((char *)words);
        pactolus_text_free(folder);
    }
}

Test(api_sweep_words, tell_the_line_that_started_it_errors)
{
    char **words = (char **)&text, *folder = (char *)"set";
    int count = 5;
    cr_expect_eq(pactolus_sweep_words("lost.h5", messages, &words, &count, &folder), PACTOLUS_FILE);
    cr_expect(!words && !folder && !count);
    fixture_said("no sweep is under way here");
}

/* ---- Ranks, in a process that no launch has started ---- */

Test(api_sweep_words, know_one_rank_alone)
{
    struct pactolus_ranks *ranks = NULL;
    int speaks = 0;
    cr_assert_eq(pactolus_ranks_create(&ranks), PACTOLUS_OK);
    cr_expect_eq(pactolus_ranks_count(ranks), 1);
    cr_expect_eq(pactolus_ranks_rank(ranks), 0);
    cr_expect_eq(pactolus_ranks_agree(ranks, PACTOLUS_OK, &speaks), PACTOLUS_OK);
    cr_expect(speaks);
    speaks = 0;
    cr_expect_eq(pactolus_ranks_agree(ranks, PACTOLUS_INPUT, &speaks), PACTOLUS_INPUT);
    cr_expect(speaks);
    options.run.output = "out.h5";
    options.ranks = ranks;
    cr_expect_eq(pactolus_sweep(deal, &options, NULL, NULL, messages, &outcome), PACTOLUS_OK);
    cr_expect_eq(outcome.merged, 1);
    options.shard = options.shards = 1;
    options.run.force = 1;
    cr_expect_eq(pactolus_sweep(deal, &options, NULL, NULL, messages, &outcome), PACTOLUS_OK, "one rank may take a shard");
    pactolus_ranks_destroy(ranks);
    pactolus_ranks_destroy(NULL);
}
