#include "cli/cli.h"

#include <criterion/criterion.h>
#include <string.h>

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
