/* Sweeps: the options of a caller as the layer below wants them, and its words for people. */
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/build.h"
#include "api/deal.h"
#include "api/ranks.h"
#include "api/run.h"
#include "sweep/command.h"
#include "sweep/estimate.h"
#include "sweep/outputs.h"
#include "sweep/slurm.h"
#include "sweep/status.h"
#include "sweep/sweep.h"

void pactolus_sweep_options_init(struct pactolus_sweep_options *options)
{
    memset(options, 0, sizeof *options);
    pactolus_run_options_init(&options->run);
    options->run.paths = 10000;
}

struct relay {
    pactolus_sweep_function *progress;
    void *context;
};

static int relay_progress(void *context, const struct sweep_progress *state)
{
    const struct relay *relay = context;
    const struct pactolus_sweep_progress out = {state->done, state->all, state->failed, state->here, state->merging};
    return relay->progress(relay->context, &out);
}

static int refuse(struct report *report, const char *name, const char *want)
{
    return report_error(report, STATUS_USAGE, (struct place){0}, name, "out of range, want %s", want);
}

static int check_options(const struct pactolus_sweep_options *options, struct report *report)
{
    int status = api_run_check(&options->run, report);
    if (status) return status;
    if (!options->run.output) return refuse(report, "output", "the name of a result file");
    if (options->shards < 0 || options->shard < 0 || options->shard > options->shards || (options->shards && !options->shard)) {
        return refuse(report, "shard", "1 to the number of shards");
    }
    if (options->shards && options->ranks && pactolus_ranks_count(options->ranks) > 1) {
        return refuse(report, "shard", "none in an MPI launch, whose ranks share the points");
    }
    return options->seconds >= 0.0 ? STATUS_OK : refuse(report, "seconds", "0 or more");
}

static struct sweep_config config_of(const struct pactolus_sweep_options *options, struct relay *relay)
{
    struct sweep_config config = {
        .run = api_run_config(&options->run),
        .level = options->full ? RESULT_FULL : RESULT_HEADLINE,
        .shard = options->shard,
        .shards = options->shards,
        .seconds = options->seconds,
        .retry = options->retry_failed,
        .partial = options->partial,
        .word = options->words,
        .words = options->word_count,
        .communicator = api_ranks_communicator(options->ranks),
        .progress = relay && relay->progress ? relay_progress : NULL,
        .context = relay,
    };
    return config;
}

static void tell(const struct sweep_outcome *from, struct pactolus_sweep_outcome *to)
{
    *to = (struct pactolus_sweep_outcome){from->points, from->done, from->failed, from->here, from->merged, from->seconds};
}

int pactolus_sweep(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, pactolus_sweep_function *progress,
                   void *context, struct pactolus_messages *messages, struct pactolus_sweep_outcome *outcome)
{
    struct report report;
    struct relay relay = {progress, context};
    struct sweep_outcome out = {0};
    api_message_open(&report);
    int status = check_options(options, &report);
    if (!status) {
        const struct sweep_config config = config_of(options, &relay);
        status = sweep_run(&deal->study, &config, &out, &report);
    }
    tell(&out, outcome);
    return api_message_close(&report, messages, status);
}

int pactolus_sweep_merge(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *const *parts,
                         size_t count, pactolus_sweep_function *progress, void *context, struct pactolus_messages *messages,
                         struct pactolus_sweep_outcome *outcome)
{
    struct report report;
    struct relay relay = {progress, context};
    struct sweep_outcome out = {0};
    api_message_open(&report);
    int status = check_options(options, &report);
    if (!status) {
        const struct sweep_config config = config_of(options, &relay);
        status = sweep_merge(&deal->study, &config, parts, (int)count, &out, &report);
    }
    tell(&out, outcome);
    return api_message_close(&report, messages, status);
}

int pactolus_sweep_outputs(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *path,
                           struct pactolus_messages *messages, struct pactolus_sweep_outcome *outcome)
{
    struct report report;
    struct sweep_outcome out = {0};
    api_message_open(&report);
    int status = check_options(options, &report);
    if (!status) {
        const struct sweep_config config = config_of(options, NULL);
        status = sweep_outputs_write(&deal->study, &config, path, &out, &report);
    }
    tell(&out, outcome);
    return api_message_close(&report, messages, status);
}

/* ---- Before a sweep ---- */

static void write_time(FILE *stream, double seconds)
{
    if (seconds < 120.0) fprintf(stream, "%.1f s", seconds);
    else if (seconds < 7200.0) fprintf(stream, "%.0f min", seconds / 60.0);
    else if (seconds < 172800.0) fprintf(stream, "%.1f h", seconds / 3600.0);
    else fprintf(stream, "%.1f days", seconds / 86400.0);
}

static void write_size(FILE *stream, uint64_t bytes)
{
    const double x = (double)bytes;
    if (x < 1e9) fprintf(stream, "%.1f MB", x / 1e6);
    else fprintf(stream, "%.1f GB", x / 1e9);
}

