/* The sweeps of the fake library. Each function tells on standard output what it was given, one line each, so that a test sees
   what came through the command line and in which folder. Deals: stop.yaml, int.yaml, usr.yaml and hup.yaml send themselves a
   signal, part.yaml has a point that fails, late.yaml finishes no point, refused.yaml meets journals of another sweep. A result
   called lost.h5 has no sweep. Where the folder OUT.parts is there (the test makes it), a sweep leaves its words in it and
   pactolus_sweep_words finds them. */
#define _GNU_SOURCE
#include "unit/cli/fake.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Ranks: one, or as many as FAKE_RANKS says, of which this is the first ---- */

int pactolus_ranks_create(struct pactolus_ranks **ranks)
{
    *ranks = calloc(1, 1);
    return *ranks ? PACTOLUS_OK : PACTOLUS_MEMORY;
}
void pactolus_ranks_destroy(struct pactolus_ranks *ranks)
{
    free(ranks);
}
int pactolus_ranks_count(const struct pactolus_ranks *ranks)
{
    const char *count = getenv("FAKE_RANKS");
    return ranks && count ? atoi(count) : 1;
}
int pactolus_ranks_rank(const struct pactolus_ranks *ranks)
{
    const char *rank = getenv("FAKE_RANK");
    return ranks && rank ? atoi(rank) : 0;
}
/* The rank that FAKE_SPEAKER names has met the failure; the others are given the same status. */
int pactolus_ranks_agree(struct pactolus_ranks *ranks, int status, int *speaks)
{
    const char *speaker = getenv("FAKE_SPEAKER");
    *speaks = pactolus_ranks_rank(ranks) == (speaker ? atoi(speaker) : 0);
    return status;
}

/* ---- Designs ---- */

void pactolus_design_options_init(struct pactolus_design_options *options)
{
    *options = (struct pactolus_design_options){0};
}
int pactolus_deal_design(struct pactolus_deal *deal, const struct pactolus_design_options *o, struct pactolus_messages *messages)
{
    size_t n = (size_t)snprintf(deal->table, sizeof deal->table, "design=%s points=%llu seed=%llu%s", o->design ? o->design : "-",
                                (unsigned long long)o->points, (unsigned long long)o->seed, o->has_seed ? "!" : "");
    for (size_t k = 0; k < o->vary_count && n < sizeof deal->table; k++) {
        if (!strcmp(o->vary[k], "no.such=1:2"))
            return fake_fail(messages, PACTOLUS_INPUT, "--vary: error: no.such: unknown name");
        n += (size_t)snprintf(deal->table + n, sizeof deal->table - n, " [%s]", o->vary[k]);
    }
    return PACTOLUS_OK;
}
const char *pactolus_deal_table(const struct pactolus_deal *deal)
{
    return deal->table;
}

/* ---- What was given, in one line ---- */

static void tell(const char *what, const struct pactolus_deal *deal, const struct pactolus_sweep_options *o)
{
    const struct pactolus_run_options *run = &o->run;
    char *folder = getcwd(NULL, 0);
    printf("%s deal=%s sets=%s table=%s paths=%llu seed=%llu samples=%llu memory=%llu threads=%d output=%s force=%d full=%d "
           "shard=%d/%d "
           "seconds=%g retry=%d partial=%d ranks=%d folder=%s line=%s words=",
           what, deal->path, deal->sets, deal->table, (unsigned long long)run->paths, (unsigned long long)run->seed,
           (unsigned long long)run->samples, (unsigned long long)run->memory, run->threads, run->output ? run->output : "-",
           run->force, o->full, o->shard, o->shards, o->seconds, o->retry_failed, o->partial, o->ranks != NULL,
           folder ? folder : "-", run->command ? run->command : "-");
    for (int k = 0; k < o->word_count; k++) printf("[%s]", o->words[k]);
    free(folder);
}

/* ---- Sweeps ---- */

void pactolus_sweep_options_init(struct pactolus_sweep_options *options)
{
    memset(options, 0, sizeof *options);
    pactolus_run_options_init(&options->run);
    options->run.paths = 10000;
}

static FILE *open_words(const char *output, const char *mode)
{
    struct stat there;
    char path[512];
    const int folder = stat(output, &there) == 0 && S_ISDIR(there.st_mode);
    snprintf(path, sizeof path, folder ? "%s/command" : "%s.parts/command", output);
    return fopen(path, mode);
}

/* A word a line behind the folder: the tests have none with a line end. The first sweep's words stay. */
static void keep_words(const struct pactolus_sweep_options *o)
{
    FILE *file = o->words ? open_words(o->run.output, "wx") : NULL;
    char *folder = getcwd(NULL, 0);
    if (file) {
        fprintf(file, "%s\n", folder);
        for (int k = 0; k < o->word_count; k++) fprintf(file, "%s\n", o->words[k]);
        fclose(file);
    }
    free(folder);
}

static int send_signal(const char *path)
{
    static const struct {
        const char *name;
        int number;
    } deals[] = {{"stop.yaml", SIGTERM}, {"int.yaml", SIGINT}, {"usr.yaml", SIGUSR1}, {"hup.yaml", SIGHUP}};
    for (size_t k = 0; k < sizeof deals / sizeof *deals; k++) {
        if (strstr(path, deals[k].name)) return raise(deals[k].number);
    }
    return 0;
}

