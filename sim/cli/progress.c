#include "cli/cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void cli_progress_init(struct cli_progress *progress, int quiet)
{
    struct winsize size;
    *progress = (struct cli_progress){.shown = !quiet && isatty(STDERR_FILENO), .width = 80, .quiet = quiet};
    if (progress->shown && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) progress->width = size.ws_col;
    progress->start = now();
}

static void write_left(char *text, size_t size, double seconds)
{
    double whole = seconds + 0.5;
    if (!(seconds < 360000.0)) snprintf(text, size, "days left"); /* also before anything is done */
    else if (whole >= 3600.0) snprintf(text, size, "%d h %02d min left", (int)(whole / 3600), (int)(whole / 60) % 60);
    else if (whole >= 60.0) snprintf(text, size, "%d min %02d s left", (int)(whole / 60), (int)whole % 60);
    else snprintf(text, size, "%d s left", (int)whole);
}

void cli_progress_line(char *line, size_t size, int width, const struct pactolus_progress *state, double seconds)
{
    enum { BAR = 20 };
    char bar[BAR + 1], left[32], scenario[PACTOLUS_ESCAPED];
    double share = state->paths_all ? (double)state->paths_done / (double)state->paths_all : 0.0;
    double rate = seconds > 0.0 ? (double)state->paths_done / seconds : 0.0;
    int full = (int)(share * (double)BAR);
    for (int k = 0; k < BAR; k++) bar[k] = k < full ? '#' : '.';
    bar[BAR] = 0;
    write_left(left, sizeof left, rate > 0.0 ? (double)(state->paths_all - state->paths_done) / rate : 1e9);
    int n = snprintf(line, size, "[%s] %3d%%  %.0f paths/s  %s", bar, (int)(100.0 * share), rate, left);
    if (state->scenarios > 1 && state->scenario_name && n >= 0 && (size_t)n < size) {
        snprintf(line + n, size - (size_t)n, "  %zu/%zu %s", state->scenario + 1, state->scenarios,
                 pactolus_text_escape(scenario, state->scenario_name));
    }
    if (width > 1 && (size_t)width <= size) line[width - 1] = 0; /* the last column would wrap */
}

int cli_progress_tell(void *context, const struct pactolus_progress *state)
{
    struct cli_progress *progress = context;
    double t = now();
    char line[256];
    if (progress->shown && t - progress->last >= 0.1) {
        cli_progress_line(line, sizeof line, progress->width, state, t - progress->start);
        fprintf(stderr, "\r%-*s", progress->width - 1, line);
        fflush(stderr);
        progress->last = t;
    }
    progress->paths = state->paths_done;
    return cli_process_signal() != 0;
}

/* "  1,234 of 5,000 points ..": the same text on a terminal's line and in a log. */
static void write_points(char *line, size_t size, const struct cli_progress *progress, const struct pactolus_sweep_progress *state,
                         double seconds)
{
    enum { BAR = 20 };
    char bar[BAR + 1], left[32];
    const double share = state->all ? (double)state->done / (double)state->all : 1.0;
    const double rate = seconds > 0.0 ? (double)(state->done - progress->before) / seconds : 0.0;
    for (int k = 0; k < BAR; k++) bar[k] = k < (int)(share * (double)BAR) ? '#' : '.';
    bar[BAR] = 0;
    const double missing = (double)(state->all - state->done);
    write_left(left, sizeof left, rate > 0.0 ? missing / rate : 1e9 * missing);
    int n = snprintf(line, size, "[%s] %3d%%  %llu of %llu points", bar, (int)(100.0 * share), (unsigned long long)state->done,
                     (unsigned long long)state->all);
    if (state->merging) snprintf(line + n, size - (size_t)n, "  joining the journals");
    else snprintf(line + n, size - (size_t)n, "  %.1f/s  %s", rate, left);
    n = (int)strlen(line);
    if (state->failed) snprintf(line + n, size - (size_t)n, "  %llu failed", (unsigned long long)state->failed);
}

/* In a log, so that one who reads it sees that it goes on, and it stays short. */
static void log_points(struct cli_progress *progress, const char *line, const struct pactolus_sweep_progress *state, double t)
{
    const uint64_t tenth = state->all ? 10 * state->done / state->all : 10;
    if (progress->quiet || state->merging || (tenth <= progress->tenth && t - progress->last < 60.0)) return;
    fprintf(stderr, "%s\n", line);
    progress->tenth = tenth;
    progress->last = t;
}

int cli_progress_sweep(void *context, const struct pactolus_sweep_progress *state)
{
    struct cli_progress *progress = context;
    const double t = now();
    char line[256];
    if (!progress->told) {
        progress->told = 1;
        progress->before = state->done;
        progress->tenth = state->all ? 10 * state->done / state->all : 0;
        progress->start = progress->last = t;
    }
    write_points(line, sizeof line, progress, state, t - progress->start);
    if (!progress->shown) log_points(progress, line, state, t);
    else if (t - progress->last >= 0.1) {
        if (progress->width > 1 && (size_t)progress->width <= sizeof line) line[progress->width - 1] = 0;
        fprintf(stderr, "\r%-*s", progress->width - 1, line);
        fflush(stderr);
        progress->last = t;
    }
    return cli_process_signal() != 0;
}

double cli_progress_finish(struct cli_progress *progress)
{
    if (progress->shown && progress->last > 0.0) fprintf(stderr, "\r%*s\r", progress->width - 1, "");
    return now() - progress->start;
}
