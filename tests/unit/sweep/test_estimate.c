/* What a sweep will take: counts exactly, sizes as bounds, times as those of this machine; nothing is written. */
#include "sweep/estimate.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "unit/sweep/swept_deal.h"

TestSuite(estimate, .init = swept_deal_begin, .fini = swept_deal_end, .timeout = 200);

static struct sweep_estimate estimate;

static int run_estimate(void)
{
    swept_forget();
    memset(&estimate, 0x55, sizeof estimate);
    swept_config.run.output = swept_in("out.h5");
    return sweep_estimate_run(&swept_deal, &swept_config, &estimate, &swept_report);
}

static double clock_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

Test(estimate, points_and_paths_are_counted_and_nothing_is_written)
{
    swept_config.run.paths = 1000;
    cr_assert_eq(run_estimate(), STATUS_OK, "%s", swept_messages());
    cr_expect_eq(estimate.points, (uint64_t)SWEPT_ROWS);
    cr_expect_eq(estimate.paths, (uint64_t)SWEPT_ROWS * 1000);
    cr_expect_eq(estimate.unsound, 0u);
    cr_expect_eq(swept_report.shown, 0, "%s", swept_messages());
    cr_expect_eq(swept_entries(swept_folder), 0);
}

Test(estimate, points_that_contradict_themselves_are_counted_and_the_first_is_told)
{
    swept_deal_table(SWEPT_BAD);
    cr_assert_eq(run_estimate(), STATUS_OK, "%s", swept_messages());
    cr_expect_eq(estimate.unsound, 2u);
    cr_expect(swept_report.warnings == 1 && swept_told("a point cannot be run: ") && swept_told("equity"), "%s",
              swept_messages());
}

static void expect_file_bound(uint64_t samples, enum result_level level)
{
    struct stat file;
    unlink(swept_in("out.h5"));
    swept_config.run.samples = samples;
    swept_config.level = level;
    cr_assert_eq(run_estimate(), STATUS_OK);
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(stat(swept_in("out.h5"), &file), 0);
    cr_expect_leq((uint64_t)file.st_size, estimate.file, "%d samples: %lld bytes, estimated %llu", (int)samples,
                  (long long)file.st_size, (unsigned long long)estimate.file);
    cr_expect_geq((uint64_t)file.st_size + (3 << 20), estimate.file / 4, "the bound is far from it");
}

Test(estimate, the_file_and_the_journals_are_no_larger_than_told)
{
    struct stat journal;
    expect_file_bound(0, RESULT_HEADLINE);
    expect_file_bound(0, RESULT_FULL);
    expect_file_bound(200, RESULT_HEADLINE);
    expect_file_bound(200, RESULT_FULL);
    unlink(swept_in("out.h5"));
    cr_assert_eq(swept_run_unmerged("out.h5"), STATUS_STOPPED);
    cr_assert_eq(stat(swept_in("out.h5.parts/all.journal"), &journal), 0);
    cr_expect_leq((uint64_t)journal.st_size, estimate.file);
}

static const char *const varied[] = {
    "market.demand.home.growth", "market.demand.abroad.growth", "market.price.home.growth", "market.price.abroad.growth",
    "market.price.abroad.volatility", "market.inflation", "venture.material.cost", "venture.conversion.cost",
    "venture.fixed_cost", "venture.learning_rate", "venture.capacity", "contract.transfer_price.markup", "partners.a.discount_rate",
    "partners.b.discount_rate", "partners.a.tax_rate", "partners.b.tax_rate", "partners.a.own_unit_cost"};

static void read_many(int points)
{
    const int names = sizeof varied / sizeof *varied;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    for (int k = 0; k < names; k++) fprintf(stream, "%s%s", k ? "," : "", varied[k]);
    for (int p = 0; p < points; p++) {
        for (int k = 0; k < names; k++) {
            fprintf(stream, "%s%.17g", k ? "," : "\n", 0.01 + (double)((p * 7919 + k * 104729) % 1000003) * 1e-7 / 3.0);
        }
    }
    cr_assert_eq(fclose(stream), 0);
    cr_assert_eq(study_deal_read_table_text(&swept_deal, "table", text, &swept_report), STATUS_OK, "%s", swept_messages());
    free(text);
}

/* Points have values of their own, which stand in the file twice: as numbers and in the text of the table. */
Test(estimate, the_file_is_no_larger_than_told_where_many_values_vary)
{
    struct stat file;
    read_many(6000);
    swept_config.run.paths = 64;
    swept_config.run.samples = 0;
    cr_assert_eq(run_estimate(), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    cr_assert_eq(stat(swept_in("out.h5"), &file), 0);
    cr_expect_leq((uint64_t)file.st_size, estimate.file, "%lld bytes, estimated %llu", (long long)file.st_size,
                  (unsigned long long)estimate.file);
}

Test(estimate, memory_grows_with_threads_and_points_with_samples)
{
    cr_assert_eq(run_estimate(), STATUS_OK);
    const struct sweep_estimate one = estimate;
    swept_config.run.threads = 64;
    cr_assert_eq(run_estimate(), STATUS_OK);
    cr_expect_geq(estimate.memory, one.memory + (UINT64_C(63) << 20));
    cr_expect_eq(estimate.file, one.file);
    swept_config.run.samples = 200;
    cr_assert_eq(run_estimate(), STATUS_OK);
    cr_expect_gt(estimate.file, one.file);
}

/* Another process may take the machine meanwhile: within a factor of 20 is enough to see a slip of units or of counts. */
Test(estimate, the_time_is_that_of_this_machine_within_reason)
{
    swept_config.run.paths = 100000;
    cr_assert_eq(run_estimate(), STATUS_OK);
    cr_expect(estimate.path > 0.0 && estimate.setup >= 0.0 && isfinite(estimate.seconds));
    const double start = clock_now();
    cr_assert_eq(swept_run("out.h5"), STATUS_OK, "%s", swept_messages());
    const double took = clock_now() - start;
    cr_expect(estimate.seconds > took / 20.0 && estimate.seconds < took * 20.0, "%g s estimated, %g s taken", estimate.seconds,
              took);
    const double each = estimate.setup + 100000 * estimate.path;
    cr_expect_float_eq(estimate.seconds, each * (double)SWEPT_ROWS, 1e-9 * each);
}

Test(estimate, threads_divide_the_time)
{
    swept_config.run.paths = 20000;
    swept_config.run.threads = 1000;
    cr_assert_eq(run_estimate(), STATUS_OK);
    cr_expect_float_eq(estimate.seconds, (estimate.setup + 20000 * estimate.path) * (double)SWEPT_ROWS / 1000, 1e-12);
}

Test(estimate, one_path_and_one_point_are_estimated_too)
{
    swept_config.run.paths = 1;
    swept_config.run.samples = 0;
    cr_assert_eq(study_deal_read_table_text(&swept_deal, "table", "market.inflation\n0.01\n", &swept_report), STATUS_OK);
    cr_assert_eq(run_estimate(), STATUS_OK, "%s", swept_messages());
    cr_expect(estimate.points == 1 && estimate.paths == 1 && isfinite(estimate.seconds) && estimate.seconds >= 0.0);
}

Test(estimate, where_no_point_is_sound_it_fails_as_the_sweep_does)
{
    cr_assert_eq(study_deal_read_table_text(&swept_deal, "table", "partners.b.equity\n0.4\n0.5\n", &swept_report), STATUS_OK);
    cr_expect_eq(run_estimate(), STATUS_INPUT);
    cr_expect(swept_told("equity"), "%s", swept_messages());
    cr_expect(estimate.points == 0 && estimate.seconds == 0.0);
}