/* What a deal of that name makes of ten points. */
static int end(const struct pactolus_deal *deal, struct pactolus_messages *messages, struct pactolus_sweep_outcome *outcome)
{
    *outcome = (struct pactolus_sweep_outcome){10, 10, 0, 10, 1, 2.0};
    if (strstr(deal->path, "part.yaml")) {
        *outcome = (struct pactolus_sweep_outcome){10, 10, 1, 4, 1, 2.0};
        return fake_fail(messages, PACTOLUS_PARTIAL, "pactolus: error: 1 of 10 points failed");
    }
    if (strstr(deal->path, "late.yaml")) {
        *outcome = (struct pactolus_sweep_outcome){10, 3, 0, 0, 0, 2.0};
        return fake_fail(messages, PACTOLUS_PARTIAL, "pactolus: error: time ran out");
    }
    if (!strstr(deal->path, "refused.yaml")) return PACTOLUS_OK;
    *outcome = (struct pactolus_sweep_outcome){10, 0, 0, 0, 0, 0.0};
    return fake_fail(messages, PACTOLUS_REFUSED, "pactolus: error: the journals are of another sweep");
}

int pactolus_sweep(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, pactolus_sweep_function *progress,
                   void *context, struct pactolus_messages *messages, struct pactolus_sweep_outcome *outcome)
{
    const struct pactolus_sweep_progress first = {0, 10, 0, 0, 0}, state = {3, 10, 1, 3, 0};
    tell("sweep", deal, options);
    puts("");
    keep_words(options);
    progress(context, &first);
    send_signal(deal->path);
    if (!progress(context, &state)) return end(deal, messages, outcome);
    *outcome = (struct pactolus_sweep_outcome){10, 3, 0, 3, 0, 2.0};
    return PACTOLUS_STOPPED;
}

int pactolus_sweep_merge(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *const *parts,
                         size_t count, pactolus_sweep_function *progress, void *context, struct pactolus_messages *messages,
                         struct pactolus_sweep_outcome *outcome)
{
    const struct pactolus_sweep_progress state = {3, 10, 0, 0, 1};
    tell("merge", deal, options);
    printf(" parts=");
    for (size_t k = 0; k < count; k++) printf("[%s]", parts[k]);
    puts("");
    send_signal(deal->path);
    if (progress(context, &state)) return PACTOLUS_STOPPED;
    const int status = end(deal, messages, outcome);
    outcome->here = 0;
    return status;
}

int pactolus_sweep_outputs(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *path,
                           struct pactolus_messages *messages, struct pactolus_sweep_outcome *outcome)
{
    tell("outputs", deal, options);
    printf(" path=%s\n", path);
    *outcome = (struct pactolus_sweep_outcome){0};
    if (!strcmp(path, "short.csv"))
        return fake_fail(messages, PACTOLUS_INPUT, "short.csv: error: 9 rows, want one for each of 10 points");
    *outcome = (struct pactolus_sweep_outcome){10, 10, 0, 0, 1, 0.0};
    return PACTOLUS_OK;
}

int pactolus_sweep_estimate(struct pactolus_deal *deal, const struct pactolus_sweep_options *options,
                            struct pactolus_messages *messages, char **text)
{
    (void)messages;
    tell("estimate", deal, options);
    puts("");
    return fake_give(text, "points 10\n");
}

int pactolus_sweep_slurm(struct pactolus_deal *deal, const struct pactolus_sweep_options *options, const char *command,
                         enum pactolus_job job, int tasks, struct pactolus_messages *messages, char **text)
{
    (void)deal;
    (void)options;
    (void)messages;
    *text = NULL;
    return asprintf(text, "%d %s: %s\n", tasks, job == PACTOLUS_JOB_MPI ? "ranks" : "tasks", command) < 0 ? PACTOLUS_MEMORY
                                                                                                          : PACTOLUS_OK;
}

int pactolus_sweep_status(const char *output, enum pactolus_format format, struct pactolus_messages *messages, char **text)
{
    *text = NULL;
    if (strstr(output, "lost.h5")) return fake_fail(messages, PACTOLUS_FILE, "lost.h5: error: no sweep is under way here");
    return fake_give(text, format == PACTOLUS_JSON ? "{}\n" : "3 of 10 points\n");
}

/* One block: the pointers, NULL, then the words themselves. */
int pactolus_sweep_words(const char *output, struct pactolus_messages *messages, char ***words, int *count, char **folder)
{
    enum { WORDS = 100, BYTES = 4096 };
    FILE *file = open_words(output, "r");
    char line[512];
    *words = NULL;
    *folder = NULL;
    *count = 0;
    if (!file) return fake_fail(messages, PACTOLUS_FILE, "lost.h5: error: no sweep is under way here");
    *words = calloc(1, WORDS * sizeof **words + BYTES);
    if (!*words) abort();
    for (char *at = (char *)(*words + WORDS); fgets(line, sizeof line, file) && *count < WORDS - 1;) {
        line[strcspn(line, "\n")] = 0;
        if (!*folder) *folder = strdup(line);
        else at = stpcpy((*words)[(*count)++] = at, line) + 1;
    }
    fclose(file);
    return PACTOLUS_OK;
}
