#include "cli/cli.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct pactolus_progress half = {500000, 1000000, 8, 20, "high_tariff"};
static char line[256];

Test(cli_progress, tells_share_rate_time_left_and_scenario)
{
    cli_progress_line(line, sizeof line, 80, &half, 2.0);
    cr_expect_str_eq(line, "[##########..........]  50%  250000 paths/s  2 s left  9/20 high_tariff");
}

Test(cli_progress, writes_long_times_in_minutes_and_hours)
{
    cli_progress_line(line, sizeof line, 80, &half, 61.0);
    cr_expect_not_null(strstr(line, "1 min 01 s left"), "%s", line);
    cli_progress_line(line, sizeof line, 80, &half, 7380.0);
    cr_expect_not_null(strstr(line, "2 h 03 min left"), "%s", line);
}

Test(cli_progress, bears_the_start_and_empty_work)
{
    struct pactolus_progress none = {0, 0, 0, 1, NULL};
    cli_progress_line(line, sizeof line, 80, &none, 0.0);
    cr_expect_str_eq(line, "[....................]   0%  0 paths/s  days left");
}

Test(cli_progress, stays_within_a_narrow_terminal)
{
    cli_progress_line(line, sizeof line, 30, &half, 2.0);
    cr_expect_eq(strlen(line), 29);
}

Test(cli_progress, escapes_names)
{
    struct pactolus_progress odd = {1, 2, 0, 2, "a\033[2J"};
    cli_progress_line(line, sizeof line, 120, &odd, 1.0);
    cr_expect_null(strchr(line, '\033'));
}

Test(cli_progress, is_not_drawn_when_quiet)
{
    struct cli_progress progress;
    cli_progress_init(&progress, 1);
    cr_expect_eq(progress.shown, 0);
    cr_expect_eq(cli_progress_tell(&progress, &half), 0);
    cr_expect_eq(progress.paths, 500000);
    cr_expect_geq(cli_progress_finish(&progress), 0.0);
}

/* ---- Sweeps ---- */

static char said[4096];

static struct cli_progress as_if(int shown, int quiet, int width)
{
    return (struct cli_progress){.shown = shown, .quiet = quiet, .width = width};
}

/* Standard error of what is told, in `said`; `later` seconds are taken to have passed before each but the first. */
static void tell(struct cli_progress *progress, const struct pactolus_sweep_progress *state, size_t count, double later)
{
    const int error = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    cr_assert(error >= 0 && file);
    fflush(stderr);
    dup2(fileno(file), STDERR_FILENO);
    for (size_t k = 0; k < count; k++) {
        progress->start -= k ? later : 0.0;
        progress->last -= k ? later : 0.0;
        cli_progress_sweep(progress, &state[k]);
    }
    fflush(stderr);
    dup2(error, STDERR_FILENO);
    close(error);
    rewind(file);
    said[fread(said, 1, sizeof said - 1, file)] = 0;
    fclose(file);
}

Test(cli_progress, leaves_a_line_of_a_sweep_in_a_log_at_each_tenth)
{
    static const struct pactolus_sweep_progress states[] = {{0, 20, 0, 0, 0}, {1, 20, 0, 1, 0},   {2, 20, 0, 2, 0},
                                                            {3, 20, 0, 3, 0}, {10, 20, 1, 10, 0}, {20, 20, 1, 20, 0}};
    struct cli_progress progress = as_if(0, 0, 80);
    tell(&progress, states, 6, 2.0);
    cr_expect_str_eq(said, "[##..................]  10%  2 of 20 points  0.5/s  36 s left\n"
                           "[##########..........]  50%  10 of 20 points  1.2/s  8 s left  1 failed\n"
                           "[####################] 100%  20 of 20 points  2.0/s  0 s left  1 failed\n");
}

Test(cli_progress, leaves_a_line_of_a_sweep_in_a_log_each_minute)
{
    static const struct pactolus_sweep_progress states[] = {
        {0, 1000000, 0, 0, 0}, {10, 1000000, 0, 10, 0}, {20, 1000000, 0, 20, 0}, {30, 1000000, 0, 30, 0}};
    struct cli_progress progress = as_if(0, 0, 80);
    tell(&progress, states, 4, 40.0);
    cr_expect_str_eq(said, "[....................]   0%  20 of 1000000 points  0.2/s  days left\n");
}

