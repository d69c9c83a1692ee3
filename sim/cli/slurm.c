/* --emit-slurm: the job script of a sweep. */
#define _GNU_SOURCE
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "array=20", "mpi=64" */
int cli_slurm_read(const struct cli_arguments *arguments, struct cli_slurm *job)
{
    const char *text = cli_command_value(arguments, "emit-slurm"), *equals = text ? strchr(text, '=') : NULL;
    char escaped[PACTOLUS_ESCAPED];
    uint64_t tasks = 0;
    int bad = 0;
    if (!text) return PACTOLUS_OK;
    job->kind = strncmp(text, "mpi=", 4) ? PACTOLUS_JOB_ARRAY : PACTOLUS_JOB_MPI;
    if (job->kind == PACTOLUS_JOB_ARRAY && strncmp(text, "array=", 6)) {
        bad = cli_print_usage("--emit-slurm", "got '%s', want array=TASKS or mpi=RANKS", pactolus_text_escape(escaped, text));
    } else {
        bad = cli_number_digits("--emit-slurm", equals + 1, 1, 1000000, &tasks);
    }
    job->tasks = (int)tasks;
    if (cli_command_value(arguments, "shard")) {
        bad = cli_print_usage("--emit-slurm", "not together with --shard: the script gives each task its own");
    }
    if (cli_command_value(arguments, "force")) {
        bad = cli_print_usage("--emit-slurm", "not together with --force: a task given again would begin the whole sweep anew");
    }
    return bad;
}

/* Whether `value` stands in this very word, alone or behind `--name=`: then both end at the same byte. */
static int holds(const char *word, const char *value)
{
    return word + strlen(word) == value + strlen(value);
}

/* Whether the word is the `--` before the operands and no option's value. */
static int ends_options(const struct cli_arguments *arguments, const char *word)
{
    if (strcmp(word, "--") || word == arguments->operand[0]) return 0;
    for (int k = 0; arguments->command->options[k].name; k++) {
        if (arguments->value[k] == word) return 0;
    }
    for (int k = 0; k < arguments->many_count; k++) {
        if (arguments->many[k] == word) return 0;
    }
    return 1;
}

/* The line without the option that asks for the script, which may be cut short, and fit for more options at its end: a deal called
   -x.yaml becomes ./-x.yaml. */
static char *line_of_task(const struct cli_arguments *arguments)
{
    const char *asked = cli_command_value(arguments, "emit-slurm");
    struct cli_arguments rest = *arguments;
    char *line = NULL, *deal = NULL;
    rest.argc = 0;
    rest.argv = calloc((size_t)arguments->argc + 1, sizeof *rest.argv);
    if (asprintf(&deal, "%s%s", *arguments->operand[0] == '-' ? "./" : "", arguments->operand[0]) < 0) deal = NULL;
    for (int k = 0; k < arguments->argc && rest.argv && deal; k++) {
        char *word = arguments->argv[k];
        if (word == asked) rest.argc--; /* the name stands before it */
        if (holds(word, asked) || ends_options(arguments, word)) continue;
        rest.argv[rest.argc++] = word == arguments->operand[0] ? deal : word;
    }
    if (rest.argc) line = cli_command_line(&rest);
    free(rest.argv);
    free(deal);
    return line;
}

/* cli_command_line cuts what is longer than a line may be. */
static int check_whole(const char *line)
{
    static const char cut[] = " ...";
    const size_t length = strlen(line);
    if (length < strlen(cut) || strcmp(line + length - strlen(cut), cut)) return PACTOLUS_OK;
    return cli_print_usage("--emit-slurm", "the command is too long for a script, want --vary in the deal's section sweep:, or a table");
}

int cli_slurm_print(const struct cli_arguments *arguments, const struct pactolus_sweep_options *wanted, struct pactolus_deal *deal,
                    struct pactolus_messages *messages)
{
    struct cli_slurm job = {PACTOLUS_JOB_ARRAY, 0};
    char *text = NULL, *line = NULL;
    int status = cli_slurm_read(arguments, &job);
    if (!status && !(line = line_of_task(arguments))) status = cli_print_memory();
    if (!status) status = check_whole(line);
    if (!status) status = pactolus_sweep_slurm(deal, wanted, line, job.kind, job.tasks, messages, &text);
    if (!status) status = cli_print_text(text);
    pactolus_text_free(text);
    free(line);
    return status;
}
