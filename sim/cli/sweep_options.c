/* The options of a sweep. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "3/8" */
static int read_shard(const char *text, int *shard, int *shards)
{
    char first[16], escaped[PACTOLUS_ESCAPED];
    const char *slash = strchr(text, '/');
    uint64_t i = 0, n = 0;
    if (!slash || slash == text || slash - text >= (ptrdiff_t)sizeof first) {
        return cli_print_usage("--shard", "got '%s', want I/N, as 3/8", pactolus_text_escape(escaped, text));
    }
    snprintf(first, sizeof first, "%.*s", (int)(slash - text), text);
    if (cli_number_digits("--shard", slash + 1, 1, 1000000, &n) || cli_number_digits("--shard", first, 1, n, &i)) return PACTOLUS_USAGE;
    *shard = (int)i;
    *shards = (int)n;
    return PACTOLUS_OK;
}

/* "90", "90s", "30m", "2h" */
static int read_time(const char *text, double *seconds)
{
    static const struct { char letter; double seconds; } units[] = {{'s', 1.0}, {'m', 60.0}, {'h', 3600.0}, {'d', 86400.0}};
    char digits[24], escaped[PACTOLUS_ESCAPED];
    size_t length = strspn(text, "0123456789");
    double unit = text[length] ? 0.0 : 1.0;
    uint64_t n = 0;
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        if (text[length] == units[k].letter && !text[length + 1]) unit = units[k].seconds;
    }
    if (!length || length >= sizeof digits || unit == 0.0) {
        return cli_print_usage("--max-time", "got '%s', want seconds, or a number with s, m, h or d behind",
                               pactolus_text_escape(escaped, text));
    }
    snprintf(digits, sizeof digits, "%.*s", (int)length, text);
    int status = cli_number_digits("--max-time", digits, 1, 1000000000, &n);
    *seconds = (double)n * unit;
    return status;
}

static void read_output(const struct cli_arguments *arguments, char path[CLI_PATH], struct pactolus_run_options *run)
{
    run->output = cli_command_value(arguments, "output");
    run->force = cli_command_value(arguments, "force") != NULL;
    if (run->output) return;
    run->output = path;
    cli_deal_output(arguments->operand[0], path);
}

/* Options that run nothing, each a task of its own; the first in this order is done. */
static const char *const tasks[] = {"write-design", "read-outputs", "dry-run", "emit-slurm"};
enum { TASKS = sizeof tasks / sizeof *tasks };

const char *cli_sweep_alone(const struct cli_arguments *arguments)
{
    for (int k = 0; k < TASKS; k++) {
        if (cli_command_value(arguments, tasks[k])) return tasks[k];
    }
    return NULL;
}

static int check_tasks(const struct cli_arguments *arguments)
{
    const char *first = cli_sweep_alone(arguments);
    char option[32];
    int bad = 0;
    for (int k = 0; first && k < TASKS; k++) {
        if (tasks[k] == first || !cli_command_value(arguments, tasks[k])) continue;
        snprintf(option, sizeof option, "--%s", tasks[k]);
        bad = cli_print_usage(option, "not together with --%s", first);
    }
    return bad;
}

/* Every option is read, so that all faulty ones are told at once. */
int cli_sweep_options(const struct cli_arguments *arguments, char path[CLI_PATH], struct pactolus_sweep_options *out)
{
    const char *paths = cli_command_value(arguments, "paths"), *seed = cli_command_value(arguments, "seed");
    const char *samples = cli_command_value(arguments, "samples"), *memory = cli_command_value(arguments, "memory");
    const char *shard = cli_command_value(arguments, "shard"), *time = cli_command_value(arguments, "max-time");
    struct cli_slurm job;
    int bad = check_tasks(arguments);
    pactolus_sweep_options_init(out);
    if (paths) bad |= cli_number_count("--paths", paths, 1, PACTOLUS_PATHS_MOST, &out->run.paths);
    if (seed) bad |= cli_number_digits("--seed", seed, 0, UINT64_MAX, &out->run.seed);
    if (samples) bad |= cli_number_samples("--samples", samples, &out->run.samples);
    if (memory) bad |= cli_number_size("--memory", memory, &out->run.memory);
    if (shard) bad |= read_shard(shard, &out->shard, &out->shards);
    if (time) bad |= read_time(time, &out->seconds);
    bad |= cli_number_threads(cli_command_value(arguments, "threads"), &out->run.threads);
    out->full = cli_command_value(arguments, "full") != NULL;
    out->retry_failed = cli_command_value(arguments, "retry-failed") != NULL;
    read_output(arguments, path, &out->run);
    if (!strcmp(out->run.output, "none")) bad |= cli_print_usage("--output", "a sweep needs a result file");
    bad |= cli_design_check(arguments);
    bad |= cli_slurm_read(arguments, &job);
    if (!bad) return PACTOLUS_OK;
    cli_print_hint(arguments->command);
    return PACTOLUS_USAGE;
}