Test(cli_progress, reckons_without_what_was_done_before)
{
    static const struct pactolus_sweep_progress states[] = {{500, 1000, 0, 0, 0}, {500, 1000, 0, 0, 0}, {600, 1000, 0, 100, 0}};
    struct cli_progress progress = as_if(0, 0, 80);
    tell(&progress, states, 3, 5.0);
    cr_expect_str_eq(said, "[############........]  60%  600 of 1000 points  10.0/s  40 s left\n");
}

Test(cli_progress, draws_a_sweep_over_itself_on_a_terminal)
{
    static const struct pactolus_sweep_progress states[] = {{0, 4, 0, 0, 0}, {1, 4, 0, 1, 0}, {2, 4, 0, 0, 1}};
    struct cli_progress progress = as_if(1, 0, 60);
    tell(&progress, states, 3, 4.0);
    cr_expect_str_eq(said, "\r[#####...............]  25%  1 of 4 points  0.2/s  12 s lef"
                           "\r[##########..........]  50%  2 of 4 points  joining the jou");
    cr_expect_eq(strlen(said), 2 * 60);
}

Test(cli_progress, keeps_a_sweep_within_a_terminal_of_any_width)
{
    static const struct pactolus_sweep_progress states[] = {{0, UINT64_MAX, 0, 0, 0},
                                                            {UINT64_MAX / 3, UINT64_MAX, UINT64_MAX / 3, 1, 0}};
    static const int widths[] = {1, 2, 20, 80, 255, 256, 257, 1000};
    for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
        struct cli_progress progress = as_if(1, 0, widths[k]);
        tell(&progress, states, 2, 4.0);
        cr_expect_eq(said[0], '\r');
        cr_expect(strlen(said) == (size_t)widths[k] || widths[k] == 1, "%zu of %d", strlen(said), widths[k]);
    }
}

Test(cli_progress, draws_ten_times_a_second_at_most)
{
    static const struct pactolus_sweep_progress states[] = {{0, 4, 0, 0, 0}, {1, 4, 0, 1, 0}, {2, 4, 0, 2, 0}};
    struct cli_progress progress = as_if(1, 0, 60);
    tell(&progress, states, 3, 0.02);
    cr_expect_str_empty(said, "%s", said);
}

Test(cli_progress, says_nothing_of_a_quiet_sweep)
{
    static const struct pactolus_sweep_progress states[] = {{0, 4, 0, 0, 0}, {4, 4, 0, 4, 0}};
    struct cli_progress progress = as_if(0, 1, 80);
    tell(&progress, states, 2, 100.0);
    cr_expect_str_empty(said, "%s", said);
}

Test(cli_progress, leaves_the_joining_out_of_a_log)
{
    static const struct pactolus_sweep_progress states[] = {{0, 4, 0, 0, 1}, {4, 4, 0, 0, 1}};
    struct cli_progress progress = as_if(0, 0, 80);
    tell(&progress, states, 2, 100.0);
    cr_expect_str_empty(said, "%s", said);
}

/* As of a shard beyond the points, or a sweep in which all was done before. */
Test(cli_progress, expects_no_time_for_a_sweep_of_nothing)
{
    static const struct pactolus_sweep_progress none[] = {{0, 0, 0, 0, 0}}, all[] = {{7, 7, 0, 0, 0}, {7, 7, 0, 0, 0}};
    struct cli_progress progress = as_if(0, 0, 80);
    tell(&progress, none, 1, 0.0);
    cr_expect_str_eq(said, "[####################] 100%  0 of 0 points  0.0/s  0 s left\n");
    progress = as_if(0, 0, 80);
    tell(&progress, all, 2, 100.0);
    cr_expect_str_eq(said, "[####################] 100%  7 of 7 points  0.0/s  0 s left\n");
}