static void write_estimate(FILE *stream, const struct sweep_estimate *e, const struct sweep_config *config)
{
    fprintf(stream, "points      %" PRIu64, e->points);
    if (e->unsound && e->looked == e->points) {
        fprintf(stream, ", of which %" PRIu64 " cannot be run and will be recorded as failed", e->unsound);
    } else if (e->unsound) {
        fprintf(stream, ", of which some cannot be run and will be recorded as failed: %" PRIu64 " of %" PRIu64 " looked at", e->unsound,
                e->looked);
    }
    fprintf(stream, "\npaths       %" PRIu64 " a point, %.3g in all\nfile        at most ", config->run.paths, (double)e->paths);
    write_size(stream, e->file);
    fputs(" (the journals take as much until they are joined)\nmemory      about ", stream);
    write_size(stream, e->memory);
    fprintf(stream, " a process of %d thread%s\ntime        about ", config->run.threads, config->run.threads == 1 ? "" : "s");
    write_time(stream, e->seconds);
    fprintf(stream, " on %d thread%s here: %.2f ms a point and %.2f us a path on one\n", config->run.threads,
            config->run.threads == 1 ? "" : "s", 1e3 * e->setup, 1e6 * e->path);
}

int pactolus_sweep_estimate(struct pactolus_deal *deal, const struct pactolus_sweep_options *options,
                            struct pactolus_messages *messages, char **text)
{
    struct report report;
    struct sweep_estimate estimate;
    size_t size;
    *text = NULL;
    api_message_open(&report);
    int status = check_options(options, &report);
    if (!status) {
        const struct sweep_config config = config_of(options, NULL);
        status = sweep_estimate_run(&deal->study, &config, &estimate, &report);
        FILE *stream = status ? NULL : open_memstream(text, &size);
        if (stream) write_estimate(stream, &estimate, &config);
        if (!status) status = api_message_finish(stream, text, &report);
    }
    return api_message_close(&report, messages, status);
}

/* The result's name without folder and ending, fit for a job. */
static void name_job(const char *output, char *name, size_t size)
{
    const char *slash = strrchr(output, '/'), *start = slash ? slash + 1 : output;
    snprintf(name, size, "%.*s", (int)strcspn(start, "."), start);
    for (char *c = name; *c; c++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", *c)) *c = '_';
    }
    if (!*name) snprintf(name, size, "sweep");
}

static void warn_of_tasks(const struct sweep_slurm *job, struct report *report)
{
    const int tasks = sweep_slurm_tasks(job);
    if (tasks == job->tasks) return;
    report_warning(report, (struct place){0}, "--emit-slurm", "%s MaxArraySize allows %d tasks, not %d; each takes more points",
                   job->array_most ? "the cluster's" : "no cluster answers here; Slurm's usual", tasks, job->tasks);
}

int pactolus_sweep_slurm(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *command,
                         enum pactolus_job kind, int tasks, struct pactolus_messages *messages, char **text)
{
    struct report report;
    struct sweep_estimate estimate;
    char name[64], folder[PATH_MAX];
    size_t size;
    *text = NULL;
    api_message_open(&report);
    int status = check_options(options, &report);
    if (!status && !getcwd(folder, sizeof folder)) status = report_error(&report, STATUS_FILE, (struct place){0}, NULL, "no folder");
    if (!status) {
        const struct sweep_config config = config_of(options, NULL);
        status = sweep_estimate_run(&deal->study, &config, &estimate, &report);
        name_job(options->run.output, name, sizeof name);
        const int mpi = kind == PACTOLUS_JOB_MPI;
        const struct sweep_slurm job = {name, command, options->run.output, folder, tasks, mpi, mpi ? 0 : sweep_slurm_array_most(),
                                        config.run.threads, estimate.memory, estimate.seconds};
        FILE *stream = status ? NULL : open_memstream(text, &size);
        if (stream) sweep_slurm_write(stream, &job);
        if (!status) warn_of_tasks(&job, &report);
        if (!status) status = api_message_finish(stream, text, &report);
    }
    return api_message_close(&report, messages, status);
}

/* ---- Behind a sweep ---- */

int pactolus_sweep_status(const char *output, enum pactolus_format format, struct pactolus_messages *messages, char **text)
{
    struct report report;
    size_t size;
    *text = NULL;
    api_message_open(&report);
    FILE *stream = open_memstream(text, &size);
    int status = stream ? sweep_status_write(stream, output, format == PACTOLUS_JSON, &report) : STATUS_OK;
    const int finished = api_message_finish(stream, text, &report);
    if (!status) status = finished;
    if (status) {
        free(*text);
        *text = NULL;
    }
    return api_message_close(&report, messages, status);
}

int pactolus_sweep_words(const char *output, struct pactolus_messages *messages, char ***word, int *count, char **folder)
{
    struct report report;
    api_message_open(&report);
    return api_message_close(&report, messages, sweep_command_read(output, word, count, folder, &report));
}
