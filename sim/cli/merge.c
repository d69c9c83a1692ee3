/* What comes after, or goes on with, a sweep: merge, resume, status. */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The line that started a sweep, taken apart again, in the folder where it was given. */
struct origin {
    char **word, *folder;
    int words;
    struct cli_arguments arguments;
};

static void origin_free(struct origin *origin)
{
    cli_command_free(&origin->arguments);
    pactolus_text_free((char *)origin->word);
    pactolus_text_free(origin->folder);
}

static int origin_read(const char *output, struct pactolus_messages *messages, struct origin *origin)
{
    memset(origin, 0, sizeof *origin);
    int status = pactolus_sweep_words(output, messages, &origin->word, &origin->words, &origin->folder);
    if (!status && chdir(origin->folder)) status = cli_print_file_error(origin->folder, errno);
    return status;
}

/* ---- merge ---- */

static const struct cli_option merge_options[] = {
    {"partial", 0, CLI_FLAG, NULL, "merge although points are missing: they have no numbers, and `failure` says why"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one"},
    {"quiet", 'q', CLI_FLAG, NULL, "no progress, no closing note"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char merge_notes[] =
    "Joins the journals that the processes of a sweep have left into its result, in\n"
    "any order, by whomever they were written. OUT.h5.parts is looked into by itself;\n"
    "other folders of journals (of another machine, say) are named behind it. A sweep\n"
    "merges by itself when its last point is there: this is for shards that ran\n"
    "apart, or for a look at what is there so far. Of a point that stands in two\n"
    "journals the first counts; they are the same bits.\n"
    "Exit codes: 0 done; 4 file; 6 a journal is of another sweep or damaged; 8 points\n"
    "are missing or failed.\n"
    "\n"
    "Examples:\n"
    "  pactolus merge out.h5\n"
    "  pactolus merge out.h5 /mnt/other/out.h5.parts\n"
    "  pactolus merge out.h5 --partial --force\n";

/* Operands as whole paths, since the line is run in another folder. */
static char **whole_paths(const struct cli_arguments *arguments, char *output)
{
    char **path = calloc((size_t)arguments->operands + 1, sizeof *path);
    if (!path) {
        cli_print_memory();
        return NULL;
    }
    for (int k = 0; k < arguments->operands; k++) {
        path[k] = k ? realpath(arguments->operand[k], NULL) : strdup(output);
        if (path[k]) continue;
        cli_print_file_error(arguments->operand[k], errno);
        for (int j = 0; j < k; j++) free(path[j]);
        free(path);
        return NULL;
    }
    return path;
}

/* The result need not be there yet: its folder must. */
static int whole_output(const char *given, char output[PATH_MAX])
{
    char folder[PATH_MAX], real[PATH_MAX];
    const char *slash = strrchr(given, '/'), *name = slash ? slash + 1 : given;
    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - given + 1) : 2, slash ? given : "./");
    if (!realpath(folder, real)) return cli_print_file_error(given, errno);
    const int n = snprintf(output, PATH_MAX, "%s/%s", real, name);
    return n < PATH_MAX ? PACTOLUS_OK : cli_print_file_error(given, ENAMETOOLONG);
}

static int merge_with(const struct cli_arguments *arguments, struct origin *origin, char **path, struct pactolus_messages *messages)
{
    struct pactolus_sweep_options options;
    struct pactolus_sweep_outcome outcome = {0};
    struct pactolus_deal *deal = NULL;
    struct cli_progress progress;
    char unused[CLI_PATH], *line = cli_command_line(arguments);
    const int quiet = cli_command_value(arguments, "quiet") != NULL;
    int status = cli_command_init(&origin->arguments, &cli_sweep_command, origin->words, origin->word);
    if (!status) status = cli_sweep_options(&origin->arguments, unused, &options);
    if (!status) status = cli_design_load(&origin->arguments, options.run.seed, messages, &deal);
    if (!status) {
        options.run.output = path[0];
        options.run.force = cli_command_value(arguments, "force") != NULL;
        options.run.command = line;
        options.partial = cli_command_value(arguments, "partial") != NULL;
        options.shard = options.shards = 0;
        cli_process_watch();
        cli_progress_init(&progress, quiet);
        status = pactolus_sweep_merge(deal, &options, (const char *const *)path + 1, (size_t)arguments->operands - 1,
                                      cli_progress_sweep, &progress, messages, &outcome);
        cli_progress_finish(&progress);
        if (!quiet) cli_sweep_close(&options, &outcome, status);
    }
    free(line);
    pactolus_deal_destroy(deal);
    return status;
}

static int merge(const struct cli_arguments *arguments)
{
    struct pactolus_messages *messages = NULL;
    struct origin origin = {0};
    char output[PATH_MAX], **path = NULL;
    int status = whole_output(arguments->operand[0], output);
    if (!status && !(path = whole_paths(arguments, output))) status = PACTOLUS_FILE;
    if (!status && (status = pactolus_messages_create(&messages))) cli_print_memory();
    if (!status) status = origin_read(output, messages, &origin);
    for (int k = 1; messages && status && k < arguments->operands; k++) { /* nothing beside the result: of the first folder that knows */
        pactolus_messages_clear(messages);
        origin_free(&origin);
        status = origin_read(path[k], messages, &origin);
    }
    if (!status) status = merge_with(arguments, &origin, path, messages);
    if (messages) cli_print_messages(messages);
    origin_free(&origin);
    for (int k = 0; path && k < arguments->operands; k++) free(path[k]);
    free(path);
    pactolus_messages_destroy(messages);
    return status;
}

/* ---- resume ---- */

static const struct cli_option resume_options[] = {
    {"retry-failed", 0, CLI_FLAG, NULL, "run points that failed before once more"},
    {"force", 0, CLI_FLAG, NULL, "let the result file replace an existing one, as after points that failed"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char resume_notes[] =
    "Repeats the command that started the sweep, in the folder where it was given. No\n"
    "finished point is run again. A deal or table that was changed since is refused,\n"
    "with the names that differ (exit code 6). A sweep that was started with --shard\n"
    "goes on with the shard that was started first; others by their own command.\n"
    "\n"
    "Examples:\n"
    "  pactolus resume out.h5\n"
    "  pactolus resume out.h5 --retry-failed --force\n";

/* Nothing is left to be done: the result is there, and no journals are. */
static int is_finished(const char *output)
{
    char parts[PATH_MAX + 8];
    snprintf(parts, sizeof parts, "%s.parts", output);
    return !access(output, F_OK) && access(parts, F_OK);
}

/* A renamed sweep would begin anew under its old name. We are in the folder of the first command. */
static int check_name(struct origin *origin, const char *asked)
{
    struct pactolus_sweep_options options;
    char unused[CLI_PATH], written[PATH_MAX], escaped[PACTOLUS_ESCAPED];
    int status = cli_command_init(&origin->arguments, &cli_sweep_command, origin->words, origin->word);
    if (!status) status = cli_sweep_options(&origin->arguments, unused, &options);
    if (!status) status = whole_output(options.run.output, written);
    if (status || !strcmp(written, asked)) return status;
    return cli_print_usage(asked, "was renamed: its sweep writes '%s'", pactolus_text_escape(escaped, written));
}

/* The first command, with the options given now: before its own, which may end in "--". */
static int run_again(const struct cli_arguments *arguments, const struct origin *origin)
{
    static char names[][16] = {"--retry-failed", "--force"};
    char **word = calloc((size_t)origin->words + 3, sizeof *word);
    int words = 0;
    if (!word) return cli_print_memory();
    for (; words < 2; words++) word[words] = origin->word[words]; /* pactolus sweep */
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const char *name = names[k] + 2;
        if (cli_command_value(arguments, name) && !cli_command_value(&origin->arguments, name)) word[words++] = names[k];
    }
    for (int k = 2; k < origin->words; k++) word[words++] = origin->word[k];
    const int status = cli_main_run(words, word);
    free(word);
    return status;
}

static int resume(const struct cli_arguments *arguments)
{
    struct pactolus_messages *messages = NULL;
    struct origin origin = {0};
    char asked[PATH_MAX];
    int status = whole_output(arguments->operand[0], asked);
    if (!status && is_finished(asked)) {
        cli_print_note("finished: the result is there");
        return PACTOLUS_OK;
    }
    if (!status && (status = pactolus_messages_create(&messages))) cli_print_memory();
    if (!status) status = origin_read(asked, messages, &origin);
    if (messages) cli_print_messages(messages);
    if (!status) status = check_name(&origin, asked);
    if (!status) status = run_again(arguments, &origin);
    origin_free(&origin);
    pactolus_messages_destroy(messages);
    return status;
}

/* ---- status ---- */

static const struct cli_option status_options[] = {
    {"json", 0, CLI_FLAG, NULL, "as JSON"},
    {NULL, 0, CLI_FLAG, NULL, NULL},
};

static const char status_notes[] =
    "Counts what stands in the journals of OUT.h5.parts: points done, failed (with\n"
    "the first reasons) and missing, and which processes are at it. It changes\n"
    "nothing and may be asked while the sweep runs, from another terminal or node.\n"
    "\n"
    "Examples:\n"
    "  pactolus status out.h5\n"
    "  watch -n 10 pactolus status out.h5\n";

static int status_of(const struct cli_arguments *arguments)
{
    struct pactolus_messages *messages = NULL;
    char *text = NULL;
    int status = pactolus_messages_create(&messages);
    const enum pactolus_format format = cli_command_value(arguments, "json") ? PACTOLUS_JSON : PACTOLUS_TEXT;
    if (!status) status = pactolus_sweep_status(arguments->operand[0], format, messages, &text);
    if (!status) status = cli_print_text(text);
    cli_print_messages(messages);
    pactolus_text_free(text);
    pactolus_messages_destroy(messages);
    return status;
}

const struct cli_command cli_merge_command = {
    "merge", "OUT.h5 [PARTS]...", "join the journals of a sweep into its result", 1, 1000000, merge_options, merge_notes, merge};
const struct cli_command cli_resume_command = {
    "resume", "OUT.h5", "go on with a sweep that was stopped", 1, 1, resume_options, resume_notes, resume};
const struct cli_command cli_status_command = {
    "status", "OUT.h5", "tell how far a sweep is", 1, 1, status_options, status_notes, status_of};
